#include "base/text.h"
#include "base/time_zone.h"
#include "kernel/audit/search.h"
#include "kernel/auth/account.h"
#include "kernel/module.h"
#include "kernel/resource/pages.h"
#include "kernel/tables/tables.h"
#include "modules/identity/pages.h"
#include "modules/identity/parts.h"

#include <memory>

namespace sangu::identity {

using namespace html;

namespace {

constexpr int page_lines = 50, export_lines_max = 100'000, export_piece = 1000;
constexpr std::string_view names[] = {"from", "until", "actor", "action", "object"};

std::string asked(http::Request const& request, std::string_view name) {
    return std::string{trim(request.query_value(name).value_or(""))};
}

// Days are whole days of the zone; an actor is a sign-in name or an id; an object is "kind" or "kind:id".
audit::Filter filter_of(Context& context, http::Request const& request) {
    audit::Filter filter;
    if (auto const day = parse_date(asked(request, "from"))) filter.from = start_of(*day);
    if (auto const day = parse_date(asked(request, "until"))) filter.until = start_of(*day + 1);
    if (std::string const actor = asked(request, "actor"); !actor.empty()) {
        auto const account = auth::find_account_by_login(context.reader(), actor);
        filter.actor_id = account ? account->id.text : actor;
    }
    filter.action = asked(request, "action");
    std::string const object = asked(request, "object");
    filter.object_kind = object.substr(0, object.find(':'));
    if (auto const at = object.find(':'); at != std::string::npos) filter.object_id = object.substr(at + 1);
    filter.before = parse_integer(asked(request, "before")).value_or(0);
    return filter;
}

Url with_filter(std::string_view path, http::Request const& request) {
    Url url{std::string{path}};
    for (std::string_view const name : names)
        if (std::string const text = asked(request, name); !text.empty()) url = std::move(url).query(name, text);
    return url;
}

std::string action_name(Context const& context, std::string const& action) {
    std::string const key = "audit.action." + action;
    return i18n::has_message(context.language, key) ? std::string{context.t(key)} : action;
}

void filter_form(Out& out, Context& context, http::Request const& request) {
    auto const actions = audit::actions(context.reader());
    auto const field = [&](std::string_view name_text, std::string_view type_text) {
        std::string const label_key = "identity.audit." + std::string{name_text};
        out << div(
            cls("field"), label(for_(name_text), context.t(label_key)),
            input(id(name_text), name(name_text), type(type_text), value(asked(request, name_text)), maxlength(100)));
    };
    out.raw("<form class=\"filters\" method=\"get\" action=\"/audit\">");
    field("from", "date");
    field("until", "date");
    field("actor", "text");
    out << div(cls("field"), label(for_("action"), context.t("identity.audit.action")), [&](Out& inner) {
        inner << select(id("action"), name("action"), option(value(""), context.t("identity.audit.any")),
                        each(actions, [&](std::string const& one) {
                            return option(value(one), selected(one == asked(request, "action")),
                                          action_name(context, one));
                        }));
    });
    field("object", "text");
    out << button(cls("button primary"), type("submit"), context.t("identity.audit.show"));
    out.raw("</form>");
}

entity::EntityMeta const* description_of(Context const& context, std::string_view kind) {
    for (Module const& module : context.services.modules)
        for (entity::EntityMeta const* meta : module.entities)
            if (meta->name == kind) return meta;
    return nullptr;
}

// The kind in words, where it has some, above the form in which the filter takes it.
void object_cell(Out& out, Context const& context, audit::Record const& one) {
    if (one.object_kind.empty()) return;
    if (i18n::has_message(context.language, one.object_kind)) out << context.t(one.object_kind) << br();
    out << code(one.object_kind + (one.object_id.empty() ? "" : ":" + one.object_id));
}

void table_part(Out& out, Context const& context, std::vector<audit::Record> const& records) {
    auto const head = [&](std::string_view key) { return th(scope("col"), context.t(key)); };
    auto const row = [&](audit::Record const& one) {
        return tr(td(cls("num"), one.sequence), td(cls("nowrap"), i18n::format_time(context.language, one.at)),
                  td(resource::actor_name(context, one)), td(action_name(context, one.action)),
                  td([&](Out& cell) { object_cell(cell, context, one); }), td(one.scope), td(one.remote),
                  td([&](Out& cell) {
                      resource::changes_part(cell, context, description_of(context, one.object_kind), one.details);
                  }));
    };
    out << div(
        cls("table-wrap"), role("region"), tabindex(0), aria_label(context.t("identity.audit.title")),
        table(cls("table dense"),
              thead(tr(head("identity.audit.number"), head("identity.audit.at"), head("identity.audit.actor"),
                       head("identity.audit.action"), head("identity.audit.object"), head("kernel.role_grant.scope"),
                       head("identity.session.remote"), head("identity.audit.details"))),
              tbody(each(records, row))));
}

http::Reply audit_page_with(Context& context, http::Request const& request, audit::Verdict const* verdict) {
    auto const records = audit::search(context.reader(), filter_of(context, request), page_lines);
    Page const page{.title = std::string{context.t("identity.audit.title")},
                    .lead = std::string{context.t("identity.audit.lead")},
                    .wide = true};
    return render(context, page, [&](Out& out) {
        if (verdict && verdict->whole)
            out << div(cls("note good"), role("status"),
                       p(context.t("identity.audit.whole", {std::to_string(verdict->records)})));
        if (verdict && !verdict->whole)
            out << div(cls("note bad"), role("alert"),
                       p(context.t("identity.audit.broken", {std::to_string(verdict->first_bad)})),
                       p(context.t(verdict->reason)));
        filter_form(out, context, request);
        begin_form(out, context, "/audit/verify");
        out << div(cls("button-row"), button(cls("button"), type("submit"), context.t("identity.audit.verify")),
                   a(cls("button quiet"), href(with_filter("/audit/download.csv", request)),
                     context.t("identity.audit.download")));
        out.raw("</form>");
        if (records.empty())
            return empty_state(out, context.t("identity.audit.none"), context.t("identity.audit.none_hint"));
        table_part(out, context, records);
        if (records.size() == page_lines)
            out << p(a(cls("button"), href(with_filter("/audit", request).query("before", records.back().sequence)),
                       context.t("identity.audit.older")));
    });
}

http::Reply audit_page(Context& context, http::Request& request) { return audit_page_with(context, request, nullptr); }

http::Reply verify_post(Context& context, http::Request& request) {
    auto const verdict = audit::verify(context.reader());
    auto const noted = context.change<bool>([&](Change& change) -> Result<bool> {
        change.audit({.action = verdict.whole ? "audit.verified" : "audit.found_broken"});
        return true;
    });
    if (!noted) return refusal(context, request, noted.error());
    context.refresh();
    return audit_page_with(context, request, &verdict);
}

// Pieces of a thousand lines, each from a snapshot of its own: records never change, so the pieces fit together.
http::Reply download_csv(Context& context, http::Request& request) {
    struct Progress {
        audit::Filter filter;
        std::string out;
        std::unique_ptr<tables::Writer> writer;
        int lines = 0;
        bool finished = false;
    };
    auto state = std::make_shared<Progress>();
    state->filter = filter_of(context, request);
    // The writer must not keep the progress alive that owns it.
    state->writer = tables::csv_writer([target = state.get()](std::string_view bytes) { target->out.append(bytes); });
    state->writer->row({"sequence", "at", "actor_id", "actor_name", "action", "object_kind", "object_id", "scope",
                        "remote", "request_id", "details", "hash"});
    auto source = [state, &database = context.services.database](std::string& chunk) {
        if (state->finished) return false;
        auto const records = audit::search(*database.read(), state->filter, export_piece);
        for (audit::Record const& one : records)
            state->writer->row({std::to_string(one.sequence), to_text(one.at), one.actor_id, one.actor_name, one.action,
                                one.object_kind, one.object_id, one.scope, one.remote, one.request_id, one.details,
                                one.hash});
        state->lines += static_cast<int>(records.size());
        state->finished = records.size() < export_piece || state->lines >= export_lines_max;
        if (state->finished)
            state->writer->finish();
        else
            state->filter.before = records.back().sequence;
        chunk = std::move(state->out);
        state->out.clear();
        return true;
    };
    auto const noted = context.change<bool>([&](Change& change) -> Result<bool> {
        change.audit({.action = "audit.exported"});
        return true;
    });
    if (!noted) return refusal(context, request, noted.error());
    return http::download(std::move(source), "text/csv; charset=utf-8", "audit.csv");
}

} // namespace

std::vector<http::Route> audit_routes() {
    using enum http::Method;
    return {{get, "/audit", "audit.read", audit_page},
            {post, "/audit/verify", "audit.read", verify_post, http::Body::form},
            {get, "/audit/download.csv", "audit.read", download_csv}};
}

} // namespace sangu::identity
