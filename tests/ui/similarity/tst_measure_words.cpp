// SPDX-License-Identifier: GPL-3.0-or-later
// Every row of the engine's tables of measures and of single heads' numbers has its words, and no words are left without a row.
#include <QTest>

#include <set>

#include "ui/similarity/head_number_words.h"
#include "ui/similarity/measure_words.h"

using namespace hs;
using namespace hs::ui;

class TstMeasureWords : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void measuresHaveWords()
    {
        std::set<HeadMeasure> ids;
        std::set<QString> briefs, titles;
        for (const MeasureInfo& m : measures()) {
            QVERIFY2(ids.insert(m.id).second, m.name);
            const auto rows =
                std::count_if(measureWords().begin(), measureWords().end(), [&](const MeasureWords& w) { return w.id == m.id; });
            QVERIFY2(rows == 1, m.name);
            QVERIFY2(!measureBrief(m.id).isEmpty() && briefs.insert(measureBrief(m.id)).second, m.name);
            QVERIFY2(!measureTitle(m.id).isEmpty() && titles.insert(measureTitle(m.id)).second, m.name);
            QVERIFY2(m.needsCorpus() == !measureSentence(m.id).isEmpty(), m.name);  // where no pairing says what is compared
            QVERIFY2(fewMeasureDecimals(m.id) >= 1 && fewMeasureDecimals(m.id) <= measureDecimals(m.id), m.name);
        }
        QCOMPARE(measureWords().size(), measures().size());
    }

    void headNumbersHaveWords()
    {
        std::set<std::string_view> ids;
        std::set<QString> titles;
        for (const HeadNumber& number : headNumbers()) {
            QVERIFY2(ids.insert(number.id).second, number.id);
            const auto rows = std::count_if(headNumberWords().begin(), headNumberWords().end(),
                                            [&](const HeadNumberWords& w) { return std::string_view(w.id) == number.id; });
            QVERIFY2(rows == 1, number.id);
            QVERIFY2(!headNumberTitle(number).isEmpty() && titles.insert(headNumberTitle(number)).second, number.id);
        }
        QCOMPARE(headNumberWords().size(), headNumbers().size());
    }

    /// A number that is not there says why: the circuit's fault, or what else is lacking.
    void headNumbersSayWhatIsLacking()
    {
        HeadSpectra spectra;
        spectra.ovFault = NoValue::ZeroWeight;
        for (const HeadNumber& number : headNumbers()) {
            QVERIFY2(headNumberText(number, spectra).startsWith(QStringLiteral("n/a: ")), number.id);
            QVERIFY2(headNumberChance(number, spectra).isEmpty(), number.id);
        }
        spectra.ovFault = NoValue::None;
        spectra.identity = 0.25;
        spectra.identityNullSd = 0.0361;
        QCOMPARE(headNumberText(headNumbers().front(), spectra), QStringLiteral("+0.2500"));
        QCOMPARE(headNumberChance(headNumbers().front(), spectra), QStringLiteral("0 ± 0.0361"));
    }
};

QTEST_MAIN(TstMeasureWords)
#include "tst_measure_words.moc"
