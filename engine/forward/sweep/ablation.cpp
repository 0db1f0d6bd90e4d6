// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/forward/sweep/ablation.h"

#include <algorithm>
#include <array>

#include "engine/forward/forward.h"

namespace hs {
namespace {

constexpr std::array<const char*, 4> kNames{"zero", "mean", "resample", "uniform"};

/// A run that keeps z and nothing that is not needed.
ForwardOptions onlyZ()
{
    ForwardOptions options;
    options.logits = false;
    options.stats = false;
    options.keepResiduals = false;
    options.keepBytes = std::size_t(1) << 40;
    return options;
}

/// SplitMix64 (Steele, Lea & Flood 2014): one number from a seed and two places, the same on every machine.
std::uint64_t mixed(std::uint64_t seed, std::uint64_t a, std::uint64_t b)
{
    std::uint64_t x = seed * 0x9E3779B97F4A7C15ull + a * 0xBF58476D1CE4E5B9ull + b * 0x94D049BB133111EBull + 0x2545F4914F6CDD1Dull;
    x = (x ^ (x >> 30)) * 0xBF58476D1CE4E5B9ull;
    x = (x ^ (x >> 27)) * 0x94D049BB133111EBull;
    return x ^ (x >> 31);
}

/// Pattern with equal weights on all keys that a query can see; 0 where it sees none.
std::shared_ptr<const MatrixF> uniformPattern(int n, Visibility mask, const std::vector<bool>& padding)
{
    auto pattern = std::make_shared<MatrixF>(n, n);
    const auto hidden = [&](int key) { return !padding.empty() && padding[static_cast<std::size_t>(key)]; };
    for (int i = 0; i < n; ++i) {
        const KeyRange seen = mask.keys(i, n);
        int keys = 0;
        for (int j = seen.first; j < seen.end; ++j) keys += hidden(j) ? 0 : 1;
        for (int j = seen.first; j < seen.end; ++j)
            if (!hidden(j)) pattern->row(i)[j] = 1.0f / static_cast<float>(keys);
    }
    return pattern;
}

}  // namespace

const char* ablationName(AblationKind kind) { return kNames[static_cast<std::size_t>(kind)]; }

std::optional<AblationKind> parseAblation(std::string_view name)
{
    for (std::size_t i = 0; i < kNames.size(); ++i)
        if (name == kNames[i]) return static_cast<AblationKind>(i);
    return std::nullopt;
}

int AblationDonor::rowFor(int i) const
{
    const int n = static_cast<int>(ids.size());
    return i < n ? i : n < 2 ? 0 : 1 + (i - 1) % (n - 1);
}

int AblationValues::donorFor(std::size_t prompt, int draw, const std::vector<int>& own) const
{
    if (donors.empty()) return 0;
    // Draws of one prompt are different donors as long as there are enough: a step through all of them from a random start.
    const std::size_t count = donors.size(), start = static_cast<std::size_t>(mixed(seed, prompt, 0) % count);
    std::vector<std::size_t> others;
    for (std::size_t i = 0; i < count; ++i)
        if (const std::size_t at = (start + i) % count; donors[at]->ids != own) others.push_back(at);
    if (others.empty()) return static_cast<int>(start);
    return static_cast<int>(others[static_cast<std::size_t>(draw) % others.size()]);
}

Result<std::shared_ptr<const AblationValues>> collectAblationValues(const std::shared_ptr<const Model>& model,
                                                                    const std::vector<std::shared_ptr<const Prompt>>& prompts,
                                                                    AblationKind kind, const AblationCollectOptions& options,
                                                                    const Progress& progress)
{
    auto values = std::make_shared<AblationValues>();
    values->kind = kind;
    values->seed = options.seed;
    values->draws = kind == AblationKind::Resample ? std::max(1, options.draws) : 1;
    if (kind == AblationKind::Zero || kind == AblationKind::Uniform) return std::shared_ptr<const AblationValues>(values);
    if (prompts.empty()) return Error::of(ErrorCode::TextEmpty, "calibration");
    values->dataName = options.dataName;

    const ModelConfig& config = model->config();
    const auto layers = static_cast<std::size_t>(config.nLayers);
    std::vector<std::vector<double>> sums(layers);
    for (std::size_t l = 0; l < layers; ++l)
        sums[l].assign(static_cast<std::size_t>(config.heads(static_cast<int>(l)) * config.dHead), 0.0);
    // Donors evenly over the text.
    const std::size_t wanted = kind == AblationKind::Resample
                                   ? std::min<std::size_t>(prompts.size(), static_cast<std::size_t>(std::max(2, options.maxDonors)))
                                   : prompts.size();
    for (std::size_t i = 0; i < wanted; ++i) {
        progress.report(Stage::Ablation, static_cast<std::int64_t>(i), static_cast<std::int64_t>(wanted));
        if (!progress.checkpoint()) return Error::cancelled();
        const std::shared_ptr<const Prompt>& prompt = prompts[i * prompts.size() / wanted];
        const auto run = forward(model, prompt, onlyZ(), Progress(progress.token(), {}));
        if (!run) return run.error();
        const auto hidden = [&](std::ptrdiff_t r) { return (*run)->hides(static_cast<int>(r)); };
        for (int r = 0; r < prompt->size(); ++r) values->tokens += hidden(r) ? 0 : 1;
        auto donor = std::make_shared<AblationDonor>();
        donor->ids = prompt->ids();
        for (std::size_t l = 0; l < layers; ++l) {
            const MatrixF& z = (*run)->layerRuns[l]->z;
            if (kind == AblationKind::Resample) {
                donor->z.push_back(std::make_shared<const MatrixF>(z));
                continue;
            }
            for (std::ptrdiff_t r = 0; r < z.rows(); ++r) {
                if (hidden(r)) continue;
                for (std::ptrdiff_t c = 0; c < z.cols(); ++c) sums[l][static_cast<std::size_t>(c)] += static_cast<double>(z(r, c));
            }
        }
        const bool known = std::any_of(values->donors.begin(), values->donors.end(), [&](const auto& d) { return d->ids == donor->ids; });
        if (kind == AblationKind::Resample && !known) values->donors.push_back(std::move(donor));
    }
    if (kind == AblationKind::Resample) {
        if (values->donors.size() < 2) return Error::argument("donors", std::to_string(values->donors.size()), ">= 2");
        return std::shared_ptr<const AblationValues>(values);
    }
    for (const std::vector<double>& sum : sums) {
        std::vector<float>& mean = values->means.emplace_back();
        for (const double s : sum) mean.push_back(static_cast<float>(s / static_cast<double>(values->tokens)));
    }
    return std::shared_ptr<const AblationValues>(values);
}

Interventions cutInterventions(const HeadCuts& cuts, const AblationValues& values, const ModelConfig& config, int n, int donor,
                               const std::vector<bool>& padding)
{
    Interventions out;
    const auto dh = static_cast<std::ptrdiff_t>(config.dHead);
    std::vector<std::shared_ptr<const MatrixF>> replaced(static_cast<std::size_t>(config.nLayers)), uniform(replaced.size());
    for (const HeadCut& cut : cuts) {
        const std::vector<int> positions(cut.position >= 0 ? 1 : 0, cut.position);
        const auto layer = static_cast<std::size_t>(cut.head.layer);
        const bool soft = cut.keep != 0.0f;
        switch (values.kind) {
        case AblationKind::Zero: out.push_back(soft ? scaleHead(cut.head, cut.keep, positions) : zeroHead(cut.head, positions)); break;
        case AblationKind::Mean: {
            const float* mean = values.means[layer].data() + cut.head.head * dh;
            std::vector<float> vector(mean, mean + dh);
            if (soft) {
                for (float& x : vector) x *= 1.0f - cut.keep;
                out.push_back(scaleHead(cut.head, cut.keep, positions));
                out.push_back(addToHead(cut.head, std::move(vector), positions));
            } else {
                out.push_back(meanHead(cut.head, std::move(vector), positions));
            }
            break;
        }
        case AblationKind::Resample: {
            // Rows of the donor in this prompt's length, one matrix for all heads of the layer.
            auto& stored = replaced[layer];
            if (!stored) {
                const AblationDonor& from = *values.donors[static_cast<std::size_t>(donor)];
                const MatrixF& z = *from.z[layer];
                auto rows = std::make_shared<MatrixF>(n, z.cols());
                for (int i = 0; i < n; ++i) std::copy_n(z.row(from.rowFor(i)), z.cols(), rows->row(i));
                stored = std::move(rows);
            }
            out.push_back(patchIn(Site::Z, cut.head, stored, positions));
            break;
        }
        case AblationKind::Uniform:
            // Layers that see the same keys share one matrix.
            for (std::size_t l = 0; l < uniform.size() && !uniform[layer]; ++l)
                if (config.visibility(static_cast<int>(l)) == config.visibility(cut.head.layer)) uniform[layer] = uniform[l];
            if (!uniform[layer]) uniform[layer] = uniformPattern(n, config.visibility(cut.head.layer), padding);
            out.push_back(patchIn(Site::Pattern, cut.head, uniform[layer], positions));
            break;
        }
    }
    return out;
}

}  // namespace hs
