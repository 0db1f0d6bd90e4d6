// SPDX-License-Identifier: GPL-3.0-or-later
// headscope export: one head's map as a figure or as numbers.
#include <QGuiApplication>

#include "app/commands.h"
#include "app/source.h"
#include "engine/session/jobs/write.h"
#include "engine/session/jobs/written.h"
#include "ui/theme/colour_map.h"

namespace hs::app {
namespace {

/// Numbers go out as the engine has them, in tokens.
Status writeNumbers(Batch& batch, const SourceWithOrigin& made, const Arguments& arguments, bool npy)
{
    WriteMapJob job;
    job.path = arguments.out;
    job.source = made.source;
    job.head = *arguments.head;
    job.kind = arguments.map;
    job.npy = npy;
    const auto written = batch.get<WrittenResult>(std::move(job));
    if (!written) return written.error();
    return {};
}

Status writePicture(Batch& batch, const SourceWithOrigin& made, const Arguments& arguments, ui::FigureFormat format)
{
    ui::FigureSpec spec;
    spec.kind = ui::FigureKind::Head;
    spec.heads = {*arguments.head};
    spec.look.kind = arguments.map;
    if (arguments.widthMm) spec.widthMm = *arguments.widthMm;
    if (arguments.fontPt) spec.fontPt = *arguments.fontPt;
    if (arguments.dpi) spec.dpi = *arguments.dpi;
    if (!arguments.colourMap.empty()) spec.look.colourMap = QString::fromStdString(arguments.colourMap);
    const auto data = ui::collectFigure(spec, made.source, nullptr, made.origin, batch.progress());
    if (!data) return data.error();
    return ui::writeFigure(QString::fromStdString(arguments.out), format, spec, *data);
}

}  // namespace

int commandExport(const Arguments& arguments)
{
    const std::string& path = arguments.files.front();
    const auto format = ui::formatOfPath(QString::fromStdString(arguments.out));
    if (!format) return failUsage("--out " + arguments.out + " must end in .png, .svg, .pdf, .csv or .npy", "export");
    const QString colours = QString::fromStdString(arguments.colourMap);
    if (!colours.isEmpty() && !ui::ColourMap::names().contains(colours))
        return failUsage("--colour-map " + arguments.colourMap + ": one of " + ui::ColourMap::names().join(QStringLiteral(", ")).toStdString() + " expected", "export");
    auto text = promptText(arguments);
    if (!text) return fail(text.error(), arguments.textFile);

    Batch batch(arguments);
    const auto made = makeSource(batch, arguments, path, *text);
    if (!made) return fail(made.error(), path);
    const HeadId head = *arguments.head;
    if (head.layer >= made->source->layers() || head.head >= made->source->heads(head.layer)) {
        const int layers = made->source->layers();
        const std::string have = layers > 0 ? headName({0, 0}) + " - " + headName({layers - 1, made->source->heads(layers - 1) - 1}) : std::string();
        return fail({ErrorCode::HeadOutOfRange, path, headName(head), {}, have}, path);
    }
    const bool numbers = *format == ui::FigureFormat::Csv || *format == ui::FigureFormat::Npy;
    const Status written = numbers ? writeNumbers(batch, *made, arguments, *format == ui::FigureFormat::Npy)
                                   : writePicture(batch, *made, arguments, *format);
    if (!written.ok()) return fail(written.error(), arguments.out);
    if (!arguments.quiet)
        printOut(Words::tr("%1: head %2, %3 × %4 tokens").arg(QString::fromStdString(arguments.out), QString::fromStdString(headName(head)))
                     .arg(made->source->queries()).arg(made->source->keys()) + QLatin1Char('\n'));
    return kDone;
}

}  // namespace hs::app
