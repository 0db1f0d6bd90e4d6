// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/similarity/swap_store.h"

#include <QCoreApplication>
#include <algorithm>
#include <cmath>

#include "ui/bridge/error_text.h"
#include "ui/kit/numbers.h"
#include "ui/state/project.h"

namespace hs::ui {

namespace {
bool same(const SwapRequest& a, const SwapRequest& b) { return a.head == b.head && a.replacement == b.replacement && a.kind == b.kind; }
}  // namespace

SwapStore::SwapStore(EngineBridge* bridge, Project* project, QObject* parent)
    : QObject(parent), m_project(project), m_job(bridge, tr("Replace heads by others"), QStringLiteral("similarity swap"))
{
    m_job.onAnswer([this](const SwapAnswer& answer) {
        if (answer.results.empty()) return;
        // Another text: the numbers of before are not comparable.
        if (m_askedText.prompts != m_text.prompts || m_askedText.corpusPaths != m_text.corpusPaths) m_results.clear();
        m_text = m_askedText;
        m_textName = m_askedName;
        m_measured = int(answer.results.size());
        m_documents = int(answer.results.front().change.size());
        for (const SwapResult& r : answer.results) {
            const auto old =
                std::find_if(m_results.begin(), m_results.end(), [&](const Known& k) { return same(k.result.request, r.request); });
            // The same text again: what is known from more of it stays until this is as far.
            const bool further = old != m_results.end() && old->result.change.size() > r.change.size();
            const bool all = r.change.size() == m_text.prompts.size();  // of files it is known at the end
            Known known =
                further ? *old : Known{r, all || (old != m_results.end() && old->whole && old->result.change.size() == r.change.size())};
            if (old != m_results.end()) m_results.erase(old);
            m_results.push_back(std::move(known));  // newest last
        }
        m_run.clear();
        for (const SwapResult& r : answer.results) m_run.push_back(r.request);
        Q_EMIT changed();
    });
    connect(&m_job, &OneAsk::ended, this, [this](const JobEnded& end) {
        if (end.state == JobState::Done)
            for (Known& known : m_results)
                if (std::any_of(m_run.begin(), m_run.end(), [&](const SwapRequest& r) { return same(r, known.result.request); }))
                    known.whole = true;
        Q_EMIT changed();
    });
    connect(project, &Project::modelChanged, this, [this] {
        m_job.forget();
        m_results.clear();
        m_run.clear();
        m_textName.clear();
        m_text = {};
        m_asked = m_measured = m_documents = 0;
        Q_EMIT changed();
    });
}

void SwapStore::start(const std::vector<SwapRequest>& requests, const BehaviourText& text, const QString& textName)
{
    if (!m_project->model() || requests.empty()) return;
    m_askedName = textName;
    m_askedText = text;
    m_asked = int(requests.size());
    m_measured = m_documents = 0;
    m_run.clear();
    SwapJob job;
    job.model = m_project->model();
    job.text = text;
    job.requests = requests;
    m_job.start(std::move(job));
    Q_EMIT changed();
}

const SwapResult* SwapStore::result(HeadId head, HeadId replacement, SwapKind kind) const
{
    const auto at = std::find_if(m_results.begin(), m_results.end(), [&](const Known& k) {
        return same(k.result.request, {head, replacement, kind});
    });
    return at == m_results.end() ? nullptr : &at->result;
}

const SwapResult* SwapStore::newest(HeadId head, SwapKind kind) const
{
    const auto at = std::find_if(m_results.rbegin(), m_results.rend(),
                                 [&](const Known& k) { return k.result.request.head == head && k.result.request.kind == kind; });
    return at == m_results.rend() ? nullptr : &at->result;
}

bool SwapStore::partial(const SwapResult& result) const
{
    return std::any_of(m_results.begin(), m_results.end(),
                       [&](const Known& k) { return same(k.result.request, result.request) && !k.whole; });
}

namespace {
struct SwapWords {
    Q_DECLARE_TR_FUNCTIONS(hs::ui::SwapWords)
};
}  // namespace

QString swapNumbers(const SwapResult& r)
{
    if (!std::isfinite(r.low) || !std::isfinite(r.high)) return numberText(r.mean, 4, true);
    return SwapWords::tr("%1 (%2 to %3)").arg(numberText(r.mean, 4, true), numberText(r.low, 4, true), numberText(r.high, 4, true));
}

QString swapVerdict(const SwapResult& r, bool partial)
{
    const QString says = !std::isfinite(r.low) || !std::isfinite(r.high) ? SwapWords::tr("one document: no interval")
                         : r.noChange()                                  ? SwapWords::tr("no change shown")
                         : r.mean > 0                                    ? SwapWords::tr("loss rises")
                                                                         : SwapWords::tr("loss falls");
    return partial ? SwapWords::tr("partial: %1").arg(says) : says;
}

QString swapDocuments(int documents)
{
    return documents == 1 ? SwapWords::tr("one document") : SwapWords::tr("%1 documents").arg(documents);
}

QString swapStopped(const SwapStore& swaps)
{
    const auto& error = swaps.job()->error();
    if (!error) return {};
    const bool cancelled = error->code == ErrorCode::Cancelled;
    if (swaps.measured() == 0) return cancelled ? SwapWords::tr("Cancelled: nothing was measured.") : errorText(*error).what;
    const QString kept =
        SwapWords::tr("Partial results stay: %1 of %2 heads, on %3 (%4). Nats per token, 95 % interval over these documents.")
            .arg(swaps.measured())
            .arg(swaps.asked())
            .arg(swaps.textName(), swapDocuments(swaps.documents()));
    return (cancelled ? SwapWords::tr("Cancelled.") : errorText(*error).what) + QLatin1Char(' ') + kept;
}

}  // namespace hs::ui
