// SPDX-License-Identifier: GPL-3.0-or-later
// PyTorch checkpoints: both forms, what they may hold, and what is refused by its name because it is no tensor.
#include <QTemporaryDir>
#include <QTest>

#include <cstring>
#include <functional>

#include "engine/io/open.h"
#include "engine/io/store/torch_file.h"
#include "engine/tensor/convert.h"
#include "tests/support/model_compare.h"
#include "tests/support/random_model.h"
#include "tests/support/torch_build.h"

namespace hs {
extern const Layout kHfGpt2, kNanoGpt;
}

using namespace hs;
using namespace hs::test;
namespace p = hs::test::pickled;

namespace {

constexpr const char* settings = R"({"model_type":"gpt2","n_embd":32,"n_head":4,"n_layer":2})";

std::shared_ptr<const Model> whole() { return randomModel(smallConfig()); }

struct Folder {
    QTemporaryDir dir;
    std::string write(const std::string& name, const std::string& text) const
    {
        const std::string path = dir.filePath(QString::fromStdString(name)).toStdString();
        writeText(path, text);
        return path;
    }
};

std::string why(const Error& e) { return std::to_string(static_cast<int>(e.code)) + " " + e.item + ": " + e.found + " / " + e.expected; }

std::string difference(const Result<std::shared_ptr<const Model>>& model)
{
    return model ? worstModel(**model, *whole()) : why(model.error());
}

std::vector<float> floatsOf(const TensorStore& store, const std::string& name, std::string* error = nullptr)
{
    std::vector<float> out;
    for (std::size_t t = 0; t < store.tensors().size(); ++t) {
        if (store.tensors()[t].name != name) continue;
        const Status s = streamFloats(store, t, [&](std::int64_t, const float* v, std::size_t n) { out.insert(out.end(), v, v + n); }, {});
        if (!s && error) *error = why(s.error());
    }
    return out;
}

SafeTensor counted(const std::string& name, std::vector<std::int64_t> shape)
{
    std::int64_t count = 1;
    for (const std::int64_t n : shape) count *= n;
    std::vector<float> values;
    for (std::int64_t i = 0; i < count; ++i) values.push_back(static_cast<float>(i));
    return floatTensor(name, std::move(shape), values);
}

}  // namespace
Q_DECLARE_METATYPE(ErrorCode)

class tst_torch_file : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void opens_data();
    void opens();
    void widths();
    void views_data();
    void views();
    void nestedDictionaries_data();
    void nestedDictionaries();
    void settingsBesideWeights();
    void shards_data();
    void shards();
    void refused_data();
    void refused();
    void damaged_data();
    void damaged();
    void everyCutIsSaid();
    void everyFlipIsSaid();
};

void tst_torch_file::opens_data()
{
    QTest::addColumn<QString>("name");
    for (const char* name : {"pytorch_model.bin", "legacy.pt", "deflated.pth", "zip64.ckpt"}) QTest::newRow(name) << name;
}

void tst_torch_file::opens()
{
    QFETCH(QString, name);
    const Folder folder;
    folder.write("config.json", settings);
    const auto tensors = tensorsAs(kHfGpt2, *whole(), "transformer.");
    std::vector<ZipPart> parts = torchParts(p::dict(torchPairs(tensors)), tensors);
    for (ZipPart& part : parts) part.deflated = name.startsWith(QStringLiteral("deflated"));
    const std::string text =
        name.startsWith(QStringLiteral("legacy")) ? torchLegacy(tensors) : zipText(parts, name.startsWith(QStringLiteral("zip64")));
    const auto model = openModel(folder.write(name.toStdString(), text));
    QCOMPARE(difference(model), std::string());
    QCOMPARE((*model)->identity().container, std::string("pytorch"));
    QCOMPARE(difference(openModel(folder.dir.path().toStdString())), std::string());  // the folder's only model
}

void tst_torch_file::widths()
{
    const Folder folder;
    const std::vector<float> values{1.5F, -2.25F, 0.0078125F, 40.0F};
    std::vector<std::uint16_t> half(4), brain(4);
    convertFloatToHalf(values.data(), half.data(), 4);
    convertFloatToBf16(values.data(), brain.data(), 4);
    const std::vector<double> wide(values.begin(), values.end());
    const auto bytes = [](const auto& v) { return std::string(reinterpret_cast<const char*>(v.data()), v.size() * sizeof v[0]); };
    const std::vector<SafeTensor> tensors{{"half", "F16", {2, 2}, bytes(half)},
                                          {"brain", "BF16", {4}, bytes(brain)},
                                          {"wide", "F64", {4, 1}, bytes(wide)},
                                          {"plain", "F32", {4}, bytes(values)}};
    for (const std::string& text : {torchZip(tensors), torchLegacy(tensors)}) {
        const auto opened = torchFile(folder.write("w.pt", text));
        QVERIFY2(opened.ok(), opened.ok() ? "" : why(opened.error()).c_str());
        QCOMPARE(opened->store->tensors().size(), std::size_t(4));
        for (const SafeTensor& t : tensors) {
            QCOMPARE(floatsOf(*opened->store, t.name), values);
        }
        QCOMPARE(opened->store->tensors()[0].shape, (std::vector<std::int64_t>{2, 2}));
    }
}

void tst_torch_file::views_data()
{
    QTest::addColumn<qint64>("first");
    QTest::addColumn<QList<qint64>>("shape");
    QTest::addColumn<QList<qint64>>("strides");
    QTest::addColumn<QList<float>>("expected");
    QTest::addColumn<bool>("deflated");
    for (const bool deflated : {false, true}) {
        const auto row = [&](const char* name, qint64 first, QList<qint64> shape, QList<qint64> strides, QList<float> expected) {
            QTest::addRow("%s%s", name, deflated ? ", deflated" : "") << first << shape << strides << expected << deflated;
        };
        row("turned", 0, {3, 4}, {1, 3}, {0, 3, 6, 9, 1, 4, 7, 10, 2, 5, 8, 11});
        row("from the middle", 5, {2, 3}, {3, 1}, {5, 6, 7, 8, 9, 10});
        row("every other", 1, {3}, {4}, {1, 5, 9});
        row("one value many times", 7, {2, 2}, {0, 0}, {7, 7, 7, 7});
        row("a scalar", 11, {}, {}, {11});
        row("nothing", 0, {0, 5}, {5, 1}, {});
    }
}

void tst_torch_file::views()
{
    QFETCH(qint64, first);
    QFETCH(QList<qint64>, shape);
    QFETCH(QList<qint64>, strides);
    QFETCH(QList<float>, expected);
    QFETCH(bool, deflated);
    const Folder folder;
    const SafeTensor all = counted("all", {12});
    const std::string object =
        p::dict(p::text("view")
                + p::tensor(p::storage("FloatStorage", "0", 12), first, {shape.begin(), shape.end()}, {strides.begin(), strides.end()})
                + p::text("all") + p::tensor(p::storage("FloatStorage", "0", 12), 0, {12}, {1}));
    std::vector<ZipPart> parts = torchParts(object, {all});
    for (ZipPart& part : parts) part.deflated = deflated;
    const auto opened = torchFile(folder.write("v.pt", zipText(parts)));
    QVERIFY2(opened.ok(), opened.ok() ? "" : why(opened.error()).c_str());
    std::string error;
    const std::vector<float> got = floatsOf(*opened->store, "view", &error);
    QCOMPARE(error, std::string());
    QCOMPARE(QList<float>(got.begin(), got.end()), expected);
    QCOMPARE(floatsOf(*opened->store, "all").size(), std::size_t(12));
}

void tst_torch_file::nestedDictionaries_data()
{
    QTest::addColumn<QByteArray>("front");
    QTest::addColumn<QByteArray>("back");
    const auto row = [](const char* name, const std::string& front, const std::string& back) {
        QTest::newRow(name) << QByteArray::fromStdString(front) << QByteArray::fromStdString(back);
    };
    row("model", "}(" + p::text("model"), p::text("iter_num") + p::number(7) + "u");
    row("state_dict", "}(" + p::text("state_dict"), "u");
    row("beside a tensor", "}(" + p::text("loss") + p::tensor(p::storage("FloatStorage", "0", 50 * 32), 0, {}, {}) + p::text("state_dict"),
        "u");
    row("two levels", "}(" + p::text("checkpoint") + "N" + p::text("model") + "}(" + p::text("state_dict"), "uu");
    row("beside an optimiser",
        "}(" + p::text("optimizer") + p::dict(p::text("m") + p::tensor(p::storage("FloatStorage", "0", 50 * 32), 0, {4}, {1}))
            + p::text("weights_of_mine"),
        "u");
}

void tst_torch_file::nestedDictionaries()
{
    QFETCH(QByteArray, front);
    QFETCH(QByteArray, back);
    const Folder folder;
    folder.write("config.json", settings);
    const auto tensors = tensorsAs(kNanoGpt, *whole(), "_orig_mod.transformer.");
    const std::string object = front.toStdString() + p::dict(torchPairs(tensors)) + back.toStdString();
    const auto model = openModel(folder.write("c.pt", zipText(torchParts(object, tensors))));
    QCOMPARE(difference(model), std::string());
}

void tst_torch_file::settingsBesideWeights()
{
    const Folder folder;
    const auto tensors = tensorsAs(kNanoGpt, *whole(), "_orig_mod.transformer.");
    const std::string arguments =
        p::dict(p::text("n_head") + "K\x04" + p::text("dropout") + std::string("G\0\0\0\0\0\0\0\0", 9) + p::text("bias") + "\x88");
    const std::string object = p::dict(p::text("model") + p::dict(torchPairs(tensors)) + p::text("model_args") + arguments);
    const auto model = openModel(folder.write("ckpt.pt", zipText(torchParts(object, tensors))));
    QCOMPARE(difference(model), std::string());
    const ConfigOrigin origin = (*model)->origins().at("n_heads");
    QCOMPARE(static_cast<int>(origin.origin), static_cast<int>(Origin::FileAttribute));
    QCOMPARE(origin.detail, std::string("model_args"));
}

void tst_torch_file::shards_data()
{
    QTest::addColumn<bool>("index");
    QTest::addColumn<bool>("both");
    QTest::newRow("by name") << false << true;
    QTest::newRow("by index") << true << true;
    QTest::newRow("by name, one is missing") << false << false;
    QTest::newRow("by index, one is missing") << true << false;
}

void tst_torch_file::shards()
{
    QFETCH(bool, index);
    QFETCH(bool, both);
    const Folder folder;
    folder.write("config.json", settings);
    const auto tensors = tensorsAs(kHfGpt2, *whole());
    std::string map;
    for (int part = 1; part <= 2; ++part) {
        std::vector<SafeTensor> own;
        const std::string name = "pytorch_model-0000" + std::to_string(part) + "-of-00002.bin";
        for (std::size_t t = 0; t < tensors.size(); ++t)
            if (static_cast<int>(t % 2) == part - 1) {
                own.push_back(tensors[t]);
                map += (map.empty() ? "\"" : ",\"") + tensors[t].name + "\":\"" + name + "\"";
            }
        if (both || part == 2) folder.write(name, torchZip(own));
    }
    if (index) folder.write("pytorch_model.bin.index.json", "{\"weight_map\":{" + map + "}}");
    const auto model = openModel(folder.dir.path().toStdString());
    if (both) {
        QCOMPARE(difference(model), std::string());
        return;
    }
    QVERIFY(!model.ok());
    QCOMPARE(model.error().code, index ? ErrorCode::FileNotFound : ErrorCode::ShardMissing);
    const std::string named = index ? model.error().file : model.error().item;
    QVERIFY2(named.find("pytorch_model-00001-of-00002.bin") != std::string::npos, named.c_str());
}

void tst_torch_file::refused_data()
{
    QTest::addColumn<QByteArray>("pickle");
    QTest::addColumn<ErrorCode>("code");
    QTest::addColumn<QString>("item");
    const auto row = [](const char* name, const std::string& object, ErrorCode code, const char* item) {
        QTest::newRow(name) << QByteArray::fromStdString(p::whole(object)) << code << item;
    };
    const ErrorCode unsafe = ErrorCode::FileUnsafe, damaged = ErrorCode::FileDamaged;
    row("a system call", p::dict(p::text("x") + p::global("posix", "system") + p::tuple(p::text("true")) + "R"), unsafe, "posix.system");
    row("a name alone", p::dict(p::text("x") + p::global("builtins", "eval")), unsafe, "builtins.eval");
    row("a class of the maker's own", p::dict(p::text("m") + p::global("__main__", "GPT") + ")\x81"), unsafe, "__main__.GPT");
    row("a numpy scalar", p::dict(p::text("loss") + p::global("numpy.core.multiarray", "scalar")), unsafe, "numpy.core.multiarray.scalar");
    row("an object", "(" + p::global("collections", "OrderedDict") + "o", unsafe, "opcode OBJ");
    row("an instance", "(icollections\nOrderedDict\n", unsafe, "opcode INST");
    row("protocol 4", "\x95" + littleBytes(1, 8) + "N", unsafe, "opcode FRAME");
    row("a name off the stack", p::text("posix") + p::text("system") + "\x93", unsafe, "opcode STACK_GLOBAL");
    row("an extension", "\x82\x01", unsafe, "opcode EXT1");
    row("a call of a storage type", p::global("torch", "FloatStorage") + ")R", unsafe, "a call of torch.FloatStorage");
    row("a call of a text", p::text("f") + ")R", unsafe, "a call");
    row("state of a list", "]Nb", unsafe, "BUILD");
    row("a persistent id of another kind", p::tuple(p::text("module")) + "Q", unsafe, "persistent id module");
    row("a dictionary in itself", "}q\x01(" + p::text("a") + "h\x01u", unsafe, "a container in itself");
    row("an unknown opcode", "\xff", damaged, "m/data.pkl, byte 2");
    row("an empty stack", "0", unsafe, "opcode POP");
    row("nothing to call", "R", damaged, "m/data.pkl, byte 2");
    row("no mark", "Nt", damaged, "m/data.pkl, byte 3");
    row("two values", "NN", damaged, "m/data.pkl, byte 4");
    row("a text past the end", "X" + littleBytes(1000, 4) + "a", damaged, "m/data.pkl, byte 2");
    row("a value that was never kept", "h\x07", damaged, "m/data.pkl, byte 2");
    row("a key without a value", "}(" + p::text("a") + "u", damaged, "");
    row("a tensor without strides",
        p::global("torch._utils", "_rebuild_tensor_v2") + p::tuple(p::storage("FloatStorage", "0", 12) + p::number(0)) + "R", damaged, "");
    row("a negative place", p::dict(p::text("t") + p::tensor(p::storage("FloatStorage", "0", 12), -1, {2}, {1})), damaged, "");
    row("past the storage", p::dict(p::text("t") + p::tensor(p::storage("FloatStorage", "0", 12), 4, {3, 3}, {3, 1})), damaged, "t");
    row("strides past the storage", p::dict(p::text("t") + p::tensor(p::storage("FloatStorage", "0", 12), 0, {3, 2}, {5, 3})), damaged,
        "t");
    row("strides past all numbers",
        p::dict(p::text("t") + p::tensor(p::storage("FloatStorage", "0", 12), 0, {5, 5}, {std::int64_t(1) << 62, std::int64_t(1) << 62})),
        damaged, "t");
    row("terabytes of one value", p::dict(p::text("t") + p::tensor(p::storage("FloatStorage", "0", 12), 0, {1000000, 1000000}, {0, 0})),
        unsafe, "t");
    row("a storage of another size", p::dict(p::text("t") + p::tensor(p::storage("FloatStorage", "0", 13), 0, {2}, {1})), damaged,
        "m/data/0");
    row("a storage of another width", p::dict(p::text("t") + p::tensor(p::storage("DoubleStorage", "0", 12), 0, {2}, {1})), damaged,
        "m/data/0");
    row("a storage that is not there", p::dict(p::text("t") + p::tensor(p::storage("FloatStorage", "7", 12), 0, {2}, {1})), damaged,
        "m/data/7");
    row("two of a name",
        p::dict(p::text("t") + p::tensor(p::storage("FloatStorage", "0", 12), 0, {2}, {1}) + p::text("t")
                + p::tensor(p::storage("FloatStorage", "0", 12), 2, {2}, {1})),
        damaged, "t");
    row("no tensors", p::dict(p::text("a") + p::number(3)), ErrorCode::UnknownLayout, "no tensors");
    row("a list", "]", ErrorCode::UnknownLayout, "no tensors");
    row("two models",
        p::dict(p::text("student") + p::dict(p::text("t") + p::tensor(p::storage("FloatStorage", "0", 12), 0, {2}, {1}))
                + p::text("teacher") + p::dict(p::text("t") + p::tensor(p::storage("FloatStorage", "0", 12), 0, {2}, {1}))),
        ErrorCode::UnknownLayout, "student, teacher");
}

void tst_torch_file::refused()
{
    QFETCH(QByteArray, pickle);
    QFETCH(ErrorCode, code);
    QFETCH(QString, item);
    const Folder folder;
    const SafeTensor all = counted("all", {12});
    std::vector<ZipPart> parts = torchParts("N", {all});
    parts[0].bytes = pickle.toStdString();
    const auto opened = torchFile(folder.write("r.pt", zipText(parts)));
    QVERIFY(!opened.ok());
    QCOMPARE(opened.error().code, code);
    if (!item.isEmpty()) QCOMPARE(QString::fromStdString(opened.error().item), item);
    QVERIFY(opened.error().file.ends_with("r.pt"));
}

using Change = std::function<void(std::vector<ZipPart>&)>;
Q_DECLARE_METATYPE(Change)

void tst_torch_file::damaged_data()
{
    QTest::addColumn<Change>("before");
    QTest::addColumn<Change>("after");
    QTest::addColumn<ErrorCode>("code");
    QTest::addColumn<QString>("item");
    const Change nothing = [](std::vector<ZipPart>&) {};
    const auto row = [](const char* name, const Change& before, const Change& after, ErrorCode code, const char* item) {
        QTest::newRow(name) << before << after << code << item;
    };
    const ErrorCode bad = ErrorCode::FileDamaged;
    row(
        "encrypted", nothing, [](auto& all) { all[0].flags = 1; }, ErrorCode::FileUnsafe, "m/data.pkl");
    row(
        "another compression", nothing, [](auto& all) { all[0].method = 14; }, ErrorCode::FilterMissing, "m/data.pkl");
    row(
        "checksum of the pickle", nothing, [](auto& all) { all[0].crc ^= 1; }, bad, "m/data.pkl");
    row(
        "checksum of values", nothing, [](auto& all) { all[3].crc ^= 1; }, bad, "m/data/0");
    row(
        "stored size", nothing, [](auto& all) { all[3].size += 4; }, bad, "m/data/0");
    row(
        "a member elsewhere", nothing, [](auto& all) { all[3].place = 0; }, bad, "m/data/0");
    row(
        "a member past the end", nothing, [](auto& all) { all[3].place = 1 << 30; }, bad, "m/data/0");
    row(
        "two members in one place", nothing, [](auto& all) { all.push_back(all[3]); }, bad, "m/data/0");
    row(
        "another name in front", nothing, [](auto& all) { all[3].name = "m/data/9"; }, bad, "m/data/9");
    row(
        "a bomb", [](auto& all) { all[3].deflated = true; }, [](auto& all) { all[3].size = std::uint64_t(1) << 31; }, bad, "m/data/0");
    row(
        "big endian", [](auto& all) { all[1].bytes = "big"; }, nothing, ErrorCode::FileUnsafe, "m/byteorder");
    row(
        "TorchScript",
        [](auto& all) {
            all.push_back({"m/constants.pkl", "x"});
        },
        nothing, ErrorCode::UnknownFileKind, "m/constants.pkl");
}

void tst_torch_file::damaged()
{
    QFETCH(Change, before);
    QFETCH(Change, after);
    QFETCH(ErrorCode, code);
    QFETCH(QString, item);
    const Folder folder;
    const SafeTensor all = counted("all", {12});
    std::vector<ZipPart> parts = torchParts(p::dict(torchPairs({all})), {all});
    before(parts);
    const auto opened = torchFile(folder.write("d.pt", zipText(parts, after)));
    Error error;
    if (opened) {  // values are looked at when they are read
        const Status s = streamFloats(*opened->store, 0, [](std::int64_t, const float*, std::size_t) {}, {});
        QVERIFY(!s.ok());
        error = s.error();
    } else {
        error = opened.error();
    }
    QCOMPARE(QString::fromStdString(error.item), item);
    QCOMPARE(error.code, code);
}

/// No beginning of a file is a file, in either form.
void tst_torch_file::everyCutIsSaid()
{
    const Folder folder;
    const std::vector<SafeTensor> tensors{counted("a", {3, 4}), counted("b", {5})};
    for (const std::string& text : {torchZip(tensors), torchLegacy(tensors)})
        for (std::size_t size = 4; size < text.size(); size += 3) {
            const auto opened = torchFile(folder.write("cut.pt", text.substr(0, size)));
            QVERIFY2(!opened.ok(), qPrintable(QString::number(size)));
            QVERIFY(opened.error().code == ErrorCode::FileTruncated || opened.error().code == ErrorCode::FileDamaged);
        }
}

/// A flipped bit is an error or changes nothing that is read: the archive has checksums.
void tst_torch_file::everyFlipIsSaid()
{
    const Folder folder;
    const std::vector<SafeTensor> tensors{counted("a", {3, 4}), counted("b", {5})};
    const std::string text = torchZip(tensors);
    int said = 0;
    for (std::size_t at = 0; at < text.size(); ++at) {
        std::string flipped = text;
        flipped[at] = static_cast<char>(flipped[at] ^ (1 << (at % 8)));
        const auto opened = torchFile(folder.write("flip.pt", flipped));
        if (!opened) {
            ++said;
            continue;
        }
        for (const SafeTensor& t : tensors) {
            std::string error;
            const std::vector<float> got = floatsOf(*opened->store, t.name, &error);
            if (!error.empty()) ++said;
            else QVERIFY2(std::memcmp(got.data(), t.bytes.data(), t.bytes.size()) == 0, qPrintable(QString::number(at)));
        }
    }
    QVERIFY(said > static_cast<int>(text.size()) / 2);
}

QTEST_APPLESS_MAIN(tst_torch_file)
#include "tst_torch_file.moc"
