#pragma once

// A workflow is a table, not code: states (at most 64), the steps between them, who may take a step,
// what must hold, what happens, and what happens by itself when time passes.
// The table is checked by the compiler and is data at run time, so that the same declaration
// drives the buttons on a page, the API, the timers, the audit trail and the diagram in the manual.

#include "base/function_ref.h"
#include "base/result.h"
#include "base/time.h"
#include "kernel/auth/actor.h"
#include "kernel/entity/choice.h"

#include <array>
#include <concepts>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace sangu::flow {

struct Role {
    std::string_view name;
    friend constexpr bool operator==(Role, Role) = default;
};

struct Wait {
    std::int32_t days = 0;
    bool workdays = false;
};
consteval Wait days(std::int32_t n) { return {n, false}; }
consteval Wait workdays(std::int32_t n) { return {n, true}; }

struct Guard {
    std::string_view key; // why the step is refused: message key "<flow>.guard.<key>"
    bool (*holds)(void const* object) = nullptr;
};

struct Step {
    std::string_view action; // "accept": the last part of the URL, the message key and the audit verb
    std::uint64_t from = 0;  // set of states
    std::int64_t to = 0;
    std::array<Role, 6> roles{}; // any of them; none: only the system
    std::array<Guard, 4> guards{};
    void (*effect)(void* object, Instant now) = nullptr;
    Wait wait{}; // a step taken by the clock
    bool comment_required = false;

    constexpr bool leaves(std::int64_t state) const { return from >> state & 1; }
    constexpr bool timed() const { return wait.days != 0; }
};

struct Flow {
    std::string_view name;
    std::span<Choice const> states;
    std::int64_t start = 0;
    std::uint64_t final_states = 0;
    std::span<Step const> steps;
    std::int64_t (*get_state)(void const* object) = nullptr;
    void (*set_state)(void* object, std::int64_t state) = nullptr;
};

// Writing a table.

template <class E, class S> struct StepOf {
    Step step;

    consteval StepOf from(std::same_as<S> auto... states) const {
        return with([=](Step& s) { s.from = (... | (std::uint64_t{1} << static_cast<int>(states))); });
    }
    consteval StepOf in(std::same_as<S> auto... states) const { return from(states...); }
    consteval StepOf to(S state) const {
        return with([=](Step& s) { s.to = static_cast<std::int64_t>(state); });
    }
    consteval StepOf by(std::same_as<Role> auto... roles) const {
        return with([=](Step& s) { s.roles = {roles...}; });
    }
    consteval StepOf comment() const {
        return with([](Step& s) { s.comment_required = true; });
    }
    template <std::predicate<E const&> Holds> consteval StepOf when(std::string_view key, Holds) const {
        return with([=](Step& s) {
            std::size_t i = 0;
            while (s.guards.at(i).holds) ++i;
            s.guards[i] = {key, [](void const* object) { return Holds{}(*static_cast<E const*>(object)); }};
        });
    }
    template <std::invocable<E&, Instant> Effect> consteval StepOf then(Effect) const {
        return with(
            [](Step& s) { s.effect = [](void* object, Instant now) { Effect{}(*static_cast<E*>(object), now); }; });
    }

private:
    template <class Change> consteval StepOf with(Change change) const {
        StepOf copy = *this;
        change(copy.step);
        return copy;
    }
};

// The words of a table about entity E with states S.
template <class E, class S> struct Words {
    static consteval StepOf<E, S> on(std::string_view action) { return {Step{.action = action}}; }
    static consteval StepOf<E, S> after(Wait wait, std::string_view action) {
        return {Step{.action = action, .wait = wait}};
    }
};

namespace detail {

// Named mistakes: never constant, so that the compiler stops and shows the name.
void a_state_cannot_be_reached();
void a_state_is_a_dead_end_but_not_final();
void a_final_state_has_a_step_out_of_it();
void a_step_has_no_from_state();
void a_step_needs_a_role_or_a_wait();
void two_unguarded_steps_share_a_state_and_an_action();

template <class E, class S, std::size_t Count> struct Table {
    using entity = E;
    using state = S;
    S start;
    std::uint64_t final_states;
    std::array<Step, Count> steps;
};

consteval void check(std::span<Choice const> states, std::int64_t start, std::uint64_t final_states,
                     std::span<Step const> steps) {
    std::uint64_t reached = std::uint64_t{1} << start, before = 0;
    while (reached != before) {
        before = reached;
        for (Step const& step : steps)
            if (step.from & reached) reached |= std::uint64_t{1} << step.to;
    }
    for (Choice const& state : states) {
        bool const final_state = final_states >> state.value & 1;
        bool left = false;
        for (Step const& step : steps) left |= step.leaves(state.value);
        if (!(reached >> state.value & 1)) a_state_cannot_be_reached();
        if (!left && !final_state) a_state_is_a_dead_end_but_not_final();
        if (left && final_state) a_final_state_has_a_step_out_of_it();
    }
    for (std::size_t i = 0; i < steps.size(); ++i) {
        if (!steps[i].from) a_step_has_no_from_state();
        if (steps[i].roles[0].name.empty() && !steps[i].timed()) a_step_needs_a_role_or_a_wait();
        for (std::size_t j = 0; j < i; ++j)
            if ((steps[i].from & steps[j].from) && steps[i].action == steps[j].action && !steps[j].guards[0].holds)
                two_unguarded_steps_share_a_state_and_an_action();
    }
}

} // namespace detail

template <class S> consteval std::uint64_t set_of(std::same_as<S> auto... states) {
    return (... | (std::uint64_t{1} << static_cast<int>(states)));
}

template <class E, class S, class... Steps>
consteval auto table(S start, std::uint64_t final_states, StepOf<E, S> const& first, Steps const&... rest) {
    detail::Table<E, S, 1 + sizeof...(rest)> result{start, final_states, {first.step, rest.step...}};
    auto const states = choices_of(S{});
    detail::check(states, static_cast<std::int64_t>(start), final_states, result.steps);
    return result;
}

namespace detail {
template <class Describe> inline constexpr auto stored = Describe{}();
template <class S> inline constexpr auto states_of = choices_of(S{});
template <class E, class S> S member_type(S E::*);
} // namespace detail

template <auto StateMember, class Describe> consteval Flow flow(std::string_view name, Describe) {
    using Table = std::remove_const_t<decltype(detail::stored<Describe>)>;
    using E = typename Table::entity;
    using S = typename Table::state;
    constexpr auto const& stored = detail::stored<Describe>;
    return {name,
            detail::states_of<S>,
            static_cast<std::int64_t>(stored.start),
            stored.final_states,
            stored.steps,
            [](void const* object) { return static_cast<std::int64_t>(static_cast<E const*>(object)->*StateMember); },
            [](void* object, std::int64_t state) { static_cast<E*>(object)->*StateMember = static_cast<S>(state); }};
}

// Using a table (flow.cpp).

// What taking a step leaves behind: written in the same transaction as the changed object.
struct Taken {
    std::string flow, action, from, to, comment;
    Instant at;
};

// A button: shown when a role allows it; greyed with the reasons when only a guard stands in the way.
struct Offer {
    std::string_view action;
    std::int64_t to = 0;
    bool comment_required = false;
    std::vector<std::string> refused_because; // message keys "<flow>.guard.<key>"
};

// The steps `actor` may take on an object that lies in `scope`, in table order.
std::vector<Offer> offers(Flow const& flow, void const* object, auth::Actor const& actor, std::string_view scope);

// Takes a step in memory: checks role, comment and guards, runs the effect, sets the state. The caller stores the
// object with its optimistic version, the audit record and the event in one transaction. Refusals:
// "error.no_such_step" (conflict), "error.forbidden", "error.comment_required", "<flow>.guard.<key>" (conflict).
// Timed steps are taken by auth::system_actor().
Result<Taken> take(Flow const& flow, void* object, std::string_view action, auth::Actor const& actor,
                   std::string_view scope, Instant now, std::string comment = {});

using AddWait = FunctionRef<Instant(Instant since, Wait wait)>;
struct Due {
    std::string_view action;
    Instant at;
};
// The timed steps that leave the object's state, with their due moments counted from `since`.
std::vector<Due> timers(Flow const& flow, void const* object, Instant since, AddWait add_wait);

std::string_view state_name(Flow const& flow, std::int64_t state);
std::string to_mermaid(Flow const& flow);

template <class E> std::vector<Offer> offers(E const& one, auth::Actor const& actor, std::string_view scope) {
    return offers(E::flow, &one, actor, scope);
}
template <class E>
Result<Taken> take(E& one, std::string_view action, auth::Actor const& actor, std::string_view scope, Instant now,
                   std::string comment = {}) {
    return take(E::flow, &one, action, actor, scope, now, std::move(comment));
}

} // namespace sangu::flow
