// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/arguments.h"

#include <QtGlobal>

#include <filesystem>

namespace hs::app {
namespace {

/// The file that --config X names; key=value is none, unless a file is called so.
std::string configFileOf(const std::string& value)
{
    std::error_code ignored;
    return value.find('=') == std::string::npos || std::filesystem::exists(value, ignored) ? value : std::string();
}

/// The folder that --adapter X names.
std::string adapterFolderOf(const std::string& value) { return value == "none" ? std::string() : value; }

/// A file once, or key=value as often as wanted.
Setter configuration(OpenOptions& open)
{
    return [&open](const std::string&, const std::string& value) -> std::string {
        if (configFileOf(value).empty()) {
            const std::size_t equals = value.find('=');
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
        {"--config", reads("X").found(configFileOf),
         QT_TRANSLATE_NOOP("CommandLine", "FILE.json, or key=value (repeatable), for what a file does not say"), configuration(a.open)},
        {"--tokenizer", reads("PATH"), QT_TRANSLATE_NOOP("CommandLine", "tokeniser file or folder; none: token ids only"),
         text(a.open.tokenizerPath)},
        {"--adapter", reads("FOLDER").found(adapterFolderOf),
         QT_TRANSLATE_NOOP("CommandLine", "LoRA adapter to merge into the weights, or none; has to be said where one lies beside them"),
         text(a.open.adapter)},
        {"--token-list", reads("FILE"),
         QT_TRANSLATE_NOOP("CommandLine", "one a line: tokens of an NPY array, or names for the ids of a model without words"),
         text(a.open.tokensFile)},
        {"--probe-limit", "N",
         QT_TRANSLATE_NOOP("CommandLine", "check an HDF5 file with N times 5 s and 1 GiB, for a big one you trust; 1 by default"),
         whole(a.probeLimit, 1, 64, "a number from 1 to 64")},
        {"--threads", "N", QT_TRANSLATE_NOOP("CommandLine", "threads to compute with"),
         whole(a.threads, 1, 1024, "a number from 1 to 1024")},
        {"--language", "CODE", QT_TRANSLATE_NOOP("CommandLine", "en or de; otherwise the system's language"),
         oneOf(a.language, {"en", "de"}, "en or de")},
        {"--force", nullptr, QT_TRANSLATE_NOOP("CommandLine", "replace a file also where HeadScope did not write it"), toggle(a.force)},
        {"--quiet", nullptr, QT_TRANSLATE_NOOP("CommandLine", "no progress, no summary"), toggle(a.quiet)},
        {"--version", nullptr, QT_TRANSLATE_NOOP("CommandLine", "print the version"), toggle(a.version)},
        {"--help", nullptr, QT_TRANSLATE_NOOP("CommandLine", "print this help"), toggle(a.help)},
    };
}

}  // namespace hs::app
