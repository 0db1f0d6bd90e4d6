// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/similarity/behaviour/swap_test.h"

#include <cmath>
#include <limits>

#include "engine/similarity/behaviour/swap_steps.h"

namespace hs {

Result<std::vector<SwapResult>> swapTest(const std::shared_ptr<const Model>& model, const PromptCorpus& corpus, const std::vector<SwapRequest>& requests,
                                         std::uint64_t seed, const Progress& progress)
{
    return swapTestInSteps(model, corpus, requests, seed, progress, {});
}

Result<std::vector<RedundancyCandidate>> redundancyCandidates(const BehaviourResult& behaviour, double mostDistance, double leastCka, double sinkLevel)
{
    if (!behaviour.patterns) return Error::argument("js");
    const HeadMatrix& js = *behaviour.patterns;
    const std::size_t n = js.rows.size();
    if (behaviour.outputs && behaviour.outputs->rows.size() != n)
        return Error::shape("output-cka", std::to_string(behaviour.outputs->rows.size()), std::to_string(n));
    std::vector<RedundancyCandidate> out;
    for (std::size_t i = 0; i < n; ++i) {
        std::size_t best = n;
        for (std::size_t j = 0; j < n; ++j)
            if (j != i && !std::isnan(js.value(i, j)) && (best == n || js.value(i, j) < js.value(i, best))) best = j;
        if (best == n) continue;
        RedundancyCandidate c;
        c.head = js.rows.heads[i].id;
        c.nearest = js.rows.heads[best].id;
        c.distance = js.value(i, best);
        c.cka = behaviour.outputs ? behaviour.outputs->value(i, best) : std::numeric_limits<double>::quiet_NaN();
        c.bothSinks = behaviour.referenceMass.size() == n && behaviour.referenceMass[i] >= sinkLevel && behaviour.referenceMass[best] >= sinkLevel;
        c.candidate = c.distance <= mostDistance && c.cka >= leastCka;
        out.push_back(c);
    }
    return out;
}

}  // namespace hs
