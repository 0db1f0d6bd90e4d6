// SPDX-License-Identifier: GPL-3.0-or-later
// The generic matcher: names by suffix, the family by how much of the file it explains without contradiction.
#include <algorithm>
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
    int layer = -1;
    std::size_t prefix = 0;  ///< characters of the name before the pattern
};

/// Pattern at the end of the name, beginning at a component; both normalised.
std::optional<Hit> matchSuffix(std::string_view name, std::string_view pattern)
{
    Hit hit;
    const std::size_t hole = pattern.find("{i}");
    if (hole != std::string_view::npos) {
        const std::string_view tail = pattern.substr(hole + 3);
        if (!name.ends_with(tail)) return std::nullopt;
        name.remove_suffix(tail.size());
        std::size_t digits = 0;
        while (digits < name.size() && digits < 6 && name[name.size() - 1 - digits] >= '0' && name[name.size() - 1 - digits] <= '9')
            ++digits;
        const std::string_view number = name.substr(name.size() - digits);
        if (digits == 0 || digits > 5 || (digits > 1 && number[0] == '0')) return std::nullopt;
        hit.layer = std::stoi(std::string(number));
        name.remove_suffix(digits);
        pattern = pattern.substr(0, hole);
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
    std::sort(out.begin(), out.end(),
              [](const Binding& a, const Binding& b) { return a.layer != b.layer ? a.layer < b.layer : a.role < b.role; });
    return out;
}

/// Roles of the table that one layer, or the whole file, should have and this match has not: source names.
std::vector<std::string> lacking(const Layout& layout, const Match& match)
{
    std::vector<std::string> out;
    for (const Rule& rule : layout.rules) {
        if (!rule.required || rule.part > 0) continue;
        const bool layered = std::string_view(rule.role).find("{i}") != std::string_view::npos;
        if (!match.find(layered ? withLayer(rule.role, 0) : std::string(rule.role))) out.emplace_back(rule.source);
    }
    return out;
}

bool hasAttention(const Match& match)
{
    return std::any_of(match.bindings.begin(), match.bindings.end(), [](const Binding& b) { return b.suffix == "attn/W_Q"; })
           && std::any_of(match.bindings.begin(), match.bindings.end(), [](const Binding& b) { return b.suffix == "attn/W_K"; });
}

/// Words that file and table share: how near an unknown file is to a family.
double likeness(const Layout& layout, const std::vector<StoredTensor>& tensors)
{
    const auto words = [](const std::string& name, std::set<std::string>& out) {
        for (std::size_t at = 0; at <= name.size();) {
            const std::size_t dot = std::min(name.find('.', at), name.size());
            out.insert(name.substr(at, dot - at));
            at = dot + 1;
        }
    };
    std::set<std::string> here, there;
    for (const StoredTensor& t : tensors) words(normalised(t.name), here);
    for (const Rule& rule : layout.rules) words(normalised(rule.source), there);
    const auto common = std::count_if(there.begin(), there.end(), [&](const std::string& w) { return here.contains(w); });
    return static_cast<double>(common) / static_cast<double>(there.size());
}

/// Bindings whose tensor agrees with the others in size, minus those that do not: orientation decides between families.
int consistency(const Match& match, const TensorStore& store)
{
    std::map<std::int64_t, int> widths;  // candidates for d_model
    for (const Binding& b : match.bindings) {
        const bool norm = b.suffix == "ln1/w" || b.suffix == "ln2/w" || b.suffix == "attn/b_O" || b.role == "ln_final/w";
        if (norm) widths[store.tensors()[b.tensor].count()] += 2;
        const auto shape = roleShape(store.tensors()[b.tensor], *b.rule, store.path());
        if (shape && (b.role == "embed/W_E" || b.role == "pos_embed/W_pos" || b.suffix == "attn/W_O")) ++widths[shape->cols];
        if (shape && (b.suffix == "attn/W_Q" || b.suffix == "mlp/W_in")) ++widths[shape->rows];
    }
    std::int64_t d = 0;
    int most = 0;
    for (const auto& [width, votes] : widths)
        if (votes > most) most = votes, d = width;
    int score = 0;
    for (const Binding& b : match.bindings) {
        const auto shape = roleShape(store.tensors()[b.tensor], *b.rule, store.path());
        const std::string& s = b.suffix;
        const bool readsD = s == "attn/W_Q" || s == "attn/W_K" || s == "attn/W_V" || s == "mlp/W_in" || s == "mlp/W_gate";
        const bool writesD = s == "attn/W_O" || s == "mlp/W_out";
        const bool fits = shape && (!readsD || shape->rows == d) && (!writesD || shape->cols == d);
        score += fits ? 1 : -1;
    }
    return score;
}

std::optional<std::string> blockedBy(const Layout& layout, const std::vector<StoredTensor>& tensors)
{
    for (const char* blocker : layout.blockers) {
        const std::string pattern = normalised(blocker);
        for (const StoredTensor& t : tensors)
            if (matchSuffix(normalised(t.name), pattern)) return t.name;
    }
    return std::nullopt;
}

}  // namespace

std::string withLayer(const char* pattern, int layer)
{
    std::string out = pattern;
    if (const std::size_t hole = out.find("{i}"); hole != std::string::npos) out.replace(hole, 3, std::to_string(layer));
    return out;
}

const Binding* Match::find(const std::string& role) const
{
    for (const Binding& b : bindings)
        if (b.role == role) return &b;
    return nullptr;
}

Match matchOne(const Layout& layout, const std::vector<StoredTensor>& tensors)
{
    std::vector<std::string> patterns;
    for (const Rule& rule : layout.rules) patterns.push_back(normalised(rule.source));
    std::vector<Candidate> candidates;
    for (std::size_t t = 0; t < tensors.size(); ++t) {
        const std::string name = normalised(tensors[t].name);
        for (std::size_t r = 0; r < patterns.size(); ++r) {
            const auto hit = matchSuffix(name, patterns[r]);
            if (!hit) continue;
            const Rule& rule = layout.rules[r];
            Binding b{t, &rule, hit->layer, withLayer(rule.role, hit->layer), {}};
            const std::string inLayer = "layers/" + std::to_string(hit->layer) + "/";
            b.suffix = hit->layer >= 0 ? b.role.substr(inLayer.size()) : b.role;
            candidates.push_back({std::move(b), name.substr(0, hit->prefix)});
        }
    }
    Match match;
    match.layout = &layout;
    match.bindings = oneEach(std::move(candidates));
    for (const Binding& b : match.bindings) match.layers = std::max(match.layers, b.layer + 1);
    return match;
}

Result<Match> matchLayout(const TensorStore& store)
{
    Match best;
    int bestScore = 0;
    const Layout* nearest = nullptr;
    double nearestLikeness = -1;
    for (const Layout* layout : allLayouts()) {
        Match match = matchOne(*layout, store.tensors());
        const double like = static_cast<double>(match.bindings.size()) + likeness(*layout, store.tensors());
        if (like > nearestLikeness) nearestLikeness = like, nearest = layout;
        if (!hasAttention(match)) continue;
        const int score = consistency(match, store);
        if (best.layout && score <= bestScore) continue;
        bestScore = score;
        best = std::move(match);
    }
    if (!best.layout) {
        std::string expected;
        for (const std::string& name : lacking(*nearest, matchOne(*nearest, store.tensors()))) {
            if (!expected.empty()) expected += ", ";
            expected += name;
        }
        return Error::in(store.path(), ErrorCode::UnknownLayout, {}, nearest->name, expected);
    }
    if (const auto name = blockedBy(*best.layout, store.tensors()))
        return Error::in(store.path(), ErrorCode::UnknownLayout, *name, best.layout->name);
    return best;
}

}  // namespace hs
