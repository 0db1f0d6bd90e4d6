// SPDX-License-Identifier: GPL-3.0-or-later
#include <QFile>
#include <QJsonArray>
#include <QTemporaryDir>
#include <QTest>

#include "ui/state/project_file.h"

using namespace hs;
using namespace hs::ui;

namespace {

ProjectFile full()
{
    ProjectFile p;
    p.modelPath = QStringLiteral("/models/ünïcode/model.h5");
    p.modelHash = QString(64, QLatin1Char('a'));
    p.config = {{"n_heads", "4"}, {"act_fn", "gelu_new"}};
    p.prompts = {{QStringLiteral("Täglich"), QStringLiteral("Once upon a time\n„quoted“ 😀"), {}},
                 {QStringLiteral("ids"), {}, {1, 5, 300}},
                 {QStringLiteral("letters"), QStringLiteral("<|endoftext|>"), {}, true}};
    p.current = 1;
    p.head = {3, 7};
    p.pinned = HeadId{0, 2};
    p.query = 28;
    p.key = 27;
    p.interventions = {zeroHead({1, 3}), knockOut({2, 0}, {{4, 1}, {5, 0}}), addToHead({0, 1}, {0.5f, -1.25f}, {0, 3}),
                       scaleHead({}, 0.5f)};
    PruneSettings prune;
    prune.ablation = AblationKind::Resample;
    prune.test = {PruneText::Source::Files, {QStringLiteral("/texte/größer.txt"), QStringLiteral("/b")}, 30, 128};
    prune.calibration = {PruneText::Source::Tokens, {QStringLiteral("/ids.csv")}, 8, 16};
    prune.randomOrders = 40;
    prune.seed = 18446744073709551557ull;  // no double holds it
    prune.orders = {OrderKind::Reverse, OrderKind::LayerDrop};
    prune.score = ImportanceKind::Gate;
    prune.recompute = true;
    prune.stepHeads = 3;
    p.prune = prune;
    p.notes[{1, 2}] = {QStringLiteral("Kopf für Namen"), QStringLiteral("zwei\nZeilen")};
    p.notes[{0, 0}] = {{}, QStringLiteral("only a note")};
    p.classes = ClassListRef{QStringLiteral("/lists/ïoi.json"), QString(64, QLatin1Char('b')),
                             QJsonObject{{QStringLiteral("classes"),
                                          QJsonArray{QJsonObject{{QStringLiteral("name"), QStringLiteral("A")},
                                                                 {QStringLiteral("heads"), QJsonArray{QStringLiteral("L0H1")}}}}}}};
    p.look.kind = MapKind::ValueWeighted;
    p.look.stretch = Stretch::PerRow;
    p.look.grain = Grain::Words;
    p.look.hideSink = true;
    p.look.crosshair = false;
    p.look.colourMap = QStringLiteral("magma");
    p.look.autoRange = false;
    p.look.low = 0.25;
    p.look.high = 0.75;
    p.view = QStringLiteral("compare");
    p.views = QJsonObject{{QStringLiteral("compare"), QJsonObject{{QStringLiteral("mode"), QStringLiteral("cuts")}}}};
    p.layout = QByteArray("\x00\xff layout", 9);
    return p;
}

}  // namespace

class tst_project_file : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void roundTrip()
    {
        const ProjectFile p = full();
        const Result<ProjectFile> back = projectFromJson(toJson(p));
        QVERIFY(back.ok());
        QVERIFY(*back == p);
        const Result<ProjectFile> empty = projectFromJson(toJson(ProjectFile{}));
        QVERIFY(empty.ok());
        QVERIFY(*empty == ProjectFile{});
    }

    void classListIsNoneOrNotKnown()
    {
        ProjectFile p;
        p.classes = ClassListRef{};
        const auto none = projectFromJson(toJson(p));
        QVERIFY(none.ok() && none->classes && none->classes->empty());
        const auto older = projectFromJson(toJson(ProjectFile{}));
        QVERIFY(older.ok() && !older->classes);
        for (const char* bad :
             {"{\"headscope_project\": 1, \"class_list\": 7}", "{\"headscope_project\": 1, \"class_list\": {\"path\": 7}}",
              "{\"headscope_project\": 1, \"class_list\": {\"edited\": 7}}"}) {
            const auto read = projectFromJson(bad);
            QVERIFY2(!read.ok(), bad);
            QVERIFY(QString::fromStdString(read.error().item).startsWith(QStringLiteral("class_list")) || read.error().item == "path");
        }
    }

    void classListBesideTheProject()
    {
        QTemporaryDir folder;
        QFile list(folder.filePath(QStringLiteral("mine.json")));
        QVERIFY(list.open(QIODevice::WriteOnly));
        list.close();
        ProjectFile p;
        p.classes = ClassListRef{QStringLiteral("/nowhere/mine.json"), {}, {}};
        const QString path = folder.filePath(QStringLiteral("p.headscope"));
        QVERIFY(saveProjectFile(path, p).ok());
        const auto read = loadProjectFile(path);
        QVERIFY(read.ok());
        QCOMPARE(read->classes->path, list.fileName());
    }

    void patchesKeepTheirNumbers()
    {
        ProjectFile p;
        auto stored = std::make_shared<MatrixF>(3, 4);
        for (int r = 0; r < 3; ++r)
            for (int c = 0; c < 4; ++c) (*stored)(r, c) = 0.1f * static_cast<float>(r) - 1e-7f * static_cast<float>(c);
        const Intervention patch = patchIn(Site::Z, {1, 3}, stored, {2});
        Intervention layer = patchIn(Site::ResidPost, {0, -1}, stored);  // a place of the whole layer
        p.interventions = {patch, layer};
        const auto read = projectFromJson(toJson(p));
        QVERIFY2(read.ok(), read.ok() ? "" : read.error().item.c_str());
        QCOMPARE(read->interventions.size(), std::size_t(2));
        for (std::size_t i = 0; i < 2; ++i) {
            const Intervention &was = p.interventions[i], &is = read->interventions[i];
            QCOMPARE(is.kind, InterventionKind::Replace);
            QCOMPARE(is.head, was.head);
            QCOMPARE(is.site, was.site);
            QCOMPARE(is.positions, was.positions);
            QVERIFY(is.stored && is.stored->rows() == 3 && is.stored->cols() == 4);
            for (int r = 0; r < 3; ++r)
                for (int c = 0; c < 4; ++c) QCOMPARE((*is.stored)(r, c), (*stored)(r, c));
        }
        // Numbers that are not all there are refused, not guessed.
        QByteArray json = toJson(p);
        json.replace("\"columns\": 4", "\"columns\": 5");
        const auto damaged = projectFromJson(json);
        QVERIFY(!damaged.ok());
        QCOMPARE(damaged.error().item, std::string("interventions/float32"));
    }

    void throughAFile()
    {
        QTemporaryDir folder;
        const QString path = folder.filePath(QStringLiteral("work.headscope"));
        const ProjectFile p = full();
        QVERIFY(saveProjectFile(path, p).ok());
        QVERIFY(saveProjectFile(path, p).ok());  // over itself
        const Result<ProjectFile> back = loadProjectFile(path);
        QVERIFY(back.ok());
        QVERIFY(*back == p);
    }

    void modelBesideTheProjectIsFound()
    {
        QTemporaryDir folder;
        QFile model(folder.filePath(QStringLiteral("model.h5")));
        QVERIFY(model.open(QIODevice::WriteOnly));
        model.close();
        ProjectFile p;
        p.modelPath = QStringLiteral("/gone/since/model.h5");
        const QString path = folder.filePath(QStringLiteral("work.headscope"));
        QVERIFY(saveProjectFile(path, p).ok());
        const Result<ProjectFile> back = loadProjectFile(path);
        QVERIFY(back.ok());
        QCOMPARE(back->modelPath, model.fileName());
    }

    void damaged_data()
    {
        QTest::addColumn<QByteArray>("json");
        QTest::addColumn<int>("code");
        const int invalid = int(ErrorCode::JsonInvalid);
        const QByteArray good = toJson(full());
        QTest::newRow("empty") << QByteArray() << invalid;
        QTest::newRow("no json") << QByteArray("hello") << invalid;
        QTest::newRow("list") << QByteArray("[1, 2]") << invalid;
        QTest::newRow("other object") << QByteArray("{\"a\": 1}") << invalid;
        QTest::newRow("first half") << good.left(good.size() / 2) << invalid;
        QTest::newRow("binary") << QByteArray("\x89HDF\r\n\x1a\n\0\0\0", 11) << invalid;
        QTest::newRow("newer format") << QByteArray(good).replace("\"headscope_project\": 1", "\"headscope_project\": 2")
                                      << int(ErrorCode::FormatTooNew);
        QTest::newRow("format is text") << QByteArray(good).replace("\"headscope_project\": 1", "\"headscope_project\": \"1\"") << invalid;
        QTest::newRow("bad head") << QByteArray(good).replace("\"L3H7\"", "\"head three\"") << invalid;
        QTest::newRow("current out of range") << QByteArray(good).replace("\"current_prompt\": 1", "\"current_prompt\": 9") << invalid;
        QTest::newRow("fractional id") << QByteArray(good).replace("300", "300.5") << invalid;
        QTest::newRow("unknown intervention") << QByteArray(good).replace("\"zero\"", "\"explode\"") << invalid;
        QTest::newRow("note on no head") << QByteArray("{\"headscope_project\": 1, \"notes\": {\"first\": {\"label\": \"x\"}}}") << invalid;
        QTest::newRow("note that is a number") << QByteArray("{\"headscope_project\": 1, \"notes\": {\"L0H0\": {\"text\": 3}}}") << invalid;
        QTest::newRow("edge of three") << QByteArray(
            "{\"headscope_project\": 1, \"interventions\": [{\"kind\": \"knock_out\", \"head\": \"L0H0\", \"edges\": [[1, 2, 3]]}]}")
                                       << invalid;
        QTest::newRow("unknown stretch") << QByteArray(good).replace("\"per_row\"", "\"cube\"") << invalid;
        QTest::newRow("flag is a number") << QByteArray(good).replace("\"hide_sink\": true", "\"hide_sink\": 1") << invalid;
        QTest::newRow("unknown order") << QByteArray(good).replace("\"layer-drop\"", "\"by name\"") << invalid;
        QTest::newRow("unknown ablation") << QByteArray(good).replace("\"resample\"", "\"melt\"") << invalid;
        QTest::newRow("seed is no number") << QByteArray(good).replace("\"18446744073709551557\"", "\"many\"") << invalid;
        QTest::newRow("bench is a list") << QByteArray("{\"headscope_project\": 1, \"prune\": [1]}") << invalid;
        QTest::newRow("text from nowhere") << QByteArray("{\"headscope_project\": 1, \"prune\": {\"test\": {\"source\": \"the moon\"}}}")
                                           << invalid;
        QTest::newRow("negative query") << QByteArray(good).replace("\"query\": 28", "\"query\": -5") << invalid;
    }
    void damaged()
    {
        QFETCH(QByteArray, json);
        QFETCH(int, code);
        const Result<ProjectFile> read = projectFromJson(json);
        QVERIFY(!read.ok());
        QCOMPARE(int(read.error().code), code);
    }

    void everyTruncationIsRefused()
    {
        const QByteArray good = toJson(full()).trimmed();
        for (qsizetype size = 0; size < good.size(); ++size) QVERIFY(!projectFromJson(good.left(size)).ok());
    }

    void filesThatAreNotThere()
    {
        QTemporaryDir folder;
        const Result<ProjectFile> none = loadProjectFile(folder.filePath(QStringLiteral("none.headscope")));
        QVERIFY(!none.ok());
        QCOMPARE(int(none.error().code), int(ErrorCode::FileNotFound));
        const Status status = saveProjectFile(folder.filePath(QStringLiteral("no/such/folder/a.headscope")), full());
        QVERIFY(!status.ok());
        QCOMPARE(int(status.error().code), int(ErrorCode::FolderMissing));
    }
};

QTEST_GUILESS_MAIN(tst_project_file)
#include "tst_project_file.moc"
