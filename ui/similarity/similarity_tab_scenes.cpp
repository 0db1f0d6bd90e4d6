// SPDX-License-Identifier: GPL-3.0-or-later
// What the Similarity tab's matrix and map paint, say of a cell and export.
#include <QComboBox>
#include <QPainter>
#include <cmath>

#include "ui/kit/figure_drawing.h"
#include "ui/kit/numbers.h"
#include "ui/labels/label_store.h"
#include "ui/similarity/matrix_view.h"
#include "ui/similarity/measure_words.h"
#include "ui/similarity/similarity_store.h"
#include "ui/similarity/similarity_tab.h"
#include "ui/similarity/similarity_words.h"
#include "ui/state/selection.h"
#include "ui/state/view_settings.h"
#include "ui/theme/label_colours.h"

namespace hs::ui {

int SimilarityTab::rowOf(HeadId head, bool columns) const
{
    if (!m_store->matrix()) return -1;
    const auto& heads = columns ? m_store->matrix()->cols.heads : m_store->matrix()->rows.heads;
    for (int i = 0; i < int(heads.size()); ++i)
        if (heads[std::size_t(i)].id.layer == head.layer && head.head >= heads[std::size_t(i)].firstHead
            && head.head <= heads[std::size_t(i)].lastHead)
            return i;
    return -1;
}

HeadId SimilarityTab::headOfRow(int row) const
{
    const AxisHead& head = m_store->matrix()->rows.heads[std::size_t(row)];
    return {head.id.layer, head.firstHead};
}

QString SimilarityTab::pairText(int row, int col) const
{
    const auto& m = m_store->matrix();
    if (!m || row < 0 || col < 0) return {};
    const double value = m->value(std::size_t(row), std::size_t(col));
    const QString a = QString::fromStdString(m->rows.heads[std::size_t(row)].label),
                  b = QString::fromStdString(m->cols.heads[std::size_t(col)].label);
    const QString roles = m->pairing ? QString::fromStdString(rolePairName(*m->pairing)) : QString();
    QString text = !m->pairing       ? tr("%1 and %2").arg(a, b)
                   : comparesAll(*m) ? tr("%1 and %2 | %3").arg(a, b, roles)
                                     : tr("%1 → %2 | %3").arg(a, b, roles);
    if (!std::isfinite(value)) {
        const NoValue reason = m->reason(std::size_t(row), std::size_t(col));
        return text + (reason == NoValue::None ? tr(" | n/a") : tr(" | n/a: %1").arg(reasonWord(reason)));
    }
    text += QStringLiteral(" | %1 %2").arg(measureBrief(m->measure), numberText(value, measureDecimals(m->measure)));
    if (const auto null = nullMoments(*m, std::size_t(row), std::size_t(col)))
        text += tr(" | random %1 ± %2")
                    .arg(numberText(null->mean, measureDecimals(m->measure)), numberText(null->sd, measureDecimals(m->measure)));
    if (measureInfo(m->measure).normalised)
        text += tr(" | normalised %1").arg(numberText(m->normalised(std::size_t(row), std::size_t(col)), 3));
    return text;
}

MatrixScene SimilarityTab::makeMatrix() const
{
    MatrixScene scene;
    scene.matrix = m_store->matrix();
    if (!scene.matrix) return scene;
    const MeasureInfo& info = measureInfo(scene.matrix->measure);
    scene.fromChance = info.chance && !info.dependsOnGauge;  // a level that every change of basis moves is no place to begin
    scene.layersUp = m_c.settings->layersUp();
    scene.barTitle = measureBrief(scene.matrix->measure);
    scene.barDecimals = measureDecimals(scene.matrix->measure);
    fitRange(scene);
    scene.selectedRow = rowOf(m_c.selection->head(), false);
    scene.selectedCol = m_c.selection->pinned() ? rowOf(*m_c.selection->pinned(), true) : -1;
    const auto& clusters = m_store->clusters();
    if (m_order->currentIndex() == 1 && clusters && clusters->matrix == scene.matrix) {
        scene.rowOrder = scene.colOrder = clusters->order;
        scene.tree = clusters->tree;
        scene.treeItems = clusters->items;
        std::vector<int> labelOf(scene.matrix->rows.size(), -1);
        for (std::size_t i = 0; i < clusters->items.size(); ++i) labelOf[std::size_t(clusters->items[i])] = clusters->labels[i];
        for (std::size_t p = 1; p < clusters->order.size(); ++p)
            if (labelOf[std::size_t(clusters->order[p])] != labelOf[std::size_t(clusters->order[p - 1])])
                scene.clusterStarts.push_back(int(p));
    }
    return scene;
}

HeadMapScene SimilarityTab::makeMap() const
{
    HeadMapScene scene;
    const auto& matrix = m_store->matrix();
    const auto& map = m_store->map();
    if (!matrix || !map || map->points.size() != matrix->rows.size()) return scene;
    for (int i = 0; i < int(map->points.size()); ++i) {
        const auto& p = map->points[std::size_t(i)];
        if (!std::isfinite(p[0])) continue;
        HeadMapPoint point;
        point.head = headOfRow(i);
        point.name = QStringLiteral("%1.%2").arg(point.head.layer).arg(point.head.head);
        point.x = p[0];
        point.y = p[1];
        if (m_c.labels)
            if (const LabelMark mark = m_c.labels->mark(point.head); mark.hasLabel()) {
                point.letters = mark.code;
                point.colour = familyColour(mark.family);
            }
        if (point.head == m_c.selection->head()) scene.selected = int(scene.points.size());
        if (m_c.selection->pinned() == point.head) scene.pinned = int(scene.points.size());
        scene.points.push_back(std::move(point));
    }
    return scene;
}

FigureSubject SimilarityTab::matrixFigure(FigureSubject s) const
{
    const auto& m = m_store->matrix();
    if (!m) return s;
    s.screen = m_pages->size();
    auto drawing = std::make_shared<FigureDrawing>();
    drawing->name = QStringLiteral("similarity");
    const QString roles = m->pairing ? QString::fromStdString(rolePairName(*m->pairing)) : QString();
    drawing->title = roles.isEmpty() ? measureTitle(m->measure) : QStringLiteral("%1, %2").arg(measureTitle(m->measure), roles);
    drawing->caption =
        page() == MapPage ? tr("Heads placed by %1").arg(drawing->title) : tr("All heads against all heads: %1").arg(drawing->title);
    drawing->facts << drawing->title << tr("weights: %1").arg(QLatin1String(weightProcessingName(m->weights)));
    if (!m->corpus.empty()) drawing->facts << tr("text: %1, %2 tokens").arg(QString::fromStdString(m->corpus), countText(m->samples));
    if (page() == MapPage) {
        HeadMapScene scene = m_map->scene();
        scene.hover = -1;
        drawing->aspect = 0.8;
        drawing->paint = [scene](QPainter& painter, const QRectF& area, bool dark) {
            paintHeadMap(painter, scene, area.adjusted(28, 20, -48, -20), 1, dark, false);
        };
        drawing->table.push_back({tr("head"), QStringLiteral("x"), QStringLiteral("y"), tr("label")});
        for (const HeadMapPoint& p : scene.points)
            drawing->table.push_back(
                {QString::fromStdString(headName(p.head)), QString::number(p.x, 'g', 9), QString::number(p.y, 'g', 9), p.letters});
    } else {
        const MatrixScene scene = m_matrix->scene();
        drawing->aspect = scene.tree ? 0.82 : 0.9;
        drawing->paint = [scene](QPainter& painter, const QRectF& area, bool dark) {
            paintMatrix(painter, scene, fitMatrix(scene, area, 1), dark, false);
        };
        QStringList head{tr("source")};
        for (int c = 0; c < scene.cols(); ++c) head << QString::fromStdString(m->cols.heads[std::size_t(scene.colAt(c))].label);
        drawing->table.push_back(head);
        for (int r = 0; r < scene.rows(); ++r) {
            QStringList line{QString::fromStdString(m->rows.heads[std::size_t(scene.rowAt(r))].label)};
            for (int c = 0; c < scene.cols(); ++c) {
                const double v = m->value(std::size_t(scene.rowAt(r)), std::size_t(scene.colAt(c)));
                line << (std::isfinite(v) ? QString::number(v, 'g', 9) : QString());
            }
            drawing->table.push_back(line);
        }
    }
    s.spec.kind = FigureKind::Drawing;
    s.spec.drawing = std::move(drawing);
    return s;
}

}  // namespace hs::ui
