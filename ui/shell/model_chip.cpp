// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/shell/model_chip.h"

#include <QFileInfo>
#include <QPainter>
#include <cmath>

#include "ui/state/project.h"
#include "ui/theme/paint.h"
#include "ui/theme/theme.h"

namespace hs::ui {

ParityState parityState(const Project& project)
{
    if (!project.parity().found) return ParityState::NothingToCompare;
    return project.parity().matches ? ParityState::Matches : ParityState::Differs;
}

QString parityText(const Project& project)
{
    const ParityReport& p = project.parity();
    const double largest = std::isfinite(p.maxAttention) ? std::max(p.maxLogit, p.maxAttention) : p.maxLogit;
    switch (parityState(project)) {
    case ParityState::Matches: return ModelChip::tr("matches reference, max %1").arg(QString::number(largest, 'g', 2));
    case ParityState::Differs:
        return p.tokensEqual ? ModelChip::tr("differs from reference, max %1").arg(QString::number(largest, 'g', 2))
                             : ModelChip::tr("other tokens than the reference");
    default: return ModelChip::tr("no reference");
    }
}

ModelChip::ModelChip(Project* project, QWidget* parent) : QAbstractButton(parent), m_project(project)
{
    setFocusPolicy(Qt::StrongFocus);
    setAttribute(Qt::WA_Hover);
    setSizePolicy(QSizePolicy::Preferred, QSizePolicy::Fixed);
    connect(project, &Project::modelChanged, this, &ModelChip::refresh);
    connect(project, &Project::parityChanged, this, &ModelChip::refresh);
    connect(project, &Project::hashChanged, this, &ModelChip::refresh);
    connect(&Theme::instance(), &Theme::changed, this, qOverload<>(&QWidget::update));
    refresh();
}

void ModelChip::setShort(bool on)
{
    if (m_short == on) return;
    m_short = on;
    refresh();
}

void ModelChip::refresh()
{
    m_light.clear();
    if (const auto& model = m_project->model()) {
        m_name = QString::fromStdString(model->identity().name);
        m_facts = tr("%1 × %2 heads · %3")
                      .arg(model->config().nLayers)
                      .arg(model->config().nHeads)
                      .arg(QString::fromStdString(model->identity().weightDtype));
        const auto& origins = model->origins();
        for (const char* key : {"n_heads", "d_head"})
            if (const auto it = origins.find(key); it != origins.end() && it->second.origin == Origin::User) {
                m_facts += tr(" · you said %1 heads").arg(model->config().nHeads);
                break;
            }
        m_light = model->canRun() ? parityText(*m_project) : tr("partial file");
    } else if (const auto& dump = m_project->dump()) {
        m_name = QFileInfo(QString::fromStdString(dump->path)).completeBaseName();
        const auto source = m_project->source();
        m_facts = source ? tr("attention only · %1 × %2 heads").arg(source->layers()).arg(source->heads(0)) : tr("attention only");
    } else {
        m_name = tr("No model open");
        m_facts.clear();
    }
    const QString hash = m_project->modelHash().isEmpty() ? tr("pending") : m_project->modelHash().left(16) + QStringLiteral(" …");
    setToolTip(m_project->empty()
                   ? tr("Open a model with Ctrl+O, or drop a file here")
                   : tr("%1\n%2%3\nSHA-256: %4\nClick: tensors, configuration, comparison with the reference")
                         .arg(m_project->path(), m_facts, m_light.isEmpty() ? QString() : QStringLiteral("\n") + m_light, hash));
    setAccessibleName(QStringLiteral("%1, %2, %3").arg(m_name, m_facts, m_light));
    updateGeometry();
    update();
}

QSize ModelChip::sizeHint() const
{
    const Theme& t = Theme::instance();
    double width = 12 + QFontMetricsF(t.font(Type::Base, true)).horizontalAdvance(m_name) + 12;
    const QFontMetricsF caption(t.font(Type::Caption));
    if (!m_facts.isEmpty()) width += 8 + caption.horizontalAdvance(m_facts);
    if (!m_light.isEmpty()) width += 8 + 8 + (m_short ? 0 : 8 + caption.horizontalAdvance(m_light));
    return {int(std::ceil(width)), measure::kButton};
}

QSize ModelChip::minimumSizeHint() const { return {120, measure::kButton}; }

void ModelChip::paintEvent(QPaintEvent*)
{
    QPainter painter(this);
    const Theme& t = Theme::instance();
    hairBox(painter, rect(), isDown() ? ink(Ink::Hair) : underMouse() ? ink(Ink::Hover) : ink(Ink::Paper), ink(Ink::Hair2));
    painter.setClipRect(rect().adjusted(2, 2, -4, -2));
    double x = 12;
    // One baseline for both sizes.
    const QFontMetricsF base(t.font(Type::Base, true)), caption(t.font(Type::Caption));
    const double y = std::round((height() + base.ascent() - base.descent()) / 2);
    const auto words = [&](const QString& text, const QFont& font, Ink colour) {
        painter.setFont(font);
        painter.setPen(ink(colour));
        painter.drawText(QPointF(x, y), text);
        x += QFontMetricsF(font).horizontalAdvance(text);
    };
    words(m_name, t.font(Type::Base, true), m_project->empty() ? Ink::Muted : Ink::Text);
    if (!m_facts.isEmpty()) {
        x += 8;
        words(m_facts, t.font(Type::Caption), Ink::Muted);
    }
    if (m_light.isEmpty()) return;
    x += 8;
    const ParityState state = parityState(*m_project);
    painter.setRenderHint(QPainter::Antialiasing);
    const bool filled = state == ParityState::Matches || state == ParityState::Differs;
    const QColor colour = state == ParityState::Matches ? ink(Ink::Good) : state == ParityState::Differs ? ink(Ink::Bad) : ink(Ink::Muted);
    painter.setBrush(filled ? QBrush(colour) : QBrush(Qt::NoBrush));
    painter.setPen(filled ? QPen(Qt::NoPen) : QPen(colour, 1));
    painter.drawEllipse(QPointF(x + 4, height() / 2.0), 4, 4);
    x += 8;
    if (m_short) return;
    x += 8;
    words(m_light, t.font(Type::Caption), Ink::Muted);
}

}  // namespace hs::ui
