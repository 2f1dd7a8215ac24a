#include "modules/identity/mail.h"

#include "base/mail_address.h"
#include "base/text.h"
#include "kernel/auth/account.h"
#include "kernel/http/message.h"
#include "kernel/json/json.h"
#include "kernel/mail/address.h"
#include "kernel/mail/mail.h"

namespace sangu::identity {

namespace {

constexpr std::string_view password_job = "identity.password_mail";
constexpr std::string_view account_kind = "kernel.account";

std::string link_to(Context const& context, std::string_view path, std::string_view token) {
    return context.services.settings.public_url + std::string{path} + "?token=" + std::string{token};
}

// A mail whose words are "<key>.subject" and "<key>.text" with the person's name and the link.
mail::Message letter(i18n::Language language, std::string key, std::string const& name, std::string const& link) {
    std::string const arguments[]{name, link};
    return {.subject = i18n::message(language, key + ".subject", arguments),
            .text = i18n::message(language, key + ".text", arguments)};
}

Result<void> send_password_link(Context& context, std::string_view, std::string_view payload) {
    auto const document = json::Document::parse(payload);
    std::string const login = document ? std::string{document->root().text_of("login")} : std::string{};
    auto const account = auth::find_account_by_login(context.reader(), login);
    auto const recipient = account ? mail::recipient_of(context.reader(), account->id.text) : std::nullopt;
    if (!recipient) return {};
    return context.change<void>([&](Change& change) -> Result<void> {
        db::Transaction& transaction = change.transaction();
        auto const token =
            mail::make_token(transaction, recipient->account_id, mail::Purpose::password, recipient->address, context.now());
        if (!token) return {};
        auto message = letter(recipient->language, "identity.mail.password", recipient->name,
                              link_to(context, "/sign-in/reset", *token));
        message.key = "password:" + new_id();
        message.to = recipient->address;
        message.to_name = recipient->name;
        if (mail::queue(context.services.settings, transaction, message, context.now()))
            change.audit({.action = "auth.password_reset_asked",
                          .object_kind = account_kind,
                          .object_id = recipient->account_id});
        return {};
    });
}

} // namespace

Result<void> ask_own_address(Context& context, std::string_view typed) {
    std::string const address{trim(typed)};
    if (!mail::is_enabled(context.services.settings)) return refuse(Refusal::conflict, "error.mail.off");
    if (!is_mail_address(address)) return refuse(Problems{{"address", "error.mail.address", {}}});
    return context.change<void>([&](Change& change) -> Result<void> {
        auto const token = mail::make_token(change.transaction(), context.actor.account_id, mail::Purpose::address,
                                            address, context.now());
        if (!token) return refuse(Refusal::too_many, "identity.mail.wait");
        auto message = letter(context.language, "identity.mail.confirm", context.actor.name,
                              link_to(context, "/account/mail/confirm", *token));
        message.key = "address:" + new_id();
        message.to = address;
        message.to_name = context.actor.name;
        mail::queue(context.services.settings, change.transaction(), message, context.now());
        change.audit({.action = "identity.mail_asked",
                      .object_kind = account_kind,
                      .object_id = context.actor.account_id});
        return {};
    });
}

Result<void> confirm_address(Context& context, std::string_view token) {
    return context.change<void>([&](Change& change) -> Result<void> {
        auto const proven = mail::use_token(change.transaction(), token, mail::Purpose::address, context.now());
        if (!proven) return refuse(Refusal::conflict, "auth.reset.expired");
        mail::set_address(change.transaction(), proven->account_id, proven->address, context.now());
        change.audit({.action = "identity.mail_confirmed", .object_kind = account_kind, .object_id = proven->account_id});
        return {};
    });
}

Result<void> remove_own_address(Context& context) {
    return context.change<void>([&](Change& change) -> Result<void> {
        mail::remove_address(change.transaction(), context.actor.account_id);
        change.audit({.action = "identity.mail_removed",
                      .object_kind = account_kind,
                      .object_id = context.actor.account_id});
        return {};
    });
}

Result<void> ask_password_by_mail(Context& context, std::string_view login) {
    std::string payload;
    json::Writer{payload}.begin_object().member("login", to_lower_ascii(shorten(trim(login), 60))).end_object();
    return context.change<void>([&](Change& change) -> Result<void> {
        jobs::schedule(change.transaction(), password_job, new_id(), context.now(), payload);
        return {};
    });
}

jobs::Handler password_mail_job() { return {.kind = password_job, .run = send_password_link}; }

} // namespace sangu::identity
