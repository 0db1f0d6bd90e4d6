// SPDX-License-Identifier: GPL-3.0-or-later
// Title bar of a dock: bold name, muted words, optional controls at the right. Double-click floats as Qt's own does.
#pragma once

#include <QWidget>

class QHBoxLayout;
class QLabel;

namespace hs::ui {

class DockTitle : public QWidget {
    Q_OBJECT
public:
    explicit DockTitle(const QString& title, QWidget* parent = nullptr);
    void setTitle(const QString& title);
    void setNote(const QString& note);
    void addControl(QWidget* control);  ///< at the right end
    QSize minimumSizeHint() const override;
    QSize sizeHint() const override { return {minimumSizeHint().width(), minimumSizeHint().height()}; }  // docks ask for this one

protected:
    void paintEvent(QPaintEvent* event) override;
    void changeEvent(QEvent* event) override;

private:
    QLabel* m_title;
    QLabel* m_note;
    QHBoxLayout* m_row;
};

}  // namespace hs::ui
