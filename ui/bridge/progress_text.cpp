// SPDX-License-Identifier: GPL-3.0-or-later
#include <algorithm>

#include "ui/bridge/error_sentences.h"
#include "ui/bridge/error_text.h"

namespace hs::ui {
namespace {

/// How far it is, for people: steps are counted from 1, so the number shown while step `done` + 1 is on is that one. `plain`: their
/// number is not known.
QString counted(const QString& sentence, const QString& plain, const ProgressReport& report)
{
    if (report.total <= 0) return plain;
    const qint64 step = std::min<qint64>(report.done + 1, report.total);
    return sentence.arg(step).arg(report.total);
}

/// The same in percent, where steps are nothing to count.
QString withShare(const QString& words, const ProgressReport& report)
{
    if (report.total <= 0) return words;
    const int percent = static_cast<int>(100.0 * static_cast<double>(std::clamp<std::int64_t>(report.done, 0, report.total))
                                         / static_cast<double>(report.total));
    return ErrorWords::tr("%1, %2 %").arg(words).arg(percent);
}

}  // namespace

QString progressText(const ProgressReport& report)
{
    switch (report.stage) {
    case Stage::Probing: return ErrorWords::tr("Checking that the file is safe");
    case Stage::ReadingNames: return ErrorWords::tr("Reading tensor names");
    case Stage::ReadingWeights: return withShare(ErrorWords::tr("Reading weights"), report);
    case Stage::Tokenising: return withShare(ErrorWords::tr("Splitting the text into tokens"), report);
    case Stage::Attention:
        return counted(ErrorWords::tr("Computing attention, layer %1 of %2"), ErrorWords::tr("Computing attention"), report);
    case Stage::Logits: return ErrorWords::tr("Computing predictions");
    case Stage::Statistics:
        return counted(ErrorWords::tr("Computing head statistics, %1 of %2"), ErrorWords::tr("Computing head statistics"), report);
    case Stage::Thumbnails:
        return counted(ErrorWords::tr("Drawing thumbnails, head %1 of %2"), ErrorWords::tr("Drawing thumbnails"), report);
    case Stage::Overview: return withShare(ErrorWords::tr("Computing the overview"), report);
    case Stage::Ablation:
        return counted(ErrorWords::tr("Switching heads off, variant %1 of %2"), ErrorWords::tr("Switching heads off"), report);
    case Stage::Continuing:
        return counted(ErrorWords::tr("Continuing the text, token %1 of %2"), ErrorWords::tr("Continuing the text"), report);
    case Stage::Parity:
        return counted(ErrorWords::tr("Comparing with the reference, prompt %1 of %2"), ErrorWords::tr("Comparing with the reference"),
                       report);
    case Stage::Hashing: return withShare(ErrorWords::tr("Computing the file's fingerprint"), report);
    case Stage::Writing: return withShare(ErrorWords::tr("Writing"), report);
    case Stage::Checking: return withShare(ErrorWords::tr("Checking what was written"), report);
    case Stage::Backward:
        return counted(ErrorWords::tr("Computing gradients, layer %1 of %2"), ErrorWords::tr("Computing gradients"), report);
    case Stage::Gates:
        return counted(ErrorWords::tr("Importance of heads by gradient, prompt %1 of %2"),
                       ErrorWords::tr("Importance of heads by gradient"), report);
    case Stage::Patching: return counted(ErrorWords::tr("Patching, cell %1 of %2"), ErrorWords::tr("Patching"), report);
    case Stage::PathPatching: return counted(ErrorWords::tr("Patching paths, sender %1 of %2"), ErrorWords::tr("Patching paths"), report);
    case Stage::Edges: return counted(ErrorWords::tr("Knocking out edges, %1 of %2"), ErrorWords::tr("Knocking out edges"), report);
    case Stage::FlowRoutes:
        return counted(ErrorWords::tr("Tracing the flow of information, layer %1 of %2"), ErrorWords::tr("Tracing the flow of information"),
                       report);
    case Stage::LabelCorpus:
        return counted(ErrorWords::tr("Labels: reading the corpus, document %1 of %2"), ErrorWords::tr("Labels: reading the corpus"),
                       report);
    case Stage::LabelProfiles:
        return counted(ErrorWords::tr("Labels: where each head looks by distance, document %1 of %2"),
                       ErrorWords::tr("Labels: where each head looks by distance"), report);
    case Stage::LabelTwin:
        return counted(ErrorWords::tr("Labels: the same with random weights, document %1 of %2"),
                       ErrorWords::tr("Labels: the same with random weights"), report);
    case Stage::LabelSynthetic:
        return counted(ErrorWords::tr("Labels: made sequences, step %1 of %2"), ErrorWords::tr("Labels: made sequences"), report);
    case Stage::LabelWeights:
        return counted(ErrorWords::tr("Labels: reading the weights, step %1 of %2"), ErrorWords::tr("Labels: reading the weights"), report);
    case Stage::LabelTests: return counted(ErrorWords::tr("Labels: testing, head %1 of %2"), ErrorWords::tr("Labels: testing"), report);
    case Stage::LabelCauses:
        return counted(ErrorWords::tr("Labels: switching off what they describe, %1 of %2"),
                       ErrorWords::tr("Labels: switching off what they describe"), report);
    case Stage::LabelExplained:
        return counted(ErrorWords::tr("Labels: how much they explain, document %1 of %2"), ErrorWords::tr("Labels: how much they explain"),
                       report);
    case Stage::Clustering: return withShare(ErrorWords::tr("Grouping heads"), report);
    case Stage::MapLayout: return withShare(ErrorWords::tr("Placing heads on a map"), report);
    case Stage::GraphLayout: return withShare(ErrorWords::tr("Placing the graph"), report);
    case Stage::Behaviour:
        return counted(ErrorWords::tr("Comparing heads on the text, document %1 of %2"), ErrorWords::tr("Comparing heads on the text"),
                       report);
    case Stage::HeadBases:
        return counted(ErrorWords::tr("Reading what heads read and write, %1 of %2"), ErrorWords::tr("Reading what heads read and write"),
                       report);
    case Stage::HeadPairs: return withShare(ErrorWords::tr("Comparing heads by their weights"), report);
    case Stage::ReferenceDraws: return withShare(ErrorWords::tr("Drawing random subspaces"), report);
    case Stage::SwapTest:
        return counted(ErrorWords::tr("Replacing one head by another, document %1 of %2"), ErrorWords::tr("Replacing one head by another"),
                       report);
    }
    return {};
}

QString partName(Part part)
{
    switch (part) {
    case Part::TokenEmbedding: return ErrorWords::tr("token embedding");
    case Part::PositionEmbedding: return ErrorWords::tr("position embedding");
    case Part::AttentionWeights: return ErrorWords::tr("attention weights");
    case Part::Mlp: return ErrorWords::tr("MLP matrices");
    case Part::FinalNorm: return ErrorWords::tr("final norm");
    case Part::Unembedding: return ErrorWords::tr("unembedding");
    case Part::Tokenizer: return ErrorWords::tr("tokeniser");
    }
    return {};
}

QString originName(Origin origin)
{
    switch (origin) {
    case Origin::User: return ErrorWords::tr("you said");
    case Origin::FileAttribute: return ErrorWords::tr("the file");
    case Origin::ModelConfigJson: return ErrorWords::tr("the configuration in the file");
    case Origin::ConfigJsonBeside: return ErrorWords::tr("config.json beside it");
    case Origin::Profile: return ErrorWords::tr("a known model");
    case Origin::Shapes: return ErrorWords::tr("the tensors' shapes");
    case Origin::FamilyDefault: return ErrorWords::tr("the family's usual value");
    case Origin::Guess: return ErrorWords::tr("a guess");
    }
    return {};
}

}  // namespace hs::ui
