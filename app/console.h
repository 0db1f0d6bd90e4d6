// SPDX-License-Identifier: GPL-3.0-or-later
// What the command line says and where.
#pragma once

#include <QCoreApplication>
#include <QString>
#include <string>

#include "engine/session/events.h"

namespace hs::app {

/// Translation context of the command line.
struct Words {
    Q_DECLARE_TR_FUNCTIONS(CommandLine)
};

enum ExitCode {
    kDone = 0,
    kFailed = 1,
    kUsage = 2,
    kNotExact = 3,
    kCancelled = 130
};  // kNotExact: as it stands, or until the user says more

void printOut(const QString& text);
/// "headscope: FILE: what; next step" on standard error, and the exit code for it. `file` is used when the error names none.
int fail(const Error& error, const std::string& file);
/// "headscope: problem; see headscope [command] --help", exit code 2.
int failUsage(const std::string& problem, const char* command);

/// One line on standard error, rewritten in place; nothing unless that is a terminal.
class ProgressLine {
public:
    explicit ProgressLine(bool quiet);
    ~ProgressLine();
    void show(const ProgressReport& report, double secondsLeft);
    /// One line that stays, on any standard error: about how long the work will take. Nothing when quiet.
    void announce(double seconds);
    void clear();

private:
    bool m_quiet;
    bool m_on;
    int m_width = 0;
};

}  // namespace hs::app
