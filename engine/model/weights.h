// SPDX-License-Identifier: GPL-3.0-or-later
// Weights in the one canonical layout that forward, analysis and similarity read. y = x W throughout (in, out).
#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <vector>

#include "engine/model/experts.h"
#include "engine/tensor/matrix.h"

namespace hs {

enum class Dtype { F16, BF16, F32, F64, Int, Other };

/// One tensor as it stands in the file.
struct TensorInfo {
    std::string name;
    std::vector<std::int64_t> shape;
    Dtype dtype = Dtype::F32;
    std::string role;  ///< canonical name it is used as ("layers/3/attn/W_Q"), empty when unused
};

struct NormWeights {
    std::vector<float> w;  ///< [d]; empty: no gain
    std::vector<float> b;  ///< [d]; empty: no bias
    bool none = false;     ///< there is no norm at this place: it is passed by
};

struct ScorePlaces;

/// Latent attention (DeepSeek-AI 2024, "DeepSeek-V2", section 2.1): queries, and keys with values, come from narrow rows that are normed
/// on their own (RMS, eps 1e-6). In each head of ours the turned entries stand first: key = [turned r | others], the turned ones the same
/// in all heads and made without the norm. Values are as wide as keys, zeros behind their own entries.
struct LatentWeights {
    MatrixF qDown, qUp;                  ///< [d, Rq], [Rq, H*dh]; empty: W_Q reads the stream itself
    NormWeights qNorm, kvNorm;           ///< [Rq], [R]
    MatrixF kvDown;                      ///< [d, R + r]: the latent, and the turned entries of all keys
    MatrixF kUp, vUp;                    ///< [R, H*dh]: columns of turned entries are zero; [R, H*dh]
    std::vector<float> bQDown, bKvDown;  ///< [Rq], [R + r]; empty: none
    std::size_t bytes() const;
};
inline constexpr double kLatentEps = 1e-6;

/// One layer. Head h of W_Q is columns [h*dh, (h+1)*dh); head h of W_O is rows [h*dh, (h+1)*dh).
struct LayerWeights {
    int layer = 0;
    int nHeads = 0, nKvHeads = 0, dHead = 0;
    MatrixF wQ;                         ///< [d, H*dh]; empty when missing from a partial file
    MatrixF wK, wV;                     ///< [d, G*dh]
    MatrixF wO;                         ///< [H*dh, d]
    std::vector<float> bQ, bK, bV, bO;  ///< [H*dh], [G*dh], [G*dh], [d]; empty: none
    NormWeights ln1, ln2;
    NormWeights ln1Post, ln2Post;  ///< of what attention and MLP write, where the model norms that
    NormWeights qNorm, kNorm;      ///< [H*dh], [G*dh]: a gain for every entry, also where heads share theirs
    MatrixF wIn, wGate, wOut;      ///< [d, f], [d, f], [f, d]; empty: none
    std::vector<float> bIn, bGate, bOut;
    NormWeights lnMlp;                             ///< [f], between activation and W_out
    std::shared_ptr<const ExpertWeights> experts;  ///< beside W_in and W_out, which are then the MLP that every token passes, or empty
    std::vector<float> sinks;  ///< [H]: a score that takes part in each row's softmax and has no value (GPT-OSS); empty: none
    /// Null: W_Q, W_K and W_V are what makes queries, keys and values. Else they are its products without the norms between: what a head
    /// does up to one positive factor of each token, turned entries of keys apart; only weight analyses read them.
    std::shared_ptr<const LatentWeights> latent;
    std::shared_ptr<const ScorePlaces> places;  ///< what distances add to scores (engine/model/score_places.h); null: nothing
    std::vector<int> headIds;                   ///< original head numbers of a pruned layer; empty: 0..H-1
    std::vector<int> kvHeadIds;

    ViewF headQ(int h) const { return wQ.view().block(0, std::ptrdiff_t(h) * dHead, wQ.rows(), dHead); }
    ViewF headK(int g) const { return wK.view().block(0, std::ptrdiff_t(g) * dHead, wK.rows(), dHead); }
    ViewF headV(int g) const { return wV.view().block(0, std::ptrdiff_t(g) * dHead, wV.rows(), dHead); }
    ViewF headO(int h) const { return wO.view().block(std::ptrdiff_t(h) * dHead, 0, dHead, wO.cols()); }
    std::size_t bytes() const;
};

/// The layer with the gain of the norm of what attention writes in W_O: up to one positive factor for each position, what a head writes.
/// The same object where no such norm stands.
std::shared_ptr<const LayerWeights> withOutputGain(std::shared_ptr<const LayerWeights> layer);

struct EmbeddingWeights {
    MatrixF wE;        ///< [V, d]
    MatrixF wPos;      ///< [P, d]; empty: none
    NormWeights norm;  ///< embedding norm (BERT, BLOOM); empty: none
    bool hasNorm = false;
    MatrixF wType;  ///< [types, d]; empty: none
    /// ALBERT, ELECTRA: tokens, positions, types and their norm are `e` wide, and this [e, d] makes the stream of them; empty: e = d.
    MatrixF wWiden;
    std::vector<float> bWiden;  ///< [d]; empty: none
};

struct OutputWeights {
    NormWeights lnFinal;
    bool hasLnFinal = false;
    /// Masked language models: the output reads LN(act(x W_T + b_T)), t wide, where ModelConfig::outputTransform says so.
    MatrixF wT;             ///< [d, t]
    std::vector<float> bT;  ///< [t]; empty: none
    NormWeights lnT;        ///< [t]
    MatrixF wU;             ///< [d, outputs] ([t, outputs]); empty when tied (use W_E transposed) or absent
    std::vector<float> bU;  ///< [outputs]; empty: none
};

}  // namespace hs
