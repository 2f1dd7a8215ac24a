#include "kernel/db/db.h"
#include "modules/rights/tests/rights_fixture.h"

#include <set>
#include <thread>

namespace sangu::rights {
namespace {

class Encumbrances : public OnBothRegisters {
protected:
    // Takes what exists: licences need no consent here, there is one holder.
    std::string first_obstacle(EncumbranceRequest const& request) {
        auto const done = take(request);
        return done ? "" : done.error().problems.empty() ? done.error().key : done.error().problems.front().key;
    }
    void release(std::string const& source_id) {
        Context context = app.context(member_id);
        auto const done = context.change<int>(
            [&](Change& change) { return release_encumbrances(context, change, "test.act", source_id, "完成"); });
        ASSERT_TRUE(done);
        EXPECT_EQ(*done, 1);
    }
    // One row written past the service, as a careless module would.
    bool insert_directly(std::string const& right, std::string_view kind, bool consented = false) {
        try {
            app.write([&](db::Transaction& transaction) {
                transaction.execute(
                    "insert into rights_encumbrance (id, right_id, kind, holder_name, reason, source, "
                    "source_id, since, consented, taken_at, taken_by, taken_by_name, version) values "
                    "(?, ?, ?, 'x', 'x', 'careless', ?, '2026-11-23', ?, '2026-11-23T00:00:00.000Z', 'x', 'x', 1)",
                    {new_id(), right, std::string{kind}, new_id(), consented});
            });
            return true;
        } catch (db::ConstraintViolation const& violation) {
            EXPECT_TRUE(violation.kind == db::ConstraintKind::exclusion ||
                        violation.kind == db::ConstraintKind::unique);
            return false;
        }
    }
};
SANGU_ON_BOTH_DATABASES(Encumbrances);

using enum EncumbranceKind;

TEST_P(Encumbrances, lie_together_as_the_rules_say) {
    struct Case {
        EncumbranceKind held, wanted;
        std::string_view obstacle;
    };
    for (Case const& one :
         {Case{ordinary_licence, ordinary_licence, ""},
          Case{ordinary_licence, exclusive_licence, "rights.obstacle.held_ordinary_licence"},
          Case{exclusive_licence, ordinary_licence, "rights.obstacle.held_exclusive_licence"},
          Case{sole_licence, exclusive_licence, "rights.obstacle.held_sole_licence"},
          Case{ordinary_licence, pledge, ""}, Case{exclusive_licence, pledge, ""},
          Case{pledge, pledge, "rights.obstacle.held_pledge"},
          Case{pledge, listing, "rights.obstacle.needs_consent_pledge"},
          Case{pledge, ordinary_licence, "rights.obstacle.needs_consent_pledge"},
          Case{listing, listing, "rights.obstacle.held_listing"}, Case{listing, pledge, "rights.obstacle.held_listing"},
          Case{dispute, pledge, "rights.obstacle.held_dispute"}, Case{dispute, listing, "rights.obstacle.held_dispute"},
          Case{pledge, dispute, ""}}) {
        auto typed = with(form(""), "application_number", "");
        auto const id = registered(typed);
        ASSERT_EQ(first_obstacle(wish(id, one.held)), "");
        EXPECT_EQ(first_obstacle(wish(id, one.wanted)), one.obstacle)
            << name_of(one.wanted) << " beside " << name_of(one.held);
        if (!one.obstacle.empty()) {
            EXPECT_FALSE(insert_directly(id, name_of(one.wanted))) << "the database refuses it too";
        }
    }
}

TEST_P(Encumbrances, give_the_right_one_state_and_a_readable_history) {
    auto const id = registered();
    ASSERT_TRUE(take(wish(id, ordinary_licence, "a")));
    EXPECT_EQ(right(id).encumbrance, EncumbranceState::ordinary_licence);
    ASSERT_TRUE(take(wish(id, pledge, "b")));
    EXPECT_EQ(right(id).encumbrance, EncumbranceState::pledge) << "the gravest";
    release("b");
    EXPECT_EQ(right(id).encumbrance, EncumbranceState::ordinary_licence);
    release("a");
    EXPECT_EQ(right(id).encumbrance, EncumbranceState::free);
    auto const page = app.get("/rights/" + id);
    EXPECT_TRUE(page.contains("质押"));
    EXPECT_TRUE(page.contains("湘江银行"));
    EXPECT_FALSE(page.contains("合同 2026-01")) << "reasons are for those who may edit";
    EXPECT_TRUE(app.as(member_id).get("/rights/" + id).contains("合同 2026-01"));
    ASSERT_TRUE(take(wish(id, pledge, "b"))) << "the same source again after its release";
    Context context = app.context(member_id);
    auto const twice = context.change<int>(
        [&](Change& change) { return release_encumbrances(context, change, "test.act", "nothing", ""); });
    EXPECT_EQ(*twice, 0);
}

TEST_P(Encumbrances, need_the_consent_of_co_owners_and_pledgees_with_a_document) {
    auto two = with(form(), "holder_share", "50");
    two.emplace_back("holder_name", "中南大学");
    two.emplace_back("holder_share", "50");
    auto const id = registered(two);
    EXPECT_EQ(first_obstacle(wish(id, ordinary_licence, "a")), "") << "a co-owner may license alone (Patent Law 14)";
    EXPECT_EQ(first_obstacle(wish(id, pledge)), "rights.obstacle.co_owners_consent");
    auto request = wish(id, pledge, "b");
    request.co_owners_consent = true;
    EXPECT_EQ(first_obstacle(request), "rights.error.consent_document");
    request.consent = "共有人同意书 2026-3";
    EXPECT_EQ(first_obstacle(request), "");
    auto second = wish(id, listing, "c");
    second.co_owners_consent = true;
    second.consent = request.consent;
    EXPECT_EQ(first_obstacle(second), "rights.obstacle.needs_consent_pledge");
    second.holders_consent = true;
    EXPECT_EQ(first_obstacle(second), "");
}

TEST_P(Encumbrances, need_a_living_right) {
    auto const pending =
        registered(with(with(form("95115608.X"), "application_date", "2016-01-01"), "application_number", ""));
    auto browser = app.as(member_id);
    auto edit = with(with(with(form(""), "application_number", ""), "version", "1"), "legal_status", "pending");
    ASSERT_EQ(browser.post("/rights/" + pending, edit).status, 303);
    EXPECT_EQ(first_obstacle(wish(pending, pledge)), "rights.obstacle.granted");
    auto late = wish(pending, ordinary_licence);
    late.until = parse_date("2035-01-01");
    EXPECT_EQ(first_obstacle(late), "rights.obstacle.within_term");
    ASSERT_TRUE(take(wish(pending, ordinary_licence, "a")));
    ASSERT_EQ(browser.post("/rights/" + pending, with(with(edit, "version", "2"), "legal_status", "withdrawn")).status,
              303);
    EXPECT_EQ(right(pending).encumbrance, EncumbranceState::lapsed);
    EXPECT_EQ(app.database().read()->integer("select count(*) from rights_encumbrance where released_at is null"), 0)
        << "a licence lives only while the right does (Civil Code 865)";
    EXPECT_EQ(first_obstacle(wish(pending, ordinary_licence)), "rights.obstacle.ended");
    EXPECT_FALSE(insert_directly(pending, "ordinary_licence"));
}

TEST_P(Encumbrances, cannot_be_changed_only_released) {
    auto const id = registered();
    auto const taken = take(wish(id, ordinary_licence, "a"));
    ASSERT_TRUE(taken);
    auto const refused = [&](std::string const& sql) {
        try {
            app.write([&](db::Transaction& transaction) { transaction.execute(sql); });
        } catch (db::ConstraintViolation const&) {
            return true;
        }
        return false;
    };
    EXPECT_TRUE(refused("update rights_encumbrance set kind = 'pledge'"));
    release("a");
    EXPECT_TRUE(refused("update rights_encumbrance set released_at = null"));
}

TEST_P(Encumbrances, entered_on_the_page_keep_what_was_typed_and_say_the_law) {
    auto const id = registered();
    ASSERT_TRUE(take(wish(id, pledge)));
    auto browser = app.as(member_id);
    http::Pairs const typed{
        {"kind", "exclusive_licence"}, {"holder_name", "中南大学"}, {"reason", "许可合同 8"}, {"since", "2026-11-01"}};
    auto const refused = browser.post("/rights/" + id + "/encumbrances", typed);
    EXPECT_EQ(refused.status, 409);
    EXPECT_TRUE(refused.contains("须质权人同意"));
    EXPECT_TRUE(refused.contains("第四百四十四条"));
    EXPECT_TRUE(refused.contains("许可合同 8"));
    EXPECT_EQ(browser
                  .post("/rights/" + id + "/encumbrances",
                        with(with(typed, "holders_consent", "true"), "consent", "质权人函 5"))
                  .status,
              303);
    auto const id_of =
        app.database().read()->text("select id from rights_encumbrance where source = 'rights.entry'").value();
    EXPECT_EQ(
        app.as(professor_id).post("/rights/" + id + "/encumbrances/" + id_of + "/release", {{"reason", "x"}}).status,
        403);
    EXPECT_EQ(browser.post("/rights/" + id + "/encumbrances/" + id_of + "/release", {{"reason", ""}}).status, 422);
    EXPECT_EQ(browser.post("/rights/" + id + "/encumbrances/" + id_of + "/release", {{"reason", "合同解除"}}).status,
              303);
    auto const other =
        app.database().read()->text("select id from rights_encumbrance where source = 'test.act'").value();
    EXPECT_EQ(browser.post("/rights/" + id + "/encumbrances/" + other + "/release", {{"reason", "x"}}).status, 409)
        << "its module releases it";
}

TEST_P(Encumbrances, fix_the_holders_while_somebody_relies_on_them) {
    auto const id = registered();
    ASSERT_TRUE(take(wish(id, pledge, "a")));
    auto officer = app.as(officer_id);
    auto const sold = with(with(form(), "holder_name", "中南大学"), "version", "1");
    EXPECT_EQ(officer.post("/rights/" + id, sold).status, 422);
    release("a");
    EXPECT_EQ(officer.post("/rights/" + id, sold).status, 303);
}

TEST_P(Encumbrances, of_licences_end_with_their_last_day_and_rights_with_their_term) {
    auto const id = registered();
    auto request = wish(id, ordinary_licence, "a");
    request.until = parse_date("2026-11-25");
    ASSERT_TRUE(take(request));
    app.host().run_background_once();
    EXPECT_EQ(right(id).encumbrance, EncumbranceState::ordinary_licence);
    app.clock().advance_ms(3LL * 86'400'000);
    app.host().run_background_once();
    EXPECT_EQ(right(id).encumbrance, EncumbranceState::free);
    app.clock().advance_ms(8LL * 365 * 86'400'000);
    app.host().run_background_once();
    EXPECT_EQ(right(id).legal_status, LegalStatus::expired);
    EXPECT_EQ(right(id).encumbrance, EncumbranceState::lapsed);
}

// Many at once want the one right; each wish is an act of its own, as two trading desks would make them.
TEST_P(Encumbrances, taken_by_a_crowd_never_contradict_each_other) {
    auto const id = registered();
    constexpr int people = 12, rounds = 6;
    std::atomic<int> won{0};
    std::vector<std::thread> crowd;
    for (int person = 0; person < people; ++person)
        crowd.emplace_back([&, person] {
            Context context = app.context(member_id);
            for (int round = 0; round < rounds; ++round) {
                auto const kind = static_cast<EncumbranceKind>((person + round) % 5);
                std::string const source_id = std::to_string(person) + "-" + std::to_string(round);
                auto const request = wish(id, kind, source_id);
                auto const taken = context.change<std::string>(
                    [&](Change& change) { return take_encumbrance(context, change, request); });
                if (!taken) continue;
                ++won;
                if (round % 2 == 0)
                    static_cast<void>(context.change<int>([&](Change& change) {
                        return release_encumbrances(context, change, "test.act", source_id, "完成");
                    }));
            }
        });
    for (std::thread& one : crowd) one.join();
    EXPECT_GT(won, 0);
    std::multiset<std::string> live;
    app.database().read()->query("select kind from rights_encumbrance where released_at is null", {},
                                 [&](db::Row const& row) { live.emplace(row.text(0)); });
    auto const exclusive = live.count("exclusive_licence") + live.count("sole_licence");
    EXPECT_LE(exclusive, 1u);
    EXPECT_TRUE(exclusive == 0 || live.count("ordinary_licence") == 0);
    EXPECT_LE(live.count("pledge"), 1u);
    EXPECT_LE(live.count("listing"), 1u);
}

// The same without the service's own look: the constraint alone decides, from many connections of one server.
TEST_P(Encumbrances, written_by_careless_modules_at_once_leave_one_exclusive_licence) {
    auto const id = registered();
    std::atomic<int> won{0};
    std::vector<std::thread> crowd;
    for (int person = 0; person < 16; ++person)
        crowd.emplace_back([&, person] {
            if (insert_directly(id, person % 2 ? "exclusive_licence" : "sole_licence")) ++won;
        });
    for (std::thread& one : crowd) one.join();
    EXPECT_EQ(won, 1);
}

} // namespace
} // namespace sangu::rights
