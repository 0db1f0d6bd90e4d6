// SPDX-License-Identifier: GPL-3.0-or-later
// What the views of how heads relate say in words: why there is no number, what a number leaves out, what two roles mean together.
#pragma once

#include <QString>
#include <QStringList>
#include <vector>

#include "engine/model/model.h"
#include "engine/similarity/head_matrix.h"

namespace hs::ui {

/// "a weight is zero (pruned head)"; empty for NoValue::None.
QString reasonWord(NoValue reason);
QString noteWord(HeadMatrixNote note);
QStringList noteWords(const std::vector<HeadMatrixNote>& notes);
/// "What L4H11 writes (O) against what L5H1 reads through its key (K)".
QString pairSentence(RolePair pairing, const QString& source, const QString& target);
/// "weights as stored", "norm folded in", "norm folded in and centred".
QString weightsWord(WeightProcessing weights);

/// False where no layer has all of its attention tensors. A file that lacks one matrix of one layer still has all other heads to compare.
bool hasSomeAttention(const Model& model);

/// Where a value stands among all pairs of its matrix: 1 is the most alike. A head with itself does not count, and of a symmetric
/// matrix each pair counts once.
struct PairRank {
    qint64 rank = 0, of = 0;  ///< rank 0: the pair has no number, or is a head with itself
};
PairRank pairRank(const HeadMatrix& matrix, int row, int col);
/// Compares each head with all others: behaviour and same roles.
bool comparesAll(const HeadMatrix& matrix);

}  // namespace hs::ui
