// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/io/store/npy_header.h"

#include <algorithm>

#include "engine/io/bytes/little_endian.h"
#include "engine/io/store/tensor_store.h"

namespace hs {

namespace {

/// Text after "'key':" in the header's dictionary.
std::string valueAfter(const std::string& header, const std::string& key)
{
    for (const char quote : {'\'', '"'}) {
        const std::size_t at = header.find(quote + key + quote);
        if (at == std::string::npos) continue;
        const std::size_t colon = header.find(':', at);
        if (colon == std::string::npos) return {};
        const std::size_t begin = header.find_first_not_of(' ', colon + 1);
        return begin == std::string::npos ? std::string() : header.substr(begin);
    }
    return {};
}

bool readShape(const std::string& text, std::vector<std::int64_t>& out)
{
    std::int64_t number = -1;
    for (const char c : text.substr(1)) {
        if (c >= '0' && c <= '9') {
            number = std::max<std::int64_t>(number, 0) * 10 + (c - '0');
            if (number > (std::int64_t(1) << 40)) return false;
        } else if (c == ',' || c == ')') {
            if (number >= 0) out.push_back(number);
            number = -1;
            if (c == ')') return out.size() <= 32;
        } else if (c != ' ') {
            return false;
        }
    }
    return false;
}

void setType(const std::string& type, NpyHeader& out)
{
    out.type = type;
    out.dtype = type == "f2" ? Dtype::F16 : type == "f4" ? Dtype::F32 : type == "f8" ? Dtype::F64 : Dtype::Other;
    for (const char* whole : {"i1", "i2", "i4", "i8", "u1", "u2", "u4", "u8", "b1"})
        if (type == whole) out.dtype = Dtype::Int;
    if (out.dtype != Dtype::Other) out.width = static_cast<std::size_t>(type[1] - '0');
}

}  // namespace

Result<NpyHeader> readNpyHeader(const std::function<Status(std::uint64_t, void*, std::size_t)>& read, const std::string& file,
                                ErrorCode bad, const std::string& item)
{
    const auto damaged = [&](const std::string& what, const std::string& found) {
        return Error::in(file, bad, item.empty() ? what : item + ": " + what, found.substr(0, 60));
    };
    unsigned char head[12] = {};
    if (const Status s = read(0, head, 10); !s) return s.error();
    if (std::string_view(reinterpret_cast<const char*>(head), 6) != "\x93NUMPY") return damaged("header", "no NPY array");
    std::uint64_t length = littleEndian(head + 8, 2), begin = 10;
    if (head[6] < 1 || head[6] > 3) return damaged("version", std::to_string(head[6]));
    if (head[6] >= 2) {
        if (const Status s = read(8, head + 8, 4); !s) return s.error();
        length = littleEndian(head + 8, 4);
        begin = 12;
    }
    if (length > (1 << 20)) return damaged("header", std::to_string(length) + " bytes");
    std::string text(static_cast<std::size_t>(length), '\0');
    if (const Status s = read(begin, text.data(), text.size()); !s) return s.error();
    NpyHeader out;
    out.offset = begin + length;
    const std::string descr = valueAfter(text, "descr"), fortran = valueAfter(text, "fortran_order"), shape = valueAfter(text, "shape");
    if (descr.size() < 4 || shape.empty() || shape[0] != '(') return damaged("header", text);
    out.fortran = fortran.starts_with("True");
    if (!out.fortran && !fortran.starts_with("False")) return damaged("fortran_order", fortran);
    if (descr[0] != '\'' && descr[0] != '"') {  // a list: an array of records
        out.type = "records";
    } else {
        out.bigEndian = descr[1] == '>';
        setType(descr.substr(2, std::max<std::size_t>(descr.find(descr[0], 2), 2) - 2), out);
    }
    if (!readShape(shape, out.shape)) return damaged("shape", shape);
    const auto bytes = checkedBytes(out.shape, std::max<std::size_t>(out.width, 1));
    if (!bytes) return damaged("shape", shape);
    if (out.width > 0) out.bytes = static_cast<std::uint64_t>(*bytes);
    return out;
}

}  // namespace hs
