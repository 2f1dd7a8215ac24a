#pragma once

#include "kernel/entity/entity.h"
#include "modules/library/library.h"

#include <optional>
#include <string>

namespace sangu::intermediaries {

// A body that brings technology and money together or serves those who do: the content of a library entry.
struct Intermediary {
    Id<Intermediary> id; // that of the library's entry
    bool technology_transfer = false, patent_agency = false, valuation = false, legal = false, accounting = false,
         finance = false, testing = false, incubation = false, training = false;
    std::optional<std::string> industry; // GB/T 4754-2017: where it is at home
    std::optional<Date> since;           // in this trade
    std::string coverage;                // places and fields
    std::string description;
    std::string tariff_terms;
    std::optional<std::string> contact, phone, email;

    static entity::EntityMeta const meta;
};

// A licence or qualification (资质). Whether it is valid is never stored: it follows from the day on which one looks.
struct Licence {
    Id<Licence> id;
    Id<Intermediary> entry_id;
    std::int64_t position = 0;
    std::string name;
    std::string number;
    std::string issuer;
    std::optional<Date> valid_from;
    std::optional<Date> valid_until; // the last day; none: without end

    static entity::EntityMeta const meta;
};

enum class Basis : std::uint8_t { fixed, share, hourly, daily, agreed };
constexpr auto choices_of(Basis) {
    using enum Basis;
    return choices<Basis>(
        {{fixed, "fixed"}, {share, "share"}, {hourly, "hourly"}, {daily, "daily"}, {agreed, "agreed"}});
}

// A line of the tariff: money for what is fixed or by time, percent for a share of the value.
struct Price {
    Id<Price> id;
    Id<Intermediary> entry_id;
    std::int64_t position = 0;
    std::string service;
    Basis basis = Basis::agreed;
    std::optional<Money> amount;
    std::optional<double> percent; // at most four decimals

    static entity::EntityMeta const meta;
};

// Somebody who works there and is certified.
struct Staff {
    Id<Staff> id;
    Id<Intermediary> entry_id;
    std::int64_t position = 0;
    std::string name;
    std::string certificate; // 专利代理师, 技术经纪人, …
    std::optional<std::string> number;
    std::optional<Date> valid_until; // the last day; none: without end

    static entity::EntityMeta const meta;
};

} // namespace sangu::intermediaries
