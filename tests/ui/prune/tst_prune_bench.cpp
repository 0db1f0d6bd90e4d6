// SPDX-License-Identifier: GPL-3.0-or-later
// What the pruning bench concludes from results, and what it writes about them; no engine at work.
#include <QImage>
#include <QPainter>
#include <QSignalSpy>
#include <QTest>
#include <cmath>

#include "engine/session/jobs/pruning.h"
#include "ui/export/figure.h"
#include "ui/prune/prune_curve.h"
#include "ui/prune/prune_heads_model.h"
#include "ui/state/intervention_text.h"
#include "ui/state/project.h"

using namespace hs;
using namespace hs::ui;

namespace {

ModelConfig smallConfig()
{
    ModelConfig c;
    c.nLayers = 2;
    c.nHeads = c.nKvHeads = 2;
    c.dModel = 8;
    c.dHead = 4;
    c.dMlp = 16;
    c.dVocab = 16;
    c.nCtx = 8;
    return c;
}

std::shared_ptr<const Model> smallModel()
{
    Model::Parts parts;
    parts.config = smallConfig();
    return std::make_shared<Model>(std::move(parts));
}

ImportanceTablePtr table(std::vector<double> values, bool complete = true)
{
    auto t = std::make_shared<ImportanceTable>();
    t->kind = ImportanceKind::AblationZero;
    t->complete = complete;
    for (int i = 0; i < int(values.size()); ++i) {
        ImportanceEntry e;
        e.head = {i / 2, i % 2};
        e.value = values[std::size_t(i)];
        e.known = true;
        t->heads.push_back(e);
    }
    return t;
}

SetEffect effect(std::vector<HeadId> heads, double change)
{
    SetEffect e;
    e.heads = std::move(heads);
    e.loss = 3.0;
    e.change = change;
    e.interval = Interval{change - 0.1, change + 0.1};
    return e;
}

/// Greedy goes L0H0, L0H1, L1H0, L1H1 with losses 3, 2.9, 3.1, 3.5, 4; three random orders around 3.2 to 4.
PruningCurvePtr curve()
{
    auto c = std::make_shared<PruningCurve>();
    c->layers = 2;
    c->heads = 4;
    c->complete = true;
    const auto series = [&](OrderKind kind, std::uint64_t seed, std::vector<double> losses) {
        PruningSeries s;
        s.order = kind;
        s.seed = seed;
        s.complete = true;
        s.cut = {{0, 0}, {0, 1}, {1, 0}, {1, 1}};
        for (int i = 0; i < int(losses.size()); ++i) {
            PruningPoint p;
            p.step = i;
            p.headsLeft = 4 - i;
            p.loss = losses[std::size_t(i)];
            s.points.push_back(p);
        }
        c->series.push_back(s);
    };
    series(OrderKind::Greedy, 0, {3, 2.9, 3.1, 3.5, 4});
    series(OrderKind::Score, 0, {3, 3.0, 3.3, 3.6, 4});
    for (int seed = 0; seed < 3; ++seed)
        series(OrderKind::Random, std::uint64_t(seed + 1), {3, 3.2 + 0.1 * seed, 3.4 + 0.1 * seed, 3.7 + 0.1 * seed, 4});
    return c;
}

struct Bench {
    Project project;
    PruneBench bench{&project};
    Bench() { project.setModel(smallModel()); }
};

}  // namespace

class tst_prune_bench : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void cutsKeepTheirOrderAndOneGestureIsOneStep()
    {
        Bench b;
        const int gesture = b.project.newGesture();
        b.project.setOffHeads({{1, 0}}, QStringLiteral("a"), gesture);
        b.project.setOffHeads({{1, 0}, {0, 1}}, QStringLiteral("b"), gesture);
        b.project.setOffHeads({{1, 0}, {0, 1}, {0, 0}}, QStringLiteral("c"), gesture);
        QCOMPARE(b.bench.cuts(), (std::vector<HeadId>{{1, 0}, {0, 1}, {0, 0}}));
        QCOMPARE(b.project.undo().count(), 1);
        b.project.undo().undo();
        QVERIFY(b.bench.cuts().empty());
        b.project.undo().redo();
        QCOMPARE(b.bench.cuts().size(), std::size_t(3));
        // Another gesture is another step; other interventions stay.
        Interventions list = b.project.interventions();
        list.push_back(scaleHead({1, 1}, 0.5f));
        b.project.changeInterventions(list, QStringLiteral("scale"));
        b.project.setOffHeads({}, QStringLiteral("all on"), b.project.newGesture());
        QCOMPARE(b.project.interventions().size(), std::size_t(1));
        QCOMPARE(b.project.interventions().front().kind, InterventionKind::ScaleHead);
        QCOMPARE(b.project.undo().count(), 3);
    }

    void stepsAreDifferencesOfTotals()
    {
        Bench b;
        b.project.setOffHeads({{0, 1}, {1, 0}}, QStringLiteral("x"));
        QCOMPARE(b.bench.missingSets().size(), std::size_t(2));
        b.bench.addSets({effect({{0, 1}}, -0.05), effect({{1, 0}, {0, 1}}, 0.02)});  // any order within a set
        QVERIFY(b.bench.missingSets().empty());
        const auto rows = b.bench.rows();
        QCOMPARE(rows.size(), std::size_t(2));
        QVERIFY(std::abs(*rows[0].step + 0.05) < 1e-12);
        QVERIFY(std::abs(*rows[1].step - 0.07) < 1e-12);
        QVERIFY(std::abs(*rows[1].total - 0.02) < 1e-12);
        QCOMPARE(*b.bench.textLoss(), 3.0);
        QVERIFY(std::abs(*b.bench.textChange() - 0.02) < 1e-12);
        // Another order: its first step is not known, the total of both is.
        b.project.setOffHeads({{1, 0}, {0, 1}}, QStringLiteral("y"));
        const auto other = b.bench.rows();
        QVERIFY(!other[0].total);
        QVERIFY(other[1].total);
        QVERIFY(!other[1].step);
        QCOMPARE(b.bench.missingSets().size(), std::size_t(1));
    }

    void nextBestWaitsForEveryHead()
    {
        Bench b;
        b.bench.setAlone(table({0.3, -0.2, 0.1, 0.4}, false));
        QVERIFY(!b.bench.nextBest());
        b.bench.setAlone(table({0.3, -0.2, 0.1, 0.4}));
        QCOMPARE(b.bench.nextBest()->head, (HeadId{0, 1}));
        b.project.switchHead({0, 1}, true);
        QVERIFY(!b.bench.nextBest());  // effects of before do not count
        b.bench.setNext({{0, 1}}, table({0.3, -9, 0.1, 0.05}));
        QCOMPARE(b.bench.nextBest()->head, (HeadId{1, 1}));  // not the one that is off
        QCOMPARE(b.bench.nextBest()->change, 0.05);
    }

    void otherSettingsForgetWhatWasMeasured()
    {
        Bench b;
        b.bench.setAlone(table({1, 2, 3, 4}));
        b.bench.setCurve(curve());
        PruneSettings s = b.bench.settings();
        s.ablation = AblationKind::Mean;
        b.bench.setSettings(s);
        QVERIFY(!b.bench.alone());
        QVERIFY(!b.bench.curve());
        QVERIFY(b.bench.scores().empty());
    }

    void chanceIsReadAtTheSameNumberOfHeads()
    {
        Bench b;
        b.bench.setCurve(curve());
        b.bench.addSets({effect({{0, 0}, {0, 1}}, 0.1)});
        b.project.setOffHeads({{0, 0}, {0, 1}}, QStringLiteral("x"));
        const auto rows = chanceRows(b.bench);
        QCOMPARE(rows.size(), std::size_t(5));
        QVERIFY(rows[0].strong);
        QVERIFY(std::abs(rows[0].loss - 3.1) < 1e-12);
        QCOMPARE(rows[1].loss, 3.1);                    // greedy
        QCOMPARE(rows[2].loss, 3.3);                    // by effect
        QVERIFY(std::abs(rows[3].loss - 3.5) < 1e-12);  // median of 3.4, 3.5, 3.6
        QVERIFY(rows[4].loss < rows[3].loss);
    }

    void textAndPromptThatDisagree_data()
    {
        QTest::addColumn<double>("text");
        QTest::addColumn<double>("prompt");
        QTest::addColumn<QString>("says");
        QTest::newRow("text easier, prompt harder") << -0.05 << 0.2 << QStringLiteral("got easier, this prompt got harder");
        QTest::newRow("text harder, prompt easier") << 0.05 << -0.2 << QStringLiteral("got harder, this prompt got easier");
        QTest::newRow("both harder") << 0.05 << 0.2 << QString();
        QTest::newRow("a change too small to speak of") << -0.0005 << 0.2 << QString();
    }

    void textAndPromptThatDisagree()
    {
        QFETCH(double, text);
        QFETCH(double, prompt);
        QFETCH(QString, says);
        Bench b;
        b.project.setOffHeads({{0, 1}}, QStringLiteral("x"));
        b.bench.addSets({effect({{0, 1}}, text)});
        QVERIFY(disagreement(b.bench).isEmpty());  // the prompt is not known yet
        auto base = std::make_shared<Run>(), run = std::make_shared<Run>();
        base->loss = 2.0;
        run->loss = 2.0 + prompt;
        LiveSwitchResult live;
        live.base = base;
        live.run = run;
        live.cut = {{0, 1}};
        b.bench.setLive(live);
        const QString words = disagreement(b.bench);
        QVERIFY2(says.isEmpty() ? words.isEmpty() : words.contains(says), qPrintable(words));
    }

    void curveGivesTotalsUntilTheyAreMeasured()
    {
        Bench b;
        b.bench.setCurve(curve());
        b.project.setOffHeads({{0, 0}, {0, 1}}, QStringLiteral("x"));
        auto rows = b.bench.rows();
        QVERIFY(rows[1].total && std::abs(*rows[1].total - 0.1) < 1e-12);  // 3.1 of the greedy order, not of the random ones
        QVERIFY(!rows[1].totalInterval);
        QCOMPARE(b.bench.missingSets().size(), std::size_t(2));  // their intervals are still to be measured
        b.bench.addSets({effect({{0, 0}, {0, 1}}, 0.11)});
        rows = b.bench.rows();
        QVERIFY(rows[1].totalInterval && std::abs(*rows[1].total - 0.11) < 1e-12);
    }

    void curveLinesAndCsv()
    {
        Bench b;
        b.bench.setCurve(curve());
        const PruneCurveLines lines = pruneCurveLines(b.bench);
        QCOMPARE(lines.heads, 4);
        QCOMPARE(lines.allOn, 3.0);
        QCOMPARE(valueAt(lines.greedy, 1), 2.9);
        QVERIFY(std::isnan(valueAt(lines.greedy, 1.5)));
        QCOMPARE(lines.seeds, 3);
        const CurveRange range = curveRange(lines);
        QVERIFY(range.low <= 2.9 && range.high >= 4.0);
        const auto drawing = curveDrawing(b.bench, lines);
        QCOMPARE(drawing->table.front().mid(0, 9),
                 QStringLiteral("step heads_left order seed loss accuracy kl lo hi").split(QLatin1Char(' ')));
        QCOMPARE(drawing->table.size(), std::size_t(1 + 5 * 5));
        QCOMPARE(drawing->table[2][4], QStringLiteral("2.9"));
        QCOMPARE(drawing->table[2].last(), QStringLiteral("L0H0"));
        QVERIFY(!drawing->facts.isEmpty());
        // The picture has ink in both themes.
        for (const bool dark : {false, true}) {
            QImage image(600, 400, QImage::Format_RGB32);
            const QRgb paper = dark ? qRgb(21, 24, 28) : qRgb(255, 255, 255);
            image.fill(paper);
            QPainter painter(&image);
            drawing->paint(painter, QRectF(0, 0, 600, 400), dark);
            painter.end();
            int inked = 0;
            for (int y = 0; y < 400; ++y)
                for (int x = 0; x < 600; ++x) inked += image.pixel(x, y) != paper;
            QVERIFY(inked > 3000);
        }
    }

    void figureFillsItsPaper()
    {
        Bench b;
        b.bench.setCurve(curve());
        FigureSpec spec;
        spec.kind = FigureKind::Drawing;
        spec.drawing = curveDrawing(b.bench, pruneCurveLines(b.bench));
        const QSizeF size = measureFigure(spec, {}).sizeMm;
        QCOMPARE(size.width(), spec.widthMm);
        constexpr int perMm = 8;
        QImage image(int(size.width() * perMm), int(size.height() * perMm), QImage::Format_RGB32);
        image.fill(Qt::white);
        QPainter painter(&image);
        painter.scale(perMm, perMm);
        paintFigure(painter, spec, {});
        painter.end();
        // Ink in every ninth of the paper: the picture is as large as the figure.
        for (int row = 0; row < 3; ++row)
            for (int column = 0; column < 3; ++column) {
                int inked = 0;
                for (int y = row * image.height() / 3; y < (row + 1) * image.height() / 3; ++y)
                    for (int x = column * image.width() / 3; x < (column + 1) * image.width() / 3; ++x)
                        inked += image.pixel(x, y) != qRgb(255, 255, 255);
                QVERIFY2(inked > 50, qPrintable(QStringLiteral("%1, %2: %3").arg(row).arg(column).arg(inked)));
            }
    }

    void factsTellWhenBothTextsAreTheSame()
    {
        Bench b;
        const auto warned = [&] { return pruneFacts(b.bench).join(QLatin1Char(' ')).contains(QStringLiteral("Both texts are the same")); };
        QVERIFY(!warned());
        PruneSettings s = b.bench.settings();
        s.calibration = s.test;
        b.bench.setSettings(s);
        QVERIFY(warned());
    }

    void headsModelCorrelatesWithTheExactEffect()
    {
        Bench b;
        PruneHeadsModel model(&b.bench, nullptr, true);
        QCOMPARE(model.rowCount(), 4);
        b.bench.setAlone(table({1, 2, 3, 4}));
        auto gate = std::make_shared<ImportanceTable>(*table({4, 3, 2, 1}));
        gate->kind = ImportanceKind::Gate;
        b.bench.setScore(gate);
        QCOMPARE(model.correlation(ImportanceKind::Gate), -1.0);
        QVERIFY(std::isnan(model.correlation(ImportanceKind::Confidence)));
        QSignalSpy toggled(&model, &PruneHeadsModel::toggled);
        QVERIFY(model.setData(model.index(2, PruneHeadsModel::HeadColumn), Qt::Unchecked, Qt::CheckStateRole));
        QCOMPARE(toggled.size(), 1);
        QCOMPARE(toggled.front()[0].value<HeadId>(), (HeadId{1, 0}));
        QCOMPARE(toggled.front()[1].toBool(), true);
        b.project.switchHead({1, 0}, true);
        QCOMPARE(model.data(model.index(2, 0), Qt::CheckStateRole).toInt(), int(Qt::Unchecked));
    }

    void interventionsAsText_data()
    {
        QTest::addColumn<int>("kind");
        QTest::addColumn<double>("value");
        QTest::addColumn<QString>("details");
        QTest::addColumn<bool>("ok");
        const auto row = [](const char* name, InterventionKind kind, double value, const char* details, bool ok) {
            QTest::newRow(name) << int(kind) << value << QString::fromUtf8(details) << ok;
        };
        row("scale everywhere", InterventionKind::ScaleHead, 0.5, "", true);
        row("scale some", InterventionKind::ScaleHead, 0.5, "1, 3-4", true);
        row("token past the end", InterventionKind::ScaleHead, 0.5, "1, 6", false);
        row("add one number", InterventionKind::AddToHead, 0, "0.25", true);
        row("add nothing", InterventionKind::AddToHead, 0, "", false);
        row("add three of four", InterventionKind::AddToHead, 0, "1, 2, 3", false);
        row("add not numbers", InterventionKind::AddToHead, 0, "1, x", false);
        row("mean", InterventionKind::MeanHead, 0, "", true);
        row("edge", InterventionKind::KnockOutEdges, 0, "5>2, 3>3", true);
        row("edge to the future", InterventionKind::KnockOutEdges, 0, "2>5", false);
        row("no edge", InterventionKind::KnockOutEdges, 0, "", false);
        row("clamp", InterventionKind::ClampEdges, 0.7, "5>2", true);
        row("clamp above one", InterventionKind::ClampEdges, 1.2, "5>2", false);
        row("row to one key", InterventionKind::ForceRow, 0, "5: 2", true);
        row("row uniform", InterventionKind::ForceRow, 0, "3: uniform", true);
        row("row without keys", InterventionKind::ForceRow, 0, "3", false);
        row("row to the future", InterventionKind::ForceRow, 0, "3: 5", false);
    }

    void interventionsAsText()
    {
        QFETCH(int, kind);
        QFETCH(double, value);
        QFETCH(QString, details);
        QFETCH(bool, ok);
        const ModelConfig config = smallConfig();
        QString problem;
        const auto made = interventionFromText(static_cast<InterventionKind>(kind), {1, 1}, value, details, config, 6, &problem);
        QCOMPARE(made.has_value(), ok);
        QCOMPARE(problem.isEmpty(), ok);
        if (!ok) return;
        QVERIFY(checkInterventions({*made}, config, 6).ok());
        // What is shown for editing gives the same intervention back.
        const auto again =
            interventionFromText(made->kind, made->head, static_cast<double>(made->value), detailsText(*made), config, 6, &problem);
        QVERIFY(again.has_value());
        QCOMPARE(*again, *made);
        QVERIFY(!interventionSentence(*made).isEmpty());
    }

    void aReplacementNamesItsPlace()
    {
        QStringList seen;
        for (const Site site : {Site::ResidPre, Site::ResidMid, Site::ResidPost, Site::AttnOut, Site::MlpOut, Site::Z, Site::Q, Site::K,
                                Site::V, Site::Pattern}) {
            const QString sentence = interventionSentence(patchIn(site, {1, 1}, nullptr, {3}));
            QVERIFY2(sentence.startsWith(QString::fromLatin1(siteName(site)) + QStringLiteral(" (")),
                     qPrintable(sentence));  // the field's name, and what it is
            QVERIFY(sentence.contains(QStringLiteral("token 3")));
            seen << sentence;
        }
        QCOMPARE(seen.removeDuplicates(), 0);
    }
};

QTEST_MAIN(tst_prune_bench)
#include "tst_prune_bench.moc"
