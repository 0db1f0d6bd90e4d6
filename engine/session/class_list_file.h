// SPDX-License-Identifier: GPL-3.0-or-later
// A class list from a file.
#pragma once

#include <string>

#include "engine/base/result.h"
#include "engine/similarity/graph/class_list.h"

namespace hs::session {

/// JSON or CSV, at most 16 MiB. FileNotFound, FileUnreadable, FileTooLarge, and parseClassList()'s with the file's name.
Result<ClassList> readClassList(const std::string& path);

}  // namespace hs::session
