// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/labels/label_report.h"

#include <QBuffer>
#include <QCoreApplication>
#include <QDateTime>
#include <QFile>
#include <QFileInfo>
#include <QMarginsF>
#include <QPageSize>
#include <QPainter>
#include <QPdfWriter>
#include <algorithm>
#include <map>

#include "engine/analysis/labels/report_json.h"
#include "engine/base/version.h"
#include "engine/io/bytes/atomic_write.h"
#include "ui/export/figure_canvas.h"
#include "ui/kit/numbers.h"
#include "ui/labels/label_words.h"

namespace hs::ui {

namespace {

struct LabelReportPaperTr {
    Q_DECLARE_TR_FUNCTIONS(hs::ui::LabelReportPaper)
};

constexpr double kWidth = 210, kHeight = 297, kLeft = 16, kRight = 194, kTop = 18, kBottom = 280, kLine = 4.6;
constexpr int kDpi = 1200;

struct Column {
    QString title;
    double x;  ///< left edge, or right edge when `right`
    bool right;
};

/// Pages that fill from top to bottom.
class Paper {
public:
    Paper(QPdfWriter& writer, QPainter& painter, const FigureSpec& spec, QString foot)
        : m_writer(writer), m_canvas(&painter, spec), m_foot(std::move(foot))
    {
        paintFoot();
    }
    FigureCanvas& canvas() { return m_canvas; }
    const FigureInks& inks() const { return m_canvas.inks(); }
    double y = kTop;
    int pages() const { return m_page; }
    /// True when a page began.
    bool need(double height)
    {
        if (y + height <= kBottom) return false;
        m_writer.newPage();
        ++m_page;
        y = kTop;
        paintFoot();
        return true;
    }
    /// Words over several lines inside [x, right]; returns the height.
    double paragraph(const QString& words, double x, double right, const QColor& color, double points)
    {
        const double step = FigureCanvas::mm(points) * 1.35, begin = y;
        QString line;
        const QStringList parts = words.split(QLatin1Char(' '), Qt::SkipEmptyParts);
        const auto put = [&] {
            need(step);
            m_canvas.text({x, y + FigureCanvas::mm(points)}, line, color, Align::Left, points);
            y += step;
            line.clear();
        };
        for (const QString& part : parts) {
            const QString longer = line.isEmpty() ? part : line + QLatin1Char(' ') + part;
            if (!line.isEmpty() && m_canvas.width(longer, points) > right - x) put();
            line = line.isEmpty() ? part : line + QLatin1Char(' ') + part;
        }
        if (!line.isEmpty()) put();
        return y - begin;
    }

private:
    void paintFoot()
    {
        m_canvas.line({kLeft, kBottom + 4}, {kRight, kBottom + 4}, inks().hair2, 0.1);
        m_canvas.text({kLeft, kBottom + 8}, m_foot, inks().muted, Align::Left, 6.5);
        m_canvas.text({kRight, kBottom + 8}, QString::number(m_page), inks().muted, Align::Right, 6.5);
    }
    QPdfWriter& m_writer;
    FigureCanvas m_canvas;
    QString m_foot;
    int m_page = 1;
};

void paintCode(Paper& paper, const QRectF& rect, const LabelMark& mark)
{
    FigureCanvas& canvas = paper.canvas();
    const QColor family = familyColour(mark.family);
    QColor ink = paper.inks().ink;
    if (mark.state == LabelMark::State::Awarded && family.isValid()) {
        canvas.fill(rect, family);
        ink = familyText(mark.family);
    } else if (mark.state == LabelMark::State::Candidate) {
        const QColor line = family.isValid() ? family : paper.inks().hair2;
        for (double x = rect.left() + 0.5; x < rect.right(); x += 1.0) {  // 45 degrees, cut at the box
            const double up = std::min(rect.height(), rect.right() - x);
            canvas.line({x, rect.bottom()}, {x + up, rect.bottom() - up}, line, 0.18);
        }
        canvas.fill(rect.adjusted(rect.width() / 2 - 1.9, 0.25, -(rect.width() / 2 - 1.9), -0.25), paper.inks().paper);
        canvas.frame(rect, line, 0.2);
    } else {
        canvas.frame(rect, paper.inks().hair2, 0.1);
        if (!mark.hasLabel()) ink = paper.inks().muted;
    }
    canvas.text({rect.center().x(), rect.center().y() + 0.9}, mark.code, ink, Align::Centre, 7, mark.hasLabel());
}

void paintAtlas(Paper& paper, const LabelReport& report)
{
    int layers = 0, columns = 0;
    for (const HeadReport& head : report.heads) {
        layers = std::max(layers, head.head.layer + 1);
        columns = std::max(columns, head.head.head + 1);
    }
    if (layers == 0) return;
    const double cell = std::min(12.0, (kRight - kLeft - 10) / columns), height = 4.6, pitch = 5.4;
    const double atlas = 6 + layers * pitch;
    if (atlas < kBottom - kTop) paper.need(atlas);
    const FigureInks& inks = paper.inks();
    for (int h = 0; h < columns; h += cell < 7 ? 2 : 1)
        paper.canvas().text({kLeft + 10 + (h + 0.5) * cell, paper.y + 3}, QStringLiteral("H%1").arg(h), inks.muted, Align::Centre, 6.5);
    paper.y += 5;
    for (int l = layers - 1; l >= 0; --l) {  // layers upward, as on screen
        paper.need(pitch);
        paper.canvas().text({kLeft + 7.5, paper.y + 3.3}, QStringLiteral("L%1").arg(l), inks.muted, Align::Right, 6.5);
        for (const HeadReport& head : report.heads)
            if (head.head.layer == l)
                paintCode(paper, QRectF(kLeft + 10 + head.head.head * cell + 0.2, paper.y, cell - 0.4, height),
                          labelMark(head, report.complete));
        paper.y += pitch;
    }
}

void paintLegend(Paper& paper, const LabelReport& report)
{
    std::map<QString, int> counts;
    std::map<QString, LabelMark> marks;
    for (const HeadReport& head : report.heads) {
        LabelMark mark = labelMark(head, report.complete);
        ++counts[mark.code];
        if (mark.state == LabelMark::State::Candidate) mark.state = LabelMark::State::Awarded;
        marks[mark.code] = mark;
    }
    double x = kLeft;
    paper.y += 2;
    paper.need(6);
    QStringList order;  // as the chips in the window
    for (const LabelKind kind : codedKinds()) order << labelCode(kind);
    order << QStringLiteral("–") << QStringLiteral("?") << QStringLiteral("…");
    for (const QString& code : order) {
        const auto counted = counts.find(code);
        if (counted == counts.end()) continue;
        const int count = counted->second;
        const QString words = QStringLiteral("%1, %2").arg(codeTitle(code)).arg(count);
        const double width = 10 + paper.canvas().width(words, 7) + 5;
        if (x + width > kRight && x > kLeft) {
            x = kLeft;
            paper.y += 5.6;
            paper.need(6);
        }
        paintCode(paper, QRectF(x, paper.y, 7, 4.2), marks[code]);
        paper.canvas().text({x + 8.5, paper.y + 3.1}, words, paper.inks().ink, Align::Left, 7);
        x += width;
    }
    paper.y += 7;
    paper.paragraph(LabelReportPaperTr::tr(
                        "Full colour: awarded. Hatched: strong enough, but not proven. –: nothing is strong and regular enough. ?: "
                        "too little evidence."),
                    kLeft, kRight, paper.inks().muted, 7);
    paper.y += 3;
}

void paintTable(Paper& paper, const LabelReportInput& input)
{
    const LabelReport& report = *input.report;
    const std::vector<Column> columns{
        {LabelReportPaperTr::tr("Head"), kLeft, false},       {LabelReportPaperTr::tr("Label"), kLeft + 13, false},
        {LabelReportPaperTr::tr("Score"), kLeft + 70, true},  {LabelReportPaperTr::tr("Needed"), kLeft + 82, true},
        {LabelReportPaperTr::tr("Null"), kLeft + 92, true},   {LabelReportPaperTr::tr("95 % of the excess"), kLeft + 116, true},
        {LabelReportPaperTr::tr("q"), kLeft + 127, true},     {LabelReportPaperTr::tr("Rows"), kLeft + 139, true},
        {LabelReportPaperTr::tr("View"), kLeft + 142, false}, {LabelReportPaperTr::tr("Cause"), kLeft + 157, false}};
    FigureCanvas& canvas = paper.canvas();
    const FigureInks& inks = paper.inks();
    const auto heading = [&] {
        for (const Column& c : columns) canvas.text({c.x, paper.y + 3}, c.title, inks.muted, c.right ? Align::Right : Align::Left, 7, true);
        paper.y += 4.4;
        canvas.line({kLeft, paper.y}, {kRight, paper.y}, inks.hair2, 0.15);
        paper.y += 1;
    };
    paper.need(20);
    heading();
    for (const HeadReport& head : report.heads) {
        const LabelMark mark = labelMark(head, report.complete);
        const HeadLabel* label = shownLabel(head);
        QStringList more;
        for (const HeadLabel& other : head.labels)
            if (&other != label && other.status == LabelStatus::Awarded)
                more << QStringLiteral("%1 %2").arg(labelTitle(other.id), labelNumber(other.score));
        QString below = more.isEmpty() ? QString() : LabelReportPaperTr::tr("also %1").arg(more.join(QStringLiteral(", ")));
        if (!label && !nearestSentence(head).isEmpty())
            below = nearestSentence(head) + (below.isEmpty() ? QString() : QStringLiteral(" · ")) + below;
        const auto note = input.notes.find(head.head);
        if (note != input.notes.end()) {
            const QString own = note->second.text.isEmpty()    ? note->second.label
                                : note->second.label.isEmpty() ? note->second.text
                                                               : QStringLiteral("%1: %2").arg(note->second.label, note->second.text);
            below += (below.isEmpty() ? QString() : QStringLiteral(" · ")) + LabelReportPaperTr::tr("own note: %1").arg(own.simplified());
        }
        if (paper.need(kLine + (below.isEmpty() ? 0 : 3.6))) heading();
        const double base = paper.y + 3.2;
        const auto at = [&](int c, const QString& words, bool bold = false) {
            canvas.text({columns[std::size_t(c)].x, base}, words, inks.ink, columns[std::size_t(c)].right ? Align::Right : Align::Left, 7.5,
                        bold);
        };
        at(0, QString::fromStdString(headName(head.head)), true);
        paintCode(paper, QRectF(kLeft + 13, paper.y + 0.2, 7, 4), mark);
        canvas.text({kLeft + 22, base}, shortened(label ? labelTitle(label->id) : codeTitle(mark.code), 26), label ? inks.ink : inks.muted,
                    Align::Left, 7.5);
        if (label) {
            at(2, labelNumber(label->score));
            at(3, labelNumber(label->threshold));
            at(4, labelNumber(label->null));
            if (label->high > label->low) at(5, QStringLiteral("%1 to %2").arg(labelNumber(label->low), labelNumber(label->high)));
            at(6, probabilityText(label->q));
            at(7, countText(label->events));
            at(8, viewTitle(label->view));
            at(9, label->cause == LabelCause::Confirmed     ? LabelReportPaperTr::tr("confirmed")
                  : label->cause == LabelCause::PatternOnly ? LabelReportPaperTr::tr("pattern only")
                                                            : LabelReportPaperTr::tr("not checked"));
        }
        paper.y += kLine;
        if (!below.isEmpty()) {
            canvas.text({kLeft + 22, paper.y + 2.4}, shortened(below, 128), inks.muted, Align::Left, 6.5);
            paper.y += 3.4;
        }
        canvas.line({kLeft, paper.y + 0.3}, {kRight, paper.y + 0.3}, inks.hair, 0.08);
        paper.y += 0.8;
    }
}

}  // namespace

QStringList reportProvenance(const LabelReportInput& input)
{
    const LabelProvenance& p = input.report->provenance;
    const auto text = [](const std::string& s) { return QString::fromStdString(s); };
    QStringList lines;
    lines << LabelReportPaperTr::tr("Model: %1, SHA-256 %2, weights %3")
                 .arg(input.modelFile.isEmpty() ? text(p.modelName) : input.modelFile,
                      p.modelHash.empty() ? LabelReportPaperTr::tr("not known") : text(p.modelHash), text(p.weightProcessing));
    const QString passages = p.documents < p.documentsOffered
                                 ? LabelReportPaperTr::tr("%1 of %2").arg(countText(p.documents), countText(p.documentsOffered))
                                 : countText(p.documents);
    lines << (p.documents > 0 ? LabelReportPaperTr::tr("Text: %1, %2 passages, %3 tokens, SHA-256 %4")
                                    .arg(text(p.dataName), passages, countText(p.tokens), text(p.dataHash))
                              : LabelReportPaperTr::tr("Text: none"));
    lines << LabelReportPaperTr::tr("Preset %1, seed %2, %3 tests corrected together, HeadScope %4")
                 .arg(text(p.preset))
                 .arg(p.seed)
                 .arg(countText(p.tests))
                 .arg(text(p.program.empty() ? std::string(kVersion) : p.program));
    lines << (labelledByNorms(*input.report)
                  ? LabelReportPaperTr::tr("Rows counted by norms: shares of what a head writes (Kobayashi et al. 2020)")
                  : LabelReportPaperTr::tr("Rows counted by attention weights"));
    if (!input.report->complete) lines << LabelReportPaperTr::tr("Unfinished: labelling was stopped before everything had run.");
    return lines;
}

QByteArray labelReportPdf(const LabelReportInput& input, int* pages)
{
    const LabelReport& report = *input.report;
    QByteArray bytes;
    QBuffer buffer(&bytes);
    buffer.open(QIODevice::WriteOnly);
    QPdfWriter writer(&buffer);
    writer.setResolution(kDpi);
    writer.setPageSize(QPageSize(QSizeF(kWidth, kHeight), QPageSize::Millimeter, {}, QPageSize::ExactMatch));
    writer.setPageMargins(QMarginsF(0, 0, 0, 0));
    const QString model = input.modelFile.isEmpty() ? QString::fromStdString(report.provenance.modelName) : input.modelFile;
    const QString title = LabelReportPaperTr::tr("Head labels of %1").arg(model);
    writer.setTitle(title);
    writer.setCreator(QStringLiteral("HeadScope %1").arg(QLatin1String(kVersion)));
    QPainter painter(&writer);
    painter.scale(kDpi / 25.4, kDpi / 25.4);
    {
        Paper paper(writer, painter, FigureSpec{},
                    LabelReportPaperTr::tr("%1 · model %2 · data %3 · HeadScope %4")
                        .arg(model, QString::fromStdString(report.provenance.modelHash).left(12),
                             QString::fromStdString(report.provenance.dataHash).left(12), QLatin1String(kVersion)));
        paper.canvas().text({kLeft, paper.y + 4}, title, paper.inks().ink, Align::Left, 15, true);
        paper.y += 9;
        const QStringList lines = reportProvenance(input);
        for (const QString& line : lines) paper.paragraph(line, kLeft, kRight, paper.inks().muted, 7.5);
        paper.y += 4;
        paintAtlas(paper, report);
        paintLegend(paper, report);
        paintTable(paper, input);
        paper.y += 4;
        paper.paragraph(LabelReportPaperTr::tr(
                            "Labels depend on the text. An average hides heads that act only sometimes. Attention is not use: only a "
                            "confirmed cause says that the output needs it. "
                            "Score: excess over chance or mean weight, 0 to 1. Needed: threshold of the first criterion. Null: mean "
                            "under the strongest null, in units of the mean. q: after Benjamini and Hochberg."),
                        kLeft, kRight, paper.inks().muted, 7);
        for (const QString& note : noteSentences(report.notes)) paper.paragraph(note, kLeft, kRight, paper.inks().muted, 7);
        QStringList parameters;
        for (const auto& [key, value] : report.provenance.parameters)
            parameters << QStringLiteral("%1 = %2").arg(QString::fromStdString(key)).arg(value, 0, 'g', 6);
        paper.y += 2;
        paper.paragraph(parameters.join(QStringLiteral("; ")), kLeft, kRight, paper.inks().muted, 6.5);
        if (pages) *pages = paper.pages();
    }
    painter.end();
    return bytes;
}

QByteArray labelReportCsv(const LabelReportInput& input)
{
    QByteArray out = QByteArray::fromStdString(reportToCsv(*input.report));
    QByteArray notes;
    for (const auto& [head, note] : input.notes)
        notes += "# note " + QByteArray::fromStdString(headName(head)) + ": "
                 + QStringLiteral("%1 | %2").arg(note.label, note.text.simplified()).toUtf8() + '\n';
    return notes.isEmpty() ? out : out + notes;
}

Status writeLabelReport(const QString& path, const LabelReportInput& input)
{
    const QByteArray bytes =
        QFileInfo(path).suffix().compare(QLatin1String("csv"), Qt::CaseInsensitive) == 0 ? labelReportCsv(input) : labelReportPdf(input);
    const std::string local = QFile::encodeName(path).toStdString();
    if (const Status written = writeFileAtomically(local, bytes.toStdString()); !written) return written;
    QFile file(path);
    if (!file.open(QIODevice::ReadOnly) || file.readAll() != bytes) return Error::in(local, ErrorCode::VerifyFailed);
    return {};
}

}  // namespace hs::ui
