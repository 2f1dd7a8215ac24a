// expect: a void element has no content
#include "kernel/html/html.h"

using namespace sangu::html;

void page(Out& out) { out << input("text"); }
