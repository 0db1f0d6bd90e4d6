// SPDX-License-Identifier: GPL-3.0-or-later
// What the program does with whatever it opened: reads its weights, runs a short prompt, fetches maps. Small ones only.
#pragma once

#include <algorithm>
#include <vector>

#include "engine/forward/forward.h"
#include "engine/io/dump/attention_dump.h"
#include "engine/model/model.h"
#include "tests/fuzz/target.h"

namespace hs::fuzz {

constexpr std::int64_t kMostNumbers = std::int64_t(1) << 22;  // of a map or a layer that is still fetched

inline void useModel(const std::shared_ptr<const Model>& model)
{
    const ModelConfig& c = model->config();
    expect(checkConfig(c).ok(), "an opened model has a configuration that holds together");
    for (const std::string& key : configKeys()) (void)configValue(c, key);
    const double size =
        double(c.dModel) * (4.0 * c.nHeads * c.dHead + 3.0 * c.dMlp) * c.nLayers + double(c.dModel) * (2.0 * c.dVocab + c.nCtx);
    if (size > double(kMostNumbers)) return;
    for (int layer = 0; layer < std::min(c.nLayers, 3); ++layer) {
        const auto weights = model->layer(layer);
        if (weights) expect((*weights)->wQ.rows() == 0 || (*weights)->wQ.rows() == c.dModel, "W_Q has a row for each dimension");
    }
    (void)model->embedding();
    (void)model->output();
    if (!model->canRun() || c.nLayers > 8 || c.dVocab < 1) return;
    const std::vector<int> ids{0, c.dVocab - 1, c.dVocab / 2};
    const auto prompt = makePromptFromIds(model->tokenizer().get(), ids, c.dVocab);
    if (!prompt) return;
    const auto run = forward(model, std::make_shared<const Prompt>(*prompt), {});
    if (!run) return;
    for (int head = 0; head < std::min((*run)->heads(0), 2); ++head)
        for (const MapKind kind : {MapKind::Weights, MapKind::Scores, MapKind::ValueWeighted})
            if ((*run)->has(kind)) (void)(*run)->tile({0, head}, kind, 0, (*run)->queries(), 0, (*run)->keys());
}

inline void useDump(const AttentionDump& dump)
{
    for (std::size_t i = 0; i < std::min<std::size_t>(dump.samples.size(), 3); ++i) {
        const DumpSample& sample = *dump.samples[i];
        expect(int(sample.queryTokens().size()) == sample.queries(), "a token for each query");
        expect(int(sample.keyTokens().size()) == sample.keys(), "a token for each key");
        if (std::int64_t(sample.queries()) * sample.keys() > kMostNumbers) continue;
        for (int layer = 0; layer < std::min(sample.layers(), 3); ++layer)
            for (int head = 0; head < std::min(sample.heads(layer), 3); ++head) {
                (void)sample.tile({layer, head}, MapKind::Weights, 0, sample.queries(), 0, sample.keys());
                (void)sample.stats({layer, head});
                (void)sample.overview({layer, head}, MapKind::Weights, 16);
            }
        (void)sample.ids();
        (void)sample.logits();
    }
}

}  // namespace hs::fuzz
