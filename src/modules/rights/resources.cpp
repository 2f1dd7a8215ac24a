#include "modules/rights/resources.h"

#include "modules/rights/mapping.h"
#include "modules/rights/pages.h"

namespace sangu::rights {

namespace {

Result<void> before_mapping(Context&, db::Session&, void const*, void* after) {
    TRY_VOID(parse_mapping(static_cast<Mapping const*>(after)->rules));
    return {};
}

resource::Resource rules(entity::EntityMeta const& meta, std::string_view path, std::string_view sort) {
    return {.meta = &meta, .path = path, .read = read_permission, .write = rule_permission, .default_sort = sort};
}

} // namespace

std::vector<resource::Resource> resources() {
    return {rules(TermRule::meta, "term-rules", "kind"),
            rules(FeeRule::meta, "annual-fee-rules", "kind"),
            rules(SurchargeRule::meta, "surcharge-rules", "month"),
            rules(Compatibility::meta, "encumbrance-rules", "wanted"),
            rules(Requirement::meta, "encumbrance-requirements", "wanted"),
            {.meta = &Mapping::meta,
             .path = "right-mappings",
             .read = import_permission,
             .write = import_permission,
             .before_write = &before_mapping,
             .default_sort = "name"}};
}

} // namespace sangu::rights
