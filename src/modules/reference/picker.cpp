#include "base/text.h"
#include "kernel/html/page.h"
#include "modules/reference/reference.h"

#include <algorithm>

namespace sangu::reference {

using namespace html;

namespace {

constexpr std::size_t choices_max = 20;

bool is_whole_name(Term const& term, std::string const& folded) {
    auto const names = split_text(term.folded, '\n');
    return std::ranges::find(names, folded) != names.end();
}

} // namespace

Picked pick(std::string_view table, std::string_view typed) {
    Table const* const known = find_table(table);
    std::string_view const text = trim(typed);
    if (!known || text.empty()) return {};
    // "C3711 铁路…" is how a stored code is shown again in the field.
    if (Term const* const term = known->find(text.substr(0, text.find(' ')))) return {std::string{term->code}, {}};
    auto choices = known->search(text, choices_max);
    std::string const folded = i18n::fold(text);
    auto const whole = [&](Term const* term) { return is_whole_name(*term, folded); };
    if (std::ranges::count_if(choices, whole) == 1)
        return {std::string{(*std::ranges::find_if(choices, whole))->code}, {}};
    if (choices.size() == 1) return {std::string{choices.front()->code}, {}};
    return {{}, std::move(choices)};
}

Result<std::string> picked_code(std::string_view table, std::string_view field, std::string_view typed) {
    if (trim(typed).empty()) return std::string{};
    Picked picked = pick(table, typed);
    if (!picked.code.empty()) return std::move(picked.code);
    std::string_view const key = picked.choices.empty() ? "reference.pick.none" : "reference.pick.several";
    return refuse(Problems{{std::string{field}, std::string{key}, {}}});
}

void picker(Out& out, Context const& context, Picker const& one, Problems const& problems) {
    Picked const picked = pick(one.table, one.typed);
    auto const problem = std::ranges::find(problems, one.field, &Problem::field);
    bool const wrong = problem != problems.end();
    std::string const error_id = std::string{one.field} + "-error", hint_id = std::string{one.field} + "-hint";
    std::string_view const hint = one.hint_key.empty() ? "reference.pick.hint" : one.hint_key;
    std::string const text = picked.code.empty() ? one.typed : shown(one.table, picked.code, context.language);
    out << div(
        cls(wrong ? "field wrong" : "field"),
        label(for_(one.field), context.t(one.label_key), " ", span(cls("optional"), context.t("form.optional"))),
        p(cls("hint"), id(hint_id), context.t(hint), " ",
          a(href(Url::path("/reference", one.table)), context.t("reference.pick.browse"))),
        when(wrong, [&] { return p(cls("field-error"), id(error_id), i18n::format(context.language, *problem)); }),
        [&](Out& inner) {
            if (!picked.choices.empty() && wrong) {
                inner << ul(cls("choices"), each(picked.choices, [&](Term const* term) {
                                std::string const own = std::string{one.field} + "-" + std::string{term->code};
                                return li(input(type("radio"), id(own), name(one.field), value(term->code)), " ",
                                          label(for_(own), term->code, " ", term->name(context.language)));
                            }));
            }
            inner << input(id(one.field), name(one.field), value(text), maxlength(120), autocomplete("off"),
                           aria_invalid(wrong), aria_describedby(wrong ? hint_id + " " + error_id : hint_id));
        });
}

} // namespace sangu::reference
