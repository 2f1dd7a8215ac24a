#include "modules/indicators/audience.h"

#include "kernel/json/json.h"
#include "modules/indicators/service.h"

namespace sangu::indicators {

namespace {

// The names of what the event is about, as its payload carries them.
events::Notice notice_about(events::Event const& event, std::string_view text) {
    events::Notice notice;
    notice.text = text;
    notice.scope = event.scope;
    if (auto const payload = json::Document::parse(event.payload)) {
        notice.subject_zh = payload->root().text_of("title");
        notice.subject_en = payload->root().text_of("title_en");
    }
    return notice;
}

std::string_view text_for(std::string_view state) {
    if (state == "submitted") return "indicators.notice.submitted";
    if (state == "returned") return "indicators.notice.returned";
    if (state == "published" || state == "restated") return "indicators.notice.published";
    return {};
}

} // namespace

std::vector<events::Notice> concerned_by_figure(db::Session& session, events::Event const& event) {
    std::string_view const state = std::string_view{event.kind}.substr(event.kind.rfind('.') + 1);
    std::string_view const text = text_for(state);
    if (text.empty()) return {};
    auto const entered_by =
        session.text("select entered_by from indicators_observation where id = ?", {event.object_id});
    if (!entered_by) return {};
    events::Notice notice = notice_about(event, text);
    notice.path = "/figures/" + event.object_id;
    if (state == "submitted") {
        notice.permission = approve_permission;
        notice.except = *entered_by;
    } else {
        notice.accounts = {*entered_by};
    }
    return {std::move(notice)};
}

std::vector<events::Notice> concerned_by_import(db::Session& session, events::Event const& event) {
    auto const imported_by = session.text(
        "select imported_by from indicators_import where id = ? and kind = 'observations'", {event.object_id});
    if (!imported_by) return {};
    bool const waiting = event.visibility != "public";
    events::Notice notice =
        notice_about(event, waiting ? "indicators.notice.import_waiting" : "indicators.notice.import_approved");
    notice.path = waiting ? "/figures" : "/data";
    if (waiting) {
        notice.permission = approve_permission;
        notice.except = *imported_by;
    } else {
        notice.accounts = {*imported_by};
    }
    return {std::move(notice)};
}

} // namespace sangu::indicators
