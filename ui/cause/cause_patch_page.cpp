// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/cause/cause_patch_page.h"

#include <QComboBox>
#include <QLabel>
#include <QLineEdit>
#include <QPushButton>
#include <QRegularExpression>
#include <cmath>
#include <limits>

#include "ui/bridge/error_text.h"
#include "ui/cause/cause_words.h"
#include "ui/kit/segment.h"
#include "ui/kit/token_paint.h"
#include "ui/map/patch_view.h"
#include "ui/state/intervention_text.h"
#include "ui/state/project.h"
#include "ui/state/selection.h"

namespace hs::ui {

namespace {

/// Ids as typed, for models without a tokeniser; nothing when something else stands there.
std::optional<std::vector<int>> idsOf(const QString& text)
{
    std::vector<int> ids;
    const QStringList parts = text.split(QRegularExpression(QStringLiteral("[\\s,;]+")), Qt::SkipEmptyParts);
    for (const QString& part : parts) {
        bool ok = false;
        ids.push_back(part.toInt(&ok));
        if (!ok) return std::nullopt;
    }
    return ids;
}

}  // namespace

CausePatchPage::CausePatchPage(const ViewContext& context, CauseQuestion* question, QWidget* parent)
    : CausePage(context, question, tr("Patching"), Asks::Answer, parent),
      m_patch(context.bridge, tr("Activation patching"), QStringLiteral("cause-patch")),
      m_path(context.bridge, tr("Path patching"), QStringLiteral("cause-patch")),
      m_tokens(context.bridge, tr("Tokens of the text"), QStringLiteral("cause-tokens"))
{
    buildForm();
    connectControls();
    connectAnswers();
    m_receiver->hide();
    refreshReceivers();
    refreshKeep();
}

void CausePatchPage::connectAnswers()
{
    m_tokens.onAnswer([this](const TokeniseResult& result) {
        m_corruptPrompt = result.prompt;
        m_corruptText = QString::fromStdString(result.text);
        m_corruptSpecial = result.special;
        align();
    });
    connect(&m_tokens, &OneAsk::ended, this, [this](const JobEnded& end) {
        if (end.state == JobState::Failed && end.error) m_alignment->setText(errorText(*end.error).what);
    });
    m_patch.onAnswer([this](const PatchResult& result) {
        m_shownCorrupt = m_askedCorrupt;
        setResult(result);
    });
    m_path.onAnswer([this](const PathPatchResult& result) {
        m_shownCorrupt = m_askedCorrupt;
        m_paths = result;
        m_result.reset();
        show();
    });
    for (OneAsk* ask : {static_cast<OneAsk*>(&m_patch), static_cast<OneAsk*>(&m_path)}) {
        follow(ask);
        connect(ask, &OneAsk::ended, this, [this](const JobEnded& end) {
            m_run->setEnabled(true);
            if (end.state == JobState::Cancelled) setProblem(tr("Cancelled; what was finished is kept."));
        });
    }
}

void CausePatchPage::refreshReceivers()
{
    const QString head = QString::fromStdString(headName(m_c.selection->head()));
    for (int i = 1; i < m_receiver->count(); ++i)
        m_receiver->setItemText(i, tr("to %1 of %2").arg(siteTitle(static_cast<Site>(m_receiver->itemData(i).toInt())), head));
}

QString CausePatchPage::statusText() const { return m_map->readout(); }

void CausePatchPage::refresh()
{
    const auto run = subject();
    const PromptEntry* entry = m_c.project->current();
    const bool runsAgain =
        !run && m_clean && entry && m_c.project->model() == m_clean->model && entry->text.toStdString() == m_clean->prompt->text;
    if (run != m_clean && !runsAgain) {
        // Other interventions on the same prompt: the map stays, and says what it was measured on.
        const bool same = run && m_clean && run->model == m_clean->model && run->prompt->ids() == m_clean->prompt->ids();
        m_clean = run;
        if (!same) {
            m_result.reset();
            m_paths.reset();
        }
        show();
    }
    m_run->setEnabled(run != nullptr && !busy());
    align();
}

SpecialText CausePatchPage::special() const
{
    const PromptEntry* entry = m_c.project->current();
    return entry && entry->spellSpecial ? SpecialText::Spell : SpecialText::Recognise;
}

void CausePatchPage::align()
{
    const auto& model = m_c.project->model();
    const QString text = corruptField()->text();
    if (m_clean && !text.isEmpty() && model && !model->tokenizer()) {
        const auto ids = idsOf(text);
        const std::vector<int> clean = m_clean->prompt->ids();
        if (!ids) return m_alignment->setText(tr("This model brings no tokeniser: type token ids, for example 12 7 305."));
        if (ids->size() != clean.size())
            return m_alignment->setText(
                QStringLiteral("<b>%1</b>").arg(tr("Not aligned: clean has %1 tokens, corrupted %2.").arg(clean.size()).arg(ids->size())));
        QStringList pairs;
        for (std::size_t i = 0; i < clean.size(); ++i)
            if (clean[i] != (*ids)[i]) pairs << QStringLiteral("%1: %2 → %3").arg(i).arg(clean[i]).arg((*ids)[i]);
        return m_alignment->setText(
            pairs.isEmpty()
                ? tr("Both prompts are the same: there is nothing to patch.")
                : tr("%1 tokens each, %2 differ: %3").arg(clean.size()).arg(pairs.size()).arg(pairs.mid(0, 8).join(QStringLiteral(" · "))));
    }
    if (!m_clean || text.isEmpty() || !model || !model->tokenizer())
        return m_alignment->setText(
            m_clean && text.isEmpty() ? tr("Clean: the prompt above. Patched runs are compared position by position.") : QString());
    if (!m_corruptPrompt || m_corruptText != text || m_corruptSpecial != special()) {
        m_tokens.start(TokeniseJob{model, text.toStdString(), special()});
        return;
    }
    const auto& a = m_clean->prompt->tokens;
    const auto& b = m_corruptPrompt->tokens;
    QStringList pairs;
    int differing = 0;
    for (std::size_t i = 0; i < std::min(a.size(), b.size()); ++i)
        if (a[i].id != b[i].id) {
            ++differing;
            if (pairs.size() < 8)
                pairs << QStringLiteral("%1: %2 → %3")
                             .arg(i)
                             .arg(visibleToken(QString::fromStdString(a[i].text)).toHtmlEscaped(),
                                  visibleToken(QString::fromStdString(b[i].text)).toHtmlEscaped());
        }
    QString words = a.size() == b.size()
                        ? tr("%1 tokens each, %2 differ: %3").arg(a.size()).arg(differing).arg(pairs.join(QStringLiteral(" · ")))
                        : tr("Not aligned: clean has %1 tokens, corrupted %2. They differ from %3")
                              .arg(a.size())
                              .arg(b.size())
                              .arg(pairs.isEmpty() ? tr("the end on") : pairs.first());
    if (a.size() == b.size() && differing == 0) words = tr("Both prompts are the same: there is nothing to patch.");
    if (a.size() != b.size()) words = QStringLiteral("<b>%1</b>").arg(words);
    m_alignment->setText(words);
}

void CausePatchPage::start()
{
    const auto run = subject();
    if (!run || busy()) return;
    const auto asked = target(*run);
    if (!asked) return;
    if (corruptField()->text().trimmed().isEmpty())
        return setProblem(tr("Type the corrupted prompt: this one with a word changed for another of as many tokens."));
    PatchPrompts prompts;
    prompts.clean = run;
    prompts.model = run->model;
    prompts.special = special();
    if (run->model->tokenizer()) prompts.corruptText = corruptField()->text().toStdString();
    else if (const auto ids = idsOf(corruptField()->text())) prompts.corruptIds = *ids;
    else return setProblem(tr("This model brings no tokeniser: type token ids, for example 12 7 305."));
    Metric metric;
    metric.kind = MetricKind::LogitDifference;
    metric.positions = {asked->position};
    metric.answer = asked->answer;
    metric.wrong = asked->wrong;
    const PatchDirection direction = m_direction->current() == 0 ? PatchDirection::Denoise : PatchDirection::Noise;
    const bool paths = m_site->currentData().toInt() == kPath;
    const int receiver = m_receiver->currentData().toInt();
    if (paths && receiver >= 0 && m_c.selection->head().layer == 0)
        return setProblem(
            tr("No head stands before %1: it is in the first layer, so no path leads to it. Select a head of a later layer in the atlas.")
                .arg(QString::fromStdString(headName(m_c.selection->head()))));
    m_askedCorrupt = corruptField()->text();
    setBusy(true, tr("Running both prompts"));
    m_run->setEnabled(false);  // what is shown stays until the first new cells are there
    if (paths) {
        PathPatchJob job{prompts, metric, {}};
        job.options.direction = direction;
        if (receiver >= 0) {
            HeadId head = m_c.selection->head();
            if (static_cast<Site>(receiver) != Site::Q) head.head = run->model->config().kvHeadOf(head.layer, head.head);
            job.options.receivers = {{head, static_cast<Site>(receiver)}};
        }
        m_path.start(std::move(job));
        return;
    }
    PatchJob job;
    job.prompts = prompts;
    job.metric = metric;
    job.options.site = static_cast<Site>(m_site->currentData().toInt());
    job.options.axes = m_axes->current() == 0 && isHeadSite(job.options.site) ? PatchAxes::LayerHead : PatchAxes::LayerPosition;
    job.options.direction = direction;
    job.exact = true;
    job.estimate = true;
    m_patch.start(std::move(job));
}

void CausePatchPage::refreshKeep()
{
    const bool measured = m_result && m_result->map && m_result->pair.corrupt;
    const bool noise = measured && m_result->map->options.direction == PatchDirection::Noise;
    const auto [r, k] = m_map->selected();
    m_keep->setEnabled(noise && r >= 0 && k >= 0);
    m_keep->setToolTip(
        !measured ? tr("Patch first, then choose a cell.")
        : !noise
            ? tr("This map changes the corrupted run. Choose Corrupted in and patch again: then a cell can be kept in the prompt above.")
        : r < 0 ? tr("Choose a cell.")
                : tr("Puts the corrupted prompt's activation into this run: listed under Interventions, one undo step"));
}

void CausePatchPage::keep()
{
    const auto [r, k] = m_map->selected();
    if (!m_result || !m_result->map || r < 0 || k < 0) return;
    const PatchOptions& o = m_result->map->options;
    const int layer = m_result->map->layers - 1 - r;
    const bool byHead = o.axes == PatchAxes::LayerHead;
    const auto patch = patchOf(m_result->pair.corrupt, o.site, layer, byHead ? k : -1, byHead ? o.positions : std::vector<int>{k});
    if (!patch) return setError(patch.error());
    Interventions list = m_c.project->interventions();
    list.insert(list.end(), patch->begin(), patch->end());
    m_c.project->changeInterventions(list, tr("keep a patch of layer %1").arg(layer));
}

void CausePatchPage::setResult(const PatchResult& result)
{
    m_result = result;
    m_paths.reset();
    show();
}

std::vector<double> CausePatchPage::reading(const PatchMap& map, PatchCells& cells)
{
    cells.quantity = tr("change in logits");
    cells.least = std::max(0.001, 0.1 * std::abs(map.clean - map.corrupt));  // colours are read against what there was to move
    if (m_scale->current() == 1) {
        if (const auto share = map.normalised()) {
            cells.top = 1;
            cells.quantity = tr("share of the difference");
            return *share;
        } else {
            m_refusal = causeProblem(share.error());
            setProblem(m_refusal);
        }
    }
    std::vector<double> out = map.value;
    const double from = map.options.direction == PatchDirection::Denoise ? map.corrupt : map.clean;
    for (double& v : out) v -= from;
    return out;
}

void CausePatchPage::showPaths(const PathMap& map)
{
    PatchMap as;  // the same arithmetic: a cell for each head
    as.options.direction = map.options.direction;
    as.layers = map.layers;
    as.heads = map.heads;
    as.positions = 1;
    as.value = map.value;
    as.clean = map.clean;
    as.corrupt = map.corrupt;
    PatchCells cells;
    cells.rowTitle = tr("layer");
    cells.columnTitle = tr("sending head");
    const std::vector<double> values = reading(as, cells);
    for (int h = 0; h < map.heads; ++h) cells.columns << QStringLiteral("H%1").arg(h);
    for (int l = map.layers - 1; l >= 0; --l) {
        cells.rows << QStringLiteral("L%1").arg(l);
        for (int h = 0; h < map.heads; ++h) cells.values.push_back(values[std::size_t(l) * std::size_t(map.heads) + std::size_t(h)]);
    }
    m_map->setCells(std::move(cells));
    refreshKeep();
    const PatchPair& pair = m_paths->pair;
    setShown(askedOf(pair));
    QString end = tr("the logits");
    m_figureName = QStringLiteral("path-patching-logits");
    if (!map.options.receivers.empty()) {
        const PathReceiver& r = map.options.receivers.front();
        const ModelConfig& config = pair.clean->model->config();
        const bool shared = r.site != Site::Q && siteHeads(config, r.site, r.head.layer) < config.heads(r.head.layer);
        const QString name = QString::fromStdString(headName(r.head));
        end = tr("%1 of %2").arg(siteTitle(r.site), shared ? tr("key/value head %1").arg(name) : name);
        m_figureName = QStringLiteral("path-patching-%1-%2").arg(name, QString::fromLatin1(siteName(r.site)));
    }
    m_figureTitle = tr("Path patching to %1").arg(end);
    m_title->setText(m_figureTitle);
    const bool denoise = map.options.direction == PatchDirection::Denoise;
    QStringList facts{
        denoise ? tr("Each head's z of the clean run enters the corrupted run along its direct paths to %1 only.").arg(end)
                : tr("Each head's z of the corrupted run enters the clean run along its direct paths to %1 only.").arg(end),
        tr("All other heads are frozen; MLPs and norms are computed again. Exact, %1 of %2 heads done.").arg(map.done).arg(map.total)};
    facts += question(pair, map.clean, map.corrupt);
    setFacts(facts);
}

CauseAsked CausePatchPage::askedOf(const PatchPair& pair) const
{
    const int last = pair.clean->queries() - 1;
    return {pair.clean,
            {pair.metric.positions.empty() ? last : pair.metric.positions.front(), pair.metric.answer, pair.metric.wrong},
            m_shownCorrupt};
}

QString CausePatchPage::howAgain() const { return tr("Patch computes it for the question above."); }

QStringList CausePatchPage::question(const PatchPair& pair, double clean, double corrupt) const
{
    const auto& tokens = pair.clean->queryTokens();
    const int at = pair.metric.positions.empty() ? pair.clean->queries() - 1 : pair.metric.positions.front();
    QStringList facts =
        measuredFacts(clean, corrupt, tokenText(pair.metric.answer), pair.metric.wrong >= 0 ? tokenText(pair.metric.wrong) : QString(),
                      visibleToken(QString::fromStdString(tokens[std::size_t(at)].text)));
    if (const QString conditioned = conditions(*pair.clean); !conditioned.isEmpty()) facts << conditioned;
    if (m_clean && m_clean->interventions != pair.clean->interventions)
        facts << tr("Measured before the interventions changed; Patch measures again.");
    return facts;
}

void CausePatchPage::show()
{
    if (!m_refusal.isEmpty() && problem() == m_refusal) setProblem({});
    m_refusal.clear();
    PatchCells cells;
    cells.rowTitle = tr("layer");
    const auto clear = [&] {
        m_title->setText(tr("Patching"));
        m_map->setCells({});
        setFacts({});
        setShown({});
        refreshKeep();
    };
    if (m_paths && m_paths->map) return showPaths(*m_paths->map);
    if (!m_result) return clear();
    const bool estimate = m_shown->current() == 1 || !m_result->map;  // it is there first, and stays when the exact cells are cancelled
    const auto& shown = estimate ? m_result->estimate : m_result->map;
    if (!shown) return clear();
    const PatchMap& map = *shown;
    const bool byHead = map.options.axes == PatchAxes::LayerHead;
    const auto& tokens = m_result->pair.clean->queryTokens();
    if (byHead)
        for (int h = 0; h < map.heads; ++h) cells.columns << QStringLiteral("H%1").arg(h);
    else
        for (int i = 0; i < map.positions; ++i) cells.columns << QString::fromStdString(tokens[std::size_t(i)].text);
    cells.tokenColumns = !byHead;
    const bool shared = byHead && map.heads < m_result->pair.clean->model->config().nHeads;
    cells.columnTitle = !byHead ? tr("position") : shared ? tr("key/value head") : tr("head");
    const std::vector<double> values = reading(map, cells);
    const int columns = byHead ? map.heads : map.positions;
    for (int l = map.layers - 1; l >= 0; --l) {
        cells.rows << QStringLiteral("L%1").arg(l);
        for (int k = 0; k < columns; ++k)
            cells.values.push_back(
                values[(std::size_t(l) * std::size_t(map.heads) + std::size_t(byHead ? k : 0)) * std::size_t(map.positions)
                       + std::size_t(byHead ? 0 : k)]);
    }
    m_map->setCells(std::move(cells));
    setShown(askedOf(m_result->pair));
    m_figureName = QStringLiteral("patching-%1").arg(QString::fromLatin1(siteName(map.options.site)));
    m_figureTitle = tr("Patching: %1").arg(siteTitle(map.options.site));
    m_title->setText(m_figureTitle);
    QStringList facts{map.options.direction == PatchDirection::Denoise
                          ? tr("Clean activations into the corrupted run, site: %1.").arg(siteTitle(map.options.site))
                          : tr("Corrupted activations into the clean run, site: %1.").arg(siteTitle(map.options.site))};
    facts += question(m_result->pair, map.clean, map.corrupt);
    const QString check = checkWords(m_result->check);
    facts << (estimate ? tr("Shown: estimate from one gradient (attribution patching).")
                       : tr("Shown: exact, every cell a forward pass; %1 of %2 cells done.").arg(map.done).arg(map.total));
    if (!check.isEmpty()) facts << check;
    setFacts(facts);
    refreshKeep();
}

FigureSubject CausePatchPage::figureSubject() const
{
    FigureSubject s;
    s.spec.kind = FigureKind::Drawing;
    QStringList facts = m_factList;
    const PatchPair* pair = m_paths ? &m_paths->pair : m_result ? &m_result->pair : nullptr;
    if (pair && pair->clean && pair->corrupt) {
        s.promptB = QString::fromStdString(pair->corrupt->prompt->text);
        facts << tr("Clean: “%1”. Corrupted: “%2”.").arg(QString::fromStdString(pair->clean->prompt->text), s.promptB);
    }
    s.spec.drawing = patchDrawing(m_map->cells(), m_figureName, m_figureTitle, facts);
    s.screen = m_map->size();
    return s;
}

}  // namespace hs::ui
