// SPDX-License-Identifier: GPL-3.0-or-later
// LZF: the stream byte by byte, and a file that h5py wrote.
#include <QTest>

#include "engine/io/h5/file.h"
#include "engine/io/h5/lzf.h"
#include "engine/io/probe/probe.h"
#include "tests/support/shared_data.h"

using namespace hs;

using Bytes = std::vector<unsigned char>;
Q_DECLARE_METATYPE(Bytes)

class TestLzf : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void decodes_data()
    {
        QTest::addColumn<Bytes>("in");
        QTest::addColumn<Bytes>("out");
        QTest::newRow("nothing") << Bytes{} << Bytes{};
        QTest::newRow("literals") << Bytes{2, 'a', 'b', 'c'} << Bytes{'a', 'b', 'c'};
        QTest::newRow("copy") << Bytes{2, 'a', 'b', 'c', 0x20, 2} << Bytes{'a', 'b', 'c', 'a', 'b', 'c'};
        QTest::newRow("overlapping copy") << Bytes{0, 'x', 0x60, 0} << Bytes{'x', 'x', 'x', 'x', 'x', 'x'};
        QTest::newRow("long copy") << Bytes{0, 'x', 0xE0, 255, 0} << Bytes(265, 'x');
        Bytes far{31}, wanted;
        for (int i = 0; i < 32; ++i) far.push_back(static_cast<unsigned char>(i));
        for (int k = 0; k < 9; ++k) {  // 288 more bytes, so that a copy must reach back over 256
            far.push_back(31);
            for (int i = 0; i < 32; ++i) far.push_back(100);
        }
        wanted.assign(far.begin() + 1, far.begin() + 33);
        wanted.resize(320, 100);
        far.insert(far.end(), {0x21, 0x3F});  // back 256 + 63 + 1 = 320
        wanted.insert(wanted.end(), {0, 1, 2});
        QTest::newRow("far copy") << far << wanted;
    }
    void decodes()
    {
        QFETCH(Bytes, in);
        QFETCH(Bytes, out);
        Bytes made;
        QVERIFY(h5::decodeLzf(in, out.size(), made));
        QVERIFY(made == out);
        if (out.empty()) return;
        made.clear();
        QVERIFY(!h5::decodeLzf(in, out.size() - 1, made));  // never more than it may
        QVERIFY(made.size() < out.size());
    }

    void damagedStreams_data()
    {
        QTest::addColumn<Bytes>("in");
        QTest::newRow("literals cut short") << Bytes{5, 'a', 'b'};
        QTest::newRow("copy without place") << Bytes{0, 'a', 0x20};
        QTest::newRow("long copy without length") << Bytes{0, 'a', 0xE0};
        QTest::newRow("before the beginning") << Bytes{0, 'a', 0x20, 1};
        QTest::newRow("copy of nothing") << Bytes{0x20, 0};
    }
    void damagedStreams()
    {
        QFETCH(Bytes, in);
        Bytes made;
        QVERIFY(!h5::decodeLzf(in, 1 << 20, made));
    }

    void readsWhatH5pyWrote()
    {
        const std::string path = test::fixturePath("h5/lzf.h5");
        QVERIFY(probeHdf5(path).ok());
        const auto file = h5::File::open(path);
        QVERIFY(file.ok());
        const auto steps = (*file)->integers("steps"), shuffled = (*file)->integers("shuffled"), noise = (*file)->integers("noise"),
                   zeros = (*file)->integers("zeros");
        QVERIFY(steps.ok() && shuffled.ok() && noise.ok() && zeros.ok());
        QCOMPARE(steps->size(), std::size_t(3000));
        for (std::int64_t i = 0; i < 3000; ++i) {
            const auto at = static_cast<std::size_t>(i);
            QCOMPARE((*steps)[at], i / 7 % 11);
            QCOMPARE((*shuffled)[at], i * 3);
            QCOMPARE((*noise)[at], (i * 2654435761 + 12345) % (std::int64_t(1) << 31));
        }
        QCOMPARE(*zeros, std::vector<std::int64_t>(100000, 0));
    }
};

QTEST_APPLESS_MAIN(TestLzf)
#include "tst_lzf.moc"
