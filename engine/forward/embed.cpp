// SPDX-License-Identifier: GPL-3.0-or-later
#include <algorithm>

#include "engine/forward/block.h"
#include "engine/forward/ends.h"
#include "engine/tensor/gemm.h"

namespace hs {

namespace {

Error outside(const std::string& item, int found, std::ptrdiff_t rows)
{
    return Error::of(ErrorCode::TokenOutOfRange, item, std::to_string(found), "0 .. " + std::to_string(rows - 1));
}

/// Adds the rows of the tokens' types.
Status addTypes(const EmbeddingWeights& w, const Prompt& prompt, MutViewF x)
{
    const auto n = static_cast<std::size_t>(prompt.size());
    if (!prompt.types.empty() && prompt.types.size() != n)
        return Error::argument("token_types", std::to_string(prompt.types.size()), std::to_string(n));
    if (w.wType.empty()) {
        if (std::any_of(prompt.types.begin(), prompt.types.end(), [](int type) { return type != 0; }))
            return Error::argument("token_types", "1", "0");
        return {};
    }
    if (w.wType.cols() != x.cols) return Error::shape("embed/W_type", std::to_string(w.wType.cols()), std::to_string(x.cols));
    for (std::size_t p = 0; p < n; ++p) {
        const int type = prompt.types.empty() ? 0 : prompt.types[p];
        if (type < 0 || type >= w.wType.rows()) return outside("token_types", type, w.wType.rows());
        addTo(x.row(static_cast<std::ptrdiff_t>(p)), w.wType.row(type), x.cols);
    }
    return {};
}

/// x W + b of every row.
MatrixF widened(const EmbeddingWeights& w, ViewF x, const Progress& progress)
{
    MatrixF out = MatrixF::uninitialised(x.rows, w.wWiden.cols());
    gemmParallel(false, false, 1.0f, x, w.wWiden.view(), 0.0f, out.view(), progress);
    for (std::ptrdiff_t r = 0; r < out.rows() && !w.bWiden.empty(); ++r) addTo(out.row(r), w.bWiden.data(), out.cols());
    return out;
}

}  // namespace

Result<MatrixF> embed(const Model& model, const Prompt& prompt, const Progress& progress)
{
    const ModelConfig& config = model.config();
    const auto read = model.embedding(progress);
    if (!read) return read.error();
    const EmbeddingWeights& w = **read;
    const int n = prompt.size();
    const std::ptrdiff_t d = w.wWiden.empty() ? config.dModel : w.wWiden.rows();
    if (w.wE.cols() != d) return Error::shape("embed/W_E", std::to_string(w.wE.cols()), std::to_string(d));
    if (!w.wWiden.empty() && w.wWiden.cols() != config.dModel)
        return Error::shape("embed/W_widen", std::to_string(w.wWiden.cols()), std::to_string(config.dModel));
    if ((config.needsPositionTable() || !w.wPos.empty()) && w.wPos.cols() != d)
        return Error::shape("pos_embed/W_pos", std::to_string(w.wPos.cols()), std::to_string(d));
    const Result<MatrixF> positions = positionRows(config, w, prompt.ids());
    if (!positions) return positions.error();
    MatrixF x = MatrixF::uninitialised(n, d);
    for (int p = 0; p < n; ++p) {
        const Token& token = prompt.tokens[static_cast<std::size_t>(p)];
        const int id = token.id;
        if (id < 0 || id >= w.wE.rows()) {
            const std::string number = std::to_string(id), rows = std::to_string(w.wE.rows());
            if (id >= 0 && !token.piece.empty() && token.piece != number)  // the tokeniser knows more tokens than the model
                return Error::of(ErrorCode::TokenOutOfRange, token.piece, number, rows + " rows");
            return outside(std::to_string(p), id, w.wE.rows());
        }
        scaleInto(x.row(p), w.wE.row(id), static_cast<float>(config.embedScale), d);
        if (!positions->empty()) addTo(x.row(p), positions->row(p), d);
    }
    if (Status s = addTypes(w, prompt, x.view()); !s) return s.error();
    if (w.hasNorm) block::normRows(config.forEmbeddingNorm(), w.norm, std::as_const(x).view(), x.view());
    if (w.wWiden.empty()) return x;
    MatrixF wide = widened(w, std::as_const(x).view(), progress);
    if (progress.stopped()) return Error::cancelled();
    return wide;
}

Result<MatrixF> positionRows(const ModelConfig& config, const EmbeddingWeights& weights, const std::vector<int>& ids)
{
    const MatrixF& table = weights.wPos;
    const int n = static_cast<int>(ids.size());
    const auto tooLong = [&] {
        return Error::of(ErrorCode::TextTooLong, {}, std::to_string(n), std::to_string(config.longestFor(static_cast<int>(table.rows()))));
    };
    if (!table.empty() && config.positionPadding < 0 && n > table.rows()) return tooLong();
    if (!config.addsPositions()) return MatrixF();
    if (table.empty()) return sinusoidalPositions(n, config.dModel);
    MatrixF out = MatrixF::uninitialised(n, table.cols());
    const std::vector<int> places = config.tablePositions(ids);
    for (int p = 0; p < n; ++p) {
        const int place = places[static_cast<std::size_t>(p)];
        if (place >= table.rows()) return tooLong();
        std::copy_n(table.row(place), out.cols(), out.row(p));
    }
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
