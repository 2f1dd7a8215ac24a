#pragma once

// Where the parser puts the body of a request: text in memory, multipart and uploads piece by piece into
// MultipartParser or UploadWriter. For server_connection.cpp only (it is a Body in Beast's sense).

#include "kernel/http/multipart.h"

#include <boost/beast/core/buffers_range.hpp>
#include <boost/beast/http/error.hpp>
#include <boost/beast/http/message.hpp>
#include <boost/optional.hpp>

#include <memory>
#include <optional>
#include <string>

namespace sangu::http {

struct BodySink {
    struct value_type {
        std::uint64_t limit = 0;
        std::uint64_t size = 0;
        std::string text;
        std::unique_ptr<MultipartParser> multipart;
        std::unique_ptr<UploadWriter> file; // a whole body that is one file
        std::optional<Error> refused;

        // False: over the limit, or refused by the parser (see `refused`).
        bool put(std::string_view bytes) {
            size += bytes.size();
            if (size > limit) return false;
            if (multipart) {
                if (auto fed = multipart->feed(bytes); !fed) refused = std::move(fed).error();
            } else if (file) {
                if (!file->write(bytes)) refused = Error{Refusal::unavailable, "error.storage_full", {}, {}};
            } else {
                text += bytes;
            }
            return !refused;
        }
    };

    class reader {
    public:
        template <bool is_request, class Fields>
        reader(boost::beast::http::header<is_request, Fields>&, value_type& body) : body_{body} {}
        void init(boost::optional<std::uint64_t> const&, boost::beast::error_code& error) { error = {}; }
        template <class Buffers> std::size_t put(Buffers const& buffers, boost::beast::error_code& error) {
            error = {};
            std::size_t taken = 0;
            for (auto const buffer : boost::beast::buffers_range_ref(buffers)) {
                if (!body_.put({static_cast<char const*>(buffer.data()), buffer.size()}))
                    error = boost::beast::http::error::body_limit;
                taken += buffer.size();
            }
            return taken;
        }
        void finish(boost::beast::error_code& error) { error = {}; }

    private:
        value_type& body_;
    };
};

} // namespace sangu::http
