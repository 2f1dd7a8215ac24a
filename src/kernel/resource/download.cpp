#include "kernel/json/json.h"
#include "kernel/resource/pages.h"
#include "kernel/tables/tables.h"

#include <unistd.h>

#include <filesystem>
#include <fstream>

namespace sangu::resource {

using entity::AnyObject;
using entity::EntityMeta;

namespace {

// A temporary file that lives as long as the reply streams it.
class TemporaryFile {
public:
    TemporaryFile() : path_{(std::filesystem::temp_directory_path() / "sangu-download-XXXXXX").string()} {
        int const file = ::mkstemp(path_.data());
        if (file < 0) throw std::runtime_error{"no temporary file for the download"};
        ::close(file);
    }
    TemporaryFile(TemporaryFile const&) = delete;
    TemporaryFile& operator=(TemporaryFile const&) = delete;
    ~TemporaryFile() { ::unlink(path_.c_str()); }
    std::string const& path() const { return path_; }

private:
    std::string path_;
};

http::BodySource stream(std::shared_ptr<TemporaryFile> file) {
    auto in = std::make_shared<std::ifstream>(file->path(), std::ios::binary);
    return [file, in](std::string& chunk) {
        chunk.resize(64 * 1024);
        in->read(chunk.data(), static_cast<std::streamsize>(chunk.size()));
        chunk.resize(static_cast<std::size_t>(in->gcount()));
        return !chunk.empty();
    };
}

void each_row(Context& context, Resource const& resource, Query const& query, FunctionRef<void(AnyObject const&)> row) {
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
        entity::write_json(one, *resource.meta, object.get(), entity::Personal::hide);
        out << one;
        first = false;
    });
    out << "\n]\n";
    if (!out.flush()) throw std::runtime_error{"the download could not be written"};
}

void write_table(Context& context, Resource const& resource, Query const& query, tables::Writer& writer) {
    writer.row(entity::table_header(*resource.meta));
    each_row(context, resource, query,
             [&](AnyObject const& object) { writer.row(entity::to_row(*resource.meta, object.get())); });
    writer.finish();
}

} // namespace

http::Reply download_reply(Context& context, Resource const& resource, http::Request& request) {
    auto const query = parse_query(resource, request, Strictness::lenient);
    if (!query) return html::refusal(context, request, query.error());
    std::string const format{request.parameter("format")};
    std::string const name = std::string{resource.path} + "." + format;
    auto const file = std::make_shared<TemporaryFile>();
    if (format == "csv") {
        std::ofstream out{file->path(), std::ios::binary};
        auto const writer = tables::csv_writer([&](std::string_view bytes) { out << bytes; });
        write_table(context, resource, *query, *writer);
        if (!out.flush()) throw std::runtime_error{"the download could not be written"};
        return http::download(stream(file), "text/csv; charset=utf-8", name);
    }
    if (format == "xlsx") {
        auto const writer = tables::xlsx_writer(file->path(), resource.meta->table());
        write_table(context, resource, *query, *writer);
        return http::download(stream(file), "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", name);
    }
    if (format == "json") {
        write_json_file(context, resource, *query, file->path());
        return http::download(stream(file), "application/json", name);
    }
    return html::refusal(context, request, Error{Refusal::not_found, "error.not_found", {}, {}});
}

} // namespace sangu::resource
