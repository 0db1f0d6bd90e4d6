// SPDX-License-Identifier: GPL-3.0-or-later
// The weights of one head as a file: every number is the layer's own, also where heads share keys and values; who has none says so.
#include <QFile>
#include <QList>
#include <QTest>

#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QTemporaryDir>
#include <QtEndian>

#include "engine/session/jobs/head_weights.h"
#include "tests/engine/session/run_to_end.h"
#include "tests/support/random_model.h"

using namespace hs;
using namespace hs::test;

namespace {

std::shared_ptr<const Model> model(bool biases, std::vector<Part> missing = {})
{
    ModelConfig config;
    config.nLayers = 2;
    config.nHeads = 6;
    config.nKvHeads = 2;
    config.dHead = 5;
    config.dModel = 16;
    config.dMlp = 24;
    config.dVocab = 20;
    config.nCtx = 32;
    RandomModelOptions options;
    options.attentionBiases = biases;
    Model::Parts parts;
    parts.config = config;
    parts.identity.name = "random";
    parts.identity.path = "/somewhere/random.h5";
    parts.missing = std::move(missing);
    parts.source = std::make_shared<RandomSource>(config, options);
    return std::make_shared<const Model>(std::move(parts));
}

}  // namespace

class tst_session_head_weights : public QObject {
    Q_OBJECT
    QTemporaryDir m_folder;
    std::string file() const { return m_folder.filePath(QStringLiteral("head.safetensors")).toStdString(); }

private Q_SLOTS:
    void everyNumber_data()
    {
        QTest::addColumn<bool>("biases");
        QTest::newRow("with biases") << true;
        QTest::newRow("without") << false;
    }
    void everyNumber()
    {
        QFETCH(bool, biases);
        const auto m = model(biases);
        EngineSession session;
        const HeadId head{1, 4};  // six heads, two groups: the second
        const Done done = runToEnd(session, WriteHeadWeightsJob{file(), m, head});
        QCOMPARE(done.end.state, JobState::Done);
        QCOMPARE(done.results.size(), std::size_t(1));
        // Read by hand: length, header, numbers.
        QFile written(QString::fromStdString(file()));
        QVERIFY(written.open(QIODevice::ReadOnly));
        const QByteArray bytes = written.readAll();
        const auto length = qFromLittleEndian<quint64>(bytes.constData());
        QCOMPARE(length % 8, quint64(0));
        const QJsonObject header = QJsonDocument::fromJson(bytes.mid(8, qsizetype(length))).object();
        const QJsonObject about = header.value(QLatin1String("__metadata__")).toObject();
        QCOMPARE(about.value(QLatin1String("format")).toString(), QStringLiteral("headscope-head"));
        QCOMPARE(about.value(QLatin1String("layer")).toString(), QStringLiteral("1"));
        QCOMPARE(about.value(QLatin1String("head")).toString(), QStringLiteral("4"));
        QCOMPARE(about.value(QLatin1String("kv_head")).toString(), QStringLiteral("1"));
        QCOMPARE(about.value(QLatin1String("model_file")).toString(), QStringLiteral("random.h5"));
        qint64 total = 0;
        const auto values = [&](const char* name, const QList<int>& shape) {
            const QJsonObject entry = header.value(QLatin1String(name)).toObject();
            const QJsonArray found = entry.value(QLatin1String("shape")).toArray(),
                             range = entry.value(QLatin1String("data_offsets")).toArray();
            QList<float> out;
            if (entry.value(QLatin1String("dtype")).toString() != QLatin1String("F32") || found.size() != shape.size()) return out;
            for (int i = 0; i < int(shape.size()); ++i)
                if (found[i].toInt() != shape[i]) return out;
            for (qint64 at = range[0].toInteger(); at < range[1].toInteger(); at += 4)
                out << qFromLittleEndian<float>(bytes.constData() + 8 + length + at);
            total += 4 * out.size();
            return out;
        };

        const auto layer = m->layer(1);
        QVERIFY(layer.ok());
        const LayerWeights& w = **layer;
        // Column c of W_Q is column head * d_head + c of the layer's, row r of W_O row head * d_head + r.
        const auto compare = [&](const char* name, const MatrixF& all, int row0, int col0, int rows, int cols) {
            const QList<float> numbers = values(name, {rows, cols});
            QCOMPARE(numbers.size(), qsizetype(rows * cols));
            for (int r = 0; r < rows; ++r)
                for (int c = 0; c < cols; ++c) QCOMPARE(numbers[r * cols + c], all(row0 + r, col0 + c));
        };
        compare("W_Q", w.wQ, 0, 4 * 5, 16, 5);
        compare("W_K", w.wK, 0, 1 * 5, 16, 5);
        compare("W_V", w.wV, 0, 1 * 5, 16, 5);
        compare("W_O", w.wO, 4 * 5, 0, 5, 16);
        const auto compareBias = [&](const char* name, const std::vector<float>& all, int first) {
            const QList<float> numbers = values(name, {5});
            QCOMPARE(header.contains(QLatin1String(name)), biases);
            QCOMPARE(numbers.size(), qsizetype(biases ? 5 : 0));
            for (int i = 0; i < numbers.size(); ++i) QCOMPARE(numbers[i], all[std::size_t(first + i)]);
        };
        compareBias("b_Q", w.bQ, 4 * 5);
        compareBias("b_K", w.bK, 1 * 5);
        compareBias("b_V", w.bV, 1 * 5);
        QCOMPARE(8 + qint64(length) + total, bytes.size());  // nothing else in it
    }
    void whoHasNoneSaysSo()
    {
        EngineSession session;
        const QString path = m_folder.filePath(QStringLiteral("none.safetensors"));
        const Done done = runToEnd(session, WriteHeadWeightsJob{path.toStdString(), model(false, {Part::AttentionWeights}), {0, 1}});
        QCOMPARE(done.end.state, JobState::Failed);
        QCOMPARE(done.end.error->code, ErrorCode::NeedsWeights);
        QCOMPARE(done.end.error->item, std::string("L0H1"));
        QVERIFY(!QFile::exists(path));
    }
    void aFolderThatIsNotThere()
    {
        EngineSession session;
        const Done done = runToEnd(session, WriteHeadWeightsJob{file() + "/no/such.h5", model(false), {0, 0}});
        QCOMPARE(done.end.state, JobState::Failed);
        QVERIFY(done.end.error.has_value());
    }
};

QTEST_GUILESS_MAIN(tst_session_head_weights)
#include "tst_session_head_weights.moc"
