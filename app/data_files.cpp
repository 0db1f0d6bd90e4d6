// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/data_files.h"

#include <QCoreApplication>
#include <QDir>
#include <QFile>
#include <QFileInfo>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QStringList>

namespace hs::app {

QString sampleFile(const QString& name)
{
    QStringList folders;
    const QString data = qEnvironmentVariable("HEADSCOPE_DATA");
    if (!data.isEmpty()) folders += data + QStringLiteral("/sample");
    const QString here = QCoreApplication::applicationDirPath();
    folders += here + QStringLiteral("/../share/headscope/sample");
    if (QDir(here) == QDir(QStringLiteral(HEADSCOPE_BUILD_BIN_DIR))) folders += QStringLiteral(HEADSCOPE_SOURCE_RESOURCES "/sample");
    for (const QString& folder : folders) {
        const QFileInfo file(folder + QLatin1Char('/') + name);
        if (file.isFile()) return file.canonicalFilePath();
    }
    return {};
}

QString firstSamplePrompt()
{
    QFile file(sampleFile(QStringLiteral("prompts.json")));
    if (file.fileName().isEmpty() || !file.open(QIODevice::ReadOnly)) return {};
    const QJsonArray prompts = QJsonDocument::fromJson(file.readAll()).object().value(QLatin1String("prompts")).toArray();
    return prompts.isEmpty() ? QString() : prompts.first().toObject().value(QLatin1String("text")).toString();
}

}  // namespace hs::app
