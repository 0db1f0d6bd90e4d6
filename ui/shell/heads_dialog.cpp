// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/shell/heads_dialog.h"

#include <QDialogButtonBox>
#include <QHeaderView>
#include <QLabel>
#include <QPushButton>
#include <QTableWidget>
#include <QVBoxLayout>

#include "ui/kit/label.h"
#include "ui/kit/numbers.h"
#include "ui/theme/theme.h"

namespace hs::ui {

namespace {

QString factsOf(const Model& model)
{
    const ModelConfig& c = model.config();
    const int heads = c.heads(0), groups = c.kvHeads(0);
    return HeadsDialog::tr(
               "%1: %2 layers of width %3. Queries have %4 numbers in a layer, keys %5. Neither the file nor a "
               "configuration beside it says where one head ends and the next begins.")
        .arg(QString::fromStdString(model.identity().name))
        .arg(c.nLayers)
        .arg(countText(c.dModel), countText(heads * c.dHead), countText(groups * c.dHead));
}

}  // namespace

HeadsDialog::HeadsDialog(const Model& model, QWidget* parent)
    : QDialog(parent), m_choices(headChoices(model.config())),
      m_layersDiffer(!model.config().headsPerLayer.empty() || !model.config().kvHeadsPerLayer.empty())
{
    setAttribute(Qt::WA_DeleteOnClose);
    setWindowTitle(tr("How many heads has a layer?"));
    resize(520, 460);
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(16, 12, 16, 12);
    column->setSpacing(10);
    const auto words = [column](const QString& text, Ink ink) {
        QLabel* label = makeLabel(text, ink, Type::Base);
        label->setWordWrap(true);
        column->addWidget(label);
    };
    words(factsOf(model), Ink::Text);
    words(tr("All of these fit. A wrong one still runs: it only gives wrong attention patterns. Look it up in the paper, or in the code "
             "that came with the model; HeadScope does not choose for you."),
          Ink::Muted);
    m_table = new QTableWidget;
    fill(model.config());
    column->addWidget(m_table, 1);
    words(tr("Your answer is marked “you said” in exports and labels, and is kept in projects. The file itself stays as it is."),
          Ink::Muted);
    auto* buttons = new QDialogButtonBox(QDialogButtonBox::Cancel);
    m_open = buttons->addButton(tr("Open"), QDialogButtonBox::AcceptRole);
    m_open->setDefault(true);
    m_open->setEnabled(false);
    m_open->setToolTip(tr("Choose a row first"));
    column->addWidget(buttons);
    connect(buttons, &QDialogButtonBox::accepted, this, &QDialog::accept);
    connect(buttons, &QDialogButtonBox::rejected, this, &QDialog::reject);
    connect(m_table, &QTableWidget::itemSelectionChanged, this, [this] {
        m_open->setEnabled(!said().empty());
        m_open->setToolTip(QString());
    });
    connect(m_table, &QTableWidget::cellDoubleClicked, this, &QDialog::accept);
    m_table->setFocus();
}

void HeadsDialog::fill(const ModelConfig& config)
{
    m_table->setColumnCount(4);
    m_table->setHorizontalHeaderLabels({tr("Heads"), tr("Numbers in each"), tr("Key/value heads"), {}});
    m_table->setRowCount(int(m_choices.size()));
    m_table->setAccessibleName(tr("Ways to cut the projections into heads"));
    m_table->setSelectionBehavior(QAbstractItemView::SelectRows);
    m_table->setSelectionMode(QAbstractItemView::SingleSelection);
    m_table->setEditTriggers(QAbstractItemView::NoEditTriggers);
    m_table->setTabKeyNavigation(false);
    m_table->setShowGrid(false);
    m_table->verticalHeader()->hide();
    m_table->verticalHeader()->setDefaultSectionSize(measure::kTableRow);
    m_table->horizontalHeader()->setHighlightSections(false);
    m_table->horizontalHeader()->setStretchLastSection(true);
    m_table->horizontalHeader()->setDefaultAlignment(Qt::AlignLeft | Qt::AlignVCenter);
    for (int row = 0; row < int(m_choices.size()); ++row) {
        const HeadChoice& choice = m_choices[std::size_t(row)];
        const QString note = choice.dHead == config.dHead ? tr("usual for this width, but a guess") : QString();
        const QString cells[] = {QString::number(choice.nHeads), QString::number(choice.dHead), QString::number(choice.nKvHeads), note};
        for (int i = 0; i < 4; ++i) m_table->setItem(row, i, new QTableWidgetItem(cells[i]));
        if (!note.isEmpty()) m_table->scrollToItem(m_table->item(row, 0), QAbstractItemView::PositionAtCenter);
    }
    for (int i = 0; i < 3; ++i) m_table->setColumnWidth(i, 120);
    m_table->setCurrentItem(nullptr);
}

std::map<std::string, std::string> HeadsDialog::said() const
{
    const auto rows = m_table->selectionModel()->selectedRows();
    if (rows.isEmpty()) return {};
    const HeadChoice& choice = m_choices[std::size_t(rows.first().row())];
    if (m_layersDiffer) return {{"d_head", std::to_string(choice.dHead)}};
    return {{"n_heads", std::to_string(choice.nHeads)}};
}

}  // namespace hs::ui
