// SPDX-License-Identifier: GPL-3.0-or-later
// The generic matcher: names by suffix, the family by how much of the file it explains without contradiction.
#include <algorithm>
#include <cstdlib>
#include <functional>
#include <map>
#include <optional>
#include <set>
#include <string_view>

#include "engine/io/layouts/layout.h"

namespace hs {

namespace {

/// '/' and '.' are one separator; Keras' ":0" goes.
std::string normalised(std::string name)
{
    if (name.size() > 2 && name.ends_with(":0")) name.resize(name.size() - 2);
    std::replace(name.begin(), name.end(), '/', '.');
    return name;
}

struct Hit {
    int layer = -1, piece = -1;
    std::size_t prefix = 0;  ///< characters of the name before the pattern
};

/// Takes the last hole (its three characters begin at `hole`) and what follows it off pattern and name: the number that stands there.
std::optional<int> takeNumber(std::string_view& name, std::string_view& pattern, std::size_t hole)
{
    const std::string_view tail = pattern.substr(hole + 3);
    if (!name.ends_with(tail)) return std::nullopt;
    name.remove_suffix(tail.size());
    std::size_t digits = 0;
    while (digits < name.size() && digits < 6 && name[name.size() - 1 - digits] >= '0' && name[name.size() - 1 - digits] <= '9') ++digits;
    const std::string_view number = name.substr(name.size() - digits);
    if (digits == 0 || digits > 5 || (digits > 1 && number[0] == '0')) return std::nullopt;
    const int value = std::stoi(std::string(number));
    name.remove_suffix(digits);
    pattern = pattern.substr(0, hole);
    return value;
}

/// Inner parts of a shared block at most: block g with part i is layer g * kInner + i until shareLayers has seen the settings.
constexpr int kInner = 64;

/// "experts/W_in" for "layers/{i}/experts/{e}/W_in".
std::string suffixOfPieces(std::string_view role)
{
    constexpr std::string_view layer = "layers/{i}/", hole = "{e}/";
    std::string out(role.substr(layer.size()));
    return out.erase(out.find(hole), hole.size());
}

/// Pattern at the end of the name, beginning at a component; both normalised.
std::optional<Hit> matchSuffix(std::string_view name, std::string_view pattern)
{
    Hit hit;
    if (name.empty() || pattern.empty() || (pattern.back() != '}' && name.back() != pattern.back())) return std::nullopt;  // nearly all
    if (const std::size_t hole = pattern.find("{e}"); hole != std::string_view::npos) {
        const auto piece = takeNumber(name, pattern, hole);
        if (!piece) return std::nullopt;
        hit.piece = *piece;
    }
    if (const std::size_t hole = pattern.find("{i}"); hole != std::string_view::npos) {
        const auto layer = takeNumber(name, pattern, hole);
        if (!layer) return std::nullopt;
        hit.layer = *layer;
    }
    if (const std::size_t hole = pattern.find("{g}"); hole != std::string_view::npos) {
        const auto group = takeNumber(name, pattern, hole);
        if (!group || hit.layer >= kInner || *group >= 1024) return std::nullopt;
        hit.layer += *group * kInner;
    }
    if (!name.ends_with(pattern)) return std::nullopt;
    name.remove_suffix(pattern.size());
    if (!name.empty() && name.back() != '.') return std::nullopt;
    hit.prefix = name.size();
    return hit;
}

struct Candidate {
    Binding binding;
    std::string prefix;
};

void sortByRole(std::vector<Binding>& bindings)
{
    std::sort(bindings.begin(), bindings.end(),
              [](const Binding& a, const Binding& b) { return a.layer != b.layer ? a.layer < b.layer : a.role < b.role; });
}

/// The layer of "layers/3/attn/W_Q"; -1 for what belongs to none.
int layerOf(const std::string& role)
{
    constexpr std::string_view begin = "layers/";
    return role.starts_with(begin) ? std::atoi(role.c_str() + begin.size()) : -1;
}

/// Of two tensors for one role (a copy of the weights, an optimiser's) take the one whose prefix most others share.
std::vector<Binding> oneEach(std::vector<Candidate> candidates)
{
    std::map<std::string, int> uses;
    for (const Candidate& c : candidates) ++uses[c.prefix];
    std::stable_sort(candidates.begin(), candidates.end(), [&](const Candidate& a, const Candidate& b) {
        const int ua = uses[a.prefix], ub = uses[b.prefix];
        return ua != ub ? ua > ub : a.prefix.size() < b.prefix.size();
    });
    std::set<std::string> taken;
    std::vector<Binding> out;
    for (Candidate& c : candidates)
        if (taken.insert(c.binding.role).second) out.push_back(std::move(c.binding));
    sortByRole(out);
    return out;
}

/// Roles of the table that one layer, or the whole file, should have and this match has not: source names.
std::vector<std::string> lacking(const Layout& layout, const Match& match)
{
    std::vector<std::string> out;
    std::set<std::string> roles;
    const bool experts =
        std::any_of(match.bindings.begin(), match.bindings.end(), [](const Binding& b) { return b.suffix.starts_with("experts/"); });
    for (const Rule& rule : layout.rules) {
        const std::string_view place = rule.role;
        if (!rule.required || rule.part > 0 || place.ends_with("/attn/sinks")) continue;
        if (!experts && place.find("/experts/") != std::string_view::npos) continue;
        if (&layout == &kNative && place.find("/attn/latent/") != std::string_view::npos) continue;
        const bool layered = std::string_view(rule.role).find("{i}") != std::string_view::npos;
        const std::string role = layered ? withLayer(rule.role, 0) : std::string(rule.role);
        if (!match.find(role) && roles.insert(role).second) out.emplace_back(rule.source);  // of two names for one role the first
    }
    return out;
}

constexpr const char* kWeightWords[] = {".weight", ".bias", ".kernel", ".gamma", ".beta", ".scale", ".shift", ".w", ".b"};

bool hasAttention(const Match& match)
{
    const auto has = [&](std::string_view one, std::string_view other) {
        return std::any_of(match.bindings.begin(), match.bindings.end(),
                           [&](const Binding& b) { return b.suffix == one || b.suffix == other; });
    };
    return has("attn/W_Q", "attn/latent/q_up") && has("attn/W_K", "attn/latent/kv_up");
}

using Words = std::set<std::string, std::less<>>;

/// Words that every other checkpoint has: they tell nothing.
bool isCommon(std::string_view word)
{
    static const Words common{"weight", "bias", "w", "b", "gamma", "beta", "kernel", "scale", "model", "layers", "layer", "norm", "mlp"};
    return word.size() < 2 || word.find_first_of("{0123456789") == 0 || common.contains(word);
}

void addWords(std::string_view name, Words& out)
{
    for (std::size_t at = 0; at <= name.size();) {
        const std::size_t dot = std::min(name.find('.', at), name.size());
        const std::string_view word = name.substr(at, dot - at);
        if (!isCommon(word) && !out.contains(word)) out.emplace(word);
        at = dot + 1;
    }
}

/// Words that file and table share: how near an unknown file is to a family.
double likeness(const Layout& layout, const Words& here)
{
    Words there;
    for (const Rule& rule : layout.rules) addWords(normalised(rule.source), there);
    const auto common = std::count_if(there.begin(), there.end(), [&](const std::string& w) { return here.contains(w); });
    return static_cast<double>(common) / std::max(1.0, static_cast<double>(there.size()));
}

/// Bindings whose tensor agrees with the others in size, minus those that do not: orientation decides between families.
int consistency(const Match& match, const TensorStore& store)
{
    std::map<std::int64_t, int> widths;  // candidates for d_model
    for (const Binding& b : match.bindings) {
        const bool norm = b.suffix == "ln1/w" || b.suffix == "ln2/w" || b.suffix == "attn/b_O" || b.role == "ln_final/w";
        if (norm) widths[store.tensors()[b.tensor].count()] += 2;
        const auto shape = roleShape(store.tensors()[b.tensor], b, store.path());
        if (shape && (b.role == "embed/W_E" || b.role == "pos_embed/W_pos" || b.suffix == "attn/W_O")) ++widths[shape->cols];
        if (shape && (b.suffix == "attn/W_Q" || b.suffix == "mlp/W_in")) ++widths[shape->rows];
    }
    std::int64_t d = 0;
    int most = 0;
    for (const auto& [width, votes] : widths)
        if (votes > most) most = votes, d = width;
    int score = 0;
    for (const Binding& b : match.bindings) {
        const auto shape = roleShape(store.tensors()[b.tensor], b, store.path());
        const std::string& s = b.suffix;
        const bool readsD = s == "attn/W_Q" || s == "attn/W_K" || s == "attn/W_V" || s == "mlp/W_in" || s == "mlp/W_gate";
        const bool writesD = s == "attn/W_O" || s == "mlp/W_out";
        const bool fits = shape && (!readsD || shape->rows == d) && (!writesD || shape->cols == d);
        score += fits ? 1 : -1;
    }
    return score;
}

std::vector<std::string> normalisedNames(const std::vector<StoredTensor>& tensors)
{
    std::vector<std::string> out;
    out.reserve(tensors.size());
    for (const StoredTensor& t : tensors) out.push_back(normalised(t.name));
    return out;
}

/// First tensor that the family does not have; the number of tensors when there is none.
std::size_t blockedBy(const Layout& layout, const std::vector<std::string>& names)
{
    for (const char* blocker : layout.blockers) {
        const std::string pattern = normalised(blocker);
        for (std::size_t t = 0; t < names.size(); ++t)
            if (matchSuffix(names[t], pattern)) return t;
    }
    return names.size();
}

/// A bias does not show how wide its queries are; the matrix beside it does.
void addInputs(Match& match, const std::vector<StoredTensor>& tensors)
{
    for (Binding& b : match.bindings) {
        if (b.rule->split == Split::Blocks || b.rule->form != Form::Vector) continue;
        const Binding* matrix = match.find("layers/" + std::to_string(b.layer) + "/attn/W_Q");
        if (!matrix || tensors[matrix->tensor].shape.size() < 2) continue;
        const auto& shape = tensors[matrix->tensor].shape;
        b.in = matrix->rule->form == Form::OutIn ? shape.back() : shape[shape.size() - 2];
    }
}

/// `names` are those of the tensors, normalised.
Match matchNames(const Layout& layout, const std::vector<StoredTensor>& tensors, const std::vector<std::string>& names)
{
    std::vector<std::string> patterns;
    for (const Rule& rule : layout.rules) patterns.push_back(normalised(rule.source));
    std::vector<Candidate> candidates;
    for (std::size_t t = 0; t < names.size(); ++t) {
        for (std::size_t r = 0; r < patterns.size(); ++r) {
            const auto hit = matchSuffix(names[t], patterns[r]);
            if (!hit) continue;
            const Rule& rule = layout.rules[r];
            Binding b{t, &rule, hit->layer, withLayer(rule.role, hit->layer, hit->piece), {}};
            const std::string inLayer = "layers/" + std::to_string(hit->layer) + "/";
            b.suffix = hit->layer >= 0 ? b.role.substr(inLayer.size()) : b.role;
            b.piece = hit->piece;
            if (hit->piece >= 0) b.suffix = suffixOfPieces(rule.role);
            candidates.push_back({std::move(b), names[t].substr(0, hit->prefix)});
        }
    }
    Match match;
    match.layout = &layout;
    match.bindings = oneEach(std::move(candidates));
    for (const Binding& b : match.bindings) match.layers = std::max(match.layers, b.layer + 1);
    addInputs(match, tensors);
    return match;
}

/// Tensors of a file that a match has no place for, in the file's order.
std::vector<const StoredTensor*> unmatched(const Match& match, const std::vector<StoredTensor>& tensors)
{
    std::vector<bool> used(tensors.size());
    for (const Binding& b : match.bindings) used[b.tensor] = true;
    std::vector<const StoredTensor*> out;
    for (std::size_t t = 0; t < tensors.size(); ++t)
        if (!used[t]) out.push_back(&tensors[t]);
    return out;
}

/// First names of a list, as a person would say them.
std::string firstOf(const std::vector<std::string>& names)
{
    constexpr std::size_t most = 4;
    std::string out;
    for (std::size_t i = 0; i < std::min(most, names.size()); ++i) out += (i > 0 ? ", " : "") + names[i];
    return names.size() > most ? out + " ..." : out;
}

Error unknown(const TensorStore& store, const Layout* nearest, const Match& match)
{
    std::vector<std::string> others;
    for (const StoredTensor* t : unmatched(match, store.tensors())) others.push_back(t->name);
    if (!nearest) return Error::in(store.path(), ErrorCode::UnknownLayout, firstOf(others));
    return Error::in(store.path(), ErrorCode::UnknownLayout, firstOf(others), nearest->name, firstOf(lacking(*nearest, match)));
}

/// Weights of a block, not tables that some checkpoints keep beside them (masks, rotation frequencies).
bool isBlockWeight(const StoredTensor& tensor, const std::string& name)
{
    if (widthOf(tensor.dtype) == 0 || tensor.shape.empty() || tensor.shape.size() > 3) return false;
    return std::any_of(std::begin(kWeightWords), std::end(kWeightWords), [&](const char* word) { return name.ends_with(word); });
}

/// Attention has known names, but the first block lacks what the family needs and has something else: other arithmetic. A partial file
/// lacks parts and has nothing in their place.
bool isAnotherBlock(const Match& match, const std::vector<StoredTensor>& tensors)
{
    const auto absent = lacking(*match.layout, match);
    if (std::none_of(absent.begin(), absent.end(), [](const std::string& n) { return n.find("{i}") != std::string::npos; })) return false;
    std::string block;  // "model.layers.0." of the file
    for (const Binding& b : match.bindings) {
        if (b.suffix != "attn/W_Q") continue;
        const std::string name = normalised(tensors[b.tensor].name);
        const std::string number = "." + std::to_string(b.layer) + ".";
        const std::size_t at = name.rfind(number);
        block = at == std::string::npos ? std::string() : name.substr(0, at + number.size());
        break;
    }
    if (block.empty()) return false;
    const auto others = unmatched(match, tensors);
    return std::any_of(others.begin(), others.end(), [&](const StoredTensor* t) {
        const std::string name = normalised(t->name);
        return name.starts_with(block) && isBlockWeight(*t, name);
    });
}

/// What some checkpoints keep beside the weights and forward passes make anew: rotation frequencies, masks.
bool isTable(const std::string& name)
{
    static constexpr const char* ends[] = {"rotary_emb.inv_freq",   "attn.bias",        "attn.masked_bias", "attention.bias",
                                           "attention.masked_bias", "attn.causal_mask", "embed_positions",  "position_ids"};
    return std::any_of(std::begin(ends), std::end(ends), [&](const char* end) { return name.ends_with(end); });
}

/// First weight that no row of the family's table names; the number of tensors when there is none. A copy of a weight (an optimiser's)
/// is named, and is none.
std::size_t leftOver(const Match& match, const std::vector<StoredTensor>& tensors, const std::vector<std::string>& names)
{
    std::vector<std::string> patterns;
    for (const Rule& rule : match.layout->rules) patterns.push_back(normalised(rule.source));
    for (const char* passed : match.layout->passed) patterns.push_back(normalised(passed));
    for (std::size_t t = 0; t < names.size(); ++t) {
        if (widthOf(tensors[t].dtype) == 0 || isTable(names[t])) continue;
        if (std::none_of(patterns.begin(), patterns.end(), [&](const std::string& p) { return matchSuffix(names[t], p).has_value(); }))
            return t;
    }
    return names.size();
}

bool hasType(const Layout& layout, const std::string& type)
{
    return std::any_of(layout.types.begin(), layout.types.end(), [&](const char* t) { return type == t; });
}

/// May a file that declares `type` (empty: none) be of this family?
bool mayBe(const Layout& layout, const std::string& type)
{
    return type.empty() ? layout.byNames : layout.types.empty() || hasType(layout, type);
}

}  // namespace

int piecesOf(const ModelConfig& config, std::string_view role, int layer)
{
    if (role.find("q_norm/") != std::string_view::npos) return config.heads(layer);
    if (role.find("k_norm/") != std::string_view::npos) return config.kvHeads(layer);
    return config.routing.count;
}

std::string withLayer(const char* pattern, int layer, int piece)
{
    std::string out = pattern;
    if (const std::size_t hole = out.find("{e}"); hole != std::string::npos) out.replace(hole, 3, std::to_string(piece));
    if (const std::size_t hole = out.find("{i}"); hole != std::string::npos) out.replace(hole, 3, std::to_string(layer));
    return out;
}

std::string expertRole(const std::string& role, int expert)
{
    const std::size_t slash = role.rfind('/');
    return role.substr(0, slash + 1) + std::to_string(expert) + role.substr(slash);
}

const Binding* Match::find(const std::string& role) const
{
    const int layer = layerOf(role);
    const auto at = std::lower_bound(bindings.begin(), bindings.end(), role, [layer](const Binding& b, const std::string& r) {
        return b.layer != layer ? b.layer < layer : b.role < r;
    });
    return at != bindings.end() && at->role == role ? &*at : nullptr;
}

Match matchOne(const Layout& layout, const std::vector<StoredTensor>& tensors)
{
    return matchNames(layout, tensors, normalisedNames(tensors));
}

Status shareLayers(Match& match, int layers, int groups, int inner, const std::string& file)
{
    const auto wrong = [&] {
        return Error::in(file, ErrorCode::ConfigContradiction, "n_layers",
                         std::to_string(groups) + " groups of " + std::to_string(inner) + " for " + std::to_string(layers) + " layers",
                         "layers that the groups share evenly, and each group in the file");
    };
    if (layers < 1 || groups < 1 || inner < 1 || inner > kInner || layers % inner != 0 || groups > layers / inner || layers > 4096)
        return wrong();
    std::vector<Binding> out;
    for (const Binding& b : match.bindings)
        if (b.layer < 0) out.push_back(b);
    const int steps = layers / inner;
    for (int l = 0; l < layers; ++l) {
        // floor(step / (steps / groups)) as its code computes it, in floating point
        const int group = static_cast<int>(static_cast<double>(l / inner) / (static_cast<double>(steps) / groups));
        const int from = group * kInner + l % inner;
        bool any = false;
        for (const Binding& b : match.bindings) {
            if (b.layer != from) continue;
            Binding copy = b;
            copy.layer = l;
            copy.role = withLayer(b.rule->role, l);
            out.push_back(std::move(copy));
            any = true;
        }
        if (!any) return wrong();
    }
    for (const Binding& b : match.bindings)  // a group that nothing uses: the settings are of another file
        if (b.layer >= groups * kInner || b.layer % kInner >= inner) return wrong();
    match.bindings = std::move(out);
    match.layers = layers;
    sortByRole(match.bindings);
    return {};
}

void embedWithOutput(Match& match)
{
    static constexpr Rule asEmbedding{"lm_head.weight", "embed/W_E", Form::InOut};
    if (match.find(asEmbedding.role)) return;
    for (Binding& b : match.bindings) {
        if (b.role != "unembed/W_U" || b.rule->form != Form::OutIn || b.rule->parts != 1) continue;
        b = {b.tensor, &asEmbedding, -1, asEmbedding.role, asEmbedding.role};  // (V, d) as output of a Linear is (V, d) of an embedding
        return sortByRole(match.bindings);
    }
}

Result<Match> matchLayout(const TensorStore& store, const std::string& type, const Progress& progress)
{
    const auto& all = allLayouts();
    const bool known = type.empty() || std::any_of(all.begin(), all.end(), [&](const Layout* l) { return hasType(*l, type); });
    const std::vector<std::string> names = normalisedNames(store.tensors());
    Words words;
    for (const std::string& name : names) addWords(name, words);
    Match best;
    int bestScore = 0;
    const Layout* nearest = nullptr;
    double nearestLikeness = 0;
    for (const Layout* layout : all) {
        if (progress.stopped()) return Error::cancelled(store.path());
        if (known ? !mayBe(*layout, type) : !layout->byNames) continue;
        Match match = matchNames(*layout, store.tensors(), names);
        const double shared = likeness(*layout, words), like = static_cast<double>(match.bindings.size()) + shared;
        if (shared > 0 && like > nearestLikeness) nearestLikeness = like, nearest = layout;
        if (!hasAttention(match)) continue;
        const int score = consistency(match, store);
        if (best.layout && score <= bestScore) continue;
        bestScore = score;
        best = std::move(match);
    }
    // Of a type that nobody knows: files of ours and of tools whose names say everything may call themselves what they like.
    if (!known && (!best.layout || !best.layout->types.empty()))
        return Error::in(store.path(), ErrorCode::UnknownLayout, "model_type", type,
                         best.layout ? best.layout->name
                         : nearest   ? nearest->name
                                     : "");
    if (!best.layout) return unknown(store, nearest, nearest ? matchNames(*nearest, store.tensors(), names) : Match{});
    if (const std::size_t blocker = blockedBy(*best.layout, names); blocker < names.size())
        return Error::in(store.path(), ErrorCode::UnknownLayout, store.tensors()[blocker].name, best.layout->name);
    if (isAnotherBlock(best, store.tensors())) return unknown(store, best.layout, best);
    if (!type.empty() && !best.layout->keys.empty())
        if (const std::size_t other = leftOver(best, store.tensors(), names); other < names.size())
            return Error::in(store.path(), ErrorCode::UnknownLayout, store.tensors()[other].name, best.layout->name);
    return best;
}

}  // namespace hs
