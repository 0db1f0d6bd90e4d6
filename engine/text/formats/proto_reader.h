// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <bit>
#include <cstdint>
#include <optional>
#include <string_view>

namespace hs {

/// Walks the fields of one protobuf message; stops at the first damage (ok() is false then).
class ProtoReader {
public:
    explicit ProtoReader(std::string_view bytes) : m_bytes(bytes) {}

    struct Field {
        std::uint32_t number = 0;
        std::uint32_t wireType = 0;
        std::uint64_t value = 0;  ///< varint and fixed types
        std::string_view bytes;   ///< length-delimited type
        float asFloat() const { return std::bit_cast<float>(static_cast<std::uint32_t>(value)); }
    };

    std::optional<Field> next()
    {
        if (!m_ok || m_bytes.empty()) return std::nullopt;
        Field field;
        const std::uint64_t tag = varint();
        field.number = static_cast<std::uint32_t>(tag >> 3);
        field.wireType = static_cast<std::uint32_t>(tag & 7);
        if (field.number == 0 || tag >> 35) m_ok = false;
        if (!m_ok) return std::nullopt;
        switch (field.wireType) {
        case 0: field.value = varint(); break;
        case 1: field.value = fixed(8); break;
        case 2: {
            const std::uint64_t length = varint();
            if (length > m_bytes.size()) m_ok = false;
            else {
                field.bytes = m_bytes.substr(0, static_cast<std::size_t>(length));
                m_bytes.remove_prefix(static_cast<std::size_t>(length));
            }
            break;
        }
        case 5: field.value = fixed(4); break;
        default: m_ok = false;  // groups are not used in the messages read here
        }
        if (!m_ok) return std::nullopt;
        return field;
    }
    bool ok() const { return m_ok; }

private:
    std::uint64_t varint()
    {
        std::uint64_t value = 0;
        for (unsigned shift = 0; shift < 64; shift += 7) {
            if (m_bytes.empty()) break;
            const auto byte = static_cast<unsigned char>(m_bytes.front());
            m_bytes.remove_prefix(1);
            value |= static_cast<std::uint64_t>(byte & 0x7F) << shift;
            if (byte < 0x80) return value;
        }
        m_ok = false;
        return 0;
    }
    std::uint64_t fixed(std::size_t size)
    {
        if (m_bytes.size() < size) {
            m_ok = false;
            return 0;
        }
        std::uint64_t value = 0;
        for (std::size_t i = size; i-- > 0;) value = value << 8 | static_cast<unsigned char>(m_bytes[i]);
        m_bytes.remove_prefix(size);
        return value;
    }

    std::string_view m_bytes;
    bool m_ok = true;
};

}  // namespace hs
