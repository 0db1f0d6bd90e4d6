// SPDX-License-Identifier: GPL-3.0-or-later
// A switch of two or more words in one outline ("Tokens | Words"). Arrow keys move, one is always chosen.
#pragma once

#include <QStringList>
#include <QWidget>
#include <vector>

class QButtonGroup;
class QPushButton;

namespace hs::ui {

class Segment : public QWidget {
    Q_OBJECT
public:
    explicit Segment(const QStringList& words, QWidget* parent = nullptr);
    int current() const;
    void setCurrent(int index);  ///< does not emit chosen()
    QPushButton* button(int index) const { return m_buttons[std::size_t(index)]; }

Q_SIGNALS:
    void chosen(int index);  ///< by the user

private:
    QButtonGroup* m_group;
    std::vector<QPushButton*> m_buttons;
};

}  // namespace hs::ui
