// SPDX-License-Identifier: GPL-3.0-or-later
// Under the curve: what the prompt's next tokens become, live, at three places, and how its loss moves.
#pragma once

#include <QWidget>
#include <array>
#include <vector>

#include "ui/state/view_context.h"

class QLabel;

namespace hs::ui {

class PruneController;
class TokenBars;

class PruneNextPanel : public QWidget {
    Q_OBJECT
public:
    PruneNextPanel(const ViewContext& context, PruneController* controller, QWidget* parent = nullptr);
    const std::vector<int>& positions() const { return m_positions; }
    QString remark() const;
    QString lossText() const;

protected:
    void resizeEvent(QResizeEvent* event) override;

private:
    void refresh();
    void choosePositions();
    struct Place {
        QWidget* box;
        QLabel* title;
        TokenBars* bars;
    };
    ViewContext m_c;
    PruneController* m_controller;
    QLabel *m_note, *m_loss, *m_remark;
    std::array<Place, 3> m_places;
    std::vector<int> m_positions;
    const void* m_positionsOf = nullptr;  ///< base run that the places were chosen for
};

}  // namespace hs::ui
