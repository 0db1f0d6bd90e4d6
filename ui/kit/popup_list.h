// SPDX-License-Identifier: GPL-3.0-or-later
// A field with a list under it, floating at the top of the window: type to narrow, arrows and Enter to choose, Esc to leave.
#pragma once

#include <QFrame>
#include <vector>

class QLineEdit;
class QListWidget;

namespace hs::ui {

class PopupList : public QFrame {
    Q_OBJECT
public:
    PopupList(const QString& hint, QWidget* window);
    struct Entry {
        QString text, hint;  ///< hint: key or position, right-aligned
        int id = 0;
        bool enabled = true;
        bool tokenFace = false;
    };
    /// Shows itself; deletes itself when it closes.
    void popup();

Q_SIGNALS:
    void chosen(int id);

protected:
    /// Entries that fit what is typed, best first.
    virtual std::vector<Entry> matches(const QString& typed) const = 0;
    /// Stands in the list when nothing fits: what was looked for, and what to try next.
    virtual QString nothing(const QString& typed) const = 0;
    bool eventFilter(QObject* watched, QEvent* event) override;
    void paintEvent(QPaintEvent* event) override;

private:
    void narrow();
    void accept();
    QLineEdit* m_field;
    QListWidget* m_list;
};

/// Letters of `typed` in order somewhere in `text`: higher is better, -1 no match.
int fuzzyScore(const QString& text, const QString& typed);

}  // namespace hs::ui
