// expect: no matching function for call to
#include "kernel/html/html.h"

using namespace sangu::html;

void page(Out& out, std::string const& path) { out << a(href(path), "x"); }
