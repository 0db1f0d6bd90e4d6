// SPDX-License-Identifier: GPL-3.0-or-later
// Interventions on z and on whole activations, backwards: last one first.
#include <algorithm>

#include "engine/forward/backward/parts.h"

namespace hs::back {
namespace {

bool actsOnZ(const block::Context& c, const Intervention& v, int head)
{
    if (v.head.layer != c.layer) return false;
    if (v.kind == InterventionKind::Replace) return v.site == Site::Z && (v.head.head == head || v.head.head < 0);
    return v.head.head == head && v.kind != InterventionKind::KnockOutEdges && v.kind != InterventionKind::ClampEdges
           && v.kind != InterventionKind::ForceRow;
}

template <typename Change>
void eachRow(const Intervention& v, std::ptrdiff_t rows, Change change)
{
    if (v.positions.empty())
        for (std::ptrdiff_t r = 0; r < rows; ++r) change(r);
    else
        for (const int r : v.positions) change(static_cast<std::ptrdiff_t>(r));
}

/// The mean over the prompt: what its rows would have got spreads over all rows that were averaged.
void meanBack(const block::Context& c, const Intervention& v, MutViewF dz)
{
    const auto counts = [&](std::ptrdiff_t r) { return c.padding.empty() || !c.padding[static_cast<std::size_t>(r)]; };
    std::vector<float> sum(static_cast<std::size_t>(dz.cols));
    eachRow(v, dz.rows, [&](std::ptrdiff_t r) {
        addTo(sum.data(), dz.row(r), dz.cols);
        std::fill_n(dz.row(r), dz.cols, 0.0f);
    });
    std::ptrdiff_t rows = 0;
    for (std::ptrdiff_t r = 0; r < dz.rows; ++r) rows += counts(r) ? 1 : 0;
    if (rows == 0 || !v.vector.empty()) return;  // a mean from elsewhere does not depend on this prompt
    scaleInto(sum.data(), sum.data(), 1.0f / static_cast<float>(rows), dz.cols);
    for (std::ptrdiff_t r = 0; r < dz.rows; ++r)
        if (counts(r)) addTo(dz.row(r), sum.data(), dz.cols);
}

}  // namespace

void zBack(const block::Context& c, int head, std::size_t first, MutViewF dz)
{
    for (std::size_t i = c.interventions.size(); i-- > first;) {
        const Intervention& v = c.interventions[i];
        if (!actsOnZ(c, v, head)) continue;
        switch (v.kind) {
        case InterventionKind::ScaleHead:
            eachRow(v, dz.rows, [&](std::ptrdiff_t r) { scaleInto(dz.row(r), dz.row(r), v.value, dz.cols); });
            break;
        case InterventionKind::ZeroHead:
        case InterventionKind::Replace: eachRow(v, dz.rows, [&](std::ptrdiff_t r) { std::fill_n(dz.row(r), dz.cols, 0.0f); }); break;
        case InterventionKind::MeanHead: meanBack(c, v, dz); break;
        case InterventionKind::AddToHead:
        case InterventionKind::KnockOutEdges:
        case InterventionKind::ClampEdges:
        case InterventionKind::ForceRow: break;
        }
    }
}

std::size_t lastScale(const block::Context& c, int head)
{
    for (std::size_t i = c.interventions.size(); i-- > 0;)
        if (c.interventions[i].kind == InterventionKind::ScaleHead && c.interventions[i].head == HeadId{c.layer, head}) return i;
    return c.interventions.size();
}

double scaleGate(const block::Context& c, int head, ViewF dz, ViewF mix)
{
    const std::size_t scale = lastScale(c, head);
    MatrixF after(dz.rows, dz.cols), before(mix.rows, mix.cols);
    for (std::ptrdiff_t r = 0; r < dz.rows; ++r) {
        std::copy_n(dz.row(r), dz.cols, after.row(r));
        std::copy_n(mix.row(r), mix.cols, before.row(r));
    }
    zBack(c, head, scale + 1, after.view());
    const Interventions earlier(c.interventions.begin(), c.interventions.begin() + static_cast<std::ptrdiff_t>(scale));
    block::applyToZ({c.config, c.weights, c.layer, earlier, c.padding, nullptr, false, {}}, head, before.view());
    double sum = 0;
    eachRow(c.interventions[scale], dz.rows, [&](std::ptrdiff_t r) {
        for (std::ptrdiff_t i = 0; i < dz.cols; ++i) sum += static_cast<double>(after(r, i)) * static_cast<double>(before(r, i));
    });
    return sum;
}

void cutReplaced(const block::Context& c, Site site, MutViewF d)
{
    for (const Intervention& v : c.interventions) {
        if (v.kind != InterventionKind::Replace || v.head.layer != c.layer || v.site != site) continue;
        const bool one = isHeadSite(site) && v.head.head >= 0;
        const std::ptrdiff_t first = one ? static_cast<std::ptrdiff_t>(v.head.head) * c.config.dHead : 0;
        const std::ptrdiff_t width = one ? c.config.dHead : d.cols;
        eachRow(v, d.rows, [&](std::ptrdiff_t r) { std::fill_n(d.row(r) + first, width, 0.0f); });
    }
}

}  // namespace hs::back
