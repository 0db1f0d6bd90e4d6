// SPDX-License-Identifier: GPL-3.0-or-later
// Information flow routes as a graph: tokens from left to right, layers upward, edges as wide as the share they carry.
#pragma once

#include <QWidget>
#include <memory>

#include "engine/analysis/causes/flow_routes.h"

class QPainter;

namespace hs::ui {

struct FigureDrawing;

struct FlowScene {
    std::shared_ptr<const FlowRoutes> routes;
    QStringList tokens;
    int layers = 0;
    bool mlp = true;
    bool empty() const { return !routes || routes->nodes.empty(); }
};

QPointF flowPlace(const FlowScene& scene, const QRectF& area, const FlowNode& node);
void paintFlow(QPainter& painter, const QRectF& area, const FlowScene& scene, int selectedEdge, bool dark);
/// "L2, head 3 carries 0.12 of token 7 “the” to token 9" ...
QString flowSentence(const FlowScene& scene, int edge);
std::shared_ptr<FigureDrawing> flowDrawing(const FlowScene& scene, const QStringList& facts);

class FlowView : public QWidget {
    Q_OBJECT
public:
    explicit FlowView(QWidget* parent = nullptr);
    void setScene(FlowScene scene);
    const FlowScene& scene() const { return m_scene; }
    int selectedEdge() const { return m_edge; }
    QString readout() const { return m_edge >= 0 ? flowSentence(m_scene, m_edge) : QString(); }
    QSize sizeHint() const override { return {640, 420}; }

Q_SIGNALS:
    void readoutChanged(const QString& text);
    void headChosen(hs::HeadId head);

protected:
    void paintEvent(QPaintEvent* event) override;
    void mouseMoveEvent(QMouseEvent* event) override;
    void mousePressEvent(QMouseEvent* event) override;
    void keyPressEvent(QKeyEvent* event) override;

private:
    int edgeAt(const QPointF& point) const;
    void setEdge(int edge);
    FlowScene m_scene;
    std::vector<int> m_byWeight;
    int m_edge = -1;
};

}  // namespace hs::ui
