#pragma once

// The entries of a zip file from outside, read one at a time under limits.

#include "kernel/tables/tables.h"

namespace sangu::tables {

class Zip {
public:
    // Refuses what is not a zip file, has too many entries, encrypted entries, names that leave the archive or come
    // twice, and what unpacks beyond the limits.
    static Result<std::unique_ptr<Zip>> open(std::string const& path, Limits const& limits);
    ~Zip();
    Zip(Zip const&) = delete;
    Zip& operator=(Zip const&) = delete;

    // Begins with an entry (upper and lower case are the same); false when there is none. Ends the one before.
    Result<bool> begin(std::string const& name);
    // Up to `count` bytes; 0 at the end of the entry. Refuses more than the directory promised and wrong checksums.
    Result<std::size_t> read(char* bytes, std::size_t count);

private:
    Zip(void* file, Limits const& limits) : file_{file}, limits_{limits} {}
    Result<void> check_entries();
    Result<void> end();

    void* file_; // unzFile
    Limits limits_;
    std::uint64_t left_ = 0; // bytes of the current entry, as promised
    bool is_inside_ = false;
};

} // namespace sangu::tables
