#include "kernel/http/server.h"
#include "kernel/http/tests/socket_client.h"

#include <gtest/gtest.h>

#include <atomic>
#include <filesystem>
#include <fstream>
#include <thread>

namespace sangu::http {
namespace {

using namespace std::chrono_literals;
using test::body_in;
using test::exchange;
using test::SocketClient;
using test::status_in;

std::string describe(Request& request) {
    std::string text = std::string{name_of(request.method)} + " " + request.path + " body=" + request.body;
    for (auto const& [name, value] : request.form) text += " " + name + "=" + value;
    for (auto const& upload : request.uploads) {
        bool const is_spooled = !upload.path.empty() && std::filesystem::file_size(upload.path) == upload.size;
        text += " file:" + upload.file_name + ":" + std::to_string(upload.size) + (is_spooled ? ":spooled" : ":memory");
    }
    return text;
}

Reply many_pieces() {
    auto count = std::make_shared<int>(0);
    BodySource const source = [count](std::string& chunk) {
        chunk.assign(100000, static_cast<char>('a' + *count));
        return ++*count < 20;
    };
    return download(source, "text/plain", "报告 1.txt");
}

Reply answer(Request& request) {
    if (request.path == "/slow") std::this_thread::sleep_for(400ms);
    if (request.path == "/pieces") return many_pieces();
    if (request.path == "/split") return text_reply(200, "x").header("X-Evil", "a\r\nSet-Cookie: b");
    if (request.path == "/events") {
        Reply reply;
        bool const is_staff = request.query_value("staff").has_value();
        reply.body = EventStream{
            "plan", [] { return std::string{"id: 5\ndata: missed\n\n"}; },
            [is_staff](std::string_view visibility, std::string_view) { return is_staff || visibility == "public"; }};
        return reply;
    }
    return text_reply(200, describe(request));
}

class ServerTest : public testing::Test {
protected:
    ServerTest() { restart({}); }

    void restart(ServerOptions options) {
        server_.reset();
        options.port = 0;
        options.loops = options.loops == 0 ? 2 : options.loops;
        options.shutdown_grace_s = 3;
        Application application;
        application.inline_answer = [](RequestView const& view) -> std::optional<PreparedReply> {
            if (view.path() != "/inline") return std::nullopt;
            return PreparedReply{200, "HTTP/1.1 200 OK\r\nContent-Length: 6\r\n", "inline", nullptr};
        };
        application.handle = answer;
        application.body_limit = [](Method, std::string_view path) { return BodyLimit{path == "/upload"}; };
        server_ = std::make_unique<Server>(options, application);
        server_->start();
    }

    std::string ask(std::string_view bytes) { return exchange(server_->port(), bytes); }

    std::unique_ptr<Server> server_;
};

std::string get(std::string_view path, std::string_view more = "") {
    return "GET " + std::string{path} + " HTTP/1.1\r\nHost: x\r\n" + std::string{more} + "\r\n";
}

std::string post(std::string_view path, std::string_view type, std::string_view body) {
    return "POST " + std::string{path} + " HTTP/1.1\r\nHost: x\r\nContent-Type: " + std::string{type} +
           "\r\nContent-Length: " + std::to_string(body.size()) + "\r\n\r\n" + std::string{body};
}

TEST_F(ServerTest, AnswersOnTheLoopAndOnAWorker) {
    EXPECT_EQ(body_in(ask(get("/inline"))), "inline");
    EXPECT_EQ(body_in(ask(get("/a%20b?x=1"))), "GET /a b body=");
}

TEST_F(ServerTest, KeepsTheOrderOfPipelinedRequests) {
    SocketClient client{server_->port()};
    client.send(get("/slow") + get("/inline") + get("/third", "Connection: close\r\n"));
    auto const text = client.receive(2s);
    auto const first = text.find("GET /slow");
    auto const second = text.find("inline");
    auto const third = text.find("GET /third");
    ASSERT_NE(third, std::string::npos);
    EXPECT_LT(first, second);
    EXPECT_LT(second, third);
}

TEST_F(ServerTest, HeadHasTheLengthButNoBody) {
    for (auto const* const path : {"/inline", "/worker", "/pieces"}) {
        auto const text = ask("HEAD " + std::string{path} + " HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n");
        EXPECT_EQ(status_in(text), 200) << path;
        EXPECT_EQ(body_in(text), "") << path;
    }
    EXPECT_NE(ask("HEAD /inline HTTP/1.1\r\nHost: x\r\n\r\n").find("Content-Length: 6"), std::string::npos);
}

TEST_F(ServerTest, RefusesWhatServersReadDifferently) {
    EXPECT_EQ(status_in(ask("GET / HTTP/1.1\r\n\r\n")), 400);
    EXPECT_EQ(status_in(ask("GET / HTTP/1.1\r\nHost: a\r\nHost: b\r\n\r\n")), 400);
    EXPECT_EQ(status_in(ask(
                  "POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 4\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n")),
              400);
    EXPECT_EQ(status_in(ask("POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 1\r\nContent-Length: 2\r\n\r\nab")), 400);
    EXPECT_EQ(status_in(ask("POST / HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: gzip, chunked\r\n\r\n0\r\n\r\n")), 501);
    EXPECT_EQ(status_in(ask("GET / HTTP/1.1\nHost: x\n\n")), 400);
    EXPECT_EQ(status_in(ask("GET nowhere HTTP/1.1\r\nHost: x\r\n\r\n")), 400);
    EXPECT_EQ(status_in(ask(get("/%ff"))), 400);
    EXPECT_EQ(status_in(ask(get("/%00"))), 400);
}

TEST_F(ServerTest, LimitsHeaderAndBody) {
    EXPECT_EQ(status_in(ask(get("/", "X: " + std::string(65536, 'a') + "\r\n"))), 431);
    std::string many;
    for (int i = 0; i < 5000; ++i) many += "A: b\r\n";
    EXPECT_EQ(status_in(ask(get("/", many))), 431);
    EXPECT_EQ(status_in(ask(post("/", "text/plain", std::string(2000000, 'a')))), 413);
    std::string chunked = "POST / HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n";
    for (int i = 0; i < 20; ++i) chunked += "10000\r\n" + std::string(65536, 'a') + "\r\n";
    EXPECT_EQ(status_in(ask(chunked + "0\r\n\r\n")), 413);
    EXPECT_EQ(status_in(ask(get("/inline"))), 200);
}

TEST_F(ServerTest, ReadsChunkedBodiesAndIgnoresTrailers) {
    auto const text = ask("POST /c HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\nTrailer: Cookie\r\n\r\n"
                          "3\r\nabc\r\n2\r\nde\r\n0\r\nCookie: sangu_session=stolen\r\n\r\n");
    EXPECT_EQ(body_in(text), "POST /c body=abcde");
}

TEST_F(ServerTest, AsksForTheBodyWhenTheClientWaits) {
    SocketClient client{server_->port()};
    client.send("POST /e HTTP/1.1\r\nHost: x\r\nExpect: 100-continue\r\nContent-Length: 3\r\n\r\n");
    EXPECT_EQ(status_in(client.receive_until("\r\n\r\n")), 100);
    client.send("abc");
    EXPECT_EQ(body_in(client.receive()), "POST /e body=abc");
}

TEST_F(ServerTest, SpoolsLargeUploadsAndRemovesThem) {
    auto const directory = std::filesystem::temp_directory_path() / "sangu-server-test";
    std::filesystem::create_directories(directory);
    ServerOptions options;
    options.upload_directory = directory;
    restart(options);
    std::string const large(3000000, 'z');
    std::string const body = "--B\r\nContent-Disposition: form-data; name=\"note\"\r\n\r\n你好\r\n"
                             "--B\r\nContent-Disposition: form-data; name=\"f\"; filename=\"a.txt\"\r\n\r\nsmall\r\n"
                             "--B\r\nContent-Disposition: form-data; name=\"f\"; filename=\"b.bin\"\r\n\r\n" +
                             large + "\r\n--B--\r\n";
    auto const text = ask(post("/upload", "multipart/form-data; boundary=B", body));
    EXPECT_EQ(body_in(text), "POST /upload body= note=你好 file:a.txt:5:memory file:b.bin:3000000:spooled");
    std::this_thread::sleep_for(50ms);
    EXPECT_TRUE(std::filesystem::is_empty(directory));
    EXPECT_EQ(status_in(ask(post("/other", "multipart/form-data; boundary=B", body))), 413);
    EXPECT_EQ(status_in(ask(post("/upload", "multipart/form-data; boundary=B", body.substr(0, 1000)))), 400);
    std::filesystem::remove_all(directory);
}

TEST_F(ServerTest, StreamsABodyInChunks) {
    auto const text = ask(get("/pieces", "Connection: close\r\n"));
    EXPECT_NE(text.find("Transfer-Encoding: chunked"), std::string::npos);
    EXPECT_NE(text.find("filename*=UTF-8''%E6%8A%A5%E5%91%8A%201.txt"), std::string::npos);
    EXPECT_TRUE(text.ends_with("\r\n0\r\n\r\n"));
    EXPECT_GT(text.size(), 2000000u);
    EXPECT_EQ(ask("GET /pieces HTTP/1.0\r\n\r\n").find("chunked"), std::string::npos);
}

TEST_F(ServerTest, AHeaderValueCannotAddAHeader) {
    EXPECT_EQ(ask(get("/split")).find("\nSet-Cookie"), std::string::npos);
}

TEST_F(ServerTest, ClosesAClientThatSendsItsHeaderTooSlowly) {
    ServerOptions options;
    options.header_timeout_s = 1;
    restart(options);
    SocketClient client{server_->port()};
    client.send("GET / HTTP/1.1\r\nHost: x\r\n");
    client.receive(2500ms);
    EXPECT_TRUE(client.is_closed());
}

TEST_F(ServerTest, RefusesConnectionsAboveTheLimit) {
    ServerOptions options;
    options.connections_max = 2;
    restart(options);
    SocketClient first{server_->port()};
    SocketClient second{server_->port()};
    first.send(get("/inline"));
    second.send(get("/inline"));
    EXPECT_EQ(status_in(first.receive()), 200);
    EXPECT_EQ(status_in(second.receive()), 200);
    SocketClient third{server_->port()};
    third.send(get("/inline"));
    EXPECT_EQ(third.receive(), "");
    EXPECT_TRUE(third.is_closed());
}

TEST_F(ServerTest, AnswersBusyWhenTheQueueIsFull) {
    ServerOptions options;
    options.workers = 1;
    options.queue_max = 1;
    restart(options);
    std::atomic<int> busy = 0;
    std::vector<std::thread> clients;
    for (int i = 0; i < 6; ++i)
        clients.emplace_back([&] {
            SocketClient client{server_->port()};
            client.send(get("/slow"));
            if (auto const text = client.receive(3s);
                status_in(text) == 503 && text.find("Retry-After") != std::string::npos)
                ++busy;
        });
    for (auto& client : clients) client.join();
    EXPECT_GE(busy, 1);
    EXPECT_LT(busy, 6);
}

TEST_F(ServerTest, SendsEventsAfterTheReplayAndOnlyToWhomMaySeeThem) {
    SocketClient reader{server_->port()};
    SocketClient staff{server_->port()};
    reader.send(get("/events"));
    staff.send(get("/events?staff=1"));
    EXPECT_NE(reader.receive_until("missed").find("text/event-stream"), std::string::npos);
    staff.receive_until("missed");
    server_->publish("plan", "id: 5\ndata: old\n\n");
    server_->publish("other", "id: 6\ndata: elsewhere\n\n");
    server_->publish("plan", "id: 7\ndata: secret\n\n", "plan.read");
    server_->publish("plan", "id: 8\ndata: open\n\n");
    EXPECT_EQ(reader.receive_until("open\n\n"), "id: 8\ndata: open\n\n");
    EXPECT_EQ(staff.receive_until("open\n\n"), "id: 7\ndata: secret\n\nid: 8\ndata: open\n\n");
    EXPECT_EQ(server_->counters().streams, 2);
}

TEST_F(ServerTest, OneClientCannotTakeTheStreamsOfAll) {
    ServerOptions options;
    options.trusted_proxy = "127.0.0.1";
    options.streams_per_client_max = 2;
    restart(options);
    auto const open = [&](SocketClient& client, std::string_view address) {
        client.send(get("/events", "X-Forwarded-For: " + std::string{address} + "\r\n"));
        return status_in(client.receive_until("\r\n\r\n"));
    };
    auto const port = server_->port();
    auto first = std::make_unique<SocketClient>(port);
    SocketClient second{port}, third{port}, other{port}, later{port};
    EXPECT_EQ(open(*first, "2001:db8::1"), 200);
    EXPECT_EQ(open(second, "2001:db8::2"), 200);
    EXPECT_EQ(open(third, "2001:db8::3"), 503) << "the addresses of one network are one client";
    EXPECT_EQ(open(other, "192.0.2.1"), 200);
    first.reset();
    server_->publish("plan", "id: 9\ndata: now\n\n"); // the server sees that a client is gone when it writes
    server_->publish("plan", "id: 10\ndata: now\n\n");
    for (int tries = 0; tries < 100 && server_->counters().streams > 2; ++tries) {
        server_->publish("plan", "id: " + std::to_string(11 + tries) + "\ndata: now\n\n");
        std::this_thread::sleep_for(20ms);
    }
    EXPECT_EQ(open(later, "2001:db8::4"), 200);
}

TEST_F(ServerTest, FinishesWhatHasBegunWhenItStops) {
    SocketClient busy{server_->port()};
    SocketClient idle{server_->port()};
    SocketClient live{server_->port()};
    busy.send(get("/slow"));
    live.send(get("/events"));
    live.receive_until("missed");
    std::this_thread::sleep_for(100ms);
    auto const started = std::chrono::steady_clock::now();
    server_->stop();
    EXPECT_LT(std::chrono::steady_clock::now() - started, 2s);
    auto const text = busy.receive();
    EXPECT_NE(text.find("GET /slow"), std::string::npos);
    EXPECT_NE(text.find("Connection: close"), std::string::npos);
    idle.receive();
    EXPECT_TRUE(idle.is_closed());
    live.receive();
    EXPECT_TRUE(live.is_closed());
}

TEST_F(ServerTest, SaysWhenTheAddressIsTaken) {
    ServerOptions options;
    options.port = server_->port();
    Server second{options, {}};
    EXPECT_THROW(second.start(), std::system_error);
}

TEST_F(ServerTest, BelievesTheProxyOnlyWhenItIsTrusted) {
    ServerOptions options;
    options.trusted_proxy = "127.0.0.1";
    options.port = 0;
    Application application;
    application.inline_answer = [](RequestView const&) { return std::optional<PreparedReply>{}; };
    application.handle = [](Request& request) {
        return text_reply(200, request.remote + (request.secure ? " secure" : ""));
    };
    application.body_limit = [](Method, std::string_view) { return BodyLimit{}; };
    auto const header = "X-Forwarded-For: 6.6.6.6, 192.0.2.7\r\nX-Forwarded-Proto: https\r\n";
    Server trusting{options, application};
    trusting.start();
    EXPECT_EQ(body_in(exchange(trusting.port(), get("/", header))), "192.0.2.7 secure");
    auto const lines = "X-Forwarded-For: 6.6.6.6\r\nX-Forwarded-For: 2001:db8::7\r\n"; // a line of the proxy's own
    EXPECT_EQ(body_in(exchange(trusting.port(), get("/", lines))), "2001:db8::7");
    EXPECT_EQ(body_in(exchange(trusting.port(), get("/", "X-Forwarded-For: 192.0.2.7, nonsense\r\n"))), "127.0.0.1");
    options.trusted_proxy = "";
    Server plain{options, application};
    plain.start();
    EXPECT_EQ(body_in(exchange(plain.port(), get("/", header))), "127.0.0.1");
}

} // namespace
} // namespace sangu::http
