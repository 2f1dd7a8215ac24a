#include "modules/greetings/rules.h"

namespace sangu::greetings {

Problems check(Greeting const& greeting, Date today) {
    if (greeting.day > today) return {{"day", "greetings.error.future_day", {}}};
    return {};
}

} // namespace sangu::greetings
