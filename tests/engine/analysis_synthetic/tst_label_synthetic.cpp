// SPDX-License-Identifier: GPL-3.0-or-later
// Whole labelling from synthetic sequences and weights alone: what known models get, and what their twins must not get.
#include <QFile>
#include <QTest>

#include <algorithm>
#include <cmath>
#include <set>

#include "engine/analysis/causal_check/cause_checker.h"
#include "engine/analysis/causal_check/icl_score.h"
#include "engine/analysis/labels/labeller.h"
#include "engine/analysis/synthetic/run_documents.h"
#include "engine/analysis/twin.h"
#include "engine/io/open.h"
#include "tests/support/hdf5_numbers.h"
#include "tests/support/induction_model.h"
#include "tests/support/must.h"
#include "tests/support/paths.h"
#include "tests/support/shared_data.h"

using namespace hs;
using namespace hs::test;

namespace {

const QString kSample = sampleFile();

/// "compiled" or a file.
std::shared_ptr<const Model> modelAt(const QString& path)
{
    return path == QLatin1String("compiled") ? hs::test::inductionModel() : mustOpen(path);
}

std::shared_ptr<const LabelReport> mustLabel(std::shared_ptr<const Model> model, bool causes = false)
{
    LabelOptions options;
    options.model = std::move(model);
    options.text = false;
    if (causes) options.causes = checkCausesByKnockout;
    auto report = labelModel(options);
    if (!report)
        qFatal("labelModel: %d %s %s", static_cast<int>(report.error().code), report.error().item.c_str(), report.error().found.c_str());
    return *report;
}

/// Awarded attention labels: "L0H0 previous-token".
std::set<std::string> attentionLabels(const LabelReport& report)
{
    std::set<std::string> out;
    for (const HeadReport& head : report.heads)
        for (const HeadLabel& label : head.labels)
            if (label.status == LabelStatus::Awarded && !isAttribute(label.id.kind))
                out.insert(headName(head.head).append(" ").append(labelName(label.id)));
    return out;
}

QString joined(const std::set<std::string>& names)
{
    QString out;
    for (const std::string& n : names) out += QString::fromStdString(n) + QLatin1Char('\n');
    return out;
}

const HeadLabel& labelOf(const LabelReport& report, HeadId head, LabelKind kind)
{
    const HeadLabel* label = report.find(head)->find({kind, 0, {}});
    if (!label) qFatal("no such label");
    return *label;
}

}  // namespace

class tst_label_synthetic : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void inductionModels_data();
    void inductionModels();
    void llamasHaveNoInduction_data();
    void llamasHaveNoInduction();
    void sampleAgreesWithAnswerKey();
    void twinsGetNoContentLabel_data();
    void twinsGetNoContentLabel();
    void causesOfOtherLabels();
    void catalogueIsWhole();
    void bidirectional();
    void iclScores();
};

void tst_label_synthetic::inductionModels_data()
{
    QTest::addColumn<QString>("file");
    QTest::newRow("compiled") << QStringLiteral("compiled");
    QTest::newRow("by hand") << fixture("models/induction/model.h5");
    QTest::newRow("trained") << sharedData("models/induction-2l1h/model.h5");
}

void tst_label_synthetic::inductionModels()
{
    QFETCH(QString, file);
    if (file != QLatin1String("compiled")) HS_NEED_SHARED(file);
    const auto report = mustLabel(modelAt(file), true);
    QCOMPARE(joined(attentionLabels(*report)), QStringLiteral("L0H0 previous-token\nL1H0 induction\n"));
    const HeadLabel &previous = labelOf(*report, {0, 0}, LabelKind::PreviousToken),
                    &induction = labelOf(*report, {1, 0}, LabelKind::Induction);
    QVERIFY(previous.score > 0.99);
    QCOMPARE(previous.cause, LabelCause::Confirmed);
    QCOMPARE(induction.cause, LabelCause::Confirmed);
    QCOMPARE(report->find({0, 0})->primaryLabel(), &previous);
    QCOMPARE(report->find({1, 0})->primaryLabel(), &induction);
    QVERIFY(!induction.best.empty());
    QVERIFY(induction.documents >= 20 && induction.events >= 100);
    QVERIFY(induction.q <= 0.01 && induction.low > 0);
}

void tst_label_synthetic::llamasHaveNoInduction_data()
{
    QTest::addColumn<QString>("file");
    QTest::newRow("tiny llama") << fixture("models/tiny-llama/model.h5");
    QTest::newRow("stories260k") << sharedData("models/stories260k/model.h5");
}

void tst_label_synthetic::llamasHaveNoInduction()
{
    QFETCH(QString, file);
    HS_NEED_SHARED(file);
    const auto report = mustLabel(modelAt(file));
    for (const std::string& name : attentionLabels(*report))
        QVERIFY2(name.find("induction") == std::string::npos && name.find("duplicate") == std::string::npos
                     && name.find("retrieval") == std::string::npos,
                 name.c_str());
}

void tst_label_synthetic::sampleAgreesWithAnswerKey()
{
    const auto report = mustLabel(modelAt(kSample), true);
    const QString answers = sampleFile("reference.h5");
    const Numbers previous = readNumbers(answers, "answer_key/previous_token"), duplicate = readNumbers(answers, "answer_key/duplicate"),
                  induction = readNumbers(answers, "answer_key/induction");
    QCOMPARE(report->heads.size(), induction.size());
    for (std::size_t h = 0; h < report->heads.size(); ++h) {
        const HeadReport& head = report->heads[h];
        const auto awarded = [&](LabelKind kind) {
            const HeadLabel* label = head.find({kind, 0, {}});
            return label && label->status == LabelStatus::Awarded;
        };
        QCOMPARE(awarded(LabelKind::PreviousToken), previous[h] > 0.5);
        QCOMPARE(awarded(LabelKind::DuplicateToken), duplicate[h] > 0.4);
        QCOMPARE(awarded(LabelKind::Induction), induction[h] > 0.4);
        if (induction[h] > 0.4) QCOMPARE(head.primaryLabel()->id.kind, LabelKind::Induction);
        if (awarded(LabelKind::Retrieval)) QVERIFY(awarded(LabelKind::Induction));
        if (awarded(LabelKind::Induction)) QVERIFY(labelOf(*report, head.head, LabelKind::Induction).cause != LabelCause::None);
    }
    QCOMPARE(labelOf(*report, {1, 6}, LabelKind::PreviousToken).cause, LabelCause::Confirmed);
    QCOMPARE(labelOf(*report, {2, 2}, LabelKind::Induction).cause, LabelCause::Confirmed);
    QCOMPARE(labelOf(*report, {2, 2}, LabelKind::Retrieval).status, LabelStatus::Awarded);  // and yet its primary label is induction
    QCOMPARE(labelOf(*report, {0, 2}, LabelKind::QkMatching).status, LabelStatus::Awarded);
    QCOMPARE(labelOf(*report, {2, 2}, LabelKind::Copying).status, LabelStatus::Awarded);
}

void tst_label_synthetic::twinsGetNoContentLabel_data()
{
    QTest::addColumn<QString>("file");
    QTest::addColumn<int>("seed");
    for (int seed = 1; seed <= 3; ++seed) {
        QTest::addRow("compiled %d", seed) << QStringLiteral("compiled") << seed;
        QTest::addRow("sample %d", seed) << kSample << seed;
        for (const char* name : {"tiny-llama", "induction"})
            QTest::addRow("%s %d", name, seed) << fixture("models/%1/model.h5").arg(QLatin1String(name)) << seed;
        for (const char* name : {"stories260k", "induction-2l1h"})
            QTest::addRow("%s %d", name, seed) << sharedData("models/%1/model.h5").arg(QLatin1String(name)) << seed;
    }
}

void tst_label_synthetic::twinsGetNoContentLabel()
{
    QFETCH(QString, file);
    QFETCH(int, seed);
    if (file != QLatin1String("compiled")) HS_NEED_SHARED(file);
    const auto report = mustLabel(makeTwin(modelAt(file), static_cast<std::uint64_t>(seed)));
    for (const HeadReport& head : report->heads)
        for (const HeadLabel& label : head.labels)
            QVERIFY2(label.status != LabelStatus::Awarded || !isContentLabel(label.id.kind),
                     headName(head.head).append(" ").append(labelName(label.id)).c_str());
}

void tst_label_synthetic::causesOfOtherLabels()
{
    DetectorInput input;
    const LabelPreset preset;
    input.model = mustOpen(kSample);
    input.preset = &preset;
    // A sink found on random tokens, a label without keys, an attribute, a text label without text.
    const std::vector<CauseRequest> requests{{{2, 5}, {LabelKind::Sink, 0, {}}, {}, DataKind::Synthetic},
                                             {{0, 0}, {LabelKind::Broad, 0, {}}, {}, DataKind::Text},
                                             {{2, 2}, {LabelKind::Copying, 0, {}}, {}, DataKind::Weights},
                                             {{1, 1}, {LabelKind::Subword, 0, {}}, {}, DataKind::Text}};
    const auto outcomes = checkCausesByKnockout(input, requests, {});
    QVERIFY(outcomes.ok());
    QVERIFY((*outcomes)[0].cause != LabelCause::None);
    QCOMPARE((*outcomes)[0].method, std::string("attention-knockout"));
    QVERIFY((*outcomes)[0].low <= (*outcomes)[0].effect && (*outcomes)[0].effect <= (*outcomes)[0].high);
    for (std::size_t i = 1; i < 4; ++i) {
        QCOMPARE((*outcomes)[i].cause, LabelCause::None);
        QVERIFY((*outcomes)[i].method.empty());
    }
}

void tst_label_synthetic::catalogueIsWhole()
{
    std::set<std::string> ids, keys;
    std::set<LabelKind> kinds;
    for (const AnalysisEntry& entry : catalogue()) {
        QVERIFY2(ids.insert(entry.id).second, entry.id.c_str());
        QVERIFY(!entry.title.empty() && !entry.citation.empty() && !entry.cost.empty() && !entry.applies.empty());
        for (const AnalysisParameter& p : entry.parameters) {
            QVERIFY2(keys.insert(p.key).second, p.key.c_str());
            QVERIFY2(p.value >= p.low && p.value <= p.high, p.key.c_str());
        }
        kinds.insert(entry.labels.begin(), entry.labels.end());
    }
    for (const LabelKind kind : {LabelKind::PreviousToken, LabelKind::NextToken, LabelKind::Induction, LabelKind::DuplicateToken,
                                 LabelKind::Retrieval, LabelKind::Copying, LabelKind::QkMatching, LabelKind::Successor,
                                 LabelKind::CopySuppression, LabelKind::CmrLike, LabelKind::StatisticalInduction, LabelKind::Iteration})
        QVERIFY2(kinds.count(kind), kindName(kind));
}

void tst_label_synthetic::bidirectional()
{
    ModelConfig config = smallConfig(2, 4, 32, 300, 64);
    config.mask = MaskKind::Bidirectional;
    const auto report = mustLabel(randomModel(config));
    std::set<std::string> without;
    for (const LabelNote& note : report->notes)
        if (note.code == "not-applicable") without.insert(note.analysis);
    for (const char* id : {"induction", "retrieval", "statistical-induction", "iteration", "lag-crp"}) QVERIFY2(without.count(id), id);
    QVERIFY(report->heads[0].find({LabelKind::NextToken, 0, {}}));
    QVERIFY(!report->heads[0].find({LabelKind::Induction, 0, {}}));
}

void tst_label_synthetic::iclScores()
{
    const IclPlaces olsson = iclPlaces(1024), small = iclPlaces(256);
    QCOMPARE(olsson.length, 512);
    QCOMPARE(olsson.early, 50);
    QCOMPARE(olsson.late, 500);
    QCOMPARE(small.early, 25);
    QCOMPARE(small.late, 250);
    // A loss that falls by one nat from token 30 on.
    std::vector<float> loss(255, 3.0f);
    std::fill(loss.begin() + 60, loss.end(), 2.0f);
    QCOMPARE(iclScore(loss, small), -1.0);
    QVERIFY(small.late + small.window <= static_cast<int>(loss.size()));
    QVERIFY(olsson.late + olsson.window <= 511);
    // Repeated random tokens are learned in context: the sample's previous-token head is what it needs.
    const auto model = mustOpen(kSample);
    std::vector<std::vector<int>> sequences(2);
    for (std::size_t s = 0; s < 2; ++s)
        for (int i = 0; i < 256; ++i) sequences[s].push_back(i == 0 ? 2047 : 300 + static_cast<int>(s) * 700 + 7 * ((i - 1) % 40));
    const auto m = measureIcl(model, sequences, small, allHeads(model->config()), {});
    QVERIFY(m.ok());
    for (const double score : m->scores) QVERIFY2(score < -1, qPrintable(QString::number(score)));
    QVERIFY(m->changes[1 * 8 + 6][0] > 1);
}

QTEST_APPLESS_MAIN(tst_label_synthetic)
#include "tst_label_synthetic.moc"
