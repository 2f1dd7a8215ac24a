#pragma once

// A small application for page tests: settings, a menu, a database and a Context in any language.

#include "kernel/config/settings.h"
#include "kernel/context.h"
#include "kernel/html/page.h"
#include "kernel/module.h"
#include "support/database.h"

#include <memory>

namespace sangu::html {

class Gallery {
public:
    Gallery() {
        settings_.demo = true;
        settings_.zone_name_zh = "长株潭国家自主创新示范区";
    }
    Context context(i18n::Language language, auth::Actor actor = auth::anonymous()) {
        Context result{services_, std::move(actor), language};
        result.path = "/tasks?done=done.saved";
        result.csrf_token = "token";
        result.request_id = "01jexample";
        return result;
    }

private:
    static Module with_menu() {
        Module module;
        module.name = "gallery";
        module.menu = {{"page.product", "page.home", "/", "public", 1},
                       {"page.steps", "page.interfaces", "/tasks", "public", 2},
                       {"page.steps", "page.accessibility", "/tasks/late", "public", 3},
                       {"page.account", "page.account", "/secret", "nobody.may", 4}};
        return module;
    }

    config::Settings settings_;
    std::array<Module, 1> modules_{with_menu()};
    SetClock clock_{Instant{1'743'408'000'000}};
    auth::PermissionTable permissions_;
    std::unique_ptr<db::Database> database_ = test::sqlite_database();
    Services services_{*database_, clock_, permissions_, settings_, modules_};
};

inline auth::Actor officer() {
    return {.kind = auth::ActorKind::person, .account_id = "1", .name = "周敏", .roles = {}, .token_permissions = {}};
}

inline std::string text_of(http::Reply const& reply) { return std::get<std::string>(reply.body); }

} // namespace sangu::html
