#include "kernel/module.h"

#include "kernel/context.h"
#include "modules/greetings/rules.h"

namespace sangu {

namespace embedded {
std::span<EmbeddedFile const> greetings_files(); // migrations, made by sangu_module()
}

namespace {

using greetings::Greeting;

constexpr std::string_view everyone[] = {"public"};
constexpr std::string_view officers[] = {"zone_officer", "city_officer"};

Result<void> before_write(Context& context, db::Session&, void const*, void* after) {
    if (auto problems = greetings::check(*static_cast<Greeting const*>(after), context.today()); !problems.empty())
        return refuse(std::move(problems));
    return {};
}

} // namespace

Module greetings_module() {
    return {.name = "greetings",
            .entities = {&Greeting::meta},
            .permissions = {{"greetings.read", everyone}, {"greetings.write", officers}},
            .resources = {{.meta = &Greeting::meta,
                           .path = "greetings",
                           .read = "greetings.read",
                           .write = "greetings.write",
                           .before_write = before_write,
                           .default_sort = "-day"}},
            .menu = {{"greetings.menu", "greetings.greeting.plural", "/greetings", "public", 90}},
            .files = embedded::greetings_files()};
}

} // namespace sangu
