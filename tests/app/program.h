// SPDX-License-Identifier: GPL-3.0-or-later
// Runs the built program and makes the little models it is given.
#pragma once

#include <QDir>
#include <QFile>
#include <QProcess>
#include <QProcessEnvironment>
#include <QStringList>
#include <QTemporaryDir>
#include <QTest>

#include "engine/io/write/write.h"
#include "tests/support/paths.h"
#include "tests/support/random_model.h"

namespace hs::test {

struct Outcome {
    int code = -1;
    QString out, err;
};

inline QString programPath() { return builtFile("headscope"); }

/// No display, no settings of the user.
inline QProcessEnvironment bareEnvironment(const QString& home)
{
    QProcessEnvironment environment = QProcessEnvironment::systemEnvironment();
    for (const char* name : {"DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM", "HEADSCOPE_DATA"})
        environment.remove(QString::fromLatin1(name));
    environment.insert(QStringLiteral("HOME"), home);
    environment.insert(QStringLiteral("XDG_CONFIG_HOME"), home);
    environment.insert(QStringLiteral("XDG_CACHE_HOME"), home + QStringLiteral("/.cache"));
    environment.insert(QStringLiteral("LC_ALL"), QStringLiteral("C.UTF-8"));
    return environment;
}

inline Outcome runProgram(const QString& program, const QStringList& arguments, const QString& folder, int limitMs = 120'000)
{
    QProcess process;
    process.setProcessEnvironment(bareEnvironment(folder));
    process.setWorkingDirectory(folder);
    process.setStandardInputFile(QProcess::nullDevice());
    process.start(program, arguments);
    Outcome outcome;
    if (!process.waitForFinished(limitMs)) {
        process.kill();
        process.waitForFinished();
        return outcome;
    }
    outcome.code = process.exitStatus() == QProcess::NormalExit ? process.exitCode() : -2;
    outcome.out = QString::fromUtf8(process.readAllStandardOutput());
    outcome.err = QString::fromUtf8(process.readAllStandardError());
    return outcome;
}

inline Outcome headscope(const QStringList& arguments, const QString& folder) { return runProgram(programPath(), arguments, folder); }

/// A word vocabulary for `count` ids beside a model: "w0" .. "w<count-1>".
inline bool writeWordVocabulary(const QString& path, int count)
{
    QFile file(path);
    if (!file.open(QIODevice::WriteOnly)) return false;
    QByteArray json = "{\"type\": \"word\", \"pieces\": [";
    for (int i = 0; i < count; ++i) json += (i ? ", \"w" : "\"w") + QByteArray::number(i) + '"';
    return file.write(json + "]}") > 0;
}

}  // namespace hs::test
