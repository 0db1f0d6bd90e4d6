// SPDX-License-Identifier: GPL-3.0-or-later
// Canonical weights out of any TensorStore through a layout's bindings.
#pragma once

#include <memory>
#include <string>
#include <vector>

#include "engine/io/layouts/layout.h"
#include "engine/io/store/tensor_store.h"
#include "engine/model/model.h"

namespace hs {

/// What a pruned layer calls its heads; empty vectors where nothing is renamed.
struct HeadNames {
    std::vector<std::vector<int>> query, keyValue;  ///< [layer]; empty: no layer has names
};

/// What distances add to scores (engine/model/score_places.h), where a family has it.
struct PlaceSettings {
    bool t5 = false;                      ///< rel/W_bias by T5's buckets
    bool keys = false, queries = false;   ///< DeBERTa: products of queries with position keys, of keys with position queries
    bool shared = false, normed = false;  ///< their projections are W_K and W_Q; rel/W_E goes through rel/ln
    int buckets = 0, farthest = 0;        ///< debertaRows
};

class StoreWeightSource final : public WeightSource {
public:
    StoreWeightSource(std::shared_ptr<const TensorStore> store, Match match, ModelConfig config, HeadNames names,
                      PlaceSettings places = {});

    Result<std::shared_ptr<const LayerWeights>> layer(int index, const Progress& progress) override;
    Result<std::shared_ptr<const EmbeddingWeights>> embedding(const Progress& progress) override;
    Result<std::shared_ptr<const OutputWeights>> output(const Progress& progress) override;

    /// One canonical tensor in double precision, in its in-memory shape (W_Q [d, H*dh] ...): for lossless conversion of fp64 files.
    Result<std::vector<double>> readDoubles(const std::string& role, const Progress& progress) const;
    const TensorStore& store() const { return *m_store; }
    const Match& match() const { return m_match; }

private:
    /// Tables for a layer, whose weights are read; null where the family has none. TensorMissing, ShapeMismatch.
    Result<std::shared_ptr<const ScorePlaces>> placesOf(const LayerWeights& w, const Progress& progress) const;
    /// A matrix as it is in memory: `rows` rows. TensorMissing, ShapeMismatch.
    Result<MatrixF> readMatrix(const std::string& role, std::int64_t rows, const Progress& progress) const;

    std::shared_ptr<const TensorStore> m_store;
    Match m_match;
    ModelConfig m_config;
    HeadNames m_names;
    PlaceSettings m_places;
};

}  // namespace hs
