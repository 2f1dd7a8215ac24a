#pragma once

// The routes of identity's pages.

#include "kernel/html/page.h"
#include "kernel/http/route.h"

#include <vector>

namespace sangu::identity {

std::vector<http::Route> sign_in_routes();
std::vector<http::Route> second_factor_routes();
std::vector<http::Route> external_routes();
std::vector<http::Route> own_account_routes();
std::vector<http::Route> token_routes();
std::vector<http::Route> account_routes();
std::vector<http::Route> audit_routes();
std::vector<http::Route> permission_routes();
std::vector<http::Route> mail_routes();

// The part of the account page about one's address; `typed` and `problems` of a refused form.
void mail_part(html::Out& out, Context& context, std::string const& typed, Problems const& problems);

} // namespace sangu::identity
