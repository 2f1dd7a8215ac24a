#include "kernel/tables/xlsx_parts.h"

#include "base/text.h"
#include "kernel/tables/problem.h"
#include "kernel/tables/utf8.h"
#include "kernel/tables/xml.h"

#include <algorithm>
#include <map>
#include <optional>

namespace sangu::tables {
namespace {

constexpr std::size_t shared_bytes_max = 128u << 20;
constexpr std::size_t shared_count_max = 4'000'000;
constexpr std::size_t relations_max = 1000;
constexpr std::size_t styles_max = 65'536; // the format itself allows 64,000

// What a part refers to: by type ("…/styles") and by id ("rId1").
struct Relations : XmlEvents {
    struct One {
        std::string id, type, target;
    };
    std::vector<One> all;

    void start(std::string_view name, Attributes attributes) override {
        if (name != "Relationship" || all.size() == relations_max || attributes["TargetMode"] == "External") return;
        std::string_view const type = attributes["Type"];
        all.push_back({std::string{attributes["Id"]}, std::string{type.substr(type.rfind('/') + 1)},
                       std::string{attributes["Target"]}});
    }
    void end(std::string_view) override {}
    void text(std::string_view) override {}

    One const* of_type(std::string_view type) const {
        auto const found = std::ranges::find(all, type, &One::type);
        return found == all.end() ? nullptr : &*found;
    }
    One const* of_id(std::string_view id) const {
        auto const found = std::ranges::find(all, id, &One::id);
        return found == all.end() ? nullptr : &*found;
    }
};

struct Sheets : XmlEvents {
    std::string first_id;
    bool counts_from_1904 = false;

    void start(std::string_view name, Attributes attributes) override {
        if (name == "sheet" && first_id.empty()) first_id = attributes["id"];
        if (name == "workbookPr") counts_from_1904 = attributes["date1904"] == "1" || attributes["date1904"] == "true";
    }
    void end(std::string_view) override {}
    void text(std::string_view) override {}
};

struct Styles : XmlEvents {
    std::map<int, NumberKind> custom;
    std::vector<NumberKind> of_cells;
    bool in_cell_formats = false;

    void start(std::string_view name, Attributes attributes) override {
        if (name == "cellXfs") in_cell_formats = true;
        if (name == "numFmt" && custom.size() < styles_max)
            custom[number(attributes["numFmtId"])] = kind_of_format(attributes["formatCode"]);
        if (name != "xf" || !in_cell_formats || of_cells.size() == styles_max) return;
        int const id = number(attributes["numFmtId"]);
        auto const found = custom.find(id);
        of_cells.push_back(found == custom.end() ? kind_of_format(id) : found->second);
    }
    void end(std::string_view name) override { in_cell_formats = in_cell_formats && name != "cellXfs"; }
    void text(std::string_view) override {}

    static int number(std::string_view text) {
        auto const value = parse_integer(text);
        return value && *value >= 0 && *value < INT32_MAX ? static_cast<int>(*value) : 0;
    }
};

struct Strings : XmlEvents {
    Strings(SharedStrings& all, std::size_t cell_max) : strings{all}, cell_bytes_max{cell_max} {}

    SharedStrings& strings;
    std::size_t cell_bytes_max;
    Result<void> outcome;
    std::string current;
    bool in_text = false;
    int phonetic = 0; // readings of names are not part of the text

    void start(std::string_view name, Attributes) override {
        if (name == "si") current.clear();
        if (name == "rPh") ++phonetic;
        in_text = name == "t" && phonetic == 0;
    }
    void end(std::string_view name) override {
        in_text = false;
        if (name == "rPh") --phonetic;
        if (name == "si" && outcome) outcome = strings.add(unescaped(std::move(current)));
    }
    void text(std::string_view piece) override {
        // One byte more than allowed is kept, so that a cell that uses it is refused with its place.
        if (in_text) current += piece.substr(0, cell_bytes_max + 1 - std::min(current.size(), cell_bytes_max + 1));
    }
};

Result<bool> read_part(Zip& zip, std::string const& name, XmlEvents& events) {
    if (!TRY(zip.begin(name))) return false;
    Xml xml{zip, events};
    TRY(xml.run());
    return true;
}

// "worksheets/sheet1.xml" seen from "xl/workbook.xml" → "xl/worksheets/sheet1.xml".
Result<std::string> entry_of(std::string_view from, std::string_view target) {
    if (target.starts_with('/')) return std::string{target.substr(1)};
    if (target.find("..") != std::string_view::npos) return wrong("error.file.xlsx_forbidden", 0, 0, {"path"});
    return std::string{from.substr(0, from.rfind('/') + 1)} + std::string{target};
}

std::string relations_of(std::string const& part) {
    std::size_t const slash = part.rfind('/') + 1;
    return part.substr(0, slash) + "_rels/" + part.substr(slash) + ".rels";
}

} // namespace

Result<void> SharedStrings::add(std::string_view text) {
    if (texts_.size() + text.size() > shared_bytes_max || ends_.size() == shared_count_max)
        return wrong("error.file.xlsx_unpacks", 0, 0);
    texts_ += text;
    ends_.push_back(static_cast<std::uint32_t>(texts_.size()));
    return {};
}

std::string_view SharedStrings::at(std::size_t index) const {
    std::size_t const start = index == 0 ? 0 : ends_[index - 1];
    return std::string_view{texts_}.substr(start, ends_[index] - start);
}

Result<Workbook> read_workbook(Zip& zip, Limits const& limits) {
    Relations package;
    TRY(read_part(zip, "_rels/.rels", package));
    auto const* const main = package.of_type("officeDocument");
    std::string const part = main ? TRY(entry_of("", main->target)) : std::string{"xl/workbook.xml"};
    Sheets sheets;
    if (!TRY(read_part(zip, part, sheets))) return wrong("error.file.xlsx_broken", 0, 0, {part});
    Relations relations;
    TRY(read_part(zip, relations_of(part), relations));

    Workbook workbook;
    workbook.counts_from_1904 = sheets.counts_from_1904;
    auto const* const sheet = relations.of_id(sheets.first_id);
    if (!sheet || sheet->type != "worksheet") return wrong("error.file.xlsx_no_sheet", 0, 0);
    workbook.sheet = TRY(entry_of(part, sheet->target));
    if (auto const* const styles = relations.of_type("styles")) {
        Styles read;
        std::string const entry = TRY(entry_of(part, styles->target));
        TRY(read_part(zip, entry, read));
        workbook.styles = std::move(read.of_cells);
    }
    if (auto const* const strings = relations.of_type("sharedStrings")) {
        Strings read{workbook.strings, limits.cell_bytes_max};
        std::string const entry = TRY(entry_of(part, strings->target));
        TRY(read_part(zip, entry, read));
        TRY_VOID(std::move(read.outcome));
    }
    return workbook;
}

NumberKind kind_of_format(std::string_view code) {
    bool has_date = false, has_time = false;
    for (std::size_t i = 0; i < code.size(); ++i) {
        char const c = static_cast<char>(code[i] | 0x20);
        if (code[i] == ';') break; // only the first section: the one for positive numbers
        if (code[i] == '"')
            i = std::min(code.find('"', i + 1), code.size());
        else if (code[i] == '\\' || code[i] == '_' || code[i] == '*')
            ++i;
        else if (code[i] == '[' && (code.substr(i, 2).find_first_of("hHmMsS", 1) != std::string_view::npos))
            has_time = true;
        else if (code[i] == '[')
            i = std::min(code.find(']', i), code.size());
        else if (to_lower_ascii(code.substr(i, 7)) == "general")
            i += 6;
        else if (c == 'y' || c == 'd')
            has_date = true;
        else if (c == 'h' || c == 's')
            has_time = true;
    }
    // "m" alone is a month: a format with months only, such as mmm.
    if (!has_date && !has_time && code.find_first_not_of("mM-/ .") == std::string_view::npos && !code.empty())
        has_date = code.find_first_of("mM") != std::string_view::npos;
    return has_date && has_time ? NumberKind::date_and_time
           : has_date           ? NumberKind::date
           : has_time           ? NumberKind::time
                                : NumberKind::number;
}

NumberKind kind_of_format(int id) {
    if (id == 22) return NumberKind::date_and_time;
    if ((id >= 18 && id <= 21) || (id >= 32 && id <= 35) || (id >= 45 && id <= 47) || id == 55 || id == 56)
        return NumberKind::time;
    if ((id >= 14 && id <= 17) || (id >= 27 && id <= 36) || (id >= 50 && id <= 58)) return NumberKind::date;
    return NumberKind::number;
}

std::string unescaped(std::string text) {
    for (std::size_t at = 0; (at = text.find("_x", at)) != std::string::npos; ++at) {
        auto const character = escape_at(text, at);
        if (!character || *character == 0 || (*character >= 0xd800 && *character < 0xe000)) continue;
        std::string utf8;
        append_utf8(utf8, *character);
        text.replace(at, escape_bytes, utf8);
    }
    return text;
}

std::optional<char32_t> escape_at(std::string_view text, std::size_t at) {
    if (text.size() - at < escape_bytes || text.substr(at, 2) != "_x" || text[at + escape_bytes - 1] != '_') return {};
    auto const bytes = from_hex(text.substr(at + 2, 4));
    if (!bytes) return {};
    return static_cast<unsigned char>((*bytes)[0]) << 8 | static_cast<unsigned char>((*bytes)[1]);
}

} // namespace sangu::tables
