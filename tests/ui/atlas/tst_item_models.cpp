// SPDX-License-Identifier: GPL-3.0-or-later
// Item models under Qt's own model tester, with a made-up source whose statistics are known.
#include <QAbstractItemModelTester>
#include <QHeaderView>
#include <QSignalSpy>
#include <QSortFilterProxyModel>
#include <QStyle>
#include <QTest>
#include <cmath>

#include "ui/atlas/heads_model.h"
#include "ui/atlas/heads_table.h"
#include "ui/atlas/repeat_scores.h"
#include "ui/kit/numbers.h"
#include "ui/shell/jobs_model.h"
#include "ui/shell/tensors_model.h"
#include "ui/state/head_losses.h"
#include "ui/state/selection.h"

using namespace hs;
using namespace hs::ui;

namespace {

/// L layers of H heads over n tokens; previousMass of head (l, h) is (l * H + h) / 100.
class FakeSource : public AttentionSource {
public:
    FakeSource(int layers, int heads, int n) : m_layers(layers), m_heads(heads), m_n(n), m_tokens(std::size_t(n)) {}
    int layers() const override { return m_layers; }
    int heads(int) const override { return m_heads; }
    int queries() const override { return m_n; }
    int keys() const override { return m_n; }
    Visibility visibility(int) const override { return MaskKind::Causal; }
    const std::vector<Token>& queryTokens() const override { return m_tokens; }
    const std::vector<Token>& keyTokens() const override { return m_tokens; }
    int readyLayers() const override { return ready; }
    bool has(MapKind kind) const override { return kind == MapKind::Weights; }
    Result<MatrixF> tile(HeadId, MapKind, int, int nq, int, int nk) const override { return MatrixF(nq, nk); }
    std::shared_ptr<const HeadStats> stats(HeadId head) const override
    {
        if (head.layer >= ready) return nullptr;
        auto s = std::make_shared<HeadStats>();
        s->previousMass = static_cast<float>(head.layer * m_heads + head.head) / 100;
        s->meanEntropy = 1.5f;
        return s;
    }
    int ready = 0;

private:
    int m_layers, m_heads, m_n;
    std::vector<Token> m_tokens;
};

std::vector<Token> tokens(std::initializer_list<int> ids)
{
    std::vector<Token> out;
    for (const int id : ids) {
        Token t;
        t.id = id;
        t.special = id == 0;
        out.push_back(t);
    }
    return out;
}

}  // namespace

class tst_item_models : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void heads()
    {
        HeadsModel model;
        QAbstractItemModelTester tester(&model, QAbstractItemModelTester::FailureReportingMode::QtTest);
        HeadLosses losses;
        model.setSources(&losses, nullptr);
        auto source = std::make_shared<FakeSource>(3, 4, 8);
        source->ready = 2;
        model.setHeads(source);
        QCOMPARE(model.rowCount(), 12);
        QCOMPARE(model.index(5, HeadsModel::HeadColumn).data().toString(), QStringLiteral("L1H1"));
        QCOMPARE(model.index(5, HeadsModel::ScoreColumn).data().toString(), QStringLiteral("0.05"));
        QCOMPARE(model.index(11, HeadsModel::ScoreColumn).data().toString(), QStringLiteral("–"));  // its layer is not ready
        model.setScore(ShownScore::Entropy);
        QCOMPARE(model.index(0, HeadsModel::ScoreColumn).data().toString(), QStringLiteral("1.50"));
        losses.set({1, 1}, -0.0123);
        model.refresh();
        QCOMPARE(model.index(5, HeadsModel::LossColumn).data().toString(), QStringLiteral("\u22120.012"));
        QCOMPARE(model.largestLoss(), 0.0123);
        losses.set({0, 0}, 0.0001);
        QCOMPARE(model.index(0, HeadsModel::LossColumn).data().toString(), QStringLiteral("+0.000"));
        model.setOff({HeadId{1, 1}});
        QVERIFY(model.index(5, HeadsModel::HeadColumn).data(HeadsModel::OffRole).toBool());
        QCOMPARE(model.rowOf({2, 3}), 11);
        QCOMPARE(model.rowOf({9, 9}), -1);
        model.setHeads(nullptr);
        QCOMPARE(model.rowCount(), 0);
    }

    /// In a narrow dock every title of the table is whole, in two lines if need be.
    void titlesAreWhole()
    {
        HeadsModel model;
        auto source = std::make_shared<FakeSource>(30, 9, 4);
        source->ready = 30;
        model.setHeads(source);
        Selection selection;
        ViewContext context;
        context.selection = &selection;
        HeadsTable table(&model, context);
        for (const int width : {270, 400, 270}) {
            for (const ShownScore score : {ShownScore::Previous, ShownScore::AfterRepeat}) {
                model.setScore(score);
                table.resize(width, 300);
                table.show();
                QCoreApplication::processEvents();
                const QHeaderView& header = *table.horizontalHeader();
                for (const int column : {HeadsModel::ScoreColumn, HeadsModel::LossColumn}) {
                    const bool arrow = column == header.sortIndicatorSection();
                    const int mark = arrow ? 0 : table.style()->pixelMetric(QStyle::PM_HeaderMarkSize, nullptr, &header);
                    const int needed = std::min(100, header.sectionSizeHint(column) - mark);
                    QVERIFY2(table.columnWidth(column) >= needed, qPrintable(QStringLiteral("%1 px: column %2 has %3, needs %4")
                                                                                 .arg(width)
                                                                                 .arg(column)
                                                                                 .arg(table.columnWidth(column))
                                                                                 .arg(needed)));
                }
                const int lines = width == 270 ? 2 : 1;
                QVERIFY(header.height() >= lines * header.fontMetrics().lineSpacing());
                QCOMPARE(model.headerData(HeadsModel::LossColumn, Qt::Horizontal, Qt::DisplayRole).toString().contains(QLatin1Char('\n')),
                         width == 270);
            }
        }
    }

    void headsSort()
    {
        HeadsModel model;
        auto source = std::make_shared<FakeSource>(2, 3, 4);
        source->ready = 2;
        model.setHeads(source);
        QSortFilterProxyModel sorted;
        QAbstractItemModelTester tester(&sorted, QAbstractItemModelTester::FailureReportingMode::QtTest);
        sorted.setSourceModel(&model);
        sorted.setSortRole(HeadsModel::SortRole);
        sorted.sort(HeadsModel::ScoreColumn, Qt::DescendingOrder);
        QCOMPARE(sorted.index(0, 0).data().toString(), QStringLiteral("L1H2"));
        QCOMPARE(sorted.index(5, 0).data().toString(), QStringLiteral("L0H0"));
    }

    void jobs()
    {
        JobsModel model;
        // What fails is said whoever asked, also what is too quick for a row.
        QStringList missed;
        connect(&model, &JobsModel::missed, this, [&missed](const QString& words) { missed << words; });
        JobStarted quick;
        quick.job = 77;
        quick.interactive = true;
        model.started(quick, QStringLiteral("Attention map"));
        QCOMPARE(model.rowCount(), 0);
        JobEnded broken;
        broken.job = 77;
        broken.state = JobState::Failed;
        broken.error = Error::of(ErrorCode::OutOfMemory);
        model.ended(broken);
        QCOMPARE(missed.size(), 1);
        QVERIFY2(missed.front().startsWith(QStringLiteral("Attention map: failed: ")), qPrintable(missed.front()));
        QAbstractItemModelTester tester(&model, QAbstractItemModelTester::FailureReportingMode::QtTest);
        JobStarted tile;
        tile.job = 1;
        tile.interactive = true;
        model.started(tile, QStringLiteral("Attention map"));
        QCOMPARE(model.rowCount(), 0);
        JobStarted run;
        run.job = 2;
        model.started(run, QStringLiteral("Run prompt"));
        QCOMPARE(model.running(), 1);
        JobProgress progress;
        progress.job = 2;
        progress.report = {Stage::Attention, 2, 5};
        progress.secondsLeft = 3.2;
        model.progressed(progress);
        QCOMPARE(model.index(0, 0).data(JobsModel::FractionRole).toDouble(), 0.4);
        QVERIFY(!model.summary().isEmpty());
        JobEnded end;
        end.job = 2;
        end.state = JobState::Cancelled;
        model.ended(end);
        QCOMPARE(model.running(), 0);
        end.job = 77;  // never heard of
        model.ended(end);
        for (JobId id = 10; id < 10 + 2 * JobsModel::kKept; ++id) {
            run.job = id;
            model.started(run, QStringLiteral("Run prompt"));
            end.job = id;
            end.state = JobState::Done;
            model.ended(end);
        }
        QVERIFY(model.rowCount() <= JobsModel::kKept + 1);
        model.clearFinished();
        QCOMPARE(model.rowCount(), 0);
    }

    void tensorsAndConfiguration()
    {
        Model::Parts parts;
        parts.config.nLayers = 2;
        parts.config.nHeads = parts.config.nKvHeads = 4;
        parts.config.dModel = 16;
        parts.config.dHead = 4;
        parts.config.dVocab = 10;
        parts.origins["n_heads"] = {Origin::Guess, "d_model / 64"};
        parts.tensors = {{"a.weight", {16, 48}, Dtype::F16, "layers/0/attn/W_Q"}, {"scalar", {}, Dtype::Int, ""}};
        const auto model = std::make_shared<const Model>(std::move(parts));
        TensorsModel tensors;
        QAbstractItemModelTester t1(&tensors, QAbstractItemModelTester::FailureReportingMode::QtTest);
        tensors.setModel(model);
        QCOMPARE(tensors.rowCount(), 2);
        QCOMPARE(tensors.index(0, TensorsModel::ShapeColumn).data().toString(), QStringLiteral("16 × 48"));
        QCOMPARE(tensors.index(0, TensorsModel::TypeColumn).data().toString(), QStringLiteral("fp16"));

        ConfigModel config;
        QAbstractItemModelTester t2(&config, QAbstractItemModelTester::FailureReportingMode::QtTest);
        config.setModel(model);
        int row = -1;
        for (int i = 0; i < config.rowCount(); ++i)
            if (config.index(i, 0).data().toString() == QLatin1String("n_heads")) row = i;
        QVERIFY(row >= 0);
        QVERIFY(config.index(row, 1).data(ConfigModel::GuessRole).toBool());
        QVERIFY(!config.setData(config.index(row, ConfigModel::ValueColumn), QStringLiteral("twelve"), Qt::EditRole));
        QVERIFY(!config.refused().isEmpty());
        QVERIFY(config.setData(config.index(row, ConfigModel::ValueColumn), QStringLiteral("8"), Qt::EditRole));
        QCOMPARE(config.edits().at("n_heads"), std::string("8"));
        QVERIFY(config.setData(config.index(row, ConfigModel::ValueColumn), QStringLiteral("4"), Qt::EditRole));
        QVERIFY(config.edits().empty());  // back to what the file says
    }

    void pairsOfRepeats()
    {
        // 0 is special; 5 comes at 1, 4, 6; 6 comes at 2 and 5.
        const auto pairs = repeatPairs(tokens({0, 5, 6, 7, 5, 6, 5, 0}));
        const std::vector<RepeatPair> expected{{4, 2}, {5, 3}, {6, 5}};
        QVERIFY(pairs == expected);
        QVERIFY(repeatPairs(tokens({1, 1})).empty());  // its follower is itself
        QVERIFY(repeatPairs({}).empty());
    }

    void scoreOfRepeats()
    {
        const auto pairs = repeatPairs(tokens({1, 2, 3, 1, 2}));  // (3, 1), (4, 2): distance 2
        MatrixF weights(5, 5);
        weights(3, 1) = 0.9f;
        weights(4, 2) = 0.7f;
        weights(2, 0) = 0.1f;  // the only other row that has distance 2
        const auto score = repeatScore(weights, pairs);
        QVERIFY(score.has_value());
        QVERIFY(std::abs(score->after - 0.8) < 1e-6);
        QVERIFY(std::abs(score->elsewhere - 0.1) < 1e-6);
        QVERIFY(score->best == (RepeatPair{3, 1}));
        QVERIFY(!repeatScore(weights, {}).has_value());
    }

    void numbers()
    {
        QCOMPARE(numberText(-0.0004, 3, true), QStringLiteral("+0.000"));  // no minus zero
        QCOMPARE(numberText(-1.5, 1), QStringLiteral("\u22121.5"));
        QCOMPARE(countText(1234567), QStringLiteral("1\u2009234\u2009567"));
        QCOMPARE(countText(12), QStringLiteral("12"));
    }
};

QTEST_MAIN(tst_item_models)
#include "tst_item_models.moc"
