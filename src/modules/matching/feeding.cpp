#include "modules/matching/feeding.h"

#include <algorithm>
#include <array>
#include <map>

namespace sangu::matching {

namespace {

constexpr int events_at_once = 500;
constexpr int marks_at_once = 2000;
constexpr std::size_t records_at_once = 200;

// Events about many records at once; their object is an import or a journal.
bool is_about_many(events::Event const& event) {
    constexpr std::array<std::string_view, 4> words{".imported", ".import_undone", ".merged", ".unmerged"};
    return !is_id(event.object_id) ||
           std::ranges::any_of(words, [&](std::string_view word) { return event.kind.ends_with(word); });
}

bool concerns(Searchable const& source, events::Event const& event) {
    return std::ranges::any_of(source.events,
                               [&](std::string const& beginning) { return event.kind.starts_with(beginning); });
}

struct Marks {
    std::vector<std::string> ids;
    std::map<std::string, std::string> by_id;
};

Marks marks_after(Services& services, db::Session& session, Searchable const& source, std::string const& after) {
    Marks marks;
    source.marks(services, session, after, marks_at_once, [&](std::string_view id, std::string_view mark) {
        marks.ids.emplace_back(id);
        marks.by_id.emplace(std::string{id}, std::string{mark});
    });
    return marks;
}

} // namespace

void refresh(Services& services, db::Session& session, Holding& holding, Searchable const& source,
             std::span<std::string const> ids) {
    for (std::size_t begin = 0; begin < ids.size(); begin += records_at_once) {
        auto const some = ids.subspan(begin, std::min(records_at_once, ids.size() - begin));
        std::vector<search::Document> documents;
        std::vector<Filed> filed;
        std::vector<NamedText> marks;
        for (SearchRecord const& record : source.load(services, session, some)) {
            add_documents(holding.schema, source, record, documents, filed);
            marks.emplace_back(record.id, record.mark);
        }
        std::vector<std::string> removed;
        for (std::string const& id : some)
            for (std::string& key : document_keys(record_key(source.name, id)))
                if (std::ranges::find(documents, key, &search::Document::key) == documents.end())
                    removed.push_back(std::move(key));
        holding.texts->replace(source.name, some, filed, marks);
        holding.index->apply(documents, removed, 0);
    }
}

void compare(Services& services, Holding& holding, Searchable const& source,
             std::function<bool(std::int64_t)> const& done) {
    std::string after;
    for (bool more = true; more;) {
        auto const session = services.database.read();
        Marks const live = marks_after(services, *session, source, after);
        more = live.ids.size() == static_cast<std::size_t>(marks_at_once);
        auto const known = holding.texts->marks(source.name, after, more ? live.ids.back() : "");
        std::vector<std::string> different;
        for (auto const& [id, mark] : live.by_id) {
            auto const old = known.find(id);
            if (old == known.end() || old->second != mark) different.push_back(id);
        }
        for (auto const& [id, mark] : known)
            if (!live.by_id.contains(id)) different.push_back(id);
        refresh(services, *session, holding, source, different);
        if (!done(static_cast<std::int64_t>(live.ids.size()))) return;
        if (more) after = live.ids.back();
    }
}

bool take_events(Services& services, Holding& holding, std::vector<Searchable> const& sources, std::int64_t head) {
    auto const position = static_cast<std::int64_t>(holding.index->position());
    if (position >= head) return false;
    auto const session = services.database.read();
    auto const events = events::after(*session, position, events_at_once);
    if (events.empty()) return false;
    for (Searchable const& source : sources) {
        std::vector<std::string> ids;
        bool many = false;
        for (events::Event const& event : events) {
            if (!concerns(source, event)) continue;
            many = many || is_about_many(event);
            if (is_id(event.object_id)) ids.push_back(event.object_id);
        }
        std::ranges::sort(ids);
        ids.erase(std::unique(ids.begin(), ids.end()), ids.end());
        refresh(services, *session, holding, source, ids);
        if (many) compare(services, holding, source, [](std::int64_t) { return true; });
    }
    holding.index->apply({}, {}, static_cast<std::uint64_t>(events.back().sequence));
    return true;
}

std::int64_t count_records(Services& services, std::vector<Searchable> const& sources) {
    std::int64_t total = 0;
    for (Searchable const& source : sources) {
        std::string after;
        for (bool more = true; more;) {
            auto const session = services.database.read();
            Marks const marks = marks_after(services, *session, source, after);
            total += static_cast<std::int64_t>(marks.ids.size());
            more = marks.ids.size() == static_cast<std::size_t>(marks_at_once);
            if (more) after = marks.ids.back();
        }
    }
    return total;
}

} // namespace sangu::matching
