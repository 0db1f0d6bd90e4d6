// SPDX-License-Identifier: GPL-3.0-or-later
// The steps of every kind of block, as text: a mistake reads itself. That passes walk them is shown by the passes' own tests.
#include <QStringList>
#include <QTest>

#include "engine/model/block_plan.h"
#include "tests/support/forward_cases.h"

using namespace hs;
using namespace hs::test;

namespace {

QString textOf(const BlockPlan& plan)
{
    QStringList out;
    for (const Step& step : plan) {
        const QString branch = step.branch == Branch::Attention ? QStringLiteral("A") : QStringLiteral("M");
        const QString norm = step.norm == BlockNorm::None  ? QString()
                             : step.norm == BlockNorm::Ln1 ? QStringLiteral(" ln1")
                                                           : QStringLiteral(" ln2");
        switch (step.kind) {
        case StepKind::Read: out << QStringLiteral("read ") + branch + norm; break;
        case StepKind::Share: out << QStringLiteral("share"); break;
        case StepKind::Mix: out << QStringLiteral("mix"); break;
        case StepKind::Write: out << QStringLiteral("write ") + branch; break;
        case StepKind::Norm: out << QStringLiteral("norm") + norm; break;
        }
    }
    return out.join(QStringLiteral(", "));
}

ModelConfig caseNamed(const char* name)
{
    for (const ForwardCase& c : forwardCases())
        if (c.name == name) return c.config;
    return {};
}

}  // namespace

class tst_block_plan : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void steps_data();
    void steps();
};

void tst_block_plan::steps_data()
{
    QTest::addColumn<QString>("model");
    QTest::addColumn<QString>("expected");
    QTest::addColumn<bool>("middle");  // the MLP reads what attention added
    QTest::addColumn<bool>("isSum");   // nothing but additions change the stream
    QTest::addColumn<int>("joins");    // first step that depends on what attention wrote
    const auto row = [](const char* model, const char* expected, bool middle, bool isSum, int joins) {
        QTest::newRow(model) << QString::fromLatin1(model) << QString::fromLatin1(expected) << middle << isSum << joins;
    };
    row("GPT-2", "read A ln1, mix, write A, read M ln2, write M", true, true, 3);
    row("GPT-J", "read A ln1, mix, share, write A, write M", false, true, 5);
    row("NeoX", "read A ln1, mix, read M ln2, write A, write M", false, true, 5);
    row("BERT", "read A, mix, write A, norm ln1, read M, write M, norm ln2", true, false, 3);
    row("attention only, no norm", "read A ln1, mix, write A", true, true, 3);
}

void tst_block_plan::steps()
{
    QFETCH(QString, model);
    QFETCH(QString, expected);
    QFETCH(bool, middle);
    QFETCH(bool, isSum);
    QFETCH(int, joins);
    const BlockPlan plan = blockPlan(caseNamed(model.toUtf8().constData()));
    QCOMPARE(textOf(plan), expected);
    QCOMPARE(hasMiddle(plan), middle);
    QCOMPARE(streamIsSum(plan), isSum);
    QCOMPARE(static_cast<int>(firstAfterWrites(plan)), joins);
}

QTEST_APPLESS_MAIN(tst_block_plan)
#include "tst_block_plan.moc"
