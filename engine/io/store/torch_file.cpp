// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/io/store/torch_file.h"

#include <algorithm>
#include <atomic>
#include <bit>
#include <map>
#include <set>

#include <nlohmann/json.hpp>

#include "engine/io/bytes/little_endian.h"
#include "engine/io/bytes/zip_file.h"
#include "engine/io/store/pickle.h"
#include "engine/io/store/region_stream.h"
#include "engine/io/store/strided.h"

namespace hs {

namespace {

using nlohmann::json;
using Kind = PickleValue::Kind;

constexpr std::uint64_t maxPickle = std::uint64_t(64) << 20;

/// Bytes of a storage: a range of the file, or a deflated member of the archive.
struct Storage {
    std::uint64_t offset = 0, bytes = 0;
    const ZipMember* member = nullptr;  ///< with a checksum; null in a legacy file
};

/// Where a tensor's values lie in their storage, in values.
struct Place {
    std::size_t storage = 0;
    std::int64_t first = 0, window = 0;  ///< first value; values from there to the last one
    std::vector<std::int64_t> strides;
    std::size_t width = 0;
};

class TorchStore final : public TensorStore {
public:
    TorchStore(std::string path, std::shared_ptr<const FileRegion> file, std::shared_ptr<const ZipFile> zip, std::vector<Storage> storages)
        : m_path(std::move(path)), m_file(std::move(file)), m_zip(std::move(zip)), m_storages(std::move(storages)),
          m_checked(m_storages.size())
    {}
    void add(StoredTensor tensor, Place place)
    {
        m_tensors.push_back(std::move(tensor));
        m_places.push_back(std::move(place));
    }
    const std::string& path() const override { return m_path; }
    const std::vector<StoredTensor>& tensors() const override { return m_tensors; }

    Status streamRaw(std::size_t index, const RawSink& sink, const Progress& progress) const override
    {
        const StoredTensor& t = m_tensors[index];
        const Place& p = m_places[index];
        if (widthOf(t.dtype) == 0) return Error::in(m_path, ErrorCode::DtypeUnsupported, t.name, t.dtypeName);
        const Storage& s = m_storages[p.storage];
        const std::uint64_t begin = static_cast<std::uint64_t>(p.first) * p.width, bytes = static_cast<std::uint64_t>(p.window) * p.width;
        const bool rows = isRowMajor(t.shape, p.strides), packed = s.member && s.member->deflated;
        if (rows && !packed && begin == 0 && bytes == s.bytes) return streamWhole(p, t.count(), sink, progress);
        std::string window;
        if (packed) {
            auto all = m_zip->read(*s.member, s.bytes, progress);
            if (!all) return all.error();
            window = all->substr(static_cast<std::size_t>(begin), static_cast<std::size_t>(bytes));
        } else {
            if (const Status checked = check(p.storage, progress); !checked) return checked;
            if (rows) return streamRegion(*m_file, s.offset + begin, t.count(), p.width, swapped, sink, progress);
            window.resize(static_cast<std::size_t>(bytes));
            if (const Status read = m_file->read(s.offset + begin, window.data(), window.size()); !read) return read;
        }
        if (swapped) swapBytesOf(window, p.width);
        return streamStrided(reinterpret_cast<const unsigned char*>(window.data()), t.shape, p.strides, p.width, m_path, sink, progress);
    }

private:
    static constexpr bool swapped = std::endian::native == std::endian::big;

    static void swapBytesOf(std::string& bytes, std::size_t width)
    {
        for (std::size_t at = 0; at + width <= bytes.size(); at += width)
            std::reverse(bytes.begin() + static_cast<std::ptrdiff_t>(at), bytes.begin() + static_cast<std::ptrdiff_t>(at + width));
    }
    /// A tensor that is a whole storage: its checksum is made of the bytes on their way.
    Status streamWhole(const Place& p, std::int64_t count, const RawSink& sink, const Progress& progress) const
    {
        const Storage& s = m_storages[p.storage];
        std::uint32_t crc = 0;
        const Status read = streamRegion(
            *m_file, s.offset, count, p.width, false,
            [&](std::int64_t first, const void* data, std::size_t now) -> Status {
                if (s.member) crc = crc32More(crc, data, now * p.width);
                if (!swapped) return sink(first, data, now);
                std::string bytes(static_cast<const char*>(data), now * p.width);
                swapBytesOf(bytes, p.width);
                return sink(first, bytes.data(), now);
            },
            progress);
        if (!read) return read;
        if (s.member && crc != s.member->crc)
            return Error::in(m_path, ErrorCode::FileDamaged, s.member->name, "checksum " + std::to_string(crc),
                             std::to_string(s.member->crc));
        m_checked[p.storage] = true;
        return {};
    }
    /// The storage has the checksum that the archive gives it; looked at once.
    Status check(std::size_t storage, const Progress& progress) const
    {
        const Storage& s = m_storages[storage];
        if (!s.member || m_checked[storage]) return {};
        const Status read = m_zip->stream(
            *s.member, [](const unsigned char*, std::size_t) { return Status(); }, progress);
        if (read) m_checked[storage] = true;
        return read;
    }

    std::string m_path;
    std::shared_ptr<const FileRegion> m_file;
    std::shared_ptr<const ZipFile> m_zip;  ///< owns the members that storages point to
    std::vector<Storage> m_storages;
    mutable std::vector<std::atomic<bool>> m_checked;
    std::vector<StoredTensor> m_tensors;
    std::vector<Place> m_places;
};

/// A checkpoint with its storages found.
struct Checkpoint {
    std::shared_ptr<const FileRegion> file;
    std::shared_ptr<const ZipFile> zip;
    Pickle pickle;
    std::map<std::string, std::size_t> keys;  ///< storage key -> storages
    std::vector<Storage> storages;
};

bool holdsTensors(const Pickle& pickle, const PickleValue& dict)
{
    if (dict.kind != Kind::Dict) return false;
    for (std::size_t i = 1; i < dict.items.size(); i += 2)
        if (pickle.at(dict.items[i]).kind == Kind::Tensor) return true;
    return false;
}

/// The dictionary that holds the weights: the outermost one with tensors, by the names that training programs give it.
Result<const PickleValue*> stateDictionary(const Pickle& pickle, const std::string& path)
{
    constexpr int deepest = 4;
    const PickleValue* at = &pickle.at(pickle.root);
    for (int depth = 0; depth < deepest; ++depth) {
        if (at->kind != Kind::Dict) break;
        // A state dictionary holds no dictionaries; a training program's may hold a tensor beside them (its loss).
        const PickleValue* next = nullptr;
        for (const char* key : {"state_dict", "model_state_dict", "model", "module", "net", "weights", "params"}) {
            const PickleValue* inside = pickle.find(*at, key);
            if (!next && inside && inside->kind == Kind::Dict && !inside->items.empty()) next = inside;
        }
        if (!next && holdsTensors(pickle, *at)) return at;
        if (!next) {
            std::string names;
            int others = 0;
            for (std::size_t i = 0; i + 1 < at->items.size(); i += 2) {
                const PickleValue& key = pickle.at(at->items[i]);
                if (key.kind != Kind::Text || key.text.starts_with("optim") || !holdsTensors(pickle, pickle.at(at->items[i + 1]))) continue;
                names += (names.empty() ? "" : ", ") + key.text;
                next = &pickle.at(at->items[i + 1]);
                ++others;
            }
            if (others > 1) return Error::in(path, ErrorCode::UnknownLayout, names, {}, "state_dict");
        }
        if (!next) break;
        at = next;
    }
    return Error::in(path, ErrorCode::UnknownLayout, "no tensors", {}, "state_dict");
}

/// Settings that a training program keeps beside the weights.
FileSettings settingsOf(const Pickle& pickle)
{
    FileSettings out;
    const PickleValue& root = pickle.at(pickle.root);
    for (const char* name : {"model_args", "model_config", "config"}) {
        const PickleValue* dict = pickle.find(root, name);
        if (!dict || dict->kind != Kind::Dict || dict->items.empty()) continue;
        json object = json::object();
        for (std::size_t i = 0; i + 1 < dict->items.size(); i += 2) {
            const PickleValue &key = pickle.at(dict->items[i]), &value = pickle.at(dict->items[i + 1]);
            if (key.kind != Kind::Text) continue;
            if (value.kind == Kind::Bool) object[key.text] = value.number != 0;
            if (value.kind == Kind::Int) object[key.text] = value.number;
            if (value.kind == Kind::Real) object[key.text] = value.real;
            if (value.kind == Kind::Text) object[key.text] = value.text;
        }
        out.config = object.dump(-1, ' ', false, json::error_handler_t::replace);
        out.detail = name;
        break;
    }
    return out;
}

/// One tensor of the dictionary: every place it names lies in its storage.
Status addTensor(const Checkpoint& c, const std::string& name, const PickleValue& value, TorchStore& store)
{
    const std::string& path = c.file->path();
    const PickleValue& storage = c.pickle.at(value.storage);
    const TorchType type = torchType(storage.type);
    StoredTensor t;
    t.name = name;
    t.shape = value.shape;
    t.dtype = type.dtype;
    t.dtypeName = type.shown;
    const auto damaged = [&](const std::string& found, const std::string& expected = {}) {
        return Error::in(path, ErrorCode::FileDamaged, name, found, expected);
    };
    const auto key = c.keys.find(storage.text);
    if (key == c.keys.end()) return Error::in(path, ErrorCode::TensorMissing, name, "storage " + storage.text);
    const auto bytes = checkedBytes(t.shape, type.width);
    if (!bytes) return damaged(shapeText(t.shape));
    Place p;
    p.storage = key->second;
    p.width = type.width;
    p.strides = value.strides;
    std::int64_t last = 0;
    const std::int64_t count = t.count();
    for (std::size_t axis = 0; axis < t.shape.size() && count > 0; ++axis) {
        std::int64_t step = 0;
        if (__builtin_mul_overflow(t.shape[axis] - 1, p.strides[axis], &step) || __builtin_add_overflow(last, step, &last))
            return damaged("strides " + shapeText(p.strides));
    }
    p.window = count > 0 ? last + 1 : 0;
    if (p.window > storage.number || value.number > storage.number - p.window)
        return damaged(std::to_string(p.window) + " values at " + std::to_string(value.number), std::to_string(storage.number) + " values");
    p.first = value.number + storage.window;
    const auto held = static_cast<std::int64_t>(c.storages[p.storage].bytes / type.width);
    if (p.window > held || p.first > held - p.window)
        return damaged(std::to_string(p.window) + " values at " + std::to_string(p.first), std::to_string(held) + " values");
    // A stride of 0 repeats values: a few bytes may say that they are terabytes.
    if (*bytes > (std::int64_t(4) << 30) && *bytes / 1000 > static_cast<std::int64_t>(c.storages[p.storage].bytes))
        return Error::in(path, ErrorCode::FileUnsafe, name, std::to_string(*bytes) + " bytes");
    store.add(std::move(t), std::move(p));
    return {};
}

Result<OpenedStore> storeOf(const Checkpoint& c)
{
    const std::string& path = c.file->path();
    const auto dict = stateDictionary(c.pickle, path);
    if (!dict) return dict.error();
    auto store = std::make_shared<TorchStore>(path, c.file, c.zip, c.storages);
    std::set<std::string> names;
    for (std::size_t i = 0; i + 1 < (*dict)->items.size(); i += 2) {
        const PickleValue &key = c.pickle.at((*dict)->items[i]), &value = c.pickle.at((*dict)->items[i + 1]);
        if (key.kind != Kind::Text || value.kind != Kind::Tensor) continue;
        if (!names.insert(key.text).second) return Error::in(path, ErrorCode::FileDamaged, key.text, "duplicate name");
        if (const Status s = addTensor(c, key.text, value, *store); !s) return s.error();
    }
    return OpenedStore{store, settingsOf(c.pickle)};
}

/// Storages are the members data/<key> beside data.pkl.
Result<OpenedStore> openZip(const std::shared_ptr<const FileRegion>& file, const Progress& progress)
{
    Checkpoint c;
    c.file = file;
    auto zip = ZipFile::open(file);
    if (!zip) return zip.error();
    c.zip = *zip;
    const auto& members = c.zip->members();
    const std::string& path = file->path();
    const auto pickle = std::find_if(members.begin(), members.end(), [](const ZipMember& m) {
        return m.name.ends_with("/data.pkl") && std::count(m.name.begin(), m.name.end(), '/') == 1;
    });
    if (pickle == members.end()) return Error::in(path, ErrorCode::UnknownFileKind, {}, "zip", "data.pkl");
    const std::string folder = pickle->name.substr(0, pickle->name.size() - std::string("data.pkl").size());
    if (c.zip->find(folder + "constants.pkl"))
        return Error::in(path, ErrorCode::UnknownFileKind, folder + "constants.pkl", "TorchScript", "state_dict");
    if (const ZipMember* order = c.zip->find(folder + "byteorder")) {
        const auto text = c.zip->read(*order, 64);
        if (!text) return text.error();
        if (*text != "little") return Error::in(path, ErrorCode::FileUnsafe, order->name, *text, "little");
    }
    const auto bytes = c.zip->read(*pickle, maxPickle, progress);
    if (!bytes) return bytes.error();
    auto read = readPickle(*bytes, path, pickle->name);
    if (!read) return read.error();
    c.pickle = std::move(*read);
    for (const PickleValue& value : c.pickle.values) {
        if (value.kind != Kind::Storage) continue;
        const ZipMember* member = c.zip->find(folder + "data/" + value.text);
        if (!member) return Error::in(path, ErrorCode::FileDamaged, folder + "data/" + value.text, "not there");
        const std::uint64_t wanted = static_cast<std::uint64_t>(value.number) * torchType(value.type).width;
        if (member->size != wanted)
            return Error::in(path, ErrorCode::FileDamaged, member->name, std::to_string(member->size) + " bytes",
                             std::to_string(wanted) + " bytes");
        if (c.keys.emplace(value.text, c.storages.size()).second) c.storages.push_back({member->offset, member->size, member});
    }
    return storeOf(c);
}

/// Four pickles in front of the object and its storages: a magic number, a version, the machine, the object; then the keys in order.
Result<OpenedStore> openLegacy(const std::shared_ptr<const FileRegion>& file, const Progress& progress)
{
    static constexpr unsigned char magic[] = {0x6c, 0xfc, 0x9c, 0x46, 0xf9, 0x20, 0x6a, 0xa8, 0x50, 0x19};
    const std::string& path = file->path();
    const auto damaged = [&](const std::string& item, const std::string& found, const std::string& expected = {}) {
        return Error::in(path, ErrorCode::FileDamaged, item, found, expected);
    };
    std::string bytes(static_cast<std::size_t>(std::min(file->size(), maxPickle)), '\0');
    if (const Status s = file->read(0, bytes.data(), bytes.size()); !s) return s.error();
    std::size_t at = 0;
    std::vector<Pickle> parts;
    for (const char* name : {"magic number", "version", "machine", "object", "keys"}) {
        auto part = readPickle(std::string_view(bytes).substr(at), path, name);
        if (!part) return part.error();
        at += part->size;
        const PickleValue& root = part->at(part->root);
        const std::string_view wanted(reinterpret_cast<const char*>(magic), sizeof magic);
        if (parts.empty() && (root.kind != Kind::Text || root.text != wanted))
            return Error::in(path, ErrorCode::UnknownFileKind, {}, "pickle", "torch.save");
        if (parts.size() == 1 && (root.kind != Kind::Int || root.number != 1001)) return damaged(name, "not 1001");
        if (parts.size() == 2)
            if (const PickleValue* little = part->find(root, "little_endian"); !little || little->number != 1)
                return Error::in(path, ErrorCode::FileUnsafe, "little_endian", "false", "true");
        parts.push_back(std::move(*part));
    }
    if (progress.stopped()) return Error::cancelled(path);
    std::map<std::string, std::size_t> widths;
    for (const PickleValue& value : parts[3].values)
        if (value.kind == Kind::Storage) widths[value.text] = torchType(value.type).width;
    Checkpoint c;
    c.file = file;
    const Pickle& keys = parts[4];
    std::uint64_t place = at;
    for (const PickleRef ref : keys.at(keys.root).items) {
        const std::string& key = keys.at(ref).text;
        const auto width = widths.find(key);
        if (keys.at(ref).kind != Kind::Text || width == widths.end()) return damaged("keys", "storage " + key);
        unsigned char size[8];
        if (const Status s = file->read(place, size, sizeof size); !s) return s.error();
        const std::uint64_t count = littleEndian(size, 8), room = file->size() - place - 8;
        if (count > (std::uint64_t(1) << 60)) return damaged("storage " + key, std::to_string(count) + " values");
        if (count * width->second > room)
            return Error::in(path, ErrorCode::FileTruncated, "storage " + key, std::to_string(file->size()) + " bytes",
                             std::to_string(place + 8 + count * width->second) + " bytes");
        if (!c.keys.emplace(key, c.storages.size()).second) return damaged("keys", "storage " + key + " twice");
        c.storages.push_back({place + 8, count * width->second, nullptr});
        place += 8 + count * width->second;
    }
    c.pickle = std::move(parts[3]);
    return storeOf(c);
}

}  // namespace

bool beginsAsPickle(const unsigned char* head, std::size_t size) { return size >= 3 && head[0] == 0x80 && head[1] >= 2 && head[1] <= 5; }

Result<OpenedStore> torchFile(const std::string& path, const Progress& progress)
{
    auto file = FileRegion::open(path);
    if (!file) return file.error();
    unsigned char head[4] = {};
    if (const Status s = (*file)->read(0, head, static_cast<std::size_t>(std::min<std::uint64_t>(sizeof head, (*file)->size()))); !s)
        return s.error();
    return beginsAsPickle(head, sizeof head) ? openLegacy(*file, progress) : openZip(*file, progress);
}

}  // namespace hs
