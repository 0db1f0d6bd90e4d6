// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/similarity/weights/operands.h"

#include <algorithm>
#include <cmath>

#include "engine/base/parallel.h"
#include "engine/similarity/weights/operand_columns.h"
#include "engine/similarity/weights/subspace.h"

namespace hs {

namespace {

constexpr double kExactFlops = 1e9;                      // below it double precision is immediate
constexpr std::size_t kRemember = std::size_t(1) << 30;  // attention weights beyond this are read without filling the cache

HeadRole partnerOf(HeadRole role)
{
    switch (role) {
    case HeadRole::Q: return HeadRole::K;
    case HeadRole::K: return HeadRole::Q;
    case HeadRole::V: return HeadRole::O;
    case HeadRole::O: return HeadRole::V;
    }
    return role;
}

bool nativeKeyValue(HeadColumns columns, HeadRole role)
{
    return columns != HeadColumns::Partnered && (role == HeadRole::K || role == HeadRole::V);
}

/// Axis entries of one layer; `names` are the original numbers of a pruned layer's heads.
void appendHeads(HeadAxis& axis, const ModelConfig& config, int layer, bool native, const std::vector<int>& names)
{
    const int heads = config.heads(layer), keyValue = heads > 0 ? config.kvHeads(layer) : 0;
    const int count = native ? keyValue : heads;
    const bool shared = native && keyValue < heads;
    for (int h = 0; h < count; ++h) {
        AxisHead head;
        head.id = {layer, h};
        const int name = static_cast<std::size_t>(h) < names.size() ? names[static_cast<std::size_t>(h)] : h;
        head.label = headName({layer, name});
        if (shared) head.label.replace(head.label.find('H'), 1, "KV");
        const int group = shared ? heads / keyValue : 1;
        head.firstHead = h * group;
        head.lastHead = head.firstHead + group - 1;
        axis.heads.push_back(std::move(head));
    }
    axis.sharedKeyValue = axis.sharedKeyValue || shared;
}

bool useDouble(const ModelConfig& config, Precision precision, std::size_t roles)
{
    if (precision != Precision::Auto) return precision == Precision::Double;
    double heads = 0;
    for (int l = 0; l < config.nLayers; ++l) heads += config.heads(l);
    const double m = config.dHead, d = config.dModel;
    return heads * heads * m * m * d + static_cast<double>(roles) * heads * 20.0 * m * m * d < kExactFlops;
}

std::size_t attentionBytes(const ModelConfig& config)
{
    std::size_t columns = 0;
    for (int l = 0; l < config.nLayers; ++l)
        columns += 2 * static_cast<std::size_t>(config.heads(l) + (config.heads(l) > 0 ? config.kvHeads(l) : 0));
    return columns * static_cast<std::size_t>(config.dHead) * static_cast<std::size_t>(config.dModel) * sizeof(float);
}

}  // namespace

Result<Operands> buildOperands(const Model& model, HeadColumns form, const std::vector<HeadRole>& roles, WeightProcessing weights,
                               Precision precision, const Progress& progress)
{
    const ModelConfig& config = model.config();
    const bool partnered = form == HeadColumns::Partnered;
    Operands out;
    out.folding = foldingFor(model, weights);
    out.d = config.dModel;
    out.doublePrecision = useDouble(config, precision, roles.size());
    const bool remember = attentionBytes(config) <= kRemember;
    for (const HeadRole role : roles) {
        Operand& operand = out.roles[role];
        operand.axis.role = role;
        operand.stack.d = config.dModel;
        operand.stack.width = config.dHead;
    }

    for (int l = 0; l < config.nLayers; ++l) {
        progress.report(Stage::HeadBases, l, config.nLayers);
        if (!progress.checkpoint()) return Error::cancelled(model.identity().path);
        const Progress quiet(progress.token(), {});
        const auto read = config.heads(l) == 0 ? Result<std::shared_ptr<const LayerWeights>>(std::make_shared<const LayerWeights>())
                          : remember           ? model.layer(l, quiet)
                                               : model.layerOnce(l, quiet);
        const bool notFinite = !read && read.error().code == ErrorCode::NotFinite;
        if (!read && !notFinite) return read.error();
        static const LayerWeights none;
        const LayerWeights& layer = notFinite ? none : **read;

        // Each matrix is prepared once, also where two roles share it (W_V of W_OV).
        std::map<HeadRole, MatrixF> columns;
        for (const HeadRole role : roles)
            for (const HeadRole r : {role, partnered ? partnerOf(role) : role})
                if (!columns.contains(r)) columns[r] = roleColumns(layer, r, out.folding.used);

        for (auto& [role, operand] : out.roles) {
            const bool native = nativeKeyValue(form, role);
            const std::size_t first = operand.axis.size();
            appendHeads(operand.axis, config, l, native, native ? layer.kvHeadIds : layer.headIds);
            const auto count = static_cast<int>(operand.axis.size() - first);
            operand.stack.heads.push_back(count);
            operand.exact.resize(operand.axis.size());
            MatrixF stack = out.doublePrecision ? MatrixF() : MatrixF(config.dModel, std::ptrdiff_t(count) * config.dHead);
            const MatrixF &own = columns[role], &partner = columns[partnered ? partnerOf(role) : role];
            parallelFor(static_cast<std::size_t>(count), [&, &at = operand, role = role](std::size_t h) {
                if (progress.stopped()) return;
                AxisHead& head = at.axis.heads[first + h];
                head.fault = notFinite ? NoValue::NotFinite : own.empty() || partner.empty() ? NoValue::MissingMatrix : NoValue::None;
                if (head.fault != NoValue::None) return;
                const auto cut = [&](const MatrixF& all, HeadRole r) {
                    const bool keyValue = r == HeadRole::K || r == HeadRole::V;
                    const int index = keyValue && !native ? config.kvHeadOf(l, static_cast<int>(h)) : static_cast<int>(h);
                    return all.view().block(0, std::ptrdiff_t(index) * config.dHead, all.rows(), config.dHead);
                };
                const ViewF x = cut(own, role), y = cut(partner, partnered ? partnerOf(role) : role);
                if (out.doublePrecision) at.exact[first + h] = exactColumns(form, x, y, head);
                else
                    fillColumns(form, x, y, head,
                                stack.view().block(0, static_cast<std::ptrdiff_t>(h) * config.dHead, stack.rows(), config.dHead));
            });
            operand.stack.layers.push_back(std::move(stack));
        }
    }
    if (progress.stopped()) return Error::cancelled(model.identity().path);
    progress.report(Stage::HeadBases, config.nLayers, config.nLayers);
    return out;
}

}  // namespace hs
