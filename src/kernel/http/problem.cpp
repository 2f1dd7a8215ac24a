#include "kernel/http/problem.h"

#include "kernel/json/json.h"

namespace sangu::http {

Reply problem_reply(Error const& error, i18n::Language language, std::string_view instance) {
    return problem_reply(error, language, instance, status_of(error.refusal));
}

Reply problem_reply(Error const& error, i18n::Language language, std::string_view instance, int status) {
    Error const whole{error.refusal, error.key, error.arguments, {}};
    std::string text;
    json::Writer out{text};
    out.begin_object();
    out.member("type", "urn:sangu:problem:" + error.key);
    out.member("title", reason_of(status));
    out.member("status", status);
    out.member("detail", i18n::format(language, whole));
    out.member("instance", instance);
    if (!error.problems.empty()) {
        out.key("errors").begin_array();
        for (Problem const& problem : error.problems) {
            out.begin_object();
            out.member("field", problem.field);
            out.member("key", problem.key);
            out.member("message", i18n::format(language, problem));
            if (problem.line > 0) out.member("line", problem.line);
            if (problem.column > 0) out.member("column", problem.column);
            out.end_object();
        }
        out.end_array();
    }
    out.end_object();
    Reply reply;
    reply.status = status;
    reply.header("Content-Type", "application/problem+json; charset=utf-8");
    reply.header("Content-Language", std::string{i18n::tag_of(language)});
    reply.body = std::move(text);
    return reply;
}

} // namespace sangu::http
