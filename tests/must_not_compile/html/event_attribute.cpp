// expect: inline scripts and styles are refused
#include "kernel/html/html.h"

using namespace sangu::html;

void page(Out& out) { out << p(attribute<"onclick">("run()"), "x"); }
