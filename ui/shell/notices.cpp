// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/shell/notices.h"

#include "ui/bridge/error_text.h"
#include "ui/shell/notice_bar.h"

namespace hs::ui {

Notices::Notices(QObject* parent) : QObject(parent), m_bar(new NoticeBar)
{
    m_bar->setObjectName(QStringLiteral("errorPanel"));
    m_bar->hide();
}

void Notices::remember(const ErrorText& text, const Error& facts)
{
    m_report = QStringLiteral("%1\n%2\n%3\n%4").arg(text.title, text.what, text.next, errorLine(facts));
}

void Notices::show(const ErrorText& text, const Error& facts, bool open, bool ofRun)
{
    remember(text, facts);
    StateContent content;
    content.bad = true;
    content.title = text.title;
    // The bar says what and what next; the path and the exact facts wait under Details.
    Error bare = facts;
    bare.file.clear();
    const bool usual = text.what == errorText(facts).what;
    content.sentence = (usual ? errorText(bare).what : text.what) + QLatin1Char(' ') + text.next;
    QStringList details;
    if (open) details << tr("What was open is still open. Nothing was changed.");
    if (!facts.file.empty()) details << tr("File: %1").arg(QString::fromStdString(facts.file));
    content.note = details.join(QLatin1Char('\n'));
    content.buttons << StateButton{QStringLiteral("open"), tr("Open another …"), false, {}}
                    << StateButton{QStringLiteral("copyReport"), tr("Copy report"), false, {}};
    if (open) content.buttons << StateButton{QStringLiteral("tensors"), tr("Show tensors"), false, {}};
    content.buttons << StateButton{QStringLiteral("dismiss"), tr("Close"), false, {}};
    m_bar->setContent(content);
    m_ofRun = ofRun;
    m_code = facts.code;
    m_bar->show();
}

void Notices::show(const StateContent& content)
{
    m_ofRun = false;
    m_code.reset();
    m_bar->setContent(content);
    m_bar->show();
}

void Notices::hide()
{
    m_bar->hide();
    m_ofRun = false;
    m_code.reset();
}

void Notices::saidElsewhere(const Error& facts)
{
    if (m_ofRun || m_code == facts.code) hide();
}

void Notices::runSucceeded()
{
    if (m_ofRun) hide();
}

}  // namespace hs::ui
