// SPDX-License-Identifier: GPL-3.0-or-later
// Golden numbers of engine/methods/patterns.md sections 2 and 4: small maps whose every score can be worked out by hand.
#include <QList>
#include <QTest>

#include "engine/analysis/patterns/target_set.h"
#include "engine/analysis/patterns/text_pass.h"
#include "tests/support/synthetic_heads.h"

using namespace hs;
using namespace hs::test;

namespace {

using Rows = std::vector<std::vector<double>>;

struct Case {
    AnnotatedDocument document;
    Rows rows;
    Visibility mask;
    std::vector<float> norms;
    RowMass mass = RowMass::Weights;
    std::vector<std::pair<std::string, double>> preset{{"rows.keys", 2}, {"sink.shortest", 2}};
};

AnnotatedDocument plain(int n, bool bos = true)
{
    AnnotatedDocument out;
    const auto size = static_cast<std::size_t>(n);
    out.prompt.tokens.resize(size);
    out.isReference.assign(size, false);
    if (bos) {
        out.references = {0};
        out.isReference[0] = true;
    }
    out.classes.assign(size, TokenClass::Word);
    out.word.assign(size, -1);
    for (int i = bos ? 1 : 0; i < n; ++i) out.word[static_cast<std::size_t>(i)] = i;
    out.sentence.assign(size, -1);
    out.paragraph = out.line = out.quotation = out.sentence;
    out.frequency.assign(size, 1);
    out.rank.assign(size, 0);
    return out;
}

DetectorOutput run(const Case& c)
{
    LabelPreset preset;
    for (const auto& [key, value] : c.preset)
        if (!preset.set(key, value)) return {};
    TextPassInput input;
    input.documents = 1;
    input.document = [&](int) { return c.document; };
    input.heads = {{0, 0}};
    input.mask = c.mask;
    input.mass = c.mass;
    input.preset = &preset;
    input.maps = [&](const AnnotatedDocument& document, const Progress&) -> Result<DocumentMaps> {
        auto source = std::make_shared<MatrixMaps>();
        source->kind = c.mask;
        source->tokens = document.prompt.tokens;
        const auto n = static_cast<std::ptrdiff_t>(c.rows.size());
        MatrixF map(n, n);
        for (std::ptrdiff_t i = 0; i < n; ++i)
            for (std::size_t j = 0; j < c.rows[static_cast<std::size_t>(i)].size(); ++j)
                map(i, static_cast<std::ptrdiff_t>(j)) = static_cast<float>(c.rows[static_cast<std::size_t>(i)][j]);
        source->maps.push_back(std::move(map));
        DocumentMaps maps{source, {}};
        if (!c.norms.empty())
            maps.valueNorms = [norms = c.norms](HeadId) -> Result<std::shared_ptr<const std::vector<float>>> {
                return std::make_shared<const std::vector<float>>(norms);
            };
        return maps;
    };
    auto out = runTextPass(input);
    return out ? *out : DetectorOutput{};
}

double score(const DetectorOutput& output, const char* key, AttentionView view)
{
    for (const DetectorOutput::Score& s : output.scores)
        if (s.score.key == key && s.score.view == view) return s.score.value;
    return kNoValue;
}

const HeadEvidence* find(const DetectorOutput& output, LabelKind kind, const std::string& variant = {})
{
    for (const HeadEvidence& e : output.evidence)
        if (e.label.kind == kind && e.variant == variant) return &e;
    return nullptr;
}

double nullOf(const HeadEvidence& e, NullKind kind)
{
    for (const NullColumn& column : e.nulls)
        if (column.kind == kind) return column.u.at(0);
    return kNoValue;
}

bool near(double a, double b, double tolerance = 6e-5) { return std::abs(a - b) <= tolerance; }

#define HS_NEAR(got, expected) QVERIFY2(near(got, expected), qPrintable(QString::number(got, 'g', 8)))

Case g1()
{
    Case c;
    c.document = plain(4);
    c.rows = {{1}, {.9, .1}, {.1, .8, .1}, {.05, .05, .85, .05}};
    return c;
}

Case uniform(int n)
{
    Case c;
    c.document = plain(n);
    for (int i = 0; i < n; ++i) c.rows.emplace_back(static_cast<std::size_t>(i) + 1, 1.0 / (i + 1));
    return c;
}

}  // namespace

class TstPatternGolden : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void g1Rows()
    {
        const DetectorOutput out = run(g1());
        HS_NEAR(score(out, "previous-mass", AttentionView::Raw), 0.85);
        HS_NEAR(score(out, "first-column", AttentionView::Raw), 0.5125);
        HS_NEAR(score(out, "distance", AttentionView::Raw), 0.75);
        HS_NEAR(score(out, "entropy-normalised", AttentionView::Raw), 0.4915);
        HS_NEAR(score(out, "confidence", AttentionView::Raw), 0.85);
        HS_NEAR(score(out, "confidence", AttentionView::Content), 0.5833);
        HS_NEAR(score(out, "gate", AttentionView::Raw), (0.1 + 0.9 + 0.95) / 3);
        HS_NEAR(score(out, "previous-hit", AttentionView::Content), 1.0);
        const HeadEvidence* previous = find(out, LabelKind::PreviousToken);
        QVERIFY(previous);
        HS_NEAR(previous->x.at(0), 0.8918);
        HS_NEAR(nullOf(*previous, NullKind::Uniform), 0.4167);
        const double kappa = (previous->x[0] - 5.0 / 12) / (1 - 5.0 / 12);
        HS_NEAR(kappa, 0.8145);
        QCOMPARE(previous->events, 2L);
    }

    /// A head that is even over what its window shows has exactly the chance level of every pattern, and full entropy.
    void windowsHaveTheirOwnChance_data()
    {
        QTest::addColumn<int>("window");
        for (const int window : {0, 5, 12, 500}) QTest::addRow("window %d", window) << window;
    }
    void windowsHaveTheirOwnChance()
    {
        QFETCH(int, window);
        Case c;
        SeededRandom random(7, 3);
        c.document = madeDocument(0, 90, random);
        c.mask = Visibility(MaskKind::Causal, window);
        for (int i = 0; i < 90; ++i) {
            const int first = window > 0 ? std::max(0, i - window + 1) : 0;
            std::vector<double>& row = c.rows.emplace_back(static_cast<std::size_t>(i + 1), 0.0);
            for (int j = first; j <= i; ++j) row[static_cast<std::size_t>(j)] = 1.0 / (i - first + 1);
        }
        const DetectorOutput out = run(c);
        HS_NEAR(score(out, "entropy-normalised", AttentionView::Raw), 1.0);
        int compared = 0;
        for (const HeadEvidence& e : out.evidence) {
            const double chance = nullOf(e, NullKind::Uniform);
            if (e.x.empty() || std::isnan(chance) || std::isnan(e.x[0])) continue;
            QVERIFY2(near(e.x[0], chance), qPrintable(QString("%1 %2: %3, not %4")
                                                          .arg(static_cast<int>(e.label.kind))
                                                          .arg(QString::fromStdString(e.variant))
                                                          .arg(e.x[0])
                                                          .arg(chance)));
            ++compared;
        }
        QVERIFY2(compared >= 5, qPrintable(QString::number(compared)));
        const HeadEvidence* previous = find(out, LabelKind::PreviousToken);
        QVERIFY(previous && previous->x.at(0) > (window == 5 ? 0.19 : 0.0));
    }

    void sinkNull_data()
    {
        QTest::addColumn<int>("n");
        QTest::addColumn<double>("expected");
        QTest::newRow("4") << 4 << .5208;
        QTest::newRow("16") << 16 << .2113;
        QTest::newRow("64") << 64 << .0741;
        QTest::newRow("first 64 of 80") << 80 << .0741;
    }
    void sinkNull()
    {
        QFETCH(int, n);
        QFETCH(double, expected);
        const DetectorOutput out = run(uniform(n));
        const HeadEvidence* sink = find(out, LabelKind::Sink);
        QVERIFY(sink);
        HS_NEAR(nullOf(*sink, NullKind::Uniform), expected);
        HS_NEAR(sink->x.at(0), expected);
    }

    void block()
    {
        Case c;
        c.mask = MaskKind::Bidirectional;
        c.document = plain(4, false);
        c.document.sentence = {0, 0, 1, 1};
        c.rows = {{.5, .5, 0, 0}, {.5, .5, 0, 0}, {0, 0, .5, .5}, {0, 0, .5, .5}};
        DetectorOutput out = run(c);
        const HeadEvidence* block = find(out, LabelKind::Block, "sentence");
        QVERIFY(block);
        HS_NEAR(block->x.at(0), 1.0);
        HS_NEAR(nullOf(*block, NullKind::Uniform), 0.5);
        QCOMPARE(block->criteria.at(2).name, std::string("breadth"));
        HS_NEAR(block->criteria.at(2).a.at(0), 1.0);

        for (auto& row : c.rows) row = {.25, .25, .25, .25};
        out = run(c);
        block = find(out, LabelKind::Block, "sentence");
        QVERIFY(block);
        HS_NEAR(block->x.at(0), 0.5);
        HS_NEAR(block->criteria.at(2).a.at(0), 1.0);
    }

    void subword()
    {
        Case c;
        c.document = plain(5);
        c.document.word = {-1, 0, 0, 0, 1};
        c.rows = {{1}, {.5, .5}, {.1, .8, .1}, {.1, .6, .3, 0}, {.2, .2, .2, .2, .2}};
        const DetectorOutput out = run(c);
        const HeadEvidence* subword = find(out, LabelKind::Subword);
        QVERIFY(subword);
        HS_NEAR(subword->x.at(0), 0.85);
        HS_NEAR(nullOf(*subword, NullKind::Uniform), 0.4167);
        QVERIFY(near((subword->x[0] - 5.0 / 12) / (1 - 5.0 / 12), 0.743, 5e-4));
        QCOMPARE(subword->events, 2L);
        // Previous-token mass on continuations (.8, .3) less that on the one word beginning that counts (.2).
        HS_NEAR(subword->criteria.at(2).a.at(0), 0.55 - 0.2);
    }

    void norms()
    {
        Case c;
        c.document = plain(2);
        c.rows = {{1}, {.9, .1}};
        c.norms = {.1f, 2.0f};
        c.mass = RowMass::Norms;
        const DetectorOutput out = run(c);
        HS_NEAR(score(out, "first-mass", AttentionView::Raw), 0.0 + .09 / .29);
        HS_NEAR(score(out, "gate", AttentionView::Raw), .2 / .29);
    }

    /// What is written of an average content value: .2 of 2 in row 2 when the sink has no norm to speak of.
    void noOp()
    {
        Case c;
        c.document = plain(3);
        c.rows = {{1}, {.9, .1}, {.9, .05, .05}};
        c.norms = {.01f, 2.0f, 2.0f};
        const DetectorOutput out = run(c);
        const HeadEvidence* noOp = find(out, LabelKind::NoOp);
        QVERIFY(noOp);
        HS_NEAR(noOp->x.at(0), 1 - .1);
        HS_NEAR(nullOf(*noOp, NullKind::Uniform), 1.0 / 3);
        HS_NEAR(noOp->criteria.at(0).a.at(0), .009 / (.009 + .2));
    }

    void rowsThatAreNone()
    {
        Case c = g1();
        c.rows[2] = {.1, .8, .2};
        QVERIFY(run(c).evidence.empty());
    }

    void explained()
    {
        const Case c = g1();
        LabelPreset preset;
        TextPassInput input;
        input.documents = 1;
        input.document = [&](int) { return c.document; };
        input.heads = {{0, 0}};
        input.preset = &preset;
        input.maps = [&](const AnnotatedDocument&, const Progress&) -> Result<DocumentMaps> {
            auto source = std::make_shared<MatrixMaps>();
            MatrixF map(4, 4);
            for (std::size_t i = 0; i < 4; ++i)
                for (std::size_t j = 0; j < c.rows[i].size(); ++j)
                    map(static_cast<std::ptrdiff_t>(i), static_cast<std::ptrdiff_t>(j)) = static_cast<float>(c.rows[i][j]);
            source->maps.push_back(std::move(map));
            return DocumentMaps{source, {}};
        };
        ExplainedRequest request{{0, 0}, {{{LabelKind::Sink, 0, {}}, {}}, {positionalLabel(-1), {}}, {{LabelKind::Local, 0, {}}, {}}}};
        const auto mass = explainedMass(input, {request}, 10);
        QVERIFY(mass.ok());
        HS_NEAR((*mass)[0][0], (1 + .9 + .1 + .05) / 4);
        HS_NEAR((*mass)[0][1], (.8 + .85) / 4);
        HS_NEAR((*mass)[0][2], (.1 + .1 + .05 + .05) / 4);  // each cell once
    }

    void targets_data()
    {
        QTest::addColumn<QString>("label");
        QTest::addColumn<QString>("variant");
        QTest::addColumn<int>("query");
        QTest::addColumn<QList<int>>("expected");
        QTest::newRow("previous") << "previous-token"
                                  << "" << 4 << QList<int>{3};
        QTest::newRow("previous is BOS") << "previous-token"
                                         << "" << 1 << QList<int>{};
        QTest::newRow("three back") << "positional(-3)"
                                    << "" << 5 << QList<int>{2};
        QTest::newRow("next is unseen") << "next-token"
                                        << "" << 2 << QList<int>{};
        QTest::newRow("self") << "self"
                              << "" << 2 << QList<int>{2};
        QTest::newRow("sink") << "sink"
                              << "" << 3 << QList<int>{0};
        QTest::newRow("local") << "local"
                               << "" << 4 << QList<int>{2, 3, 4};
        QTest::newRow("duplicate") << "duplicate-token"
                                   << "" << 5 << QList<int>{2};
        QTest::newRow("induction") << "induction"
                                   << "" << 5 << QList<int>{3};
        QTest::newRow("no earlier") << "induction"
                                    << "" << 3 << QList<int>{};
        QTest::newRow("sentence") << "block"
                                  << "sentence" << 5 << QList<int>{4, 5};
        QTest::newRow("line, none") << "block"
                                    << "line" << 5 << QList<int>{};
        QTest::newRow("subword") << "subword"
                                 << "" << 2 << QList<int>{1};
        QTest::newRow("punctuation") << "punctuation"
                                     << "" << 5 << QList<int>{3};
        QTest::newRow("punctuation asks") << "punctuation"
                                          << "" << 3 << QList<int>{};
        QTest::newRow("rare word") << "rare-word"
                                   << "" << 2 << QList<int>{1};
        QTest::newRow("broad") << "broad"
                               << "" << 2 << QList<int>{};
    }
    void targets()
    {
        QFETCH(QString, label);
        QFETCH(QString, variant);
        QFETCH(int, query);
        QFETCH(QList<int>, expected);
        AnnotatedDocument document = plain(6);
        constexpr int ids[] = {0, 7, 5, 9, 8, 5};
        for (std::size_t i = 0; i < 6; ++i) document.prompt.tokens[i].id = ids[i];
        document.word = {-1, 0, 0, 1, 2, 3};
        document.sentence = {-1, 0, 0, 0, 1, 1};
        document.rank = {0, 9, 3, 1, 2, 3};
        document.classes[3] = TokenClass::Punctuation;
        const auto id = parseLabel(label.toStdString());
        QVERIFY(id);
        QCOMPARE(QString::fromStdString(labelName(*id)), label);
        std::vector<int> keys;
        targetKeys(*id, variant.toStdString(), document, query, MaskKind::Causal, keys);
        QCOMPARE(QList<int>(keys.begin(), keys.end()), expected);
    }

    void names_data()
    {
        QTest::addColumn<QString>("text");
        for (const char* bad : {"", "previous", "positional", "positional()", "positional(1)", "positional(0)", "positional(x)",
                                "positional(2", "sink(2)", "vertical", "vertical()", "Sink"})
            QTest::newRow(bad[0] ? bad : "empty") << QString::fromUtf8(bad);
    }
    void names()
    {
        QFETCH(QString, text);
        QVERIFY(!parseLabel(text.toStdString()));
    }
};

QTEST_APPLESS_MAIN(TstPatternGolden)
#include "tst_pattern_golden.moc"
