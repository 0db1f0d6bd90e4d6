// SPDX-License-Identifier: GPL-3.0-or-later
// A small horizontal colour ramp with its two ends and words: the shared legend of the Grid and Text tabs.
#pragma once

#include <QWidget>

namespace hs::ui {

class ColourMap;

class RampLegend : public QWidget {
    Q_OBJECT
public:
    explicit RampLegend(QWidget* parent = nullptr);
    void setRamp(const QString& colourMap, const QString& low, const QString& high, const QString& words);
    QSize sizeHint() const override;

protected:
    void paintEvent(QPaintEvent* event) override;

private:
    QString m_map = QStringLiteral("attention"), m_low = QStringLiteral("0"), m_high = QStringLiteral("1"), m_words;
};

}  // namespace hs::ui
