// SPDX-License-Identifier: GPL-3.0-or-later
// Sizes from shapes. Every role has two symbols (rows, cols); tensors vote on each symbol and the odd one out is named.
#include <algorithm>
#include <map>
#include <string_view>

#include "engine/io/layouts/layout.h"

namespace hs {

namespace {

struct Symbols {
    const char* suffix;
    const char* rows;  ///< "" for vectors
    const char* cols;
};
// q and g are counted for each layer: pruned models differ.
constexpr Symbols symbols[] = {
    {"embed/W_E", "V", "d"},
    {"pos_embed/W_pos", "P", "d"},
    {"embed/ln/w", "", "d"},
    {"embed/ln/b", "", "d"},
    {"attn/W_Q", "d", "q"},
    {"attn/W_K", "d", "g"},
    {"attn/W_V", "d", "g"},
    {"attn/W_O", "q", "d"},
    {"attn/b_Q", "", "q"},
    {"attn/b_K", "", "g"},
    {"attn/b_V", "", "g"},
    {"attn/b_O", "", "d"},
    {"ln1/w", "", "d"},
    {"ln1/b", "", "d"},
    {"ln2/w", "", "d"},
    {"ln2/b", "", "d"},
    {"mlp/W_in", "d", "f"},
    {"mlp/W_gate", "d", "f"},
    {"mlp/W_out", "f", "d"},
    {"mlp/b_in", "", "f"},
    {"mlp/b_out", "", "d"},
    {"ln_final/w", "", "d"},
    {"ln_final/b", "", "d"},
    {"unembed/W_U", "d", "U"},
    {"unembed/b_U", "", "U"},
    {"embed/W_proj", "e", "d"},
    {"unembed/W_proj", "d", "e"},
    {"ln1_post/w", "", "d"},
    {"ln1_post/b", "", "d"},
    {"ln2_post/w", "", "d"},
    {"ln2_post/b", "", "d"},
    {"mlp/b_gate", "", "f"},
    {"mlp/ln/w", "", "f"},
    {"mlp/ln/b", "", "f"},
    {"unembed/W_proj", "d", "e"},
    {"embed/W_type", "T", "d"},
    {"embed/W_widen", "e", "d"},
    {"embed/b_widen", "", "d"},
    {"unembed/W_T", "d", "t"},
    {"unembed/b_T", "", "t"},
    {"unembed/ln_T/w", "", "t"},
    {"unembed/ln_T/b", "", "t"},
    {"rel/W_bias", "R", "h"},
    {"rel/W_E", "R", "d"},
    {"rel/ln/w", "", "d"},
    {"rel/ln/b", "", "d"},
    {"attn/W_relK", "d", "q"},
    {"attn/W_relQ", "d", "q"},
    {"attn/b_relK", "", "q"},
    {"attn/b_relQ", "", "q"},
    {"attn/latent/q_down", "d", "a"},
    {"attn/latent/q_up", "a", "q"},
    {"attn/latent/q_norm/w", "", "a"},
    {"attn/latent/b_q_down", "", "a"},
    {"attn/latent/kv_down", "d", "c"},
    {"attn/latent/b_kv_down", "", "c"},
    {"attn/latent/kv_norm/w", "", "b"},
    {"attn/latent/kv_up", "b", "y"},
    {"attn/latent/k_up", "b", "q"},
    {"attn/latent/v_up", "b", "q"},
    {"attn/latent/W_O", "z", "d"},
    {"experts/router", "d", "E"},
    {"experts/b_router", "", "E"},
    {"experts/W_gate", "d", "x"},
    {"experts/b_choice", "", "E"},
    {"experts/W_in", "d", "x"},
    {"experts/b_gate", "", "x"},
    {"experts/W_out", "x", "d"},
    {"experts/b_in", "", "x"},
    {"experts/b_out", "", "d"},
    {"experts/shared_gate", "d", "1"},
};

/// Embedding and output of another width than the stream, with a projection between.
constexpr Symbols projected[] = {{"embed/W_E", "V", "e"}, {"unembed/W_U", "e", "U"}};

/// Everything about tokens narrower than the stream, which is made of them by a product.
constexpr Symbols narrow[] = {
    {"embed/W_E", "V", "e"}, {"pos_embed/W_pos", "P", "e"}, {"embed/W_type", "T", "e"}, {"embed/ln/w", "", "e"}, {"embed/ln/b", "", "e"},
};

const Symbols* symbolsOf(const Match& match, const Binding& binding)
{
    const std::string& suffix = binding.suffix;
    static constexpr Symbols ofOneHead{"", "", "n"};
    if (binding.piece >= 0 && suffix.starts_with("attn/")) return &ofOneHead;
    static constexpr Symbols behindTransform{"unembed/W_U", "t", "U"};
    if (suffix == behindTransform.suffix && match.find("unembed/W_T")) return &behindTransform;
    for (const Symbols& s : narrow)
        if (suffix == s.suffix && match.find("embed/W_widen")) return &s;
    for (const Symbols& s : projected)
        if (suffix == s.suffix && match.find("embed/W_proj")) return &s;
    for (const Symbols& s : symbols)
        if (suffix == s.suffix) return &s;
    return nullptr;
}

/// A file with experts: layers may have an MLP of their own width beside them, or none.
bool hasExperts(const Match& match)
{
    return std::any_of(match.bindings.begin(), match.bindings.end(), [](const Binding& b) { return b.suffix.starts_with("experts/"); });
}

std::string keyOf(const char* symbol, int layer, bool experts)
{
    const std::string_view s = symbol;
    std::string key(s);
    if (s == "q" || s == "g" || (experts && s == "f")) key += std::to_string(layer);
    return key;
}

/// The shape that the source tensor should have had, said in its own orientation.
std::string expectedShape(const Binding& b, const StoredTensor& tensor, std::int64_t rows, std::int64_t cols)
{
    const Rule& rule = *b.rule;
    std::vector<std::int64_t> shape;
    switch (rule.form) {
    case Form::Vector: shape = {cols * rule.parts}; break;
    case Form::InOut: shape = {rows, cols * rule.parts}; break;
    case Form::OutIn: shape = {cols * rule.parts, rows}; break;
    case Form::HeadsInOut: shape = {cols / std::max<std::int64_t>(1, tensor.shape.back()), rows, tensor.shape.back()}; break;
    case Form::ExpertsVector: shape = {tensor.shape.front(), cols * rule.parts}; break;
    case Form::ExpertsInOut: shape = {tensor.shape.front(), rows, cols * rule.parts}; break;
    case Form::ExpertsOutIn: shape = {tensor.shape.front(), cols * rule.parts, rows}; break;
    case Form::HeadsOut: shape = {tensor.shape.front(), rows / std::max<std::int64_t>(1, tensor.shape.front()), cols}; break;
    }
    return shapeText(shape);
}

using Votes = std::map<std::string, std::map<std::int64_t, int>>;

std::int64_t winner(const Votes& votes, const std::string& key)
{
    const auto it = votes.find(key);
    if (it == votes.end()) return 0;
    return std::max_element(it->second.begin(), it->second.end(), [](auto& a, auto& b) { return a.second < b.second; })->first;
}

}  // namespace

namespace {

/// Width of a part where q is as wide as the input and k and v share the rest; 0: these widths do not fit.
std::int64_t partOfGroups(const Rule& rule, std::int64_t total, std::int64_t in)
{
    const std::int64_t q = in > 0 ? in : total / 3, kv = (total - q) / 2;
    if (kv < 1 || q + 2 * kv != total || q % kv != 0) return 0;
    return rule.part == 0 ? q : kv;
}

/// Width of the rule's part of an out axis of `total`; 0: it has no such part.
std::int64_t partWidth(const Rule& rule, std::int64_t total, std::int64_t in)
{
    if (rule.split == Split::Groups || rule.split == Split::Stacked) return partOfGroups(rule, total, in);
    if (rule.split == Split::Shards) return total % 12 == 0 ? total / 3 : 0;
    return total % rule.parts == 0 ? total / rule.parts : 0;
}

}  // namespace

std::vector<std::int64_t> splitColumns(const Binding& binding, std::int64_t total, const RoleShape& shape, int dHead)
{
    const Rule& rule = *binding.rule;
    std::vector<std::int64_t> out(static_cast<std::size_t>(total), -1);
    if (rule.split == Split::Shards) {
        const std::int64_t shard = total / 4, piece = total / 12, want = rule.part == 0 ? 0 : rule.part == 1 ? 2 : 1;
        for (std::int64_t r = 0; r < total; ++r)
            if (r % shard / piece == want) out[static_cast<std::size_t>(r)] = r / shard * piece + r % piece;
        return out;
    }
    if (rule.split == Split::Alternate) {
        for (std::int64_t c = rule.part; c < total; c += rule.parts) out[static_cast<std::size_t>(c)] = c / rule.parts;
        return out;
    }
    if (rule.split == Split::Stacked) {
        const std::int64_t first = rule.part == 0 ? 0 : total - (3 - rule.part) * shape.cols;
        for (std::int64_t c = 0; c < shape.cols; ++c) out[static_cast<std::size_t>(first + c)] = c;
        return out;
    }
    const std::int64_t q = rule.part == 0 ? shape.cols : total - 2 * shape.cols, kv = (total - q) / 2, queries = q / kv;
    const std::int64_t group = (queries + 2) * dHead, first = rule.part == 0 ? 0 : queries + rule.part - 1;
    const std::int64_t heads = rule.part == 0 ? queries : 1;
    for (std::int64_t r = 0; r < total; ++r) {
        const std::int64_t head = r % group / dHead - first;
        if (head >= 0 && head < heads) out[static_cast<std::size_t>(r)] = (r / group * heads + head) * dHead + r % dHead;
    }
    return out;
}

void dropOnes(std::vector<std::int64_t>& shape, std::size_t rank)
{
    while (shape.size() > rank) {
        const auto one = std::find(shape.begin(), shape.end(), 1);
        if (one == shape.end()) return;
        shape.erase(one);
    }
}

std::size_t rankOf(Form form)
{
    switch (form) {
    case Form::Vector: return 1;
    case Form::InOut:
    case Form::OutIn:
    case Form::ExpertsVector: return 2;
    default: return 3;
    }
}

Result<RoleShape> roleShape(const StoredTensor& tensor, const Binding& binding, const std::string& file)
{
    const Rule& rule = *binding.rule;
    std::vector<std::int64_t> shape = tensor.shape;
    const std::size_t rank = rankOf(rule.form);
    const auto wrongRank = [&] {
        return Error::in(file, ErrorCode::RankMismatch, tensor.name, shapeText(tensor.shape), std::to_string(rank) + " axes");
    };
    dropOnes(shape, rank);
    // An axis beside an empty one may say any length: products of two must stay inside 63 bits.
    if (std::any_of(shape.begin(), shape.end(), [](std::int64_t extent) { return extent > (std::int64_t(1) << 31); }))
        return Error::in(file, ErrorCode::ShapeMismatch, tensor.name, shapeText(tensor.shape), "<= 2147483648");
    if (rule.form == Form::Vector) {
        if (shape.empty() || shape.size() > 2) return wrongRank();
        const std::int64_t count = tensor.count();
        const std::int64_t width = count == 0 ? 0 : partWidth(rule, count, binding.in);
        if (count > 0 && width == 0)
            return Error::in(file, ErrorCode::ShapeMismatch, tensor.name, shapeText(tensor.shape), std::to_string(rule.parts) + " x n");
        return RoleShape{1, width, tensor.shape.size() == 2 && tensor.shape[0] > 1 ? tensor.shape[0] : 0};
    }
    if (shape.size() != rank) return wrongRank();
    RoleShape out;
    switch (rule.form) {
    case Form::Vector: break;
    case Form::InOut: out = {shape[0], shape[1], 0}; break;
    case Form::OutIn: out = {shape[1], shape[0], 0}; break;
    case Form::HeadsInOut: return RoleShape{shape[1], shape[0] * shape[2], shape[0]};
    case Form::HeadsOut: return RoleShape{shape[0] * shape[1], shape[2], shape[0]};
    case Form::ExpertsVector: out = {1, shape[1], 0, shape[0]}; break;
    case Form::ExpertsInOut: out = {shape[1], shape[2], 0, shape[0]}; break;
    case Form::ExpertsOutIn: out = {shape[2], shape[1], 0, shape[0]}; break;
    }
    const std::int64_t width = out.cols == 0 ? 0 : partWidth(rule, out.cols, out.rows);
    if ((out.cols > 0 && width == 0) || out.rows < rule.skip)
        return Error::in(file, ErrorCode::ShapeMismatch, tensor.name, shapeText(tensor.shape), std::to_string(rule.parts) + " x n");
    out.cols = width;
    out.rows -= rule.skip;
    return out;
}

Result<Dims> inferDims(const Match& match, const TensorStore& store)
{
    Votes votes;
    const bool experts = hasExperts(match);
    for (const Binding& b : match.bindings) {
        const StoredTensor& tensor = store.tensors()[b.tensor];
        if (tensor.problem) return *tensor.problem;
        if (widthOf(tensor.dtype) == 0)
            return Error::in(store.path(), ErrorCode::DtypeUnsupported, tensor.name, tensor.dtypeName,
                             "float16, bfloat16, float32, float64");
        const auto shape = roleShape(tensor, b, store.path());
        if (!shape) return shape.error();
        const Symbols* s = symbolsOf(match, b);
        if (!s) continue;
        if (*s->rows) ++votes[keyOf(s->rows, b.layer, experts)][shape->rows];
        ++votes[keyOf(s->cols, b.layer, experts)][shape->cols];
        if (shape->experts > 0) ++votes["E"][shape->experts];
    }
    for (const Binding& b : match.bindings) {
        const StoredTensor& tensor = store.tensors()[b.tensor];
        const Symbols* s = symbolsOf(match, b);
        if (!s) continue;
        const RoleShape shape = *roleShape(tensor, b, store.path());
        const std::int64_t rows = *s->rows ? winner(votes, keyOf(s->rows, b.layer, experts)) : 1;
        const std::int64_t cols = winner(votes, keyOf(s->cols, b.layer, experts));
        if (shape.experts > 0 && shape.experts != winner(votes, "E"))
            return Error::in(store.path(), ErrorCode::ShapeMismatch, tensor.name, shapeText(tensor.shape),
                             std::to_string(winner(votes, "E")) + " experts");
        if (shape.rows != rows || shape.cols != cols)
            return Error::in(store.path(), ErrorCode::ShapeMismatch, tensor.name, shapeText(tensor.shape),
                             expectedShape(b, tensor, rows, cols));
    }
    Dims dims;
    dims.dModel = winner(votes, "d");
    dims.dMlp = winner(votes, "f");
    dims.latentQ = winner(votes, "a");
    dims.latentKv = winner(votes, "b");
    dims.latentDown = winner(votes, "c");
    dims.latentUp = winner(votes, "y");
    dims.latentOut = winner(votes, "z");
    dims.nExperts = winner(votes, "E");
    dims.dExpert = winner(votes, "x");
    for (int layer = 0; layer < match.layers && experts; ++layer) {
        dims.mlpWidth.push_back(winner(votes, keyOf("f", layer, true)));
        dims.dMlp = std::max(dims.dMlp, dims.mlpWidth.back());
    }
    dims.dOut = winner(votes, "U");
    dims.dVocab = votes.contains("V") ? winner(votes, "V") : dims.dOut;
    dims.nCtx = winner(votes, "P");
    dims.qWidth.assign(static_cast<std::size_t>(match.layers), 0);
    dims.kvWidth = dims.qWidth;
    for (int layer = 0; layer < match.layers; ++layer) {
        dims.qWidth[static_cast<std::size_t>(layer)] = winner(votes, keyOf("q", layer, experts));
        dims.kvWidth[static_cast<std::size_t>(layer)] = winner(votes, keyOf("g", layer, experts));
    }
    for (const Binding& b : match.bindings) {
        const StoredTensor& tensor = store.tensors()[b.tensor];
        if (b.rule->form == Form::HeadsInOut || b.rule->form == Form::HeadsOut) {
            const std::int64_t dHead = b.rule->form == Form::HeadsInOut ? tensor.shape.back() : tensor.shape[tensor.shape.size() - 2];
            if (dims.dHead == 0) dims.dHead = dHead;
            if (dims.dHead != dHead)
                return Error::in(store.path(), ErrorCode::ShapeMismatch, tensor.name, shapeText(tensor.shape),
                                 "d_head " + std::to_string(dims.dHead));
        }
        dims.hasGate |= b.suffix == "mlp/W_gate" || b.suffix == "experts/W_gate";
        dims.hasMlp |= b.suffix.starts_with("mlp/") || b.suffix.starts_with("experts/");
        dims.hasPositions |= b.role == "pos_embed/W_pos";
        dims.hasOutput |= b.role == "unembed/W_U";
        dims.hasNorms |= b.suffix == "ln1/w" || b.role == "ln_final/w";
        dims.hasNormBias |= b.suffix == "ln1/b" || b.role == "ln_final/b";
    }
    return dims;
}

}  // namespace hs
