// SPDX-License-Identifier: GPL-3.0-or-later
// Errors are values. The engine says what is wrong as a code with facts (names, numbers);
// ui/bridge/error_text turns them into sentences, so every sentence can be translated.
// Our own exceptions stay inside a file. Two readers of nested JSON throw, because every level would have to pass the same failure on,
// and catch it at their door: session/pruning_file.cpp and analysis/labels/report_json.cpp.
#pragma once

#include <optional>
#include <string>
#include <utility>
#include <variant>

namespace hs {

enum class ErrorCode {
    // files
    FileNotFound,
    FileUnreadable,
    FileEmpty,
    FileIsFolder,
    NotHdf5,
    FileTruncated,
    FileDamaged,
    FileUnsafe,
    FilterMissing,
    FormatTooNew,
    UnknownLayout,
    UnknownFileKind,
    FileTooLarge,
    FileInUse,
    ShardMissing,
    // tensors
    TensorMissing,
    ShapeMismatch,
    RankMismatch,
    DtypeUnsupported,
    NotFinite,
    NumberOutOfRange,
    StorageInvalid,
    // configuration
    ConfigMissing,
    ConfigInvalid,
    ConfigContradiction,
    ConfigUnknownKey,
    HeadsGuessed,
    // text
    TokenizerMissing,
    TokenizerUnsupported,
    TokenizerInvalid,
    VocabularyMismatch,
    TokenOutOfRange,
    TextEmpty,
    TextTooLong,
    TextNotUtf8,
    JsonInvalid,
    // attention dumps
    DumpInvalid,
    RowsNotNormalised,
    // running
    ModelPartial,
    NeedsWeights,
    HeadOutOfRange,
    PromptsDiffer,
    OutOfMemory,
    Cancelled,
    InvalidArgument,
    // writing
    WriteFailed,
    DiskFull,
    FolderReadOnly,
    FolderMissing,
    VerifyFailed,
    Internal,
};

/// What went wrong, as facts. Strings are language-neutral (names, shapes, numbers), never sentences.
struct Error {
    ErrorCode code = ErrorCode::Internal;
    std::string file;      ///< path of the file concerned, or empty
    std::string item;      ///< dataset, tensor, configuration key, line or position, or empty
    std::string found;     ///< what is there ("768 x 2301", "float128", "position 17")
    std::string expected;  ///< what was needed ("768 x 2304"), or empty

    /// Facts without a file, and facts about one: what is not said stays empty.
    static Error of(ErrorCode code, std::string item = {}, std::string found = {}, std::string expected = {})
    {
        return {code, {}, std::move(item), std::move(found), std::move(expected)};
    }
    static Error in(std::string file, ErrorCode code, std::string item = {}, std::string found = {}, std::string expected = {})
    {
        return {code, std::move(file), std::move(item), std::move(found), std::move(expected)};
    }
    /// Somebody asked to stop; `file`: what was being read or written.
    static Error cancelled(std::string file = {}) { return in(std::move(file), ErrorCode::Cancelled); }
    /// InvalidArgument: `item` names it.
    static Error argument(std::string item, std::string found = {}, std::string expected = {})
    {
        return of(ErrorCode::InvalidArgument, std::move(item), std::move(found), std::move(expected));
    }
    static Error shape(std::string item, std::string found, std::string expected)
    {
        return of(ErrorCode::ShapeMismatch, std::move(item), std::move(found), std::move(expected));
    }
};

/// Value or Error. `if (!r) return r.error();`
template <typename T>
class [[nodiscard]] Result {
public:
    Result(T value) : m_state(std::in_place_index<0>, std::move(value)) {}
    Result(Error error) : m_state(std::in_place_index<1>, std::move(error)) {}

    bool ok() const { return m_state.index() == 0; }
    explicit operator bool() const { return ok(); }
    T& value() & { return std::get<0>(m_state); }
    const T& value() const& { return std::get<0>(m_state); }
    T&& value() && { return std::get<0>(std::move(m_state)); }
    T& operator*() & { return value(); }
    const T& operator*() const& { return value(); }
    T&& operator*() && { return std::move(*this).value(); }
    T* operator->() { return &value(); }
    const T* operator->() const { return &value(); }
    const Error& error() const { return std::get<1>(m_state); }

private:
    std::variant<T, Error> m_state;
};

/// Success or Error.
class [[nodiscard]] Status {
public:
    Status() = default;
    Status(Error error) : m_error(std::move(error)) {}
    bool ok() const { return !m_error; }
    explicit operator bool() const { return ok(); }
    const Error& error() const { return *m_error; }

private:
    std::optional<Error> m_error;
};

}  // namespace hs
