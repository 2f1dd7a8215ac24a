#include "modules/experts/finder.h"
#include "modules/rights/rights.h"

#include <algorithm>

namespace sangu::experts {

std::vector<library::About> evidence_found(Context& context, std::span<entity::AnyObject const> rows) {
    std::vector<std::string> references;
    for (entity::AnyObject const& row : rows)
        references.push_back(static_cast<Evidence const*>(row.get())->reference.value_or(""));
    std::vector<library::About> about(rows.size());
    auto const is_right = [&](std::size_t i) {
        return static_cast<Evidence const*>(rows[i].get())->kind == EvidenceKind::right;
    };
    for (library::Card const& card : library::cards_numbered(context, references))
        for (std::size_t i = 0; i < references.size(); ++i)
            if (references[i] == card.number) about[i] = {card.title, card.path};
    for (std::size_t i = 0; i < references.size(); ++i)
        if (references[i].starts_with("10.") && references[i].find('/') != std::string::npos)
            about[i] = {"doi.org", "https://doi.org/" + references[i]};
    std::vector<std::string> numbers = references;
    for (std::size_t i = 0; i < numbers.size(); ++i)
        if (!is_right(i)) numbers[i].clear();
    for (auto const& [i, right] : rights::rights_numbered(context, numbers))
        about[i] = {right.title + " · " +
                        std::string{context.t("rights.right.encumbrance." + std::string{name_of(right.encumbrance)})},
                    right.path()};
    return about;
}

} // namespace sangu::experts
