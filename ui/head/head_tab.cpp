// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/head/head_tab.h"

#include <QActionGroup>
#include <QCheckBox>
#include <QHBoxLayout>
#include <QHeaderView>
#include <QLabel>
#include <QMenu>
#include <QPushButton>
#include <QScrollBar>
#include <QSignalBlocker>
#include <QStackedWidget>
#include <QTableView>
#include <QVBoxLayout>

#include "ui/bridge/engine_bridge.h"
#include "ui/bridge/error_text.h"
#include "ui/bridge/running.h"
#include "ui/feature/obstacle.h"
#include "ui/head/heatmap_view.h"
#include "ui/kit/numbers.h"
#include "ui/kit/segment.h"
#include "ui/kit/state_panel.h"
#include "ui/map/map_model.h"
#include "ui/map/map_table_model.h"
#include "ui/state/project.h"
#include "ui/state/selection.h"
#include "ui/theme/theme.h"

namespace hs::ui {

namespace {

QString mapName(MapKind kind)
{
    switch (kind) {
    case MapKind::Scores: return HeadTab::tr("attention scores");
    case MapKind::ValueWeighted: return HeadTab::tr("value-weighted attention");
    case MapKind::Weights: break;
    }
    return HeadTab::tr("attention pattern");
}

QString colourMapName(const QString& id)
{
    if (id == QLatin1String("attention")) return HeadTab::tr("Attention (default)");
    if (id == QLatin1String("difference")) return HeadTab::tr("Difference (diverging)");
    QString name = id;
    if (!name.isEmpty()) name[0] = name[0].toUpper();
    return name;
}

}  // namespace

HeadTab::HeadTab(const ViewContext& context, QWidget* parent) : CentreTab(parent), m_c(context), m_model(new MapModel(context.bridge, this))
{
    m_model->setLook(m_c.settings->look());
    m_model->setHead(m_c.selection->head());
    m_view = new HeatmapView(m_model, m_c.selection, m_c.settings);
    m_state = new StatePanel;
    m_stack = new QStackedWidget;
    m_stack->addWidget(m_view);
    m_stack->addWidget(m_state);
    buildTitle();
    buildMenu();
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(0);
    column->addWidget(m_titleRow);
    column->addWidget(m_stack, 1);
    setAutoFillBackground(true);
    setBackgroundRole(QPalette::Base);

    connect(m_c.project, &Project::sourceChanged, this, &HeadTab::takeSource);
    connect(m_c.project, &Project::modelChanged, this, &HeadTab::refreshState);
    connect(m_c.selection, &Selection::headChanged, this, [this](HeadId head) {
        m_error.reset();
        m_model->setHead(head);
        refreshTitle();
        refreshState();
        askScore();
    });
    connect(m_c.selection, &Selection::pairChanged, this, &HeadTab::askScore);
    connect(m_c.settings, &ViewSettings::changed, this, [this] {
        m_error.reset();
        m_model->setLook(m_c.settings->look());
        refreshControls();
        refreshTitle();
        refreshState();
        askScore();
    });
    connect(m_view, &HeatmapView::readoutChanged, this, [this] { Q_EMIT statusChanged(statusText()); });
    connect(m_model, &MapModel::failed, this, [this](const Error& error) {
        m_error = error;
        refreshState();
    });
    connect(m_state, &StatePanel::cancelled, this, [this] {
        if (m_c.running) m_c.running->cancel();
    });
    connect(m_state, &StatePanel::triggered, this, [this](const QString& id) {
        MapLook look = m_c.settings->look();
        if (id == QLatin1String("weights")) look.kind = MapKind::Weights;
        m_c.settings->setLook(look);
    });
    if (m_c.running) {
        connect(m_c.running, &Running::reported, this, [this](const JobProgress& progress) {
            m_progress = progress.report;
            refreshState();
        });
        connect(m_c.running, &Running::stateChanged, this, [this] {
            if (!m_c.running->busy()) m_progress.reset();
            refreshState();
        });
    }
    if (m_c.bridge) {
        m_askScore = std::make_unique<Ask<TileJob>>(m_c.bridge, tr("Attention map"), QStringLiteral("head.score"));
        m_askScore->onAnswer([this](const TileResult& result) {
            if (!result.cells || result.cells->empty()) return;
            m_score = (*result.cells)(0, 0);
            Q_EMIT statusChanged(statusText());
        });
    }
    takeSource();
    refreshControls();
}

FigureSubject HeadTab::figureSubject() const { return headSubject(m_c); }
QString HeadTab::obstacle() const { return noAttentionBecause(*m_c.project); }

void HeadTab::save(QJsonObject& state) const
{
    if (m_tableAction->isChecked()) state[QStringLiteral("table")] = true;
}

void HeadTab::restore(const QJsonObject& state)
{
    const bool on = state.value(QStringLiteral("table")).toBool();
    if (on && !m_table) buildTable();
    m_tableAction->setChecked(on);
    refreshState();
}

void HeadTab::buildTitle()
{
    m_titleRow = new QWidget;
    m_titleRow->setFixedHeight(measure::kViewTitle + 4);
    m_name = new QLabel;
    m_name->setFont(Theme::instance().font(Type::ViewTitle, true));
    m_what = new QLabel;
    m_kind = new Segment({tr("Weights"), tr("Scores"), tr("Value-weighted")});
    m_kind->button(0)->setToolTip(tr("Attention pattern: after the softmax, each row sums to 1"));
    m_kind->button(1)->setToolTip(tr("Attention scores: before the softmax, query · key × scale"));
    m_kind->button(2)->setToolTip(tr("Norm of weight × value × W_O: what a key adds to the residual stream"));
    m_hideSink = new QCheckBox(tr("Hide sink"));
    m_hideSink->setToolTip(tr("Leave the first key out and rescale the rows to 1"));
    m_stretchRows = new QCheckBox(tr("Stretch rows"));
    m_stretchRows->setToolTip(tr("Colour each row up to its own maximum"));
    m_crosshair = new QCheckBox(tr("Crosshair"));
    m_crosshair->setToolTip(tr("Outline the row and column of the pair (C)"));
    m_menuButton = new QPushButton(tr("View"));
    m_menuButton->setProperty("quiet", true);
    m_menuButton->setProperty("small", true);
    m_menuButton->setToolTip(tr("Colour map, stretch, range, table"));
    auto* row = new QHBoxLayout(m_titleRow);
    row->setContentsMargins(measure::kViewMargin, 6, measure::kViewMargin, 2);  // as high as the other tabs' title rows
    row->setSpacing(measure::kControlGap);
    row->addWidget(m_name);
    row->addWidget(m_what);
    row->addStretch(1);
    row->addWidget(m_kind);
    for (QCheckBox* box : {m_hideSink, m_stretchRows, m_crosshair}) {
        row->addSpacing(measure::kGrid);
        row->addWidget(box);
    }
    row->addWidget(m_menuButton);

    const auto change = [this](auto edit) {
        MapLook look = m_c.settings->look();
        edit(look);
        m_c.settings->setLook(look);
    };
    connect(m_kind, &Segment::chosen, this, [change](int index) {
        change([index](MapLook& look) {
            look.kind = static_cast<MapKind>(index);
            look.autoRange = true;  // a range in weights means nothing for scores
        });
    });
    connect(m_hideSink, &QCheckBox::toggled, this, [change](bool on) { change([on](MapLook& look) { look.hideSink = on; }); });
    connect(m_stretchRows, &QCheckBox::toggled, this,
            [change](bool on) { change([on](MapLook& look) { look.stretch = on ? Stretch::PerRow : Stretch::Linear; }); });
    connect(m_crosshair, &QCheckBox::toggled, this, [change](bool on) { change([on](MapLook& look) { look.crosshair = on; }); });
    const auto paintNames = [this] {
        QPalette palette = m_what->palette();
        palette.setColor(QPalette::WindowText, ink(Ink::Muted));
        palette.setColor(QPalette::Text, ink(Ink::Muted));  // on a Base background labels take this one
        m_what->setPalette(palette);
    };
    paintNames();
    connect(&Theme::instance(), &Theme::changed, m_what, paintNames);
}

void HeadTab::buildMenu()
{
    auto* menu = new QMenu(m_menuButton);
    const auto change = [this](auto edit) {
        return [this, edit] {
            MapLook look = m_c.settings->look();
            edit(look);
            m_c.settings->setLook(look);
        };
    };
    QMenu* colours = menu->addMenu(tr("Colour map"));
    auto* colourGroup = new QActionGroup(menu);
    for (const QString& name : ColourMap::names()) {
        QAction* action = colours->addAction(colourMapName(name), this, change([name](MapLook& look) { look.colourMap = name; }));
        action->setCheckable(true);
        action->setData(name);
        colourGroup->addAction(action);
    }
    QMenu* stretch = menu->addMenu(tr("Stretch"));
    auto* stretchGroup = new QActionGroup(menu);
    for (const auto& [value, text] : {std::pair(Stretch::Linear, tr("Linear")), std::pair(Stretch::Log, tr("Logarithmic")),
                                      std::pair(Stretch::PerRow, tr("Each row to its own maximum"))}) {
        const Stretch chosen = value;
        QAction* action = stretch->addAction(text, this, change([chosen](MapLook& look) { look.stretch = chosen; }));
        action->setCheckable(true);
        action->setData(static_cast<int>(chosen));
        stretchGroup->addAction(action);
    }
    QAction* automatic = menu->addAction(tr("Automatic range"), this, change([](MapLook& look) { look.autoRange = true; }));
    menu->addSeparator();
    QAction* hide = menu->addAction(tr("Hide sink"), this, [this](bool on) { m_hideSink->setChecked(on); });
    QAction* cross = menu->addAction(tr("Crosshair"), this, [this](bool on) { m_crosshair->setChecked(on); });
    hide->setCheckable(true);
    cross->setCheckable(true);
    menu->addSeparator();
    menu->addAction(tr("Fit map"), m_view, &HeatmapView::fit);
    m_tableAction = menu->addAction(tr("Show as table"), this, &HeadTab::setTable);
    m_tableAction->setCheckable(true);
    menu->addAction(tr("Export figure …"), this, &HeadTab::exportRequested);
    connect(menu, &QMenu::aboutToShow, this, [this, colourGroup, stretchGroup, automatic, hide, cross] {
        const MapLook& look = m_c.settings->look();
        for (QAction* action : colourGroup->actions()) action->setChecked(action->data().toString() == look.colourMap);
        for (QAction* action : stretchGroup->actions()) action->setChecked(action->data().toInt() == static_cast<int>(look.stretch));
        automatic->setEnabled(!look.autoRange);
        hide->setChecked(look.hideSink);
        cross->setChecked(look.crosshair);
    });
    m_menuButton->setMenu(menu);
    m_view->setContextMenuPolicy(Qt::CustomContextMenu);
    connect(m_view, &QWidget::customContextMenuRequested, this, [this, menu](const QPoint& at) { menu->popup(m_view->mapToGlobal(at)); });
}

// ---- table ----------------------------------------------------------------------------------------------------------

void HeadTab::buildTable()
{
    m_table = new QTableView;
    m_table->setModel(new MapTableModel(m_model, m_table));
    m_table->setAccessibleName(tr("Attention map as a table"));
    m_table->verticalHeader()->setMinimumSectionSize(measure::kTableRow);
    m_table->verticalHeader()->setDefaultSectionSize(measure::kTableRow);
    m_table->horizontalHeader()->setDefaultSectionSize(84);
    m_table->setFrameShape(QFrame::NoFrame);
    m_stack->addWidget(m_table);
    connect(m_table->horizontalScrollBar(), &QScrollBar::valueChanged, this, &HeadTab::requestTableCells);
    connect(m_table->verticalScrollBar(), &QScrollBar::valueChanged, this, &HeadTab::requestTableCells);
    connect(m_table->selectionModel(), &QItemSelectionModel::currentChanged, this, [this](const QModelIndex& now) {
        if (now.isValid() && m_table->hasFocus())
            m_c.selection->lock(m_model->rowLabels()[static_cast<std::size_t>(now.row())].token,
                                m_model->columnLabels()[static_cast<std::size_t>(now.column())].token);
    });
}

void HeadTab::setTable(bool on)
{
    if (on && !m_table) buildTable();
    m_tableAction->setChecked(on);
    refreshState();
    if (!on || !table()) return;
    requestTableCells();
    if (m_view->row() >= 0 && m_view->column() >= 0) m_table->setCurrentIndex(m_table->model()->index(m_view->row(), m_view->column()));
    m_table->setFocus();
}

bool HeadTab::table() const { return m_table && m_stack->currentWidget() == m_table; }

void HeadTab::requestTableCells()
{
    const QSize size = m_table->viewport()->size();
    const int top = std::max(0, m_table->rowAt(0)), left = std::max(0, m_table->columnAt(0));
    int bottom = m_table->rowAt(size.height() - 1), right = m_table->columnAt(size.width() - 1);
    if (bottom < 0) bottom = m_model->rows() - 1;
    if (right < 0) right = m_model->columns() - 1;
    if (bottom >= top && right >= left) m_model->request(QRect(QPoint(left, top), QPoint(right, bottom)), 1.5);
}

// ---- state ----------------------------------------------------------------------------------------------------------

void HeadTab::takeSource()
{
    m_error.reset();
    m_model->setSource(m_c.project->source());
    refreshTitle();
    refreshControls();
    refreshState();
    askScore();
}

void HeadTab::refreshTitle()
{
    const HeadId head = m_c.selection->head();
    const auto& source = m_model->source();
    const bool known = source && head.layer < source->layers() && head.head < source->heads(head.layer);
    const int number = known ? source->originalHead(head.layer, head.head) : head.head;
    m_name->setText(tr("L%1 H%2").arg(head.layer).arg(number));
    m_what->setText(mapName(m_c.settings->look().kind));
    m_view->setAccessibleName(tr("%1, %2").arg(m_name->text(), m_what->text()));
    fitTitle();
}

void HeadTab::refreshControls()
{
    const MapLook& look = m_c.settings->look();
    m_kind->setCurrent(static_cast<int>(look.kind));
    const QSignalBlocker blockHide(m_hideSink), blockRows(m_stretchRows), blockCross(m_crosshair);
    m_hideSink->setChecked(look.hideSink);
    m_stretchRows->setChecked(look.stretch == Stretch::PerRow);
    m_crosshair->setChecked(look.crosshair);
    const auto& source = m_model->source();
    const std::pair<MapKind, QString> kinds[] = {{MapKind::Scores, tr("Needs queries and keys, which this file does not hold")},
                                                 {MapKind::ValueWeighted, tr("Needs values and W_O, which this file does not hold")}};
    for (const auto& [kind, why] : kinds) {
        QPushButton* button = m_kind->button(static_cast<int>(kind));
        const bool possible = !source || source->has(kind);
        if (button->property("plainToolTip").isNull()) button->setProperty("plainToolTip", button->toolTip());
        button->setEnabled(possible);
        button->setToolTip(possible ? button->property("plainToolTip").toString() : why);
    }
}

void HeadTab::refreshState()
{
    const auto& source = m_model->source();
    const HeadId head = m_c.selection->head();
    StateContent content;
    bool busy = false;
    if (m_error) {
        const ErrorText text = errorText(*m_error);
        content.bad = true;
        content.title = text.title;
        content.sentence = text.what;
        content.note = text.next;
    } else if (!source) {
        busy = m_progress.has_value();
        content.title = busy ? progressText(*m_progress) : tr("No attention to show yet");
        const auto& model = m_c.project->model();
        if (model && !model->canRun()) {
            content.sentence = lackingForText(*model);
            if (!model->lacks(Part::AttentionWeights))
                content.note = tr("Graph and Similarity work: they need the attention weights only.");
        } else if (!busy)
            content.sentence = m_c.project->empty() ? tr("Open a model or attention that you saved, then this map fills.")
                                                    : tr("Run a sentence, then this map fills.");
    } else if (head.layer >= source->layers() || head.head >= source->heads(head.layer)) {
        content.title = tr("There is no %1").arg(m_name->text());
        content.sentence = tr("This model has %1 layers. Choose a head in the atlas.").arg(source->layers());
    } else if (!source->has(m_c.settings->look().kind)) {
        content.title = m_c.settings->look().kind == MapKind::Scores ? tr("No scores to show") : tr("No value-weighted map to show");
        content.sentence = tr("This file holds attention weights only, without queries, keys and values.");
        content.note = tr("Weights, statistics and figures work.");
        content.buttons << StateButton{QStringLiteral("weights"), tr("Show weights"), true, {}};
    } else if (head.layer >= source->readyLayers()) {
        busy = m_c.running && m_c.running->busy();
        content.title = busy && m_progress ? progressText(*m_progress)
                        : busy             ? tr("Computing attention")
                                           : tr("This layer was not computed");
        content.sentence =
            source->readyLayers() > 0 ? tr("Layers 0 to %1 are final and can be looked at now.").arg(source->readyLayers() - 1) : QString();
        if (!busy) content.note = tr("The run was cancelled before layer %1. Run it again to go on.").arg(head.layer);
    } else {
        QWidget* wanted = m_table && m_tableAction->isChecked() ? static_cast<QWidget*>(m_table) : m_view;
        if (m_stack->currentWidget() != wanted) {
            m_stack->setCurrentWidget(wanted);
            m_state->clearProgress();
            if (wanted == m_table) requestTableCells();
        }
        return;
    }
    m_state->setContent(content);
    if (busy && m_progress && m_progress->total > 0)
        m_state->setProgress(static_cast<double>(m_progress->done) / static_cast<double>(m_progress->total),
                             tr("%1 of %2").arg(m_progress->done).arg(m_progress->total));
    else if (busy) m_state->setProgress(-1, tr("waiting for layer %1").arg(head.layer));
    else m_state->clearProgress();
    m_stack->setCurrentWidget(m_state);
}

// ---- status ---------------------------------------------------------------------------------------------------------

// The score before the softmax, for the pair that is read out.
void HeadTab::askScore()
{
    const int query = m_c.selection->query(), key = m_c.selection->key();
    const HeadId head = m_c.selection->head();
    const auto& source = m_model->source();
    const MapLook& look = m_c.settings->look();
    m_score.reset();
    if (m_askScore) m_askScore->forget();
    const bool wanted = m_askScore && source && look.kind == MapKind::Weights && look.grain == Grain::Tokens && query >= 0 && key >= 0
                        && query < source->queries() && key < source->keys() && head.layer < source->readyLayers()
                        && head.head < source->heads(head.layer) && source->has(MapKind::Scores)
                        && source->visibility(head.layer).sees(query, key);
    if (!wanted) return;
    TileJob job;
    job.source = source;
    job.head = head;
    job.kind = MapKind::Scores;
    job.q0 = query;
    job.k0 = key;
    job.nq = job.nk = 1;
    m_askScore->start(std::move(job));
}

QString HeadTab::statusText() const
{
    const QString text = m_view->readout();
    if (text.isEmpty() || !m_score || !(*m_score == *m_score)) return text;
    return text + QStringLiteral(" | ") + tr("score %1").arg(valueText(static_cast<double>(*m_score), 3));
}

void HeadTab::resizeEvent(QResizeEvent*) { fitTitle(); }

// Narrow windows: first the words go, then the check boxes (the menu has them too).
void HeadTab::fitTitle()
{
    const int margins = 2 * measure::kViewMargin, gap = measure::kControlGap;
    int boxes = 0;
    for (const QCheckBox* box : {m_hideSink, m_stretchRows, m_crosshair}) boxes += box->sizeHint().width() + gap + measure::kGrid;
    const int fixed =
        margins + m_name->sizeHint().width() + gap + m_kind->sizeHint().width() + gap + m_menuButton->sizeHint().width() + gap;
    const int what = m_what->sizeHint().width() + gap;
    const bool roomForBoxes = width() >= fixed + boxes, roomForWords = width() >= fixed + what + (roomForBoxes ? boxes : 0);
    m_what->setVisible(roomForWords);
    for (QCheckBox* box : {m_hideSink, m_stretchRows, m_crosshair}) box->setVisible(roomForBoxes);
}

}  // namespace hs::ui
