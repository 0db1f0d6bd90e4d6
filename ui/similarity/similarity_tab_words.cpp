// SPDX-License-Identifier: GPL-3.0-or-later
// What the Similarity tab says: the lines under the picture, and the panel in its place while there is none.
#include <QLabel>
#include <QStackedLayout>
#include <algorithm>
#include <cmath>

#include "ui/bridge/error_text.h"
#include "ui/kit/numbers.h"
#include "ui/kit/state_panel.h"
#include "ui/similarity/matrix_view.h"
#include "ui/similarity/measure_words.h"
#include "ui/similarity/similarity_store.h"
#include "ui/similarity/similarity_tab.h"
#include "ui/similarity/similarity_words.h"
#include "ui/state/project.h"
#include "ui/state/selection.h"

namespace hs::ui {

namespace {

/// Two different heads with a number together.
bool anyValue(const HeadMatrix& m)
{
    const bool all = comparesAll(m);
    for (std::size_t r = 0; r < m.rows.size(); ++r)
        for (std::size_t c = 0; c < m.cols.size(); ++c)
            if (!(all && r == c) && std::isfinite(m.value(r, c))) return true;
    return false;
}

}  // namespace

void SimilarityTab::refreshWords()
{
    const auto& m = m_store->matrix();
    m_groups->clear();
    m_words->clear();
    const bool shown = page() == MatrixPage || page() == MapPage;
    m_groups->setVisible(shown);
    m_words->setVisible(shown);
    if (!m || !shown) return;
    QStringList words;
    const MatrixScene& scene = m_matrix->scene();
    const int decimals = measureDecimals(m->measure);
    if (page() == MatrixPage)
        words << (isDistance(m->measure) ? tr("strong colours: alike, %1 to %2").arg(numberText(scene.low, 1), numberText(scene.high, 1))
                  : scene.low > 0        ? tr("colours from the random level %1 to the largest value %2")
                                        .arg(numberText(scene.low, decimals), numberText(scene.high, decimals))
                                  : tr("colours from %1 to %2").arg(numberText(scene.low, 0), numberText(scene.high, decimals)));
    if (m->pairing && !m->pairing->sameRole()) words << tr("hatched: the source does not lie in an earlier layer");
    if (!m->corpus.empty())
        words << (measureInfo(m->measure).input == MeasureInput::Patterns ? tr("on %1, %2 rows compared") : tr("on %1, %2 tokens"))
                     .arg(QString::fromStdString(m->corpus), countText(m->samples));
    if (const auto& b = m_store->behaviour()) {
        if (measureInfo(m->measure).input == MeasureInput::Outputs && b->tokens < b->recommendedTokens)
            words << tr("fewer than %1 tokens: numbers come out too high").arg(countText(b->recommendedTokens));
        if (measureInfo(m->measure).input == MeasureInput::Patterns && b->contentView)
            words << tr("weights on reference tokens (first token, separators) are taken out");
    }
    if (m_store->partial()) words << tr("more text is coming");
    words += noteWords(m->notes);
    m_words->setText(words.join(QStringLiteral(" · ")));

    QStringList parts;
    const int row = rowOf(m_c.selection->head(), false);
    if (row >= 0) {
        QStringList near;
        for (const int c : nearestHeads(*m, row, 5))
            near << QStringLiteral("%1 %2").arg(QString::fromStdString(m->cols.heads[std::size_t(c)].label),
                                                numberText(m->value(std::size_t(row), std::size_t(c)),
                                                           std::min(2, fewMeasureDecimals(m->measure))));
        if (!near.isEmpty())
            parts << tr("Nearest to %1: %2")
                         .arg(QString::fromStdString(m->rows.heads[std::size_t(row)].label), near.join(QStringLiteral(", ")));
    }
    if (const auto& c = m_store->clusters(); c && c->matrix == m) {
        int real = 0;
        for (const HeadGroup& g : c->groups) real += g.members.size() > 1;
        if (c->best.mean > 0)
            parts << (real == 1 ? tr("one group of two or more heads, mean silhouette %1").arg(numberText(c->best.mean, 2))
                                : tr("%1 groups of two or more heads, mean silhouette %2").arg(real).arg(numberText(c->best.mean, 2)));
        else parts << tr("No cut into groups has a positive silhouette");
        for (const HeadGroup& g : c->groups)
            if (std::find(g.members.begin(), g.members.end(), row) != g.members.end() && g.members.size() > 1)
                parts << tr("this head's group: %1 heads around %2%3")
                             .arg(g.members.size())
                             .arg(QString::fromStdString(m->rows.heads[std::size_t(g.medoid)].label),
                                  g.allSinks ? tr(", all sinks: alike because idle") : QString());
    }
    if (page() == MapPage && m_store->map())
        parts << (m_store->map()->explained < 0.5
                      ? tr("the plane explains only %1 % of the distances, stress %2: points that lie together need not be alike")
                      : tr("the plane explains %1 % of the distances, stress %2"))
                     .arg(std::lround(100 * m_store->map()->explained))
                     .arg(numberText(m_store->map()->stress, 2));
    m_groups->setText(parts.join(QStringLiteral(" · ")));
}

void SimilarityTab::refreshState()
{
    const auto& matrix = m_store->matrix();
    if (page() == ReferencePageIndex || page() == HeadPage || page() == RankingPageIndex) {  // they speak for themselves
        m_stack->setCurrentIndex(0);
        return m_state->clearProgress();
    }
    const int able = m_store->comparable();
    const bool nothing = matrix && (needsAll() ? able < 2 : !anyValue(*matrix));
    const bool waitingForMap = page() == MapPage && matrix && !m_store->map() && !nothing,
               waitingForGroups = page() == GroupPage && matrix && !m_store->clusters() && !nothing;
    if (matrix && !m_store->error() && !waitingForMap && !waitingForGroups && !nothing) {
        m_stack->setCurrentIndex(0);
        return m_state->clearProgress();
    }
    StateContent content;
    const QString reason = m_store->impossible();
    if (!reason.isEmpty()) {
        content.title = tr("Nothing to compare");
        content.sentence = reason;
        if (needsCorpus(m_store->settings().measure) && m_c.project->model() && m_c.project->model()->canRun())
            content.buttons << StateButton{QStringLiteral("text"), tr("Choose text"), true, {}};
    } else if (m_store->error() && m_store->error()->code == ErrorCode::Cancelled) {
        content.title = tr("Cancelled");
        content.sentence = tr("The heads were not compared.");
        content.buttons << StateButton{QStringLiteral("again"), tr("Compare them"), true, {}};
    } else if (m_store->error()) {
        const ErrorText text = errorText(*m_store->error());
        content.bad = true;
        content.title = text.title;
        content.sentence = text.what;
        content.note = text.next;
    } else if (nothing) {
        content.title = tr("Nothing to compare");
        const bool oneLayer = m_c.project->model() && m_c.project->model()->config().nLayers < 2;
        NoValue why = NoValue::None;
        for (std::size_t i = 0; i < matrix->rows.size() && why == NoValue::None; ++i) why = matrix->rows.heads[i].fault;
        for (std::size_t i = 0; i < matrix->cols.size() && why == NoValue::None; ++i) why = matrix->cols.heads[i].fault;
        if (matrix->rows.size() < 2 && comparesAll(*matrix))
            content.sentence = tr("This model has one head: there is no other to compare it with.");
        else if (oneLayer && !comparesAll(*matrix))
            content.sentence = tr("This model has one layer: no head lies before another. QQ, KK, VV and OO compare the heads of a layer.");
        else if (why != NoValue::None) content.sentence = tr("No two heads have a number together: %1.").arg(reasonWord(why));
        else content.sentence = tr("No two heads have a number together.");
        if (!comparesAll(*matrix)) content.buttons << StateButton{QStringLiteral("same"), tr("Compare outputs (OO)"), true, {}};
    } else if (waitingForGroups) {
        content.title = m_store->partial() ? tr("Groups are made when all text is read") : tr("Grouping heads");
    } else {
        content.title = waitingForMap ? m_store->partial() ? tr("Heads are placed when all text is read") : tr("Placing heads by likeness")
                                      : tr("Comparing all heads");
    }
    if (!(m_state->content() == content)) m_state->setContent(content);
    if (!m_store->busy()) m_state->clearProgress();
    m_stack->setCurrentIndex(1);
}

}  // namespace hs::ui
