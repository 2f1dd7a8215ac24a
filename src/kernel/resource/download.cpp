#include "kernel/http/temporary_file.h"
#include "kernel/json/json.h"
#include "kernel/resource/pages.h"
#include "kernel/tables/tables.h"

#include <fstream>

namespace sangu::resource {

using entity::AnyObject;
using entity::EntityMeta;

namespace {

constexpr std::string_view csv_type = "text/csv; charset=utf-8";
constexpr std::string_view xlsx_type = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";

// PostgreSQL's driver holds the whole result of a query: it is asked for pages, in one snapshot.
constexpr int page_rows = 20'000;

void each_page(Context& context, Resource const& resource, Query query, FunctionRef<void(AnyObject const&)> row) {
    auto const scopes = readable_scopes(context, resource);
    query.rows = page_rows;
    query.after_id.clear();
    AnyObject one{*resource.meta}, last{*resource.meta};
    for (bool more = true; more;) {
        Statement const tail = list_tail(resource, query, scopes);
        int rows = 0;
        entity::each(context.reader(), *resource.meta, one.get(), tail.sql, db::Parameters{tail.parameters}, [&] {
            if (++rows > page_rows) return; // the first of the next page
            row(one);
            if (rows == page_rows) last = one;
        });
        more = rows > page_rows;
        if (!more) return;
        query.after_id = last.id();
        query.after_value = entity::to_plain_text(*query.sort, query.sort->load(last.get()));
    }
}

void each_row(Context& context, Resource const& resource, Query const& query, FunctionRef<void(AnyObject const&)> row) {
    if (context.reader().dialect() == db::Dialect::postgres) return each_page(context, resource, query, row);
    Statement const tail = download_tail(resource, query, readable_scopes(context, resource));
    AnyObject one{*resource.meta};
    entity::each(context.reader(), *resource.meta, one.get(), tail.sql, db::Parameters{tail.parameters},
                 [&] { row(one); });
}

void write_json_file(Context& context, Resource const& resource, Query const& query, std::string const& path) {
    std::ofstream out{path, std::ios::binary};
    out << '[';
    bool first = true;
    each_row(context, resource, query, [&](AnyObject const& object) {
        std::string one{first ? "\n" : ",\n"};
        entity::write_json(one, *resource.meta, object.get(), personal_for(context, resource, object));
        out << one;
        first = false;
    });
    out << "\n]\n";
    if (!out.flush()) throw std::runtime_error{"the download could not be written"};
}

void write_table(Context& context, Resource const& resource, Query const& query, tables::Writer& writer) {
    writer.row(entity::table_header(*resource.meta));
    each_row(context, resource, query, [&](AnyObject const& object) {
        writer.row(entity::to_row(*resource.meta, object.get(), personal_for(context, resource, object)));
    });
    writer.finish();
}

} // namespace

http::Reply download_reply(Context& context, Resource const& resource, http::Request& request) {
    auto const query = parse_query(context, resource, request, Strictness::lenient);
    if (!query) return html::refusal(context, request, query.error());
    std::string const format{request.parameter("format")};
    std::string const name = std::string{resource.path} + "." + format;
    auto const file = std::make_shared<http::TemporaryFile>();
    if (format == "csv") {
        std::ofstream out{file->path(), std::ios::binary};
        auto const writer = tables::csv_writer([&](std::string_view bytes) { out << bytes; });
        write_table(context, resource, *query, *writer);
        if (!out.flush()) throw std::runtime_error{"the download could not be written"};
        return http::download(http::body_of(file), csv_type, name);
    }
    if (format == "xlsx") {
        auto const writer = tables::xlsx_writer(file->path(), resource.meta->table());
        write_table(context, resource, *query, *writer);
        return http::download(http::body_of(file), xlsx_type, name);
    }
    if (format == "json") {
        write_json_file(context, resource, *query, file->path());
        return http::download(http::body_of(file), "application/json", name);
    }
    return html::refusal(context, request, Error{Refusal::not_found, "error.not_found", {}, {}});
}

std::vector<std::string> import_columns(EntityMeta const& meta) {
    std::vector<std::string> columns;
    for (entity::FieldMeta const& field : meta.fields)
        if (!field.hidden && !field.read_only && !field.version && !field.key) columns.emplace_back(field.name);
    return columns;
}

http::Reply template_reply(std::string_view name, std::vector<std::string> const& header, bool xlsx) {
    if (!xlsx) {
        std::string text;
        auto const writer = tables::csv_writer([&](std::string_view bytes) { text += bytes; });
        writer->row(header);
        writer->finish();
        return http::download(std::move(text), csv_type, std::string{name} + ".csv");
    }
    auto const file = std::make_shared<http::TemporaryFile>();
    auto const writer = tables::xlsx_writer(file->path(), name);
    writer->row(header);
    writer->finish();
    return http::download(http::body_of(file), xlsx_type, std::string{name} + ".xlsx");
}

http::Reply csv_template_reply(Context&, Resource const& resource, http::Request&) {
    return template_reply(resource.path, import_columns(*resource.meta), false);
}

http::Reply xlsx_template_reply(Context&, Resource const& resource, http::Request&) {
    return template_reply(resource.path, import_columns(*resource.meta), true);
}

} // namespace sangu::resource
