#pragma once

// The pages of the register of rights; each is a handler of ten lines over the service.

#include "kernel/html/page.h"
#include "kernel/resource/pages.h"
#include "kernel/resource/published.h"
#include "modules/rights/service.h"

#include <string>
#include <string_view>

namespace sangu::rights {

// The register as a list: what the generic parts (download, saved views, API) read.
resource::Resource const& right_list();
// The same for those who publish all lists.
std::vector<resource::Published> published_lists(Services const& services);

http::Reply library_page(Context& context, http::Request& request);
http::Reply right_page(Context& context, http::Request& request);
http::Reply new_right_page(Context& context, http::Request& request);
http::Reply new_right_post(Context& context, http::Request& request);
http::Reply edit_right_page(Context& context, http::Request& request);
http::Reply edit_right_post(Context& context, http::Request& request);
http::Reply confirm_post(Context& context, http::Request& request);
http::Reply encumbrance_page(Context& context, http::Request& request);
http::Reply encumbrance_post(Context& context, http::Request& request);
http::Reply release_post(Context& context, http::Request& request);
http::Reply pay_fee_post(Context& context, http::Request& request);
http::Reply own_rights_page(Context& context, http::Request& request);
http::Reply fee_calendar_page(Context& context, http::Request& request);
http::Reply fee_calendar_file(Context& context, http::Request& request);
http::Reply import_page(Context& context, http::Request& request);
http::Reply import_post(Context& context, http::Request& request);
http::Reply import_template(Context& context, http::Request& request);

// Parts.
std::string_view tone_of(EncumbranceState state);
std::string_view tone_of(LegalStatus status);
void state_badge(html::Out& out, Context const& context, EncumbranceState state);
void status_badge(html::Out& out, Context const& context, LegalStatus status);
void unconfirmed_mark(html::Out& out, Context const& context); // a rule whose text could not be checked
std::string date_text(Context const& context, Date date);
std::string number_text(Context const& context, std::int64_t number);
std::string money_text(Context const& context, Money amount);
// The number people know a right by; empty when it has none.
std::string main_number(Right const& right);
// Opens a form of one button or a few fields.
void open_form(html::Out& out, Context const& context, std::string_view path, std::string_view form_class = "form");

struct FieldText {
    std::string_view field;
    std::string label;
    std::string_view hint = {};
    std::string value = {};
    bool required = false;
    std::string_view type = "text"; // "area": several lines
};
// A labelled input beside no described field, with what was wrong about it.
void text_field(html::Out& out, Context const& context, FieldText const& view, Problems const& problems);

} // namespace sangu::rights
