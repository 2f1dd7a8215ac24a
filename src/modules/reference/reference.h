#pragma once

// Published code tables: divisions, industries, fields, clusters, patent classes. They are files of the program
// (data/reference), read once and kept in memory, so that a name costs no query. A record stores the table and the code
// ("gbt4754-2017", "C3711"); editions are tables of their own.

#include "kernel/context.h"
#include "kernel/html/html.h"

#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace sangu::reference {

inline constexpr std::string_view divisions = "gb2260"; // GB/T 2260
inline constexpr std::string_view industries_2017 = "gbt4754-2017";
inline constexpr std::string_view industries_2011 = "gbt4754-2011";
inline constexpr std::string_view strategic_industries = "sei-2018";
inline constexpr std::string_view high_tech_fields = "high-tech-fields";
inline constexpr std::string_view clusters = "clusters";
inline constexpr std::string_view patent_classes = "ipc";

struct Term {
    std::string_view code, name_zh, name_en, parent;
    std::string_view since, until; // years; empty: not limited by this table
    std::string_view successor;    // the code that came after `until`
    std::string_view status;       // "official", "statistical", "unconfirmed"
    std::string folded;            // of both names, for searching

    // In the reader's language where the table has it, else in the language of the table.
    std::string name(i18n::Language language) const;
    bool in_force(int year) const;
};

struct Table {
    std::string_view code, name_zh, name_en, edition, authority_zh, authority_en, origin, licence;
    std::vector<Term> terms; // sorted by code

    std::string name(i18n::Language language) const;
    std::string authority(i18n::Language language) const;
    Term const* find(std::string_view code) const;
    std::vector<Term const*> children(std::string_view parent) const;
    // From the top down to the term itself.
    std::vector<Term const*> line_of(std::string_view code) const;
    // Codes that begin with `text` and names that contain every word of it, codes and short names first.
    std::vector<Term const*> search(std::string_view text, std::size_t limit) const;
};

std::vector<Table> const& tables();
Table const* find_table(std::string_view code);
// "C3711 铁路…"; the code alone when the table does not have it.
std::string shown(std::string_view table, std::string_view code, i18n::Language language);

// What somebody typed into a picker: a code, a whole name, or a piece of one.
struct Picked {
    std::string code;                 // set when exactly one term is meant
    std::vector<Term const*> choices; // else these are possible; empty: nothing fits
};
Picked pick(std::string_view table, std::string_view typed);
// The code that was typed into `field`, "" for nothing typed; refuses with "reference.pick.none" or
// "reference.pick.several".
Result<std::string> picked_code(std::string_view table, std::string_view field, std::string_view typed);
// A form part that works without script: a text field for code or name; after an unclear entry the terms to choose
// from.
struct Picker {
    std::string_view table, field, label_key, hint_key = {};
    std::string typed; // what stands in the field: a code or a piece of a name
};
void picker(html::Out& out, Context const& context, Picker const& one, Problems const& problems);

} // namespace sangu::reference
