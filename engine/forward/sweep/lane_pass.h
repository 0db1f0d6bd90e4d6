// SPDX-License-Identifier: GPL-3.0-or-later
// Inside engine/forward/sweep: passes of several prompts stacked into one tall matrix, layer by layer.
#pragma once

#include <memory>
#include <vector>

#include "engine/forward/block.h"
#include "engine/forward/ends.h"
#include "engine/forward/sweep/sweep.h"

namespace hs::sweep {

/// One pass inside the stack: rows [row, row + n). LanePass orders lanes by their first layer and places their rows.
struct Lane {
    std::size_t index = 0;  ///< the caller's name for it
    int n = 0;
    std::ptrdiff_t row = 0;
    int first = 0;                    ///< layer it joins at: that layer's attention is the base's but for the cut heads
    const SweepBase* base = nullptr;  ///< null: it runs from the embedding and may be recorded
    std::vector<bool> padding;        ///< [n] or empty: hidden from every query
    HeadCuts baseCuts, cuts;          ///< in force in the base; added by this lane
    int donor = 0;
};

/// z of one head under the cuts that name it, of which a lane has several kinds. z [n, dh] is changed; v: [n, dh] of its key/value head,
/// for Uniform.
void applyCuts(const HeadCuts& cuts, HeadId head, const AblationValues& values, const Lane& lane, Visibility mask, ViewF v, MutViewF z);

class LanePass {
public:
    LanePass(const Model& model, const AblationValues& values, std::vector<Lane> lanes);

    /// Runs all layers from the first that a lane needs. `x` [rows, d]: rows of lanes without a base hold the embedding, the rest
    /// anything; becomes the output of the last block. `record`: of the only lane, when it has no base.
    Status run(MatrixF& x, SweepBase* record, const Progress& progress);
    std::ptrdiff_t rows() const { return m_rows; }
    const std::vector<Lane>& lanes() const { return m_lanes; }

private:
    Status oneLayer(int layer, MatrixF& x, SweepBase* record, const Progress& progress);
    /// The first `lanes` lanes cut into panels, by where each ends.
    std::vector<std::size_t> panelEnds(std::size_t lanes) const;
    /// One layer of lanes [begin, end): [begin, own) run its attention, [own, end) join after it.
    bool panel(const block::Context& context, std::size_t begin, std::size_t own, std::size_t end, MatrixF& x,
               SweepBase::Layer* kept) const;
    /// What the branches of some lanes read, and z.
    struct Reads {
        MatrixF attention, mlp, z;
    };
    /// One step of the plan on lanes [begin, end), whose rows x is.
    bool step(const block::Context& context, const Step& step, std::size_t begin, std::size_t end, MutViewF x, Reads& reads,
              SweepBase::Layer* record) const;
    /// z of lanes [begin, end), whose rows `input` is; empty in layers without heads.
    bool mix(const block::Context& context, ViewF input, std::size_t begin, std::size_t end, MatrixF& z, SweepBase::Layer* record) const;
    void attend(const block::Context& context, const MatrixF& q, const MatrixF& k, const MatrixF& v, MatrixF& z, std::size_t begin,
                std::size_t end, SweepBase::Layer* record) const;
    /// What queries and keys of shortformer models read, or nothing.
    MatrixF placedRows(const block::Context& context, ViewF input, std::size_t begin, std::size_t end) const;
    void rotate(int layer, MatrixF& m, std::size_t begin, std::size_t end) const;
    /// Rows of a lane that joins: the base's, plus what its cuts change.
    void join(const block::Context& context, const Lane& lane, MutViewF x) const;
    /// The same where the output is normed, which no difference passes through: x before attention writes. `z` [lane's n, H*dh] gets the
    /// base's with the lane's cuts.
    void joinBefore(const block::Context& context, const Lane& lane, MutViewF x, MutViewF z) const;

    const Model& m_model;
    const AblationValues& m_values;
    std::vector<Lane> m_lanes;
    std::ptrdiff_t m_rows = 0;
    std::vector<std::shared_ptr<const Rotations>> m_rotations;  ///< of each lane
};

}  // namespace hs::sweep
