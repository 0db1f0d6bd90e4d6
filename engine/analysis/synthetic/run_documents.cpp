// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/analysis/synthetic/run_documents.h"

#include <algorithm>
#include <optional>

#include "engine/base/parallel.h"

namespace hs {
namespace {

/// Documents between two checkpoints; never changes a result.
constexpr std::size_t kGroup = 4;

}  // namespace

std::vector<HeadId> allHeads(const ModelConfig& config)
{
    std::vector<HeadId> out;
    for (int l = 0; l < config.nLayers; ++l)
        for (int h = 0; h < config.heads(l); ++h) out.push_back({l, h});
    return out;
}

ForwardOptions attentionOnly()
{
    ForwardOptions options;
    options.logits = options.stats = options.keepResiduals = false;
    return options;
}

Status runDocuments(const std::shared_ptr<const Model>& model, const std::vector<std::shared_ptr<const Prompt>>& prompts,
                    const ForwardOptions& options, const Progress& progress, const std::function<Status(std::size_t, const Run&)>& body,
                    Stage stage)
{
    const Progress inner(progress.token(), {});  // no checkpoints inside the pool
    for (std::size_t first = 0; first < prompts.size(); first += kGroup) {
        progress.report(stage, static_cast<std::int64_t>(first), static_cast<std::int64_t>(prompts.size()));
        if (!progress.checkpoint()) return Error::cancelled();
        const std::size_t count = std::min(kGroup, prompts.size() - first);
        std::vector<std::optional<Error>> errors(count);
        parallelFor(count, [&](std::size_t i) {
            const auto run = forward(model, prompts[first + i], options, inner);
            if (!run) {
                errors[i] = run.error();
                return;
            }
            if (const Status status = body(first + i, **run); !status) errors[i] = status.error();
        });
        for (const std::optional<Error>& e : errors)
            if (e) return *e;
    }
    return {};
}

}  // namespace hs
