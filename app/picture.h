// SPDX-License-Identifier: GPL-3.0-or-later
// Figures of the command line: written, and what did not fit or has no glyph is said.
#pragma once

#include <string>

#include "engine/base/result.h"
#include "ui/export/figure.h"

namespace hs::app {

/// ui::writeFigure; then, unless quiet, "headscope: FILE: 12 labels dropped: use words" on standard error for a figure that lost something.
Status writePicture(const std::string& path, ui::FigureFormat format, const ui::FigureSpec& spec, const ui::FigureData& data, bool quiet);

}  // namespace hs::app
