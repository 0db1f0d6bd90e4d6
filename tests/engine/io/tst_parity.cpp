// SPDX-License-Identifier: GPL-3.0-or-later
// The parity light on the reference model, on a copy whose weights were touched, and without a reference.
#include <QFile>
#include <QTemporaryDir>
#include <QTest>

#include "engine/forward/forward.h"
#include "engine/io/open.h"
#include "engine/io/parity.h"
#include "engine/io/write/write.h"
#include "tests/support/paths.h"
#include "tests/support/random_model.h"
#include "tests/support/shared_data.h"

using namespace hs;

class TestParity : public QObject {
    Q_OBJECT
private slots:
    void referenceModelMatches_data()
    {
        QTest::addColumn<QString>("folder");
        QTest::newRow("tiny llama") << test::fixture("models/tiny-llama");
        QTest::newRow("stories260k") << test::sharedData("models/stories260k");
    }
    void referenceModelMatches()
    {
        QFETCH(QString, folder);
        HS_NEED_SHARED(folder);
        const auto model = openModel((folder + "/model.h5").toStdString());
        QVERIFY(model.ok());
        const auto report = checkParity(*model);
        QVERIFY2(report.ok(), report.ok() ? "" : report.error().item.c_str());
        QVERIFY(report->found);
        QCOMPARE(report->prompts, 3);
        QVERIFY(report->tokensEqual);
        QVERIFY2(report->maxLogit <= 1e-4, qPrintable(QString::number(report->maxLogit)));
        QVERIFY2(report->maxAttention <= 1e-5, qPrintable(QString::number(report->maxAttention)));
        QVERIFY(report->matches);
    }

    void sampleModelMatches()
    {
        const QString path = test::sampleFile();
        const auto model = openModel(path.toStdString());
        QVERIFY2(model.ok(), model.ok() ? "" : model.error().item.c_str());
        QVERIFY((*model)->canPredict());
        QVERIFY((*model)->missingTensors().empty());
        QVERIFY((*model)->guessedKeys().empty());
        QVERIFY((*model)->tokenizer() && (*model)->tokenizer()->addsBos());
        const auto report = checkParity(*model);
        QVERIFY2(report.ok(), report.ok() ? "" : report.error().item.c_str());
        QCOMPARE(report->prompts, 5);
        QVERIFY(report->tokensEqual);
        QVERIFY2(report->maxLogit <= 1e-4, qPrintable(QString::number(report->maxLogit)));
        QVERIFY2(report->maxAttention <= 1e-5, qPrintable(QString::number(report->maxAttention)));
        QVERIFY(report->matches);
    }

    void anotherModelDoesNot()
    {
        QTemporaryDir folder;
        const QString reference = folder.filePath("reference.h5");
        QVERIFY(QFile::copy(test::fixture("models/tiny-llama/reference.h5"), reference));
        OpenOptions options;
        options.config["rotary_base"] = "9000";
        options.config["n_heads"] = "4";
        const QString path = folder.filePath("model.h5");
        QVERIFY(QFile::copy(test::fixture("models/tiny-llama/model.h5"), path));
        const auto model = openModel(path.toStdString(), options);
        QVERIFY2(model.ok(), model.ok() ? "" : model.error().item.c_str());
        const auto report = checkParity(*model);
        QVERIFY(report.ok());
        QVERIFY(report->found);
        QVERIFY(!report->matches);
        QVERIFY(report->maxLogit > 1e-3);
    }

    void ownDumpIsAReference()
    {
        QTemporaryDir folder;
        const std::string path = folder.filePath("model.h5").toStdString();
        QVERIFY(writeNativeModel(path, *test::randomModel(test::smallConfig())).ok());
        const auto model = openModel(path);
        QVERIFY(model.ok());
        auto none = checkParity(*model);
        QVERIFY(none.ok());
        QVERIFY(!none->found);
        const auto run = forward(*model, test::randomPrompt(7, 50), {});
        QVERIFY(run.ok());
        QVERIFY(writeRun(folder.filePath("reference.h5").toStdString(), {*run}, {}).ok());
        const auto report = checkParity(*model);
        QVERIFY2(report.ok(), report.ok() ? "" : report.error().item.c_str());
        QVERIFY(report->matches);
        QCOMPARE(report->maxLogit, 0.0);
        QVERIFY(report->madeWith.starts_with("HeadScope"));
    }
};

QTEST_APPLESS_MAIN(TestParity)
#include "tst_parity.moc"
