// SPDX-License-Identifier: GPL-3.0-or-later
// A model without words: its ids are picked from a grid, and a list of names gives them words.
#include <QLineEdit>
#include <QListView>
#include <QPushButton>
#include <QStandardPaths>
#include <QTemporaryDir>
#include <QTest>

#include "engine/io/layouts/layout.h"
#include "engine/io/open.h"
#include "tests/support/random_model.h"
#include "tests/support/safetensors_build.h"
#include "tests/ui/sample_window.h"
#include "ui/feature/command_list.h"
#include "ui/shell/token_grid.h"

namespace hs {
extern const Layout kHfGpt2;
}

using namespace hs;
using namespace hs::ui;

class tst_token_grid : public QObject {
    Q_OBJECT

    QTemporaryDir m_folder;
    int m_tokens = 0;

    QString file(const char* name) const { return m_folder.filePath(QString::fromLatin1(name)); }
    static QPushButton* button(const QWidget& widget, const QString& text)
    {
        for (QPushButton* b : widget.findChildren<QPushButton*>())
            if (b->text().remove(QLatin1Char('&')) == text) return b;
        return nullptr;
    }

private Q_SLOTS:
    void initTestCase()
    {
        QStandardPaths::setTestModeEnabled(true);
        const auto model = test::randomModel(test::smallConfig());
        m_tokens = model->config().dVocab;
        test::writeText(file("model.safetensors").toStdString(), test::safetensorsText(test::tensorsAs(kHfGpt2, *model)));
        test::writeText(file("config.json").toStdString(), R"({"n_head":4})");
        test::writeText(file("names.txt").toStdString(), "Monday\nTuesday\r\nWednesday\n(\n)\n");
        test::writeText(file("twice.txt").toStdString(), "a\nb\na\n");
    }
    void ids()
    {
        MainWindow window(test::freshOptions(file("model.safetensors")));
        window.show();
        QTRY_VERIFY_WITH_TIMEOUT(window.context().project->model() != nullptr, 30000);
        QVERIFY(hasTokenGrid(*window.context().project->model()));
        window.commands().trigger(QStringLiteral("prompt.tokens"));
        auto* grid = window.findChild<TokenGrid*>();
        QVERIFY(grid && grid->isVisible());
        auto* list = grid->findChild<QListView*>();
        QCOMPARE(list->model()->rowCount(), m_tokens);
        QCOMPARE(list->model()->index(7, 0).data().toString(), QStringLiteral("7"));
        auto* prompt = window.findChild<QLineEdit*>(QStringLiteral("prompt"));
        for (const int id : {7, 3}) {
            const QRect cell = list->visualRect(list->model()->index(id, 0));
            QTest::mouseClick(list->viewport(), Qt::LeftButton, {}, cell.center());
        }
        QCOMPARE(prompt->text(), QStringLiteral("7 3"));
        // From the filter, Enter takes the first that is left.
        auto* filter = grid->findChild<QLineEdit*>();
        QTest::keyClicks(filter, QStringLiteral("11"));
        QTest::keyClick(filter, Qt::Key_Return);
        QCOMPARE(prompt->text(), QStringLiteral("7 3 11"));
        button(*grid, QStringLiteral("Run"))->click();
        QTRY_VERIFY_WITH_TIMEOUT(test::runFinished(window), 30000);
        QCOMPARE(window.context().project->current()->run->prompt->ids(), (std::vector<int>{7, 3, 11}));
        QTest::keyClick(grid, Qt::Key_Escape);
        QTRY_VERIFY(!window.findChild<TokenGrid*>());
    }
    void names()
    {
        StartOptions options = test::freshOptions(file("model.safetensors"));
        options.open.tokensFile = file("names.txt").toStdString();
        MainWindow window(options);
        window.show();
        QTRY_VERIFY_WITH_TIMEOUT(window.context().project->model() != nullptr, 30000);
        QVERIFY(window.context().project->prompts().empty());  // no English sentence for five names
        window.commands().trigger(QStringLiteral("prompt.tokens"));
        auto* grid = window.findChild<TokenGrid*>();
        auto* list = grid->findChild<QListView*>();
        QCOMPARE(list->model()->index(1, 0).data().toString(), QStringLiteral("1  Tuesday"));
        QCOMPARE(list->model()->index(5, 0).data().toString(), QStringLiteral("5"));
        for (const int id : {3, 1, 4, 5}) {
            list->setCurrentIndex(list->model()->index(id, 0));
            QTest::keyClick(list, Qt::Key_Return);
        }
        auto* prompt = window.findChild<QLineEdit*>(QStringLiteral("prompt"));
        QCOMPARE(prompt->text(), QStringLiteral("( Tuesday ) #5"));
        button(*grid, QStringLiteral("Run"))->click();
        QTRY_VERIFY_WITH_TIMEOUT(test::runFinished(window), 30000);
        QCOMPARE(window.context().project->current()->run->prompt->ids(), (std::vector<int>{3, 1, 4, 5}));
        // A project keeps the list.
        const ProjectFile project = window.snapshot();
        QCOMPARE(QString::fromStdString(project.tokenList), file("names.txt"));
        const auto read = projectFromJson(toJson(project));
        QVERIFY(read.ok());
        QCOMPARE(*read, project);
    }
    /// A list that cannot be one leaves the model as it is, and says which line.
    void badNames()
    {
        OpenOptions options;
        options.tokensFile = file("twice.txt").toStdString();
        const auto model = openModel(file("model.safetensors").toStdString(), options);
        QVERIFY(!model.ok());
        QVERIFY(model.error().code == ErrorCode::InvalidArgument);
        QCOMPARE(model.error().item, std::string("line 3"));
        QCOMPARE(model.error().found, std::string("a"));
    }
    /// A model that reads sentences has no grid.
    void sentences()
    {
        MainWindow window(test::sampleOptions());
        window.show();
        QTRY_VERIFY_WITH_TIMEOUT(test::runFinished(window), 30000);
        QVERIFY(!hasTokenGrid(*window.context().project->model()));
        window.commands().trigger(QStringLiteral("prompt.tokens"));
        QVERIFY(!window.findChild<TokenGrid*>());
    }
};

QTEST_MAIN(tst_token_grid)
#include "tst_token_grid.moc"
