#pragma once

// One process at a time has an index open.

#include <string>

namespace sangu::search {

class FolderLock {
public:
    explicit FolderLock(std::string const& path); // throws std::system_error when another holds it
    ~FolderLock();
    FolderLock(FolderLock const&) = delete;
    FolderLock& operator=(FolderLock const&) = delete;

private:
    int file_;
};

} // namespace sangu::search
