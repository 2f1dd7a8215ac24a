#include "kernel/module.h"

#include "modules/library/audience.h"
#include "modules/library/entities.h"
#include "modules/library/jobs.h"
#include "modules/library/pages.h"
#include "modules/library/searchable.h"
#include "modules/library/service.h"
#include "modules/library/threads.h"

namespace sangu {

namespace embedded {
std::span<EmbeddedFile const> library_files();
}

namespace {

constexpr std::string_view members[] = {"signed_in"};
constexpr std::string_view officers[] = {"zone_officer", "city_officer", "park_officer"};
constexpr std::string_view zone_officers[] = {"zone_officer"};

} // namespace

Module library_module() {
    using namespace library;
    return {
        .name = "library",
        .uses = {"registry", "reference"},
        .entities = {&Entry::meta, &Thread::meta, &Term::meta},
        .flows = {&Entry::flow, &Thread::flow},
        .permissions = {{write_permission, members},
                        {member_permission, members},
                        {review_permission, officers},
                        {"library.term.edit", zone_officers}},
        .routes = common_routes(),
        .resources = {{.meta = &Term::meta,
                       .path = "library-terms",
                       .read = review_permission,
                       .write = "library.term.edit",
                       .default_sort = "-valid_from"}},
        .menu = {{"menu.libraries", "library.lists", "/lists", "public", 5},
                 {"menu.work", "library.threads", "/threads", "signed_in", 35},
                 {"menu.work", "library.mine", "/my/entries", "signed_in", 30},
                 {"menu.work", "library.review", "/library/review", review_permission, 40},
                 {"menu.work", "library.term.plural", "/library-terms", "library.term.edit", 80}},
        .audiences = {{"library.told.topic.threads", "library.thread.", concerned_by_thread},
                      {"library.told.topic.views", "library.entry.published", concerned_by_view},
                      {"library.told.topic.entries", "library.entry.", concerned_by_entry},
                      {"library.told.topic.access", "library.access.", concerned_by_access}},
        .jobs = job_handlers(),
        .schedules = job_schedules(),
        .offers = {resource::PublishedLists{&published_lists},
                   SearchableRecords{&searchable_entries, &search_keys, {&Entry::meta}}},
        .files = embedded::library_files(),
        .seed = &library::seed,
    };
}

} // namespace sangu
