#include "modules/library/audience.h"

#include "kernel/entity/store.h"
#include "kernel/json/json.h"
#include "modules/library/store.h"
#include "modules/library/subscriptions.h"
#include "modules/library/threads.h"

#include <algorithm>
#include <array>

namespace sangu::library {

namespace {

std::string member_of(events::Event const& event, std::string_view name) {
    auto const payload = json::Document::parse(event.payload);
    return payload ? std::string{payload->root().text_of(name)} : std::string{};
}

events::Notice about(Entry const& entry, events::Event const& event, std::string text) {
    events::Notice notice;
    notice.text = std::move(text);
    notice.subject_zh = entry.number + " " + entry.title;
    notice.path = member_of(event, "path");
    notice.scope = entry.scope;
    return notice;
}

std::string_view last_word(events::Event const& event) {
    return std::string_view{event.kind}.substr(event.kind.rfind('.') + 1);
}

} // namespace

std::vector<events::Notice> concerned_by_entry(db::Session& session, events::Event const& event) {
    auto const entry = entry_with_id(session, event.object_id);
    if (!entry) return {};
    std::string_view const word = last_word(event);
    std::vector<events::Notice> notices;
    constexpr std::array<std::string_view, 5> for_owner{"published", "returned", "reminded", "overdue", "expired"};
    if (std::ranges::find(for_owner, word) != for_owner.end()) {
        notices.push_back(about(*entry, event, "library.told.entry." + std::string{word}));
        notices.back().accounts = {entry->account_id.text};
    }
    if (word == "submitted" || word == "changed") {
        notices.push_back(about(*entry, event, "library.told.entry." + std::string{word}));
        notices.back().permission = review_permission;
    }
    return notices;
}

std::vector<events::Notice> concerned_by_thread(db::Session& session, events::Event const& event) {
    auto const thread = entity::find(session, Id<Thread>{event.object_id});
    auto const entry = thread ? entry_with_id(session, thread->entry_id.text) : std::nullopt;
    if (!entry) return {};
    std::string_view const word = last_word(event);
    events::Notice notice = about(*entry, event, "library.told.thread." + std::string{word});
    if (word == "escalated") {
        notice.accounts = {entry->account_id.text};
        events::Notice handed = about(*entry, event, "library.told.thread.handed");
        if (thread->officer_id)
            handed.accounts = {thread->officer_id->text};
        else
            handed.permission = review_permission;
        return {std::move(handed), std::move(notice)};
    }
    // Each is told what the other did; the one who acts is told nothing.
    notice.accounts = {thread->account_id.text, entry->account_id.text};
    return {std::move(notice)};
}

std::vector<events::Notice> concerned_by_view(db::Session& session, events::Event const& event) {
    auto const entry = entry_with_id(session, event.object_id);
    if (!entry) return {};
    events::Notice notice = about(*entry, event, "library.told.view");
    notice.accounts = subscribers_of(session, *entry, stored_tags(session, entry->id.text));
    return {std::move(notice)};
}

std::vector<events::Notice> concerned_by_access(db::Session& session, events::Event const& event) {
    if (last_word(event) == "taken") return {}; // said by whoever took it back, if they wish
    auto const entry = entry_with_id(session, event.object_id);
    if (!entry) return {};
    bool const given = last_word(event) == "given";
    events::Notice notice =
        about(*entry, event, given ? "library.told.access.given" : "library.told.access.undertaken");
    notice.accounts = {given ? member_of(event, "account") : entry->account_id.text};
    return {std::move(notice)};
}

} // namespace sangu::library
