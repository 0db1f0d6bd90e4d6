// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/analysis/patterns/map_rows.h"

#include <algorithm>
#include <cmath>

namespace hs::patterns {
namespace {

constexpr int kPanelRows = 128;
constexpr double kRowTolerance = 1e-3;

/// All keys that the query could see are masked padding.
bool attendsToNothing(const AttentionSource& source, KeyRange seen)
{
    for (int key = seen.first; key < seen.end; ++key)
        if (!source.hides(key)) return false;
    return true;
}

}  // namespace

Status forEachRow(const DocumentMaps& maps, HeadId head, RowMass mass, bool wantNorms, const Progress& progress, const RowSink& sink)
{
    const AttentionSource& source = *maps.source;
    const int n = source.queries(), m = source.keys();
    const Visibility mask = source.visibility(head.layer);
    std::shared_ptr<const std::vector<float>> norms;
    if (maps.valueNorms && (wantNorms || mass == RowMass::Norms)) {
        auto found = maps.valueNorms(head);
        if (!found) return found.error();
        norms = std::move(*found);
    }
    if (mass == RowMass::Norms && !norms) return Error::of(ErrorCode::NeedsWeights, headName(head));
    for (int q0 = 0; q0 < n; q0 += kPanelRows) {
        if (progress.stopped()) return Error::cancelled();
        const int rows = std::min(kPanelRows, n - q0), width = mask.keysOf(q0, rows, m).end;
        auto panel = source.tile(head, MapKind::Weights, q0, rows, 0, width);
        if (!panel) return panel.error();
        for (int r = 0; r < rows; ++r) {
            const int query = q0 + r;
            const KeyRange seen = mask.keys(query, m);
            float* row = panel->row(r);
            double sum = 0;
            for (int j = seen.first; j < seen.end; ++j) sum += static_cast<double>(row[j]);
            if (sum == 0 && attendsToNothing(source, seen)) continue;
            if (!(sum <= 1.0 + kRowTolerance && (source.hasSinks() || sum >= 1.0 - kRowTolerance))) {
                std::string item = headName(head);
                item += ", row ";
                item += std::to_string(query);
                return Error::of(ErrorCode::RowsNotNormalised, std::move(item), std::to_string(sum), "1");
            }
            RowView view{query, row, seen};
            if (mass == RowMass::Norms) {
                double written = 0;
                if (wantNorms) {
                    view.distance = 0;
                    for (int j = seen.first; j < seen.end; ++j) view.distance += static_cast<double>(row[j]) * std::abs(query - j);
                }
                for (int j = seen.first; j < seen.end; ++j)
                    written += static_cast<double>(row[j]) * static_cast<double>((*norms)[static_cast<std::size_t>(j)]);
                for (int j = seen.first; j < seen.end && written > 0; ++j)
                    row[j] = static_cast<float>(static_cast<double>(row[j]) * static_cast<double>((*norms)[static_cast<std::size_t>(j)])
                                                / written);
            }
            // Shares already hold the norms: what the no-op attribute asks is then answered by the row itself.
            view.norms = norms && mass == RowMass::Weights ? norms->data() : nullptr;
            sink(view);
        }
    }
    return {};
}

}  // namespace hs::patterns
