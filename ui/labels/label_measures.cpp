// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/labels/label_measures.h"

#include <QCoreApplication>
#include <algorithm>
#include <cmath>

#include "ui/labels/label_words.h"

namespace hs::ui {

namespace {

/// The same number exists in two views.
QString scoreKey(const hs::HeadScore& score)
{
    return QStringLiteral("score:") + QString::fromStdString(score.key)
           + (score.view == AttentionView::Content ? QStringLiteral("|content") : QString());
}

}  // namespace

std::vector<LabelMeasure> labelMeasures(const LabelReport& report)
{
    std::vector<std::pair<int, LabelMeasure>> labels;
    std::vector<LabelMeasure> scores;
    const auto& coded = codedKinds();
    for (const HeadReport& head : report.heads) {
        for (const HeadLabel& label : head.labels) {
            const QString key = QStringLiteral("label:") + QString::fromStdString(labelName(label.id));
            if (std::any_of(labels.begin(), labels.end(), [&](const auto& l) { return l.second.key == key; })) continue;
            const auto place = std::find(coded.begin(), coded.end(), label.id.kind) - coded.begin();
            labels.emplace_back(int(place) * 1000 - label.id.offset,
                                LabelMeasure{key,
                                             QCoreApplication::translate("hs::ui::LabelWords", "%1, label score").arg(labelTitle(label.id)),
                                             true});
        }
        for (const hs::HeadScore& score : head.scores) {
            const QString key = scoreKey(score);
            if (std::none_of(scores.begin(), scores.end(), [&](const LabelMeasure& m) { return m.key == key; })) {
                QString title = numberTitle(score.key);
                if (!title.isEmpty()) title[0] = title[0].toUpper();
                if (score.view == AttentionView::Content) title += QStringLiteral(" (%1)").arg(viewTitle(score.view));
                scores.push_back({key, title, false});
            }
        }
    }
    std::stable_sort(labels.begin(), labels.end(), [](const auto& a, const auto& b) { return a.first < b.first; });
    std::vector<LabelMeasure> out;
    for (auto& [place, measure] : labels) out.push_back(std::move(measure));
    out.push_back({QStringLiteral("explained"), QCoreApplication::translate("hs::ui::LabelWords", "Explained attention"), true});
    out.push_back({QStringLiteral("gate"), QCoreApplication::translate("hs::ui::LabelWords", "Share on content"), true});
    out.insert(out.end(), scores.begin(), scores.end());
    return out;
}

std::optional<double> measureOf(const QString& key, const HeadReport& head)
{
    const auto number = [](double v) { return std::isfinite(v) ? std::optional<double>(v) : std::nullopt; };
    if (key == QLatin1String("explained")) return number(head.explained);
    if (key == QLatin1String("gate")) return number(head.gate);
    const std::string name = key.mid(6).toStdString();
    if (key.startsWith(QLatin1String("label:")))
        for (const HeadLabel& label : head.labels)
            if (labelName(label.id) == name) return number(label.score);
    if (key.startsWith(QLatin1String("score:")))
        for (const hs::HeadScore& score : head.scores)
            if (scoreKey(score) == key) return number(score.value);
    return std::nullopt;
}

}  // namespace hs::ui
