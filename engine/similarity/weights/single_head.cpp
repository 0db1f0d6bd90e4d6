// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/similarity/weights/single_head.h"

#include <algorithm>
#include <cmath>

#include <Eigen/QR>
#include <Eigen/SVD>

#include "engine/similarity/weights/direction_tokens.h"
#include "engine/similarity/weights/folding.h"
#include "engine/similarity/weights/subspace.h"

namespace hs {

namespace {

using Matrix = Eigen::Matrix<double, Eigen::Dynamic, Eigen::Dynamic>;
using RowMajor = Eigen::Matrix<double, Eigen::Dynamic, Eigen::Dynamic, Eigen::RowMajor>;
using Columns = Eigen::Map<const RowMajor>;

/// Thin QR where there are more rows than columns; else the identity and x itself.
struct Thin {
    Matrix q, r;
};
Thin thinQr(const Columns& x)
{
    if (x.rows() <= x.cols()) return {Matrix::Identity(x.rows(), x.rows()), x};
    const Eigen::HouseholderQR<Matrix> qr(x);
    Thin out;
    out.q = qr.householderQ() * Matrix::Identity(x.rows(), x.cols());
    out.r = qr.matrixQR().topRows(x.cols()).triangularView<Eigen::Upper>();
    return out;
}

struct ProductSvd {
    Eigen::VectorXd sigma;
    Matrix left, right;
    int rank = 0;
};

/// Singular value decomposition of x y^T without ever forming it.
ProductSvd svdOfProduct(const Columns& x, const Columns& y, bool vectors)
{
    const Thin a = thinQr(x), b = thinQr(y);
    const Matrix core = a.r * b.r.transpose();
    const Eigen::JacobiSVD<Matrix> svd(core, vectors ? Eigen::ComputeThinU | Eigen::ComputeThinV : 0u);
    ProductSvd out;
    out.sigma = svd.singularValues();
    if (vectors) {
        out.left = a.q * svd.matrixU();
        out.right = b.q * svd.matrixV();
    }
    const double floor = out.sigma.size() > 0 ? out.sigma[0] * rankTolerance(static_cast<int>(x.rows()), static_cast<int>(x.cols())) : 0.0;
    while (out.rank < out.sigma.size() && out.sigma[out.rank] > floor) ++out.rank;
    return out;
}

void copyOut(const Matrix& from, std::vector<double>* to)
{
    if (!to) return;
    to->resize(static_cast<std::size_t>(from.size()));
    Eigen::Map<RowMajor>(to->data(), from.rows(), from.cols()) = from;
}

}  // namespace

void describeOv(const std::vector<double>& o, const std::vector<double>& v, int d, int m, HeadSpectra& out, std::vector<double>* written,
                std::vector<double>* read)
{
    const Columns x(o.data(), d, m), y(v.data(), d, m);
    if (!x.allFinite() || !y.allFinite()) {
        out.ovFault = NoValue::NotFinite;
        return;
    }
    const ProductSvd svd = svdOfProduct(x, y, written || read);
    out.ovRank = svd.rank;
    if (svd.rank == 0) {
        out.ovFault = NoValue::ZeroWeight;
        return;
    }
    out.ov.assign(svd.sigma.data(), svd.sigma.data() + svd.sigma.size());
    copyOut(svd.left, written);
    copyOut(svd.right, read);

    // T = X Y^T; everything below needs m x m products only.
    const Matrix small = y.transpose() * x, xx = x.transpose() * x, yy = y.transpose() * y;
    const double norm = svd.sigma.norm();
    out.identity = std::clamp(small.trace() / (std::sqrt(static_cast<double>(svd.rank)) * norm), -1.0, 1.0);
    out.identityNullSd = 1.0 / std::sqrt(static_cast<double>(svd.rank) * d);
    const double inner = (small.transpose() * xx * yy).trace();           // <T^2, T>
    const double square = (small.transpose() * xx * small * yy).trace();  // ||T^2||^2
    // Products of numbers of size ||T|| cancel to about epsilon: below that T^2 is zero.
    if (square > 1e-24 * norm * norm * norm * norm) out.idempotence = std::clamp(inner * inner / (square * norm * norm), 0.0, 1.0);

    const Subspace writes = subspaceOf(o, d, m), reads = subspaceOf(v, d, m);
    out.selfOverlap = summarise(principalCosines(writes, reads), writes.rank, reads.rank).projectionKernel;
    const int dNull = out.weights == WeightProcessing::FoldedCentred ? d - 1 : d;
    out.selfOverlapNull = projectionKernelNull(dNull, writes.rank, reads.rank);
}

void describeQk(const std::vector<double>& q, const std::vector<double>& k, int d, int m, HeadSpectra& out)
{
    const Columns x(q.data(), d, m), y(k.data(), d, m);
    if (!x.allFinite() || !y.allFinite()) {
        out.qkFault = NoValue::NotFinite;
        return;
    }
    const ProductSvd svd = svdOfProduct(x, y, false);
    out.qkRank = svd.rank;
    if (svd.rank == 0) {
        out.qkFault = NoValue::ZeroWeight;
        return;
    }
    out.qk.assign(svd.sigma.data(), svd.sigma.data() + svd.sigma.size());
}

Result<double> attentionDiagonal(const AttentionSource& source, HeadId head, const Progress& progress)
{
    if (head.layer < 0 || head.layer >= source.layers() || head.head < 0 || head.head >= source.heads(head.layer))
        return Error::of(ErrorCode::HeadOutOfRange, headName(head));
    if (const auto stats = source.stats(head)) return static_cast<double>(stats->selfMass);
    const int n = std::min(source.queries(), source.keys());
    constexpr int panel = 128;
    double sum = 0;
    for (int at = 0; at < n; at += panel) {
        if (progress.stopped()) return Error::cancelled();
        const int size = std::min(panel, n - at);
        const auto tile = source.tile(head, MapKind::Weights, at, size, at, size);
        if (!tile) return tile.error();
        for (int i = 0; i < size; ++i) sum += static_cast<double>((*tile)(i, i));
    }
    return n > 0 ? sum / n : 0.0;
}

Result<HeadSpectra> headSpectra(const Model& model, HeadId head, const SingleHeadOptions& options, const AttentionSource* source,
                                const Progress& progress)
{
    const ModelConfig& config = model.config();
    if (head.layer < 0 || head.layer >= config.nLayers || head.head < 0 || head.head >= config.heads(head.layer))
        return Error::in(model.identity().path, ErrorCode::HeadOutOfRange, headName(head));
    const auto layer = model.layer(head.layer, progress);
    const bool notFinite = !layer && layer.error().code == ErrorCode::NotFinite;
    if (!layer && !notFinite) return layer.error();

    HeadSpectra out;
    out.head = head;
    out.label = headName(head);
    out.dModel = config.dModel;
    const Folding folding = foldingFor(model, options.weights);
    out.weights = folding.used;
    out.notes = folding.notes;
    out.notes.push_back(HeadMatrixNote::BiasesIgnored);
    if (config.position == PositionKind::Rotary) out.notes.push_back(HeadMatrixNote::RotaryAtOffsetZero);
    if (config.attnSoftcap > 0) out.notes.push_back(HeadMatrixNote::SoftcapIgnored);
    if (config.position == PositionKind::Alibi) out.notes.push_back(HeadMatrixNote::AlibiIgnored);
    if (config.qkvClip > 0) out.notes.push_back(HeadMatrixNote::ClipIgnored);
    if (config.qkNorm != QkNorm::None) out.notes.push_back(HeadMatrixNote::QkNormIgnored);
    if (config.latentKv > 0) out.notes.push_back(HeadMatrixNote::LatentNormIgnored);
    if (notFinite) {
        out.ovFault = out.qkFault = NoValue::NotFinite;
        return out;
    }
    const LayerWeights& w = **layer;
    if (w.places) out.notes.push_back(HeadMatrixNote::PositionTermIgnored);
    if (static_cast<std::size_t>(head.head) < w.headIds.size())
        out.label = headName({head.layer, w.headIds[static_cast<std::size_t>(head.head)]});
    const int kv = config.kvHeadOf(head.layer, head.head), m = config.dHead, d = config.dModel;
    const MatrixF o = roleColumns(w, HeadRole::O, out.weights), v = roleColumns(w, HeadRole::V, out.weights);
    std::vector<double> written, read;
    if (o.empty() || v.empty()) out.ovFault = NoValue::MissingMatrix;
    else
        describeOv(headColumns(o, head.head, m), headColumns(v, kv, m), d, m, out, options.directions > 0 ? &written : nullptr,
                   options.directions > 0 ? &read : nullptr);
    if (progress.stopped()) return Error::cancelled();
    const MatrixF q = roleColumns(w, HeadRole::Q, out.weights), k = roleColumns(w, HeadRole::K, out.weights);
    if (q.empty() || k.empty()) out.qkFault = NoValue::MissingMatrix;
    else describeQk(headColumns(q, head.head, m), headColumns(k, kv, m), d, m, out);

    if (source) {
        const auto diagonal = attentionDiagonal(*source, head, progress);
        if (!diagonal) return diagonal.error();
        out.attentionDiagonal = *diagonal;
    }
    if (options.directions > 0 && out.ovFault == NoValue::None)
        if (const Status s = fillDirections(model, written, read, options.directions, options.tokens, out, progress); !s) return s.error();
    return out;
}

}  // namespace hs
