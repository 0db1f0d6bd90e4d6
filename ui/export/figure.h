// SPDX-License-Identifier: GPL-3.0-or-later
// A figure on paper: true size in millimetres, type in points, painted by one routine for preview, PNG, SVG, PDF and print.
// Three steps: collectFigure (or FigureCollector in the window) gets the numbers, measureFigure lays out, writeFigure writes and checks.
#pragma once

#include <QColor>
#include <QImage>
#include <QJsonObject>
#include <QPainter>
#include <QSizeF>
#include <QString>
#include <QStringList>
#include <functional>
#include <memory>
#include <optional>
#include <vector>

#include "engine/base/progress.h"
#include "engine/base/result.h"
#include "engine/forward/attention_source.h"
#include "engine/forward/intervention.h"
#include "ui/kit/figure_drawing.h"
#include "ui/map/map_model.h"
#include "ui/state/view_settings.h"

namespace hs::ui {

enum class FigureKind { Head, Atlas, Grid, Compare, Text, Chart, Drawing };
enum class FigureColours { Paper, Screen, Grey };
enum class FigureFormat { Pdf, Svg, Png, Csv, Npy, Latex };
enum class FigureChart { Entropy, Offsets };  ///< row entropy over positions; mean weight at each distance
enum class CompareMode { Heads, Prompts, Models, Cuts };

/// Everything about a figure except the numbers. Value type: stored in the recipe.
struct FigureSpec {
    FigureKind kind = FigureKind::Head;
    std::vector<HeadId> heads;  ///< Head, Text, Chart: one; Compare: A and B; Grid: those shown; Atlas: empty = all
    MapLook look;
    double widthMm = 85;  ///< full width of the figure
    double heightMm = 0;  ///< 0: as high as the content needs; else the content is fitted into it
    double fontPt = 6.5;
    QString fontFamily;  ///< empty: the program's own face
    FigureColours colours = FigureColours::Paper;
    bool darkScreen = false;  ///< with Screen: the dark theme
    bool title = true, axes = true, colourBar = true, hatch = true, profiles = false;
    bool selection = false;    ///< draw the locked pair
    QString titleText;         ///< empty: "L1 H3"
    QString noteText;          ///< right of the title, in grey; empty: nothing
    int query = -1, key = -1;  ///< tokens; Text: the token looked from (query) or at (key)
    bool incoming = false;     ///< Text: who looks at the token, instead of where it looks
    bool layersUp = true;      ///< Atlas: layer 0 at the bottom
    int columns = 0;           ///< Grid: thumbnails a row; 0: as many as heads in a layer
    FigureChart chart = FigureChart::Entropy;
    CompareMode compare = CompareMode::Heads;
    QString nameA, nameB;                          ///< Compare: titles of A and B; empty: head names
    double dpi = 300;                              ///< PNG only
    bool recipe = true;                            ///< inside the file
    std::shared_ptr<const FigureDrawing> drawing;  ///< Drawing
};

/// Where the numbers come from.
struct Provenance {
    QString modelName, modelPath, modelHash;  ///< hash: SHA-256 in hex, empty while pending
    QString layout, weightDtype;
    QStringList said;  ///< "n_heads=12": what the user said about the model where its file does not
    QString weightProcessing = QStringLiteral("raw");
    QString promptText, promptB;  ///< promptB, modelB: Compare of prompts or models
    QString modelPathB;
    std::vector<int> ids;  ///< token ids of the prompt
    Interventions interventions;
    QString cutsWrite;       ///< what heads that are off leave in their place, as a sentence; empty: none is off
    QJsonObject cutsSource;  ///< how that was measured, as in a project file (prune_file.h); empty: zero, nothing to measure
};

/// One map in the figure's grain. `cells` [rows/factor, columns/factor].
struct FigureMap {
    HeadId head;
    QString name;     ///< "L1 H3"
    Visibility mask;  ///< which columns the rows see, but for what is NaN anyway
    std::shared_ptr<const MatrixF> cells;
    int factor = 1;  ///< > 1: reduced, each value is the maximum of factor x factor cells
    std::vector<AxisLabel> rows, columns;
};

struct FigureData {
    std::vector<FigureMap> maps;                ///< Compare: A and B; the difference is computed when painting
    int layers = 0, headsPerLayer = 0;          ///< Atlas
    std::shared_ptr<const HeadStats> stats;     ///< Chart
    std::vector<QStringList> table;             ///< Drawing: its numbers
    int originalQueries = 0, originalKeys = 0;  ///< tokens before grain
    Provenance origin;
};

/// What the layout came to.
struct FigureCheck {
    QSizeF sizeMm;
    double smallestPt = 0;
    int labels = 0, labelsDrawn = 0;
    int missingGlyphs = 0;  ///< characters that no font here has
    bool ok = true;
    QString sentence;  ///< "fits a column, all labels drawn" or a warning with a cure
};

/// Size presets of the dialog, in millimetres.
namespace preset {
inline constexpr double kColumn = 85, kColumnAndHalf = 114, kTwoColumns = 174, kSlideWidth = 254, kSlideHeight = 143;
}

/// Whole maps up to this many tokens are drawn exactly; longer ones as an overview of at most this many pixels a side.
inline constexpr int kExactSide = 1536;

/// Numbers for a figure, synchronously: for the command line and tests; the window uses FigureCollector. `b`: Compare's second source
/// (null: same as `a`). Errors: HeadOutOfRange, NeedsWeights, PromptsDiffer (Compare), Cancelled.
Result<FigureData> collectFigure(const FigureSpec& spec, const std::shared_ptr<const AttentionSource>& a,
                                 const std::shared_ptr<const AttentionSource>& b, const Provenance& origin, const Progress& progress = {});

FigureCheck measureFigure(const FigureSpec& spec, const FigureData& data);
/// Paints at (0, 0); the painter's unit must be 1 mm before the call.
void paintFigure(QPainter& painter, const FigureSpec& spec, const FigureData& data);
/// The figure as an image with `dpi` (and its dots per metre set).
QImage renderFigure(const FigureSpec& spec, const FigureData& data, double dpi);

/// By the extension: pdf, svg, png, csv, npy, tex.
std::optional<FigureFormat> formatOfPath(const QString& path);
QString extensionOf(FigureFormat format);
/// Writes to a temporary file, syncs, reopens, checks (decodes, size, recipe readable), renames. Csv, Npy: the numbers of the maps in the
/// figure's grain (Npy: [rows, columns] or [maps, rows, columns]); Latex: an \includegraphics snippet for the PDF beside it.
/// Errors: DiskFull, FolderReadOnly, FolderMissing, WriteFailed, VerifyFailed, InvalidArgument (nothing to draw).
Status writeFigure(const QString& path, FigureFormat format, const FigureSpec& spec, const FigureData& data);
/// "stories260k-L1H3": a file name without extension for a figure.
QString suggestedName(const FigureSpec& spec, const Provenance& origin);
/// Caption and \includegraphics for `imageName`.
QString latexSnippet(const QString& imageName, const FigureSpec& spec, const FigureData& data);
/// Numbers as text, separated by `separator`, with token headers (CSV quoting as in RFC 4180).
QString numbersAsText(const FigureData& data, QChar separator);

}  // namespace hs::ui
