#include "base/text.h"
#include "kernel/files/files.h"

#include <algorithm>
#include <array>

namespace sangu::files {

using namespace std::string_view_literals;

namespace {

struct Signature {
    std::string_view start, type;
};
constexpr std::array signatures{
    Signature{"%PDF-"sv, "application/pdf"sv},
    Signature{"\x89PNG\r\n\x1a\n"sv, "image/png"sv},
    Signature{"\xff\xd8\xff"sv, "image/jpeg"sv},
};

// Office files are ZIP archives; what is inside tells them from others, the name only which program made them.
struct Office {
    std::string_view extension, type;
};
constexpr std::array office_files{
    Office{".docx"sv, "application/vnd.openxmlformats-officedocument.wordprocessingml.document"sv},
    Office{".xlsx"sv, "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"sv},
    Office{".pptx"sv, "application/vnd.openxmlformats-officedocument.presentationml.presentation"sv},
};
constexpr std::array open_documents{
    "application/vnd.oasis.opendocument.text"sv,
    "application/vnd.oasis.opendocument.spreadsheet"sv,
    "application/vnd.oasis.opendocument.presentation"sv,
};

std::optional<std::string_view> office_type(std::string_view head, std::string_view name) {
    constexpr std::size_t name_field = 30; // of the first local file header
    if (head.size() > name_field && head.substr(name_field).starts_with("mimetype")) {
        std::string_view const content = head.substr(name_field + 8);
        auto const found = std::ranges::find_if(open_documents, [&](std::string_view type) {
            return content.starts_with(type) && content.substr(type.size()).starts_with("PK");
        });
        return found == open_documents.end() ? std::nullopt : std::optional{*found};
    }
    bool const is_package = head.find("[Content_Types].xml") != head.npos || head.find("_rels/.rels") != head.npos ||
                            head.find("docProps/") != head.npos || head.find("vbaProject") != head.npos;
    if (!is_package || head.find("vbaProject") != head.npos) return {};
    for (Office const& one : office_files)
        if (name.ends_with(one.extension)) return one.type;
    return {};
}

// GB18030: a lead byte, then a trail byte, or two such pairs with digits in between.
bool looks_like_gb18030(std::string_view text) {
    auto const byte = [&](std::size_t i) { return i < text.size() ? static_cast<unsigned char>(text[i]) : 0x40U; };
    for (std::size_t i = 0; i < text.size();) {
        unsigned const lead = byte(i);
        if (lead < 0x80) {
            ++i;
        } else if (lead == 0x80 || lead == 0xff) {
            return false;
        } else if (byte(i + 1) >= 0x30 && byte(i + 1) <= 0x39) {
            i += 4;
        } else if (byte(i + 1) >= 0x40 && byte(i + 1) != 0x7f && byte(i + 1) != 0xff) {
            i += 2;
        } else {
            return false;
        }
    }
    return true;
}

// The head may have been cut inside a character.
bool is_utf8_head(std::string_view head) {
    for (std::size_t cut = 0; cut < 4 && cut <= head.size(); ++cut)
        if (is_valid_utf8(head.substr(0, head.size() - cut))) return true;
    return false;
}

bool is_markup_or_script(std::string_view head) {
    if (head.starts_with("\xef\xbb\xbf")) head.remove_prefix(3);
    std::string const lower = to_lower_ascii(trim(head));
    if (lower.starts_with('<') || lower.starts_with("#!") || lower.starts_with("@echo")) return true;
    constexpr std::array marks{"<script"sv, "<html"sv, "<svg"sv, "<!doctype"sv, "<iframe"sv, "<?php"sv};
    return std::ranges::any_of(marks, [&](std::string_view mark) { return lower.find(mark) != lower.npos; });
}

std::optional<std::string_view> text_type(std::string_view head, std::string_view name) {
    auto const is_control = [](char c) {
        return (c >= 0 && c < 0x20 && c != '\t' && c != '\n' && c != '\r' && c != '\f') || c == 0x7f;
    };
    if (std::ranges::any_of(head, is_control) || is_markup_or_script(head)) return {};
    if (!is_utf8_head(head) && !looks_like_gb18030(head)) return {};
    if (name.ends_with(".csv")) return "text/csv"sv;
    if (name.ends_with(".txt") || name.ends_with(".md")) return "text/plain"sv;
    return {}; // a program's source is text as well
}

} // namespace

std::optional<std::string_view> sniff_type(std::string_view head, std::string_view file_name) {
    std::string const name = to_lower_ascii(file_name);
    for (Signature const& one : signatures)
        if (head.starts_with(one.start)) return one.type;
    if (head.starts_with("RIFF") && head.size() >= 12 && head.substr(8, 4) == "WEBP") return "image/webp"sv;
    if (head.starts_with("PK\x03\x04")) return office_type(head, name);
    if (head.empty()) return {};
    return text_type(head, name);
}

} // namespace sangu::files
