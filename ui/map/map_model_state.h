// SPDX-License-Identifier: GPL-3.0-or-later
// What a MapModel holds, for its own two files: map_model.cpp asks the engine for cells, map_model_reading.cpp answers the views.
#pragma once

#include <QElapsedTimer>
#include <QTimer>
#include <algorithm>
#include <map>

#include "ui/map/map_geometry.h"
#include "ui/map/map_model.h"
#include "ui/map/map_store.h"

namespace hs::ui {

/// What is under way and what has come.
struct MapModel::Impl {

    enum Kind { Tile, SurveyTile, FirstKey, RowStrip, ColumnStrip, Overview };
    struct Strip {
        int index = -1;
        std::vector<float> values;
    };
    struct Pending {
        Kind kind;
        int a = 0, b = 0;
    };

    MapGeometry geometry;
    std::unique_ptr<MapStore> store, previous;
    MapCells engineOverview, previousOverview;
    float overviewLargest = kNan, overviewLeast = kNan;
    std::vector<double> rest;  // per query: weight beyond the first key; empty: not here
    Strip row, column;
    int wantedRow = -1, wantedColumn = -1;
    QRect visible;
    double pixels = 1;
    std::map<JobId, Pending> pending;
    std::uint64_t generation = 1;
    QString key;
    QTimer keep, surveyDelay;
    QElapsedTimer lastSignal;
    bool surveyAllowed = false, failed = false;

    /// Small maps come in one piece.
    static constexpr int kWholeSide = 512;
    bool whole() const { return geometry.queries <= kWholeSide && geometry.keys <= kWholeSide; }
    bool has(Kind kind, int a = 0, int b = 0) const
    {
        return std::any_of(pending.begin(), pending.end(),
                           [&](const auto& p) { return p.second.kind == kind && p.second.a == a && p.second.b == b; });
    }
    bool hasTile(int a, int b) const { return has(Tile, a, b) || has(SurveyTile, a, b); }
    int count(Kind kind) const
    {
        return static_cast<int>(std::count_if(pending.begin(), pending.end(), [&](const auto& p) { return p.second.kind == kind; }));
    }
};

}  // namespace hs::ui
