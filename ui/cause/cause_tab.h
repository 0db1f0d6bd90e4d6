// SPDX-License-Identifier: GPL-3.0-or-later
// Centre tab "Cause": why this answer. Four ways to ask, each with how it was measured and what it was checked against.
#pragma once

#include "ui/feature/centre_tab.h"

class QPushButton;
class QStackedWidget;

namespace hs::ui {

class CauseEdgePage;
class CauseFlowPage;
class CauseLogitPage;
class CausePage;
class CausePatchPage;
class CauseQuestion;
class Segment;

class CauseTab : public CentreTab {
    Q_OBJECT
public:
    enum Way { Logit, Edges, Patching, Routes };
    explicit CauseTab(const ViewContext& context, QWidget* parent = nullptr);
    QString id() const override { return QStringLiteral("cause"); }
    QString title() const override { return tr("Cause"); }
    QString statusText() const override;
    FigureSubject figureSubject() const override;
    bool draws(const QString& figure) const override;
    QString obstacle() const override;
    void addCommands(CommandList& commands, Desk& desk) override;
    void save(QJsonObject& state) const override;
    void restore(const QJsonObject& state) override;
    /// In the order of Way.
    static QStringList wayNames();
    void setWay(Way way);
    CauseQuestion* question() const { return m_question; }
    CauseLogitPage* logit() const { return m_logit; }
    CauseEdgePage* edges() const { return m_edges; }
    CausePatchPage* patching() const { return m_patching; }
    CauseFlowPage* routes() const { return m_routes; }

private:
    CausePage* current() const;
    void refreshExport();
    void refreshClean();
    ViewContext m_c;
    QPushButton* m_export;
    Segment* m_way;
    CauseQuestion* m_question;
    QStackedWidget* m_stack;
    CauseLogitPage* m_logit;
    CauseEdgePage* m_edges;
    CausePatchPage* m_patching;
    CauseFlowPage* m_routes;
};

}  // namespace hs::ui
