// bench_duplicates <database url> [organisations]: fills an empty database with organisations (1,000,000) whose names
// are made from the divisions and industries that ship with sangu, then asks find_similar about a thousand new entries.

#include "modules/registry/duplicates.h"

#include "kernel/db/migrate.h"
#include "kernel/host.h"
#include "kernel/i18n/i18n.h"
#include "modules/reference/reference.h"

#include <algorithm>
#include <chrono>
#include <cstdio>
#include <random>
#include <set>

namespace sangu {
Module registry_module();
}

namespace {

using namespace sangu;
using registry::Organisation;

// Characters of Chinese company names.
constexpr std::string_view brand_characters =
    "华中恒达新天宇鑫盛泰瑞福安康利民众诚信德源兴隆昌荣富强建国际通联创科智慧云海江河山川湘楚岳麓星辰东方长城金银铜铁钢"
    "木水火土石玉龙凤虎马鹰飞翔腾跃旭日月光明亮晶美丽佳和平顺吉祥如意万千百亿元亨贞嘉益博远宏伟大正宇航凯捷迅雷电力";

class Names {
public:
    Names() {
        for (auto const& term : reference::find_table(reference::divisions)->terms)
            if (term.name_zh.size() >= 6 && term.name_zh.size() <= 12) places_.push_back(term.name_zh);
        for (auto const& term : reference::find_table(reference::industries_2017)->terms)
            if (term.code.size() == 4 && term.name_zh.size() <= 24) trades_.push_back(term.name_zh);
    }
    Organisation next() {
        auto const& place = places_[pick(places_.size())];
        auto const brand = [&] { return brand_characters.substr(3 * pick(brand_characters.size() / 3), 3); };
        std::string name{place.substr(0, place.size() - 3)};
        name.append(brand()).append(brand()).append(trades_[pick(trades_.size())]);
        constexpr std::string_view forms[] = {"有限公司", "有限责任公司", "股份有限公司"};
        name += forms[pick(3)];
        return {.id = new_id_of<Organisation>(), .name = std::move(name), .address = std::string{place}};
    }
    std::size_t pick(std::size_t below) { return std::uniform_int_distribution<std::size_t>{0, below - 1}(random_); }

private:
    std::mt19937 random_{20261125};
    std::vector<std::string_view> places_, trades_;
};

void fill(db::Database& database, Names& names, std::size_t count, std::vector<Organisation>& some) {
    constexpr std::size_t portion = 50'000;
    constexpr std::string_view organisation_columns[] = {"id",    "name",   "address", "kind", "industry_edition",
                                                         "scope", "version"};
    constexpr std::string_view key_columns[] = {"block", "organisation_id"};
    for (std::size_t done = 0; done < count; done += portion) {
        std::vector<std::pair<std::int64_t, std::string>> keys;
        database.write_alone([&](db::Transaction& transaction) {
            std::size_t row_number = 0;
            database.copy_in(transaction, "registry_organisation", organisation_columns, [&](std::vector<Value>& row) {
                if (row_number++ == std::min(portion, count - done)) return false;
                Organisation const one = names.next();
                auto blocks = registry::stored_blocks(registry::core_of(one.name));
                std::ranges::sort(blocks);
                blocks.erase(std::unique(blocks.begin(), blocks.end()), blocks.end());
                for (std::int64_t const block : blocks) keys.emplace_back(block, one.id.text);
                if (names.pick(count) < 1000) some.push_back(one);
                row = {
                    one.id.text,         one.name,       *one.address, std::string{"enterprise"}, std::string{"2017"},
                    std::string{"zone"}, std::int64_t{1}};
                return true;
            });
            std::size_t at = 0;
            database.copy_in(transaction, "registry_name_key", key_columns, [&](std::vector<Value>& row) {
                if (at == keys.size()) return false;
                row = {keys[at].first, keys[at].second};
                ++at;
                return true;
            });
        });
    }
}

void report(char const* what, std::vector<double> ms) {
    std::ranges::sort(ms);
    std::printf("%s: median %.2f ms, p95 %.2f ms, p99 %.2f ms, longest %.2f ms (%zu checks)\n", what, ms[ms.size() / 2],
                ms[ms.size() * 95 / 100], ms[ms.size() * 99 / 100], ms.back(), ms.size());
}

} // namespace

int main(int count_of_words, char** words) {
    if (count_of_words < 2) return std::puts("bench_duplicates <database url> [organisations]"), 2;
    std::size_t const count = count_of_words > 2 ? std::stoul(words[2]) : 1'000'000;
    auto const database = db::open({.url = words[1]});
    std::vector<Module> const modules{registry_module()};
    db::migrate(*database, migrations_of(modules));
    Names names;
    std::vector<Organisation> some;
    fill(*database, names, count, some);
    database->write_alone([](db::Transaction& transaction) { transaction.execute("analyze"); });
    std::printf("%zu organisations\n", count);
    std::vector<double> unknown, known;
    std::size_t found = 0;
    for (std::size_t i = 0; i < 1000; ++i) {
        auto const ask = [&](Organisation const& one, std::vector<double>& ms) {
            auto const start = std::chrono::steady_clock::now();
            auto const reader = database->read();
            auto const similar = registry::find_similar(*reader, one);
            ms.push_back(std::chrono::duration<double, std::milli>(std::chrono::steady_clock::now() - start).count());
            return similar.size();
        };
        ask(names.next(), unknown);
        Organisation again = some[i % some.size()];
        again.id = new_id_of<Organisation>();
        again.name = i18n::to_traditional(again.name);
        found += ask(again, known) > 0 ? 1 : 0;
    }
    report("new entries", unknown);
    report("entries that are there already, in traditional characters", known);
    std::printf("found %zu of 1000\n", found);
    return 0;
}
