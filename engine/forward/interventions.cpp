// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/forward/intervention.h"

#include <algorithm>
#include <cmath>

#include "engine/forward/block.h"

namespace hs {
namespace {

Error wrong(const Intervention& v, std::string what, std::string found, std::string expected)
{
    return {ErrorCode::InvalidArgument, {}, headName(v.head) + " " + std::move(what), std::move(found), std::move(expected)};
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
    if (v.vector.size() != size)
        return Error{ErrorCode::ShapeMismatch, {}, headName(v.head) + " " + what, std::to_string(v.vector.size()), std::to_string(size)};
    for (float x : v.vector)
        if (!std::isfinite(x)) return Error{ErrorCode::NotFinite, {}, headName(v.head) + " " + what, std::to_string(x), {}};
    return {};
}

Status checkOne(const Intervention& v, const ModelConfig& config, int n)
{
    const HeadId h = v.head;
    if (h.layer < 0 || h.layer >= config.nLayers || h.head < 0 || h.head >= config.heads(h.layer)) {
        const int layer = std::clamp(h.layer, 0, std::max(0, config.nLayers - 1));
        const int heads = config.nLayers > 0 ? config.heads(layer) : 0;
        return Error{ErrorCode::HeadOutOfRange, {}, headName(h), std::to_string(h.layer) + ", " + std::to_string(h.head),
                     std::to_string(config.nLayers) + ", " + std::to_string(heads)};
    }
    if (Status status = checkPositions(v, n); !status) return status;
    const auto dh = static_cast<std::size_t>(config.dHead);
    switch (v.kind) {
    case InterventionKind::ScaleHead:
        if (!std::isfinite(v.value)) return Error{ErrorCode::NotFinite, {}, headName(h) + " value", std::to_string(v.value), {}};
        return {};
    case InterventionKind::ZeroHead:
    case InterventionKind::KnockOutEdges: return {};
    case InterventionKind::MeanHead: return v.vector.empty() ? Status{} : checkVector(v, "vector", dh);
    case InterventionKind::AddToHead: return checkVector(v, "vector", dh);
    case InterventionKind::ForceRow: {
        if (v.positions.size() != 1) return wrong(v, "positions", std::to_string(v.positions.size()), "1");
        if (Status status = checkVector(v, "row", static_cast<std::size_t>(n)); !status) return status;
        if (config.mask == MaskKind::Causal)
            for (int j = v.positions[0] + 1; j < n; ++j)
                if (v.vector[static_cast<std::size_t>(j)] != 0.0f)
                    return wrong(v, "row", "key " + std::to_string(j), "key <= " + std::to_string(v.positions[0]));
        return {};
    }
    }
    return {};
}

}  // namespace

Status checkInterventions(const Interventions& list, const ModelConfig& config, int n)
{
    for (const Intervention& v : list)
        if (Status status = checkOne(v, config, n); !status) return status;
    return {};
}

int firstLayer(const Interventions& list, int nLayers)
{
    int first = nLayers;
    for (const Intervention& v : list) first = std::min(first, v.head.layer);
    return first;
}

namespace block {

const std::vector<float>* forcedRow(const Context& c, int head, int query)
{
    const std::vector<float>* row = nullptr;
    for (const Intervention& v : c.interventions)
        if (v.kind == InterventionKind::ForceRow && v.head == HeadId{c.layer, head} && v.positions[0] == query) row = &v.vector;
    return row;
}

void applyToZ(const Context& c, int head, MutViewF z)
{
    const auto counts = [&](std::ptrdiff_t r) { return c.padding.empty() || !c.padding[static_cast<std::size_t>(r)]; };
    for (const Intervention& v : c.interventions) {
        if (v.head != HeadId{c.layer, head}) continue;
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
            case InterventionKind::KnockOutEdges:
            case InterventionKind::ForceRow: break;  // they act on the pattern
            }
        };
        if (v.positions.empty())
            for (std::ptrdiff_t r = 0; r < z.rows; ++r) change(r);
        else
            for (int r : v.positions) change(r);
    }
}

}  // namespace block
}  // namespace hs
