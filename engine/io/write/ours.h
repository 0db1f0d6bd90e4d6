// SPDX-License-Identifier: GPL-3.0-or-later
// Which files may be replaced: those that HeadScope wrote itself, as far as a file can tell.
#pragma once

#include <string>

namespace hs {

/// What stands under a name where something is to be written.
enum class Standing {
    Nothing,  ///< no such file: free to write
    Foreign,  ///< somebody else's, or nothing that tells who wrote it
    Result,   ///< written by HeadScope: numbers, figures, reports, settings
    Input,    ///< written by HeadScope, and something it opens: a model or a run
};
/// Reads at most 1 MB at the beginning and 64 KB at the end, no library of any format: safe on damaged files and from every thread.
/// HDF5: its `format` attribute. JSON: "format". PNG, SVG, PDF: who made it. CSV, text: first line. NPY: the mark of npyHeader.
/// A link stands for what it points to; a folder, a pipe or what cannot be read is Foreign.
Standing standing(const std::string& path);

/// A file that HeadScope wrote and may write again.
inline bool isOurs(const std::string& path)
{
    const Standing is = standing(path);
    return is == Standing::Result || is == Standing::Input;
}

/// A regular file of somebody else's, which nobody has said may be replaced. Folders, pipes and devices are refused when written to.
bool isForeignFile(const std::string& path);

}  // namespace hs
