// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/graph/class_panel.h"

#include <QFileDialog>
#include <QFileInfo>
#include <QHBoxLayout>
#include <QHeaderView>
#include <QLabel>
#include <QMenu>
#include <QPushButton>
#include <QScrollArea>
#include <QStackedLayout>
#include <QTableWidget>
#include <QToolButton>
#include <QVBoxLayout>
#include <algorithm>
#include <cmath>

#include "ui/graph/class_store.h"
#include "ui/graph/graph_scene.h"
#include "ui/graph/graph_store.h"
#include "ui/kit/label.h"
#include "ui/kit/numbers.h"
#include "ui/kit/save_dialog.h"
#include "ui/similarity/measure_words.h"
#include "ui/state/open_inputs.h"
#include "ui/state/project.h"
#include "ui/state/selection.h"
#include "ui/theme/theme.h"

namespace hs::ui {

namespace {

enum ClassColumn { CodeColumn, NameColumn, HeadsColumn };
enum ScoreColumn { ThroughColumn, PrecisionColumn, AreaColumn, ChanceColumn, InsideColumn };

QTableWidget* plainTable(const QStringList& titles)
{
    auto* table = new QTableWidget(0, int(titles.size()));
    table->setHorizontalHeaderLabels(titles);
    table->setFrameShape(QFrame::NoFrame);
    table->setShowGrid(false);
    table->setSelectionBehavior(QAbstractItemView::SelectRows);
    table->setSelectionMode(QAbstractItemView::SingleSelection);
    table->setWordWrap(false);
    table->setTabKeyNavigation(false);
    table->verticalHeader()->hide();
    table->verticalHeader()->setDefaultSectionSize(measure::kTableRow);
    table->verticalHeader()->setMinimumSectionSize(measure::kTableRow);
    table->horizontalHeader()->setHighlightSections(false);
    table->horizontalHeader()->setFixedHeight(measure::kTableRow);
    table->horizontalHeader()->setDefaultAlignment(Qt::AlignLeft | Qt::AlignVCenter);
    return table;
}

QTableWidgetItem* cell(const QString& text, bool number = false)
{
    auto* item = new QTableWidgetItem(text);
    item->setFlags(Qt::ItemIsEnabled | Qt::ItemIsSelectable);
    item->setTextAlignment((number ? Qt::AlignRight : Qt::AlignLeft) | Qt::AlignVCenter);
    return item;
}

QString shareText(double value) { return std::isfinite(value) ? numberText(value, 3) : ClassPanel::tr("n/a"); }

QString throughOf(const HeadMatrix& m)
{
    EdgeType type;
    type.pairing = m.pairing;
    type.name = m.pairing ? rolePairName(*m.pairing) : std::string(measureName(m.measure));
    return edgeTypeWord(type);
}

}  // namespace

ClassPanel::ClassPanel(const ViewContext& context, QWidget* parent) : QWidget(parent), m_c(context), m_store(context.graph->classes())
{
    setObjectName(QStringLiteral("classPanel"));
    m_stack = new QStackedLayout(this);
    m_stack->addWidget(buildEmpty());
    m_stack->addWidget(buildList());
    connect(m_store, &ClassStore::changed, this, &ClassPanel::refresh);
    connect(m_store, &ClassStore::scoresChanged, this, &ClassPanel::refreshScores);
    connect(m_c.selection, &Selection::headChanged, this, &ClassPanel::refreshMember);
    refresh();
    refreshScores();
}

QWidget* ClassPanel::buildEmpty()
{
    auto* page = new QWidget;
    auto* column = new QVBoxLayout(page);
    column->setContentsMargins(measure::kViewMargin, 8, measure::kViewMargin, 8);
    column->setSpacing(8);
    auto* words = makeLabel(tr("A class list names heads, such as those of a published circuit. The graph then shows their letters, and "
                               "here stands how well the measure finds them."),
                            Ink::Text, Type::Base, false);
    words->setWordWrap(true);
    words->setMaximumWidth(560);
    m_lost = makeLabel({}, Ink::Bad, Type::Base, false);
    m_lost->setObjectName(QStringLiteral("classLost"));
    m_lost->setWordWrap(true);
    m_lost->setMaximumWidth(560);
    column->addWidget(m_lost);
    column->addWidget(words);
    auto* row = new QHBoxLayout;
    row->setSpacing(measure::kControlGap);
    auto* choose = new QToolButton;
    choose->setObjectName(QStringLiteral("chooseClassList"));
    choose->setText(tr("Choose a class list"));
    choose->setPopupMode(QToolButton::InstantPopup);
    choose->setFixedHeight(measure::kButton);
    auto* menu = new QMenu(choose);
    choose->setMenu(menu);
    connect(menu, &QMenu::aboutToShow, this, [this, menu] { fillMenu(menu); });
    auto* fresh = new QPushButton(tr("New list"));
    connect(fresh, &QPushButton::clicked, m_store, &ClassStore::startNew);
    row->addWidget(choose);
    row->addWidget(fresh);
    row->addStretch();
    column->addLayout(row);
    column->addStretch();
    return page;
}

QWidget* ClassPanel::buildList()
{
    auto* page = new QWidget;
    auto* column = new QVBoxLayout(page);
    column->setContentsMargins(0, 0, 0, 6);
    column->setSpacing(4);
    auto* top = new QHBoxLayout;
    top->setContentsMargins(measure::kViewMargin, 0, measure::kViewMargin, 0);
    top->setSpacing(measure::kControlGap);
    m_list = new QToolButton;
    m_list->setObjectName(QStringLiteral("classList"));
    m_list->setPopupMode(QToolButton::InstantPopup);
    auto* menu = new QMenu(m_list);
    m_list->setMenu(menu);
    connect(menu, &QMenu::aboutToShow, this, [this, menu] { fillMenu(menu); });
    top->addWidget(m_list);
    top->addStretch();
    column->addLayout(top);
    buildClasses();
    auto* middle = new QHBoxLayout;
    middle->setSpacing(measure::kGroupGap);
    middle->addWidget(m_table, 1);
    middle->addWidget(buildSide());
    column->addLayout(middle, 1);
    addButtons(top);  // Tab comes to them after the tables
    connectTables();
    return page;
}

void ClassPanel::buildClasses()
{
    m_table = plainTable({tr("Mark"), tr("Class"), tr("Heads")});
    m_table->setObjectName(QStringLiteral("classTable"));
    m_table->setAccessibleName(tr("Classes of heads"));
    m_table->setEditTriggers(QAbstractItemView::DoubleClicked | QAbstractItemView::EditKeyPressed);
    m_table->setColumnWidth(CodeColumn, 56);
    m_table->setColumnWidth(NameColumn, 150);
    m_table->horizontalHeader()->setStretchLastSection(true);
}

void ClassPanel::buildScores()
{
    m_scores = plainTable({tr("Through"), tr("Precision"), tr("Area"), tr("Chance"), tr("Heads in / out")});
    m_scores->setObjectName(QStringLiteral("classScores"));
    m_scores->setAccessibleName(tr("How well the measure finds the classes"));
    m_scores->setEditTriggers(QAbstractItemView::NoEditTriggers);
    const QString tips[] = {{},
                            tr("Share of the strongest pairs whose two heads both stand in some class of the list"),
                            tr("Area under precision over recall, all pairs in order of the measure"),
                            tr("What a random order of the pairs scores, in precision and in area"),
                            tr("Different heads at the ends of the strongest pairs: in the list, and not")};
    static constexpr int kWide[] = {84, 76, 64, 72, 100};
    for (int c = 0; c < m_scores->columnCount(); ++c) {
        m_scores->horizontalHeaderItem(c)->setToolTip(tips[c]);
        m_scores->horizontalHeaderItem(c)->setTextAlignment((c == ThroughColumn ? Qt::AlignLeft : Qt::AlignRight) | Qt::AlignVCenter);
        m_scores->setColumnWidth(c, kWide[c]);
    }
    m_scores->setFixedWidth(84 + 76 + 64 + 72 + 100);
    m_scores->setFixedHeight(4 * measure::kTableRow + 2);
}

QWidget* ClassPanel::buildSide()
{
    buildScores();
    m_words = makeLabel({}, Ink::Muted, Type::Caption, false);
    m_words->setObjectName(QStringLiteral("classWords"));
    m_words->setWordWrap(true);
    m_words->setAlignment(Qt::AlignTop | Qt::AlignLeft);
    auto* side = new QWidget;
    auto* right = new QVBoxLayout(side);
    right->setContentsMargins(0, 0, 12, 0);
    right->setSpacing(4);
    right->addWidget(m_scores);
    right->addWidget(m_words);
    right->addStretch();
    // In a low window the sentence is scrolled to: it never lies over the numbers.
    auto* scroll = new QScrollArea;
    scroll->setFrameShape(QFrame::NoFrame);
    scroll->setWidgetResizable(true);
    scroll->setFocusPolicy(Qt::NoFocus);
    scroll->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    scroll->viewport()->setAutoFillBackground(false);
    scroll->setWidget(side);
    side->setAutoFillBackground(false);
    scroll->setFixedWidth(m_scores->maximumWidth() + 12 + style()->pixelMetric(QStyle::PM_ScrollBarExtent));
    return scroll;
}

void ClassPanel::addButtons(QHBoxLayout* top)
{
    const auto button = [&](const QString& text, auto run) {
        auto* b = new QPushButton(text);
        b->setProperty("small", true);
        connect(b, &QPushButton::clicked, this, run);
        top->addWidget(b);
        return b;
    };
    m_member = button({}, [this] {
        const int at = currentClass();
        if (at < 0 || !m_store->list()) return;
        const auto& heads = m_store->list()->classes[std::size_t(at)].heads;
        m_store->setMember(at, m_c.selection->head(), !std::binary_search(heads.begin(), heads.end(), m_c.selection->head()));
    });
    m_member->setObjectName(QStringLiteral("classMember"));
    m_add = button(tr("New class"), [this] { addClass(); });
    m_rename = button(tr("Rename"), [this] {
        if (currentClass() >= 0) m_table->editItem(m_table->item(currentClass(), NameColumn));
    });
    m_remove = button(tr("Delete class"), [this] { m_store->removeClass(currentClass()); });
}

void ClassPanel::connectTables()
{
    connect(m_table, &QTableWidget::currentCellChanged, this, &ClassPanel::refreshMember);
    connect(m_table, &QTableWidget::cellChanged, this, [this](int row, int col) {
        if (m_filling || col != NameColumn) return;
        // A name that is empty or taken changes nothing: the old one comes back. Queued, since the editor still holds the cell.
        const QString name = m_table->item(row, NameColumn)->text();
        QMetaObject::invokeMethod(
            this,
            [this, row, name] {
                if (!m_store->renameClass(row, name)) refresh();
            },
            Qt::QueuedConnection);
    });
    connect(m_scores, &QTableWidget::currentCellChanged, this, &ClassPanel::refreshWords);
}

void ClassPanel::fillMenu(QMenu* menu)
{
    menu->clear();
    for (const ClassStore::ReadyMade& ready : m_store->readyMade())
        menu->addAction(ready.name, this, [this, path = ready.path] { m_store->load(path); });
    if (!m_store->readyMade().empty()) menu->addSeparator();
    menu->addAction(tr("Open class list …"), this, &ClassPanel::openFile);
    menu->addAction(tr("New list"), m_store, &ClassStore::startNew);
    if (!m_store->list()) return;
    menu->addSeparator();
    menu->addAction(tr("Save class list …"), this, &ClassPanel::saveFile);
    menu->addAction(tr("Close class list"), m_store, &ClassStore::close);
}

void ClassPanel::openFile()
{
    auto* dialog = new QFileDialog(window(), tr("Open class list"), {}, tr("Class lists (*.json *.csv)"));
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setFileMode(QFileDialog::ExistingFile);
    connect(dialog, &QFileDialog::fileSelected, m_store, &ClassStore::load);
    dialog->open();
}

void ClassPanel::saveFile()
{
    auto* dialog = new SaveDialog(window(), tr("Save class list"), openInputs());
    dialog->setNameFilters({tr("Class list (*.json)"), tr("Table of heads (*.csv)")});
    dialog->setDefaultSuffix(QStringLiteral("json"));
    connect(dialog, &QFileDialog::filterSelected, dialog, [dialog](const QString& filter) {
        dialog->setDefaultSuffix(filter.contains(QLatin1String("csv")) ? QStringLiteral("csv") : QStringLiteral("json"));
    });
    // Lists that ship are a start, not a place to write to.
    const bool shipped =
        std::any_of(m_store->readyMade().begin(), m_store->readyMade().end(), [this](const auto& r) { return r.path == m_store->path(); });
    dialog->selectFile(m_store->path().isEmpty() || shipped ? QStringLiteral("classes.json") : m_store->path());
    connect(dialog, &QFileDialog::fileSelected, m_store, &ClassStore::save);
    dialog->open();
}

void ClassPanel::addClass()
{
    QString name = tr("New class");
    for (int i = 2; m_store->list() && !m_store->addClass(name); ++i) name = tr("New class %1").arg(i);
    const int row = m_table->rowCount() - 1;
    if (row < 0) return;
    m_table->setCurrentCell(row, NameColumn);
    m_table->editItem(m_table->item(row, NameColumn));
}

int ClassPanel::currentClass() const { return m_table->currentRow(); }

void ClassPanel::refresh()
{
    const auto& list = m_store->list();
    m_stack->setCurrentIndex(list ? 1 : 0);
    m_lost->setText(m_store->complaint());
    m_lost->setVisible(!list && !m_store->complaint().isEmpty());
    if (!list) return;
    const int before = currentClass();
    m_filling = true;
    m_table->setRowCount(int(list->classes.size()));
    for (int i = 0; i < int(list->classes.size()); ++i) {
        const HeadClass& c = list->classes[std::size_t(i)];
        QStringList heads;
        for (const HeadId head : c.heads) heads << QString::fromStdString(headName(head));
        auto* name = cell(QString::fromStdString(c.name));
        name->setFlags(name->flags() | Qt::ItemIsEditable);
        auto* members = cell(heads.isEmpty() ? tr("no heads yet") : heads.join(QLatin1Char(' ')));
        members->setToolTip(tr("%1 heads: %2").arg(heads.size()).arg(heads.join(QLatin1Char(' '))));
        m_table->setItem(i, CodeColumn, cell(m_store->code(i)));
        m_table->setItem(i, NameColumn, name);
        m_table->setItem(i, HeadsColumn, members);
    }
    m_table->setCurrentCell(std::clamp(before, list->classes.empty() ? -1 : 0, int(list->classes.size()) - 1), NameColumn);
    m_filling = false;
    m_list->setText(m_store->title() + (m_store->edited() ? tr(" (edited)") : QString()));
    QStringList about;
    for (const std::string& text : {list->name, list->citation, list->note})
        if (!text.empty()) about << QString::fromStdString(text);
    m_list->setToolTip(about.join(QLatin1Char('\n')));
    for (QPushButton* b : {m_rename, m_remove}) b->setEnabled(!list->classes.empty());
    refreshMember();
    refreshWords();
}

void ClassPanel::refreshMember()
{
    const int at = currentClass();
    const bool any = m_store->list() && at >= 0 && at < int(m_store->list()->classes.size()) && m_c.project->model();
    m_member->setEnabled(any);
    const HeadId head = m_c.selection->head();
    const QString who = QString::fromStdString(headName(head));
    if (!any) return m_member->setText(tr("Add %1").arg(who));
    const HeadClass& c = m_store->list()->classes[std::size_t(at)];
    const bool member = std::binary_search(c.heads.begin(), c.heads.end(), head);
    m_member->setText(member ? tr("Take %1 out").arg(who) : tr("Add %1").arg(who));
    m_member->setToolTip(member ? tr("Takes the selected head out of %1").arg(QString::fromStdString(c.name))
                                : tr("Adds the selected head to %1").arg(QString::fromStdString(c.name)));
}

void ClassPanel::refreshScores()
{
    const auto& scores = m_store->scores();
    const int before = m_scores->currentRow();
    m_scores->setRowCount(int(scores.size()));
    for (int i = 0; i < int(scores.size()); ++i) {
        const ClassScore& s = scores[std::size_t(i)].score;
        m_scores->setItem(i, ThroughColumn, cell(throughOf(*scores[std::size_t(i)].matrix)));
        m_scores->setItem(i, PrecisionColumn, cell(shareText(s.precisionAtK), true));
        m_scores->setItem(i, AreaColumn, cell(shareText(s.averagePrecision), true));
        m_scores->setItem(i, ChanceColumn, cell(shareText(s.chance), true));
        m_scores->setItem(i, InsideColumn, cell(QStringLiteral("%1 / %2").arg(s.headsInClass).arg(s.headsOutside), true));
    }
    if (!scores.empty()) {
        m_scores->horizontalHeaderItem(PrecisionColumn)->setText(tr("Prec. at %1").arg(scores.front().score.k));
        m_scores->setCurrentCell(std::clamp(before, 0, int(scores.size()) - 1), ThroughColumn);
    }
    refreshWords();
}

void ClassPanel::refreshWords()
{
    QStringList lines;
    if (!m_store->complaint().isEmpty()) lines << m_store->complaint();
    const auto& scores = m_store->scores();
    const int row = m_scores->currentRow();
    if (row >= 0 && row < int(scores.size())) {
        const auto& [matrix, s] = scores[std::size_t(row)];
        lines << (s.positives == 0 ? tr("No pair of heads of this list can compose here, so there is nothing to find.")
                                   : tr("%1: of the %2 strongest pairs through %3, %4 join two heads of the list; a random order finds %5. "
                                        "%6 of %7 pairs do so in all.")
                                         .arg(measureTitle(matrix->measure))
                                         .arg(s.k)
                                         .arg(throughOf(*matrix))
                                         .arg(s.hits)
                                         .arg(numberText(s.chance * s.k, 1))
                                         .arg(countText(s.positives), countText(s.pairs)));
    }
    if (m_store->list()) {
        const QString model = QString::fromStdString(m_store->list()->model);
        lines << (model.isEmpty() ? tr("The list names %1 heads.").arg(m_store->list()->heads())
                                  : tr("The list names %1 heads of %2.").arg(m_store->list()->heads()).arg(model));
        if (m_store->otherModel())
            lines << tr("This list is about %1, not about the open model: the numbers say nothing about that circuit.")
                         .arg(QString::fromStdString(m_store->list()->model));
        if (const int foreign = m_store->foreignHeads()) lines << tr("%1 of its heads do not exist in the open model.").arg(foreign);
    }
    m_words->setText(lines.join(QLatin1Char('\n')));
}

}  // namespace hs::ui
