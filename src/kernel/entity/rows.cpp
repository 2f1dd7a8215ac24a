#include "base/text.h"
#include "kernel/entity/derive.h"
#include "kernel/entity/typed.h"

#include <algorithm>

namespace sangu::entity {

namespace {

constexpr std::size_t problems_max = 100;

} // namespace

Problems from_form(EntityMeta const& meta, void* object, FormData const& data) {
    Problems problems;
    for (auto const& [name, text] : data) {
        FieldMeta const* const field = meta.find(name);
        if (!field || field->read_only || field->hidden) continue;
        std::erase_if(problems, [&](Problem const& problem) { return problem.field == name; }); // the last entry counts
        store_typed(*field, object, text, problems);
    }
    return problems;
}

std::vector<std::string> table_header(EntityMeta const& meta) {
    std::vector<std::string> header;
    for (FieldMeta const& field : meta.fields)
        if (!field.hidden) header.emplace_back(field.name);
    return header;
}

std::vector<std::string> to_row(EntityMeta const& meta, void const* object, Personal personal) {
    std::vector<std::string> row;
    for (FieldMeta const& field : meta.fields) {
        if (field.hidden) continue;
        bool const masked = field.personal && personal == Personal::hide;
        row.push_back(masked ? "***" : to_plain_text(field, field.load(object)));
    }
    return row;
}

Problems check_header(EntityMeta const& meta, std::span<std::string const> header) {
    Problems problems;
    for (std::size_t i = 0; i < header.size() && problems.size() < problems_max; ++i) {
        std::string_view const name = trim(header[i]);
        auto const same = [&](std::string const& other) { return trim(other) == name; };
        FieldMeta const* const field = meta.find(name);
        Problem problem{shorten(name, 60), "", {}};
        problem.line = 1;
        problem.column = static_cast<std::int64_t>(i) + 1;
        if (!field || field->hidden)
            problem.key = "error.unknown_column";
        else if (std::ranges::any_of(header.first(i), same))
            problem.key = "error.double_column";
        if (!problem.key.empty()) problems.push_back(std::move(problem));
    }
    return problems;
}

Problems from_row(EntityMeta const& meta, void* object, std::span<std::string const> header,
                  std::span<std::string const> row, std::int64_t line) {
    Problems problems;
    auto const place_from = [&](std::size_t first, std::size_t column) {
        for (std::size_t i = first; i < problems.size(); ++i) {
            problems[i].line = line;
            problems[i].column = static_cast<std::int64_t>(column) + 1;
        }
    };
    for (std::size_t i = 0; i < header.size(); ++i) {
        FieldMeta const* const field = meta.find(trim(header[i]));
        if (!field || field->read_only || field->hidden) continue;
        std::size_t const before = problems.size();
        store_typed(*field, object, i < row.size() ? std::string_view{row[i]} : std::string_view{}, problems);
        place_from(before, i);
    }
    for (std::size_t i = header.size(); i < row.size(); ++i) {
        if (trim(row[i]).empty()) continue;
        problems.push_back({"", "error.cell_without_column", {}});
        place_from(problems.size() - 1, i);
        break;
    }
    return problems;
}

} // namespace sangu::entity
