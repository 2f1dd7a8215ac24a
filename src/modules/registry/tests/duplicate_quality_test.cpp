// How many duplicates are found and how many are false, on the published list of universities, corrupted by seeded
// rules. The rules, one of them for each entry and two for three in ten:
//   written in traditional characters · full-width letters, brackets and blanks · another legal form (every third name
//   is made a company of the university) · 省 or 市 put in or left out · one character replaced by another of the list
//   that sounds the same · two neighbours swapped · one character left out (names of eight characters and more, one in
//   ten of all lengths) · the address in full, or missing.

#include "base/text.h"
#include "kernel/i18n/i18n.h"
#include "kernel/tables/tables.h"
#include "modules/registry/duplicates.h"
#include "support/files.h"
#include "support/test_app.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <map>
#include <random>

namespace sangu {
Module registry_module();
}

namespace sangu::registry {
namespace {

using Characters = std::vector<std::string>;

Characters characters_of(std::string_view text) {
    Characters all;
    for (std::size_t at = 0; at < text.size();) {
        std::size_t end = at + 1;
        while (end < text.size() && (static_cast<unsigned char>(text[end]) & 0xC0) == 0x80) ++end;
        all.emplace_back(text.substr(at, end - at));
        at = end;
    }
    return all;
}

class Corruption {
public:
    explicit Corruption(std::vector<Organisation> const& all) {
        for (Organisation const& one : all)
            for (std::string const& character : characters_of(one.name))
                by_sound_[i18n::sounds(character).front()].push_back(character);
    }

    Organisation of(Organisation const& one) {
        Organisation result = one;
        result.id = new_id_of<Organisation>();
        apply(result, pick(8));
        if (pick(10) < 3) apply(result, pick(8));
        return result;
    }

private:
    std::size_t pick(std::size_t below) { return std::uniform_int_distribution<std::size_t>{0, below - 1}(random_); }

    void apply(Organisation& one, std::size_t rule) {
        Characters name = characters_of(one.name);
        switch (rule) {
        case 0: one.name = i18n::to_traditional(one.name); return;
        case 1: full_width(name); break;
        case 2: one.name = other_form(one.name); return;
        case 3: place_word(name); break;
        case 4: homophone(name); break;
        case 5: swap(name); break;
        case 6: leave_out(name); break;
        default: one.address = pick(2) ? "中国" + one.address.value_or("") + "大学路1号" : std::string{}; return;
        }
        one.name = join(name, "");
    }
    // U+FF01 to U+FF5E stand for the ASCII signs.
    static std::string wide(char c) {
        int const offset = c - 0x20;
        return {'\xEF', static_cast<char>(0xBC + offset / 0x40), static_cast<char>(0x80 + offset % 0x40)};
    }
    void full_width(Characters& name) {
        for (std::string& character : name)
            if (character.size() == 1 && character[0] > ' ') character = wide(character[0]);
        name.insert(name.begin() + static_cast<std::ptrdiff_t>(1 + pick(name.size() - 1)), pick(2) ? "　" : "·");
    }
    std::string other_form(std::string name) {
        constexpr std::string_view form = "有限公司";
        if (!name.ends_with(form)) return name + " ";
        name.resize(name.size() - form.size());
        constexpr std::string_view forms[] = {"有限责任公司", "股份有限公司", "（有限公司）", ""};
        return name + std::string{forms[pick(4)]};
    }
    void place_word(Characters& name) {
        for (std::string_view const word : {"省", "市"})
            if (auto const found = std::ranges::find(name, word); found != name.end()) {
                name.erase(found);
                return;
            }
        name.insert(name.begin() + 2, pick(2) ? "省" : "市");
    }
    void homophone(Characters& name) {
        std::string& character = name[pick(name.size())];
        auto const& others = by_sound_[i18n::sounds(character).front()];
        if (!others.empty()) character = others[pick(others.size())];
    }
    void swap(Characters& name) {
        std::size_t const at = pick(name.size() - 1);
        std::swap(name[at], name[at + 1]);
    }
    void leave_out(Characters& name) {
        if (name.size() < 8 && pick(10) > 0) return;
        name.erase(name.begin() + static_cast<std::ptrdiff_t>(pick(name.size())));
    }

    std::mt19937 random_{20261125};
    std::map<std::string, Characters> by_sound_;
};

std::vector<Organisation> universities(std::filesystem::path const& path) {
    std::vector<Organisation> all;
    auto const file = tables::open(path.string()).value();
    tables::Row row;
    std::int64_t line = 0;
    file->next(row, line).value();
    while (file->next(row, line).value()) {
        Organisation one{.id = new_id_of<Organisation>(), .name = row[1], .address = row[3]};
        if (all.size() % 3 == 2) one.name += "科技有限公司";
        all.push_back(std::move(one));
    }
    return all;
}

TEST(DuplicateQuality, precision_and_recall_on_the_corrupted_list_of_universities) {
    auto const path = test::shared_data("reference/universities-china.csv");
    if (path.empty()) GTEST_SKIP() << "no list of universities";
    auto const all = universities(path);
    ASSERT_EQ(all.size(), 2631u);
    test::TestApp app{{registry_module()}};
    app.write([&](db::Transaction& transaction) {
        for (Organisation const& one : all) {
            entity::insert(transaction, one);
            store_name_keys(transaction, one);
        }
    });
    auto const reader = app.database().read();
    Corruption corruption{all};
    std::size_t found = 0, wrong = 0, asked = 0;
    for (Organisation const& one : all) {
        Organisation const probe = corruption.of(one);
        if (probe.name == one.name && probe.address == one.address) continue;
        ++asked;
        bool is_found = false;
        for (Similar const& similar : find_similar(*reader, probe)) {
            bool const is_it = similar.card.id == one.id;
            is_found = is_found || is_it;
            wrong += is_it ? 0 : 1;
        }
        found += is_found ? 1 : 0;
        // And as it stands it is like no other of the list.
        wrong += find_similar(*reader, one).size();
    }
    double const precision = static_cast<double>(found) / static_cast<double>(found + wrong);
    double const recall = static_cast<double>(found) / static_cast<double>(asked);
    RecordProperty("precision", std::to_string(precision));
    RecordProperty("recall", std::to_string(recall));
    std::printf("asked %zu found %zu wrong %zu: precision %.4f recall %.4f\n", asked, found, wrong, precision, recall);
    EXPECT_GT(asked, 2000u);
    EXPECT_GE(precision, 0.98);
    EXPECT_GE(recall, 0.95);
}

// More companies of one trade in one town than a check reads: each is found among the others, also with a character
// missing.
TEST(DuplicateQuality, a_company_is_found_among_very_many_of_the_same_trade) {
    constexpr std::string_view brands = "华恒达宇鑫盛泰瑞福安康利民诚信德源兴隆昌荣富强国际通联创科智慧云";
    std::vector<Organisation> all;
    for (std::size_t i = 0; i < brands.size(); i += 3)
        for (std::size_t j = 0; j < i; j += 3)
            all.push_back({.id = new_id_of<Organisation>(),
                           .name = "湘潭" + std::string{brands.substr(i, 3)} + std::string{brands.substr(j, 3)} +
                                   "轨道交通装备制造有限公司"});
    ASSERT_GT(all.size(), 400u);
    test::TestApp app{{registry_module()}};
    app.write([&](db::Transaction& transaction) {
        for (Organisation const& one : all) {
            entity::insert(transaction, one);
            store_name_keys(transaction, one);
        }
    });
    auto const reader = app.database().read();
    auto const finds = [&](Organisation const& one, std::string name) {
        Organisation const probe{.id = new_id_of<Organisation>(), .name = std::move(name)};
        return std::ranges::any_of(find_similar(*reader, probe),
                                   [&](Similar const& similar) { return similar.card.id == one.id; });
    };
    for (Organisation const& one : all) {
        EXPECT_TRUE(finds(one, i18n::to_traditional(one.name))) << one.name;
        std::string shorter = one.name;
        shorter.erase(shorter.find("轨"), std::string_view{"轨"}.size());
        EXPECT_TRUE(finds(one, shorter)) << shorter;
    }
}

} // namespace
} // namespace sangu::registry
