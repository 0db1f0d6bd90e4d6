// SPDX-License-Identifier: GPL-3.0-or-later
#include <QDir>
#include <QFile>
#include <QFileDevice>
#include <QImage>
#include <QLatin1Char>
#include <QPoint>
#include <QProcess>
#include <QRect>
#include <QStandardPaths>
#include <QStringList>
#include <QTemporaryDir>
#include <QTest>
#include <QXmlStreamReader>
#include <cmath>

#include "tests/support/plain_user.h"
#include "tests/support/small_disk.h"
#include "tests/support/table_source.h"
#include "ui/export/figure.h"
#include "ui/export/figure_canvas.h"
#include "ui/export/figure_jobs.h"
#include "ui/export/recipe.h"
#include "ui/map/map_geometry.h"

using namespace hs;
using namespace hs::ui;
using test::TableSource;

namespace {

Provenance provenance()
{
    Provenance p;
    p.modelName = QStringLiteral("table");
    p.modelPath = QStringLiteral("/models/große \"Datei\" <1>.h5");
    p.modelHash = QString(64, QLatin1Char('a'));
    p.layout = QStringLiteral("native");
    p.weightDtype = QStringLiteral("fp16");
    p.promptText = QStringLiteral("Once & <again> “quoted” – übung\nnext line \U0001F600");
    p.ids = {1, 17, 4095};
    p.interventions = {meanHead({1, 2}, {0.1f, -2.5f})};
    return p;
}

FigureSpec headSpec()
{
    FigureSpec s;
    s.heads = {{1, 2}};
    s.look.grain = Grain::Words;
    s.noteText = QStringLiteral("score 0.68");
    return s;
}

struct SvgTexts {
    QStringList texts;
    QString width, height;
    QImage picture;  ///< the last one embedded
    bool xml = false;
};
SvgTexts readSvg(const QString& path)
{
    SvgTexts out;
    QFile file(path);
    if (!file.open(QIODevice::ReadOnly)) return out;
    QXmlStreamReader r(&file);
    while (!r.atEnd()) {
        if (r.readNext() != QXmlStreamReader::StartElement) continue;
        if (r.name() == QLatin1String("svg")) {
            out.width = r.attributes().value(QLatin1String("width")).toString();
            out.height = r.attributes().value(QLatin1String("height")).toString();
        }
        if (r.name() == QLatin1String("image"))
            out.picture.loadFromData(
                QByteArray::fromBase64(r.attributes().value(QLatin1String("xlink:href")).toLatin1().split(',').last()));
        if (r.name() == QLatin1String("text")) out.texts << r.readElementText().trimmed();
    }
    out.xml = !r.hasError();
    return out;
}

}  // namespace

class TestFigure : public QObject {
    Q_OBJECT

    std::shared_ptr<TableSource> m_source = std::make_shared<TableSource>(3, 4, TableSource::story());
    QTemporaryDir m_dir;

    FigureData collect(const FigureSpec& spec)
    {
        auto data = collectFigure(spec, m_source, nullptr, provenance());
        if (!data) qFatal("collectFigure failed with code %d", int(data.error().code));
        return *data;
    }
    QString path(const QString& name) const { return m_dir.filePath(name); }

private Q_SLOTS:
    void numbersAreTheTiles()
    {
        FigureSpec spec = headSpec();
        spec.look.grain = Grain::Tokens;
        const FigureData data = collect(spec);
        const MatrixF& cells = *data.maps.front().cells;
        const auto tile = m_source->tile({1, 2}, MapKind::Weights, 0, 33, 0, 33);
        QCOMPARE(cells.rows(), tile->rows());
        for (int r = 0; r < 33; ++r)
            for (int c = 0; c < 33; ++c) QCOMPARE(cells(r, c), (*tile)(r, c));
    }
    void noCellIsLost_data()
    {
        QTest::addColumn<int>("n");
        QTest::addColumn<bool>("axes");
        QTest::addColumn<bool>("vector");
        for (const int n : {300, 1024, 1500}) {
            for (const bool axes : {false, true}) QTest::addRow("%d tokens%s", n, axes ? ", axes" : "") << n << axes << false;
            QTest::addRow("%d tokens, SVG", n) << n << true << true;
        }
    }
    /// A head that rests on the first token but in forty rows: at the default size every one of them is there, and so is the first column.
    void noCellIsLost()
    {
        QFETCH(int, n);
        QFETCH(bool, axes);
        QFETCH(bool, vector);
        FigureSpec spec = headSpec();
        spec.look.grain = Grain::Tokens;
        spec.noteText.clear();
        spec.axes = axes;
        spec.colourBar = spec.title = spec.hatch = spec.selection = spec.profiles = false;
        FigureData data;
        FigureMap map;
        map.name = QStringLiteral("L0 H0");
        map.rows.resize(std::size_t(n));
        map.columns.resize(std::size_t(n));
        MatrixF cells(n, n);
        std::vector<QPoint> elsewhere;  // key, query
        for (int q = 0; q < n; ++q) cells(q, 0) = 1;
        for (int i = 0; i < 40; ++i) {
            const int q = n / 4 + i * (n * 3 / 4 / 40), k = q / 2 + 3 * (i % 5);
            cells(q, 0) = 0;
            cells(q, k) = 1;
            elsewhere.emplace_back(k, q);
        }
        map.cells = std::make_shared<const MatrixF>(std::move(cells));
        data.maps.push_back(map);
        data.originalQueries = data.originalKeys = n;
        data.origin = provenance();
        QImage image = renderFigure(spec, data, spec.dpi);
        if (vector) {  // the picture that an SVG, a PDF and a printer are given; the cells are its pixels, and it is shown as it is
            QVERIFY(writeFigure(path(QStringLiteral("cells.svg")), FigureFormat::Svg, spec, data).ok());
            image = readSvg(path(QStringLiteral("cells.svg"))).picture;
        }
        QVERIFY(!image.isNull());
        image = image.convertToFormat(QImage::Format_RGB32);
        const QRgb full = figureScale(spec, data).map->at(1) | 0xff000000u;
        // Where the map lies: everything of the full colour.
        QRect all;
        for (int y = 0; y < image.height(); ++y)
            for (int x = 0; x < image.width(); ++x)
                if (image.pixel(x, y) == full) all |= QRect(x, y, 1, 1);
        const double side = all.height(), left = all.left();
        QVERIFY2(side > 200, qPrintable(QString::number(side)));
        int column = 0;
        for (int y = all.top(); y <= all.bottom(); ++y) column += image.pixel(all.left(), y) == full ? 1 : 0;
        QVERIFY2(column > side - 2 * 40 * std::max(1.0, side / n), qPrintable(QStringLiteral("%1 of %2").arg(column).arg(side)));
        for (const QPoint& cell : elsewhere) {
            const int x = int(left + (cell.x() + 0.5) * side / n), y = int(all.top() + (cell.y() + 0.5) * side / n);
            bool seen = false;
            for (int dx = -1; dx <= 1; ++dx)
                for (int dy = -1; dy <= 1; ++dy) seen |= image.pixel(x + dx, y + dy) == full;
            QVERIFY2(seen, qPrintable(QStringLiteral("query %1, key %2").arg(cell.y()).arg(cell.x())));
        }
    }
    void wordsAreSumsOverKeysAndMeansOverQueries()
    {
        const FigureData data = collect(headSpec());
        const FigureMap& m = data.maps.front();
        QCOMPARE(m.rows.size(), std::size_t(26));  // 33 tokens, 26 words and signs
        const MatrixF& tokens = m_source->map({1, 2});
        for (std::size_t r = 0; r < m.rows.size(); ++r)
            for (std::size_t c = 0; c < m.columns.size(); ++c) {
                double sum = 0;
                for (int q = 0; q < m.rows[r].tokens; ++q)
                    for (int k = 0; k < m.columns[c].tokens; ++k)
                        sum += static_cast<double>(tokens(m.rows[r].token + q, m.columns[c].token + k));
                QVERIFY(std::abs(sum / m.rows[r].tokens - static_cast<double>((*m.cells)(static_cast<int>(r), static_cast<int>(c))))
                        < 1e-6);
            }
        QCOMPARE(m.rows[10].text, QStringLiteral("girl"));  // " g", "ir", "l": no space mark
    }
    void hiddenFirstKeyRescalesRows()
    {
        FigureSpec spec = headSpec();
        spec.look.grain = Grain::Tokens;
        spec.look.hideSink = true;
        const FigureData data = collect(spec);
        const MatrixF& cells = *data.maps.front().cells;
        for (int r = 1; r < 33; ++r) {
            double sum = 0;
            for (int c = 1; c <= r; ++c) sum += static_cast<double>(cells(r, c));
            QVERIFY(std::abs(sum - 1) < 1e-5);
            QVERIFY(std::isnan(cells(r, 0)));
        }
    }
    void columnFitsAndTokensDoNot()
    {
        FigureSpec spec = headSpec();
        FigureCheck check = measureFigure(spec, collect(spec));
        QVERIFY2(check.ok, qPrintable(check.sentence));
        QCOMPARE(check.sizeMm.width(), 85.0);
        QVERIFY(check.sizeMm.height() > 70 && check.sizeMm.height() < 95);
        QCOMPARE(check.smallestPt, 6.5);
        QCOMPARE(check.labelsDrawn, 52);
        spec.look.grain = Grain::Tokens;
        check = measureFigure(spec, collect(spec));
        QVERIFY(!check.ok);
        QCOMPARE(check.labels, 66);
        QVERIFY(check.labelsDrawn < 66);
        QVERIFY(check.sentence.contains(QString::number(66 - check.labelsDrawn)) && check.sentence.contains(QStringLiteral("use words")));
        spec.widthMm = preset::kTwoColumns;
        QVERIFY(measureFigure(spec, collect(spec)).ok);
    }
    void pngHasTrueSize()
    {
        const FigureSpec spec = headSpec();
        const FigureData data = collect(spec);
        for (const double dpi : {72.0, 300.0, 611.0}) {
            FigureSpec s = spec;
            s.dpi = dpi;
            const Status status = writeFigure(path(QStringLiteral("a.png")), FigureFormat::Png, s, data);
            QVERIFY2(status.ok(), status ? "" : status.error().item.c_str());
            const QImage image(path(QStringLiteral("a.png")));
            QCOMPARE(image.width(), static_cast<int>(std::lround(85 / 25.4 * dpi)));
            QVERIFY(std::abs(image.dotsPerMeterX() - dpi / 0.0254) <= 1);
        }
    }
    void svgKeepsTextAsText()
    {
        const FigureSpec spec = headSpec();
        QVERIFY(writeFigure(path(QStringLiteral("a.svg")), FigureFormat::Svg, spec, collect(spec)).ok());
        const SvgTexts svg = readSvg(path(QStringLiteral("a.svg")));
        QVERIFY(svg.xml);
        QCOMPARE(svg.width, QStringLiteral("85.000mm"));
        QCOMPARE(svg.texts.count(QStringLiteral("girl")), 2);  // one on each axis
        QCOMPARE(svg.texts.count(QStringLiteral("query")), 1);
        QCOMPARE(svg.texts.count(QStringLiteral("L1 H2")), 1);
        QCOMPARE(svg.texts.size(), 52 + 2 + 2 + 3 + 1);  // labels, axes, title and note, ticks, words of the bar
    }
    void pdfKeepsTextAsText()
    {
        const FigureSpec spec = headSpec();
        const QString file = path(QStringLiteral("a.pdf"));
        QVERIFY(writeFigure(file, FigureFormat::Pdf, spec, collect(spec)).ok());
        QFile f(file);
        QVERIFY(f.open(QIODevice::ReadOnly));
        QVERIFY(f.read(5) == "%PDF-");
        const QString tool = QStandardPaths::findExecutable(QStringLiteral("pdftotext"));
        QVERIFY2(!tool.isEmpty(), "pdftotext is missing: install poppler-utils");
        QProcess process;
        process.start(tool, {file, QStringLiteral("-")});
        QVERIFY(process.waitForFinished(20000));
        const QString text = QString::fromUtf8(process.readAllStandardOutput());
        QCOMPARE(text.count(QStringLiteral("named")), 2);
        QVERIFY(text.contains(QStringLiteral("score 0.68")));
    }
    void recipeComesBack_data()
    {
        QTest::addColumn<QString>("name");
        for (const char* name : {"r.png", "r.svg", "r.pdf"}) QTest::newRow(name) << QString::fromLatin1(name);
    }
    void recipeComesBack()
    {
        QFETCH(QString, name);
        FigureSpec spec = headSpec();
        spec.look.stretch = Stretch::Log;
        spec.look.autoRange = false;
        spec.look.low = 1e-3;
        spec.look.high = 0.7;
        spec.look.colourMap = QStringLiteral("viridis");
        spec.query = 28;
        spec.key = 27;
        spec.profiles = true;
        spec.colours = FigureColours::Grey;
        spec.layersUp = false;
        const Status status = writeFigure(path(name), *formatOfPath(name), spec, collect(spec));
        QVERIFY2(status.ok(), status ? "" : status.error().item.c_str());
        const auto recipe = readRecipe(path(name));
        QVERIFY(recipe.has_value());
        const Provenance p = provenance();
        QCOMPARE(recipe->origin.promptText, p.promptText);
        QCOMPARE(recipe->origin.modelPath, p.modelPath);
        QCOMPARE(recipe->origin.modelHash, p.modelHash);
        QVERIFY(recipe->origin.ids == p.ids);
        QVERIFY(recipe->origin.interventions == p.interventions);
        QVERIFY(recipe->spec.look == spec.look);
        QVERIFY(recipe->spec.heads == spec.heads);
        QCOMPARE(recipe->spec.query, 28);
        QCOMPARE(recipe->spec.key, 27);
        QCOMPARE(recipe->spec.kind, FigureKind::Head);
        QVERIFY(!recipe->spec.layersUp);
        QVERIFY(recipe->spec.colours == FigureColours::Grey && recipe->spec.profiles);
        QVERIFY(recipe->program.startsWith(QStringLiteral("HeadScope ")));

        spec.recipe = false;
        QVERIFY(writeFigure(path(name), *formatOfPath(name), spec, collect(spec)).ok());
        QVERIFY(!readRecipe(path(name)).has_value());
    }
    void foreignFilesHaveNoRecipe()
    {
        QFile f(path(QStringLiteral("foreign.svg")));
        QVERIFY(f.open(QIODevice::WriteOnly));
        f.write("<svg xmlns='http://www.w3.org/2000/svg'><metadata><recipe>{\"headscope_recipe\":1}</recipe></metadata></svg>");
        f.close();
        QVERIFY(!readRecipe(f.fileName()).has_value());  // another namespace
        QVERIFY(!readRecipe(path(QStringLiteral("missing.png"))).has_value());
        QVERIFY(!readRecipe(m_dir.path()).has_value());
        QVERIFY(!recipeFromJson("{\"headscope_recipe\": 99}").has_value());
        QVERIFY(!recipeFromJson("{\"headscope_recipe\": 1, \"view\": {\"heads\": [\"L1\"]}}").has_value());
        QVERIFY(!recipeFromJson("{\"headscope_recipe\": 1, \"view\": {\"kind\": \"nonsense\"}}").has_value());
    }
    void otherKinds_data()
    {
        QTest::addColumn<int>("kind");
        QTest::addColumn<int>("maps");
        QTest::newRow("atlas") << int(FigureKind::Atlas) << 12;
        QTest::newRow("grid") << int(FigureKind::Grid) << 2;
        QTest::newRow("compare") << int(FigureKind::Compare) << 2;
        QTest::newRow("text") << int(FigureKind::Text) << 1;
        QTest::newRow("chart") << int(FigureKind::Chart) << 1;
    }
    void otherKinds()
    {
        QFETCH(int, kind);
        QFETCH(int, maps);
        FigureSpec spec;
        spec.kind = static_cast<FigureKind>(kind);
        if (spec.kind == FigureKind::Grid || spec.kind == FigureKind::Compare) spec.heads = {{0, 1}, {2, 3}};
        if (spec.kind == FigureKind::Text || spec.kind == FigureKind::Chart) spec.heads = {{0, 1}};
        spec.widthMm = preset::kTwoColumns;
        spec.query = 20;
        const FigureData data = collect(spec);
        QCOMPARE(static_cast<int>(data.maps.size()), maps);
        for (const char* name : {"k.png", "k.svg", "k.pdf"}) {
            const Status status = writeFigure(path(QString::fromLatin1(name)), *formatOfPath(QString::fromLatin1(name)), spec, data);
            QVERIFY2(status.ok(), name);
            QCOMPARE(readRecipe(path(QString::fromLatin1(name)))->spec.kind, spec.kind);
        }
    }
    void numbersAsCsvAndLatex()
    {
        FigureSpec spec = headSpec();
        spec.look.grain = Grain::Tokens;
        const FigureData data = collect(spec);
        QVERIFY(writeFigure(path(QStringLiteral("n.csv")), FigureFormat::Csv, spec, data).ok());
        QFile f(path(QStringLiteral("n.csv")));
        QVERIFY(f.open(QIODevice::ReadOnly));
        const QStringList lines = QString::fromUtf8(f.readAll()).split(QStringLiteral("\r\n"));
        QCOMPARE(lines.size(), 35);  // header, 33 rows, end
        QVERIFY(lines[0].startsWith(QStringLiteral("query,<s>,\" Once\"")));
        QVERIFY(lines[0].contains(QStringLiteral(",\",\",")));  // the comma token, quoted
        QCOMPARE(lines[34], QString());
        QCOMPARE(lines[3].split(QLatin1Char(',')).at(2).toFloat(), m_source->map({1, 2})(2, 1));
        const QString tex = latexSnippet(QStringLiteral("a.pdf"), spec, data);
        QVERIFY(tex.contains(QStringLiteral("\\includegraphics[width=85mm]{a.pdf}")));
        QVERIFY(tex.contains(QStringLiteral("L1 H2 of table"))
                && tex.contains(QStringLiteral("Once \\& \\textless{}again\\textgreater{}")));
        QCOMPARE(numbersAsText(data, QLatin1Char('\t')).split(QLatin1Char('\n')).size(), 35);
    }
    void errors_data()
    {
        QTest::addColumn<QString>("file");
        QTest::addColumn<int>("code");
        QTest::newRow("folder missing") << QStringLiteral("nowhere/a.pdf") << int(ErrorCode::FolderMissing);
        QTest::newRow("folder read-only") << QStringLiteral("locked/a.pdf") << int(ErrorCode::FolderReadOnly);
    }
    void errors()
    {
        QFETCH(QString, file);
        QFETCH(int, code);
        const QString locked = path(QStringLiteral("locked"));
        QDir().mkpath(locked);
        QFile::setPermissions(locked, QFileDevice::ReadOwner | QFileDevice::ExeOwner);
        const test::PlainUser user;
        QVERIFY(user.bound());
        const FigureSpec spec = headSpec();
        for (const FigureFormat format :
             {FigureFormat::Pdf, FigureFormat::Svg, FigureFormat::Png, FigureFormat::Csv, FigureFormat::Npy, FigureFormat::Latex}) {
            const Status status = writeFigure(path(file), format, spec, collect(spec));
            QVERIFY(!status.ok());
            QCOMPARE(static_cast<int>(status.error().code), code);
        }
        QVERIFY(!QFile::exists(path(file)));
    }
    void diskFull()
    {
        // /dev/full takes no byte: the writer must say so, and no file may be reported as saved.
        QVERIFY(QFile::exists(QStringLiteral("/dev/full")));
        const FigureSpec spec = headSpec();
        QVERIFY(!writeFigure(QStringLiteral("/dev/full/a.png"), FigureFormat::Png, spec, collect(spec)).ok());
    }
    /// A disk that is full while a picture is written is called that, and nothing is left behind.
    void pictureOnFullDisk_data()
    {
        QTest::addColumn<int>("format");
        QTest::newRow("png") << int(FigureFormat::Png);
        QTest::newRow("svg") << int(FigureFormat::Svg);
        QTest::newRow("pdf") << int(FigureFormat::Pdf);
    }
    void pictureOnFullDisk()
    {
        QFETCH(int, format);
        const FigureSpec spec = headSpec();
        const FigureData data = collect(spec);
        const QString file = path(QStringLiteral("full.") + extensionOf(static_cast<FigureFormat>(format)));
        Status status;
        {
            const test::SmallDisk disk(2000);
            status = writeFigure(file, static_cast<FigureFormat>(format), spec, data);
        }
        QVERIFY(!status);
        QCOMPARE(status.error().code, ErrorCode::DiskFull);
        QVERIFY(!QFile::exists(file));
    }
    /// U+FFFE and U+FFFF have no place in XML; a token of them must be seen all the same.
    void noncharactersAreNamed()
    {
        const auto source =
            std::make_shared<TableSource>(3, 4, TableSource::tokensOf({" a", "\xEF\xBF\xBE", " b\xEF\xBF\xBF", "\x01", " c", " d"}));
        FigureSpec spec = headSpec();
        spec.look.grain = Grain::Tokens;
        spec.titleText = QStringLiteral("of ") + QChar(0xFFFE) + QChar(2);
        const auto data = collectFigure(spec, source, nullptr, {});
        QVERIFY(data.ok());
        const Status status = writeFigure(path(QStringLiteral("x.svg")), FigureFormat::Svg, spec, *data);
        QVERIFY2(status.ok(), status ? "" : (status.error().item + status.error().found).c_str());
        const SvgTexts svg = readSvg(path(QStringLiteral("x.svg")));
        QVERIFY(svg.xml);
        const QString all = svg.texts.join(QLatin1Char('|'));
        for (const char* shown : {"<U+FFFE>", "b<U+FFFF>", "<0x01>", "<0x02>"})
            QVERIFY2(all.contains(QString::fromLatin1(shown)), qPrintable(all));
        QVERIFY(writeFigure(path(QStringLiteral("x.pdf")), FigureFormat::Pdf, spec, *data).ok());
        QVERIFY(readRecipe(path(QStringLiteral("x.pdf"))).has_value());
    }
    /// U+0378 is no character and in no font: the check says that it becomes a box, once for each, beside what else it has to say.
    void missingGlyphsAreSaid()
    {
        const auto check = [](const char* token) {
            const auto source = std::make_shared<TableSource>(3, 4, TableSource::tokensOf({" a", token, " b", " c", " d"}));
            FigureSpec spec = headSpec();
            spec.look.grain = Grain::Tokens;
            const auto data = collectFigure(spec, source, nullptr, {});
            return measureFigure(spec, *data);
        };
        QCOMPARE(check(" na\u00EFve \u03B1").missingGlyphs, 0);
        const FigureCheck boxes = check(" x\u0378\u0378\u0379");
        QCOMPARE(boxes.missingGlyphs, 2);
        QVERIFY(!boxes.ok);
        QVERIFY2(boxes.sentence.contains(QString::fromUtf8("\u0378\u0379")), qPrintable(boxes.sentence));
    }
    void badRequests()
    {
        FigureSpec spec = headSpec();
        spec.heads = {{7, 0}};
        QCOMPARE(collectFigure(spec, m_source, nullptr, {}).error().code, ErrorCode::HeadOutOfRange);
        spec.heads = {{1, 2}};
        spec.look.kind = MapKind::ValueWeighted;
        QCOMPARE(collectFigure(spec, m_source, nullptr, {}).error().code, ErrorCode::NeedsWeights);
        spec = headSpec();
        spec.kind = FigureKind::Compare;
        const auto other = std::make_shared<TableSource>(3, 4, TableSource::tokensOf({" quite", " other"}));
        QCOMPARE(collectFigure(spec, m_source, other, {}).error().code, ErrorCode::PromptsDiffer);
        QCOMPARE(writeFigure(path(QStringLiteral("e.png")), FigureFormat::Png, headSpec(), {}).error().code, ErrorCode::InvalidArgument);
    }
    void headLists_data()
    {
        QTest::addColumn<QString>("text");
        QTest::addColumn<int>("count");
        QTest::addColumn<QString>("wrong");
        QTest::newRow("two") << "L0H1, 2.3" << 2 << "";
        QTest::newRow("layer and one of its heads") << "L2, L2H0" << 4 << "";
        QTest::newRow("all") << "ALL" << 12 << "";
        QTest::newRow("no such layer") << "L0H1, L9" << -1 << "L9";
        QTest::newRow("no such head") << "L0H4" << -1 << "L0H4";
        QTest::newRow("word") << "L0H1,foo" << -1 << "foo";
        QTest::newRow("nothing") << "  " << -1 << "";
    }
    void headLists()
    {
        QFETCH(QString, text);
        QFETCH(int, count);
        QString wrong;
        const auto heads = parseHeadList(text, *m_source, &wrong);
        QCOMPARE(heads ? static_cast<int>(heads->size()) : -1, count);
        QTEST(wrong, "wrong");
    }
};

QTEST_MAIN(TestFigure)
#include "tst_figure.moc"
