// SPDX-License-Identifier: GPL-3.0-or-later
// A prompt through the model, layer by layer.
#pragma once

#include <memory>
#include <string>
#include <vector>

#include "engine/forward/forward.h"
#include "engine/session/work.h"

namespace hs {

struct RunResult;

/// Text, or ids when `ids` is not empty. Publishes RunUpdated after each layer.
struct RunJob {
    using Answer = RunResult;

    std::shared_ptr<const Model> model;
    std::string text;
    std::vector<int> ids;
    SpecialText special = SpecialText::Recognise;  ///< in `text`
    ForwardOptions options;
    std::shared_ptr<const Run> base;  ///< same model and prompt: only what differs is recomputed
    std::vector<int> types;           ///< token type of each token; empty: the prompt's own

    std::string subject() const;
    bool interactive() const;
};
namespace session {
Status runJob(const RunJob& job, const ContextOf<RunJob>& context);
}

struct RunResult {
    std::shared_ptr<const Run> run;
};  ///< partial until run->complete

}  // namespace hs
