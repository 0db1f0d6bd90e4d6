// SPDX-License-Identifier: GPL-3.0-or-later
// Centre tab "Cause": why this answer. Four ways to ask, each with how it was measured and what it was checked against.
#pragma once

#include <QWidget>
#include <array>

#include "ui/export/figure_subject.h"

class QPushButton;
class QStackedWidget;

namespace hs::ui {

class CauseEdgePage;
class CauseFlowPage;
class CauseLogitPage;
class CausePage;
class CausePatchPage;
class Segment;

class CauseTab : public QWidget {
    Q_OBJECT
public:
    enum Way { Logit, Edges, Patching, Routes };
    explicit CauseTab(const ViewContext& context, QWidget* parent = nullptr);
    QString statusText() const;
    FigureSubject figureSubject() const;
    /// In the order of Way.
    static QStringList wayNames();
    void setWay(Way way);
    CauseLogitPage* logit() const { return m_logit; }
    CauseEdgePage* edges() const { return m_edges; }
    CausePatchPage* patching() const { return m_patching; }
    CauseFlowPage* routes() const { return m_routes; }

Q_SIGNALS:
    void statusChanged(const QString& text);
    void exportRequested();

private:
    CausePage* current() const;
    void refreshExport();
    QPushButton* m_export;
    Segment* m_way;
    QStackedWidget* m_stack;
    CauseLogitPage* m_logit;
    CauseEdgePage* m_edges;
    CausePatchPage* m_patching;
    CauseFlowPage* m_routes;
};

}  // namespace hs::ui
