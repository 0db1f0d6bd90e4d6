// SPDX-License-Identifier: GPL-3.0-or-later
// Questions that cannot be answered, and pictures that must not lie about what they answer, in the Cause tab of the real window.
#include <QComboBox>
#include <QDoubleSpinBox>
#include <QFile>
#include <QFileInfo>
#include <QJsonObject>
#include <QLabel>
#include <QLineEdit>
#include <QPushButton>
#include <QStandardPaths>
#include <QTableWidget>
#include <QTemporaryDir>
#include <QTest>
#include <algorithm>
#include <cmath>

#include "engine/analysis/causes/logit_attribution.h"
#include "engine/session/jobs/patching.h"
#include "tests/ui/sample_window.h"
#include "ui/cause/cause_edge_page.h"
#include "ui/cause/cause_flow_page.h"
#include "ui/cause/cause_logit_page.h"
#include "ui/cause/cause_patch_page.h"
#include "ui/cause/cause_question.h"
#include "ui/cause/cause_tab.h"
#include "ui/export/figure.h"
#include "ui/export/figure_jobs.h"
#include "ui/kit/grey_out.h"
#include "ui/kit/numbers.h"
#include "ui/kit/segment.h"
#include "ui/map/patch_view.h"
#include "ui/state/intervention_text.h"
#include "ui/state/selection.h"

using namespace hs;
using namespace hs::ui;

namespace {

constexpr int kPaths = 10;  // entry of the list of sites: direct paths only

}  // namespace

class tst_cause_tab : public QObject {
    Q_OBJECT
private:
    std::unique_ptr<MainWindow> m_window;
    CauseTab* m_tab = nullptr;

    void patch()
    {
        CausePatchPage& page = *m_tab->patching();
        QTRY_VERIFY_WITH_TIMEOUT(page.runButton()->isEnabled(), 30000);
        QTest::mouseClick(page.runButton(), Qt::LeftButton);
        QTRY_VERIFY_WITH_TIMEOUT(page.runButton()->isEnabled(), 60000);
    }

private Q_SLOTS:
    void initTestCase() { QStandardPaths::setTestModeEnabled(true); }
    void init()
    {
        StartOptions options = test::sampleOptions();
        options.head = HeadId{1, 1};  // else the window looks for one to show, and locks its pair whenever it has found it
        options.promptText = QStringLiteral("The fox met the bear, and the bear met the");
        m_window = std::make_unique<MainWindow>(options);
        m_window->show();
        QTRY_VERIFY_WITH_TIMEOUT(test::runFinished(*m_window), 60000);
        m_tab = test::shown<CauseTab>(*m_window);
        QVERIFY(m_tab);
        m_tab->setWay(CauseTab::Patching);
        m_tab->patching()->corruptField()->setText(QStringLiteral("The bear met the fox, and the bear met the"));
    }
    void cleanup()
    {
        m_window->close();
        m_window.reset();
    }

    void thePictureKeepsItsQuestion()
    {
        CausePatchPage& page = *m_tab->patching();
        QVERIFY(!page.map()->hint().isEmpty());
        auto* exporting = m_tab->findChild<QPushButton*>(QStringLiteral("causeExport"));
        QVERIFY(!exporting->isEnabled());  // an empty page is no figure
        patch();
        QVERIFY(page.facts().contains(QStringLiteral("32 of 32")));
        QVERIFY(exporting->isEnabled());
        const PatchCells before = page.map()->cells();
        // Another site is chosen, but not measured: what is shown and exported stays what was measured.
        page.site()->setCurrentIndex(page.site()->findData(int(Site::MlpOut)));
        QVERIFY(page.figureSubject().spec.drawing->title.contains(siteTitle(Site::Z)));
        page.site()->setCurrentIndex(page.site()->findData(int(Site::Z)));
        // A question that fails loses nothing.
        page.corruptField()->setText(QStringLiteral("The fox met the bear."));
        patch();
        QVERIFY2(page.problem().contains(QStringLiteral("do not align")), qPrintable(page.problem()));
        QCOMPARE(page.map()->cells().values, before.values);
        QVERIFY(page.figureSubject().promptB.contains(QStringLiteral("met the fox, and")));
    }

    void theQuestionFollowsTheLockedPlace()
    {
        m_tab->setWay(CauseTab::Logit);
        CauseLogitPage& page = *m_tab->logit();
        QTRY_VERIFY_WITH_TIMEOUT(!page.sumText().isEmpty(), 30000);
        const QString last = page.sumText();
        m_window->context().selection->lock(3, -1);
        QTRY_VERIFY_WITH_TIMEOUT(page.sumText() != last, 30000);
        m_window->context().selection->release();  // Esc: the last token again
        QTRY_COMPARE_WITH_TIMEOUT(page.sumText(), last, 30000);
    }

    void anEstimateStaysWhenTheRestIsCancelled()
    {
        CausePatchPage& page = *m_tab->patching();
        patch();
        PatchResult first = page.result().value();
        first.map = nullptr;
        first.complete = false;
        QVERIFY(first.estimate);
        page.setResult(first);  // what stands there when Cancel comes before the first exact layer
        QVERIFY(!page.map()->cells().empty());
        QVERIFY2(page.facts().contains(QStringLiteral("estimate")), qPrintable(page.facts()));
        QVERIFY(!page.facts().contains(QStringLiteral("32 of 32")));
    }

    void tokensWithoutTextHaveNames()
    {
        m_tab->setWay(CauseTab::Edges);
        CauseEdgePage& page = *m_tab->edges();
        const Token begin =
            m_window->context().project->current()->run->queryTokens().front();  // its own text is empty or no text of the language
        page.answer()->setText(QStringLiteral("#%1").arg(begin.id));
        Q_EMIT page.answer()->editingFinished();
        QTRY_VERIFY_WITH_TIMEOUT(page.facts().contains(QStringLiteral("Measured")), 30000);
        QTRY_VERIFY_WITH_TIMEOUT(page.facts().contains(QStringLiteral("<|endoftext|>")), 30000);
        QVERIFY(!page.facts().contains(QStringLiteral("“”")));
    }

    void noShareOfNothing()
    {
        CausePatchPage& page = *m_tab->patching();
        m_window->context().selection->lock(1, -1);  // before the prompts differ: both runs give the same number
        patch();
        auto* scale = page.findChild<Segment*>(QStringLiteral("patchScale"));
        QVERIFY(scale);
        const auto values = page.map()->cells().values;
        QTest::mouseClick(scale->button(1), Qt::LeftButton);
        QVERIFY2(page.problem().contains(QStringLiteral("share")), qPrintable(page.problem()));
        QCOMPARE(page.map()->cells().values, values);  // still in logits, nothing is divided by nothing
        QVERIFY(page.map()->cells().quantity.contains(QStringLiteral("logits")));
        QTest::mouseClick(scale->button(0), Qt::LeftButton);
        QVERIFY(page.problem().isEmpty());  // the refusal goes with the wish
    }

    void pathsToTheLogitsAndToAHead()
    {
        CausePatchPage& page = *m_tab->patching();
        page.site()->setCurrentIndex(kPaths);
        auto* receiver = page.findChild<QComboBox*>(QStringLiteral("pathReceiver"));
        QVERIFY(receiver && receiver->isVisible());
        patch();
        QVERIFY2(page.facts().contains(QStringLiteral("32 of 32")), qPrintable(page.facts()));
        QVERIFY2(page.facts().contains(QStringLiteral("clean")), qPrintable(page.facts()));
        QVERIFY(page.map()->cells().range() >= page.map()->cells().least && page.map()->cells().least > 0.001);
        // Shares of paths are the same numbers over the difference between both prompts.
        const std::vector<double> logits = page.map()->cells().values;
        auto* scale = page.findChild<Segment*>(QStringLiteral("patchScale"));
        QTest::mouseClick(scale->button(1), Qt::LeftButton);
        QVERIFY2(page.problem().isEmpty(), qPrintable(page.problem()));
        const std::vector<double> shares = page.map()->cells().values;
        std::size_t most = 0;
        for (std::size_t i = 0; i < logits.size(); ++i)
            if (std::abs(logits[i]) > std::abs(logits[most])) most = i;
        QVERIFY(std::abs(logits[most]) > 0.01);
        const double difference = logits[most] / shares[most];
        QVERIFY(std::abs(difference) >= 0.1);
        for (std::size_t i = 0; i < logits.size(); ++i) QVERIFY(std::abs(logits[i] - shares[i] * difference) < 1e-6);

        // No head stands before the first layer: said before anything runs.
        m_window->context().selection->setHead({0, 3});
        receiver->setCurrentIndex(1);
        QVERIFY(receiver->currentText().contains(QStringLiteral("L0H3")));
        QTest::mouseClick(page.runButton(), Qt::LeftButton);
        QVERIFY2(page.problem().contains(QStringLiteral("L0H3")), qPrintable(page.problem()));
        QCOMPARE(page.map()->cells().values, shares);
        // To a later head: senders of its own and later layers have no path, and are not shown as zero.
        m_window->context().selection->setHead({2, 1});
        patch();
        QVERIFY2(page.problem().isEmpty(), qPrintable(page.problem()));
        const PatchCells& cells = page.map()->cells();
        QVERIFY(std::isnan(cells.at(0, 0)) && std::isnan(cells.at(1, 0)));  // L3, L2
        QVERIFY(std::isfinite(cells.at(2, 0)) && std::isfinite(cells.at(3, 0)));
        QVERIFY(page.figureSubject().spec.drawing->title.contains(QStringLiteral("L2H1")));
    }

    /// The answer belongs to the tab: a page that shows the numbers of another one is grey and says so until it has computed its own.
    void numbersOfAnotherQuestionAreGrey()
    {
        CausePatchPage& page = *m_tab->patching();
        patch();
        QVERIFY(page.staleness().isEmpty() && !isGreyedOut(page.map()));
        m_tab->setWay(CauseTab::Logit);
        QCOMPARE(m_tab->logit()->answer(), page.answer());  // one field, on each page
        QVERIFY(page.answer()->isVisible());
        page.answer()->setText(QStringLiteral(" bear"));
        Q_EMIT page.answer()->editingFinished();
        QTRY_VERIFY_WITH_TIMEOUT(m_tab->logit()->findChild<QLabel*>(QStringLiteral("logitSum"))->isVisible(), 30000);
        QTRY_VERIFY_WITH_TIMEOUT(m_tab->logit()->staleness().isEmpty(), 30000);
        m_tab->setWay(CauseTab::Patching);
        QVERIFY(page.answer()->isVisible());
        const std::vector<double> before = page.map()->cells().values;
        QVERIFY(isGreyedOut(page.map()));
        QVERIFY2(page.staleness().contains(QStringLiteral("computed for “")), qPrintable(page.staleness()));
        QVERIFY(!page.staleness().contains(QStringLiteral("bear")));
        // Grey is seen: no colour is left in the map.
        const QImage grey = page.grab().toImage();
        const QPoint corner = page.map()->mapTo(&page, page.map()->cellRect(0, 0).topLeft().toPoint());
        for (int y = 0; y < 40; ++y)
            for (int x = 0; x < 40; ++x) {
                const QColor c = grey.pixelColor(corner + QPoint(x, y));
                QVERIFY2(std::abs(c.red() - c.blue()) < 12, qPrintable(c.name()));
            }
        patch();
        QVERIFY2(page.staleness().isEmpty() && !isGreyedOut(page.map()), qPrintable(page.staleness()));
        QVERIFY(page.map()->cells().values != before);
        QVERIFY2(page.facts().contains(QStringLiteral("bear")), qPrintable(page.facts()));
        // While it is typed, another corrupted prompt makes it grey as well, and its own text coloured again.
        const QString corrupt = page.corruptField()->text();
        page.corruptField()->setText(corrupt + QStringLiteral(" x"));
        QVERIFY(isGreyedOut(page.map()));
        QVERIFY2(page.staleness().contains(corrupt), qPrintable(page.staleness()));
        page.corruptField()->setText(corrupt);
        QVERIFY(!isGreyedOut(page.map()));
        // So does another place, and what it is compared with.
        m_window->context().selection->lock(3, -1);
        QVERIFY(isGreyedOut(page.map()));
        m_window->context().selection->release();
        QVERIFY(!isGreyedOut(page.map()));
        page.wrong()->setText(QStringLiteral(" fox"));
        QVERIFY(isGreyedOut(page.map()));
    }

    /// Beside the map of heads: the strongest of them with what they look at, in the engine's own numbers.
    void theStrongestHeadsAreListed()
    {
        m_tab->setWay(CauseTab::Logit);
        m_window->resize(1600, 1000);
        CauseLogitPage& page = *m_tab->logit();
        QTRY_VERIFY_WITH_TIMEOUT(page.list()->rowCount() == 16 && page.list()->isVisible(), 30000);
        const auto run = m_window->context().project->current()->run;
        const auto parts = logitAttribution(*run, {-1, topNext(*run, -1, 1).front().id, -1});
        QVERIFY(parts.ok());
        double before = 1e9;
        for (int r = 0; r < 16; ++r) {
            const auto head = parseHeadName(page.list()->item(r, 0)->text().toStdString());
            QVERIFY(head.has_value());
            const double adds = parts->heads[std::size_t(head->layer)][std::size_t(head->head)];
            QCOMPARE(page.list()->item(r, 1)->text(), numberText(adds, 3, true));
            QVERIFY(std::abs(adds) <= before);
            before = std::abs(adds);
            const auto row = run->tile(*head, MapKind::Weights, run->queries() - 1, 1, 0, run->keys());
            QVERIFY(row.ok());
            const float most = *std::max_element(row->row(0), row->row(0) + row->cols());
            if (most >= 0.05f)
                QVERIFY2(page.list()->item(r, 2)->text().contains(numberText(static_cast<double>(most), 2)),
                         qPrintable(page.list()->item(r, 2)->text()));
        }
        const auto second = parseHeadName(page.list()->item(1, 0)->text().toStdString());
        Q_EMIT page.list()->cellClicked(1, 0);
        QVERIFY(m_window->context().selection->head() == *second);
        page.setMode(1);
        QVERIFY(!page.list()->isVisible());
    }

    void theProjectKeepsTheQuestion()
    {
        m_tab->question()->answer()->setText(QStringLiteral(" bear"));
        m_tab->question()->wrong()->setText(QStringLiteral(" fox"));
        CausePatchPage& page = *m_tab->patching();
        page.site()->setCurrentIndex(page.site()->findData(int(Site::V)));
        auto* direction = page.findChild<Segment*>(QStringLiteral("patchDirection"));
        auto* scale = page.findChild<Segment*>(QStringLiteral("patchScale"));
        direction->setCurrent(1);
        scale->setCurrent(1);
        m_tab->logit()->setMode(1);
        m_tab->routes()->threshold()->setValue(0.1);
        QJsonObject state;
        m_tab->save(state);
        QJsonObject older;
        older[QStringLiteral("way")] = QStringLiteral("routes");  // all that a project of before says
        m_tab->restore(older);
        QVERIFY(m_tab->routes()->isVisible());
        QCOMPARE(m_tab->question()->answer()->text(), QStringLiteral(" bear"));

        m_tab->question()->restore({});
        page.site()->setCurrentIndex(kPaths);
        direction->setCurrent(0);
        scale->setCurrent(0);
        m_tab->logit()->setMode(0);
        m_tab->routes()->threshold()->setValue(0.04);
        m_tab->restore(state);
        QVERIFY(page.isVisible());
        QCOMPARE(page.corruptField()->text(), QStringLiteral("The bear met the fox, and the bear met the"));
        QCOMPARE(page.answer()->text(), QStringLiteral(" bear"));
        QCOMPARE(page.wrong()->text(), QStringLiteral(" fox"));
        QCOMPARE(page.site()->currentData().toInt(), int(Site::V));
        QCOMPARE(direction->current(), 1);
        QCOMPARE(scale->current(), 1);
        QCOMPARE(m_tab->logit()->mode()->current(), 1);
        QCOMPARE(m_tab->routes()->threshold()->value(), 0.1);
        QJsonObject again;
        m_tab->save(again);
        QCOMPARE(again, state);
    }

    void everyPageCanBeExported()
    {
        QTemporaryDir folder;
        patch();
        const std::pair<CauseTab::Way, CausePage*> pages[] = {{CauseTab::Logit, m_tab->logit()},
                                                              {CauseTab::Edges, m_tab->edges()},
                                                              {CauseTab::Patching, m_tab->patching()},
                                                              {CauseTab::Routes, m_tab->routes()}};
        for (const auto& [way, page] : pages) {
            m_tab->setWay(way);
            QTRY_VERIFY_WITH_TIMEOUT(!page->facts().isEmpty(), 30000);
            const FigureSubject subject = m_tab->figureSubject();
            QCOMPARE(subject.spec.kind, FigureKind::Drawing);
            FigureCollector collector(m_window->context().bridge);
            FigureData data;
            connect(&collector, &FigureCollector::ready, this, [&data](const FigureData& d) { data = d; });
            collector.start(subject.spec, nullptr, nullptr, {});
            QTRY_VERIFY(!data.table.empty());
            for (const FigureFormat format : {FigureFormat::Pdf, FigureFormat::Svg, FigureFormat::Png, FigureFormat::Csv}) {
                const QString path = folder.filePath(subject.spec.drawing->name + QLatin1Char('.') + extensionOf(format));
                const Status status = writeFigure(path, format, subject.spec, data);
                QVERIFY2(status.ok(), status.ok() ? "" : qPrintable(QString::fromStdString(status.error().item)));
                QVERIFY(QFileInfo(path).size() > 100);
            }
            QFile csv(folder.filePath(subject.spec.drawing->name + QStringLiteral(".csv")));
            QVERIFY(csv.open(QIODevice::ReadOnly));
            QCOMPARE(std::size_t(csv.readAll().count('\n')), data.table.size());
            // Numbers that are no map are not written as one.
            QVERIFY(!writeFigure(folder.filePath(QStringLiteral("none.npy")), FigureFormat::Npy, subject.spec, data).ok());
        }
    }

    void aWrongAnswerKeepsTheLastPicture()
    {
        m_tab->setWay(CauseTab::Edges);
        CauseEdgePage& page = *m_tab->edges();
        QTRY_VERIFY_WITH_TIMEOUT(!page.map()->cells().empty(), 30000);
        QTest::mouseClick(page.checkButton(), Qt::LeftButton);
        QTRY_COMPARE_WITH_TIMEOUT(page.exactCount(), 8, 30000);
        page.answer()->setText(QStringLiteral("#999999"));
        Q_EMIT page.answer()->editingFinished();
        QVERIFY2(page.problem().contains(QStringLiteral("#999999")), qPrintable(page.problem()));
        QVERIFY(!page.map()->cells().empty());
        QCOMPARE(page.exactCount(), 8);
        page.answer()->clear();
        Q_EMIT page.answer()->editingFinished();
        QVERIFY(page.problem().isEmpty());
    }
};

QTEST_MAIN(tst_cause_tab)
#include "tst_cause_tab.moc"
