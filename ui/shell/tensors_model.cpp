// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/shell/tensors_model.h"

#include <QFont>
#include <QStringList>

#include "ui/bridge/error_text.h"
#include "ui/theme/theme.h"

namespace hs::ui {

QString dtypeName(Dtype dtype)
{
    switch (dtype) {
    case Dtype::F16: return QStringLiteral("fp16");
    case Dtype::BF16: return QStringLiteral("bf16");
    case Dtype::F32: return QStringLiteral("fp32");
    case Dtype::F64: return QStringLiteral("fp64");
    case Dtype::Int: return QStringLiteral("int");
    case Dtype::Other: break;
    }
    return QStringLiteral("–");
}

void TensorsModel::setModel(std::shared_ptr<const Model> model)
{
    beginResetModel();
    m_model = std::move(model);
    endResetModel();
}

int TensorsModel::rowCount(const QModelIndex& parent) const { return parent.isValid() || !m_model ? 0 : int(m_model->tensors().size()); }
int TensorsModel::columnCount(const QModelIndex& parent) const { return parent.isValid() ? 0 : ColumnCount; }

QVariant TensorsModel::data(const QModelIndex& index, int role) const
{
    if (!checkIndex(index, CheckIndexOption::IndexIsValid)) return {};
    const TensorInfo& tensor = m_model->tensors()[std::size_t(index.row())];
    if (role == Qt::FontRole && (index.column() == NameColumn || index.column() == RoleColumn)) return Theme::instance().tokenFont();
    if (role == Qt::TextAlignmentRole && index.column() == ShapeColumn) return QVariant(int(Qt::AlignRight | Qt::AlignVCenter));
    if (role != Qt::DisplayRole && role != Qt::ToolTipRole) return {};
    switch (index.column()) {
    case NameColumn: return QString::fromStdString(tensor.name);
    case ShapeColumn: {
        QStringList parts;
        for (const auto n : tensor.shape) parts << QString::number(n);
        return parts.isEmpty() ? tr("scalar") : parts.join(QStringLiteral(" × "));
    }
    case TypeColumn: return dtypeName(tensor.dtype);
    default: return tensor.role.empty() ? tr("not used") : QString::fromStdString(tensor.role);
    }
}

QVariant TensorsModel::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (orientation != Qt::Horizontal) return {};
    if (role == Qt::TextAlignmentRole) return QVariant(int((section == ShapeColumn ? Qt::AlignRight : Qt::AlignLeft) | Qt::AlignVCenter));
    if (role != Qt::DisplayRole) return {};
    switch (section) {
    case NameColumn: return tr("Name in the file");
    case ShapeColumn: return tr("Shape");
    case TypeColumn: return tr("Type");
    default: return tr("Used as");
    }
}

void ConfigModel::setModel(std::shared_ptr<const Model> model)
{
    beginResetModel();
    m_model = std::move(model);
    m_edits.clear();
    m_refused.clear();
    m_keys = m_model ? configKeys() : std::vector<std::string>{};
    endResetModel();
}

int ConfigModel::rowCount(const QModelIndex& parent) const { return parent.isValid() ? 0 : int(m_keys.size()); }
int ConfigModel::columnCount(const QModelIndex& parent) const { return parent.isValid() ? 0 : ColumnCount; }

QVariant ConfigModel::data(const QModelIndex& index, int role) const
{
    if (!checkIndex(index, CheckIndexOption::IndexIsValid)) return {};
    const std::string& key = m_keys[std::size_t(index.row())];
    const auto edit = m_edits.find(key);
    const auto origin = m_model->origins().find(key);
    const bool guess = edit == m_edits.end() && origin != m_model->origins().end() && origin->second.origin == Origin::Guess;
    if (role == GuessRole) return guess;
    if (role == Qt::FontRole) {
        if (index.column() == KeyColumn) return Theme::instance().tokenFont();
        return Theme::instance().font(Type::Base, edit != m_edits.end());
    }
    if (role != Qt::DisplayRole && role != Qt::EditRole && role != Qt::ToolTipRole) return {};
    switch (index.column()) {
    case KeyColumn: return QString::fromStdString(key);
    case ValueColumn: return QString::fromStdString(edit != m_edits.end() ? edit->second : configValue(m_model->config(), key));
    default:
        if (edit != m_edits.end()) return tr("changed by you");
        if (origin == m_model->origins().end()) return {};
        {
            const QString name = originName(origin->second.origin), detail = QString::fromStdString(origin->second.detail);
            const QString text = detail.isEmpty() ? name : QStringLiteral("%1: %2").arg(name, detail);
            return guess ? tr("? %1; please check").arg(text) : text;
        }
    }
}

bool ConfigModel::setData(const QModelIndex& index, const QVariant& value, int role)
{
    if (role != Qt::EditRole || !checkIndex(index, CheckIndexOption::IndexIsValid) || index.column() != ValueColumn) return false;
    const std::string& key = m_keys[std::size_t(index.row())];
    const std::string text = value.toString().trimmed().toStdString();
    ModelConfig trial = m_model->config();
    const Status status = setConfigValue(trial, key, text);
    if (!status) {
        m_refused = errorText(status.error()).what;
        Q_EMIT edited();
        return false;
    }
    m_refused.clear();
    if (text == configValue(m_model->config(), key)) m_edits.erase(key);
    else m_edits[key] = text;
    Q_EMIT dataChanged(index.siblingAtColumn(0), index.siblingAtColumn(ColumnCount - 1));
    Q_EMIT edited();
    return true;
}

Qt::ItemFlags ConfigModel::flags(const QModelIndex& index) const
{
    const Qt::ItemFlags flags = QAbstractTableModel::flags(index);
    return index.isValid() && index.column() == ValueColumn ? flags | Qt::ItemIsEditable : flags;
}

QVariant ConfigModel::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (orientation != Qt::Horizontal) return {};
    if (role == Qt::TextAlignmentRole) return QVariant(int(Qt::AlignLeft | Qt::AlignVCenter));
    if (role != Qt::DisplayRole) return {};
    return section == KeyColumn ? tr("Key") : section == ValueColumn ? tr("Value") : tr("Where it comes from");
}

}  // namespace hs::ui
