// SPDX-License-Identifier: GPL-3.0-or-later
// How numbers and fields of tables stand in text files, whatever the language of the machine.
#pragma once

#include <string>

namespace hs {

/// A field of RFC 4180: in quotes, inner ones doubled, when it holds a comma, a quote or a line end, or has a space at an end (which
/// readers may cut off).
std::string csvField(const std::string& text);

/// The shortest text that reads back as the same number: "0.1", "1e-05", "nan", "inf".
std::string shortestText(double value);
std::string shortestText(float value);

}  // namespace hs
