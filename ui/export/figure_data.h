// SPDX-License-Identifier: GPL-3.0-or-later
// Which tiles and overviews a figure needs, and how they become its maps. Shared by collectFigure and FigureCollector.
#pragma once

#include <vector>

#include "ui/export/figure.h"

namespace hs::ui {

/// One thing to ask the engine for.
struct FigureRequest {
    bool second = false;  ///< from source B
    HeadId head;
    int maxSide = 0;        ///< 0: the whole map as one exact tile; else an overview
    bool firstKey = false;  ///< only the weights of the first key, [n, 1]: rows of the next request are divided by what is left
};

/// Errors: HeadOutOfRange, NeedsWeights (the source lacks the kind), InvalidArgument (nothing chosen), TextTooLong (too large for this figure).
Result<std::vector<FigureRequest>> figureRequests(const FigureSpec& spec, const AttentionSource& a, const AttentionSource& b);
/// Everything of FigureData but the maps. PromptsDiffer when A and B cannot be compared.
Result<FigureData> emptyFigure(const FigureSpec& spec, const AttentionSource& a, const AttentionSource& b, const Provenance& origin);
/// In the look's grain and with the first key hidden if asked, by the rules of MapModel (map_geometry.h). `firstKey`: as requested.
FigureMap figureMap(const FigureSpec& spec, const AttentionSource& source, HeadId head, const MatrixF& tile,
                    const MatrixF* firstKey = nullptr);
FigureMap figureMap(const FigureSpec& spec, const AttentionSource& source, HeadId head, const MapOverview& overview);
/// Cuts A and B to what they have in common (one prompt may begin with the other).
void trimToCommon(FigureData& data);

/// Heads of a figure in order: the spec's own, or all of the source.
std::vector<HeadId> figureHeads(const FigureSpec& spec, const AttentionSource& source);
/// "L1 H3" with the head's original number.
QString headTitle(const AttentionSource& source, HeadId head);

}  // namespace hs::ui
