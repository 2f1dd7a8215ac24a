#include "base/text.h"
#include "modules/rights/pages.h"
#include "modules/rights/project_pages.h"
#include "modules/rights/project_service.h"

#include <algorithm>

namespace sangu::rights {

using namespace html;

namespace {

struct View {
    Context& context;
    Project project;
    std::vector<RightCard> members;
    std::vector<Right> watched; // members with their dates
    bool runs = false;

    std::string_view t(std::string_view key) const { return context.t(key); }
    std::string path() const { return "/right-projects/" + project.id.text; }
};

void facts_part(Out& out, View const& view) {
    Project const& one = view.project;
    out << p(cls("button-row"), [&] {
        badge(out, view.t("rights.project.kind." + std::string{name_of(one.kind)}), "info");
        out << " ";
        badge(out, view.t("rights.project.state." + std::string{name_of(one.state)}),
              one.state == ProjectState::running ? "good" : "muted");
    });
    out << dl(cls("facts"), [&] {
        out << dt(view.t("rights.project.manager")) << dd([&] {
            if (one.manager_id)
                out << a(href(Url::path("/organisations", one.manager_id->text)), one.manager);
            else
                out << span(one.manager);
        });
        out << dt(view.t("rights.project.since")) << dd(date_text(view.context, one.since), [&] {
            if (one.until) out << " – " << date_text(view.context, *one.until);
        });
        if (one.terms) out << dt(view.t("rights.project.terms")) << dd(cls("prewrap"), *one.terms);
    });
    if (one.summary) out << p(cls("prewrap"), *one.summary);
    if (one.until && one.state == ProjectState::running && *one.until < view.context.today())
        out << div(cls("note warn"), p(view.t("rights.project.over")));
}

void remove_form(Out& out, View const& view, RightCard const& card) {
    open_form(out, view.context, view.path() + "/members/" + card.id.text + "/remove", "inline");
    out << button(cls("button small quiet"), type("submit"), view.t("rights.project.remove"));
    out.raw("</form>");
}

void members_part(Out& out, View const& view) {
    out << section(h2(view.t("rights.project.members")), [&] {
        if (view.members.empty()) {
            out << p(view.t("rights.project.no_members"));
            return;
        }
        auto const heading = [&](std::string_view key) { return th(scope("col"), view.t(key)); };
        out << div(cls("table-wrap"), role("region"), tabindex(0), aria_label(view.t("rights.project.members")),
                   table(cls("table"),
                         thead(tr(heading("rights.right.title"), heading("rights.right.holders"),
                                  heading("rights.right.encumbrance"), heading("rights.right.next_fee_due"),
                                  heading("rights.right.expires_on"), when(view.runs, [&] { return td(); }))),
                         tbody([&] {
                             for (RightCard const& card : view.members) {
                                 auto const right = std::ranges::find(view.watched, card.id, &Right::id);
                                 out << tr(th(scope("row"), a(href(Url::local(card.path())), card.title),
                                              div(cls("hint mono"), card.number)),
                                           td(shorten(card.holders, 60)),
                                           td([&] { state_badge(out, view.context, card.encumbrance); }),
                                           td(cls("nowrap"),
                                              [&] {
                                                  if (right == view.watched.end() || !right->next_fee_due) return;
                                                  out << date_text(view.context, *right->next_fee_due);
                                                  if (*right->next_fee_due - view.context.today() <= due_soon_days) {
                                                      out << " ";
                                                      badge(out, view.t("rights.fee.due_soon"), "warn");
                                                  }
                                              }),
                                           td(cls("nowrap"),
                                              [&] {
                                                  if (!card.expires_on) return;
                                                  out << date_text(view.context, *card.expires_on);
                                                  if (view.project.until && *card.expires_on <= *view.project.until) {
                                                      out << " ";
                                                      badge(out, view.t("rights.project.ends_within"), "warn");
                                                  }
                                              }),
                                           when(view.runs, [&] { return td([&] { remove_form(out, view, card); }); }));
                             }
                         })));
    });
}

void add_form(Out& out, View const& view, Problems const& problems, std::string const& typed) {
    out << details(open(!problems.empty()), summary(view.t("rights.project.add")), [&] {
        open_form(out, view.context, view.path() + "/members");
        text_field(out, view.context,
                   {.field = "numbers",
                    .label = std::string{view.t("rights.project.numbers")},
                    .hint = view.t("rights.project.numbers_hint"),
                    .value = typed,
                    .required = true,
                    .type = "area"},
                   problems);
        out << button(cls("button"), type("submit"), view.t("rights.project.add"));
        out.raw("</form>");
    });
}

std::vector<Right> watched_rights(Context& context, std::vector<RightCard> const& members) {
    std::vector<Right> found;
    if (members.empty()) return found;
    std::string marks;
    std::vector<Value> values;
    for (RightCard const& card : members) {
        marks += marks.empty() ? "?" : ", ?";
        values.emplace_back(card.id.text);
    }
    Right one;
    entity::each(context.reader(), Right::meta, &one, "where id in (" + marks + ")", db::Parameters{values},
                 [&] { found.push_back(one); });
    return found;
}

http::Reply page_of(Context& context, http::Request const& request, Problems const& problems,
                    std::string const& typed) {
    auto const project = project_with(context.reader(), request.parameter("id"));
    if (!project) return refusal(context, request, Error{Refusal::not_found, "error.not_found", {}, {}});
    View view{context, *project, members_of(context, project->id.text), {}, may_run(context, *project)};
    view.watched = watched_rights(context, view.members);
    html::Page const page{.title = project->title,
                          .crumbs = {{std::string{context.t("rights.project.plural")}, "/right-projects"}},
                          .actions = view.runs ? markup(a(cls("button"), href(Url::local(view.path() + "/edit")),
                                                          context.t("resource.edit")))
                                               : std::string{},
                          .status = problems.empty() ? 200 : 422};
    return render(context, page, [&](Out& out) {
        if (!problems.empty())
            error_summary(out, context, Error{Refusal::invalid, "error.invalid", {}, problems}, Project::meta.name);
        facts_part(out, view);
        members_part(out, view);
        if (view.runs) {
            add_form(out, view, problems, typed);
            resource::history_part(out, context, Project::meta, project->id.text);
        }
    });
}

std::vector<std::string> numbers_in(std::string_view text) {
    std::vector<std::string> numbers;
    for (std::string_view const line : split_text(text, '\n'))
        if (auto const one = trim(line); !one.empty() && numbers.size() < 500) numbers.emplace_back(one);
    return numbers;
}

} // namespace

http::Reply project_page(Context& context, http::Request& request) { return page_of(context, request, {}, {}); }

http::Reply add_members_post(Context& context, http::Request& request) {
    std::string const typed{request.form_value("numbers").value_or("")}, id{request.parameter("id")};
    auto const done = add_members(context, id, numbers_in(typed));
    if (done) return http::see_other("/right-projects/" + id + "?done=done.saved");
    if (done.error().refusal != Refusal::invalid) return refusal(context, request, done.error());
    return page_of(context, request, done.error().problems, typed);
}

http::Reply remove_member_post(Context& context, http::Request& request) {
    std::string const id{request.parameter("id")};
    auto const done = remove_member(context, id, request.parameter("right"));
    if (!done) return refusal(context, request, done.error());
    return http::see_other("/right-projects/" + id + "?done=done.saved");
}

} // namespace sangu::rights
