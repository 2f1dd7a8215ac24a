#pragma once

// A thread that runs other people's work says with this, while it waits for something else than the processor – the
// disk, another process, another thread – that its pool may let another thread run meanwhile.

namespace sangu {

class Blocking {
public:
    struct Watcher {
        virtual void blocks() = 0;
        virtual void runs_again() = 0;

    protected:
        ~Watcher() = default;
    };
    // Of this thread; null outside of a pool.
    static inline thread_local Watcher* watcher = nullptr;

    Blocking() : told_{watcher} {
        if (told_ != nullptr) told_->blocks();
    }
    ~Blocking() {
        if (told_ != nullptr) told_->runs_again();
    }
    Blocking(Blocking const&) = delete;
    Blocking& operator=(Blocking const&) = delete;

private:
    Watcher* const told_;
};

} // namespace sangu
