// SPDX-License-Identifier: GPL-3.0-or-later
// A model family is a table: "name in the file -> our name, and how it is turned". The matcher knows no family.
#pragma once

#include <functional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include <nlohmann/json_fwd.hpp>

#include "engine/base/result.h"
#include "engine/io/store/tensor_store.h"
#include "engine/model/config.h"

namespace hs {

/// How a source tensor stands in the file. Canonical weights are (in, out) with heads side by side.
enum class Form {
    Vector,         ///< any rank, flattened
    InOut,          ///< (in, out): Conv1D, Keras kernels
    OutIn,          ///< (out, in): torch Linear
    HeadsInOut,     ///< [H, in, dh]: TransformerLens W_Q, W_K, W_V
    HeadsOut,       ///< [H, dh, out]: TransformerLens W_O
    ExpertsInOut,   ///< [E, in, out]: experts one after another
    ExpertsOutIn,   ///< [E, out, in]
    ExpertsVector,  ///< [E, n]
};

/// How queries, keys and values stand in one tensor, along its out axis. Queries are as wide as what the projection reads; keys and values
/// share the rest.
enum class Split {
    Blocks,     ///< parts one after another, all equally wide
    Groups,     ///< for each key/value head its query heads, then itself, then its values: [q|k|v] of each head where every one has its own
    Stacked,    ///< all queries, all keys, all values (Phi 3)
    Alternate,  ///< column c belongs to part c % parts (GPT-OSS: gate and linear part in turn)
    Shards,     ///< CodeGen: four shards, in each a quarter of q, of v and of k
};

/// One row of a table. `source` is matched as a suffix of whole name components, '/' and '.' alike; {i} is the layer. {e} behind it is the
/// expert, or the head, whose part of the role the tensor holds: "layers.{i}.mlp.experts.{e}.up_proj.weight"; the role names it, too.
struct Rule {
    const char* source;
    const char* role;  ///< canonical name = path in the native schema, {i} is the layer, {e} the expert
    Form form;
    int part = 0;  ///< slice `part` of `parts` equal ones along the out axis (fused q, k, v)
    int parts = 1;
    bool required = true;  ///< its absence makes the file partial
    Split split = Split::Blocks;
    int skip = 0;  ///< first rows of a table that no token and no position reads (InOut)
    int plus = 0;  ///< added to every entry (Vector): gains that are stored as w - 1
};

// How rows are written: plain braces for what a layer must have, and these.
/// Slice `part` of `of` equal ones: [Q | K | V] in one tensor.
constexpr Rule fused(const char* source, const char* role, Form form, int part, int of) { return {source, role, form, part, of}; }
/// Part 0, 1, 2 (q, k, v) of a tensor that holds them by `split`.
constexpr Rule fused(const char* source, const char* role, Form form, int part, Split split)
{
    return {source, role, form, part, 3, true, split};
}
/// A table whose first rows belong to no position.
constexpr Rule from(int row, Rule rule)
{
    rule.skip = row;
    return rule;
}
/// A gain that is stored as w - 1 (Gemma, Nemotron).
constexpr Rule plusOne(Rule rule)
{
    rule.plus = 1;
    return rule;
}
/// A file without it is whole.
constexpr Rule optional(Rule rule)
{
    rule.required = false;
    return rule;
}
constexpr Rule optional(const char* source, const char* role, Form form) { return optional(Rule{source, role, form}); }

struct KeyDefault {
    const char* key;
    const char* value;  ///< as text; "sqrt(d_model)": that number
    Origin origin;      ///< FamilyDefault, or Guess where members of the family differ
};

/// Position vectors of a sinusoidal family that stand in no file.
enum class Waves {
    Own,            ///< sin and cos in turn (Vaswani et al. 2017), or whatever the file has
    Halves,         ///< all sines, then all cosines (CTRL)
    HalvesFromTwo,  ///< the same with the numbers of fairseq: positions from 2, w_m = 10000^(-m/(d/2-1)) (XGLM)
};

/// One key of a family's own configuration (config.json of Hugging Face). What has no row, is not neutral everywhere
/// (neutral_keys.h) and says more than null, false or nothing is refused: it may change what is computed.
struct KeyRule {
    const char* name;
    const char* ours = nullptr;  ///< our key that takes its value; null: as the general list of names says (config_sources.h)
    const char* only = nullptr;  ///< values that the family's arithmetic here is exact for, '|' between them; null: read as it stands
    /// Value that the family's code takes where the key is missing, as JSON; null: nothing is taken, the weights decide.
    const char* usual = nullptr;
    /// Roles in a layer that are there where the value is true and are not where it is false ("attn/b_Q attn/b_K"); else contradiction.
    const char* governs = nullptr;
};

/// Takes a value for one of our keys; the first of several counts.
using AddValue = std::function<void(const char* key, std::string text)>;

/// A family: its table, and its quirks as fields. One file with `extern const Layout kName;` and its rows, one line in all.cpp.
struct Layout {
    const char* name;
    std::span<const Rule> rules;
    std::span<const KeyDefault> defaults;
    /// Tensors whose presence means that this is another architecture (item of the error).
    std::span<const char* const> blockers;
    bool mlpOptional = false;       ///< no MLP tensor at all means attention only; else it means missing
    bool tiedWithoutOutput = true;  ///< no unembedding in the file means that it is tied
    Waves waves = Waves::Own;
    bool embedNormFirst = false;     ///< its norm over embeddings comes before positions are added, not after
    bool sharedNormByShape = false;  ///< parallel blocks have one norm where the file has no second
    bool tied = false;               ///< embedding and output are one matrix unless the configuration says otherwise
    bool scaleIsDivisor = false;     ///< its configuration's "attn_scale" divides the scores instead of multiplying them
    /// Values of model_type whose arithmetic this is. A declared type chooses the family before any name is looked at, and an unknown
    /// one is refused. Empty: files of this family declare none, the names are enough.
    std::span<const char* const> types = {};
    bool byNames = true;                 ///< also chosen where no type is declared; false: other families' files have the same names
    std::span<const KeyRule> keys = {};  ///< of its config.json; empty: any key may stand there
    bool keysAlways = false;             ///< also of configurations that declare no type (TransformerLens)
    /// What several keys say together, or a key in words of its own: adds values of our keys, or says (item, found, expected) what cannot
    /// be computed. Asked before any key is read one by one. Null: nothing.
    Status (*derive)(const nlohmann::json& config, const AddValue& add) = nullptr;
    /// Encoders: the output is behind a transform (unembed/W_T). A file without one has no output, whatever its settings say of tying;
    /// one with an output matrix of its own uses it.
    bool outputTransform = false;
    /// ALBERT: blocks {g} and {i} of the file, used again and again; the settings say how often (shareLayers).
    bool sharedLayers = false;
    bool t5Places = false;  ///< rel/W_bias [buckets, H] is added to scores by T5's buckets up to a distance of 128 (MPNet)
    /// Tensors of other tasks that may stand beside the weights: suffixes of names.
    std::span<const char* const> passed = {};
};

/// All families, in order of preference.
std::span<const Layout* const> allLayouts();
extern const Layout kNative;

/// A source tensor in the role of a canonical one. One tensor may serve several (fused q, k, v).
struct Binding {
    std::size_t tensor = 0;
    const Rule* rule = nullptr;
    int layer = -1;       ///< -1: not of a layer
    std::string role;     ///< with the layer filled in
    std::string suffix;   ///< role without "layers/<i>/" and without the number of an expert or head ("experts/W_in")
    int piece = -1;       ///< number of the expert or head; -1: the tensor holds all of the role
    std::int64_t in = 0;  ///< biases of fused tensors: width of what their projection reads; 0: not known
};

struct Match {
    const Layout* layout = nullptr;
    std::vector<Binding> bindings;  ///< each role once, by layer and role
    int layers = 0;                 ///< largest layer index + 1
    const Binding* find(const std::string& role) const;
};

/// The family that explains most of the tensors without contradiction: of those of `type`, where the configuration declares one (empty:
/// it does not), and of those that declare none. UnknownLayout (item = first names that the nearest family has no place for, found =
/// that family, empty when it shares no word with the file, expected = what it lacks) when none has attention weights, its blocks lack
/// parts and have others instead, or, of a declared type, when any weight is left over; UnknownLayout (item = model_type, found = the
/// type, expected = the family whose names these are) for a type that no family has; Cancelled.
Result<Match> matchLayout(const TensorStore& store, const std::string& type = {}, const Progress& progress = {});
/// A tied model whose file holds the one matrix under the output's name only: from now on it is the token embedding, and there is no
/// unembedding. Nothing changes for a match that has an embedding, or whose output is not stored as (out, in).
void embedWithOutput(Match& match);
/// Layers of a file whose blocks are used several times: layer l of `layers` gets block (l / inner) * groups / (layers / inner) with its
/// inner part l % inner. ConfigContradiction (item = n_layers) where that block is not there.
Status shareLayers(Match& match, int layers, int groups, int inner, const std::string& file);
/// One given family; empty bindings when nothing matches.
Match matchOne(const Layout& layout, const std::vector<StoredTensor>& tensors);

/// Canonical size of what a binding yields: (rows, cols) = (in, out); vectors have rows = 1.
struct RoleShape {
    std::int64_t rows = 0, cols = 0;
    std::int64_t heads = 0;    ///< when the source has a head axis, else 0
    std::int64_t experts = 0;  ///< when the source has an axis of experts; the shape is then that of one
};
/// Axes of a tensor in a form.
std::size_t rankOf(Form form);
/// Takes axes of length 1 out, the first ones first, until `rank` are left.
void dropOnes(std::vector<std::int64_t>& shape, std::size_t rank);
/// RankMismatch / ShapeMismatch when the tensor cannot stand in this form.
Result<RoleShape> roleShape(const StoredTensor& tensor, const Binding& binding, const std::string& file);
/// Where the out axis of a source tensor goes: for each of its `total` places a column of the binding's part, or -1. Only for splits other
/// than Blocks; `shape` is the binding's, `in` the width that the projection reads.
std::vector<std::int64_t> splitColumns(const Binding& binding, std::int64_t total, const RoleShape& shape, int dHead);

/// Sizes that the shapes alone give. 0 or empty: not determined.
struct Dims {
    std::int64_t dModel = 0, dMlp = 0, dVocab = 0, nCtx = 0;
    std::int64_t dOut = 0;              ///< width of an unembedding; tied ones have none
    std::int64_t dHead = 0;             ///< only when a head axis shows it
    std::vector<std::int64_t> qWidth;   ///< H * dh of each layer, 0 where there are no query weights
    std::vector<std::int64_t> kvWidth;  ///< G * dh
    bool hasGate = false, hasMlp = false, hasPositions = false, hasOutput = false;
    bool hasNorms = false, hasNormBias = false;
    std::int64_t nExperts = 0, dExpert = 0;
    std::int64_t latentQ = 0, latentKv = 0, latentDown = 0, latentUp = 0,
                 latentOut = 0;          ///< Rq, R, R + r, H (n + v), H v of DeepSeek's files
    std::vector<std::int64_t> mlpWidth;  ///< of each layer, 0 where it has no MLP; empty: layers are alike (files without experts)
};
/// Sizes and their consistency: ShapeMismatch (item = tensor, found, expected = shapes) where two tensors disagree.
Result<Dims> inferDims(const Match& match, const TensorStore& store);

/// Role of one expert's tensor: "layers/3/experts/5/W_in" for "layers/3/experts/W_in".
std::string expertRole(const std::string& role, int expert);
/// Role pattern with the layer in place of {i}, and the expert or head in place of {e}.
std::string withLayer(const char* pattern, int layer, int piece = 0);
/// Tensors that make up a role whose pattern has {e}: experts, or heads of the layer.
int piecesOf(const ModelConfig& config, std::string_view role, int layer);

}  // namespace hs
