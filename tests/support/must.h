// SPDX-License-Identifier: GPL-3.0-or-later
// What a test builds on and does not ask about: the value, or the end of the test program with what went wrong.
#pragma once

#include <QString>
#include <QtGlobal>

#include <map>
#include <memory>
#include <string>
#include <utility>

#include "engine/base/result.h"
#include "engine/io/open.h"

namespace hs::test {

template <typename T>
T must(Result<T> r, const QString& what = {})
{
    if (!r)
        qFatal("%s error %d: item \"%s\" found \"%s\" expected \"%s\"", qPrintable(what), static_cast<int>(r.error().code),
               r.error().item.c_str(), r.error().found.c_str(), r.error().expected.c_str());
    return *std::move(r);
}

/// The model of a file of our own, so the probe has nothing to find; `config`: what the file does not say.
inline std::shared_ptr<const Model> mustOpen(const QString& path, std::map<std::string, std::string> config = {})
{
    OpenOptions options;
    options.probe = false;
    options.config = std::move(config);
    return must(openModel(path.toStdString(), options), path);
}

}  // namespace hs::test
