// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/prune/prune_dialogs.h"

#include <QButtonGroup>
#include <QDialogButtonBox>
#include <QDir>
#include <QDoubleSpinBox>
#include <QFileDialog>
#include <QFileInfo>
#include <QGridLayout>
#include <QLabel>
#include <QLineEdit>
#include <QPushButton>
#include <QRadioButton>
#include <QSpinBox>
#include <QVBoxLayout>
#include <cmath>
#include <tuple>

#include "engine/session/jobs/pruning.h"
#include "ui/kit/label.h"
#include "ui/kit/numbers.h"
#include "ui/kit/save_dialog.h"
#include "ui/prune/prune_controller.h"
#include "ui/prune/prune_orders_form.h"
#include "ui/state/open_inputs.h"
#include "ui/state/project.h"
#include "ui/theme/theme.h"

namespace hs::ui {

namespace {

void paperBackground(QDialog* dialog)
{
    QPalette p = dialog->palette();
    p.setColor(QPalette::Window, ink(Ink::Paper));
    dialog->setPalette(p);
}

QLabel* words(const QString& text, Ink token = Ink::Muted)
{
    QLabel* label = makeLabel(text, token, Type::Caption);
    label->setWordWrap(true);
    return label;
}

}  // namespace

PruneTextDialog::PruneTextDialog(const PruneSettings& settings, bool tokeniser, QWidget* parent)
    : QDialog(parent), m_settings(settings), m_tokeniser(tokeniser)
{
    setObjectName(QStringLiteral("pruneTextDialog"));
    setWindowTitle(tr("Texts and orders of the pruning bench"));
    paperBackground(this);
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(16, 12, 16, 12);
    column->setSpacing(10);
    column->addWidget(build(m_test, tr("Test text"), tr("Losses and curves are measured on it."), settings.test));
    column->addWidget(makeHairline());
    column->addWidget(build(m_calibration, tr("Calibration text"),
                            tr("Which head to cut is decided on it; means and resampled values come from it."), settings.calibration));
    column->addWidget(makeHairline());
    m_orders = new PruneOrdersForm(settings);
    connect(m_orders, &PruneOrdersForm::changed, this, &PruneTextDialog::refresh);
    column->addWidget(m_orders);
    m_same = words({});
    column->addWidget(m_same);
    auto* buttons = new QHBoxLayout;
    auto* cancel = new QPushButton(tr("Cancel"), this);
    m_ok = new QPushButton(tr("Use these settings"), this);
    m_ok->setProperty("primary", true);
    m_ok->setDefault(true);
    cancel->setAutoDefault(false);
    buttons->addStretch();
    buttons->addWidget(cancel);
    buttons->addWidget(m_ok);
    column->addLayout(buttons);
    connect(cancel, &QPushButton::clicked, this, &QDialog::reject);
    connect(m_ok, &QPushButton::clicked, this, [this] {
        Q_EMIT chosen(this->settings());
        accept();
    });
    refresh();
    setMinimumWidth(520);
}

QWidget* PruneTextDialog::build(Form& form, const QString& title, const QString& what, const PruneText& text)
{
    auto* box = new QWidget;
    auto* column = new QVBoxLayout(box);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(4);
    column->addWidget(makeLabel(title, Ink::Text, Type::Base, true));
    column->addWidget(words(what));
    form.passages = new QRadioButton(tr("Written passages that come with the program"));
    form.sampled = new QRadioButton(tr("Passages sampled from the sample model"));
    form.files = new QRadioButton(tr("Own text"));
    form.tokens = new QRadioButton(tr("Token ids: separated by commas, one prompt a line"));
    form.file = new QPushButton(tr("File …"));
    form.folder = new QPushButton(tr("Folder …"));
    form.ids = new QPushButton(tr("File …"));
    form.ids->setAccessibleName(tr("File of token ids"));
    form.names = words({});
    form.idsName = words({});
    auto* group = new QButtonGroup(box);
    form.file->setEnabled(m_tokeniser);
    form.folder->setEnabled(m_tokeniser);
    for (QRadioButton* r : {form.passages, form.sampled, form.files, form.tokens}) {
        group->addButton(r);
        r->setEnabled(m_tokeniser || r == form.tokens);
        if (!r->isEnabled()) r->setToolTip(tr("This model brings no tokeniser: text cannot become its tokens."));
        connect(r, &QRadioButton::toggled, this, [this] { refresh(); });
    }
    // What is chosen in files stands in the line of its choice: the dialog stays low enough for small screens.
    const auto withFiles = [column](QRadioButton* choice, std::initializer_list<QPushButton*> buttons, QLabel* name) {
        auto* line = new QHBoxLayout;
        line->setSpacing(measure::kControlGap);
        line->addWidget(choice);
        for (QPushButton* b : buttons) {
            b->setProperty("small", true);
            b->setAutoDefault(false);
            line->addWidget(b);
        }
        name->setWordWrap(false);
        line->addWidget(name, 1);
        column->addLayout(line);
    };
    column->addWidget(form.passages);
    column->addWidget(form.sampled);
    withFiles(form.files, {form.file, form.folder}, form.names);
    withFiles(form.tokens, {form.ids}, form.idsName);
    (!m_tokeniser || text.source == PruneText::Source::Tokens ? form.tokens
     : text.source == PruneText::Source::Passages             ? form.passages
     : text.source == PruneText::Source::Sampled              ? form.sampled
                                                              : form.files)
        ->setChecked(true);
    (text.source == PruneText::Source::Tokens ? form.idsPath : form.paths) = text.files;
    connect(form.ids, &QPushButton::clicked, this, [this, &form] {
        auto* dialog = new QFileDialog(this, tr("File of token ids"));
        dialog->setAttribute(Qt::WA_DeleteOnClose);
        dialog->setFileMode(QFileDialog::ExistingFile);
        dialog->setNameFilters({tr("Token ids (*.txt *.csv *.ids)"), tr("All files (*)")});
        connect(dialog, &QFileDialog::fileSelected, this, [this, &form](const QString& path) {
            form.idsPath = {path};
            form.tokens->setChecked(true);
            refresh();
        });
        dialog->open();
    });
    const auto choose = [this, &form](bool folder) {
        auto* dialog = new QFileDialog(this, folder ? tr("Folder of texts") : tr("Text files"));
        dialog->setAttribute(Qt::WA_DeleteOnClose);
        dialog->setFileMode(folder ? QFileDialog::Directory : QFileDialog::ExistingFiles);
        if (!folder) dialog->setNameFilters({tr("Text (*.txt)"), tr("All files (*)")});
        connect(dialog, &QFileDialog::filesSelected, this, [this, &form](const QStringList& paths) {
            form.paths = paths;
            form.files->setChecked(true);
            refresh();
        });
        dialog->open();
    };
    connect(form.file, &QPushButton::clicked, this, [choose] { choose(false); });
    connect(form.folder, &QPushButton::clicked, this, [choose] { choose(true); });
    auto* size = new QHBoxLayout;
    form.count = new QSpinBox;
    form.count->setRange(2, 1000);
    form.count->setValue(text.passages);
    form.count->setAccessibleName(tr("Most passages"));
    form.length = new QSpinBox;
    form.length->setRange(8, 2048);
    form.length->setValue(text.length);
    form.length->setAccessibleName(tr("Most tokens of a passage"));
    size->addWidget(new QLabel(tr("At most")));
    size->addWidget(form.count);
    size->addWidget(new QLabel(tr("passages of")));
    size->addWidget(form.length);
    size->addWidget(new QLabel(tr("tokens")));
    size->addStretch();
    column->addLayout(size);
    return box;
}

PruneText PruneTextDialog::read(const Form& form) const
{
    PruneText t;
    t.source = form.passages->isChecked()  ? PruneText::Source::Passages
               : form.sampled->isChecked() ? PruneText::Source::Sampled
               : form.tokens->isChecked()  ? PruneText::Source::Tokens
                                           : PruneText::Source::Files;
    if (t.ownFiles()) t.files = t.source == PruneText::Source::Tokens ? form.idsPath : form.paths;
    t.passages = form.count->value();
    t.length = form.length->value();
    return t;
}

PruneSettings PruneTextDialog::settings() const
{
    PruneSettings s = m_settings;
    s.test = read(m_test);
    s.calibration = read(m_calibration);
    m_orders->write(s);
    return s;
}

void PruneTextDialog::refresh()
{
    if (!m_ok) return;  // still being built
    const PruneSettings s = settings();
    for (Form* f : {&m_test, &m_calibration})
        for (const auto& [label, paths, on] : {std::tuple{f->names, f->paths, f->files}, std::tuple{f->idsName, f->idsPath, f->tokens}})
            label->setText(!paths.isEmpty() ? QFileInfo(paths.first()).fileName()
                                                  + (paths.size() > 1 ? tr(" and %1 more").arg(paths.size() - 1) : QString())
                           : on->isChecked() ? tr("nothing chosen yet")
                                             : QString());
    const bool lacking = (s.test.ownFiles() && s.test.files.isEmpty()) || (s.calibration.ownFiles() && s.calibration.files.isEmpty());
    m_ok->setEnabled(!lacking && !s.orders.empty());
    m_ok->setToolTip(lacking ? tr("Choose a file or a folder.") : s.orders.empty() ? tr("Choose at least one order.") : QString());
    m_same->setText(!lacking && sameText(s.test, s.calibration)
                        ? tr("Both are the same text: a cut will look better on it than on any other.")
                        : QString());
}

PruneBudgetDialog::PruneBudgetDialog(const PruneBench& bench, QWidget* parent) : QDialog(parent), m_bench(bench)
{
    setObjectName(QStringLiteral("pruneBudgetDialog"));
    setWindowTitle(tr("Prune to a budget"));
    paperBackground(this);
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(16, 12, 16, 12);
    column->setSpacing(10);
    auto* row = new QHBoxLayout;
    row->addWidget(new QLabel(tr("Loss at most")));
    m_percent = new QDoubleSpinBox;
    m_percent->setRange(0, 200);
    m_percent->setDecimals(1);
    m_percent->setSingleStep(0.5);
    m_percent->setValue(2);
    m_percent->setSuffix(tr(" %"));
    m_percent->setAccessibleName(tr("Loss at most, in percent above all heads on"));
    row->addWidget(m_percent);
    row->addWidget(new QLabel(tr("above all heads on")));
    row->addStretch();
    column->addLayout(row);
    m_words = words({});
    m_words->setObjectName(QStringLiteral("budgetWords"));
    column->addWidget(m_words);
    auto* buttons = new QHBoxLayout;
    auto* cancel = new QPushButton(tr("Cancel"), this);
    auto* ok = new QPushButton(tr("Cut"), this);
    ok->setProperty("primary", true);
    ok->setDefault(true);
    cancel->setAutoDefault(false);
    buttons->addStretch();
    buttons->addWidget(cancel);
    buttons->addWidget(ok);
    column->addLayout(buttons);
    connect(m_percent, &QDoubleSpinBox::valueChanged, this, &PruneBudgetDialog::refresh);
    connect(cancel, &QPushButton::clicked, this, &QDialog::reject);
    connect(ok, &QPushButton::clicked, this, [this] {
        Q_EMIT chosen(percent());
        accept();
    });
    refresh();
    setMinimumWidth(420);
}

double PruneBudgetDialog::percent() const { return m_percent->value(); }

void PruneBudgetDialog::refresh()
{
    const PruningSeries* leading = m_bench.leading();
    const auto loss = m_bench.textLoss();
    QString text =
        loss ? tr("That is at most %1 nats per token on the test text.").arg(numberText(*loss * (1 + percent() / 100), 4)) : QString();
    if (leading && leading->complete) {
        const auto choice = withinBudget(*leading, percent());
        text += QLatin1Char(' ');
        text += choice && !choice->cut.empty() ? tr("%1: %2 heads off, loss %3 (%4 %).")
                                                     .arg(orderTitle(leading->order, m_bench.curve()->spec))
                                                     .arg(choice->cut.size())
                                                     .arg(numberText(choice->loss, 4), numberText(choice->change * 100, 2, true))
                                               : tr("No head can be cut within it.");
    } else text += QLatin1Char(' ') + tr("The curve is measured first; the cut follows when it is done.");
    m_words->setText(text.trimmed());
}

PruneSaveDialog::PruneSaveDialog(const ViewContext& context, PruneController* controller, QWidget* parent)
    : QDialog(parent), m_c(context), m_controller(controller)
{
    setObjectName(QStringLiteral("pruneSaveDialog"));
    setWindowTitle(tr("Save pruned model"));
    paperBackground(this);
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(16, 12, 16, 12);
    column->setSpacing(10);
    m_what = words({}, Ink::Text);
    m_what->setObjectName(QStringLiteral("prunedWhat"));
    column->addWidget(m_what);
    auto* row = new QHBoxLayout;
    m_path = new QLineEdit;
    m_path->setObjectName(QStringLiteral("prunedPath"));
    m_path->setAccessibleName(tr("File"));
    m_path->setFont(Theme::instance().tokenFont());
    auto* browse = new QPushButton(tr("Choose …"));
    browse->setAutoDefault(false);
    row->addWidget(m_path, 1);
    row->addWidget(browse);
    column->addLayout(row);
    m_result = words({}, Ink::Text);
    m_result->setObjectName(QStringLiteral("prunedResult"));
    m_result->setTextInteractionFlags(Qt::TextSelectableByMouse);
    column->addWidget(m_result);
    m_error = words({}, Ink::Bad);
    m_error->setObjectName(QStringLiteral("prunedError"));
    column->addWidget(m_error);
    auto* buttons = new QHBoxLayout;
    m_compare = new QPushButton(tr("Open in Compare"), this);
    m_compare->setObjectName(QStringLiteral("openInCompare"));
    m_compare->setEnabled(false);
    m_close = new QPushButton(tr("Cancel"), this);
    m_write = new QPushButton(tr("Write and check"), this);
    m_write->setObjectName(QStringLiteral("writePruned"));
    m_write->setProperty("primary", true);
    m_write->setDefault(true);
    for (QPushButton* b : {m_compare, m_close}) b->setAutoDefault(false);
    buttons->addWidget(m_compare);
    buttons->addStretch();
    buttons->addWidget(m_close);
    buttons->addWidget(m_write);
    column->addLayout(buttons);
    setMinimumWidth(560);
    const QFileInfo model(m_c.project->path());
    setPath(QDir::home().filePath(model.completeBaseName() + QStringLiteral("-pruned.h5")));
    connect(browse, &QPushButton::clicked, this, [this] {
        auto* dialog = new SaveDialog(this, tr("Save pruned model"), openInputs());
        dialog->selectFile(m_path->text());
        dialog->setNameFilter(tr("HDF5 (*.h5)"));
        dialog->setDefaultSuffix(QStringLiteral("h5"));
        connect(dialog, &QFileDialog::fileSelected, this, &PruneSaveDialog::setPath);
        dialog->open();
    });
    connect(m_write, &QPushButton::clicked, this, &PruneSaveDialog::write);
    connect(m_close, &QPushButton::clicked, this, &QDialog::reject);
    connect(m_compare, &QPushButton::clicked, this, [this] {
        Q_EMIT compareRequested(m_written);
        accept();
    });
    connect(m_path, &QLineEdit::textChanged, this, [this] { refresh(); });
    connect(controller, &PruneController::prunedWritten, this, [this](const WritePrunedResult& r) {
        m_written = QString::fromStdString(r.path);
        const auto mb = [](std::size_t bytes) { return numberText(double(bytes) / 1e6, 2); };
        QStringList lines;
        if (r.bytesBefore > 0) lines << tr("File: %1 → %2 MB").arg(mb(r.bytesBefore), mb(r.bytesAfter));
        lines << tr("Weights: %1 → %2").arg(countText(qint64(r.weightsBefore)), countText(qint64(r.weightsAfter)));
        lines << tr("Forward pass of the prompt, median: %1 → %2 ms")
                     .arg(numberText(r.secondsBefore * 1000, 2), numberText(r.secondsAfter * 1000, 2));
        lines << tr("Opened again; largest difference of any logit from the masked model: %1")
                     .arg(QString::number(r.largestDifference, 'g', 2));
        m_result->setText(lines.join(QLatin1Char('\n')));
        m_compare->setEnabled(true);
        m_close->setText(tr("Close"));
        refresh();
        layout()->activate();
        adjustSize();  // the words below the path need their lines
    });
    connect(controller, &PruneController::failed, this, [this](const ErrorText& text, const Error&) {
        m_error->setText(QStringLiteral("%1. %2\n%3").arg(text.title, text.what, text.next));
        refresh();
        layout()->activate();
        adjustSize();
    });
    connect(controller, &PruneController::stateChanged, this, &PruneSaveDialog::refresh);
    refresh();
}

void PruneSaveDialog::setPath(const QString& path) { m_path->setText(path); }
QString PruneSaveDialog::resultText() const { return m_result->text(); }
QString PruneSaveDialog::problem() const { return m_error->text(); }

void PruneSaveDialog::refresh()
{
    const PruneBench& bench = *m_controller->bench();
    const auto cuts = bench.cuts();
    QStringList names;
    for (const HeadId head : cuts) names << QString::fromStdString(headName(head));
    QString what = cuts.empty()
                       ? tr("All heads are on, so there is nothing to leave out: switch heads off in the atlas first.")
                       : tr("%1 of %2 heads are left out: %3.")
                             .arg(cuts.size())
                             .arg(bench.headCount())
                             .arg(names.size() > 16 ? QStringList(names.mid(0, 16)).join(QStringLiteral(", ")) + QStringLiteral(" …")
                                                    : names.join(QStringLiteral(", ")));
    std::vector<int> left(std::size_t(m_c.project->model() ? m_c.project->model()->config().nLayers : 0), 0);
    for (const HeadId head : bench.allHeads()) ++left[std::size_t(head.layer)];
    for (const HeadId head : cuts) --left[std::size_t(head.layer)];
    QStringList empty;
    for (std::size_t l = 0; l < left.size(); ++l)
        if (left[l] == 0) empty << QString::number(l);
    if (!empty.isEmpty())
        what +=
            QLatin1Char(' ')
            + (empty.size() == 1 ? tr("Layer %1 keeps no head: its attention adds only its bias.").arg(empty.first())
                                 : tr("Layers %1 keep no head: their attention adds only its bias.").arg(empty.join(QStringLiteral(", "))));
    const AblationKind kind = bench.settings().ablation;
    if (kind == AblationKind::Mean) what += QLatin1Char(' ') + tr("What a cut head writes on average is folded into the output bias.");
    else if (kind == AblationKind::Resample)
        what += QLatin1Char(' ') + tr("Resampling cannot be written into a file: choose Zero or Mean.");
    m_what->setText(what);
    const bool can = kind != AblationKind::Resample && !cuts.empty() && !m_path->text().trimmed().isEmpty();
    m_write->setEnabled(can && !m_controller->writing());
    m_write->setText(m_controller->writing() ? tr("Writing …") : m_path->text() == m_written ? tr("Write again") : tr("Write and check"));
}

void PruneSaveDialog::write()
{
    m_error->clear();
    m_result->clear();
    m_compare->setEnabled(false);
    const QFileInfo file(m_path->text().trimmed());
    if (file.absoluteFilePath() == QFileInfo(m_c.project->path()).absoluteFilePath()) {
        m_error->setText(tr("That is the open model itself: give another name, so that nothing is lost."));
        return;
    }
    const QString path = file.absoluteFilePath();
    whenMayWrite(this, {path}, openInputs(), [this, path] { m_controller->writePruned(path); });
}

}  // namespace hs::ui
