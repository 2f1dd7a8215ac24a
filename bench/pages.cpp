// CPU of whole pages without the socket: what one request costs a worker thread, from Request to Reply.
//   bench_pages [rounds] [name of one page]

#include "support/test_app.h"

#include <algorithm>
#include <cstdio>
#include <cstdlib>
#include <ctime>

namespace sangu {
#define SANGU_MODULE(name) Module name##_module();
#include "app/modules.def"
#undef SANGU_MODULE
} // namespace sangu

namespace {

using namespace sangu;

double cpu_us() {
    std::timespec time{};
    ::clock_gettime(CLOCK_THREAD_CPUTIME_ID, &time);
    return static_cast<double>(time.tv_sec) * 1e6 + static_cast<double>(time.tv_nsec) / 1e3;
}

http::Request request_for(std::string_view target, std::string const& session) {
    http::Request request;
    http::set_target(request, target);
    request.headers = {{"host", "127.0.0.1"}, {"accept-language", "zh-CN,zh;q=0.9"}};
    if (!session.empty()) request.headers.emplace_back("cookie", "sangu_session=" + session);
    request.remote = "127.0.0.1";
    return request;
}

std::size_t size_of(http::Reply const& reply) {
    if (auto const* const text = std::get_if<std::string>(&reply.body)) return text->size();
    if (auto const* const shared = std::get_if<std::shared_ptr<std::string const>>(&reply.body))
        return (*shared)->size();
    return 0;
}

// The median of the portions: others share the machine.
void measure(Host& host, char const* name, std::string_view target, std::string const& session, int rounds) {
    std::vector<double> portions;
    std::size_t bytes = 0;
    int status = 0;
    constexpr int portion = 20;
    for (int round = 0; round <= rounds; ++round) {
        double const before = cpu_us();
        for (int i = 0; i < portion; ++i) {
            auto request = request_for(target, session);
            auto const reply = host.handle(request);
            bytes = size_of(reply);
            status = reply.status;
        }
        if (round > 0) portions.push_back((cpu_us() - before) / portion);
    }
    std::ranges::sort(portions);
    std::printf("%-28s %3d %7zu bytes  median %7.1f us  best %7.1f us\n", name, status, bytes,
                portions[portions.size() / 2], portions.front());
}

} // namespace

int main(int argc, char** argv) {
    int const rounds = argc > 1 ? std::atoi(argv[1]) : 50;
    std::string_view const only = argc > 2 ? argv[2] : "";
    std::vector<Module> all;
#define SANGU_MODULE(name) all.push_back(name##_module());
#include "app/modules.def"
#undef SANGU_MODULE
    config::Settings settings;
    settings.anonymous_requests_per_minute = 1'000'000'000;
    test::TestApp app{in_order(std::move(all)), "sqlite", settings};
    auto const officer = app.as(app.account("wang", {{"zone_officer", {"zone"}}}));
    std::string const session = officer.cookie("sangu_session");
    struct Case {
        char const *name, *target;
        bool signed_in;
    };
    constexpr Case cases[]{{"cockpit", "/", false},
                           {"indicators", "/indicators", false},
                           {"tasks", "/tasks", false},
                           {"cockpit, signed in", "/", true},
                           {"tasks, signed in", "/tasks", true},
                           {"organisations, signed in", "/organisations", true},
                           {"sign-in page", "/sign-in", false}};
    for (Case const& one : cases)
        if (only.empty() || only == one.name)
            measure(app.host(), one.name, one.target, one.signed_in ? session : std::string{}, rounds);
}
