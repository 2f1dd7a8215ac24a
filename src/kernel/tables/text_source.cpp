#include "kernel/tables/text_source.h"

#include "kernel/i18n/decode.h"
#include "kernel/tables/utf8.h"

#include <algorithm>
#include <array>
#include <optional>
#include <string>
#include <vector>

namespace sangu::tables {
namespace {

constexpr std::size_t piece_bytes = 128 * 1024;
constexpr std::size_t probed_bytes = 4096;

// UTF-16 without a mark: Latin letters, digits and line ends leave NUL in one half of the units only.
std::optional<Encoding> utf16_by_nul(std::string_view probe) {
    std::size_t nul_even = 0, nul_odd = 0;
    for (std::size_t i = 0; i < probe.size(); ++i)
        if (probe[i] == '\0') ++(i % 2 ? nul_odd : nul_even);
    std::size_t const enough = std::max<std::size_t>(2, probe.size() / 2 / 16);
    if (nul_even == 0 && nul_odd >= enough) return Encoding::utf16_le;
    if (nul_odd == 0 && nul_even >= enough) return Encoding::utf16_be;
    return {};
}

std::uint64_t utf8_good_until(Input const& input, std::uint64_t start) {
    std::vector<char> piece(piece_bytes);
    Utf8Check check;
    std::uint64_t offset = start;
    while (std::size_t const count = input.read(offset, piece.data(), piece.size())) {
        if (std::size_t const bad = check.first_bad({piece.data(), count}); bad != std::string_view::npos)
            return offset + bad;
        offset += count;
    }
    return check.inside_character() ? offset : UINT64_MAX;
}

bool is_gb18030(Input const& input) {
    std::vector<char> piece(piece_bytes);
    std::string text;
    i18n::Gb18030Decoder decoder;
    std::uint64_t offset = 0;
    while (std::size_t const count = input.read(offset, piece.data(), piece.size())) {
        text.clear();
        if (!decoder.decode({piece.data(), count}, false, text)) return false;
        offset += count;
    }
    return decoder.decode({}, true, text);
}

class Utf16Decoder {
public:
    explicit Utf16Decoder(bool big_endian) : big_endian_{big_endian} {}

    bool decode(std::string_view bytes, bool last, std::string& text) {
        for (char const c : bytes) {
            auto const byte = static_cast<unsigned char>(c);
            if (!has_half_) {
                half_ = byte;
                has_half_ = true;
                continue;
            }
            has_half_ = false;
            if (!take(static_cast<char32_t>(big_endian_ ? half_ << 8 | byte : byte << 8 | half_), text)) return false;
        }
        return !last || (!has_half_ && !lead_);
    }

private:
    bool take(char32_t unit, std::string& text) {
        bool const is_trail = unit >= 0xdc00 && unit < 0xe000;
        if (is_trail != (lead_ != 0)) return false;
        if (is_trail) {
            append_utf8(text, 0x10000 + ((lead_ - 0xd800) << 10) + (unit - 0xdc00));
            lead_ = 0;
        } else if (unit >= 0xd800 && unit < 0xdc00) {
            lead_ = unit;
        } else {
            append_utf8(text, unit);
        }
        return true;
    }

    bool big_endian_;
    bool has_half_ = false;
    unsigned half_ = 0;
    char32_t lead_ = 0;
};

class Utf8Source final : public TextSource {
public:
    Utf8Source(std::unique_ptr<Input> input, Detected detected)
        : input_{std::move(input)}, detected_{detected}, offset_{detected.start}, piece_(piece_bytes) {}

    std::string_view next() override {
        std::uint64_t const good = detected_.good_until - offset_;
        std::size_t const count = input_->read(offset_, piece_.data(), std::min<std::uint64_t>(piece_.size(), good));
        offset_ += count;
        return {piece_.data(), count};
    }
    bool is_bad() const override { return detected_.good_until != UINT64_MAX; }

private:
    std::unique_ptr<Input> input_;
    Detected detected_;
    std::uint64_t offset_;
    std::vector<char> piece_;
};

template <class Decoder> class DecodedSource final : public TextSource {
public:
    template <class... Arguments>
    DecodedSource(std::unique_ptr<Input> input, std::uint64_t start, Arguments... arguments)
        : input_{std::move(input)}, offset_{start}, piece_(piece_bytes), decoder_{arguments...} {}

    std::string_view next() override {
        text_.clear();
        while (text_.empty() && !bad_ && !ended_) {
            std::size_t const count = input_->read(offset_, piece_.data(), piece_.size());
            offset_ += count;
            ended_ = count == 0;
            bad_ = !decoder_.decode({piece_.data(), count}, ended_, text_);
        }
        return text_;
    }
    bool is_bad() const override { return bad_; }

private:
    std::unique_ptr<Input> input_;
    std::uint64_t offset_;
    std::vector<char> piece_;
    Decoder decoder_;
    std::string text_;
    bool bad_ = false;
    bool ended_ = false;
};

} // namespace

Detected detect(Input const& input) {
    std::array<char, probed_bytes> bytes;
    std::string_view const probe{bytes.data(), input.read(0, bytes.data(), bytes.size())};
    if (probe.starts_with("\xff\xfe")) return {Encoding::utf16_le, 2};
    if (probe.starts_with("\xfe\xff")) return {Encoding::utf16_be, 2};
    std::uint64_t const start = probe.starts_with("\xef\xbb\xbf") ? 3 : 0;
    if (auto const encoding = start ? std::nullopt : utf16_by_nul(probe)) return {*encoding, 0};
    std::uint64_t const good_until = utf8_good_until(input, start);
    if (good_until != UINT64_MAX && !start && is_gb18030(input)) return {Encoding::gb18030, 0};
    return {Encoding::utf8, start, good_until};
}

std::unique_ptr<TextSource> text_source(std::unique_ptr<Input> input) {
    Detected const detected = detect(*input);
    switch (detected.encoding) {
    case Encoding::utf16_le:
    case Encoding::utf16_be:
        return std::make_unique<DecodedSource<Utf16Decoder>>(std::move(input), detected.start,
                                                             detected.encoding == Encoding::utf16_be);
    case Encoding::gb18030:
        return std::make_unique<DecodedSource<i18n::Gb18030Decoder>>(std::move(input), detected.start);
    case Encoding::utf8: break;
    }
    return std::make_unique<Utf8Source>(std::move(input), detected);
}

} // namespace sangu::tables
