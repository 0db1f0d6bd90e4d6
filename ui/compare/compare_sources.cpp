// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/compare/compare_sources.h"

#include <QFileInfo>

#include "engine/io/store/adapter.h"
#include "ui/bridge/engine_bridge.h"
#include "ui/bridge/error_text.h"
#include "ui/compare/aligned_source.h"
#include "ui/export/figure_data.h"
#include "ui/state/cut_values.h"
#include "ui/state/open_inputs.h"
#include "ui/state/project.h"
#include "ui/state/prune_settings.h"
#include "ui/state/selection.h"

namespace hs::ui {

namespace {

/// The head of B that was `a` before any pruning: what is left of a layer is numbered anew. False: it was cut away.
bool sameHead(const AttentionSource& sourceA, const AttentionSource& sourceB, HeadId a, HeadId& b)
{
    b = a;
    if (a.layer >= sourceA.layers() || a.layer >= sourceB.layers()) return true;  // other shapes are told apart elsewhere
    const int wanted = sourceA.originalHead(a.layer, a.head), heads = sourceB.heads(a.layer);
    bool renumbered = wanted != a.head;
    for (int h = 0; h < heads; ++h) {
        const int original = sourceB.originalHead(a.layer, h);
        renumbered |= original != h;
        if (original != wanted) continue;
        b.head = h;
        return true;
    }
    return !renumbered;
}

QString promptTitle(const PromptEntry& entry) { return entry.title.isEmpty() ? entry.text.simplified().left(40) : entry.title; }

StateContent nothing(const QString& title, const QString& sentence) { return {title, sentence, {}, {}, {}, false}; }

bool has(const AttentionSource& source, HeadId h) { return h.layer < source.readyLayers() && h.head < source.heads(h.layer); }

}  // namespace

CompareSources::CompareSources(const ViewContext& context, QObject* parent)
    : QObject(parent), m_c(context), m_open(context.bridge, tr("Open file"), QStringLiteral("compare-open")),
      m_run(context.bridge, tr("Run prompt"), QStringLiteral("compare-run"))
{
    const auto refresh = [this] { update(); };
    connect(m_c.project, &Project::sourceChanged, this, refresh);
    connect(m_c.project, &Project::interventionsChanged, this, [this] {
        m_promptRun.reset();
        if (m_mode == CompareMode::Prompts) m_run.forget();  // made with the heads of before
        update();
    });
    connect(m_c.project, &Project::promptsChanged, this, [this] {
        m_promptRun.reset();
        update();
    });
    connect(m_c.project, &Project::modelChanged, this, [this] {
        m_promptRun.reset();
        m_modelRun.reset();
        m_promptB = -1;
        update();
    });
    connect(m_c.selection, &Selection::headChanged, this, refresh);
    connect(m_c.selection, &Selection::pinnedChanged, this, refresh);
    m_open.onAnswer([this](const OpenedResult& result) {
        if (const auto* model = std::get_if<std::shared_ptr<const Model>>(&result.opened)) setSecondModel(*model);
        else m_error = Error::in(m_openPath.toStdString(), ErrorCode::NeedsWeights);
    });
    m_run.onAnswer([this](const RunResult& result) {
        (m_mode == CompareMode::Models ? m_modelRun : m_promptRun) = result.run;
        Q_EMIT changed();
    });
    for (OneAsk* ask : {static_cast<OneAsk*>(&m_open), static_cast<OneAsk*>(&m_run)})
        connect(ask, &OneAsk::ended, this, [this](const JobEnded& ended) {
            if (ended.state == JobState::Failed && ended.error) m_error = ended.error;
            Q_EMIT changed();
            if (m_error && m_error->code == ErrorCode::UnknownLayout && asksForAdapter(*m_error))
                Q_EMIT asksAdapter(QString::fromStdString(m_error->found));
        });
}

CompareSources::~CompareSources() = default;

void CompareSources::setMode(CompareMode mode)
{
    if (mode == m_mode) return;
    cancel();
    m_mode = mode;
    m_swapped = false;
    m_error.reset();
    update();
}

void CompareSources::setPromptB(int index)
{
    if (index == m_promptB) return;
    m_promptB = index;
    m_promptRun.reset();
    m_error.reset();
    update();
}

void CompareSources::openModel(const QString& path, const std::string& adapter)
{
    m_error.reset();
    m_openPath = path;
    addOpenInputs({path.toStdString()});
    OpenOptions options;
    options.adapter = adapter;
    m_open.start(OpenJob{path.toStdString(), options});
    Q_EMIT changed();
}

void CompareSources::setSecondModel(std::shared_ptr<const Model> model)
{
    m_model = std::move(model);
    m_modelRun.reset();
    update();
}

void CompareSources::cancel()
{
    m_open.forget();
    m_run.forget();
}

void CompareSources::swap()
{
    if (m_mode == CompareMode::Heads) {
        const HeadId a = m_c.selection->head(), b = headB();
        m_c.selection->setPinned(a);
        m_c.selection->setHead(b);
        return;
    }
    m_swapped = !m_swapped;
    Q_EMIT changed();
}

HeadId CompareSources::headB() const
{
    if (m_c.selection->pinned()) return *m_c.selection->pinned();
    // Without a pin: the next head of the layer, so that there is something to see at once.
    const HeadId a = m_c.selection->head();
    const auto source = m_c.project->source();
    const int heads = source && a.layer < source->layers() ? source->heads(a.layer) : 1;
    return {a.layer, heads > 1 ? (a.head + 1) % heads : a.head};
}

std::shared_ptr<const AttentionSource> CompareSources::secondPrompt() const
{
    const PromptEntry& entry = m_c.project->prompts()[static_cast<std::size_t>(m_promptB)];
    // A run from before the last cut would compare two models, not two prompts.
    if (!entry.run || m_c.project->cuts()->inForce(*entry.run)) return entry.source();
    return nullptr;
}

void CompareSources::runPrompt()
{
    const auto& prompts = m_c.project->prompts();
    if (m_promptB < 0 || m_promptB >= static_cast<int>(prompts.size()) || secondPrompt() || m_promptRun || m_run.busy() || m_error) return;
    if (!m_c.project->model()) return;
    const PromptEntry& entry = prompts[static_cast<std::size_t>(m_promptB)];
    const Tokenizer* tokenizer = m_c.project->model()->tokenizer().get();
    const SpecialText special = entry.spellSpecial ? SpecialText::Spell : SpecialText::Recognise;
    Result<Prompt> prompt = Prompt{};
    if (!m_c.project->interventions().empty() && m_c.project->cuts()->followsPrompt())
        prompt = entry.ids.empty() && tokenizer ? makePrompt(*tokenizer, entry.text.toStdString(), {}, special)
                                                : makePromptFromIds(tokenizer, entry.ids, m_c.project->model()->config().dVocab);
    if (!prompt) {
        m_error = prompt.error();
        return;
    }
    RunJob job;
    job.model = m_c.project->model();
    job.text = entry.text.toStdString();
    job.ids = entry.ids;
    job.special = special;
    job.options.interventions = m_c.project->cuts()->applied(*prompt);
    job.options.logits = false;
    job.options.keepResiduals = false;
    m_run.start(std::move(job));
}

void CompareSources::runModel()
{
    const PromptEntry* entry = m_c.project->current();
    const auto source = m_c.project->source();
    if (m_modelRunFor != source
        && !(m_modelRun && entry && entry->run && m_modelRun->prompt && m_modelRun->prompt->text == entry->run->prompt->text)) {
        m_modelRun.reset();
        m_run.forget();
        m_error.reset();
    }
    m_modelRunFor = source;
    if (!m_model || !entry || !source || m_modelRun || m_run.busy() || m_error) return;
    RunJob job;
    job.model = m_model;
    job.text = entry->text.toStdString();
    job.special = entry->spellSpecial ? SpecialText::Spell : SpecialText::Recognise;
    // Without a tokeniser of its own the second model reads the ids of the first.
    if (!entry->ids.empty() || !m_model->tokenizer()) job.ids = entry->run && entry->run->prompt ? entry->run->prompt->ids() : entry->ids;
    job.options.logits = false;
    job.options.keepResiduals = false;
    m_run.start(std::move(job));
}

void CompareSources::update()
{
    if (m_mode == CompareMode::Prompts) {
        const int count = static_cast<int>(m_c.project->prompts().size()), current = m_c.project->currentIndex();
        if (m_promptB >= count || m_promptB < 0 || m_promptB == current) {
            const int other = count < 2 ? -1 : current == 0 ? 1 : 0;
            if (other != m_promptB) m_promptRun.reset();
            m_promptB = other;
        }
        runPrompt();
    }
    if (m_mode == CompareMode::Models) runModel();
    Q_EMIT changed();
}

CompareSources::State CompareSources::state() const
{
    State s;
    s.a = m_c.project->source();
    s.headA = s.headB = m_c.selection->head();
    s.busy = m_open.busy() || m_run.busy();
    if (!s.a) {
        s.missing = nothing(tr("No attention to compare"), tr("Two maps stand here side by side once a prompt has run."));
        return s;
    }
    const QString head = headTitle(*s.a, s.headA);
    if (!nameSides(s, head)) return s;
    if (m_error && !s.b) {
        const ErrorText text = errorText(*m_error);
        s.missing = StateContent{text.title, text.what, text.next, {}, {}, true};
        if (m_mode == CompareMode::Models) s.missing->buttons = {{QStringLiteral("open"), tr("Open a second model …"), true, {}}};
        return s;
    }
    if (s.missing) return s;
    if (!s.b) {
        s.missing = nothing(s.busy ? s.busyWords : tr("The second map is not there yet"),
                            s.busy ? tr("Both maps appear when it is done.") : tr("Run the prompt above to compare."));
        return s;
    }
    if (m_swapped) {
        std::swap(s.a, s.b);
        std::swap(s.headA, s.headB);
        std::swap(s.nameA, s.nameB);
        std::swap(s.noteA, s.noteB);
    }
    if (!has(*s.b, s.headB) || !has(*s.a, s.headA)) {
        s.missing = missingHead(s, head);
        return s;
    }
    alignSides(s);
    return s;
}

bool CompareSources::nameSides(State& s, const QString& head) const
{
    switch (m_mode) {
    case CompareMode::Heads:
        s.title = tr("Two heads, same prompt");
        s.b = s.a;
        s.headB = headB();
        s.nameA = head;
        s.nameB = headTitle(*s.b, s.headB);
        if (!m_c.selection->pinned()) s.noteB = tr("next head; Space pins another");
        return true;
    case CompareMode::Prompts: return namePrompts(s, head);
    case CompareMode::Models: return nameModels(s, head);
    case CompareMode::Cuts: return nameCuts(s, head);
    }
    return true;
}

bool CompareSources::namePrompts(State& s, const QString& head) const
{
    s.title = tr("%1, two prompts").arg(head);
    if (m_promptB < 0) {
        s.missing = nothing(tr("There is only one prompt"),
                            tr("Keep a second prompt with the prompt menu above; this head is then compared on both."));
        return false;
    }
    const PromptEntry* current = m_c.project->current();
    const PromptEntry& other = m_c.project->prompts()[static_cast<std::size_t>(m_promptB)];
    s.nameA = current ? promptTitle(*current) : head;
    s.nameB = promptTitle(other);
    s.promptB = other.text;
    s.b = secondPrompt();
    if (!s.b) s.b = m_promptRun;
    s.busyWords = tr("Running the second prompt");
    return true;
}

bool CompareSources::nameModels(State& s, const QString& head) const
{
    s.title = tr("%1, two models").arg(head);
    if (!m_model) {
        s.missing = StateContent{tr("Open a second model"),
                                 tr("The same head of another model is compared on this prompt. Both must read it as the same tokens."),
                                 tr("The first model stays open."),
                                 {},
                                 {{QStringLiteral("open"), tr("Open a second model …"), true, {}}},
                                 false};
        if (m_c.project->model() && !m_c.project->model()->identity().adapter.empty())
            s.missing->buttons << StateButton{QStringLiteral("alone"), tr("Weights without the adapter"), false, {}};
        s.busyWords = tr("Opening %1").arg(QFileInfo(m_openPath).fileName());
        return true;  // a file that could not be opened is told in its place
    }
    s.nameA = m_c.project->model() ? QString::fromStdString(m_c.project->model()->identity().name) : tr("this file");
    s.nameB = QString::fromStdString(m_model->identity().name);
    s.modelPathB = QString::fromStdString(m_model->identity().path);
    s.b = m_modelRun;
    s.busyWords = tr("Running the prompt on %1").arg(s.nameB);
    if (m_c.project->model() && !m_c.project->interventions().empty()) {
        // Two models, each as its file has it: what is switched off in this window belongs to neither.
        const PromptEntry* current = m_c.project->current();
        s.a = current ? current->baseRun : nullptr;
        s.noteA = tr("intact, nothing switched off");
        if (!s.a) {
            s.missing = nothing(tr("The intact model has not run on this prompt"), tr("Both maps appear when it has. Press Run."));
            return false;
        }
    }
    if (s.b && !sameHead(*s.a, *s.b, s.headA, s.headB)) {
        s.missing = nothing(tr("%1 has no %2").arg(s.nameB, head), tr("This head was cut away there. Choose a head that both have."));
        return false;
    }
    return true;
}

bool CompareSources::nameCuts(State& s, const QString& head) const
{
    s.title = tr("%1, before and after the cuts").arg(head);
    const PromptEntry* current = m_c.project->current();
    if (!current || !current->run || !current->baseRun || m_c.project->interventions().empty()) {
        s.missing = nothing(tr("No head is switched off"),
                            tr("Switch a head off in the head card (X). Its effect on the later layers is then shown here."));
        return false;
    }
    s.nameA = tr("before");
    s.nameB = m_c.project->interventions().size() == 1 ? tr("after 1 cut") : tr("after %1 cuts").arg(m_c.project->interventions().size());
    s.a = current->baseRun;
    s.b = current->run;
    const CutValues& values = *m_c.project->cuts();
    if (!values.inForce(*current->run)) s.noteB = tr("runs again …");
    else if (!m_c.project->offHeads().empty()) {
        s.noteB = ablationWord(values.kind());
        if (m_c.project->isOff(s.headA)) s.tokenNote = tr("This head is off; its pattern still forms.") + QLatin1Char(' ');
        s.tokenNote += values.sentence();
    }
    return true;
}

StateContent CompareSources::missingHead(const State& s, const QString& head) const
{
    const AttentionSource& less = has(*s.b, s.headB) ? *s.a : *s.b;
    if (s.headB.layer < less.layers() && s.headB.head < less.heads(s.headB.layer))
        return nothing(tr("Layer %1 is being computed").arg(s.headB.layer), tr("Both maps appear when it is done."));
    return nothing(tr("%1 has no %2").arg(&less == s.b.get() ? s.nameB : s.nameA, head),
                   tr("It has %1 layers of %2 heads. Choose a head that both have.").arg(less.layers()).arg(less.heads(0)));
}

bool CompareSources::layOver(State& s) const
{
    if (s.a->queries() != s.a->keys() || s.b->queries() != s.b->keys()) return false;
    if (m_alignedA != s.a || m_alignedB != s.b) {
        const std::vector<int> match = matchTokens(s.a->queryTokens(), s.b->queryTokens());
        int words = 0;
        m_alignedTokens = 0;
        m_alignedIn.assign(match.size(), 0);
        for (std::size_t i = 0; i < match.size(); ++i) {
            m_alignedIn[i] = match[i] >= 0;
            m_alignedTokens += m_alignedIn[i];
            words += match[i] >= 0 && !s.a->queryTokens()[i].special;
        }
        m_alignedA = s.a;
        m_alignedB = s.b;
        // A beginning-of-text token in common is no common text.
        m_aligned = words > 0 ? std::make_shared<AlignedSource>(s.b, s.a, match) : nullptr;
    }
    if (!m_aligned) return false;
    s.b = m_aligned;
    s.inB = m_alignedIn;
    s.tokens.common = s.a->queries();
    return true;
}

void CompareSources::alignSides(State& s) const
{
    s.tokens = alignTokens(s.a->queryTokens(), s.b->queryTokens());
    const int na = s.a->queries(), nb = s.b->queries();
    switch (s.tokens.kind) {
    case TokenAlignment::Kind::Equal: break;
    case TokenAlignment::Kind::SameLength:
        if (m_mode == CompareMode::Models) {
            s.tokens.common = 0;
            s.whyApart = tr("The two models read the prompt as different tokens: %1 of %2 differ, the first at position %3. A difference "
                            "of cells would compare different words, so none is shown.")
                             .arg(s.tokens.differing)
                             .arg(na)
                             .arg(s.tokens.firstDifference);
        } else {
            s.tokenNote = tr("%1 of %2 tokens differ; compared position by position").arg(s.tokens.differing).arg(na);
        }
        break;
    case TokenAlignment::Kind::Prefix:
        s.tokenNote = tr("A has %1 tokens, B %2; compared over the %3 they share").arg(na).arg(nb).arg(s.tokens.common);
        break;
    case TokenAlignment::Kind::Apart:
        if (m_mode == CompareMode::Prompts && layOver(s)) {
            s.tokenNote = tr("A has %1 tokens, B %2; compared over the %3 that both have in the same order. B stands at the tokens of A: "
                             "cells without a counterpart are empty and count nowhere, so its rows may sum to less than 1.")
                              .arg(na)
                              .arg(nb)
                              .arg(m_alignedTokens);
            break;
        }
        s.whyApart = tr("A has %1 tokens and B %2, and they differ from position %3 on. Cells of different words would be compared, so no "
                        "difference is shown.")
                         .arg(na)
                         .arg(nb)
                         .arg(s.tokens.firstDifference);
        break;
    }
}

}  // namespace hs::ui
