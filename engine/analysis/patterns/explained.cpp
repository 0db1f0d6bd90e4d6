// SPDX-License-Identifier: GPL-3.0-or-later
#include <algorithm>
#include <mutex>

#include "engine/analysis/patterns/map_rows.h"
#include "engine/analysis/patterns/target_set.h"
#include "engine/analysis/patterns/text_pass.h"
#include "engine/base/parallel.h"

namespace hs {

Result<std::vector<std::vector<double>>> explainedMass(const TextPassInput& input, const std::vector<ExplainedRequest>& requests,
                                                       int mostDocuments, const Progress& progress)
{
    std::vector<std::vector<double>> sums(requests.size());
    for (std::size_t r = 0; r < requests.size(); ++r) sums[r].assign(requests[r].targets.size(), 0.0);
    const int used = std::min(input.documents, mostDocuments), band = static_cast<int>(input.preset->value("local.band"));
    for (int k = 0; k < used && !requests.empty(); ++k) {
        progress.report(Stage::LabelExplained, k, used);
        if (!progress.checkpoint()) return Error::cancelled();
        const AnnotatedDocument document = input.document(static_cast<int>(static_cast<long>(k) * input.documents / used));
        auto maps = input.maps(document, Progress(progress.token(), {}));
        if (!maps) return maps.error();
        std::mutex mutex;
        Status problem;
        parallelFor(requests.size(), [&](std::size_t r) {
            const ExplainedRequest& request = requests[r];
            std::vector<double> inDocument(request.targets.size(), 0.0);
            std::vector<int> keys;
            std::vector<char> taken;
            const Status status =
                patterns::forEachRow(*maps, request.head, RowMass::Weights, false, progress, [&](const patterns::RowView& row) {
                    taken.assign(static_cast<std::size_t>(row.seen.end), 0);
                    for (std::size_t t = 0; t < request.targets.size(); ++t) {
                        targetKeys(request.targets[t].label, request.targets[t].variant, document, row.query, input.maskOf(request.head),
                                   keys, band);
                        for (const int key : keys) {
                            if (!row.seen.has(key) || taken[static_cast<std::size_t>(key)]) continue;
                            taken[static_cast<std::size_t>(key)] = 1;
                            inDocument[t] += static_cast<double>(row.weights[key]);
                        }
                    }
                });
            if (!status) {
                const std::lock_guard lock(mutex);
                if (problem.ok()) problem = status;
                return;
            }
            for (std::size_t t = 0; t < inDocument.size(); ++t) sums[r][t] += inDocument[t] / document.size() / used;
        });
        if (!problem) return problem.error();
    }
    return sums;
}

}  // namespace hs
