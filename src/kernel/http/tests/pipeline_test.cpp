#include "kernel/auth/account.h"
#include "kernel/auth/session.h"
#include "kernel/host.h"
#include "kernel/html/page.h"
#include "kernel/http/tests/socket_client.h"
#include "support/database.h"
#include "support/kernel_fixture.h"

#include <gtest/gtest.h>

#include <thread>

namespace sangu::http {
namespace {

std::atomic<int> pages_made = 0;

Reply public_page(Context& context, Request&) {
    ++pages_made;
    return html::render(context, {.title = "Public"}, [&](html::Out& out) {
        out << html::p(std::string(2000, 'x'));
        html::begin_form(out, context, "/search");
        html::end_form(out, "go");
    });
}

Reply form_page(Context& context, Request&) {
    return html::render(context, {.title = "Form"}, [&](html::Out& out) {
        html::begin_form(out, context, "/notes");
        html::end_form(out, "go");
    });
}

Reply write_note(Context& context, Request& request) {
    auto const written = context.change<int>([&](Change& change) -> Result<int> {
        change.audit({.action = "note.written"});
        return 1;
    });
    if (!written) return html::refusal(context, request, written.error());
    return see_other("/notes/" + std::to_string(pages_made.fetch_add(1)));
}

// Stores what a form brought and shows a secret that is not stored.
Reply show_secret(Context& context, Request& request) {
    auto reply = write_note(context, request);
    if (reply.status != 303) return reply;
    reply = html_reply("the secret of the note");
    reply.shown_once = true;
    return reply;
}

Reply fail(Context&, Request& request) {
    if (request.path == "/full") throw db::StorageFull{"disk full"};
    if (request.path == "/busy") throw db::Overloaded{"queue"};
    throw std::runtime_error{"secret detail"};
}

std::string_view const clerk_roles[] = {"clerk"};
auth::Permission const note_permission{"note.write", clerk_roles};

Module test_module() {
    Module module;
    module.name = "note";
    module.permissions = {note_permission};
    module.routes = {
        {Method::get, "/public", "public", public_page, Body::none, Cache::page},
        {Method::get, "/open", "public", form_page},
        {Method::post, "/open", "public", write_note, Body::form},
        {Method::get, "/notes/{id}", "note.write", form_page},
        {Method::post, "/notes", "note.write", write_note, Body::form},
        {Method::post, "/secrets", "note.write", show_secret, Body::form},
        {Method::post, "/api/v1/notes", "note.write", write_note, Body::json},
        {Method::get, "/full", "public", fail},
        {Method::get, "/busy", "public", fail},
        {Method::get, "/broken", "public", fail},
        {Method::post, "/sign-in", "public", form_page, Body::form},
        {Method::post, "/sign-in/code", "public", form_page, Body::form},
    };
    return module;
}

class PipelineTest : public testing::Test {
protected:
    PipelineTest() {
        settings_.database = "sqlite:" + (directory_.path() / "test.db").string();
        host_ = std::make_unique<Host>(settings_, std::vector{test_module()}, clock_);
        host_->services().database.write([&](db::Transaction& transaction) {
            auto const account = auth::create_account(transaction, "li.na", "Li Na", clock_.now());
            auth::Grant grant;
            grant.account_id = account.id;
            grant.role = "clerk";
            grant.scope = "zone";
            grant.valid_from = Date{static_cast<std::int32_t>(clock_.now().ms / 86'400'000) - 1};
            grant.granted_by = "system";
            grant.granted_at = clock_.now();
            EXPECT_TRUE(auth::grant_role(transaction, grant));
            session_ = auth::start_session(transaction, account.id.text, clock_.now(), "", "", "");
        });
    }

    Request request(Method method, std::string_view target, Pairs headers = {}) {
        Request made;
        made.method = method;
        EXPECT_TRUE(set_target(made, target));
        made.headers = std::move(headers);
        made.headers.emplace_back("host", "test");
        return made;
    }
    Request signed_in(Method method, std::string_view target) {
        return request(method, target, {{"cookie", "sangu_session=" + session_.cookie_value}});
    }
    Request note() {
        auto made = signed_in(Method::post, "/notes");
        made.form = {{"csrf", session_.csrf_token}, {"text", "你好"}};
        return made;
    }
    Reply handle(Request made) { return host_->handle(made); }
    std::int64_t notes_written() {
        return host_->services()
            .database.read()
            ->integer("select count(*) from kernel_audit where action = 'note.written'")
            .value_or(0);
    }

    test::TemporaryDirectory directory_;
    config::Settings settings_;
    SetClock clock_{test::test_start};
    std::unique_ptr<Host> host_;
    auth::NewSession session_;
};

std::string header_of(Reply const& reply, std::string_view name) {
    for (auto const& [key, value] : reply.headers)
        if (key == name) return value;
    return {};
}

std::string text_of(Reply const& reply) {
    auto const* const text = std::get_if<std::string>(&reply.body);
    return text == nullptr ? std::string{} : *text;
}

std::string visit_of(Reply const& reply) {
    auto const cookie = header_of(reply, "Set-Cookie");
    return cookie.substr(0, cookie.find(';'));
}

TEST_F(PipelineTest, EveryReplyForbidsForeignAndInlineCode) {
    for (auto const* const path : {"/public", "/nowhere", "/broken", "/healthz"}) {
        auto const reply = handle(request(Method::get, path));
        EXPECT_NE(header_of(reply, "Content-Security-Policy").find("script-src 'self';"), std::string::npos) << path;
        EXPECT_EQ(header_of(reply, "X-Content-Type-Options"), "nosniff") << path;
    }
}

TEST_F(PipelineTest, FaultsShowANumberButNoDetail) {
    auto const broken = handle(request(Method::get, "/broken"));
    EXPECT_EQ(broken.status, 500);
    EXPECT_EQ(text_of(broken).find("secret"), std::string::npos);
    EXPECT_NE(text_of(broken).find(header_of(broken, "X-Request-Id")), std::string::npos);
    EXPECT_EQ(handle(request(Method::get, "/full")).status, 507);
    auto const busy = handle(request(Method::get, "/busy"));
    EXPECT_EQ(busy.status, 503);
    EXPECT_NE(header_of(busy, "Retry-After"), "");
}

TEST_F(PipelineTest, SaysWhichMethodsThereAre) {
    auto const reply = handle(request(Method::delete_, "/open"));
    EXPECT_EQ(reply.status, 405);
    EXPECT_EQ(header_of(reply, "Allow"), "GET, POST");
    EXPECT_EQ(handle(request(Method::head, "/open")).status, 200);
    EXPECT_EQ(handle(request(Method::get, "/api/v1/nothing")).status, 404);
    EXPECT_EQ(header_of(handle(request(Method::get, "/api/v1/nothing")), "Content-Type"),
              "application/problem+json; charset=utf-8");
}

TEST_F(PipelineTest, RefusesAFormWithoutItsToken) {
    auto forged = note();
    forged.form[0].second = "guess";
    auto const reply = handle(std::move(forged));
    EXPECT_EQ(reply.status, 303) << "the text is kept";
    EXPECT_TRUE(header_of(reply, "Location").starts_with("/kept/"));
    EXPECT_TRUE(visit_of(reply).starts_with("sangu_visit="));
    auto foreign = note();
    foreign.headers.emplace_back("origin", "https://evil.example");
    EXPECT_EQ(handle(std::move(foreign)).status, 403) << "even with the right token";
    auto framed = note();
    framed.headers.emplace_back("sec-fetch-site", "cross-site");
    EXPECT_EQ(handle(std::move(framed)).status, 403);
    EXPECT_EQ(notes_written(), 0);
    auto own = note();
    own.headers.emplace_back("origin", "http://test");
    EXPECT_EQ(handle(std::move(own)).status, 303);
    EXPECT_EQ(notes_written(), 1);
}

TEST_F(PipelineTest, AnAnonymousFormIsBoundToItsVisit) {
    auto const page = handle(request(Method::get, "/open"));
    auto const visit = visit_of(page);
    ASSERT_TRUE(visit.starts_with("sangu_visit="));
    auto const token = auth::csrf_token_for(visit.substr(visit.find('=') + 1));
    EXPECT_NE(text_of(page).find(token), std::string::npos);
    auto sent = request(Method::post, "/open", {{"cookie", visit}});
    sent.form = {{"csrf", token}};
    EXPECT_EQ(handle(std::move(sent)).status, 303);
    auto stolen = request(Method::post, "/open", {{"cookie", "sangu_visit=other"}});
    stolen.form = {{"csrf", token}};
    EXPECT_EQ(handle(std::move(stolen)).status, 403);
    EXPECT_EQ(notes_written(), 1);
}

TEST_F(PipelineTest, SendsVisitorsToTheSignInAndProgramsAProblem) {
    auto const page = handle(request(Method::get, "/notes/1?a=b"));
    EXPECT_EQ(page.status, 303);
    EXPECT_EQ(header_of(page, "Location"), "/sign-in?next=%2Fnotes%2F1%3Fa%3Db");
    EXPECT_EQ(handle(request(Method::post, "/api/v1/notes")).status, 401);
    EXPECT_EQ(handle(signed_in(Method::get, "/notes/1")).status, 200);
}

TEST_F(PipelineTest, WhatWasTypedSurvivesTheEndOfASession) {
    auto late = note();
    late.form.emplace_back("password", "do not keep");
    auto const visit = std::string{"sangu_visit=v1"};
    late.headers[0].second += "; " + visit;
    clock_.advance_ms(24 * 3'600'000);
    auto const reply = handle(std::move(late));
    EXPECT_EQ(reply.status, 303);
    std::string const start = "/sign-in?next=%2Fkept%2F";
    auto const location = header_of(reply, "Location");
    ASSERT_TRUE(location.starts_with(start)) << location;
    auto const path = "/kept/" + location.substr(start.size());

    auto const kept = text_of(handle(request(Method::get, path, {{"cookie", visit}})));
    EXPECT_NE(kept.find("action=\"/notes\""), std::string::npos);
    EXPECT_NE(kept.find("value=\"你好\""), std::string::npos);
    EXPECT_EQ(kept.find("do not keep"), std::string::npos);
    EXPECT_EQ(handle(request(Method::get, path, {{"cookie", "sangu_visit=v2"}})).status, 404);
    clock_.advance_ms(3'700'000);
    EXPECT_EQ(handle(request(Method::get, path, {{"cookie", visit}})).status, 404);
    EXPECT_EQ(notes_written(), 0);
}

TEST_F(PipelineTest, ARepeatedFormActsOnceAndGetsTheSameReply) {
    auto const send = [&](std::string const& once, std::string const& text) {
        auto made = note();
        made.form.emplace_back("once", once);
        made.form[1].second = text;
        return handle(std::move(made));
    };
    auto const first = send("k1", "a");
    auto const again = send("k1", "a");
    EXPECT_EQ(first.status, 303);
    EXPECT_EQ(header_of(again, "Location"), header_of(first, "Location"));
    EXPECT_EQ(header_of(again, "Idempotency-Replayed"), "true");
    EXPECT_EQ(notes_written(), 1);
    EXPECT_EQ(send("k1", "other").status, 422);
    EXPECT_NE(header_of(send("k2", "a"), "Location"), header_of(first, "Location"));
    EXPECT_EQ(notes_written(), 2);
}

TEST_F(PipelineTest, ARepeatedFormWithAnotherFileIsAnotherRequest) {
    auto const send = [&](std::string data) {
        auto made = note();
        made.form.emplace_back("once", "k1");
        Upload upload;
        upload.field = "file";
        upload.file_name = "a.txt";
        upload.size = data.size();
        upload.data = std::move(data);
        made.uploads.push_back(std::move(upload));
        return handle(std::move(made));
    };
    EXPECT_EQ(send("one").status, 303);
    EXPECT_EQ(header_of(send("one"), "Idempotency-Replayed"), "true");
    EXPECT_EQ(send("two").status, 422) << "of the same size";
    EXPECT_EQ(notes_written(), 1);
}

TEST_F(PipelineTest, ASecretThatIsShownOnceIsNotKeptForARepeatedForm) {
    auto const send = [&] {
        auto made = note();
        made.target = made.path = "/secrets";
        made.form.emplace_back("once", "k1");
        return handle(std::move(made));
    };
    EXPECT_NE(text_of(send()).find("the secret"), std::string::npos);
    EXPECT_FALSE(host_->services().database.read()->exists("select 1 from kernel_idempotency where reply is not null"));
    auto const again = send();
    EXPECT_EQ(again.status, 409);
    EXPECT_EQ(text_of(again).find("the secret"), std::string::npos);
    EXPECT_EQ(notes_written(), 1);
}

TEST_F(PipelineTest, AKeyBelongsToWhoeverUsedItFirst) {
    auto own = note();
    own.form.emplace_back("once", "shared");
    EXPECT_EQ(handle(std::move(own)).status, 303);
    auth::NewSession other;
    host_->services().database.write([&](db::Transaction& transaction) {
        auto const account = auth::create_account(transaction, "wu.di", "Wu Di", clock_.now());
        other = auth::start_session(transaction, account.id.text, clock_.now(), "", "", "");
    });
    auto foreign = request(Method::post, "/open", {{"cookie", "sangu_session=" + other.cookie_value}});
    foreign.form = {{"csrf", other.csrf_token}, {"once", "shared"}, {"text", "你好"}};
    auto const reply = handle(std::move(foreign));
    EXPECT_EQ(reply.status, 303);
    EXPECT_EQ(header_of(reply, "Idempotency-Replayed"), "");
    EXPECT_EQ(notes_written(), 2);
}

TEST_F(PipelineTest, ADoubleClickGetsOneActAndTwoEqualReplies) {
    std::vector<std::string> locations(6);
    std::vector<std::thread> clicks;
    for (auto& location : locations)
        clicks.emplace_back([&] {
            auto made = note();
            made.form.emplace_back("once", "double");
            location = header_of(host_->handle(made), "Location");
        });
    for (auto& click : clicks) click.join();
    for (auto const& location : locations) EXPECT_EQ(location, locations[0]);
    EXPECT_NE(locations[0], "");
    EXPECT_EQ(notes_written(), 1);
}

TEST_F(PipelineTest, SharedPagesComeFromTheCacheUntilDataChanges) {
    auto const application = host_->application();
    auto ask = request(Method::get, "/public", {{"accept-language", "en"}});
    EXPECT_FALSE(application.inline_answer(view_of(ask)));
    auto const made = handle(request(Method::get, "/public", {{"accept-language", "en"}}));
    EXPECT_EQ(header_of(made, "Set-Cookie"), "") << "a shared page is the same for everybody";
    auto const cached = application.inline_answer(view_of(ask));
    ASSERT_TRUE(cached);
    EXPECT_EQ(cached->body, text_of(made));
    EXPECT_NE(cached->head.find("Content-Security-Policy"), std::string_view::npos);

    ask.headers.emplace_back("accept-encoding", "br, gzip");
    auto const small = application.inline_answer(view_of(ask));
    EXPECT_NE(small->head.find("Content-Encoding: gzip"), std::string_view::npos);
    EXPECT_LT(small->body.size(), cached->body.size());
    ask.headers.emplace_back("if-none-match", header_of(made, "ETag"));
    EXPECT_EQ(application.inline_answer(view_of(ask))->status, 304);

    EXPECT_FALSE(application.inline_answer(view_of(request(Method::get, "/public", {{"accept-language", "zh"}}))));
    EXPECT_FALSE(application.inline_answer(view_of(signed_in(Method::get, "/public"))));
    host_->services().note_commit();
    EXPECT_FALSE(application.inline_answer(view_of(ask)));
    handle(request(Method::get, "/public", {{"accept-language", "en"}}));
    EXPECT_TRUE(application.inline_answer(view_of(ask)));
    clock_.advance_ms(61'000);
    EXPECT_FALSE(application.inline_answer(view_of(ask))) << "another server may have written";
}

TEST_F(PipelineTest, ASharedPageCarriesNothingOfWhoeverAskedFirst) {
    auto const application = host_->application();
    auto const made = handle(request(Method::get, "/public",
                                     {{"accept-language", "en"},
                                      {"cookie", "sangu_visit=mine"},
                                      {"x-forwarded-host", "evil.example"},
                                      {"host", "evil.example"}}));
    EXPECT_EQ(text_of(made).find(auth::csrf_token_for("mine")), std::string::npos);
    EXPECT_EQ(text_of(made).find("evil.example"), std::string::npos);
    auto const cached =
        application.inline_answer(view_of(request(Method::get, "/public", {{"accept-language", "en"}})));
    ASSERT_TRUE(cached);
    EXPECT_EQ(cached->body, text_of(made));
    auto const query = request(Method::get, "/public?x=1", {{"accept-language", "en"}});
    EXPECT_FALSE(application.inline_answer(view_of(query))) << "another address is another page";
    EXPECT_FALSE(
        application.inline_answer(view_of(request(Method::get, "/public", {{"cookie", "sangu_language=zh-Hant"}}))));
    handle(signed_in(Method::get, "/public?own=1"));
    EXPECT_FALSE(application.inline_answer(view_of(request(Method::get, "/public?own=1"))));
}

TEST_F(PipelineTest, TheChosenLanguageIsRemembered) {
    auto const reply = handle(request(Method::get, "/open?lang=en&a=1"));
    EXPECT_EQ(reply.status, 303);
    EXPECT_EQ(header_of(reply, "Location"), "/open?a=1");
    EXPECT_TRUE(header_of(reply, "Set-Cookie").starts_with("sangu_language=en;"));
    auto const page =
        handle(request(Method::get, "/open", {{"cookie", "sangu_language=en"}, {"accept-language", "zh"}}));
    EXPECT_NE(text_of(page).find("lang=\"en\""), std::string::npos);
}

TEST_F(PipelineTest, AnonymousCallersHaveABudget) {
    auto const ask = [&] {
        auto made = request(Method::get, "/open");
        made.remote = "192.0.2.9";
        return handle(std::move(made));
    };
    int answered = 0;
    for (; answered < 700 && ask().status == 200;) ++answered;
    EXPECT_EQ(answered, settings_.anonymous_requests_per_minute);
    EXPECT_EQ(header_of(ask(), "Retry-After"), "1");
    clock_.advance_ms(1000);
    EXPECT_EQ(ask().status, 200);
    int attempts = 0;
    for (Reply reply; attempts < 50; ++attempts) {
        auto made = request(Method::post, "/sign-in");
        made.remote = "192.0.2.9";
        if (handle(std::move(made)).status == 429) break;
    }
    EXPECT_EQ(attempts, 10);
    auto signed_in_guess = signed_in(Method::post, "/sign-in");
    signed_in_guess.remote = "192.0.2.9";
    EXPECT_EQ(handle(std::move(signed_in_guess)).status, 429) << "an account of one's own buys no guesses at others";
    auto code_guess = request(Method::post, "/sign-in/code");
    code_guess.remote = "192.0.2.9";
    EXPECT_EQ(handle(std::move(code_guess)).status, 429);
}

TEST_F(PipelineTest, StrangersCannotFillTheDatabaseWithFormsToKeep) {
    auto const send = [&](std::string const& remote, int number) {
        auto made = request(Method::post, "/notes", {{"cookie", "sangu_visit=" + std::to_string(number)}});
        made.form = {{"text", std::string(100, 'x')}};
        made.remote = remote;
        return handle(std::move(made)).status;
    };
    auto const kept = [&] {
        return host_->services().database.read()->integer("select count(*) from kernel_kept_form").value_or(0);
    };
    for (int i = 0; i < 15; ++i) EXPECT_EQ(send("192.0.2.9", i), 303) << "to the sign-in page";
    EXPECT_EQ(kept(), 10) << "of one address in a minute";
    for (int i = 0; i < 3; ++i) send("2001:db8::" + std::to_string(i), i);
    EXPECT_EQ(kept(), 13);
}

TEST_F(PipelineTest, CookiesAreSecureWhenTheAddressOfTheHouseIs) {
    Request seen;
    auto settings = settings_;
    settings.database = "sqlite:" + (directory_.path() / "secure.db").string();
    settings.public_url = "https://zone.example";
    Module module;
    module.name = "note";
    module.routes = {{Method::get, "/open", "public", [&](Context&, Request& request) {
                          seen.secure = request.secure;
                          return text_reply(200, "x");
                      }}};
    Host host{settings, std::vector{module}, clock_};
    auto ask = request(Method::get, "/open");
    auto const reply = host.handle(ask);
    EXPECT_TRUE(seen.secure) << "though the proxy speaks plain HTTP";
    EXPECT_NE(header_of(reply, "Set-Cookie").find("; Secure"), std::string::npos);
    EXPECT_NE(header_of(reply, "Strict-Transport-Security"), "");
}

TEST_F(PipelineTest, MetricsAreForThisMachine) {
    auto local = request(Method::get, "/metrics");
    local.remote = "127.0.0.1";
    auto const text = text_of(handle(std::move(local)));
    EXPECT_NE(text.find("sangu_replies_total{class=\"2xx\"}"), std::string::npos);
    EXPECT_NE(text.find("process_resident_memory_bytes"), std::string::npos);
    auto far = request(Method::get, "/metrics");
    far.remote = "192.0.2.1";
    EXPECT_EQ(handle(std::move(far)).status, 403);
    auto through_proxy = request(Method::get, "/metrics", {{"x-forwarded-for", "192.0.2.1"}});
    through_proxy.remote = "127.0.0.1";
    EXPECT_EQ(handle(std::move(through_proxy)).status, 403);
    EXPECT_EQ(handle(request(Method::get, "/readyz")).status, 200);
}

TEST_F(PipelineTest, EventsShowOnlyWhatTheCallerMaySee) {
    host_->services().database.write([&](db::Transaction& transaction) {
        events::publish(transaction, clock_.now(), "note.shown", "1", "zone", "public");
        events::publish(transaction, clock_.now(), "note.hidden", "2", "zone", "note.write");
    });
    auto const missed = [&](Request made) {
        made.headers.emplace_back("last-event-id", "0");
        auto const reply = handle(std::move(made));
        return std::get<EventStream>(reply.body).replay();
    };
    auto const open = missed(request(Method::get, "/events?topic=note"));
    EXPECT_NE(open.find("note.shown"), std::string::npos);
    EXPECT_EQ(open.find("note.hidden"), std::string::npos);
    EXPECT_NE(missed(signed_in(Method::get, "/events?topic=note")).find("note.hidden"), std::string::npos);
    EXPECT_EQ(missed(request(Method::get, "/events?topic=plan")), "");
}

} // namespace
} // namespace sangu::http
