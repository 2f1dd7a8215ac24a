#include "base/embedded.h"
#include "base/text.h"
#include "kernel/i18n/i18n.h"
#include "kernel/imports/mapping.h"

#include <algorithm>
#include <map>
#include <set>

namespace sangu::embedded {
std::span<EmbeddedFile const> column_names();
}

namespace sangu::imports {

namespace {

enum Likeness : std::uint8_t { unlike, part, synonym, same };

using Words = std::map<std::string, std::vector<std::string>, std::less<>>; // field → names of columns

Words read_words() {
    Words words;
    for (EmbeddedFile const& file : embedded::column_names())
        for (std::string_view const line : split_text(file.data, '\n')) {
            auto const cells = split_text(trim(line), '\t');
            if (line.starts_with('#') || cells.size() != 2) continue;
            auto& of_field = words[std::string{cells[0]}];
            for (std::string_view const word : split_text(cells[1], '|')) of_field.push_back(bare_name(word));
        }
    return words;
}

Words const& words() {
    static Words const all = read_words();
    return all;
}

bool is_part(std::string_view inner, std::string_view outer) {
    return count_characters(inner) >= 2 && inner.size() >= 4 && outer.find(inner) != std::string_view::npos;
}

// What a field is called: its name first, then its labels.
std::vector<std::string> names_of(entity::EntityMeta const& meta, entity::FieldMeta const& field) {
    std::vector<std::string> names{bare_name(field.name)};
    std::string const key = std::string{meta.name} + "." + std::string{field.name};
    for (i18n::Language const language : i18n::languages) names.push_back(bare_name(i18n::message(language, key)));
    return names;
}

Likeness likeness(std::string const& header, std::vector<std::string> const& names, std::string_view field) {
    if (header.empty()) return unlike;
    if (std::ranges::find(names, header) != names.end()) return same;
    if (auto const known = words().find(field); known != words().end())
        if (std::ranges::find(known->second, header) != known->second.end()) return synonym;
    for (std::string const& name : names)
        if (is_part(name, header) || is_part(header, name)) return part;
    return unlike;
}

} // namespace

std::string bare_name(std::string_view header) {
    std::string const folded = i18n::fold(header);
    std::string bare;
    int brackets = 0;
    for (char const c : folded) {
        if (c == '(' || c == '[') ++brackets;
        bool const is_mark = static_cast<unsigned char>(c) < 0x80 && !std::isalnum(static_cast<unsigned char>(c));
        if (brackets == 0 && !is_mark) bare += c;
        if ((c == ')' || c == ']') && brackets > 0) --brackets;
    }
    return bare;
}

int shift_of(std::string_view header) {
    if (header.find("亿") != std::string_view::npos || header.find("億") != std::string_view::npos) return 8;
    for (std::string_view const word : {"万元", "萬元", "(万", "（万", "（萬"})
        if (header.find(word) != std::string_view::npos) return 4;
    return 0;
}

Mapping guess(entity::EntityMeta const& meta, tables::Row const& header) {
    Mapping mapping;
    std::vector<std::string> bare;
    for (std::string const& name : header) {
        mapping.columns.push_back({.header = name});
        bare.push_back(bare_name(name));
    }
    std::vector<std::pair<entity::FieldMeta const*, std::vector<std::string>>> fields;
    for (entity::FieldMeta const& field : meta.fields)
        if (is_importable(field)) fields.emplace_back(&field, names_of(meta, field));
    std::set<entity::FieldMeta const*> taken;
    for (Likeness const wanted : {same, synonym, part})
        for (std::size_t i = 0; i < header.size(); ++i)
            for (auto const& [field, names] : fields) {
                if (!mapping.columns[i].field.empty() || taken.contains(field)) continue;
                if (likeness(bare[i], names, field->name) != wanted) continue;
                mapping.columns[i].field = field->name;
                bool const is_number = field->type->kind == entity::Kind::money ||
                                       field->type->kind == entity::Kind::integer ||
                                       field->type->kind == entity::Kind::real;
                if (is_number) mapping.columns[i].shift = shift_of(header[i]);
                taken.insert(field);
            }
    return mapping;
}

Mapping guess(entity::EntityMeta const& meta, tables::Row const& header, Mapping const& earlier) {
    Mapping mapping = guess(meta, header);
    std::set<std::string> taken;
    std::vector<bool> known(header.size());
    for (std::size_t i = 0; i < header.size(); ++i) {
        auto const same_name = std::ranges::find(earlier.columns, header[i], &Column::header);
        if (same_name == earlier.columns.end()) continue;
        bool const is_field = meta.find(same_name->field) && taken.insert(same_name->field).second;
        mapping.columns[i] = *same_name;
        if (!is_field) mapping.columns[i].field.clear();
        known[i] = true;
    }
    for (std::size_t i = 0; i < header.size(); ++i)
        if (!known[i] && taken.contains(mapping.columns[i].field)) mapping.columns[i].field.clear();
    mapping.constants = earlier.constants;
    std::erase_if(mapping.constants, [&](auto const& constant) {
        return std::ranges::find(mapping.columns, constant.first, &Column::field) != mapping.columns.end();
    });
    mapping.leave_out_bad = earlier.leave_out_bad;
    return mapping;
}

} // namespace sangu::imports
