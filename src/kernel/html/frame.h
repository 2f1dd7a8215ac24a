#pragma once

// The parts around <main>, written by render(); not for pages.

#include "kernel/html/page.h"

namespace sangu::html {

void write_header(Out& out, Context const& context); // brand, navigation, language, colours, account, demo ribbon
void write_footer(Out& out, Context const& context);
// "Saved." after a redirect to …?done=<message key>; only keys that begin with "done." are shown.
void write_flash(Out& out, Context const& context);

} // namespace sangu::html
