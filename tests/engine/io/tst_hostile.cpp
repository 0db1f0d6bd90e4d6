// SPDX-License-Identifier: GPL-3.0-or-later
// Every damaged or malicious file gets a verdict in time, and the program lives (formats.md section 6).
#include <QDir>
#include <QElapsedTimer>
#include <QtTest/QtTest>

#include <hdf5.h>

#include "engine/io/open.h"
#include "engine/io/probe/probe.h"
#include "tests/support/shared_data.h"

using namespace hs;

class TestHostile : public QObject {
    Q_OBJECT
private slots:
    void verdict_data()
    {
        QTest::addColumn<QString>("path");
        const QDir folder(test::sharedData("hostile_h5"));
        for (const QString& name : folder.entryList(QDir::Files))
            if (name != "COPYING") QTest::newRow(qPrintable(name)) << folder.filePath(name);
        if (folder.entryList(QDir::Files).isEmpty()) QTest::newRow("none") << QString();
    }
    void verdict()
    {
        QFETCH(QString, path);
        if (path.isEmpty()) QSKIP("optional reference data not present: hostile_h5");
        QElapsedTimer timer;
        timer.start();
        const auto opened = openFile(path.toStdString());
        QVERIFY2(timer.elapsed() < 20000, qPrintable(QString::number(timer.elapsed())));
        // None of them is a model; the ones that are whole are of no known layout.
        QVERIFY(!opened);
        QVERIFY(opened.error().code != ErrorCode::Internal);
        QVERIFY(opened.error().code != ErrorCode::Cancelled);
        QCOMPARE(H5Fget_obj_count(hid_t(H5F_OBJ_ALL), H5F_OBJ_ALL), ssize_t(0));
    }

    void secondVerdictIsRemembered()
    {
        const QString path = test::sharedData("hostile_h5/own-links-external-vds-bomb-lzf.h5");
        if (!QFile::exists(path)) QSKIP("optional reference data not present: hostile_h5");
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
