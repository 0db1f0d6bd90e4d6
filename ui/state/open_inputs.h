// SPDX-License-Identifier: GPL-3.0-or-later
// Files and folders that the window reads: no save dialog writes over them (kit/save_dialog.h).
#pragma once

#include <QStringList>

#include <string>
#include <vector>

namespace hs::ui {

/// The open model or dump with what was found for it, and every text that was read for what is shown. Of the window's thread.
QStringList openInputs();
/// Another file is open: only these are read now.
void setOpenInputs(const QStringList& paths);
/// Something more is read until another file is opened. Empty names are none.
void addOpenInputs(const std::vector<std::string>& paths);

}  // namespace hs::ui
