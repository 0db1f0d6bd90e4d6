// SPDX-License-Identifier: GPL-3.0-or-later
// Every damaged or malicious file gets a verdict in time, and the program lives (resources/manual/formats.md section 6).
#include <QDir>
#include <QElapsedTimer>
#include <QFile>
#include <QStringList>
#include <QTest>

#include <hdf5.h>

#include "engine/io/open.h"
#include "engine/io/probe/probe.h"
#include "tests/support/shared_data.h"
#include "tests/support/slowness.h"

using namespace hs;

class TestHostile : public QObject {
    Q_OBJECT
private slots:
    void verdict_data()
    {
        QTest::addColumn<QString>("path");
        for (const QDir& folder : {QDir(test::fixture("hostile_h5")), QDir(test::sharedData("hostile_h5"))}) {
            const QStringList names = folder.entryList(QDir::Files);
            for (const QString& name : names)
                if (name != "COPYING") QTest::newRow(qPrintable(name)) << folder.filePath(name);
            if (names.isEmpty()) QTest::newRow("none") << folder.path();
        }
    }
    void verdict()
    {
        QFETCH(QString, path);
        HS_NEED_SHARED(path);
        QVERIFY(QFile::exists(path));
        QElapsedTimer timer;
        timer.start();
        const auto opened = openFile(path.toStdString());
        QVERIFY2(timer.elapsed() < 20000 * hs::test::kSlowness, qPrintable(QString::number(timer.elapsed())));
        // None of them is a model; the ones that are whole are of no known layout.
        QVERIFY(!opened);
        QVERIFY(opened.error().code != ErrorCode::Internal);
        QVERIFY(opened.error().code != ErrorCode::Cancelled);
        QCOMPARE(H5Fget_obj_count(hid_t(H5F_OBJ_ALL), H5F_OBJ_ALL), ssize_t(0));
    }

    void secondVerdictIsRemembered_data()
    {
        QTest::addColumn<QString>("path");
        QTest::newRow("shipped") << test::fixture("hostile_h5/everything.h5");
        QTest::newRow("reference data") << test::sharedData("hostile_h5/own-links-external-vds-bomb-lzf.h5");
    }
    void secondVerdictIsRemembered()
    {
        QFETCH(QString, path);
        HS_NEED_SHARED(path);
        const Status first = probeHdf5(path.toStdString());
        QVERIFY(!first);
        QCOMPARE(static_cast<int>(first.error().code), static_cast<int>(ErrorCode::FileUnsafe));
        qputenv("HEADSCOPE_PROBE", "/nonexistent");
        const Status second = probeHdf5(path.toStdString());
        qunsetenv("HEADSCOPE_PROBE");
        QVERIFY(!second);
        QCOMPARE(static_cast<int>(second.error().code), static_cast<int>(ErrorCode::FileUnsafe));
    }
};

QTEST_APPLESS_MAIN(TestHostile)
#include "tst_hostile.moc"
