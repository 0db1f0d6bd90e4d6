// SPDX-License-Identifier: GPL-3.0-or-later
// The sentences themselves, before facts are put in. Internal to ui/bridge.
#pragma once

#include <QCoreApplication>
#include <QString>
#include <optional>

#include "engine/base/result.h"

namespace hs::ui {

/// Translation context of all words of the bridge.
struct ErrorWords {
    Q_DECLARE_TR_FUNCTIONS(ErrorText)
};

/// In `what` and `next`: %1 item, %2 found, %3 expected. `what` is used when all facts it names are there, else `plain`
/// with whatever facts there are behind it.
struct Sentences {
    QString title;
    QString what;
    QString plain;
    QString next;
};

std::optional<Sentences> fileSentences(ErrorCode code);       ///< files and folders
std::optional<Sentences> modelSentences(ErrorCode code);      ///< tensors, configuration
std::optional<Sentences> workSentences(ErrorCode code);       ///< text, dumps, running
std::optional<Sentences> causeSentences(const Error& error);  ///< what only the facts tell: prompts that do not align, answers
std::optional<Sentences> limitSentences(const Error& error);  ///< what was too much: for the check, for memory, for the disk
std::optional<Sentences> lineSentences(const Error& error);   ///< lists read line by line

}  // namespace hs::ui
