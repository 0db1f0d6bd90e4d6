// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/console.h"

#include <unistd.h>

#include <cmath>
#include <cstdio>

#include "engine/io/store/adapter.h"
#include "ui/bridge/error_text.h"

namespace hs::app {
namespace {

void put(FILE* stream, const QString& text)
{
    const QByteArray bytes = text.toUtf8();
    std::fwrite(bytes.constData(), 1, static_cast<std::size_t>(bytes.size()), stream);
    std::fflush(stream);
}

/// Settings and weights say something that has no exact arithmetic here, or contradict each other: other work of the file may still do.
bool cannotBeExact(ErrorCode code)
{
    switch (code) {
    case ErrorCode::UnknownLayout:
    case ErrorCode::DtypeUnsupported:
    case ErrorCode::ConfigMissing:
    case ErrorCode::ConfigInvalid:
    case ErrorCode::ConfigContradiction:
    case ErrorCode::ConfigUnknownKey:
    case ErrorCode::HeadsGuessed: return true;
    default: return false;
    }
}

}  // namespace

void printOut(const QString& text) { put(stdout, text); }

int fail(const Error& error, const std::string& file)
{
    if (error.code == ErrorCode::Cancelled) {
        put(stderr, QStringLiteral("headscope: ") + Words::tr("cancelled") + QLatin1Char('\n'));
        return kCancelled;
    }
    QByteArray line("headscope: ");  // bytes: a path need not be UTF-8
    const std::string& shown = error.file.empty() ? file : error.file;
    if (!shown.empty()) line.append(shown.data(), static_cast<qsizetype>(shown.size())).append(": ");
    line.append(ui::errorLine(error).toUtf8()).append('\n');
    std::fwrite(line.constData(), 1, static_cast<std::size_t>(line.size()), stderr);
    return cannotBeExact(error.code) || asksForAdapter(error) ? kNotExact : kFailed;
}

int failUsage(const std::string& problem, const char* command)
{
    const QString help =
        *command ? QStringLiteral("headscope %1 --help").arg(QString::fromUtf8(command)) : QStringLiteral("headscope --help");
    put(stderr, QStringLiteral("headscope: %1; %2\n").arg(QString::fromStdString(problem), Words::tr("see %1").arg(help)));
    return kUsage;
}

ProgressLine::ProgressLine(bool quiet) : m_quiet(quiet), m_on(!quiet && isatty(STDERR_FILENO) == 1) {}

ProgressLine::~ProgressLine() { clear(); }

void ProgressLine::show(const ProgressReport& report, double secondsLeft)
{
    if (!m_on) return;
    QString line = ui::progressText(report);
    if (secondsLeft >= 1) line += QStringLiteral(" · ") + Words::tr("%1 s left").arg(static_cast<int>(std::ceil(secondsLeft)));
    const int width = static_cast<int>(line.size());
    put(stderr, QLatin1Char('\r') + line.leftJustified(m_width, QLatin1Char(' ')));
    m_width = width;
}

void ProgressLine::announce(double seconds)
{
    if (m_quiet) return;
    clear();
    put(stderr, QStringLiteral("headscope: ") + Words::tr("this will take about %1 s").arg(static_cast<int>(std::ceil(seconds)))
                    + QLatin1Char('\n'));
}

void ProgressLine::clear()
{
    if (m_on && m_width > 0) put(stderr, QLatin1Char('\r') + QString(m_width, QLatin1Char(' ')) + QLatin1Char('\r'));
    m_width = 0;
}

}  // namespace hs::app
