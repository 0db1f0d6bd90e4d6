// SPDX-License-Identifier: GPL-3.0-or-later
// PyTorch checkpoints written for tests opcode by opcode (Python's pickletools, protocol 2), as torch.save writes them.
#pragma once

#include <string>
#include <vector>

#include "tests/support/safetensors_build.h"
#include "tests/support/zip_build.h"

namespace hs::test {

namespace pickled {

inline std::string text(const std::string& s) { return "X" + littleBytes(s.size(), 4) + s; }
inline std::string number(std::int64_t n) { return "\x8a\x08" + littleBytes(static_cast<std::uint64_t>(n), 8); }
inline std::string global(const std::string& module, const std::string& name) { return "c" + module + "\n" + name + "\n"; }
inline std::string tuple(const std::string& items) { return "(" + items + "t"; }
inline std::string dict(const std::string& pairs) { return "}(" + pairs + "u"; }
/// ('storage', torch.<type>, key, 'cpu', count) as persistent id; legacy files add None.
inline std::string storage(const std::string& type, const std::string& key, std::int64_t count, bool legacy = false)
{
    return tuple(text("storage") + global("torch", type) + text(key) + text("cpu") + number(count) + (legacy ? "N" : "")) + "Q";
}
inline std::string numbers(const std::vector<std::int64_t>& all)
{
    std::string out;
    for (const std::int64_t n : all) out += number(n);
    return tuple(out);
}
inline std::string tensor(const std::string& storage, std::int64_t first, const std::vector<std::int64_t>& shape,
                          const std::vector<std::int64_t>& strides)
{
    return global("torch._utils", "_rebuild_tensor_v2")
           + tuple(storage + number(first) + numbers(shape) + numbers(strides) + "\x89" + global("collections", "OrderedDict") + ")R")
           + "R";
}
inline std::vector<std::int64_t> rowMajor(const std::vector<std::int64_t>& shape)
{
    std::vector<std::int64_t> out(shape.size());
    std::int64_t run = 1;
    for (std::size_t axis = shape.size(); axis-- > 0;) out[axis] = run, run *= shape[axis];
    return out;
}
inline std::string whole(const std::string& object) { return "\x80\x02" + object + "."; }

}  // namespace pickled

inline const char* storageType(const std::string& dtype)
{
    return dtype == "F32" ? "FloatStorage" : dtype == "F16" ? "HalfStorage" : dtype == "BF16" ? "BFloat16Storage" : "DoubleStorage";
}

/// Pairs name, tensor: one storage for each, with its number as key.
inline std::string torchPairs(const std::vector<SafeTensor>& tensors, bool legacy = false)
{
    std::string out;
    for (std::size_t t = 0; t < tensors.size(); ++t) {
        std::int64_t count = 1;
        for (const std::int64_t n : tensors[t].shape) count *= n;
        out += pickled::text(tensors[t].name)
               + pickled::tensor(pickled::storage(storageType(tensors[t].dtype), std::to_string(t), count, legacy), 0, tensors[t].shape,
                                 pickled::rowMajor(tensors[t].shape));
    }
    return out;
}

inline std::vector<ZipPart> torchParts(const std::string& object, const std::vector<SafeTensor>& tensors)
{
    std::vector<ZipPart> out{{"m/data.pkl", pickled::whole(object)}, {"m/byteorder", "little"}, {"m/version", "3\n"}};
    for (std::size_t t = 0; t < tensors.size(); ++t) out.push_back({"m/data/" + std::to_string(t), tensors[t].bytes});
    return out;
}
inline std::string torchZip(const std::vector<SafeTensor>& tensors)
{
    return zipText(torchParts(pickled::dict(torchPairs(tensors)), tensors));
}

/// The stream that torch.save wrote before 1.6.
inline std::string torchLegacy(const std::vector<SafeTensor>& tensors)
{
    const std::string magic = "\x8a\x0a" + std::string("\x6c\xfc\x9c\x46\xf9\x20\x6a\xa8\x50\x19", 10);
    std::string keys, values;
    for (std::size_t t = 0; t < tensors.size(); ++t) {
        keys += pickled::text(std::to_string(t));
        const std::size_t width = tensors[t].dtype == "F64" ? 8 : tensors[t].dtype == "F32" ? 4 : 2;
        values += littleBytes(tensors[t].bytes.size() / width, 8) + tensors[t].bytes;
    }
    return pickled::whole(magic) + pickled::whole(pickled::number(1001))
           + pickled::whole(pickled::dict(pickled::text("little_endian") + "\x88"))
           + pickled::whole(pickled::dict(torchPairs(tensors, true))) + pickled::whole("](" + keys + "e") + values;
}

}  // namespace hs::test
