#include "modules/rights/store.h"

#include "modules/rights/shares.h"

#include <algorithm>

namespace sangu::rights {

namespace {

// Adds `step` to the tally of the right's combination; undisclosed rights are not counted.
void count(db::Transaction& transaction, Right const& right, std::int64_t step) {
    if (right.disclosure == Disclosure::undisclosed) return;
    std::vector<Value> const key{std::string{name_of(right.kind)}, std::string{name_of(right.legal_status)},
                                 std::string{name_of(right.encumbrance)}, right.city, right.section};
    std::vector<Value> values = key;
    if (step < 0) {
        transaction.execute("update rights_tally set rights = rights - 1 where kind = ? and legal_status = ? and "
                            "encumbrance = ? and city = ? and section = ?",
                            db::Parameters{values});
        return;
    }
    transaction.execute("insert into rights_tally (kind, legal_status, encumbrance, city, section, rights) "
                        "values (?, ?, ?, ?, ?, 1) on conflict (kind, legal_status, encumbrance, city, section) "
                        "do update set rights = rights_tally.rights + 1",
                        db::Parameters{values});
}

void move_count(db::Transaction& transaction, Right const& before, Right const& after) {
    count(transaction, before, -1);
    count(transaction, after, 1);
}

template <class E> void insert_parts(db::Transaction& transaction, Right const& right, std::vector<E>& parts) {
    std::int64_t position = 0;
    for (E& part : parts) {
        part.id = new_id_of<E>();
        part.right_id = right.id;
        part.position = ++position;
        entity::insert(transaction, part);
    }
}

Result<void> insert_all_parts(db::Transaction& transaction, RightRecord& record) {
    insert_parts(transaction, record.right, record.holders);
    insert_parts(transaction, record.right, record.inventors);
    insert_parts(transaction, record.right, record.classes);
    auto const sum =
        transaction.integer("select sum(share_ppm) from rights_holder where right_id = ?", {record.right.id.text});
    if (sum.value_or(0) != whole_ppm)
        return refuse(Problems{{"share", "rights.share.sum", {share_text(sum.value_or(0))}}});
    return {};
}

void delete_parts(db::Transaction& transaction, Right const& right) {
    for (std::string_view const sql :
         {"delete from rights_holder where right_id = ?", "delete from rights_inventor where right_id = ?",
          "delete from rights_classification where right_id = ?"})
        transaction.execute(sql, {right.id.text});
}

template <class Part> std::string names_of(std::vector<Part> const& parts) {
    std::string names;
    for (Part const& part : parts) names += (names.empty() ? "" : "；") + part.name;
    return names;
}

void derive(RightRecord& record) {
    record.right.holders = names_of(record.holders);
    record.right.inventors = names_of(record.inventors);
    record.right.section = record.right.main_class ? record.right.main_class->substr(0, 1) : std::string{};
}

} // namespace

std::vector<TermRule> term_rules(db::Session& session) {
    return entity::where<TermRule>(session, "order by kind, since limit 500");
}

FeeRules fee_rules(db::Session& session) {
    return {entity::where<FeeRule>(session, "order by kind, year_from, since limit 1000"),
            entity::where<SurchargeRule>(session, "order by month, since limit 200")};
}

FreedomRules freedom_rules(db::Session& session) {
    return {entity::where<Compatibility>(session, "order by wanted, held limit 500"),
            entity::where<Requirement>(session, "order by wanted, condition limit 500")};
}

std::optional<Right> right_with(db::Session& session, std::string_view id) {
    if (!is_id(id)) return {};
    return entity::find(session, Id<Right>{std::string{id}});
}

RightRecord parts_of(db::Session& session, Right right) {
    std::string const id = right.id.text;
    return {std::move(right), entity::where<Holder>(session, "where right_id = ? order by position", {id}),
            entity::where<Inventor>(session, "where right_id = ? order by position", {id}),
            entity::where<Classification>(session, "where right_id = ? order by position", {id})};
}

std::vector<Encumbrance> live_encumbrances(db::Session& session, std::string_view right_id) {
    return entity::where<Encumbrance>(session, "where right_id = ? and released_at is null order by taken_at, id",
                                      {std::string{right_id}});
}

std::vector<Encumbrance> all_encumbrances(db::Session& session, std::string_view right_id) {
    return entity::where<Encumbrance>(session, "where right_id = ? order by taken_at desc, id desc limit 200",
                                      {std::string{right_id}});
}

std::vector<FeePayment> payments_of(db::Session& session, std::string_view right_id) {
    return entity::where<FeePayment>(session, "where right_id = ? order by fee_year", {std::string{right_id}});
}

std::string twin_of(db::Session& session, Right const& right, std::string_view column,
                    std::optional<std::string> const& number) {
    if (!number) return {};
    std::string const sql = "select id from rights_right where country = ? and kind = ? and " + std::string{column} +
                            " = ? and id <> ? limit 1";
    return session.text(sql, {right.country, std::string{name_of(right.kind)}, *number, right.id.text}).value_or("");
}

Result<void> insert_record(Change& change, RightRecord& record) {
    derive(record);
    record.right.encumbrance = state_of(record.right.legal_status, {});
    if (auto problems = entity::validate(record.right); !problems.empty()) return refuse(std::move(problems));
    change.create(record.right, record.right.scope);
    TRY_VOID(insert_all_parts(change.transaction(), record));
    count(change.transaction(), record.right, 1);
    return {};
}

Result<void> replace_record(Change& change, Instant now, Right const& before, RightRecord& record,
                            std::string_view action) {
    derive(record);
    delete_parts(change.transaction(), before);
    TRY_VOID(save_right(change, now, before, record.right, action));
    return insert_all_parts(change.transaction(), record);
}

Result<void> save_right(Change& change, Instant now, Right const& before, Right& after, std::string_view action,
                        std::string_view comment) {
    db::Transaction& transaction = change.transaction();
    after.encumbrance = state_of(after.legal_status, live_encumbrances(transaction, before.id.text));
    if (auto problems = entity::validate(after); !problems.empty()) return refuse(std::move(problems));
    TRY_VOID(change.save(before, after, action, after.scope, comment));
    move_count(transaction, before, after);
    if (has_ended(after.legal_status) && !has_ended(before.legal_status))
        transaction.execute("update rights_encumbrance set released_at = ?, release_reason = ?, version = version + 1 "
                            "where right_id = ? and released_at is null",
                            {to_text(now), std::string{ended_reason}, before.id.text});
    return {};
}

void settle_state(db::Transaction& transaction, std::string_view right_id) {
    auto const before = right_with(transaction, right_id);
    if (!before) return;
    Right after = *before;
    after.encumbrance = state_of(before->legal_status, live_encumbrances(transaction, right_id));
    if (after.encumbrance == before->encumbrance) return;
    transaction.execute("update rights_right set encumbrance = ? where id = ?",
                        {std::string{name_of(after.encumbrance)}, before->id.text});
    move_count(transaction, *before, after);
}

namespace {

Tally tally_in(db::Row const& row) {
    return {std::string{row.text(0)}, std::string{row.text(1)}, std::string{row.text(2)},
            std::string{row.text(3)}, std::string{row.text(4)}, row.integer(5)};
}

} // namespace

std::vector<Tally> tallies(db::Session& session) {
    std::vector<Tally> all;
    session.query("select kind, legal_status, encumbrance, city, section, rights from rights_tally where rights > 0",
                  {}, [&](db::Row const& row) { all.push_back(tally_in(row)); });
    return all;
}

std::vector<Tally> undisclosed_tallies(db::Session& session, resource::RowFilter const& visible) {
    std::vector<Tally> all;
    std::string const sql = "select kind, legal_status, encumbrance, city, section, count(*) from rights_right where "
                            "disclosure = 'undisclosed' and (" +
                            visible.sql + ") group by kind, legal_status, encumbrance, city, section";
    session.query(sql, db::Parameters{visible.parameters}, [&](db::Row const& row) { all.push_back(tally_in(row)); });
    return all;
}

} // namespace sangu::rights
