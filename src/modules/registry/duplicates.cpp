#include "modules/registry/duplicates.h"

#include "base/text.h"
#include "modules/reference/reference.h"

#include <algorithm>
#include <map>
#include <set>

namespace sangu::registry {

using entity::field, entity::fields;

constinit entity::EntityMeta const Duplicate::meta = entity::entity<Duplicate>("registry.duplicate", [] {
    using D = Duplicate;
    return fields(field<&D::id>().key(), field<&D::first_id>().required().max_length(26).read_only(),
                  field<&D::second_id>().required().max_length(26).read_only(),
                  field<&D::reason>().required().read_only(), field<&D::state>().required().read_only(),
                  field<&D::found_at>().required().read_only(), field<&D::decided_by>().max_length(60).read_only(),
                  field<&D::decided_at>().read_only(), field<&D::version>().version());
});

namespace {

constexpr std::int64_t candidates_max = 300;
constexpr std::size_t marks_step = 512; // of one name hardly ever more: few statements to prepare

// City codes by the name of the city, from the divisions: "长沙" → "4301".
std::map<std::string, std::string, std::less<>> const& cities() {
    static std::map<std::string, std::string, std::less<>> const all = [] {
        std::map<std::string, std::string, std::less<>> names;
        for (reference::Term const& term : reference::find_table(reference::divisions)->terms) {
            bool const is_municipality = term.code.ends_with("0000") && term.name_zh.ends_with("市");
            bool const is_city =
                term.code.ends_with("00") && !term.code.ends_with("0000") && term.name_zh.ends_with("市");
            if (is_city || is_municipality)
                names.emplace(term.name_zh.substr(0, term.name_zh.size() - std::string_view{"市"}.size()),
                              is_municipality ? term.code.substr(0, 2) : term.code.substr(0, 4));
        }
        return names;
    }();
    return all;
}

constexpr std::pair<std::string_view, std::string_view> zone_cities[] = {
    {"zone/changsha", "4301"}, {"zone/zhuzhou", "4302"}, {"zone/xiangtan", "4303"}};

// The city of an organisation as the start of a division code; "" when it is not known.
std::string city_of(std::string_view division, std::string_view scope, std::string_view address) {
    if (division.size() == 6) return std::string{division.substr(0, 4)};
    for (auto const& [path, code] : zone_cities)
        if (auth::Scope{std::string{path}}.covers(scope)) return std::string{code};
    std::string const folded = i18n::fold(address);
    for (auto const& [name, code] : cities())
        if (folded.find(name) != std::string::npos) return code;
    return {};
}

Region region_of(std::string const& a, std::string const& b) {
    if (a.empty() || b.empty()) return {};
    bool const agree = a.starts_with(b) || b.starts_with(a);
    return {.same = agree, .other = !agree};
}

std::vector<NameCore> cores_of(std::string_view name, std::string_view former_names) {
    std::vector<NameCore> cores{core_of(name)};
    for (std::string_view const former : split_text(former_names, '\n'))
        if (!trim(former).empty() && cores.size() < 6) cores.push_back(core_of(former));
    return cores;
}

Likeness best_likeness(std::vector<NameCore> const& a, std::vector<NameCore> const& b, Region region) {
    Likeness best = Likeness::none;
    for (NameCore const& one : a)
        for (NameCore const& other : b) best = std::max(best, likeness(one, other, region));
    return best;
}

DuplicateReason reason_of(Likeness likeness) {
    if (likeness == Likeness::same) return DuplicateReason::same;
    return likeness == Likeness::sound ? DuplicateReason::sound : DuplicateReason::near;
}

#define SANGU_CANDIDATE_COLUMNS                                                                                        \
    "o.id, o.name, coalesce(o.name_en, ''), o.kind, o.scope, coalesce(o.uscc, ''), coalesce(o.former_names, ''),"      \
    " coalesce(o.division_code, ''), coalesce(o.address, '') "

// Judges the rows of candidates against the organisation asked about.
class Judge {
public:
    explicit Judge(Organisation const& probe)
        : probe_{probe}, cores_{cores_of(probe.name, probe.former_names.value_or(""))},
          city_{city_of(probe.division_code.value_or(""), probe.scope, probe.address.value_or(""))} {}

    std::vector<NameCore> const& cores() const { return cores_; }

    void add(db::Row const& row) {
        auto const text = [&](int column) { return std::string{row.text(column)}; };
        Similar one{{{text(0)}, text(1), text(2), text(3), text(4), text(5)}, text(8)};
        if (one.card.id == probe_.id || !seen_.insert(one.card.id.text).second) return;
        std::string const own = probe_.uscc.value_or("");
        one.identifiers_disagree = !own.empty() && !one.card.uscc.empty() && own != one.card.uscc;
        if (!own.empty() && own == one.card.uscc) {
            one.reason = DuplicateReason::identifier;
            found.push_back(std::move(one));
            return;
        }
        auto const others = cores_of(row.text(1), row.text(6));
        // Where both are only matters for names that are alike at all.
        if (best_likeness(cores_, others, {.same = true}) == Likeness::none) return;
        Region const region = region_of(city_, city_of(row.text(7), row.text(4), row.text(8)));
        Likeness const alike = best_likeness(cores_, others, region);
        // Another code is proof of another body, unless the name is the very same.
        if (alike == Likeness::none || (one.identifiers_disagree && alike != Likeness::same)) return;
        one.reason = reason_of(alike);
        found.push_back(std::move(one));
    }

    std::vector<Similar> found;

private:
    Organisation const& probe_;
    std::vector<NameCore> cores_;
    std::string city_;
    std::set<std::string> seen_;
};

} // namespace

std::vector<Similar> find_similar(db::Session& session, Organisation const& probe, std::size_t limit) {
    Judge judge{probe};
    auto const take = [&](db::Row const& row) { judge.add(row); };
    if (probe.uscc)
        session.query("select " SANGU_CANDIDATE_COLUMNS "from registry_organisation o where o.uscc = ?", {*probe.uscc},
                      take);
    std::vector<Value> blocks;
    for (NameCore const& core : judge.cores())
        for (std::int64_t const block : asked_blocks(core)) blocks.emplace_back(block);
    if (blocks.empty()) return {};
    std::size_t const marks = (blocks.size() + marks_step - 1) / marks_step * marks_step;
    blocks.resize(marks, Value{blocks.back()});
    std::string sql = "select " SANGU_CANDIDATE_COLUMNS
                      "from registry_organisation o where o.id in (select k.organisation_id from registry_name_key k"
                      " where k.block in (?";
    for (std::size_t i = 1; i < marks; ++i) sql += ", ?";
    sql += ") limit ?)";
    blocks.emplace_back(candidates_max);
    session.query(sql, db::Parameters{blocks}, take);
    std::ranges::stable_sort(judge.found, {}, &Similar::reason);
    if (judge.found.size() > limit) judge.found.resize(limit);
    return std::move(judge.found);
}

void store_name_keys(db::Session& session, Organisation const& organisation) {
    session.execute("delete from registry_name_key where organisation_id = ?", {organisation.id.text});
    std::set<std::int64_t> blocks;
    for (NameCore const& core : cores_of(organisation.name, organisation.former_names.value_or("")))
        for (std::int64_t const block : stored_blocks(core)) blocks.insert(block);
    for (std::int64_t const block : blocks)
        session.execute("insert into registry_name_key (block, organisation_id) values (?, ?)",
                        {block, organisation.id.text});
}

void store_missing_name_keys(db::Transaction& transaction) {
    if (transaction.exists("select 1 from registry_name_key limit 1")) return;
    for (Organisation const& one : entity::where<Organisation>(transaction, "order by id"))
        store_name_keys(transaction, one);
}

void note_duplicates(db::Transaction& transaction, Organisation const& organisation, Instant now) {
    for (Similar const& one : find_similar(transaction, organisation, 5)) {
        auto const [first, second] = std::minmax(organisation.id.text, one.card.id.text);
        transaction.execute("insert into registry_duplicate (id, first_id, second_id, reason, state, found_at, version)"
                            " values (?, ?, ?, ?, 'open', ?, 1) on conflict (first_id, second_id) do nothing",
                            {new_id(), first, second, std::string{name_of(one.reason)}, to_text(now)});
    }
}

Result<void> decide_different(Context& context, std::string_view duplicate_id) {
    TRY_VOID(context.require(merge_permission));
    auto const before = entity::find(context.reader(), Id<Duplicate>{std::string{duplicate_id}});
    if (!before) return refuse(Refusal::not_found, "error.not_found");
    if (before->state != DuplicateState::open) return refuse(Refusal::conflict, "registry.duplicate.decided");
    Duplicate after = *before;
    after.state = DuplicateState::different;
    after.decided_by = context.actor.account_id;
    after.decided_at = context.now();
    return context.change<void>(
        [&](Change& change) -> Result<void> { return change.save(*before, after, "registry.duplicate.different"); });
}

#undef SANGU_CANDIDATE_COLUMNS

} // namespace sangu::registry
