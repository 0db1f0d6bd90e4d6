// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/bridge/running.h"

#include <QRegularExpression>
#include <QTimer>
#include <utility>

#include "ui/state/cut_values.h"
#include "ui/state/project.h"

namespace hs::ui {

namespace {

/// Ids typed as text, for models without a tokeniser: "1, 2 3".
std::vector<int> idsInText(const QString& text)
{
    static const QRegularExpression only(QStringLiteral("^[\\s,;0-9]*$"));
    if (!only.match(text).hasMatch()) return {};
    std::vector<int> ids;
    const QStringList parts = text.split(QRegularExpression(QStringLiteral("[\\s,;]+")), Qt::SkipEmptyParts);
    for (const QString& part : parts) {
        bool ok = false;
        const int id = part.toInt(&ok);
        if (!ok) return {};
        ids.push_back(id);
    }
    return ids;
}

}  // namespace

Running::Running(EngineBridge* bridge, Project* project, QObject* parent)
    : QObject(parent), m_project(project), m_ask(bridge, tr("Run prompt"), QStringLiteral("run"))
{
    m_ask.onAnswer([this](const RunResult& result) { take(result); });
    connect(&m_ask, &OneAsk::ended, this, &Running::takeEnd);
    connect(&m_ask, &OneAsk::reported, this, &Running::reported);
    connect(project, &Project::currentChanged, this, [this] {
        clearError();
        touch();
    });
    for (const auto signal : {&Project::modelChanged, &Project::promptsChanged, &Project::interventionsChanged})
        connect(project, signal, this, &Running::touch);
}

std::optional<Running::Wanted> Running::wanted() const
{
    const PromptEntry* entry = m_project->current();
    if (!entry || entry->sample || !m_project->model()) return std::nullopt;
    if (entry->ids.empty() && entry->text.trimmed().isEmpty()) return std::nullopt;  // nothing typed yet is no mistake
    Wanted w{m_project->model(), m_project->currentIndex(), entry->text, entry->ids, entry->spellSpecial, nullptr, {}};
    if (!entry->baseRun || !entry->baseRun->complete) return w;
    // The base comes first: switches are compared with it and recompute only from their layer on.
    if (entry->run && entry->run->complete && m_project->cuts()->inForce(*entry->run)) return std::nullopt;
    w.base = entry->baseRun;
    w.interventions = m_project->cuts()->applied(*w.base->prompt);
    return w;
}

void Running::touch()
{
    if (std::exchange(m_queued, true)) return;
    QTimer::singleShot(0, this, &Running::reconcile);
    Q_EMIT stateChanged();
}

void Running::again()
{
    m_givenUp.reset();
    clearError();
    m_tell = true;
    touch();
}

void Running::flush()
{
    if (m_queued) reconcile();
}

void Running::cancel()
{
    if (m_asked) m_ask.cancel();
    else if (const auto next = wanted(); m_queued && next) m_givenUp = next;
}

bool Running::busy() const
{
    if (m_asked) return true;
    if (!m_queued) return false;
    const auto next = wanted();
    return next && next != m_givenUp;
}

void Running::clearError()
{
    if (!m_error) return;
    m_error.reset();
    m_givenUp.reset();
    Q_EMIT stateChanged();
}

void Running::reconcile()
{
    if (!std::exchange(m_queued, false)) return;  // flushed before its turn
    const auto next = wanted();
    if (next && next->base && next->interventions.empty()) {
        // Without interventions the base is the run.
        if (std::exchange(m_asked, std::nullopt)) m_ask.forget();
        m_project->setRun(next->index, next->base);
        m_tell = false;
        Q_EMIT stateChanged();
        Q_EMIT finished();
        return;
    }
    if (next != m_givenUp) m_givenUp.reset();
    if (!next || next == m_givenUp) {
        if (std::exchange(m_asked, std::nullopt)) m_ask.forget();
        Q_EMIT stateChanged();
        if (!next && std::exchange(m_tell, false) && m_project->source()) Q_EMIT finished();
        return;
    }
    if (m_asked == next) return;  // the very same run is on its way
    m_error.reset();
    m_asked = next;
    RunJob job;
    job.model = next->model;
    job.text = next->text.toStdString();
    job.ids = next->ids;
    job.special = next->spellSpecial ? SpecialText::Spell : SpecialText::Recognise;
    if (job.ids.empty() && !job.model->tokenizer()) job.ids = idsInText(next->text);
    job.base = next->base;
    job.options.interventions = next->interventions;
    m_ask.start(std::move(job));
    Q_EMIT stateChanged();
}

void Running::take(const RunResult& result)
{
    if (!m_asked) return;
    // The prompt may have gone, or have been rewritten, since it was asked about.
    const auto& prompts = m_project->prompts();
    const int index = m_asked->index;
    if (index >= int(prompts.size()) || m_project->model() != m_asked->model) return;
    const PromptEntry& entry = prompts[std::size_t(index)];
    if (entry.text == m_asked->text && entry.ids == m_asked->ids && entry.spellSpecial == m_asked->spellSpecial)
        m_project->setRun(index, result.run);
}

void Running::takeEnd(const JobEnded& end)
{
    const auto asked = std::exchange(m_asked, std::nullopt);
    if (end.state == JobState::Stale) return;
    if (end.state == JobState::Failed && end.error) {
        m_givenUp = asked;
        m_error = *end.error;
        Q_EMIT failed(*end.error);
    } else if (end.state == JobState::Cancelled) {
        m_givenUp = asked;
    } else if (end.state == JobState::Done && !wanted()) {
        m_tell = false;
        Q_EMIT stateChanged();
        Q_EMIT finished();
        return;
    } else {
        if (wanted() == asked) m_givenUp = asked;  // what came is not what was wanted: asking again would not help
        touch();
    }
    Q_EMIT stateChanged();
}

}  // namespace hs::ui
