// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/shell/token_grid.h"

#include <QDialogButtonBox>
#include <QFileDialog>
#include <QFileInfo>
#include <QKeyEvent>
#include <QLabel>
#include <QLineEdit>
#include <QListView>
#include <QPushButton>
#include <QSortFilterProxyModel>
#include <QVBoxLayout>

#include "ui/kit/label.h"
#include "ui/kit/numbers.h"
#include "ui/kit/token_paint.h"
#include "ui/state/project.h"
#include "ui/theme/theme.h"

namespace hs::ui {

namespace {

constexpr int kLongestCell = 160;

/// As wide as the widest of the first names, so that the columns stand one below the other.
int cellWidth(const TokenListModel& model, const QFontMetrics& metrics)
{
    int width = 0;
    for (int row = 0; row < std::min(model.rowCount(), 500); ++row)
        width = std::max(width, metrics.horizontalAdvance(model.data(model.index(row), Qt::DisplayRole).toString()));
    return std::clamp(width + 32, 48, kLongestCell);
}

}  // namespace

TokenListModel::TokenListModel(std::shared_ptr<const Model> model, QObject* parent) : QAbstractListModel(parent), m_model(std::move(model))
{}

int TokenListModel::rowCount(const QModelIndex& parent) const { return parent.isValid() ? 0 : m_model->config().dVocab; }

QVariant TokenListModel::data(const QModelIndex& index, int role) const
{
    const int id = index.row();
    const Tokenizer* tokenizer = m_model->tokenizer().get();
    const bool named = tokenizer && tokenizer->kind() != TokenizerKind::Ids && id < tokenizer->vocabSize();
    const QString name = named ? QString::fromStdString(tokenizer->piece(id)) : QString();
    if (role == TypedRole) return named ? name : QString::number(id);
    if (role == Qt::ToolTipRole) return named ? tr("Token %1, id %2").arg(visibleToken(name)).arg(id) : tr("Token id %1").arg(id);
    if (role != Qt::DisplayRole) return {};
    const bool tells = named && name != QStringLiteral("#%1").arg(id);  // such a name stands for an id that the list does not reach
    return tells ? QStringLiteral("%1  %2").arg(id).arg(visibleToken(name)) : QString::number(id);
}

bool hasTokenGrid(const Model& model)
{
    if (!model.canRun()) return false;
    const auto& tokenizer = model.tokenizer();
    return !tokenizer || tokenizer->kind() == TokenizerKind::Ids || tokenizer->kind() == TokenizerKind::Word
           || tokenizer->kind() == TokenizerKind::Character;
}

TokenGrid::TokenGrid(const ViewContext& context, QWidget* parent) : QDialog(parent), m_c(context)
{
    setAttribute(Qt::WA_DeleteOnClose);
    const auto& model = m_c.project->model();
    setWindowTitle(tr("Tokens of %1").arg(QString::fromStdString(model->identity().name)));
    resize(520, 420);
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(16, 12, 16, 12);
    column->setSpacing(10);
    const bool named = model->tokenizer() && model->tokenizer()->kind() != TokenizerKind::Ids;
    QLabel* words = makeLabel((named ? tr("%1 tokens. A click, or Enter, puts one at the end of the prompt.")
                                     : tr("%1 ids without names. A click, or Enter, puts one at the end of the prompt. A text file with "
                                          "one name a line, the first for id 0, gives them names."))
                                  .arg(countText(model->config().dVocab)),
                              Ink::Muted, Type::Base);
    words->setWordWrap(true);
    column->addWidget(words);
    auto* filter = new QLineEdit;
    filter->setPlaceholderText(tr("Filter by id or name"));
    filter->setClearButtonEnabled(true);
    column->addWidget(filter);

    auto* tokens = new TokenListModel(model, this);
    m_filtered = new QSortFilterProxyModel(this);
    m_filtered->setSourceModel(tokens);
    m_filtered->setFilterCaseSensitivity(Qt::CaseInsensitive);
    connect(filter, &QLineEdit::textChanged, m_filtered, &QSortFilterProxyModel::setFilterFixedString);
    m_list = new QListView;
    m_list->setModel(m_filtered);
    m_list->setAccessibleName(tr("Tokens"));
    m_list->setViewMode(QListView::IconMode);
    m_list->setMovement(QListView::Static);
    m_list->setResizeMode(QListView::Adjust);
    m_list->setUniformItemSizes(true);
    m_list->setGridSize({cellWidth(*tokens, QFontMetrics(Theme::instance().font(Type::Base))), measure::kTableRow});
    m_list->setEditTriggers(QAbstractItemView::NoEditTriggers);
    column->addWidget(m_list, 1);
    connect(m_list, &QListView::clicked, this, &TokenGrid::choose);
    m_list->installEventFilter(this);
    // From the filter the first that is left is taken.
    connect(filter, &QLineEdit::returnPressed, this, [this] { choose(m_filtered->index(0, 0)); });

    auto* buttons = new QDialogButtonBox(QDialogButtonBox::Close);
    QPushButton* run = buttons->addButton(tr("Run"), QDialogButtonBox::ActionRole);
    QPushButton* names = buttons->addButton(tr("Names from a file …"), QDialogButtonBox::ActionRole);
    for (QAbstractButton* button : buttons->buttons())
        if (auto* push = qobject_cast<QPushButton*>(button)) push->setAutoDefault(false);  // Enter chooses a token
    connect(run, &QPushButton::clicked, this, &TokenGrid::runRequested);
    connect(names, &QPushButton::clicked, this, &TokenGrid::askNames);
    connect(buttons, &QDialogButtonBox::rejected, this, &QDialog::reject);
    column->addWidget(buttons);
    connect(m_c.project, &Project::modelChanged, this, &QDialog::close);  // these are the tokens of the one that was open
}

/// Enter in the list. Its own signal for that comes with clicks, too.
bool TokenGrid::eventFilter(QObject* watched, QEvent* event)
{
    if (watched == m_list && event->type() == QEvent::KeyPress) {
        const int key = static_cast<QKeyEvent*>(event)->key();
        if (key == Qt::Key_Return || key == Qt::Key_Enter) {
            choose(m_list->currentIndex());
            return true;
        }
    }
    return QDialog::eventFilter(watched, event);
}

void TokenGrid::choose(const QModelIndex& index)
{
    if (index.isValid()) Q_EMIT chosen(index.data(TokenListModel::TypedRole).toString());
}

void TokenGrid::askNames()
{
    auto* dialog = new QFileDialog(this, tr("Names of the ids, one a line"), QFileInfo(m_c.project->path()).absolutePath());
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setFileMode(QFileDialog::ExistingFile);
    dialog->setNameFilters({tr("Text (*.txt)"), tr("All files (*)")});
    connect(dialog, &QFileDialog::fileSelected, this, &TokenGrid::namesRequested);
    dialog->open();
}

}  // namespace hs::ui
