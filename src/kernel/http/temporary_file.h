#pragma once

// Files that live as long as a request or a reply: uploads that lie in memory, downloads whose writer needs a file.

#include "kernel/http/message.h"

#include <memory>
#include <optional>
#include <string>
#include <string_view>

namespace sangu::http {

// An own file in the temporary folder, readable by this user only, removed at the end. Faults: no space, no folder.
class TemporaryFile {
public:
    explicit TemporaryFile(std::string_view content = {});
    TemporaryFile(TemporaryFile const&) = delete;
    TemporaryFile& operator=(TemporaryFile const&) = delete;
    ~TemporaryFile();

    std::string const& path() const { return path_; }

private:
    std::string path_;
};

// An upload as a file, for readers that want one; the upload must outlive it.
class UploadedFile {
public:
    explicit UploadedFile(Upload const& upload);

    std::string const& path() const { return own_ ? own_->path() : upload_.path; }

private:
    Upload const& upload_;
    std::optional<TemporaryFile> own_; // a small upload lies in memory
};

// The content from its beginning; the reply keeps the file.
BodySource body_of(std::shared_ptr<TemporaryFile const> file);

} // namespace sangu::http
