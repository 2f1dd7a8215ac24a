#include "modules/matching/outcomes.h"

#include "kernel/json/json.h"

#include <map>

namespace sangu::matching {

namespace {

// A step back is none: opening again what was contacted changes nothing.
constexpr std::string_view further_sql =
    "update matching_showing set step = ?, step_at = ? where account_id = ? and candidate = ? and case step when "
    "'shown' then 0 when 'opened' then 1 when 'hidden' then 2 when 'shortlisted' then 2 when 'contacted' then 3 when "
    "'met' then 4 else 5 end < ?";

int order_of(std::string_view step) {
    if (step == "opened") return 1;
    if (step == "hidden" || step == "shortlisted") return 2;
    if (step == "contacted") return 3;
    return step == "met" ? 4 : 5;
}

// In all lists in which the candidate was shown to the account.
void further(db::Transaction& transaction, Instant now, std::string_view step, std::string_view account,
             std::string_view candidate) {
    transaction.send(further_sql, {std::string{step}, to_text(now), std::string{account}, std::string{candidate},
                                   std::int64_t{order_of(step)}});
}

} // namespace

void note_shown(Context& context, Subject const& subject, Pair const& pair, Suggestions const& suggestions,
                Known const& known) {
    if (subject.record.empty() || !context.actor.signed_in()) return;
    std::vector<std::vector<Value>> fresh;
    std::int64_t place = 0;
    for (Suggestion const& one : suggestions.shown) {
        ++place;
        if (known.shown.contains(one.filed.record)) continue;
        fresh.push_back({context.actor.account_id, subject.record, one.filed.record, pair.from_kind, pair.to_kind,
                         place, to_text(context.now()), to_text(context.now())});
    }
    if (fresh.empty()) return;
    context.services.database.write([&](db::Transaction& transaction) {
        for (std::vector<Value> const& row : fresh)
            transaction.send("insert into matching_showing (account_id, subject, candidate, from_kind, to_kind, place, "
                             "step, shown_at, step_at) values (?, ?, ?, ?, ?, ?, 'shown', ?, ?) on conflict "
                             "(account_id, subject, candidate) do nothing",
                             db::Parameters{row});
    });
}

void note_opened(Context& context, std::string_view candidate) {
    context.services.database.write([&](db::Transaction& transaction) {
        further(transaction, context.now(), "opened", context.actor.account_id, candidate);
    });
}

void note_mark(db::Transaction& transaction, Instant now, Mark const& mark, bool taken_back) {
    transaction.send("update matching_showing set step = ?, step_at = ? where account_id = ? and subject = ? and "
                     "candidate = ? and step in ('shown', 'opened', 'shortlisted', 'hidden')",
                     {taken_back ? std::string{"opened"} : std::string{name_of(mark.verdict)}, to_text(now),
                      mark.account_id.text, mark.subject, mark.candidate});
}

void on_thread(Services&, db::Transaction& transaction, events::Event const& event) {
    auto const document = json::Document::parse(event.payload);
    if (!document) return;
    json::Node const payload = document->root();
    std::string_view const entry = payload.text_of("entry"), asking = payload.text_of("asking");
    std::string_view const word = std::string_view{event.kind}.substr(event.kind.rfind('.') + 1);
    if (entry.empty() || asking.empty()) return;
    std::string_view step;
    if (word == "opened") step = "contacted";
    if (word == "message" && !payload.text_of("day").empty()) step = "met";
    if (word == "closed") step = payload.text_of("outcome") == "result" ? "agreed" : "failed";
    if (!step.empty()) further(transaction, event.at, step, asking, record_key("library", entry));
}

std::vector<Quality> quality(db::Session& session) {
    std::map<std::pair<std::string, std::string>, Quality> found;
    session.query("select from_kind, to_kind, name, value, as_of from matching_quality order by from_kind, to_kind, "
                  "name limit 2000",
                  {}, [&](db::Row const& row) {
                      Quality& one = found[{std::string{row.text(0)}, std::string{row.text(1)}}];
                      one.from_kind = row.text(0);
                      one.to_kind = row.text(1);
                      one.as_of = parse_instant(row.text(4)).value_or(Instant{});
                      std::string_view const name = row.text(2);
                      auto const count = static_cast<std::int64_t>(row.real(3));
                      if (name == "shown") one.shown = count;
                      if (name == "opened") one.opened = count;
                      if (name == "shortlisted") one.shortlisted = count;
                      if (name == "hidden") one.hidden = count;
                      if (name == "contacted") one.contacted = count;
                      if (name == "met") one.met = count;
                      if (name == "agreed") one.agreed = count;
                      if (name == "failed") one.failed = count;
                      if (name == "lists") one.lists = count;
                      if (name == "precision_5") one.precision_5 = row.real(3);
                      if (name == "precision_10") one.precision_10 = row.real(3);
                  });
    std::vector<Quality> all;
    for (auto& [kinds, one] : found) all.push_back(std::move(one));
    return all;
}

Result<void> quality_job(Context& context, std::string_view, std::string_view) {
    struct Row {
        std::string from, to, name;
        double value;
    };
    std::vector<Row> rows;
    auto& session = context.reader();
    // Who has gone further has gone the steps before.
    session.query(
        "select from_kind, to_kind, count(*), sum(case when step <> 'shown' then 1 else 0 end), sum(case when step = "
        "'shortlisted' then 1 else 0 end), sum(case when step = 'hidden' then 1 else 0 end), sum(case when step in "
        "('contacted', 'met', 'agreed', 'failed') then 1 else 0 end), sum(case when step in ('met', 'agreed') then 1 "
        "else 0 end), sum(case when step = 'agreed' then 1 else 0 end), sum(case when step = 'failed' then 1 else 0 "
        "end) from matching_showing group by from_kind, to_kind",
        {}, [&](db::Row const& row) {
            constexpr std::string_view names[] = {"shown",     "opened", "shortlisted", "hidden",
                                                  "contacted", "met",    "agreed",      "failed"};
            for (int i = 0; i < 8; ++i)
                rows.push_back({std::string{row.text(0)}, std::string{row.text(1)}, std::string{names[i]},
                                static_cast<double>(row.integer(i + 2))});
        });
    // Of every list in which somebody did something: the share of its first k places that were worth it.
    session.query(
        "select from_kind, to_kind, count(*), avg(cast(useful_5 as double precision) / shown_5), avg(cast(useful_10 as "
        "double precision) / shown_10) from (select from_kind, to_kind, sum(case when place <= 5 and step in "
        "('shortlisted', 'contacted', 'met', 'agreed') then 1 else 0 end) as useful_5, sum(case when place <= 5 then 1 "
        "else 0 end) as shown_5, sum(case when place <= 10 and step in ('shortlisted', 'contacted', 'met', 'agreed') "
        "then 1 else 0 end) as useful_10, sum(case when place <= 10 then 1 else 0 end) as shown_10, sum(case when step "
        "<> 'shown' then 1 else 0 end) as done from matching_showing group by account_id, subject, from_kind, to_kind) "
        "lists where done > 0 and shown_5 > 0 group by from_kind, to_kind",
        {}, [&](db::Row const& row) {
            std::string const from{row.text(0)}, to{row.text(1)};
            rows.push_back({from, to, "lists", static_cast<double>(row.integer(2))});
            rows.push_back({from, to, "precision_5", row.real(3)});
            rows.push_back({from, to, "precision_10", row.real(4)});
        });
    return context.change<void>([&](Change& change) -> Result<void> {
        change.transaction().execute("delete from matching_quality");
        for (Row const& row : rows)
            change.transaction().send(
                "insert into matching_quality (from_kind, to_kind, name, value, as_of) values (?, ?, ?, ?, ?)",
                {row.from, row.to, row.name, row.value, to_text(context.now())});
        return {};
    });
}

} // namespace sangu::matching
