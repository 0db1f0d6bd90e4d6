// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/io/probe/probe.h"
#include "ui/bridge/error_sentences.h"

namespace hs::ui {

std::optional<Sentences> limitSentences(const Error& error)
{
    if (error.code == ErrorCode::FileUnsafe && error.item == kProbeLimitItem)
        return Sentences{ErrorWords::tr("Checking the file took too much"),
                         ErrorWords::tr("The check of this HDF5 file was stopped after %2."),
                         ErrorWords::tr("The check of this HDF5 file was stopped."),
                         ErrorWords::tr("If you trust the file, raise the limit: --probe-limit on the command line, Checking HDF5 files "
                                        "in the preferences.")};
    const bool size = !error.expected.empty() && !error.item.empty() && error.item.find_first_not_of("0123456789") == std::string::npos;
    if (error.code == ErrorCode::OutOfMemory && size)
        return Sentences{ErrorWords::tr("Not enough memory"),
                         ErrorWords::tr("So long a text needs %3 of memory, and %2 are free. There is room for %1 tokens."),
                         ErrorWords::tr("There is not enough memory for so long a text."),
                         ErrorWords::tr("Shorten the text, close other programs, or use a smaller model.")};
    if (error.code == ErrorCode::DiskFull && size)
        return Sentences{ErrorWords::tr("Not enough room on the disk"),
                         ErrorWords::tr("The file needs at least %3, and %2 are free there. There is room for %1 tokens."),
                         ErrorWords::tr("There is not enough room on the disk."),
                         ErrorWords::tr("Shorten the text, choose another disk, or write 16-bit numbers (--float16).")};
    return std::nullopt;
}

}  // namespace hs::ui
