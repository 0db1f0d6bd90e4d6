// SPDX-License-Identifier: GPL-3.0-or-later
// The widgets of the export dialog.
#include <QButtonGroup>
#include <QCheckBox>
#include <QComboBox>
#include <QDoubleSpinBox>
#include <QFileDialog>
#include <QFontDatabase>
#include <QFrame>
#include <QGridLayout>
#include <QLabel>
#include <QLineEdit>
#include <QPushButton>
#include <QRadioButton>
#include <QVBoxLayout>
#include <cmath>

#include "ui/export/export_dialog.h"
#include "ui/export/figure_preview.h"
#include "ui/export/figure_print.h"
#include "ui/kit/segment.h"
#include "ui/theme/theme.h"

namespace hs::ui {

namespace {

QLabel* caption(const QString& words = {})
{
    auto* label = new QLabel(words);
    label->setFont(Theme::instance().font(Type::Caption));
    QPalette p = label->palette();
    p.setColor(QPalette::WindowText, ink(Ink::Muted));
    label->setPalette(p);
    return label;
}

QFrame* rule()
{
    auto* line = new QFrame;
    line->setFixedHeight(1);
    line->setAutoFillBackground(true);
    QPalette p = line->palette();
    p.setColor(QPalette::Window, ink(Ink::Hair));
    line->setPalette(p);
    return line;
}

QHBoxLayout* rowOf(std::initializer_list<QWidget*> widgets, bool stretch = true)
{
    auto* row = new QHBoxLayout;
    row->setContentsMargins(0, 0, 0, 0);
    row->setSpacing(measure::kControlGap);
    for (QWidget* w : widgets) row->addWidget(w);
    if (stretch) row->addStretch();
    return row;
}

int nearest(double value, std::initializer_list<double> sizes)
{
    int best = 0, i = 0;
    double gap = 1e9;
    for (const double s : sizes) {
        if (std::abs(s - value) < gap) {
            gap = std::abs(s - value);
            best = i;
        }
        ++i;
    }
    return best;
}

/// Names at the left, controls at the right.
class FormGrid {
public:
    explicit FormGrid(int spacing) : m_grid(new QGridLayout)
    {
        m_grid->setContentsMargins(0, 0, 0, 0);
        m_grid->setHorizontalSpacing(12);
        m_grid->setVerticalSpacing(spacing);
        m_grid->setColumnMinimumWidth(0, 92);
    }
    void add(const QString& name, QLayout* controls)
    {
        auto* label = new QLabel(name);
        QPalette p = label->palette();
        p.setColor(QPalette::WindowText, ink(Ink::Muted));
        label->setPalette(p);
        m_grid->addWidget(label, m_line, 0, Qt::AlignLeft | Qt::AlignVCenter);
        m_grid->addLayout(controls, m_line++, 1);
    }
    void addWords(QLabel* words) { m_grid->addWidget(words, m_line++, 1); }
    QGridLayout* layout() const { return m_grid; }

private:
    QGridLayout* m_grid;
    int m_line = 0;
};

void addRule(QVBoxLayout* layout, int space)
{
    layout->addSpacing(space);
    layout->addWidget(rule());
    layout->addSpacing(space);
}

}  // namespace

QWidget* ExportDialog::buildPreview()
{
    auto* side = new QWidget;
    side->setAutoFillBackground(true);
    QPalette p = side->palette();
    p.setColor(QPalette::Window, ink(Ink::Hover));
    side->setPalette(p);
    auto* layout = new QVBoxLayout(side);
    layout->setContentsMargins(0, 0, 0, 12);
    layout->setSpacing(4);
    m_preview = new FigurePreview;
    m_sizeWords = caption();
    m_checkWords = caption();
    m_checkWords->setObjectName(QStringLiteral("exportCheck"));
    m_checkWords->setWordWrap(true);
    m_checkWords->setAlignment(Qt::AlignRight | Qt::AlignVCenter);
    layout->addWidget(m_preview, 1);
    auto* words = new QHBoxLayout;
    words->setContentsMargins(30, 0, 30, 0);
    words->addWidget(m_sizeWords);
    words->addWidget(m_checkWords, 1);
    layout->addLayout(words);
    return side;
}

QWidget* ExportDialog::sizeRow(ExportChoices::Size size, const QString& words, const QString& measure, QWidget* field)
{
    auto* row = new QWidget;
    row->setAutoFillBackground(true);
    row->setFixedHeight(measure::kTableRow);
    auto* layout = new QHBoxLayout(row);
    layout->setContentsMargins(8, 0, 0, 0);
    auto* radio = new QRadioButton(words);
    radio->setChecked(m_choices.size == size);
    layout->addWidget(radio, 1);
    if (field) layout->addWidget(field);
    else {
        auto* label = new QLabel(measure);
        QPalette p = label->palette();
        p.setColor(QPalette::WindowText, ink(Ink::Muted));
        label->setPalette(p);
        label->setContentsMargins(0, 0, 8, 0);
        layout->addWidget(label);
    }
    m_sizes.push_back(radio);
    m_sizeRows.push_back(row);
    connect(radio, &QRadioButton::toggled, this, [this](bool on) {
        if (on) refresh();
    });
    return row;
}

QWidget* ExportDialog::buildForm()
{
    auto* form = new QWidget;
    form->setFixedWidth(440);
    auto* layout = new QVBoxLayout(form);
    layout->setContentsMargins(20, 12, 18, 12);
    layout->setSpacing(0);
    addSizes(layout);
    addRule(layout, 10);
    layout->addLayout(buildLook());
    addRule(layout, 8);
    layout->addLayout(buildFiles());
    m_error = new QLabel;
    m_error->setObjectName(QStringLiteral("exportError"));
    m_error->setWordWrap(true);
    m_error->setContentsMargins(8, 4, 0, 0);
    m_error->hide();
    layout->addWidget(m_error);
    layout->addStretch();
    connectForm();
    return form;
}

void ExportDialog::addSizes(QVBoxLayout* layout)
{
    auto* title = new QLabel(tr("Size"));
    title->setFont(Theme::instance().font(Type::Base, true));
    layout->addWidget(title);
    layout->addSpacing(4);
    m_ownWidth = new QDoubleSpinBox;
    m_ownWidth->setRange(20, 1000);
    m_ownWidth->setDecimals(1);
    m_ownWidth->setSuffix(tr(" mm"));
    m_ownWidth->setValue(m_choices.ownWidth);
    m_ownWidth->setAccessibleName(tr("Own width in millimetres"));
    m_ownWidth->setProperty("small", true);
    m_ownWidth->setFixedHeight(22);
    using Size = ExportChoices::Size;
    const QSize screen = m_subject.screen.isEmpty() ? QSize(640, 640) : m_subject.screen;
    auto* group = new QButtonGroup(this);
    layout->addWidget(sizeRow(Size::Column, tr("One column"), tr("%1 mm").arg(preset::kColumn)));
    layout->addWidget(sizeRow(Size::ColumnAndHalf, tr("One and a half"), tr("%1 mm").arg(preset::kColumnAndHalf)));
    layout->addWidget(sizeRow(Size::TwoColumns, tr("Two columns"), tr("%1 mm").arg(preset::kTwoColumns)));
    layout->addWidget(sizeRow(Size::Slide, tr("Slide, 16 : 9"), tr("%1 × %2 mm").arg(preset::kSlideWidth).arg(preset::kSlideHeight)));
    layout->addWidget(sizeRow(Size::Screen, tr("Screen, as shown"), tr("%1 px wide").arg(screen.width())));
    layout->addWidget(sizeRow(Size::Own, tr("Own size"), {}, m_ownWidth));
    for (QRadioButton* radio : m_sizes) group->addButton(radio);
}

QGridLayout* ExportDialog::buildLook()
{
    FormGrid grid(5);
    m_format = new Segment({QStringLiteral("PDF"), QStringLiteral("SVG"), QStringLiteral("PNG")});
    m_format->setCurrent(static_cast<int>(m_choices.format));
    m_formatNote = caption();
    m_dpi = new QDoubleSpinBox;
    m_dpi->setRange(36, 2400);
    m_dpi->setDecimals(0);
    m_dpi->setValue(m_choices.dpi);
    m_dpi->setAccessibleName(tr("Dots per inch"));
    grid.add(tr("Format"), rowOf({m_format, m_dpi, m_formatNote}));

    m_text = new Segment({QStringLiteral("6"), QStringLiteral("6.5"), QStringLiteral("7"), QStringLiteral("8")});
    m_text->setCurrent(nearest(m_choices.fontPt, {6, 6.5, 7, 8}));
    m_slideText = new Segment({QStringLiteral("10"), QStringLiteral("12"), QStringLiteral("14"), QStringLiteral("18")});
    m_slideText->setCurrent(nearest(m_choices.slidePt, {10, 12, 14, 18}));
    m_font = new QComboBox;
    m_font->addItem(Theme::sansFamily());
    for (const QString& family : QFontDatabase::families(QFontDatabase::Latin))
        if (family != Theme::sansFamily() && QFontDatabase::isSmoothlyScalable(family)) m_font->addItem(family);
    if (!m_choices.fontFamily.isEmpty()) m_font->setCurrentIndex(std::max(0, m_font->findText(m_choices.fontFamily)));
    m_font->setMaximumWidth(130);
    m_font->setAccessibleName(tr("Font"));
    grid.add(tr("Text"), rowOf({m_text, m_slideText, caption(tr("pt")), m_font}));

    m_grain = new Segment({tr("Tokens"), tr("Words")});
    m_grain->setCurrent(m_spec.look.grain == Grain::Words ? 1 : 0);
    m_grain->setEnabled(m_spec.kind != FigureKind::Atlas && m_spec.kind != FigureKind::Grid && m_spec.kind != FigureKind::Chart
                        && m_spec.kind != FigureKind::Drawing);
    m_grainNote = caption();
    grid.add(tr("Grain"), rowOf({m_grain, m_grainNote}));
    m_colours = new Segment({tr("Paper"), tr("Screen"), tr("Grey")});
    m_colours->setCurrent(static_cast<int>(m_choices.colours));
    m_rangeNote = caption();
    grid.add(tr("Colours"), rowOf({m_colours, m_rangeNote}));

    m_title = checkBox(tr("Title"), m_choices.title);
    m_axes = checkBox(tr("Axes"), m_choices.axes);
    m_bar = checkBox(tr("Colour bar"), m_choices.colourBar);
    m_hatch = checkBox(tr("Hatch"), m_choices.hatch);
    m_profiles = checkBox(tr("Profiles"), m_choices.profiles);
    m_profiles->setEnabled(m_spec.kind == FigureKind::Head);
    if (!m_profiles->isEnabled()) m_profiles->setToolTip(tr("Only the figure of one head has profiles."));
    grid.add(tr("Draw"), rowOf({m_title, m_axes, m_bar}));
    grid.add({}, rowOf({m_hatch, m_profiles}));
    return grid.layout();
}

QGridLayout* ExportDialog::buildFiles()
{
    FormGrid grid(6);
    m_csv = checkBox(tr("Numbers, CSV"), m_choices.csv);
    m_npy = checkBox(tr("NPY"), m_choices.npy);
    m_latex = checkBox(tr("LaTeX snippet"), m_choices.latex);
    disableForKind();
    grid.add(tr("Also write"), rowOf({m_csv, m_npy, m_latex}));
    m_recipe = checkBox(tr("Inside the file"), m_choices.recipe);
    grid.add(tr("Recipe"), rowOf({m_recipe, caption(tr("drop it here to reopen the view"))}));
    m_recipeWords = caption();
    m_recipeWords->setWordWrap(true);
    grid.addWords(m_recipeWords);
    m_file = new QLineEdit;
    m_file->setFont(Theme::instance().tokenFont(Type::Token));
    m_file->setAccessibleName(tr("File name"));
    m_folder = new QPushButton(tr("Folder …"));
    m_folder->setAutoDefault(false);
    grid.add(tr("File"), rowOf({m_file, m_folder}, false));
    m_folderWords = caption();
    m_folderWords->setTextInteractionFlags(Qt::TextSelectableByMouse);
    m_folderWords->setWordWrap(true);
    grid.addWords(m_folderWords);
    return grid.layout();
}

QCheckBox* ExportDialog::checkBox(const QString& words, bool on)
{
    auto* check = new QCheckBox(words);
    check->setChecked(on);
    connect(check, &QCheckBox::toggled, this, &ExportDialog::refresh);
    return check;
}

void ExportDialog::disableForKind()
{
    if (m_spec.kind == FigureKind::Chart || m_spec.kind == FigureKind::Drawing) {
        m_csv->setEnabled(m_spec.drawing && !m_spec.drawing->table.empty());
        m_npy->setEnabled(false);
    }
    if (m_spec.kind == FigureKind::Drawing) {
        for (QWidget* w : std::initializer_list<QWidget*>{m_axes, m_bar, m_hatch}) w->setEnabled(false);
        m_colours->button(2)->setEnabled(false);
        m_colours->button(2)->setToolTip(tr("Lines tell their types apart by dashes; grey is for maps."));
        if (m_colours->current() == 2) m_colours->setCurrent(0);
    }
}

void ExportDialog::connectForm()
{
    for (Segment* s : {m_format, m_text, m_slideText, m_colours}) connect(s, &Segment::chosen, this, &ExportDialog::refresh);
    connect(m_grain, &Segment::chosen, this, &ExportDialog::collect);
    for (QDoubleSpinBox* s : {m_ownWidth, m_dpi}) connect(s, &QDoubleSpinBox::valueChanged, this, &ExportDialog::refresh);
    connect(m_font, &QComboBox::currentIndexChanged, this, &ExportDialog::refresh);
    connect(m_file, &QLineEdit::textChanged, this, [this] {
        m_export->setText(tr("Export"));
        m_export->setProperty("sure", QString());
    });
    connect(m_folder, &QPushButton::clicked, this, [this] {
        auto* dialog = new QFileDialog(this, tr("Folder for figures"), m_choices.folder);
        dialog->setAttribute(Qt::WA_DeleteOnClose);
        dialog->setFileMode(QFileDialog::Directory);
        dialog->setOption(QFileDialog::ShowDirsOnly);
        connect(dialog, &QFileDialog::fileSelected, this, [this](const QString& folder) {
            m_choices.folder = folder;
            refresh();
        });
        dialog->open();
    });
}

QWidget* ExportDialog::buildFooter()
{
    auto* foot = new QWidget;
    foot->setAutoFillBackground(true);
    QPalette p = foot->palette();
    p.setColor(QPalette::Window, ink(Ink::Chrome));
    foot->setPalette(p);
    auto* layout = new QHBoxLayout(foot);
    layout->setContentsMargins(16, 12, 16, 12);
    layout->setSpacing(measure::kControlGap);
    layout->addWidget(
        caption(tr("%1 repeats the last export").arg(QKeySequence(QStringLiteral("Ctrl+E")).toString(QKeySequence::NativeText))));
    layout->addStretch();
    // In the dialog from the start, or it would choose another default for Return.
    m_copy = new QPushButton(tr("Copy to clipboard"), this);
    m_cancel = new QPushButton(tr("Cancel"), this);
    m_export = new QPushButton(tr("Export"), this);
    m_copy->setAutoDefault(false);
    m_cancel->setAutoDefault(false);
    m_export->setProperty("primary", true);
    m_export->setDefault(true);
    for (QPushButton* b : {m_copy, m_cancel, m_export}) layout->addWidget(b);
    connect(m_copy, &QPushButton::clicked, this, [this] {
        if (m_haveData) copyFigure(m_spec, m_data);
    });
    connect(m_cancel, &QPushButton::clicked, this, &QDialog::reject);
    connect(m_export, &QPushButton::clicked, this, &ExportDialog::write);
    return foot;
}

}  // namespace hs::ui
