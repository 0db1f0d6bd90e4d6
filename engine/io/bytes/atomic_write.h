// SPDX-License-Identifier: GPL-3.0-or-later
// Everything HeadScope writes goes to a temporary file, is synced, renamed, reopened and checked before success is reported.
#pragma once

#include <functional>
#include <string>

#include "engine/base/result.h"

namespace hs {

/// Writes bytes atomically (temporary file beside it, fsync, rename). DiskFull, FolderReadOnly, FolderMissing, WriteFailed.
Status writeFileAtomically(const std::string& path, const std::string& bytes);
/// Before that, what killed runs left in the folder is removed: .NAME.PID-N.part of this user and of processes that are gone.
/// Same, the content made by `make(temporaryPath)`; `check(temporaryPath)` runs before the rename.
Status writeThroughTemporary(const std::string& path, const std::function<Status(const std::string&)>& make,
                             const std::function<Status(const std::string&)>& check = {});

}  // namespace hs
