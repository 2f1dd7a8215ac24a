#include "kernel/events/events.h"
#include "kernel/events/pump.h"
#include "support/kernel_fixture.h"

#include <stdexcept>

namespace sangu::events {
namespace {

void note(Services& services, db::Transaction& transaction, Event const& event) {
    transaction.execute(
        "insert into kernel_attachment (id, owner_kind, owner_id, name, content_type, sha256, size, permission, scope, "
        "uploaded_by, uploaded_at) values (?, 'seen', ?, ?, '', '', 0, '', '', '', ?)",
        {"seen" + std::to_string(event.sequence), event.object_id, event.kind, to_text(services.clock.now())});
}

void fail_on_poison(Services& services, db::Transaction& transaction, Event const& event) {
    if (event.object_id == "poison") throw std::runtime_error{"cannot"};
    note(services, transaction, event);
}

class Events : public test::OnBothKernels {
protected:
    void publish_one(std::string_view kind, std::string_view id) {
        write([&](db::Transaction& transaction) {
            publish(transaction, clock_.now(), kind, id, "zone", "public", R"({"n":1})");
        });
    }
    // What the listeners of these tests have noted, in order.
    std::vector<std::string> seen() {
        std::vector<std::string> ids;
        database().read()->query(
            "select owner_id from kernel_attachment where owner_kind = 'seen' order by length(id), id", {},
            [&](db::Row const& row) { ids.emplace_back(row.text(0)); });
        return ids;
    }
};
SANGU_ON_BOTH_DATABASES(Events);

TEST_P(Events, AreNumberedWithoutGapsEvenWhenAnActIsRolledBack) {
    publish_one("plan.task.reported", "t1");
    EXPECT_THROW(write([&](db::Transaction& transaction) {
                     publish(transaction, clock_.now(), "plan.task.reported", "undone", "zone", "public");
                     throw std::runtime_error{"no"};
                 }),
                 std::runtime_error);
    publish_one("plan.task.closed", "t1");
    auto const reader = database().read();
    auto const all = after(*reader, 0, 10);
    ASSERT_EQ(all.size(), 2U);
    EXPECT_EQ(all[0].sequence, 1);
    EXPECT_EQ(all[1].sequence, 2);
    EXPECT_EQ(all[1].kind, "plan.task.closed");
    EXPECT_EQ(all[1].at, clock_.now());
    EXPECT_EQ(last_sequence(*reader), 2);
    EXPECT_EQ(after(*reader, 1, 10).size(), 1U);
}

TEST_P(Events, AFrameCarriesTheNumberForResuming) {
    publish_one("plan.task.reported", "t1");
    auto const event = after(*database().read(), 0, 1).at(0);
    EXPECT_EQ(to_frame(event),
              "id: 1\nevent: plan.task.reported\ndata: "
              R"({"sequence":1,"at":"2026-11-23T02:00:00.000Z","kind":"plan.task.reported","object_id":"t1",)"
              R"("scope":"zone","payload":{"n":1}})"
              "\n\n");
}

TEST_P(Events, ListenersGetWhatTheyAskedForOnceAndInOrder) {
    for (int i = 0; i < 120; ++i) publish_one(i % 2 ? "plan.task.reported" : "notices.sent", std::to_string(i));
    Pump pump{services(), {{.name = "test.plan", .kind_prefix = "plan.", .on_event = note}}};
    pump.run_once();
    pump.run_once();
    auto const ids = seen();
    ASSERT_EQ(ids.size(), 60U);
    EXPECT_EQ(ids.front(), "1");
    EXPECT_EQ(ids.back(), "119");
}

TEST_P(Events, ANewPumpGoesOnWhereTheLastOneStopped) {
    std::vector<Listener> const listeners{{.name = "test.all", .kind_prefix = "", .on_event = note}};
    publish_one("plan.a", "1");
    Pump{services(), listeners}.run_once();
    publish_one("plan.a", "2");
    Pump{services(), listeners}.run_once(); // would break the primary key by handling the first again
    EXPECT_EQ(seen(), (std::vector<std::string>{"1", "2"}));
}

TEST_P(Events, TwoPumpsHandleEachEventOnce) {
    std::vector<Listener> const listeners{{.name = "test.all", .kind_prefix = "", .on_event = note}};
    Pump one{services(), listeners}, other{services(), listeners};
    one.start();
    other.start();
    for (int i = 0; i < 100; ++i) {
        publish_one("plan.a", std::to_string(i));
        services().note_commit();
    }
    for (int i = 0; i < 100 && seen().size() < 100; ++i) std::this_thread::sleep_for(std::chrono::milliseconds{50});
    one.stop();
    other.stop();
    EXPECT_EQ(seen().size(), 100U);
}

TEST_P(Events, AFailingListenerWaitsAndDoesNotHoldUpOthers) {
    publish_one("plan.a", "1");
    publish_one("plan.a", "poison");
    Pump pump{services(),
              {{.name = "test.failing", .kind_prefix = "", .on_event = fail_on_poison},
               {.name = "test.other", .kind_prefix = "", .on_event = note}}};
    pump.run_once();
    EXPECT_EQ(seen(), (std::vector<std::string>{"1", "poison"}));
    EXPECT_EQ(database().read()->integer("select sequence from kernel_event_cursor where listener = 'test.failing'"),
              0);
}

TEST_P(Events, CachedPagesGetANewVersionWhenAnotherServerWrites) {
    Pump pump{services(), {}};
    pump.run_once();
    auto const before = services().data_version.load();
    pump.run_once();
    EXPECT_EQ(services().data_version, before);
    publish_one("plan.a", "1"); // past this server's Services
    pump.run_once();
    EXPECT_GT(services().data_version, before);
}

} // namespace
} // namespace sangu::events
