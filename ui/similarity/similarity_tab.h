// SPDX-License-Identifier: GPL-3.0-or-later
// Centre tab "Similarity": all heads against all heads as a matrix and as a map, their groups, random subspaces, one head alone, and all heads ranked.
#pragma once

#include <QWidget>
#include "engine/session/jobs/similarity.h"
#include "ui/bridge/ask.h"
#include "ui/export/figure_subject.h"
#include "ui/feature/centre_tab.h"
#include "ui/similarity/head_map_view.h"
#include "ui/similarity/matrix_scene.h"

class QComboBox;
class QLabel;
class QPushButton;
class QStackedLayout;
class QVBoxLayout;

namespace hs::ui {

class GroupsPage;
class HeadWeightsPage;
class MatrixView;
class PairCard;
class RankingPage;
class ReferencePage;
class Segment;
class SimilarityStore;
class StatePanel;

class SimilarityTab : public CentreTab {
    Q_OBJECT
public:
    enum Page { MatrixPage, MapPage, GroupPage, ReferencePageIndex, HeadPage, RankingPageIndex };
    explicit SimilarityTab(const ViewContext& context, QWidget* parent = nullptr);
    QString id() const override { return QStringLiteral("similarity"); }
    QString title() const override { return tr("Similarity"); }
    QString statusText() const override;
    FigureSubject figureSubject() const override;
    QString obstacle() const override;
    void addCommands(CommandList& commands, Desk& desk) override;
    void save(QJsonObject& state) const override;
    void restore(const QJsonObject& state) override;
    MatrixView* matrixView() const { return m_matrix; }
    HeadMapView* mapView() const { return m_map; }
    PairCard* pairCard() const { return m_pair; }
    GroupsPage* groups() const { return m_groupsPage; }
    ReferencePage* reference() const { return m_reference; }
    HeadWeightsPage* headPage() const { return m_headPage; }
    RankingPage* ranking() const { return m_ranking; }
    /// In the order of Page.
    static QStringList pageNames();
    Page page() const;
    void setPage(Page page);
    /// HDF5, NPY or CSV by the ending of the name; statusChanged says how it went.
    void writeMatrix(const QString& path);
    /// The text under the picture.
    QString words() const;
    /// What a job of the tab says beside the buttons: progress, a file written or not.
    QString notice() const;

protected:
    void showEvent(QShowEvent* event) override;
    void resizeEvent(QResizeEvent* event) override;

private:
    void refresh();
    void refreshState();
    void refreshWords();
    MatrixScene makeMatrix() const;
    HeadMapScene makeMap() const;
    HeadId headOfRow(int row) const;
    int rowOf(HeadId head, bool columns) const;
    QString pairText(int row, int col) const;
    void buildBars(QVBoxLayout* column);
    void buildPages(QVBoxLayout* column);
    void connectViews();
    void applyChoice();
    void chooseText();
    void chooseFile(const QString& suffix);
    bool needsAll() const;  ///< the page shows all heads with all: groups and map
    FigureSubject matrixFigure(FigureSubject subject) const;

    ViewContext m_c;
    SimilarityStore* m_store;
    MatrixView* m_matrix;
    HeadMapView* m_map;
    PairCard* m_pair;
    GroupsPage* m_groupsPage;
    ReferencePage* m_reference;
    HeadWeightsPage* m_headPage;
    RankingPage* m_ranking;
    QWidget* m_pages;
    QStackedLayout* m_pageStack;
    QStackedLayout* m_stack;
    StatePanel* m_state;
    Segment* m_view;
    QComboBox* m_measure;
    QComboBox* m_pairing;
    QComboBox* m_weights;
    QPushButton* m_text;
    QComboBox* m_order;
    QLabel* m_words;
    QLabel* m_groups;
    QLabel* m_busy;
    QPushButton* m_cancel;
    Ask<WriteHeadMatrixJob> m_writer;
    QString m_hover, m_written;
    bool m_telling = false;  ///< the notice is of a job under way
};

}  // namespace hs::ui
