// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/io/file_kind.h"
#include "ui/bridge/error_sentences.h"

namespace hs::ui {

std::optional<Sentences> fileSentences(ErrorCode code)
{
    switch (code) {
    case ErrorCode::FileNotFound:
        return Sentences{ErrorWords::tr("File not found"), ErrorWords::tr("There is no %1."), ErrorWords::tr("There is no such file."),
                         ErrorWords::tr("Check the path, or choose another file.")};
    case ErrorCode::FileUnreadable:
        return Sentences{ErrorWords::tr("The file cannot be read"), ErrorWords::tr("The system refuses to read it: %2."),
                         ErrorWords::tr("The system refuses to read it."),
                         ErrorWords::tr("Check the permissions of the file and of its folder.")};
    case ErrorCode::FileEmpty:
        return Sentences{ErrorWords::tr("The file is empty"), ErrorWords::tr("The file has no bytes in it."),
                         ErrorWords::tr("The file has no bytes in it."), ErrorWords::tr("Copy or download it again.")};
    case ErrorCode::FileIsFolder:
        return Sentences{ErrorWords::tr("This is a folder, not a file"), ErrorWords::tr("There are several models in this folder: %1."),
                         ErrorWords::tr("This is a folder; a file is needed here."), ErrorWords::tr("Choose the model file itself.")};
    case ErrorCode::NotHdf5:
        return Sentences{ErrorWords::tr("This is not an HDF5 file"),
                         ErrorWords::tr("The file does not begin as HDF5 files do; it looks like %2."),
                         ErrorWords::tr("The file does not begin as HDF5 files do."),
                         ErrorWords::tr("Open a file of one of these kinds: %1.").arg(QLatin1String(readableKinds()))};
    case ErrorCode::FileTruncated:
        return Sentences{ErrorWords::tr("The file is cut short"), ErrorWords::tr("The file ends too early: it has %2, and %3 are needed."),
                         ErrorWords::tr("The file ends before all of its data."),
                         ErrorWords::tr("Copy or download it again; the copy was probably interrupted.")};
    case ErrorCode::FileDamaged:
        return Sentences{ErrorWords::tr("The file is damaged"), ErrorWords::tr("The contents are not consistent at %1."),
                         ErrorWords::tr("The contents of the file are not consistent."),
                         ErrorWords::tr("Copy, download or write the file again.")};
    case ErrorCode::FileUnsafe:
        return Sentences{
            ErrorWords::tr("The file is not safe to open"),
            ErrorWords::tr("%1 would run a program, refers to data outside of this file or asks for impossible amounts (%2), so HeadScope "
                           "does not read it."),
            ErrorWords::tr("The file would run a program, refers to data outside of itself or asks for impossible amounts, so HeadScope "
                           "does not read it."),
            ErrorWords::tr("Open it only if you trust its source, after writing its tensors again as one plain file.")};
    case ErrorCode::FilterMissing:
        return Sentences{ErrorWords::tr("The data is compressed in an unknown way"),
                         ErrorWords::tr("Dataset %1 needs the compression filter %2, which is not installed."),
                         ErrorWords::tr("The file needs a compression filter that is not installed."),
                         ErrorWords::tr("Write the file again without compression or with gzip.")};
    case ErrorCode::FormatTooNew:
        return Sentences{ErrorWords::tr("The file is too new for this version"),
                         ErrorWords::tr("The file has format version %2; this HeadScope reads version %3."),
                         ErrorWords::tr("The file has a newer format version than this HeadScope reads."),
                         ErrorWords::tr("Install a newer HeadScope, or write the file in the older format.")};
    case ErrorCode::UnknownLayout:
        return Sentences{
            ErrorWords::tr("No known model layout"),
            ErrorWords::tr("The tensor names fit no layout HeadScope knows. The nearest is %2, which has no place for %1."),
            ErrorWords::tr("The tensor names fit no layout HeadScope knows."),
            ErrorWords::tr(
                "Write the weights with the names of TransformerLens or Hugging Face GPT-2 or LLaMA, or in HeadScope's own layout.")};
    case ErrorCode::UnknownFileKind:
        return Sentences{ErrorWords::tr("Not a kind of file HeadScope knows"),
                         ErrorWords::tr("The file looks like %2, which HeadScope does not read."),
                         ErrorWords::tr("The contents are of no kind HeadScope reads."),
                         ErrorWords::tr("Open a file of one of these kinds: %1.").arg(QLatin1String(readableKinds()))};
    case ErrorCode::FileTooLarge:
        return Sentences{ErrorWords::tr("The file is too large"), ErrorWords::tr("%1 has %2; at most %3 are read."),
                         ErrorWords::tr("There is more data than HeadScope can read."),
                         ErrorWords::tr("Use a smaller file, or one with fewer layers or samples.")};
    case ErrorCode::FileInUse:
        return Sentences{ErrorWords::tr("Another program has the file open"),
                         ErrorWords::tr("The file is still open for writing in another program, or that program ended without closing it."),
                         ErrorWords::tr("The file is marked as open for writing by another program."),
                         ErrorWords::tr("Close it there; if no program has it open any more, run “h5clear -s” on a copy of it.")};
    case ErrorCode::ShardMissing:
        return Sentences{ErrorWords::tr("A part of the model is missing"),
                         ErrorWords::tr("The model is in %3 files, and %2 of them are here; missing: %1."),
                         ErrorWords::tr("The model is in several files, and not all of them are here."),
                         ErrorWords::tr("Put all parts into one folder, then open any of them.")};
    case ErrorCode::WriteFailed:
        return Sentences{ErrorWords::tr("Writing failed"),
                         ErrorWords::tr("The file could not be written: %2. What was there before is unchanged."),
                         ErrorWords::tr("The file could not be written. What was there before is unchanged."),
                         ErrorWords::tr("Try another folder or another name.")};
    case ErrorCode::DiskFull:
        return Sentences{ErrorWords::tr("The disk is full"),
                         ErrorWords::tr("The disk has no room for %3. What was there before is unchanged."),
                         ErrorWords::tr("The disk has no room for this file. What was there before is unchanged."),
                         ErrorWords::tr("Free some space, or choose a folder on another disk.")};
    case ErrorCode::FolderReadOnly:
        return Sentences{ErrorWords::tr("No permission to write there"), ErrorWords::tr("Nothing may be written in %1."),
                         ErrorWords::tr("Nothing may be written in this folder."), ErrorWords::tr("Choose a folder of your own.")};
    case ErrorCode::FolderMissing:
        return Sentences{ErrorWords::tr("Folder not found"), ErrorWords::tr("The folder %1 does not exist."),
                         ErrorWords::tr("The folder for this file does not exist."),
                         ErrorWords::tr("Create the folder first, or choose another one.")};
    case ErrorCode::VerifyFailed:
        return Sentences{ErrorWords::tr("The written file did not pass its check"),
                         ErrorWords::tr("Read back after writing, %1 is %2 instead of %3; the file was not put in place."),
                         ErrorWords::tr("Read back after writing, the contents differ; the file was not put in place."),
                         ErrorWords::tr("Try again, or choose another disk.")};
    default: break;
    }
    return std::nullopt;
}

}  // namespace hs::ui
