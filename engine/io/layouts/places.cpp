// SPDX-License-Identifier: GPL-3.0-or-later
// What distances add to scores, from the tensors of a file: MPNet's bias (Song et al. 2020), DeBERTa's vectors (He et al. 2021).
#include <cmath>

#include "engine/io/layouts/weight_source.h"
#include "engine/model/score_places.h"
#include "engine/tensor/gemm.h"
#include "engine/tensor/nn.h"

namespace hs {

Result<MatrixF> StoreWeightSource::readMatrix(const std::string& role, std::int64_t rows, const Progress& progress) const
{
    const auto values = readDoubles(role, progress);
    if (!values) return values.error();
    const auto count = static_cast<std::int64_t>(values->size());
    if (rows < 1 || count % rows != 0)
        return Error::in(m_store->path(), ErrorCode::ShapeMismatch, role, std::to_string(count), std::to_string(rows) + " rows");
    MatrixF out(rows, count / rows);
    for (std::int64_t i = 0; i < count; ++i) out.data()[i] = static_cast<float>((*values)[static_cast<std::size_t>(i)]);
    return out;
}

Result<std::shared_ptr<const ScorePlaces>> StoreWeightSource::placesOf(const LayerWeights& w, const Progress& progress) const
{
    const PlaceSettings& how = m_places;
    auto out = std::make_shared<ScorePlaces>();
    const auto wrong = [&](const char* role, const MatrixF& m, std::ptrdiff_t rows, std::ptrdiff_t cols) {
        const auto text = [](std::ptrdiff_t r, std::ptrdiff_t c) { return std::to_string(r) + " x " + std::to_string(c); };
        return Error::in(m_store->path(), ErrorCode::ShapeMismatch, role, text(m.rows(), m.cols()), text(rows, cols));
    };
    if (how.t5) {
        constexpr int buckets = 32, farthest = 128;
        auto bias = readMatrix("rel/W_bias", buckets, progress);
        if (!bias) return bias.error();
        if (bias->cols() != w.nHeads) return wrong("rel/W_bias", *bias, buckets, w.nHeads);
        out->bias = *std::move(bias);
        out->rows = t5Rows(buckets, farthest);
        return std::shared_ptr<const ScorePlaces>(std::move(out));
    }
    if (!how.keys && !how.queries) return std::shared_ptr<const ScorePlaces>();

    const std::ptrdiff_t d = m_config.dModel;
    const int rows = 2 * (how.buckets > 0 ? how.buckets : how.farthest);
    auto vectors = readMatrix("rel/W_E", rows, progress);
    if (!vectors) return vectors.error();
    if (vectors->cols() != d) return wrong("rel/W_E", *vectors, rows, d);
    if (how.normed) {
        const auto gain = readMatrix("rel/ln/w", 1, progress), bias = readMatrix("rel/ln/b", 1, progress);
        for (const auto* part : {&gain, &bias})
            if (!*part) return part->error();
        for (std::ptrdiff_t r = 0; r < rows; ++r) layerNorm(vectors->row(r), vectors->row(r), gain->data(), bias->data(), d, m_config.eps);
    }
    const std::string at = "layers/" + std::to_string(w.layer) + "/attn/";
    const auto through = [&](const char* own, const MatrixF& shared, const std::vector<float>& sharedBias) -> Result<MatrixF> {
        MatrixF matrix;
        std::vector<float> bias = sharedBias;
        if (!how.shared) {
            auto read = readMatrix(at + "W_" + own, d, progress);
            if (!read) return read.error();
            matrix = *std::move(read);
            bias.clear();
            if (m_match.find(at + "b_" + own)) {
                const auto b = readMatrix(at + "b_" + own, 1, progress);
                if (!b) return b.error();
                bias.assign(b->data(), b->data() + b->cols());
            }
        }
        const MatrixF& m = how.shared ? shared : matrix;
        if (m.rows() != d || m.cols() != w.wQ.cols()) return wrong(own, m, d, w.wQ.cols());
        MatrixF table = MatrixF::uninitialised(rows, m.cols());
        gemm(false, false, 1.0f, std::as_const(*vectors).view(), m.view(), 0.0f, table.view());
        for (std::ptrdiff_t r = 0; r < rows && !bias.empty(); ++r) addTo(table.row(r), bias.data(), table.cols());
        return table;
    };
    if (how.keys) {
        auto table = through("relK", w.wK, w.bK);
        if (!table) return table.error();
        out->keys = *std::move(table);
    }
    if (how.queries) {
        auto table = through("relQ", w.wQ, w.bQ);
        if (!table) return table.error();
        out->queries = *std::move(table);
    }
    out->rows = debertaRows(how.buckets, how.farthest);
    return std::shared_ptr<const ScorePlaces>(std::move(out));
}

}  // namespace hs
