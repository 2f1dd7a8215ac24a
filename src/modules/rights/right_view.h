#pragma once

// What one rendering of the page of a right needs, gathered before the first byte, and its parts.

#include "modules/rights/pages.h"
#include "modules/rights/project_service.h"

#include <vector>

namespace sangu::rights {

struct RightView {
    Context& context;
    RightRecord record;
    bool editable = false;
    std::vector<Encumbrance> encumbrances; // live and past, newest first
    std::vector<TermRule> term_rules;
    FreedomRules freedom;
    std::vector<Fee> fees;
    std::vector<FeePayment> payments = {};
    std::vector<RightCard> family = {};
    std::vector<Project> projects = {}; // it is in

    Right const& right() const { return record.right; }
    std::string_view t(std::string_view key) const { return context.t(key); }
    std::string path() const { return "/rights/" + record.right.id.text; }
    std::vector<Encumbrance> live() const;
    bool in_arrears() const; // by what is recorded
};

void timeline_part(html::Out& out, RightView const& view);
void fees_part(html::Out& out, RightView const& view);
// The form that records a paid fee; what was typed wins over what is due next.
void pay_form(html::Out& out, Context const& context, std::string_view path, std::span<Fee const> fees,
              http::Pairs const& typed, Problems const& problems);
void encumbrances_part(html::Out& out, RightView const& view);
// What can be laid on the right now, and what stands in the way of the rest.
void freedom_part(html::Out& out, RightView const& view);
// An obstacle as people read it, with its law.
void obstacle_text(html::Out& out, Context const& context, Obstacle const& obstacle);

} // namespace sangu::rights
