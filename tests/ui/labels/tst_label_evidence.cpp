// SPDX-License-Identifier: GPL-3.0-or-later
// What stands behind a label in the window: the folded rest, any score on atlas and table, remarks, thresholds.
#include <QCheckBox>
#include <QFile>
#include <QLabel>
#include <QPushButton>
#include <QSignalSpy>
#include <QStandardItemModel>
#include <QTableView>
#include <QTemporaryDir>
#include <QTest>

#include "engine/analysis/catalogue.h"
#include "engine/session/jobs/label.h"
#include "tests/support/label_report.h"
#include "tests/support/paths.h"
#include "tests/ui/labels/label_bench.h"
#include "ui/atlas/atlas.h"
#include "ui/atlas/heads_model.h"
#include "ui/labels/label_controller.h"
#include "ui/labels/label_dialog.h"
#include "ui/labels/label_filter_bar.h"
#include "ui/labels/label_sections.h"
#include "ui/labels/label_store.h"
#include "ui/labels/label_tables.h"
#include "ui/labels/label_words.h"
#include "ui/state/project.h"
#include "ui/state/selection.h"
#include "ui/state/view_settings.h"

using namespace hs;
using namespace hs::ui;

namespace {

using Bench = test::LabelBench;

}  // namespace

class tst_label_evidence : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void restIsFoldedIntoOneLine()
    {
        Bench b;
        LabelSummary summary(b.context);
        summary.resize(290, 400);
        summary.show();
        auto report = test::sampleReport();  // L0H0: previous token, and behind it what was tested
        report->heads[0].labels.push_back(test::label(LabelKind::Subword, LabelStatus::Insufficient, 0.7));
        b.labels.setReport(b.model, report, false);
        QVERIFY(summary.measured().empty());
        QVERIFY(summary.restButton()->isVisible());
        QVERIFY2(summary.restButton()->text().contains(QStringLiteral("1 no, 1 unclear")), qPrintable(summary.restButton()->text()));
        QVERIFY2(summary.minimumSizeHint().width() <= 258,
                 qPrintable(QString::number(summary.minimumSizeHint().width())));  // the narrowest card
        QVERIFY(summary.rest().empty());
        summary.restButton()->setFocus();
        QTest::keyClick(summary.restButton(), Qt::Key_Space);
        QCOMPARE(int(summary.rest().size()), 2);
        QCOMPARE(summary.rest()[0]->text(), QStringLiteral("Local window"));  // what was decided comes first
        QCOMPARE(summary.rest()[0]->number(), QStringLiteral("0.30, null 0.00"));
        QVERIFY2(summary.rest()[0]->why().contains(QStringLiteral("0.30 of 0.50 needed")), qPrintable(summary.rest()[0]->why()));
        QVERIFY2(summary.rest()[1]->why().contains(QStringLiteral("7 of 20 passages")), qPrintable(summary.rest()[1]->why()));
        b.selection.setHead({1, 3});  // nothing but its one label
        QVERIFY(!summary.restButton()->isVisible());
        QVERIFY(summary.rest().empty());
    }

    void withoutALabelScoresNullsAndReasonsStandOpen()
    {
        Bench b;
        auto report = test::sampleReport();
        HeadLabel unsure = test::label(LabelKind::Local, LabelStatus::None, 0.6);  // strong enough, yet not awarded
        unsure.q = 0.3;
        report->heads[3].labels.push_back(unsure);
        report->heads[3].labels.push_back(test::label(LabelKind::Block, LabelStatus::None, 0.05));
        b.labels.setReport(b.model, report, false);
        LabelSummary summary(b.context);
        summary.resize(290, 900);
        summary.show();
        b.selection.setHead({0, 3});
        QCOMPARE(int(summary.measured().size()), 3);
        QVERIFY(summary.rest().empty() && summary.restButton()->text().contains(QStringLiteral("1 no")));  // the fourth
        const auto lines = summary.measured();
        QCOMPARE(lines[0]->number(), QStringLiteral("0.60, null 0.00"));
        QVERIFY2(lines[0]->why().contains(QStringLiteral("q = 0.30")), qPrintable(lines[0]->why()));
        QCOMPARE(lines[1]->text(), QStringLiteral("Duplicate token"));
        QVERIFY2(lines[1]->why().contains(QStringLiteral("0.31 of 0.40 needed")), qPrintable(lines[1]->why()));
        for (const LabelChipLine* line : lines) {
            QTRY_VERIFY(line->isVisible());
            QTRY_VERIFY2(line->height() >= line->heightForWidth(line->width()),
                         qPrintable(QStringLiteral("%1 of %2").arg(line->height()).arg(line->heightForWidth(line->width()))));
            QVERIFY(line->accessibleName().contains(line->why()));
        }
        b.selection.setHead({1, 0});  // too little evidence: said with the score that was measured
        QCOMPARE(summary.measured()[0]->number(), QStringLiteral("0.70, null 0.00"));
        QVERIFY2(summary.measured()[0]->why().contains(QStringLiteral("7 of 20 passages")), qPrintable(summary.measured()[0]->why()));
        b.selection.setHead({0, 0});
        QVERIFY(summary.measured().empty());
    }

    void examplesThatHaveNothingTakeNoRoom()
    {
        Bench b(false);
        LabelExamples examples(b.context);
        examples.setWanted(false);
        examples.setWanted(true);  // as when the graph's card has been in its place
        QVERIFY(examples.isHidden());
        b.labels.setReport(b.model, test::sampleReport(), false);
        QVERIFY(!examples.isHidden());
        examples.setWanted(false);
        b.selection.setHead({0, 1});
        QVERIFY(examples.isHidden());
    }

    void evidenceNamesHalvesViewAndQ()
    {
        HeadLabel label = test::label(LabelKind::PreviousToken, LabelStatus::Awarded, 0.68);
        label.gate = 0.9;
        QString words = trustSentence(label);
        for (const char* wanted : {"q = 0.0001", "0.68, 0.68", "content view", "90 %"})
            QVERIFY2(words.contains(QLatin1String(wanted)), qPrintable(words));
        label.view = AttentionView::Raw;
        label.mass = RowMass::Norms;
        words = trustSentence(label);
        QVERIFY(words.contains(QStringLiteral("raw view")) && words.contains(QStringLiteral("by norms"))
                && !words.contains(QStringLiteral("90 %")));
        label.data = DataKind::Weights;
        QVERIFY(!trustSentence(label).contains(QStringLiteral("halves")));
    }

    void causesSayWhatTheyWereHeldAgainst()
    {
        HeadLabel label = test::label(LabelKind::Induction, LabelStatus::Awarded, 0.9);
        QCOMPARE(causeTitle(label), QStringLiteral("Cause not checked."));
        label.cause = LabelCause::PatternOnly;
        label.causeEffect = 0.0125;  // much, but no more than any other attention of that size
        label.causeLow = -0.09;
        label.causeHigh = 0.025;
        QString words = causeTitle(label);
        QVERIFY2(words.contains(QStringLiteral("0.013 nats")) && words.contains(QStringLiteral("\u22120.090 to 0.025"))
                     && words.contains(QStringLiteral("not clearly more")),
                 qPrintable(words));
        QVERIFY(!causeTitle(label, false).contains(QStringLiteral("nats")));
        label.causeEffect = 0.00002;
        QVERIFY(causeTitle(label).contains(QStringLiteral("nothing measurable")));
        label.cause = LabelCause::Confirmed;
        label.causeEffect = 0.173;
        words = causeTitle(label);
        QVERIFY2(words.startsWith(QStringLiteral("Cause confirmed")) && words.contains(QStringLiteral("0.173 nats")), qPrintable(words));
    }

    void normsAreNamed()
    {
        Bench b;
        LabelReport report = *b.labels.report();
        QVERIFY(!labelledByNorms(report));
        LabelController controller(b.context, {});
        QVERIFY2(!controller.provenanceWords().contains(QStringLiteral("by norms")), qPrintable(controller.provenanceWords()));
        LabelExamples examples(b.context);
        const auto said = [&examples](const QString& text) {
            const auto labels = examples.findChildren<QLabel*>();
            return std::any_of(labels.begin(), labels.end(), [&](const QLabel* l) { return l->text() == text; });
        };
        QVERIFY(said(QStringLiteral("Strongest rows")));
        for (HeadReport& head : report.heads)
            for (HeadLabel& label : head.labels) label.mass = RowMass::Norms;
        b.labels.setReport(b.model, std::make_shared<const LabelReport>(report), false);
        QVERIFY(labelledByNorms(report));
        QVERIFY2(controller.provenanceWords().contains(QStringLiteral("by norms")), qPrintable(controller.provenanceWords()));
        QVERIFY(said(QStringLiteral("Strongest rows, by norms")) && said(QStringLiteral("Counter-examples, by norms")));
    }

    void anyNumberOfTheReportCanBeShown()
    {
        Bench b;
        QSignalSpy changed(&b.labels, &LabelStore::changed);
        b.labels.setMeasure(QStringLiteral("score:distance"));
        QCOMPARE(changed.count(), 0);  // the labels are as they were
        const ScoreSources sources{nullptr, nullptr, nullptr, &b.labels};
        QCOMPARE(*scoreOf(ShownScore::Measure, {1, 2}, sources), 3.0);
        QVERIFY(scoreTitle(ShownScore::Measure, &b.labels).contains(QStringLiteral("istance")));
        HeadsModel heads;
        heads.setSources(nullptr, nullptr, &b.labels);
        std::vector<HeadId> all;
        for (const HeadReport& head : b.labels.report()->heads) all.push_back(head.head);
        heads.setHeads(nullptr, all);  // a file that cannot run still lists its heads
        heads.setScore(ShownScore::Measure);
        QCOMPARE(heads.index(6, HeadsModel::ScoreColumn).data().toString(), QStringLiteral("3.00"));
        QVERIFY(heads.headerData(HeadsModel::ScoreColumn, Qt::Horizontal, Qt::ToolTipRole)
                    .toString()
                    .contains(QStringLiteral("istance")));  // the column is narrow: it says "Score"
        AtlasView atlas(b.context);
        atlas.setScore(ShownScore::Measure);
        atlas.setSorted(true);
        atlas.resize(280, 200);
        QVERIFY(atlas.cellRect({0, 3}).left() < atlas.cellRect({0, 0}).left()
                || atlas.cellRect({0, 3}).top() < atlas.cellRect({0, 0}).top());
        QVERIFY2(atlas.sentence({1, 2}).contains(QStringLiteral("3.00")), qPrintable(atlas.sentence({1, 2})));
        b.labels.setMeasure(QStringLiteral("label:induction"));
        QVERIFY(!scoreOf(ShownScore::Measure, {1, 2}, sources));
        QCOMPARE(*scoreOf(ShownScore::Measure, {0, 1}, sources), 0.91);
    }

    void attributesFilterToo()
    {
        Bench b;
        QCOMPARE(b.labels.attributeCounts(), (std::vector<std::pair<QString, int>>{{QStringLiteral("no-op"), 1}}));
        b.labels.setFilter({QStringLiteral("no-op")});
        QVERIFY(b.labels.passes({1, 1}));
        QVERIFY(!b.labels.passes({0, 0}));
        b.labels.setReport(b.model, test::sampleReport(), false);
        QCOMPARE(b.labels.filter(), QSet<QString>{QStringLiteral("no-op")});  // still there in the newer report
        LabelFilterBar bar(b.context);
        bool found = false;
        for (LabelChip* chip : bar.chips())
            if (chip->code() == QLatin1String("attributes")) found = chip->isChecked();
        QVERIFY(found);
    }

    void scoresFoldWhatLacksEvidence()
    {
        Bench b;
        b.selection.setHead({1, 0});
        ScoresDialog dialog(b.context);
        dialog.setAttribute(Qt::WA_DeleteOnClose, false);
        QCOMPARE(dialog.model()->rowCount(), 1);
        QVERIFY(dialog.lacking()->text().contains(QStringLiteral("1")));
        dialog.lacking()->click();
        QCOMPARE(dialog.model()->rowCount(), 2);
        QCOMPARE(dialog.numbers()->rowCount(), 2);
        QCOMPARE(dialog.remarks(), QStringLiteral("No remarks."));
    }

    void remarksAreWords_data()
    {
        QTest::addColumn<QString>("code");
        QTest::addColumn<QStringList>("facts");
        const auto reason = [](const char* code, QStringList facts = {}) {
            QTest::newRow(code) << QStringLiteral("not-applicable") << (QStringList{QString::fromLatin1(code)} << facts);
        };
        for (const char* code : {"bidirectional", "cannot-run", "partial-model", "no-tokenizer", "no-text", "one-layer",
                                 "no-attention-weights", "no-output-weights", "no-token-embedding", "output-transform", "narrow-embedding",
                                 "no-learned-positions", "rotary", "no-ordinal-tokens"})
            reason(code);
        reason("context-too-short", {QStringLiteral("12"), QStringLiteral("40")});
        reason("vocabulary-too-small", {QStringLiteral("12"), QStringLiteral("40")});
        reason("next-token", {QStringLiteral("causal")});
        for (const char* code : {"few-documents", "local-is-positional", "no-op-needs-rest", "raw-embedding", "delta-zero", "without-alibi",
                                 "without-distances", "before-clip"})
            QTest::newRow(code) << QString::fromLatin1(code) << QStringList{};
        QTest::newRow("items") << QStringLiteral("items") << QStringList{QStringLiteral("40")};
        for (const char* code : {"task-failed", "sampled-vocabulary"})
            QTest::newRow(code) << QString::fromLatin1(code) << QStringList{QStringLiteral("12"), QStringLiteral("40")};
    }
    void remarksAreWords()
    {
        QFETCH(QString, code);
        QFETCH(QStringList, facts);
        LabelNote note{code.toStdString(), "qk-matching", {}};
        for (const QString& fact : facts) note.facts.push_back(fact.toStdString());
        const QString words = noteSentence(note);
        QVERIFY2(words.startsWith(QStringLiteral("Same-token matching by the QK circuit: ")), qPrintable(words));
        const QString rest = words.mid(words.indexOf(QLatin1Char(':')) + 2);
        QVERIFY2(rest.contains(QLatin1Char(' ')) && (code == QLatin1String("items") || !rest.contains(code))
                     && !rest.contains(QLatin1Char('%')),
                 qPrintable(rest));  // no raw id
        for (const QString& fact : facts) {
            bool number = false;
            fact.toInt(&number);
            QVERIFY2(number ? rest.contains(fact) : !rest.contains(QRegularExpression(QStringLiteral("\\b%1-").arg(fact))) && rest != fact,
                     qPrintable(rest));
        }
    }

    void sameRemarkOnce()
    {
        const QStringList lines =
            noteSentences({{"delta-zero", "qk-matching", {}}, {"items", "successor", {"63"}}, {"delta-zero", "matching-recall", {}}});
        QCOMPARE(lines.size(), 2);
        QVERIFY(lines[0].startsWith(QStringLiteral("Same-token matching by the QK circuit, Matching recall through an earlier head: ")));
    }

    void catalogueIsTranslated()
    {
        QFile file(test::sourceFile("translations/headscope_de.ts"));
        QVERIFY(file.open(QIODevice::ReadOnly));
        const QString all = QString::fromUtf8(file.readAll());
        const qsizetype begin = all.indexOf(QStringLiteral("<name>hs::ui::Catalogue</name>"));
        QVERIFY(begin > 0);
        const QString ts = all.mid(begin, all.indexOf(QStringLiteral("</context>"), begin) - begin);
        const auto has = [&](const std::string& text) {
            return ts.contains(QStringLiteral("<source>%1</source>")
                                   .arg(QString::fromStdString(text).toHtmlEscaped().replace(QLatin1Char('\''), QStringLiteral("&apos;"))));
        };
        int checked = 0;
        for (const AnalysisEntry& entry : catalogue()) {
            QVERIFY2(has(entry.title), entry.title.c_str());
            for (const AnalysisNumber& number : entry.numbers) QVERIFY2(has(number.title), number.title.c_str());
            for (const AnalysisParameter& parameter : entry.parameters) {
                QVERIFY2(has(parameter.meaning), parameter.meaning.c_str());
                ++checked;
            }
        }
        QCOMPARE(checked, int(LabelPreset().values().size()));
    }

    void ownThresholdsAreMarked()
    {
        LabelRequest request;
        auto* dialog = new LabelDialog(request, request,
                                       {test::sourceFile("resources/label_presets/default.json"),
                                        test::sourceFile("resources/label_presets/clark.json")},
                                       256, true);
        auto* model = qobject_cast<QStandardItemModel*>(dialog->findChild<QTableView*>()->model());
        int at = -1, broad = -1;
        for (int i = 0; i < model->rowCount(); ++i) {
            if (model->item(i, 2)->data().toString() == QLatin1String("local.kappa-uniform")) at = i;
            if (model->item(i, 2)->data().toString() == QLatin1String("broad.entropy")) broad = i;
        }
        QVERIFY(at >= 0 && broad >= 0);
        QCOMPARE(model->item(at, 4)->text(), QStringLiteral("chosen for HeadScope"));
        QVERIFY(!model->item(at, 2)->font().bold());
        model->item(at, 2)->setText(QStringLiteral("0.61"));
        QCOMPARE(model->item(at, 4)->text(), QStringLiteral("yours; HeadScope has 0.5"));
        QVERIFY(model->item(at, 2)->font().bold());
        auto* again = new LabelDialog(dialog->request(), request, {}, 256, true);  // and still when the window is opened again
        auto* second = qobject_cast<QStandardItemModel*>(again->findChild<QTableView*>()->model());
        QCOMPARE(second->item(at, 4)->text(), QStringLiteral("yours; HeadScope has 0.5"));
        delete again;
        // Kept in a file and found again, here and by the command line.
        QTemporaryDir folder;
        QVERIFY(dialog->savePreset(folder.filePath(QStringLiteral("mine.json"))));
        auto* other = new LabelDialog(request, request, {test::sourceFile("resources/label_presets/default.json")}, 256, true);
        QVERIFY(other->openPreset(folder.filePath(QStringLiteral("mine.json"))));
        QCOMPARE(other->request().preset.value("local.kappa-uniform"), 0.61);
        QCOMPARE(other->request().preset.id, std::string("mine"));
        QVERIFY(!other->openPreset(test::sourceFile("CMakeLists.txt")));  // no preset: the one of before stays
        QCOMPARE(other->request().preset.id, std::string("mine"));
        auto* later = new LabelDialog(other->request(), request, {test::sourceFile("resources/label_presets/default.json")}, 256, true);
        QCOMPARE(later->request().preset.id, std::string("mine"));
        QCOMPARE(qobject_cast<QStandardItemModel*>(later->findChild<QTableView*>()->model())->item(at, 4)->text(),
                 QStringLiteral("preset mine; by default 0.5"));
        delete later;
        delete other;
        model->item(at, 2)->setText(QStringLiteral("0.5"));
        QCOMPARE(model->item(at, 4)->text(), QStringLiteral("chosen for HeadScope"));
        QCOMPARE(dialog->request().preset.id, std::string("default"));  // the same numbers are the same preset
        request.preset = LabelPreset();
        QVERIFY(request.preset.set("broad.entropy", 0.783));
        request.preset.id = "clark";
        auto* preset = new LabelDialog(request, request,
                                       {test::sourceFile("resources/label_presets/default.json"),
                                        test::sourceFile("resources/label_presets/clark.json")},
                                       256, true);
        auto* third = qobject_cast<QStandardItemModel*>(preset->findChild<QTableView*>()->model());
        QVERIFY2(third->item(broad, 4)->text().startsWith(QStringLiteral("preset Clark")), qPrintable(third->item(broad, 4)->text()));
        delete preset;
        delete dialog;
    }

    void cancelIsAnsweredAtOnce()
    {
        Bench b;
        LabelController controller(b.context, {});
        const auto before = b.labels.report();
        LabelRequest request;
        request.useCache = request.text = false;
        controller.start(request);
        QVERIFY(controller.running());
        controller.cancel();
        QCOMPARE(controller.progressWords(), QStringLiteral("Stopping …"));
        QTRY_VERIFY(!controller.running());
        QVERIFY(controller.progressWords().isEmpty());
        QCOMPARE(b.labels.report(), before);  // a whole report is not given up for a part of another
        controller.start(request);
        QCOMPARE(controller.progressWords(), QStringLiteral("Labelling has begun"));
        controller.cancel();
        QTRY_VERIFY(!controller.running());
    }

    void filesThatCannotRunUseTheirWeights()
    {
        LabelRequest defaults;
        defaults.corpusPaths = {"/data/sample_corpus.txt"};
        auto* dialog = new LabelDialog(defaults, defaults, {}, 256, true);
        dialog->setCanRun(false);
        const LabelRequest request = dialog->request();
        QVERIFY(!request.text && !request.synthetic && !request.causes && request.weights);
        QVERIFY(dialog->findChild<QPushButton*>(QStringLiteral("startLabelling"))->isEnabled());
        delete dialog;
        HeadReport head;
        QVERIFY(headSentence(head, true, {}).contains(QStringLiteral("weights")));  // and the card does not claim to have looked
    }
};

QTEST_MAIN(tst_label_evidence)
#include "tst_label_evidence.moc"
