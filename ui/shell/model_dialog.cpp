// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/shell/model_dialog.h"

#include <QDialogButtonBox>
#include <QFormLayout>
#include <QHeaderView>
#include <QLabel>
#include <QLineEdit>
#include <QPushButton>
#include <QSortFilterProxyModel>
#include <QStackedWidget>
#include <QTableView>
#include <QVBoxLayout>
#include <cmath>

#include "ui/bridge/error_text.h"
#include "ui/kit/label.h"
#include "ui/kit/numbers.h"
#include "ui/kit/segment.h"
#include "ui/shell/model_chip.h"
#include "ui/shell/status_line.h"
#include "ui/shell/tensors_model.h"
#include "ui/state/project.h"
#include "ui/theme/theme.h"

namespace hs::ui {

namespace {

QTableView* table(QAbstractItemModel* model, const QString& name)
{
    auto* view = new QTableView;
    view->setModel(model);
    view->setAccessibleName(name);
    view->setShowGrid(false);
    view->setSelectionBehavior(QAbstractItemView::SelectRows);
    view->setTabKeyNavigation(false);
    view->setWordWrap(false);
    view->verticalHeader()->hide();
    view->verticalHeader()->setDefaultSectionSize(measure::kTableRow);
    view->horizontalHeader()->setHighlightSections(false);
    view->horizontalHeader()->setFixedHeight(measure::kTableRow);
    return view;
}

}  // namespace

ModelDialog::ModelDialog(Project* project, QWidget* parent) : QDialog(parent), m_project(project)
{
    setAttribute(Qt::WA_DeleteOnClose);
    setWindowTitle(tr("Model: %1").arg(QString::fromStdString(project->model()->identity().name)));
    resize(760, 560);
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(16, 12, 16, 12);
    column->setSpacing(10);

    const Model& model = *project->model();
    QStringList facts{QString::fromStdString(model.identity().path),
                      tr("layout %1 · %2 · weights %3")
                          .arg(QString::fromStdString(model.identity().layout), QString::fromStdString(model.identity().container),
                               QString::fromStdString(model.identity().weightDtype))};
    facts << tr("SHA-256 %1").arg(project->modelHash().isEmpty() ? tr("pending") : project->modelHash());
    const std::string& origin = model.tokenizerOrigin();  // these words, or the name of a file
    facts << (!model.tokenizer()        ? tr("No tokeniser: token ids only")
              : origin == "in the file" ? tr("Tokeniser: in the file")
                                        : tr("Tokeniser: %1").arg(QString::fromStdString(origin)));
    if (const auto& problem = model.tokenizerProblem())
        facts << (model.tokenizer() ? errorText(*problem).what
                                    : tr("%1 cannot be read: %2").arg(QString::fromStdString(problem->file), errorText(*problem).what));
    if (!model.missing().empty()) {
        QStringList missing;
        for (const Part part : model.missing()) missing << partName(part);
        facts << tr("Missing: %1").arg(missing.join(QStringLiteral(", ")));
    }
    QLabel* head = makeLabel(facts.join(QLatin1Char('\n')), Ink::Muted, Type::Caption);
    head->setTextInteractionFlags(Qt::TextSelectableByMouse);
    head->setWordWrap(true);
    column->addWidget(head);

    m_pages = new Segment({tr("Tensors"), tr("Configuration"), tr("Reference")});
    column->addWidget(m_pages);
    m_stack = new QStackedWidget;
    m_stack->addWidget(buildTensors());
    m_stack->addWidget(buildConfig());
    m_stack->addWidget(buildParity());
    column->addWidget(m_stack, 1);
    connect(m_pages, &Segment::chosen, m_stack, &QStackedWidget::setCurrentIndex);

    auto* buttons = new QDialogButtonBox(QDialogButtonBox::Close);
    connect(buttons, &QDialogButtonBox::rejected, this, &QDialog::reject);
    column->addWidget(buttons);
    setPage(model.guessedKeys().empty() ? 0 : 1);
}

void ModelDialog::setPage(int page)
{
    m_pages->setCurrent(page);
    m_stack->setCurrentIndex(page);
}

QWidget* ModelDialog::buildTensors()
{
    auto* page = new QWidget;
    auto* column = new QVBoxLayout(page);
    column->setContentsMargins(0, 0, 0, 0);
    auto* filter = new QLineEdit;
    filter->setPlaceholderText(tr("Filter by name"));
    filter->setClearButtonEnabled(true);
    auto* model = new TensorsModel(this);
    model->setModel(m_project->model());
    auto* sorted = new QSortFilterProxyModel(this);
    sorted->setSourceModel(model);
    sorted->setFilterKeyColumn(-1);
    sorted->setFilterCaseSensitivity(Qt::CaseInsensitive);
    connect(filter, &QLineEdit::textChanged, sorted, &QSortFilterProxyModel::setFilterFixedString);
    QTableView* view = table(sorted, tr("Tensors"));
    view->setSortingEnabled(true);
    view->horizontalHeader()->setSortIndicator(-1, Qt::AscendingOrder);
    sorted->sort(-1);
    view->horizontalHeader()->setSectionResizeMode(TensorsModel::NameColumn, QHeaderView::Stretch);
    view->setColumnWidth(TensorsModel::ShapeColumn, 130);
    view->setColumnWidth(TensorsModel::TypeColumn, 60);
    view->setColumnWidth(TensorsModel::RoleColumn, 210);
    column->addWidget(filter);
    column->addWidget(view, 1);
    const auto& list = m_project->model()->tensors();
    std::int64_t numbers = 0;
    for (const TensorInfo& tensor : list) {
        std::int64_t count = 1;
        for (const auto n : tensor.shape) count *= n;
        numbers += count;
    }
    QString sum = tr("%1 tensors, %2 numbers").arg(countText(qint64(list.size())), countText(numbers));
    if (!m_project->model()->missingTensors().empty())
        sum += tr("; asked for by the configuration and not there: %1").arg(m_project->model()->missingTensors().size());
    column->addWidget(makeLabel(sum, Ink::Muted, Type::Caption));
    return page;
}

QWidget* ModelDialog::buildConfig()
{
    auto* page = new QWidget;
    auto* column = new QVBoxLayout(page);
    column->setContentsMargins(0, 0, 0, 0);
    m_config = new ConfigModel(this);
    m_config->setModel(m_project->model());
    QTableView* view = table(m_config, tr("Configuration"));
    view->setEditTriggers(QAbstractItemView::DoubleClicked | QAbstractItemView::EditKeyPressed | QAbstractItemView::AnyKeyPressed);
    view->setColumnWidth(ConfigModel::KeyColumn, 190);
    view->setColumnWidth(ConfigModel::ValueColumn, 150);
    view->horizontalHeader()->setStretchLastSection(true);
    column->addWidget(view, 1);
    auto* row = new QHBoxLayout;
    m_note = makeLabel({}, Ink::Muted, Type::Caption);
    m_note->setWordWrap(true);
    m_reopen = new QPushButton(tr("Open again with these values"));
    row->addWidget(m_note, 1);
    row->addWidget(m_reopen);
    column->addLayout(row);
    const auto refresh = [this] {
        const QString guessed = QString::fromStdString(m_project->model()->guessedKeys());
        if (!m_config->refused().isEmpty()) m_note->setText(m_config->refused());
        else if (!m_config->edits().empty())
            m_note->setText(tr("Values changed: %1. The file itself stays as it is.").arg(m_config->edits().size()));
        else m_note->setText(guessed.isEmpty() ? tr("Double-click a value to change it.") : tr("Guessed, please check: %1").arg(guessed));
        m_reopen->setEnabled(!m_config->edits().empty());
        m_reopen->setToolTip(m_config->edits().empty() ? tr("Change a value first") : QString());
    };
    connect(m_config, &ConfigModel::edited, this, refresh);
    connect(m_reopen, &QPushButton::clicked, this, [this] {
        const auto edits = m_config->edits();
        accept();
        Q_EMIT reopenRequested(edits);
    });
    refresh();
    return page;
}

QWidget* ModelDialog::buildParity()
{
    auto* page = new QWidget;
    auto* form = new QFormLayout(page);
    form->setContentsMargins(0, 8, 0, 0);
    form->setLabelAlignment(Qt::AlignLeft);
    form->setHorizontalSpacing(24);
    const ParityReport& p = m_project->parity();
    if (!p.found) {
        auto* none = new QLabel(m_project->model()->canRun()
                                    ? tr("There is nothing to compare with: no reference.h5 lies beside the model.\nA reference holds "
                                         "prompts with the logits and attention that another program computed.")
                                    : tr("This file cannot run text, so nothing can be compared."));
        none->setWordWrap(true);
        form->addRow(none);
        return page;
    }
    const auto number = [](double v) { return std::isfinite(v) ? QString::number(v, 'e', 2) : ModelDialog::tr("not in the reference"); };
    auto* verdict = new QLabel(parityText(*m_project));
    verdict->setFont(Theme::instance().font(Type::Base, true));
    form->addRow(tr("Verdict"), verdict);
    form->addRow(tr("Reference"), new QLabel(p.referencePath.empty() ? QStringLiteral("–") : QString::fromStdString(p.referencePath)));
    if (!p.madeWith.empty()) form->addRow(tr("Made with"), new QLabel(QString::fromStdString(p.madeWith)));
    form->addRow(tr("Prompts compared"), new QLabel(QString::number(p.prompts)));
    form->addRow(tr("Token ids"), new QLabel(p.tokensEqual ? tr("equal") : tr("different")));
    form->addRow(tr("Largest difference of logits"), new QLabel(tr("%1 (allowed %2)").arg(number(p.maxLogit), number(p.maxLogitAllowed))));
    form->addRow(tr("Largest difference of attention"),
                 new QLabel(tr("%1 (allowed %2)").arg(number(p.maxAttention), number(p.maxAttentionAllowed))));
    return page;
}

}  // namespace hs::ui
