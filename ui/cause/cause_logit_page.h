// SPDX-License-Identifier: GPL-3.0-or-later
// Which head wrote the answer: the logit as a sum over heads, MLPs and the rest, and each strong head by source token.
#pragma once

#include <utility>

#include "engine/session/jobs/logit_attribution.h"
#include "ui/bridge/ask.h"
#include "ui/cause/cause_page.h"

class QTableWidget;

namespace hs::ui {

class PatchView;
class Segment;

class CauseLogitPage : public CausePage {
    Q_OBJECT
public:
    CauseLogitPage(const ViewContext& context, CauseQuestion* question, QWidget* parent = nullptr);
    QString statusText() const override;
    FigureSubject figureSubject() const override;
    PatchView* map() const { return m_map; }
    QTableWidget* list() const { return m_list; }  ///< the strongest heads and what they look at
    Segment* mode() const { return m_mode; }       ///< by head, by source token
    void setMode(int mode);
    QString sumText() const;
    /// Shown as if it had come from the engine.
    void setResult(const LogitAttributionResult& result);

protected:
    void refresh() override;
    void resizeEvent(QResizeEvent* event) override;

private:
    /// One of the strongest heads, and where it looks from the place that is explained.
    struct Strong {
        HeadId head;
        double adds = 0;
        std::vector<std::pair<int, float>> looks;      ///< keys with the largest weights
        std::optional<std::pair<int, double>> source;  ///< the token most of it came from, and how much; nothing: no such split
    };
    void buildList();
    void show();
    void showList();
    void refreshRoom();
    std::vector<HeadId> strongest() const;
    Strong look(HeadId head) const;
    std::optional<LogitAttributionResult> m_result;
    Ask<LogitAttributionJob> m_ask;
    Segment* m_mode;
    PatchView* m_map;
    QLabel *m_rest, *m_sum;
    QTableWidget* m_list;
    std::vector<HeadId> m_rows;  ///< of the source map and the list
};

}  // namespace hs::ui
