#pragma once

// The text of a form whose sender was no longer signed in: kept for an hour for the same browser, so that nothing
// typed is lost. Never files, never passwords.

#include "base/time.h"
#include "kernel/db/db.h"
#include "kernel/http/message.h"

#include <optional>
#include <string>
#include <string_view>

namespace sangu::http {

struct KeptForm {
    std::string path; // target of the form
    Pairs fields;
};

// Keeps the form for the browser with the visit cookie; gives the token of /kept/<token>. Nothing when the form is
// empty or above 256 KiB.
std::optional<std::string> keep_form(db::Database& database, Request const& request, std::string_view visit,
                                     Instant now);
std::optional<KeptForm> find_kept_form(db::Session& session, std::string_view token, std::string_view visit,
                                       Instant now);

} // namespace sangu::http
