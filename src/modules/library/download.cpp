// The list as a file: CSV, XLSX or JSON, with what the reader's layer shows of each entry. Read and written piece by
// piece, each piece in a snapshot of its own.

#include "kernel/config/settings.h"
#include "kernel/http/temporary_file.h"
#include "kernel/json/json.h"
#include "kernel/tables/tables.h"
#include "modules/library/page_parts.h"
#include "modules/library/pages.h"

#include <fstream>

namespace sangu::library {

namespace {

// Layer by layer, what a line of the file has: public fields of the content after the entry's own.
std::vector<std::string_view> content_columns(Kind const& kind) {
    std::vector<std::string_view> columns;
    for (Section const& part : kind.sections)
        if (part.layer == Layer::title)
            for (std::string_view const name : part.fields)
                if (kind.content->find(name)) columns.push_back(name);
    return columns;
}

struct Columns {
    tables::Row header, cells;
    void add(std::string_view name, std::string text) {
        header.emplace_back(name);
        cells.push_back(std::move(text));
    }
};

std::string date_or_blank(std::optional<Date> date) { return date ? to_text(*date) : std::string{}; }

// One download on its way.
class Download {
public:
    Download(Context& context, Kind const& kind, ListQuery query)
        : context_{context}, kind_{kind}, query_{std::move(query)}, me_{me_of(context)},
          home_{context.services.settings.public_url} {
        query_.rows = 500;
    }

    // Writes the next piece; false at the end.
    bool next(FunctionRef<void(Columns const&)> row) {
        if (ended_) return false;
        context_.refresh();
        auto const found = find_entries(context_.reader(), query_, me_);
        std::vector<std::string> ids;
        std::vector<Entry> entries;
        for (Line const& line : found.lines) {
            ids.push_back(line.entry.id.text);
            entries.push_back(line.entry);
        }
        auto const contents = contents_of(context_.reader(), kind_, ids);
        auto const owners = owner_names(context_, entries);
        for (Line const& line : found.lines) row(columns(line, contents, owners));
        ended_ = !found.more;
        if (found.more) {
            Entry const& last = found.lines.back().entry;
            query_.after_id = last.id.text;
            query_.after_date = query_.by_confirmation ? date_or_blank(last.confirmed_on) : "";
        }
        return true;
    }

    Columns heading() { return columns({}, {}, {}); }

private:
    Columns columns(Line const& line, std::map<std::string, entity::AnyObject, std::less<>> const& contents,
                    std::map<std::string, std::string, std::less<>> const& owners) {
        Entry const& entry = line.entry;
        Layer const layer = layer_of(entry, viewer_of(context_, me_, entry, line.granted));
        Columns row;
        row.add("number", entry.number);
        row.add("title", entry.title);
        row.add("abstract", layer >= Layer::abstract ? entry.abstract : std::string{});
        row.add("owner", entry.organisation_id ? owner_text(context_, owners, entry) : std::string{});
        row.add("place", entry.place);
        row.add("published_on", date_or_blank(entry.published_on));
        row.add("confirmed_on", date_or_blank(entry.confirmed_on));
        auto const content = contents.find(entry.id.text);
        for (std::string_view const name : content_columns(kind_)) {
            auto const& field = *kind_.content->find(name);
            row.add(name, content == contents.end() ? std::string{}
                                                    : entity::to_plain_text(field, field.load(content->second.get())));
        }
        row.add("address", home_ + path_of(kind_, entry));
        return row;
    }

    Context& context_;
    Kind const& kind_;
    ListQuery query_;
    Me me_;
    std::string home_;
    bool ended_ = false;
};

void write_table(Download& download, tables::Writer& writer) {
    writer.row(download.heading().header);
    while (download.next([&](Columns const& row) { writer.row(row.cells); })) {
    }
    writer.finish();
}

std::string json_row(Columns const& row) {
    std::string text;
    json::Writer writer{text};
    writer.begin_object();
    for (std::size_t i = 0; i < row.header.size(); ++i) writer.member(row.header[i], row.cells[i]);
    writer.end_object();
    return text;
}

} // namespace

http::Reply download_reply(Context& context, Kind const& kind, http::Request& request) {
    Download rows{context, kind, list_query(kind, request.query)};
    std::string const format{request.parameter("format")}, name = std::string{kind.path} + "." + format;
    auto const file = std::make_shared<http::TemporaryFile>();
    if (format == "xlsx") {
        auto const writer = tables::xlsx_writer(file->path(), kind.path);
        write_table(rows, *writer);
        return http::download(http::body_of(file), "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
                              name);
    }
    if (format != "csv" && format != "json") return not_found(context, request);
    std::ofstream out{file->path(), std::ios::binary};
    if (format == "csv") {
        auto const writer = tables::csv_writer([&](std::string_view bytes) { out << bytes; });
        write_table(rows, *writer);
    } else {
        std::string_view separator = "[\n";
        while (rows.next([&](Columns const& row) {
            out << separator << json_row(row);
            separator = ",\n";
        })) {
        }
        out << (separator == "[\n" ? "[]\n" : "\n]\n");
    }
    if (!out.flush()) throw std::runtime_error{"the download could not be written"};
    return http::download(http::body_of(file), format == "csv" ? "text/csv; charset=utf-8" : "application/json", name);
}

} // namespace sangu::library
