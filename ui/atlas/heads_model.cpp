// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/atlas/heads_model.h"

#include <QPoint>

#include <algorithm>
#include <cmath>

#include "ui/graph/graph_store.h"
#include "ui/labels/label_store.h"
#include "ui/labels/label_words.h"
#include "ui/state/head_losses.h"

namespace hs::ui {

int HeadsModel::rowCount(const QModelIndex& parent) const { return parent.isValid() ? 0 : int(m_heads.size()); }
int HeadsModel::columnCount(const QModelIndex& parent) const { return parent.isValid() ? 0 : ColumnCount; }

ScoreSources HeadsModel::sources() const { return {m_source.get(), m_losses, m_repeats, m_labels, m_graph}; }

LabelMark HeadsModel::mark(HeadId head) const { return m_labels ? m_labels->mark(head) : LabelMark{}; }

QVariant HeadsModel::labelData(HeadId head, int role) const
{
    const LabelMark label = mark(head);
    const QString own = m_labels ? m_labels->note(head).label : QString();
    switch (role) {
    case SortRole: {  // families in the order of the legend, the surer first inside each; then those without a label
        if (!label.hasLabel()) return label.state == LabelMark::State::None ? -1000.0 : -2000.0;
        const auto& kinds = codedKinds();
        const auto place = std::find(kinds.begin(), kinds.end(), label.kind) - kinds.begin();
        return -2.0 * double(place) + (label.state == LabelMark::State::Awarded ? 0.5 : 0.0) + 0.4 * label.score;
    }
    case Qt::ToolTipRole:
    case Qt::AccessibleTextRole: {
        if (label.code.isEmpty()) return tr("not labelled yet");
        QString words = label.hasLabel() ? kindTitle(label.kind) : codeTitle(label.code);
        if (label.state == LabelMark::State::Candidate) words = tr("candidate: %1").arg(words);
        if (const QStringList further = m_labels ? m_labels->furtherCodes(head) : QStringList(); !further.isEmpty()) {
            QStringList titles;
            for (const QString& code : further) titles << inSentence(codeTitle(code));
            words += tr(", also: %1").arg(titles.join(QStringLiteral(", ")));
        }
        if (!own.isEmpty()) words += tr(", your label: %1").arg(own);
        return words;
    }
    case Qt::DisplayRole: return label.code;
    default: return {};
    }
}

QVariant HeadsModel::edgeData(HeadId head, int column, int role) const
{
    const GraphNode* node = m_graph ? m_graph->node(head) : nullptr;
    if (role == SortRole) return node ? (column == EdgesColumn ? node->edges() : column == InColumn ? node->inEdges : node->outEdges) : -1;
    if (role == Qt::AccessibleTextRole && !node) return tr("no graph yet");
    if (role != Qt::DisplayRole && role != Qt::AccessibleTextRole) return {};
    return node ? QString::number(column == EdgesColumn ? node->edges()
                                  : column == InColumn  ? node->inEdges
                                                        : node->outEdges)
                : QStringLiteral("–");
}

QString HeadsModel::offText(HeadId head) { return tr("%1 off").arg(QString::fromStdString(headName(head))); }

QVariant HeadsModel::data(const QModelIndex& index, int role) const
{
    if (!checkIndex(index, CheckIndexOption::IndexIsValid)) return {};
    const HeadId head = m_heads[std::size_t(index.row())];
    const QString name = QString::fromStdString(headName(head));
    const bool off = std::find(m_off.begin(), m_off.end(), head) != m_off.end();
    if (role == HeadRole) return QVariant::fromValue(QPoint(head.layer, head.head));
    if (role == OffRole) return off;
    if (role == Qt::TextAlignmentRole)
        return QVariant(int((index.column() <= LabelColumn ? Qt::AlignLeft : Qt::AlignRight) | Qt::AlignVCenter));
    if (index.column() == HeadColumn) {
        if (role == Qt::DisplayRole) return off ? offText(head) : name;
        if (role == SortRole) return head.layer * 10000 + head.head;
        return {};
    }
    if (index.column() == LabelColumn) return labelData(head, role);
    if (index.column() >= EdgesColumn) return edgeData(head, index.column(), role);
    const ShownScore score = index.column() == LossColumn ? ShownScore::LossOff : m_score;
    const auto value = scoreOf(score, head, sources());
    switch (role) {
    case Qt::DisplayRole: return value ? scoreText(score, *value) : QStringLiteral("–");
    case Qt::ToolTipRole:
        return value ? QStringLiteral("%1, %2: %3").arg(name, scoreTitle(score, m_labels), scoreTextWithUnit(score, *value))
                     : tr("%1, %2: not computed yet").arg(name, scoreTitle(score, m_labels));
    case Qt::AccessibleTextRole: return value ? scoreTextWithUnit(score, *value) : tr("not computed yet");
    case SortRole: return value ? *value : -1e300;
    case ValueRole: return value ? QVariant(*value) : QVariant();
    default: return {};
    }
}

QVariant HeadsModel::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (orientation != Qt::Horizontal) return {};
    if (role == Qt::TextAlignmentRole) return QVariant(int((section <= LabelColumn ? Qt::AlignLeft : Qt::AlignRight) | Qt::AlignVCenter));
    if (role == Qt::ToolTipRole && section == ScoreColumn) return scoreTitle(m_score, m_labels);
    if (role == Qt::ToolTipRole && section == LossColumn) return tr("Change of the loss when the head is switched off, in nats");
    if (role == Qt::ToolTipRole && section >= EdgesColumn) return tr("Edges of the graph that are drawn at the head");
    if (role != Qt::DisplayRole) return {};
    const auto title = [this](QString words) {
        if (const qsizetype gap = words.indexOf(QLatin1Char(' ')); m_titlesBroken && gap > 0) words[gap] = QLatin1Char('\n');
        return words;
    };
    switch (section) {
    case HeadColumn: return tr("Head");
    case EdgesColumn: return tr("Edges");
    case InColumn: return tr("In");
    case OutColumn: return tr("Out");
    case LabelColumn: return tr("Label");
    case ScoreColumn: return title(scoreBrief(m_score));
    default: return title(tr("Loss if off"));
    }
}

void HeadsModel::setTitlesBroken(bool broken)
{
    if (broken == m_titlesBroken) return;
    m_titlesBroken = broken;
    Q_EMIT headerDataChanged(Qt::Horizontal, ScoreColumn, LossColumn);
}

void HeadsModel::setHeads(std::shared_ptr<const AttentionSource> source, std::vector<HeadId> otherwise)
{
    std::vector<HeadId> heads = source ? std::vector<HeadId>{} : std::move(otherwise);
    if (source)
        for (int l = 0; l < source->layers(); ++l)
            for (int h = 0; h < source->heads(l); ++h) heads.push_back({l, h});
    m_source = std::move(source);
    if (heads == m_heads) {
        refresh();
        return;
    }
    beginResetModel();
    m_heads = std::move(heads);
    endResetModel();
}

void HeadsModel::setScore(ShownScore score)
{
    if (score == ShownScore::Thumbnail || score == ShownScore::LossOff || score == ShownScore::Edges) score = ShownScore::Previous;
    m_score = score;
    refresh();
    Q_EMIT headerDataChanged(Qt::Horizontal, ScoreColumn, ScoreColumn);
}

void HeadsModel::setSources(const HeadLosses* losses, const RepeatScores* repeats, const LabelStore* labels, const GraphStore* graph)
{
    m_graph = graph;
    m_losses = losses;
    m_repeats = repeats;
    m_labels = labels;
    refresh();
}

void HeadsModel::setOff(const std::vector<HeadId>& off)
{
    m_off = off;
    refresh();
}

void HeadsModel::refresh()
{
    m_largestLoss = 0;
    for (const HeadId head : m_heads)
        if (const auto change = m_losses ? m_losses->change(head) : std::nullopt)
            m_largestLoss = std::max(m_largestLoss, std::abs(*change));
    if (!m_heads.empty()) Q_EMIT dataChanged(index(0, 0), index(int(m_heads.size()) - 1, ColumnCount - 1));
}

int HeadsModel::rowOf(HeadId head) const
{
    const auto it = std::find(m_heads.begin(), m_heads.end(), head);
    return it == m_heads.end() ? -1 : int(it - m_heads.begin());
}

}  // namespace hs::ui
