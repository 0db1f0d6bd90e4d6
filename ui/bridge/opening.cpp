// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/bridge/opening.h"

#include <QDir>
#include <QFileInfo>
#include <utility>

#include "engine/io/store/adapter.h"
#include "ui/state/open_inputs.h"
#include "ui/state/project.h"

namespace hs::ui {
namespace {

/// Every file that the open one was read from.
QStringList inputsOf(const Project& project, const QString& path, const OpenOptions& options)
{
    QStringList out{path, project.path()};
    for (const std::string& named : {options.configFile, options.tokenizerPath, options.tokensFile})
        if (!named.empty()) out << QString::fromStdString(named);
    if (!project.model()) return out;
    const QDir folder = QFileInfo(project.path()).dir();  // what was found beside the model
    for (const QString& name : {QStringLiteral("config.json"), QString::fromStdString(project.model()->tokenizerOrigin())})
        if (!name.isEmpty() && QFileInfo(folder.filePath(name)).isFile()) out << folder.filePath(name);
    return out;
}

}  // namespace

Opening::Opening(EngineBridge* bridge, Project* project, QObject* parent)
    : QObject(parent), m_project(project), m_open(bridge, tr("Open file"), QStringLiteral("open")),
      m_hash(bridge, tr("SHA-256 of the file"), QStringLiteral("hash")),
      m_parity(bridge, tr("Compare with the reference"), QStringLiteral("parity"))
{
    m_open.onAnswer([this](const OpenedResult& result) {
        const auto* model = std::get_if<std::shared_ptr<const Model>>(&result.opened);
        if (model && !(*model)->headsKnown()) {
            m_asked = *model;
            return;
        }
        m_options = m_wanted;
        if (model) m_project->setModel(*model);
        else m_project->setDump(std::get<std::shared_ptr<const AttentionDump>>(result.opened));
        setOpenInputs(inputsOf(*m_project, m_path, m_options));
        Q_EMIT arrived();
    });
    connect(&m_open, &OneAsk::reported, this, &Opening::reported);
    connect(&m_open, &OneAsk::ended, this, [this](const JobEnded& end) {
        // A question of what is meant, not a failure.
        m_asksAdapter = end.error && end.error->code == ErrorCode::UnknownLayout && asksForAdapter(*end.error);
        if (m_asked) Q_EMIT asksHeads(m_asked);
        else if (m_asksAdapter) Q_EMIT asksAdapter(QString::fromStdString(end.error->found));
        else Q_EMIT ended(std::exchange(m_path, QString()), end);
    });
    m_hash.onAnswer([this](const HashResult& result) { m_project->setHash(QString::fromStdString(result.sha256)); });
    m_parity.onAnswer([this](const ParityResult& result) {
        if (result.model == m_project->model()) m_project->setParity(result.report);
    });
}

void Opening::open(const QString& path, const OpenOptions& options)
{
    stopAsking();
    m_wanted = options;
    m_path = path;
    m_open.start(OpenJob{path.toStdString(), options});
    Q_EMIT started(path);
}

void Opening::answer(const std::map<std::string, std::string>& said)
{
    if (!m_asked) return;
    OpenOptions options = m_wanted;
    for (const auto& [key, value] : said) options.config[key] = value;
    open(QString(m_path), options);
}

void Opening::answerAdapter(const std::string& adapter)
{
    if (!m_asksAdapter) return;
    OpenOptions options = m_wanted;
    options.adapter = adapter;
    open(QString(m_path), options);
}

bool Opening::stopAsking()
{
    const bool model = std::exchange(m_asked, nullptr) != nullptr;
    return std::exchange(m_asksAdapter, false) || model;
}

void Opening::cancel()
{
    m_open.cancel();
    if (!stopAsking()) return;
    JobEnded end;
    end.state = JobState::Cancelled;
    Q_EMIT ended(std::exchange(m_path, QString()), end);
}

void Opening::learn()
{
    m_hash.start(HashJob{m_project->path().toStdString()});
    if (m_project->model() && m_project->model()->canRun()) m_parity.start(ParityJob{m_project->model()});
}

}  // namespace hs::ui
