// SPDX-License-Identifier: GPL-3.0-or-later
// A slider with one marked place on its groove, such as the random level of a measure.
#pragma once

#include <QSlider>
#include <optional>

namespace hs::ui {

class LevelSlider : public QSlider {
    Q_OBJECT
public:
    explicit LevelSlider(QWidget* parent = nullptr) : QSlider(Qt::Horizontal, parent) {}
    /// In units of value(); nothing, or outside the range: no mark.
    void setMark(std::optional<double> value);
    std::optional<double> mark() const { return m_mark; }

protected:
    void paintEvent(QPaintEvent* event) override;

private:
    std::optional<double> m_mark;
};

}  // namespace hs::ui
