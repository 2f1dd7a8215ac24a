#include "modules/library/threads.h"

#include "kernel/entity/store.h"
#include "modules/library/store.h"

#include <algorithm>

namespace sangu::library {

using entity::field, entity::fields;

constinit entity::EntityMeta const Thread::meta = entity::entity<Thread>("library.thread", [] {
    using T = Thread;
    return fields(field<&T::id>().key(), field<&T::entry_id>().required().refers_to("library.entry").read_only(),
                  field<&T::account_id>().required().refers_to("kernel.account").read_only(),
                  field<&T::account_name>().required().max_length(100).read_only(), field<&T::state>().read_only(),
                  field<&T::wish>(), field<&T::opened_at>().read_only(), field<&T::answer_due>().read_only(),
                  field<&T::answered_on>().read_only(), field<&T::escalated_on>().read_only(),
                  field<&T::officer_id>().refers_to("kernel.account").read_only(),
                  field<&T::officer_name>().max_length(100).read_only(), field<&T::outcome>().read_only(),
                  field<&T::closed_on>().read_only(), field<&T::version>().version());
});

// The wait of "escalate" is the term answer_workdays, counted by the service when the thread begins.
constinit flow::Flow const Thread::flow = flow::flow<&Thread::state>("library.thread", [] {
    using enum ThreadState;
    using W = flow::Words<Thread, ThreadState>;
    constexpr flow::Role owner{"entry_owner"}, asking{"entry_seeker"};
    return flow::table(waiting, flow::set_of<ThreadState>(closed),
                       W::on("answer").from(waiting, escalated).to(answered).by(owner),
                       W::after(flow::workdays(5), "escalate").from(waiting).to(escalated),
                       W::on("close")
                           .from(waiting, escalated, answered)
                           .to(closed)
                           .by(owner, asking)
                           .when("outcome_given", [](Thread const& t) { return t.outcome.has_value(); }));
});

namespace {

constexpr int listed_max = 100;

std::string select_threads() {
    return "select " + entity::column_list(Thread::meta, "t") + ", " + entity::column_list(Entry::meta, "e") +
           ", a.layer from library_thread t join library_entry e on e.id = t.entry_id left join library_access a on "
           "a.entry_id = e.id and a.account_id = t.account_id ";
}

std::vector<ThreadView> read_threads(db::Session& session, std::string const& tail,
                                     std::vector<Value> const& parameters) {
    std::vector<ThreadView> found;
    int const entry_column = static_cast<int>(Thread::meta.fields.size());
    int const layer_column = entry_column + static_cast<int>(Entry::meta.fields.size());
    session.query(select_threads() + tail, db::Parameters{parameters}, [&](db::Row const& row) {
        ThreadView& one = found.emplace_back();
        entity::load_row(Thread::meta, &one.thread, row);
        entity::load_row(Entry::meta, &one.entry, row, entry_column);
        if (!row.is_null(layer_column)) one.granted = row.text(layer_column) == "files" ? Layer::files : Layer::body;
    });
    return found;
}

Side side_of(Context const& context, Me const& me, ThreadView const& view) {
    if (me.account.empty()) return Side::none;
    if (view.thread.account_id.text == me.account) return Side::asking;
    if (owns(me, view.entry) && context.may(write_permission)) return Side::owning;
    bool const handed = view.thread.escalated_on && context.may(review_permission, view.entry.scope);
    return handed ? Side::officer : Side::none;
}

} // namespace

Result<ThreadView> thread_view(Context& context, std::string_view id) {
    auto found = read_threads(context.reader(), "where t.id = ?", {std::string{id}});
    if (found.empty()) return refuse(Refusal::not_found, "error.not_found");
    ThreadView view = std::move(found.front());
    view.side = side_of(context, me_of(context), view);
    if (view.side == Side::none) return refuse(Refusal::not_found, "error.not_found");
    return view;
}

std::vector<Case> track_record(db::Session& session, std::string_view entry_id) {
    std::vector<Case> found;
    session.query(
        "select outcome, count(*), max(closed_on) from library_thread where entry_id = ? and state = 'closed' "
        "and outcome is not null group by outcome order by count(*) desc, outcome",
        {std::string{entry_id}}, [&](db::Row const& row) {
            found.push_back({.outcome = std::string{row.text(0)},
                             .count = row.integer(1),
                             .last_on = parse_date(row.text(2)).value_or(Date{})});
        });
    return found;
}

std::vector<Message> messages_of(db::Session& session, std::string_view thread_id) {
    std::vector<Message> found;
    session.query(
        "select id, account_id, account_name, text, at, day from library_message where thread_id = ? order by "
        "id limit 500",
        {std::string{thread_id}}, [&](db::Row const& row) {
            Message one{std::string{row.text(0)},
                        std::string{row.text(1)},
                        std::string{row.text(2)},
                        std::string{row.text(3)},
                        parse_instant(row.text(4)).value_or(Instant{}),
                        {}};
            if (!row.is_null(5)) one.day = parse_date(row.text(5));
            found.push_back(std::move(one));
        });
    return found;
}

ThreadLists threads_of(Context& context) {
    Me const me = me_of(context);
    db::Session& session = context.reader();
    std::string const newest = " order by t.id desc limit " + std::to_string(listed_max);
    ThreadLists lists;
    lists.asking = read_threads(session, "where t.account_id = ?" + newest, {me.account});
    std::string mine = "where (e.account_id = ?";
    std::vector<Value> parameters{me.account};
    if (!me.spoken_for.empty()) {
        mine += " or e.organisation_id in " + marks_of(me.spoken_for.size());
        parameters.insert(parameters.end(), me.spoken_for.begin(), me.spoken_for.end());
    }
    lists.owning = read_threads(session, mine + ")" + newest, parameters);
    if (context.services.permissions.allows_somewhere(context.actor, review_permission))
        lists.handed = read_threads(session, "where t.officer_id = ? and t.state = 'escalated'" + newest, {me.account});
    return lists;
}

} // namespace sangu::library
