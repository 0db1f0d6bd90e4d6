// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/shell/intervention_panel.h"

#include <QComboBox>
#include <QDoubleSpinBox>
#include <QHBoxLayout>
#include <QHeaderView>
#include <QKeyEvent>
#include <QLabel>
#include <QLineEdit>
#include <QPushButton>
#include <QTableWidget>
#include <QVBoxLayout>

#include "ui/kit/dock_title.h"
#include "ui/kit/label.h"
#include "ui/state/cut_values.h"
#include "ui/state/intervention_text.h"
#include "ui/state/project.h"
#include "ui/state/selection.h"
#include "ui/theme/table_look.h"
#include "ui/theme/theme.h"

namespace hs::ui {

InterventionPanel::InterventionPanel(const ViewContext& context, QWidget* parent) : QWidget(parent), m_c(context)
{
    setAutoFillBackground(true);
    setBackgroundRole(QPalette::Base);
    m_title = new DockTitle(tr("Interventions"));
    m_table = new QTableWidget(0, 4);
    m_table->setObjectName(QStringLiteral("interventions"));
    m_table->setAccessibleName(tr("Interventions in force, in order"));
    dressTable(*m_table);
    m_table->setMinimumHeight(98);  // a header and three lines: docks are squeezed to what their contents can bear
    m_table->setHorizontalHeaderLabels({QStringLiteral("#"), tr("Head"), tr("Kind"), tr("What it does")});
    m_table->horizontalHeader()->setSectionResizeMode(QHeaderView::Fixed);
    m_table->horizontalHeader()->setStretchLastSection(true);
    m_table->setColumnWidth(0, 36);
    m_table->setColumnWidth(1, 70);
    m_table->setColumnWidth(2, 140);
    for (int c = 0; c < 4; ++c) m_table->horizontalHeaderItem(c)->setTextAlignment(Qt::AlignLeft | Qt::AlignVCenter);
    m_table->installEventFilter(this);

    m_kind = new QComboBox;
    m_kind->setAccessibleName(tr("Kind of intervention"));
    for (const InterventionKind kind : editableInterventions()) m_kind->addItem(interventionTitle(kind), int(kind));
    m_head = new QLineEdit;
    m_head->setFixedWidth(72);
    m_head->setAccessibleName(tr("Head"));
    m_head->setToolTip(tr("For example L1H3; empty: the selected head"));
    m_value = new QDoubleSpinBox;
    m_value->setRange(-100, 100);
    m_value->setDecimals(3);
    m_value->setSingleStep(0.1);
    m_value->setValue(0.5);
    m_value->setAccessibleName(tr("Value"));
    m_details = new QLineEdit;
    m_details->setObjectName(QStringLiteral("interventionDetails"));
    m_details->setAccessibleName(tr("Details"));
    m_add = new QPushButton(tr("Add"));
    m_add->setObjectName(QStringLiteral("addIntervention"));
    m_remove = new QPushButton(tr("Remove"));
    m_clear = new QPushButton(tr("Remove all"));
    auto* form = new QHBoxLayout;
    form->setContentsMargins(12, 4, 12, 4);
    form->setSpacing(measure::kControlGap);
    for (QWidget* w : std::initializer_list<QWidget*>{m_kind, m_head, m_value}) form->addWidget(w);
    form->addWidget(m_details, 1);
    for (QPushButton* b : {m_add, m_remove, m_clear}) form->addWidget(b);
    m_problem = makeLabel({}, Ink::Text, Type::Caption);
    m_problem->setObjectName(QStringLiteral("interventionProblem"));
    m_problem->setWordWrap(true);
    m_problem->setContentsMargins(12, 0, 12, 4);
    m_problem->hide();
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(0);
    column->addWidget(m_table, 1);
    column->addWidget(makeHairline());
    column->addLayout(form);
    column->addWidget(m_problem);

    connect(m_kind, &QComboBox::currentIndexChanged, this, &InterventionPanel::refreshForm);
    connect(m_add, &QPushButton::clicked, this, &InterventionPanel::add);
    connect(m_details, &QLineEdit::returnPressed, this, &InterventionPanel::add);
    connect(m_remove, &QPushButton::clicked, this, &InterventionPanel::removeChosen);
    connect(m_clear, &QPushButton::clicked, this, [this] { m_c.project->changeInterventions({}, tr("remove all interventions")); });
    connect(m_table, &QTableWidget::currentCellChanged, this, [this](int row) { take(row); });
    connect(m_c.project, &Project::interventionsChanged, this, &InterventionPanel::refresh);
    connect(m_c.project, &Project::modelChanged, this, &InterventionPanel::refresh);
    connect(m_c.project, &Project::sourceChanged, this, &InterventionPanel::refreshForm);  // a run is there, or is gone
    connect(m_c.selection, &Selection::headChanged, this, &InterventionPanel::refreshForm);
    refresh();
}

QString InterventionPanel::problem() const { return m_problem->text(); }

void InterventionPanel::refresh()
{
    const Interventions& list = m_c.project->interventions();
    const QSignalBlocker quiet(m_table);
    const bool grown = int(list.size()) > m_table->rowCount();
    m_table->setRowCount(int(list.size()));
    for (int row = 0; row < int(list.size()); ++row) {
        const Intervention& i = list[std::size_t(row)];
        const QString head = i.head.head < 0 ? tr("layer %1").arg(i.head.layer) : QString::fromStdString(headName(i.head));
        const CutValues& values = *m_c.project->cuts();
        const bool measured = switchesOff(i) && values.kind() != AblationKind::Zero;
        const QStringList cells{QString::number(row + 1), head, interventionTitle(i.kind),
                                interventionSentence(i, measured ? values.shortSentence() : QString())};
        for (int c = 0; c < 4; ++c) m_table->setItem(row, c, new QTableWidgetItem(cells[c]));
    }
    m_table->clearSelection();
    m_table->setCurrentCell(-1, -1);
    if (grown) m_table->scrollToBottom();  // what was just added is in sight
    m_title->setNote(list.empty() ? tr("none") : QString::number(list.size()));
    m_editing = -1;
    refreshForm();
}

void InterventionPanel::refreshForm()
{
    const auto kind = static_cast<InterventionKind>(m_kind->currentData().toInt());
    m_value->setVisible(usesValue(kind));
    m_details->setPlaceholderText(detailsHint(kind));
    m_details->setToolTip(detailsHint(kind));
    m_head->setPlaceholderText(QString::fromStdString(headName(m_c.selection->head())));
    const PromptEntry* entry = m_c.project->current();
    const bool can = m_c.project->model() && m_c.project->model()->canRun() && entry && entry->run;
    m_add->setEnabled(can);
    m_add->setText(m_editing >= 0 ? tr("Change") : tr("Add"));
    m_add->setToolTip(can ? tr("One undo step; the prompt runs again") : tr("Needs a model with weights and a prompt that has run."));
    m_remove->setEnabled(m_table->currentRow() >= 0);
    m_clear->setEnabled(m_table->rowCount() > 0);
}

void InterventionPanel::take(int row)
{
    const Interventions& list = m_c.project->interventions();
    m_editing = -1;
    if (row >= 0 && row < int(list.size())) {
        const Intervention& i = list[std::size_t(row)];
        const int kind = m_kind->findData(int(i.kind));
        if (kind >= 0) {
            m_editing = row;
            m_kind->setCurrentIndex(kind);
            m_head->setText(QString::fromStdString(headName(i.head)));
            m_value->setValue(static_cast<double>(i.value));
            m_details->setText(detailsText(i));
        }
    }
    refreshForm();
}

void InterventionPanel::add()
{
    const PromptEntry* entry = m_c.project->current();
    if (!m_c.project->model() || !entry || !entry->run) return;
    QString problem;
    const auto typed =
        m_head->text().trimmed().isEmpty() ? std::optional(m_c.selection->head()) : parseHeadName(m_head->text().trimmed().toStdString());
    std::optional<Intervention> made;
    if (!typed) problem = tr("A head is written like L1H3.");
    else
        made = interventionFromText(static_cast<InterventionKind>(m_kind->currentData().toInt()), *typed, m_value->value(),
                                    m_details->text(), m_c.project->model()->config(), entry->run->queries(), &problem);
    m_problem->setText(problem);
    m_problem->setVisible(!problem.isEmpty());
    if (!made) return;
    Interventions list = m_c.project->interventions();
    const QString name = QString::fromStdString(headName(made->head));
    if (m_editing >= 0 && m_editing < int(list.size())) {
        list[std::size_t(m_editing)] = *made;
        m_c.project->changeInterventions(list, tr("change an intervention on %1").arg(name));
    } else {
        list.push_back(*made);
        m_c.project->changeInterventions(list, tr("%1, %2").arg(interventionTitle(made->kind), name));
    }
    m_details->clear();
}

void InterventionPanel::removeChosen()
{
    Interventions list = m_c.project->interventions();
    const int row = m_table->currentRow();
    if (row < 0 || row >= int(list.size())) return;
    list.erase(list.begin() + row);
    m_c.project->changeInterventions(list, tr("remove an intervention"));
}

bool InterventionPanel::eventFilter(QObject* watched, QEvent* event)
{
    if (watched == m_table && event->type() == QEvent::KeyPress) {
        const auto* key = static_cast<QKeyEvent*>(event);
        if (key->key() == Qt::Key_Delete || key->key() == Qt::Key_Backspace) {
            removeChosen();
            return true;
        }
    }
    return QWidget::eventFilter(watched, event);
}

}  // namespace hs::ui
