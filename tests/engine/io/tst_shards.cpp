// SPDX-License-Identifier: GPL-3.0-or-later
// Models in several files told by their names, and files that are links: what belongs to them lies beside the link or beside its target.
#include <QDir>
#include <QFile>
#include <QTemporaryDir>
#include <QTest>

#include "engine/io/bytes/beside.h"
#include "engine/io/open.h"
#include "engine/io/store/shards.h"
#include "tests/support/model_compare.h"
#include "tests/support/random_model.h"
#include "tests/support/safetensors_build.h"

namespace hs {
extern const Layout kHfGpt2;
}

using namespace hs;
using namespace hs::test;

namespace {

constexpr const char* settings = R"({"model_type":"gpt2","n_embd":32,"n_head":4,"n_layer":2})";
constexpr const char* vocabulary = R"({"type":"word","pieces":["a","b"]})";

std::shared_ptr<const Model> whole() { return randomModel(smallConfig()); }

/// The model in `parts` files of the usual names; those of `left` only.
void writeParts(const QDir& folder, int parts, const std::vector<int>& left, const char* stem = "model")
{
    const auto tensors = tensorsAs(kHfGpt2, *whole());
    for (const int part : left) {
        std::vector<SafeTensor> own;
        for (std::size_t t = 0; t < tensors.size(); ++t)
            if (static_cast<int>(t) % parts == part - 1) own.push_back(tensors[t]);
        const QString name = QString::asprintf("%s-%05d-of-%05d.safetensors", stem, part, parts);
        writeText(folder.filePath(name).toStdString(), safetensorsText(own));
    }
}

std::string why(const Result<std::shared_ptr<const Model>>& model)
{
    return model ? std::string() : model.error().item + ": " + model.error().found + " / " + model.error().expected;
}

std::string difference(const Result<std::shared_ptr<const Model>>& model) { return model ? worstModel(**model, *whole()) : why(model); }

}  // namespace

class tst_shards : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void names_data();
    void names();
    void completeByName();
    void aPartIsMissing_data();
    void aPartIsMissing();
    void oneNameInTwoParts();
    void foldersOfSeveralModels();
    void besideBoth();
    void settingsBesideTheTarget();
    void downloadCache();
    void adapterBesideTheTarget();
};

void tst_shards::names_data()
{
    QTest::addColumn<QString>("file");
    QTest::addColumn<int>("part");
    QTest::addColumn<int>("parts");
    const auto row = [](const char* file, int part, int parts) { QTest::newRow(file) << file << part << parts; };
    row("model-00001-of-00003.safetensors", 1, 3);
    row("a-b-3-of-3.safetensors", 3, 3);
    row("model-00004-of-00003.safetensors", 0, 0);
    row("model-00000-of-00003.safetensors", 0, 0);
    row("model-0000001-of-00003.safetensors", 0, 0);
    row("model-of-00003.safetensors", 0, 0);
    row("-1-of-2.safetensors", 0, 0);
    row("model-1-of-2.h5", 0, 0);
    row("model.safetensors", 0, 0);
}

void tst_shards::names()
{
    QFETCH(QString, file);
    QFETCH(int, part);
    QFETCH(int, parts);
    const auto name = shardName(file.toStdString());
    QCOMPARE(name.has_value(), part > 0);
    if (!name) return;
    QCOMPARE(name->part, part);
    QCOMPARE(name->parts, parts);
}

void tst_shards::completeByName()
{
    QTemporaryDir folder;
    writeParts(QDir(folder.path()), 3, {1, 2, 3});
    writeText(folder.filePath("config.json").toStdString(), settings);
    for (const QString& path :
         {folder.path(), folder.filePath("model-00001-of-00003.safetensors"), folder.filePath("model-00003-of-00003.safetensors")}) {
        const auto model = openModel(path.toStdString());
        QCOMPARE(difference(model), std::string());
        QVERIFY((*model)->canPredict());
        QCOMPARE((*model)->identity().name, QDir(folder.path()).dirName().toStdString());
    }
}

void tst_shards::aPartIsMissing_data()
{
    QTest::addColumn<QString>("open");
    QTest::newRow("the folder") << "";
    QTest::newRow("one part") << "model-00003-of-00003.safetensors";
}

void tst_shards::aPartIsMissing()
{
    QFETCH(QString, open);
    QTemporaryDir folder;
    writeParts(QDir(folder.path()), 3, {1, 3});
    const auto model = openModel(folder.filePath(open).toStdString());
    QVERIFY(!model);
    QCOMPARE(model.error().code, ErrorCode::ShardMissing);
    QCOMPARE(QString::fromStdString(model.error().item), QStringLiteral("model-00002-of-00003.safetensors"));
    QCOMPARE(QString::fromStdString(model.error().found), QStringLiteral("2"));
    QCOMPARE(QString::fromStdString(model.error().expected), QStringLiteral("3"));
}

void tst_shards::oneNameInTwoParts()
{
    QTemporaryDir folder;
    const auto tensors = tensorsAs(kHfGpt2, *whole());
    for (const char* name : {"model-1-of-2.safetensors", "model-2-of-2.safetensors"})
        writeText(folder.filePath(name).toStdString(), safetensorsText(tensors));
    const auto model = openModel(folder.path().toStdString());
    QVERIFY(!model);
    QCOMPARE(model.error().code, ErrorCode::FileDamaged);
    QCOMPARE(QString::fromStdString(model.error().found), QStringLiteral("duplicate name"));
}

void tst_shards::foldersOfSeveralModels()
{
    QTemporaryDir folder;
    writeParts(QDir(folder.path()), 2, {1, 2});
    writeParts(QDir(folder.path()), 2, {1, 2}, "other");
    const auto model = openModel(folder.path().toStdString());
    QVERIFY(!model);
    QCOMPARE(model.error().code, ErrorCode::FileIsFolder);
    QCOMPARE(difference(openModel(folder.filePath("other-00001-of-00002.safetensors").toStdString())), std::string());
}

void tst_shards::besideBoth()
{
    QTemporaryDir folder;
    const QDir root(folder.path());
    for (const char* sub : {"links", "middle", "target"}) QVERIFY(root.mkdir(sub));
    writeText(root.filePath("target/file").toStdString(), "x");
    QVERIFY(QFile::link("../target/file", root.filePath("middle/file")));
    QVERIFY(QFile::link("../middle/file", root.filePath("links/file")));
    const std::string path = root.filePath("links/file").toStdString();
    QCOMPARE(foldersBeside(path).size(), std::size_t(3));
    QCOMPARE(foldersBeside(root.filePath("target/file").toStdString()).size(), std::size_t(1));
    writeText(root.filePath("target/a").toStdString(), "target");
    writeText(root.filePath("links/b").toStdString(), "link");
    writeText(root.filePath("target/b").toStdString(), "target");
    QCOMPARE(fileBeside(path, "a").parent_path().filename().string(), std::string("target"));
    QCOMPARE(fileBeside(path, "b").parent_path().filename().string(), std::string("links"));
    QVERIFY(fileBeside(path, "c").empty());
    QVERIFY(QFile::link("round", root.filePath("links/round")));  // it leads to itself
    QVERIFY(fileBeside(root.filePath("links/round").toStdString(), "nothing").empty());
}

void tst_shards::settingsBesideTheTarget()
{
    QTemporaryDir folder;
    const QDir root(folder.path());
    QVERIFY(root.mkdir("models") && root.mkdir("links"));
    writeParts(QDir(root.filePath("models")), 1, {1});
    writeText(root.filePath("models/config.json").toStdString(), settings);
    writeText(root.filePath("models/vocabulary.json").toStdString(), vocabulary);
    QVERIFY(QFile::link(root.filePath("models/model-00001-of-00001.safetensors"), root.filePath("links/mine.safetensors")));
    const auto model = openModel(root.filePath("links/mine.safetensors").toStdString());
    QCOMPARE(difference(model), std::string());
    QCOMPARE((*model)->origins().at("n_heads").origin, Origin::ConfigJsonBeside);
    QCOMPARE(QString::fromStdString((*model)->tokenizerOrigin()), QStringLiteral("vocabulary.json"));
}

/// snapshots/<commit>/NAME are links to blobs/<hash>; what a name means stands beside the links.
void tst_shards::downloadCache()
{
    QTemporaryDir folder;
    const QDir root(folder.path());
    QVERIFY(root.mkdir("blobs") && root.mkpath("snapshots/abc"));
    const auto tensors = tensorsAs(kHfGpt2, *whole());
    const std::size_t half = tensors.size() / 2;
    const auto store = [&](const char* name, const char* blob, const std::string& text) {
        writeText(root.filePath(QStringLiteral("blobs/") + QLatin1String(blob)).toStdString(), text);
        return QFile::link(QStringLiteral("../../blobs/") + QLatin1String(blob),
                           root.filePath(QStringLiteral("snapshots/abc/") + QLatin1String(name)));
    };
    QVERIFY(
        store("model-00001-of-00002.safetensors", "11", safetensorsText(std::vector<SafeTensor>(tensors.begin(), tensors.begin() + half))));
    QVERIFY(
        store("model-00002-of-00002.safetensors", "22", safetensorsText(std::vector<SafeTensor>(tensors.begin() + half, tensors.end()))));
    QVERIFY(store("config.json", "33", settings));
    QVERIFY(store("vocabulary.json", "44", vocabulary));
    const auto byName = openModel(root.filePath("snapshots/abc").toStdString());
    QCOMPARE(difference(byName), std::string());
    std::string map;
    for (std::size_t t = 0; t < tensors.size(); ++t)
        map.append(map.empty() ? "" : ",")
            .append("\"")
            .append(tensors[t].name)
            .append(t < half ? R"(":"model-00001-of-00002.safetensors")" : R"(":"model-00002-of-00002.safetensors")");
    QVERIFY(store("model.safetensors.index.json", "55", R"({"weight_map":{)" + map + "}}"));
    const auto byIndex = openModel(root.filePath("snapshots/abc").toStdString());
    QCOMPARE(difference(byIndex), std::string());
    // The index through a link from elsewhere: its shards lie beside its target.
    QVERIFY(QFile::link(root.filePath("snapshots/abc/model.safetensors.index.json"), root.filePath("mine.index.json")));
    const auto linked = openModel(root.filePath("mine.index.json").toStdString());
    QCOMPARE(difference(linked), std::string());
    QVERIFY((*linked)->tokenizer());
}

void tst_shards::adapterBesideTheTarget()
{
    QTemporaryDir folder;
    const QDir root(folder.path());
    QVERIFY(root.mkdir("models"));
    writeText(root.filePath("models/model.safetensors").toStdString(), safetensorsText(tensorsAs(kHfGpt2, *whole())));
    writeText(root.filePath("models/adapter_config.json").toStdString(), R"({"peft_type":"LORA"})");
    QVERIFY(QFile::link(root.filePath("models/model.safetensors"), root.filePath("m.safetensors")));
    const auto model = openModel(root.filePath("m.safetensors").toStdString());
    QVERIFY(!model);
    QCOMPARE(QString::fromStdString(model.error().item), QStringLiteral("adapter_config.json"));
}

QTEST_APPLESS_MAIN(tst_shards)
#include "tst_shards.moc"
