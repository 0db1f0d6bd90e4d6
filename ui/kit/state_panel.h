// SPDX-License-Identifier: GPL-3.0-or-later
// Empty, partial, loading and error states of any view (ui/look.md section 4): one left-aligned block, no drawing, nothing modal.
#pragma once

#include <QList>
#include <QString>
#include <QTimer>
#include <QWidget>

class QBoxLayout;
class QLabel;
class QPushButton;

namespace hs::ui {

struct StateButton {
    QString id;  ///< comes back in StatePanel::triggered
    QString text;
    bool primary = false;
    QString disabledBecause;  ///< not empty: greyed out, and this is why (tooltip)
};

struct StateContent {
    QString title;     ///< "No attention to show"
    QString sentence;  ///< what is missing or what happened; rich text allowed for names in the token face
    QString note;      ///< what works, what is unchanged; muted
    QString links;     ///< rich text with <a href>, below the buttons; href comes back in linkActivated
    QList<StateButton> buttons;
    bool bad = false;  ///< error: 3 px rule at the left
    bool operator==(const StateContent&) const;
};

class StatePanel : public QWidget {
    Q_OBJECT
public:
    static constexpr int kBlockWidth = 400;
    explicit StatePanel(QWidget* parent = nullptr);

    void setContent(const StateContent& content);
    const StateContent& content() const { return m_content; }
    /// Progress bar (after 300 ms), words under it and Cancel. `fraction` in [0, 1]; negative: length not known.
    void setProgress(double fraction, const QString& words, bool canCancel = true);
    void clearProgress();

Q_SIGNALS:
    void triggered(const QString& id);
    void linkActivated(const QString& href);
    void cancelled();

protected:
    void paintEvent(QPaintEvent* event) override;
    void changeEvent(QEvent* event) override;

private:
    void applyTheme();

    StateContent m_content;
    QWidget* m_block;
    QLabel* m_title;
    QLabel* m_sentence;
    QLabel* m_note;
    QLabel* m_links;
    QWidget* m_buttons;
    QBoxLayout* m_buttonLayout;
    QWidget* m_progress;
    QWidget* m_bar;
    QLabel* m_words;
    QPushButton* m_cancel;
    QTimer m_barDelay;
};

}  // namespace hs::ui
