// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/cause/cause_logit_page.h"

#include <QHBoxLayout>
#include <QHeaderView>
#include <QLabel>
#include <QTableWidget>
#include <QVBoxLayout>
#include <algorithm>
#include <cmath>
#include <limits>

#include "ui/kit/label.h"
#include "ui/kit/numbers.h"
#include "ui/kit/segment.h"
#include "ui/kit/token_paint.h"
#include "ui/map/patch_view.h"
#include "ui/state/project.h"
#include "ui/state/selection.h"
#include "ui/theme/table_look.h"
#include "ui/theme/theme.h"

namespace hs::ui {

namespace {

constexpr int kSourceRows = 16, kLooks = 3, kRoomForList = 860;
constexpr float kLeastLook = 0.05f;

}  // namespace

CauseLogitPage::CauseLogitPage(const ViewContext& context, CauseQuestion* question, QWidget* parent)
    : CausePage(context, question, tr("Who wrote the logit"), Asks::Answer, parent),
      m_ask(context.bridge, tr("Logit attribution"), QStringLiteral("cause-logit"))
{
    m_mode = new Segment({tr("By head"), tr("By source token")});
    m_bar->addWidget(m_mode);
    m_map = new PatchView;
    m_map->setObjectName(QStringLiteral("logitMap"));
    m_map->setAccessibleName(tr("What each head adds to the logit"));
    m_rest = makeLabel({}, Ink::Text, Type::Base);
    m_rest->setTextFormat(Qt::RichText);
    m_rest->setAlignment(Qt::AlignTop | Qt::AlignLeft);
    m_rest->setFixedWidth(190);
    m_sum = makeLabel({}, Ink::Text, Type::Base, true);
    m_sum->setObjectName(QStringLiteral("logitSum"));
    auto* picture = new QWidget;
    auto* column = new QVBoxLayout(picture);
    column->setContentsMargins(0, 0, 0, 0);
    auto* row = new QHBoxLayout;
    row->setSpacing(16);
    row->addWidget(m_map, 1);
    buildList();
    row->addWidget(m_list, 2);
    row->addWidget(m_rest);
    column->addWidget(m_sum);
    column->addLayout(row, 1);
    m_body->addWidget(picture, 1);
    setPicture(picture);
    connect(m_mode, &Segment::chosen, this, [this] { show(); });
    connect(m_list, &QTableWidget::currentCellChanged, this, [this](int r) {
        if (r >= 0 && r < int(m_rows.size()) && m_list->hasFocus()) m_c.selection->setHead(m_rows[std::size_t(r)]);
    });
    connect(m_list, &QTableWidget::cellClicked, this, [this](int r) {
        if (r < int(m_rows.size())) m_c.selection->setHead(m_rows[std::size_t(r)]);
    });
    connect(m_map, &PatchView::readoutChanged, this, &CausePage::statusChanged);
    connect(m_map, &PatchView::chosen, this, [this](int r, int k) {
        if (!m_result || !m_result->parts) return;
        if (m_mode->current() == 1) {
            if (r < int(m_rows.size())) m_c.selection->setHead(m_rows[std::size_t(r)]);
        } else m_c.selection->setHead({int(m_result->parts->heads.size()) - 1 - r, k});
    });
    m_ask.onAnswer([this](const LogitAttributionResult& result) { setResult(result); });
    follow(&m_ask);
}

void CauseLogitPage::refresh()
{
    const auto run = subject();
    if (!run) {
        m_result.reset();
        return show();
    }
    const auto asked = target(*run);
    if (!asked) {
        if (m_result && m_result->run != run) {  // the same run keeps its picture, whose title says what it answers
            m_result.reset();
            show();
        }
        return;
    }
    setBusy(true, tr("Splitting the logit"));
    m_ask.start(LogitAttributionJob{run, *asked});
}

void CauseLogitPage::setResult(const LogitAttributionResult& result)
{
    m_result = result;
    show();
}

void CauseLogitPage::buildList()
{
    m_list = new QTableWidget(0, 4);
    m_list->setObjectName(QStringLiteral("strongestHeads"));
    m_list->setAccessibleName(tr("Heads that add or take most, and what they look at"));
    dressTable(*m_list);
    m_list->setHorizontalHeaderLabels({tr("Head"), tr("adds"), tr("looks at"), tr("most comes from")});
    const QString tips[] = {tr("The heads with the largest direct contributions, in either direction"),
                            tr("What the head adds to the logit directly: the same number as in the map"),
                            tr("The tokens with the largest attention weights, from the place that is explained"),
                            tr("The token whose value vector, through this head, adds or takes most, and how much")};
    for (int c = 0; c < 4; ++c) {
        m_list->horizontalHeaderItem(c)->setToolTip(tips[c]);
        m_list->horizontalHeaderItem(c)->setTextAlignment((c == 1 ? Qt::AlignRight : Qt::AlignLeft) | Qt::AlignVCenter);
    }
    m_list->verticalHeader()->hide();
    m_list->horizontalHeader()->setSectionResizeMode(QHeaderView::Stretch);
    for (const int c : {0, 1}) {
        m_list->horizontalHeader()->setSectionResizeMode(c, QHeaderView::Fixed);
        m_list->setColumnWidth(c, c == 0 ? 70 : 78);  // "L29H11", "+12.345" and the style's margins
    }
    m_list->setMinimumWidth(1);  // it gives way, and goes where there is no room
    m_list->setSizePolicy(QSizePolicy::Ignored, QSizePolicy::Expanding);
    m_list->hide();
}

std::vector<HeadId> CauseLogitPage::strongest() const
{
    const auto& parts = m_result->parts->heads;
    std::vector<std::pair<double, HeadId>> all;
    for (int l = 0; l < int(parts.size()); ++l)
        for (int h = 0; h < int(parts[std::size_t(l)].size()); ++h)
            all.push_back({std::abs(parts[std::size_t(l)][std::size_t(h)]), {l, h}});
    std::stable_sort(all.begin(), all.end(), [](const auto& x, const auto& y) { return x.first > y.first; });
    std::vector<HeadId> out;
    for (std::size_t i = 0; i < std::min<std::size_t>(kSourceRows, all.size()); ++i) out.push_back(all[i].second);
    return out;
}

CauseLogitPage::Strong CauseLogitPage::look(HeadId head) const
{
    const LogitAttribution& a = *m_result->parts;
    Strong out{head, a.heads[std::size_t(head.layer)][std::size_t(head.head)], {}, {}};
    // One row of one map: as quick as reading it.
    if (const auto row = m_result->run->tile(head, MapKind::Weights, a.target.position, 1, 0, m_result->run->keys())) {
        for (int k = 0; k < int(row->cols()); ++k) out.looks.push_back({k, (*row)(0, k)});
        const auto most = std::min<std::ptrdiff_t>(kLooks, std::ptrdiff_t(out.looks.size()));
        std::partial_sort(out.looks.begin(), out.looks.begin() + most, out.looks.end(),
                          [](const auto& x, const auto& y) { return x.second > y.second; });
        out.looks.resize(std::size_t(most));
        std::erase_if(out.looks, [](const auto& look) { return look.second < kLeastLook; });
    }
    if (m_result->sources) {
        const MatrixF& s = m_result->sources->heads[std::size_t(head.layer)];
        for (int j = 0; j < int(s.cols()); ++j) {
            const double part = static_cast<double>(s(head.head, j));
            if (!out.source || std::abs(part) > std::abs(out.source->second)) out.source = {j, part};
        }
    }
    return out;
}

void CauseLogitPage::showList()
{
    const int rows = m_mode->current() == 0 ? int(m_rows.size()) : 0;
    m_list->setRowCount(rows);
    for (int r = 0; r < rows; ++r) {
        const Strong strong = look(m_rows[std::size_t(r)]);
        const auto& tokens = m_result->run->keyTokens();
        const auto name = [&](int k) {
            return QStringLiteral("“%1”").arg(visibleToken(QString::fromStdString(tokens[std::size_t(k)].text)));
        };
        QStringList looks;
        for (const auto& [key, weight] : strong.looks) looks << name(key) + QLatin1Char(' ') + numberText(static_cast<double>(weight), 2);
        const QString from =
            strong.source ? name(strong.source->first) + QLatin1Char(' ') + numberText(strong.source->second, 3, true) : QString();
        const QString words[] = {QString::fromStdString(headName(strong.head)), numberText(strong.adds, 3, true),
                                 looks.join(QStringLiteral(", ")), from};
        for (int c = 0; c < 4; ++c) {
            auto* item = new QTableWidgetItem(words[c]);
            item->setTextAlignment((c == 1 ? Qt::AlignRight : Qt::AlignLeft) | Qt::AlignVCenter);
            item->setToolTip(words[c]);
            m_list->setItem(r, c, item);
        }
    }
    refreshRoom();
}

void CauseLogitPage::refreshRoom()
{
    // Beside a map of tokens there is no room for it: that map says the same for each head.
    m_list->setVisible(m_list->rowCount() > 0 && m_mode->current() == 0 && width() >= kRoomForList);
}

void CauseLogitPage::resizeEvent(QResizeEvent* event)
{
    CausePage::resizeEvent(event);
    refreshRoom();
}

void CauseLogitPage::setMode(int mode)
{
    m_mode->setCurrent(mode);
    show();
}

QString CauseLogitPage::sumText() const { return m_sum->text(); }
QString CauseLogitPage::statusText() const { return m_map->readout(); }

void CauseLogitPage::show()
{
    if (!m_result || !m_result->parts) {
        m_title->setText(tr("Who wrote the logit"));
        m_map->setCells({});
        m_rest->clear();
        m_rows.clear();
        showList();
        m_sum->clear();
        setFacts({});
        setShown({});
        return;
    }
    const LogitAttribution& a = *m_result->parts;
    setShown(CauseAsked{m_result->run, a.target, {}});
    const auto& tokens = m_result->run->queryTokens();
    const QString place = a.target.position < int(tokens.size())
                              ? visibleToken(QString::fromStdString(tokens[std::size_t(a.target.position)].text))
                              : QString();
    const QString answer = tokenText(a.target.answer),
                  what = a.target.wrong >= 0 ? tr("logit of “%1” minus “%2” after “%3”").arg(answer, tokenText(a.target.wrong), place)
                                             : tr("logit of “%1” after “%2”").arg(answer, place);
    m_title->setText(what);
    PatchCells cells;
    cells.quantity = tr("adds to the logit");
    cells.decimals = 3;
    double heads = 0;
    for (const auto& layer : a.heads)
        for (const double v : layer) heads += v;
    const bool bySource = m_mode->current() == 1;
    m_rows = strongest();
    if (!bySource) {
        std::size_t most = 0;
        for (const auto& layer : a.heads) most = std::max(most, layer.size());
        for (std::size_t h = 0; h < most; ++h) cells.columns << QStringLiteral("H%1").arg(h);
        cells.rowTitle = tr("layer");
        cells.columnTitle = tr("head");
        for (int l = int(a.heads.size()) - 1; l >= 0; --l) {  // layers upward, as in the atlas
            cells.rows << QStringLiteral("L%1").arg(l);
            for (std::size_t h = 0; h < most; ++h)
                cells.values.push_back(h < a.heads[std::size_t(l)].size() ? a.heads[std::size_t(l)][h]
                                                                          : std::numeric_limits<double>::quiet_NaN());
        }
    } else if (m_result->sources) {
        const SourceAttribution& s = *m_result->sources;
        const int keys = std::min(a.target.position + 1, int(tokens.size()));
        for (int j = 0; j < keys; ++j) cells.columns << QString::fromStdString(tokens[std::size_t(j)].text);
        cells.tokenColumns = true;
        cells.rowTitle = tr("strongest heads");
        cells.columnTitle = tr("source token");
        for (const HeadId head : m_rows) {
            cells.rows << QString::fromStdString(headName(head));
            for (int j = 0; j < keys; ++j) cells.values.push_back(static_cast<double>(s.heads[std::size_t(head.layer)](head.head, j)));
        }
    }
    m_map->setCells(std::move(cells));
    showList();

    QString rows;
    const auto add = [&](const QString& name, double value, bool bold = false) {
        const QString number = numberText(value, 3, true);
        rows += QStringLiteral("<tr><td>%1</td><td align=\"right\" style=\"padding-left:24px\">%2</td></tr>")
                    .arg(bold ? QStringLiteral("<b>%1</b>").arg(name) : name, bold ? QStringLiteral("<b>%1</b>").arg(number) : number);
    };
    add(tr("all heads"), heads);
    double bias = 0, mlp = 0;
    for (const double v : a.attentionBias) bias += v;
    for (const double v : a.mlp) mlp += v;
    if (!a.mlp.empty()) add(tr("all MLPs"), mlp);
    add(tr("token embedding"), a.embed);
    if (a.positionEmbed != 0) add(tr("position embedding"), a.positionEmbed);
    if (bias != 0) add(tr("attention biases"), bias);
    if (a.replaced != 0) add(tr("interventions"), a.replaced);
    if (a.normBias != 0) add(tr("norm biases"), a.normBias);
    if (a.unembedBias != 0) add(tr("output bias"), a.unembedBias);
    add(tr("sum"), a.total, true);
    m_rest->setText(QStringLiteral("<table cellspacing=\"2\">%1</table>").arg(rows));
    m_sum->setText(tr("sum %1, logit %2, remainder %3")
                       .arg(numberText(a.total, 4), numberText(a.exact, 4),
                            QString::number(a.remainder(), 'g', 2).replace(QLatin1Char('-'), QChar(0x2212))));
    QStringList facts{tr("Direct contributions: what each part wrote into the residual stream, the norms' scales frozen at this run's own; "
                         "effects through later layers are not in it."),
                      bySource || m_rows.empty() ? QString()
                                                 : tr("The list: heads with the largest contributions, their attention weights from this "
                                                      "place, and the source token that most of it came through."),
                      tr("This prompt, %1 tokens; exact, so no interval.").arg(tokens.size()), conditions(*m_result->run)};
    if (const double cap = m_result->run->model->config().finalSoftcap; cap > 0)
        facts.insert(1, tr("This model bends its logits softly to at most %1; sum and logit are those before it.").arg(cap));
    setFacts(facts);
}

FigureSubject CauseLogitPage::figureSubject() const
{
    FigureSubject s;
    s.spec.kind = FigureKind::Drawing;
    QStringList facts = m_factList;
    facts.prepend(m_sum->text() + QLatin1Char('.'));
    s.spec.drawing =
        patchDrawing(m_map->cells(), m_mode->current() == 1 ? QStringLiteral("logit-by-source") : QStringLiteral("logit-by-head"),
                     m_title->text(), facts);
    s.screen = m_map->size();
    return s;
}

}  // namespace hs::ui
