// SPDX-License-Identifier: GPL-3.0-or-later
// Models as other programs write them, opened and run, against the numbers that those programs compute (tests/fixtures/families).
#include <QTest>

#include "engine/forward/forward.h"
#include "engine/io/open.h"
#include "tests/support/hdf5_numbers.h"
#include "tests/support/paths.h"
#include "tests/support/random_model.h"

using namespace hs;
using namespace hs::test;

class tst_families : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void numbersAgree_data();
    void numbersAgree();
};

void tst_families::numbersAgree_data()
{
    QTest::addColumn<QString>("file");
    QTest::addColumn<QString>("window");  // as the configuration says it
    QTest::newRow("mistral-window") << "model.safetensors"
                                    << "8";
    QTest::newRow("ministral-mixed-window") << "model.safetensors"
                                            << "8,0,8,0";
    QTest::newRow("qwen2-mixed-window") << "model.safetensors"
                                        << "0,0,8,8";
    QTest::newRow("tl-local") << "model.h5"
                              << "0,8,0,8";
    QTest::newRow("tl-soft-caps") << "model.h5"
                                  << "0";
}

void tst_families::numbersAgree()
{
    QFETCH(QString, file);
    QFETCH(QString, window);
    const QString folder = hs::test::fixture(u"families/") + QString::fromLatin1(QTest::currentDataTag());
    OpenOptions options;
    options.probe = false;  // the files are our own
    const auto model = openModel((folder + QLatin1Char('/') + file).toStdString(), options);
    QVERIFY2(model.ok(), model.ok() ? "" : model.error().item.c_str());
    QCOMPARE(QString::fromStdString(configValue((*model)->config(), "window")), window);

    const QString reference = folder + QStringLiteral("/reference.h5");
    int prompts = 0, beyond = 0;
    for (int k = 0;; ++k) {
        const std::string at = "prompt_" + std::to_string(k) + "/";
        const Numbers tokens = readNumbers(reference, at + "tokens");
        if (tokens.size() == 0) break;
        std::vector<int> ids;
        for (const double t : tokens.values) ids.push_back(static_cast<int>(t));
        const auto run = forward(*model, promptOfIds(ids), {});
        QVERIFY2(run.ok(), run.ok() ? "" : run.error().item.c_str());
        const int n = (*run)->queries();
        const Numbers attention = readNumbers(reference, at + "attention"), logits = readNumbers(reference, at + "logits");
        QCOMPARE(attention.size(), static_cast<std::size_t>((*run)->layers() * (*run)->heads(0) * n * n));
        QCOMPARE(logits.size(), static_cast<std::size_t>((*run)->logits.rows() * (*run)->logits.cols()));
        std::size_t cell = 0;
        double off = 0;
        for (int l = 0; l < (*run)->layers(); ++l)
            for (int h = 0; h < (*run)->heads(l); ++h) {
                const auto map = (*run)->tile({l, h}, MapKind::Weights, 0, n, 0, n);
                QVERIFY(map.ok());
                for (int i = 0; i < n * n; ++i) off = std::max(off, std::abs(static_cast<double>(map->data()[i]) - attention[cell++]));
            }
        QVERIFY2(off < 2e-5, qPrintable(QString("attention off by %1").arg(off)));
        double largest = 0, wrong = 0;
        for (std::size_t i = 0; i < logits.size(); ++i) {
            largest = std::max(largest, std::abs(logits[i]));
            wrong = std::max(wrong, std::abs(static_cast<double>((*run)->logits.data()[i]) - logits[i]));
        }
        QVERIFY2(wrong < 2e-4 * largest, qPrintable(QString("logits off by %1 of %2").arg(wrong).arg(largest)));
        ++prompts;
        beyond += n > 2 * (*model)->config().window;
    }
    QVERIFY(prompts > 0);
    QVERIFY2(beyond > 0, "no prompt is much longer than the window");
    if (QString::fromLatin1(QTest::currentDataTag()) == QStringLiteral("tl-soft-caps")) {
        QCOMPARE((*model)->config().attnSoftcap, 1.5);
        QCOMPARE((*model)->config().finalSoftcap, 4.0);
    }
}

QTEST_APPLESS_MAIN(tst_families)
#include "tst_families.moc"
