// SPDX-License-Identifier: GPL-3.0-or-later
// The window's store of labels: marks of every status, partial reports, filter, the user's own labels with undo.
#include <QSignalSpy>
#include <QTest>
#include <cmath>

#include "tests/support/label_report.h"
#include "tests/support/random_model.h"
#include "ui/labels/label_store.h"
#include "ui/state/project.h"
#include "ui/theme/label_colours.h"
#include "ui/theme/theme.h"

using namespace hs;
using namespace hs::ui;

namespace {

struct Bench {
    Project project;
    LabelStore store{&project};
    std::shared_ptr<const Model> model = test::randomModel(test::smallConfig(2, 4));
    Bench() { project.setModel(model); }
};

double luminance(const QColor& c)
{
    const auto part = [](double v) { return v <= 0.03928 ? v / 12.92 : std::pow((v + 0.055) / 1.055, 2.4); };
    return 0.2126 * part(c.redF()) + 0.7152 * part(c.greenF()) + 0.0722 * part(c.blueF());
}
double contrast(const QColor& a, const QColor& b)
{
    const double x = luminance(a) + 0.05, y = luminance(b) + 0.05;
    return std::max(x, y) / std::min(x, y);
}

}  // namespace

class tst_label_store : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void lettersReadOnTheirColour()
    {
        QSet<QRgb> colours;
        for (int i = 0; i < kLabelFamilies; ++i) {
            const auto family = static_cast<LabelFamily>(i);
            if (family == LabelFamily::None) continue;
            QVERIFY(familyColour(family).isValid());
            QVERIFY2(contrast(familyColour(family), familyText(family)) >= 4.5, qPrintable(familyColour(family).name()));
            colours.insert(familyColour(family).rgb());
        }
        QCOMPARE(colours.size(), kLabelFamilies - 1);
        for (const ThemeMode mode : {ThemeMode::Light, ThemeMode::Dark}) {
            Theme::instance().apply(mode);
            QVERIFY(contrast(familyText(LabelFamily::None), ink(Ink::Paper)) >= 4.5);
        }
    }

    void codesAreTwoLettersAndDiffer()
    {
        QSet<QString> codes;
        for (const LabelKind kind : codedKinds()) {
            const QString code = labelCode(kind);
            QCOMPARE(code.size(), 2);
            codes.insert(code);
        }
        QCOMPARE(codes.size(), qsizetype(codedKinds().size()));
        QCOMPARE(labelCode(LabelKind::PreviousToken), QStringLiteral("Pr"));
        QVERIFY(labelCode(LabelKind::NoOp).isEmpty());  // attributes are never primary
    }

    void marks_data()
    {
        QTest::addColumn<int>("layer");
        QTest::addColumn<int>("head");
        QTest::addColumn<QString>("code");
        QTest::addColumn<int>("state");
        QTest::newRow("awarded") << 0 << 0 << QStringLiteral("Pr") << int(LabelMark::State::Awarded);
        QTest::newRow("candidate") << 0 << 2 << QStringLiteral("Lo") << int(LabelMark::State::Candidate);
        QTest::newRow("none") << 0 << 3 << QStringLiteral("–") << int(LabelMark::State::None);
        QTest::newRow("insufficient") << 1 << 0 << QStringLiteral("?") << int(LabelMark::State::Insufficient);
        QTest::newRow("several") << 1 << 1 << QStringLiteral("Si") << int(LabelMark::State::Awarded);
        QTest::newRow("no such head") << 5 << 0 << QString() << int(LabelMark::State::NotRun);
    }
    void marks()
    {
        Bench b;
        b.store.setReport(b.model, test::sampleReport(), false);
        QFETCH(int, layer);
        QFETCH(int, head);
        const LabelMark mark = b.store.mark({layer, head});
        QTEST(mark.code, "code");
        QTEST(int(mark.state), "state");
        QCOMPARE(b.store.score({layer, head}).has_value(), mark.hasLabel());
    }

    void unfinishedReportsClaimNoAbsence()
    {
        Bench b;
        b.store.setReport(b.model, test::sampleReport(false), false);
        QCOMPARE(b.store.mark({0, 3}).code, QStringLiteral("…"));  // not "–": other detectors have yet to run
        QCOMPARE(b.store.mark({0, 0}).code, QStringLiteral("Pr"));
    }

    void partialReportsGrowAndNeverReplaceACompleteOne()
    {
        Bench b;
        QSignalSpy changed(&b.store, &LabelStore::changed);
        auto first = test::sampleReport(false);
        for (HeadReport& head : first->heads)
            if (head.head.layer == 1) {
                head.labels.clear();
                head.primary = -1;
            }
        b.store.setReport(b.model, first, false);
        QCOMPARE(b.store.mark({1, 3}).code, QStringLiteral("…"));
        b.store.setReport(b.model, test::sampleReport(false), false);
        QCOMPARE(b.store.mark({1, 3}).code, QStringLiteral("Su"));
        const auto whole = test::sampleReport();
        b.store.setReport(b.model, whole, true);
        QVERIFY(b.store.complete() && b.store.fromCache());
        QCOMPARE(changed.count(), 3);
        b.store.setReport(b.model, first, false);  // a new job has only begun
        QCOMPARE(b.store.report(), std::shared_ptr<const LabelReport>(whole));
        QCOMPARE(changed.count(), 3);
        b.store.setReport(test::randomModel(test::smallConfig(2, 4)), test::sampleReport(), false);  // of a model that is gone
        QCOMPARE(b.store.report(), std::shared_ptr<const LabelReport>(whole));
        const auto newer = test::sampleReport();
        b.store.setReport(b.model, newer, false);
        QCOMPARE(b.store.report(), std::shared_ptr<const LabelReport>(newer));
        QVERIFY(!b.store.fromCache());
    }

    void filterAndCounts()
    {
        Bench b;
        b.store.setReport(b.model, test::sampleReport(), false);
        int all = 0;
        std::map<QString, int> counts;
        for (const LabelStore::Count& count : b.store.counts()) {
            counts[count.code] = count.first;
            all += count.first;
        }
        QCOMPARE(all, 8);
        QCOMPARE(counts[QStringLiteral("Pr")], 1);  // by primary label: L1H1 counts as sink
        QCOMPARE(counts[QStringLiteral("–")], 1);
        QCOMPARE(counts[QStringLiteral("?")], 1);
        QVERIFY(!counts.contains(QStringLiteral("Du")));
        QCOMPARE(b.store.counts().front().code, QStringLiteral("Pr"));
        QCOMPARE(b.store.counts().front().further, (std::vector<HeadId>{{1, 1}}));  // and as its second label
        QVERIFY(b.store.passes({0, 3}));
        b.store.setFilter({QStringLiteral("Pr"), QStringLiteral("?")});
        QVERIFY(b.store.passes({0, 0}) && b.store.passes({1, 0}));
        QVERIFY(b.store.passes({1, 1}));  // what is counted is let through
        QVERIFY(!b.store.passes({0, 3}) && !b.store.passes({1, 2}));
        // A report without such heads must not leave an empty atlas behind.
        auto other = test::sampleReport();
        for (HeadReport& head : other->heads) {
            head.labels.clear();
            head.primary = -1;
        }
        b.store.setReport(b.model, other, false);
        QVERIFY(b.store.filter().isEmpty());
        QVERIFY(b.store.passes({0, 0}));
    }

    void notesAreUndoable()
    {
        Bench b;
        QSignalSpy changed(&b.store, &LabelStore::notesChanged);
        b.store.setNote({0, 1}, {QStringLiteral(" names  "), QStringLiteral("copies names\n")});
        QCOMPARE(b.store.note({0, 1}).label, QStringLiteral("names"));
        QCOMPARE(b.store.note({0, 1}).text, QStringLiteral("copies names"));
        b.store.setNote({0, 1}, {QStringLiteral("names"), QStringLiteral("copies names")});  // nothing new
        QCOMPARE(b.project.undo().count(), 1);
        b.store.setNote({1, 1}, {QString(), QStringLiteral("look again")});
        b.store.setNote({0, 1}, {});
        QVERIFY(b.store.note({0, 1}).empty());
        QCOMPARE(b.store.notes().size(), std::size_t(1));
        b.project.undo().undo();
        QCOMPARE(b.store.note({0, 1}).label, QStringLiteral("names"));
        b.project.undo().undo();
        b.project.undo().undo();
        QVERIFY(b.store.notes().empty());
        b.project.undo().redo();
        QCOMPARE(b.store.note({0, 1}).label, QStringLiteral("names"));
        QCOMPARE(changed.count(), 7);
    }

    void ownLabelsCanBeFiltered()
    {
        Bench b;
        b.store.setReport(b.model, test::sampleReport(), false);
        b.store.setNote({1, 2}, {QStringLiteral("mine"), {}});
        b.store.setFilter({LabelStore::kMine});
        QVERIFY(b.store.passes({1, 2}));
        QVERIFY(!b.store.passes({0, 0}));
        b.project.undo().undo();  // the last one is gone: so is the filter
        QVERIFY(b.store.filter().isEmpty());
    }

    void anotherModelForgetsTheReport()
    {
        Bench b;
        b.store.setReport(b.model, test::sampleReport(), false);
        b.store.setFilter({QStringLiteral("Pr")});
        b.project.setModel(test::randomModel(test::smallConfig(2, 4)));
        QVERIFY(!b.store.report());
        QVERIFY(b.store.filter().isEmpty());
        QCOMPARE(b.store.mark({0, 0}), LabelMark{});
    }

    void nearestThreshold()
    {
        const auto report = test::sampleReport();
        const HeadLabel* near = nearestLabel(*report->find({0, 3}));
        QVERIFY(near);
        QVERIFY(near->id.kind == LabelKind::DuplicateToken);  // 0.31 of 0.4 beats 0.1 of 0.5
        QVERIFY(std::abs(closeness(*near) - 0.31 / 0.4) < 1e-12);
        HeadLabel two = test::label(LabelKind::Subword, LabelStatus::None, 0.9);
        two.criteria.push_back({"breadth", 0.1, 0.5, false, false});
        QVERIFY(std::abs(closeness(two) - 0.2) < 1e-12);  // the criterion that is furthest away counts
        two.criteria.push_back({"excess", 0.8, 0.4, true, false});
        QVERIFY(std::abs(closeness(two) - 0.2) < 1e-12);
        QVERIFY(closeness(test::label(LabelKind::Local, LabelStatus::Candidate, 0.6)) >= 1);
    }
};

QTEST_MAIN(tst_label_store)
#include "tst_label_store.moc"
