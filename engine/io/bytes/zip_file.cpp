// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/io/bytes/zip_file.h"

#include <algorithm>
#include <optional>

#include <zlib.h>

#include "engine/io/bytes/little_endian.h"

namespace hs {

namespace {

constexpr std::uint64_t maxDirectory = std::uint64_t(256) << 20;
constexpr std::size_t blockBytes = 512 * 1024;
constexpr std::uint64_t none32 = 0xffffffff, none16 = 0xffff;  ///< "stands in the 64-bit field"
constexpr std::size_t endSize = 22, locatorSize = 20, end64Size = 56, entrySize = 46, localSize = 30;
constexpr std::uint64_t endMark = 0x06054b50, locatorMark = 0x07064b50, end64Mark = 0x06064b50, entryMark = 0x02014b50,
                        localMark = 0x04034b50;

struct Directory {
    std::uint64_t offset = 0, size = 0, count = 0;
};

Error damaged(const FileRegion& file, const std::string& item, const std::string& found, const std::string& expected = {})
{
    return Error::in(file.path(), ErrorCode::FileDamaged, item, found, expected);
}

/// Where the central directory stands: from the record at the archive's end, and from its 64-bit brother where that says so.
Result<Directory> findDirectory(const FileRegion& file)
{
    const std::uint64_t size = file.size();
    const std::size_t tailSize = static_cast<std::size_t>(std::min<std::uint64_t>(size, endSize + none16));
    std::vector<unsigned char> tail(tailSize);
    if (const Status s = file.read(size - tailSize, tail.data(), tailSize); !s) return s.error();
    std::optional<std::size_t> end;
    for (std::size_t back = endSize; back <= tailSize && !end; ++back) {
        const unsigned char* at = tail.data() + tailSize - back;
        if (littleEndian(at, 4) == endMark && littleEndian(at + 20, 2) == back - endSize) end = tailSize - back;
    }
    if (!end) return Error::in(file.path(), ErrorCode::FileTruncated, "zip", std::to_string(size) + " bytes");
    const unsigned char* at = tail.data() + *end;
    Directory out{littleEndian(at + 16, 4), littleEndian(at + 12, 4), littleEndian(at + 10, 2)};
    std::uint64_t limit = size - tailSize + *end;
    if (littleEndian(at + 4, 2) % none16 != 0) return damaged(file, "zip", "one of several volumes");
    if (out.offset == none32 || out.size == none32 || out.count == none16) {
        unsigned char locator[locatorSize], end64[end64Size];
        if (limit < locatorSize + end64Size) return damaged(file, "zip", "no 64-bit directory");
        if (const Status s = file.read(limit - locatorSize, locator, locatorSize); !s) return s.error();
        if (littleEndian(locator, 4) == locatorMark) {
            const std::uint64_t place = littleEndian(locator + 8, 8);
            if (place > limit - locatorSize - end64Size) return damaged(file, "zip", "64-bit directory at byte " + std::to_string(place));
            if (const Status s = file.read(place, end64, end64Size); !s) return s.error();
            if (littleEndian(end64, 4) != end64Mark) return damaged(file, "byte " + std::to_string(place), "no 64-bit directory");
            out = {littleEndian(end64 + 48, 8), littleEndian(end64 + 40, 8), littleEndian(end64 + 32, 8)};
            limit = place;
        }
    }
    if (out.size > limit || out.offset > limit - out.size)
        return damaged(file, "zip", "directory of " + std::to_string(out.size) + " bytes at byte " + std::to_string(out.offset));
    if (out.size > maxDirectory || out.count > out.size / entrySize)
        return damaged(file, "zip", std::to_string(out.count) + " members in " + std::to_string(out.size) + " bytes");
    return out;
}

/// Sizes and place of an entry that do not fit into 32 bits stand in its extra field, in this order, those alone.
bool takeZip64(const unsigned char* extra, std::size_t length, std::uint64_t& size, std::uint64_t& packed, std::uint64_t& place)
{
    for (std::size_t at = 0; at + 4 <= length;) {
        const std::size_t id = littleEndian(extra + at, 2), bytes = littleEndian(extra + at + 2, 2);
        at += 4;
        if (bytes > length - at) return false;
        if (id == 1) {
            std::size_t used = 0;
            for (std::uint64_t* value : {&size, &packed, &place}) {
                if (*value != none32) continue;
                if (used + 8 > bytes) return false;
                *value = littleEndian(extra + at + used, 8);
                used += 8;
            }
        }
        at += bytes;
    }
    return size != none32 && packed != none32 && place != none32;
}

/// The header in front of a member's bytes: it must name the same member.
Status findBytes(const FileRegion& file, std::uint64_t place, std::uint64_t limit, ZipMember& member)
{
    unsigned char head[localSize];
    if (limit < localSize || place > limit - localSize) return damaged(file, member.name, "at byte " + std::to_string(place));
    if (const Status s = file.read(place, head, localSize); !s) return s;
    const std::uint64_t nameSize = littleEndian(head + 26, 2), extraSize = littleEndian(head + 28, 2);
    const std::uint64_t room = limit - place - localSize;
    if (littleEndian(head, 4) != localMark || nameSize != member.name.size() || nameSize + extraSize > room)
        return damaged(file, member.name, "no member at byte " + std::to_string(place));
    std::string name(static_cast<std::size_t>(nameSize), '\0');
    if (const Status s = file.read(place + localSize, name.data(), name.size()); !s) return s;
    if (name != member.name) return damaged(file, member.name, name);
    member.offset = place + localSize + nameSize + extraSize;
    if (member.packed > room - nameSize - extraSize)
        return damaged(file, member.name, std::to_string(member.packed) + " bytes at byte " + std::to_string(member.offset));
    return {};
}

Result<std::vector<ZipMember>> readDirectory(const FileRegion& file, const Directory& directory)
{
    std::vector<unsigned char> bytes(static_cast<std::size_t>(directory.size));
    if (const Status s = file.read(directory.offset, bytes.data(), bytes.size()); !s) return s.error();
    std::vector<ZipMember> out;
    std::size_t at = 0;
    for (std::uint64_t i = 0; i < directory.count; ++i) {
        const std::string where = "byte " + std::to_string(directory.offset + at);
        const unsigned char* entry = bytes.data() + at;
        if (bytes.size() - at < entrySize || littleEndian(entry, 4) != entryMark)
            return damaged(file, where, "no member", "member " + std::to_string(i));
        const std::size_t nameSize = littleEndian(entry + 28, 2), extraSize = littleEndian(entry + 30, 2),
                          noteSize = littleEndian(entry + 32, 2);
        if (nameSize + extraSize + noteSize > bytes.size() - at - entrySize) return damaged(file, where, "member " + std::to_string(i));
        ZipMember member;
        member.name.assign(reinterpret_cast<const char*>(entry + entrySize), nameSize);
        member.crc = static_cast<std::uint32_t>(littleEndian(entry + 16, 4));
        member.packed = littleEndian(entry + 20, 4);
        member.size = littleEndian(entry + 24, 4);
        std::uint64_t place = littleEndian(entry + 42, 4);
        if (!takeZip64(entry + entrySize + nameSize, extraSize, member.size, member.packed, place)
            && (member.size == none32 || member.packed == none32 || place == none32))
            return damaged(file, member.name, "64-bit sizes");
        const std::uint64_t flags = littleEndian(entry + 8, 2), method = littleEndian(entry + 10, 2);
        if ((flags & 1) != 0) return Error::in(file.path(), ErrorCode::FileUnsafe, member.name, "encrypted");
        if (method != 0 && method != 8)
            return Error::in(file.path(), ErrorCode::FilterMissing, member.name, "zip method " + std::to_string(method));
        member.deflated = method == 8;
        if (!member.deflated && member.packed != member.size)
            return damaged(file, member.name, std::to_string(member.packed) + " bytes", std::to_string(member.size) + " bytes");
        if (member.size > (std::uint64_t(1) << 62)) return damaged(file, member.name, std::to_string(member.size) + " bytes");
        // Deflate makes at most 1032 bytes of one.
        if (member.deflated && member.size / 1032 > member.packed)
            return damaged(file, member.name, std::to_string(member.size) + " bytes out of " + std::to_string(member.packed));
        if (const Status s = findBytes(file, place, directory.offset, member); !s) return s.error();
        at += entrySize + nameSize + extraSize + noteSize;
        if (!member.name.ends_with('/')) out.push_back(std::move(member));
    }
    return out;
}

/// Members have their own bytes, and their own names.
Status checkApart(const FileRegion& file, std::vector<ZipMember>& members)
{
    std::sort(members.begin(), members.end(), [](const ZipMember& a, const ZipMember& b) { return a.offset < b.offset; });
    for (std::size_t i = 1; i < members.size(); ++i)
        if (members[i - 1].offset + members[i - 1].packed > members[i].offset)
            return damaged(file, members[i].name, "overlaps " + members[i - 1].name);
    std::sort(members.begin(), members.end(), [](const ZipMember& a, const ZipMember& b) { return a.name < b.name; });
    for (std::size_t i = 1; i < members.size(); ++i)
        if (members[i - 1].name == members[i].name) return damaged(file, members[i].name, "duplicate name");
    return {};
}

/// zlib's stream, ended in any case.
struct Inflater {
    z_stream stream{};
    bool ready = inflateInit2(&stream, -MAX_WBITS) == Z_OK;
    Inflater() = default;
    Inflater(const Inflater&) = delete;
    Inflater& operator=(const Inflater&) = delete;
    ~Inflater() { inflateEnd(&stream); }
};

}  // namespace

std::uint32_t crc32More(std::uint32_t crc, const void* data, std::size_t size)
{
    return static_cast<std::uint32_t>(::crc32_z(crc, static_cast<const unsigned char*>(data), size));
}

Result<std::shared_ptr<const ZipFile>> ZipFile::open(std::shared_ptr<const FileRegion> file)
{
    const auto directory = findDirectory(*file);
    if (!directory) return directory.error();
    auto members = readDirectory(*file, *directory);
    if (!members) return members.error();
    if (const Status s = checkApart(*file, *members); !s) return s.error();
    std::shared_ptr<ZipFile> out(new ZipFile);
    out->m_file = std::move(file);
    out->m_members = std::move(*members);
    return std::shared_ptr<const ZipFile>(out);
}

const ZipMember* ZipFile::find(const std::string& name) const
{
    const auto at =
        std::lower_bound(m_members.begin(), m_members.end(), name, [](const ZipMember& m, const std::string& n) { return m.name < n; });
    return at != m_members.end() && at->name == name ? &*at : nullptr;
}

Status ZipFile::stream(const ZipMember& member, const Sink& sink, const Progress& progress) const
{
    std::vector<unsigned char> in(blockBytes), out(member.deflated ? blockBytes : 0);
    std::uint32_t crc = 0;
    std::uint64_t made = 0;
    const auto give = [&](const unsigned char* data, std::size_t size) -> Status {
        made += size;
        if (made > member.size) return damaged(*m_file, member.name, "more than " + std::to_string(member.size) + " bytes");
        crc = crc32More(crc, data, size);
        return size > 0 ? sink(data, size) : Status();
    };
    std::optional<Inflater> inflater;
    if (member.deflated) inflater.emplace();
    if (inflater && !inflater->ready) return Error::in(m_file->path(), ErrorCode::OutOfMemory);
    bool ended = false;
    for (std::uint64_t at = 0; at < member.packed && !ended; at += in.size()) {
        if (progress.stopped()) return Error::cancelled(m_file->path());
        in.resize(static_cast<std::size_t>(std::min<std::uint64_t>(blockBytes, member.packed - at)));
        if (const Status s = m_file->read(member.offset + at, in.data(), in.size()); !s) return s;
        if (!inflater) {
            if (const Status s = give(in.data(), in.size()); !s) return s;
            continue;
        }
        z_stream& z = inflater->stream;
        z.next_in = in.data();
        z.avail_in = static_cast<uInt>(in.size());
        do {
            z.next_out = out.data();
            z.avail_out = static_cast<uInt>(out.size());
            const int state = inflate(&z, Z_NO_FLUSH);
            if (state != Z_OK && state != Z_STREAM_END && state != Z_BUF_ERROR)
                return damaged(*m_file, member.name, "not deflated at byte " + std::to_string(member.offset + at + in.size() - z.avail_in));
            if (const Status s = give(out.data(), out.size() - z.avail_out); !s) return s;
            ended = state == Z_STREAM_END;
        } while (!ended && z.avail_out == 0);
    }
    if (made != member.size) return damaged(*m_file, member.name, std::to_string(made) + " bytes", std::to_string(member.size) + " bytes");
    if (crc != member.crc) return damaged(*m_file, member.name, "checksum " + std::to_string(crc), std::to_string(member.crc));
    return {};
}

Result<std::string> ZipFile::read(const ZipMember& member, std::uint64_t limit, const Progress& progress) const
{
    if (member.size > limit)
        return Error::in(m_file->path(), ErrorCode::FileTooLarge, member.name, std::to_string(member.size) + " bytes",
                         "<= " + std::to_string(limit) + " bytes");
    std::string out;
    out.reserve(static_cast<std::size_t>(member.size));
    const Status s = stream(
        member,
        [&](const unsigned char* data, std::size_t size) -> Status {
            out.append(reinterpret_cast<const char*>(data), size);
            return {};
        },
        progress);
    if (!s) return s.error();
    return out;
}

}  // namespace hs
