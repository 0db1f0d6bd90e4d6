// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/io/probe/probe.h"

#include <algorithm>
#include <array>
#include <atomic>
#include <charconv>
#include <chrono>
#include <csignal>
#include <cstdlib>
#include <cstring>
#include <filesystem>
#include <map>
#include <mutex>

#include <fcntl.h>
#include <poll.h>
#include <spawn.h>
#include <sys/wait.h>
#include <unistd.h>
#include <nlohmann/json.hpp>

#include "engine/io/bytes/file_region.h"

namespace hs {

namespace fs = std::filesystem;

namespace {

constexpr auto wallLimit = std::chrono::seconds(18);  // times probeLimit()
constexpr int kMostTimes = 64;
std::atomic<int> chosenLimit{0};

int timesIn(const char* text)
{
    int value = 0;
    if (!text) return 1;
    const auto [end, error] = std::from_chars(text, text + std::strlen(text), value);
    return error == std::errc{} && *end == '\0' ? std::clamp(value, 1, kMostTimes) : 1;
}
constexpr std::size_t maxAnswer = std::size_t(1) << 20;

Error helperError(const std::string& why) { return Error::of(ErrorCode::Internal, "headscope-h5probe", why); }

/// A child process that is certainly gone when this object is.
class Child {
public:
    Status start(const std::string& program, const std::string& path, int times)
    {
        std::array<int, 2> ends{};
        if (pipe2(ends.data(), O_CLOEXEC) != 0) return helperError(std::strerror(errno));
        m_out = ends[0];
        posix_spawn_file_actions_t actions;
        posix_spawn_file_actions_init(&actions);
        posix_spawn_file_actions_addopen(&actions, 0, "/dev/null", O_RDONLY, 0);
        posix_spawn_file_actions_adddup2(&actions, ends[1], 1);
        posix_spawn_file_actions_addopen(&actions, 2, "/dev/null", O_WRONLY, 0);
        std::string limit = std::to_string(times);
        std::array<char*, 4> arguments{const_cast<char*>(program.c_str()), const_cast<char*>(path.c_str()), limit.data(), nullptr};
        // A clean environment: HDF5_PLUGIN_PATH, HDF5_DRIVER and the like must not reach the library.
        char language[] = "LC_ALL=C";
        std::array<char*, 2> environment{language, nullptr};
        const int failed = posix_spawn(&m_pid, program.c_str(), &actions, nullptr, arguments.data(), environment.data());
        posix_spawn_file_actions_destroy(&actions);
        close(ends[1]);
        if (failed != 0) {
            m_pid = -1;
            return helperError(std::strerror(failed));
        }
        return {};
    }

    ~Child()
    {
        if (m_pid > 0) {
            kill(m_pid, SIGKILL);
            wait();
        }
        if (m_out >= 0) close(m_out);
    }

    /// Reads until the other end closes. False: time is up or the work is cancelled.
    bool readAnswer(std::string& answer, const Progress& progress, int times)
    {
        const auto end = std::chrono::steady_clock::now() + times * wallLimit;
        std::array<char, 4096> block{};
        while (std::chrono::steady_clock::now() < end && !progress.stopped()) {
            pollfd p{m_out, POLLIN, 0};
            if (poll(&p, 1, 20) <= 0) continue;
            const ssize_t got = read(m_out, block.data(), block.size());
            if (got < 0 && errno == EINTR) continue;
            if (got <= 0) return true;
            answer.append(block.data(), static_cast<std::size_t>(got));
            if (answer.size() > maxAnswer) return false;
        }
        return false;
    }

    int wait()
    {
        int status = 0;
        while (waitpid(m_pid, &status, 0) < 0 && errno == EINTR) {}
        m_pid = -1;
        return status;
    }

private:
    pid_t m_pid = -1;
    int m_out = -1;
};

Status verdictFrom(const std::string& answer, const std::string& path)
{
    const auto json = nlohmann::json::parse(answer, nullptr, false);
    if (!json.is_object() || json.value("protocol", 0) != 1) return helperError(answer.substr(0, 80));
    if (!json.contains("error")) return {};
    const auto& e = json["error"];
    const int code = e.value("code", static_cast<int>(ErrorCode::FileDamaged));
    if (code < 0 || code > static_cast<int>(ErrorCode::Internal)) return helperError(answer.substr(0, 80));
    return Error{static_cast<ErrorCode>(code), path, e.value("item", ""), e.value("found", ""), e.value("expected", "")};
}

/// The helper was stopped for what it used, not for what it met.
Error overLimit(const std::string& path, const std::string& used, int times)
{
    return Error::in(path, ErrorCode::FileUnsafe, kProbeLimitItem, used, std::to_string(times));
}

Status ask(const std::string& path, const Progress& progress, int times)
{
    const std::string program = probeProgram();
    if (program.empty()) return helperError("not found");
    Child child;
    if (const Status s = child.start(program, path, times); !s) return s;
    std::string answer;
    if (!child.readAnswer(answer, progress, times)) {
        if (progress.stopped()) return Error::cancelled(path);
        return overLimit(path, std::to_string(times * wallLimit.count()) + " s", times);
    }
    const int status = child.wait();
    if (WIFSIGNALED(status) && WTERMSIG(status) == SIGXCPU) return overLimit(path, std::to_string(5 * times) + " s", times);
    if (WEXITSTATUS(status) == kProbeNoMemory && !WIFSIGNALED(status)) return overLimit(path, std::to_string(times) + " GiB", times);
    if (WIFSIGNALED(status)) return Error::in(path, ErrorCode::FileUnsafe, {}, "signal " + std::to_string(WTERMSIG(status)));
    if (WEXITSTATUS(status) == 127) return helperError("not started");
    if (WEXITSTATUS(status) != 0) return Error::in(path, ErrorCode::FileUnsafe, {}, "exit " + std::to_string(WEXITSTATUS(status)));
    return verdictFrom(answer, path);
}

struct Key {
    std::string path;
    std::uint64_t size;
    std::int64_t modified;
    int times;
    auto operator<=>(const Key&) const = default;
};

}  // namespace

int probeLimit()
{
    const int chosen = chosenLimit;
    return chosen > 0 ? chosen : timesIn(std::getenv("HEADSCOPE_PROBE_LIMIT"));
}

void setProbeLimit(int times) { chosenLimit = std::clamp(times, 0, kMostTimes); }

std::string probeProgram()
{
    constexpr const char* name = "headscope-h5probe";
    std::error_code ignored;
    if (const char* given = std::getenv("HEADSCOPE_PROBE"); given && *given)
        return fs::is_regular_file(given, ignored) ? given : std::string();
    const fs::path here = fs::read_symlink("/proc/self/exe", ignored).parent_path();
    for (const fs::path& folder : {here, here / "../libexec/headscope", here / "../bin"})
        if (fs::is_regular_file(folder / name, ignored)) return (folder / name).lexically_normal().string();
    return {};
}

Status probeHdf5(const std::string& path, const Progress& progress)
{
    static std::mutex mutex;
    static std::map<Key, Status> verdicts;
    const auto file = FileRegion::open(path);
    if (!file) return file.error();
    std::error_code ignored;
    const std::string absolute = fs::absolute(path, ignored).string();
    const int times = probeLimit();
    const Key key{absolute, (*file)->size(), (*file)->modifiedNs(), times};
    {
        const std::lock_guard lock(mutex);
        if (const auto it = verdicts.find(key); it != verdicts.end()) return it->second;
    }
    Status verdict = ask(absolute, progress, times);
    const bool final = verdict || (verdict.error().code != ErrorCode::Cancelled && verdict.error().code != ErrorCode::Internal);
    if (final) {
        const std::lock_guard lock(mutex);
        verdicts.insert_or_assign(key, verdict);
    }
    return verdict;
}

}  // namespace hs
