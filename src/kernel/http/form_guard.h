#pragma once

// Protection against forged forms, and small questions about cookies the pipeline asks.

#include "kernel/http/kept_form.h"
#include "kernel/http/message.h"
#include "kernel/i18n/i18n.h"

#include <string>
#include <string_view>

namespace sangu::http {

// True when the browser says that the request was made by a page of another site.
bool comes_from_elsewhere(Request const& request, std::string_view public_url);
// True when the form field "csrf" or the header X-CSRF-Token brings the expected token (compared in constant time).
bool has_token(Request const& request, std::string_view expected);
// The value of a new "sangu_visit" cookie.
std::string new_visit();
// The cookie's language, else the account's, else the best of Accept-Language.
i18n::Language chosen_language(std::string_view cookies, std::string_view accept_language, std::string_view of_account);

} // namespace sangu::http
