#pragma once

// The texts beside the index: what pages show of a document, and which version of each record was taken in. A file of
// this server alone, made anew with the index.

#include "kernel/db/db.h"
#include "modules/matching/documents.h"

#include <map>
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace sangu::matching {

class TextStore {
public:
    // Opens the file or makes it. Throws db::Fault.
    explicit TextStore(std::string const& path);

    // What is known of the records `ids` of a source is replaced by `filed` and `marks` (id, mark), in one transaction.
    void replace(std::string_view source, std::span<std::string const> ids, std::span<Filed const> filed,
                 std::span<NamedText const> marks);
    std::map<std::string, Filed, std::less<>> read(std::span<std::string const> keys) const;
    // The marks of a source with ids in (after, last]; an empty `last`: to the end.
    std::map<std::string, std::string> marks(std::string_view source, std::string const& after,
                                             std::string const& last) const;

private:
    std::unique_ptr<db::Database> database_;
};

} // namespace sangu::matching
