// SPDX-License-Identifier: GPL-3.0-or-later
// A pickle read as data. A closed set of opcodes builds numbers, texts, lists, dictionaries and descriptions of tensors; nothing is looked
// up, imported or called, and what is not in the set ends the reading by its name. What PyTorch's state dictionaries hold: opcodes of
// pickletools (protocol 2), torch/_utils.py for the arguments of `_rebuild_tensor_v2` and its kin.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "engine/base/result.h"
#include "engine/model/weights.h"

namespace hs {

/// Number of a value in its pickle.
using PickleRef = std::uint32_t;

struct PickleValue {
    enum class Kind { None, Bool, Int, Real, Text, Tuple, List, Dict, Global, Storage, Tensor };
    Kind kind = Kind::None;
    std::int64_t number = 0;                   ///< Bool, Int; Storage: how many values it holds; Tensor: its first value in the storage
    double real = 0;                           ///< Real
    std::string text;                          ///< Text; Global: "torch.FloatStorage"; Storage: its key
    std::vector<PickleRef> items;              ///< Tuple, List; Dict: key, value, key, value ...
    PickleRef storage = 0;                     ///< Tensor
    std::vector<std::int64_t> shape, strides;  ///< Tensor, in values; one stride for each extent
    std::string type;         ///< Storage: "torch.FloatStorage"; Storage of a view: where the root's window begins is in `window`
    std::int64_t window = 0;  ///< Storage: first value of the root storage (legacy files keep views of storages)
};

struct Pickle {
    std::vector<PickleValue> values;
    PickleRef root = 0;
    std::size_t size = 0;  ///< bytes up to and with the end mark
    const PickleValue& at(PickleRef ref) const { return values[ref]; }
    /// Value of a text key of a dictionary; null when it has none.
    const PickleValue* find(const PickleValue& dict, std::string_view key) const;
};

/// Reads one pickle from the beginning of `bytes`; `file` and `where` ("data.pkl") name it in errors. FileUnsafe (item = opcode or global,
/// found = where) for what is not in the closed set; FileDamaged (item = where, byte) for what is no pickle; FileTooLarge.
Result<Pickle> readPickle(std::string_view bytes, const std::string& file, const std::string& where);

/// Width and dtype of "torch.FloatStorage" and its kin; Dtype::Other with width 0 for another name.
struct TorchType {
    Dtype dtype = Dtype::Other;
    std::size_t width = 0;
    const char* shown = "";
};
TorchType torchType(std::string_view storage);

}  // namespace hs
