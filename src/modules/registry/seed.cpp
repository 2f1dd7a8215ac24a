#include "modules/registry/duplicates.h"
#include "modules/registry/entities.h"
#include "modules/registry/rules.h"

#include <array>

namespace sangu::registry {

namespace {

struct Seed {
    std::string_view code, kind, parent, name_zh, name_en, division_code, path;
};

// Division codes: GB/T 2260. A development zone has no code of its own there.
constexpr std::array<Seed, 13> seeds{{
    {"zone", "zone", "", "长株潭国家自主创新示范区", "Chang-Zhu-Tan National Innovation Demonstration Zone", "",
     "zone"},
    {"changsha", "city", "zone", "长沙", "Changsha", "430100", "zone/changsha"},
    {"zhuzhou", "city", "zone", "株洲", "Zhuzhou", "430200", "zone/zhuzhou"},
    {"xiangtan", "city", "zone", "湘潭", "Xiangtan", "430300", "zone/xiangtan"},
    {"changsha_htz", "htz", "changsha", "长沙高新区", "Changsha High-Tech Zone", "", "zone/changsha/changsha_htz"},
    {"zhuzhou_htz", "htz", "zhuzhou", "株洲高新区", "Zhuzhou High-Tech Zone", "", "zone/zhuzhou/zhuzhou_htz"},
    {"xiangtan_htz", "htz", "xiangtan", "湘潭高新区", "Xiangtan High-Tech Zone", "", "zone/xiangtan/xiangtan_htz"},
    {"changsha_valley", "valley", "changsha", "长沙·麓谷创新谷", "Changsha Lugu Innovation Valley", "",
     "zone/changsha/changsha_valley"},
    {"zhuzhou_valley", "valley", "zhuzhou", "株洲·中国动力谷", "Zhuzhou China Power Valley", "",
     "zone/zhuzhou/zhuzhou_valley"},
    {"xiangtan_valley", "valley", "xiangtan", "湘潭智造谷", "Xiangtan Smart Manufacturing Valley", "",
     "zone/xiangtan/xiangtan_valley"},
    {"three_cities", "group", "", "长株潭三市", "The three cities", "", "three_cities"},
    {"hunan", "province", "", "湖南省", "Hunan Province", "430000", "hunan"},
    {"hunan_htz", "group", "hunan", "湖南省高新区", "High-tech zones of Hunan", "", "hunan/hunan_htz"},
}};

} // namespace

void seed(Services& services) {
    services.database.write([](db::Transaction& transaction) {
        std::int64_t position = 0;
        for (Seed const& one : seeds) {
            position += 10;
            auto const text = [](std::string_view part) { return Value{std::string{part}}; };
            // The parent stands earlier in the list; its id may be one an administrator's database already has.
            transaction.execute("insert into registry_place (id, code, kind, parent_id, name_zh, name_en, "
                                "division_code, position, path, version)"
                                " values (?, ?, ?, (select id from registry_place where code = ?), ?, ?, ?, ?, ?, 1)"
                                " on conflict (code) do nothing",
                                {new_id(), text(one.code), text(one.kind), text(one.parent), text(one.name_zh),
                                 text(one.name_en), one.division_code.empty() ? Value{} : text(one.division_code),
                                 position, text(one.path)});
        }
        store_missing_name_keys(transaction);
    });
    seed_demo(services);
}

} // namespace sangu::registry
