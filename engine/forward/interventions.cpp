// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/forward/intervention.h"

#include <algorithm>
#include <cmath>
#include <map>
#include <tuple>

#include "engine/forward/block.h"

namespace hs {
namespace {

Error wrong(const Intervention& v, std::string what, std::string found, std::string expected)
{
    return Error::argument(headName(v.head) + " " + std::move(what), std::move(found), std::move(expected));
}

Status checkPositions(const Intervention& v, int n)
{
    for (int p : v.positions)
        if (p < 0 || p >= n) return wrong(v, "position", std::to_string(p), "0 .. " + std::to_string(n - 1));
    for (const auto& [query, key] : v.edges)
        if (query < 0 || query >= n || key < 0 || key >= n)
            return wrong(v, "edge", std::to_string(query) + ", " + std::to_string(key), "0 .. " + std::to_string(n - 1));
    return {};
}

Status checkVector(const Intervention& v, const char* what, std::size_t size)
{
    if (v.vector.size() != size) return Error::shape(headName(v.head) + " " + what, std::to_string(v.vector.size()), std::to_string(size));
    for (float x : v.vector)
        if (!std::isfinite(x)) return Error::of(ErrorCode::NotFinite, headName(v.head) + " " + what, std::to_string(x));
    return {};
}

/// Clamped cells of one row of the pattern take at most all of it, over the whole list.
Status checkClamps(const Interventions& list, int n)
{
    std::map<std::pair<HeadId, int>, double> held;
    std::map<std::tuple<HeadId, int, int>, int> cells;
    for (const Intervention& v : list) {
        if (v.kind != InterventionKind::ClampEdges) continue;
        for (const auto& [query, key] : v.edges) {
            if (query < 0 || query >= n) continue;
            if (++cells[{v.head, query, key}] > 1)
                return wrong(v, "edge", std::to_string(query) + ", " + std::to_string(key) + " (2 x)", "1 x");
            double& row = held[{v.head, query}];
            row += static_cast<double>(v.value);
            if (row > 1.0 + 1e-6) return wrong(v, "row " + std::to_string(query), std::to_string(row), "<= 1");
        }
    }
    return {};
}

std::string keyText(KeyRange seen) { return "key " + std::to_string(seen.first) + " .. " + std::to_string(seen.end - 1); }

Status checkReplace(const Intervention& v, const ModelConfig& config, int n)
{
    const HeadId h = v.head;
    const std::string where = std::string(siteName(v.site)) + " " + std::to_string(h.layer);
    if (h.layer < 0 || h.layer >= config.nLayers)
        return Error::of(ErrorCode::HeadOutOfRange, where, std::to_string(h.layer), std::to_string(config.nLayers));
    if (!hasSite(config, v.site)) return Error::argument("site", siteName(v.site));
    const int heads = siteHeads(config, v.site, h.layer);
    if (isHeadSite(v.site) && (h.head >= heads || h.head < (v.site == Site::Pattern ? 0 : -1)))
        return Error::of(ErrorCode::HeadOutOfRange, headName(h), std::to_string(h.layer) + ", " + std::to_string(h.head),
                         std::to_string(config.nLayers) + ", " + std::to_string(heads));
    if (Status status = checkPositions(v, n); !status) return status;
    if (!v.stored) return Error::argument(where, {}, "stored");
    const std::ptrdiff_t cols = v.site == Site::Pattern ? n : isHeadSite(v.site) ? std::ptrdiff_t(heads) * config.dHead : config.dModel;
    if (v.stored->rows() != n || v.stored->cols() != cols)
        return Error::shape(where, std::to_string(v.stored->rows()) + " x " + std::to_string(v.stored->cols()),
                            std::to_string(n) + " x " + std::to_string(cols));
    return {};
}

Status checkOne(const Intervention& v, const ModelConfig& config, int n)
{
    if (v.kind == InterventionKind::Replace) return checkReplace(v, config, n);
    const HeadId h = v.head;
    if (h.layer < 0 || h.layer >= config.nLayers || h.head < 0 || h.head >= config.heads(h.layer)) {
        const int layer = std::clamp(h.layer, 0, std::max(0, config.nLayers - 1));
        const int heads = config.nLayers > 0 ? config.heads(layer) : 0;
        return Error::of(ErrorCode::HeadOutOfRange, headName(h), std::to_string(h.layer) + ", " + std::to_string(h.head),
                         std::to_string(config.nLayers) + ", " + std::to_string(heads));
    }
    if (Status status = checkPositions(v, n); !status) return status;
    const auto dh = static_cast<std::size_t>(config.dHead);
    switch (v.kind) {
    case InterventionKind::ScaleHead:
        if (!std::isfinite(v.value)) return Error::of(ErrorCode::NotFinite, headName(h) + " value", std::to_string(v.value));
        return {};
    case InterventionKind::ZeroHead:
    case InterventionKind::Replace:
    case InterventionKind::KnockOutEdges: return {};
    case InterventionKind::ClampEdges:
        if (!(v.value >= 0.0f && v.value <= 1.0f)) return wrong(v, "value", std::to_string(v.value), "0 .. 1");
        for (const auto& [query, key] : v.edges)
            if (const KeyRange seen = visible(config, h.layer, query, n); !seen.has(key))
                return wrong(v, "edge", std::to_string(query) + ", " + std::to_string(key), keyText(seen));
        return {};
    case InterventionKind::MeanHead: return v.vector.empty() ? Status{} : checkVector(v, "vector", dh);
    case InterventionKind::AddToHead: return checkVector(v, "vector", dh);
    case InterventionKind::ForceRow: {
        if (v.positions.size() != 1) return wrong(v, "positions", std::to_string(v.positions.size()), "1");
        if (Status status = checkVector(v, "row", static_cast<std::size_t>(n)); !status) return status;
        const KeyRange seen = visible(config, h.layer, v.positions[0], n);
        for (int j = 0; j < n; ++j)
            if (!seen.has(j) && v.vector[static_cast<std::size_t>(j)] != 0.0f)
                return wrong(v, "row", "key " + std::to_string(j), keyText(seen));
        return {};
    }
    }
    return {};
}

constexpr const char* kSiteNames[] = {"resid_pre", "resid_mid", "resid_post", "attn_out", "mlp_out", "z", "q", "k", "v", "pattern"};

}  // namespace

const char* siteName(Site site) { return kSiteNames[static_cast<std::size_t>(site)]; }

std::optional<Site> parseSite(std::string_view name)
{
    for (std::size_t i = 0; i < std::size(kSiteNames); ++i)
        if (name == kSiteNames[i]) return static_cast<Site>(i);
    return {};
}

int siteHeads(const ModelConfig& config, Site site, int layer)
{
    if (!isHeadSite(site)) return 1;
    return site == Site::K || site == Site::V ? config.kvHeads(layer) : config.heads(layer);
}

bool hasSite(const ModelConfig& config, Site site)
{
    if (site == Site::ResidMid) return hasMiddle(blockPlan(config));
    return site != Site::MlpOut || !config.attnOnly;
}

Status checkInterventions(const Interventions& list, const ModelConfig& config, int n)
{
    for (const Intervention& v : list)
        if (Status status = checkOne(v, config, n); !status) return status;
    return checkClamps(list, n);
}

int firstLayer(const Interventions& list, int nLayers)
{
    int first = nLayers;
    for (const Intervention& v : list) first = std::min(first, v.head.layer);
    return first;
}

namespace {

bool touches(const Intervention& v, int row)
{
    return v.positions.empty() || std::find(v.positions.begin(), v.positions.end(), row) != v.positions.end();
}

template <typename Change>
void eachRow(const Intervention& v, std::ptrdiff_t rows, Change change)
{
    if (v.positions.empty())
        for (std::ptrdiff_t r = 0; r < rows; ++r) change(r);
    else
        for (int r : v.positions) change(static_cast<std::ptrdiff_t>(r));
}

}  // namespace

namespace block {

const float* forcedRow(const Context& c, int head, int query)
{
    const float* row = nullptr;
    for (const Intervention& v : c.interventions) {
        if (v.head != HeadId{c.layer, head}) continue;
        if (v.kind == InterventionKind::ForceRow && v.positions[0] == query) row = v.vector.data();
        if (v.kind == InterventionKind::Replace && v.site == Site::Pattern && touches(v, query)) row = v.stored->row(query);
    }
    return row;
}

float unclampedShare(const Context& c, int head, int query)
{
    double held = 0;
    for (const Intervention& v : c.interventions)
        if (v.kind == InterventionKind::ClampEdges && v.head == HeadId{c.layer, head})
            for (const auto& edge : v.edges)
                if (edge.first == query) held += static_cast<double>(v.value);
    return static_cast<float>(1.0 - held);
}

bool applyClamps(const Context& c, int head, int query, float* row, KeyRange keys)
{
    const auto each = [&](auto&& cell) {
        for (const Intervention& v : c.interventions)
            if (v.kind == InterventionKind::ClampEdges && v.head == HeadId{c.layer, head})
                for (const auto& edge : v.edges)
                    if (edge.first == query) cell(edge.second, v.value);
    };
    bool any = false;
    each([&](int, float) { any = true; });
    if (!any) return false;
    scaleInto(row, row, unclampedShare(c, head, query), keys.size());
    each([&](int key, float value) {
        if (keys.has(key)) row[key - keys.first] = value;
    });
    return true;
}

bool replaces(const Context& c, Site site)
{
    return std::any_of(c.interventions.begin(), c.interventions.end(), [&](const Intervention& v) {
        return v.kind == InterventionKind::Replace && v.head.layer == c.layer && v.site == site;
    });
}

void replaceRows(const Context& c, Site site, MutViewF x)
{
    for (const Intervention& v : c.interventions) {
        if (v.kind != InterventionKind::Replace || v.head.layer != c.layer || v.site != site) continue;
        const bool one = isHeadSite(site) && v.head.head >= 0;
        const std::ptrdiff_t first = one ? static_cast<std::ptrdiff_t>(v.head.head) * c.config.dHead : 0;
        const std::ptrdiff_t width = one ? c.config.dHead : x.cols;
        eachRow(v, x.rows, [&](std::ptrdiff_t r) { std::copy_n(v.stored->row(r) + first, width, x.row(r) + first); });
    }
}

bool addReplaced(const Context& c, Site site, MutViewF out, const std::function<bool(MutViewF)>& add)
{
    MatrixF part(out.rows, out.cols);
    if (!add(part.view())) return false;
    replaceRows(c, site, part.view());
    for (std::ptrdiff_t r = 0; r < out.rows; ++r) addTo(out.row(r), part.row(r), out.cols);
    return true;
}

void applyToZ(const Context& c, int head, MutViewF z)
{
    const auto counts = [&](std::ptrdiff_t r) { return c.padding.empty() || !c.padding[static_cast<std::size_t>(r)]; };
    for (const Intervention& v : c.interventions) {
        if (v.head.layer != c.layer || (v.head.head != head && !(v.kind == InterventionKind::Replace && v.head.head < 0))) continue;
        if (v.kind == InterventionKind::Replace && v.site != Site::Z) continue;
        std::vector<float> mean;
        if (v.kind == InterventionKind::MeanHead) {
            mean = v.vector;
            if (mean.empty()) {
                std::vector<double> sum(static_cast<std::size_t>(z.cols));
                std::ptrdiff_t rows = 0;
                for (std::ptrdiff_t r = 0; r < z.rows; ++r) {
                    if (!counts(r)) continue;
                    ++rows;
                    for (std::ptrdiff_t i = 0; i < z.cols; ++i) sum[static_cast<std::size_t>(i)] += static_cast<double>(z(r, i));
                }
                for (double s : sum) mean.push_back(rows > 0 ? static_cast<float>(s / static_cast<double>(rows)) : 0.0f);
            }
        }
        const auto change = [&](std::ptrdiff_t r) {
            float* x = z.row(r);
            switch (v.kind) {
            case InterventionKind::ScaleHead: scaleInto(x, x, v.value, z.cols); break;
            case InterventionKind::ZeroHead: std::fill_n(x, z.cols, 0.0f); break;
            case InterventionKind::MeanHead: std::copy_n(mean.data(), z.cols, x); break;
            case InterventionKind::AddToHead: addTo(x, v.vector.data(), z.cols); break;
            case InterventionKind::Replace: std::copy_n(v.stored->row(r) + static_cast<std::ptrdiff_t>(head) * z.cols, z.cols, x); break;
            case InterventionKind::KnockOutEdges:
            case InterventionKind::ClampEdges:
            case InterventionKind::ForceRow: break;  // they act on the pattern
            }
        };
        eachRow(v, z.rows, change);
    }
}

}  // namespace block
}  // namespace hs
