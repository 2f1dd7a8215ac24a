#pragma once

// Files compiled into the binary (cmake/Embed.cmake): migrations, message catalogues, assets, reference data.

#include <span>
#include <string_view>

namespace sangu {

struct EmbeddedFile {
    std::string_view name; // path below the embedded folder: "migrations/0001_init.sql"
    std::string_view data;
};

} // namespace sangu
