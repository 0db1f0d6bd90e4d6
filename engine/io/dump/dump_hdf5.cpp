// SPDX-License-Identifier: GPL-3.0-or-later
#include <algorithm>

#include "engine/io/dump/dump_open.h"
#include "engine/tensor/convert.h"

namespace hs {

namespace {

MatrixF toFloats(const void* raw, Dtype dtype, std::ptrdiff_t rows, std::ptrdiff_t cols)
{
    MatrixF out(rows, cols);
    const auto count = static_cast<std::size_t>(rows * cols);
    if (dtype == Dtype::F16) convertHalfToFloat(static_cast<const std::uint16_t*>(raw), out.data(), count);
    if (dtype == Dtype::BF16) convertBf16ToFloat(static_cast<const std::uint16_t*>(raw), out.data(), count);
    if (dtype == Dtype::F32) std::copy_n(static_cast<const float*>(raw), count, out.data());
    if (dtype == Dtype::F64) convertDoubleToFloat(static_cast<const double*>(raw), out.data(), count);
    return out;
}

/// Character offsets [n, 2] to byte ranges in the text.
void setRanges(std::vector<Token>& tokens, const std::vector<std::int64_t>& offsets, const std::string& text)
{
    std::vector<int> byteOf;  // of each character, and of the end
    for (std::size_t i = 0; i < text.size(); ++i)
        if ((static_cast<unsigned char>(text[i]) & 0xC0) != 0x80) byteOf.push_back(static_cast<int>(i));
    byteOf.push_back(static_cast<int>(text.size()));
    const auto limit = static_cast<std::int64_t>(byteOf.size());
    for (std::size_t i = 0; i < tokens.size() && 2 * i + 1 < offsets.size(); ++i) {
        const std::int64_t from = offsets[2 * i], to = offsets[2 * i + 1];
        if (from < 0 || to <= from || to >= limit) continue;
        tokens[i].byteBegin = byteOf[static_cast<std::size_t>(from)];
        tokens[i].byteEnd = byteOf[static_cast<std::size_t>(to)];
    }
}

class SampleReader {
public:
    SampleReader(std::shared_ptr<const h5::File> file, std::string group) : m_file(std::move(file)), m_group(std::move(group)) {}

    Result<std::shared_ptr<const DumpSample>> read()
    {
        DumpSampleData data;
        data.file = m_file->path();
        data.item = "/" + m_group;
        if (const Status s = shape(data); !s) return s.error();
        if (const Status s = tokens(data); !s) return s.error();
        const h5::Attributes& root = m_file->inventory().attributesOf("");
        const auto causal = root.find("causal");
        if (causal != root.end() && causal->second.asInt()) data.causal = *causal->second.asInt() != 0;
        if (const auto heads = root.find("heads_per_layer"); heads != root.end()) {
            const auto* list = std::get_if<std::vector<std::int64_t>>(&heads->second.value);
            const bool fits = list && static_cast<int>(list->size()) == data.layers
                              && std::all_of(list->begin(), list->end(), [&](std::int64_t h) { return h >= 0 && h <= data.heads; });
            if (!fits) return Error::in(data.file, ErrorCode::DumpInvalid, "heads_per_layer", {}, std::to_string(data.layers));
            data.headsPerLayer.assign(list->begin(), list->end());
        }
        const auto sinks = root.find("sinks");
        data.sinks = sinks != root.end() && sinks->second.asInt().value_or(0) != 0;
        for (const auto& [name, into] : {std::pair{"windows", &data.windows}, std::pair{"chunks", &data.chunks}}) {
            const auto found = root.find(name);
            if (found == root.end()) continue;
            const auto* list = std::get_if<std::vector<std::int64_t>>(&found->second.value);
            const bool fits = list && static_cast<int>(list->size()) == data.layers && data.causal.has_value()
                              && std::all_of(list->begin(), list->end(), [](std::int64_t w) { return w >= 0 && w <= (1 << 30); });
            if (!fits) return Error::in(data.file, ErrorCode::DumpInvalid, name, {}, std::to_string(data.layers));
            into->assign(list->begin(), list->end());
        }
        const auto kind = root.find("kind");
        if (kind != root.end() && kind->second.asText() == "cross") {
            data.causal = false;
            if (!info("tokens_key")) numberKeys(data);
        }
        if (data.causal == true && data.queries != data.keys)
            return Error::in(data.file, ErrorCode::DumpInvalid, data.item + "/attentions", shapeText(info("attentions")->tensor.shape),
                             "n x n");
        readers(data);
        return makeDumpSample(std::move(data));
    }

private:
    /// The columns are another text, of which the file says nothing: they are not the rows' tokens, only as many.
    static void numberKeys(DumpSampleData& data)
    {
        std::vector<std::string> numbers;
        for (int k = 0; k < data.keys; ++k) numbers.push_back(std::to_string(k));
        data.keyTokens = tokensFromPieces(numbers);
    }

    std::string path(const char* name) const { return m_group + "/" + name; }
    const h5::DatasetInfo* info(const char* name) const { return m_file->inventory().find(path(name)); }

    Status shape(DumpSampleData& data) const
    {
        const h5::DatasetInfo* a = info("attentions");
        if (!a) return Error::in(data.file, ErrorCode::DumpInvalid, data.item + "/attentions");
        if (a->tensor.problem) return *a->tensor.problem;
        const std::vector<std::int64_t>& s = a->tensor.shape;
        if (s.size() != 4) return Error::in(data.file, ErrorCode::RankMismatch, data.item + "/attentions", shapeText(s), "4 axes");
        if (widthOf(a->tensor.dtype) == 0)
            return Error::in(data.file, ErrorCode::DtypeUnsupported, data.item + "/attentions", a->tensor.dtypeName,
                             "float16, float32, float64");
        for (const std::int64_t extent : s)
            if (extent < 1 || extent > (1 << 20))
                return Error::in(data.file, ErrorCode::DumpInvalid, data.item + "/attentions", shapeText(s));
        data.layers = static_cast<int>(s[0]);
        data.heads = static_cast<int>(s[1]);
        data.queries = static_cast<int>(s[2]);
        data.keys = static_cast<int>(s[3]);
        return {};
    }

    Status tokens(DumpSampleData& data) const
    {
        if (!info("tokens")) return Error::in(data.file, ErrorCode::DumpInvalid, data.item + "/tokens", {}, std::to_string(data.queries));
        const auto pieces = m_file->strings(path("tokens"));
        if (!pieces) return pieces.error();
        if (info("ids")) {
            const auto ids = m_file->integers(path("ids"));
            if (!ids) return ids.error();
            data.ids.assign(ids->begin(), ids->end());
        }
        data.queryTokens = tokensFromPieces(*pieces, data.ids);
        data.keyTokens = data.queryTokens;
        if (info("tokens_key")) {
            const auto keys = m_file->strings(path("tokens_key"));
            if (!keys) return keys.error();
            data.keyTokens = tokensFromPieces(*keys);
        }
        const h5::Attributes& attributes = m_file->inventory().attributesOf(m_group);
        if (const auto text = attributes.find("text"); text != attributes.end()) data.text = text->second.asText().value_or("");
        if (const h5::DatasetInfo* o = info("offsets"); o && o->tensor.shape.size() == 2 && o->tensor.shape[1] == 2 && !data.text.empty()) {
            const auto offsets = m_file->integers(path("offsets"));
            if (!offsets) return offsets.error();
            setRanges(data.queryTokens, *offsets, data.text);
            if (!info("tokens_key")) setRanges(data.keyTokens, *offsets, data.text);
        }
        if (const h5::DatasetInfo* w = info("word_ids"); w && w->isInteger && w->tensor.count() == data.queries) {
            const auto words = m_file->integers(path("word_ids"));
            if (!words) return words.error();
            for (std::size_t i = 0; i < words->size() && i < data.queryTokens.size(); ++i)
                data.queryTokens[i].word = static_cast<int>(std::max<std::int64_t>(-1, (*words)[i]));
            if (!info("tokens_key")) data.keyTokens = data.queryTokens;
        }
        return {};
    }

    void readers(DumpSampleData& data) const
    {
        const auto file = m_file;
        const std::size_t index = m_file->inventory().indexOf(path("attentions"));
        const Dtype dtype = info("attentions")->tensor.dtype;
        const std::int64_t n = data.queries, m = data.keys;
        data.map = [file, index, dtype, n, m](HeadId id) -> Result<MatrixF> {
            std::vector<std::uint64_t> raw((static_cast<std::size_t>(n * m) * widthOf(dtype) + 7) / 8);
            if (const Status s = file->readBox(index, {id.layer, id.head, 0, 0}, {1, 1, n, m}, raw.data()); !s) return s.error();
            return toFloats(raw.data(), dtype, n, m);
        };
        const h5::DatasetInfo* logits = info("logits");
        if (!logits || logits->tensor.shape.size() != 2 || logits->tensor.shape[0] != n) return;
        const std::size_t at = m_file->inventory().indexOf(path("logits"));
        data.logits = [file, at]() -> Result<MatrixF> {
            const h5::Store store(file);
            const std::vector<std::int64_t>& shape = store.tensors()[at].shape;
            MatrixF out(shape[0], shape[1]);
            const Status s = streamFloats(store, at,
                                          [&](std::int64_t first, const float* values, std::size_t count) {
                                              std::copy_n(values, count, out.data() + first);
                                          },
                                          {});
            if (!s) return s.error();
            return out;
        };
    }

    std::shared_ptr<const h5::File> m_file;
    std::string m_group;
};

}  // namespace

Result<std::shared_ptr<const AttentionDump>> openDump(const std::shared_ptr<const h5::File>& file)
{
    const h5::Attributes& root = file->inventory().attributesOf("");
    const auto text = [&](const char* key) {
        const auto it = root.find(key);
        return it == root.end() ? std::string() : it->second.asText().value_or("");
    };
    if (const auto it = root.find("format_version"); it != root.end()) {
        const std::string version = it->second.asConfigText().value_or("1.0");
        if (version != "1" && !version.starts_with("1."))
            return Error::in(file->path(), ErrorCode::FormatTooNew, "format_version", version, "1.x");
    }
    auto dump = std::make_shared<AttentionDump>();
    dump->path = file->path();
    dump->model = text("model");
    dump->framework = text("framework");
    for (int k = 0;; ++k) {
        const std::string group = "samples/" + std::to_string(k);
        if (!file->inventory().hasGroup(group)) break;
        auto sample = SampleReader(file, group).read();
        if (!sample) return sample.error();
        dump->samples.push_back(*sample);
    }
    if (dump->samples.empty()) return Error::in(file->path(), ErrorCode::DumpInvalid, "/samples/0");
    return std::shared_ptr<const AttentionDump>(dump);
}

}  // namespace hs
