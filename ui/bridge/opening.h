// SPDX-License-Identifier: GPL-3.0-or-later
// Opens files into the project, and learns in the background what a file does not say at once: its hash and whether it agrees with the
// reference numbers it brings.
#pragma once

#include <QObject>
#include <map>
#include <memory>
#include <string>

#include "engine/session/jobs/hash.h"
#include "engine/session/jobs/open.h"
#include "engine/session/jobs/parity.h"
#include "ui/bridge/ask.h"

namespace hs::ui {

class Project;

class Opening : public QObject {
    Q_OBJECT
public:
    Opening(EngineBridge* bridge, Project* project, QObject* parent = nullptr);
    /// A model, a dump or a folder. What is open stays until the new file is there.
    void open(const QString& path, const OpenOptions& options);
    void cancel();
    /// What the user says about the model of asksHeads(): it is opened with these values. cancel() leaves it closed.
    void answer(const std::map<std::string, std::string>& said);
    /// Answer to asksAdapter(): the folder of the adapter to merge, or "none".
    void answerAdapter(const std::string& adapter);
    /// Asks for hash and parity of the open file.
    void learn();
    bool busy() const { return m_open.busy() || asking(); }
    const QString& path() const { return m_path; }            ///< on its way; empty: none
    const OpenOptions& options() const { return m_options; }  ///< the open file was opened with

Q_SIGNALS:
    void started(const QString& path);
    void arrived();  ///< the project holds the new file
    /// Nothing but a guess says where a head of this model begins: it waits for answer(), and the project does not see it before.
    void asksHeads(const std::shared_ptr<const hs::Model>& model);
    /// An adapter lies in this folder beside the weights, and nothing says whether it is meant: waits for answerAdapter().
    void asksAdapter(const QString& folder);
    void ended(const QString& path, const hs::JobEnded& end);
    void reported(const hs::JobProgress& progress);

private:
    bool asking() const { return m_asked || m_asksAdapter; }
    /// Forgets what was asked; true if there was something.
    bool stopAsking();

    Project* m_project;
    Ask<OpenJob> m_open;
    Ask<HashJob> m_hash;
    Ask<ParityJob> m_parity;
    OpenOptions m_options, m_wanted;
    std::shared_ptr<const Model> m_asked;  ///< waits for an answer
    bool m_asksAdapter = false;            ///< likewise
    QString m_path;
};

}  // namespace hs::ui
