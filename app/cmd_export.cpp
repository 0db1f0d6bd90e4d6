// SPDX-License-Identifier: GPL-3.0-or-later
// headscope export: one head's map as a figure or as numbers.
#include <QGuiApplication>

#include "app/choices.h"
#include "app/command.h"
#include "app/picture.h"
#include "app/source.h"
#include "engine/session/jobs/write.h"
#include "engine/session/jobs/written.h"
#include "ui/theme/colour_map.h"

namespace hs::app {
namespace {

struct ExportArguments : Arguments, PromptChoice, FigureChoice {
    int sample = 0;  ///< of an attention dump
    std::string out;
    std::optional<HeadId> head;
    MapKind map = MapKind::Weights;
    std::string colourMap;
};

std::optional<MapKind> parseMap(const std::string& name)
{
    if (name == "weights") return MapKind::Weights;
    if (name == "scores") return MapKind::Scores;
    if (name == "value-weighted") return MapKind::ValueWeighted;
    return std::nullopt;
}

std::string missing(const ExportArguments& a)
{
    if (promptsGiven(a) > 1) return "give one of --text, --text-file and --tokens";
    if (a.out.empty()) return "export needs --out FILE";
    if (!a.head) return "export needs --head, for example --head L5H1";
    return {};
}

/// Numbers go out as the engine has them, in tokens.
Status writeNumbers(Batch& batch, const SourceWithOrigin& made, const ExportArguments& arguments, bool npy)
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

Status writeHead(Batch& batch, const SourceWithOrigin& made, const ExportArguments& arguments, ui::FigureFormat format)
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
    return writePicture(arguments.out, format, spec, *data, arguments.quiet);
}

int exportMap(const ExportArguments& arguments)
{
    const std::string& path = arguments.files.front();
    const auto format = ui::formatOfPath(QString::fromStdString(arguments.out));
    if (!format) return failUsage("--out " + arguments.out + " must end in .png, .svg, .pdf, .csv or .npy", "export");
    const QString colours = QString::fromStdString(arguments.colourMap);
    if (!colours.isEmpty() && !ui::ColourMap::names().contains(colours))
        return failUsage("--colour-map " + arguments.colourMap + ": one of "
                             + ui::ColourMap::names().join(QStringLiteral(", ")).toStdString() + " expected",
                         "export");
    auto text = promptText(arguments);
    if (!text) return fail(text.error(), arguments.textFile);

    Batch batch(arguments);
    const auto made = makeSource(batch, arguments, path, {std::move(*text), arguments.tokens, arguments.sample, arguments.special()});
    if (!made) return fail(made.error(), path);
    const HeadId head = *arguments.head;
    if (head.layer >= made->source->layers() || head.head >= made->source->heads(head.layer)) {
        const int layers = made->source->layers();
        const std::string have =
            layers > 0 ? headName({0, 0}) + " - " + headName({layers - 1, made->source->heads(layers - 1) - 1}) : std::string();
        return fail({ErrorCode::HeadOutOfRange, path, headName(head), {}, have}, path);
    }
    const bool numbers = *format == ui::FigureFormat::Csv || *format == ui::FigureFormat::Npy;
    const Status written =
        numbers ? writeNumbers(batch, *made, arguments, *format == ui::FigureFormat::Npy) : writeHead(batch, *made, arguments, *format);
    if (!written.ok()) return fail(written.error(), arguments.out);
    if (!arguments.quiet)
        printOut(Words::tr("%1: head %2, %3 × %4 tokens")
                     .arg(QString::fromStdString(arguments.out), QString::fromStdString(headName(head)))
                     .arg(made->source->queries())
                     .arg(made->source->keys())
                 + QLatin1Char('\n'));
    return kDone;
}

}  // namespace

CommandSpec exportCommand()
{
    const auto a = std::make_shared<ExportArguments>();
    CommandSpec spec;
    spec.name = "export";
    spec.usage = {"FILE (--text TEXT | --text-file FILE | --tokens IDS) --head HEAD --out FIGURE [OPTION...]"};
    spec.call = "FILE ... --out FIGURE";
    spec.brief = QT_TRANSLATE_NOOP("CommandLine", "one head as a figure or as numbers");
    spec.about = QT_TRANSLATE_NOOP(
        "CommandLine",
        "Writes the map of one head: png, svg or pdf as a figure, csv or npy as numbers, by the ending of FIGURE. An attention dump\n"
        "needs no text.");
    spec.examples = {"model.h5 --text \"Once upon a time\" --head L1H3 --out head.pdf",
                     "attention.h5 --sample 2 --head L0H0 --out head.csv"};
    spec.options = joined(Options{headOption(a->head)}, promptOptions(*a),
                          Options{{"--sample", "N", QT_TRANSLATE_NOOP("CommandLine", "sample of an attention dump, from 0"),
                                   whole(a->sample, 0, kMostInt, "a number from 0 on")},
                                  outOption(a->out),
                                  {"--map", "KIND", QT_TRANSLATE_NOOP("CommandLine", "weights (default), scores or value-weighted"),
                                   parsed(a->map, parseMap, "weights, scores or value-weighted")}},
                          figureOptions(*a),
                          Options{{"--colour-map", "NAME", QT_TRANSLATE_NOOP("CommandLine", "attention, viridis, magma, cividis"),
                                   text(a->colourMap)}});
    spec.arguments = a;
    spec.check = [a] { return missing(*a); };
    spec.screen = [] { return Screen::Paper; };
    spec.run = [a] { return exportMap(*a); };
    return spec;
}

}  // namespace hs::app
