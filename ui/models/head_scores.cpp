// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/models/head_scores.h"

#include <cmath>

#include "ui/models/repeat_scores.h"
#include "ui/state/head_losses.h"

namespace hs::ui {

namespace {

QString translated(const char* text) { return QCoreApplication::translate("hs::ui::HeadScores", text); }

}  // namespace

const std::vector<HeadScoreInfo>& headScores()
{
    static const std::vector<HeadScoreInfo> list{
        {HeadScore::Thumbnail, "thumbnail", QT_TRANSLATE_NOOP("hs::ui::HeadScores", "Map thumbnails"), QT_TRANSLATE_NOOP("hs::ui::HeadScores", "Map"), "", 0, false},
        {HeadScore::Previous, "previous", QT_TRANSLATE_NOOP("hs::ui::HeadScores", "Weight on previous token"), QT_TRANSLATE_NOOP("hs::ui::HeadScores", "Previous"), "", 2, false},
        {HeadScore::AfterRepeat, "after_repeat", QT_TRANSLATE_NOOP("hs::ui::HeadScores", "Weight after a repeat"), QT_TRANSLATE_NOOP("hs::ui::HeadScores", "After repeat"), "", 2, false},
        {HeadScore::Self, "self", QT_TRANSLATE_NOOP("hs::ui::HeadScores", "Weight on itself"), QT_TRANSLATE_NOOP("hs::ui::HeadScores", "Itself"), "", 2, false},
        {HeadScore::First, "first", QT_TRANSLATE_NOOP("hs::ui::HeadScores", "Weight on first token"), QT_TRANSLATE_NOOP("hs::ui::HeadScores", "First"), "", 2, false},
        {HeadScore::Maximum, "maximum", QT_TRANSLATE_NOOP("hs::ui::HeadScores", "Mean of row maxima"), QT_TRANSLATE_NOOP("hs::ui::HeadScores", "Maximum"), "", 2, false},
        {HeadScore::Entropy, "entropy", QT_TRANSLATE_NOOP("hs::ui::HeadScores", "Mean entropy"), QT_TRANSLATE_NOOP("hs::ui::HeadScores", "Entropy"), QT_TRANSLATE_NOOP("hs::ui::HeadScores", "nats"), 2, false},
        {HeadScore::Distance, "distance", QT_TRANSLATE_NOOP("hs::ui::HeadScores", "Mean distance"), QT_TRANSLATE_NOOP("hs::ui::HeadScores", "Distance"), QT_TRANSLATE_NOOP("hs::ui::HeadScores", "tokens"), 1, false},
        {HeadScore::LossOff, "loss_off", QT_TRANSLATE_NOOP("hs::ui::HeadScores", "Loss if off"), QT_TRANSLATE_NOOP("hs::ui::HeadScores", "Loss if off"), QT_TRANSLATE_NOOP("hs::ui::HeadScores", "nats"), 3, true},
    };
    return list;
}

const HeadScoreInfo& headScoreInfo(HeadScore score)
{
    for (const HeadScoreInfo& info : headScores())
        if (info.score == score) return info;
    return headScores().front();
}

QString scoreBrief(HeadScore score) { return translated(headScoreInfo(score).brief); }
QString scoreTitle(HeadScore score) { return translated(headScoreInfo(score).title); }

QString scoreInSentence(HeadScore score)
{
    const QString title = scoreTitle(score);
    return title == QString::fromUtf8(headScoreInfo(score).title) ? title.toLower() : title;
}

std::optional<double> scoreOf(HeadScore score, HeadId head, const ScoreSources& sources)
{
    if (score == HeadScore::LossOff) return sources.losses ? sources.losses->change(head) : std::nullopt;
    if (score == HeadScore::AfterRepeat) {
        if (!sources.repeats) return std::nullopt;
        const auto value = sources.repeats->score(head);
        return value ? std::optional<double>(value->after) : std::nullopt;
    }
    if (score == HeadScore::Thumbnail || !sources.source || head.layer >= sources.source->layers()) return std::nullopt;
    const auto stats = sources.source->stats(head);
    if (!stats) return std::nullopt;
    const auto pick = [&]() -> double {
        switch (score) {
        case HeadScore::Entropy: return static_cast<double>(stats->meanEntropy);
        case HeadScore::Maximum: return static_cast<double>(stats->meanMax);
        case HeadScore::Previous: return static_cast<double>(stats->previousMass);
        case HeadScore::Self: return static_cast<double>(stats->selfMass);
        case HeadScore::First: return static_cast<double>(stats->firstMass);
        default: return static_cast<double>(stats->meanDistance);
        }
    };
    const double value = pick();
    return std::isfinite(value) ? std::optional<double>(value) : std::nullopt;
}

QString numberText(double value, int decimals, bool plus)
{
    QString text = QString::number(std::abs(value), 'f', decimals);
    const bool zero = text.toDouble() == 0.0;
    if (value < 0 && !zero) return QStringLiteral("\u2212") + text;
    return plus ? QStringLiteral("+") + text : text;
}

QString scoreText(HeadScore score, double value)
{
    const HeadScoreInfo& info = headScoreInfo(score);
    return numberText(value, info.decimals, info.signedValue);
}

QString scoreTextWithUnit(HeadScore score, double value)
{
    const HeadScoreInfo& info = headScoreInfo(score);
    const QString text = scoreText(score, value);
    return *info.unit ? QStringLiteral("%1 %2").arg(text, translated(info.unit)) : text;
}

QString countText(qint64 count)
{
    QString digits = QString::number(std::abs(count));
    for (qsizetype i = digits.size() - 3; i > 0; i -= 3) digits.insert(i, QChar(0x2009));
    return count < 0 ? QStringLiteral("\u2212") + digits : digits;
}

}  // namespace hs::ui
