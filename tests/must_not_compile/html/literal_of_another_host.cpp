// expect: a_literal_address_must_be_a_path_on_this_server
#include "kernel/html/html.h"

using namespace sangu::html;

void page(Out& out) { out << a(href("https://elsewhere.example/"), "x"); }
