// SPDX-License-Identifier: GPL-3.0-or-later
// Information flow routes. The run must have kept its residuals.
#pragma once

#include <memory>
#include <string>

#include "engine/analysis/causes/flow_routes.h"
#include "engine/session/work.h"

namespace hs {

struct FlowRoutesResult;

struct FlowRoutesJob {
    using Answer = FlowRoutesResult;

    std::shared_ptr<const Run> run;
    FlowOptions options;

    std::string subject() const { return run ? run->prompt->text : std::string(); }
};
namespace session {
Status runJob(const FlowRoutesJob& job, const ContextOf<FlowRoutesJob>& context);
}

struct FlowRoutesResult {
    std::shared_ptr<const Run> run;
    std::shared_ptr<const FlowRoutes> routes;
};

}  // namespace hs
