// SPDX-License-Identifier: GPL-3.0-or-later
// Attention made elsewhere: HDF5 dumps and NPY arrays, good and bad.
#include <QTemporaryDir>
#include <QTest>

#include <cmath>
#include <fstream>
#include <functional>

#include "engine/forward/row_place.h"
#include "engine/io/open.h"
#include "engine/io/write/write.h"
#include "engine/text/utf8.h"
#include "tests/support/h5_build.h"
#include "tests/support/shared_data.h"

using namespace hs;

namespace {

std::string inside(const QTemporaryDir& folder, const char* name) { return folder.filePath(name).toStdString(); }

/// [L, H, n, m] rows that sum to one; causal ones see only what is before them.
std::vector<float> uniformMaps(int layers, int heads, int n, int m, bool causal)
{
    std::vector<float> out;
    for (int i = 0; i < layers * heads; ++i)
        for (int q = 0; q < n; ++q)
            for (int k = 0; k < m; ++k) {
                const int seen = causal ? q + 1 : m;
                out.push_back(k < seen ? 1.0f / static_cast<float>(seen) : 0.0f);
            }
    return out;
}

struct Dump {
    std::vector<hsize_t> shape{2, 3, 4, 4};
    std::vector<float> maps = uniformMaps(2, 3, 4, 4, true);
    std::vector<std::string> tokens{"<s>", "\u2581Once", "\u2581up", "on"};
    std::vector<std::string> keys;
    std::string version = "1.0";
    bool half = false;
    int causal = -1;  ///< -1: the file does not say

    void write(const std::string& path) const
    {
        test::H5Build out(path);
        out.attribute("/", "format", "attention-dump");
        out.attribute("/", "format_version", version);
        if (causal >= 0) out.attribute("/", "causal", std::int64_t(causal));
        if (!maps.empty()) {
            const hid_t type = half ? test::H5Build::halfType(false) : H5Tcopy(H5T_IEEE_F64BE);
            out.floats("samples/0/attentions", shape, maps, type);
            H5Tclose(type);
        } else {
            out.group("samples/0");
        }
        if (!tokens.empty()) out.strings("samples/0/tokens", tokens);
        if (!keys.empty()) out.strings("samples/0/tokens_key", keys);
    }
};

using Change = std::function<void(Dump&)>;

void writeNpyFile(const std::string& path, const std::string& descr, const std::string& shape, const std::string& data,
                  bool fortran = false)
{
    std::string header = "{'descr': '" + descr + "', 'fortran_order': " + (fortran ? "True" : "False") + ", 'shape': " + shape + ", }";
    header.append(63 - (10 + header.size()) % 64, ' ').append("\n");
    std::string out("\x93NUMPY\x01\x00", 8);
    out.append(1, static_cast<char>(header.size() & 0xff)).append(1, static_cast<char>(header.size() >> 8)).append(header).append(data);
    std::ofstream(path, std::ios::binary) << out;
}

std::string rawFloats(const std::vector<float>& v) { return {reinterpret_cast<const char*>(v.data()), v.size() * sizeof(float)}; }

}  // namespace
Q_DECLARE_METATYPE(Change)
Q_DECLARE_METATYPE(ErrorCode)

class TestDump : public QObject {
    Q_OBJECT
private slots:
    void opens()
    {
        QTemporaryDir folder;
        Dump().write(inside(folder, "d.h5"));
        const auto opened = openFile(inside(folder, "d.h5"));
        QVERIFY2(opened.ok(), opened.ok() ? "" : opened.error().item.c_str());
        const auto& sample = *std::get<1>(*opened)->samples.at(0);
        QCOMPARE(sample.layers(), 2);
        QCOMPARE(sample.heads(0), 3);
        QVERIFY(!sample.looksAhead());  // seen from the maps
        QCOMPARE(QString::fromStdString(sample.queryTokens()[1].text), QStringLiteral(" Once"));
        QVERIFY(sample.queryTokens()[0].special);
        QCOMPARE(sample.queryTokens()[3].word, sample.queryTokens()[2].word);
        QCOMPARE(sample.queryTokens()[1].word, 0);
        const auto stats = sample.stats({1, 2});
        QVERIFY(stats);
        QCOMPARE(stats->rowEntropy[3], std::log(4.0f));
        QCOMPARE(stats->rowMax[1], 0.5f);
        QCOMPARE(stats->previousMass, (0.5f + 1.0f / 3.0f + 0.25f) / 3.0f);
        const auto overview = sample.overview({0, 0}, MapKind::Weights, 2);
        QVERIFY(overview.ok());
        QCOMPARE((*overview)->maximum(0, 0), 1.0f);
        const auto model = openModel(inside(folder, "d.h5"));
        QVERIFY(!model);
        QCOMPARE(static_cast<int>(model.error().code), static_cast<int>(ErrorCode::NeedsWeights));
    }

    void crossAttention()
    {
        QTemporaryDir folder;
        Dump d;
        d.shape = {1, 1, 2, 3};
        d.maps = uniformMaps(1, 1, 2, 3, false);
        d.tokens = {"a", "b"};
        d.keys = {"x", "y", "z"};
        d.half = true;
        d.write(inside(folder, "d.h5"));
        const auto opened = openFile(inside(folder, "d.h5"));
        QVERIFY2(opened.ok(), opened.ok() ? "" : opened.error().item.c_str());
        const auto& sample = *std::get<1>(*opened)->samples.at(0);
        QVERIFY(sample.looksAhead());
        QCOMPARE(sample.keys(), 3);
        const auto tile = sample.tile({0, 0}, MapKind::Weights, 0, 2, 0, 3);
        QVERIFY(tile.ok());
        QVERIFY(std::abs((*tile)(1, 2) - 1.0f / 3.0f) < 2e-4f);
    }

    void refused_data()
    {
        QTest::addColumn<Change>("change");
        QTest::addColumn<ErrorCode>("code");
        const auto row = [](const char* name, ErrorCode code, Change change) { QTest::newRow(name) << change << code; };
        row("later version", ErrorCode::FormatTooNew, [](Dump& d) { d.version = "2.0"; });
        row("no attentions", ErrorCode::DumpInvalid, [](Dump& d) { d.maps.clear(); });
        row("no tokens", ErrorCode::DumpInvalid, [](Dump& d) { d.tokens.clear(); });
        row("too few tokens", ErrorCode::DumpInvalid, [](Dump& d) { d.tokens.pop_back(); });
        row("wrong rank", ErrorCode::RankMismatch, [](Dump& d) { d.shape = {6, 4, 4}; });
        row("rows that do not sum to one", ErrorCode::RowsNotNormalised, [](Dump& d) { d.maps[0] = 0.9f; });
        row("nan", ErrorCode::NotFinite, [](Dump& d) { d.maps[5] = std::nanf(""); });
        row("causal that is not", ErrorCode::DumpInvalid, [](Dump& d) {
            d.causal = 1;
            d.maps = uniformMaps(2, 3, 4, 4, false);
        });
        row("keys that do not fit", ErrorCode::DumpInvalid, [](Dump& d) { d.keys = {"x"}; });
    }
    void refused()
    {
        QFETCH(Change, change);
        QFETCH(ErrorCode, code);
        QTemporaryDir folder;
        Dump d;
        change(d);
        d.write(inside(folder, "d.h5"));
        const auto opened = openFile(inside(folder, "d.h5"));
        QVERIFY(!opened);
        QCOMPARE(static_cast<int>(opened.error().code), static_cast<int>(code));
    }

    /// Padded positions: all NaN or all zero. Shown as nothing (NaN), and no part of any mean.
    void emptyRows_data()
    {
        QTest::addColumn<float>("value");
        QTest::newRow("nan") << std::nanf("");
        QTest::newRow("zero") << 0.0f;
    }
    void emptyRows()
    {
        QFETCH(float, value);
        QTemporaryDir folder;
        Dump d;
        for (int h = 0; h < 6; ++h)
            for (int k = 0; k < 4; ++k) d.maps[std::size_t(16 * h + 4 * 2 + k)] = value;  // row 2 of every map
        d.write(inside(folder, "d.h5"));
        const auto opened = openFile(inside(folder, "d.h5"));
        QVERIFY2(opened.ok(), opened.ok() ? "" : opened.error().item.c_str());
        const auto& sample = *std::get<1>(*opened)->samples.at(0);
        const auto tile = sample.tile({1, 1}, MapKind::Weights, 0, 4, 0, 4);
        QVERIFY(tile.ok());
        for (int k = 0; k <= 2; ++k) QVERIFY(std::isnan((*tile)(2, k)));
        QCOMPARE((*tile)(2, 3), 0.0f);  // out of sight as ever
        QCOMPARE((*tile)(3, 3), 0.25f);
        const auto stats = sample.stats({1, 1});
        QVERIFY(stats);
        QCOMPARE(stats->meanMax, (1.0f + 0.5f + 0.25f) / 3.0f);
        QCOMPARE(stats->previousMass, (0.5f + 0.25f) / 2.0f);
        QCOMPARE(stats->columnMean[1], (0.5f + 0.25f) / 2.0f);
        const auto overview = sample.overview({1, 1}, MapKind::Weights, 4);
        QVERIFY(overview.ok());
        QVERIFY(std::isnan((*overview)->maximum(2, 0)));
    }

    /// A row that is neither whole nor empty is a mistake, and its place is told.
    void badRowsAreNamed()
    {
        QTemporaryDir folder;
        Dump d;
        d.maps[16 * 5 + 4 * 3 + 1] = std::nanf("");
        d.write(inside(folder, "d.h5"));
        const auto opened = openFile(inside(folder, "d.h5"));
        QVERIFY(!opened);
        QCOMPARE(static_cast<int>(opened.error().code), static_cast<int>(ErrorCode::NotFinite));
        QVERIFY2(QString::fromStdString(opened.error().item).contains("L1H2 row 3 column 1"), opened.error().item.c_str());
        QCOMPARE(opened.error().found, std::string("NaN"));
    }

    /// A file in Latin-1, and one whose pieces are parts of characters: tables of both are UTF-8.
    void tokensAreUtf8_data()
    {
        QTest::addColumn<QByteArray>("second");
        QTest::addColumn<QByteArray>("third");
        QTest::addColumn<QByteArray>("shown");
        QTest::newRow("Latin-1") << QByteArray("caf\xE9") << QByteArray("x") << QByteArray("caf\xC3\xA9");
        QTest::newRow("parts") << QByteArray("\xC3") << QByteArray("\xA9") << QByteArray("\xEF\xBF\xBD");
    }
    void tokensAreUtf8()
    {
        QFETCH(QByteArray, second);
        QFETCH(QByteArray, third);
        QFETCH(QByteArray, shown);
        QTemporaryDir folder;
        std::ofstream(inside(folder, "tokens.txt"), std::ios::binary) << "a\n"
                                                                      << second.toStdString() << "\n"
                                                                      << third.toStdString() << "\nd\n";
        writeNpyFile(inside(folder, "a.npy"), "<f4", "(1, 1, 4, 4)", rawFloats(uniformMaps(1, 1, 4, 4, true)));
        const auto opened = openFile(inside(folder, "a.npy"));
        QVERIFY2(opened.ok(), opened.ok() ? "" : opened.error().item.c_str());
        const auto& sample = *std::get<1>(*opened)->samples.at(0);
        QCOMPARE(QByteArray::fromStdString(sample.queryTokens()[1].text), shown);
        QVERIFY(writeMapCsv(inside(folder, "m.csv"), sample, {0, 0}, MapKind::Weights).ok());
        std::ifstream csv(inside(folder, "m.csv"), std::ios::binary);
        const std::string text(std::istreambuf_iterator<char>(csv), {});
        QVERIFY(!utf8::firstInvalid(text));
        QVERIFY(text.find(shown.toStdString()) != std::string::npos);
    }

    /// Rows of one text over columns of another: no row has a place, so there is no distance, no token before and none itself.
    void differentTexts()
    {
        QTemporaryDir folder;
        Dump d;
        d.keys = {"w", "x", "y", "z"};
        d.maps = uniformMaps(2, 3, 4, 4, false);
        d.write(inside(folder, "d.h5"));
        const auto opened = openFile(inside(folder, "d.h5"));
        QVERIFY2(opened.ok(), opened.ok() ? "" : opened.error().item.c_str());
        const auto& sample = *std::get<1>(*opened)->samples.at(0);
        QVERIFY(!rowOffset(sample));
        const auto stats = sample.stats({0, 0});
        QVERIFY(std::isnan(stats->selfMass) && std::isnan(stats->previousMass) && std::isnan(stats->meanDistance));
        QVERIFY(stats->offsetMass.empty());
        QCOMPARE(stats->meanEntropy, std::log(4.0f));
        QCOMPARE(stats->firstMass, 0.25f);
    }

    /// Rows that are the last tokens of the columns, as a model that generates leaves them: row 0 stands at column 2.
    void generatedRows()
    {
        QTemporaryDir folder;
        Dump d;
        d.shape = {1, 1, 2, 4};
        d.maps = {0.1f, 0.2f, 0.7f, 0, 0, 0.25f, 0.5f, 0.25f};
        d.keys = d.tokens;
        d.tokens = {d.keys[2], d.keys[3]};
        d.write(inside(folder, "d.h5"));
        const auto opened = openFile(inside(folder, "d.h5"));
        QVERIFY2(opened.ok(), opened.ok() ? "" : opened.error().item.c_str());
        const auto& sample = *std::get<1>(*opened)->samples.at(0);
        QCOMPARE(rowOffset(sample), std::optional<int>(2));
        const auto stats = sample.stats({0, 0});
        QCOMPARE(stats->selfMass, (0.7f + 0.25f) / 2);
        QCOMPARE(stats->previousMass, (0.2f + 0.5f) / 2);
        QVERIFY(std::abs(stats->meanDistance - ((0.2f + 0.2f) + (0.5f + 0.5f)) / 2) < 1e-6f);
        QCOMPARE(stats->firstOffset, 0);
        QCOMPARE(stats->offsetMass.size(), std::size_t(4));
        QVERIFY(std::abs(stats->offsetMass[1] - 0.35f) < 1e-6f);
        QCOMPARE(stats->offsetMass[3], 0.0f);
    }

    void aBadMapInTheMiddleIsFoundWhenItIsRead()
    {
        QTemporaryDir folder;
        Dump d;
        d.maps[16 * 2 + 3] = 0.5f;  // head 2 of layer 0, above the diagonal: its row sums to 1.5
        d.write(inside(folder, "d.h5"));
        const auto opened = openFile(inside(folder, "d.h5"));
        QVERIFY(opened.ok());
        const auto& sample = *std::get<1>(*opened)->samples.at(0);
        const auto tile = sample.tile({0, 2}, MapKind::Weights, 0, 1, 0, 1);
        QVERIFY(!tile);
        QCOMPARE(static_cast<int>(tile.error().code), static_cast<int>(ErrorCode::RowsNotNormalised));
        QVERIFY(!sample.stats({0, 2}));
        QVERIFY(sample.stats({0, 1}) != nullptr);
    }

    void goldenFixture()
    {
        const auto opened = openFile(test::fixturePath("layouts/gpt2_golden_attention.h5"));
        QVERIFY(opened.ok());
        const auto& sample = *std::get<1>(*opened)->samples.at(0);
        QCOMPARE(sample.ids(), (std::vector<int>{3, 17, 42, 8, 8, 0, 49}));
        const auto logits = sample.logits();
        QVERIFY(logits.ok());
        QCOMPARE(logits->cols(), std::ptrdiff_t(50));
    }

    void npy_data()
    {
        QTest::addColumn<QString>("shape");
        QTest::addColumn<int>("layers");
        QTest::addColumn<int>("heads");
        QTest::newRow("L H n n") << "(2, 3, 4, 4)" << 2 << 3;
        QTest::newRow("H n n") << "(6, 4, 4)" << 1 << 6;
    }
    void npy()
    {
        QFETCH(QString, shape);
        QFETCH(int, layers);
        QFETCH(int, heads);
        QTemporaryDir folder;
        writeNpyFile(inside(folder, "a.npy"), "<f4", shape.toStdString(), rawFloats(uniformMaps(2, 3, 4, 4, true)));
        const auto without = openFile(inside(folder, "a.npy"));
        QVERIFY(!without);
        QCOMPARE(QString::fromStdString(without.error().item), QStringLiteral("tokens"));
        std::ofstream(inside(folder, "a.tokens.json")) << R"(["The", "\u0120cat", "\u0120sat", "."])";
        const auto opened = openFile(inside(folder, "a.npy"));
        QVERIFY2(opened.ok(), opened.ok() ? "" : opened.error().item.c_str());
        const auto& sample = *std::get<1>(*opened)->samples.at(0);
        QCOMPARE(sample.layers(), layers);
        QCOMPARE(sample.heads(0), heads);
        QCOMPARE(QString::fromStdString(sample.queryTokens()[1].text), QStringLiteral(" cat"));
        const auto tile = sample.tile({layers - 1, heads - 1}, MapKind::Weights, 3, 1, 0, 4);
        QVERIFY(tile.ok());
        QCOMPARE((*tile)(0, 3), 0.25f);
        // A list given by hand, one a line.
        std::ofstream(inside(folder, "list.txt")) << "w\nx\ny\nz\n";
        OpenOptions options;
        options.tokensFile = inside(folder, "list.txt");
        const auto byHand = openFile(inside(folder, "a.npy"), options);
        QVERIFY(byHand.ok());
        QCOMPARE(QString::fromStdString(std::get<1>(*byHand)->samples[0]->queryTokens()[3].text), QStringLiteral("z"));
    }

    /// NumPy writes what was transposed in Fortran order: the first axis runs fastest.
    void fortranOrder_data()
    {
        QTest::addColumn<QString>("shape");
        QTest::addColumn<int>("layers");
        QTest::addColumn<int>("heads");
        QTest::addColumn<bool>("wide");
        for (const bool wide : {false, true}) {
            QTest::addRow("L H n n%s", wide ? " f8" : "") << "(2, 3, 4, 4)" << 2 << 3 << wide;
            QTest::addRow("H n n%s", wide ? " f8" : "") << "(6, 4, 4)" << 1 << 6 << wide;
            QTest::addRow("n n%s", wide ? " f8" : "") << "(4, 4)" << 1 << 1 << wide;
        }
    }
    void fortranOrder()
    {
        QFETCH(QString, shape);
        QFETCH(int, layers);
        QFETCH(int, heads);
        QFETCH(bool, wide);
        const auto cell = [](int l, int h, int q, int k) {  // rows sum to one, every map is another
            const float first = 0.1f + 0.1f * static_cast<float>(l) + 0.05f * static_cast<float>(h);
            return k > q ? 0.0f : q == 0 ? 1.0f : k == 0 ? first : (1 - first) / static_cast<float>(q);
        };
        std::string raw;
        for (int k = 0; k < 4; ++k)
            for (int q = 0; q < 4; ++q)
                for (int h = 0; h < heads; ++h)
                    for (int l = 0; l < layers; ++l) {
                        const float v = cell(l, h, q, k);
                        const double d = static_cast<double>(v);
                        raw.append(wide ? reinterpret_cast<const char*>(&d) : reinterpret_cast<const char*>(&v), wide ? 8 : 4);
                    }
        QTemporaryDir folder;
        std::ofstream(inside(folder, "tokens.txt")) << "a\nb\nc\nd\n";
        writeNpyFile(inside(folder, "a.npy"), wide ? "<f8" : "<f4", shape.toStdString(), raw, true);
        const auto opened = openFile(inside(folder, "a.npy"));
        QVERIFY2(opened.ok(), opened.ok() ? "" : opened.error().item.c_str());
        const auto& sample = *std::get<1>(*opened)->samples.at(0);
        for (const int l : {layers - 1, 0, layers - 1})
            for (int h = 0; h < heads; ++h) {
                const auto tile = sample.tile({l, h}, MapKind::Weights, 0, 4, 0, 4);
                QVERIFY(tile.ok());
                for (int q = 0; q < 4; ++q)
                    for (int k = 0; k < 4; ++k) QCOMPARE((*tile)(q, k), cell(l, h, q, k));
            }
    }

    void badNpy_data()
    {
        QTest::addColumn<QString>("descr");
        QTest::addColumn<QString>("shape");
        QTest::addColumn<ErrorCode>("code");
        QTest::newRow("integers") << "<i4"
                                  << "(1, 1, 4, 4)" << ErrorCode::DtypeUnsupported;
        QTest::newRow("one axis") << "<f4"
                                  << "(16,)" << ErrorCode::RankMismatch;
        QTest::newRow("cut short") << "<f4"
                                   << "(9, 9, 4, 4)" << ErrorCode::FileTruncated;
        QTest::newRow("too few tokens") << "<f4"
                                        << "(1, 1, 2, 8)" << ErrorCode::DumpInvalid;
    }
    void badNpy()
    {
        QFETCH(QString, descr);
        QFETCH(QString, shape);
        QFETCH(ErrorCode, code);
        QTemporaryDir folder;
        std::ofstream(inside(folder, "tokens.txt")) << "a\nb\nc\nd\n";
        writeNpyFile(inside(folder, "a.npy"), descr.toStdString(), shape.toStdString(), rawFloats(uniformMaps(1, 1, 4, 4, true)));
        const auto opened = openFile(inside(folder, "a.npy"));
        QVERIFY(!opened);
        QCOMPARE(static_cast<int>(opened.error().code), static_cast<int>(code));
    }
};

QTEST_APPLESS_MAIN(TestDump)
#include "tst_dump.moc"
