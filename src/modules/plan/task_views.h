#pragma once

// The task list seen as a board by state, as the plan's tree, and on a time line.

#include "modules/plan/task_filter.h"

namespace sangu::plan {

struct TaskView {
    Context& context;
    TaskFilter filter;
    Plan const& plan;
    std::span<Section const> sections;
    std::span<registry::PlaceCard const> places;
    std::vector<auth::Scope> editable; // where the reader may change tasks
    TaskList list;
    // A bulk edit that was refused: why, and what was typed.
    Error const* error = nullptr;
    http::Request const* refused = nullptr;

    std::string typed(std::string_view field) const {
        return refused ? std::string{refused->form_value(field).value_or("")} : std::string{};
    }
    std::string_view t(std::string_view key) const { return context.t(key); }
};

void board_view(html::Out& out, TaskView const& view);
void tree_view(html::Out& out, TaskView const& view);
void timeline_view(html::Out& out, TaskView const& view);

} // namespace sangu::plan
