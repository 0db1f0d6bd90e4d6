// SPDX-License-Identifier: GPL-3.0-or-later
// Error codes and facts become sentences here and nowhere else (window and command line alike).
#pragma once

#include <QString>

#include "engine/base/progress.h"
#include "engine/base/result.h"
#include "engine/model/model.h"

namespace hs::ui {

struct ErrorText {
    QString title;  ///< "This file is not a model HeadScope can read"
    QString what;   ///< "Tensor h.3.attn.c_attn.weight has 768 × 2301 numbers; 768 × 2304 were expected."
    QString next;   ///< "Open another file, or write it again with ..."
};
ErrorText errorText(const Error& error);
/// One line for the command line: "what; next step" (without program and file name).
QString errorLine(const Error& error);
/// "Computing attention, layer 2 of 5".
QString progressText(const ProgressReport& report);
/// "token embedding", "MLP matrices" ...
QString partName(Part part);
QString originName(Origin origin);

}  // namespace hs::ui
