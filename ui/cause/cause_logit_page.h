// SPDX-License-Identifier: GPL-3.0-or-later
// Which head wrote the answer: the logit as a sum over heads, MLPs and the rest, and each strong head by source token.
#pragma once

#include "engine/session/jobs/logit_attribution.h"
#include "ui/bridge/ask.h"
#include "ui/cause/cause_page.h"

namespace hs::ui {

class PatchView;
class Segment;
class TokenBars;

class CauseLogitPage : public CausePage {
    Q_OBJECT
public:
    explicit CauseLogitPage(const ViewContext& context, QWidget* parent = nullptr);
    QString statusText() const override;
    FigureSubject figureSubject() const override;
    PatchView* map() const { return m_map; }
    QString sumText() const;
    /// Shown as if it had come from the engine.
    void setResult(const LogitAttributionResult& result);

protected:
    void refresh() override;

private:
    void show();
    std::optional<LogitAttributionResult> m_result;
    Ask<LogitAttributionJob> m_ask;
    Segment* m_mode;
    PatchView* m_map;
    QLabel *m_rest, *m_sum;
    std::vector<HeadId> m_rows;  ///< of the source map
};

}  // namespace hs::ui
