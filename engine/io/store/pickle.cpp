// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/io/store/pickle.h"

#include <algorithm>
#include <bit>
#include <cstring>
#include <optional>
#include <unordered_map>

#include "engine/io/bytes/little_endian.h"

namespace hs {

namespace {

using Kind = PickleValue::Kind;

constexpr std::size_t maxBytes = std::size_t(64) << 20;
constexpr std::size_t maxValues = 4000000;

struct TypeRow {
    const char* storage;
    TorchType type;
};
constexpr TypeRow kTorchTypes[] = {
    {"torch.FloatStorage", {Dtype::F32, 4, "float32"}},      {"torch.HalfStorage", {Dtype::F16, 2, "float16"}},
    {"torch.BFloat16Storage", {Dtype::BF16, 2, "bfloat16"}}, {"torch.DoubleStorage", {Dtype::F64, 8, "float64"}},
    {"torch.LongStorage", {Dtype::Int, 8, "int64"}},         {"torch.IntStorage", {Dtype::Int, 4, "int32"}},
    {"torch.ShortStorage", {Dtype::Int, 2, "int16"}},        {"torch.CharStorage", {Dtype::Int, 1, "int8"}},
    {"torch.ByteStorage", {Dtype::Int, 1, "uint8"}},         {"torch.BoolStorage", {Dtype::Int, 1, "bool"}},
};
// Names that may be met; the second group is inert: a name and no more.
constexpr const char* calls[] = {"collections.OrderedDict", "torch._utils._rebuild_tensor_v2", "torch._utils._rebuild_tensor",
                                 "torch._utils._rebuild_parameter", "torch.Size"};
constexpr const char* inert[] = {"torch.float16", "torch.float32", "torch.float64", "torch.bfloat16", "torch.int8",
                                 "torch.int16",   "torch.int32",   "torch.int64",   "torch.uint8",    "torch.bool"};

struct OpName {
    unsigned char code;
    const char* name;
};
// What is met in the wild and refused: its name says more than its number.
constexpr OpName refusedNames[] = {
    {0x95, "FRAME"},
    {0x93, "STACK_GLOBAL"},
    {0x94, "MEMOIZE"},
    {0x8c, "SHORT_BINUNICODE"},
    {0x81, "NEWOBJ"},
    {0x92, "NEWOBJ_EX"},
    {'i', "INST"},
    {'o', "OBJ"},
    {0x82, "EXT1"},
    {0x83, "EXT2"},
    {0x84, "EXT4"},
    {'P', "PERSID"},
    {'S', "STRING"},
    {'I', "INT"},
    {'L', "LONG"},
    {'F', "FLOAT"},
    {'V', "UNICODE"},
    {'B', "BINBYTES"},
    {'C', "SHORT_BINBYTES"},
    {0x8e, "BINBYTES8"},
    {0x8f, "EMPTY_SET"},
    {0x91, "FROZENSET"},
    {'g', "GET"},
    {'p', "PUT"},
    {'d', "DICT"},
    {'l', "LIST"},
    {0x8d, "BINUNICODE8"},
    {0x96, "BYTEARRAY8"},
    {0x8b, "LONG4"},
    {'T', "BINSTRING"},
    {'0', "POP"},
    {'1', "POP_MARK"},
    {'2', "DUP"},
    {0x97, "NEXT_BUFFER"},
    {0x98, "READONLY_BUFFER"},
    {0x90, "ADDITEMS"},
};

class PickleReader {
public:
    PickleReader(std::string_view bytes, const std::string& file, const std::string& where) : m_bytes(bytes), m_file(file), m_where(where)
    {}

    Result<Pickle> run()
    {
        if (m_bytes.size() > maxBytes) m_bytes = m_bytes.substr(0, maxBytes);
        for (;;) {
            m_opcode = m_at;
            unsigned char op = 0;
            if (const Status s = byte(op); !s) return s.error();
            if (op == '.') break;
            if (const Status s = step(op); !s) return s.error();
            if (m_out.values.size() > maxValues)
                return Error::in(m_file, ErrorCode::FileTooLarge, m_where, std::to_string(m_out.values.size()) + " values",
                                 "<= " + std::to_string(maxValues) + " values");
        }
        if (m_stack.size() != 1 || !m_marks.empty()) return broken("ends with " + std::to_string(m_stack.size()) + " values");
        m_out.root = m_stack.back();
        m_out.size = m_at;
        return std::move(m_out);
    }

private:
    std::string place() const { return m_where + ", byte " + std::to_string(m_opcode); }
    Error broken(const std::string& found, const std::string& expected = {}) const
    {
        return Error::in(m_file, ErrorCode::FileDamaged, place(), found, expected);
    }
    Error refused(const std::string& what) const { return Error::in(m_file, ErrorCode::FileUnsafe, what, place()); }

    // ---- bytes ----
    Status take(std::size_t size, std::string_view& out)
    {
        if (size > m_bytes.size() - m_at) return broken("ends early");
        out = m_bytes.substr(m_at, size);
        m_at += size;
        return {};
    }
    Status byte(unsigned char& out)
    {
        std::string_view one;
        if (const Status s = take(1, one); !s) return s;
        out = static_cast<unsigned char>(one[0]);
        return {};
    }
    Status number(std::size_t width, std::uint64_t& out)
    {
        std::string_view bytes;
        if (const Status s = take(width, bytes); !s) return s;
        out = littleEndian(bytes.data(), width);
        return {};
    }
    Status line(std::string_view& out)
    {
        const std::size_t end = m_bytes.find('\n', m_at);
        if (end == std::string_view::npos) return broken("a name without an end");
        out = m_bytes.substr(m_at, end - m_at);
        m_at = end + 1;
        return {};
    }

    // ---- stack ----
    Status push(PickleValue value)
    {
        m_stack.push_back(static_cast<PickleRef>(m_out.values.size()));
        m_out.values.push_back(std::move(value));
        return {};
    }
    Status push(Kind kind, std::int64_t n = 0)
    {
        PickleValue v;
        v.kind = kind;
        v.number = n;
        return push(std::move(v));
    }
    std::size_t base() const { return m_marks.empty() ? 0 : m_marks.back(); }
    Status pop(PickleRef& out)
    {
        if (m_stack.size() <= base()) return broken("an empty stack");
        out = m_stack.back();
        m_stack.pop_back();
        return {};
    }
    Status popToMark(std::vector<PickleRef>& out)
    {
        if (m_marks.empty()) return broken("no mark");
        out.assign(m_stack.begin() + static_cast<std::ptrdiff_t>(m_marks.back()), m_stack.end());
        m_stack.resize(m_marks.back());
        m_marks.pop_back();
        return {};
    }
    const PickleValue& value(PickleRef ref) const { return m_out.values[ref]; }

    Status tuple(std::size_t count)
    {
        if (m_stack.size() < base() + count) return broken("an empty stack");
        PickleValue v;
        v.kind = Kind::Tuple;
        v.items.assign(m_stack.end() - static_cast<std::ptrdiff_t>(count), m_stack.end());
        m_stack.resize(m_stack.size() - count);
        return push(std::move(v));
    }
    /// Elements for the list or dictionary on top of the stack. One may hold itself through others: who reads the values goes a few levels
    /// deep and no further.
    Status put(const std::vector<PickleRef>& items, Kind kind)
    {
        if (m_stack.size() <= base()) return broken("an empty stack");
        const PickleRef into = m_stack.back();
        if (value(into).kind != kind) return broken("elements for something else");
        if (kind == Kind::Dict && items.size() % 2 != 0) return broken("a key without a value");
        for (const PickleRef item : items)
            if (item == into) return refused("a container in itself");
        auto& all = m_out.values[into].items;
        all.insert(all.end(), items.begin(), items.end());
        return {};
    }

    Status memoise(std::uint64_t key)
    {
        if (m_stack.size() <= base()) return broken("an empty stack");
        m_memo[key] = m_stack.back();
        return {};
    }
    Status recall(std::uint64_t key)
    {
        const auto it = m_memo.find(key);
        if (it == m_memo.end()) return broken("no value " + std::to_string(key));
        m_stack.push_back(it->second);
        return m_stack.size() > maxValues ? Status(broken("too many values")) : Status();
    }

    Status text(std::size_t size)
    {
        std::string_view bytes;
        if (const Status s = take(size, bytes); !s) return s;
        PickleValue v;
        v.kind = Kind::Text;
        v.text = bytes;
        return push(std::move(v));
    }
    Status global()
    {
        std::string_view module, name;
        if (const Status s = line(module); !s) return s;
        if (const Status s = line(name); !s) return s;
        PickleValue v;
        v.kind = Kind::Global;
        v.text = std::string(module) + "." + std::string(name);
        const auto is = [&](const char* known) { return v.text == known; };
        if (torchType(v.text).width == 0 && std::none_of(std::begin(calls), std::end(calls), is)
            && std::none_of(std::begin(inert), std::end(inert), is))
            return refused(v.text);
        return push(std::move(v));
    }

    // ---- what torch builds ----
    /// ('storage', class, key, place, count[, view]) is a storage.
    Status storage()
    {
        PickleRef ref = 0;
        if (const Status s = pop(ref); !s) return s;
        const std::vector<PickleRef>& id = value(ref).items;
        const bool shaped = value(ref).kind == Kind::Tuple && (id.size() == 5 || id.size() == 6) && value(id[0]).kind == Kind::Text
                            && value(id[1]).kind == Kind::Global && value(id[2]).kind == Kind::Text && value(id[4]).kind == Kind::Int;
        if (!shaped || value(id[0]).text != "storage")
            return refused(value(ref).kind == Kind::Tuple && !id.empty() && value(id[0]).kind == Kind::Text
                               ? "persistent id " + value(id[0]).text
                               : "persistent id");
        PickleValue v;
        v.kind = Kind::Storage;
        v.type = value(id[1]).text;
        v.text = value(id[2]).text;
        v.number = value(id[4]).number;
        if (torchType(v.type).width == 0) return refused(v.type);
        if (v.number < 0) return broken(std::to_string(v.number) + " values");
        if (id.size() == 6 && value(id[5]).kind != Kind::None) {  // (key of the view, first value, count)
            const PickleValue& view = value(id[5]);
            if (view.kind != Kind::Tuple || view.items.size() != 3 || value(view.items[1]).kind != Kind::Int
                || value(view.items[2]).kind != Kind::Int)
                return broken("a view of a storage");
            const std::int64_t first = value(view.items[1]).number, count = value(view.items[2]).number;
            if (first < 0 || count < 0 || first > v.number || count > v.number - first) return broken("a view past its storage");
            v.window = first;
            v.number = count;
        }
        return push(std::move(v));
    }
    bool wholeNumbers(PickleRef ref, std::vector<std::int64_t>& out) const
    {
        if (value(ref).kind != Kind::Tuple && value(ref).kind != Kind::List) return false;
        for (const PickleRef item : value(ref).items) {
            if (value(item).kind != Kind::Int || value(item).number < 0) return false;
            out.push_back(value(item).number);
        }
        return true;
    }
    Status tensor(const std::vector<PickleRef>& arguments)
    {
        PickleValue v;
        v.kind = Kind::Tensor;
        if (arguments.size() < 4 || value(arguments[0]).kind != Kind::Storage || value(arguments[1]).kind != Kind::Int
            || value(arguments[1]).number < 0 || !wholeNumbers(arguments[2], v.shape) || !wholeNumbers(arguments[3], v.strides)
            || v.shape.size() != v.strides.size() || v.shape.size() > 16)
            return broken("a tensor without storage, place, shape and strides");
        v.storage = arguments[0];
        v.number = value(arguments[1]).number;
        return push(std::move(v));
    }
    Status reduce()
    {
        PickleRef arguments = 0, function = 0;
        if (const Status s = pop(arguments); !s) return s;
        if (const Status s = pop(function); !s) return s;
        if (value(function).kind != Kind::Global || value(arguments).kind != Kind::Tuple) return refused("a call");
        const std::string name = value(function).text;
        const std::vector<PickleRef> given = value(arguments).items;
        if (name == "torch._utils._rebuild_tensor_v2" || name == "torch._utils._rebuild_tensor") return tensor(given);
        if (name == "torch._utils._rebuild_parameter") {
            if (given.empty() || value(given[0]).kind != Kind::Tensor) return broken("a parameter without a tensor");
            m_stack.push_back(given[0]);
            return {};
        }
        if (name == "torch.Size") {
            if (given.size() != 1) return broken("a size without numbers");
            m_stack.push_back(given[0]);
            return {};
        }
        if (name == "collections.OrderedDict") {
            // Python 2 gives the pairs as an argument: [[key, value], ...].
            PickleValue dict;
            dict.kind = Kind::Dict;
            if (given.size() > 1 || (given.size() == 1 && value(given[0]).kind != Kind::List))
                return broken("an OrderedDict of something else");
            if (given.size() == 1)
                for (const PickleRef pair : value(given[0]).items) {
                    if ((value(pair).kind != Kind::List && value(pair).kind != Kind::Tuple) || value(pair).items.size() != 2)
                        return broken("an OrderedDict of something else");
                    dict.items.insert(dict.items.end(), value(pair).items.begin(), value(pair).items.end());
                }
            return push(std::move(dict));
        }
        return refused("a call of " + name);
    }
    /// State of an object: only a dictionary's (`_metadata` of state_dict), which says nothing about the tensors.
    Status build()
    {
        PickleRef state = 0;
        if (const Status s = pop(state); !s) return s;
        if (m_stack.size() <= base() || value(m_stack.back()).kind != Kind::Dict) return refused("BUILD");
        return {};
    }

    Status longNumber()
    {
        unsigned char size = 0;
        std::string_view bytes;
        if (const Status s = byte(size); !s) return s;
        if (const Status s = take(size, bytes); !s) return s;
        if (size > 8) {  // larger than any size of a tensor: the number that begins a legacy file, kept as text
            PickleValue v;
            v.kind = Kind::Text;
            v.text = bytes;
            return push(std::move(v));
        }
        std::uint64_t n = littleEndian(bytes.data(), size);
        if (size > 0 && size < 8 && (bytes[size - 1] & 0x80) != 0) n |= ~std::uint64_t(0) << (8 * size);
        return push(Kind::Int, static_cast<std::int64_t>(n));
    }
    Status real()
    {
        std::uint64_t bits = 0;
        for (int i = 0; i < 8; ++i) {
            unsigned char b = 0;
            if (const Status s = byte(b); !s) return s;
            bits = (bits << 8) | b;
        }
        PickleValue v;
        v.kind = Kind::Real;
        v.real = std::bit_cast<double>(bits);
        return push(std::move(v));
    }
    Status whole(std::size_t width, bool isSigned)
    {
        std::uint64_t n = 0;
        if (const Status s = number(width, n); !s) return s;
        return push(Kind::Int, isSigned ? static_cast<std::int32_t>(n) : static_cast<std::int64_t>(n));
    }
    /// The argument of an opcode that takes a length or a key.
    template <typename Then>
    Status with(std::size_t width, Then then)
    {
        std::uint64_t n = 0;
        if (const Status s = number(width, n); !s) return s;
        return then(n);
    }

    Status step(unsigned char op)
    {
        switch (op) {
        case 0x80: return with(1, [&](std::uint64_t n) { return n > 5 ? Status(broken("protocol " + std::to_string(n))) : Status(); });
        case '(': m_marks.push_back(m_stack.size()); return {};
        case 'c': return global();
        case 'R': return reduce();
        case 'b': return build();
        case 'Q': return storage();
        case ')': return tuple(0);
        case 0x85: return tuple(1);
        case 0x86: return tuple(2);
        case 0x87: return tuple(3);
        case ']': return push(Kind::List);
        case '}': return push(Kind::Dict);
        case 'N': return push(Kind::None);
        case 0x88: return push(Kind::Bool, 1);
        case 0x89: return push(Kind::Bool, 0);
        case 'J': return whole(4, true);
        case 'K': return whole(1, false);
        case 'M': return whole(2, false);
        case 0x8a: return longNumber();
        case 'G': return real();
        case 'X': return with(4, [&](std::uint64_t n) { return text(static_cast<std::size_t>(n)); });
        case 'U': return with(1, [&](std::uint64_t n) { return text(static_cast<std::size_t>(n)); });
        case 'q': return with(1, [&](std::uint64_t n) { return memoise(n); });
        case 'r': return with(4, [&](std::uint64_t n) { return memoise(n); });
        case 'h': return with(1, [&](std::uint64_t n) { return recall(n); });
        case 'j': return with(4, [&](std::uint64_t n) { return recall(n); });
        default: return collect(op);
        }
    }
    /// Opcodes that take what stands above a mark, or one or two values.
    Status collect(unsigned char op)
    {
        std::vector<PickleRef> items;
        if (op == 't' || op == 'e' || op == 'u') {
            if (const Status s = popToMark(items); !s) return s;
            if (op != 't') return put(items, op == 'e' ? Kind::List : Kind::Dict);
            PickleValue v;
            v.kind = Kind::Tuple;
            v.items = std::move(items);
            return push(std::move(v));
        }
        if (op == 'a' || op == 's') {
            items.resize(op == 'a' ? 1 : 2);
            for (std::size_t i = items.size(); i-- > 0;)
                if (const Status s = pop(items[i]); !s) return s;
            return put(items, op == 'a' ? Kind::List : Kind::Dict);
        }
        for (const OpName& known : refusedNames)
            if (known.code == op) return refused(std::string("opcode ") + known.name);
        return broken("opcode " + std::to_string(op));
    }

    std::string_view m_bytes;
    const std::string& m_file;
    const std::string& m_where;
    std::size_t m_at = 0, m_opcode = 0;
    Pickle m_out;
    std::vector<PickleRef> m_stack;
    std::vector<std::size_t> m_marks;
    std::unordered_map<std::uint64_t, PickleRef> m_memo;
};

}  // namespace

const PickleValue* Pickle::find(const PickleValue& dict, std::string_view key) const
{
    const PickleValue* out = nullptr;  // of two with one key the later one counts, as in Python
    if (dict.kind == Kind::Dict)
        for (std::size_t i = 0; i + 1 < dict.items.size(); i += 2)
            if (at(dict.items[i]).kind == Kind::Text && at(dict.items[i]).text == key) out = &at(dict.items[i + 1]);
    return out;
}

Result<Pickle> readPickle(std::string_view bytes, const std::string& file, const std::string& where)
{
    return PickleReader(bytes, file, where).run();
}

TorchType torchType(std::string_view storage)
{
    for (const TypeRow& row : kTorchTypes)
        if (storage == row.storage) return row.type;
    return {};
}

}  // namespace hs
