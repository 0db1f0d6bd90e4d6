// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/io/layouts/weight_source.h"

#include <algorithm>
#include <cmath>
#include <map>
#include <mutex>
#include <new>
#include <set>

#include "engine/base/parallel.h"
#include "engine/io/layouts/latent_weights.h"
#include "engine/tensor/gemm.h"

namespace hs {

namespace {

bool isStack(Form form) { return form == Form::ExpertsInOut || form == Form::ExpertsOutIn || form == Form::ExpertsVector; }

/// Where one binding's values go: `out` has `cols` values a row. Source values arrive in order, in any cut.
template <typename T>
struct Placement {
    const Rule* rule = nullptr;
    Form form = Form::Vector;         ///< the rule's, or that of one expert
    std::vector<std::int64_t> shape;  ///< of the source, without leading axes of 1
    T* out = nullptr;
    std::int64_t cols = 0;
    std::vector<std::int64_t> columns;  ///< splitColumns; empty: parts are blocks
    double factor = 1;                  ///< of every value, after the rule's own change

    void put(std::int64_t first, const T* data, std::size_t count) const
    {
        if (rule->plus == 0 && factor == 1) return place(first, data, count);
        std::vector<T> changed(data, data + count);
        for (T& x : changed) x = static_cast<T>((x + static_cast<T>(rule->plus)) * static_cast<T>(factor));
        place(first, changed.data(), count);
    }

private:
    void place(std::int64_t first, const T* data, std::size_t count) const
    {
        if (isStack(form)) return putExperts(first, data, count);
        if (!columns.empty()) return putSplit(first, data, count);
        if (rule->skip > 0) {  // a whole table from some row on
            const std::int64_t before = std::clamp<std::int64_t>(rule->skip * cols - first, 0, static_cast<std::int64_t>(count));
            std::copy_n(data + before, static_cast<std::int64_t>(count) - before, out + (first + before - rule->skip * cols));
            return;
        }
        switch (form) {
        case Form::Vector: putSlice(first, data, count, std::int64_t(cols) * rule->parts); break;
        case Form::HeadsOut: std::copy_n(data, count, out + first); break;
        case Form::InOut:
            if (rule->parts == 1) std::copy_n(data, count, out + first);
            else putSlice(first, data, count, shape[1]);
            break;
        case Form::OutIn: putTransposed(first, data, count); break;
        case Form::HeadsInOut: putHeads(first, data, count); break;
        case Form::ExpertsInOut:
        case Form::ExpertsOutIn:
        case Form::ExpertsVector: break;
        }
    }

    /// One expert after another, each as the tensor of one would be.
    void putExperts(std::int64_t first, const T* data, std::size_t count) const
    {
        Placement one = *this;
        one.form = form == Form::ExpertsVector ? Form::Vector : form == Form::ExpertsInOut ? Form::InOut : Form::OutIn;
        one.shape.erase(one.shape.begin());
        std::int64_t size = 1;
        for (const std::int64_t n : one.shape) size *= n;
        const std::int64_t rows = one.form == Form::Vector ? 1 : one.form == Form::InOut ? one.shape[0] : one.shape[1];
        const auto end = first + static_cast<std::int64_t>(count);
        for (std::int64_t at = first; at < end;) {
            const std::int64_t expert = at / size, stop = std::min(end, (expert + 1) * size);
            one.out = out + expert * rows * cols;
            one.place(at - expert * size, data + (at - first), static_cast<std::size_t>(stop - at));
            at = stop;
        }
    }

    /// Columns [part * cols, (part + 1) * cols) of rows that are `width` long.
    void putSlice(std::int64_t first, const T* data, std::size_t count, std::int64_t width) const
    {
        const std::int64_t low = rule->part * cols, high = low + cols;
        const auto end = first + static_cast<std::int64_t>(count);
        for (std::int64_t at = first; at < end;) {
            const std::int64_t row = at / width, col = at % width;
            const std::int64_t stop = std::min(width, col + (end - at));
            const std::int64_t from = std::max(col, low), to = std::min(stop, high);
            if (from < to) std::copy_n(data + (at - first) + (from - col), to - from, out + row * cols + (from - low));
            at += stop - col;
        }
    }

    /// Source row r is our column r: tiles of 16 rows keep both sides in cache.
    void putTransposed(std::int64_t first, const T* data, std::size_t count) const
    {
        const std::int64_t width = shape[1], low = rule->part * cols, high = low + cols;
        const auto end = first + static_cast<std::int64_t>(count);
        constexpr std::int64_t tile = 16;
        for (std::int64_t at = first; at < end;) {
            const std::int64_t row = at / width, col = at % width;
            const std::int64_t whole = col == 0 ? std::min<std::int64_t>(tile, (end - at) / width) : 0;
            if (whole == 0) {
                const std::int64_t run = std::min(width - col, end - at);
                if (row >= low && row < high)
                    for (std::int64_t c = 0; c < run; ++c) out[(col + c) * cols + row - low] = data[at - first + c];
                at += run;
                continue;
            }
            const std::int64_t from = std::max(row, low), to = std::min(row + whole, high);
            for (std::int64_t c = 0; c < width; ++c)
                for (std::int64_t r = from; r < to; ++r) out[c * cols + r - low] = data[(r * width + c) - first];
            at += whole * width;
        }
    }

    /// Each place of the out axis has a column of its own.
    void putSplit(std::int64_t first, const T* data, std::size_t count) const
    {
        const bool turned = form == Form::OutIn;
        const std::int64_t width = turned ? shape[1] : static_cast<std::int64_t>(columns.size());
        for (std::int64_t i = 0; i < static_cast<std::int64_t>(count);) {
            const std::int64_t row = (first + i) / width, col = (first + i) % width;
            const std::int64_t run = std::min(width - col, static_cast<std::int64_t>(count) - i);
            const std::int64_t turnedTo = turned ? columns[static_cast<std::size_t>(row)] : 0;
            for (std::int64_t c = col; c < col + run && turnedTo >= 0; ++c) {
                const std::int64_t to = turned ? turnedTo : columns[static_cast<std::size_t>(c)];
                if (to >= 0) out[(turned ? c : row) * cols + to] = data[i + c - col];
            }
            i += run;
        }
    }

    /// [H, in, dh] to [in, H * dh].
    void putHeads(std::int64_t first, const T* data, std::size_t count) const
    {
        const std::int64_t rows = shape[1], dHead = shape[2];
        const auto end = first + static_cast<std::int64_t>(count);
        for (std::int64_t at = first; at < end;) {
            const std::int64_t line = at / dHead, e = at % dHead;
            const std::int64_t run = std::min(dHead - e, end - at);
            std::copy_n(data + (at - first), run, out + (line % rows) * cols + (line / rows) * dHead + e);
            at += run;
        }
    }
};

/// Places of the out axis for a binding, where its tensor is not cut into blocks.
std::vector<std::int64_t> columnsFor(const StoredTensor& tensor, const Binding& b, const RoleShape& shape, int dHead)
{
    if (b.rule->split == Split::Blocks) return {};
    const Form form = b.rule->form;
    const std::int64_t total = form == Form::Vector                                ? tensor.count()
                               : form == Form::OutIn || form == Form::ExpertsOutIn ? tensor.shape[tensor.shape.size() - 2]
                                                                                   : tensor.shape.back();
    return splitColumns(b, total, shape, dHead);
}

std::vector<std::int64_t> squeezed(const StoredTensor& tensor, const Rule& rule)
{
    std::vector<std::int64_t> shape = tensor.shape;
    const std::size_t rank = rankOf(rule.form);
    dropOnes(shape, rank);
    return shape;
}

/// Rows of positions that a family computes in its own order of sines and cosines (Layout::waves).
MatrixF waveTable(Waves waves, int positions, int d)
{
    MatrixF out(positions, d);
    const int half = d / 2;
    const bool fairseq = waves == Waves::HalvesFromTwo;  // angles of fairseq: from position 2, frequencies end at 1/10000
    for (int m = 0; m < half; ++m) {
        const double frequency = fairseq ? std::pow(10000.0, -static_cast<double>(m) / (half - 1)) : std::pow(10000.0, -2.0 * m / d);
        for (int p = 0; p < positions; ++p) {
            const double angle = (fairseq ? p + 2 : p) * frequency;
            out(p, m) = static_cast<float>(std::sin(angle));
            out(p, half + m) = static_cast<float>(std::cos(angle));
        }
    }
    return out;
}

/// A place in LayerWeights, EmbeddingWeights or OutputWeights for a role.
struct Target {
    MatrixF* matrix = nullptr;
    std::vector<float>* vector = nullptr;
};
using Targets = std::map<std::string, Target>;

Targets layerTargets(LayerWeights& w)
{
    return {
        {"attn/W_Q", {&w.wQ, nullptr}},           {"attn/W_K", {&w.wK, nullptr}},           {"attn/W_V", {&w.wV, nullptr}},
        {"attn/W_O", {&w.wO, nullptr}},           {"attn/b_Q", {nullptr, &w.bQ}},           {"attn/b_K", {nullptr, &w.bK}},
        {"attn/b_V", {nullptr, &w.bV}},           {"attn/b_O", {nullptr, &w.bO}},           {"ln1/w", {nullptr, &w.ln1.w}},
        {"ln1/b", {nullptr, &w.ln1.b}},           {"ln2/w", {nullptr, &w.ln2.w}},           {"ln2/b", {nullptr, &w.ln2.b}},
        {"mlp/W_in", {&w.wIn, nullptr}},          {"mlp/W_gate", {&w.wGate, nullptr}},      {"mlp/W_out", {&w.wOut, nullptr}},
        {"mlp/b_in", {nullptr, &w.bIn}},          {"mlp/b_out", {nullptr, &w.bOut}},        {"mlp/b_gate", {nullptr, &w.bGate}},
        {"mlp/ln/w", {nullptr, &w.lnMlp.w}},      {"mlp/ln/b", {nullptr, &w.lnMlp.b}},      {"ln1_post/w", {nullptr, &w.ln1Post.w}},
        {"ln1_post/b", {nullptr, &w.ln1Post.b}},  {"ln2_post/w", {nullptr, &w.ln2Post.w}},  {"ln2_post/b", {nullptr, &w.ln2Post.b}},
        {"attn/q_norm/w", {nullptr, &w.qNorm.w}}, {"attn/q_norm/b", {nullptr, &w.qNorm.b}}, {"attn/k_norm/w", {nullptr, &w.kNorm.w}},
        {"attn/k_norm/b", {nullptr, &w.kNorm.b}}, {"attn/sinks", {nullptr, &w.sinks}},
    };
}

/// `source`: DeepSeek's own order; null: the file has ours.
void addTargets(LatentWeights& w, LatentSource* source, Targets& out)
{
    out["attn/latent/q_down"] = {&w.qDown, nullptr};
    out["attn/latent/kv_down"] = {&w.kvDown, nullptr};
    out["attn/latent/b_q_down"] = {nullptr, &w.bQDown};
    out["attn/latent/b_kv_down"] = {nullptr, &w.bKvDown};
    out["attn/latent/q_norm/w"] = {nullptr, &w.qNorm.w};
    out["attn/latent/kv_norm/w"] = {nullptr, &w.kvNorm.w};
    out["attn/latent/q_up"] = {source ? &source->q : &w.qUp, nullptr};
    if (source) {
        out["attn/W_Q"] = {&source->q, nullptr};
        out["attn/latent/kv_up"] = {&source->kvUp, nullptr};
        out["attn/latent/W_O"] = {&source->output, nullptr};
    } else {
        out["attn/latent/k_up"] = {&w.kUp, nullptr};
        out["attn/latent/v_up"] = {&w.vUp, nullptr};
    }
}

void addTargets(ExpertWeights& w, Targets& out)
{
    out["experts/router"] = {&w.router, nullptr};
    out["experts/b_router"] = {nullptr, &w.bRouter};
    out["experts/b_choice"] = {nullptr, &w.bChoice};
    out["experts/W_gate"] = {&w.wGate, nullptr};
    out["experts/W_in"] = {&w.wIn, nullptr};
    out["experts/W_out"] = {&w.wOut, nullptr};
    out["experts/b_gate"] = {nullptr, &w.bGate};
    out["experts/b_in"] = {nullptr, &w.bIn};
    out["experts/b_out"] = {nullptr, &w.bOut};
    out["experts/shared_gate"] = {&w.sharedGate, nullptr};
}

/// Parts of one target: the experts of a stack, or several tensors; 0: it is one whole.
std::int64_t partsOf(const Binding& b, const RoleShape& shape, const ModelConfig& config)
{
    return b.piece >= 0 ? piecesOf(config, b.suffix, b.layer) : shape.experts;
}

/// Where the values of a binding go. Targets of several parts are there already.
float* room(const Target& target, const Binding& b, const RoleShape& shape)
{
    const bool shared = b.piece >= 0 || shape.experts > 0;
    const std::int64_t at = std::max(b.piece, 0) * shape.rows * shape.cols;
    if (!target.matrix) {
        if (!shared) target.vector->resize(static_cast<std::size_t>(shape.cols));
        return target.vector->data() + at;
    }
    if (!shared) *target.matrix = MatrixF(shape.rows, shape.cols);
    return target.matrix->data() + at;
}

/// What the configuration multiplies a role by when it is read. Our own files hold the products.
double factorOf(const Match& match, const ModelConfig& config, const std::string& suffix)
{
    if (match.layout == &kNative) return 1;
    static const std::set<std::string> writes{"attn/W_O", "attn/b_O", "mlp/W_out", "mlp/b_out", "experts/W_out", "experts/b_out"};
    if (suffix.starts_with("ln_final/")) return config.logitScale;
    return writes.contains(suffix) ? config.residualScale : 1.0;
}

/// One gain for the entries of a head, where all heads share it: a gain for every entry of the projection.
template <typename T>
void repeatShared(std::vector<T>& gain, std::size_t width)
{
    const std::vector<T> one = gain;
    while (!one.empty() && gain.size() < width && width % one.size() == 0) gain.insert(gain.end(), one.begin(), one.end());
}

/// Reads every binding of `layer` that has a target. Each source tensor is read once, tensors in parallel.
Status readInto(const TensorStore& store, const Match& match, int layer, const ModelConfig& config, const Targets& targets,
                const Progress& progress)
{
    std::map<std::size_t, std::vector<const Binding*>> groups;
    for (const Binding& b : match.bindings) {
        if (b.layer != layer || !targets.contains(b.suffix)) continue;
        groups[b.tensor].push_back(&b);
        const RoleShape shape = *roleShape(store.tensors()[b.tensor], b, store.path());  // checked when the file was opened
        const std::int64_t experts = partsOf(b, shape, config);
        const Target& target = targets.at(b.suffix);
        if (experts > 0 && target.matrix && target.matrix->empty()) *target.matrix = MatrixF(experts * shape.rows, shape.cols);
        if (experts > 0 && target.vector) target.vector->resize(static_cast<std::size_t>(experts * shape.cols));
    }
    const std::vector<std::pair<std::size_t, std::vector<const Binding*>>> work(groups.begin(), groups.end());
    std::mutex mutex;
    std::optional<Error> error;
    parallelFor(work.size(), [&](std::size_t i) {
        const auto& [index, bindings] = work[i];
        const StoredTensor& tensor = store.tensors()[index];
        std::vector<Placement<float>> places;
        for (const Binding* b : bindings) {
            const RoleShape shape = *roleShape(tensor, *b, store.path());  // checked when the file was opened
            places.push_back({b->rule, b->rule->form, squeezed(tensor, *b->rule), room(targets.at(b->suffix), *b, shape), shape.cols,
                              columnsFor(tensor, *b, shape, config.dHead), factorOf(match, config, b->suffix)});
        }
        const Status s = streamFloats(
            store, index,
            [&](std::int64_t first, const float* data, std::size_t count) {
                for (const Placement<float>& place : places) place.put(first, data, count);
            },
            progress);
        if (s) return;
        const std::lock_guard lock(mutex);
        if (!error || error->code == ErrorCode::Cancelled) error = s.error();
    });
    if (error) return *error;
    return {};
}

template <typename Read>
auto guarded(const std::string& path, Read read) -> decltype(read())
{
    try {
        return read();
    } catch (const std::bad_alloc&) {
        return Error::in(path, ErrorCode::OutOfMemory);
    }
}

}  // namespace

StoreWeightSource::StoreWeightSource(std::shared_ptr<const TensorStore> store, Match match, ModelConfig config, HeadNames names,
                                     PlaceSettings places)
    : m_store(std::move(store)), m_match(std::move(match)), m_config(std::move(config)), m_names(std::move(names)), m_places(places)
{}

Result<std::shared_ptr<const LayerWeights>> StoreWeightSource::layer(int index, const Progress& progress)
{
    return guarded(m_store->path(), [&]() -> Result<std::shared_ptr<const LayerWeights>> {
        progress.report(Stage::ReadingWeights, index, m_config.nLayers);
        auto w = std::make_shared<LayerWeights>();
        w->layer = index;
        w->nHeads = m_config.heads(index);
        w->nKvHeads = m_config.kvHeads(index);
        w->dHead = m_config.dHead;
        const auto at = static_cast<std::size_t>(index);
        if (at < m_names.query.size()) w->headIds = m_names.query[at];
        if (at < m_names.keyValue.size()) w->kvHeadIds = m_names.keyValue[at];
        Targets targets = layerTargets(*w);
        auto experts = std::make_shared<ExpertWeights>();
        if (m_config.hasExperts(index)) addTargets(*experts, targets);
        LatentSource own;
        auto latent = std::make_shared<LatentWeights>();
        const bool ours = m_match.layout == &kNative, isLatent = m_config.latentKv > 0;
        if (isLatent) addTargets(*latent, ours ? nullptr : &own, targets);
        if (const Status s = readInto(*m_store, m_match, index, m_config, targets, progress); !s) return s.error();
        if (!experts->wIn.empty()) w->experts = std::move(experts);
        if (isLatent && ours && w->nHeads == 0) {  // as below
            latent->qUp = MatrixF(m_config.latentQ, 0);
            latent->kUp = latent->vUp = MatrixF(m_config.latentKv, 0);
        }
        if (isLatent && ours) w->latent = std::move(latent);
        else if (isLatent && !own.q.empty() && !own.kvUp.empty() && !own.output.empty()) placeLatent(m_config, own, std::move(latent), *w);
        for (auto* gain : {&w->qNorm.w, &w->qNorm.b}) repeatShared(*gain, static_cast<std::size_t>(w->wQ.cols()));
        for (auto* gain : {&w->kNorm.w, &w->kNorm.b}) repeatShared(*gain, static_cast<std::size_t>(w->wK.cols()));
        if (index == 0 && !m_config.firstNorm) w->ln1 = {{}, {}, true};
        auto places = placesOf(*w, progress);
        if (!places) return places.error();
        w->places = *std::move(places);
        if (w->nHeads == 0) {  // all heads are cut: nothing stands in the file, the shapes still hold
            w->wQ = w->wK = w->wV = MatrixF(m_config.dModel, 0);
            w->wO = MatrixF(0, m_config.dModel);
        }
        progress.report(Stage::ReadingWeights, index + 1, m_config.nLayers);
        return std::shared_ptr<const LayerWeights>(w);
    });
}

Result<std::shared_ptr<const EmbeddingWeights>> StoreWeightSource::embedding(const Progress& progress)
{
    return guarded(m_store->path(), [&]() -> Result<std::shared_ptr<const EmbeddingWeights>> {
        auto w = std::make_shared<EmbeddingWeights>();
        MatrixF projection;  // [e, d]
        Targets targets{{"embed/W_E", {&w->wE, nullptr}},        {"embed/W_proj", {&projection, nullptr}},
                        {"embed/ln/w", {nullptr, &w->norm.w}},   {"embed/ln/b", {nullptr, &w->norm.b}},
                        {"embed/W_type", {&w->wType, nullptr}},  {"embed/W_widen", {&w->wWiden, nullptr}},
                        {"embed/b_widen", {nullptr, &w->bWiden}}};
        if (m_config.needsPositionTable() || m_config.position == PositionKind::Sinusoidal)
            targets["pos_embed/W_pos"] = {&w->wPos, nullptr};
        if (const Status s = readInto(*m_store, m_match, -1, m_config, targets, progress); !s) return s.error();
        if (!projection.empty()) {
            MatrixF wide = MatrixF::uninitialised(w->wE.rows(), projection.cols());
            if (!gemmParallel(false, false, 1.0f, std::as_const(w->wE).view(), std::as_const(projection).view(), 0.0f, wide.view(),
                              progress))
                return Error::cancelled(m_store->path());
            w->wE = std::move(wide);
        }
        if (m_match.layout->waves != Waves::Own && m_config.position == PositionKind::Sinusoidal && w->wPos.empty())
            w->wPos = waveTable(m_match.layout->waves, m_config.nCtx, m_config.dModel);
        w->hasNorm = !w->norm.w.empty();
        return std::shared_ptr<const EmbeddingWeights>(w);
    });
}

Result<std::shared_ptr<const OutputWeights>> StoreWeightSource::output(const Progress& progress)
{
    return guarded(m_store->path(), [&]() -> Result<std::shared_ptr<const OutputWeights>> {
        auto w = std::make_shared<OutputWeights>();
        MatrixF projection, rows;  // [d, e]; [V, e] where the token embedding serves as output too
        Targets targets{{"ln_final/w", {nullptr, &w->lnFinal.w}},   {"ln_final/b", {nullptr, &w->lnFinal.b}},
                        {"unembed/W_proj", {&projection, nullptr}}, {"unembed/b_U", {nullptr, &w->bU}},
                        {"unembed/W_T", {&w->wT, nullptr}},         {"unembed/b_T", {nullptr, &w->bT}},
                        {"unembed/ln_T/w", {nullptr, &w->lnT.w}},   {"unembed/ln_T/b", {nullptr, &w->lnT.b}}};
        const bool projected = m_match.find("unembed/W_proj") != nullptr;
        w->lnT.none = !m_match.find("unembed/ln_T/w");  // ELECTRA's discriminator
        if (m_config.output == OutputKind::Untied) targets["unembed/W_U"] = {&w->wU, nullptr};
        if (projected && !m_match.find("unembed/W_U")) targets["embed/W_E"] = {&rows, nullptr};
        if (const Status s = readInto(*m_store, m_match, -1, m_config, targets, progress); !s) return s.error();
        if (projected && m_config.output == OutputKind::Untied) {
            const bool tied = !rows.empty();
            MatrixF wide = MatrixF::uninitialised(projection.rows(), tied ? rows.rows() : w->wU.cols());
            if (!gemmParallel(false, tied, 1.0f, std::as_const(projection).view(), std::as_const(tied ? rows : w->wU).view(), 0.0f,
                              wide.view(), progress))
                return Error::cancelled(m_store->path());
            w->wU = std::move(wide);
        }
        // Folded weights have no gain left, but the norm itself is still there.
        w->hasLnFinal =
            m_config.finalNorm && m_config.norm != NormKind::None && (m_config.normPlace != NormPlace::Post || !w->lnFinal.w.empty());
        if (w->hasLnFinal && w->lnFinal.w.empty() && m_config.logitScale != 1 && m_match.layout != &kNative)
            w->lnFinal.w.assign(static_cast<std::size_t>(m_config.dModel), static_cast<float>(m_config.logitScale));
        return std::shared_ptr<const OutputWeights>(w);
    });
}

Result<std::vector<double>> StoreWeightSource::readDoubles(const std::string& role, const Progress& progress) const
{
    if (role.find("/experts/") != std::string::npos && m_match.find(expertRole(role, 0))) {
        std::vector<double> all;  // of tensors of single experts, as the native schema has them in one
        for (int e = 0; e < m_config.routing.count; ++e) {
            const auto one = readDoubles(expertRole(role, e), progress);
            if (!one) return one.error();
            all.insert(all.end(), one->begin(), one->end());
        }
        return all;
    }
    const Binding* b = m_match.find(role);
    if (!b) return Error::in(m_store->path(), ErrorCode::TensorMissing, role);
    const StoredTensor& tensor = m_store->tensors()[b->tensor];
    const auto shape = roleShape(tensor, *b, m_store->path());
    if (!shape) return shape.error();
    std::vector<double> out(static_cast<std::size_t>(shape->rows * shape->cols * std::max<std::int64_t>(1, shape->experts)));
    const Placement<double> place{b->rule,
                                  b->rule->form,
                                  squeezed(tensor, *b->rule),
                                  out.data(),
                                  shape->cols,
                                  columnsFor(tensor, *b, *shape, m_config.dHead),
                                  factorOf(m_match, m_config, b->suffix)};
    const Status s = streamDoubles(
        *m_store, b->tensor, [&](std::int64_t first, const double* data, std::size_t count) { place.put(first, data, count); }, progress);
    if (!s) return s.error();
    if (b->suffix.starts_with("attn/q_norm/") || b->suffix.starts_with("attn/k_norm/"))
        repeatShared(out, static_cast<std::size_t>(m_config.dHead)
                              * static_cast<std::size_t>(b->suffix[5] == 'q' ? m_config.heads(b->layer) : m_config.kvHeads(b->layer)));
    return out;
}

}  // namespace hs
