#pragma once

// Whom an event concerns. A module names the people of its own events here, so that whoever delivers notices knows no
// tables but its own.

#include "kernel/events/events.h"

#include <string>
#include <string_view>
#include <vector>

namespace sangu::events {

// What is said to whom. Suspended accounts and the one who did it are told nothing.
struct Notice {
    std::string text;                   // message key; {1} stands for the subject
    std::string subject_zh, subject_en; // the name of what it is about; English may be empty
    std::string path;                   // where to read more: "/figures/01J…"
    std::vector<std::string> accounts;  // these people,
    std::string permission;             // and everybody with this permission (empty: nobody else)
    std::string scope = "zone";         // in a scope that covers this one,
    std::string except;                 // but not this account: the step is another person's
};

struct Audience {
    std::string_view topic;       // message key; people may choose not to be told about a topic
    std::string_view kind_prefix; // "plan.report."
    // Reads the writer's state after the act; must not write.
    std::vector<Notice> (*of)(db::Session& session, Event const& event) = nullptr;
};

} // namespace sangu::events
