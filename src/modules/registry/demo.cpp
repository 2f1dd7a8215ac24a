// Organisations for a demonstration, entered as an officer would. They carry no credit codes: every code of the right
// form might be somebody's.

#include "base/log.h"
#include "kernel/auth/account.h"
#include "kernel/config/settings.h"
#include "modules/registry/organisation_service.h"
#include "modules/registry/registry.h"
#include "modules/registry/rules.h"

#include <array>

namespace sangu::registry {

namespace {

struct DemoOrganisation {
    std::string_view name, name_en;
    OrganisationKind kind;
    std::string_view place, introduction;
};
constexpr std::array demo_organisations{
    DemoOrganisation{"麓山大学（演示）", "Lushan University (demo)", OrganisationKind::university, "changsha",
                     "工科见长，设有储能、材料和机械三个重点实验室。"},
    DemoOrganisation{"星城重工研究院（演示）", "Xingcheng Heavy Industry Institute (demo)", OrganisationKind::institute,
                     "changsha", "工程机械智能控制与臂架振动抑制。"},
    DemoOrganisation{"麓谷智控有限公司（演示）", "Lugu Intelligent Control (demo)", OrganisationKind::enterprise,
                     "changsha_htz", "工程机械控制器与远程操控系统。"},
    DemoOrganisation{"麓谷北斗应用有限公司（演示）", "Lugu Beidou Applications (demo)", OrganisationKind::enterprise,
                     "changsha_htz", "高精度定位终端与边坡监测服务。"},
    DemoOrganisation{"湘江轨道研究所（演示）", "Xiangjiang Rail Institute (demo)", OrganisationKind::new_rd_institution,
                     "zhuzhou", "轨道车辆减振降噪，面向整车企业做中试验证。"},
    DemoOrganisation{"株洲减振科技有限公司（演示）", "Zhuzhou Damping Technology (demo)", OrganisationKind::enterprise,
                     "zhuzhou_htz", "轨道车辆用弹性减振元件。"},
    DemoOrganisation{"湘潭储能实验室（演示）", "Xiangtan Energy Storage Laboratory (demo)", OrganisationKind::institute,
                     "xiangtan", "电池安全与热失控预警。"},
    DemoOrganisation{"湘江储能科技有限公司（演示）", "Xiangjiang Energy Storage (demo)", OrganisationKind::enterprise,
                     "xiangtan_htz", "电站级储能系统集成。"},
};

} // namespace

void seed_demo(Services& services) {
    if (!services.settings.demo || services.database.read()->exists("select 1 from registry_organisation limit 1", {}))
        return;
    auth::Actor const officer = auth::demo_officer(services.database, services.clock.now());
    Context context{services, officer, i18n::Language::zh_hans};
    for (DemoOrganisation const& one : demo_organisations) {
        Organisation organisation;
        organisation.name = std::string{one.name};
        organisation.name_en = std::string{one.name_en};
        organisation.kind = one.kind;
        if (auto const place = place_of(context.reader(), one.place)) organisation.place_id = place->id;
        organisation.introduction = std::string{one.introduction};
        if (auto const done = create_organisation(context, std::move(organisation)); !done)
            log::warning("registry.demo.refused", {{"reason", done.error().key}, {"row", std::string{one.name}}});
    }
}

} // namespace sangu::registry
