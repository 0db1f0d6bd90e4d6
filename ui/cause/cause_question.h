// SPDX-License-Identifier: GPL-3.0-or-later
// The one question of the Cause tab, shown on each of its pages: clean prompt, corrupted prompt, answer, and what it is compared with.
#pragma once

#include <QWidget>

class QJsonObject;
class QLabel;
class QLineEdit;

namespace hs::ui {

class CauseQuestion : public QWidget {
    Q_OBJECT
public:
    explicit CauseQuestion(QWidget* parent = nullptr);
    QLineEdit* corrupt() const { return m_corrupt; }
    QLineEdit* answer() const { return m_answer; }
    QLineEdit* wrong() const { return m_wrong; }
    /// The prompt that has run, and the token after which the answer is asked for; empty: none.
    void setClean(const QString& prompt, const QString& place);
    void save(QJsonObject& state) const;
    void restore(const QJsonObject& state);

Q_SIGNALS:
    void edited();          ///< while it is typed: what is shown may answer another question
    void asked();           ///< typed to its end: answer, or what it is compared with, is another
    void corruptEntered();  ///< Enter in the corrupted prompt

protected:
    void resizeEvent(QResizeEvent* event) override;

private:
    void finish(bool again);
    void showClean();
    QLabel* m_clean;
    QLineEdit *m_corrupt, *m_answer, *m_wrong;
    QString m_prompt, m_place, m_lastAnswer, m_lastWrong;
};

}  // namespace hs::ui
