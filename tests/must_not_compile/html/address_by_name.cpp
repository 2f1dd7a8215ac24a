// expect: an address needs html::Url
#include "kernel/html/html.h"

using namespace sangu::html;

void page(Out& out) { out << element<"form">(attribute<"action">("/x")); }
