#include "base/text.h"
#include "kernel/html/page.h"
#include "kernel/jobs/jobs.h"
#include "kernel/module.h"
#include "kernel/resource/pages.h"
#include "modules/exchange/entities.h"
#include "modules/exchange/harvest.h"
#include "modules/exchange/pages.h"

namespace sangu::exchange {

using namespace html;

namespace {

Error const not_found{Refusal::not_found, "error.not_found", {}, {}};

std::optional<Harvested> harvested_of(Context& context, http::Request const& request) {
    return entity::find(context.reader(), Id<Harvested>{std::string{request.parameter("id")}});
}

void lines_of(Out& out, Context const& context, std::string_view key, std::optional<std::string> const& text) {
    if (!text || text->empty()) return;
    out << dt(context.t(key)) << dd([&](Out& inner) {
        for (std::string_view const line : split_text(*text, '\n')) inner << p(line);
    });
}

void facts(Out& out, Context const& context, Harvested const& one, std::string const& repository) {
    out << dl(cls("facts"), [&](Out& inner) {
        inner << dt(context.t("exchange.harvested.repository_id")) << dd(repository);
        inner << dt(context.t("exchange.harvested.identifier")) << dd(one.identifier);
        inner << dt(context.t("exchange.harvested.datestamp")) << dd(one.datestamp);
        lines_of(inner, context, "exchange.harvested.creators", one.creators);
        lines_of(inner, context, "exchange.harvested.subjects", one.subjects);
        lines_of(inner, context, "exchange.harvested.description", one.description);
        lines_of(inner, context, "exchange.harvested.published", one.published);
        lines_of(inner, context, "exchange.harvested.kind", one.kind);
        lines_of(inner, context, "exchange.harvested.language", one.language);
        if (one.link)
            inner << dt(context.t("exchange.harvested.link"))
                  << dd(a(href(Url::external(*one.link)), rel("noopener nofollow"), *one.link));
    });
}

void action_form(Out& out, Context const& context, std::string const& path, std::string_view label_text,
                 std::string_view style, std::string_view taker = {}) {
    begin_form(out, context, path);
    if (!taker.empty()) out << input(type("hidden"), name("taker"), value(taker));
    out << button(cls(style), type("submit"), label_text);
    out.raw("</form>");
}

// The forms that this officer may open: of every list with objects that have a name.
std::vector<resource::Resource const*> takers(Context const& context) {
    std::vector<resource::Resource const*> forms;
    for (Module const& module : context.services.modules)
        for (resource::Resource const& one : module.resources)
            if (resource::may_write_somewhere(context, one) && one.meta != &Repository::meta &&
                !resource::label_field(*one.meta).key)
                forms.push_back(&one);
    return forms;
}

// Moves the record on; a stale page is told so.
Result<void> move(Context& context, Harvested const& before, HarvestedState to, std::string_view action) {
    TRY_VOID(context.require("exchange.manage"));
    Harvested after = before;
    after.state = to;
    return context.change<void>([&](Change& change) { return change.save(before, after, action); });
}

} // namespace

http::Reply harvested_page(Context& context, http::Request& request) {
    auto const one = harvested_of(context, request);
    if (!one) return refusal(context, request, not_found);
    auto const repository = entity::find(context.reader(), one->repository_id);
    std::string const path = "/harvested/" + one->id.text;
    html::Page const page{.title = one->title,
                          .crumbs = {{std::string{context.t("exchange.harvested.plural")}, "/harvested"}}};
    return render(context, page, [&](Out& out) {
        out << p([&](Out& inner) {
            badge(inner, context.t("exchange.harvested.state." + std::string{sangu::name_of(one->state)}),
                  one->state == HarvestedState::waiting ? "info" : "muted");
            if (one->deleted) badge(inner, context.t("exchange.deleted_there"), "warn");
        });
        facts(out, context, *one, repository ? repository->name : std::string{});
        if (one->state == HarvestedState::waiting)
            out << div(cls("flow"), role("group"), aria_label(context.t("page.steps")), [&](Out& steps) {
                for (resource::Resource const* taker : takers(context))
                    action_form(steps, context, path + "/take",
                                context.t("exchange.take", {std::string{context.t(resource::plural_key(*taker))}}),
                                "button primary", taker->path);
                action_form(steps, context, path + "/dismiss", context.t("exchange.dismiss"), "button");
            });
        resource::history_part(out, context, Harvested::meta, one->id.text);
    });
}

http::Reply take_post(Context& context, http::Request& request) {
    auto const one = harvested_of(context, request);
    if (!one) return refusal(context, request, not_found);
    std::string_view const wanted = request.form_value("taker").value_or("");
    for (resource::Resource const* taker : takers(context)) {
        if (taker->path != wanted) continue;
        if (auto const done = move(context, *one, HarvestedState::taken, "exchange.harvested.taken"); !done)
            return refusal(context, request, done.error());
        Url form = Url::local(resource::base_path(*taker) + "/new");
        form = std::move(form).query(resource::label_field(*taker->meta).name, shorten(one->title, 200));
        for (std::string_view const name : {"abstract", "summary", "introduction", "description"})
            if (one->description && taker->meta->find(name)) {
                form = std::move(form).query(name, shorten(*one->description, 1500));
                break;
            }
        return http::see_other(form.text);
    }
    return refusal(context, request, not_found);
}

http::Reply dismiss_post(Context& context, http::Request& request) {
    auto const one = harvested_of(context, request);
    if (!one) return refusal(context, request, not_found);
    if (auto const done = move(context, *one, HarvestedState::dismissed, "exchange.harvested.dismissed"); !done)
        return refusal(context, request, done.error());
    return http::see_other("/harvested?state=waiting&done=done.saved");
}

http::Reply harvest_now_post(Context& context, http::Request& request) {
    auto const repository = entity::find(context.reader(), Id<Repository>{std::string{request.parameter("id")}});
    if (!repository) return refusal(context, request, not_found);
    auto const asked = context.change<void>([&](Change& change) -> Result<void> {
        TRY_VOID(context.require("exchange.repository.read"));
        jobs::schedule(change.transaction(), "exchange.harvest", repository->id.text, context.now());
        change.audit({.action = "exchange.harvest_asked",
                      .object_kind = "exchange.repository",
                      .object_id = repository->id.text,
                      .scope = "zone"});
        return {};
    });
    if (!asked) return refusal(context, request, asked.error());
    return http::see_other("/repositories/" + repository->id.text + "?done=done.saved");
}

} // namespace sangu::exchange
