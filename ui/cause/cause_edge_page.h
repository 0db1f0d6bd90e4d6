// SPDX-License-Identifier: GPL-3.0-or-later
// Single attention edges of the selected head: all of them estimated from one backward pass, a chosen one knocked out exactly.
#pragma once

#include "engine/session/jobs/edges.h"
#include "ui/bridge/ask.h"
#include "ui/cause/cause_page.h"

namespace hs::ui {

class PatchView;
class Segment;

class CauseEdgePage : public CausePage {
    Q_OBJECT
public:
    CauseEdgePage(const ViewContext& context, CauseQuestion* question, QWidget* parent = nullptr);
    QString statusText() const override;
    FigureSubject figureSubject() const override;
    PatchView* map() const { return m_map; }
    QPushButton* checkButton() const { return m_check; }
    int exactCount() const { return int(m_exact.size()); }

protected:
    void refresh() override;

private:
    void show();
    bool seen(int query, int key) const;  ///< the mask lets the query look at the key
    void knockOut(const std::vector<AttentionEdge>& edges);
    struct Exact {
        AttentionEdge edge;
        double change = 0;
    };
    std::shared_ptr<const Run> m_run;
    std::shared_ptr<const EdgeInfluence> m_influence;
    Metric m_metric;
    HeadId m_head;
    std::vector<Exact> m_exact;
    Ask<EdgeInfluenceJob> m_estimate;
    Ask<EdgeKnockOutJob> m_knockOut;
    PatchView* m_map;
    QLabel* m_words;
    QPushButton *m_check, *m_cut;
    QString m_question;
};

}  // namespace hs::ui
