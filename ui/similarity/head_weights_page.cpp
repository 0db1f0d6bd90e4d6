// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/similarity/head_weights_page.h"

#include <QHBoxLayout>
#include <QHeaderView>
#include <QLabel>
#include <QPainter>
#include <QPushButton>
#include <QScrollArea>
#include <QTableWidget>
#include <QVBoxLayout>
#include <cmath>

#include "ui/bridge/error_text.h"
#include "ui/kit/figure_drawing.h"
#include "ui/kit/label.h"
#include "ui/kit/numbers.h"
#include "ui/kit/segment.h"
#include "ui/kit/token_paint.h"
#include "ui/labels/label_store.h"
#include "ui/similarity/head_number_words.h"
#include "ui/similarity/measure_words.h"
#include "ui/similarity/similarity_store.h"
#include "ui/similarity/similarity_words.h"
#include "ui/state/project.h"
#include "ui/state/selection.h"
#include "ui/theme/label_colours.h"
#include "ui/theme/table_look.h"
#include "ui/theme/theme.h"

namespace hs::ui {

namespace {

constexpr int kNearest = 12;

QString tokensText(const std::vector<DirectionToken>& tokens)
{
    QStringList words;
    for (const DirectionToken& t : tokens) words << visibleToken(QString::fromStdString(t.text));
    return words.join(QStringLiteral("  "));
}

QString tokensTip(const std::vector<DirectionToken>& tokens)
{
    QStringList words;
    for (const DirectionToken& t : tokens)
        words << QStringLiteral("%1 %2").arg(visibleToken(QString::fromStdString(t.text)), numberText(t.value, 3, true));
    return words.join(QLatin1Char('\n'));
}

/// Values as shares of the largest: spectra of different sizes on one axis.
std::vector<double> shares(const std::vector<double>& values)
{
    std::vector<double> out = values;
    if (!out.empty() && out.front() > 0)
        for (double& v : out) v /= values.front();
    return out;
}

QLabel* wrapped(Ink ink, Type type)
{
    QLabel* label = makeLabel({}, ink, type, false);
    label->setWordWrap(true);
    return label;
}

}  // namespace

HeadWeightsPage::HeadWeightsPage(const ViewContext& context, QWidget* parent)
    : QWidget(parent), m_c(context), m_store(new HeadSpectraStore(context.bridge, context.project, this))
{
    setObjectName(QStringLiteral("headWeightsPage"));
    auto* columns = new QHBoxLayout;
    columns->setSpacing(20);
    columns->addLayout(buildNumbers(), 1);
    columns->addLayout(buildNearest(), 1);
    buildDirections();
    auto* inner = new QWidget;
    auto* column = new QVBoxLayout(inner);
    column->setContentsMargins(measure::kViewMargin, 4, measure::kViewMargin, 8);
    column->setSpacing(6);
    column->addLayout(columns, 1);
    column->addWidget(m_directionsTitle);
    column->addWidget(m_directions);
    column->addWidget(m_directionWords);
    auto* scroll = new QScrollArea;
    scroll->setFrameShape(QFrame::NoFrame);
    scroll->setWidgetResizable(true);
    scroll->setFocusPolicy(Qt::NoFocus);
    scroll->viewport()->setAutoFillBackground(false);  // paper, as all of the centre
    scroll->setWidget(inner);
    inner->setAutoFillBackground(false);
    auto* outer = new QVBoxLayout(this);
    outer->setContentsMargins(0, 0, 0, 0);
    outer->addWidget(scroll);
    setFocusProxy(m_circle);
    connectAll();
    refresh();
}

/// The head's name and numbers, its singular values below.
QLayout* HeadWeightsPage::buildNumbers()
{
    m_title = makeLabel({}, Ink::Text, Type::HeadName, true);
    m_table = makeLabel({}, Ink::Text, Type::Base, false);
    m_table->setTextFormat(Qt::RichText);
    m_table->setWordWrap(true);  // long reasons take a second line instead of widening the page
    m_table->setTextInteractionFlags(Qt::TextSelectableByMouse);
    m_words = wrapped(Ink::Muted, Type::Caption);
    m_chart = new IndexChart(tr("Singular values"));
    m_chart->setObjectName(QStringLiteral("spectra"));
    m_chart->setMinimumHeight(150);
    m_cancel = new QPushButton(tr("Cancel"));
    m_cancel->setProperty("small", true);
    m_cancel->hide();
    auto* left = new QVBoxLayout;
    left->setSpacing(4);
    auto* heading = new QHBoxLayout;
    heading->addWidget(m_title);
    heading->addStretch();
    heading->addWidget(m_cancel);
    left->addLayout(heading);
    left->addWidget(m_table);
    left->addWidget(m_words);
    left->addSpacing(4);
    left->addWidget(makeLabel(tr("Singular values, as shares of the largest"), Ink::Text, Type::Base, true));
    left->addWidget(m_chart, 1);
    return left;
}

/// The heads nearest to it, in a circle.
QLayout* HeadWeightsPage::buildNearest()
{
    m_circle = new NearestCircle;
    m_circleTitle = wrapped(Ink::Text, Type::Base);
    m_way = new Segment({tr("Later heads"), tr("Earlier heads")});
    auto* right = new QVBoxLayout;
    right->setSpacing(4);
    right->addWidget(m_circleTitle);
    auto* way = new QHBoxLayout;
    way->addWidget(m_way);
    way->addStretch();
    right->addLayout(way);
    right->addWidget(m_circle, 1);
    return right;
}

void HeadWeightsPage::buildDirections()
{
    m_directionsTitle = makeLabel(tr("What the OV circuit reads and writes, in tokens"), Ink::Text, Type::Base, true);
    m_directionWords = wrapped(Ink::Muted, Type::Caption);
    m_directionWords->setObjectName(QStringLiteral("directionWords"));
    m_directions = new QTableWidget(0, 4);
    m_directions->setObjectName(QStringLiteral("directions"));
    m_directions->setAccessibleName(tr("Singular directions of the OV circuit"));
    m_directions->setHorizontalHeaderLabels({tr("σ"), tr("end"), tr("reads"), tr("writes")});
    m_directions->horizontalHeaderItem(0)->setTextAlignment(Qt::AlignRight | Qt::AlignVCenter);
    for (const int c : {1, 2, 3}) m_directions->horizontalHeaderItem(c)->setTextAlignment(Qt::AlignLeft | Qt::AlignVCenter);
    dressTable(*m_directions);
    m_directions->horizontalHeader()->setSectionResizeMode(QHeaderView::Fixed);
    m_directions->horizontalHeader()->setSectionResizeMode(2, QHeaderView::Stretch);
    m_directions->horizontalHeader()->setSectionResizeMode(3, QHeaderView::Stretch);
    m_directions->setColumnWidth(0, 76);
    m_directions->setColumnWidth(1, 44);
    m_directions->setWordWrap(false);
    m_directions->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    m_directions->setVerticalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
}

void HeadWeightsPage::connectAll()
{
    connect(m_store, &HeadSpectraStore::changed, this, [this] {
        if (isVisible() && !m_store->job()->busy() && !m_store->job()->error()) ask();  // forgotten: another run or model
        refresh();
    });
    connect(m_cancel, &QPushButton::clicked, m_store->job(), &OneAsk::cancel);
    connect(m_c.selection, &Selection::headChanged, this, &HeadWeightsPage::ask);
    connect(m_c.similarity, &SimilarityStore::changed, this, &HeadWeightsPage::ask);
    connect(m_c.project, &Project::modelChanged, this, &HeadWeightsPage::ask);
    if (m_c.labels) connect(m_c.labels, &LabelStore::changed, this, &HeadWeightsPage::refresh);
    connect(&Theme::instance(), &Theme::changed, this, &HeadWeightsPage::refresh);
    connect(m_way, &Segment::chosen, this, &HeadWeightsPage::refreshCircle);
    connect(m_circle, &NearestCircle::chosen, this, [this](HeadId head) { m_c.selection->setHead(head); });
    connect(m_circle, &NearestCircle::hovered, this, [this](int i) {
        const auto& heads = m_circle->scene().heads;
        m_hover = i < 0 || i >= int(heads.size())
                      ? QString()
                      : tr("%1 and %2 | %3").arg(m_circle->scene().centre, heads[std::size_t(i)].name, heads[std::size_t(i)].text);
        Q_EMIT statusChanged(m_hover);
    });
}

void HeadWeightsPage::showEvent(QShowEvent* event)
{
    QWidget::showEvent(event);
    ask();
}

void HeadWeightsPage::ask()
{
    const auto& model = m_c.project->model();
    const HeadId head = m_c.selection->head();
    if (isVisible() && model && hasSomeAttention(*model) && head.layer < model->config().nLayers
        && head.head < model->config().heads(head.layer))
        m_store->need(head, m_c.similarity->settings().weights);
    refresh();
}

IndexChartScene HeadWeightsPage::spectraScene(const HeadSpectra& s) const
{
    IndexChartScene scene;
    scene.top = 1;
    scene.decimals = 4;
    scene.xTitle = tr("singular value");
    if (!s.ov.empty()) scene.series.push_back({tr("OV, σ₁ = %1").arg(numberText(s.ov.front(), 3)), shares(s.ov), Ink::RoleV, false});
    if (!s.qk.empty()) scene.series.push_back({tr("QK, σ₁ = %1").arg(numberText(s.qk.front(), 3)), shares(s.qk), Ink::RoleQ, true});
    if (scene.series.empty()) scene.absent = tr("n/a: %1").arg(reasonWord(s.ovFault));
    return scene;
}

void HeadWeightsPage::refresh()
{
    const HeadId head = m_c.selection->head();
    const WeightProcessing weights = m_c.similarity->settings().weights;
    const auto s = m_store->spectra(head, weights);
    m_title->setText(tr("L%1 H%2").arg(head.layer).arg(head.head));
    m_cancel->setVisible(m_store->job()->busy());
    m_lines.clear();
    refreshCircle();
    if (!s) {
        const auto& error = m_store->job()->error();
        const auto& model = m_c.project->model();
        IndexChartScene none;
        none.absent =
            !model                      ? tr("Comparing heads needs a model file; attention dumps hold no weights.")
            : !hasSomeAttention(*model) ? tr("This file holds no attention weights.")
            : error ? (error->code == ErrorCode::Cancelled ? tr("Cancelled. Choose the head again to compute it.") : errorText(*error).what)
                    : tr("Computing …");
        m_chart->setScene(std::move(none));
        m_table->clear();
        m_words->clear();
        refreshDirections(nullptr);
        return;
    }
    const auto add = [this](const QString& name, const QString& value, const QString& chance = {}) {
        m_lines.emplace_back(name, chance.isEmpty() ? value : tr("%1 (random %2)").arg(value, chance));
    };
    const QString noOv = tr("n/a: %1").arg(reasonWord(s->ovFault)), noQk = tr("n/a: %1").arg(reasonWord(s->qkFault));
    const bool ov = s->ovFault == NoValue::None;
    for (const HeadNumber& number : headNumbers()) add(headNumberTitle(number), headNumberText(number, *s), headNumberChance(number, *s));
    QString copying = tr("n/a: heads are not labelled yet");
    if (const HeadReport* report = m_c.labels ? m_c.labels->head(head) : nullptr) {
        copying = tr("n/a");
        for (const HeadScore& score : report->scores)
            if (score.key == "ov-eigen" && std::isfinite(score.value)) copying = numberText(score.value, 3, true);
    }
    add(tr("Copying score (eigenvalues of OV)"), copying);
    add(tr("Rank of OV and QK"),
        !ov && s->qkFault == s->ovFault
            ? noOv
            : tr("%1 and %2")
                  .arg(ov ? QString::number(s->ovRank) : tr("n/a"), s->qkFault == NoValue::None ? QString::number(s->qkRank) : noQk));
    QString rows = QStringLiteral("<table width='100%' cellspacing='0' cellpadding='1'>");
    for (const auto& [name, value] : m_lines)
        rows += QStringLiteral("<tr><td><span style='color:%3'>%1</span></td><td align='right'>%2</td></tr>")
                    .arg(name.toHtmlEscaped(), value.toHtmlEscaped(), ink(Ink::Muted).name());
    m_table->setText(rows + QStringLiteral("</table>"));
    QStringList words{weightsWord(s->weights)};
    words += noteWords(s->notes);
    if (const auto& model = m_c.project->model(); model && model->config().kvHeads(head.layer) < model->config().heads(head.layer)) {
        const ModelConfig& config = model->config();
        QStringList others;
        for (int h = 0; h < config.heads(head.layer); ++h)
            if (h != head.head && config.kvHeadOf(head.layer, h) == config.kvHeadOf(head.layer, head.head))
                others << QString::fromStdString(headName({head.layer, h}));
        if (!others.isEmpty()) words << tr("shares its keys and values with %1").arg(others.join(QStringLiteral(", ")));
    }
    words.removeDuplicates();
    m_words->setText(words.join(QStringLiteral(" · ")));
    m_chart->setScene(spectraScene(*s));
    refreshDirections(s.get());
}

void HeadWeightsPage::refreshCircle()
{
    const auto& matrix = m_c.similarity->matrix();
    const HeadId selected = m_c.selection->head();
    const bool all = m_c.similarity->symmetric();
    m_way->setVisible(!all);
    const bool incoming = !all && m_way->current() == 1;
    NearestScene scene;
    const auto decorate = [this](HeadId head, QString& letters, QColor& colour) {
        if (!m_c.labels) return;
        if (const LabelMark mark = m_c.labels->mark(head); mark.hasLabel()) {
            letters = mark.code;
            colour = familyColour(mark.family);
        }
    };
    scene.centre = QString::fromStdString(headName(selected));
    decorate(selected, scene.letters, scene.colour);
    const QString roles =
        matrix && matrix->pairing ? QStringLiteral(", ") + QString::fromStdString(rolePairName(*matrix->pairing)) : QString();
    m_circleTitle->setText(matrix ? tr("Nearest heads by %1%2").arg(measureTitle(matrix->measure), roles) : tr("Nearest heads"));
    if (!matrix) {
        scene.absent = m_c.similarity->busy() ? tr("Computing …") : m_c.similarity->impossible();
        m_circle->setScene(std::move(scene));
        return;
    }
    const HeadAxis &mine = incoming ? matrix->cols : matrix->rows, &others = incoming ? matrix->rows : matrix->cols;
    int index = -1;
    for (int i = 0; i < int(mine.size()); ++i)
        if (mine.heads[std::size_t(i)].id.layer == selected.layer && selected.head >= mine.heads[std::size_t(i)].firstHead
            && selected.head <= mine.heads[std::size_t(i)].lastHead)
            index = i;
    double edge = 0, chance = 0;
    int chances = 0;
    for (const int other : nearestHeads(*matrix, index, kNearest, incoming)) {
        const std::size_t r = std::size_t(incoming ? other : index), c = std::size_t(incoming ? index : other);
        const AxisHead& head = others.heads[std::size_t(other)];
        NearestHead near;
        near.head = {head.id.layer, head.firstHead};
        near.name = QString::fromStdString(head.label);
        near.text = numberText(matrix->value(r, c), measureDecimals(matrix->measure) > 2 ? 3 : 2);
        near.distance = isDistance(matrix->measure) ? matrix->value(r, c) : std::max(0.0, 1 - matrix->normalised(r, c));
        decorate(near.head, near.letters, near.colour);
        edge = std::max(edge, near.distance);
        if (const auto null = nullMoments(*matrix, r, c)) {
            // The random level on the scale of what is drawn.
            const double v = matrix->value(r, c);
            chance += 1 - (v > 0 ? null->mean * matrix->normalised(r, c) / v : 0);
            ++chances;
        }
        scene.heads.push_back(std::move(near));
    }
    if (scene.heads.empty())
        scene.absent = index < 0 || mine.heads[std::size_t(index)].fault == NoValue::None
                           ? incoming ? tr("No earlier head has a number with this one.")
                             : all    ? tr("No other head has a number with this one.")
                                      : tr("No later head has a number with this one.")
                           : tr("n/a: %1").arg(reasonWord(mine.heads[std::size_t(index)].fault));
    if (chances > 0 && chance / chances >= edge) {
        scene.edge = chance / chances;
        scene.edgeName = tr("centre: the same; outer ring: random level");
    } else {
        scene.edge = edge;
        scene.edgeName = tr("centre: the same; outer ring: farthest shown");
    }
    m_circle->setScene(std::move(scene));
}

void HeadWeightsPage::refreshDirections(const HeadSpectra* s)
{
    const bool any = s && !s->directions.empty();
    m_directions->setVisible(any);
    m_directionsTitle->setVisible(s != nullptr);
    m_directionWords->setVisible(s != nullptr);
    if (!s) return;
    if (!any) {
        m_directionWords->setText(s->ovFault != NoValue::None ? tr("n/a: %1").arg(reasonWord(s->ovFault))
                                                              : tr("This file has no embedding: directions cannot be read in tokens."));
        return;
    }
    QStringList words{tr("The sign of a direction is arbitrary: its two ends belong together, + reads with + writes.")};
    const bool close = std::any_of(s->directions.begin(), s->directions.end(), [](const OvDirection& d) { return d.nearDegenerate; });
    words << (close ? tr("≈: a neighbouring σ lies within 1 %, so directions may be mixed at will among them.")
                    : tr("No two σ shown lie within 1 % of each other."));
    if (!s->hasEmbedding) words << tr("No embedding: what is read is not named.");
    if (!s->hasUnembedding) words << tr("No unembedding: what is written is not named.");
    m_directionWords->setText(words.join(QLatin1Char(' ')));
    m_directions->setRowCount(2 * int(s->directions.size()));
    for (int i = 0; i < int(s->directions.size()); ++i) {
        const OvDirection& d = s->directions[std::size_t(i)];
        for (const int end : {0, 1}) {
            const auto &reads = end == 0 ? d.readsPositive : d.readsNegative, &writes = end == 0 ? d.writesPositive : d.writesNegative;
            const QString cells[] = {end == 0 ? (d.nearDegenerate ? tr("≈ %1") : QStringLiteral("%1")).arg(numberText(d.sigma, 3))
                                              : QString(),
                                     end == 0 ? QStringLiteral("+") : QStringLiteral("−"), tokensText(reads), tokensText(writes)};
            for (int c = 0; c < 4; ++c) {
                auto* item = new QTableWidgetItem(cells[c]);
                item->setTextAlignment((c == 0 ? Qt::AlignRight : Qt::AlignLeft) | Qt::AlignVCenter);
                if (c >= 2) {
                    item->setFont(Theme::instance().tokenFont(Type::Token));
                    item->setToolTip(tokensTip(c == 2 ? reads : writes));
                }
                m_directions->setItem(2 * i + end, c, item);
            }
        }
    }
    m_directions->setFixedHeight(measure::kTableRow * (m_directions->rowCount() + 1) + 2);
}

QString HeadWeightsPage::directionWords() const { return m_directionWords->text(); }

void HeadWeightsPage::fillFigure(FigureSubject& subject) const
{
    const auto s = m_store->spectra(m_c.selection->head(), m_c.similarity->settings().weights);
    if (!s) return;
    auto drawing = std::make_shared<FigureDrawing>();
    drawing->name = QStringLiteral("similarity");
    drawing->title = tr("Spectra and nearest heads of %1").arg(QString::fromStdString(s->label));
    drawing->caption =
        tr("Singular values of the OV and QK circuits of %1, and the heads nearest to it").arg(QString::fromStdString(s->label));
    drawing->facts << tr("weights: %1").arg(QLatin1String(weightProcessingName(s->weights))) << m_circleTitle->text();
    for (const auto& [name, value] : m_lines) drawing->facts << tr("%1: %2").arg(name, value);
    drawing->aspect = 1.4;
    const IndexChartScene spectra = spectraScene(*s);
    const NearestScene near = m_circle->scene();
    drawing->paint = [spectra, near](QPainter& painter, const QRectF& area, bool dark) {
        const double high = std::min(170.0, area.height() * 0.4);
        paintIndexChart(painter, spectra, QRectF(area.left(), area.top(), area.width(), high), 1, dark);
        paintNearest(painter, near, QRectF(area.left(), area.top() + high + 6, area.width(), area.height() - high - 6), 1, dark, false);
    };
    drawing->table.push_back({QStringLiteral("index"), QStringLiteral("sigma_ov"), QStringLiteral("sigma_qk")});
    for (std::size_t i = 0; i < std::max(s->ov.size(), s->qk.size()); ++i)
        drawing->table.push_back({QString::number(i + 1), i < s->ov.size() ? QString::number(s->ov[i], 'g', 9) : QString(),
                                  i < s->qk.size() ? QString::number(s->qk[i], 'g', 9) : QString()});
    subject.screen = size();
    subject.spec.kind = FigureKind::Drawing;
    subject.spec.drawing = std::move(drawing);
}

}  // namespace hs::ui
