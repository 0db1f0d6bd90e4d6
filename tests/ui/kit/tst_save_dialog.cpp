// SPDX-License-Identifier: GPL-3.0-or-later
// The window writes over nothing that it reads, and over nothing of somebody else's without asking.
#include <QDir>
#include <QFile>
#include <QFileInfo>
#include <QSignalSpy>
#include <QStandardPaths>
#include <QStringList>
#include <QTest>

#include <QMessageBox>
#include <QPushButton>
#include <QTemporaryDir>

#include "tests/ui/sample_window.h"
#include "ui/kit/save_dialog.h"
#include "ui/labels/label_controller.h"
#include "ui/state/open_inputs.h"

using namespace hs;
using namespace hs::ui;

class TstSaveDialog : public QObject {
    Q_OBJECT

    QTemporaryDir m_folder;
    QString at(const QString& name) const { return m_folder.filePath(name); }
    void put(const QString& name, const QByteArray& bytes) const
    {
        QDir().mkpath(QFileInfo(at(name)).path());
        QFile file(at(name));
        QVERIFY(file.open(QIODevice::WriteOnly));
        file.write(bytes);
    }

private Q_SLOTS:
    void initTestCase()
    {
        QStandardPaths::setTestModeEnabled(true);
        QVERIFY(m_folder.isValid());
        put(QStringLiteral("model.h5"), "weights");
        put(QStringLiteral("corpus/a.txt"), "text");
        put(QStringLiteral("notes.json"), "{}");
    }

    void saysWhy()
    {
        const QStringList read{at(QStringLiteral("model.h5")), at(QStringLiteral("corpus"))};
        QVERIFY(whyNotWritten(at(QStringLiteral("new.h5")), read).isEmpty());
        QVERIFY(whyNotWritten(at(QStringLiteral("corpus/new.json")), read).isEmpty());
        const QString why = whyNotWritten(at(QStringLiteral("corpus/../model.h5")), read);
        QVERIFY2(why.contains(QStringLiteral("model.h5")), qPrintable(why));
        QVERIFY(whyNotWritten(at(QStringLiteral("corpus/a.txt")), read).contains(QStringLiteral("corpus")));
        QVERIFY(QFile::link(at(QStringLiteral("model.h5")), at(QStringLiteral("link.h5"))));
        QVERIFY(!whyNotWritten(at(QStringLiteral("link.h5")), read).isEmpty());
    }

    /// The dialog stays until a name is given that destroys nothing.
    void dialogRefuses()
    {
        auto* dialog = new SaveDialog(nullptr, QStringLiteral("Save"), {at(QStringLiteral("model.h5"))});
        dialog->setOption(QFileDialog::DontUseNativeDialog);
        dialog->setOption(QFileDialog::DontConfirmOverwrite);
        dialog->setDirectory(m_folder.path());
        QSignalSpy chosen(dialog, &QFileDialog::fileSelected);
        dialog->open();
        dialog->selectFile(at(QStringLiteral("model.h5")));
        dialog->accept();
        QCOMPARE(chosen.size(), 0);
        auto* box = dialog->findChild<QMessageBox*>(QStringLiteral("fileIsRead"));
        QVERIFY(box && dialog->isVisible());
        QVERIFY(box->text().contains(QStringLiteral("model.h5")));
        box->accept();
        dialog->selectFile(at(QStringLiteral("other.h5")));
        dialog->accept();
        QCOMPARE(chosen.size(), 1);
    }

    void asksForFilesOfOthers()
    {
        QWidget window;
        int written = 0;
        const auto write = [&written] { ++written; };
        whenMayWrite(&window, {at(QStringLiteral("free.png"))}, {}, write);
        QCOMPARE(written, 1);
        put(QStringLiteral("ours.json"), "{\"format\": \"headscope-labels\"}");
        whenMayWrite(&window, {at(QStringLiteral("ours.json"))}, {}, write);
        QCOMPARE(written, 2);
        whenMayWrite(&window, {at(QStringLiteral("free.png")), at(QStringLiteral("notes.json"))}, {}, write);
        QCOMPARE(written, 2);
        auto* box = window.findChild<QMessageBox*>(QStringLiteral("replaceForeign"));
        QVERIFY(box && box->text().contains(QStringLiteral("notes.json")));
        for (QAbstractButton* button : box->buttons())
            if (box->buttonRole(button) == QMessageBox::DestructiveRole) button->click();
        QCOMPARE(written, 3);
        whenMayWrite(&window, {at(QStringLiteral("model.h5"))}, {at(QStringLiteral("model.h5"))}, write);
        QCOMPARE(written, 3);
    }

    /// What the window has open, and what its jobs read, is known without anybody telling.
    void windowKnowsWhatItReads()
    {
        MainWindow window(test::sampleOptions());
        QTRY_VERIFY_WITH_TIMEOUT(test::runFinished(window), 60'000);
        QVERIFY(!whyNotWritten(test::sampleFile(), openInputs()).isEmpty());
        QVERIFY(whyNotWritten(at(QStringLiteral("corpus/a.txt")), openInputs()).isEmpty());
        auto* labels = test::part<LabelController>(window);
        LabelRequest request = labels->defaultRequest();
        request.corpusPaths = {at(QStringLiteral("corpus")).toStdString()};
        labels->start(request);
        labels->cancel();
        QVERIFY(!whyNotWritten(at(QStringLiteral("corpus/a.txt")), openInputs()).isEmpty());
    }
};

QTEST_MAIN(TstSaveDialog)
#include "tst_save_dialog.moc"
