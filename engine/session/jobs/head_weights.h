// SPDX-License-Identifier: GPL-3.0-or-later
// The weights of one head to a safetensors file, to go on with elsewhere.
#pragma once

#include <memory>
#include <string>

#include "engine/base/ids.h"
#include "engine/model/model.h"
#include "engine/session/jobs/written.h"
#include "engine/session/work.h"

namespace hs {

/// As they are in the model, y = x W: W_Q, W_K, W_V [d_model, d_head], W_O [d_head, d_model]; b_Q, b_K, b_V [d_head] where there are
/// biases; all float32. Heads that share keys and values get the shared W_K and W_V. b_O is of the whole layer and left out. The
/// metadata of the file name program, model, layer and heads. NeedsWeights (item = head) where the file has none.
struct WriteHeadWeightsJob {
    using Answer = WrittenResult;

    std::string path;
    std::shared_ptr<const Model> model;
    HeadId head;

    std::string subject() const { return headName(head) + " " + path; }
};
namespace session {
Status runJob(const WriteHeadWeightsJob& job, const ContextOf<WriteHeadWeightsJob>& context);
}

}  // namespace hs
