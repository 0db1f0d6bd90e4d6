// SPDX-License-Identifier: GPL-3.0-or-later
// What the commands write has the form of version 0.1.0: the same keys, columns, datasets and attributes, of the same shapes. Files that did
// not say who wrote them do so now, and have nothing else that is new.
#include <hdf5.h>

#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QSet>

#include "tests/app/program.h"
#include "tests/support/shared_data.h"

using namespace hs::test;

namespace {

QString written(const char* name) { return fixture("written-0.1.0/") + QLatin1String(name); }

/// Every key with the kind of its value: "heads[].head text". Lists are of one kind.
void collectKeys(const QJsonValue& value, const QString& path, QSet<QString>& into)
{
    if (value.isObject()) {
        const QJsonObject object = value.toObject();
        for (auto it = object.begin(); it != object.end(); ++it) collectKeys(it.value(), path + QLatin1Char('.') + it.key(), into);
    } else if (value.isArray()) {
        for (const QJsonValue& item : value.toArray()) collectKeys(item, path + QStringLiteral("[]"), into);
    } else if (!value.isNull()) {
        const char* kind = value.isDouble() ? " number" : value.isBool() ? " flag" : " text";
        into.insert(path + QLatin1String(kind));
    }
}

QStringList formOfJson(const QString& path)
{
    QSet<QString> keys;
    collectKeys(QJsonDocument::fromJson(QByteArray::fromStdString(fileBytes(path))).object(), QString(), keys);
    QStringList out(keys.begin(), keys.end());
    out.sort();
    return out;
}

/// The heading, and how many rows there are.
QStringList formOfCsv(const QString& path)
{
    const QStringList lines = QString::fromStdString(fileBytes(path)).trimmed().split(QLatin1Char('\n'));
    return {lines.first(), QString::number(lines.size())};
}

herr_t addAttribute(hid_t, const char* name, const H5A_info_t*, void* data)
{
    *static_cast<QString*>(data) += QStringLiteral(" @") + QString::fromUtf8(name);
    return 0;
}

herr_t addObject(hid_t root, const char* name, const H5O_info_t* info, void* data)
{
    QString line = QString::fromUtf8(name);
    const hid_t object = H5Oopen(root, name, H5P_DEFAULT);
    if (info->type == H5O_TYPE_DATASET) {
        const hid_t space = H5Dget_space(object), type = H5Dget_type(object);
        hsize_t shape[H5S_MAX_RANK];
        const int rank = H5Sget_simple_extent_dims(space, shape, nullptr);
        for (int i = 0; i < rank; ++i) line += QStringLiteral(" %1").arg(shape[i]);
        line += QStringLiteral(" class %1").arg(int(H5Tget_class(type)));
        H5Tclose(type);
        H5Sclose(space);
    }
    H5Aiterate2(object, H5_INDEX_NAME, H5_ITER_INC, nullptr, addAttribute, &line);
    H5Oclose(object);
    static_cast<QStringList*>(data)->append(line);
    return 0;
}

/// Every object with its shape and the names of its attributes.
QStringList formOfHdf5(const QString& path)
{
    QStringList out;
    const hid_t file = H5Fopen(path.toUtf8().constData(), H5F_ACC_RDONLY, H5P_DEFAULT);
    if (file < 0) return out;
    H5Ovisit2(file, H5_INDEX_NAME, H5_ITER_INC, addObject, &out, H5O_INFO_BASIC);
    H5Fclose(file);
    return out;
}

QStringList formOf(const QString& path)
{
    if (path.endsWith(QLatin1String(".h5"))) return formOfHdf5(path);
    return path.endsWith(QLatin1String(".csv")) ? formOfCsv(path) : formOfJson(path);
}

}  // namespace

class tst_old_forms : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void sameForm_data()
    {
        QTest::addColumn<QString>("file");
        QTest::addColumn<QString>("command");  // words, with | between them; the file stands for --out
        QTest::addColumn<QString>("added");    // since then, with | between them, each once in the form
        const auto row = [](const char* file, const char* command, const char* added = "") {
            QTest::newRow(file) << QString::fromLatin1(file) << QString::fromLatin1(command) << QString::fromLatin1(added);
        };
        row("run.h5",
            "run|native.h5|--text|"
            "Tom and Sue went to the big park. Sue gave the ball to Tom. Tom gave the ball to Sue.",
            " @mask_padding");
        row("importance.json", "importance|native.h5|--text-file|test.txt|--score|gate");
        row("curve.csv",
            "prune|native.h5|--calibrate|calibration.txt|--test|test.txt|"
            "--score|gate|--steps|25%|--ablation|mean|--seeds|2");
        row("patch.h5", "patch|native.h5|--clean|Tom saw Sue. Tom|--corrupt|Sue saw Tom. Sue|--answer|#300|--wrong|#301", " @mask_padding");
        row("pk.h5", "similarity|native.h5|--measure|pk|--pairing|OK", " @format");
        row("graph.json", "graph|native.h5|--measure|pk|--pairing|OQ,OK,OV|--top|5", ".format text\n");
        row("labels.json", "label|labelled.h5",
            ".provenance.documents_offered number\n|.provenance.parameters.trust.text-work number\n|"
            ".provenance.parameters.trust.made-work number\n|.provenance.parameters.attention-knockout.work number\n|"
            ".provenance.parameters.icl-score.work number\n");
        row("native.h5", qPrintable(QStringLiteral("convert|") + fixture("models/tiny-llama/model.h5")));
    }
    void sameForm()
    {
        QFETCH(QString, file);
        QFETCH(QString, command);
        QFETCH(QString, added);
        QTemporaryDir folder;
        for (const char* name : {"native.h5", "labelled.h5", "test.txt", "calibration.txt"})
            QVERIFY(QFile::copy(written(name), folder.filePath(QLatin1String(name))));
        const QString out = folder.filePath(QStringLiteral("new-") + file);
        QStringList arguments = command.split(QLatin1Char('|'));
        if (arguments.first() != QLatin1String("convert")) arguments << QStringLiteral("--out");
        const Outcome o = headscope(arguments << out, folder.path());
        QVERIFY2(o.code == 0, qPrintable(o.err));
        const QStringList before = formOf(written(qPrintable(file)));
        QVERIFY(before.size() > 1);
        QString now = formOf(out).join(QLatin1Char('\n')) + QLatin1Char('\n');
        for (const QString& one : added.split(QLatin1Char('|'), Qt::SkipEmptyParts)) {
            QVERIFY2(now.count(one) == 1, qPrintable(one));
            now.remove(one);
        }
        QCOMPARE(now.chopped(1).split(QLatin1Char('\n')), before);
    }
};

QTEST_GUILESS_MAIN(tst_old_forms)
#include "tst_old_forms.moc"
