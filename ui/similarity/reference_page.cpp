// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/similarity/reference_page.h"

#include <QDoubleSpinBox>
#include <QHBoxLayout>
#include <QLabel>
#include <QPainter>
#include <QPushButton>
#include <QScrollArea>
#include <QSpinBox>
#include <QStackedLayout>
#include <QVBoxLayout>
#include <cmath>

#include "ui/bridge/error_text.h"
#include "ui/kit/figure_drawing.h"
#include "ui/kit/label.h"
#include "ui/kit/numbers.h"
#include "ui/kit/segment.h"
#include "ui/kit/state_panel.h"
#include "ui/similarity/similarity_store.h"
#include "ui/similarity/similarity_words.h"
#include "ui/state/project.h"
#include "ui/theme/theme.h"

namespace hs::ui {

namespace {

constexpr double kNinetyNine = 2.3263478740408408;  // quantile of the normal distribution

QString row(const QStringList& cells, bool heading = false)
{
    QString out = QStringLiteral("<tr>");
    for (int i = 0; i < cells.size(); ++i)
        out += QStringLiteral("<td align='%1'>%2</td>")
                   .arg(i == 0 ? QStringLiteral("left") : QStringLiteral("right"),
                        heading ? QStringLiteral("<span style='color:%1'>%2</span>").arg(ink(Ink::Muted).name(), cells[i]) : cells[i]);
    return out + QStringLiteral("</tr>");
}

QString tableOf(const QString& rows) { return QStringLiteral("<table width='100%' cellspacing='0' cellpadding='1'>%1</table>").arg(rows); }

QLabel* wrapped(Ink ink, Type type)
{
    QLabel* label = makeLabel({}, ink, type, false);
    label->setWordWrap(true);
    label->setTextInteractionFlags(Qt::TextSelectableByMouse);
    return label;
}

}  // namespace

ReferencePage::ReferencePage(const ViewContext& context, QWidget* parent)
    : QWidget(parent), m_c(context), m_store(new ReferenceStore(context.bridge, context.project, this))
{
    setObjectName(QStringLiteral("referencePage"));
    auto* inner = new QWidget;
    auto* columns = new QHBoxLayout(inner);
    columns->setContentsMargins(measure::kViewMargin, 4, measure::kViewMargin, 4);
    columns->setSpacing(20);
    columns->addWidget(buildPairings());
    columns->addLayout(buildChart(), 1);
    auto* scroll = new QScrollArea;
    scroll->setFrameShape(QFrame::NoFrame);
    scroll->setWidgetResizable(true);
    scroll->setFocusPolicy(Qt::NoFocus);
    scroll->viewport()->setAutoFillBackground(false);  // paper, as all of the centre
    scroll->setWidget(inner);
    inner->setAutoFillBackground(false);
    m_content = scroll;
    m_state = new StatePanel;
    m_stack = new QStackedLayout(this);
    m_stack->addWidget(m_content);
    m_stack->addWidget(m_state);
    setFocusProxy(m_table);
    connectAll();
    refresh();
}

/// All sixteen pairings, and the pairs that cannot compose.
QWidget* ReferencePage::buildPairings()
{
    m_table = new RoleTable(tr("Informativeness of all sixteen pairings"));
    m_table->setObjectName(QStringLiteral("informativeness"));
    m_tableWords = wrapped(Ink::Muted, Type::Caption);
    m_empirical = wrapped(Ink::Text, Type::Caption);
    m_empirical->setTextFormat(Qt::RichText);
    auto* box = new QWidget;
    auto* left = new QVBoxLayout;
    left->setSpacing(4);
    left->addWidget(makeLabel(tr("Distance from chance, all pairings"), Ink::Text, Type::Base, true));
    left->addWidget(m_table);
    left->addWidget(m_tableWords);
    left->addSpacing(2);
    left->addWidget(makeLabel(tr("Pairs that cannot compose"), Ink::Text, Type::Base, true));
    left->addWidget(m_empirical);
    left->addStretch();
    box->setLayout(left);
    left->setContentsMargins(0, 0, 0, 0);
    box->setFixedWidth(m_table->sizeHint().width());
    return box;
}

/// The pairing in the chart, width of its bins, linear or log.
QLayout* ReferencePage::buildHeading()
{
    m_title = makeLabel({}, Ink::Text, Type::Base, true);
    m_scale = new Segment({tr("Linear"), tr("Log")});
    m_scale->button(1)->setToolTip(tr("Shares on a log scale: the few pairs far from chance become visible"));
    m_width = new QDoubleSpinBox;
    m_width->setRange(0.005, 10);
    m_width->setDecimals(3);
    m_width->setSingleStep(0.05);
    m_width->setValue(ReferenceOptions().binWidth);
    m_width->setKeyboardTracking(false);
    m_width->setAccessibleName(tr("Bin width"));
    m_width->setToolTip(tr("Width of the bins of the histogram; the informativeness depends on it"));
    auto* heading = new QHBoxLayout;
    heading->setSpacing(measure::kControlGap);
    heading->addWidget(m_title, 1);
    heading->addWidget(makeLabel(tr("Bin width"), Ink::Muted, Type::Caption, false));
    heading->addWidget(m_width);
    heading->addWidget(m_scale);
    return heading;
}

QLayout* ReferencePage::buildDraws()
{
    m_draws = new QSpinBox;
    m_draws->setRange(10, 100000);
    m_draws->setValue(1000);
    m_draws->setGroupSeparatorShown(false);
    m_draws->setAccessibleName(tr("Number of draws"));
    m_draw = new QPushButton(tr("Draw"));
    m_draw->setProperty("small", true);
    m_draw->setToolTip(tr("Draws random subspaces and compares their mean and spread with the exact ones"));
    auto* draw = new QHBoxLayout;
    draw->setSpacing(measure::kControlGap);
    draw->addWidget(makeLabel(tr("Check by drawing"), Ink::Muted, Type::Base, false));
    draw->addWidget(m_draws);
    draw->addWidget(m_draw);
    draw->addStretch();
    return draw;
}

/// The chart of one pairing, its numbers, and the check by drawing below.
QLayout* ReferencePage::buildChart()
{
    m_chart = new ReferenceChart;
    m_numbers = wrapped(Ink::Text, Type::Base);
    m_numbers->setTextFormat(Qt::RichText);
    m_drawWords = wrapped(Ink::Text, Type::Caption);
    m_drawWords->setObjectName(QStringLiteral("drawWords"));
    auto* right = new QVBoxLayout;
    right->setSpacing(4);
    right->addLayout(buildHeading());
    right->addWidget(m_chart, 1);
    right->addWidget(m_numbers);
    right->addSpacing(4);
    right->addWidget(makeHairline());
    right->addLayout(buildDraws());
    right->addWidget(m_drawWords);
    return right;
}

void ReferencePage::connectAll()
{
    connect(m_store, &ReferenceStore::changed, this, &ReferencePage::refresh);
    connect(m_store->reportJob(), &OneAsk::progress, this,
            [this](double fraction, const QString& text) { m_state->setProgress(fraction, text); });
    connect(m_store->drawJob(), &OneAsk::progress, this, [this](double, const QString& text) { m_drawWords->setText(text); });
    connect(m_state, &StatePanel::cancelled, m_store->reportJob(), &OneAsk::cancel);
    connect(m_state, &StatePanel::triggered, this, [this] { m_store->again(options()); });
    connect(m_table, &RoleTable::chosen, this, [this](int cell) { setPairing(allRolePairs()[std::size_t(cell)]); });
    connect(m_scale, &Segment::chosen, this, &ReferencePage::refresh);
    connect(m_width, &QDoubleSpinBox::valueChanged, this, &ReferencePage::ask);
    connect(m_chart, &ReferenceChart::hovered, this, [this](const QString& text) {
        m_hover = text;
        Q_EMIT statusChanged(text);
    });
    connect(m_draw, &QPushButton::clicked, this, [this] {
        if (m_store->drawJob()->busy()) return m_store->drawJob()->cancel();
        m_store->draw(m_draws->value(), 0, 0, 0);
    });
    connect(m_c.similarity, &SimilarityStore::changed, this, &ReferencePage::ask);
    connect(m_c.project, &Project::modelChanged, this, &ReferencePage::ask);
    connect(&Theme::instance(), &Theme::changed, this, &ReferencePage::refreshNumbers);
}

ReferenceOptions ReferencePage::options() const
{
    ReferenceOptions o;
    o.weights = m_c.similarity->settings().weights;
    o.binWidth = m_width->value();
    return o;
}

void ReferencePage::showEvent(QShowEvent* event)
{
    QWidget::showEvent(event);
    ask();
}

void ReferencePage::ask()
{
    // Sixteen pairings are worth computing only for whoever looks.
    if (isVisible() && m_c.project->model() && hasSomeAttention(*m_c.project->model())) m_store->need(options());
    refresh();
}

void ReferencePage::setPairing(RolePair pairing)
{
    m_pairing = pairing;
    refresh();
}

RoleTableScene ReferencePage::tableScene() const
{
    RoleTableScene scene;
    const auto& report = m_store->report();
    if (!report || report->pairings.size() != 16) return scene;
    for (int i = 0; i < 16; ++i) {
        const PairingReference& p = report->pairings[std::size_t(i)];
        scene.cells.push_back(p.pairs > 0 ? RoleTableScene::Cell{p.informativeness, numberText(p.informativeness, 3),
                                                                 tr("mean %1").arg(numberText(p.mean, 2))}
                                          : RoleTableScene::Cell{std::nan(""), tr("n/a"), {}});
        if (p.pairing == m_pairing) scene.chosen = i;
    }
    return scene;
}

ReferenceScene ReferencePage::chartScene() const
{
    ReferenceScene scene;
    if (const PairingReference* p = referenceOf(m_store->report().get(), m_pairing))
        scene = referenceScene(*p, m_store->report()->percents);
    scene.logScale = m_scale->current() == 1;
    scene.unit = tr("Projection Kernel, %1").arg(QString::fromStdString(rolePairName(m_pairing)));
    return scene;
}

void ReferencePage::refresh()
{
    m_table->setScene(tableScene());
    m_chart->setScene(chartScene());
    refreshNumbers();
    refreshDraws();
    const auto& report = m_store->report();
    const auto& error = m_store->reportJob()->error();
    if (report && !m_store->reportJob()->busy()) {
        m_state->clearProgress();
        m_stack->setCurrentIndex(0);
        return;
    }
    StateContent content;
    const auto& model = m_c.project->model();
    if (!model) {
        content.title = tr("Nothing to compare");
        content.sentence = tr("Comparing heads needs a model file; attention dumps hold no weights.");
    } else if (!hasSomeAttention(*model)) {
        content.title = tr("Nothing to compare");
        content.sentence = tr("This file holds no attention weights.");
    } else if (error && error->code == ErrorCode::Cancelled) {
        content.title = tr("Cancelled");
        content.sentence = tr("The heads were not compared with random subspaces.");
        content.buttons << StateButton{QStringLiteral("again"), tr("Compare them"), true, {}};
    } else if (error) {
        const ErrorText text = errorText(*error);
        content.bad = true;
        content.title = text.title;
        content.sentence = text.what;
        content.note = text.next;
    } else {
        content.title = tr("Comparing all heads with random subspaces");
    }
    if (!(m_state->content() == content)) m_state->setContent(content);
    if (!m_store->reportJob()->busy()) m_state->clearProgress();
    m_stack->setCurrentIndex(1);
}

void ReferencePage::refreshNumbers()
{
    const auto& report = m_store->report();
    m_tableWords->clear();
    m_empirical->clear();
    m_numbers->clear();
    m_title->setText(QString::fromStdString(rolePairName(m_pairing)));
    if (!report) return;
    QStringList words{tr("Informativeness: KL of random against these heads, in nats, from bins of %1; earlier head into later head. It "
                         "depends on the bin width.")
                          .arg(numberText(report->binWidth, report->binWidth < 0.095 ? 3 : 2)),
                      weightsWord(report->weights)};
    words += noteWords(report->notes);
    m_tableWords->setText(words.join(QStringLiteral(" · ")));

    QString rows = row({QString(), tr("mean"), tr("sd"), tr("95 %"), tr("99 %"), tr("largest")}, true);
    bool any = false;
    for (const EmpiricalNull& e : report->empirical) {
        const QString name = tr("O into earlier %1").arg(QString::fromStdString(rolePairName({e.reads, e.reads})).left(1));
        any = any || e.pairs > 0;
        rows += e.pairs > 0 ? row({name, numberText(e.mean, 3), numberText(e.sd, 3), numberText(e.q95, 2), numberText(e.q99, 2),
                                   numberText(e.largest, 2)})
                            : row({name, tr("n/a"), {}, {}, {}, {}});
    }
    m_empirical->setText(tableOf(rows)
                         + (any ? tr("A later head's output against an earlier head's input: an empirical null.")
                                : tr("No head lies in a later layer than another.")));

    const PairingReference* p = referenceOf(report.get(), m_pairing);
    if (!p || p->pairs == 0) {
        m_title->setText(tr("%1: no pairs").arg(QString::fromStdString(rolePairName(m_pairing))));
        m_numbers->setText(m_c.project->model() && m_c.project->model()->config().nLayers < 2
                               ? tr("This model has one layer: no head lies before another.")
                               : tr("No pair of this kind has a number: matrices are missing, zero or not finite."));
        return;
    }
    m_title->setText(tr("%1: %2 pairs, earlier into later").arg(QString::fromStdString(rolePairName(m_pairing)), countText(p->pairs)));
    QString table = row({QString(), tr("mean"), tr("sd"), tr("99 % below"), tr("largest")}, true);
    table += row({tr("These heads"), numberText(p->mean, 3), numberText(p->sd, 3),
                  numberText(p->thresholds.empty() ? std::nan("") : p->thresholds.front(), 3), numberText(p->largest, 2)});
    table += row({tr("Random, exact"), numberText(p->nullMean, 3), numberText(p->nullSd, 3),
                  numberText(p->nullMean + kNinetyNine * p->nullSd, 3), QString()});
    QStringList cuts;
    for (std::size_t i = 0; i < p->thresholds.size(); ++i)
        cuts << tr("top %1 % from %2").arg(numberText(report->percents[i], 0), numberText(p->thresholds[i], 2));
    m_numbers->setText(tableOf(table)
                       + QStringLiteral("<span style='color:%1'>%2</span>").arg(ink(Ink::Muted).name(), cuts.join(QStringLiteral(" · "))));
}

void ReferencePage::refreshDraws()
{
    const bool busy = m_store->drawJob()->busy();
    m_draw->setText(busy ? tr("Cancel") : tr("Draw"));
    if (busy) return;
    if (const auto& error = m_store->drawJob()->error())
        return m_drawWords->setText(error->code == ErrorCode::Cancelled ? tr("Cancelled: no draws kept.") : errorText(*error).what);
    const auto& mc = m_store->draws();
    if (!mc)
        return m_drawWords->setText(tr("Random subspaces of the heads' own dimensions, drawn on demand, check the exact mean and spread."));
    m_drawWords->setText(
        tr("%1 pairs of random subspaces of %2 and %3 dimensions in %4 (seed %5): mean %6 ± %7, exact %8; sd %9, exact %10; skewness %11.")
            .arg(countText(mc->draws))
            .arg(mc->m)
            .arg(mc->n)
            .arg(mc->d)
            .arg(mc->seed)
            .arg(numberText(mc->mean, 4), numberText(mc->meanError, 4), numberText(mc->exact.mean, 4), numberText(mc->sd, 4),
                 numberText(mc->exact.sd, 4), numberText(mc->skewness, 2, true)));
}

QString ReferencePage::drawWords() const { return m_drawWords->text(); }
QString ReferencePage::numberWords() const { return m_numbers->text(); }

void ReferencePage::fillFigure(FigureSubject& subject) const
{
    const auto& report = m_store->report();
    const ReferenceScene chart = chartScene();
    if (!report || chart.empty()) return;
    auto drawing = std::make_shared<FigureDrawing>();
    drawing->name = QStringLiteral("similarity");
    const QString roles = QString::fromStdString(rolePairName(m_pairing));
    drawing->title = tr("Projection Kernel, %1, against random subspaces").arg(roles);
    drawing->caption = tr("Projection Kernels of all earlier-to-later pairs (%1) against random subspaces, and the informativeness of all "
                          "sixteen pairings")
                           .arg(roles);
    drawing->facts << tr("bin width: %1").arg(numberText(report->binWidth, 3))
                   << tr("weights: %1").arg(QLatin1String(weightProcessingName(report->weights)));
    drawing->aspect = 1.35;
    RoleTableScene table = tableScene();
    drawing->paint = [chart, table](QPainter& painter, const QRectF& area, bool dark) {
        const double high = std::min(204.0, area.height() * 0.44);
        paintReference(painter, chart, QRectF(area.left(), area.top(), area.width(), area.height() - high - 8), 1, dark);
        const double wide = std::min(area.width(), 290.0);
        paintRoleTable(painter, table, QRectF(area.left() + (area.width() - wide) / 2, area.bottom() - high, wide, high), 1, dark, false);
    };
    QStringList head{QStringLiteral("pairing"),   QStringLiteral("pairs"),           QStringLiteral("mean"),
                     QStringLiteral("sd"),        QStringLiteral("largest"),         QStringLiteral("random_mean"),
                     QStringLiteral("random_sd"), QStringLiteral("informativeness"), QStringLiteral("bin_width")};
    for (const double percent : report->percents) head << QStringLiteral("top_%1_percent").arg(percent);
    drawing->table.push_back(head);
    const auto text = [](double v) { return std::isfinite(v) ? QString::number(v, 'g', 9) : QString(); };
    for (const PairingReference& p : report->pairings) {
        QStringList line{QString::fromStdString(rolePairName(p.pairing)),
                         QString::number(p.pairs),
                         text(p.mean),
                         text(p.sd),
                         text(p.largest),
                         text(p.nullMean),
                         text(p.nullSd),
                         text(p.informativeness),
                         text(report->binWidth)};
        for (const double t : p.thresholds) line << text(t);
        drawing->table.push_back(line);
    }
    for (const EmpiricalNull& e : report->empirical) {
        QStringList line{QStringLiteral("O later, %1 earlier").arg(QString::fromStdString(rolePairName({e.reads, e.reads})).left(1)),
                         QString::number(e.pairs), text(e.mean), text(e.sd), text(e.largest)};
        while (line.size() < head.size()) line << QString();
        drawing->table.push_back(line);
    }
    subject.screen = m_content->size();
    subject.spec.kind = FigureKind::Drawing;
    subject.spec.drawing = std::move(drawing);
}

}  // namespace hs::ui
