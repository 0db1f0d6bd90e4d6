// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/io/gguf/gguf_file.h"

#include <algorithm>
#include <bit>
#include <charconv>
#include <cstring>
#include <limits>
#include <set>

#include "engine/io/bytes/little_endian.h"
#include "engine/io/store/tensor_store.h"

namespace hs {

namespace {

constexpr std::uint64_t maxHead = std::uint64_t(512) << 20;  ///< pairs and names of tensors

/// Bytes per value of the pairs' types; 0: text, array or no type.
constexpr std::size_t kScalarBytes[] = {1, 1, 2, 2, 4, 4, 4, 1, 0, 0, 8, 8, 8};
enum : std::uint32_t { kU8, kI8, kU16, kI16, kU32, kI32, kF32, kBool, kText, kArray, kU64, kI64, kF64 };

/// What a person wrote: 1e-06, of which the float is only near.
double shortest(float value)
{
    char text[64];
    const auto end = std::to_chars(text, text + sizeof text, value).ptr;
    double out = static_cast<double>(value);
    std::from_chars(text, end, out);
    return out;
}

class GgufReader {
public:
    GgufReader(std::shared_ptr<const FileRegion> file, const Progress& progress) : m_progress(progress) { m_out.file = std::move(file); }

    Result<GgufFile> run()
    {
        std::uint64_t magic = 0, version = 0, tensors = 0, pairs = 0;
        for (const auto& [width, into] : {std::pair<std::size_t, std::uint64_t*>{4, &magic}, {4, &version}, {8, &tensors}, {8, &pairs}})
            if (const Status s = number(width, *into); !s) return s.error();
        if (version > 0xffff) return Error::in(path(), ErrorCode::UnknownFileKind, {}, "GGUF (big-endian)");
        if (version != 2 && version != 3) return Error::in(path(), ErrorCode::FormatTooNew, "GGUF", std::to_string(version), "2, 3");
        // A pair is 13 bytes at least, a tensor 24.
        if (pairs > size() / 13 || tensors > size() / 24)
            return damaged("head", std::to_string(tensors) + " tensors, " + std::to_string(pairs) + " pairs");
        for (std::uint64_t i = 0; i < pairs; ++i)
            if (const Status s = pair(); !s) return s.error();
        std::vector<std::uint64_t> sizes;
        for (std::uint64_t i = 0; i < tensors; ++i)
            if (const Status s = tensor(sizes); !s) return s.error();
        if (const Status s = place(sizes); !s) return s.error();
        return std::move(m_out);
    }

private:
    const std::string& path() const { return m_out.file->path(); }
    std::uint64_t size() const { return m_out.file->size(); }
    Error damaged(const std::string& item, const std::string& found, const std::string& expected = {}) const
    {
        return Error::in(path(), ErrorCode::FileDamaged, item, found, expected);
    }
    std::string here() const { return "byte " + std::to_string(m_at); }

    Status bytes(void* out, std::size_t count)
    {
        if (count > size() - m_at)
            return Error::in(path(), ErrorCode::FileTruncated, here(), std::to_string(size()) + " bytes",
                             std::to_string(m_at + count) + " bytes");
        if (m_at + count > maxHead)
            return Error::in(path(), ErrorCode::FileTooLarge, "head", std::to_string(m_at + count) + " bytes",
                             "<= " + std::to_string(maxHead) + " bytes");
        auto* into = static_cast<char*>(out);
        while (count > 0) {
            if (m_at < m_begin || m_at >= m_begin + m_window.size()) {
                if (m_progress.stopped()) return Error::cancelled(path());
                m_begin = m_at;
                m_window.resize(static_cast<std::size_t>(std::min<std::uint64_t>(std::uint64_t(1) << 20, size() - m_at)));
                if (const Status s = m_out.file->read(m_begin, m_window.data(), m_window.size()); !s) return s;
            }
            const auto from = static_cast<std::size_t>(m_at - m_begin);
            const std::size_t now = std::min(count, m_window.size() - from);
            std::memcpy(into, m_window.data() + from, now);
            into += now;
            m_at += now;
            count -= now;
        }
        return {};
    }
    Status number(std::size_t width, std::uint64_t& out)
    {
        unsigned char raw[8] = {};
        if (const Status s = bytes(raw, width); !s) return s;
        out = littleEndian(raw, width);
        return {};
    }
    Status text(std::string& out)
    {
        std::uint64_t length = 0;
        if (const Status s = number(8, length); !s) return s;
        if (length > size() - m_at) return damaged(here(), "a text of " + std::to_string(length) + " bytes");
        out.resize(static_cast<std::size_t>(length));
        return bytes(out.data(), out.size());
    }

    static bool isReal(std::uint32_t type) { return type == kF32 || type == kF64; }
    /// A number of any type; whole ones in `whole`, others in `real`.
    Status scalar(std::uint32_t type, std::int64_t& whole, double& real)
    {
        std::uint64_t raw = 0;
        const std::size_t width = kScalarBytes[type];
        if (const Status s = number(width, raw); !s) return s;
        switch (type) {
        case kF32: real = shortest(std::bit_cast<float>(static_cast<std::uint32_t>(raw))); break;
        case kF64: real = std::bit_cast<double>(raw); break;
        case kI8: whole = static_cast<std::int64_t>(raw ^ 0x80) - 0x80; break;  // the sign of one byte
        case kI16: whole = static_cast<std::int16_t>(raw); break;
        case kI32: whole = static_cast<std::int32_t>(raw); break;
        case kBool:
            if (raw > 1) return damaged(here(), std::to_string(raw), "0, 1");
            [[fallthrough]];
        default: whole = static_cast<std::int64_t>(std::min<std::uint64_t>(raw, std::numeric_limits<std::int64_t>::max()));
        }
        if (type == kI64) whole = static_cast<std::int64_t>(raw);
        return {};
    }
    Status array(const std::string& key, GgufValue& out)
    {
        std::uint64_t type = 0, count = 0;
        if (const Status s = number(4, type); !s) return s;
        if (const Status s = number(8, count); !s) return s;
        if (type >= std::size(kScalarBytes) || type == kArray) return damaged(key, "array of type " + std::to_string(type));
        const std::size_t least = type == kText ? 8 : kScalarBytes[type];
        if (count > (size() - m_at) / least) return damaged(key, std::to_string(count) + " values");
        out.kind = type == kText                              ? GgufValue::Kind::Texts
                   : isReal(static_cast<std::uint32_t>(type)) ? GgufValue::Kind::Reals
                                                              : GgufValue::Kind::Wholes;
        for (std::uint64_t i = 0; i < count; ++i) {
            if (type == kText) {
                if (const Status s = text(out.texts.emplace_back()); !s) return s;
                continue;
            }
            std::int64_t whole = 0;
            double real = 0;
            if (const Status s = scalar(static_cast<std::uint32_t>(type), whole, real); !s) return s;
            if (out.kind == GgufValue::Kind::Reals) out.reals.push_back(real);
            else out.wholes.push_back(whole);
        }
        return {};
    }
    Status pair()
    {
        std::string key;
        std::uint64_t type = 0;
        if (const Status s = text(key); !s) return s;
        if (const Status s = number(4, type); !s) return s;
        if (type >= std::size(kScalarBytes)) return damaged(key, "type " + std::to_string(type));
        const auto [at, added] = m_out.values.emplace(key, GgufValue{});
        if (!added) return damaged(key, "duplicate name");
        GgufValue& value = at->second;
        if (type == kArray) return array(key, value);
        if (type == kText) {
            value.kind = GgufValue::Kind::Text;
            return text(value.text);
        }
        value.kind = isReal(static_cast<std::uint32_t>(type)) ? GgufValue::Kind::Real
                     : type == kBool                          ? GgufValue::Kind::Bool
                                                              : GgufValue::Kind::Whole;
        return scalar(static_cast<std::uint32_t>(type), value.whole, value.real);
    }

    Status tensor(std::vector<std::uint64_t>& sizes)
    {
        GgufTensor t;
        std::uint64_t rank = 0, type = 0;
        if (const Status s = text(t.name); !s) return s;
        if (const Status s = number(4, rank); !s) return s;
        if (!m_names.insert(t.name).second) return damaged(t.name, "duplicate name");
        if (rank > 4) return damaged(t.name, std::to_string(rank) + " axes", "<= 4");
        for (std::uint64_t axis = 0; axis < rank; ++axis) {
            std::uint64_t extent = 0;
            if (const Status s = number(8, extent); !s) return s;
            if (extent > (std::uint64_t(1) << 62)) return damaged(t.name, std::to_string(extent));
            t.shape.insert(t.shape.begin(), static_cast<std::int64_t>(extent));
        }
        if (const Status s = number(4, type); !s) return s;
        if (const Status s = number(8, t.offset); !s) return s;
        t.type = blockType(static_cast<std::uint32_t>(type));
        if (!t.type) return Error::in(path(), ErrorCode::DtypeUnsupported, t.name, "type " + std::to_string(type));
        if (t.type->bytes == 0)
            return Error::in(path(), ErrorCode::DtypeUnsupported, t.name, t.type->name, "F32, F16, BF16, Q4_0 ... Q8_0, Q2_K ... Q8_K");
        const std::int64_t row = t.shape.empty() ? 1 : t.shape.back();
        if (row % t.type->values != 0) return damaged(t.name, shapeText(t.shape), "rows of " + std::to_string(t.type->values));
        const auto values = checkedBytes(t.shape, 8);  // so that floats and doubles fit as well
        if (!values) return damaged(t.name, shapeText(t.shape));
        sizes.push_back(static_cast<std::uint64_t>(*values) / 8 / static_cast<std::uint64_t>(t.type->values) * t.type->bytes);
        m_out.tensors.push_back(std::move(t));
        return {};
    }
    /// The values begin at the next multiple of the alignment, and each tensor at one of it; no two share bytes.
    Status place(const std::vector<std::uint64_t>& sizes)
    {
        std::uint64_t alignment = 32;
        if (const GgufValue* v = m_out.find("general.alignment")) alignment = static_cast<std::uint64_t>(v->whole);
        if (!std::has_single_bit(alignment) || alignment > (1 << 20)) return damaged("general.alignment", std::to_string(alignment));
        const std::uint64_t begin = (m_at + alignment - 1) / alignment * alignment;
        std::vector<std::pair<std::uint64_t, std::size_t>> order;
        for (std::size_t t = 0; t < sizes.size(); ++t) {
            GgufTensor& tensor = m_out.tensors[t];
            if (tensor.offset % alignment != 0) return damaged(tensor.name, "begins at " + std::to_string(tensor.offset));
            if (begin > size() || tensor.offset > size() - begin || sizes[t] > size() - begin - tensor.offset)
                return Error::in(path(), ErrorCode::FileTruncated, tensor.name, std::to_string(size()) + " bytes",
                                 tensor.offset < (std::uint64_t(1) << 62) ? std::to_string(begin + tensor.offset + sizes[t]) + " bytes"
                                                                          : "");
            tensor.offset += begin;
            order.emplace_back(tensor.offset, t);
        }
        std::sort(order.begin(), order.end());
        for (std::size_t i = 1; i < order.size(); ++i)
            if (order[i - 1].first + sizes[order[i - 1].second] > order[i].first)
                return damaged(m_out.tensors[order[i].second].name, "overlaps " + m_out.tensors[order[i - 1].second].name);
        return {};
    }

    GgufFile m_out;
    const Progress& m_progress;
    std::set<std::string> m_names;
    std::uint64_t m_at = 0, m_begin = 0;
    std::string m_window;
};

}  // namespace

const GgufValue* GgufFile::find(const std::string& key) const
{
    const auto it = values.find(key);
    return it == values.end() ? nullptr : &it->second;
}

std::string GgufFile::text(const std::string& key) const
{
    const GgufValue* v = find(key);
    return v && v->kind == GgufValue::Kind::Text ? v->text : std::string();
}

Result<GgufFile> readGguf(const std::string& path, const Progress& progress)
{
    auto file = FileRegion::open(path);
    if (!file) return file.error();
    return GgufReader(*file, progress).run();
}

}  // namespace hs
