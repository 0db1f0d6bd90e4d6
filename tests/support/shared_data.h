// SPDX-License-Identifier: GPL-3.0-or-later
// The optional reference data: a test that needs a missing file skips and says which, or fails where HEADSCOPE_NEED_SHARED=1 says
// that they are meant to be there. Nothing else skips for data: what the project ships (tests/fixtures) has to be there.
#pragma once

#include <QAnyStringView>
#include <QByteArray>
#include <QFile>
#include <QLatin1Char>
#include <QString>
#include <QTest>

#include <string>

#include "tests/support/paths.h"

namespace hs::test {

/// Whole file as bytes; empty when it cannot be read.
inline std::string fileBytes(const QString& path)
{
    QFile file(path);
    if (!file.open(QIODevice::ReadOnly)) return {};
    return file.readAll().toStdString();
}

/// Why a file of the reference data (relative, or its full path) cannot be used; empty: it is there. A file from elsewhere, such
/// as a fixture, is never excused.
inline QString missingShared(QAnyStringView relative)
{
    const QString name = relative.toString(), folder = sharedData("");
    const QString path = name.startsWith(QLatin1Char('/')) ? name : sharedData(name);
    if (QFile::exists(path) || !path.startsWith(folder)) return {};
    return QStringLiteral("reference data not here: ") + path.mid(folder.size());
}

/// Folder of a family's small model: ours where it is among the fixtures, else that of the reference data.
inline QString familyFolder(QAnyStringView name)
{
    const QString folder = QStringLiteral("families/") + name.toString();
    return QFile::exists(fixture(folder)) ? fixture(folder) : sharedData(folder);
}

}  // namespace hs::test

/// Ends the running test function when the reference data lack the file: skipped, or failed under HEADSCOPE_NEED_SHARED=1.
#define HS_NEED_SHARED(file)                                                                             \
    do {                                                                                                 \
        if (const QString hsMissing = hs::test::missingShared(file); !hsMissing.isEmpty()) {             \
            if (qEnvironmentVariableIntValue("HEADSCOPE_NEED_SHARED") > 0) QFAIL(qPrintable(hsMissing)); \
            QSKIP(qPrintable(hsMissing));                                                                \
        }                                                                                                \
    } while (false)
