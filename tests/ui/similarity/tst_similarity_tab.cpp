// SPDX-License-Identifier: GPL-3.0-or-later
// The Similarity tab as a user drives it, on the sample model and on small broken ones.
#include <QClipboard>
#include <QComboBox>
#include <QDoubleSpinBox>
#include <QFile>
#include <QGuiApplication>
#include <QLabel>
#include <QList>
#include <QPushButton>
#include <QSignalSpy>
#include <QSpinBox>
#include <QStringList>
#include <QTableView>
#include <QTableWidget>
#include <QTemporaryDir>
#include <QTest>
#include <QVariant>
#include <cmath>

#include "tests/support/paths.h"
#include "tests/support/random_model.h"
#include "tests/ui/similarity/similarity_bench.h"
#include "ui/kit/segment.h"
#include "ui/kit/state_panel.h"
#include "ui/similarity/groups_page.h"
#include "ui/similarity/head_weights_page.h"
#include "ui/similarity/identity_store.h"
#include "ui/similarity/matrix_view.h"
#include "ui/similarity/pair_card.h"
#include "ui/similarity/ranking_model.h"
#include "ui/similarity/ranking_page.h"
#include "ui/similarity/reference_page.h"
#include "ui/similarity/similarity_store.h"
#include "ui/similarity/similarity_tab.h"
#include "ui/similarity/similarity_words.h"
#include "ui/similarity/swap_store.h"
#include "ui/state/project.h"
#include "ui/state/selection.h"
#include "ui/state/view_settings.h"
#include "ui/theme/theme.h"

using namespace hs;
using namespace hs::ui;

namespace {

using Bench = test::SimilarityBench;
using test::cardText, test::fillHead, test::spoilt;

}  // namespace

class tst_similarity_tab : public QObject {
    Q_OBJECT
    std::shared_ptr<const Model> m_sample;

private Q_SLOTS:
    void initTestCase()
    {
        Theme::instance().apply(ThemeMode::Light);
        m_sample = test::sampleModel();
        QVERIFY(m_sample);
    }

    void pairByClickAndKeys()
    {
        Bench b(m_sample);
        b.choose(HeadMeasure::ProjectionKernel, "OK");
        QTRY_VERIFY_WITH_TIMEOUT(b.store.matrix() && b.store.matrix()->pairing == parseRolePair("OK"), 30000);
        const HeadMatrix& m = *b.store.matrix();
        Q_EMIT b.tab.matrixView()->chosen(0, int(m.cols.size()) - 1);
        QCOMPARE(b.selection.head(), (HeadId{0, 0}));
        const PairRank rank = pairRank(m, 0, int(m.cols.size()) - 1);
        const QString text = b.tab.pairCard()->text();
        QVERIFY2(text.contains(QStringLiteral("%1 of ").arg(rank.rank)), qPrintable(text));
        // Its angles sum to its Projection Kernel.
        QTRY_VERIFY_WITH_TIMEOUT(!b.tab.pairCard()->chart()->scene().empty(), 30000);
        double sum = 0;
        for (const double c : b.tab.pairCard()->chart()->scene().series.front().values) sum += c * c;
        QVERIFY2(std::abs(sum - m.value(0, m.cols.size() - 1)) < 1e-4, qPrintable(QString::number(sum)));
        // The next cell by key; the card follows.
        QTest::keyClick(b.tab.matrixView(), Qt::Key_Left);
        QVERIFY(b.tab.pairCard()->text() != text);
        b.tab.pairCard()->findChild<QPushButton*>()->click();
        QCOMPARE(QGuiApplication::clipboard()->text(), b.tab.pairCard()->text());
        // Backwards there is no number, and it says why.
        Q_EMIT b.tab.matrixView()->chosen(int(m.rows.size()) - 1, 0);
        QVERIFY2(cardText(b.tab).contains(QLatin1String("earlier layer")), qPrintable(cardText(b.tab)));
        QVERIFY(b.tab.pairCard()->chart()->isHidden());
        QVERIFY2(!b.tab.pairCard()->text().contains(QLatin1String("cos")), qPrintable(b.tab.pairCard()->text()));
    }

    void randomSubspaces()
    {
        Bench b(m_sample);
        b.tab.setPage(SimilarityTab::ReferencePageIndex);
        ReferencePage& page = *b.tab.reference();
        QTRY_VERIFY_WITH_TIMEOUT(page.store()->report() != nullptr, 60000);
        QCOMPARE(page.table()->scene().cells.size(), std::size_t(16));
        const auto report = page.store()->report();
        for (int i = 0; i < 16; ++i)
            QCOMPARE(page.table()->scene().cells[std::size_t(i)].value, report->pairings[std::size_t(i)].informativeness);
        QTest::mouseClick(page.table(), Qt::LeftButton, {}, page.table()->cellRect(1).center().toPoint());
        QCOMPARE(rolePairName(page.pairing()), std::string("QK"));
        QCOMPARE(page.chart()->scene().mean, referenceOf(report.get(), *parseRolePair("QK"))->mean);
        QVERIFY(b.store.settings().pairing == *parseRolePair("OO"));  // looking here recomputes nothing else
        // Another bin width: another report.
        page.binWidth()->setValue(0.1);
        QTRY_VERIFY_WITH_TIMEOUT(page.store()->report() && page.store()->report()->binWidth == 0.1, 60000);
        page.drawCount()->setValue(200);
        page.drawButton()->click();
        QTRY_VERIFY_WITH_TIMEOUT(page.store()->draws() != nullptr && !page.store()->drawJob()->busy(), 60000);
        const MonteCarlo& mc = *page.store()->draws();
        QCOMPARE(mc.draws, 200);
        QVERIFY(std::abs(mc.mean - mc.exact.mean) < 6 * mc.meanError);
        QVERIFY2(page.drawWords().contains(QStringLiteral("200")), qPrintable(page.drawWords()));
        const FigureSubject figure = b.tab.figureSubject();
        QVERIFY(figure.spec.drawing);
        QCOMPARE(figure.spec.drawing->table.size(), std::size_t(1 + 16 + 3));
        QCOMPARE(figure.spec.drawing->table[2].first(), QStringLiteral("QK"));
    }

    void oneHeadAlone()
    {
        Bench b(m_sample);
        b.selection.setHead({1, 1});
        b.tab.setPage(SimilarityTab::HeadPage);
        HeadWeightsPage& page = *b.tab.headPage();
        QTRY_VERIFY_WITH_TIMEOUT(!page.lines().empty(), 30000);
        const auto s = page.store()->spectra({1, 1}, WeightProcessing::Raw);
        QVERIFY(s && s->identity);
        QVERIFY(page.lines().front().second.contains(QString::number(std::abs(*s->identity), 'f', 4)));
        QVERIFY(!s->attentionDiagonal);  // nothing has run yet, and it says so
        QVERIFY(page.lines()[1].second.contains(QLatin1String("n/a")));
        QCOMPARE(page.chart()->scene().series.size(), std::size_t(2));
        QCOMPARE(page.chart()->scene().series.front().values.front(), 1.0);
        QCOMPARE(page.directions()->rowCount(), 2 * kDirections);
        QVERIFY(page.directionWords().contains(QLatin1String("sign")));
        QTRY_VERIFY_WITH_TIMEOUT(!page.circle()->scene().heads.empty(), 30000);
        const HeadId near = page.circle()->scene().heads.front().head;
        Q_EMIT page.circle()->chosen(near);
        QCOMPARE(b.selection.head(), near);
        QTRY_VERIFY_WITH_TIMEOUT(page.store()->spectra(near, WeightProcessing::Raw) != nullptr, 30000);
        // With a prompt the diagonal of its attention is there.
        b.run("Once upon a time there was a fox.");
        QTRY_VERIFY_WITH_TIMEOUT(b.ran(), 30000);
        QTRY_VERIFY_WITH_TIMEOUT(page.store()->spectra(near, WeightProcessing::Raw)
                                     && page.store()->spectra(near, WeightProcessing::Raw)->attentionDiagonal.has_value(),
                                 30000);
        QVERIFY(b.tab.figureSubject().spec.drawing);
    }

    void groupsAndSwap()
    {
        Bench b(m_sample);
        b.run("The fox met the bear, and the bear met the fox.");
        QTRY_VERIFY_WITH_TIMEOUT(b.ran(), 30000);
        b.tab.setPage(SimilarityTab::GroupPage);
        QTRY_VERIFY_WITH_TIMEOUT(b.store.clusters() != nullptr, 30000);
        GroupsPage& page = *b.tab.groups();
        const int heads = int(b.store.clusters()->items.size());
        page.count()->setValue(heads - 2);
        QTRY_COMPARE_WITH_TIMEOUT(int(b.store.clusters()->groups.size()), heads - 2, 30000);
        QCOMPARE(clustersAt(*page.tree()->scene().tree, page.tree()->scene().cut), heads - 2);
        QCOMPARE(page.silhouettes()->scene().marked + page.silhouettes()->scene().first, heads - 2);
        // One more group by key in the tree.
        QTest::keyClick(page.tree(), Qt::Key_Right);
        QTRY_COMPARE_WITH_TIMEOUT(int(b.store.clusters()->groups.size()), heads - 1, 30000);
        QCOMPARE(page.table()->rowCount(), 3);  // heading, the head that stands for two, the other
        QVERIFY2(page.swapButton()->isEnabled(), qPrintable(page.swapButton()->toolTip()));
        page.swapButton()->click();
        QTRY_VERIFY_WITH_TIMEOUT(!page.swaps()->job()->busy() && !page.table()->item(2, 3)->text().isEmpty(), 60000);
        QVERIFY2(page.table()->item(2, 3)->text().contains(QLatin1String("one document")), qPrintable(page.table()->item(2, 3)->text()));
        const FigureSubject figure = b.tab.figureSubject();
        QVERIFY(figure.spec.drawing);
        QCOMPARE(int(figure.spec.drawing->table.size()), heads + 1);
        // Text chosen for the swap test does not throw away what weights say.
        const auto matrix = b.store.matrix();
        SimilaritySettings s = b.store.settings();
        s.corpusPaths = {test::sourcePath("README.md")};
        b.store.setSettings(s);
        QCOMPARE(b.store.matrix(), matrix);
    }

    void stoppedSwapTestKeepsWhatItHas()
    {
        Bench b(m_sample);
        QTemporaryDir folder;
        QFile file(folder.filePath(QStringLiteral("long.txt")));
        QVERIFY(file.open(QIODevice::WriteOnly));
        for (int i = 0; i < 400; ++i)
            file.write(QStringLiteral("The fox met the bear number %1, and the bear met the fox near the old tree by the river.\n\n")
                           .arg(i)
                           .toUtf8());
        file.close();
        SimilaritySettings s = b.store.settings();
        s.corpusPaths = {file.fileName().toStdString()};
        b.store.setSettings(s);
        b.tab.setPage(SimilarityTab::RankingPageIndex);
        RankingPage& page = *b.tab.ranking();
        QTRY_VERIFY_WITH_TIMEOUT(page.swapButton()->isEnabled(), 60000);
        SwapStore& swaps = *b.tab.groups()->swaps();
        page.swapButton()->click();
        QTRY_VERIFY_WITH_TIMEOUT(swaps.measured() > 0, 60000);  // numbers come while it runs
        QVERIFY(swaps.job()->busy());
        page.swapButton()->click();
        QTRY_VERIFY_WITH_TIMEOUT(!swaps.job()->busy(), 5000);
        const auto tested = [&page] {
            int n = 0;
            for (const RankingRow& row : page.model()->rows()) n += row.swap.has_value();
            return n;
        };
        QTRY_COMPARE(tested(), swaps.measured());
        QVERIFY(tested() > 0);
        for (const RankingRow& row : page.model()->rows())
            if (row.swap) {
                QVERIFY(row.partial);
                QCOMPARE(int(row.swap->change.size()), swaps.documents());
                const int at = page.model()->rowOf(row.head);
                QVERIFY(page.model()->index(at, RankingModel::VerdictColumn).data().toString().startsWith(QStringLiteral("partial")));
                QCOMPARE(page.model()->index(at, RankingModel::DocumentsColumn).data().toString(), QString::number(swaps.documents()));
            }
        QVERIFY2(swapStopped(swaps).contains(QStringLiteral("Partial results stay")), qPrintable(swapStopped(swaps)));
    }

    void headsInOrder()
    {
        Bench b(m_sample);
        b.run("The fox met the bear, and the bear met the fox.");
        QTRY_VERIFY_WITH_TIMEOUT(b.ran(), 30000);
        b.tab.setPage(SimilarityTab::RankingPageIndex);
        RankingPage& page = *b.tab.ranking();
        const int heads = int(page.model()->rows().size());
        QCOMPARE(heads, m_sample->config().nLayers * m_sample->config().heads(0));
        QTRY_COMPARE_WITH_TIMEOUT(page.store()->known(), heads, 60000);
        QVERIFY(page.store()->queries() > 5);
        QTRY_VERIFY(page.words().contains(QString::number(page.store()->queries())));  // the number of samples
        const auto shown = [&page](int column) {
            std::vector<QVariant> out;
            const auto* sorted = page.table()->model();
            for (int i = 0; i < sorted->rowCount(); ++i) out.push_back(sorted->index(i, column).data(RankingModel::SortRole));
            return out;
        };
        const auto falling = [](const std::vector<QVariant>& v) {
            return std::is_sorted(v.begin(), v.end(), [](const QVariant& a, const QVariant& c) { return a.toDouble() > c.toDouble(); });
        };
        QTRY_VERIFY(shown(RankingModel::SelfColumn).back().isValid());
        QVERIFY(falling(shown(RankingModel::SelfColumn)));
        QVERIFY(shown(RankingModel::SelfColumn).front().toDouble() > shown(RankingModel::SelfColumn).back().toDouble());
        // The score of the Head page, for the head on top.
        const auto top = page.table()->model()->index(0, 0).data(RankingModel::HeadRole).toInt();
        const HeadId best = page.model()->rows()[std::size_t(top)].head;
        QCOMPARE(*page.model()->rows()[std::size_t(top)].spectra->attentionDiagonal, *attentionDiagonal(*b.project.current()->run, best));
        page.table()->sortByColumn(RankingModel::IdentityColumn, Qt::DescendingOrder);
        QVERIFY(falling(shown(RankingModel::IdentityColumn)));
        QVERIFY(page.orderBox()->currentText().contains(QStringLiteral("OV identity")));

        // Replaceable heads first; what was not tested comes last in either order.
        QTRY_VERIFY_WITH_TIMEOUT(page.swapButton()->isEnabled(), 30000);
        b.tab.groups()->swaps()->start({{{0, 1}, {0, 2}, SwapKind::Pattern},
                                        {{1, 0}, {0, 0}, SwapKind::Pattern},
                                        {{2, 2}, {0, 3}, SwapKind::Pattern}},
                                       b.store.text(), b.store.textName());
        QTRY_VERIFY_WITH_TIMEOUT(!b.tab.groups()->swaps()->job()->busy() && b.tab.groups()->swaps()->measured() == 3, 60000);
        for (const Qt::SortOrder order : {Qt::AscendingOrder, Qt::DescendingOrder}) {
            page.table()->sortByColumn(RankingModel::LossColumn, order);
            QTRY_VERIFY(shown(RankingModel::LossColumn)[2].isValid());
            const auto loss = shown(RankingModel::LossColumn);
            for (int i = 3; i < heads; ++i) QVERIFY(!loss[std::size_t(i)].isValid());
            for (int i = 1; i < 3; ++i) {
                const double before = loss[std::size_t(i - 1)].toDouble(), now = loss[std::size_t(i)].toDouble();
                QVERIFY(order == Qt::AscendingOrder ? before <= now : before >= now);
            }
        }
        const int row = page.model()->rowOf({1, 0});
        QVERIFY(!page.model()->rows()[std::size_t(row)].partial);  // the one document was read whole
        QCOMPARE(page.model()->index(row, RankingModel::ReplacementColumn).data().toString(), QStringLiteral("L0H0"));
        QCOMPARE(page.model()->index(row, RankingModel::DocumentsColumn).data().toString(), QStringLiteral("1"));
        const FigureSubject figure = b.tab.figureSubject();
        QVERIFY(figure.spec.drawing);
        QCOMPARE(int(figure.spec.drawing->table.size()), heads + 1);
        for (const QStringList& line : figure.spec.drawing->table) QCOMPARE(line.size(), figure.spec.drawing->table.front().size());

        // A row chosen is the window's head.
        page.table()->setCurrentIndex(page.table()->model()->index(2, 0));
        QCOMPARE(b.selection.head(),
                 page.model()->rows()[std::size_t(page.table()->model()->index(2, 0).data(RankingModel::HeadRole).toInt())].head);
    }

    void behaviourFollowsThePrompt()
    {
        Bench b(m_sample);
        b.choose(HeadMeasure::PatternDistance);
        QVERIFY2(b.state().contains(QLatin1String("run a prompt")), qPrintable(b.state()));
        b.run("The fox met the bear.");
        QTRY_VERIFY_WITH_TIMEOUT(b.ran() && b.store.matrix() && !b.store.busy(), 60000);
        const auto first = b.store.matrix();
        b.run("One two three four five six seven eight nine ten.");
        QTRY_VERIFY_WITH_TIMEOUT(b.store.matrix() && b.store.matrix() != first && !b.store.busy(), 60000);
        QVERIFY(b.store.matrix()->samples != first->samples || b.store.matrix()->values != first->values);
        b.tab.setPage(SimilarityTab::MapPage);
        QTRY_VERIFY_WITH_TIMEOUT(b.store.map() != nullptr, 30000);
        QCOMPARE(b.tab.mapView()->scene().points.size(), b.store.matrix()->rows.size());
    }

    void valuesIntoAFile()
    {
        Bench b(m_sample);
        QTRY_VERIFY_WITH_TIMEOUT(b.store.matrix() != nullptr, 30000);
        QTemporaryDir folder;
        const QString path = folder.filePath(QStringLiteral("m.csv"));
        b.tab.writeMatrix(path);
        QTRY_VERIFY_WITH_TIMEOUT(QFile::exists(path), 30000);
        QFile file(path);
        QVERIFY(file.open(QIODevice::ReadOnly));
        const QList<QByteArray> lines = file.readAll().trimmed().split('\n');
        QCOMPARE(int(lines.size()), int(b.store.matrix()->rows.size()) + 1);  // names of the targets above
        QCOMPARE(int(lines.back().split(',').size()), int(b.store.matrix()->cols.size()) + 1);
        b.tab.writeMatrix(folder.filePath(QStringLiteral("no/such/folder/m.csv")));
        QTRY_VERIFY_WITH_TIMEOUT(!b.tab.notice().isEmpty() && !b.tab.notice().contains(QLatin1String("Written")), 30000);
    }

    void figuresFillTheirPaper()
    {
        Bench b(m_sample);
        for (const SimilarityTab::Page page :
             {SimilarityTab::MatrixPage, SimilarityTab::MapPage, SimilarityTab::GroupPage, SimilarityTab::ReferencePageIndex,
              SimilarityTab::HeadPage, SimilarityTab::RankingPageIndex}) {
            b.tab.setPage(page);
            QTRY_VERIFY_WITH_TIMEOUT(b.store.clusters() && !b.store.busy() && (page != SimilarityTab::MapPage || b.store.map()), 30000);
            QTRY_VERIFY_WITH_TIMEOUT(b.tab.figureSubject().spec.drawing != nullptr, 60000);
            const FigureSpec spec = b.tab.figureSubject().spec;
            const QImage image = renderFigure(spec, FigureData{}, 100).convertToFormat(QImage::Format_RGB32);
            int ink[4] = {};  // dark pixels in each quarter of the height
            for (int y = 0; y < image.height(); ++y)
                for (int x = 0; x < image.width(); ++x) ink[std::min(3, 4 * y / image.height())] += qGray(image.pixel(x, y)) < 235;
            for (const int count : ink)
                QVERIFY2(count > 40,
                         qPrintable(QStringLiteral("page %1: %2 %3 %4 %5").arg(page).arg(ink[0]).arg(ink[1]).arg(ink[2]).arg(ink[3])));
        }
    }

    void brokenHeadsSayWhy_data()
    {
        QTest::addColumn<int>("kind");
        QTest::addColumn<QString>("words");
        QTest::newRow("zero") << 0 << QStringLiteral("zero");
        QTest::newRow("nan") << 1 << QStringLiteral("NaN");
        QTest::newRow("missing") << 2 << QStringLiteral("lacks");
    }
    void brokenHeadsSayWhy()
    {
        QFETCH(int, kind);
        QFETCH(QString, words);
        Bench b(spoilt([kind](std::vector<LayerWeights>& layers) {
            if (kind == 2) {
                layers[0].wV = MatrixF();
                return;
            }
            fillHead(layers[0].wV, 0, kind == 0 ? 0.0f : std::numeric_limits<float>::quiet_NaN());
        }));
        b.choose(HeadMeasure::ProjectionKernel, "VV");
        QTRY_VERIFY_WITH_TIMEOUT(b.store.matrix() != nullptr && b.store.matrix()->pairing == parseRolePair("VV"), 30000);
        Q_EMIT b.tab.matrixView()->chosen(0, 3);
        QVERIFY2(cardText(b.tab).contains(words), qPrintable(cardText(b.tab)));
        QTRY_VERIFY_WITH_TIMEOUT(b.tab.pairCard()->chart()->scene().absent.contains(words), 30000);
        b.selection.setHead({0, 0});
        b.tab.setPage(SimilarityTab::HeadPage);
        QTRY_VERIFY_WITH_TIMEOUT(!b.tab.headPage()->lines().empty(), 30000);
        QVERIFY2(b.tab.headPage()->lines().front().second.contains(words), qPrintable(b.tab.headPage()->lines().front().second));
        QVERIFY(b.tab.headPage()->circle()->scene().heads.empty());
        QVERIFY2(b.tab.headPage()->circle()->scene().absent.contains(words), qPrintable(b.tab.headPage()->circle()->scene().absent));
    }

    void oneLayerAndOneHead()
    {
        Bench b(spoilt([](std::vector<LayerWeights>&) {}, 1, 2));
        b.choose(HeadMeasure::ProjectionKernel, "OK");
        QTRY_VERIFY_WITH_TIMEOUT(b.state().contains(QLatin1String("one layer")), 30000);
        b.tab.setPage(SimilarityTab::ReferencePageIndex);
        QTRY_VERIFY_WITH_TIMEOUT(b.tab.reference()->store()->report() != nullptr, 30000);
        QVERIFY2(b.tab.reference()->numberWords().contains(QLatin1String("one layer")), qPrintable(b.tab.reference()->numberWords()));

        Bench single(spoilt([](std::vector<LayerWeights>&) {}, 1, 1));
        QTRY_VERIFY_WITH_TIMEOUT(single.state().contains(QLatin1String("one head")), 30000);
        single.tab.setPage(SimilarityTab::GroupPage);
        QVERIFY2(single.state().contains(QLatin1String("one head")), qPrintable(single.state()));
    }

    void cancelAndAgain()
    {
        // Large enough to be under way when the button is pressed.
        ModelConfig c = test::attentionOnly(12, 12);
        c.dModel = 384;
        c.dHead = 32;
        Model::Parts parts;
        parts.identity.name = "large";
        parts.config = c;
        parts.config.output = OutputKind::None;
        parts.missing = {Part::TokenEmbedding, Part::Unembedding};
        parts.source = std::make_shared<test::RandomSource>(c, test::RandomModelOptions{});
        Bench b(std::make_shared<const Model>(std::move(parts)));
        QTRY_VERIFY_WITH_TIMEOUT(b.store.matrix() != nullptr && b.store.clusters() != nullptr, 60000);
        b.tab.setPage(SimilarityTab::ReferencePageIndex);
        ReferencePage& page = *b.tab.reference();
        QVERIFY(page.store()->reportJob()->busy());
        page.store()->reportJob()->cancel();
        QTRY_VERIFY_WITH_TIMEOUT(!page.store()->reportJob()->busy(), 5000);
        QVERIFY(!page.store()->report());
        auto* state = page.findChild<StatePanel*>();
        QCOMPARE(state->content().buttons.size(), 1);
        Q_EMIT state->triggered(state->content().buttons.front().id);
        QTRY_VERIFY_WITH_TIMEOUT(page.store()->report() != nullptr, 120000);
        // Random weights lie where random subspaces lie.
        for (const PairingReference& p : page.store()->report()->pairings)
            QVERIFY2(std::abs(p.mean - p.nullMean) < 0.1 && p.informativeness < 0.2, qPrintable(QString::number(p.informativeness)));
        page.drawCount()->setValue(100000);
        page.drawButton()->click();
        QVERIFY(page.store()->drawJob()->busy());
        page.drawButton()->click();
        QTRY_VERIFY_WITH_TIMEOUT(!page.store()->drawJob()->busy(), 5000);
        QVERIFY(!page.store()->draws());
    }

    void nothingOpen()
    {
        Bench b(nullptr);
        QVERIFY2(b.state().contains(QLatin1String("model file")), qPrintable(b.state()));
        for (const SimilarityTab::Page page : {SimilarityTab::GroupPage, SimilarityTab::ReferencePageIndex, SimilarityTab::HeadPage})
            b.tab.setPage(page);
        QVERIFY(b.tab.headPage()->lines().empty());
        QVERIFY(!b.tab.headPage()->chart()->scene().absent.isEmpty());
    }
};

QTEST_MAIN(tst_similarity_tab)
#include "tst_similarity_tab.moc"
