// SPDX-License-Identifier: GPL-3.0-or-later
// Export, repeat, copy, print and batch for the window: one object, given what the current view shows.
#pragma once

#include <QObject>
#include <functional>

#include "ui/export/figure_jobs.h"
#include "ui/export/figure_subject.h"

class QWidget;

namespace hs::ui {

class ExportActions : public QObject {
    Q_OBJECT
public:
    ExportActions(const ViewContext& context, QWidget* window);

public Q_SLOTS:
    void openDialog(const hs::ui::FigureSubject& subject);   ///< Ctrl+Shift+E
    void repeatLast(const hs::ui::FigureSubject& subject);   ///< Ctrl+E: the last choices, no question; a taken name gets a number
    void openBatch(const hs::ui::FigureSubject& subject);    ///< chosen heads into a folder
    void copyImage(const hs::ui::FigureSubject& subject);    ///< Ctrl+C
    void copyNumbers(const hs::ui::FigureSubject& subject);  ///< Ctrl+Shift+C
    void print(const hs::ui::FigureSubject& subject);

Q_SIGNALS:
    void exported(const QStringList& paths);
    void message(const QString& text);  ///< for the status bar
    void failed(const hs::Error& error);

private:
    using Use = std::function<void(const FigureSpec&, const FigureData&)>;
    void withFigure(const FigureSubject& subject, Use use);
    Provenance originOf(const FigureSubject& subject) const;

    ViewContext m_context;
    QWidget* m_window;
    FigureCollector m_collector;
    FigureWriter m_writer;
    FigureSpec m_spec;
    Use m_use;
};

}  // namespace hs::ui
