#pragma once

// From a Request to a Reply: route, caller, language, protection against forged forms, permission, repeated keys,
// the handler, and what every reply carries. One per process; thread-safe.

#include "kernel/auth/session.h"
#include "kernel/context.h"
#include "kernel/http/assets.h"
#include "kernel/http/idempotency.h"
#include "kernel/http/page_cache.h"
#include "kernel/http/rate_limit.h"
#include "kernel/http/router.h"
#include "kernel/http/security_headers.h"
#include "kernel/http/server.h"
#include "kernel/metrics/metrics.h"

#include <optional>
#include <string>
#include <vector>

namespace sangu::http {

class Pipeline {
public:
    // Adds the kernel's own routes (/readyz, /metrics, /events, /kept/{token}). Throws std::logic_error when two
    // routes mean the same or one has no permission.
    Pipeline(Services& services, std::vector<Route> routes);

    // Health, assets and cached public pages: on the event loop, without blocking.
    std::optional<PreparedReply> inline_answer(RequestView const& request) const;
    // Everything else, and in tests also what inline_answer knows. Never throws.
    Reply handle(Request& request);
    // The page or problem for a request whose body the server did not take. Never throws.
    Reply refuse_body(Request& request, Error const& error);
    BodyLimit body_limit(Method method, std::string_view path) const;
    std::vector<Route> const& routes() const { return router_.routes(); }

private:
    struct Call {
        Request& request;
        Route const* route;
        auth::Identity identity; // its actor is the context's
        Context context;
        std::uint64_t data_version;
        std::string new_visit; // to be set as a cookie
    };

    std::vector<Route> with_own(std::vector<Route> routes);
    Reply metrics_page() const;
    Reply answer(Request& request);
    Call begin(Request& request, Router::Match match);
    std::optional<Reply> refuse(Call& call);
    std::optional<Reply> limit_rate(Call& call);
    std::optional<Reply> check_form(Call& call);
    std::optional<Reply> check_permission(Call& call);
    std::optional<Reply> keep_typed_text(Call& call, std::string const& then);
    void give_visit(Call& call) const;
    Reply run(Call& call);
    Reply run_once(Call& call);
    Reply call_handler(Call& call);
    Reply fault(Call& call, int status, Error const& error) const;
    void finish(Call& call, Reply& reply);
    i18n::Language language_of(Request const& request, std::string_view of_account) const;

    Services& services_;
    bool const is_secure_;
    SecurityHeaders security_;
    Assets assets_;
    PageCache cache_;
    RateLimit anonymous_limit_, sign_in_limit_, kept_form_limit_;
    metrics::Requests replies_;
    std::string healthy_head_;
    Router router_;
};

} // namespace sangu::http
