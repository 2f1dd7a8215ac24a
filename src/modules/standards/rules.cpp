#include "modules/standards/rules.h"

#include "base/text.h"
#include "kernel/i18n/i18n.h"
#include "modules/registry/registry.h"

#include <algorithm>

namespace sangu::standards {

namespace {

constexpr std::size_t drafters_max = 200;

std::string joined(std::optional<std::string> const& text) {
    return text ? join(lines_of(*text), "\n") : std::string{};
}

void tidy_lines(std::optional<std::string>& text) {
    std::string tidied = joined(text);
    text = tidied.empty() ? std::nullopt : std::optional{std::move(tidied)};
}

// True when following the replacements from `start` leads to `wanted`. Chains are short; a hundred steps end any.
bool leads_to(db::Session& session, std::string const& start, std::string const& wanted) {
    return session.exists("with recursive chain (number, step) as (select cast(? as text), 0 union all "
                          "select s.replaced_by, chain.step + 1 from standards_standard s join chain on "
                          "s.number = chain.number where s.replaced_by is not null and chain.step < 100) "
                          "select 1 from chain where number = ?",
                          {start, wanted});
}

void insert_drafters(db::Transaction& transaction, Standard const& standard, DrafterKind kind,
                     std::optional<std::string> const& names) {
    std::int64_t position = 0;
    for (std::string const& name : lines_of(names.value_or(""))) {
        Drafter drafter{
            .id = new_id_of<Drafter>(), .standard_id = standard.id, .position = ++position, .kind = kind, .name = name};
        if (kind == DrafterKind::organisation)
            if (auto const card = registry::find_organisation(transaction, name)) drafter.organisation_id = card->id;
        entity::insert(transaction, drafter);
    }
}

} // namespace

std::string tidy_number(std::string_view typed) {
    std::string text;
    for (char const c : i18n::fold(typed)) text += c >= 'a' && c <= 'z' ? static_cast<char>(c - 'a' + 'A') : c;
    for (std::string_view const dash : {"—", "–", "－", "―"})
        for (std::size_t at; (at = text.find(dash)) != std::string::npos;) text.replace(at, dash.size(), "-");
    for (std::size_t at; (at = text.find("--")) != std::string::npos;) text.erase(at, 1);
    text = std::string{trim(text)};
    for (std::size_t at; (at = text.find("  ")) != std::string::npos;) text.erase(at, 1);
    // "DB43" is one word: the digits of a local standard's place.
    std::size_t const slash = text.find('/');
    if (slash == std::string::npos && text.starts_with("DB")) return text;
    std::size_t const digit = text.find_first_of("0123456789", slash == std::string::npos ? 0 : slash);
    if (digit != std::string::npos && digit > 0 && text[digit - 1] >= 'A' && text[digit - 1] <= 'Z')
        text.insert(digit, " ");
    return text;
}

std::vector<std::string> lines_of(std::string_view text) {
    std::vector<std::string> lines;
    for (std::string_view const line : split_text(text, '\n')) {
        auto const trimmed = trim(line);
        if (!trimmed.empty() && std::ranges::find(lines, trimmed) == lines.end()) lines.emplace_back(trimmed);
    }
    return lines;
}

Result<void> before_standard(Context&, db::Session& session, void const*, void* after) {
    auto& standard = *static_cast<Standard*>(after);
    standard.number = tidy_number(standard.number);
    tidy_lines(standard.organisations);
    tidy_lines(standard.people);
    for (auto const& [field, text] :
         {std::pair{"organisations", &standard.organisations}, std::pair{"people", &standard.people}}) {
        auto const lines = lines_of(text->value_or(""));
        if (lines.size() > drafters_max)
            return refuse(Problems{{field, "standards.error.too_many", {std::to_string(drafters_max)}}});
        for (std::string const& line : lines)
            if (count_characters(line) > 200) return refuse(Problems{{field, "error.too_long", {"200"}}});
    }
    if (session.exists("select 1 from standards_standard where number = ? and id <> ?",
                       {standard.number, standard.id.text}))
        return refuse(Problems{{"number", "standards.error.number_taken", {standard.number}}});
    if (standard.replaced_by) standard.replaced_by = tidy_number(*standard.replaced_by);
    if (standard.replaced_by && leads_to(session, *standard.replaced_by, standard.number))
        return refuse(Problems{{"replaced_by", "standards.error.cycle", {}}});
    standard.scope = "zone";
    if (standard.organisations)
        if (auto const card = registry::find_organisation(session, lines_of(*standard.organisations).front()))
            standard.scope = card->scope;
    return {};
}

Result<void> after_standard(Context&, Change& change, void const* before_or_null, void const* after) {
    auto const& standard = *static_cast<Standard const*>(after);
    auto const* before = static_cast<Standard const*>(before_or_null);
    if (before && before->organisations == standard.organisations && before->people == standard.people) return {};
    db::Transaction& transaction = change.transaction();
    transaction.execute("delete from standards_drafter where standard_id = ?", {standard.id.text});
    insert_drafters(transaction, standard, DrafterKind::organisation, standard.organisations);
    insert_drafters(transaction, standard, DrafterKind::person, standard.people);
    return {};
}

std::string scope_of_standard(void const* standard) { return static_cast<Standard const*>(standard)->scope; }

} // namespace sangu::standards
