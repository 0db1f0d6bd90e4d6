// SPDX-License-Identifier: GPL-3.0-or-later
// Knocking out what a label describes, against as much other attention.
#include <QFile>
#include <QTest>

#include <cmath>
#include <set>

#include "engine/analysis/causal_check/knockout.h"
#include "engine/analysis/synthetic/repeats.h"
#include "engine/base/parallel.h"
#include "engine/forward/forward.h"
#include "engine/io/open.h"
#include "tests/support/forward_cases.h"
#include "tests/support/induction_model.h"
#include "tests/support/paths.h"
#include "tests/support/shared_data.h"

using namespace hs;
using namespace hs::test;

namespace {

using Edges = std::vector<std::pair<int, int>>;

Edges edgesOf(const TargetList& targets)
{
    Edges out;
    for (const RowTargets& t : targets)
        for (const int key : t.keys) out.emplace_back(t.query, key);
    return out;
}

struct Sequences {
    std::vector<SyntheticDocument> documents;
    std::vector<std::shared_ptr<const Prompt>> prompts;
};

Sequences repeatsFor(const Model& model, int count)
{
    Sequences out;
    const SyntheticVocabulary vocabulary = syntheticVocabulary(model);
    const int n = copyLength(vocabulary, syntheticContext(model.config()), 2);
    for (int s = 0; s < count; ++s) {
        out.documents.push_back(repeatedTokens(vocabulary, n, 2, 1, s));
        out.prompts.push_back(promptOf(out.documents.back(), nullptr));
    }
    return out;
}

template <typename Targets>
KnockoutQuestion question(HeadId head, const Sequences& s, Targets targets)
{
    KnockoutQuestion q{head, {}};
    for (std::size_t d = 0; d < s.documents.size(); ++d) q.documents.push_back({d, edgesOf(targets(s.documents[d]))});
    return q;
}

TargetList previousOf(const SyntheticDocument& d) { return offsetTargets(static_cast<int>(d.ids.size()), -1, d.begin + 1); }
TargetList inductionOf(const SyntheticDocument& d) { return inductionTargets(d.ids, d.begin); }

}  // namespace

class tst_knockout : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void inductionModels_data();
    void inductionModels();
    void sampleHeads();
    void headThatDoesNothing();
    void controlIsAsMuch();
    void everyArchitecture_data();
    void everyArchitecture();
    void threadsDoNotMatter();
    void nothingAsked();
    void cancelled();
};

void tst_knockout::inductionModels_data()
{
    QTest::addColumn<QString>("file");
    QTest::newRow("compiled") << QString();
    QTest::newRow("by hand") << fixture("models/induction/model.h5");
    QTest::newRow("trained") << sharedData("models/induction-2l1h/model.h5");
}

void tst_knockout::inductionModels()
{
    QFETCH(QString, file);
    if (!file.isEmpty()) HS_NEED_SHARED(file);
    OpenOptions options;
    options.probe = false;
    const auto model = file.isEmpty() ? inductionModel() : *openModel(file.toStdString(), options);
    const Sequences s = repeatsFor(*model, 20);
    const auto a = checkKnockouts(model, s.prompts, {question({0, 0}, s, previousOf), question({1, 0}, s, inductionOf)}, {}, {});
    QVERIFY(a.ok());
    for (const KnockoutAnswer& answer : *a) {
        QVERIFY(answer.confirmed);
        QCOMPARE(answer.documents, 20);
        QVERIFY(answer.effect > 1);
        QVERIFY(answer.lossChange > 1);
        QVERIFY(answer.low > 0 && answer.low <= answer.difference && answer.difference <= answer.high);
    }
    QVERIFY((*a)[0].removed > 0.99);
}

void tst_knockout::sampleHeads()
{
    OpenOptions options;
    options.probe = false;
    const auto model = openModel(samplePath(), options);
    QVERIFY(model.ok());
    const Sequences s = repeatsFor(**model, 12);
    const auto a =
        checkKnockouts(*model, s.prompts,
                       {question({1, 6}, s, previousOf), question({2, 2}, s, inductionOf), question({0, 0}, s, previousOf)}, {}, {});
    QVERIFY(a.ok());
    QVERIFY((*a)[0].confirmed && (*a)[0].lossChange > 1);
    QVERIFY((*a)[1].confirmed && (*a)[1].lossChange > 1);
    QVERIFY(!(*a)[2].confirmed);  // L0H0 hardly looks back: taking .03 of its rows changes nothing
}

void tst_knockout::headThatDoesNothing()
{
    // The second query head of the grouped model reads everything evenly and writes nothing.
    const auto model = inductionModel(true);
    const Sequences s = repeatsFor(*model, 20);
    const auto a = checkKnockouts(model, s.prompts, {question({1, 1}, s, inductionOf)}, {}, {});
    QVERIFY(a.ok());
    QCOMPARE((*a)[0].effect, 0.0);
    QVERIFY(!(*a)[0].confirmed);
}

void tst_knockout::controlIsAsMuch()
{
    const auto model = randomModel(smallConfig(2, 4, 32, 50, 64));
    const auto run = forward(model, randomPrompt(40, 50), {});
    QVERIFY(run.ok());
    const Edges edges = edgesOf(offsetTargets(40, -1, 10));
    for (const HeadId other : {HeadId{1, 2}, HeadId{1, 1}}) {
        const auto control = controlKnockout(**run, {1, 1}, other, edges, 3);
        QVERIFY(control.ok());
        QVERIFY(control->head == other);
        const MatrixF label = *(*run)->tile({1, 1}, MapKind::Weights, 0, 40, 0, 40),
                      map = *(*run)->tile(other, MapKind::Weights, 0, 40, 0, 40);
        const std::set<std::pair<int, int>> own(edges.begin(), edges.end());
        std::map<int, double> wanted, taken;
        for (const auto& [q, k] : edges) wanted[q] += static_cast<double>(label(q, k));
        for (const auto& [q, k] : control->edges) {
            taken[q] += static_cast<double>(map(q, k));
            QVERIFY(k <= q);
            if (other == HeadId{1, 1}) QVERIFY(!own.count({q, k}));
        }
        double total = 0, got = 0;
        for (const auto& [q, mass] : wanted) {
            total += mass;
            got += taken[q];
        }
        QVERIFY2(std::abs(got - total) < 0.15 * total, qPrintable(QStringLiteral("%1 of %2").arg(got).arg(total)));
    }
}

void tst_knockout::everyArchitecture_data()
{
    QTest::addColumn<int>("index");
    int i = 0;
    for (const ForwardCase& c : forwardCases()) QTest::newRow(c.name.c_str()) << i++;
}

void tst_knockout::everyArchitecture()
{
    QFETCH(int, index);
    const ForwardCase c = forwardCases()[static_cast<std::size_t>(index)];
    const auto model = randomModel(c.config, c.options);
    const Sequences s = repeatsFor(*model, 4);
    const auto a = checkKnockouts(model, s.prompts, {question({0, 0}, s, previousOf)}, {}, {});
    QVERIFY(a.ok());
    QCOMPARE((*a)[0].documents, 4);
    // Also without output the residual stream changes; a query that sees only itself has no edge to lose.
    if (c.config.window == 1) QCOMPARE((*a)[0].effect, 0.0);
    else QVERIFY((*a)[0].effect > 0);
    if (c.config.output == OutputKind::None) QCOMPARE((*a)[0].lossChange, 0.0);
}

void tst_knockout::threadsDoNotMatter()
{
    const auto model = randomModel(smallConfig(2, 4, 32, 300, 64));
    const Sequences s = repeatsFor(*model, 5);
    const std::vector<KnockoutQuestion> questions{question({1, 1}, s, previousOf), question({0, 2}, s, inductionOf)};
    const int before = threadCount();
    setThreadCount(1);
    const auto one = checkKnockouts(model, s.prompts, questions, {}, {});
    setThreadCount(3);
    const auto three = checkKnockouts(model, s.prompts, questions, {}, {});
    setThreadCount(before);
    QVERIFY(one.ok() && three.ok());
    for (std::size_t q = 0; q < 2; ++q) {
        QCOMPARE((*one)[q].effect, (*three)[q].effect);
        QCOMPARE((*one)[q].control, (*three)[q].control);
        QCOMPARE((*one)[q].low, (*three)[q].low);
    }
}

void tst_knockout::nothingAsked()
{
    const auto model = inductionModel();
    const Sequences s = repeatsFor(*model, 2);
    const auto none = checkKnockouts(model, s.prompts, {}, {}, {});
    QVERIFY(none.ok() && none->empty());
    const auto empty = checkKnockouts(model, s.prompts, {KnockoutQuestion{{0, 0}, {{0, {}}, {1, {}}}}}, {}, {});
    QVERIFY(empty.ok());
    QCOMPARE((*empty)[0].documents, 0);
    QVERIFY(!(*empty)[0].confirmed);
}

void tst_knockout::cancelled()
{
    std::stop_source stop;
    stop.request_stop();
    const auto model = inductionModel();
    const Sequences s = repeatsFor(*model, 2);
    const auto a = checkKnockouts(model, s.prompts, {question({0, 0}, s, previousOf)}, {}, Progress(stop.get_token(), {}));
    QVERIFY(!a.ok());
    QCOMPARE(a.error().code, ErrorCode::Cancelled);
}

QTEST_APPLESS_MAIN(tst_knockout)
#include "tst_knockout.moc"
