// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/similarity/similarity_words.h"

#include <QCoreApplication>
#include <algorithm>
#include <cmath>
#include <string>

namespace hs::ui {

namespace {

struct SimilarityWords {
    Q_DECLARE_TR_FUNCTIONS(hs::ui::SimilarityWords)
};

QString doesWord(HeadRole role, const QString& head)
{
    switch (role) {
    case HeadRole::Q: return SimilarityWords::tr("what %1 reads through its query (Q)").arg(head);
    case HeadRole::K: return SimilarityWords::tr("what %1 reads through its key (K)").arg(head);
    case HeadRole::V: return SimilarityWords::tr("what %1 reads through its value (V)").arg(head);
    case HeadRole::O: return SimilarityWords::tr("what %1 writes (O)").arg(head);
    }
    return {};
}

}  // namespace

QString reasonWord(NoValue reason)
{
    switch (reason) {
    case NoValue::None: return {};
    case NoValue::LayerOrder: return SimilarityWords::tr("the source does not lie in an earlier layer");
    case NoValue::ZeroWeight: return SimilarityWords::tr("a weight is zero (pruned head)");
    case NoValue::MissingMatrix: return SimilarityWords::tr("the file lacks a matrix");
    case NoValue::NotFinite: return SimilarityWords::tr("NaN or infinity among the weights");
    case NoValue::TooFewSamples: return SimilarityWords::tr("too few samples");
    }
    return {};
}

QString noteWord(HeadMatrixNote note)
{
    switch (note) {
    case HeadMatrixNote::GaugeDependent:
        return SimilarityWords::tr("depends on the gauge: changes of Q and K that the model cannot feel change this number");
    case HeadMatrixNote::BiasesIgnored: return SimilarityWords::tr("biases are left out");
    case HeadMatrixNote::SharedKeyValueHeads: return SimilarityWords::tr("key and value axes hold shared heads");
    case HeadMatrixNote::RotaryAtOffsetZero: return SimilarityWords::tr("rotary positions taken at offset 0");
    case HeadMatrixNote::AlibiIgnored: return SimilarityWords::tr("scores without ALiBi's bias of distance");
    case HeadMatrixNote::ClipIgnored: return SimilarityWords::tr("queries, keys and values as they are before the model clips them");
    case HeadMatrixNote::QkNormIgnored: return SimilarityWords::tr("queries and keys as they are before the model norms them");
    case HeadMatrixNote::LatentNormIgnored:
        return SimilarityWords::tr("latent queries, keys and values as they are before the model norms them");
    case HeadMatrixNote::SoftcapIgnored: return SimilarityWords::tr("scores as they are before the model's soft cap");
    case HeadMatrixNote::PositionTermIgnored: return SimilarityWords::tr("position terms are left out");
    case HeadMatrixNote::PostNormApproximate: return SimilarityWords::tr("a norm lies between the heads: approximate");
    case HeadMatrixNote::FoldingNotApplicable: return SimilarityWords::tr("no norm to fold here: weights as stored");
    case HeadMatrixNote::CentringNotApplicable: return SimilarityWords::tr("this norm does not centre: folded only");
    case HeadMatrixNote::RankDeficient: return SimilarityWords::tr("some heads have less than full rank");
    case HeadMatrixNote::SomeHeadsMissing: return SimilarityWords::tr("some heads have no numbers");
    }
    return {};
}

QStringList noteWords(const std::vector<HeadMatrixNote>& notes)
{
    QStringList words;
    for (const HeadMatrixNote note : notes) words << noteWord(note);
    return words;
}

QString pairSentence(RolePair pairing, const QString& source, const QString& target)
{
    const QString text = SimilarityWords::tr("%1 against %2").arg(doesWord(pairing.source, source), doesWord(pairing.target, target));
    return text.left(1).toUpper() + text.mid(1);
}

QString weightsWord(WeightProcessing weights)
{
    switch (weights) {
    case WeightProcessing::Raw: return SimilarityWords::tr("weights as stored");
    case WeightProcessing::Folded: return SimilarityWords::tr("norm folded in");
    case WeightProcessing::FoldedCentred: return SimilarityWords::tr("norm folded in and centred");
    }
    return {};
}

bool hasSomeAttention(const Model& model)
{
    if (!model.lacks(Part::AttentionWeights)) return true;
    for (int layer = 0; layer < model.config().nLayers; ++layer) {
        const std::string prefix = "layers/" + std::to_string(layer) + "/attn/";
        const auto& missing = model.missingTensors();
        if (std::none_of(missing.begin(), missing.end(), [&](const std::string& name) { return name.starts_with(prefix); })) return true;
    }
    return false;
}

bool comparesAll(const HeadMatrix& matrix) { return !matrix.pairing || matrix.pairing->sameRole(); }

PairRank pairRank(const HeadMatrix& matrix, int row, int col)
{
    PairRank out;
    const bool all = comparesAll(matrix), small = isDistance(matrix.measure);
    const double mine = matrix.value(std::size_t(row), std::size_t(col));
    const bool counts = std::isfinite(mine) && !(all && row == col);
    qint64 better = 0;
    for (std::size_t r = 0; r < matrix.rows.size(); ++r)
        for (std::size_t c = all ? r + 1 : 0; c < matrix.cols.size(); ++c) {
            const double v = matrix.value(r, c);
            if (!std::isfinite(v)) continue;
            ++out.of;
            if (small ? v < mine : v > mine) ++better;
        }
    if (counts) out.rank = better + 1;
    return out;
}

}  // namespace hs::ui
