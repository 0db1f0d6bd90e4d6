// SPDX-License-Identifier: GPL-3.0-or-later
#include <algorithm>

#include "engine/forward/block.h"
#include "engine/forward/ends.h"

namespace hs {

Result<MatrixF> embed(const Model& model, const Prompt& prompt, const Progress& progress)
{
    const ModelConfig& config = model.config();
    const auto read = model.embedding(progress);
    if (!read) return read.error();
    const EmbeddingWeights& w = **read;
    const int n = prompt.size(), d = config.dModel;
    if (w.wE.cols() != d) return Error::shape("embed/W_E", std::to_string(w.wE.cols()), std::to_string(d));
    const MatrixF& table = w.wPos;
    if (config.needsPositionTable() || !table.empty()) {
        if (table.cols() != d) return Error::shape("pos_embed/W_pos", std::to_string(table.cols()), std::to_string(d));
        if (n > table.rows()) return Error::of(ErrorCode::TextTooLong, {}, std::to_string(n), std::to_string(table.rows()));
    }
    const MatrixF positions = positionRows(config, w, n);
    MatrixF x = MatrixF::uninitialised(n, d);
    for (int p = 0; p < n; ++p) {
        const Token& token = prompt.tokens[static_cast<std::size_t>(p)];
        const int id = token.id;
        if (id < 0 || id >= w.wE.rows()) {
            const std::string number = std::to_string(id), rows = std::to_string(w.wE.rows());
            if (id >= 0 && !token.piece.empty() && token.piece != number)  // the tokeniser knows more tokens than the model
                return Error::of(ErrorCode::TokenOutOfRange, token.piece, number, rows + " rows");
            return Error::of(ErrorCode::TokenOutOfRange, std::to_string(p), number, "0 .. " + std::to_string(w.wE.rows() - 1));
        }
        scaleInto(x.row(p), w.wE.row(id), static_cast<float>(config.embedScale), d);
        if (!positions.empty()) addTo(x.row(p), positions.row(p), d);
    }
    if (w.hasNorm) block::normRows(config.forEmbeddingNorm(), w.norm, std::as_const(x).view(), x.view());
    return x;
}

MatrixF positionRows(const ModelConfig& config, const EmbeddingWeights& weights, int n)
{
    if (!config.addsPositions()) return {};
    if (weights.wPos.empty()) return sinusoidalPositions(n, config.dModel);
    MatrixF out = MatrixF::uninitialised(n, weights.wPos.cols());
    for (int p = 0; p < n; ++p) std::copy_n(weights.wPos.row(p), out.cols(), out.row(p));
    return out;
}

Result<std::shared_ptr<const EmbeddingWeights>> positionsForQk(const Model& model, const Progress& progress)
{
    if (model.config().position != PositionKind::Shortformer) return std::shared_ptr<const EmbeddingWeights>();
    return model.embedding(progress);
}

Rotations::Rotations(const ModelConfig& config, int n)
{
    if (config.position != PositionKind::Rotary) return;
    // 0 stands for the whole head.
    const int dim = config.rotaryDim > 0 ? std::min(config.rotaryDim, config.dHead) : config.dHead;
    const auto table = [&](double base, const RotaryScaling& scaling) {
        return RotaryTable(n, scaling.frequencies(base, dim, n), config.rotaryAdjacentPairs, scaling.attention);
    };
    m_tables[1] = table(config.rotaryBase, config.rotaryScaling);
    if (config.rotaryBaseLocal > 0) m_tables[2] = table(config.rotaryBaseLocal, config.rotaryScalingLocal);
}

}  // namespace hs
