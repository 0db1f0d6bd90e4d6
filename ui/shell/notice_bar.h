// SPDX-License-Identifier: GPL-3.0-or-later
// A slim bar above the centre: what happened and the next step in a line or two; all the rest on demand, so that the work under it stays in sight.
#pragma once

#include <QWidget>

#include "ui/kit/state_panel.h"

class QLabel;
class QPushButton;

namespace hs::ui {

class NoticeBar : public QWidget {
    Q_OBJECT
public:
    explicit NoticeBar(QWidget* parent = nullptr);
    /// `note` is shown on demand, with all buttons but "dismiss"; without a note every button stands in the bar. Plain text throughout.
    void setContent(const StateContent& content);
    const StateContent& content() const { return m_content; }
    QPushButton* detailsButton() const { return m_more; }  ///< checkable; hidden when there are no details
    QWidget* details() const { return m_details; }

Q_SIGNALS:
    void triggered(const QString& id);

protected:
    void paintEvent(QPaintEvent* event) override;

private:
    QPushButton* button(const StateButton& from);
    StateContent m_content;
    QLabel *m_words, *m_note;
    QPushButton* m_more;
    QWidget *m_details, *m_inRow, *m_inDetails;
};

}  // namespace hs::ui
