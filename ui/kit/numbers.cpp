// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/kit/numbers.h"

#include <QCoreApplication>
#include <algorithm>
#include <cmath>

namespace hs::ui {

QString numberText(double value, int decimals, bool plus)
{
    QString text = QString::number(std::abs(value), 'f', decimals);
    const bool zero = text.toDouble() == 0.0;
    if (value < 0 && !zero) return QStringLiteral("\u2212") + text;
    return plus ? QStringLiteral("+") + text : text;
}

QString valueText(double value, int decimals) { return QString::number(value, 'f', decimals).replace(QLatin1Char('-'), QChar(0x2212)); }

QString countText(qint64 count)
{
    QString digits = QString::number(std::abs(count));
    for (qsizetype i = digits.size() - 3; i > 0; i -= 3) digits.insert(i, QChar(0x2009));
    return count < 0 ? QStringLiteral("\u2212") + digits : digits;
}

QString percentText(double share)
{
    const double p = share * 100;
    const int decimals = p >= 9.95 ? 0 : p >= 0.095 ? 1 : 2;
    return p > 0 && p < 0.005 ? QCoreApplication::translate("hs::ui::TokenBars", "< 0.01 %")
                              : QStringLiteral("%1 %").arg(QString::number(p, 'f', decimals));
}

QString bytesText(double bytes)
{
    if (bytes >= 1e9) return QCoreApplication::translate("hs::ui::StatusLine", "%1 GB").arg(bytes / 1e9, 0, 'f', bytes >= 9.95e9 ? 0 : 1);
    return QCoreApplication::translate("hs::ui::StatusLine", "%1 MB").arg(std::max(1.0, std::round(bytes / 1e6)), 0, 'f', 0);
}

QString durationText(double seconds)
{
    if (seconds < 9.95 && seconds != std::floor(seconds))
        return QCoreApplication::translate("hs::ui::JobsModel", "%1 s").arg(seconds, 0, 'f', 1);
    if (seconds < 90) return QCoreApplication::translate("hs::ui::JobsModel", "%1 s").arg(std::lround(seconds));
    const long minutes = std::lround(seconds / 60);
    if (minutes < 90) return QCoreApplication::translate("hs::ui::JobsModel", "%1 min").arg(minutes);
    return QCoreApplication::translate("hs::ui::JobsModel", "%1 h %2 min").arg(minutes / 60).arg(minutes % 60);
}

}  // namespace hs::ui
