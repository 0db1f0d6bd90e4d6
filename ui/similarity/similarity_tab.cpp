// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/similarity/similarity_tab.h"

#include <QComboBox>
#include <QFileDialog>
#include <QFileInfo>
#include <QHBoxLayout>
#include <QLabel>
#include <QMenu>
#include <QPushButton>
#include <QStackedLayout>
#include <QVBoxLayout>
#include <algorithm>

#include "ui/bridge/error_text.h"
#include "ui/kit/label.h"
#include "ui/kit/save_dialog.h"
#include "ui/kit/segment.h"
#include "ui/kit/state_panel.h"
#include "ui/labels/label_store.h"
#include "ui/similarity/groups_page.h"
#include "ui/similarity/head_weights_page.h"
#include "ui/similarity/matrix_view.h"
#include "ui/similarity/measure_words.h"
#include "ui/similarity/pair_card.h"
#include "ui/similarity/ranking_page.h"
#include "ui/similarity/reference_page.h"
#include "ui/similarity/similarity_store.h"
#include "ui/state/open_inputs.h"
#include "ui/state/project.h"
#include "ui/state/selection.h"
#include "ui/state/view_settings.h"
#include "ui/theme/theme.h"

namespace hs::ui {

namespace {

constexpr int kCard = 250, kWideCard = 380;

}  // namespace

QStringList SimilarityTab::pageNames() { return {tr("Matrix"), tr("Map"), tr("Groups"), tr("Random"), tr("Head"), tr("Ranking")}; }

SimilarityTab::SimilarityTab(const ViewContext& context, QWidget* parent)
    : CentreTab(parent), m_c(context), m_store(context.similarity),
      m_writer(context.bridge, tr("Write comparison of heads"), QStringLiteral("similarity write"))
{
    setObjectName(QStringLiteral("similarityTab"));
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(0, 6, 0, 8);
    column->setSpacing(4);
    buildBars(column);
    buildPages(column);
    connectViews();
    refresh();
}

void SimilarityTab::buildBars(QVBoxLayout* column)
{
    m_view = new Segment(pageNames());
    m_view->button(ReferencePageIndex)->setToolTip(tr("How far from random subspaces all sixteen pairings lie"));
    m_view->button(HeadPage)->setToolTip(tr("What the selected head's weights say about it alone"));
    m_view->button(RankingPageIndex)->setToolTip(tr("All heads by how much they are an identity, and by how replaceable they are"));
    m_measure = new QComboBox;
    m_measure->setAccessibleName(tr("Measure"));
    for (const MeasureInfo& m : measures()) m_measure->addItem(measureTitle(m.id), int(m.id));
    m_pairing = new QComboBox;
    m_pairing->setAccessibleName(tr("Roles compared"));
    m_pairing->setToolTip(
        tr("Source role, then target role. QQ, KK, VV and OO compare all heads with all; the others lead from a head to a later one."));
    m_weights = new QComboBox;
    m_weights->setAccessibleName(tr("Weights"));
    m_weights->addItem(tr("Weights as stored"), int(WeightProcessing::Raw));
    m_weights->addItem(tr("Norm folded in"), int(WeightProcessing::Folded));
    m_weights->addItem(tr("Norm folded in, centred"), int(WeightProcessing::FoldedCentred));
    m_text = new QPushButton;
    m_order = new QComboBox;
    m_order->setAccessibleName(tr("Order"));
    m_order->addItem(tr("By layer"));
    m_order->addItem(tr("By likeness"));
    m_busy = makeLabel({}, Ink::Muted, Type::Caption, false);
    m_cancel = new QPushButton(tr("Cancel"));
    m_cancel->setProperty("small", true);
    m_cancel->hide();
    auto* exportButton = new QPushButton(tr("Export …"));
    auto* menu = new QMenu(this);
    menu->setObjectName(QStringLiteral("exportMenu"));
    menu->addAction(tr("Figure or table …"), this, &SimilarityTab::exportRequested);
    menu->addSeparator();
    for (const auto& [words, suffix] : {std::pair{tr("All values as CSV …"), QStringLiteral("csv")},
                                        {tr("All values as NPY …"), QStringLiteral("npy")},
                                        {tr("All values as HDF5 …"), QStringLiteral("h5")}})
        menu->addAction(words, this, [this, suffix = suffix] { chooseFile(suffix); })->setData(suffix);
    connect(menu, &QMenu::aboutToShow, this, [this, menu] {
        for (QAction* action : menu->actions())
            if (action->data().isValid()) action->setEnabled(m_store->matrix() != nullptr && !m_store->partial());
    });
    connect(exportButton, &QPushButton::clicked, this,
            [exportButton, menu] { menu->popup(exportButton->mapToGlobal(QPoint(0, exportButton->height()))); });

    const auto row = [column] {
        auto* bar = new QHBoxLayout;
        bar->setContentsMargins(measure::kViewMargin, 0, measure::kViewMargin, 0);
        bar->setSpacing(measure::kControlGap);
        column->addLayout(bar);
        return bar;
    };
    QHBoxLayout* upper = row();
    upper->addWidget(m_view);
    upper->addWidget(m_busy, 1);
    upper->addWidget(m_cancel);
    upper->addWidget(exportButton);
    QHBoxLayout* lower = row();
    lower->addWidget(m_measure);
    lower->addWidget(m_pairing);
    lower->addWidget(m_weights);
    lower->addWidget(m_text);
    lower->addStretch();
    lower->addWidget(m_order);
}

void SimilarityTab::buildPages(QVBoxLayout* column)
{
    m_matrix = new MatrixView;
    m_map = new HeadMapView;
    m_pair = new PairCard(m_c);
    m_pair->setFixedWidth(kCard);
    m_groupsPage = new GroupsPage(m_c);
    m_reference = new ReferencePage(m_c);
    m_headPage = new HeadWeightsPage(m_c);
    m_ranking = new RankingPage(m_c, m_groupsPage->swaps());
    m_state = new StatePanel;
    m_words = makeLabel({}, Ink::Muted, Type::Caption, false);
    m_words->setWordWrap(true);
    m_groups = makeLabel({}, Ink::Text, Type::Base, false);
    m_groups->setWordWrap(true);
    m_groups->setTextInteractionFlags(Qt::TextSelectableByMouse);
    m_groups->setObjectName(QStringLiteral("groups"));
    m_pages = new QWidget;
    m_pageStack = new QStackedLayout(m_pages);
    auto* matrixPage = new QWidget;
    auto* matrixRow = new QHBoxLayout(matrixPage);
    matrixRow->setContentsMargins(0, 0, 0, 0);
    matrixRow->setSpacing(0);
    matrixRow->addWidget(m_matrix, 1);
    matrixRow->addWidget(m_pair);
    for (QWidget* page : std::initializer_list<QWidget*>{matrixPage, m_map, m_groupsPage, m_reference, m_headPage, m_ranking})
        m_pageStack->addWidget(page);
    auto* below = new QWidget;
    m_stack = new QStackedLayout(below);
    m_stack->addWidget(m_pages);
    m_stack->addWidget(m_state);
    column->addWidget(below, 1);
    auto* foot = new QVBoxLayout;
    foot->setContentsMargins(measure::kViewMargin, 0, measure::kViewMargin, 0);
    foot->setSpacing(2);
    foot->addWidget(m_groups);
    foot->addWidget(m_words);
    column->addLayout(foot);
}

void SimilarityTab::connectViews()
{
    for (QComboBox* box : {m_measure, m_pairing, m_weights}) connect(box, &QComboBox::activated, this, &SimilarityTab::applyChoice);
    connect(m_text, &QPushButton::clicked, this, &SimilarityTab::chooseText);
    connect(m_order, &QComboBox::activated, this, &SimilarityTab::refresh);
    connect(m_view, &Segment::chosen, this, [this] { setPage(page()); });
    connect(m_cancel, &QPushButton::clicked, m_store, &SimilarityStore::cancel);
    connect(m_state, &StatePanel::cancelled, m_store, &SimilarityStore::cancel);
    connect(m_state, &StatePanel::triggered, this, [this](const QString& id) {
        if (id == QLatin1String("text")) return chooseText();
        if (id == QLatin1String("same")) {
            SimilaritySettings s = m_store->settings();
            s.pairing = {HeadRole::O, HeadRole::O};
            m_store->setSettings(s);
            return refresh();
        }
        m_store->again();
    });
    connect(m_store, &SimilarityStore::changed, this, &SimilarityTab::refresh);
    connect(m_store, &SimilarityStore::progress, this, [this](double fraction, const QString& words) {
        if (m_store->matrix()) {
            m_busy->setText(words);
            m_telling = true;
        } else if (m_stack->currentIndex() == 1) {
            m_state->setProgress(fraction, words);
        }
    });
    connect(m_c.selection, &Selection::headChanged, this, &SimilarityTab::refresh);
    if (m_c.labels) connect(m_c.labels, &LabelStore::changed, this, &SimilarityTab::refresh);
    connect(m_c.selection, &Selection::pinnedChanged, this, &SimilarityTab::refresh);
    connect(m_c.settings, &ViewSettings::changed, this, &SimilarityTab::refresh);
    connect(m_c.project, &Project::modelChanged, this, &SimilarityTab::refresh);
    connect(m_matrix, &MatrixView::hovered, this, [this](int row, int col) {
        m_hover = row < 0 ? QString() : pairText(row, col);
        Q_EMIT statusChanged(statusText());
    });
    connect(m_matrix, &MatrixView::chosen, this, [this](int row, int col) {
        const AxisHead& a = m_store->matrix()->rows.heads[std::size_t(row)];
        const AxisHead& b = m_store->matrix()->cols.heads[std::size_t(col)];
        m_c.selection->setHead({a.id.layer, a.firstHead});
        m_c.selection->setPinned(HeadId{b.id.layer, b.firstHead});
        Q_EMIT statusChanged(statusText());
    });
    connect(m_map, &HeadMapView::hovered, this, [this](int point) {
        m_hover.clear();
        if (point >= 0 && m_store->matrix()) {
            const HeadId head = m_map->scene().points[std::size_t(point)].head;
            m_hover = pairText(rowOf(m_c.selection->head(), false), rowOf(head, true));
        }
        Q_EMIT statusChanged(statusText());
    });
    connect(m_map, &HeadMapView::chosen, this,
            [this](int point) { m_c.selection->setHead(m_map->scene().points[std::size_t(point)].head); });
    connect(m_map, &HeadMapView::pinned, this, [this](int point) {
        const HeadId head = m_map->scene().points[std::size_t(point)].head;
        m_c.selection->setPinned(m_c.selection->pinned() == head ? std::nullopt : std::optional(head));
    });
    connect(m_map, &HeadMapView::opened, this, [this](int point) { Q_EMIT openRequested(m_map->scene().points[std::size_t(point)].head); });
    const auto say = [this](const QString& text) {
        m_hover = text;
        Q_EMIT statusChanged(statusText());
    };
    connect(m_reference, &ReferencePage::statusChanged, this, say);
    connect(m_headPage, &HeadWeightsPage::statusChanged, this, say);
    connect(m_ranking, &RankingPage::opened, this, &SimilarityTab::openRequested);
    connect(&m_writer, &OneAsk::ended, this, [this](const JobEnded& end) {
        const bool ok = end.state == JobState::Done;
        m_busy->setText(ok                 ? tr("Written: %1").arg(QFileInfo(m_written).fileName())
                        : m_writer.error() ? errorText(*m_writer.error()).what
                                           : QString());
        m_busy->setToolTip(m_written);
    });
}

void SimilarityTab::applyChoice()
{
    SimilaritySettings s = m_store->settings();
    s.measure = HeadMeasure(m_measure->currentData().toInt());
    s.weights = WeightProcessing(m_weights->currentData().toInt());
    if (const auto pair = parseRolePair(m_pairing->currentText().toStdString())) s.pairing = *pair;
    if (const MeasureInfo& info = measureInfo(s.measure); !info.needsCorpus() && !info.takes(s.pairing))
        s.pairing = {HeadRole::O, HeadRole::K};
    m_busy->clear();
    m_store->setSettings(s);
    refresh();
}

SimilarityTab::Page SimilarityTab::page() const { return Page(m_view->current()); }
bool SimilarityTab::needsAll() const { return page() == MapPage || page() == GroupPage; }
QString SimilarityTab::words() const { return m_words->text(); }
QString SimilarityTab::notice() const { return m_busy->text(); }

void SimilarityTab::setPage(Page page)
{
    m_view->setCurrent(int(page));
    m_hover.clear();
    refresh();
}

void SimilarityTab::chooseFile(const QString& suffix)
{
    auto* dialog = new SaveDialog(this, tr("All values of the matrix"), openInputs());
    dialog->setDefaultSuffix(suffix);
    dialog->setNameFilter(QStringLiteral("%1 (*.%2)").arg(suffix.toUpper(), suffix));
    const auto& m = m_store->matrix();
    dialog->selectFile(
        QStringLiteral("%1%2.%3").arg(QLatin1String(measureName(m->measure)),
                                      m->pairing ? QStringLiteral("-") + QString::fromStdString(rolePairName(*m->pairing)) : QString(),
                                      suffix));
    connect(dialog, &QFileDialog::fileSelected, this, &SimilarityTab::writeMatrix);
    dialog->open();
}

void SimilarityTab::writeMatrix(const QString& path)
{
    if (!m_store->matrix()) return;
    m_written = path;
    m_writer.start(WriteHeadMatrixJob{path.toStdString(), m_store->matrix()});
}

void SimilarityTab::showEvent(QShowEvent* event)
{
    QWidget::showEvent(event);
    m_store->need();
}

void SimilarityTab::resizeEvent(QResizeEvent* event)
{
    QWidget::resizeEvent(event);
    // The matrix is square: what a wide window leaves beside it is the card's.
    m_pair->setFixedWidth(std::clamp(width() - height(), kCard, kWideCard));
}

void SimilarityTab::chooseText()
{
    QMenu menu(this);
    menu.addAction(tr("The open prompt"), this, [this] {
        SimilaritySettings s = m_store->settings();
        s.corpusPaths.clear();
        m_store->setSettings(s);
    });
    const auto pick = [this](bool folder) {
        auto* dialog = new QFileDialog(this, tr("Text to compare heads on"));
        dialog->setAttribute(Qt::WA_DeleteOnClose);
        dialog->setFileMode(folder ? QFileDialog::Directory : QFileDialog::ExistingFiles);
        if (!folder) dialog->setNameFilter(tr("Text (*.txt);;All files (*)"));
        connect(dialog, &QFileDialog::filesSelected, this, [this](const QStringList& files) {
            SimilaritySettings s = m_store->settings();
            s.corpusPaths.clear();
            for (const QString& f : files) s.corpusPaths.push_back(f.toStdString());
            m_store->setSettings(s);
        });
        dialog->open();
    };
    menu.addAction(tr("Text file …"), this, [pick] { pick(false); });
    menu.addAction(tr("Folder of text files …"), this, [pick] { pick(true); });
    menu.exec(m_text->mapToGlobal(QPoint(0, m_text->height())));
}

void SimilarityTab::refresh()
{
    const SimilaritySettings& s = m_store->settings();
    m_measure->setCurrentIndex(std::max(0, m_measure->findData(int(s.measure))));
    m_weights->setCurrentIndex(std::max(0, m_weights->findData(int(s.weights))));
    const bool symmetric = m_store->symmetric();
    const QString onlyAll = tr("Only measures of all heads with all have groups: QQ, KK, VV, OO, or behaviour.");
    for (const Page p : {MapPage, GroupPage}) m_view->button(p)->setEnabled(symmetric);
    m_view->button(MapPage)->setToolTip(symmetric ? tr("Heads as points, near where they are alike") : onlyAll);
    m_view->button(GroupPage)->setToolTip(
        symmetric ? tr("Like heads, who stands for them, and whether replacing the others changes the loss") : onlyAll);
    if (!symmetric && needsAll()) m_view->setCurrent(MatrixPage);
    const bool behaviour = needsCorpus(s.measure), random = page() == ReferencePageIndex,
               swaps = page() == GroupPage || page() == RankingPageIndex;
    const auto& model = m_c.project->model();
    m_measure->setVisible(!random);
    m_pairing->setVisible(!behaviour && !random);
    m_weights->setVisible(!behaviour || page() == HeadPage || page() == RankingPageIndex || random);
    m_text->setVisible((behaviour && !random) || (swaps && model && model->canRun()));
    m_text->setText(s.corpusPaths.empty() ? tr("Open prompt") : m_store->textName());
    m_text->setToolTip(behaviour ? tr("Text on which the heads are compared") : tr("Text of the swap test"));
    m_order->setVisible(page() == MatrixPage);
    {
        const QSignalBlocker block(m_pairing);
        m_pairing->clear();
        for (const RolePair pair : allRolePairs())
            if (behaviour || measureInfo(s.measure).takes(pair)) m_pairing->addItem(QString::fromStdString(rolePairName(pair)));
        m_pairing->setCurrentIndex(std::max(0, m_pairing->findText(QString::fromStdString(rolePairName(s.pairing)))));
    }
    m_order->setEnabled(symmetric);
    m_order->setToolTip(symmetric ? tr("Order of rows and columns") : onlyAll);
    if (!symmetric) m_order->setCurrentIndex(0);
    if (page() == MapPage) m_store->needMap();
    m_cancel->setVisible(m_store->busy() && m_store->matrix());
    if (m_telling && !m_store->busy()) {  // progress ends with its job; what was written stays said
        m_busy->clear();
        m_telling = false;
    }
    m_matrix->setScene(makeMatrix());
    m_map->setScene(makeMap());
    m_pair->setPair(m_store->matrix(), m_matrix->scene().selectedRow, m_matrix->scene().selectedCol);
    m_pageStack->setCurrentIndex(page());
    setFocusProxy(page() == MatrixPage ? m_matrix : m_pageStack->currentWidget());
    refreshWords();
    refreshState();
    Q_EMIT statusChanged(statusText());
}

QString SimilarityTab::statusText() const
{
    if (!m_hover.isEmpty()) return m_hover;
    const int row = rowOf(m_c.selection->head(), false), col = m_c.selection->pinned() ? rowOf(*m_c.selection->pinned(), true) : -1;
    return pairText(row, col);
}

FigureSubject SimilarityTab::figureSubject() const
{
    FigureSubject s = headSubject(m_c);
    if (!isVisible()) return s;
    switch (page()) {
    case ReferencePageIndex: m_reference->fillFigure(s); return s;
    case HeadPage: m_headPage->fillFigure(s); return s;
    case GroupPage: m_groupsPage->fillFigure(s); return s;
    case RankingPageIndex: m_ranking->fillFigure(s); return s;
    default: return matrixFigure(std::move(s));
    }
}

}  // namespace hs::ui
