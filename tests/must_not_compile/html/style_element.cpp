// expect: this element is refused
#include "kernel/html/html.h"

using namespace sangu::html;

void page(Out& out) { out << element<"style">("p { color: red }"); }
