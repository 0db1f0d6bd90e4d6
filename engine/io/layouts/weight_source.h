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

class StoreWeightSource final : public WeightSource {
public:
    StoreWeightSource(std::shared_ptr<const TensorStore> store, Match match, ModelConfig config, HeadNames names);

    Result<std::shared_ptr<const LayerWeights>> layer(int index, const Progress& progress) override;
    Result<std::shared_ptr<const EmbeddingWeights>> embedding(const Progress& progress) override;
    Result<std::shared_ptr<const OutputWeights>> output(const Progress& progress) override;

    /// One canonical tensor in double precision, in its in-memory shape (W_Q [d, H*dh] ...): for lossless conversion of fp64 files.
    Result<std::vector<double>> readDoubles(const std::string& role, const Progress& progress) const;
    const TensorStore& store() const { return *m_store; }
    const Match& match() const { return m_match; }

private:
    std::shared_ptr<const TensorStore> m_store;
    Match m_match;
    ModelConfig m_config;
    HeadNames m_names;
};

}  // namespace hs
