#pragma once

// The tables for people and programs.

#include "kernel/http/route.h"

namespace sangu::reference {

http::Reply tables_page(Context& context, http::Request& request);
http::Reply table_page(Context& context, http::Request& request);
http::Reply table_csv(Context& context, http::Request& request);
http::Reply api_table(Context& context, http::Request& request);

} // namespace sangu::reference
