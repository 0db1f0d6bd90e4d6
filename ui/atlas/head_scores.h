// SPDX-License-Identifier: GPL-3.0-or-later
// The scores a head can be coloured, sorted and listed by.
#pragma once

#include <QCoreApplication>
#include <QString>
#include <optional>
#include <vector>

#include "engine/forward/attention_source.h"

namespace hs::ui {

class GraphStore;
class HeadLosses;
class LabelStore;
class RepeatScores;

enum class ShownScore { Thumbnail, Entropy, Maximum, Previous, Self, First, Distance, AfterRepeat, LossOff, Label, Measure, Edges };

/// Where scores come from; any may be null.
struct ScoreSources {
    const AttentionSource* source = nullptr;
    const HeadLosses* losses = nullptr;
    const RepeatScores* repeats = nullptr;
    const LabelStore* labels = nullptr;
    const GraphStore* graph = nullptr;
};

struct HeadScoreInfo {
    ShownScore score;
    const char* key;    ///< stable name for settings
    const char* title;  ///< translated with QCoreApplication::translate("hs::ui::HeadScores", ...)
    const char* brief;  ///< for a narrow column heading
    const char* unit;   ///< "nats", "tokens" or empty, translated likewise
    int decimals;
    bool signedValue;  ///< shown with + or −, difference ramp
};
/// Measure is not in this list: it is any number of the label report, named by LabelStore::measure().
const std::vector<HeadScoreInfo>& headScores();
const HeadScoreInfo& headScoreInfo(ShownScore score);
QString scoreTitle(ShownScore score, const LabelStore* labels = nullptr);
/// The title inside a sentence: English without its capital, another language as its translation has it.
QString scoreInSentence(ShownScore score, const LabelStore* labels = nullptr);
QString scoreBrief(ShownScore score);
/// Nothing when it is not computed (yet). Thumbnail has no number.
std::optional<double> scoreOf(ShownScore score, HeadId head, const ScoreSources& sources);
/// "0.68", "−0.012"; minus is U+2212.
QString scoreText(ShownScore score, double value);
/// As scoreText with the unit: "2.31 nats".
QString scoreTextWithUnit(ShownScore score, double value);

}  // namespace hs::ui
