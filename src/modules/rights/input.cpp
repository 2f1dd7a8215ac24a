#include "modules/rights/input.h"

#include "base/text.h"
#include "modules/rights/shares.h"

#include <algorithm>

namespace sangu::rights {

namespace {

// The pieces between line ends, ";" and the Chinese marks for them; blank ones are left out.
std::vector<std::string> pieces_of(std::string_view text, std::initializer_list<std::string_view> marks) {
    std::vector<std::string> pieces;
    std::string piece;
    auto const finish = [&] {
        if (auto const trimmed = trim(piece); !trimmed.empty()) pieces.emplace_back(trimmed);
        piece.clear();
    };
    while (!text.empty()) {
        auto const mark = std::ranges::find_if(marks, [&](std::string_view one) { return text.starts_with(one); });
        if (mark != marks.end()) {
            finish();
            text.remove_prefix(mark->size());
        } else {
            piece += text.front();
            text.remove_prefix(1);
        }
    }
    finish();
    return pieces;
}

Classification class_in(std::string_view text) {
    Classification one;
    std::size_t const blank = text.find(' ');
    std::string const word = to_lower_ascii(text.substr(0, blank));
    for (Choice const& choice : choices_of(Scheme{}))
        if (word == choice.name && blank != std::string_view::npos) {
            one.scheme = static_cast<Scheme>(choice.value);
            text.remove_prefix(blank + 1);
            break;
        }
    one.symbol = std::string{trim(text)};
    return one;
}

std::string class_text(Classification const& one) {
    return one.scheme == Scheme::ipc ? one.symbol : std::string{name_of(one.scheme)} + " " + one.symbol;
}

} // namespace

TypedParts parts_in(http::Pairs const& form) {
    TypedParts typed;
    for (auto const& [field, text] : form) {
        if (field == "holder_name") typed.holders.emplace_back(text, "");
        if (field == "holder_share" && !typed.holders.empty()) typed.holders.back().second = text;
        if (field == "inventors") typed.inventors = text;
        if (field == "classes") typed.classes = text;
    }
    std::erase_if(typed.holders, [](auto const& one) { return trim(one.first).empty() && trim(one.second).empty(); });
    return typed;
}

TypedParts parts_in(RightRecord const& record) {
    TypedParts typed;
    for (Holder const& one : record.holders) typed.holders.emplace_back(one.name, share_text(one.share_ppm));
    for (Inventor const& one : record.inventors) typed.inventors += one.name + "\n";
    for (Classification const& one : record.classes) typed.classes += class_text(one) + "\n";
    return typed;
}

std::vector<std::pair<std::string, std::string>> holders_in(std::string_view text) {
    std::vector<std::pair<std::string, std::string>> holders;
    for (std::string const& piece : pieces_of(text, {"\n", "\r", ";", "；"})) {
        std::size_t const mark = piece.find_last_of(" |");
        std::string_view const last = mark == std::string::npos ? "" : trim(std::string_view{piece}.substr(mark + 1));
        if (mark != std::string::npos && (piece[mark] == '|' || last.ends_with("%") || last.ends_with("％")) &&
            parse_share(last))
            holders.emplace_back(std::string{trim(std::string_view{piece}.substr(0, mark))}, std::string{last});
        else
            holders.emplace_back(piece, "");
    }
    return holders;
}

std::string holders_text(std::vector<Holder> const& holders) {
    std::string text;
    for (Holder const& one : holders)
        text += (text.empty() ? "" : "；") + one.name + " " + share_text(one.share_ppm) + "%";
    return text;
}

void read_parts(TypedParts const& typed, RightRecord& record, Problems& problems) {
    std::vector<std::string> shares;
    record.holders.clear();
    for (auto const& [name, share] : typed.holders) {
        if (trim(name).empty()) problems.push_back({"holder_name", "rights.holder.no_name", {share}});
        record.holders.push_back({.name = std::string{trim(name)}});
        shares.push_back(share);
    }
    if (auto const ppm = ppm_of_shares(shares)) {
        for (std::size_t i = 0; i < ppm->size(); ++i) record.holders[i].share_ppm = (*ppm)[i];
    } else {
        problems.insert(problems.end(), ppm.error().problems.begin(), ppm.error().problems.end());
    }
    record.inventors.clear();
    for (std::string& name : pieces_of(typed.inventors, {"\n", "\r", ";", "；", "、"}))
        record.inventors.push_back({.name = std::move(name)});
    record.classes.clear();
    for (std::string const& one : pieces_of(typed.classes, {"\n", "\r", ";", "；", "、"}))
        record.classes.push_back(class_in(one));
}

Problems read_form(http::Pairs const& form, RightRecord& record) {
    entity::FormData data;
    for (auto const& [field, text] : form) {
        entity::FieldMeta const* meta = Right::meta.find(field);
        bool const blank = trim(text).empty();
        if (blank && meta && meta->type->kind == entity::Kind::choice) continue;
        data.emplace_back(field, text);
    }
    Problems problems = entity::from_form(record.right, data);
    read_parts(parts_in(form), record, problems);
    return problems;
}

} // namespace sangu::rights
