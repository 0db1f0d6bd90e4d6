// SPDX-License-Identifier: GPL-3.0-or-later
// Mixtures of experts: of several MLPs of a layer each token passes a few, chosen by a router (Shazeer et al. 2017, "Outrageously Large
// Neural Networks"; Mixtral, Qwen-MoE, OLMoE, DeepSeek, GPT-OSS, Llama 4).
#pragma once

#include <string>
#include <vector>

#include "engine/tensor/matrix.h"

namespace hs {

/// What becomes of the router's logits. Softmax: over all experts; SoftmaxOfChosen: over the chosen ones only.
enum class RouterScores { Softmax, Sigmoid, SoftmaxOfChosen };

/// How a token's experts are chosen and weighed.
struct Routing {
    int count = 0;   ///< E, experts of a layer; 0: the model has none
    int chosen = 0;  ///< k, experts that a token passes
    RouterScores scores = RouterScores::Softmax;
    bool normalised = false;   ///< weights of the chosen are divided by their sum
    double scale = 1.0;        ///< and multiplied by this
    int groups = 1;            ///< experts stand in so many groups of neighbours, of which only the best are chosen from
    int keptGroups = 1;        ///< so many
    bool groupsByTwo = false;  ///< a group is as good as its two best experts together (DeepSeek V3); else as its best one (V2)
    bool weighsInput = false;  ///< the weight multiplies what the expert reads, not what it writes (Llama 4)
    bool operator==(const Routing&) const = default;
};

/// Experts of one layer, one below the other: expert e has rows [e*d, (e+1)*d) of W_gate and W_in, [e*f, (e+1)*f) of W_out.
struct ExpertWeights {
    MatrixF router;                       ///< [d, E]
    std::vector<float> bRouter, bChoice;  ///< [E]: of the logits; of the scores, for the choice alone (DeepSeek V3); empty: none
    MatrixF wGate, wIn;                   ///< [E*d, f]
    MatrixF wOut;                         ///< [E*f, d]
    std::vector<float> bGate, bIn, bOut;  ///< [E*f], [E*f], [E*d]; empty: none
    MatrixF sharedGate;                   ///< [d, 1]: the layer's own MLP counts by the sigmoid of this product; empty: it counts whole
    std::size_t bytes() const;
};

}  // namespace hs
