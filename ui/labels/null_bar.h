// SPDX-License-Identifier: GPL-3.0-or-later
// Score against null, in 40 px (ui/look.md section 5): grey null, pale 95 % interval, black score, dotted line of what is needed.
#pragma once

#include <QWidget>

#include "ui/labels/label_words.h"

namespace hs::ui {

class NullBar : public QWidget {
    Q_OBJECT
public:
    explicit NullBar(QWidget* parent = nullptr);
    void setValues(const NullBarValues& values, const QString& tip);
    const NullBarValues& values() const { return m_values; }
    QSize sizeHint() const override { return {240, 40}; }
    QSize minimumSizeHint() const override { return {160, 40}; }

protected:
    void paintEvent(QPaintEvent* event) override;

private:
    NullBarValues m_values;
};

}  // namespace hs::ui
