// SPDX-License-Identifier: GPL-3.0-or-later
// Centre tab "Head": title row and one exact map, or the state that says why there is none.
#pragma once

#include <QWidget>
#include <memory>
#include <optional>
#include "engine/session/jobs/pictures.h"
#include "ui/bridge/ask.h"
#include "ui/feature/centre_tab.h"
#include "ui/state/view_context.h"

class QAction;
class QCheckBox;
class QLabel;
class QStackedWidget;
class QTableView;
class QToolButton;
class QPushButton;

namespace hs::ui {

class HeatmapView;
class MapModel;
class Segment;
class StatePanel;

class HeadTab : public CentreTab {
    Q_OBJECT
public:
    HeadTab(const ViewContext& context, QWidget* parent = nullptr);

    QString id() const override { return QStringLiteral("head"); }
    QString title() const override { return tr("Head"); }
    /// "Query 28 ␣the → key 27 ␣in | weight 0.9554 | rank 1 of 29 | column mean 0.322 | score 6.21"; parts separated by " | ".
    QString statusText() const override;
    FigureSubject figureSubject() const override;
    QString obstacle() const override;
    void save(QJsonObject& state) const override;
    void restore(const QJsonObject& state) override;
    HeatmapView* heatmap() const { return m_view; }
    MapModel* model() const { return m_model; }
    StatePanel* statePanel() const { return m_state; }
    /// Shows the numbers as a table instead of the picture, or the picture again.
    void setTable(bool on);
    bool table() const;

protected:
    void resizeEvent(QResizeEvent* event) override;

private:
    void buildTitle();
    void buildMenu();
    void buildTable();
    void takeSource();
    void refreshTitle();
    void refreshControls();
    void refreshState();
    void askScore();
    void requestTableCells();
    void fitTitle();

    ViewContext m_c;
    MapModel* m_model;
    HeatmapView* m_view;
    StatePanel* m_state;
    QStackedWidget* m_stack;
    QTableView* m_table = nullptr;
    QWidget* m_titleRow;
    QLabel* m_name;
    QLabel* m_what;
    Segment* m_kind;
    QCheckBox* m_hideSink;
    QCheckBox* m_stretchRows;
    QCheckBox* m_crosshair;
    QPushButton* m_menuButton;
    QAction* m_tableAction = nullptr;

    std::unique_ptr<Ask<TileJob>> m_askScore;  ///< null without an engine
    std::optional<ProgressReport> m_progress;
    std::optional<Error> m_error;
    std::optional<float> m_score;
    int m_scoreQuery = -1, m_scoreKey = -1;
    HeadId m_scoreHead;
};

}  // namespace hs::ui
