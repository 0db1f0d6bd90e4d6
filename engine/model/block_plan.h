// SPDX-License-Identifier: GPL-3.0-or-later
// The order of a block's steps, made from the configuration. Forward pass, lanes, backward pass and the analyses of single rows all
// walk this list; another kind of block is another list.
#pragma once

#include <vector>

#include "engine/model/config.h"
#include "engine/model/weights.h"

namespace hs {

/// The two parts of a block that read the residual stream and add to it.
enum class Branch { Attention, Mlp };
/// One of the layer's norms.
enum class BlockNorm { None, Ln1, Ln2, Ln1Post, Ln2Post };

enum class StepKind {
    Read,   ///< what the branch reads becomes norm(stream)
    Share,  ///< the MLP reads what attention reads
    Mix,    ///< queries, keys and values from what attention reads, and the heads' mix z of values
    Write,  ///< stream += norm(what the branch makes of what it reads) (attention: z W_O + b_O)
    Norm,   ///< stream = norm(stream)
};

struct Step {
    StepKind kind = StepKind::Read;
    Branch branch = Branch::Attention;  ///< Read, Write
    BlockNorm norm = BlockNorm::None;   ///< Read, Write, Norm
    bool operator==(const Step&) const = default;
};
using BlockPlan = std::vector<Step>;

/// Every plan begins by reading the block's input for attention and writes each branch once.
BlockPlan blockPlan(const ModelConfig& config);

/// Weights of a norm; null for None.
const NormWeights* normWeights(const LayerWeights& weights, BlockNorm norm);

/// Norm under which a branch reads the stream; of attention where the MLP shares it.
BlockNorm normBefore(const BlockPlan& plan, Branch branch);
/// Norm of what a branch writes.
BlockNorm normAfter(const BlockPlan& plan, Branch branch);
/// What attention added is in what the MLP reads, or there is no MLP: the stream between the two is a place of its own (Site::ResidMid).
bool hasMiddle(const BlockPlan& plan);
/// The stream is changed by additions alone: it is the sum of what the branches wrote.
bool streamIsSum(const BlockPlan& plan);
/// What attention writes is the sum of what its heads write: no norm stands between.
bool writesAreSums(const BlockPlan& plan);
/// Index of the first step that depends on what attention wrote: up to there two passes whose z differs only in this layer have the same
/// of everything but that Write, and differ in it by the difference of z through W_O. Where a norm stands between, attention's own Write
/// is that step.
std::size_t firstAfterWrites(const BlockPlan& plan);

}  // namespace hs
