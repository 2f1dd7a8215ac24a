#include "modules/registry/duplicates.h"
#include "modules/registry/merge_parts.h"
#include "modules/registry/organisation_service.h"
#include "modules/registry/page_parts.h"
#include "modules/registry/pages.h"

namespace sangu::registry {

using namespace html;

namespace {

constexpr std::int64_t pairs_a_page = 20;

http::Reply forbidden(Context& context, http::Request& request) {
    return refusal(context, request, context.require(merge_permission).error());
}

void one_side(Out& out, Context const& context, Organisation const& one) {
    out << p(a(href(Url::path("/organisations", one.id.text)), strong(one.name)))
        << p(cls("muted"), span(cls("mono"), one.uscc.value_or(std::string{context.t("registry.uscc_missing")})), " ",
             one.address.value_or(""));
}

void pair_card(Out& out, Context const& context, OpenPair const& pair) {
    out.raw("<li class=\"card\">");
    badge(out, context.t("registry.duplicate.reason." + pair.reason), "info");
    if (pair.first.uscc && pair.second.uscc && *pair.first.uscc != *pair.second.uscc) {
        out << " ";
        badge(out, context.t("registry.duplicate.disagree"), "warn");
    }
    out << div(cls("card-grid"), div([&] { one_side(out, context, pair.first); }),
               div([&] { one_side(out, context, pair.second); }))
        << p(a(cls("button"), href(Url::path("/duplicates", pair.id)), context.t("registry.duplicate.compare"),
               span(cls("visually-hidden"), " ", pair.first.name)));
    out.raw("</li>");
}

void tell_form(Out& out, Context& context, http::Request const* refused, Problems const& problems) {
    out << h2(context.t("registry.duplicate.tell"));
    begin_form(out, context, "/duplicates");
    organisation_picker(out, context, "one", "registry.duplicate.one", typed_or(refused, "one", ""), problems);
    organisation_picker(out, context, "other", "registry.duplicate.other", typed_or(refused, "other", ""), problems);
    end_form(out, context.t("registry.duplicate.compare"));
}

http::Reply queue(Context& context, http::Request& request, Error const* error) {
    auto const pairs =
        open_pairs(context.reader(), std::string{request.query_value("after").value_or("")}, pairs_a_page);
    Page page{.title = std::string{context.t("registry.duplicate.plural")},
              .lead = std::string{context.t("registry.duplicate.lead")},
              .actions = markup(a(cls("button"), href("/merges"), context.t("registry.merge.plural")))};
    if (error) page.status = http::status_of(error->refusal);
    return render(context, page, [&](Out& out) {
        if (error) error_summary(out, context, *error, Duplicate::meta.name);
        if (pairs.empty())
            empty_state(out, context.t("registry.duplicate.none"), context.t("registry.duplicate.none_text"));
        out << ul(cls("card-list"), [&] {
            for (OpenPair const& pair : pairs) pair_card(out, context, pair);
        });
        if (static_cast<std::int64_t>(pairs.size()) == pairs_a_page)
            out << p(
                a(cls("button"), href(Url::local("/duplicates?after=" + pairs.back().id)), context.t("registry.more")));
        tell_form(out, context, error ? &request : nullptr, error ? error->problems : Problems{});
    });
}

// Two entries side by side with a choice for every field in which they differ.
struct Comparison {
    Context& context;
    OpenPair pair;
    std::string kept; // id of the entry that stays
    http::Request const* request = nullptr;
    Error const* error = nullptr;

    Organisation const& keep() const { return kept == pair.second.id.text ? pair.second : pair.first; }
    Organisation const& drop() const { return kept == pair.second.id.text ? pair.first : pair.second; }
    bool disagree() const { return pair.first.uscc && pair.second.uscc && *pair.first.uscc != *pair.second.uscc; }
};

void organisations_table(Out& out, Comparison const& page) {
    std::vector<entity::AnyObject> rows;
    for (Organisation const* one : {&page.pair.first, &page.pair.second}) {
        entity::AnyObject object{Organisation::meta};
        *static_cast<Organisation*>(object.get()) = *one;
        rows.push_back(std::move(object));
    }
    sides_table(out, {.context = page.context,
                      .meta = Organisation::meta,
                      .stays = &page.keep(),
                      .goes = &page.drop(),
                      .labels = resource::labels_of(page.context, organisation_resource(), rows),
                      .refused = page.request});
}

http::Reply compare(Comparison const& page) {
    Context& context = page.context;
    Page frame{.title = std::string{context.t("registry.duplicate.compare")},
               .crumbs = {{std::string{context.t("registry.duplicate.plural")}, "/duplicates"}}};
    if (page.error) frame.status = http::status_of(page.error->refusal);
    std::string const path = "/duplicates/" + page.pair.id;
    std::string const other = path + "?keep=" + page.drop().id.text;
    return render(context, frame, [&](Out& out) {
        if (page.error) error_summary(out, context, *page.error, Merge::meta.name);
        if (page.disagree()) out << div(cls("note warn"), p(context.t("registry.merge.disagree_text")));
        out << p(a(cls("button quiet"), href(Url::local(other)), context.t("registry.merge.swap")));
        begin_form(out, context, path + "/merge");
        seen_fields(out, page.keep().id.text, page.keep().version, page.drop().id.text, page.drop().version);
        organisations_table(out, page);
        reference_counts(out, context, Organisation::meta.name, page.drop().id.text);
        reason_field(out, context, page.disagree(), "registry.merge.reason_needed",
                     typed_or(page.request, "reason", ""), page.error ? page.error->problems : Problems{});
        end_form(out, context.t("registry.merge.merge"));
        begin_form(out, context, path + "/different");
        end_form(out, context.t("registry.duplicate.different"), "/duplicates", context.t("resource.cancel"));
    });
}

} // namespace

http::Reply duplicates_page(Context& context, http::Request& request) {
    if (!context.may(merge_permission)) return forbidden(context, request);
    return queue(context, request, nullptr);
}

http::Reply tell_duplicate_post(Context& context, http::Request& request) {
    if (!context.may(merge_permission)) return forbidden(context, request);
    auto const one = picked_organisation(context.reader(), "one", typed(request, "one"));
    auto const other = picked_organisation(context.reader(), "other", typed(request, "other"));
    Problems problems;
    for (auto const* picked : {&one, &other})
        if (!*picked) problems.push_back(picked->error().problems.front());
    auto const told = problems.empty() ? tell_duplicate(context, one->id, other->id)
                                       : Result<std::string>{refuse(std::move(problems))};
    if (told) return http::see_other("/duplicates/" + *told);
    return queue(context, request, &told.error());
}

http::Reply duplicate_page(Context& context, http::Request& request) {
    if (!context.may(merge_permission)) return forbidden(context, request);
    auto const pair = open_pair(context.reader(), request.parameter("id"));
    if (!pair) return refusal(context, request, Error{Refusal::not_found, "registry.duplicate.decided", {}, {}});
    return compare({.context = context, .pair = *pair, .kept = std::string{request.query_value("keep").value_or("")}});
}

http::Reply merge_post(Context& context, http::Request& request) {
    if (!context.may(merge_permission)) return forbidden(context, request);
    auto const pair = open_pair(context.reader(), request.parameter("id"));
    if (!pair) return refusal(context, request, Error{Refusal::not_found, "registry.duplicate.decided", {}, {}});
    MergeWish const wish = wish_of(request);
    bool const is_pair = (wish.kept_id == pair->first.id.text && wish.dropped_id == pair->second.id.text) ||
                         (wish.kept_id == pair->second.id.text && wish.dropped_id == pair->first.id.text);
    auto const done =
        is_pair ? merge(context, wish) : Result<std::string>{refuse(Refusal::invalid, "registry.merge.gone")};
    if (done) return http::see_other("/merges?done=done.merged");
    context.refresh();
    auto const now = open_pair(context.reader(), request.parameter("id"));
    if (!now) return refusal(context, request, done.error());
    return compare(
        {.context = context, .pair = *now, .kept = wish.kept_id, .request = &request, .error = &done.error()});
}

http::Reply different_post(Context& context, http::Request& request) {
    auto const done = decide_different(context, request.parameter("id"));
    if (!done) return refusal(context, request, done.error());
    return http::see_other("/duplicates?done=done.saved");
}

http::Reply merges_page(Context& context, http::Request& request) {
    if (!context.may(merge_permission)) return forbidden(context, request);
    auto const merges = entity::where<Merge>(context.reader(), "order by id desc limit 100");
    Page const page{.title = std::string{context.t("registry.merge.plural")},
                    .crumbs = {{std::string{context.t("registry.duplicate.plural")}, "/duplicates"}}};
    return render(context, page, [&](Out& out) {
        if (merges.empty()) empty_state(out, context.t("registry.merge.none"), context.t("registry.merge.none_text"));
        out << ul(cls("card-list"), [&] {
            for (Merge const& one : merges) {
                out.raw("<li class=\"card\">");
                bool const is_person = one.entity == Person::meta.name;
                out << p(span(cls("badge muted"), context.t(one.entity)), " ",
                         strong(one.dropped_name.empty() ? std::string{context.t("registry.person.erased")}
                                                         : one.dropped_name),
                         " → ",
                         a(href(Url::path(is_person ? "/people" : "/organisations", one.kept_id)),
                           context.t("registry.merge.kept")),
                         " ", span(cls("muted"), i18n::format_time(context.language, one.merged_at)));
                if (!one.reason.empty()) out << p(one.reason);
                if (one.undone_at)
                    badge(out, context.t("registry.merge.undone"), "muted");
                else if (!one.dropped_name.empty()) {
                    begin_form(out, context, "/merges/" + one.id.text + "/undo");
                    out << button(cls("button"), type("submit"), context.t("registry.merge.undo"),
                                  span(cls("visually-hidden"), " ", one.dropped_name));
                    out.raw("</form>");
                }
                out.raw("</li>");
            }
        });
    });
}

http::Reply undo_merge_post(Context& context, http::Request& request) {
    auto const done = undo_merge(context, request.parameter("id"));
    if (!done) return refusal(context, request, done.error());
    return http::see_other("/merges?done=done.undone");
}

std::vector<http::Route> duplicate_routes() {
    using enum http::Method;
    constexpr auto form = http::Body::form;
    return {{get, "/duplicates", merge_permission, duplicates_page},
            {post, "/duplicates", merge_permission, tell_duplicate_post, form},
            {get, "/duplicates/{id}", merge_permission, duplicate_page},
            {post, "/duplicates/{id}/merge", merge_permission, merge_post, form},
            {post, "/duplicates/{id}/different", merge_permission, different_post, form},
            {get, "/merges", merge_permission, merges_page},
            {post, "/merges/{id}/undo", merge_permission, undo_merge_post, form}};
}

} // namespace sangu::registry
