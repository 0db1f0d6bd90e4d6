// SPDX-License-Identifier: GPL-3.0-or-later
// Value -> colour position, and the words that say so. Part of map_painter.h.
#include <QCoreApplication>
#include <algorithm>
#include <cmath>

#include "ui/map/map_painter.h"

namespace hs::ui {

namespace {
constexpr double kLogDecades = 1e-4;  // a range that begins at 0 shows four decades
struct ValueScaleTr {
    Q_DECLARE_TR_FUNCTIONS(ValueScale)
};
}  // namespace

bool ValueScale::logarithmic() const { return stretch == Stretch::Log && !diverging && low >= 0 && high > 0; }

double ValueScale::logLow() const { return low > 0 ? low : high * kLogDecades; }

float ValueScale::map(float value, float rowMax) const
{
    if (!(value == value)) return value;
    double t = 0;
    if (diverging) {
        const double most = std::max(std::abs(low), std::abs(high));
        t = most > 0 ? 0.5 + 0.5 * static_cast<double>(value) / most : 0.5;
    } else if (logarithmic()) {
        const double from = std::log(logLow()), to = std::log(high);
        if (!(value > 0)) t = 0;
        else t = to > from ? (std::log(static_cast<double>(value)) - from) / (to - from) : 1;
    } else {
        const double from = stretch == Stretch::PerRow ? std::min(low, 0.0) : low;
        const double to = stretch == Stretch::PerRow ? static_cast<double>(rowMax) : high;
        if (!(rowMax == rowMax) && stretch == Stretch::PerRow) return rowMax;
        // A row of zeros stays paper; a range without extent shows where the value stands.
        t = to > from ? (static_cast<double>(value) - from) / (to - from) : static_cast<double>(value) > from ? 1 : 0;
    }
    return static_cast<float>(std::clamp(t, 0.0, 1.0));
}

QString ValueScale::legend() const
{
    if (diverging) {
        const double most = std::max(std::abs(low), std::abs(high));
        return ValueScaleTr::tr("linear %1 to %2").arg(axisNumber(-most), axisNumber(most));
    }
    if (stretch == Stretch::PerRow) return ValueScaleTr::tr("each row to its own maximum");
    if (logarithmic()) return ValueScaleTr::tr("log %1 to %2").arg(axisNumber(logLow()), axisNumber(high));
    return ValueScaleTr::tr("linear %1 to %2").arg(axisNumber(low), axisNumber(high));
}

ValueScale scaleFor(const MapLook& look, const std::optional<std::pair<float, float>>& dataRange)
{
    ValueScale scale;
    scale.stretch = look.stretch;
    if (!look.autoRange) {
        scale.low = look.low;
        scale.high = look.high;
        return scale;
    }
    if (look.kind == MapKind::Weights || !dataRange) return scale;
    scale.low = look.kind == MapKind::ValueWeighted ? 0.0 : static_cast<double>(dataRange->first);
    scale.high = static_cast<double>(dataRange->second);
    return scale;
}

QString axisNumber(double value, int digits)
{
    if (!(value == value)) return QStringLiteral("–");
    if (value == 0) return QStringLiteral("0");
    const double power = std::log10(std::abs(value));
    if (power < -3.5 || power >= 6) {
        static const QString raised = QStringLiteral("⁰¹²³⁴⁵⁶⁷⁸⁹");
        int exponent = static_cast<int>(std::floor(power + 1e-9));
        double mantissa = value / std::pow(10.0, exponent);
        const QString front = QString::number(mantissa, 'g', std::max(1, digits - 1));
        QString up = exponent < 0 ? QStringLiteral("⁻") : QString();
        for (const QChar c : QString::number(std::abs(exponent))) up += raised[c.digitValue()];
        QString text = front == QLatin1String("1")    ? QStringLiteral("10") + up
                       : front == QLatin1String("-1") ? QStringLiteral("-10") + up
                                                      : front + QStringLiteral(" × 10") + up;
        return text.replace(QLatin1Char('-'), QChar(0x2212));
    }
    const int decimals = std::clamp(digits - 1 - static_cast<int>(std::floor(power)), 0, 6);
    QString text = QString::number(value, 'f', decimals);
    if (text.contains(QLatin1Char('.'))) {
        while (text.endsWith(QLatin1Char('0'))) text.chop(1);
        if (text.endsWith(QLatin1Char('.'))) text.chop(1);
    }
    return text.replace(QLatin1Char('-'), QChar(0x2212));
}

}  // namespace hs::ui
