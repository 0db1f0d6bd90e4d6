// SPDX-License-Identifier: GPL-3.0-or-later
// NumPy archives: stored and deflated, rows first and columns first, both byte orders; what is refused and what lies.
#include <QTemporaryDir>
#include <QTest>

#include <algorithm>

#include "engine/io/open.h"
#include "engine/io/store/npz.h"
#include "tests/support/model_compare.h"
#include "tests/support/random_model.h"
#include "tests/support/safetensors_build.h"
#include "tests/support/zip_build.h"

namespace hs {
extern const Layout kHfGpt2;
}

using namespace hs;
using namespace hs::test;

namespace {

std::string why(const Error& e) { return std::to_string(static_cast<int>(e.code)) + " " + e.item + ": " + e.found + " / " + e.expected; }

std::string shapeOf(const std::vector<std::int64_t>& shape)
{
    std::string out = "(";
    for (const std::int64_t n : shape) out += std::to_string(n) + (shape.size() == 1 ? "," : ", ");
    return out + ")";
}

std::string npy(const std::string& descr, const std::string& shape, const std::string& values, const char* fortran = "False")
{
    std::string header = "{'descr': " + descr + ", 'fortran_order': " + fortran + ", 'shape': " + shape + ", }";
    header += std::string((64 - (header.size() + 11) % 64) % 64, ' ') + "\n";
    return "\x93NUMPY" + std::string("\x01\x00", 2) + littleBytes(header.size(), 2) + header + values;
}

template <typename T>
std::string bytesOf(const std::vector<T>& v)
{
    return std::string(reinterpret_cast<const char*>(v.data()), v.size() * sizeof(T));
}

struct Folder {
    QTemporaryDir dir;
    std::string write(const std::string& name, const std::string& text) const
    {
        const std::string path = dir.filePath(QString::fromStdString(name)).toStdString();
        writeText(path, text);
        return path;
    }
};

}  // namespace
Q_DECLARE_METATYPE(ErrorCode)

class tst_npz : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void opens_data();
    void opens();
    void arrays_data();
    void arrays();
    void refused_data();
    void refused();
};

void tst_npz::opens_data()
{
    QTest::addColumn<bool>("deflated");
    QTest::newRow("stored") << false;
    QTest::newRow("deflated") << true;
}

void tst_npz::opens()
{
    QFETCH(bool, deflated);
    const Folder folder;
    const auto model = randomModel(smallConfig());
    std::vector<ZipPart> parts;
    for (const SafeTensor& t : tensorsAs(kHfGpt2, *model))
        parts.push_back({t.name + ".npy", npy("'<f4'", shapeOf(t.shape), t.bytes), deflated});
    folder.write("config.json", R"({"model_type":"gpt2","n_head":4})");
    folder.write("weights.npz", zipText(parts));
    const auto opened = openModel(folder.dir.path().toStdString());
    QVERIFY2(opened.ok(), opened.ok() ? "" : why(opened.error()).c_str());
    QCOMPARE(worstModel(**opened, *model), std::string());
    QCOMPARE((*opened)->identity().container, std::string("npz"));
}

void tst_npz::arrays_data()
{
    QTest::addColumn<QByteArray>("array");
    QTest::addColumn<QList<float>>("expected");
    const std::vector<float> six{0, 1, 2, 3, 4, 5};
    const QList<float> inOrder{0, 1, 2, 3, 4, 5};
    std::vector<float> turned(six);
    for (float& v : turned) {
        char* at = reinterpret_cast<char*>(&v);
        std::reverse(at, at + 4);
    }
    const auto row = [](const char* name, const std::string& array, const QList<float>& expected) {
        QTest::newRow(name) << QByteArray::fromStdString(array) << expected;
    };
    row("rows first", npy("'<f4'", "(2, 3)", bytesOf(six)), inOrder);
    row("columns first", npy("'<f4'", "(2, 3)", bytesOf(six), "True"), {0, 2, 4, 1, 3, 5});
    row("big endian", npy("'>f4'", "(6,)", bytesOf(turned)), inOrder);
    row("big endian, columns first", npy("'>f4'", "(3, 2)", bytesOf(turned), "True"), {0, 3, 1, 4, 2, 5});
    row("doubles", npy("'<f8'", "(1, 2)", bytesOf(std::vector<double>{0.5, -3})), {0.5, -3});
    row("halves", npy("'<f2'", "(2,)", bytesOf(std::vector<std::uint16_t>{0x3c00, 0xc000})), {1, -2});
    row("a scalar", npy("'<f4'", "()", bytesOf(std::vector<float>{7})), {7});
    row("nothing", npy("'<f4'", "(0, 4)", ""), {});
}

void tst_npz::arrays()
{
    QFETCH(QByteArray, array);
    QFETCH(QList<float>, expected);
    const Folder folder;
    for (const bool deflated : {false, true}) {
        const auto store = npzFile(folder.write("a.npz", zipText({{"x.npy", array.toStdString(), deflated}})));
        QVERIFY2(store.ok(), store.ok() ? "" : why(store.error()).c_str());
        QCOMPARE((*store)->tensors().front().name, std::string("x"));
        QList<float> got;
        const Status s = streamFloats(**store, 0,
                                      [&](std::int64_t first, const float* v, std::size_t n) {
                                          QCOMPARE(first, static_cast<std::int64_t>(got.size()));
                                          got.append(QList<float>(v, v + n));
                                      },
                                      {});
        QVERIFY2(s.ok(), s.ok() ? "" : why(s.error()).c_str());
        QCOMPARE(got, expected);
    }
}

void tst_npz::refused_data()
{
    QTest::addColumn<QByteArray>("array");
    QTest::addColumn<ErrorCode>("code");
    const auto row = [](const char* name, const std::string& array, ErrorCode code) {
        QTest::newRow(name) << QByteArray::fromStdString(array) << code;
    };
    const std::string four(16, '\0');
    row("pickled objects", npy("'|O'", "(2,)", four), ErrorCode::FileUnsafe);
    row("texts", npy("'<U4'", "(1,)", four), ErrorCode::DtypeUnsupported);
    row("records", npy("[('a', '<f4')]", "(4,)", four), ErrorCode::DtypeUnsupported);
    row("too few values", npy("'<f4'", "(5,)", four), ErrorCode::FileDamaged);
    row("too many values", npy("'<f4'", "(3,)", four), ErrorCode::FileDamaged);
    row("an extent below zero", npy("'<f4'", "(-4,)", four), ErrorCode::FileDamaged);
    row("past all numbers", npy("'<f4'", "(1000000000, 1000000000, 1000000000)", four), ErrorCode::FileDamaged);
    row("no shape", npy("'<f4'", "4", four), ErrorCode::FileDamaged);
    row("an endless shape", npy("'<f4'", "(4", ""), ErrorCode::FileDamaged);
    row("a header past the end", npy("'<f4'", "(4,)", four).substr(0, 40), ErrorCode::FileTruncated);
    row("no array", std::string(64, 'x'), ErrorCode::FileDamaged);
    row("another version", "\x93NUMPY\x07" + std::string(60, '\0'), ErrorCode::FileDamaged);
}

void tst_npz::refused()
{
    QFETCH(QByteArray, array);
    QFETCH(ErrorCode, code);
    const Folder folder;
    for (const bool deflated : {false, true}) {
        const auto store = npzFile(folder.write("a.npz", zipText({{"x.npy", array.toStdString(), deflated}})));
        if (store) {
            const Status s = streamFloats(**store, 0, [](std::int64_t, const float*, std::size_t) {}, {});
            QVERIFY(!s.ok());
            QCOMPARE(s.error().code, code);
            continue;
        }
        QCOMPARE(store.error().code, code);
        QVERIFY2(store.error().item.starts_with("x.npy"), store.error().item.c_str());
    }
}

QTEST_APPLESS_MAIN(tst_npz)
#include "tst_npz.moc"
