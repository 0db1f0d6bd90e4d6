// SPDX-License-Identifier: GPL-3.0-or-later
// A fuzz target is one function that reads foreign bytes as the program would and may do anything but crash, hang, take more than
// a gibibyte or promise what it does not keep. libFuzzer calls it under its own name; the replay calls all of them, one after another.
#pragma once

#include <cstddef>
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <string>
#include <string_view>

#include <unistd.h>

#ifdef HEADSCOPE_FUZZ_NAME  // the replay has all targets in one program
#define HS_FUZZ_TARGET int HEADSCOPE_FUZZ_NAME
#else
#define HS_FUZZ_TARGET extern "C" int LLVMFuzzerTestOneInput
#endif

namespace hs::fuzz {

inline std::string_view textOf(const std::uint8_t* data, std::size_t size) { return {reinterpret_cast<const char*>(data), size}; }

/// Inputs that a reader took for whole so far: the replay sees by it that a seed is one.
inline int accepted = 0;

/// A finding of our own: what came out of the reader breaks its promise.
inline void expect(bool kept, const char* promise)
{
    if (kept) return;
    std::fprintf(stderr, "broken promise: %s\n", promise);
    std::abort();
}

/// A folder of this process that goes with it. Each input gets a name of its own: the probe remembers verdicts by path, size and
/// time, and the clock of a file system is coarse.
class Scratch {
public:
    Scratch()
    {
        std::error_code none;
        const std::filesystem::path quick = "/dev/shm";
        const std::filesystem::path base = std::filesystem::is_directory(quick, none) ? quick : std::filesystem::temp_directory_path();
        m_folder = base / ("headscope-fuzz-" + std::to_string(getpid()));
        std::filesystem::create_directories(m_folder);
    }
    ~Scratch()
    {
        std::error_code none;
        std::filesystem::remove_all(m_folder, none);
    }
    Scratch(const Scratch&) = delete;
    Scratch& operator=(const Scratch&) = delete;

    const std::filesystem::path& folder() const { return m_folder; }
    std::string put(const std::string& name, std::string_view bytes) const
    {
        const std::string path = (m_folder / name).string();
        std::ofstream(path, std::ios::binary).write(bytes.data(), static_cast<std::streamsize>(bytes.size()));
        return path;
    }
    /// The next input's file; the one before it is removed.
    std::string next(std::string_view bytes, const std::string& ending)
    {
        std::error_code none;
        if (!m_last.empty()) std::filesystem::remove(m_last, none);
        m_last = put("input" + std::to_string(m_count++) + ending, bytes);
        return m_last;
    }

private:
    std::filesystem::path m_folder;
    std::string m_last;
    unsigned long m_count = 0;
};

}  // namespace hs::fuzz
