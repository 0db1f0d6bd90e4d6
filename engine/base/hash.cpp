// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/base/hash.h"

#include <openssl/evp.h>

#include <array>
#include <cstdint>
#include <cstdio>
#include <filesystem>
#include <memory>
#include <system_error>
#include <vector>

namespace hs {
namespace {

struct FreeContext {
    void operator()(EVP_MD_CTX* context) const { EVP_MD_CTX_free(context); }
};
struct CloseFile {
    void operator()(std::FILE* file) const { std::fclose(file); }
};

/// SHA-256 of what is fed to it piece by piece.
class Sha256 {
public:
    Sha256() : m_context(EVP_MD_CTX_new()) { m_ok = m_context && EVP_DigestInit_ex(m_context.get(), EVP_sha256(), nullptr) == 1; }
    void add(const void* data, std::size_t size)
    {
        if (m_ok) m_ok = EVP_DigestUpdate(m_context.get(), data, size) == 1;
    }
    /// Empty when the library failed.
    std::string hex()
    {
        std::array<unsigned char, EVP_MAX_MD_SIZE> digest{};
        unsigned length = 0;
        if (!m_ok || EVP_DigestFinal_ex(m_context.get(), digest.data(), &length) != 1) return {};
        static constexpr char digits[] = "0123456789abcdef";
        std::string out;
        for (unsigned i = 0; i < length; ++i) {
            out += digits[digest[i] >> 4];
            out += digits[digest[i] & 15];
        }
        return out;
    }

private:
    std::unique_ptr<EVP_MD_CTX, FreeContext> m_context;
    bool m_ok = false;
};

}  // namespace

std::string sha256Hex(const void* data, std::size_t size)
{
    Sha256 sha;
    if (size > 0) sha.add(data, size);
    return sha.hex();
}

Result<std::string> sha256OfFile(const std::string& path, const Progress& progress)
{
    std::error_code ec;
    const auto state = std::filesystem::status(path, ec);
    if (!std::filesystem::exists(state)) return Error::in(path, ErrorCode::FileNotFound);
    if (std::filesystem::is_directory(state)) return Error::in(path, ErrorCode::FileIsFolder);
    const std::unique_ptr<std::FILE, CloseFile> file(std::fopen(path.c_str(), "rb"));
    if (!file) return Error::in(path, ErrorCode::FileUnreadable);
    const std::uintmax_t size = std::filesystem::file_size(path, ec);
    const std::int64_t total = ec ? 0 : static_cast<std::int64_t>(size);

    Sha256 sha;
    std::vector<char> block(std::size_t{1} << 20);
    std::int64_t done = 0;
    for (;;) {
        if (progress.stopped()) return Error::cancelled(path);
        const std::size_t got = std::fread(block.data(), 1, block.size(), file.get());
        if (got == 0) break;
        sha.add(block.data(), got);
        done += static_cast<std::int64_t>(got);
        progress.report(Stage::Hashing, done, total);
    }
    if (std::ferror(file.get())) return Error::in(path, ErrorCode::FileUnreadable);
    std::string hex = sha.hex();
    if (hex.empty()) return Error::in(path, ErrorCode::Internal, "sha256");
    return hex;
}

}  // namespace hs
