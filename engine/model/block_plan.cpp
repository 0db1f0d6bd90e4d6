// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/model/block_plan.h"

#include <algorithm>

namespace hs {
namespace {

std::size_t indexOf(const BlockPlan& plan, StepKind kind, Branch branch)
{
    const auto at = std::find_if(plan.begin(), plan.end(), [&](const Step& s) { return s.kind == kind && s.branch == branch; });
    return static_cast<std::size_t>(at - plan.begin());
}

}  // namespace

BlockPlan blockPlan(const ModelConfig& config)
{
    const bool post = config.normPlace == NormPlace::Post, mlp = !config.attnOnly;
    const bool in = config.normsInput(), out = config.normsOutput();
    const Step readAttention{StepKind::Read, Branch::Attention, in ? BlockNorm::Ln1 : BlockNorm::None};
    const Step readMlp{StepKind::Read, Branch::Mlp, in ? BlockNorm::Ln2 : BlockNorm::None};
    const Step mix{StepKind::Mix};
    const Step writeAttention{StepKind::Write, Branch::Attention, out ? BlockNorm::Ln1Post : BlockNorm::None};
    const Step writeMlp{StepKind::Write, Branch::Mlp, out ? BlockNorm::Ln2Post : BlockNorm::None};
    const Step norm1{StepKind::Norm, Branch::Attention, BlockNorm::Ln1}, norm2{StepKind::Norm, Branch::Mlp, BlockNorm::Ln2};

    BlockPlan plan{readAttention, mix};
    if (mlp && config.parallelAttnMlp) {
        // With two norms the MLP has its own view of the block's input, made when attention is done with its own.
        plan.push_back(post || config.parallelSharedNorm ? Step{StepKind::Share, Branch::Mlp} : readMlp);
        plan.insert(plan.end(), {writeAttention, writeMlp});
        if (post) plan.push_back(norm1);
        return plan;
    }
    plan.push_back(writeAttention);
    if (post) plan.push_back(norm1);
    if (!mlp) return plan;
    plan.insert(plan.end(), {readMlp, writeMlp});
    if (post) plan.push_back(norm2);
    return plan;
}

const NormWeights* normWeights(const LayerWeights& weights, BlockNorm norm)
{
    switch (norm) {
    case BlockNorm::Ln1: return &weights.ln1;
    case BlockNorm::Ln2: return &weights.ln2;
    case BlockNorm::Ln1Post: return &weights.ln1Post;
    case BlockNorm::Ln2Post: return &weights.ln2Post;
    case BlockNorm::None: break;
    }
    return nullptr;
}

BlockNorm normBefore(const BlockPlan& plan, Branch branch)
{
    std::size_t at = indexOf(plan, StepKind::Read, branch);
    if (at == plan.size()) at = indexOf(plan, StepKind::Read, Branch::Attention);
    return plan[at].norm;
}

BlockNorm normAfter(const BlockPlan& plan, Branch branch)
{
    const std::size_t at = indexOf(plan, StepKind::Write, branch);
    return at == plan.size() ? BlockNorm::None : plan[at].norm;
}

bool hasMiddle(const BlockPlan& plan)
{
    const std::size_t write = indexOf(plan, StepKind::Write, Branch::Attention);
    return write + 1 == plan.size() || plan[write + 1].kind != StepKind::Write;
}

bool streamIsSum(const BlockPlan& plan)
{
    return std::none_of(plan.begin(), plan.end(), [](const Step& s) { return s.kind == StepKind::Norm; });
}

bool writesAreSums(const BlockPlan& plan) { return normAfter(plan, Branch::Attention) == BlockNorm::None; }

std::size_t firstAfterWrites(const BlockPlan& plan)
{
    std::size_t at = indexOf(plan, StepKind::Write, Branch::Attention);
    if (!writesAreSums(plan)) return at;
    while (at < plan.size() && plan[at].kind == StepKind::Write) ++at;
    return at;
}

}  // namespace hs
