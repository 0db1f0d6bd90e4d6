// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/arguments.h"

#include <QtGlobal>

#include <filesystem>

namespace hs::app {
namespace {

/// A file once, or key=value as often as wanted.
Setter configuration(OpenOptions& open)
{
    return [&open](const std::string&, const std::string& value) -> std::string {
        const std::size_t equals = value.find('=');
        std::error_code ignored;
        if (equals != std::string::npos && !std::filesystem::exists(value, ignored)) {
            open.config[value.substr(0, equals)] = value.substr(equals + 1);
            return {};
        }
        if (!open.configFile.empty()) return "--config FILE can be given once; use key=value for more";
        open.configFile = value;
        return {};
    };
}

}  // namespace

Options commonOptions(Arguments& a)
{
    return {
        {"--config", "X", QT_TRANSLATE_NOOP("CommandLine", "FILE.json, or key=value (repeatable), for what a file does not say"),
         configuration(a.open)},
        {"--tokenizer", "PATH", QT_TRANSLATE_NOOP("CommandLine", "tokeniser file or folder"), text(a.open.tokenizerPath)},
        {"--token-list", "FILE", QT_TRANSLATE_NOOP("CommandLine", "tokens of an NPY array, one a line"), text(a.open.tokensFile)},
        {"--threads", "N", QT_TRANSLATE_NOOP("CommandLine", "threads to compute with"),
         whole(a.threads, 1, 1024, "a number from 1 to 1024")},
        {"--language", "CODE", QT_TRANSLATE_NOOP("CommandLine", "en or de; otherwise the system's language"),
         oneOf(a.language, {"en", "de"}, "en or de")},
        {"--quiet", nullptr, QT_TRANSLATE_NOOP("CommandLine", "no progress, no summary"), toggle(a.quiet)},
        {"--version", nullptr, QT_TRANSLATE_NOOP("CommandLine", "print the version"), toggle(a.version)},
        {"--help", nullptr, QT_TRANSLATE_NOOP("CommandLine", "print this help"), toggle(a.help)},
    };
}

std::string overwrites(const Arguments& a, std::initializer_list<Written> written, std::initializer_list<std::string> more)
{
    std::vector<std::string> read{a.open.configFile, a.open.tokenizerPath, a.open.tokensFile};
    read.insert(read.begin(), more.begin(), more.end());
    if (!a.files.empty()) read.insert(read.begin(), a.files.front());
    std::error_code ignored;  // what does not exist cannot be overwritten
    for (const std::string& source : read)
        for (const auto& [option, target] : written)
            if (!source.empty() && !target.empty() && std::filesystem::equivalent(source, target, ignored))
                return std::string(option).append(" would overwrite ").append(source).append(", which is read");
    return {};
}

}  // namespace hs::app
