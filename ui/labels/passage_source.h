// SPDX-License-Identifier: GPL-3.0-or-later
// Attention of a passage that nobody opened: runs when the first tile is asked for, up to the head's layer and no further.
#pragma once

#include <memory>
#include <mutex>
#include <vector>

#include "engine/forward/run.h"

namespace hs::ui {

/// For small maps of examples: a TileJob carries it to the engine's thread, and the forward pass happens there. Only maps: no
/// statistics, no logits. Interventions of the project do not apply: labels are about the model as it is.
class PassageSource final : public AttentionSource {
public:
    PassageSource(std::shared_ptr<const Model> model, std::vector<int> ids, int lastLayer);
    int layers() const override;
    int heads(int layer) const override;
    int queries() const override { return int(m_ids.size()); }
    int keys() const override { return int(m_ids.size()); }
    Visibility visibility(int layer) const override;
    const std::vector<Token>& queryTokens() const override { return m_tokens; }  ///< none: its reader has them
    const std::vector<Token>& keyTokens() const override { return m_tokens; }
    int readyLayers() const override { return m_lastLayer + 1; }
    bool has(MapKind) const override { return true; }
    /// Errors of the forward pass.
    Result<MatrixF> tile(HeadId head, MapKind kind, int q0, int nq, int k0, int nk) const override;
    std::shared_ptr<const HeadStats> stats(HeadId) const override { return nullptr; }

private:
    std::shared_ptr<const Model> m_model;
    std::vector<int> m_ids;
    int m_lastLayer;
    std::vector<Token> m_tokens;
    mutable std::mutex m_mutex;
    mutable std::shared_ptr<const Run> m_run;
};

}  // namespace hs::ui
