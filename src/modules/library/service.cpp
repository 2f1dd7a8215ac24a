#include "modules/library/service.h"

#include "base/text.h"
#include "kernel/files/files.h"

#include <algorithm>

namespace sangu::library {

namespace {

std::string_view typed_value(http::Pairs const& typed, std::string_view name) {
    auto const found = std::ranges::find(typed, name, &http::Pairs::value_type::first);
    return found == typed.end() ? std::string_view{} : trim(found->second);
}

// Whom the entry is offered by, and where: from what was typed and whom the actor speaks for.
Problems set_owner(Context& context, Me const& me, http::Pairs const& typed, Entry& entry) {
    std::string const organisation{typed_value(typed, "organisation_id")};
    if (!organisation.empty()) {
        if (std::ranges::find(me.spoken_for, organisation) == me.spoken_for.end())
            return {{"organisation_id", "library.error.not_your_organisation", {}}};
        entry.organisation_id = Id<registry::Organisation>{organisation};
    }
    auto const places = registry::places(context.reader());
    auto const* place = registry::find_place(places, typed_value(typed, "place"));
    auto const own = std::ranges::find(me.organisations, organisation, [](auto const& one) { return one.id.text; });
    if (!place && own != me.organisations.end()) place = registry::find_place_by_path(places, own->scope);
    if (!place || (place->path != "zone" && !place->path.starts_with("zone/")))
        return {{"place", "error.required", {}}};
    entry.place = place->code;
    entry.scope = place->path;
    return {};
}

// Everything that follows from what was filled in.
void derive(Kind const& kind, Entry& entry, Filling const& filling, Date today) {
    entry.words = i18n::fold(entry.title);
    entry.abstract_words = i18n::fold(entry.abstract);
    auto const done = completeness_of(kind, filled(kind, entry, filling, today));
    entry.completeness = done.percent;
    entry.complete = done.complete;
}

// A published entry stays complete.
Problems missing_of(Kind const& kind, Entry const& entry, Filling const& filling, Date today) {
    Problems problems;
    for (Hint const* hint : completeness_of(kind, filled(kind, entry, filling, today)).missing)
        if (hint->required) problems.push_back({std::string{hint->field}, std::string{hint->key}, {}});
    return problems;
}

Result<void> attach_all(Context const& context, Change& change, Entry& entry, std::span<http::Upload const> uploads) {
    for (http::Upload const& upload : uploads) {
        if (upload.file_name.empty()) continue;
        TRY_VOID(files::attach(change.transaction(), context.actor, context.now(), upload, entry_files, entry.id.text,
                               write_permission, entry.scope));
        ++entry.files;
    }
    return {};
}

std::string access_payload(Context const& context, Entry const& entry, std::string_view account) {
    Kind const* kind = kind_named(context.services, entry.kind);
    std::string text;
    json::Writer{text}
        .begin_object()
        .member("path", kind ? path_of(*kind, entry) : std::string{})
        .member("account", account)
        .end_object();
    return text;
}

void audit_content(Change& change, Kind const& kind, Entry const& entry, Filling const& before, Filling const& after) {
    auto changes = entity::differences(*kind.content, before.content.get(), after.content.get());
    if (changes.empty()) return;
    change.audit({.action = "library.entry.filled",
                  .object_kind = kind.content->name,
                  .object_id = entry.id.text,
                  .scope = entry.scope,
                  .changes = std::move(changes)});
}

void tell_module(Change& change, Kind const& kind, Entry const& entry, Filling const& filling, Date today) {
    if (kind.stored) kind.stored(change.transaction(), entry.id.text, filled(kind, entry, filling, today));
}

} // namespace

bool is_writable(EntryState state) {
    return state != EntryState::submitted && state != EntryState::ended && state != EntryState::discarded;
}

std::string path_of(Kind const& kind, Entry const& entry) { return "/" + std::string{kind.path} + "/" + entry.number; }

std::string payload_of(Kind const& kind, Entry const& entry) {
    std::string text;
    json::Writer writer{text};
    writer.begin_object().member("kind", kind.name).member("path", path_of(kind, entry));
    if (is_public(entry.state)) writer.member("title", entry.title);
    writer.end_object();
    return text;
}

Result<Entry> start(Context& context, Kind const& kind, http::Pairs const& typed) {
    TRY_VOID(context.require(write_permission));
    Me const me = me_of(context);
    Entry entry;
    entry.id = new_id_of<Entry>();
    entry.kind = kind.name;
    entry.account_id = Id<auth::Account>{me.account};
    Filling filling = empty_filling(kind);
    Problems problems = set_owner(context, me, typed, entry);
    if (!problems.empty()) entry.place = entry.scope = "zone"; // so that the rest can be checked as well
    entry.number = kind.prefix;
    for (Problem& one : take_typed(kind, entry, filling, typed, context.today())) problems.push_back(std::move(one));
    if (!problems.empty()) return refuse(std::move(problems));
    derive(kind, entry, filling, context.today());
    auto done = context.change<Entry>([&](Change& change) -> Result<Entry> {
        entry.number = next_number(change.transaction(), kind.prefix, year_of(context.today()));
        change.create(entry, entry.scope);
        insert_filling(change.transaction(), kind, entry.id.text, filling);
        tell_module(change, kind, entry, filling, context.today());
        store_tags(change.transaction(), entry.id.text, tags_of(kind, entry, filling));
        change.publish("library.entry.created", entry.id.text, entry.scope, review_permission, payload_of(kind, entry));
        return entry;
    });
    context.refresh();
    return done;
}

Result<Entry> save(Context& context, Kind const& kind, std::string_view number, http::Pairs const& typed,
                   std::int64_t version, std::span<http::Upload const> uploads) {
    View const view = TRY(own_view(context, number));
    Entry const& before = view.entry();
    if (before.kind != kind.name) return refuse(Refusal::not_found, "error.not_found");
    if (!is_writable(before.state)) return refuse(Refusal::conflict, "library.error.closed");
    Filling const filling_before = load_filling(context.reader(), kind, before.id.text);
    Entry after = before;
    Filling filling = filling_before;
    Problems problems = take_typed(kind, after, filling, typed, context.today());
    after.version = version;
    if (before.version != version && problems.empty()) return refuse(Refusal::stale, "error.stale");
    if (before.state == EntryState::published && problems.empty())
        problems = missing_of(kind, after, filling, context.today());
    if (!problems.empty()) return refuse(std::move(problems));
    derive(kind, after, filling, context.today());
    auto done = context.change<Entry>([&](Change& change) -> Result<Entry> {
        TRY_VOID(attach_all(context, change, after, uploads));
        TRY_VOID(change.save(before, after, "library.entry.saved", after.scope));
        store_filling(change.transaction(), kind, after.id.text, filling);
        tell_module(change, kind, after, filling, context.today());
        store_tags(change.transaction(), after.id.text, tags_of(kind, after, filling));
        audit_content(change, kind, after, filling_before, filling);
        change.publish(after.state == EntryState::published ? "library.entry.changed" : "library.entry.saved",
                       after.id.text, after.scope, review_permission, payload_of(kind, after));
        return after;
    });
    context.refresh();
    return done;
}

Result<void> remove_file(Context& context, std::string_view number, std::string_view file_id) {
    View const view = TRY(own_view(context, number));
    auto const file = files::find(context.reader(), file_id);
    if (!file || file->owner_kind != entry_files || file->owner_id != view.entry().id.text)
        return refuse(Refusal::not_found, "error.not_found");
    auto done = context.change<void>([&](Change& change) -> Result<void> {
        Entry after = view.entry();
        --after.files;
        TRY_VOID(files::remove(change.transaction(), file_id));
        return change.save(view.entry(), after, "library.entry.file_removed", after.scope, file->name);
    });
    context.refresh();
    return done;
}

Result<void> give_access(Context& context, std::string_view number, std::string_view account, std::string_view layer) {
    View const view = TRY(own_view(context, number));
    Entry const& entry = view.entry();
    bool const takes_away = layer.empty();
    if (!takes_away && layer != "body" && layer != "files")
        return refuse(Problems{{"layer", "error.not_a_choice", {}}});
    if (!auth::find_account(context.reader(), account)) return refuse(Refusal::not_found, "error.not_found");
    auto done = context.change<void>([&](Change& change) -> Result<void> {
        if (takes_away)
            change.transaction().execute("delete from library_access where entry_id = ? and account_id = ?",
                                         {entry.id.text, std::string{account}});
        else
            change.transaction().execute(
                "insert into library_access (entry_id, account_id, layer, basis, given_by, signed_name, at) values "
                "(?, ?, ?, 'consent', ?, '', ?) on conflict (entry_id, account_id) do update set layer = "
                "excluded.layer, basis = excluded.basis, given_by = excluded.given_by, at = excluded.at",
                {entry.id.text, std::string{account}, std::string{layer}, context.actor.account_id,
                 to_text(context.now())});
        std::string const comment = std::string{account} + (takes_away ? "" : " " + std::string{layer});
        change.audit({.action = takes_away ? "library.access.taken" : "library.access.given",
                      .object_kind = Entry::meta.name,
                      .object_id = entry.id.text,
                      .scope = entry.scope,
                      .comment = comment});
        change.publish(takes_away ? "library.access.taken" : "library.access.given", entry.id.text,
                       "account/" + std::string{account}, "own", access_payload(context, entry, account));
        return {};
    });
    context.refresh();
    return done;
}

Result<void> sign_undertaking(Context& context, std::string_view number, std::string_view name, bool agreed) {
    View const view = TRY(view_of(context, number));
    TRY_VOID(context.require(member_permission));
    Entry const& entry = view.entry();
    bool const body = entry.body_for == Audience::undertaking, files = entry.files_for == Audience::undertaking;
    if (!is_public(entry.state) || (!body && !files)) return refuse(Refusal::conflict, "library.error.no_undertaking");
    Problems problems;
    if (trim(name).empty() || count_characters(name) > 60) problems.push_back({"signed_name", "error.required", {}});
    if (!agreed) problems.push_back({"agreed", "library.error.not_agreed", {}});
    if (!problems.empty()) return refuse(std::move(problems));
    auto done = context.change<void>([&](Change& change) -> Result<void> {
        change.transaction().execute(
            "insert into library_access (entry_id, account_id, layer, basis, given_by, signed_name, at) values "
            "(?, ?, ?, 'undertaking', ?, ?, ?) on conflict (entry_id, account_id) do update set layer = case when "
            "library_access.layer = 'files' then 'files' else excluded.layer end",
            {entry.id.text, context.actor.account_id, std::string{files ? "files" : "body"}, context.actor.account_id,
             std::string{trim(name)}, to_text(context.now())});
        change.audit({.action = "library.access.undertaking",
                      .object_kind = Entry::meta.name,
                      .object_id = entry.id.text,
                      .scope = entry.scope,
                      .comment = trim(name)});
        change.publish("library.access.undertaken", entry.id.text, entry.scope, review_permission,
                       access_payload(context, entry, context.actor.account_id));
        return {};
    });
    context.refresh();
    return done;
}

} // namespace sangu::library
