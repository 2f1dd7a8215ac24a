#pragma once

// Pages of the register written by hand.

#include "kernel/http/route.h"

#include <vector>

namespace sangu::registry {

http::Reply new_organisation_page(Context& context, http::Request& request);
http::Reply new_organisation_post(Context& context, http::Request& request);
http::Reply edit_organisation_page(Context& context, http::Request& request);
http::Reply edit_organisation_post(Context& context, http::Request& request);

http::Reply person_page(Context& context, http::Request& request);
http::Reply person_merge_page(Context& context, http::Request& request);
http::Reply person_merge_post(Context& context, http::Request& request);
http::Reply profile_page(Context& context, http::Request& request);
http::Reply profile_post(Context& context, http::Request& request);
http::Reply contact_post(Context& context, http::Request& request);
http::Reply affiliation_post(Context& context, http::Request& request);
http::Reply remove_affiliation_post(Context& context, http::Request& request);
http::Reply export_reply(Context& context, http::Request& request);
http::Reply erase_post(Context& context, http::Request& request);

http::Reply duplicates_page(Context& context, http::Request& request);
http::Reply tell_duplicate_post(Context& context, http::Request& request);
http::Reply duplicate_page(Context& context, http::Request& request);
http::Reply merge_post(Context& context, http::Request& request);
http::Reply different_post(Context& context, http::Request& request);
http::Reply merges_page(Context& context, http::Request& request);
http::Reply undo_merge_post(Context& context, http::Request& request);

http::Reply organisation_page(Context& context, http::Request& request);
http::Reply confirm_organisation_post(Context& context, http::Request& request);

http::Reply claim_page(Context& context, http::Request& request);
http::Reply claim_post(Context& context, http::Request& request);
http::Reply claims_page(Context& context, http::Request& request);
http::Reply one_claim_page(Context& context, http::Request& request);
http::Reply claim_file_reply(Context& context, http::Request& request);
http::Reply approve_claim_post(Context& context, http::Request& request);
http::Reply return_claim_post(Context& context, http::Request& request);
http::Reply withdraw_claim_post(Context& context, http::Request& request);
http::Reply issue_code_post(Context& context, http::Request& request);
http::Reply enter_code_post(Context& context, http::Request& request);

http::Reply workspace_page(Context& context, http::Request& request);
http::Reply invite_post(Context& context, http::Request& request);
http::Reply revoke_invitation_post(Context& context, http::Request& request);
http::Reply end_membership_post(Context& context, http::Request& request);
http::Reply invitation_page(Context& context, http::Request& request);
http::Reply accept_invitation_post(Context& context, http::Request& request);

std::vector<http::Route> claim_routes();
std::vector<http::Route> workspace_routes();
std::vector<http::Route> duplicate_routes();
std::vector<http::Route> organisation_routes();
std::vector<http::Route> person_routes();

} // namespace sangu::registry
