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
    const Step readAttention{StepKind::Read, Branch::Attention, post ? BlockNorm::None : BlockNorm::Ln1};
    const Step readMlp{StepKind::Read, Branch::Mlp, post ? BlockNorm::None : BlockNorm::Ln2};
    const Step mix{StepKind::Mix}, writeAttention{StepKind::Write, Branch::Attention}, writeMlp{StepKind::Write, Branch::Mlp};
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
    return norm == BlockNorm::Ln1 ? &weights.ln1 : norm == BlockNorm::Ln2 ? &weights.ln2 : nullptr;
}

BlockNorm normBefore(const BlockPlan& plan, Branch branch)
{
    std::size_t at = indexOf(plan, StepKind::Read, branch);
    if (at == plan.size()) at = indexOf(plan, StepKind::Read, Branch::Attention);
    return plan[at].norm;
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

std::size_t firstAfterWrites(const BlockPlan& plan)
{
    std::size_t at = indexOf(plan, StepKind::Write, Branch::Attention);
    while (at < plan.size() && plan[at].kind == StepKind::Write) ++at;
    return at;
}

}  // namespace hs
