// SPDX-License-Identifier: GPL-3.0-or-later
// Errors above the work: one bar, what a copied report says, and which of them goes when a run succeeds.
#pragma once

#include <QObject>
#include <QString>
#include <optional>

#include "engine/base/result.h"

namespace hs::ui {

class NoticeBar;
struct ErrorText;
struct StateContent;

class Notices : public QObject {
    Q_OBJECT
public:
    explicit Notices(QObject* parent = nullptr);
    NoticeBar* bar() const { return m_bar; }

    /// `open`: something is open and stays so; `ofRun`: a run failed, so the next one that succeeds takes the bar away.
    void show(const ErrorText& text, const Error& facts, bool open, bool ofRun);
    void show(const StateContent& content);
    /// For "Copy report" of an error that stands elsewhere.
    void remember(const ErrorText& text, const Error& facts);
    void hide();
    void runSucceeded();
    /// The same error now stands in the middle of the window; what the bar says of anything else stays.
    void saidElsewhere(const Error& facts);
    QString report() const { return m_report; }

private:
    NoticeBar* m_bar;
    QString m_report;
    bool m_ofRun = false;
    std::optional<ErrorCode> m_code;  ///< of the error in the bar
};

}  // namespace hs::ui
