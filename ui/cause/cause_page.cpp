// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/cause/cause_page.h"

#include <QHBoxLayout>
#include <QLabel>
#include <QLineEdit>
#include <QPushButton>
#include <QVBoxLayout>
#include <algorithm>
#include <utility>

#include "engine/forward/metric.h"
#include "ui/bridge/ask.h"
#include "ui/bridge/error_text.h"
#include "ui/cause/cause_question.h"
#include "ui/cause/cause_words.h"
#include "ui/kit/grey_out.h"
#include "ui/kit/label.h"
#include "ui/kit/token_paint.h"
#include "ui/state/project.h"
#include "ui/state/selection.h"
#include "ui/theme/theme.h"

namespace hs::ui {

CausePage::CausePage(const ViewContext& context, CauseQuestion* question, const QString& title, Asks asks, QWidget* parent)
    : QWidget(parent), m_c(context), m_question(question), m_kind(asks)
{
    m_title = makeLabel(title, Ink::Text, Type::Base, true);
    m_title->setTextFormat(Qt::PlainText);
    m_bar = new QHBoxLayout;
    m_bar->setSpacing(measure::kControlGap);
    m_bar->addWidget(m_title, 1);
    m_problem = makeLabel({}, Ink::Text, Type::Base);
    m_problem->setObjectName(QStringLiteral("causeProblem"));
    m_problem->setWordWrap(true);
    m_problem->hide();
    m_stale = makeLabel({}, Ink::Text, Type::Base);
    m_stale->setObjectName(QStringLiteral("causeStale"));
    m_stale->setTextFormat(Qt::PlainText);
    m_stale->setWordWrap(true);
    m_stale->hide();
    m_busyRow = new QWidget;
    auto* busyRow = new QHBoxLayout(m_busyRow);
    busyRow->setContentsMargins(0, 0, 0, 0);
    m_busy = makeLabel({}, Ink::Muted, Type::Caption);
    m_cancel = new QPushButton(tr("Cancel"));
    m_cancel->setProperty("small", true);
    busyRow->addWidget(m_busy, 1);
    busyRow->addWidget(m_cancel);
    m_busyRow->hide();
    connect(m_cancel, &QPushButton::clicked, this, [this] {
        for (OneAsk* ask : m_asks) ask->cancel();
    });
    m_factsLabel = makeLabel({}, Ink::Muted, Type::Caption);
    m_factsLabel->setObjectName(QStringLiteral("causeFacts"));
    m_factsLabel->setWordWrap(true);
    m_factsLabel->setTextInteractionFlags(Qt::TextSelectableByMouse);
    m_body = new QVBoxLayout;
    m_body->setSpacing(8);
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(measure::kViewMargin, 6, measure::kViewMargin, 8);
    column->setSpacing(6);
    column->addLayout(m_bar);
    column->addWidget(m_problem);
    column->addWidget(m_stale);
    column->addLayout(m_body, 1);
    column->addWidget(m_busyRow);  // below: what is asked stays under the mouse while it is answered
    column->addWidget(m_factsLabel);
    for (const auto signal : {&Project::sourceChanged, &Project::modelChanged}) connect(m_c.project, signal, this, &CausePage::touch);
    connect(m_c.selection, &Selection::pairChanged, this, [this] {
        const int place = m_c.selection->locked() ? m_c.selection->query() : -1;  // released: the last token again
        if (place == std::exchange(m_place, place)) return;
        touch();
    });
    connect(question, &CauseQuestion::asked, this, [this] {
        // A page that has no answer to choose asks again only for what it lacks.
        if (m_kind == Asks::Answer || (isVisible() && !staleness().isEmpty())) touch();
    });
    connect(question, &CauseQuestion::edited, this, [this] {
        if (isVisible()) refreshStale();
    });
}

void CausePage::follow(OneAsk* ask)
{
    m_asks.push_back(ask);
    connect(ask, &OneAsk::progress, this, [this](double fraction, const QString& words) {
        if (fraction >= 0) m_busy->setText(words);
    });
    connect(ask, &OneAsk::ended, this, [this](const JobEnded& end) {
        setBusy(std::any_of(m_asks.begin(), m_asks.end(), [](const OneAsk* a) { return a->busy(); }));
        if (end.error && end.state != JobState::Stale) setError(*end.error);
        refreshStale();
    });
}

void CausePage::touch()
{
    m_dirty = true;
    if (!isVisible()) return;
    m_dirty = false;
    refresh();
    refreshStale();
}

void CausePage::showEvent(QShowEvent* event)
{
    QWidget::showEvent(event);
    if (m_dirty) touch();
    else refreshStale();
}

QString CausePage::problem() const { return m_problem->text(); }
QString CausePage::staleness() const { return m_stale->text(); }
QLineEdit* CausePage::answer() const { return m_question->answer(); }
QLineEdit* CausePage::wrong() const { return m_question->wrong(); }
QLineEdit* CausePage::corruptField() const { return m_question->corrupt(); }
QString CausePage::facts() const { return m_factsLabel->text(); }

std::shared_ptr<const Run> CausePage::subject()
{
    const PromptEntry* entry = m_c.project->current();
    const auto& model = m_c.project->model();
    if (!model) {
        setProblem(m_c.project->dump() ? causesNeedWeights() : tr("Open a model and run a prompt."));
        return nullptr;
    }
    if (!model->canPredict()) {
        setProblem(causesNeedOutput());
        return nullptr;
    }
    if (!entry || !entry->run || !entry->run->complete) {
        setProblem(entry && entry->run ? tr("This prompt has run through %1 of %2 layers; causes need all of them. Press Run.")
                                             .arg(entry->run->readyLayers())
                                             .arg(entry->run->layers())
                                       : tr("This prompt has not run yet. Press Run."));
        return nullptr;
    }
    setProblem({});
    return entry->run;
}

int CausePage::place(const Run& run) const
{
    const int last = run.queries() - 1;
    return m_c.selection->locked() && m_c.selection->query() >= 0 ? std::min(m_c.selection->query(), last) : last;
}

Result<LogitTarget> CausePage::resolve(const Run& run) const
{
    LogitTarget t;
    t.position = place(run);
    if (m_kind == Asks::PlaceOnly) return t;
    if (answer()->text().isEmpty()) {
        if (const auto next = topNext(run, t.position, 1); !next.empty()) t.answer = next.front().id;
    } else if (const Result<int> id = singleToken(*run.model, answer()->text().toStdString(), "answer")) t.answer = *id;
    else return id.error();
    if (wrong()->text().isEmpty()) return t;
    const Result<int> id = singleToken(*run.model, wrong()->text().toStdString(), "wrong");
    if (!id) return id.error();
    t.wrong = *id;
    return t;
}

std::optional<LogitTarget> CausePage::target(const Run& run)
{
    const Result<LogitTarget> t = resolve(run);
    if (!t) setError(t.error());
    if (!t || t->answer < 0) return std::nullopt;
    return *t;
}

bool CausePage::answersTheQuestion() const
{
    const PromptEntry* entry = m_c.project->current();
    if (!entry || entry->run != m_shown->run) return false;
    if (usesCorrupted() && corruptField()->text() != m_shown->corrupted) return false;
    const Result<LogitTarget> now = resolve(*m_shown->run);
    const LogitTarget& then = m_shown->target;
    return now && now->position == then.position && now->answer == then.answer && now->wrong == then.wrong;
}

void CausePage::setShown(std::optional<CauseAsked> shown)
{
    m_shown = std::move(shown);
    refreshStale();
}

QString CausePage::howAgain() const { return tr("Enter in the question above computes it again."); }

void CausePage::refreshStale()
{
    const bool stale = m_shown && m_shown->run && !answersTheQuestion();
    if (m_picture) setGreyedOut(m_picture, stale);
    m_stale->setVisible(stale);
    if (!stale) return m_stale->clear();
    const auto& tokens = m_shown->run->queryTokens();
    const QString place = visibleToken(QString::fromStdString(tokens[std::size_t(m_shown->target.position)].text)),
                  answer = tokenText(m_shown->target.answer);
    QStringList words{m_shown->target.answer < 0 ? tr("Grey: computed for what follows “%1”.").arg(place)
                      : m_shown->target.wrong < 0
                          ? tr("Grey: computed for “%1” after “%2”.").arg(answer, place)
                          : tr("Grey: computed for “%1” against “%2” after “%3”.").arg(answer, tokenText(m_shown->target.wrong), place)};
    if (usesCorrupted() && corruptField()->text() != m_shown->corrupted)
        words << tr("Corrupted prompt then: “%1”.").arg(m_shown->corrupted);
    const PromptEntry* entry = m_c.project->current();
    if (!entry || entry->run != m_shown->run) words << tr("The run above has changed since.");
    const bool busy = std::any_of(m_asks.begin(), m_asks.end(), [](const OneAsk* a) { return a->busy(); });
    words << (busy ? tr("It is being computed again.") : howAgain());
    m_stale->setText(words.join(QLatin1Char(' ')));
}

QString CausePage::tokenText(int id) const
{
    const auto& model = m_c.project->model();
    if (!model || !model->tokenizer() || id < 0) return QStringLiteral("#%1").arg(id);
    const QString text = visibleToken(QString::fromStdString(model->tokenizer()->decode(std::vector<int>{id})));
    const bool readable = !text.isEmpty() && std::all_of(text.begin(), text.end(), [](QChar c) {
        return c.isPrint() && c != QChar(QChar::ReplacementCharacter);
    });
    // Special tokens and bytes say nothing as text: by their names in the vocabulary.
    if (readable || id >= model->tokenizer()->vocabSize()) return readable ? text : QStringLiteral("#%1").arg(id);
    const QString name = QString::fromStdString(model->tokenizer()->piece(id));
    return name.isEmpty() ? QStringLiteral("#%1").arg(id) : name;
}

QString CausePage::conditions(const Run& run) const
{
    const std::size_t n = run.interventions.size();
    return n == 0   ? QString()
           : n == 1 ? tr("1 intervention is in force in this run.")
                    : tr("%1 interventions are in force in this run.").arg(n);
}

void CausePage::setProblem(const QString& text)
{
    m_problem->setText(text);
    m_problem->setVisible(!text.isEmpty());
}

void CausePage::setError(const Error& error)
{
    if (error.code == ErrorCode::Cancelled) return setProblem(tr("Cancelled; what was finished is kept."));
    QString words = causeProblem(error);
    if (words.isEmpty()) {
        const ErrorText text = errorText(error);
        words = text.what + QLatin1Char(' ') + text.next;
    }
    setProblem(words);
}

void CausePage::setFacts(const QStringList& facts)
{
    m_factList = facts;
    m_factList.removeAll(QString());
    m_factsLabel->setText(m_factList.join(QLatin1Char(' ')));
    Q_EMIT factsChanged();
}

void CausePage::setBusy(bool busy, const QString& words)
{
    if (!words.isEmpty()) m_busy->setText(words);
    m_busyRow->setVisible(busy);
}

}  // namespace hs::ui
