#include "modules/exchange/harvest.h"

#include "base/text.h"
#include "kernel/http/client.h"
#include "kernel/jobs/jobs.h"
#include "kernel/json/json.h"
#include "modules/exchange/oai_request.h"

#include <algorithm>

namespace sangu::exchange {

namespace {

constexpr std::int64_t hour_ms = 3'600'000;
constexpr std::size_t answer_bytes_max = 8u << 20;

// Texts on lines of their own, at most `characters` in all.
std::string lines(std::vector<std::string> const& values, std::size_t characters) {
    return shorten(join(values, "\n"), characters - 1);
}

std::optional<std::string> some(std::string text) {
    return text.empty() ? std::nullopt : std::optional{std::move(text)};
}

std::string first(std::vector<std::string> const& values, std::size_t characters) {
    return values.empty() ? std::string{} : shorten(values.front(), characters - 1);
}

// The first identifier that is a web address.
std::string link_of(oai::RemoteRecord const& record) {
    for (std::string const& one : record.links)
        if ((one.starts_with("http://") || one.starts_with("https://")) && one.size() <= 500) return one;
    return {};
}

void fill(Harvested& one, oai::RemoteRecord const& record) {
    one.datestamp = shorten(record.datestamp, 29);
    one.deleted = record.deleted;
    if (record.deleted) return; // what was known of it stays readable
    one.title = first(record.titles, 500);
    one.creators = some(lines(record.creators, 2000));
    one.subjects = some(lines(record.subjects, 2000));
    one.description = some(lines(record.descriptions, 20'000));
    one.published = some(first(record.dates, 200));
    one.kind = some(first(record.types, 200));
    one.language = some(first(record.languages, 100));
    one.link = some(link_of(record));
}

void note(Context& context, Repository const& repository, RepositoryState state, std::string const& error,
          std::optional<std::string> const& token, std::optional<std::string> const& until) {
    context.services.database.write([&](db::Transaction& transaction) {
        transaction.execute(
            "update exchange_repository set state = ?, last_error = ?, token = ?, harvested_until = ?, "
            "last_run_at = ?, records = (select count(*) from exchange_harvested where repository_id = ?) "
            "where id = ?",
            {std::string{sangu::name_of(state)}, error.empty() ? Value{} : Value{shorten(error, 499)},
             token ? Value{*token} : Value{}, until ? Value{*until} : Value{}, to_text(context.services.clock.now()),
             repository.id.text, repository.id.text});
    });
    context.services.note_commit();
}

// One request and its records. The document when there may be more; the message of what went wrong is an Error.
Result<oai::Document> harvest_once(Context& context, Repository const& repository) {
    if (!may_harvest(repository.address)) return refuse(Refusal::forbidden, "exchange.error.host");
    auto const body = TRY(http::fetch({.address = next_address(repository), .bytes_max = answer_bytes_max}));
    auto document = TRY(oai::read_document(body));
    bool const is_nothing_new = document.error_code == "noRecordsMatch";
    if (!document.error_code.empty() && !is_nothing_new)
        return refuse(Refusal::unavailable, "exchange.error.protocol",
                      {document.error_code, shorten(document.error_text, 200)});
    if (document.resumption_token.size() > 1500) return refuse(Refusal::unavailable, "exchange.error.token");
    auto const stored = TRY(context.change<std::int64_t>([&](Change& change) -> Result<std::int64_t> {
        return store_records(change.transaction(), context.now(), repository, document);
    }));
    static_cast<void>(stored);
    return document;
}

} // namespace

bool may_harvest(std::string_view address) {
    if (!address.starts_with("http://") && !address.starts_with("https://")) return false;
    return address.find_first_of("@ #") == std::string_view::npos && !oai::host_of(address).empty();
}

Result<void> before_repository(Context&, db::Session&, void const*, void* after) {
    auto const& repository = *static_cast<Repository const*>(after);
    if (may_harvest(repository.address)) return {};
    return refuse(Problems{{"address", "exchange.error.host", {}}});
}

std::string next_address(Repository const& repository) {
    std::string address = repository.address;
    address += address.find('?') == std::string::npos ? "?verb=ListRecords" : "&verb=ListRecords";
    if (repository.token) return address + "&resumptionToken=" + http::percent_encode(*repository.token);
    address += "&metadataPrefix=oai_dc";
    if (repository.set_spec && !repository.set_spec->empty())
        address += "&set=" + http::percent_encode(*repository.set_spec);
    // Days are understood by every server; the day of the last harvest is asked for again.
    if (repository.harvested_until) address += "&from=" + repository.harvested_until->substr(0, 10);
    return address;
}

std::int64_t store_records(db::Transaction& transaction, Instant now, Repository const& repository,
                           oai::Document const& document) {
    std::int64_t stored = 0;
    for (oai::RemoteRecord const& record : document.records) {
        if (record.identifier.empty() || record.identifier.size() > 500) continue;
        auto known = entity::first<Harvested>(transaction, "where repository_id = ? and identifier = ?",
                                              {repository.id.text, record.identifier});
        Harvested one = known.value_or(
            Harvested{.id = new_id_of<Harvested>(), .repository_id = repository.id, .identifier = record.identifier});
        if (known && known->datestamp == record.datestamp && known->deleted == record.deleted) continue;
        if (!known && record.deleted) continue; // never seen: nothing to take away
        fill(one, record);
        if (one.title.empty()) one.title = shorten(record.identifier, 499);
        if (one.state == HarvestedState::taken && !record.deleted) one.state = HarvestedState::waiting;
        one.harvested_at = now;
        if (!entity::validate(one).empty()) continue; // control characters and the like
        if (known)
            entity::update(transaction, one);
        else
            entity::insert(transaction, one);
        ++stored;
    }
    return stored;
}

Result<void> harvest_job(Context& context, std::string_view key, std::string_view) {
    auto repository = entity::find(context.reader(), Id<Repository>{std::string{key}});
    context.refresh();
    if (!repository || !repository->active) return {};
    note(context, *repository, RepositoryState::running, {}, repository->token, repository->harvested_until);
    std::string begun;
    for (int i = 0; i < requests_max; ++i) {
        auto const document = harvest_once(context, *repository);
        if (!document) {
            // A token that has run out begins the harvest anew next time.
            bool const is_token_bad =
                !document.error().arguments.empty() && document.error().arguments.front() == "badResumptionToken";
            note(context, *repository, RepositoryState::failed, i18n::format(i18n::Language::zh_hans, document.error()),
                 is_token_bad ? std::nullopt : repository->token, repository->harvested_until);
            return {};
        }
        if (begun.empty()) begun = document->response_date;
        bool const has_ended = document->resumption_token.empty();
        bool const goes_round = repository->token && *repository->token == document->resumption_token;
        repository->token = has_ended || goes_round ? std::nullopt : std::optional{document->resumption_token};
        if (!has_ended && !goes_round) {
            note(context, *repository, RepositoryState::running, {}, repository->token, repository->harvested_until);
            continue;
        }
        if (begun.size() >= 10 && parse_date(std::string_view{begun}.substr(0, 10)))
            repository->harvested_until = begun.substr(0, 20);
        note(context, *repository, RepositoryState::harvested, {}, {}, repository->harvested_until);
        return {};
    }
    context.services.database.write([&](db::Transaction& transaction) {
        jobs::schedule(transaction, "exchange.harvest", key, context.services.clock.now());
    });
    return {};
}

Result<void> harvest_due_job(Context& context, std::string_view, std::string_view) {
    std::vector<std::string> due;
    for (Repository const& one : entity::where<Repository>(context.reader(), "where active = ? limit 1000", {true}))
        if (!one.last_run_at || one.last_run_at->ms + one.every_hours * hour_ms <= context.now().ms)
            due.push_back(one.id.text);
    context.refresh();
    if (due.empty()) return {};
    context.services.database.write([&](db::Transaction& transaction) {
        for (std::string const& id : due) jobs::schedule(transaction, "exchange.harvest", id, context.now());
    });
    return {};
}

} // namespace sangu::exchange
