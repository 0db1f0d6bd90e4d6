// SPDX-License-Identifier: GPL-3.0-or-later
// A model beside which an adapter lies: the window asks before it opens, and Compare shows both.
#include <QMessageBox>
#include <QPushButton>
#include <QStandardPaths>
#include <QTemporaryDir>
#include <QTest>

#include "tests/support/adapter_files.h"
#include "tests/support/random_model.h"
#include "tests/ui/sample_window.h"
#include "ui/compare/compare_tab.h"

using namespace hs;
using namespace hs::ui;

class tst_adapter_question : public QObject {
    Q_OBJECT

    QTemporaryDir m_folder;

    QString file() const { return m_folder.filePath(QStringLiteral("model.safetensors")); }
    static QMessageBox* question(const QWidget& window)
    {
        for (QMessageBox* box : window.findChildren<QMessageBox*>(QStringLiteral("adapterQuestion")))
            if (box->isVisible()) return box;
        return nullptr;
    }
    static void answer(const QWidget& window, const char* button)
    {
        QTRY_VERIFY_WITH_TIMEOUT(question(window), 30000);
        question(window)->findChild<QPushButton*>(QString::fromLatin1(button))->click();
    }

private Q_SLOTS:
    void initTestCase()
    {
        QStandardPaths::setTestModeEnabled(true);
        test::writeModelWithAdapter(m_folder.path());
    }
    void merged()
    {
        MainWindow window(test::freshOptions(file()));
        window.show();
        QTRY_VERIFY_WITH_TIMEOUT(question(window), 30000);
        QVERIFY(window.context().project->empty());
        QVERIFY(window.controller()->opening());
        answer(window, "mergeAdapter");
        QTRY_VERIFY_WITH_TIMEOUT(window.context().project->model() != nullptr, 30000);
        QVERIFY(!window.context().project->model()->identity().adapter.empty());
        // A project knows the answer.
        const ProjectFile project = window.snapshot();
        QCOMPARE(QString::fromStdString(project.adapter), m_folder.path());
        const auto read = projectFromJson(toJson(project));
        QVERIFY(read.ok());
        QCOMPARE(*read, project);
        MainWindow again(test::freshOptions({}));
        again.show();
        again.applyProject(project, {});
        QTRY_VERIFY_WITH_TIMEOUT(again.context().project->model() != nullptr, 30000);
        QCOMPARE(again.context().project->model()->identity().adapter, window.context().project->model()->identity().adapter);
        QVERIFY(!question(again));
    }
    void compared()
    {
        MainWindow window(test::freshOptions(file()));
        window.show();
        answer(window, "mergeAdapter");
        QTRY_VERIFY_WITH_TIMEOUT(window.context().project->model() != nullptr, 30000);
        window.controller()->setTextAndRun(QStringLiteral("1 2 3 4 5 6"));
        QTRY_VERIFY_WITH_TIMEOUT(test::runFinished(window), 30000);
        auto* compare = window.findChild<CompareTab*>();
        QVERIFY(compare);
        compare->setMode(CompareMode::Models);
        const auto missing = compare->sources()->state().missing;
        QVERIFY(missing);
        QCOMPARE(missing->buttons.last().id, QStringLiteral("alone"));
        // Any file with an adapter beside it is asked about here, too.
        compare->sources()->openModel(file());
        answer(window, "weightsAlone");
        QTRY_VERIFY_WITH_TIMEOUT(compare->sources()->state().b != nullptr, 30000);
        QVERIFY(compare->sources()->secondModel()->identity().adapter.empty());
        const auto state = compare->sources()->state();
        QVERIFY(!state.missing);
        QVERIFY(state.nameA != state.nameB);
        const HeadId changed{0, 0};  // the head that the adapter's factors reach
        const auto a = state.a->tile(changed, MapKind::Weights, 0, 6, 0, 6), b = state.b->tile(changed, MapKind::Weights, 0, 6, 0, 6);
        QVERIFY(a.ok() && b.ok());
        float apart = 0;
        for (int i = 0; i < 36; ++i) apart = std::max(apart, std::abs(a->data()[i] - b->data()[i]));
        QVERIFY(apart > 0);
    }
    void aloneAndBack()
    {
        MainWindow window(test::freshOptions(file()));
        window.show();
        answer(window, "weightsAlone");
        QTRY_VERIFY_WITH_TIMEOUT(window.context().project->model() != nullptr, 30000);
        QVERIFY(window.context().project->model()->identity().adapter.empty());
        QCOMPARE(window.snapshot().adapter, std::string("none"));
    }
    /// Nothing is opened, and what was open stays.
    void declined()
    {
        MainWindow window(test::sampleOptions());
        window.show();
        QTRY_VERIFY_WITH_TIMEOUT(test::runFinished(window), 30000);
        const auto model = window.context().project->model();
        window.openPath(file());
        QTRY_VERIFY_WITH_TIMEOUT(question(window), 30000);
        QTest::keyClick(question(window), Qt::Key_Escape);
        QTRY_VERIFY(!window.controller()->opening());
        QTRY_VERIFY(!question(window));
        QCOMPARE(window.context().project->model(), model);
    }
};

QTEST_MAIN(tst_adapter_question)
#include "tst_adapter_question.moc"
