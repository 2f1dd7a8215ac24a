#include "base/text.h"
#include "kernel/entity/derive.h"
#include "kernel/entity/format.h"
#include "kernel/entity/typed.h"

#include <algorithm>
#include <cmath>

namespace sangu::entity {

namespace {

bool has_bad_characters(std::string_view text, bool multiline) {
    auto const bad = [&](char c) {
        bool const control = static_cast<unsigned char>(c) < 0x20 || c == 0x7F;
        bool const layout = multiline && (c == '\t' || c == '\n' || c == '\r');
        return control && !layout;
    };
    return std::ranges::any_of(text, bad) || !is_valid_utf8(text);
}

void check_text(FieldMeta const& field, std::string const& text, Problems& problems) {
    if (has_bad_characters(text, field.multiline)) {
        problems.push_back(problem_of(field, "error.bad_characters"));
        return;
    }
    std::size_t const length = count_characters(text);
    if (field.max_length != 0 && length > field.max_length)
        problems.push_back(problem_of(field, "error.too_long", {std::to_string(field.max_length)}));
    else if (length < field.min_length)
        problems.push_back(problem_of(field, "error.too_short", {std::to_string(field.min_length)}));
    else if (auto const problem = field.format.empty() ? "" : format_problem(field.format, text); !problem.empty())
        problems.push_back(problem_of(field, problem));
}

template <class Number> void check_range(FieldMeta const& field, Number number, Problems& problems) {
    if (field.min != INT64_MIN && number < static_cast<Number>(field.min))
        problems.push_back(problem_of(field, "error.too_small", {to_plain_text(field, field.min)}));
    if (field.max != INT64_MAX && number > static_cast<Number>(field.max))
        problems.push_back(problem_of(field, "error.too_large", {to_plain_text(field, field.max)}));
}

void check_value(FieldMeta const& field, Value const& value, Problems& problems) {
    auto const* text = std::get_if<std::string>(&value);
    if (is_null(value) && !field.type->optional) // an enum value outside its list
        problems.push_back(problem_of(field, wrong_kind_key(field.type->kind)));
    else if (is_null(value) || (text && text->empty())) {
        if (field.required) problems.push_back(problem_of(field, "error.required"));
    } else if (text && field.type->kind == Kind::text)
        check_text(field, *text, problems);
    else if (auto const* whole = std::get_if<std::int64_t>(&value))
        check_range(field, *whole, problems);
    else if (auto const* real = std::get_if<double>(&value)) {
        if (std::isfinite(*real))
            check_range(field, *real, problems);
        else
            problems.push_back(problem_of(field, wrong_kind_key(field.type->kind)));
    }
}

} // namespace

Problems validate(EntityMeta const& meta, void const* object) {
    Problems problems;
    for (FieldMeta const& field : meta.fields) check_value(field, field.load(object), problems);
    if (!problems.empty()) return problems; // rules may rely on sound fields
    for (RuleMeta const& rule : meta.rules)
        if (!rule.holds(object))
            problems.push_back({"", std::string{meta.name} + ".rule." + std::string{rule.key}, {}});
    return problems;
}

} // namespace sangu::entity
