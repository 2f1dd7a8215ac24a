#include "kernel/flow/flow.h"

#include "base/text.h"

#include <algorithm>

namespace sangu::flow {

namespace {

bool has_role(Step const& step, auth::Actor const& actor, std::string_view scope) {
    auto const matches = [&](auth::RoleGrant const& grant) {
        auto const named = [&](Role role) { return !role.name.empty() && role.name == grant.role; };
        return grant.scope.covers(scope) && std::ranges::any_of(step.roles, named);
    };
    return std::ranges::any_of(actor.roles, matches);
}

bool may_take(Step const& step, auth::Actor const& actor, std::string_view scope) {
    bool const by_clock = step.timed() && actor.kind == auth::ActorKind::system;
    return by_clock || has_role(step, actor, scope);
}

std::vector<std::string> broken_guards(Flow const& flow, Step const& step, void const* object) {
    std::vector<std::string> keys;
    for (Guard const& guard : step.guards)
        if (guard.holds && !guard.holds(object))
            keys.push_back(std::string{flow.name} + ".guard." + std::string{guard.key});
    return keys;
}

// Why this step cannot be taken; an empty key: it can.
Error refusal_of(Flow const& flow, Step const& step, void const* object, auth::Actor const& actor,
                 std::string_view scope, std::string_view comment) {
    if (!may_take(step, actor, scope)) return {Refusal::forbidden, "error.forbidden", {}, {}};
    if (step.comment_required && trim(comment).empty())
        return {Refusal::invalid, "error.comment_required", {}, {{"comment", "error.comment_required", {}}}};
    auto const broken = broken_guards(flow, step, object);
    if (!broken.empty()) return {Refusal::conflict, broken.front(), {}, {}};
    return {};
}

} // namespace

std::vector<Offer> offers(Flow const& flow, void const* object, auth::Actor const& actor, std::string_view scope) {
    std::vector<Offer> result;
    std::int64_t const state = flow.get_state(object);
    for (Step const& step : flow.steps)
        if (step.leaves(state) && may_take(step, actor, scope))
            result.push_back({step.action, step.to, step.comment_required, broken_guards(flow, step, object)});
    return result;
}

Result<Taken> take(Flow const& flow, void* object, std::string_view action, auth::Actor const& actor,
                   std::string_view scope, Instant now, std::string comment) {
    std::int64_t const state = flow.get_state(object);
    Error refusal{Refusal::conflict, "error.no_such_step", {}, {}};
    for (Step const& step : flow.steps) {
        if (step.action != action || !step.leaves(state)) continue;
        refusal = refusal_of(flow, step, object, actor, scope, comment);
        if (!refusal.key.empty()) continue; // another step of this name may be open to the actor
        if (step.effect) step.effect(object, now);
        flow.set_state(object, step.to);
        return Taken{std::string{flow.name},
                     std::string{action},
                     std::string{state_name(flow, state)},
                     std::string{state_name(flow, step.to)},
                     std::move(comment),
                     now};
    }
    return tl::make_unexpected(std::move(refusal));
}

std::vector<Due> timers(Flow const& flow, void const* object, Instant since, AddWait add_wait) {
    std::vector<Due> result;
    std::int64_t const state = flow.get_state(object);
    for (Step const& step : flow.steps)
        if (step.timed() && step.leaves(state)) result.push_back({step.action, add_wait(since, step.wait)});
    return result;
}

std::string_view state_name(Flow const& flow, std::int64_t state) {
    auto const found = std::ranges::find(flow.states, state, &Choice::value);
    return found == flow.states.end() ? std::string_view{} : found->name;
}

std::string to_mermaid(Flow const& flow) {
    std::string text = "stateDiagram-v2\n    [*] --> ";
    text.append(state_name(flow, flow.start)).append("\n");
    for (Step const& step : flow.steps)
        for (Choice const& state : flow.states) {
            if (!step.leaves(state.value)) continue;
            text.append("    ").append(state.name).append(" --> ").append(state_name(flow, step.to));
            text.append(": ").append(step.action);
            if (step.timed())
                text.append(" after ")
                    .append(std::to_string(step.wait.days))
                    .append(step.wait.workdays ? " workdays" : " days");
            text += "\n";
        }
    for (Choice const& state : flow.states)
        if (flow.final_states >> state.value & 1) text.append("    ").append(state.name).append(" --> [*]\n");
    return text;
}

} // namespace sangu::flow
