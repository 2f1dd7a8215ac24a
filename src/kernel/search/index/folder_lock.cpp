#include "kernel/search/index/folder_lock.h"

#include <fcntl.h>
#include <sys/file.h>
#include <unistd.h>

#include <cerrno>
#include <system_error>

namespace sangu::search {

FolderLock::FolderLock(std::string const& path) : file_{::open(path.c_str(), O_RDWR | O_CREAT | O_CLOEXEC, 0640)} {
    if (file_ >= 0 && ::flock(file_, LOCK_EX | LOCK_NB) == 0) return;
    int const error = errno;
    if (file_ >= 0) ::close(file_);
    throw std::system_error{error, std::generic_category(), "lock " + path};
}

FolderLock::~FolderLock() { ::close(file_); }

} // namespace sangu::search
