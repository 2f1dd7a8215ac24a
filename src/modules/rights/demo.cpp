// Rights for a demonstration, entered as an officer would. They carry no patent numbers: every number of the right form
// might be somebody's.

#include "base/log.h"
#include "kernel/auth/account.h"
#include "kernel/config/settings.h"
#include "modules/rights/resources.h"
#include "modules/rights/service.h"

#include <array>

namespace sangu::rights {

namespace {

struct DemoRight {
    RightKind kind;
    std::string_view title, number, applied, granted, main_class, holder, inventor;
    bool licensed = false;
};
constexpr std::array demo_rights{
    DemoRight{RightKind::invention, "轨道车辆用复合阻尼垫（演示）", "", "2022-03-01", "2024-05-14", "B61F 5/38",
              "湘江轨道研究所（演示）", "林远（演示）", true},
    DemoRight{RightKind::invention, "泵车臂架振动主动抑制方法（演示）", "", "2021-07-12", "2023-09-05", "B66C 13/06",
              "星城重工研究院（演示）", "罗成（演示）"},
    DemoRight{RightKind::software, "储能电站热失控预警软件（演示）", "演示SR0000001", "2024-06-01", "2024-08-01", "",
              "麓山大学（演示）", "何静（演示）"},
};

RightRecord record_of(DemoRight const& one) {
    RightRecord record;
    record.right.kind = one.kind;
    record.right.title = one.title;
    if (!one.number.empty()) record.right.application_number = std::string{one.number};
    record.right.application_date = parse_date(one.applied);
    record.right.publication_date = parse_date(one.granted);
    record.right.grant_date = parse_date(one.granted);
    record.right.legal_status = LegalStatus::granted;
    if (!one.main_class.empty()) record.right.main_class = std::string{one.main_class};
    record.right.source = "演示数据";
    record.holders.push_back({.name = std::string{one.holder}});
    record.inventors.push_back({.name = std::string{one.inventor}});
    return record;
}

Result<void> enter(Context& context, DemoRight const& one) {
    RightRecord record = record_of(one);
    std::string const id = TRY(create_right(context, record));
    if (!one.licensed) return {};
    TRY(enter_encumbrance(context, {.right_id = id,
                                    .kind = EncumbranceKind::ordinary_licence,
                                    .holder_id = {},
                                    .holder_name = "株洲减振科技有限公司（演示）",
                                    .reason = "许可合同（演示）",
                                    .source = {},
                                    .source_id = {},
                                    .since = {},
                                    .until = {},
                                    .consent = {}}));
    return {};
}

} // namespace

void seed_demo(Services& services) {
    if (!services.settings.demo || services.database.read()->exists("select 1 from rights_right limit 1", {})) return;
    auth::Actor const officer = auth::demo_officer(services.database, services.clock.now());
    Context context{services, officer, i18n::Language::zh_hans};
    for (DemoRight const& one : demo_rights) {
        auto const done = enter(context, one);
        if (done) continue;
        std::string reasons = done.error().key;
        for (Problem const& wrong : done.error().problems) reasons += " " + wrong.field + ":" + wrong.key;
        log::warning("rights.demo.refused", {{"reasons", reasons}, {"row", std::string{one.title}}});
    }
}

} // namespace sangu::rights
