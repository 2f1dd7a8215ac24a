// expect: two_unguarded_steps_share_a_state_and_an_action
#include "kernel/flow/flow.h"

using namespace sangu;
using namespace sangu::flow;

enum class State { draft, open, closed };
inline constexpr auto choices_of(State) {
    return choices<State>({{State::draft, "draft"}, {State::open, "open"}, {State::closed, "closed"}});
}
inline constexpr Role clerk{"clerk"};

struct Case {
    State state = State::draft;
    std::int64_t attachments = 0;
    static Flow const flow;
};

constinit Flow const Case::flow = flow::flow<&Case::state>("t.case", [] {
    using enum State;
    using W = Words<Case, State>;
    return table(draft, set_of<State>(closed), W::on("open").from(draft).to(open).by(clerk),
                 W::on("close").from(open).to(closed).by(clerk), W::on("open").from(draft).to(closed).by(clerk));
});
