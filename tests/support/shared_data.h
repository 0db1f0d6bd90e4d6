// SPDX-License-Identifier: GPL-3.0-or-later
// Paths of the optional reference data; a test that needs a missing file skips and says so.
#pragma once

#include <QByteArray>
#include <QFile>
#include <QString>
#include <QtTest/QtTest>

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

}  // namespace hs::test

/// Skips the running test function, with the reason, when the reference file is not there.
#define HS_NEED_SHARED(relative)                                                                            \
    do {                                                                                                    \
        if (!QFile::exists(hs::test::sharedData(QStringLiteral(relative))))                                 \
            QSKIP("optional reference data not present: " relative);                                        \
    } while (false)
