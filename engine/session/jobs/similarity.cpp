// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/session/jobs/similarity.h"

#include "engine/io/write/matrix_file.h"
#include "engine/session/jobs/steps.h"

namespace hs {

std::string SimilarityJob::subject() const
{
    std::string out = measureName(measure);
    for (const RolePair pair : pairings) {
        out += ' ';
        out += rolePairName(pair);
    }
    return out;
}

}  // namespace hs

namespace hs::session {

namespace {

/// Provenance that the engine's measure does not know.
std::shared_ptr<const HeadMatrix> signedBy(const SimilarityJob& job, const HeadMatrix& matrix)
{
    auto copy = std::make_shared<HeadMatrix>(matrix);
    copy->modelHash = job.modelHash;
    copy->seed = job.seed;
    return copy;
}

MatrixFile fileOf(const HeadMatrix& m)
{
    MatrixFile file;
    const auto axis = [](const HeadAxis& from, std::vector<std::string>& labels, std::vector<std::int64_t>& ranks) {
        for (const AxisHead& head : from.heads) {
            labels.push_back(head.label);
            if (from.role) ranks.push_back(head.rank);
        }
    };
    axis(m.rows, file.rowLabels, file.rowRanks);
    axis(m.cols, file.colLabels, file.colRanks);
    file.values = m.values;
    file.corrected = m.corrected;
    file.texts.emplace_back("measure", measureName(m.measure));
    if (m.pairing) file.texts.emplace_back("pairing", rolePairName(*m.pairing));
    file.texts.emplace_back("weights", weightProcessingName(m.weights));
    file.texts.emplace_back("precision", m.doublePrecision ? "float64" : "float32");
    file.texts.emplace_back("model", m.model);
    file.texts.emplace_back("model_sha256", m.modelHash);
    if (!m.corpus.empty()) file.texts.emplace_back("corpus", m.corpus);
    file.numbers.emplace_back("d", m.dModel);
    file.numbers.emplace_back("d_null", m.dNull);
    file.numbers.emplace_back("seed", static_cast<std::int64_t>(m.seed));
    if (!m.corpus.empty()) file.numbers.emplace_back("mask_padding", m.paddingToken);
    if (m.samples > 0) file.numbers.emplace_back("samples", m.samples);
    return file;
}

}  // namespace

Status runJob(const SimilarityJob& job, const ContextOf<SimilarityJob>& context)
{
    if (!job.model) return missingArgument("model");
    WeightMeasureRequest request;
    request.measure = job.measure;
    request.pairings = job.pairings;
    request.weights = job.weights;
    std::size_t index = 0;
    const auto done = weightMeasures(*job.model, request, context.progress, [&](const std::shared_ptr<const HeadMatrix>& matrix) {
        context.publish(SimilarityResult{job.model, index++, signedBy(job, *matrix)});
    });
    if (!done) return done.error();
    return {};
}

Status runJob(const WriteHeadMatrixJob& job, const ContextOf<WriteHeadMatrixJob>& context)
{
    if (!job.matrix) return missingArgument("matrix");
    context.progress.report(Stage::Writing, 0, 0);
    if (const Status s = writeMatrix(job.path, fileOf(*job.matrix)); !s) return s;
    context.publish(WrittenResult{job.path});
    return {};
}

}  // namespace hs::session
