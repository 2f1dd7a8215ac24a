#include "kernel/module.h"

#include "modules/notices/by_mail.h"
#include "modules/notices/deliver.h"
#include "modules/notices/pages.h"
#include "modules/notices/store.h"

namespace sangu {

namespace embedded {
std::span<EmbeddedFile const> notices_files();
}

Module notices_module() {
    using namespace notices;
    using enum http::Method;
    constexpr auto form = http::Body::form;
    return {
        .name = "notices",
        .routes = {{get, "/inbox", "signed_in", inbox_page},
                   {post, "/inbox/read", "signed_in", read_all_post, form},
                   {post, "/inbox/{event}/open", "signed_in", open_post, form},
                   {post, "/inbox/{event}/read", "signed_in", read_post, form},
                   {get, "/inbox/preferences", "signed_in", preferences_page},
                   {post, "/inbox/preferences", "signed_in", preferences_post, form},
                   {get, "/inbox/unsubscribe/{word}", "public", unsubscribe_page},
                   {post, "/inbox/unsubscribe/{word}", "public", unsubscribe_post, form},
                   {post, "/api/v1/notices/unsubscribe/{word}", "public", one_click_unsubscribe, form}},
        .menu = {{.group = "",
                  .label = "notices.title",
                  .path = "/inbox",
                  .permission = "signed_in",
                  .count = count_unread,
                  .renewed_by = added_event}},
        .listeners = {{.name = "notices.inbox", .kind_prefix = "", .on_event = deliver}},
        .jobs = {{.kind = "notices.forget", .run = forget_old}, {.kind = "notices.digest", .run = send_digests}},
        .schedules = {{.kind = "notices.forget", .every_s = 86'400}, {.kind = "notices.digest", .every_s = 3600}},
        .files = embedded::notices_files(),
    };
}

} // namespace sangu
