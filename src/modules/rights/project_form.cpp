#include "base/text.h"
#include "modules/rights/pages.h"
#include "modules/rights/project_pages.h"
#include "modules/rights/project_service.h"

namespace sangu::rights {

using namespace html;

resource::Resource const& project_list() {
    static resource::Resource const list{.meta = &Project::meta,
                                         .path = "right-projects",
                                         .read = read_permission,
                                         .default_sort = "-id",
                                         .page = "/right-projects",
                                         .own_list = true};
    return list;
}

namespace {

struct Form {
    Context& context;
    std::string action;
    Project stored;
    http::Pairs typed = {};
    std::optional<Error> error = {};

    std::string text(std::string_view field) const {
        for (auto const& [name, value] : typed)
            if (name == field) return value;
        entity::FieldMeta const* meta = Project::meta.find(field);
        return entity::to_plain_text(*meta, meta->load(&stored));
    }
};

http::Reply form_page(Form const& form_of, std::string_view title) {
    Context& context = form_of.context;
    Problems const problems = form_of.error ? form_of.error->problems : Problems{};
    html::Page const page{.title = std::string{context.t(title)},
                          .crumbs = {{std::string{context.t("rights.project.plural")}, "/right-projects"}},
                          .status = form_of.error ? http::status_of(form_of.error->refusal) : 200};
    return render(context, page, [&](Out& out) {
        if (form_of.error) error_summary(out, context, *form_of.error, Project::meta.name);
        begin_form(out, context, form_of.action);
        for (std::string_view const field : {"kind", "title", "summary", "manager", "state", "since", "until", "terms"})
            form_field(
                out, context, Project::meta, *Project::meta.find(field), form_of.text(field), problems,
                {.label_key = {},
                 .hint_key = field == "until" ? std::string_view{"rights.project.until_hint"} : std::string_view{},
                 .options = {}});
        out << input(type("hidden"), name("version"), value(form_of.stored.version));
        end_form(out, context.t("resource.save"), form_of.action, context.t("resource.cancel"));
    });
}

http::Reply refused(Context& context, http::Request const& request, Form form_of, Error const& error,
                    std::string_view title) {
    if (error.refusal == Refusal::forbidden || error.refusal == Refusal::not_found)
        return refusal(context, request, error);
    form_of.typed = request.form;
    std::erase_if(form_of.typed, [](auto const& one) { return one.first == "version"; });
    form_of.error = error;
    return form_page(form_of, title);
}

} // namespace

http::Reply projects_page(Context& context, http::Request& request) {
    return resource::list_page(context, project_list(), request);
}

http::Reply projects_download(Context& context, http::Request& request) {
    return resource::download_reply(context, project_list(), request);
}

http::Reply new_project_page(Context& context, http::Request&) {
    Form form_of{.context = context, .action = "/right-projects", .stored = {}};
    form_of.stored.since = context.today();
    if (auto const own = own_organisations(context); !own.empty()) form_of.stored.manager = own.front().name;
    return form_page(form_of, "rights.project.new");
}

http::Reply new_project_post(Context& context, http::Request& request) {
    Project project;
    Problems problems = entity::from_form(project, request.form);
    auto const done =
        problems.empty() ? create_project(context, project) : Result<std::string>{refuse(std::move(problems))};
    if (done) return http::see_other("/right-projects/" + *done + "?done=done.created");
    return refused(context, request, {.context = context, .action = "/right-projects", .stored = project}, done.error(),
                   "rights.project.new");
}

http::Reply edit_project_page(Context& context, http::Request& request) {
    auto const project = project_with(context.reader(), request.parameter("id"));
    if (!project) return refusal(context, request, Error{Refusal::not_found, "error.not_found", {}, {}});
    if (!may_run(context, *project))
        return refusal(context, request, Error{Refusal::forbidden, "error.forbidden", {}, {}});
    return form_page({.context = context, .action = "/right-projects/" + project->id.text, .stored = *project},
                     "resource.edit");
}

http::Reply edit_project_post(Context& context, http::Request& request) {
    auto const before = project_with(context.reader(), request.parameter("id"));
    if (!before) return refusal(context, request, Error{Refusal::not_found, "error.not_found", {}, {}});
    Project project = *before;
    Problems problems = entity::from_form(project, request.form);
    std::int64_t const version = parse_integer(request.form_value("version").value_or("")).value_or(-1);
    auto const done = problems.empty() ? edit_project(context, before->id.text, version, project)
                                       : Result<void>{refuse(std::move(problems))};
    std::string const path = "/right-projects/" + before->id.text;
    if (done) return http::see_other(path + "?done=done.saved");
    Form form_of{.context = context, .action = path, .stored = project};
    form_of.stored.version = done.error().refusal == Refusal::stale ? before->version : version;
    return refused(context, request, std::move(form_of), done.error(), "resource.edit");
}

} // namespace sangu::rights
