// SPDX-License-Identifier: GPL-3.0-or-later
// Status bar: the read-out at the left in fields, jobs, threads and memory at the right.
#pragma once

#include <QTimer>
#include <QWidget>

namespace hs::ui {

class EngineBridge;
class JobsModel;
class Project;

class StatusLine : public QWidget {
    Q_OBJECT
public:
    StatusLine(EngineBridge* bridge, JobsModel* jobs, Project* project, QWidget* parent = nullptr);
    /// Fields are divided by " | " in views' texts and by hairlines here.
    void setReadout(const QString& text);
    /// Takes the place of the read-out until it is cleared or `ms` have passed.
    void setMessage(const QString& text, int ms = 0);
    QString readout() const { return m_readout; }
    QString message() const { return m_message; }

Q_SIGNALS:
    void jobsClicked();

protected:
    void paintEvent(QPaintEvent* event) override;
    void mousePressEvent(QMouseEvent* event) override;

private:
    void refreshRight();
    EngineBridge* m_bridge;
    JobsModel* m_jobs;
    Project* m_project;
    QString m_readout, m_message;
    QStringList m_right;
    int m_jobsLeft = 0, m_jobsRight = 0;
    QTimer m_messageTimer, m_memoryTimer;
};

}  // namespace hs::ui
