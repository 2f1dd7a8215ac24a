#pragma once

// The pages of operation projects.

#include "kernel/resource/pages.h"

namespace sangu::rights {

resource::Resource const& project_list();

http::Reply projects_page(Context& context, http::Request& request);
http::Reply projects_download(Context& context, http::Request& request);
http::Reply project_page(Context& context, http::Request& request);
http::Reply new_project_page(Context& context, http::Request& request);
http::Reply new_project_post(Context& context, http::Request& request);
http::Reply edit_project_page(Context& context, http::Request& request);
http::Reply edit_project_post(Context& context, http::Request& request);
http::Reply add_members_post(Context& context, http::Request& request);
http::Reply remove_member_post(Context& context, http::Request& request);

} // namespace sangu::rights
