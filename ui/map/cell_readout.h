// SPDX-License-Identifier: GPL-3.0-or-later
// One cell in words: status bar, tooltip and screen reader say the same.
#pragma once

#include <QString>
#include <optional>

#include "ui/map/map_model.h"

namespace hs::ui {

struct CellReadout {
    int row = -1, column = -1;
    bool words = false;  ///< rows and columns count words
    MapKind kind = MapKind::Weights;
    QString query, key;  ///< labels, spaces as ␣
    bool masked = false, leftOut = false;
    std::optional<float> value;
    int rank = 0, rankOf = 0;         ///< 1 = largest of its row; 0: row not here
    std::optional<float> sink;        ///< of the row: what its keys are left without; none where rows sum to 1
    std::optional<float> columnMean;  ///< over the queries that can see the key
};

CellReadout readCell(const MapModel& model, int row, int column);
/// "Query 28 ␣the → key 27 ␣in | weight 0.9554 | rank 1 of 29 | column mean 0.322"; parts are separated by " | ".
QString statusLine(const CellReadout& cell);
/// "query 28 ␣the, key 27 ␣in, weight 0.9554".
QString cellSentence(const CellReadout& cell);
/// "weight", "score", "value-weighted".
QString kindWord(MapKind kind);

}  // namespace hs::ui
