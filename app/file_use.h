// SPDX-License-Identifier: GPL-3.0-or-later
// What a command does with a file that an option or a word of the command line names.
#pragma once

#include <functional>
#include <string>

namespace hs::app {

enum class FileUse {
    None,   ///< names no file
    Reads,  ///< a file or folder, or several options' worth of them
    Writes,
    Keeps,  ///< read if it is there, and written
};

/// The word for a value in the help, and whether it names a file: "FILE" alone would not say what happens to it.
struct Value {
    Value(const char* helpWord, FileUse fileUse = FileUse::None) : word(helpWord), use(fileUse) {}  // implicit: most values are no files

    const char* word;  ///< null: a switch takes none
    FileUse use;
    /// The file that a value stands for ("strict" is a file that ships; "n_heads=4" is none: empty). None: the value itself.
    std::function<std::string(const std::string&)> file;

    Value found(std::function<std::string(const std::string&)> by) &&
    {
        file = std::move(by);
        return std::move(*this);
    }
};
inline Value reads(const char* word) { return {word, FileUse::Reads}; }
inline Value writes(const char* word) { return {word, FileUse::Writes}; }
inline Value keeps(const char* word) { return {word, FileUse::Keeps}; }

/// A file that was named: by which option ("--out") or word of the usage ("FILE").
struct NamedFile {
    std::string by;
    std::string path;
    FileUse use = FileUse::None;
    std::function<std::string(const std::string&)> file;
};

}  // namespace hs::app
