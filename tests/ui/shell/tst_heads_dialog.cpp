// SPDX-License-Identifier: GPL-3.0-or-later
// A file that does not say how many heads it has: the window asks before it opens, and computes nothing from a guess.
#include <QPushButton>
#include <QStandardPaths>
#include <QTableWidget>
#include <QTemporaryDir>
#include <QTest>

#include "engine/io/layouts/layout.h"
#include "tests/support/random_model.h"
#include "tests/support/safetensors_build.h"
#include "tests/ui/sample_window.h"
#include "ui/shell/heads_dialog.h"
#include "ui/shell/model_chip.h"

using namespace hs;
using namespace hs::ui;

class tst_heads_dialog : public QObject {
    Q_OBJECT

    QTemporaryDir m_folder;

    /// Four heads of eight, which only settings could say.
    QString file() const { return m_folder.filePath(QStringLiteral("model.safetensors")); }
    static HeadsDialog* dialogOf(const MainWindow& window) { return window.findChild<HeadsDialog*>(); }
    static void choose(HeadsDialog& dialog, const QString& heads)
    {
        auto* table = dialog.findChild<QTableWidget*>();
        for (int row = 0; row < table->rowCount(); ++row)
            if (table->item(row, 0)->text() == heads) table->selectRow(row);
    }

private Q_SLOTS:
    void initTestCase()
    {
        QStandardPaths::setTestModeEnabled(true);
        const auto layouts = allLayouts();
        const auto gpt2 =
            std::find_if(layouts.begin(), layouts.end(), [](const Layout* layout) { return std::string(layout->name) == "hf-gpt2"; });
        QVERIFY(gpt2 != layouts.end());
        const auto model = test::randomModel(test::smallConfig());
        test::writeText(file().toStdString(), test::safetensorsText(test::tensorsAs(**gpt2, *model)));
        test::writeText(m_folder.filePath(QStringLiteral("config.json")).toStdString(), R"({"activation_function":"gelu_new"})");
    }
    void answered()
    {
        MainWindow window(test::freshOptions(file()));
        window.show();
        QTRY_VERIFY_WITH_TIMEOUT(dialogOf(window) && dialogOf(window)->isVisible(), 30000);
        QVERIFY(window.context().project->empty());
        QVERIFY(window.controller()->opening());
        HeadsDialog& dialog = *dialogOf(window);
        QVERIFY(dialog.said().empty());
        QPushButton* open = nullptr;
        for (QPushButton* button : dialog.findChildren<QPushButton*>())
            if (button->text() == QLatin1String("Open")) open = button;
        QVERIFY(open && !open->isEnabled());
        choose(dialog, QStringLiteral("4"));
        QVERIFY(open->isEnabled());
        QCOMPARE(dialog.said(), (std::map<std::string, std::string>{{"n_heads", "4"}}));
        open->click();
        QTRY_VERIFY_WITH_TIMEOUT(window.context().project->model() != nullptr, 30000);
        const Model& model = *window.context().project->model();
        QCOMPARE(model.config().nHeads, 4);
        QCOMPARE(model.config().dHead, 8);
        QVERIFY(model.headsKnown().ok());
        QVERIFY(window.findChild<ModelChip*>()->toolTip().contains(QStringLiteral("you said 4 heads")));
        QTRY_VERIFY(!dialogOf(window));
        QCOMPARE(window.snapshot().config, (std::map<std::string, std::string>{{"n_heads", "4"}}));
        // A project knows the answer.
        const ProjectFile project = window.snapshot();
        MainWindow again(test::freshOptions({}));
        again.show();
        again.applyProject(project, {});
        QTRY_VERIFY_WITH_TIMEOUT(again.context().project->model() != nullptr, 30000);
        QVERIFY(!dialogOf(again));
        QCOMPARE(again.context().project->model()->config().nHeads, 4);
    }
    /// Nothing is opened, and what was open stays.
    void declined()
    {
        MainWindow window(test::sampleOptions());
        window.show();
        QTRY_VERIFY_WITH_TIMEOUT(test::runFinished(window), 30000);
        const auto model = window.context().project->model();
        window.openPath(file());
        QTRY_VERIFY_WITH_TIMEOUT(dialogOf(window) && dialogOf(window)->isVisible(), 30000);
        QTest::keyClick(dialogOf(window), Qt::Key_Escape);
        QTRY_VERIFY(!window.controller()->opening());
        QTRY_VERIFY(!dialogOf(window));
        QCOMPARE(window.context().project->model(), model);
        QVERIFY(test::runFinished(window));
    }
    /// Another file takes the question away.
    void overtaken()
    {
        MainWindow window(test::freshOptions(file()));
        window.show();
        QTRY_VERIFY_WITH_TIMEOUT(dialogOf(window) && dialogOf(window)->isVisible(), 30000);
        window.openPath(test::sampleFile());
        QTRY_VERIFY_WITH_TIMEOUT(window.context().project->model() != nullptr, 30000);
        QTRY_VERIFY(!dialogOf(window));
        QVERIFY(!window.controller()->opening());
        QCOMPARE(window.context().project->path(), test::sampleFile());
    }
};

QTEST_MAIN(tst_heads_dialog)
#include "tst_heads_dialog.moc"
