// SPDX-License-Identifier: GPL-3.0-or-later
// Labels where they are shown: atlas, filter chips, heads table, head card.
#include <QSignalSpy>
#include <QSortFilterProxyModel>
#include <QTest>

#include "tests/support/label_report.h"
#include "tests/support/random_model.h"
#include "tests/ui/labels/label_bench.h"
#include "ui/atlas/atlas.h"
#include "ui/atlas/heads_model.h"
#include "ui/atlas/heads_table.h"
#include "ui/labels/example_rows.h"
#include "ui/labels/label_filter_bar.h"
#include "ui/labels/label_sections.h"
#include "ui/labels/label_store.h"
#include "ui/labels/label_words.h"
#include "ui/labels/null_bar.h"
#include "ui/state/project.h"
#include "ui/state/selection.h"
#include "ui/state/view_settings.h"
#include "ui/theme/theme.h"

using namespace hs;
using namespace hs::ui;

namespace {

using Bench = test::LabelBench;

LabelChip* chip(LabelFilterBar& bar, const QString& code)
{
    for (LabelChip* c : bar.chips())
        if (c->code() == code) return c;
    return nullptr;
}

QColor pixel(QWidget& widget, const QPoint& at) { return widget.grab().toImage().pixelColor(at); }

}  // namespace

class tst_label_views : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void atlasShowsTheFamilyUnderEachCell()
    {
        Bench b;
        AtlasView atlas(b.context);
        atlas.resize(280, 200);
        atlas.show();
        const auto strip = [&](HeadId head) { return atlas.cellRect(head).bottomLeft() + QPoint(3, 3); };
        QCOMPARE(pixel(*atlas.viewport(), strip({0, 0})), familyColour(LabelFamily::FixedPlace));
        QCOMPARE(pixel(*atlas.viewport(), strip({0, 1})), familyColour(LabelFamily::Copying));
        QCOMPARE(pixel(*atlas.viewport(), strip({0, 3})), ink(Ink::Paper));  // "–"
        // A candidate is hatched: both its colour's lines and paper lie under it.
        const QRect cell = atlas.cellRect({0, 2});
        const QImage image = atlas.viewport()->grab().toImage();
        int paper = 0, other = 0;
        for (int x = cell.left() + 2; x < cell.left() + 7; ++x)
            for (int y = cell.bottom() + 3; y < cell.bottom() + 11; ++y) (image.pixelColor(x, y) == ink(Ink::Paper) ? paper : other)++;
        QVERIFY(paper > 5 && other > 5);
        QVERIFY(atlas.sentence({0, 0}).contains(QStringLiteral("0.68")));
        QVERIFY(atlas.sentence({0, 2}).contains(QStringLiteral("candidate")));
        QVERIFY(atlas.headAtPoint(strip({0, 0})) == (HeadId{0, 0}));  // the strip belongs to its head
    }

    void unlabelledAtlasHasNoStrips()
    {
        Bench b(false);
        AtlasView atlas(b.context);
        atlas.resize(280, 200);
        const int before = atlas.preferredHeight();
        b.labels.setReport(b.model, test::sampleReport(), false);
        QVERIFY(atlas.preferredHeight() > before);
        b.labels.clearReport();
        QCOMPARE(atlas.preferredHeight(), before);
    }

    void chipsCountAndFilter()
    {
        Bench b;
        b.labels.setNote({1, 2}, {QStringLiteral("names"), {}});
        LabelFilterBar bar(b.context);
        bar.resize(280, 200);
        bar.show();
        QCOMPARE(int(bar.chips().size()), 11);  // all, Pr, Lo, Su, In, Si, Br, –, ?, attributes, yours
        QVERIFY(chip(bar, {})->isChecked());
        QVERIFY(chip(bar, QStringLiteral("Pr"))->accessibleName().contains(QStringLiteral("1")));
        QCOMPARE(chip(bar, QStringLiteral("Pr"))->number(), QStringLiteral("1 + 1"));  // L0H0, and L1H1 behind its sink
        QVERIFY2(chip(bar, QStringLiteral("Pr"))->toolTip().contains(QStringLiteral("L1H1")),
                 qPrintable(chip(bar, QStringLiteral("Pr"))->toolTip()));
        QCOMPARE(chip(bar, QStringLiteral("Si"))->number(), QStringLiteral("1"));
        QTest::mouseClick(chip(bar, QStringLiteral("Pr")), Qt::LeftButton);
        QCOMPARE(b.labels.filter(), QSet<QString>{QStringLiteral("Pr")});
        QVERIFY(!chip(bar, {})->isChecked() && chip(bar, QStringLiteral("Pr"))->isChecked());
        QTest::mouseClick(chip(bar, QStringLiteral("–")), Qt::LeftButton, Qt::ControlModifier);
        QTest::mouseClick(chip(bar, QStringLiteral("Si")), Qt::LeftButton);
        QCOMPARE(b.labels.filter(), QSet<QString>{QStringLiteral("Si")});
        chip(bar, QStringLiteral("Si"))->setFocus();
        QTest::keyClick(chip(bar, QStringLiteral("Si")), Qt::Key_Space);  // the same chip again lets all through
        QVERIFY(b.labels.filter().isEmpty());
        QVERIFY(chip(bar, {})->isChecked());
        // All chips are inside, none over another.
        for (std::size_t i = 0; i < bar.chips().size(); ++i) {
            QVERIFY(bar.chips()[i]->geometry().right() <= bar.width());
            QVERIFY(bar.chips()[i]->geometry().bottom() <= bar.heightForWidth(bar.width()));
            for (std::size_t j = 0; j < i; ++j) QVERIFY(!bar.chips()[i]->geometry().intersects(bar.chips()[j]->geometry()));
        }
    }

    void emptyBarOffersLabelling()
    {
        Bench b(false);
        LabelFilterBar bar(b.context);
        bar.setPossible(true, {});
        bar.resize(280, 60);
        bar.show();
        QSignalSpy asked(&bar, &LabelFilterBar::labelRequested), cancelled(&bar, &LabelFilterBar::cancelRequested);
        QVERIFY(bar.labelButton()->isVisible());
        QTest::mouseClick(bar.labelButton(), Qt::LeftButton);
        QCOMPARE(asked.count(), 1);
        bar.setProgress(QStringLiteral("Reading the text, 10 %"));
        QVERIFY(!bar.labelButton()->isVisible());
        b.labels.setReport(b.model, test::sampleReport(), false);
        bar.setProgress({});
        QVERIFY(!bar.labelButton()->isVisible());
        QVERIFY(!bar.chips().empty());
    }

    void tableListsLabelsAndFollowsTheFilter()
    {
        Bench b;
        auto run = forward(b.model, test::randomPrompt(8, 50), {});
        QVERIFY(run);
        HeadsModel model;
        model.setSources(nullptr, nullptr, &b.labels);
        model.setHeads(*run);
        model.setScore(ShownScore::Label);
        QCOMPARE(model.index(0, HeadsModel::LabelColumn).data().toString(), QStringLiteral("Pr"));
        QCOMPARE(model.index(0, HeadsModel::ScoreColumn).data().toString(), QStringLiteral("0.68"));
        QCOMPARE(model.index(3, HeadsModel::LabelColumn).data().toString(), QStringLiteral("–"));
        QCOMPARE(model.index(3, HeadsModel::ScoreColumn).data().toString(), QStringLiteral("–"));
        QVERIFY(model.index(2, HeadsModel::LabelColumn).data(Qt::AccessibleTextRole).toString().contains(QStringLiteral("candidate")));
        HeadsTable table(&model, b.context);
        table.resize(270, 300);
        table.show();
        QCOMPARE(table.model()->rowCount(), 8);
        b.labels.setFilter({QStringLiteral("In"), QStringLiteral("Si")});
        QCOMPARE(table.model()->rowCount(), 2);
        QVERIFY(!table.currentIndex().isValid());  // L0H0 is not among them
        b.selection.setHead({1, 1});
        QVERIFY(table.currentIndex().isValid());
        b.labels.setFilter({});
        table.sortByColumn(HeadsModel::LabelColumn, Qt::DescendingOrder);
        QCOMPARE(table.model()->index(0, HeadsModel::LabelColumn).data().toString(), QStringLiteral("Pr"));  // families in their order
        QCOMPARE(table.model()->index(7, HeadsModel::LabelColumn).data().toString(), QStringLiteral("?"));
        table.sortByColumn(HeadsModel::ScoreColumn, Qt::DescendingOrder);
        QCOMPARE(table.model()->index(0, HeadsModel::ScoreColumn).data().toString(), QStringLiteral("0.93"));
    }

    void sentencesSayWhatAHeadDoes_data()
    {
        QTest::addColumn<int>("layer");
        QTest::addColumn<int>("head");
        QTest::addColumn<QString>("sentence");
        QTest::newRow("previous") << 0 << 0 << QStringLiteral("Mostly looks at the token just before.");
        QTest::newRow("induction") << 0 << 1
                                   << QStringLiteral("Almost always looks at the token that followed the last occurrence of this one.");
        QTest::newRow("candidate") << 0 << 2
                                   << QStringLiteral(
                                          "Perhaps local window: strong enough, but it holds on neither half of the passages alone, the "
                                          "corrected test gives q = 0.06.");
        QTest::newRow("none") << 0 << 3 << QStringLiteral("Not labelled: nothing it does is strong and regular enough to name.");
        QTest::newRow("insufficient") << 1 << 0
                                      << QStringLiteral("Too little evidence to say either way: 7 of 20 passages, 40 of 100 rows.");
    }
    void sentencesSayWhatAHeadDoes()
    {
        QFETCH(int, layer);
        QFETCH(int, head);
        const auto report = test::sampleReport();
        QTEST(headSentence(*report->find({layer, head}), true, report->provenance.parameters), "sentence");
    }

    void nearestThresholdIsNamed()
    {
        const auto report = test::sampleReport();
        const QString near = nearestSentence(*report->find({0, 3}));
        QVERIFY2(near.contains(QStringLiteral("duplicate token")) && near.contains(QStringLiteral("0.31"))
                     && near.contains(QStringLiteral("0.40")),
                 qPrintable(near));
        QVERIFY(nearestSentence(*report->find({0, 0})).isEmpty());
    }

    void nullBarIsInUnitsOfTheScore()
    {
        HeadLabel label = test::label(LabelKind::PreviousToken, LabelStatus::Awarded, 0.68);
        NullBarValues bar = nullBarValues(label);
        QVERIFY(bar.valid && bar.hasInterval);
        QVERIFY(std::abs(bar.null) < 1e-9);  // kappa of chance is zero
        QVERIFY(std::abs(bar.low - 0.67) < 1e-9 && std::abs(bar.high - 0.69) < 1e-9);
        QCOMPARE(bar.needed, 0.5);
        // A plain mean: the null keeps its own value.
        label.observed = label.score = 0.9;
        label.criteria.front().value = 0.9;
        label.null = 0.1;
        label.low = 0.75;
        label.high = 0.82;
        bar = nullBarValues(label);
        QVERIFY(std::abs(bar.null - 0.1) < 1e-9 && std::abs(bar.low - 0.85) < 1e-9 && std::abs(bar.high - 0.92) < 1e-9);
        // The score measures something else than what is held against the null: no threshold is drawn.
        label.score = 0.2;
        label.observed = 0.97;
        bar = nullBarValues(label);
        QVERIFY(bar.valid && std::isnan(bar.needed));
        QCOMPARE(bar.score, 0.97);
        label.score = kNan;
        QVERIFY(!nullBarValues(label).valid);
    }

    void cardShowsChipsBarAndEvidence()
    {
        Bench b;
        LabelSummary summary(b.context);
        summary.resize(290, 300);
        summary.show();
        QVERIFY(summary.hasSentence());
        QCOMPARE(int(summary.chips().size()), 1);
        QCOMPARE(summary.sentence(), QStringLiteral("Mostly looks at the token just before."));
        QVERIFY(summary.bar()->isVisible());
        QVERIFY2(summary.evidence().contains(QStringLiteral("48 passages")) && summary.evidence().contains(QStringLiteral("Grimm")),
                 qPrintable(summary.evidence()));
        b.selection.setHead({1, 1});  // two labels and an attribute: the attribute is no chip
        QCOMPARE(int(summary.chips().size()), 2);
        QCOMPARE(summary.chips()[0]->text(), QStringLiteral("First token (sink)"));
        QCOMPARE(summary.chips()[1]->text(), QStringLiteral("Previous token"));
        b.selection.setHead({0, 2});
        QVERIFY(summary.chips().front()->text().contains(QStringLiteral("candidate")));
        b.selection.setHead({0, 3});  // none: the bar shows the nearest label
        QVERIFY(summary.chips().empty());
        QCOMPARE(summary.bar()->values().score, 0.31);
        b.labels.clearReport();
        QVERIFY(!summary.hasSentence());
        QVERIFY(!summary.bar()->isVisible());
    }

    void examplesOpenTheirPassage()
    {
        Bench b;
        LabelExamples examples(b.context);
        examples.resize(290, 260);
        examples.show();
        QCOMPARE(int(examples.strongest()->lines().size()), 2);
        QCOMPARE(int(examples.counter()->lines().size()), 1);
        QCOMPARE(examples.strongest()->lines().front().positions, (std::vector<int>{0, 1, 2, 3, 4, 5}));
        QVERIFY(examples.strongest()->sentence(0).contains(QStringLiteral("0.98")));
        examples.strongest()->setFocus();
        QTest::keyClick(examples.strongest(), Qt::Key_Down);
        QCOMPARE(examples.strongest()->current(), 1);
        QTest::keyClick(examples.strongest(), Qt::Key_Return);
        QVERIFY(b.project.current());
        QCOMPARE(b.project.current()->ids, (std::vector<int>{1, 6, 7, 8, 6, 7, 8}));
        QVERIFY(b.selection.locked());
        QCOMPARE(b.selection.query(), 5);
        QCOMPARE(b.selection.key(), 4);
        const int prompts = int(b.project.prompts().size());
        QTest::keyClick(examples.strongest(), Qt::Key_Return);  // the same passage is not added twice
        QCOMPARE(int(b.project.prompts().size()), prompts);
        QTest::mouseClick(examples.counter(), Qt::LeftButton, Qt::NoModifier, QPoint(20, 10));
        QCOMPARE(b.selection.query(), 8);
        QCOMPARE(b.project.current()->ids.size(), std::size_t(10));
        b.selection.setHead({1, 3});  // has no rows
        QVERIFY(!examples.strongest()->isVisible() && !examples.counter()->isVisible());
    }

    void exampleWindowsStayInsideTheDocument()
    {
        const std::vector<ExampleDocument> documents{{4, DataKind::Text, "d", {1, 2, 3, 4, 5}}};
        QVERIFY(exampleLines({{9, 0, {}, 0.5f, 0, 3}}, documents, nullptr, 5, 9).empty());  // no such document
        QVERIFY(exampleLines({{4, 5, {}, 0.5f, 0, 3}}, documents, nullptr, 5, 9).empty());  // no such row
        const auto lines =
            exampleLines({{4, 3, {0}, 0.5f, 0, 0}, {4, 1, {0}, 0.5f, -4, 99}, {4, 2, {}, 0.1f, 0, 5}}, documents, nullptr, 2, 9);
        QCOMPARE(int(lines.size()), 2);
        for (const ExampleLine& line : lines) {
            QVERIFY(line.positions.front() == 0 && line.positions.back() <= 4);
            QCOMPARE(line.tokens.size(), line.positions.size());
        }
    }

    void exampleShowsBothEndsOfALongLook()
    {
        std::vector<int> ids(60);
        for (int i = 0; i < 60; ++i) ids[std::size_t(i)] = i;
        const auto lines = exampleLines({{0, 50, {5}, 0.9f, 40, 55}}, {{0, DataKind::Text, "d", ids}}, nullptr, 1, 4);
        const auto& at = lines.front().positions;
        for (const int wanted : {4, 5, 6, 49, 50, 51})
            QVERIFY2(std::find(at.begin(), at.end(), wanted) != at.end(), qPrintable(QString::number(wanted)));
        QVERIFY(std::find(at.begin(), at.end(), 30) == at.end());
    }

    void smallProbabilitiesAreRounded()
    {
        QCOMPARE(probabilityText(9.99e-6), QStringLiteral("1e\u22125"));
        QCOMPARE(probabilityText(3.2e-5), QStringLiteral("3e\u22125"));
        QCOMPARE(probabilityText(0.0004), QStringLiteral("0.0004"));
        QCOMPARE(probabilityText(0.25), QStringLiteral("0.25"));
    }

private:
    static constexpr double kNan = std::numeric_limits<double>::quiet_NaN();
};

QTEST_MAIN(tst_label_views)
#include "tst_label_views.moc"
