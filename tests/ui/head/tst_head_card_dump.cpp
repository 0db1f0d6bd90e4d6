// SPDX-License-Identifier: GPL-3.0-or-later
// The card of a head of somebody else's attention: what rows over another text are not said to do.
#include <QLabel>
#include <QLatin1Char>
#include <QStringList>
#include <QTest>

#include "engine/io/dump/attention_dump.h"
#include "tests/support/table_source.h"
#include "tests/ui/sample_window.h"
#include "ui/head/head_card.h"
#include "ui/state/selection.h"

using namespace hs;
using namespace hs::ui;

namespace {

/// Two rows over three columns that are another text: the second row looks at its "own" number only.
class CrossSample final : public DumpSample {
public:
    int layers() const override { return 1; }
    int heads(int) const override { return 1; }
    int queries() const override { return 2; }
    int keys() const override { return 3; }
    Visibility visibility(int) const override { return {MaskKind::Bidirectional, 0}; }
    const std::vector<Token>& queryTokens() const override { return m_rows; }
    const std::vector<Token>& keyTokens() const override { return m_columns; }
    int readyLayers() const override { return 1; }
    bool has(MapKind kind) const override { return kind == MapKind::Weights; }
    const std::string& text() const override { return m_text; }
    std::vector<int> ids() const override { return {}; }
    Result<MatrixF> logits() const override { return MatrixF(); }
    Result<MatrixF> tile(HeadId, MapKind, int q0, int nq, int k0, int nk) const override
    {
        MatrixF out(nq, nk);
        for (int q = 0; q < nq; ++q)
            for (int k = 0; k < nk; ++k) out(q, k) = q0 + q == k0 + k ? 1.0f : 0.0f;
        return out;
    }
    std::shared_ptr<const HeadStats> stats(HeadId) const override
    {
        auto s = std::make_shared<HeadStats>();
        s->rowEntropy = s->rowFirst = {0, 0};
        s->rowMax = {1, 1};
        s->rowArgmax = {0, 1};
        s->columnMean = {0.5f, 0.5f, 0};
        s->meanMax = 1;
        s->firstMass = 0.5f;
        s->rowDistance = {std::nanf(""), std::nanf("")};
        s->meanDistance = s->previousMass = s->selfMass = std::nanf("");
        return s;
    }

private:
    std::vector<Token> m_rows = test::TableSource::tokensOf({" chat"}), m_columns = test::TableSource::tokensOf({" the", " cat"});
    std::string m_text;
};

QString wordsOf(const HeadCard& card)
{
    QStringList out;
    for (const QLabel* label : card.findChildren<QLabel*>())
        if (label->isVisibleTo(&card)) out << label->text();
    return out.join(QLatin1Char('|'));
}

}  // namespace

class TestHeadCardDump : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void rowsOverAnotherText()
    {
        StartOptions options;
        options.restore = false;
        options.theme = ThemeMode::Light;
        MainWindow window(options);
        window.resize(1440, 900);
        window.show();
        Project& project = *window.context().project;
        project.setDump(test::TableSource::dumpOf({std::make_shared<CrossSample>()}));
        PromptEntry entry;
        entry.sample = project.dump()->samples.front();
        project.setCurrent(project.addPrompt(entry));
        window.context().selection->setHead({0, 0});
        auto* card = test::part<HeadCard>(window);
        QVERIFY(card);
        QTRY_VERIFY(wordsOf(*card).contains(QStringLiteral("first column")));
        const QString words = wordsOf(*card);
        for (const char* self : {"itself", "previous", "distance", "just before", "nan"})
            QVERIFY2(!words.contains(QLatin1String(self), Qt::CaseInsensitive), qPrintable(words));
        const auto* distances = card->findChild<QWidget*>(QStringLiteral("distances"));
        QVERIFY(distances && !distances->isVisibleTo(card));
    }
};

QTEST_MAIN(TestHeadCardDump)
#include "tst_head_card_dump.moc"
