// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/panels/similarity_tab.h"

#include <QComboBox>
#include <QFileDialog>
#include <QFileInfo>
#include <QHBoxLayout>
#include <QLabel>
#include <QMenu>
#include <QPushButton>
#include <QStackedLayout>
#include <QVBoxLayout>
#include <cmath>

#include "ui/bridge/error_text.h"
#include "ui/models/edges_model.h"
#include "ui/models/head_scores.h"
#include "ui/models/similarity_store.h"
#include "ui/panels/dock_title.h"
#include "ui/panels/segment.h"
#include "ui/state/label_store.h"
#include "ui/state/project.h"
#include "ui/state/selection.h"
#include "ui/theme/label_colours.h"
#include "ui/theme/theme.h"
#include "ui/views/matrix_view.h"
#include "ui/views/state_panel.h"

namespace hs::ui {

SimilarityTab::SimilarityTab(const ViewContext& context, QWidget* parent) : QWidget(parent), m_c(context), m_store(context.similarity)
{
    setObjectName(QStringLiteral("similarityTab"));
    m_view = new Segment({tr("Matrix"), tr("Map")});
    m_measure = new QComboBox;
    m_measure->setAccessibleName(tr("Measure"));
    for (const HeadMeasure m : {HeadMeasure::ProjectionKernel, HeadMeasure::CompositionScore, HeadMeasure::SimpleCs, HeadMeasure::LinearCka, HeadMeasure::Procrustes, HeadMeasure::PatternDistance, HeadMeasure::OutputCka})
        m_measure->addItem(measureTitle(m), int(m));
    m_pairing = new QComboBox;
    m_pairing->setAccessibleName(tr("Roles compared"));
    m_pairing->setToolTip(tr("Source role, then target role. QQ, KK, VV and OO compare all heads with all; the others lead from a head to a later one."));
    m_weights = new QComboBox;
    m_weights->setAccessibleName(tr("Weights"));
    m_weights->addItem(tr("Weights as stored"), int(WeightProcessing::Raw));
    m_weights->addItem(tr("Norm folded in"), int(WeightProcessing::Folded));
    m_weights->addItem(tr("Norm folded in, centred"), int(WeightProcessing::FoldedCentred));
    m_text = new QPushButton;
    m_text->setToolTip(tr("Text on which the heads are compared"));
    m_order = new QComboBox;
    m_order->setAccessibleName(tr("Order"));
    m_order->addItem(tr("By layer"));
    m_order->addItem(tr("By likeness"));
    m_cancel = new QPushButton(tr("Cancel"));
    m_cancel->setProperty("small", true);
    m_cancel->hide();
    auto* exportButton = new QPushButton(tr("Export …"));
    m_matrix = new MatrixView;
    m_map = new HeadMapView;
    m_state = new StatePanel;
    m_words = makeLabel({}, int(Ink::Muted), int(Type::Caption), false);
    m_words->setWordWrap(true);
    m_groups = makeLabel({}, int(Ink::Text), int(Type::Base), false);
    m_groups->setWordWrap(true);
    m_groups->setTextInteractionFlags(Qt::TextSelectableByMouse);
    m_groups->setObjectName(QStringLiteral("groups"));

    auto* bar = new QHBoxLayout;
    bar->setContentsMargins(measure::kViewMargin, 0, measure::kViewMargin, 0);
    bar->setSpacing(measure::kControlGap);
    bar->addWidget(m_measure);
    bar->addWidget(m_pairing);
    bar->addWidget(m_weights);
    bar->addWidget(m_text);
    bar->addStretch();
    bar->addWidget(m_cancel);
    bar->addWidget(m_order);
    bar->addWidget(m_view);
    bar->addWidget(exportButton);
    m_pages = new QWidget;
    m_pageStack = new QStackedLayout(m_pages);
    m_pageStack->addWidget(m_matrix);
    m_pageStack->addWidget(m_map);
    auto* below = new QWidget;
    m_stack = new QStackedLayout(below);
    m_stack->addWidget(m_pages);
    m_stack->addWidget(m_state);
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(0, 6, 0, 8);
    column->setSpacing(4);
    column->addLayout(bar);
    column->addWidget(below, 1);
    auto* foot = new QVBoxLayout;
    foot->setContentsMargins(measure::kViewMargin, 0, measure::kViewMargin, 0);
    foot->setSpacing(2);
    foot->addWidget(m_groups);
    foot->addWidget(m_words);
    column->addLayout(foot);
    setFocusProxy(m_matrix);

    const auto apply = [this] {
        SimilaritySettings s = m_store->settings();
        s.measure = HeadMeasure(m_measure->currentData().toInt());
        s.weights = WeightProcessing(m_weights->currentData().toInt());
        if (const auto pair = parseRolePair(m_pairing->currentText().toStdString())) s.pairing = *pair;
        // The Composition Score is of what one head writes into a later one, nothing else.
        if (s.measure == HeadMeasure::CompositionScore && (s.pairing.source != HeadRole::O || s.pairing.target == HeadRole::O)) s.pairing = {HeadRole::O, HeadRole::K};
        m_store->setSettings(s);
        refresh();
    };
    connect(m_measure, &QComboBox::activated, this, apply);
    connect(m_pairing, &QComboBox::activated, this, apply);
    connect(m_weights, &QComboBox::activated, this, apply);
    connect(m_text, &QPushButton::clicked, this, &SimilarityTab::chooseText);
    connect(m_order, &QComboBox::activated, this, &SimilarityTab::refresh);
    connect(m_view, &Segment::chosen, this, [this](int index) {
        if (index == 1) m_store->needMap();
        refresh();
    });
    connect(exportButton, &QPushButton::clicked, this, &SimilarityTab::exportRequested);
    connect(m_cancel, &QPushButton::clicked, m_store, &SimilarityStore::cancel);
    connect(m_state, &StatePanel::cancelled, m_store, &SimilarityStore::cancel);
    connect(m_state, &StatePanel::triggered, this, [this](const QString& id) {
        if (id == QLatin1String("text")) chooseText();
        else m_store->need();
    });
    connect(m_store, &SimilarityStore::changed, this, &SimilarityTab::refresh);
    connect(m_store, &SimilarityStore::progress, this, [this](double fraction, const QString& words) {
        if (!m_store->matrix()) m_state->setProgress(fraction, words);
    });
    connect(m_c.selection, &Selection::headChanged, this, &SimilarityTab::refresh);
    if (m_c.labels) connect(m_c.labels, &LabelStore::changed, this, &SimilarityTab::refresh);
    connect(m_c.selection, &Selection::pinnedChanged, this, &SimilarityTab::refresh);
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
    connect(m_map, &HeadMapView::chosen, this, [this](int point) { m_c.selection->setHead(m_map->scene().points[std::size_t(point)].head); });
    connect(m_map, &HeadMapView::pinned, this, [this](int point) {
        const HeadId head = m_map->scene().points[std::size_t(point)].head;
        m_c.selection->setPinned(m_c.selection->pinned() == head ? std::nullopt : std::optional(head));
    });
    connect(m_map, &HeadMapView::opened, this, [this](int point) { Q_EMIT openRequested(m_map->scene().points[std::size_t(point)].head); });
    refresh();
}

void SimilarityTab::showEvent(QShowEvent* event)
{
    QWidget::showEvent(event);
    m_store->need();
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

int SimilarityTab::rowOf(HeadId head, bool columns) const
{
    if (!m_store->matrix()) return -1;
    const auto& heads = columns ? m_store->matrix()->cols.heads : m_store->matrix()->rows.heads;
    for (int i = 0; i < int(heads.size()); ++i)
        if (heads[std::size_t(i)].id.layer == head.layer && head.head >= heads[std::size_t(i)].firstHead && head.head <= heads[std::size_t(i)].lastHead) return i;
    return -1;
}

HeadId SimilarityTab::headOfRow(int row) const
{
    const AxisHead& head = m_store->matrix()->rows.heads[std::size_t(row)];
    return {head.id.layer, head.firstHead};
}

QString SimilarityTab::pairText(int row, int col) const
{
    const auto& m = m_store->matrix();
    if (!m || row < 0 || col < 0) return {};
    const double value = m->value(std::size_t(row), std::size_t(col));
    const QString a = QString::fromStdString(m->rows.heads[std::size_t(row)].label), b = QString::fromStdString(m->cols.heads[std::size_t(col)].label);
    QString text = m->pairing ? tr("%1 → %2 | %3").arg(a, b, QString::fromStdString(rolePairName(*m->pairing))) : tr("%1 and %2").arg(a, b);
    if (!std::isfinite(value)) {
        switch (m->reason(std::size_t(row), std::size_t(col))) {
        case NoValue::LayerOrder: return text + tr(" | n/a: the source does not lie in an earlier layer");
        case NoValue::ZeroWeight: return text + tr(" | n/a: a weight is zero (pruned head)");
        case NoValue::MissingMatrix: return text + tr(" | n/a: the file lacks a matrix");
        case NoValue::NotFinite: return text + tr(" | n/a: NaN or infinity among the weights");
        case NoValue::TooFewSamples: return text + tr(" | n/a: too few samples");
        case NoValue::None: return text + tr(" | n/a");
        }
    }
    text += QStringLiteral(" | %1 %2").arg(measureBrief(m->measure), numberText(value, measureDecimals(m->measure)));
    if (const auto null = nullMoments(*m, std::size_t(row), std::size_t(col))) text += tr(" | random %1 ± %2").arg(numberText(null->mean, measureDecimals(m->measure)), numberText(null->sd, measureDecimals(m->measure)));
    if (m->measure == HeadMeasure::ProjectionKernel) text += tr(" | normalised %1").arg(numberText(m->normalised(std::size_t(row), std::size_t(col)), 3));
    return text;
}

MatrixScene SimilarityTab::makeMatrix() const
{
    MatrixScene scene;
    scene.matrix = m_store->matrix();
    if (!scene.matrix) return scene;
    scene.fromChance = scene.matrix->measure == HeadMeasure::ProjectionKernel || scene.matrix->measure == HeadMeasure::CompositionScore;
    fitRange(scene);
    scene.selectedRow = rowOf(m_c.selection->head(), false);
    scene.selectedCol = m_c.selection->pinned() ? rowOf(*m_c.selection->pinned(), true) : -1;
    const auto& clusters = m_store->clusters();
    if (m_order->currentIndex() == 1 && clusters && clusters->matrix == scene.matrix) {
        scene.rowOrder = scene.colOrder = clusters->order;
        scene.tree = clusters->tree;
        scene.treeItems = clusters->items;
        std::vector<int> labelOf(scene.matrix->rows.size(), -1);
        for (std::size_t i = 0; i < clusters->items.size(); ++i) labelOf[std::size_t(clusters->items[i])] = clusters->labels[i];
        for (std::size_t p = 1; p < clusters->order.size(); ++p)
            if (labelOf[std::size_t(clusters->order[p])] != labelOf[std::size_t(clusters->order[p - 1])]) scene.clusterStarts.push_back(int(p));
    }
    return scene;
}

HeadMapScene SimilarityTab::makeMap() const
{
    HeadMapScene scene;
    const auto& matrix = m_store->matrix();
    const auto& map = m_store->map();
    if (!matrix || !map || map->points.size() != matrix->rows.size()) return scene;
    for (int i = 0; i < int(map->points.size()); ++i) {
        const auto& p = map->points[std::size_t(i)];
        if (!std::isfinite(p[0])) continue;
        HeadMapPoint point;
        point.head = headOfRow(i);
        point.name = QStringLiteral("%1.%2").arg(point.head.layer).arg(point.head.head);
        point.x = p[0];
        point.y = p[1];
        if (m_c.labels)
            if (const LabelMark mark = m_c.labels->mark(point.head); mark.hasLabel()) {
                point.letters = mark.code;
                point.colour = familyColour(mark.family);
            }
        if (point.head == m_c.selection->head()) scene.selected = int(scene.points.size());
        if (m_c.selection->pinned() == point.head) scene.pinned = int(scene.points.size());
        scene.points.push_back(std::move(point));
    }
    return scene;
}

void SimilarityTab::refresh()
{
    const SimilaritySettings& s = m_store->settings();
    m_measure->setCurrentIndex(std::max(0, m_measure->findData(int(s.measure))));
    m_weights->setCurrentIndex(std::max(0, m_weights->findData(int(s.weights))));
    const bool behaviour = needsCorpus(s.measure);
    m_pairing->setVisible(!behaviour);
    m_weights->setVisible(!behaviour);
    m_text->setVisible(behaviour);
    m_text->setText(s.corpusPaths.empty() ? tr("Open prompt") : QFileInfo(QString::fromStdString(s.corpusPaths.front())).fileName());
    const QSignalBlocker block(m_pairing);
    m_pairing->clear();
    for (const RolePair pair : allRolePairs())
        if (s.measure != HeadMeasure::CompositionScore || (pair.source == HeadRole::O && pair.target != HeadRole::O)) m_pairing->addItem(QString::fromStdString(rolePairName(pair)));
    m_pairing->setCurrentIndex(std::max(0, m_pairing->findText(QString::fromStdString(rolePairName(s.pairing)))));
    const bool symmetric = m_store->symmetric();
    m_order->setEnabled(symmetric);
    m_order->setToolTip(symmetric ? tr("Order of rows and columns") : tr("Only measures of all heads with all have groups: QQ, KK, VV, OO, or behaviour."));
    m_view->button(1)->setEnabled(symmetric);
    m_view->button(1)->setToolTip(symmetric ? tr("Heads as points, near where they are alike") : m_order->toolTip());
    if (!symmetric && m_view->current() == 1) m_view->setCurrent(0);
    if (!symmetric) m_order->setCurrentIndex(0);
    if (m_view->current() == 1) m_store->needMap();
    m_cancel->setVisible(m_store->busy() && m_store->matrix());
    m_matrix->setScene(makeMatrix());
    m_map->setScene(makeMap());
    m_pageStack->setCurrentIndex(m_view->current());
    setFocusProxy(m_pageStack->currentWidget());
    refreshWords();
    refreshState();
    Q_EMIT statusChanged(statusText());
}

void SimilarityTab::refreshWords()
{
    const auto& m = m_store->matrix();
    m_groups->clear();
    m_words->clear();
    if (!m) return;
    QStringList words;
    const MatrixScene& scene = m_matrix->scene();
    const int decimals = measureDecimals(m->measure);
    words << (isDistance(m->measure) ? tr("dark: alike, %1 to %2").arg(numberText(scene.low, 1), numberText(scene.high, 1))
                                     : scene.low > 0 ? tr("colours from the random level %1 to the largest value %2").arg(numberText(scene.low, decimals), numberText(scene.high, decimals))
                                                     : tr("colours from %1 to %2").arg(numberText(scene.low, 0), numberText(scene.high, decimals)));
    if (m->pairing && !m->pairing->sameRole()) words << tr("hatched: the source does not lie in an earlier layer");
    if (!m->corpus.empty()) words << tr("on %1, %2 tokens").arg(QString::fromStdString(m->corpus), countText(m->samples));
    if (m_store->partial()) words << tr("more text is coming");
    for (const HeadMatrixNote note : m->notes) {
        switch (note) {
        case HeadMatrixNote::GaugeDependent: words << tr("depends on the gauge: changes of Q and K that the model cannot feel change this number"); break;
        case HeadMatrixNote::BiasesIgnored: words << tr("biases are left out"); break;
        case HeadMatrixNote::SharedKeyValueHeads: words << tr("key and value axes hold shared heads"); break;
        case HeadMatrixNote::RotaryAtOffsetZero: words << tr("rotary positions taken at offset 0"); break;
        case HeadMatrixNote::PositionTermIgnored: words << tr("position terms are left out"); break;
        case HeadMatrixNote::PostNormApproximate: words << tr("a norm lies between the heads: approximate"); break;
        case HeadMatrixNote::FoldingNotApplicable: words << tr("no norm to fold here: weights as stored"); break;
        case HeadMatrixNote::CentringNotApplicable: words << tr("this norm does not centre: folded only"); break;
        case HeadMatrixNote::RankDeficient: words << tr("some heads have less than full rank"); break;
        case HeadMatrixNote::SomeHeadsMissing: words << tr("some heads have no numbers"); break;
        }
    }
    m_words->setText(words.join(QStringLiteral(" · ")));

    QStringList parts;
    const int row = rowOf(m_c.selection->head(), false);
    if (row >= 0) {
        QStringList near;
        for (const int c : nearestHeads(*m, row, 5))
            near << QStringLiteral("%1 %2").arg(QString::fromStdString(m->cols.heads[std::size_t(c)].label), numberText(m->value(std::size_t(row), std::size_t(c)), m->measure == HeadMeasure::ProjectionKernel ? 1 : 2));
        if (!near.isEmpty()) parts << tr("Nearest to %1: %2").arg(QString::fromStdString(m->rows.heads[std::size_t(row)].label), near.join(QStringLiteral(", ")));
    }
    if (const auto& c = m_store->clusters(); c && c->matrix == m) {
        int real = 0;
        for (const HeadGroup& g : c->groups) real += g.members.size() > 1;
        if (c->best.mean > 0) parts << tr("%1 groups of two or more heads, mean silhouette %2").arg(real).arg(numberText(c->best.mean, 2));
        else parts << tr("No cut into groups has a positive silhouette");
        for (const HeadGroup& g : c->groups)
            if (std::find(g.members.begin(), g.members.end(), row) != g.members.end() && g.members.size() > 1)
                parts << tr("this head's group: %1 heads around %2%3").arg(g.members.size()).arg(QString::fromStdString(m->rows.heads[std::size_t(g.medoid)].label), g.allSinks ? tr(", all sinks: alike because idle") : QString());
    }
    if (m_view->current() == 1 && m_store->map())
        parts << tr("the plane explains %1 % of the distances, stress %2").arg(std::lround(100 * m_store->map()->explained)).arg(numberText(m_store->map()->stress, 2));
    m_groups->setText(parts.join(QStringLiteral(" · ")));
}

void SimilarityTab::refreshState()
{
    const bool waitingForMap = m_view->current() == 1 && m_store->matrix() && !m_store->map();
    if (m_store->matrix() && !m_store->error() && !waitingForMap) {
        m_stack->setCurrentIndex(0);
        m_state->clearProgress();
        return;
    }
    StateContent content;
    const QString reason = m_store->impossible();
    if (!reason.isEmpty()) {
        content.title = tr("Nothing to compare");
        content.sentence = reason;
        if (needsCorpus(m_store->settings().measure) && m_c.project->model() && m_c.project->model()->canRun()) content.buttons << StateButton{QStringLiteral("text"), tr("Choose text"), true, {}};
    } else if (m_store->error() && m_store->error()->code == ErrorCode::Cancelled) {
        content.title = tr("Cancelled");
        content.sentence = tr("The heads were not compared.");
        content.buttons << StateButton{QStringLiteral("again"), tr("Compare them"), true, {}};
    } else if (m_store->error()) {
        const ErrorText text = errorText(*m_store->error());
        content.bad = true;
        content.title = text.title;
        content.sentence = text.what;
        content.note = text.next;
    } else {
        content.title = waitingForMap ? tr("Placing heads by likeness") : tr("Comparing all heads");
    }
    if (!(m_state->content() == content)) m_state->setContent(content);
    if (!m_store->busy()) m_state->clearProgress();
    m_stack->setCurrentIndex(1);
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
    const auto& m = m_store->matrix();
    if (!m || !isVisible()) return s;
    s.screen = m_pages->size();
    auto drawing = std::make_shared<FigureDrawing>();
    drawing->name = QStringLiteral("similarity");
    const QString roles = m->pairing ? QString::fromStdString(rolePairName(*m->pairing)) : QString();
    drawing->title = roles.isEmpty() ? measureTitle(m->measure) : QStringLiteral("%1, %2").arg(measureTitle(m->measure), roles);
    drawing->caption = m_view->current() == 1 ? tr("Heads placed by %1").arg(drawing->title) : tr("All heads against all heads: %1").arg(drawing->title);
    drawing->facts << drawing->title << tr("weights: %1").arg(QLatin1String(weightProcessingName(m->weights)));
    if (!m->corpus.empty()) drawing->facts << tr("text: %1, %2 tokens").arg(QString::fromStdString(m->corpus), countText(m->samples));
    if (m_view->current() == 1) {
        HeadMapScene scene = m_map->scene();
        scene.hover = -1;
        drawing->aspect = 0.8;
        drawing->paint = [scene](QPainter& painter, const QRectF& area, bool dark) { paintHeadMap(painter, scene, area.adjusted(28, 20, -48, -20), 1, dark, false); };
        drawing->table.push_back({tr("head"), QStringLiteral("x"), QStringLiteral("y"), tr("label")});
        for (const HeadMapPoint& p : scene.points) drawing->table.push_back({QString::fromStdString(headName(p.head)), QString::number(p.x, 'g', 9), QString::number(p.y, 'g', 9), p.letters});
    } else {
        const MatrixScene scene = m_matrix->scene();
        drawing->aspect = scene.tree ? 0.88 : 1.0;
        drawing->paint = [scene](QPainter& painter, const QRectF& area, bool dark) { paintMatrix(painter, scene, fitMatrix(scene, area, 1), dark, false); };
        QStringList head{tr("source")};
        for (int c = 0; c < scene.cols(); ++c) head << QString::fromStdString(m->cols.heads[std::size_t(scene.colAt(c))].label);
        drawing->table.push_back(head);
        for (int r = 0; r < scene.rows(); ++r) {
            QStringList line{QString::fromStdString(m->rows.heads[std::size_t(scene.rowAt(r))].label)};
            for (int c = 0; c < scene.cols(); ++c) {
                const double v = m->value(std::size_t(scene.rowAt(r)), std::size_t(scene.colAt(c)));
                line << (std::isfinite(v) ? QString::number(v, 'g', 9) : QString());
            }
            drawing->table.push_back(line);
        }
    }
    s.spec.kind = FigureKind::Drawing;
    s.spec.drawing = std::move(drawing);
    return s;
}

}  // namespace hs::ui
