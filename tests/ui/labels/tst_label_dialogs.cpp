// SPDX-License-Identifier: GPL-3.0-or-later
// Corpus tab, options of labelling, scatter of two scores, notes, the report on paper.
#include <QClipboard>
#include <QComboBox>
#include <QGuiApplication>
#include <QLineEdit>
#include <QMimeData>
#include <QPlainTextEdit>
#include <QPushButton>
#include <QRegularExpression>
#include <QSignalSpy>
#include <QStandardItemModel>
#include <QTableView>
#include <QTemporaryDir>
#include <QTest>

#include "engine/session/jobs/label.h"
#include "tests/support/label_report.h"
#include "tests/support/paths.h"
#include "tests/support/random_model.h"
#include "tests/ui/labels/label_bench.h"
#include "ui/bridge/engine_bridge.h"
#include "ui/kit/plain_edit.h"
#include "ui/labels/corpus_tab.h"
#include "ui/labels/example_rows.h"
#include "ui/labels/label_controller.h"
#include "ui/labels/label_dialog.h"
#include "ui/labels/label_measures.h"
#include "ui/labels/label_report.h"
#include "ui/labels/label_store.h"
#include "ui/labels/label_tables.h"
#include "ui/labels/score_scatter.h"
#include "ui/state/project.h"
#include "ui/state/selection.h"
#include "ui/theme/theme.h"

using namespace hs;
using namespace hs::ui;

namespace {

using Bench = test::LabelBench;

LabelReportInput reportInput()
{
    LabelReportInput input{test::sampleReport(), {}, QStringLiteral("model.h5")};
    input.notes[{0, 3}] = {QStringLiteral("names"), QStringLiteral("copies\nnames")};
    return input;
}

}  // namespace

class tst_label_dialogs : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void corpusTabAsksForMoreRows()
    {
        Bench b;
        CorpusTab tab(b.context);
        QSignalSpy wanted(&tab, &CorpusTab::examplesWanted);
        tab.resize(900, 500);
        QCOMPARE(wanted.count(), 0);  // hidden: no work
        tab.show();
        QCOMPARE(wanted.count(), 1);
        QCOMPARE(int(tab.rows()->lines().size()), 2);  // the report's own rows stand at once
        const LabelId previous{LabelKind::PreviousToken, 0, {}};
        std::vector<ExampleRow> many;
        for (int q = 1; q < 8; ++q) many.push_back({7, q, {q - 1}, 0.9f, 0, 9});
        const std::vector<ExampleDocument> documents{{7, DataKind::Text, "other.txt", {1, 2, 3, 4, 5, 6, 7, 8, 9}}};
        tab.setExamples({0, 1}, previous, {}, many, {}, {}, documents);  // of another head: too late
        QCOMPARE(int(tab.rows()->lines().size()), 2);
        tab.setExamples({0, 0}, previous, {}, many, {}, {}, documents);
        QCOMPARE(int(tab.rows()->lines().size()), 7);
        QSignalSpy opened(&tab, &CorpusTab::openRequested);
        tab.rows()->setFocus();
        QTest::keyClick(tab.rows(), Qt::Key_End);
        QTest::keyClick(tab.rows(), Qt::Key_Return);
        QCOMPARE(opened.count(), 1);
        QCOMPARE(b.selection.query(), 7);
        QCOMPARE(b.project.current()->ids.size(), std::size_t(9));
        b.selection.setHead({0, 1});  // induction on synthetic sequences: the corpus has nothing to say
        QCOMPARE(wanted.count(), 1);
        QVERIFY(tab.labels()->currentText().contains(QStringLiteral("Induction")));
        b.labels.clearReport();
        QVERIFY(!tab.rows()->isVisible());
    }

    void optionsComeBackAsARequest()
    {
        LabelRequest defaults;
        defaults.corpusPaths = {"/data/sample_corpus.txt"};
        defaults.corpusName = "sample corpus";
        auto* dialog = new LabelDialog(defaults, defaults,
                                       {test::sourceFile("resources/label_presets/default.json"),
                                        test::sourceFile("resources/label_presets/strict.json")},
                                       256, true);
        dialog->show();
        LabelRequest r = dialog->request();
        QVERIFY(r.corpusPaths == defaults.corpusPaths && r.corpusName == defaults.corpusName && r.preset.id == "default");
        QVERIFY(r.text && r.synthetic && r.weights && r.causes && r.useCache && !r.onlyStored);
        // Every threshold of the catalogue is visible and editable.
        auto* table = dialog->findChild<QTableView*>();
        auto* model = qobject_cast<QStandardItemModel*>(table->model());
        QCOMPARE(model->rowCount(), int(LabelPreset().values().size()));
        int at = -1;
        for (int i = 0; i < model->rowCount(); ++i)
            if (model->item(i, 2)->data().toString() == QLatin1String("positional.kappa-uniform")) at = i;
        QVERIFY(at >= 0);
        model->item(at, 2)->setText(QStringLiteral("0,65"));  // a German comma
        QCOMPARE(dialog->request().preset.value("positional.kappa-uniform"), 0.65);
        QCOMPARE(dialog->request().preset.id, std::string("user"));
        model->item(at, 2)->setText(QStringLiteral("7"));  // outside its range: the old value stays
        QCOMPARE(dialog->request().preset.value("positional.kappa-uniform"), 0.65);
        QCOMPARE(model->item(at, 2)->text(), QStringLiteral("0.65"));
        auto* path = dialog->findChild<QLineEdit*>();
        auto* start = dialog->findChild<QPushButton*>(QStringLiteral("startLabelling"));
        path->setFocus();
        QTest::keyClicks(path, QStringLiteral("/a b/one.txt; /two"));
        r = dialog->request();
        QCOMPARE(r.corpusPaths, (std::vector<std::string>{"/a b/one.txt", "/two"}));
        QVERIFY(r.corpusName.empty());
        path->clear();
        Q_EMIT path->textEdited(QString());
        QVERIFY(!start->isEnabled());  // no text chosen, and it says so
        QVERIFY(!start->toolTip().isEmpty());
        delete dialog;
    }

    void measuresAreListedOnce()
    {
        const auto report = test::sampleReport();
        const auto list = labelMeasures(*report);
        QSet<QString> keys;
        for (const LabelMeasure& measure : list) keys.insert(measure.key);
        QCOMPARE(keys.size(), qsizetype(list.size()));
        QCOMPARE(list.front().key, QStringLiteral("label:previous-token"));
        QVERIFY(keys.contains(QStringLiteral("label:no-op")) && keys.contains(QStringLiteral("score:entropy"))
                && keys.contains(QStringLiteral("explained")));
        QCOMPARE(*measureOf(QStringLiteral("label:previous-token"), *report->find({0, 0})), 0.68);
        QCOMPARE(*measureOf(QStringLiteral("score:distance"), *report->find({1, 2})), 3.0);
        QVERIFY(!measureOf(QStringLiteral("label:induction"), *report->find({0, 0})));
    }

    void scatterChoosesByMouseAndKeys()
    {
        Bench b;
        ScatterDialog dialog(b.context);
        dialog.setAttribute(Qt::WA_DeleteOnClose, false);
        dialog.show();
        QVERIFY(QTest::qWaitForWindowExposed(&dialog));
        dialog.xBox()->setCurrentIndex(dialog.xBox()->findData(QStringLiteral("score:entropy")));
        Q_EMIT dialog.xBox()->activated(dialog.xBox()->currentIndex());
        dialog.yBox()->setCurrentIndex(dialog.yBox()->findData(QStringLiteral("score:distance")));
        Q_EMIT dialog.yBox()->activated(dialog.yBox()->currentIndex());
        ScoreScatter* scatter = dialog.scatter();
        QCOMPARE(int(scatter->points().size()), 8);
        QCoreApplication::processEvents();
        for (const ScoreScatter::Point& p : scatter->points())
            if (p.head == (HeadId{1, 2}))
                QTest::mouseClick(scatter->childAt(scatter->place(p).toPoint()), Qt::LeftButton, Qt::NoModifier,
                                  scatter->childAt(scatter->place(p).toPoint())->mapFrom(scatter, scatter->place(p).toPoint()));
        QVERIFY(b.selection.head() == (HeadId{1, 2}));
        QTest::keyClick(scatter, Qt::Key_Up);  // distance grows with the head's number; the two layers tie
        QVERIFY2(b.selection.head() == (HeadId{0, 3}), headName(b.selection.head()).c_str());
        QTest::keyClick(scatter, Qt::Key_Up);
        QVERIFY(b.selection.head() == (HeadId{1, 3}));
        b.labels.setFilter({QStringLiteral("Pr")});
        QCOMPARE(int(scatter->points().size()), 2);  // one of them behind another label
    }

    void scoresListEverythingThatWasTested()
    {
        Bench b;
        ScoresDialog dialog(b.context);
        dialog.setAttribute(Qt::WA_DeleteOnClose, false);
        QCOMPARE(dialog.model()->rowCount(), 2);
        b.selection.setHead({1, 1});
        QCOMPARE(dialog.model()->rowCount(), 3);
        QCOMPARE(dialog.model()->item(0, 0)->text(), QStringLiteral("First token (sink)"));
        QCOMPARE(dialog.model()->item(0, 3)->text(), QStringLiteral("raw"));
        QCOMPARE(dialog.model()->item(1, 4)->text(), QStringLiteral("0.55"));
    }

    void notesAreKeptByTheDialog()
    {
        Bench b;
        NoteDialog dialog(b.context, {1, 0});
        dialog.setAttribute(Qt::WA_DeleteOnClose, false);
        dialog.label()->setText(QStringLiteral("quotes"));
        dialog.text()->setPlainText(QStringLiteral("see passage 3"));
        QVERIFY(b.labels.notes().empty());
        for (QPushButton* button : dialog.findChildren<QPushButton*>())
            if (button->property("primary").toBool()) button->click();
        QCOMPARE(b.labels.note({1, 0}).label, QStringLiteral("quotes"));
        b.project.undo().undo();
        QVERIFY(b.labels.notes().empty());
    }

    /// A clipboard with nothing in it, or with no text, changes nothing; text is pasted as plain text.
    void nothingIsPasted()
    {
        Bench b;
        NoteDialog dialog(b.context, {1, 0});
        dialog.setAttribute(Qt::WA_DeleteOnClose, false);
        dialog.text()->setPlainText(QStringLiteral("see "));
        dialog.text()->moveCursor(QTextCursor::End);
        QClipboard& clipboard = *QGuiApplication::clipboard();
        clipboard.clear();
        dialog.text()->paste();
        clipboard.setMimeData(new QMimeData);
        dialog.text()->paste();
        auto* picture = new QMimeData;
        picture->setData(QStringLiteral("image/png"), "no picture");
        clipboard.setMimeData(picture);
        dialog.text()->paste();
        QCOMPARE(dialog.text()->toPlainText(), QStringLiteral("see "));
        // Qt hands this on where a selection has an owner without data.
        struct Field : PlainEdit {
            using PlainEdit::insertFromMimeData;
        } field;
        field.insertFromMimeData(nullptr);
        QVERIFY(field.toPlainText().isEmpty());
        auto* text = new QMimeData;
        text->setHtml(QStringLiteral("<b>passage 3</b>"));
        text->setText(QStringLiteral("passage 3"));
        clipboard.setMimeData(text);
        dialog.text()->paste();
        QCOMPARE(dialog.text()->toPlainText(), QStringLiteral("see passage 3"));
        clipboard.clear();
    }

    void reportCarriesItsProvenance()
    {
        const LabelReportInput input = reportInput();
        const QString lines = reportProvenance(input).join(QLatin1Char('\n'));
        QVERIFY(lines.contains(QString(64, QLatin1Char('a'))) && lines.contains(QString(64, QLatin1Char('b')))
                && lines.contains(QStringLiteral("Grimm")));
        QVERIFY(lines.contains(QStringLiteral("model.h5")));
        const QByteArray csv = labelReportCsv(input);
        QVERIFY(csv.contains("L0H0") && csv.contains("previous-token") && csv.contains("# note L0H3: names | copies names"));
    }

    void reportIsWrittenAndReadBack()
    {
        QTemporaryDir folder;
        const LabelReportInput input = reportInput();
        int pages = 0;
        QVERIFY(labelReportPdf(input, &pages).startsWith("%PDF"));
        QCOMPARE(pages, 1);
        LabelReportInput many = input;
        auto large = std::make_shared<LabelReport>(*input.report);
        for (int l = 2; l < 24; ++l)
            for (int h = 0; h < 4; ++h) {
                large->heads.push_back(large->heads[std::size_t(h)]);
                large->heads.back().head = {l, h};
            }
        many.report = large;
        QVERIFY(labelReportPdf(many, &pages).size() > 1000);
        QVERIFY2(pages >= 3, qPrintable(QString::number(pages)));
        for (const char* name : {"report.pdf", "report.csv"}) {
            const QString path = folder.filePath(QString::fromLatin1(name));
            QVERIFY(writeLabelReport(path, input).ok());
            QFile file(path);
            QVERIFY(file.open(QIODevice::ReadOnly));
            QCOMPARE(file.readAll().startsWith("%PDF"), path.endsWith(QLatin1String("pdf")));
        }
        QVERIFY(!writeLabelReport(folder.filePath(QStringLiteral("no/such/folder.pdf")), input).ok());
    }

    void controllerSaysWhyNot()
    {
        Bench b;
        LabelController controller(b.context, {QStringLiteral("/x/sample.txt")});
        QVERIFY(controller.impossibleBecause().isEmpty());
        QVERIFY(controller.usesSample(controller.request()));
        QVERIFY2(controller.provenanceWords().contains(QStringLiteral("Grimm")), qPrintable(controller.provenanceWords()));
        b.project.close();
        QVERIFY(!controller.impossibleBecause().isEmpty());
        QVERIFY(controller.provenanceWords().isEmpty());
    }
};

QTEST_MAIN(tst_label_dialogs)
#include "tst_label_dialogs.moc"
