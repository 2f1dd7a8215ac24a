#include "kernel/mail/compose.h"

#include "base/text.h"

#include <algorithm>
#include <array>
#include <ctime>

namespace sangu::mail {

namespace {

constexpr std::string_view alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
constexpr std::size_t word_bytes = 42; // 56 characters in base64: with "=?UTF-8?B?" and "?=" below 75
constexpr std::size_t line_characters = 76;

std::string to_base64(std::string_view bytes) {
    std::string text;
    for (std::size_t i = 0; i < bytes.size(); i += 3) {
        std::uint32_t group = 0;
        std::size_t const here = std::min<std::size_t>(3, bytes.size() - i);
        for (std::size_t k = 0; k < 3; ++k)
            group = group << 8 | (k < here ? static_cast<unsigned char>(bytes[i + k]) : 0U);
        for (std::size_t k = 0; k < 4; ++k)
            text += k <= here ? alphabet[group >> (18 - 6 * k) & 63] : '=';
    }
    return text;
}

std::string without_controls(std::string_view text) {
    std::string clean{text};
    for (char& c : clean)
        if (static_cast<unsigned char>(c) < 0x20 || c == 0x7f) c = ' ';
    return clean;
}

// The first bytes of the text, at most `bytes`, without half a character.
std::string_view whole_characters(std::string_view text, std::size_t bytes) {
    if (text.size() <= bytes) return text;
    while (bytes > 0 && (static_cast<unsigned char>(text[bytes]) & 0xc0) == 0x80) --bytes;
    return text.substr(0, bytes);
}

std::string mailbox(std::string_view name, std::string_view address) {
    std::string const bracketed = "<" + std::string{address} + ">";
    return name.empty() ? bracketed : "=?UTF-8?B?" + to_base64(whole_characters(without_controls(name), word_bytes)) + "?= " + bracketed;
}

std::string with_crlf(std::string_view text) {
    std::string result;
    for (char const c : text)
        if (c == '\n')
            result += "\r\n";
        else if (c != '\r')
            result += c;
    return result;
}

} // namespace

std::string to_base64_lines(std::string_view bytes) {
    std::string const all = to_base64(bytes);
    std::string lines;
    for (std::size_t at = 0; at < all.size(); at += line_characters) lines += all.substr(at, line_characters) + "\r\n";
    return lines;
}

std::string encoded_words(std::string_view text) {
    std::string const clean = without_controls(text);
    bool const plain = clean.size() <= 60 && clean.find("=?") == clean.npos &&
                       std::ranges::all_of(clean, [](char c) { return static_cast<unsigned char>(c) < 0x7f; });
    if (plain) return clean;
    std::string words;
    for (std::string_view rest = clean; !rest.empty();) {
        std::string_view const piece = whole_characters(rest, word_bytes);
        words += (words.empty() ? "=?UTF-8?B?" : "\r\n =?UTF-8?B?") + to_base64(piece) + "?=";
        rest.remove_prefix(piece.size());
    }
    return words;
}

std::string date_header(Instant moment) {
    constexpr std::array days{"Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat"};
    constexpr std::array months{"Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"};
    std::time_t const seconds = moment.ms / 1000;
    std::tm utc{};
    ::gmtime_r(&seconds, &utc);
    auto const two = [](int number) { return (number < 10 ? "0" : "") + std::to_string(number); };
    return std::string{days.at(static_cast<std::size_t>(utc.tm_wday))} + ", " + std::to_string(utc.tm_mday) + " " +
           months.at(static_cast<std::size_t>(utc.tm_mon)) + " " + std::to_string(utc.tm_year + 1900) + " " +
           two(utc.tm_hour) + ":" + two(utc.tm_min) + ":" + two(utc.tm_sec) + " +0000";
}

std::string message_id(std::string_view id, std::string_view from) {
    auto const at = from.find('@');
    return "<" + std::string{id} + "@" + std::string{at == from.npos ? "localhost" : from.substr(at + 1)} + ">";
}

std::string compose(Draft const& draft) {
    Message const& message = draft.message;
    std::string mail = "From: " + mailbox(draft.from_name, draft.from) + "\r\nTo: " +
                       mailbox(message.to_name, message.to) + "\r\nSubject: " + encoded_words(message.subject) +
                       "\r\nDate: " + date_header(draft.date) + "\r\nMessage-ID: " + draft.message_id +
                       "\r\nMIME-Version: 1.0\r\nContent-Type: text/plain; charset=utf-8\r\n"
                       "Content-Transfer-Encoding: base64\r\nAuto-Submitted: auto-generated\r\n";
    if (!message.unsubscribe.empty())
        mail += "List-Unsubscribe: <" + without_controls(message.unsubscribe) +
                ">\r\nList-Unsubscribe-Post: List-Unsubscribe=One-Click\r\n";
    return mail + "\r\n" + to_base64_lines(with_crlf(message.text));
}

} // namespace sangu::mail
