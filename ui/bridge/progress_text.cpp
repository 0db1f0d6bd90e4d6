// SPDX-License-Identifier: GPL-3.0-or-later
#include <algorithm>

#include "ui/bridge/error_sentences.h"
#include "ui/bridge/error_text.h"

namespace hs::ui {
namespace {

/// Steps are counted from 1 for people: while step `done` + 1 is on, that is the number shown.
QString counted(const QString& sentence, const ProgressReport& report)
{
    const qint64 step = std::min<qint64>(report.done + 1, report.total);
    return sentence.arg(step).arg(report.total);
}

QString withShare(const QString& words, const ProgressReport& report)
{
    const int percent = static_cast<int>(100.0 * static_cast<double>(std::clamp<std::int64_t>(report.done, 0, report.total))
                                         / static_cast<double>(report.total));
    return ErrorWords::tr("%1, %2 %").arg(words).arg(percent);
}

}  // namespace

QString progressText(const ProgressReport& report)
{
    const bool known = report.total > 0;
    switch (report.stage) {
    case Stage::Probing: return ErrorWords::tr("Checking that the file is safe");
    case Stage::ReadingNames: return ErrorWords::tr("Reading tensor names");
    case Stage::ReadingWeights: {
        const QString words = ErrorWords::tr("Reading weights");
        return known ? withShare(words, report) : words;
    }
    case Stage::Tokenising: {
        const QString words = ErrorWords::tr("Splitting the text into tokens");
        return known ? withShare(words, report) : words;
    }
    case Stage::Attention:
        return known ? counted(ErrorWords::tr("Computing attention, layer %1 of %2"), report) : ErrorWords::tr("Computing attention");
    case Stage::Logits: return ErrorWords::tr("Computing predictions");
    case Stage::Statistics:
        return known ? counted(ErrorWords::tr("Computing head statistics, %1 of %2"), report) : ErrorWords::tr("Computing head statistics");
    case Stage::Thumbnails:
        return known ? counted(ErrorWords::tr("Drawing thumbnails, head %1 of %2"), report) : ErrorWords::tr("Drawing thumbnails");
    case Stage::Overview: {
        const QString words = ErrorWords::tr("Computing the overview");
        return known ? withShare(words, report) : words;
    }
    case Stage::Ablation:
        return known ? counted(ErrorWords::tr("Switching heads off, variant %1 of %2"), report) : ErrorWords::tr("Switching heads off");
    case Stage::Continuing:
        return known ? counted(ErrorWords::tr("Continuing the text, token %1 of %2"), report) : ErrorWords::tr("Continuing the text");
    case Stage::Parity:
        return known ? counted(ErrorWords::tr("Comparing with the reference, prompt %1 of %2"), report)
                     : ErrorWords::tr("Comparing with the reference");
    case Stage::Hashing: {
        const QString words = ErrorWords::tr("Computing the file's fingerprint");
        return known ? withShare(words, report) : words;
    }
    case Stage::Writing: {
        const QString words = ErrorWords::tr("Writing");
        return known ? withShare(words, report) : words;
    }
    case Stage::Checking: {
        const QString words = ErrorWords::tr("Checking what was written");
        return known ? withShare(words, report) : words;
    }
    case Stage::Backward:
        return known ? counted(ErrorWords::tr("Computing gradients, layer %1 of %2"), report) : ErrorWords::tr("Computing gradients");
    case Stage::Gates:
        return known ? counted(ErrorWords::tr("Importance of heads by gradient, prompt %1 of %2"), report)
                     : ErrorWords::tr("Importance of heads by gradient");
    case Stage::Patching: return known ? counted(ErrorWords::tr("Patching, cell %1 of %2"), report) : ErrorWords::tr("Patching");
    case Stage::PathPatching:
        return known ? counted(ErrorWords::tr("Patching paths, sender %1 of %2"), report) : ErrorWords::tr("Patching paths");
    case Stage::Edges:
        return known ? counted(ErrorWords::tr("Knocking out edges, %1 of %2"), report) : ErrorWords::tr("Knocking out edges");
    case Stage::FlowRoutes:
        return known ? counted(ErrorWords::tr("Tracing the flow of information, layer %1 of %2"), report)
                     : ErrorWords::tr("Tracing the flow of information");
    case Stage::LabelCorpus:
        return known ? counted(ErrorWords::tr("Labels: reading the corpus, document %1 of %2"), report)
                     : ErrorWords::tr("Labels: reading the corpus");
    case Stage::LabelProfiles:
        return known ? counted(ErrorWords::tr("Labels: where each head looks by distance, document %1 of %2"), report)
                     : ErrorWords::tr("Labels: where each head looks by distance");
    case Stage::LabelTwin:
        return known ? counted(ErrorWords::tr("Labels: the same with random weights, document %1 of %2"), report)
                     : ErrorWords::tr("Labels: the same with random weights");
    case Stage::LabelSynthetic:
        return known ? counted(ErrorWords::tr("Labels: made sequences, step %1 of %2"), report) : ErrorWords::tr("Labels: made sequences");
    case Stage::LabelWeights:
        return known ? counted(ErrorWords::tr("Labels: reading the weights, step %1 of %2"), report)
                     : ErrorWords::tr("Labels: reading the weights");
    case Stage::LabelTests:
        return known ? counted(ErrorWords::tr("Labels: testing, head %1 of %2"), report) : ErrorWords::tr("Labels: testing");
    case Stage::LabelCauses:
        return known ? counted(ErrorWords::tr("Labels: switching off what they describe, %1 of %2"), report)
                     : ErrorWords::tr("Labels: switching off what they describe");
    case Stage::LabelExplained:
        return known ? counted(ErrorWords::tr("Labels: how much they explain, document %1 of %2"), report)
                     : ErrorWords::tr("Labels: how much they explain");
    case Stage::Clustering: {
        const QString words = ErrorWords::tr("Grouping heads");
        return known ? withShare(words, report) : words;
    }
    case Stage::MapLayout: {
        const QString words = ErrorWords::tr("Placing heads on a map");
        return known ? withShare(words, report) : words;
    }
    case Stage::GraphLayout: {
        const QString words = ErrorWords::tr("Placing the graph");
        return known ? withShare(words, report) : words;
    }
    case Stage::Behaviour:
        return known ? counted(ErrorWords::tr("Comparing heads on the text, document %1 of %2"), report)
                     : ErrorWords::tr("Comparing heads on the text");
    case Stage::HeadBases:
        return known ? counted(ErrorWords::tr("Reading what heads read and write, %1 of %2"), report)
                     : ErrorWords::tr("Reading what heads read and write");
    case Stage::HeadPairs: {
        const QString words = ErrorWords::tr("Comparing heads by their weights");
        return known ? withShare(words, report) : words;
    }
    case Stage::ReferenceDraws: {
        const QString words = ErrorWords::tr("Drawing random subspaces");
        return known ? withShare(words, report) : words;
    }
    case Stage::SwapTest:
        return known ? counted(ErrorWords::tr("Replacing one head by another, document %1 of %2"), report)
                     : ErrorWords::tr("Replacing one head by another");
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
    case Origin::User: return ErrorWords::tr("you");
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
