// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/graph/class_store.h"

#include <QDir>
#include <QFile>
#include <QFileInfo>
#include <QJsonDocument>
#include <QRegularExpression>
#include <QUndoCommand>
#include <algorithm>
#include <set>

#include "engine/base/hash.h"
#include "engine/session/jobs/written.h"
#include "ui/bridge/engine_bridge.h"
#include "ui/bridge/error_text.h"
#include "ui/state/project.h"

namespace hs::ui {

namespace {

class ListCommand : public QUndoCommand {
public:
    struct State {
        std::shared_ptr<const ClassList> list;
        QString path;
    };
    ListCommand(ClassStore* store, State before, State after, const QString& text)
        : QUndoCommand(text), m_store(store), m_before(std::move(before)), m_after(std::move(after))
    {}
    void redo() override { m_store->put(m_after.list, m_after.path); }
    void undo() override { m_store->put(m_before.list, m_before.path); }

private:
    ClassStore* m_store;
    State m_before, m_after;
};

}  // namespace

QStringList classCodes(const QStringList& names)
{
    static const QRegularExpression between(QStringLiteral("[^\\p{L}\\p{N}]+"));
    QStringList out;
    for (const QString& name : names) {
        const QStringList words = name.split(between, Qt::SkipEmptyParts);
        QString code;
        if (words.size() == 1) code = words.front().left(1).toUpper() + words.front().mid(1, 1).toLower();
        else
            for (const QString& word : words.mid(0, 3)) code += word.front().toUpper();
        if (code.isEmpty()) code = QStringLiteral("?");
        QString free = code;
        for (int i = 2; out.contains(free); ++i) free = code.left(2) + QString::number(i);
        out << free;
    }
    return out;
}

bool sameModelName(const QString& a, const QString& b)
{
    const auto plain = [](const QString& text) {
        QString out;
        for (const QChar c : text)
            if (c.isLetterOrNumber()) out += c.toLower();
        return out;
    };
    const QString x = plain(a), y = plain(b);
    return x.contains(y) || y.contains(x);
}

ClassStore::ClassStore(EngineBridge* bridge, Project* project, QObject* parent)
    : QObject(parent), m_project(project), m_load(bridge, tr("Class list of heads"), QStringLiteral("classes load")),
      m_restore(bridge, tr("Class list of heads"), QStringLiteral("classes restore")),
      m_score(bridge, tr("Class list of heads"), QStringLiteral("class scores")), m_save(bridge, tr("Write class list"), {})
{
    m_load.onAnswer([this](const ClassListResult& result) {
        const QString path = QString::fromStdString(result.path);
        change(result.list, path, tr("class list %1").arg(QFileInfo(path).fileName()));
        saved();
        Q_EMIT changed();
    });
    m_restore.onAnswer([this](const ClassListResult& result) {
        put(result.list, QString::fromStdString(result.path));
        saved();
        if (!m_restoring.sha256.isEmpty() && m_savedHash != m_restoring.sha256)
            complain(tr("The class list %1 was changed since the project was saved: it is shown as its file is now.")
                         .arg(QFileInfo(m_path).fileName()));
        Q_EMIT changed();
    });
    m_score.onAnswer([this](const ClassListResult& result) {
        if (result.list != m_list) return;
        m_scores.clear();
        for (std::size_t i = 0; i < result.scores.size(); ++i) m_scores.push_back({result.matrices[i], result.scores[i]});
        Q_EMIT scoresChanged();
    });
    m_save.onAnswer([this](const WrittenResult&) {
        if (m_writing == m_list) {
            m_path = m_savePath;
            saved();
        }
        Q_EMIT changed();
        Q_EMIT message(tr("Saved %1: %2 classes").arg(QFileInfo(m_savePath).fileName()).arg(m_writing->classes.size()));
    });
    for (OneAsk* ask : {static_cast<OneAsk*>(&m_load), static_cast<OneAsk*>(&m_save), static_cast<OneAsk*>(&m_score)})
        connect(ask, &OneAsk::ended, this, [this](const JobEnded& ended) {
            if (ended.state == JobState::Failed && ended.error) Q_EMIT failed(*ended.error);
        });
    connect(&m_restore, &OneAsk::ended, this, [this](const JobEnded& ended) {
        if (ended.state != JobState::Failed || !ended.error) return;
        m_lost = m_restoring;
        const QFileInfo file(m_lost.path);
        complain(ended.error->code == ErrorCode::FileNotFound
                     ? tr("The class list %1 of this project is not there any more. It was read from %2.").arg(file.fileName(), file.path())
                     : tr("The class list %1 of this project cannot be read: %2").arg(file.fileName(), errorText(*ended.error).what));
        Q_EMIT changed();
    });
    connect(project, &Project::modelChanged, this, [this] {
        m_matrices.clear();
        m_scores.clear();
        Q_EMIT changed();  // whether the list fits the model may differ
    });
}

void ClassStore::setFolder(const QString& folder)
{
    m_readyMade.clear();
    if (!folder.isEmpty()) {
        const QDir place(folder);
        const QStringList names = place.entryList({QStringLiteral("*.json"), QStringLiteral("*.csv")}, QDir::Files, QDir::Name);
        for (const QString& name : names) {
            QFile file(place.filePath(name));
            if (file.size() > 65536 || !file.open(QIODevice::ReadOnly)) continue;
            const auto list = parseClassList(file.readAll().toStdString());
            if (!list) continue;  // choosing it by hand says what is wrong
            const QString title = QString::fromStdString(list->name);
            m_readyMade.push_back({title.isEmpty() ? QFileInfo(name).completeBaseName() : title, place.filePath(name)});
        }
    }
    Q_EMIT changed();
}

QString ClassStore::title() const
{
    if (!m_list) return {};
    if (!m_list->name.empty()) return QString::fromStdString(m_list->name);
    return m_path.isEmpty() ? tr("New list") : QFileInfo(m_path).completeBaseName();
}

void ClassStore::load(const QString& path)
{
    ClassListJob job;
    job.path = path.toStdString();
    m_load.start(std::move(job));
}

void ClassStore::save(const QString& path)
{
    if (!m_list) return;
    m_savePath = path;
    m_writing = m_list;
    m_save.start(WriteClassListJob{path.toStdString(), m_list});
}

void ClassStore::saved()
{
    m_saved = m_list;
    const std::string json = m_list ? classListJson(*m_list) : std::string();
    m_savedHash = m_list ? QString::fromStdString(sha256Hex(json.data(), json.size())) : QString();
}

void ClassStore::complain(const QString& text)
{
    m_complaint = text;
    Q_EMIT message(text);
}

ClassListRef ClassStore::reference() const
{
    if (m_restore.busy()) return m_restoring;
    if (!m_list) return m_lost;
    ClassListRef out{m_path, m_savedHash, {}};
    if (edited() || m_path.isEmpty()) out.edited = QJsonDocument::fromJson(QByteArray::fromStdString(classListJson(*m_list))).object();
    return out;
}

void ClassStore::restore(const ClassListRef& reference)
{
    m_restore.forget();
    m_restoring = reference;
    if (reference.edited.isEmpty()) {
        if (m_list || !m_lost.empty() || !m_complaint.isEmpty()) put(nullptr, {});
        saved();
        if (reference.path.isEmpty()) return;
        ClassListJob job;
        job.path = reference.path.toStdString();
        m_restore.start(std::move(job));
        return;
    }
    const auto list = parseClassList(QJsonDocument(reference.edited).toJson().toStdString());
    put(list ? std::make_shared<const ClassList>(*list) : nullptr, list ? reference.path : QString());
    m_saved = nullptr;
    m_savedHash = reference.sha256;
    if (!list) {
        m_lost = reference;
        complain(tr("The class list in this project cannot be read: %1").arg(errorText(list.error()).what));
    }
    Q_EMIT changed();
}

void ClassStore::put(std::shared_ptr<const ClassList> list, const QString& path)
{
    m_list = std::move(list);
    m_path = path;
    m_lost = {};
    m_complaint.clear();
    QStringList names;
    if (m_list)
        for (const HeadClass& c : m_list->classes) names << QString::fromStdString(c.name);
    m_codes = classCodes(names);
    m_scores.clear();
    Q_EMIT changed();
    Q_EMIT scoresChanged();
    score();
}

void ClassStore::change(std::shared_ptr<const ClassList> list, const QString& path, const QString& what)
{
    m_restore.forget();  // what is chosen by hand wins over the project's that may still be on its way
    m_project->undo().push(new ListCommand(this, {m_list, m_path}, {std::move(list), path}, what));
}

void ClassStore::edit(const ClassList& list, const QString& what) { change(std::make_shared<const ClassList>(list), m_path, what); }

void ClassStore::startNew()
{
    ClassList list;
    if (const auto& model = m_project->model()) list.model = model->identity().name;
    change(std::make_shared<const ClassList>(std::move(list)), {}, tr("new class list"));
}

void ClassStore::close()
{
    if (m_list) change(nullptr, {}, tr("close class list"));
}

bool ClassStore::taken(const std::string& name, int except) const
{
    for (int i = 0; i < int(m_list->classes.size()); ++i)
        if (i != except && m_list->classes[std::size_t(i)].name == name) return true;
    return false;
}

bool ClassStore::addClass(const QString& name)
{
    const std::string plain = name.simplified().toStdString();
    if (!m_list || plain.empty() || taken(plain, -1)) return false;
    ClassList list = *m_list;
    list.classes.push_back({plain, {}});
    edit(list, tr("class %1").arg(name.simplified()));
    return true;
}

bool ClassStore::renameClass(int index, const QString& name)
{
    const std::string plain = name.simplified().toStdString();
    if (!m_list || index < 0 || index >= int(m_list->classes.size()) || plain.empty() || taken(plain, index)
        || m_list->classes[std::size_t(index)].name == plain)
        return false;
    ClassList list = *m_list;
    list.classes[std::size_t(index)].name = plain;
    edit(list, tr("rename class to %1").arg(name.simplified()));
    return true;
}

bool ClassStore::removeClass(int index)
{
    if (!m_list || index < 0 || index >= int(m_list->classes.size())) return false;
    ClassList list = *m_list;
    const QString name = QString::fromStdString(list.classes[std::size_t(index)].name);
    list.classes.erase(list.classes.begin() + index);
    edit(list, tr("delete class %1").arg(name));
    return true;
}

bool ClassStore::setMember(int index, HeadId head, bool member)
{
    if (!m_list || index < 0 || index >= int(m_list->classes.size())) return false;
    ClassList list = *m_list;
    std::vector<HeadId>& heads = list.classes[std::size_t(index)].heads;
    const auto place = std::lower_bound(heads.begin(), heads.end(), head);
    const bool there = place != heads.end() && *place == head;
    if (there == member) return false;
    if (member) heads.insert(place, head);
    else heads.erase(place);
    const QString name = QString::fromStdString(list.classes[std::size_t(index)].name), who = QString::fromStdString(headName(head));
    edit(list, member ? tr("%1 into %2").arg(who, name) : tr("%1 out of %2").arg(who, name));
    return true;
}

QString ClassStore::code(int index) const { return m_codes.value(index); }

QString ClassStore::codes(HeadId head) const
{
    QStringList out;
    if (m_list)
        for (int i = 0; i < int(m_list->classes.size()); ++i)
            if (const auto& heads = m_list->classes[std::size_t(i)].heads; std::binary_search(heads.begin(), heads.end(), head))
                out << code(i);
    return out.join(QLatin1Char('+'));
}

QString ClassStore::names(HeadId head) const
{
    QStringList out;
    if (m_list)
        for (const HeadClass& c : m_list->classes)
            if (std::binary_search(c.heads.begin(), c.heads.end(), head)) out << QString::fromStdString(c.name);
    return out.join(QStringLiteral(", "));
}

int ClassStore::foreignHeads() const
{
    const auto& model = m_project->model();
    if (!m_list || !model) return 0;
    std::set<HeadId> foreign;
    for (const HeadClass& c : m_list->classes)
        for (const HeadId head : c.heads)
            if (head.layer >= model->config().nLayers || head.head >= model->config().heads(head.layer)) foreign.insert(head);
    return int(foreign.size());
}

bool ClassStore::otherModel() const
{
    const auto& model = m_project->model();
    if (!m_list || !model || m_list->model.empty()) return false;
    return !sameModelName(QString::fromStdString(m_list->model), QString::fromStdString(model->identity().name));
}

void ClassStore::setMatrices(std::vector<std::shared_ptr<const HeadMatrix>> matrices, int k)
{
    if (matrices == m_matrices && k == m_k) return;
    m_matrices = std::move(matrices);
    m_k = k;
    m_scores.clear();
    Q_EMIT scoresChanged();
    score();
}

void ClassStore::score()
{
    if (!m_list || m_matrices.empty()) return;
    ClassListJob job;
    job.list = m_list;
    job.matrices = m_matrices;
    job.k = m_k;
    m_score.start(std::move(job));
}

}  // namespace hs::ui
