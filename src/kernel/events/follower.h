#pragma once

// What a module keeps in this process beside the database and brings up to date from the feed, such as an index. A
// listener (events.h) runs once for all servers; a follower runs in every process and keeps a position of its own.
// A module offers one as std::shared_ptr<Follower> (Module::offers).

namespace sangu {
struct Services;
}

namespace sangu::events {

class Follower {
public:
    Follower() = default;
    virtual ~Follower() = default;
    Follower(Follower const&) = delete;
    Follower& operator=(Follower const&) = delete;

    // Takes in everything the feed has, in the calling thread.
    virtual void run_once(Services& services) = 0;
    // Goes on by itself from now on; `services` outlives stop(), which blocks until what runs is done. After it nothing
    // of `services` is used any more.
    virtual void start(Services& services) = 0;
    virtual void stop() = 0;
};

} // namespace sangu::events
