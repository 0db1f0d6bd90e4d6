// SPDX-License-Identifier: GPL-3.0-or-later
// A model against the reference numbers in its file.
#pragma once

#include <memory>
#include <string>

#include "engine/io/parity.h"
#include "engine/session/subject.h"
#include "engine/session/work.h"

namespace hs {

struct ParityResult;

struct ParityJob {
    using Answer = ParityResult;

    std::shared_ptr<const Model> model;

    std::string subject() const { return pathOf(model); }
};
namespace session {
Status runJob(const ParityJob& job, const ContextOf<ParityJob>& context);
}

struct ParityResult {
    std::shared_ptr<const Model> model;
    ParityReport report;
};

}  // namespace hs
