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

namespace {

QString dataFile(const QString& folder, const QString& name)
{
    QStringList places;
    const QString data = qEnvironmentVariable("HEADSCOPE_DATA");
    if (!data.isEmpty()) places += data;
    const QString here = QCoreApplication::applicationDirPath();
    places += here + QStringLiteral("/../share/headscope");
    if (QDir(here) == QDir(QStringLiteral(HEADSCOPE_BUILD_BIN_DIR))) places += QStringLiteral(HEADSCOPE_SOURCE_RESOURCES);
    for (const QString& place : places) {
        const QFileInfo file(place + QLatin1Char('/') + folder + QLatin1Char('/') + name);
        if (file.isFile()) return file.canonicalFilePath();
    }
    return {};
}

}  // namespace

QString sampleFile(const QString& name) { return dataFile(QStringLiteral("sample"), name); }

QString presetFile(const QString& name) { return dataFile(QStringLiteral("label_presets"), name); }

QString classSetFile(const QString& name) { return dataFile(QStringLiteral("class_sets"), name); }

QString firstSamplePrompt()
{
    QFile file(sampleFile(QStringLiteral("prompts.json")));
    if (file.fileName().isEmpty() || !file.open(QIODevice::ReadOnly)) return {};
    const QJsonArray prompts = QJsonDocument::fromJson(file.readAll()).object().value(QLatin1String("prompts")).toArray();
    return prompts.isEmpty() ? QString() : prompts.first().toObject().value(QLatin1String("text")).toString();
}

}  // namespace hs::app
