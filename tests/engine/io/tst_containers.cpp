// SPDX-License-Identifier: GPL-3.0-or-later
// Files as other programs write them (the reference data), opened by their folder and run: the numbers are those of the programs.
#include <QDir>
#include <QTemporaryDir>
#include <QTest>

#include "engine/io/open.h"
#include "tests/support/reference_run.h"
#include "tests/support/shared_data.h"

using namespace hs;
using namespace hs::test;

namespace {

QString why(const Error& e)
{
    return QString::fromStdString(std::to_string(static_cast<int>(e.code)) + " " + e.item + ": " + e.found + " / " + e.expected);
}

}  // namespace
Q_DECLARE_METATYPE(ErrorCode)

class tst_containers : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void numbersAgree_data();
    void numbersAgree();
    void refused_data();
    void refused();
};

void tst_containers::numbersAgree_data()
{
    QTest::addColumn<QString>("activation");
    for (const char* folder : {"gpt2-bin", "gpt2-npz", "gpt2-npz-compressed", "llama-bin-bf16", "llama-bin-legacy", "llama-bin-sharded",
                               "llama-shards-no-index", "llama-gguf-f32", "llama-gguf-f16", "llama-gguf-q8_0", "llama-gguf-q4_0"})
        QTest::newRow(folder) << QString();
    QTest::newRow("nanogpt-ckpt") << "gelu";
}

void tst_containers::numbersAgree()
{
    QFETCH(QString, activation);
    const QString folder = QStringLiteral("containers/") + QString::fromLatin1(QTest::currentDataTag());
    HS_NEED_SHARED(folder + QStringLiteral("/reference.h5"));
    OpenOptions options;
    if (!activation.isEmpty()) {  // the file does not say which: nothing runs before somebody does
        const auto unsaid = openModel(sharedData(folder).toStdString());
        QVERIFY(unsaid.ok());
        const auto run = forward(*unsaid, promptOfIds({1, 2, 3}), {});
        QVERIFY(!run.ok());
        QCOMPARE(run.error().code, ErrorCode::ConfigMissing);
        QCOMPARE(run.error().item, std::string("act_fn"));
    }
    if (!activation.isEmpty()) options.config["act_fn"] = activation.toStdString();
    const auto model = openModel(sharedData(folder).toStdString(), options);
    QVERIFY2(model.ok(), model.ok() ? "" : qPrintable(why(model.error())));
    const ReferenceRun run = againstReference(*model, sharedData(folder) + QStringLiteral("/reference.h5"));
    QVERIFY2(run.error.empty(), run.error.c_str());
    QVERIFY2(run.attention < 2e-5 && run.logits < 2e-4, qPrintable(QString("attention %1, logits %2").arg(run.attention).arg(run.logits)));
}

void tst_containers::refused_data()
{
    QTest::addColumn<ErrorCode>("code");
    QTest::addColumn<QString>("item");
    QTest::newRow("hostile-pickle/evil-0.pt") << ErrorCode::FileUnsafe << "posix.system";
    QTest::newRow("hostile-pickle/evil-1.pt") << ErrorCode::FileUnsafe << "__builtin__.eval";
    QTest::newRow("hostile-pickle/evil-2.pt") << ErrorCode::FileUnsafe << "__builtin__.__import__";
    QTest::newRow("hostile-pickle/evil-bare.pt") << ErrorCode::FileUnsafe << "opcode FRAME";
    QTest::newRow("hostile-pickle/truncated.pt") << ErrorCode::FileTruncated << "zip";
    QTest::newRow("hostile-pickle/flipped.pt") << ErrorCode::FileDamaged << "pytorch_model/data/23";
    QTest::newRow("llama-one-shard-of-two") << ErrorCode::ShardMissing << "model-00002-of-00002.safetensors";
}

void tst_containers::refused()
{
    QFETCH(ErrorCode, code);
    QFETCH(QString, item);
    const QString file = QStringLiteral("containers/") + QString::fromLatin1(QTest::currentDataTag());
    HS_NEED_SHARED(file);
    const QTemporaryDir elsewhere;  // what a pickle ran would leave its mark where the program stands
    const QString before = QDir::currentPath();
    QDir::setCurrent(elsewhere.path());
    const auto model = openModel(sharedData(file).toStdString());
    Error error = model ? Error{} : model.error();
    if (model) {
        const auto run = forward(*model, promptOfIds({1, 2, 3}), {});
        QVERIFY(!run.ok());
        error = run.error();
    }
    QDir::setCurrent(before);
    QVERIFY(QDir(elsewhere.path()).isEmpty());
    QCOMPARE(error.code, code);
    QCOMPARE(QString::fromStdString(error.item), item);
}

QTEST_APPLESS_MAIN(tst_containers)
#include "tst_containers.moc"
