#include "kernel/http/temporary_file.h"
#include "kernel/json/json.h"
#include "kernel/tables/tables.h"
#include "modules/indicators/open_data.h"
#include "modules/indicators/page_parts.h"
#include "modules/indicators/pages.h"

#include <array>

namespace sangu::indicators {

using namespace html;

namespace {

constexpr int rows_at_once = 1000;
constexpr std::array<std::string_view, 3> formats{"csv", "xlsx", "json"};

OpenFilter filter_of(http::Request const& request) {
    auto const text = [&](std::string_view name) { return std::string{request.query_value(name).value_or("")}; };
    return {text("indicator"), text("place"), text("period"), requested_day(request)};
}

tables::Row names_of(std::span<entity::FieldMeta const* const> columns) {
    tables::Row row;
    for (entity::FieldMeta const* field : columns) row.emplace_back(field->name);
    return row;
}

tables::Row cells_of(std::span<entity::FieldMeta const* const> columns, void const* object) {
    tables::Row row;
    for (entity::FieldMeta const* field : columns) row.push_back(entity::to_plain_text(*field, field->load(object)));
    return row;
}

// One download on its way: rows are read and written piece by piece, each piece in a snapshot of its own.
struct Download {
    db::Database& database;
    OpenRows rows;
    std::vector<entity::FieldMeta const*> columns;
    bool started = false, ended = false;
    std::string written = {};
    std::unique_ptr<tables::Writer> writer = {};
};

http::BodySource csv_source(std::shared_ptr<Download> download) {
    download->writer = tables::csv_writer([kept = download.get()](std::string_view bytes) { kept->written += bytes; });
    download->writer->row(names_of(download->columns));
    return [download](std::string& chunk) {
        chunk.clear();
        if (download->ended) return false;
        auto const lease = download->database.read();
        download->ended = !download->rows.next(*lease, rows_at_once, [&](void const* object) {
            download->writer->row(cells_of(download->columns, object));
        });
        if (download->ended) download->writer->finish();
        chunk = std::move(download->written);
        download->written.clear();
        return true;
    };
}

http::BodySource json_source(std::shared_ptr<Download> download) {
    return [download](std::string& chunk) {
        chunk.clear();
        if (download->ended) return false;
        if (!download->started) chunk = "[";
        auto const lease = download->database.read();
        download->ended = !download->rows.next(*lease, rows_at_once, [&](void const* object) {
            chunk += download->started ? ",\n" : "\n";
            download->started = true;
            json::Writer writer{chunk};
            writer.begin_object();
            for (entity::FieldMeta const* field : download->columns) writer.key(field->name).value(field->load(object));
            writer.end_object();
        });
        download->started = true;
        if (download->ended) chunk += "\n]\n";
        return true;
    };
}

http::BodySource xlsx_source(std::shared_ptr<Download> download, std::string_view sheet) {
    auto const file = std::make_shared<http::TemporaryFile>();
    auto const writer = tables::xlsx_writer(file->path(), sheet);
    writer->row(names_of(download->columns));
    for (bool more = true; more;) {
        auto const lease = download->database.read();
        more = download->rows.next(*lease, rows_at_once,
                                   [&](void const* object) { writer->row(cells_of(download->columns, object)); });
    }
    writer->finish();
    return http::body_of(file);
}

std::string field_label(OpenTable const& table, entity::FieldMeta const& field) {
    return std::string{table.meta->name} + "." + std::string{field.name};
}

std::string_view type_key(entity::Kind kind) {
    switch (kind) {
    case entity::Kind::boolean: return "indicators.type.boolean";
    case entity::Kind::integer: return "indicators.type.integer";
    case entity::Kind::real: return "indicators.type.real";
    case entity::Kind::date: return "indicators.type.date";
    case entity::Kind::instant: return "indicators.type.instant";
    case entity::Kind::choice: return "indicators.type.choice";
    case entity::Kind::money:
    case entity::Kind::id:
    case entity::Kind::text: return "indicators.type.text";
    }
    return "indicators.type.text";
}

void dictionary(Out& out, Context const& context, OpenTable const& table_of) {
    auto const heading = [&](std::string_view key) { return th(scope("col"), context.t(key)); };
    out << div(cls("table-wrap"), role("region"), tabindex(0),
               aria_label(std::string{context.t("indicators.dictionary")} + " " + std::string{table_of.name}),
               table(cls("table dense"),
                     thead(tr(heading("indicators.column"), heading("indicators.meaning"), heading("indicators.type"),
                              heading("indicators.values"))),
                     tbody(each(open_columns(*table_of.meta), [&](entity::FieldMeta const* field) {
                         std::string const label_key = field_label(table_of, *field);
                         return tr(th(scope("row"), code(std::string{field->name})), td(context.t(label_key)),
                                   td(context.t(type_key(field->type->kind))),
                                   td([&context, field, label_key](Out& cell) {
                                       bool first = true;
                                       for (Choice const& choice : field->type->choices) {
                                           if (!first) cell << " · ";
                                           cell << code(choice.name) << " "
                                                << context.t(label_key + "." + std::string{choice.name});
                                           first = false;
                                       }
                                   }));
                     }))));
}

} // namespace

http::Reply open_data_page(Context& context, http::Request&) {
    html::Page const page{.title = std::string{context.t("indicators.open_data")},
                          .lead = std::string{context.t("indicators.open_data_lead")},
                          .feed = "/feed.atom"};
    return render(context, page, [&](Out& out) {
        for (OpenTable const& one : open_tables())
            out << section(
                cls("card"), h2(context.t(std::string{one.meta->name} + ".plural")),
                p(cls("button-row"), each(formats,
                                          [&](std::string_view format) {
                                              return parts(a(cls("button small"),
                                                             href(Url::path("/data", one.name, format)),
                                                             context.t("indicators.format." + std::string{format})),
                                                           " ");
                                          })),
                details(summary(context.t("indicators.dictionary")), [&] { dictionary(out, context, one); }));
        out << p(cls("hint"), context.t("indicators.open_data_api"), " ",
                 a(href("/api"), context.t("page.interfaces")));
    });
}

http::Reply open_data_file(Context& context, http::Request& request) {
    OpenTable const* table = find_open_table(request.parameter("table"));
    std::string const format{request.parameter("format")};
    if (!table) return refusal(context, request, Error{Refusal::not_found, "error.not_found", {}, {}});
    OpenFilter const filter = table->meta == &Observation::meta ? filter_of(request) : OpenFilter{};
    auto download = std::make_shared<Download>(
        Download{context.services.database, OpenRows{*table, filter}, open_columns(*table->meta)});
    std::string const name = std::string{table->name} + "." + format;
    if (format == "csv") return http::download(csv_source(download), "text/csv; charset=utf-8", name);
    if (format == "json") return http::download(json_source(download), "application/json", name);
    if (format == "xlsx")
        return http::download(xlsx_source(download, table->name),
                              "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", name);
    return refusal(context, request, Error{Refusal::not_found, "error.not_found", {}, {}});
}

} // namespace sangu::indicators
