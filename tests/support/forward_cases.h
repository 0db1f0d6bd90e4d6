// SPDX-License-Identifier: GPL-3.0-or-later
// Small random models of every architecture the block knows, for data-driven tests.
#pragma once

#include <string>
#include <vector>

#include "tests/support/random_model.h"

namespace hs::test {

struct ForwardCase {
    std::string name;
    ModelConfig config;
    RandomModelOptions options;
};

/// Each case has a seed of its own, by its place.
struct ForwardCases {
    std::vector<ForwardCase> all;

    template <class Change>
    void add(const char* name, Change change)
    {
        ForwardCase c{name, smallConfig(), {}};
        c.options.seed = all.size() + 11;
        change(c.config, c.options);
        all.push_back(c);
    }
};

/// Architectures as they are published.
inline void addFamilies(ForwardCases& cases)
{
    cases.add("GPT-2", [](ModelConfig&, RandomModelOptions&) {});
    cases.add("LLaMA", [](ModelConfig& c, RandomModelOptions& o) {
        c.nKvHeads = 2;
        c.norm = NormKind::RmsNorm;
        c.gatedMlp = true;
        c.activation = Activation::Silu;
        c.position = PositionKind::Rotary;
        c.rotaryDim = c.dHead;
        c.nCtx = 0;
        c.output = OutputKind::Untied;
        o.attentionBiases = o.mlpBiases = o.normBiases = false;
    });
    cases.add("GPT-J", [](ModelConfig& c, RandomModelOptions& o) {
        c.position = PositionKind::Rotary;
        c.rotaryDim = 4;
        c.rotaryAdjacentPairs = true;
        c.parallelAttnMlp = c.parallelSharedNorm = true;
        c.output = OutputKind::Untied;
        o.attentionBiases = false;
        o.unembeddingBias = true;
    });
    cases.add("NeoX", [](ModelConfig& c, RandomModelOptions&) {
        c.position = PositionKind::Rotary;
        c.rotaryDim = 2;
        c.parallelAttnMlp = true;
        c.activation = Activation::GeluExact;
        c.output = OutputKind::Untied;
    });
    cases.add("BERT", [](ModelConfig& c, RandomModelOptions& o) {
        c.normPlace = NormPlace::Post;
        c.mask = MaskKind::Bidirectional;
        c.activation = Activation::GeluExact;
        c.eps = 1e-12;
        c.output = OutputKind::None;
        o.embeddingNorm = true;
        o.finalNorm = false;
    });
}

/// Norms, blocks and heads as no one family combines them.
inline void addBlocks(ForwardCases& cases)
{
    cases.add("post-norm decoder", [](ModelConfig& c, RandomModelOptions& o) {
        c.normPlace = NormPlace::Post;
        c.position = PositionKind::Sinusoidal;
        c.activation = Activation::Relu;
        c.embedScale = 3.5;
        o.finalNorm = false;
    });
    cases.add("attention only, no norm", [](ModelConfig& c, RandomModelOptions&) {
        c.attnOnly = true;
        c.dMlp = 0;
        c.norm = NormKind::None;
        c.output = OutputKind::Untied;
    });
    cases.add("parallel, no norm", [](ModelConfig& c, RandomModelOptions& o) {
        c.parallelAttnMlp = true;
        c.norm = NormKind::None;
        o.gain = 0.5f;
    });
    cases.add("wide heads, one key head, other scale, no positions", [](ModelConfig& c, RandomModelOptions&) {
        c.dHead = 20;  // not dModel / nHeads, not a multiple of 16
        c.nKvHeads = 1;
        c.attnScale = 0.31;
        c.position = PositionKind::None;
        c.dVocab = 37;
    });
    cases.add("layers of different width", [](ModelConfig& c, RandomModelOptions&) {
        c.nLayers = 3;
        c.headsPerLayer = {4, 1, 2};
        c.kvHeadsPerLayer = {2, 1, 2};
    });
}

/// What limits scores and logits: windows and soft caps.
inline void addWindowsAndCaps(ForwardCases& cases)
{
    cases.add("window on every layer", [](ModelConfig& c, RandomModelOptions&) { c.window = 4; });
    cases.add("window on alternate layers, rotary, grouped", [](ModelConfig& c, RandomModelOptions&) {
        c.nLayers = 3;
        c.window = 5;
        c.windowPerLayer = {5, 0, 5};
        c.nKvHeads = 2;
        c.position = PositionKind::Rotary;
        c.rotaryDim = c.dHead;
    });
    cases.add("window of the query alone, parallel", [](ModelConfig& c, RandomModelOptions&) {
        c.window = 1;
        c.parallelAttnMlp = true;
    });
    cases.add("soft cap on scores", [](ModelConfig& c, RandomModelOptions&) { c.attnSoftcap = 0.7; });
    cases.add("soft cap on logits", [](ModelConfig& c, RandomModelOptions& o) {
        c.finalSoftcap = 1.5;
        c.output = OutputKind::Untied;
        o.unembeddingBias = true;
    });
    cases.add("both soft caps, window on alternate layers", [](ModelConfig& c, RandomModelOptions&) {
        c.attnSoftcap = 1.1;
        c.finalSoftcap = 2.0;
        c.window = 3;
        c.windowPerLayer = {0, 3};
        c.nKvHeads = 2;
    });
    cases.add("window longer than any prompt, post-norm", [](ModelConfig& c, RandomModelOptions& o) {
        c.window = 1000;
        c.normPlace = NormPlace::Post;
        o.finalNorm = false;
    });
}

/// What places add to scores, to what queries and keys read, and to the stream.
inline void addPlaces(ForwardCases& cases)
{
    cases.add("BLOOM: ALiBi, embedding norm", [](ModelConfig& c, RandomModelOptions& o) {
        c.position = PositionKind::Alibi;
        o.embeddingNorm = true;
    });
    cases.add("ALiBi of six heads, clipped q, k and v", [](ModelConfig& c, RandomModelOptions& o) {
        c.nHeads = c.nKvHeads = 6;
        c.position = PositionKind::Alibi;
        c.qkvClip = 0.8;
        o.normBiases = o.attentionBiases = false;
    });
    cases.add("ALiBi by the plain rule, soft cap, window, grouped", [](ModelConfig& c, RandomModelOptions&) {
        c.nHeads = 6;
        c.nKvHeads = 2;
        c.position = PositionKind::Alibi;
        c.alibiRule = AlibiRule::Plain;
        c.attnSoftcap = 0.9;
        c.window = 5;
    });
    cases.add("Falcon RW: ALiBi in bfloat16, parallel", [](ModelConfig& c, RandomModelOptions&) {
        c.nHeads = c.nKvHeads = 5;
        c.position = PositionKind::Alibi;
        c.alibiBfloat16 = true;
        c.parallelAttnMlp = c.parallelSharedNorm = true;
    });
    cases.add("ALiBi with slopes of its own", [](ModelConfig& c, RandomModelOptions&) {
        c.position = PositionKind::Alibi;
        c.alibiSlopes = {0.4, 0.0, 0.03, 1.5};
    });
    cases.add("shortformer", [](ModelConfig& c, RandomModelOptions&) { c.position = PositionKind::Shortformer; });
    cases.add("shortformer, post-norm, clipped", [](ModelConfig& c, RandomModelOptions& o) {
        c.position = PositionKind::Shortformer;
        c.normPlace = NormPlace::Post;
        c.qkvClip = 1.1;
        o.finalNorm = false;
    });
    cases.add("rotary, grouped, clipped before the turn", [](ModelConfig& c, RandomModelOptions&) {
        c.nKvHeads = 2;
        c.position = PositionKind::Rotary;
        c.rotaryDim = 4;
        c.qkvClip = 0.7;
    });
    cases.add("waves in a table, no final norm", [](ModelConfig& c, RandomModelOptions& o) {
        c.position = PositionKind::Sinusoidal;
        c.finalNorm = o.finalNorm = false;
        o.positionTable = true;
    });
    cases.add("RMS norms, embedding under a LayerNorm", [](ModelConfig& c, RandomModelOptions& o) {
        c.norm = NormKind::RmsNorm;
        o.embeddingNorm = true;
    });
}

/// Rotary positions as long-context models stretch them, and layers that turn differently.
inline void addRotations(ForwardCases& cases)
{
    const auto rotary = [](ModelConfig& c) {
        c.position = PositionKind::Rotary;
        c.rotaryDim = c.dHead;
        c.nKvHeads = 2;
    };
    const auto add = [&](const char* name, RotaryScaling scaling) {
        cases.add(name, [&](ModelConfig& c, RandomModelOptions&) {
            rotary(c);
            c.rotaryScaling = std::move(scaling);
        });
    };
    add("rotary, linear", {RotaryKind::Linear, 3.0, 0, 1, 4, true, 1, {}, {}});
    add("rotary, dynamic, longer than its training", {RotaryKind::Dynamic, 2.0, 8, 1, 4, true, 1, {}, {}});
    add("rotary, llama3", {RotaryKind::Llama3, 8.0, 32, 1, 4, true, 1, {}, {}});
    add("rotary, yarn", {RotaryKind::Yarn, 4.0, 16, 1, 32, true, 1.14, {}, {}});
    add("rotary, yarn, ramp between indices", {RotaryKind::Yarn, 4.0, 64, 0.7, 9, false, 1.0, {}, {}});
    add("rotary, longrope on both sides of its training",
        {RotaryKind::LongRope, 1, 9, 1, 4, true, 1.2, {1, 1.1, 1.3, 1.6}, {1.2, 2, 3.5, 5}});
    cases.add("windowed layers with a base of their own", [&](ModelConfig& c, RandomModelOptions&) {
        rotary(c);
        c.nLayers = 3;
        c.window = 4;
        c.windowPerLayer = {4, 4, 0};
        c.rotaryPerLayer = {2, 2, 1};
        c.rotaryBase = 1e6;
        c.rotaryScaling = {RotaryKind::Linear, 8.0, 0, 1, 4, true, 1, {}, {}};
        c.rotaryBaseLocal = 100;
    });
    cases.add("layers without positions, pairs of neighbours", [&](ModelConfig& c, RandomModelOptions&) {
        rotary(c);
        c.nLayers = 3;
        c.rotaryAdjacentPairs = true;
        c.rotaryPerLayer = {1, 0, 1};
    });
    cases.add("scores divided by the layer's number", [](ModelConfig& c, RandomModelOptions&) {
        c.nLayers = 3;
        c.scaleByInverseLayer = true;
        c.attnSoftcap = 1.5;
    });
}

/// Norms of what branches write, of queries and keys, and of hidden entries.
inline void addNorms(ForwardCases& cases)
{
    cases.add("OLMo 2: norms of what is written, of all queries together", [](ModelConfig& c, RandomModelOptions& o) {
        c.norm = NormKind::RmsNorm;
        c.normPlace = NormPlace::Output;
        c.qkNorm = QkNorm::RmsWidth;
        c.position = PositionKind::Rotary;
        c.rotaryDim = c.dHead;
        o.normBiases = o.attentionBiases = false;
    });
    cases.add("Gemma 3: norms around both branches and of each head", [](ModelConfig& c, RandomModelOptions& o) {
        c.norm = NormKind::RmsNorm;
        c.normPlace = NormPlace::Both;
        c.qkNorm = QkNorm::RmsHeads;
        c.position = PositionKind::Rotary;
        c.rotaryDim = c.dHead;
        c.nKvHeads = 1;
        c.gatedMlp = true;
        c.attnScale = 0.21;
        c.embedScale = 5.7;
        o.normBiases = false;
    });
    cases.add("LayerNorms with biases around both branches", [](ModelConfig& c, RandomModelOptions&) { c.normPlace = NormPlace::Both; });
    cases.add("norms of what is written, heads of different number", [](ModelConfig& c, RandomModelOptions&) {
        c.normPlace = NormPlace::Output;
        c.nLayers = 3;
        c.headsPerLayer = {4, 1, 2};
        c.kvHeadsPerLayer = {2, 1, 2};
        c.qkNorm = QkNorm::RmsHeads;
    });
    cases.add("Cohere: LayerNorm of each head, parallel", [](ModelConfig& c, RandomModelOptions&) {
        c.qkNorm = QkNorm::LnHeads;
        c.parallelAttnMlp = c.parallelSharedNorm = true;
        c.nKvHeads = 2;
        c.qkvClip = 1.3;
    });
    cases.add("SoLU with a norm behind it", [](ModelConfig& c, RandomModelOptions&) {
        c.activation = Activation::Solu;
        c.mlpNorm = true;
    });
    cases.add("SoLU of a gate", [](ModelConfig& c, RandomModelOptions& o) {
        c.activation = Activation::Solu;
        c.gatedMlp = o.gateBias = true;
    });
    cases.add("gated MLP with a bias of the gate", [](ModelConfig& c, RandomModelOptions& o) {
        c.activation = Activation::Mish;
        c.gatedMlp = o.gateBias = true;
    });
    for (const auto& [name, activation] :
         {std::pair{"quick GELU", Activation::QuickGelu}, std::pair{"GELU in [-10, 10]", Activation::Gelu10},
          std::pair{"squared ReLU", Activation::Relu2}, std::pair{"ReLU up to 6", Activation::Relu6}, std::pair{"tanh", Activation::Tanh},
          std::pair{"sigmoid", Activation::Sigmoid}, std::pair{"no activation", Activation::Linear},
          std::pair{"leaky ReLU", Activation::LeakyRelu}, std::pair{"hard swish", Activation::HardSwish},
          std::pair{"Laplace", Activation::Laplace}})
        cases.add(name, [kind = activation](ModelConfig& c, RandomModelOptions&) { c.activation = kind; });
}

inline void addGatedBiases(ForwardCases& cases)
{
    cases.add("gated MLP with a bias before the product", [](ModelConfig& c, RandomModelOptions&) { c.gatedMlp = true; });
    cases.add("gated MLP with a bias after the product",
              [](ModelConfig& c, RandomModelOptions&) { c.gatedMlp = c.mlpBiasAfterGate = true; });
}

/// Encoders: what they add at the embedding and to scores, windows on both sides, a first layer without a norm.
inline void addEncoders(ForwardCases& cases)
{
    const auto encoder = [](ModelConfig& c) {
        c.mask = MaskKind::Bidirectional;
        c.activation = Activation::GeluExact;
    };
    cases.add("ELECTRA: narrow embeddings with types, widened", [encoder](ModelConfig& c, RandomModelOptions& o) {
        encoder(c);
        c.normPlace = NormPlace::Post;
        c.output = OutputKind::Untied;
        o.finalNorm = false;
        o.embeddingNorm = true;
        o.types = 2;
        o.narrow = 12;
    });
    cases.add("RoBERTa: positions counted past a padding token", [encoder](ModelConfig& c, RandomModelOptions& o) {
        encoder(c);
        c.normPlace = NormPlace::Post;
        c.positionPadding = 3;
        o.finalNorm = false;
        o.embeddingNorm = true;
        o.types = 1;
    });
    cases.add("MPNet: a number for each distance", [encoder](ModelConfig& c, RandomModelOptions& o) {
        encoder(c);
        c.normPlace = NormPlace::Post;
        o.finalNorm = false;
        o.placeBias = true;
    });
    cases.add("DeBERTa: products with vectors of the distance", [encoder](ModelConfig& c, RandomModelOptions& o) {
        encoder(c);
        c.normPlace = NormPlace::Post;
        c.position = PositionKind::None;
        c.attnScale = 0.2;
        o.finalNorm = false;
        o.placeVectors = true;
    });
    cases.add("distances of every kind under a soft cap and a window", [](ModelConfig& c, RandomModelOptions& o) {
        c.attnSoftcap = 0.9;
        c.window = 4;
        o.placeBias = o.placeVectors = true;
    });
    cases.add("ModernBERT: windows on both sides, two rotary bases, no first norm", [encoder](ModelConfig& c, RandomModelOptions& o) {
        encoder(c);
        c.nLayers = 3;
        c.position = PositionKind::Rotary;
        c.rotaryDim = c.dHead;
        c.rotaryBase = 160000;
        c.rotaryBaseLocal = 100;
        c.rotaryPerLayer = {1, 2, 2};
        c.window = 3;
        c.windowPerLayer = {0, 3, 3};
        c.firstNorm = false;
        c.gatedMlp = true;
        o.normBiases = o.attentionBiases = o.mlpBiases = false;
        o.embeddingNorm = true;
    });
}

/// Mixtures of experts in every kind of routing.
inline void addExperts(ForwardCases& cases)
{
    const auto experts = [](ModelConfig& c, int count, int chosen) {
        c.norm = NormKind::RmsNorm;
        c.activation = Activation::Silu;
        c.gatedMlp = true;
        c.dMlp = 0;
        c.dExpert = 24;
        c.routing.count = count;
        c.routing.chosen = chosen;
    };
    cases.add("Mixtral: two of four, weights of sum 1", [experts](ModelConfig& c, RandomModelOptions& o) {
        experts(c, 4, 2);
        c.routing.normalised = true;
        o.mlpBiases = false;
    });
    cases.add("Qwen-MoE: a gated MLP beside, some layers without experts", [experts](ModelConfig& c, RandomModelOptions& o) {
        experts(c, 5, 2);
        c.nLayers = 3;
        c.dMlp = 40;
        c.mlpPerLayer = {40, 16, 16};
        c.expertLayers = {0, 1, 1};
        o.sharedGate = true;
    });
    cases.add("DeepSeek V2: the best of groups, scaled", [experts](ModelConfig& c, RandomModelOptions&) {
        experts(c, 8, 3);
        c.dMlp = 16;
        c.routing.groups = 4;
        c.routing.keptGroups = 2;
        c.routing.scale = 1.7;
    });
    cases.add("DeepSeek V3: sigmoids, a bias of the choice, groups by two", [experts](ModelConfig& c, RandomModelOptions& o) {
        experts(c, 8, 3);
        c.routing.scores = RouterScores::Sigmoid;
        c.routing.normalised = c.routing.groupsByTwo = true;
        c.routing.groups = 2;
        c.routing.keptGroups = 1;
        c.routing.scale = 2.5;
        o.choiceBias = true;
    });
    cases.add("GPT-OSS: softmax of the chosen, limited gates, biases", [experts](ModelConfig& c, RandomModelOptions& o) {
        experts(c, 4, 2);
        c.routing.scores = RouterScores::SoftmaxOfChosen;
        c.activation = Activation::QuickGelu;
        c.gateLimit = 0.9;
        o.gateBias = true;
    });
    cases.add("Llama 4: the weight on what an expert reads", [experts](ModelConfig& c, RandomModelOptions& o) {
        experts(c, 3, 1);
        c.dMlp = 24;
        c.routing.scores = RouterScores::Sigmoid;
        c.routing.weighsInput = true;
        o.mlpBiases = false;
    });
    cases.add("experts whose sum is normed, in parallel with attention", [experts](ModelConfig& c, RandomModelOptions&) {
        experts(c, 3, 2);
        c.parallelAttnMlp = true;
    });
}

/// Latent attention, sinks, chunks, a temperature of queries.
inline void addLatents(ForwardCases& cases)
{
    const auto latent = [](ModelConfig& c) {
        c.norm = NormKind::RmsNorm;
        c.position = PositionKind::Rotary;
        c.dHead = 12;
        c.rotaryDim = 4;
        c.rotaryAdjacentPairs = true;
        c.latentKv = 10;
        c.dValue = 7;
    };
    cases.add("DeepSeek V2: latent keys and values", [latent](ModelConfig& c, RandomModelOptions& o) {
        latent(c);
        c.attnScale = 0.41;
        o.attentionBiases = o.normBiases = false;
    });
    cases.add("DeepSeek V3: latent queries, biases", [latent](ModelConfig& c, RandomModelOptions& o) {
        latent(c);
        c.latentQ = 9;
        o.normBiases = false;
    });
    cases.add("GPT-OSS: sinks, windows, grouped", [](ModelConfig& c, RandomModelOptions&) {
        c.norm = NormKind::RmsNorm;
        c.position = PositionKind::Rotary;
        c.rotaryDim = c.dHead;
        c.nKvHeads = 2;
        c.window = 3;
        c.windowPerLayer = {3, 0};
        c.sinks = true;
    });
    cases.add("Llama 4: chunks, norms of what is turned, a temperature", [](ModelConfig& c, RandomModelOptions& o) {
        c.norm = NormKind::RmsNorm;
        c.position = PositionKind::Rotary;
        c.rotaryDim = c.dHead;
        c.rotaryAdjacentPairs = true;
        c.nLayers = 3;
        c.rotaryPerLayer = {1, 1, 0};
        c.chunk = 3;
        c.chunkPerLayer = {3, 3, 0};
        c.qkNorm = QkNorm::RmsTurned;
        c.temperatureScale = 0.3;
        c.temperatureFloor = 2;
        o.normBiases = false;
    });
}

inline std::vector<ForwardCase> forwardCases()
{
    ForwardCases cases;
    addFamilies(cases);
    addBlocks(cases);
    addWindowsAndCaps(cases);
    addGatedBiases(cases);
    addPlaces(cases);
    addRotations(cases);
    addNorms(cases);
    addEncoders(cases);
    addExperts(cases);
    addLatents(cases);
    return cases.all;
}

}  // namespace hs::test
