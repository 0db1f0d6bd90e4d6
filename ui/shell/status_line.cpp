// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/shell/status_line.h"

#include <QMouseEvent>
#include <QPainter>
#include <cmath>

#include "engine/base/parallel.h"
#include "ui/bridge/engine_bridge.h"
#include "ui/kit/numbers.h"
#include "ui/shell/jobs_model.h"
#include "ui/shell/memory.h"
#include "ui/state/project.h"
#include "ui/theme/paint.h"
#include "ui/theme/theme.h"

namespace hs::ui {

StatusLine::StatusLine(EngineBridge* bridge, JobsModel* jobs, Project* project, QWidget* parent)
    : QWidget(parent), m_bridge(bridge), m_jobs(jobs), m_project(project)
{
    setFixedHeight(measure::kStatusBar);
    setAccessibleName(tr("Status"));
    m_messageTimer.setSingleShot(true);
    connect(&m_messageTimer, &QTimer::timeout, this, [this] { setMessage({}); });
    m_memoryTimer.setInterval(2000);
    connect(&m_memoryTimer, &QTimer::timeout, this, &StatusLine::refreshRight);
    m_memoryTimer.start();
    for (const auto signal : {&QAbstractItemModel::modelReset}) connect(m_jobs, signal, this, &StatusLine::refreshRight);
    connect(m_jobs, &QAbstractItemModel::dataChanged, this, &StatusLine::refreshRight);
    connect(m_jobs, &QAbstractItemModel::rowsInserted, this, &StatusLine::refreshRight);
    connect(&Theme::instance(), &Theme::changed, this, qOverload<>(&QWidget::update));
    refreshRight();
}

void StatusLine::refreshRight()
{
    m_right = {m_jobs->summary(), threadCount() == 1 ? tr("CPU, 1 thread") : tr("CPU, %1 threads").arg(threadCount()),
               tr("%1 of %2").arg(bytesText(residentBytes()), bytesText(physicalBytes()))};
    update();
}

void StatusLine::setReadout(const QString& text)
{
    if (text == m_readout) return;
    m_readout = text;
    setAccessibleDescription(text);
    update();
}

void StatusLine::setMessage(const QString& text, int ms)
{
    m_message = text;
    if (ms > 0) m_messageTimer.start(ms);
    else m_messageTimer.stop();
    update();
}

void StatusLine::paintEvent(QPaintEvent*)
{
    QPainter painter(this);
    painter.fillRect(rect(), ink(Ink::Chrome));
    hairline(painter, QPointF(0, 0), QPointF(width(), 0), ink(Ink::Hair));
    painter.setFont(Theme::instance().font(Type::Caption));
    const QFontMetrics metrics(painter.font());
    int right = width();
    for (qsizetype i = m_right.size() - 1; i >= 0; --i) {
        const int w = metrics.horizontalAdvance(m_right[i]) + 24;
        right -= w;
        if (i == 0) {
            m_jobsLeft = right;
            m_jobsRight = right + w;
        }
        painter.setPen(ink(Ink::Muted));
        painter.drawText(QRect(right + 12, 0, w - 24, height()), Qt::AlignLeft | Qt::AlignVCenter, m_right[i]);
        hairline(painter, QPointF(right, 0), QPointF(right, height()), ink(Ink::Hair));
    }
    int x = 0;
    const QStringList fields = m_message.isEmpty() ? m_readout.split(QStringLiteral(" | "), Qt::SkipEmptyParts) : QStringList{m_message};
    for (qsizetype i = 0; i < fields.size(); ++i) {
        const int w = metrics.horizontalAdvance(fields[i]) + 24;
        const int room = right - x;
        if (room < 40) break;
        painter.setPen(ink(Ink::Text));
        painter.drawText(QRect(x + 12, 0, std::min(w, room) - 12, height()), Qt::AlignLeft | Qt::AlignVCenter,
                         metrics.elidedText(fields[i], Qt::ElideRight, std::min(w, room) - 14));
        x += w;
        if (i + 1 < fields.size()) hairline(painter, QPointF(x, 0), QPointF(x, height()), ink(Ink::Hair));
    }
}

void StatusLine::mousePressEvent(QMouseEvent* event)
{
    if (event->position().x() >= m_jobsLeft && event->position().x() < m_jobsRight) Q_EMIT jobsClicked();
}

}  // namespace hs::ui
