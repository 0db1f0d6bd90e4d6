// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/labels/passage_source.h"

#include <stop_token>
#include <utility>

#include "engine/forward/forward.h"

namespace hs::ui {

PassageSource::PassageSource(std::shared_ptr<const Model> model, std::vector<int> ids, int lastLayer)
    : m_model(std::move(model)), m_ids(std::move(ids)), m_lastLayer(lastLayer)
{}

int PassageSource::layers() const { return m_model->config().nLayers; }
int PassageSource::heads(int layer) const { return m_model->config().heads(layer); }
Visibility PassageSource::visibility(int layer) const { return m_model->config().visibility(layer); }

Result<MatrixF> PassageSource::tile(HeadId head, MapKind kind, int q0, int nq, int k0, int nk) const
{
    const std::lock_guard lock(m_mutex);
    if (!m_run) {
        auto prompt = makePromptFromIds(m_model->tokenizer().get(), m_ids, m_model->config().dVocab);
        if (!prompt) return prompt.error();
        ForwardOptions options;
        options.logits = options.keepResiduals = options.stats = false;
        std::stop_source enough;
        const auto stage = [&](const std::shared_ptr<const Run>& run) {
            m_run = run;
            if (run->readyLayers() > m_lastLayer) enough.request_stop();
        };
        const auto run =
            forward(m_model, std::make_shared<const Prompt>(std::move(*prompt)), options, Progress(enough.get_token(), {}), stage);
        if (run) m_run = *run;
        else if (!m_run || m_run->readyLayers() <= m_lastLayer) {
            m_run.reset();
            return run.error();
        }
    }
    return m_run->tile(head, kind, q0, nq, k0, nk);
}

}  // namespace hs::ui
