// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/state/project_file.h"

#include <QDir>
#include <QFile>
#include <QFileInfo>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QtEndian>
#include <bit>
#include <cmath>
#include <limits>

#include "engine/io/bytes/atomic_write.h"
#include "ui/state/prune_file.h"

namespace hs::ui {

namespace {

constexpr qint64 kLargestFile = 64 << 20;

struct KindName {
    InterventionKind kind;
    const char* name;
};
constexpr KindName kKinds[] = {
    {InterventionKind::ScaleHead, "scale"},  {InterventionKind::ZeroHead, "zero"},           {InterventionKind::MeanHead, "mean"},
    {InterventionKind::AddToHead, "add"},    {InterventionKind::KnockOutEdges, "knock_out"}, {InterventionKind::ForceRow, "force_row"},
    {InterventionKind::ClampEdges, "clamp"}, {InterventionKind::Replace, "replace"},
};
constexpr const char* kMapKinds[] = {"weights", "scores", "value_weighted"};
constexpr const char* kStretches[] = {"linear", "log", "per_row"};
constexpr const char* kGrains[] = {"tokens", "words"};
/// Until 0.1.0 a project named the view in front by its number.
constexpr const char* kNumberedViews[] = {"head", "grid", "compare", "text", "graph", "similarity", "cause", "corpus"};

int numberOf(const QString& view)
{
    for (int i = 0; i < int(std::size(kNumberedViews)); ++i)
        if (view == QLatin1String(kNumberedViews[i])) return i;
    return 0;
}

QString latin(const char* text) { return QString::fromLatin1(text); }
QString name(HeadId head) { return QString::fromStdString(headName(head)); }

QJsonArray numbers(const auto& list)
{
    QJsonArray out;
    for (const auto v : list) out.append(static_cast<double>(v));
    return out;
}

/// Reads values and remembers the first thing that is wrong.
struct Reader {
    QString wrong;
    void fail(const QString& what)
    {
        if (wrong.isEmpty()) wrong = what;
    }

    QString text(const QJsonObject& o, const char* key)
    {
        const QJsonValue v = o.value(latin(key));
        if (v.isUndefined()) return {};
        if (!v.isString()) fail(latin(key));
        return v.toString();
    }
    int integer(const QJsonObject& o, const char* key, int fallback, int least, int most)
    {
        const QJsonValue v = o.value(latin(key));
        if (v.isUndefined()) return fallback;
        const double d = v.toDouble(std::nan(""));
        if (!(d == std::floor(d)) || d < least || d > most) {
            fail(latin(key));
            return fallback;
        }
        return int(d);
    }
    bool flag(const QJsonObject& o, const char* key, bool fallback)
    {
        const QJsonValue v = o.value(latin(key));
        if (!v.isUndefined() && !v.isBool()) fail(latin(key));
        return v.toBool(fallback);
    }
    double number(const QJsonObject& o, const char* key, double fallback)
    {
        const QJsonValue v = o.value(latin(key));
        if (!v.isUndefined() && !v.isDouble()) fail(latin(key));
        return v.toDouble(fallback);
    }
    HeadId head(const QJsonValue& v, const char* key)
    {
        const auto parsed = parseHeadName(v.toString().toStdString());
        if (!parsed) fail(latin(key));
        return parsed.value_or(HeadId{});
    }
    template <typename E, std::size_t N>
    E choice(const QJsonObject& o, const char* key, const char* const (&names)[N], E fallback)
    {
        const QJsonValue v = o.value(latin(key));
        if (v.isUndefined()) return fallback;
        for (std::size_t i = 0; i < N; ++i)
            if (v.toString() == latin(names[i])) return static_cast<E>(i);
        fail(latin(key));
        return fallback;
    }
    std::vector<int> integers(const QJsonValue& v, const char* key)
    {
        std::vector<int> out;
        if (!v.isUndefined() && !v.isArray()) fail(latin(key));
        const QJsonArray array = v.toArray();
        for (const QJsonValue e : array) {
            const double d = e.toDouble(std::nan(""));
            if (!(d == std::floor(d)) || std::abs(d) > 2147483647.0) {
                fail(latin(key));
                return {};
            }
            out.push_back(int(d));
        }
        return out;
    }
};

QJsonObject toJson(const Intervention& i)
{
    QJsonObject o;
    for (const KindName& k : kKinds)
        if (k.kind == i.kind) o[QStringLiteral("kind")] = latin(k.name);
    if (i.head.head >= 0) o[QStringLiteral("head")] = name(i.head);
    else o[QStringLiteral("layer")] = i.head.layer;  // all heads, or a place of the whole layer
    if (i.kind == InterventionKind::Replace && i.stored) {
        const MatrixF& m = *i.stored;
        o[QStringLiteral("site")] = latin(siteName(i.site));
        o[QStringLiteral("rows")] = double(m.rows());
        o[QStringLiteral("columns")] = double(m.cols());
        QByteArray bytes;
        bytes.reserve(m.rows() * m.cols() * 4);
        for (std::ptrdiff_t r = 0; r < m.rows(); ++r)
            for (std::ptrdiff_t c = 0; c < m.cols(); ++c) {
                uchar raw[4];
                qToLittleEndian(std::bit_cast<quint32>(m(r, c)), raw);
                bytes.append(reinterpret_cast<const char*>(raw), 4);
            }
        o[QStringLiteral("float32")] = QString::fromLatin1(bytes.toBase64());
    }
    if (i.kind == InterventionKind::ScaleHead || i.kind == InterventionKind::ClampEdges) o[QStringLiteral("value")] = double(i.value);
    if (!i.vector.empty()) o[QStringLiteral("vector")] = numbers(i.vector);
    if (!i.positions.empty()) o[QStringLiteral("positions")] = numbers(i.positions);
    if (!i.edges.empty()) {
        QJsonArray edges;
        for (const auto& [q, k] : i.edges) edges.append(QJsonArray{q, k});
        o[QStringLiteral("edges")] = edges;
    }
    return o;
}

/// The activation that a replacement puts in.
void readStored(Reader& in, const QJsonObject& o, Intervention& out)
{
    const auto site = parseSite(in.text(o, "site").toStdString());
    if (!site) return in.fail(QStringLiteral("interventions/site"));
    out.site = *site;
    const int rows = in.integer(o, "rows", 0, 1, 1 << 20), columns = in.integer(o, "columns", 0, 1, 1 << 20);
    const QByteArray bytes = QByteArray::fromBase64(in.text(o, "float32").toLatin1());
    if (rows < 1 || columns < 1 || bytes.size() != qsizetype(rows) * columns * 4) return in.fail(QStringLiteral("interventions/float32"));
    auto stored = std::make_shared<MatrixF>(rows, columns);
    for (qsizetype k = 0; k < qsizetype(rows) * columns; ++k) {
        const float value = std::bit_cast<float>(qFromLittleEndian<quint32>(bytes.constData() + 4 * k));
        if (!std::isfinite(value)) return in.fail(QStringLiteral("interventions/float32"));
        (*stored)(k / columns, k % columns) = value;
    }
    out.stored = std::move(stored);
}

Intervention readIntervention(Reader& in, const QJsonValue& value)
{
    const QJsonObject o = value.toObject();
    Intervention out;
    bool known = false;
    for (const KindName& k : kKinds)
        if (o.value(QStringLiteral("kind")).toString() == latin(k.name)) {
            out.kind = k.kind;
            known = true;
        }
    if (!known) in.fail(QStringLiteral("interventions/kind"));
    const bool replace = known && out.kind == InterventionKind::Replace;
    if (replace && o.contains(QStringLiteral("layer"))) out.head = {in.integer(o, "layer", 0, 0, 1 << 16), -1};
    else out.head = in.head(o.value(QStringLiteral("head")), "interventions/head");
    if (replace) readStored(in, o, out);
    // A number that is no finite float would be written as null, and the project could not be read again.
    const auto finite = [](double x) { return std::abs(x) <= double(std::numeric_limits<float>::max()); };
    const double scale = in.number(o, "value", 0);
    if (!finite(scale)) in.fail(QStringLiteral("interventions/value"));
    else out.value = static_cast<float>(scale);
    const QJsonArray vector = o.value(QStringLiteral("vector")).toArray();
    for (const QJsonValue v : vector) {
        if (!v.isDouble() || !finite(v.toDouble())) in.fail(QStringLiteral("interventions/vector"));
        else out.vector.push_back(static_cast<float>(v.toDouble()));
    }
    out.positions = in.integers(o.value(QStringLiteral("positions")), "interventions/positions");
    const QJsonArray edges = o.value(QStringLiteral("edges")).toArray();
    for (const QJsonValue e : edges) {
        const std::vector<int> pair = in.integers(e, "interventions/edges");
        if (pair.size() != 2) in.fail(QStringLiteral("interventions/edges"));
        else out.edges.emplace_back(pair[0], pair[1]);
    }
    return out;
}

void readView(Reader& in, const QJsonObject& root, ProjectFile& p)
{
    const int number = in.integer(root, "tab", 0, 0, 99);
    if (root.contains(QStringLiteral("view"))) p.view = in.text(root, "view");
    else if (number < int(std::size(kNumberedViews))) p.view = latin(kNumberedViews[number]);
    const QJsonValue views = root.value(QStringLiteral("views"));
    if (!views.isUndefined() && !views.isObject()) in.fail(QStringLiteral("views"));
    p.views = views.toObject();
    for (const QJsonValue state : p.views)
        if (!state.isObject()) in.fail(QStringLiteral("views"));
}

Error invalid(const QString& item)
{
    Error e;
    e.code = ErrorCode::JsonInvalid;
    e.item = item.toStdString();
    return e;
}

}  // namespace

QByteArray toJson(const ProjectFile& p)
{
    QJsonObject model{{QStringLiteral("path"), p.modelPath}, {QStringLiteral("sha256"), p.modelHash}};
    QJsonObject config;
    for (const auto& [key, value] : p.config) config[QString::fromStdString(key)] = QString::fromStdString(value);
    if (!config.isEmpty()) model[QStringLiteral("config")] = config;
    if (!p.adapter.empty()) model[QStringLiteral("adapter")] = QString::fromStdString(p.adapter);
    if (!p.tokenList.empty()) model[QStringLiteral("token_list")] = QString::fromStdString(p.tokenList);

    QJsonArray prompts;
    for (const auto& prompt : p.prompts) {
        QJsonObject o{{QStringLiteral("title"), prompt.title}, {QStringLiteral("text"), prompt.text}};
        if (!prompt.ids.empty()) o[QStringLiteral("ids")] = numbers(prompt.ids);
        if (prompt.spellSpecial) o[QStringLiteral("spell_special")] = true;
        prompts.append(o);
    }
    QJsonObject selection{{QStringLiteral("head"), name(p.head)}};
    if (p.pinned) selection[QStringLiteral("pinned")] = name(*p.pinned);
    if (p.query >= 0) selection[QStringLiteral("query")] = p.query;
    if (p.key >= 0) selection[QStringLiteral("key")] = p.key;

    QJsonArray interventions;
    for (const Intervention& i : p.interventions) interventions.append(toJson(i));

    QJsonObject notes;
    for (const auto& [head, note] : p.notes) {
        QJsonObject o;
        if (!note.label.isEmpty()) o[QStringLiteral("label")] = note.label;
        if (!note.text.isEmpty()) o[QStringLiteral("text")] = note.text;
        notes[name(head)] = o;
    }

    const QJsonObject look{
        {QStringLiteral("kind"), latin(kMapKinds[std::size_t(p.look.kind)])},
        {QStringLiteral("stretch"), latin(kStretches[std::size_t(p.look.stretch)])},
        {QStringLiteral("grain"), latin(kGrains[std::size_t(p.look.grain)])},
        {QStringLiteral("hide_sink"), p.look.hideSink},
        {QStringLiteral("crosshair"), p.look.crosshair},
        {QStringLiteral("colour_map"), p.look.colourMap},
        {QStringLiteral("auto_range"), p.look.autoRange},
        {QStringLiteral("low"), p.look.low},
        {QStringLiteral("high"), p.look.high},
    };
    QJsonObject root{
        {QStringLiteral("headscope_project"), ProjectFile::kFormat},
        {QStringLiteral("model"), model},
        {QStringLiteral("prompts"), prompts},
        {QStringLiteral("current_prompt"), p.current},
        {QStringLiteral("selection"), selection},
        {QStringLiteral("interventions"), interventions},
        {QStringLiteral("notes"), notes},
        {QStringLiteral("look"), look},
        {QStringLiteral("view"), p.view},
        {QStringLiteral("tab"), numberOf(p.view)},  // for programs up to 0.1.0
        {QStringLiteral("layout"), QString::fromLatin1(p.layout.toBase64())},
    };
    if (p.classes) {
        QJsonObject list;
        if (!p.classes->path.isEmpty()) list[QStringLiteral("path")] = p.classes->path;
        if (!p.classes->sha256.isEmpty()) list[QStringLiteral("sha256")] = p.classes->sha256;
        if (!p.classes->edited.isEmpty()) list[QStringLiteral("edited")] = p.classes->edited;
        root[QStringLiteral("class_list")] = list;
    }
    if (!p.views.isEmpty()) root[QStringLiteral("views")] = p.views;
    if (p.prune) root[QStringLiteral("prune")] = pruneJson(*p.prune);
    return QJsonDocument(root).toJson(QJsonDocument::Indented);
}

Result<ProjectFile> projectFromJson(const QByteArray& json)
{
    QJsonParseError parse;
    const QJsonDocument document = QJsonDocument::fromJson(json, &parse);
    if (parse.error != QJsonParseError::NoError) {
        Error e = invalid(QStringLiteral("position %1").arg(parse.offset));
        e.found = parse.errorString().toStdString();
        return e;
    }
    const QJsonObject root = document.object();
    Reader in;
    const int format = in.integer(root, "headscope_project", 0, 0, 1000000);
    if (format < 1) return invalid(QStringLiteral("headscope_project"));
    if (format > ProjectFile::kFormat) {
        Error e;
        e.code = ErrorCode::FormatTooNew;
        e.item = "headscope_project";
        e.found = std::to_string(format);
        e.expected = std::to_string(ProjectFile::kFormat);
        return e;
    }
    ProjectFile p;
    const QJsonObject model = root.value(QStringLiteral("model")).toObject();
    p.modelPath = in.text(model, "path");
    p.modelHash = in.text(model, "sha256");
    const QJsonObject config = model.value(QStringLiteral("config")).toObject();
    for (auto it = config.begin(); it != config.end(); ++it) p.config[it.key().toStdString()] = it.value().toString().toStdString();
    p.adapter = in.text(model, "adapter").toStdString();
    p.tokenList = in.text(model, "token_list").toStdString();

    const QJsonArray prompts = root.value(QStringLiteral("prompts")).toArray();
    for (const QJsonValue v : prompts) {
        if (!v.isObject()) in.fail(QStringLiteral("prompts"));
        const QJsonObject o = v.toObject();
        p.prompts.push_back({in.text(o, "title"), in.text(o, "text"), in.integers(o.value(QStringLiteral("ids")), "prompts/ids"),
                             o.value(QStringLiteral("spell_special")).toBool()});
    }
    p.current = in.integer(root, "current_prompt", -1, -1, int(p.prompts.size()) - 1);
    const QJsonObject selection = root.value(QStringLiteral("selection")).toObject();
    if (selection.contains(QStringLiteral("head"))) p.head = in.head(selection.value(QStringLiteral("head")), "selection/head");
    if (selection.contains(QStringLiteral("pinned"))) p.pinned = in.head(selection.value(QStringLiteral("pinned")), "selection/pinned");
    p.query = in.integer(selection, "query", -1, -1, 1 << 24);
    p.key = in.integer(selection, "key", -1, -1, 1 << 24);

    const QJsonArray interventions = root.value(QStringLiteral("interventions")).toArray();
    for (const QJsonValue v : interventions) p.interventions.push_back(readIntervention(in, v));

    if (const QJsonValue prune = root.value(QStringLiteral("prune")); !prune.isUndefined()) {
        QString wrong;
        p.prune = pruneFromJson(prune.toObject(), &wrong);
        if (!prune.isObject()) in.fail(QStringLiteral("prune"));
        if (!wrong.isEmpty()) in.fail(wrong);
    }

    const QJsonObject notes = root.value(QStringLiteral("notes")).toObject();
    for (auto it = notes.begin(); it != notes.end(); ++it) {
        const QJsonObject o = it.value().toObject();
        const HeadNote note{in.text(o, "label"), in.text(o, "text")};
        const HeadId head = in.head(it.key(), "notes");
        if (!note.empty()) p.notes[head] = note;
    }

    if (const QJsonValue v = root.value(QStringLiteral("class_list")); !v.isUndefined()) {
        if (!v.isObject()) in.fail(QStringLiteral("class_list"));
        const QJsonObject list = v.toObject();
        p.classes = ClassListRef{in.text(list, "path"), in.text(list, "sha256"), list.value(QStringLiteral("edited")).toObject()};
        if (list.contains(QStringLiteral("edited")) && !list.value(QStringLiteral("edited")).isObject())
            in.fail(QStringLiteral("class_list/edited"));
    }

    const QJsonObject look = root.value(QStringLiteral("look")).toObject();
    p.look.kind = in.choice(look, "kind", kMapKinds, p.look.kind);
    p.look.stretch = in.choice(look, "stretch", kStretches, p.look.stretch);
    p.look.grain = in.choice(look, "grain", kGrains, p.look.grain);
    p.look.hideSink = in.flag(look, "hide_sink", p.look.hideSink);
    p.look.crosshair = in.flag(look, "crosshair", p.look.crosshair);
    if (look.contains(QStringLiteral("colour_map"))) p.look.colourMap = in.text(look, "colour_map");
    p.look.autoRange = in.flag(look, "auto_range", p.look.autoRange);
    p.look.low = in.number(look, "low", p.look.low);
    p.look.high = in.number(look, "high", p.look.high);
    readView(in, root, p);
    p.layout = QByteArray::fromBase64(in.text(root, "layout").toLatin1());
    if (!in.wrong.isEmpty()) return invalid(in.wrong);
    return p;
}

Status saveProjectFile(const QString& path, const ProjectFile& project)
{
    return writeFileAtomically(path.toStdString(), toJson(project).toStdString());
}

Result<ProjectFile> loadProjectFile(const QString& path)
{
    Error e;
    e.file = path.toStdString();
    QFile file(path);
    if (!file.exists()) {
        e.code = ErrorCode::FileNotFound;
        return e;
    }
    if (file.size() > kLargestFile) {
        e.code = ErrorCode::FileTooLarge;
        return e;
    }
    if (!file.open(QIODevice::ReadOnly)) {
        e.code = ErrorCode::FileUnreadable;
        return e;
    }
    Result<ProjectFile> read = projectFromJson(file.readAll());
    if (!read) {
        e = read.error();
        e.file = path.toStdString();
        return e;
    }
    // The folder may have moved as a whole: the file beside the project wins over a path that is gone.
    const auto findBeside = [&path](QString& known) {
        if (known.isEmpty() || QFileInfo::exists(known)) return;
        const QString beside = QFileInfo(path).dir().filePath(QFileInfo(known).fileName());
        if (QFileInfo::exists(beside)) known = beside;
    };
    findBeside(read->modelPath);
    if (read->classes) findBeside(read->classes->path);
    return read;
}

}  // namespace hs::ui
