// SPDX-License-Identifier: GPL-3.0-or-later
// Range, ticks and colour bar of a figure.
#include <QCoreApplication>
#include <cmath>
#include <limits>

#include "ui/export/figure_canvas.h"

#include "ui/export/figure_tr.h"

namespace hs::ui {

namespace {

constexpr double kBar = 1.6, kTick = 0.6;  // mm

QString quantityWords(MapKind kind)
{
    switch (kind) {
    case MapKind::Weights: return FigureTr::tr("attention weight");
    case MapKind::Scores: return FigureTr::tr("attention score");
    case MapKind::ValueWeighted: return FigureTr::tr("value-weighted");
    }
    return {};
}

const ColourMap& mapOf(const FigureSpec& spec, const QString& name)
{
    const FigureInks inks = figureInks(spec);
    return ColourMap::get(inks.grey ? QStringLiteral("grey") : name, inks.dark);
}

QImage strip(const FigureScale& s, bool vertical)
{
    constexpr int kSteps = 256;
    QImage image(vertical ? 1 : kSteps, vertical ? kSteps : 1, QImage::Format_RGB32);
    for (int i = 0; i < kSteps; ++i) {
        const float t = static_cast<float>(i) / (kSteps - 1);
        if (vertical) image.setPixel(0, kSteps - 1 - i, s.map->at(t));
        else image.setPixel(i, 0, s.map->at(t));
    }
    return image;
}

QString wordsOf(const FigureScale& s)
{
    if (s.scale.stretch == Stretch::Log) return FigureTr::tr("%1, log").arg(s.quantity);
    if (s.scale.stretch == Stretch::PerRow) return FigureTr::tr("%1 / row maximum").arg(s.quantity);
    return s.quantity;
}

}  // namespace

FigureScale figureScale(const FigureSpec& spec, const FigureData& data)
{
    FigureScale out;
    out.quantity = quantityWords(spec.look.kind);
    out.map = &mapOf(spec, spec.look.colourMap);
    float lo = std::numeric_limits<float>::infinity(), hi = -lo;
    if (spec.look.autoRange && spec.look.kind != MapKind::Weights) {
        for (const FigureMap& m : data.maps) {
            if (!m.cells) continue;
            for (std::ptrdiff_t i = 0; i < m.cells->rows() * m.cells->cols(); ++i) {
                const float v = m.cells->data()[i];
                if (!std::isfinite(v)) continue;
                lo = std::min(lo, v);
                hi = std::max(hi, v);
            }
        }
    }
    out.scale = scaleFor(spec.look, lo <= hi ? std::optional(std::pair(lo, hi)) : std::nullopt);
    out.scale.diverging = out.scale.diverging || out.map->diverging();
    return out;
}

FigureScale differenceScale(const FigureSpec& spec, const FigureData& data)
{
    FigureScale out;
    const bool grey = figureInks(spec).grey;
    out.map = &mapOf(spec, QStringLiteral("difference"));
    out.quantity = grey ? QStringLiteral("|A \u2212 B|") : QStringLiteral("A \u2212 B");
    double reach = 1;
    if (spec.look.kind != MapKind::Weights) {
        const ValueScale s = figureScale(spec, data).scale;
        reach = s.high - s.low;
    }
    out.scale.low = grey ? 0 : -reach;
    out.scale.high = reach;
    out.scale.diverging = !grey;
    return out;
}

std::vector<std::pair<double, QString>> barTicks(const ValueScale& scale)
{
    std::vector<std::pair<double, QString>> out;
    const auto number = [](double v) {
        QString s = axisNumber(v);
        if (s.startsWith(QStringLiteral("0."))) s.remove(0, 1);
        return s;
    };
    if (scale.stretch == Stretch::PerRow) return {{0, QStringLiteral("0")}, {1, QStringLiteral("1")}};
    if (scale.logarithmic()) {
        const int top = static_cast<int>(std::floor(std::log10(scale.high)));
        double last = 2;
        for (int k = top; k > top - 12; --k) {
            const double at = static_cast<double>(scale.map(static_cast<float>(std::pow(10.0, k))));
            if (!(at > 0.02) || at >= last) break;
            out.emplace_back(std::min(1.0, at), number(std::pow(10.0, k)));
            last = at;
        }
        if (!out.empty()) return out;
    }
    const double middle = (scale.low + scale.high) / 2;
    return {{0, number(scale.low)}, {0.5, number(middle)}, {1, number(scale.high)}};
}

double colourBarWidth(const FigureCanvas& canvas, const FigureScale& scale)
{
    double w = 0;
    for (const auto& [at, words] : barTicks(scale.scale)) w = std::max(w, canvas.width(words));
    return kBar + kTick + 0.4 + std::max(w, canvas.em() * 0.9);
}

double paintColourBar(FigureCanvas& canvas, const QPointF& topLeft, double height, const FigureScale& scale, double wordsRoom)
{
    const QRectF bar(topLeft, QSizeF(kBar, height));
    canvas.image(bar, strip(scale, true));
    canvas.frame(bar, canvas.inks().ink, 0.12);
    double w = 0;
    for (const auto& [at, words] : barTicks(scale.scale)) {
        const double y = bar.bottom() - std::pow(at, scale.power) * height;
        canvas.line({bar.right(), y}, {bar.right() + kTick, y}, canvas.inks().ink, 0.12);
        // the end labels stay beside the bar, so that they touch neither title nor words
        const double baseline = std::clamp(y + canvas.capHeight() / 2, bar.top() + canvas.capHeight(), bar.bottom());
        w = std::max(w, canvas.text({bar.right() + kTick + 0.4, baseline}, words, canvas.inks().ink));
    }
    const QString words = wordsOf(scale);
    if (canvas.width(words) <= wordsRoom)
        canvas.textUp({bar.right() + kTick + 0.4 + canvas.capHeight(), bar.bottom() + 1.4 + canvas.width(words)}, words, canvas.inks().ink);
    return kBar + kTick + 0.4 + w;
}

double paintColourBarFlat(FigureCanvas& canvas, const QPointF& topLeft, double width, const FigureScale& scale, const QString& words)
{
    const QRectF bar(topLeft, QSizeF(width, kBar));
    canvas.image(bar, strip(scale, false));
    canvas.frame(bar, canvas.inks().ink, 0.12);
    const double baseline = bar.bottom() + 0.6 + canvas.ascent();
    double leftEnd = bar.left(), rightStart = bar.right();
    for (const auto& [at, text] : barTicks(scale.scale)) {
        if (at > 0.05 && at < 0.95 && !words.isEmpty()) continue;  // the words stand in the middle
        const double x = bar.left() + at * width;
        const double w = canvas.width(text);
        if (at < 0.05) leftEnd = std::max(leftEnd, bar.left() + w);
        if (at > 0.95) rightStart = std::min(rightStart, bar.right() - w);
        canvas.text({x, baseline}, text, canvas.inks().ink, at < 0.05 ? Align::Left : at > 0.95 ? Align::Right : Align::Centre);
    }
    if (!words.isEmpty() && canvas.width(words) < rightStart - leftEnd - 2)
        canvas.text({(leftEnd + rightStart) / 2, baseline}, words, canvas.inks().ink, Align::Centre);
    return kBar + 0.6 + canvas.em() * 1.25;
}

}  // namespace hs::ui
