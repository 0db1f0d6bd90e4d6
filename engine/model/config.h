// SPDX-License-Identifier: GPL-3.0-or-later
// The architecture of one transformer, as data. One block serves GPT-2, LLaMA, NeoX-like, post-norm and attention-only models.
#pragma once

#include <map>
#include <string>
#include <vector>

#include "engine/base/result.h"
#include "engine/model/experts.h"
#include "engine/model/rotary.h"
#include "engine/model/visibility.h"

namespace hs {

enum class NormKind { LayerNorm, RmsNorm, None };
/// Pre: what a branch reads of the stream is normed. Post: the stream is, after each branch. Output: what a branch writes is (OLMo 2).
/// Both: what it reads and what it writes (Gemma 2).
enum class NormPlace { Pre, Post, Output, Both };
/// Norm of queries and keys before rotary. Heads: over each head's entries; Width: over all heads together. RmsTurned: over each head's
/// entries behind rotary, without a gain, in layers that have rotary (Llama 4).
enum class QkNorm { None, RmsHeads, LnHeads, RmsWidth, RmsTurned };
/// Shortformer: the learned table is added to what queries and keys read, not to the stream (Press et al. 2021). Alibi: a bias of the
/// scores that grows with the distance (Press et al. 2022).
enum class PositionKind { Learned, Sinusoidal, Rotary, None, Alibi, Shortformer };
/// Slopes of ALiBi's heads. Standard: 2^(-8(h+1)/p) for p, the largest power of two not above H, then every second one of 2p heads (ALiBi's
/// own code, BLOOM, MPT, Falcon); Plain: 2^(-8(h+1)/H) for every H (TransformerLens).
enum class AlibiRule { Standard, Plain };
/// x f(x), or f itself; Solu: x softmax(x) over the row (Elhage et al. 2022, "Softmax Linear Units").
enum class Activation {
    Relu,
    GeluExact,
    GeluTanh,
    Silu,
    QuickGelu,  ///< x sigmoid(1.702 x)
    Gelu10,     ///< the exact GELU, held in [-10, 10]
    Relu2,      ///< max(0, x)^2
    Relu6,      ///< min(6, max(0, x))
    Tanh,
    Sigmoid,
    Linear,
    Mish,       ///< x tanh(ln(1 + e^x))
    LeakyRelu,  ///< 0.01 x below 0
    HardSwish,  ///< x min(6, max(0, x + 3)) / 6
    Laplace,    ///< (1 + erf((x - 0.707107) / (0.282095 sqrt 2))) / 2
    Solu
};
enum class OutputKind { Tied, Untied, None };

/// Shapes use TransformerLens letters: d = d_model, H = n_heads, G = n_kv_heads, dh = d_head, f = d_mlp, V = d_vocab, P = n_ctx.
struct ModelConfig {
    std::string modelType;             ///< "gpt2", "llama", ...: for display only, never branched on
    std::string originalArchitecture;  ///< e.g. "GPT2LMHeadModel"; display only
    int nLayers = 0;
    int nHeads = 0;                  ///< largest number of query heads of any layer
    int nKvHeads = 0;                ///< G; head h reads key/value head h / (H / G)
    std::vector<int> headsPerLayer;  ///< empty unless layers differ (pruned models)
    std::vector<int> kvHeadsPerLayer;
    int dModel = 0;
    int dHead = 0;  ///< may differ from dModel / nHeads
    int dMlp = 0;   ///< of the MLP that every token passes; 0 when attnOnly, or where there are experts alone; the largest of any layer
    std::vector<int> mlpPerLayer;  ///< empty unless layers differ
    int dVocab = 0;
    int dVocabOut = 0;  ///< logits of a position where they are not one for each token of the vocabulary; 0: they are
    int nCtx = 0;       ///< longest prompt; 0 = no limit known (rotary, sinusoidal)
    bool attnOnly = false;
    bool gatedMlp = false;          ///< act(x W_gate) * (x W_in + b_in), then W_out
    bool mlpBiasAfterGate = false;  ///< act(x W_gate) * (x W_in) + b_in instead, as in TransformerLens
    Activation activation = Activation::GeluTanh;
    NormKind norm = NormKind::LayerNorm;
    NormPlace normPlace = NormPlace::Pre;
    Routing routing;
    int dExpert = 0;                ///< hidden entries of an expert
    std::vector<int> expertLayers;  ///< 1 where the layer has experts; empty: all have, if there are any
    double gateLimit = 0.0;         ///< GPT-OSS: act(min(gate, limit)) * (linear part in [-limit, limit] + 1); 0: as other gates
    bool mlpNorm = false;           ///< a LayerNorm stands between activation and W_out (solu_ln)
    QkNorm qkNorm = QkNorm::None;   ///< with the model's eps
    double residualScale = 1.0;     ///< what a branch writes is multiplied by this when weights are read: W_O, b_O, W_out, b_out (Granite)
    double logitScale = 1.0;        ///< the same for logits, before a soft cap: gain and bias of the final norm (Cohere)
    bool parallelAttnMlp = false;   ///< attention and MLP both read the block's input
    bool parallelSharedNorm = false;  ///< parallel blocks with one norm for both (GPT-J); else ln1 and ln2 (NeoX)
    double eps = 1e-5;
    PositionKind position = PositionKind::Learned;
    int rotaryDim = 0;  ///< first rotaryDim of dHead are rotated (partial rotary)
    double rotaryBase = 10000.0;
    RotaryScaling rotaryScaling;
    double rotaryBaseLocal = 0.0;  ///< of layers that rotaryPerLayer gives a 2
    RotaryScaling rotaryScalingLocal;
    std::vector<int> rotaryPerLayer;   ///< 0: no positions, 1: rotaryBase, 2: rotaryBaseLocal; empty: 1 in all
    bool rotaryAdjacentPairs = false;  ///< (0,1),(2,3).. as in GPT-J; else halves (0, dim/2).. as in LLaMA and NeoX
    MaskKind mask = MaskKind::Causal;
    /// Queries see so many keys, their own included; without a causal mask as many on the other side, too; 0 = all; the largest of any layer.
    int window = 0;
    std::vector<int> windowPerLayer;  ///< empty unless layers differ
    int chunk = 0;                    ///< causal: queries see keys of their own chunk of so many; 0 = no chunks; the largest of any layer
    std::vector<int> chunkPerLayer;   ///< empty unless layers differ
    double temperatureScale = 0.0;  ///< layers without rotary: query at p, from 0, times 1 + scale ln(1 + floor((p + 1) / floor)); 0 = not
    int temperatureFloor = 0;
    bool sinks = false;                ///< LayerWeights::sinks are there: rows of the pattern sum to less than 1
    int latentQ = 0, latentKv = 0;     ///< Rq and R of LatentWeights; 0: queries come from the stream; there is no latent attention
    int dValue = 0;                    ///< entries of a value of latent attention that are not padding
    double attnScale = 0.0;            ///< scores are multiplied by this; 0 means 1/sqrt(dHead)
    bool scaleByInverseLayer = false;  ///< and divided by the number of the layer, counted from 1 (GPT-2's scale_attn_by_inverse_layer_idx)
    double attnSoftcap = 0.0;          ///< scaled scores s become cap tanh(s / cap) before the mask; 0 = none
    double qkvClip = 0.0;              ///< q, k and v with their biases are clamped to [-clip, clip] before rotary (MPT, OLMo); 0 = not
    AlibiRule alibiRule = AlibiRule::Standard;
    std::vector<double> alibiSlopes;  ///< empty: by the rule; else of the heads of every layer, or of each layer's heads in turn
    bool alibiBfloat16 = false;       ///< as Falcon: slope * key in bfloat16, and scaled as the scores are
    bool finalNorm = true;            ///< a norm stands before the unembedding (in post-norm models only where the file has one)
    double finalSoftcap = 0.0;        ///< the same for logits, after the output bias; 0 = none
    double embedScale = 1.0;          ///< token embeddings are multiplied by this
    OutputKind output = OutputKind::Tied;
    // Encoders.
    int positionPadding = -1;  ///< RoBERTa: this token stands at its own number, the t-th other one at number + t (from 1); -1: at 0, 1 ..
    bool firstNorm = true;     ///< false: attention of layer 0 reads the stream as it is (ModernBERT)
    bool outputTransform = false;  ///< the output reads LN(act(x W + b)) of the final norm: logits of the token at the position itself
    Activation outputActivation = Activation::GeluExact;  ///< of outputTransform
    int paddingToken = -1;                                ///< positions that hold this id are hidden from every query; -1: none is

    double effectiveScale(int layer) const;
    /// Slope of a head's ALiBi: key j of query i gets slope * (j - i) on top of its score.
    double alibiSlope(int layer, int head) const;
    /// The norm of token embeddings is a LayerNorm in every model that has one, whatever the others are.
    ModelConfig forEmbeddingNorm() const;
    /// The norms over the hidden entries of an MLP are LayerNorms too.
    ModelConfig forMlpNorm() const { return forEmbeddingNorm(); }
    /// What a branch reads of the stream is normed.
    bool normsInput() const { return normPlace == NormPlace::Pre || normPlace == NormPlace::Both; }
    /// What a branch writes is normed.
    bool normsOutput() const { return normPlace == NormPlace::Output || normPlace == NormPlace::Both; }
    /// Angles of a position depend on how long its prompt is.
    bool rotationDependsOnLength() const
    {
        return position == PositionKind::Rotary && (rotaryScaling.dependsOnLength() || rotaryScalingLocal.dependsOnLength());
    }
    /// Queries and keys of the layer are normed behind rotary.
    bool normsTurned(int layer) const { return qkNorm == QkNorm::RmsTurned && rotaryOf(layer) != 0; }
    /// Factor of the query at a position.
    double temperature(int layer, int position) const;
    /// Which rotation the layer's queries and keys get: 0 none, 1 rotaryBase, 2 rotaryBaseLocal.
    int rotaryOf(int layer) const
    {
        if (position != PositionKind::Rotary) return 0;
        return rotaryPerLayer.empty() ? 1 : rotaryPerLayer[static_cast<std::size_t>(layer)];
    }
    /// Token embeddings get a position before the first block: a learned table or waves.
    bool addsPositions() const { return position == PositionKind::Learned || position == PositionKind::Sinusoidal; }
    /// The model cannot do without a table of positions.
    bool needsPositionTable() const { return position == PositionKind::Learned || position == PositionKind::Shortformer; }
    int heads(int layer) const { return headsPerLayer.empty() ? nHeads : headsPerLayer[static_cast<std::size_t>(layer)]; }
    int kvHeads(int layer) const { return kvHeadsPerLayer.empty() ? nKvHeads : kvHeadsPerLayer[static_cast<std::size_t>(layer)]; }
    /// Key/value head that query head h of a layer reads.
    int kvHeadOf(int layer, int head) const { return head / (heads(layer) / kvHeads(layer)); }
    /// Which keys the queries of a layer see.
    Visibility visibility(int layer) const
    {
        const auto at = static_cast<std::size_t>(layer);  // views may ask for a layer that another model had
        return {mask, at < windowPerLayer.size() ? windowPerLayer[at] : window, at < chunkPerLayer.size() ? chunkPerLayer[at] : chunk};
    }
    bool hasExperts(int layer) const
    {
        return routing.count > 0 && (expertLayers.empty() || expertLayers[static_cast<std::size_t>(layer)] != 0);
    }
    /// Hidden entries of the MLP that every token passes in a layer; 0: there is none.
    int mlpWidth(int layer) const { return attnOnly ? 0 : mlpPerLayer.empty() ? dMlp : mlpPerLayer[static_cast<std::size_t>(layer)]; }
    /// Hidden entries that one token passes in a layer, those of its experts with them.
    int passedWidth(int layer) const { return mlpWidth(layer) + (hasExperts(layer) ? routing.chosen * dExpert : 0); }
    /// Logits of a position: classifiers and sorters have others than tokens.
    int outputs() const { return dVocabOut > 0 ? dVocabOut : dVocab; }
    /// A logit stands for the token of its number: what comes next can be predicted, and a next-token loss means something.
    bool predictsTokens() const { return outputs() == dVocab; }
    /// Logits of a position say which token follows it. Those of a masked language model are of the position itself: no next-token loss.
    bool predictsNext() const { return predictsTokens() && !outputTransform; }
    /// Position in the table of each token of a prompt, where it depends on the tokens (positionPadding); else 0, 1, 2 ...
    std::vector<int> tablePositions(const std::vector<int>& ids) const;
    /// Longest prompt for a table of so many rows.
    int longestFor(int tableRows) const { return positionPadding >= 0 ? tableRows - positionPadding - 1 : tableRows; }
    /// Queries see what comes after them.
    bool looksAhead() const { return Visibility(mask).looksAhead(); }
};

/// Keys of n that a query of a layer sees, but for those that hiddenPositions hides from all.
inline KeyRange visible(const ModelConfig& config, int layer, int query, int n) { return config.visibility(layer).keys(query, n); }

/// [n] positions of a prompt that no query sees: those of the padding token, where it is masked. Empty: all may be seen.
std::vector<bool> hiddenPositions(const ModelConfig& config, const std::vector<int>& ids);

/// Where a configuration value came from, in order of trust (resources/manual/formats.md section 1.6).
enum class Origin { User, FileAttribute, ModelConfigJson, ConfigJsonBeside, Profile, Shapes, FamilyDefault, Guess };

struct ConfigOrigin {
    Origin origin = Origin::Guess;
    std::string detail;  ///< attribute, file or tensor name
};

/// Keys are those of the native schema (n_heads, d_head, act_fn ...), the same on screen, in --config and in info --json.
using ConfigOrigins = std::map<std::string, ConfigOrigin>;

/// All configuration keys in display order.
const std::vector<std::string>& configKeys();
/// Value of a key as text ("12", "gelu_new", "rotary"); empty for an unknown key.
std::string configValue(const ModelConfig& config, const std::string& key);
/// Sets a key from text; ConfigUnknownKey / ConfigInvalid (item = key, found = text, expected = accepted values).
Status setConfigValue(ModelConfig& config, const std::string& key, const std::string& text);
/// Contradictions inside the configuration itself (heads not a multiple of kv heads, odd rotary_dim ...).
Status checkConfig(const ModelConfig& config);

}  // namespace hs
