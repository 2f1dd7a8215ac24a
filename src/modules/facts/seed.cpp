#include "base/embedded.h"
#include "base/text.h"
#include "modules/facts/service.h"

#include <algorithm>

namespace sangu::embedded {
std::span<EmbeddedFile const> facts_files();
}

namespace sangu::facts {

namespace {

std::string_view shipped_table() {
    for (EmbeddedFile const& file : embedded::facts_files())
        if (file.name == "data/score_bands.tsv") return file.data;
    return {};
}

} // namespace

void seed(Services& services) {
    auto const reader = services.database.read();
    if (reader->exists("select 1 from facts_band limit 1")) return;
    services.database.write([](db::Transaction& transaction) {
        auto const lines = split_text(shipped_table(), '\n');
        for (std::size_t i = 1; i < lines.size(); ++i) {
            auto const cells = split_text(lines[i], '\t');
            if (cells.size() != 11) continue;
            auto const number = [&](std::size_t at) { return Value{parse_integer(cells[at]).value()}; };
            auto const text = [&](std::size_t at) { return Value{std::string{cells[at]}}; };
            transaction.execute(
                "insert into facts_band (id, scheme, item, measure, lower, above, points_min, points_max,"
                " valid_from, valid_to, source, confirmed, version)"
                " values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, 1)"
                " on conflict (scheme, item, measure, lower, valid_from) do nothing",
                {new_id(), text(0), text(1), text(2), number(3), cells[4] == "true", number(5), number(6), text(7),
                 cells[8].empty() ? Value{} : text(8), text(9), cells[10] == "true"});
        }
    });
}

} // namespace sangu::facts
