// expect: this type cannot be written as HTML
#include "kernel/html/html.h"

using namespace sangu::html;

struct Thing {};
void page(Out& out) { out << p(Thing{}); }
