#include "modules/rights/shares.h"

#include "base/money.h"
#include "base/text.h"
#include "kernel/i18n/i18n.h"

#include <algorithm>
#include <numeric>

namespace sangu::rights {

namespace {

constexpr std::int64_t denominator_max = 1'000'000;

std::optional<std::int64_t> natural(std::string_view text) {
    if (text.empty() || text.size() > 9 || !std::ranges::all_of(text, [](char c) { return c >= '0' && c <= '9'; }))
        return {};
    return parse_integer(text);
}

Share reduced(Share share) {
    std::int64_t const common = std::gcd(share.numerator, share.denominator);
    return {share.numerator / common, share.denominator / common};
}

std::optional<Share> parse_fraction(std::string_view text, std::size_t slash) {
    auto const above = natural(trim(text.substr(0, slash))), below = natural(trim(text.substr(slash + 1)));
    if (!above || !below || *above < 1 || *below < *above || *below > denominator_max) return {};
    return reduced({*above, *below});
}

// Per cent with at most four decimals: exactly a number of ppm.
std::optional<Share> parse_percent(std::string_view text) {
    std::size_t const dot = text.find('.');
    auto const before = natural(text.substr(0, dot));
    if (!before) return {};
    std::int64_t ppm = *before * 10'000;
    if (dot != std::string_view::npos) {
        std::string decimals{text.substr(dot + 1)};
        if (decimals.empty() || decimals.size() > 4) return {};
        decimals.resize(4, '0');
        auto const after = natural(decimals);
        if (!after) return {};
        ppm += *after;
    }
    if (ppm < 1 || ppm > whole_ppm) return {};
    return reduced({ppm, whole_ppm});
}

// True when the fractions make exactly one; 128 bits hold the product of the denominators only piece by piece.
bool make_whole(std::vector<Share> const& shares) {
    Share sum{0, 1};
    for (Share const& one : shares) {
        __extension__ using Wide = __int128;
        std::int64_t const common = std::gcd(sum.denominator, one.denominator);
        Wide const below = static_cast<Wide>(sum.denominator / common) * one.denominator;
        Wide const above = static_cast<Wide>(sum.numerator) * (one.denominator / common) +
                           static_cast<Wide>(one.numerator) * (sum.denominator / common);
        if (below > (static_cast<Wide>(1) << 62) || above > below) return false;
        sum = reduced({static_cast<std::int64_t>(above), static_cast<std::int64_t>(below)});
    }
    return sum.numerator == sum.denominator;
}

std::int64_t rounded_ppm(Share const& share) {
    return (share.numerator * whole_ppm + share.denominator / 2) / share.denominator;
}

tl::unexpected<Error> wrong_share(std::string_view key, std::vector<std::string> arguments = {}) {
    return refuse(Problems{{"share", std::string{key}, std::move(arguments)}});
}

} // namespace

std::optional<Share> parse_share(std::string_view typed) {
    std::string const folded = i18n::fold(typed);
    std::string_view text = trim(folded);
    if (text.ends_with('%')) text = trim(text.substr(0, text.size() - 1));
    if (std::size_t const slash = text.find('/'); slash != std::string_view::npos) return parse_fraction(text, slash);
    return parse_percent(text);
}

Result<std::vector<std::int64_t>> ppm_of_shares(std::span<std::string const> typed) {
    auto const is_blank = [](std::string const& text) { return trim(text).empty(); };
    if (std::ranges::all_of(typed, is_blank)) {
        std::vector<std::int64_t> const equal(typed.size(), 1);
        std::vector<std::int64_t> parts;
        if (!equal.empty())
            for (Money const part : split(Money{whole_ppm}, equal)) parts.push_back(part.fen);
        return parts;
    }
    if (std::ranges::any_of(typed, is_blank)) return wrong_share("rights.share.blank");
    std::vector<Share> shares;
    for (std::string const& text : typed) {
        auto const share = parse_share(text);
        if (!share) return wrong_share("rights.share.form", {shorten(text, 20)});
        shares.push_back(*share);
    }
    std::vector<std::int64_t> parts;
    std::int64_t sum = 0;
    for (Share const& share : shares) {
        parts.push_back(rounded_ppm(share));
        sum += parts.back();
    }
    if (sum == whole_ppm) return parts;
    if (!make_whole(shares)) return wrong_share("rights.share.sum", {share_text(sum)});
    std::vector<std::int64_t> weights;
    for (Share const& share : shares)
        weights.push_back(share.numerator * (std::int64_t{1'000'000'000} / share.denominator));
    parts.clear();
    for (Money const part : split(Money{whole_ppm}, weights)) parts.push_back(part.fen);
    return parts;
}

std::string share_text(std::int64_t ppm) { return to_text(static_cast<double>(ppm) / 10'000); }

} // namespace sangu::rights
