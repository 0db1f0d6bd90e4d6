// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/atlas/head_scores.h"

#include <cmath>

#include "ui/atlas/repeat_scores.h"
#include "ui/graph/graph_store.h"
#include "ui/kit/numbers.h"
#include "ui/labels/label_store.h"
#include "ui/state/head_losses.h"

namespace hs::ui {

namespace {

QString translated(const char* text) { return QCoreApplication::translate("hs::ui::HeadScores", text); }

}  // namespace

const std::vector<HeadScoreInfo>& headScores()
{
    static const std::vector<HeadScoreInfo> list{
        {ShownScore::Thumbnail, "thumbnail", QT_TRANSLATE_NOOP("hs::ui::HeadScores", "Map thumbnails"),
         QT_TRANSLATE_NOOP("hs::ui::HeadScores", "Map"), "", 0, false},
        {ShownScore::Label, "label", QT_TRANSLATE_NOOP("hs::ui::HeadScores", "Score of the label"),
         QT_TRANSLATE_NOOP("hs::ui::HeadScores", "Score"), "", 2, false},
        {ShownScore::Previous, "previous", QT_TRANSLATE_NOOP("hs::ui::HeadScores", "Weight on previous token"),
         QT_TRANSLATE_NOOP("hs::ui::HeadScores", "Previous"), "", 2, false},
        {ShownScore::AfterRepeat, "after_repeat", QT_TRANSLATE_NOOP("hs::ui::HeadScores", "Weight after a repeat"),
         QT_TRANSLATE_NOOP("hs::ui::HeadScores", "After repeat"), "", 2, false},
        {ShownScore::Self, "self", QT_TRANSLATE_NOOP("hs::ui::HeadScores", "Weight on itself"),
         QT_TRANSLATE_NOOP("hs::ui::HeadScores", "Itself"), "", 2, false},
        {ShownScore::First, "first", QT_TRANSLATE_NOOP("hs::ui::HeadScores", "Weight on first token"),
         QT_TRANSLATE_NOOP("hs::ui::HeadScores", "First"), "", 2, false},
        {ShownScore::Maximum, "maximum", QT_TRANSLATE_NOOP("hs::ui::HeadScores", "Mean of row maxima"),
         QT_TRANSLATE_NOOP("hs::ui::HeadScores", "Maximum"), "", 2, false},
        {ShownScore::Entropy, "entropy", QT_TRANSLATE_NOOP("hs::ui::HeadScores", "Mean entropy"),
         QT_TRANSLATE_NOOP("hs::ui::HeadScores", "Entropy"), QT_TRANSLATE_NOOP("hs::ui::HeadScores", "nats"), 2, false},
        {ShownScore::Distance, "distance", QT_TRANSLATE_NOOP("hs::ui::HeadScores", "Mean distance"),
         QT_TRANSLATE_NOOP("hs::ui::HeadScores", "Distance"), QT_TRANSLATE_NOOP("hs::ui::HeadScores", "tokens"), 1, false},
        {ShownScore::LossOff, "loss_off", QT_TRANSLATE_NOOP("hs::ui::HeadScores", "Loss if off"),
         QT_TRANSLATE_NOOP("hs::ui::HeadScores", "Loss if off"), QT_TRANSLATE_NOOP("hs::ui::HeadScores", "nats"), 3, true},
        {ShownScore::Edges, "edges", QT_TRANSLATE_NOOP("hs::ui::HeadScores", "Edges in the graph"),
         QT_TRANSLATE_NOOP("hs::ui::HeadScores", "Edges"), "", 0, false},
    };
    return list;
}

const HeadScoreInfo& headScoreInfo(ShownScore score)
{
    static const HeadScoreInfo measure{ShownScore::Measure,
                                       "measure",
                                       QT_TRANSLATE_NOOP("hs::ui::HeadScores", "Score from labelling"),
                                       QT_TRANSLATE_NOOP("hs::ui::HeadScores", "Score"),
                                       "",
                                       2,
                                       false};
    if (score == ShownScore::Measure) return measure;
    for (const HeadScoreInfo& info : headScores())
        if (info.score == score) return info;
    return headScores().front();
}

QString scoreTitle(ShownScore score, const LabelStore* labels)
{
    if (score == ShownScore::Measure && labels && !labels->measure().title.isEmpty()) return labels->measure().title;
    return translated(headScoreInfo(score).title);
}

QString scoreBrief(ShownScore score) { return translated(headScoreInfo(score).brief); }

QString scoreInSentence(ShownScore score, const LabelStore* labels)
{
    if (score == ShownScore::Measure) return scoreTitle(score, labels);  // begins with a label's name, which stays as it is
    const QString title = scoreTitle(score);
    return title == QString::fromUtf8(headScoreInfo(score).title) ? title.toLower() : title;
}

std::optional<double> scoreOf(ShownScore score, HeadId head, const ScoreSources& sources)
{
    if (score == ShownScore::LossOff) return sources.losses ? sources.losses->change(head) : std::nullopt;
    if (score == ShownScore::Label) return sources.labels ? sources.labels->score(head) : std::nullopt;
    if (score == ShownScore::Measure) return sources.labels ? sources.labels->measured(head) : std::nullopt;
    if (score == ShownScore::Edges) {
        const auto edges = sources.graph ? sources.graph->edgeCount(head) : std::nullopt;
        return edges ? std::optional<double>(*edges) : std::nullopt;
    }
    if (score == ShownScore::AfterRepeat) {
        if (!sources.repeats) return std::nullopt;
        const auto value = sources.repeats->score(head);
        return value ? std::optional<double>(value->after) : std::nullopt;
    }
    if (score == ShownScore::Thumbnail || !sources.source || head.layer >= sources.source->layers()) return std::nullopt;
    const auto stats = sources.source->stats(head);
    if (!stats) return std::nullopt;
    const auto pick = [&]() -> double {
        switch (score) {
        case ShownScore::Entropy: return static_cast<double>(stats->meanEntropy);
        case ShownScore::Maximum: return static_cast<double>(stats->meanMax);
        case ShownScore::Previous: return static_cast<double>(stats->previousMass);
        case ShownScore::Self: return static_cast<double>(stats->selfMass);
        case ShownScore::First: return static_cast<double>(stats->firstMass);
        default: return static_cast<double>(stats->meanDistance);
        }
    };
    const double value = pick();
    return std::isfinite(value) ? std::optional<double>(value) : std::nullopt;
}

QString scoreText(ShownScore score, double value)
{
    const HeadScoreInfo& info = headScoreInfo(score);
    return numberText(value, info.decimals, info.signedValue);
}

QString scoreTextWithUnit(ShownScore score, double value)
{
    const HeadScoreInfo& info = headScoreInfo(score);
    const QString text = scoreText(score, value);
    return *info.unit ? QStringLiteral("%1 %2").arg(text, translated(info.unit)) : text;
}

}  // namespace hs::ui
