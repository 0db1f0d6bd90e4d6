// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/io/bytes/atomic_write.h"

#include <atomic>
#include <cerrno>
#include <charconv>
#include <csignal>
#include <cstdio>
#include <filesystem>
#include <mutex>
#include <optional>
#include <set>
#include <string_view>

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include "engine/io/bytes/file_region.h"
#include "engine/io/bytes/output_file.h"

namespace hs {

namespace fs = std::filesystem;

namespace {

/// Temporary files that this process is writing, by their full names.
class Living {
public:
    void add(const std::string& path)
    {
        const std::lock_guard lock(m_mutex);
        m_paths.insert(path);
    }
    void remove(const std::string& path)
    {
        const std::lock_guard lock(m_mutex);
        m_paths.erase(path);
    }
    bool has(const std::string& path)
    {
        const std::lock_guard lock(m_mutex);
        return m_paths.contains(path);
    }

private:
    std::mutex m_mutex;
    std::set<std::string> m_paths;
};

Living& living()
{
    static Living all;
    return all;
}

/// The process that writes ".NAME.PID-N.part"; nothing for any other name.
std::optional<pid_t> writerOf(std::string_view name)
{
    constexpr std::string_view kEnd = ".part";
    if (!name.starts_with('.') || !name.ends_with(kEnd)) return std::nullopt;
    name.remove_suffix(kEnd.size());
    const std::size_t dot = name.rfind('.'), dash = name.rfind('-');
    if (dot == 0 || dot == std::string_view::npos || dash == std::string_view::npos || dash < dot) return std::nullopt;
    const auto whole = [](std::string_view text) {
        int value = -1;
        const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
        return error == std::errc{} && end == text.data() + text.size() && value >= 0 ? value : -1;
    };
    const int pid = whole(name.substr(dot + 1, dash - dot - 1));
    if (pid <= 0 || whole(name.substr(dash + 1)) < 0) return std::nullopt;
    return pid;
}

/// A run that was killed could not clean up behind itself: the next one does, for its own user's files of processes that are gone.
void removeLeftBehind(const fs::path& folder)
{
    std::error_code error;
    for (fs::directory_iterator it(folder, fs::directory_options::skip_permission_denied, error), end; !error && it != end;
         it.increment(error)) {
        const auto writer = writerOf(it->path().filename().string());
        if (!writer) continue;
        const std::string path = it->path().string();
        struct stat info {};
        if (lstat(path.c_str(), &info) != 0 || !S_ISREG(info.st_mode) || info.st_uid != geteuid()) continue;
        const bool gone = *writer == getpid() ? !living().has(path) : kill(*writer, 0) != 0 && errno == ESRCH;
        if (gone) unlink(path.c_str());
    }
}

/// The temporary file beside the target; gone with this object unless it was kept.
class Temporary {
public:
    Status create(const fs::path& target)
    {
        static std::atomic<unsigned> number{0};
        removeLeftBehind(target.parent_path());
        int fd = -1;
        do {
            if (!m_path.empty()) living().remove(m_path);
            std::string name = target.filename().string();
            name.insert(0, 1, '.').append(1, '.').append(std::to_string(getpid())).append(1, '-');
            name.append(std::to_string(number++)).append(".part");
            m_path = (target.parent_path() / name).string();
            living().add(m_path);
            fd = ::open(m_path.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0666);
        } while (fd < 0 && errno == EEXIST);
        if (fd < 0) {
            const int why = errno;
            kept();
            return writeError(target.string(), why);
        }
        close(fd);
        return {};
    }
    ~Temporary()
    {
        if (m_path.empty()) return;
        unlink(m_path.c_str());
        kept();
    }
    const std::string& path() const { return m_path; }
    /// Not to be removed: it has its real name, or there is none.
    void kept()
    {
        living().remove(m_path);
        m_path.clear();
    }

private:
    std::string m_path;
};

Status syncPath(const std::string& path, int flags, const std::string& target)
{
    const int fd = ::open(path.c_str(), flags | O_CLOEXEC);
    if (fd < 0) return writeError(target, errno);
    const bool synced = fsync(fd) == 0 || errno == EINVAL;  // some file systems cannot sync folders
    const int why = errno;
    close(fd);
    if (!synced) return writeError(target, why);
    return {};
}

/// Errors name the file that the user asked for, not the temporary.
Status named(Status s, const std::string& path, const std::string& temporary)
{
    if (s || (s.error().file != temporary && !s.error().file.empty())) return s;
    Error e = s.error();
    e.file = path;
    return e;
}

}  // namespace

Status writeThroughTemporary(const std::string& path, const std::function<Status(const std::string&)>& make,
                             const std::function<Status(const std::string&)>& check)
{
    std::error_code ignored;
    fs::path target = fs::absolute(path, ignored);
    if (fs::is_symlink(target, ignored)) {  // write where it points, and leave the link
        const fs::path real = fs::weakly_canonical(target, ignored);
        if (!real.empty()) target = real;
    }
    if (fs::is_directory(target, ignored)) return Error::in(path, ErrorCode::FileIsFolder);
    // A device or a pipe would be replaced by the new file.
    if (fs::exists(target, ignored) && !fs::is_regular_file(target, ignored))
        return Error::in(path, ErrorCode::WriteFailed, {}, "it is no regular file");
    if (!fs::is_directory(target.parent_path(), ignored)) return Error::in(path, ErrorCode::FolderMissing, target.parent_path().string());
    Temporary temporary;
    if (const Status s = temporary.create(target); !s) return named(s, path, target.string());
    if (const Status s = make(temporary.path()); !s) return named(s, path, temporary.path());
    if (const Status s = syncPath(temporary.path(), O_RDWR, path); !s) return s;
    if (check)
        if (const Status s = check(temporary.path()); !s) return named(s, path, temporary.path());
    if (std::rename(temporary.path().c_str(), target.c_str()) != 0) return writeError(path, errno);
    temporary.kept();
    (void)syncPath(target.parent_path().string(), O_RDONLY | O_DIRECTORY, path);  // the data is safe; the name's turn
    return {};
}

Status writeFileAtomically(const std::string& path, const std::string& bytes)
{
    const auto make = [&](const std::string& temporary) -> Status {
        OutputFile out(temporary);
        out.write(bytes.data(), bytes.size());
        return out.close();
    };
    const auto check = [&](const std::string& temporary) -> Status {
        if (bytes.empty()) return {};
        const auto back = readTextFile(temporary, bytes.size());
        if (!back) return back.error();
        if (*back != bytes)
            return Error::in(temporary, ErrorCode::VerifyFailed, {}, std::to_string(back->size()), std::to_string(bytes.size()));
        return {};
    };
    return writeThroughTemporary(path, make, check);
}

}  // namespace hs
