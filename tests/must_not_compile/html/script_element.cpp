// expect: this element is refused
#include "kernel/html/html.h"

using namespace sangu::html;

void page(Out& out) { out << element<"script">("run()"); }
