#pragma once

// A service case in twelve steps: the flow that the tests walk through.

#include "kernel/flow/flow.h"

#include <optional>

namespace sangu::flow::sample {

enum class CaseState { draft, submitted, accepted, supplementing, handling, resolved, closed, rejected, withdrawn };
inline constexpr auto choices_of(CaseState) {
    using enum CaseState;
    return choices<CaseState>({{draft, "draft"},
                               {submitted, "submitted"},
                               {accepted, "accepted"},
                               {supplementing, "supplementing"},
                               {handling, "handling"},
                               {resolved, "resolved"},
                               {closed, "closed"},
                               {rejected, "rejected"},
                               {withdrawn, "withdrawn"}});
}

struct ServiceCase {
    CaseState state = CaseState::draft;
    std::string subject;
    std::string handler;
    std::int64_t attachments = 0;
    std::optional<Instant> resolved_at;

    static Flow const flow;
};

namespace role {
inline constexpr Role applicant{"applicant"};
inline constexpr Role clerk{"clerk"};
inline constexpr Role handler{"handler"};
inline constexpr Role supervisor{"supervisor"};
} // namespace role

} // namespace sangu::flow::sample
