// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/similarity/pair_card.h"

#include <QClipboard>
#include <QGuiApplication>
#include <QHBoxLayout>
#include <QLabel>
#include <QPushButton>
#include <QScrollArea>
#include <QVBoxLayout>
#include <cmath>

#include "ui/bridge/error_text.h"
#include "ui/kit/index_chart.h"
#include "ui/kit/label.h"
#include "ui/kit/numbers.h"
#include "ui/similarity/measure_words.h"
#include "ui/similarity/similarity_words.h"
#include "ui/theme/theme.h"

namespace hs::ui {

PairCard::PairCard(const ViewContext& context, QWidget* parent)
    : QWidget(parent), m_c(context), m_store(new PairAnglesStore(context.bridge, context.project, this))
{
    setObjectName(QStringLiteral("pairCard"));
    auto* inner = new QWidget;
    auto* column = new QVBoxLayout(inner);
    column->setContentsMargins(0, 8, measure::kWindowMargin, 8);
    column->setSpacing(3);
    const auto wrapped = [](Ink ink, Type type) {
        QLabel* label = makeLabel({}, ink, type, false);
        label->setWordWrap(true);
        return label;
    };
    m_title = makeLabel({}, Ink::Text, Type::Base, true);
    m_copy = new QPushButton(tr("Copy"));
    m_copy->setProperty("quiet", true);
    m_copy->setProperty("small", true);
    m_copy->setToolTip(tr("Copies these numbers and all cosines"));
    auto* heading = new QHBoxLayout;
    heading->addWidget(m_title, 1);
    heading->addWidget(m_copy);
    column->addLayout(heading);
    m_sentence = wrapped(Ink::Muted, Type::Caption);
    column->addWidget(m_sentence);
    m_table = makeLabel({}, Ink::Text, Type::Base, false);
    m_table->setTextFormat(Qt::RichText);
    m_table->setWordWrap(true);  // never wider than the card
    m_table->setTextInteractionFlags(Qt::TextSelectableByMouse);
    column->addWidget(m_table);
    m_remark = wrapped(Ink::Muted, Type::Caption);
    column->addWidget(m_remark);
    column->addSpacing(4);
    m_anglesTitle = makeLabel(tr("Cosines of the principal angles"), Ink::Text, Type::Base, true);
    column->addWidget(m_anglesTitle);
    m_chart = new IndexChart(tr("Cosines of the principal angles"));
    m_chart->setObjectName(QStringLiteral("anglesChart"));
    m_chart->setMinimumHeight(128);
    m_chart->setMaximumHeight(220);
    column->addWidget(m_chart, 1);
    m_angles = wrapped(Ink::Text, Type::Caption);
    column->addWidget(m_angles);
    column->addStretch(1);
    // Low windows scroll: no number is cut.
    auto* scroll = new QScrollArea;
    scroll->setFrameShape(QFrame::NoFrame);
    scroll->setWidgetResizable(true);
    scroll->setFocusPolicy(Qt::NoFocus);
    scroll->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    scroll->viewport()->setAutoFillBackground(false);
    scroll->setWidget(inner);
    inner->setAutoFillBackground(false);
    auto* outer = new QVBoxLayout(this);
    outer->setContentsMargins(0, 0, 0, 0);
    outer->addWidget(scroll);
    connect(m_store, &PairAnglesStore::changed, this, &PairCard::refreshAngles);
    connect(&Theme::instance(), &Theme::changed, this, &PairCard::refresh);
    connect(m_copy, &QPushButton::clicked, this, [this] { QGuiApplication::clipboard()->setText(text()); });
    refresh();
}

void PairCard::setPair(const std::shared_ptr<const HeadMatrix>& matrix, int row, int col)
{
    if (matrix == m_matrix && row == m_row && col == m_col) return;
    m_matrix = matrix;
    m_row = row;
    m_col = col;
    refresh();
    ask();
}

void PairCard::showEvent(QShowEvent* event)
{
    QWidget::showEvent(event);
    ask();
}

void PairCard::ask()
{
    if (isVisible() && m_question) m_store->need(*m_question);
}

void PairCard::refresh()
{
    m_lines.clear();
    m_question.reset();
    const bool pair = m_matrix && m_row >= 0 && m_col >= 0;
    m_copy->setVisible(pair);
    m_table->setVisible(pair);
    m_remark->setVisible(pair);
    if (!pair) {
        m_title->setText(tr("A pair of heads"));
        m_sentence->setText(tr("Click a cell to see all its numbers. Arrow keys move from cell to cell."));
        refreshAngles();
        return;
    }
    const HeadMatrix& m = *m_matrix;
    const AxisHead &a = m.rows.heads[std::size_t(m_row)], &b = m.cols.heads[std::size_t(m_col)];
    const QString source = QString::fromStdString(a.label), target = QString::fromStdString(b.label);
    const std::size_t r = std::size_t(m_row), c = std::size_t(m_col);
    const double value = m.value(r, c);
    const int decimals = measureDecimals(m.measure);
    m_title->setText(comparesAll(m) ? tr("%1 and %2").arg(source, target) : tr("%1 → %2").arg(source, target));
    m_sentence->setText(m.pairing ? pairSentence(*m.pairing, source, target) : measureSentence(m.measure));
    QStringList remarks;
    if (std::isfinite(value)) {
        m_lines.emplace_back(measureBrief(m.measure), numberText(value, decimals));
        if (measureInfo(m.measure).normalised) m_lines.emplace_back(tr("normalised"), numberText(m.normalised(r, c), 4));
        if (!m.corrected.empty() && std::isfinite(m.corrected[m.at(r, c)]))
            m_lines.emplace_back(tr("chance-corrected"), numberText(m.corrected[m.at(r, c)], 4));
        if (const auto null = nullMoments(m, r, c)) {
            m_lines.emplace_back(tr("random subspaces"),
                                 tr("%1 ± %2").arg(numberText(null->mean, decimals + 1), numberText(null->sd, decimals + 1)));
            if (null->sd > 0) {
                m_lines.emplace_back(tr("above chance, in sd"), numberText((value - null->mean) / null->sd, 1, true));
                remarks << tr("Not a significance: trained heads are far from random and depend on each other.");
            }
        }
        const PairRank rank = pairRank(m, m_row, m_col);
        if (rank.rank > 0) m_lines.emplace_back(tr("place among all"), tr("%1 of %2").arg(countText(rank.rank), countText(rank.of)));
        else if (comparesAll(m) && m_row == m_col) remarks << tr("A head with itself.");
    } else {
        m_lines.emplace_back(measureBrief(m.measure), tr("n/a"));
        const NoValue reason = m.reason(r, c);
        remarks << (reason == NoValue::None ? tr("There is no number here.") : tr("No number: %1.").arg(reasonWord(reason)));
    }
    if (m.pairing) {
        m_lines.emplace_back(tr("ranks"), tr("%1 and %2").arg(a.rank).arg(b.rank));
        if (a.rank > 0 && b.rank > 0)
            m_lines.emplace_back(tr("conditioning"),
                                 tr("%1 and %2").arg(numberText(a.conditionNumber, 1), numberText(b.conditionNumber, 1)));
        AnglesQuestion question;
        question.pairing = *m.pairing;
        question.source = {a.id.layer, a.firstHead};
        question.target = {b.id.layer, b.firstHead};
        question.weights = m.weights;
        // Heads that cannot compose have no number, so none is summed up from their angles either.
        if (std::isfinite(value) || m.reason(r, c) != NoValue::LayerOrder) m_question = question;
    }
    QString rows = QStringLiteral("<table width='100%' cellspacing='0' cellpadding='1'>");
    for (const auto& [name, number] : m_lines)
        rows += QStringLiteral("<tr><td><span style='color:%3'>%1</span></td><td align='right'>%2</td></tr>")
                    .arg(name.toHtmlEscaped(), number.toHtmlEscaped(), ink(Ink::Muted).name());
    m_table->setText(rows + QStringLiteral("</table>"));
    m_remark->setText(remarks.join(QLatin1Char(' ')));
    m_remark->setVisible(!remarks.isEmpty());
    refreshAngles();
}

void PairCard::refreshAngles()
{
    const bool asked = m_question.has_value();
    m_anglesTitle->setVisible(asked);
    m_angles->setVisible(asked);
    m_chart->setVisible(asked);
    if (!asked) return;
    const auto angles = m_store->angles(*m_question);
    IndexChartScene scene;
    scene.top = 1;
    scene.decimals = 4;
    scene.xTitle = tr("angle");
    if (!angles) {
        const auto& error = m_store->job()->error();
        scene.absent = error ? errorText(*error).what : tr("Computing …");
        m_angles->clear();
    } else if (angles->fault != NoValue::None) {
        scene.absent = tr("n/a: %1").arg(reasonWord(angles->fault));
        m_angles->clear();
    } else {
        scene.series.push_back({QString(), angles->cosines, Ink::Bar, false});
        scene.level = std::sqrt(0.5);
        scene.levelName = tr("shared above");
        const AngleSummary& s = angles->summary;
        m_angles->setText(tr("%1 of %2 directions shared (cos² above 0.5), largest cosine %3. Sum of cos² is the Projection Kernel: %4; "
                             "geodesic distance %5, chordal %6.")
                              .arg(s.sharedDirections)
                              .arg(angles->cosines.size())
                              .arg(numberText(s.largestCosine, 4), numberText(s.projectionKernel, 3), numberText(s.geodesic, 2),
                                   numberText(s.chordal, 2)));
    }
    m_chart->setScene(std::move(scene));
}

QString PairCard::text() const
{
    QString out = m_title->text() + QLatin1Char('\n');
    for (const auto& [name, number] : m_lines) out += QStringLiteral("%1\t%2\n").arg(name, number);
    if (m_question)
        if (const auto angles = m_store->angles(*m_question); angles && angles->fault == NoValue::None)
            for (std::size_t i = 0; i < angles->cosines.size(); ++i)
                out += QStringLiteral("cos %1\t%2\n").arg(i + 1).arg(angles->cosines[i], 0, 'g', 9);
    return out;
}

}  // namespace hs::ui
