#include "kernel/http/pipeline.h"

#include "base/blocking.h"
#include "base/id.h"
#include "base/log.h"
#include "base/text.h"
#include "kernel/config/settings.h"
#include "kernel/html/page.h"
#include "kernel/http/form_guard.h"
#include "kernel/http/problem.h"

#include <algorithm>
#include <chrono>
#include <thread>

namespace sangu::http {

namespace {

constexpr std::string_view language_cookie = "sangu_language";

bool is_safe(Method method) { return method == Method::get || method == Method::head || method == Method::options; }

// What programs call, not pages of a browser: the API and OAI-PMH.
bool is_api(Request const& request) { return request.path.starts_with("/api/") || request.path == "/oai"; }

// The target without its "lang" parameter, for the redirect after the language was chosen.
std::string target_without_language(Request const& request) {
    std::string target = request.target.substr(0, request.target.find('?'));
    char separator = '?';
    for (auto const& [name, value] : request.query) {
        if (name == "lang") continue;
        target += separator + percent_encode(name) + "=" + percent_encode(value);
        separator = '&';
    }
    return target;
}

std::string sign_in_address(std::string_view next) { return "/sign-in?next=" + percent_encode(next); }

Reply reply_of(PreparedReply const& prepared) {
    Reply reply;
    reply.status = prepared.status;
    for (std::string_view const line : split_text(prepared.head, '\n')) {
        auto const colon = line.find(": ");
        if (colon == std::string_view::npos || line.starts_with("Content-Length")) continue;
        reply.header(std::string{line.substr(0, colon)}, std::string{trim(line.substr(colon + 2))});
    }
    reply.body = std::string{prepared.body};
    return reply;
}

std::string prepared_head(std::string_view type, std::size_t size, SecurityHeaders const&) {
    std::string head = "HTTP/1.1 200 OK\r\n";
    append_header(head, "Content-Type", type);
    append_header(head, "Cache-Control", "no-store");
    append_header(head, "X-Content-Type-Options", "nosniff");
    append_header(head, "Content-Length", std::to_string(size));
    return head;
}

} // namespace

Pipeline::Pipeline(Services& services, std::vector<Route> routes)
    : services_{services},
      is_secure_{services.settings.public_url.starts_with("https://") || !services.settings.tls_certificate.empty()},
      security_{is_secure_}, assets_{security_}, cache_{services.data_version, services.clock},
      anonymous_limit_{services.settings.anonymous_requests_per_minute},
      sign_in_limit_{services.settings.anonymous_requests_per_minute / 60},
      kept_form_limit_{services.settings.anonymous_requests_per_minute / 60},
      healthy_head_{prepared_head("text/plain; charset=utf-8", 3, security_)}, router_{with_own(std::move(routes))} {}

BodyLimit Pipeline::body_limit(Method method, std::string_view path) const {
    auto const match = router_.find(method, path);
    return {match.route != nullptr && match.route->body == Body::upload};
}

std::optional<PreparedReply> Pipeline::inline_answer(RequestView const& request) const {
    if (request.target == "/healthz") return PreparedReply{200, healthy_head_, "ok\n", nullptr};
    if (auto asset = assets_.find(request)) return asset;
    auto const cookies = request.header("cookie");
    if (cookies.find("sangu_session=") != std::string_view::npos || !request.header("authorization").empty())
        return std::nullopt;
    return cache_.find(request, chosen_language(cookies, request.header("accept-language"), ""));
}

Reply Pipeline::handle(Request& request) {
    auto const started = std::chrono::steady_clock::now();
    if (request.id.empty()) request.id = new_id();
    request.secure = request.secure || is_secure_; // a proxy that ends TLS need not say so
    Reply reply;
    try {
        reply = answer(request);
    } catch (std::exception const& failure) {
        log::error("http.fault", {{"request", request.id}, {"path", request.path}, {"why", failure.what()}});
        reply = text_reply(500, "500 " + request.id + "\n");
    }
    reply.header("X-Request-Id", request.id);
    security_.add_to(reply);
    auto const took = std::chrono::steady_clock::now() - started;
    replies_.count(reply.status, std::chrono::duration_cast<std::chrono::microseconds>(took).count());
    return reply;
}

Reply Pipeline::refuse_body(Request& request, Error const& error) {
    Reply reply;
    try {
        auto call = begin(request, router_.find(request.method, request.path));
        reply = html::refusal(call.context, request, error);
        if (error.key == "error.storage_full") reply.status = 507;
    } catch (std::exception const&) {
        reply = text_reply(status_of(error.refusal), std::string{reason_of(status_of(error.refusal))} + "\n");
    }
    reply.header("Cache-Control", "no-store").header("X-Request-Id", request.id);
    security_.add_to(reply);
    replies_.count(reply.status, 0);
    return reply;
}

Reply Pipeline::answer(Request& request) {
    auto match = router_.find(request.method, request.path);
    if (match.route == nullptr && is_safe(request.method))
        if (auto const prepared = inline_answer(view_of(request))) return reply_of(*prepared);
    auto allowed = match.allowed;
    auto call = begin(request, std::move(match));
    if (auto limited = limit_rate(call)) return std::move(*limited);
    if (call.route == nullptr) {
        auto reply = html::refusal(call.context, request, Error{Refusal::not_found, "error.not_found", {}, {}});
        if (!allowed.empty()) {
            std::string names;
            for (Method const method : allowed) names += (names.empty() ? "" : ", ") + std::string{name_of(method)};
            reply.status = 405;
            reply.header("Allow", names);
        }
        finish(call, reply);
        return reply;
    }
    if (auto const language = request.query_value("lang");
        language && request.method == Method::get && !is_api(request)) {
        auto reply = see_other(target_without_language(request));
        auto const tag = i18n::tag_of(i18n::language_of(*language, call.context.language));
        reply.header("Cache-Control", "no-store");
        reply.header("Set-Cookie", std::string{language_cookie} + "=" + std::string{tag} +
                                       "; Path=/; Max-Age=31536000; SameSite=Lax" + (is_secure_ ? "; Secure" : ""));
        return reply;
    }
    auto refused = refuse(call);
    auto reply = refused ? std::move(*refused) : run(call);
    finish(call, reply);
    return reply;
}

i18n::Language Pipeline::language_of(Request const& request, std::string_view of_account) const {
    return chosen_language(request.header("cookie"), request.header("accept-language"), of_account);
}

Pipeline::Call Pipeline::begin(Request& request, Router::Match match) {
    auto const data_version = services_.data_version.load(std::memory_order_acquire);
    request.parameters = std::move(match.parameters);
    Call call{request, match.route, {}, Context{services_, auth::anonymous(), {}}, data_version, {}};
    auto& context = call.context;
    call.identity = auth::identify(context, request);
    context.actor = std::move(call.identity.actor);
    if (!is_safe(request.method)) context.refresh(); // no snapshot is kept while a change waits for the disk
    context.language = language_of(request, call.identity.language);
    context.remote = request.remote;
    context.request_id = request.id;
    // A page that others get from the cache must not carry the token of whoever asked first.
    bool const is_shared = match.route != nullptr && match.route->cache == Cache::page && !context.actor.signed_in();
    context.csrf_token = is_shared ? std::string{} : call.identity.csrf_token;
    context.path = request.target;
    return call;
}

std::optional<Reply> Pipeline::limit_rate(Call& call) {
    auto const& request = call.request;
    bool const is_sign_in =
        request.method == Method::post && (request.path == "/sign-in" || request.path == "/sign-in/code");
    // Guesses at other accounts count for people who are signed in too.
    if ((call.context.actor.signed_in() && !is_sign_in) || request.remote.empty()) return std::nullopt;
    auto const now = services_.clock.now();
    int const wait = (is_sign_in ? sign_in_limit_ : anonymous_limit_).seconds_to_wait(request.remote, now);
    if (wait == 0) return std::nullopt;
    auto reply =
        problem_reply(Error{Refusal::too_many, "error.too_many_requests", {}, {}}, call.context.language, request.path);
    if (!request.wants_json()) reply = text_reply(429, std::string{call.context.t("error.too_many_requests")} + "\n");
    return std::move(reply.header("Retry-After", std::to_string(wait)).header("Cache-Control", "no-store"));
}

std::optional<Reply> Pipeline::refuse(Call& call) {
    auto& request = call.request;
    if (!decode_form(request))
        return html::refusal(call.context, request, Error{Refusal::invalid, "error.form", {}, {}});
    give_visit(call);
    if (call.identity.second_factor_due && !auth::is_allowed_before_second_factor(request.path)) {
        if (request.wants_json())
            return html::refusal(call.context, request,
                                 Error{Refusal::unauthenticated, "error.second_factor_due", {}, {}});
        return see_other(std::string{auth::second_factor_path} + "?next=" + percent_encode(request.target));
    }
    if (auto refused = check_permission(call)) return refused;
    if (!is_safe(request.method)) return check_form(call);
    return std::nullopt;
}

// A browser that may send forms later gets a visit cookie, which its forms are bound to while nobody is signed in.
// Shared pages carry no token: they must be the same for everybody.
void Pipeline::give_visit(Call& call) const {
    auto const& request = call.request;
    if (call.context.actor.signed_in() || !request.cookie("sangu_visit").empty() || is_api(request)) return;
    if (call.route->cache == Cache::page || request.path == "/events" || request.path == "/metrics") return;
    call.new_visit = new_visit();
    if (call.context.csrf_token.empty()) call.context.csrf_token = auth::csrf_token_for(call.new_visit);
}

std::optional<Reply> Pipeline::check_permission(Call& call) {
    auto const& actor = call.context.actor;
    if (services_.permissions.allows_somewhere(actor, call.route->permission)) return std::nullopt;
    if (actor.signed_in())
        return html::refusal(call.context, call.request, Error{Refusal::forbidden, "error.forbidden", {}, {}});
    if (call.request.wants_json()) {
        auto reply =
            html::refusal(call.context, call.request, Error{Refusal::unauthenticated, "error.unauthenticated", {}, {}});
        reply.header("WWW-Authenticate", "Bearer");
        return reply;
    }
    if (is_safe(call.request.method)) return see_other(sign_in_address(call.request.target));
    if (comes_from_elsewhere(call.request, services_.settings.public_url))
        return html::refusal(call.context, call.request, Error{Refusal::forbidden, "error.csrf", {}, {}});
    if (auto kept = keep_typed_text(call, "/sign-in")) return kept;
    return see_other(sign_in_address("/"));
}

std::optional<Reply> Pipeline::check_form(Call& call) {
    auto const& request = call.request;
    if (call.context.actor.kind == auth::ActorKind::token) return std::nullopt;
    bool const has_cookie = !request.cookie("sangu_session").empty() || !request.cookie("sangu_visit").empty();
    // Without a cookie there is nothing a foreign page could misuse.
    if (is_api(request) && !has_cookie) return std::nullopt;
    auto const refused = Error{Refusal::forbidden, "error.csrf", {}, {}};
    if (comes_from_elsewhere(request, services_.settings.public_url))
        return html::refusal(call.context, request, refused);
    if (has_token(request, call.identity.csrf_token)) return std::nullopt;
    if (!is_api(request))
        if (auto kept = keep_typed_text(call, "")) return kept;
    return html::refusal(call.context, request, refused);
}

std::optional<Reply> Pipeline::keep_typed_text(Call& call, std::string const& then) {
    // What strangers can make the server keep is bounded by their address and, in keep_form, altogether.
    if (auto const& remote = call.request.remote; !call.context.actor.signed_in() && !remote.empty() &&
                                                  kept_form_limit_.seconds_to_wait(remote, services_.clock.now()) > 0)
        return std::nullopt;
    std::string visit{call.request.cookie("sangu_visit")};
    if (visit.empty()) visit = call.new_visit = call.new_visit.empty() ? new_visit() : call.new_visit;
    auto const token = keep_form(services_.database, call.request, visit, services_.clock.now());
    if (!token) return std::nullopt;
    auto const address = "/kept/" + *token;
    return see_other(then.empty() ? address : then + "?next=" + percent_encode(address));
}

Reply Pipeline::run(Call& call) {
    auto const& request = call.request;
    if (is_safe(request.method)) return call_handler(call);
    auto key = request.header("idempotency-key");
    if (key.empty()) key = request.form_value("once").value_or("");
    if (key.empty() || key.size() > 200) return call_handler(call);
    auto& context = call.context;
    context.idempotency_key = key;
    // Anonymous callers share no account, so their keys are kept apart by where they come from.
    if (!call.context.actor.signed_in())
        context.idempotency_key += "@" + (call.identity.csrf_token.empty() ? request.remote : call.identity.csrf_token);
    context.idempotency_hash = request_hash_of(request);
    return run_once(call);
}

Reply Pipeline::run_once(Call& call) {
    auto const& context = call.context;
    IdempotencyKey const key{context.actor.account_id, context.idempotency_key, context.idempotency_hash};
    auto earlier = find_earlier(services_.database, key);
    Reply reply;
    if (!earlier) {
        reply = call_handler(call);
        if (reply.status != 409) {
            store_reply(services_.database, key, reply);
            return reply;
        }
        // Refused by the act itself, or because the same request is being answered beside this one.
        earlier = find_earlier(services_.database, key);
        if (!earlier) return reply;
    }
    if (!earlier->is_same_request)
        return html::refusal(context, call.request, Error{Refusal::invalid, "error.idempotency_mismatch", {}, {}});
    for (int tries = 0; !earlier->reply && tries < 20; ++tries) {
        {
            Blocking const blocking;
            std::this_thread::sleep_for(std::chrono::milliseconds{50});
        }
        earlier = find_earlier(services_.database, key);
        if (!earlier) break;
    }
    if (!earlier || !earlier->reply)
        return html::refusal(context, call.request, Error{Refusal::conflict, "error.already_done", {}, {}});
    reply = std::move(*earlier->reply);
    reply.header("Idempotency-Replayed", "true");
    return reply;
}

Reply Pipeline::call_handler(Call& call) {
    auto const why = [&](std::exception const& failure) {
        log::error("http.fault", {{"request", call.request.id}, {"path", call.request.path}, {"why", failure.what()}});
    };
    try {
        return call.route->handler(call.context, call.request);
    } catch (db::StorageFull const& failure) {
        why(failure);
        return fault(call, 507, Error{Refusal::unavailable, "error.storage_full", {}, {}});
    } catch (db::Overloaded const& failure) {
        why(failure);
        return fault(call, 503, Error{Refusal::unavailable, "error.unavailable", {}, {}}).header("Retry-After", "5");
    } catch (db::ConstraintViolation const& violation) {
        return html::refusal(call.context, call.request, db::to_error(violation));
    } catch (std::exception const& failure) {
        why(failure);
        return fault(call, 500, Error{Refusal::unavailable, "error.internal", {}, {}});
    }
}

Reply Pipeline::fault(Call& call, int status, Error const& error) const {
    if (call.request.wants_json()) return problem_reply(error, call.context.language, call.request.path, status);
    call.context.refresh();
    auto reply = html::error_page(call.context, error);
    reply.status = status;
    return reply;
}

void Pipeline::finish(Call& call, Reply& reply) {
    auto const& request = call.request;
    auto const* const cache_control = "Cache-Control";
    if (!call.new_visit.empty() && reply.status < 500)
        reply.header("Set-Cookie", "sangu_visit=" + call.new_visit + "; Path=/; HttpOnly; SameSite=Lax" +
                                       (is_secure_ ? "; Secure" : ""));
    auto const cache = call.route == nullptr ? Cache::never : call.route->cache;
    auto const has = [&](std::string_view name) {
        return std::ranges::any_of(reply.headers, [&](auto const& pair) { return pair.first == name; });
    };
    if (has(cache_control)) return;
    auto* const body = std::get_if<std::string>(&reply.body);
    bool const may_compare = cache != Cache::never && reply.status == 200 && body != nullptr && is_safe(request.method);
    if (!may_compare) {
        reply.header(cache_control, "no-store");
        return;
    }
    bool const is_shared =
        cache == Cache::page && !call.context.actor.signed_in() && request.cookie("sangu_session").empty();
    reply.header(cache_control, is_shared ? "no-cache" : "private, no-cache");
    reply.header("Vary", "Accept-Language, Cookie, Accept-Encoding");
    if (is_shared) {
        security_.add_to(reply);
        cache_.store(request.target, call.context.language, reply, call.data_version);
    }
    if (has("ETag")) return;
    auto etag = etag_of(*body);
    if (matches_etag(request.header("if-none-match"), etag)) {
        reply.status = 304;
        body->clear();
    }
    reply.header("ETag", std::move(etag));
}

} // namespace sangu::http
