// expect: a bool or a single char is not content
#include "kernel/html/html.h"

using namespace sangu::html;

void page(Out& out) { out << p(true); }
