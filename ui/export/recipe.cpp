// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/export/recipe.h"

#include <QCoreApplication>
#include <QDateTime>
#include <QFileInfo>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>

#include "engine/base/version.h"
#include "ui/kit/figure_drawing.h"
#include "ui/map/map_painter.h"

namespace hs::ui {

namespace {

struct RecipeTr {
    Q_DECLARE_TR_FUNCTIONS(Recipe)
};

/// Names of an enum in files: the position is the value. They never change, only grow.
using Names = std::initializer_list<const char*>;
const Names kKinds{"head", "atlas", "grid", "compare", "text", "chart", "drawing"};
const Names kColours{"paper", "screen", "grey"};
const Names kCharts{"entropy", "offsets"};
const Names kModes{"heads", "prompts", "models", "cuts"};
const Names kMapKinds{"weights", "scores", "value-weighted"};
const Names kStretches{"linear", "log", "per-row"};
const Names kGrains{"tokens", "words"};
const Names kInterventions{"scale-head", "zero-head", "mean-head", "add-to-head", "knock-out-edges", "force-row", "clamp-edges", "replace"};

template <typename E>
QString nameOf(E value, const Names& names)
{
    return QString::fromLatin1(*(names.begin() + static_cast<int>(value)));
}

template <typename E>
bool readName(const QJsonValue& value, const Names& names, E& out)
{
    if (value.isUndefined()) return true;
    int i = 0;
    for (const char* name : names) {
        if (value.toString() == QLatin1String(name)) {
            out = static_cast<E>(i);
            return true;
        }
        ++i;
    }
    return false;
}

QJsonObject lookToJson(const MapLook& look)
{
    return {{QStringLiteral("kind"), nameOf(look.kind, kMapKinds)},
            {QStringLiteral("stretch"), nameOf(look.stretch, kStretches)},
            {QStringLiteral("grain"), nameOf(look.grain, kGrains)},
            {QStringLiteral("word_rule"), look.kind == MapKind::Scores ? QStringLiteral("mean over keys and queries")
                                                                       : QStringLiteral("sum over keys, mean over queries")},
            {QStringLiteral("hide_sink"), look.hideSink},
            {QStringLiteral("colour_map"), look.colourMap},
            {QStringLiteral("auto_range"), look.autoRange},
            {QStringLiteral("low"), look.low},
            {QStringLiteral("high"), look.high}};
}

bool lookFromJson(const QJsonObject& o, MapLook& look)
{
    look.hideSink = o[QLatin1String("hide_sink")].toBool();
    look.colourMap = o[QLatin1String("colour_map")].toString(look.colourMap);
    look.autoRange = o[QLatin1String("auto_range")].toBool(true);
    look.low = o[QLatin1String("low")].toDouble(0);
    look.high = o[QLatin1String("high")].toDouble(1);
    return readName(o[QLatin1String("kind")], kMapKinds, look.kind) && readName(o[QLatin1String("stretch")], kStretches, look.stretch)
           && readName(o[QLatin1String("grain")], kGrains, look.grain) && ColourMap::names().contains(look.colourMap);
}

QJsonArray headsToJson(const std::vector<HeadId>& heads)
{
    QJsonArray out;
    for (const HeadId h : heads) out.append(QString::fromStdString(headName(h)));
    return out;
}

bool headFromJson(const QJsonValue& value, HeadId& out)
{
    const auto head = parseHeadName(value.toString().toStdString());
    if (head) out = *head;
    return head.has_value();
}

QJsonArray interventionsToJson(const Interventions& list)
{
    QJsonArray out;
    for (const Intervention& i : list) {
        QJsonObject o{{QStringLiteral("kind"), nameOf(i.kind, kInterventions)},
                      {QStringLiteral("head"), QString::fromStdString(headName(i.head))},
                      {QStringLiteral("value"), static_cast<double>(i.value)}};
        QJsonArray vector, positions, edges;
        for (const float v : i.vector) vector.append(static_cast<double>(v));
        for (const int p : i.positions) positions.append(p);
        for (const auto& [q, k] : i.edges) edges.append(QJsonArray{q, k});
        if (!vector.isEmpty()) o.insert(QStringLiteral("vector"), vector);
        if (!positions.isEmpty()) o.insert(QStringLiteral("positions"), positions);
        if (!edges.isEmpty()) o.insert(QStringLiteral("edges"), edges);
        out.append(o);
    }
    return out;
}

bool interventionsFromJson(const QJsonArray& array, Interventions& out)
{
    for (const QJsonValue value : array) {
        const QJsonObject o = value.toObject();
        Intervention i;
        if (!readName(o[QLatin1String("kind")], kInterventions, i.kind) || !headFromJson(o[QLatin1String("head")], i.head)) return false;
        i.value = static_cast<float>(o[QLatin1String("value")].toDouble());
        for (const QJsonValue v : o[QLatin1String("vector")].toArray()) i.vector.push_back(static_cast<float>(v.toDouble()));
        for (const QJsonValue p : o[QLatin1String("positions")].toArray()) i.positions.push_back(p.toInt());
        for (const QJsonValue e : o[QLatin1String("edges")].toArray())
            i.edges.emplace_back(e.toArray().at(0).toInt(), e.toArray().at(1).toInt());
        out.push_back(std::move(i));
    }
    return true;
}

}  // namespace

Recipe makeRecipe(const FigureSpec& spec, const FigureData& data)
{
    Recipe recipe;
    recipe.program = QStringLiteral("HeadScope %1").arg(QLatin1String(kVersion));
    recipe.date = QDateTime::currentDateTimeUtc().toString(Qt::ISODate);
    recipe.origin = data.origin;
    recipe.spec = spec;
    if (recipe.spec.heads.empty())
        for (const FigureMap& m : data.maps) recipe.spec.heads.push_back(m.head);
    return recipe;
}

QByteArray recipeToJson(const Recipe& recipe)
{
    const Provenance& p = recipe.origin;
    const FigureSpec& s = recipe.spec;
    QJsonArray ids;
    for (const int id : p.ids) ids.append(id);
    const QJsonObject model{{QStringLiteral("name"), p.modelName},
                            {QStringLiteral("path"), p.modelPath},
                            {QStringLiteral("sha256"), p.modelHash.isEmpty() ? QStringLiteral("pending") : p.modelHash},
                            {QStringLiteral("layout"), p.layout},
                            {QStringLiteral("weights"), p.weightProcessing},
                            {QStringLiteral("dtype"), p.weightDtype},
                            {QStringLiteral("said"), QJsonArray::fromStringList(p.said)},
                            {QStringLiteral("path_b"), p.modelPathB}};
    const QJsonObject view{{QStringLiteral("kind"), nameOf(s.kind, kKinds)},
                           {QStringLiteral("heads"), headsToJson(s.heads)},
                           {QStringLiteral("map"), lookToJson(s.look)},
                           {QStringLiteral("query"), s.query},
                           {QStringLiteral("key"), s.key},
                           {QStringLiteral("incoming"), s.incoming},
                           {QStringLiteral("chart"), nameOf(s.chart, kCharts)},
                           {QStringLiteral("compare"), nameOf(s.compare, kModes)},
                           {QStringLiteral("name_a"), s.nameA},
                           {QStringLiteral("name_b"), s.nameB},
                           {QStringLiteral("drawing"), s.drawing ? s.drawing->name : QString()},
                           {QStringLiteral("facts"), QJsonArray::fromStringList(s.drawing ? s.drawing->facts : QStringList())}};
    const QJsonObject figure{{QStringLiteral("width_mm"), s.widthMm},
                             {QStringLiteral("height_mm"), s.heightMm},
                             {QStringLiteral("font_pt"), s.fontPt},
                             {QStringLiteral("font"), s.fontFamily},
                             {QStringLiteral("colours"), nameOf(s.colours, kColours)},
                             {QStringLiteral("dark"), s.darkScreen},
                             {QStringLiteral("title"), s.title},
                             {QStringLiteral("axes"), s.axes},
                             {QStringLiteral("colour_bar"), s.colourBar},
                             {QStringLiteral("hatch"), s.hatch},
                             {QStringLiteral("profiles"), s.profiles},
                             {QStringLiteral("selection"), s.selection},
                             {QStringLiteral("title_text"), s.titleText},
                             {QStringLiteral("note_text"), s.noteText},
                             {QStringLiteral("columns"), s.columns},
                             {QStringLiteral("layersUp"), s.layersUp},
                             {QStringLiteral("dpi"), s.dpi}};
    QJsonObject cuts = p.cutsSource;
    if (!p.cutsWrite.isEmpty()) cuts[QStringLiteral("words")] = p.cutsWrite;
    const QJsonObject root{{QStringLiteral("headscope_recipe"), Recipe::kFormat},
                           {QStringLiteral("program"), recipe.program},
                           {QStringLiteral("date"), recipe.date},
                           {QStringLiteral("model"), model},
                           {QStringLiteral("prompt"), QJsonObject{{QStringLiteral("text"), p.promptText},
                                                                  {QStringLiteral("ids"), ids},
                                                                  {QStringLiteral("text_b"), p.promptB}}},
                           {QStringLiteral("interventions"), interventionsToJson(p.interventions)},
                           {QStringLiteral("cuts"), cuts},
                           {QStringLiteral("view"), view},
                           {QStringLiteral("figure"), figure}};
    const QString json = QString::fromUtf8(QJsonDocument(root).toJson(QJsonDocument::Compact));
    QByteArray out;
    out.reserve(json.size());
    for (const QChar c : json) {
        if (c.unicode() < 0x80) out.append(static_cast<char>(c.unicode()));
        else out.append("\\u" + QByteArray::number(c.unicode(), 16).rightJustified(4, '0'));
    }
    return out;
}

std::optional<Recipe> recipeFromJson(const QByteArray& json)
{
    const QJsonObject root = QJsonDocument::fromJson(json).object();
    const int format = root[QLatin1String("headscope_recipe")].toInt(0);
    if (format < 1 || format > Recipe::kFormat) return std::nullopt;
    Recipe r;
    r.program = root[QLatin1String("program")].toString();
    r.date = root[QLatin1String("date")].toString();
    const QJsonObject model = root[QLatin1String("model")].toObject(), prompt = root[QLatin1String("prompt")].toObject();
    Provenance& p = r.origin;
    p.modelName = model[QLatin1String("name")].toString();
    p.modelPath = model[QLatin1String("path")].toString();
    p.modelHash = model[QLatin1String("sha256")].toString();
    if (p.modelHash == QStringLiteral("pending")) p.modelHash.clear();
    p.layout = model[QLatin1String("layout")].toString();
    p.weightProcessing = model[QLatin1String("weights")].toString();
    p.weightDtype = model[QLatin1String("dtype")].toString();
    p.modelPathB = model[QLatin1String("path_b")].toString();
    for (const auto& value : model[QLatin1String("said")].toArray()) p.said << value.toString();
    p.promptText = prompt[QLatin1String("text")].toString();
    p.promptB = prompt[QLatin1String("text_b")].toString();
    for (const QJsonValue id : prompt[QLatin1String("ids")].toArray()) p.ids.push_back(id.toInt());
    if (!interventionsFromJson(root[QLatin1String("interventions")].toArray(), p.interventions)) return std::nullopt;
    p.cutsSource = root[QLatin1String("cuts")].toObject();
    p.cutsWrite = p.cutsSource.take(QStringLiteral("words")).toString();

    const QJsonObject view = root[QLatin1String("view")].toObject(), figure = root[QLatin1String("figure")].toObject();
    FigureSpec& s = r.spec;
    for (const QJsonValue value : view[QLatin1String("heads")].toArray()) {
        HeadId head;
        if (!headFromJson(value, head)) return std::nullopt;
        s.heads.push_back(head);
    }
    if (!readName(view[QLatin1String("kind")], kKinds, s.kind) || !lookFromJson(view[QLatin1String("map")].toObject(), s.look)
        || !readName(view[QLatin1String("chart")], kCharts, s.chart) || !readName(view[QLatin1String("compare")], kModes, s.compare)
        || !readName(figure[QLatin1String("colours")], kColours, s.colours))
        return std::nullopt;
    s.query = view[QLatin1String("query")].toInt(-1);
    s.key = view[QLatin1String("key")].toInt(-1);
    s.incoming = view[QLatin1String("incoming")].toBool();
    s.nameA = view[QLatin1String("name_a")].toString();
    s.nameB = view[QLatin1String("name_b")].toString();
    if (s.kind == FigureKind::Drawing) {
        // What the picture showed; it is not painted again from here.
        auto drawing = std::make_shared<FigureDrawing>();
        drawing->name = view[QLatin1String("drawing")].toString();
        for (const QJsonValue fact : view[QLatin1String("facts")].toArray()) drawing->facts << fact.toString();
        s.drawing = std::move(drawing);
    }
    s.widthMm = figure[QLatin1String("width_mm")].toDouble(s.widthMm);
    s.heightMm = figure[QLatin1String("height_mm")].toDouble(0);
    s.fontPt = figure[QLatin1String("font_pt")].toDouble(s.fontPt);
    s.fontFamily = figure[QLatin1String("font")].toString();
    s.darkScreen = figure[QLatin1String("dark")].toBool();
    s.title = figure[QLatin1String("title")].toBool(true);
    s.axes = figure[QLatin1String("axes")].toBool(true);
    s.colourBar = figure[QLatin1String("colour_bar")].toBool(true);
    s.hatch = figure[QLatin1String("hatch")].toBool(true);
    s.profiles = figure[QLatin1String("profiles")].toBool();
    s.selection = figure[QLatin1String("selection")].toBool();
    s.titleText = figure[QLatin1String("title_text")].toString();
    s.noteText = figure[QLatin1String("note_text")].toString();
    s.columns = figure[QLatin1String("columns")].toInt();
    s.layersUp = figure[QLatin1String("layersUp")].toBool(true);
    s.dpi = figure[QLatin1String("dpi")].toDouble(s.dpi);
    return r;
}

QStringList recipeSummary(const Recipe& recipe)
{
    const Provenance& p = recipe.origin;
    const FigureSpec& s = recipe.spec;
    const QString dot = QStringLiteral(" · ");
    QStringList model{p.modelName};
    if (!p.layout.isEmpty()) model << RecipeTr::tr("layout %1").arg(p.layout);
    model << RecipeTr::tr("weights %1").arg(p.weightProcessing);
    if (!p.weightDtype.isEmpty()) model << p.weightDtype;
    if (!p.said.isEmpty()) model << RecipeTr::tr("you said %1").arg(p.said.join(QStringLiteral(", ")));
    model << (p.modelHash.isEmpty() ? RecipeTr::tr("hash pending") : QStringLiteral("sha256 ") + p.modelHash.left(8));
    if (s.kind == FigureKind::Drawing && s.drawing) {
        QStringList lines{model.join(dot), s.drawing->facts.join(dot)};
        if (s.drawing->usesPrompt)
            lines << (p.ids.size() == 1 ? RecipeTr::tr("prompt, 1 token id") : RecipeTr::tr("prompt, %1 token ids").arg(p.ids.size()));
        return lines;
    }
    QStringList heads;
    for (const HeadId h : s.heads) heads << QStringLiteral("L%1 H%2").arg(h.layer).arg(h.head);
    QStringList view{s.kind == FigureKind::Atlas ? RecipeTr::tr("all heads")
                     : heads.size() > 3          ? RecipeTr::tr("%1 heads").arg(heads.size())
                                                 : heads.join(QStringLiteral(", "))};
    view << (s.look.kind == MapKind::Weights  ? RecipeTr::tr("attention weights")
             : s.look.kind == MapKind::Scores ? RecipeTr::tr("attention scores")
                                              : RecipeTr::tr("value-weighted"));
    if (s.kind == FigureKind::Atlas || s.kind == FigureKind::Grid) view << RecipeTr::tr("colours by weight to the power 0.7");
    else if (s.look.kind == MapKind::Weights || !s.look.autoRange) view << scaleFor(s.look, std::nullopt).legend();
    if (s.look.hideSink) view << RecipeTr::tr("first token hidden");
    QString prompt = p.ids.size() == 1 ? RecipeTr::tr("prompt, 1 token id") : RecipeTr::tr("prompt, %1 token ids").arg(p.ids.size());
    if (s.look.grain == Grain::Words && s.kind != FigureKind::Atlas && s.kind != FigureKind::Grid)
        prompt += RecipeTr::tr(", words: key sum, query mean");
    if (!p.interventions.empty())
        prompt +=
            p.interventions.size() == 1 ? RecipeTr::tr(", 1 head changed") : RecipeTr::tr(", %1 heads changed").arg(p.interventions.size());
    if (!p.cutsWrite.isEmpty()) prompt += dot + p.cutsWrite;
    return {model.join(dot), view.join(dot), prompt};
}

}  // namespace hs::ui
