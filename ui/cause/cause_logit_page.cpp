// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/cause/cause_logit_page.h"

#include <QHBoxLayout>
#include <QLabel>
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
#include "ui/theme/theme.h"

namespace hs::ui {

namespace {

constexpr int kSourceRows = 16;

}  // namespace

CauseLogitPage::CauseLogitPage(const ViewContext& context, QWidget* parent)
    : CausePage(context, tr("Who wrote the logit"), Asks::Answer, parent),
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
    m_rest->setFixedWidth(230);
    m_sum = makeLabel({}, Ink::Text, Type::Base, true);
    m_sum->setObjectName(QStringLiteral("logitSum"));
    auto* row = new QHBoxLayout;
    row->setSpacing(16);
    row->addWidget(m_map, 1);
    row->addWidget(m_rest);
    m_body->addWidget(m_sum);
    m_body->addLayout(row, 1);
    connect(m_mode, &Segment::chosen, this, [this] { show(); });
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

QString CauseLogitPage::sumText() const { return m_sum->text(); }
QString CauseLogitPage::statusText() const { return m_map->readout(); }

void CauseLogitPage::show()
{
    if (!m_result || !m_result->parts) {
        m_title->setText(tr("Who wrote the logit"));
        m_map->setCells({});
        m_rest->clear();
        m_sum->clear();
        setFacts({});
        return;
    }
    const LogitAttribution& a = *m_result->parts;
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
    m_rows.clear();
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
        std::vector<std::pair<double, HeadId>> strongest;
        for (int l = 0; l < int(a.heads.size()); ++l)
            for (int h = 0; h < int(a.heads[std::size_t(l)].size()); ++h)
                strongest.push_back({std::abs(a.heads[std::size_t(l)][std::size_t(h)]), {l, h}});
        std::stable_sort(strongest.begin(), strongest.end(), [](const auto& x, const auto& y) { return x.first > y.first; });
        if (strongest.size() > kSourceRows) strongest.resize(kSourceRows);
        const int keys = std::min(a.target.position + 1, int(tokens.size()));
        for (int j = 0; j < keys; ++j) cells.columns << QString::fromStdString(tokens[std::size_t(j)].text);
        cells.tokenColumns = true;
        cells.rowTitle = tr("strongest heads");
        cells.columnTitle = tr("source token");
        for (const auto& [size, head] : strongest) {
            m_rows.push_back(head);
            cells.rows << QString::fromStdString(headName(head));
            for (int j = 0; j < keys; ++j) cells.values.push_back(static_cast<double>(s.heads[std::size_t(head.layer)](head.head, j)));
        }
    }
    m_map->setCells(std::move(cells));

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
