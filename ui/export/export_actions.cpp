// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/export/export_actions.h"

#include <QFileInfo>
#include <QPrintDialog>
#include <QPrinter>
#include <QWidget>
#include <memory>

#include "ui/export/batch_export_dialog.h"
#include "ui/export/export_dialog.h"
#include "ui/export/figure_print.h"
#include "ui/state/project.h"

namespace hs::ui {

ExportActions::ExportActions(const ViewContext& context, QWidget* window)
    : QObject(window), m_context(context), m_window(window), m_collector(context.bridge)
{
    connect(&m_collector, &FigureCollector::ready, this, [this](const FigureData& data) {
        if (const Use use = std::exchange(m_use, nullptr)) use(m_spec, data);
    });
    connect(&m_collector, &FigureCollector::failed, this, &ExportActions::failed);
    connect(&m_writer, &FigureWriter::written, this, [this](const QStringList& paths) {
        Q_EMIT exported(paths);
        Q_EMIT message(tr("Saved and checked: %1").arg(paths.join(QStringLiteral(", "))));
    });
    connect(&m_writer, &FigureWriter::failed, this, [this](const Error& error) { Q_EMIT failed(error); });
}

Provenance ExportActions::originOf(const FigureSubject& subject) const
{
    Provenance p = provenanceOf(*m_context.project);
    p.promptB = subject.promptB;
    p.modelPathB = subject.modelPathB;
    return p;
}

void ExportActions::withFigure(const FigureSubject& subject, Use use)
{
    if (!subject.a && !subject.spec.drawing) return Q_EMIT message(tr("There is no attention to export yet: run a prompt first."));
    m_spec = subject.spec;
    ExportChoices::load().applyTo(m_spec, subject.screen);
    m_use = std::move(use);
    m_collector.start(m_spec, subject.a, subject.b, originOf(subject));
}

void ExportActions::openDialog(const FigureSubject& subject)
{
    if (!subject.a && !subject.spec.drawing) return Q_EMIT message(tr("There is no attention to export yet: run a prompt first."));
    auto* dialog = new ExportDialog(m_context, subject, m_window);
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    connect(dialog, &ExportDialog::exported, this, [this](const QStringList& paths) {
        Q_EMIT exported(paths);
        Q_EMIT message(tr("Saved and checked: %1").arg(paths.join(QStringLiteral(", "))));
    });
    dialog->open();
}

void ExportActions::repeatLast(const FigureSubject& subject)
{
    withFigure(subject, [this](const FigureSpec& spec, const FigureData& data) {
        const ExportChoices choices = ExportChoices::load();
        const QString base = suggestedName(spec, data.origin);
        const auto taken = [&](const QString& name) {
            for (const FigureFile& f : choices.files(choices.folder, name))
                if (QFileInfo::exists(f.path)) return true;
            return false;
        };
        QString name = base;
        for (int i = 2; taken(name); ++i) name = QStringLiteral("%1-%2").arg(base).arg(i);
        m_writer.start(choices.files(choices.folder, name), spec, data);
    });
}

void ExportActions::openBatch(const FigureSubject& subject)
{
    if (!subject.a) return Q_EMIT message(tr("There is no attention to export yet: run a prompt first."));
    auto* dialog = new BatchExportDialog(m_context, subject, m_window);
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    connect(dialog, &BatchExportDialog::message, this, &ExportActions::message);
    dialog->open();
}

void ExportActions::copyImage(const FigureSubject& subject)
{
    withFigure(subject, [this](const FigureSpec& spec, const FigureData& data) {
        copyFigure(spec, data);
        Q_EMIT message(tr("Image copied."));
    });
}

void ExportActions::copyNumbers(const FigureSubject& subject)
{
    withFigure(subject, [this](const FigureSpec&, const FigureData& data) {
        hs::ui::copyNumbers(data);
        Q_EMIT message(tr("Numbers copied, separated by tabs."));
    });
}

void ExportActions::print(const FigureSubject& subject)
{
    withFigure(subject, [this](const FigureSpec& spec, const FigureData& data) {
        auto printer = std::make_shared<QPrinter>(QPrinter::HighResolution);
        auto* dialog = new QPrintDialog(printer.get(), m_window);
        dialog->setAttribute(Qt::WA_DeleteOnClose);
        connect(dialog, qOverload<QPrinter*>(&QPrintDialog::accepted), this, [this, printer, spec, data](QPrinter*) {
            if (printFigure(*printer, spec, data))
                Q_EMIT message(
                    tr("Sent to %1.").arg(printer->printerName().isEmpty() ? printer->outputFileName() : printer->printerName()));
            else Q_EMIT message(tr("The printer could not be opened."));
        });
        connect(dialog, &QObject::destroyed, this, [printer] {});  // the printer outlives its dialog
        dialog->open();
    });
}

}  // namespace hs::ui
