// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/shell/first_prompts.h"

#include <QFile>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <algorithm>

#include "ui/state/project.h"
#include "ui/state/prompt_title.h"

namespace hs::ui {

namespace {

struct Example {
    QString title, text;
};

/// A list of {title, text}, bare or under "prompts".
std::vector<Example> examplesIn(const QString& path)
{
    std::vector<Example> out;
    QFile file(path);
    if (path.isEmpty() || !file.open(QIODevice::ReadOnly)) return out;
    const QJsonDocument document = QJsonDocument::fromJson(file.read(1 << 20));
    const QJsonArray list = document.isArray() ? document.array() : document.object().value(QStringLiteral("prompts")).toArray();
    for (const QJsonValue v : list) {
        const QString text = v.toObject().value(QStringLiteral("text")).toString();
        if (!text.isEmpty()) out.push_back({v.toObject().value(QStringLiteral("title")).toString(), text});
    }
    return out;
}

}  // namespace

void dropTitlesOfOtherTexts(Project& project, const QString& examples)
{
    if (project.prompts().empty()) return;
    const std::vector<Example> list = examplesIn(examples);
    const auto hasTitle = [](const PromptEntry& entry) {
        return [&](const Example& e) { return !e.title.isEmpty() && e.title == entry.title; };
    };
    for (int i = 0; i < int(project.prompts().size()); ++i) {
        const PromptEntry& entry = project.prompts()[std::size_t(i)];
        const auto example = std::find_if(list.begin(), list.end(), hasTitle(entry));
        if (example == list.end() || example->text == entry.text) continue;
        const QString own = shortTitle(entry.text);
        if (!own.isEmpty()) project.renamePrompt(i, own);
    }
}

void addFirstPrompts(Project& project, const QString& asked, const QString& examples)
{
    int first = -1;
    if (!asked.isEmpty()) {
        PromptEntry entry;
        entry.text = asked;
        first = project.addPrompt(entry);
    }
    // A vocabulary of whole words hardly holds English sentences.
    const auto& tokenizer = project.model()->tokenizer();
    if (tokenizer && tokenizer->kind() != TokenizerKind::Word && int(project.prompts().size()) <= (first >= 0 ? 1 : 0)) {
        std::vector<Example> list = examplesIn(examples);
        if (list.empty() && first < 0)
            list.push_back(
                {{},
                 QStringLiteral("Once upon a time, there was a little girl named Lily. She loved to play with her red ball in the park.")});
        for (const Example& example : list) {
            PromptEntry entry;
            entry.title = example.title;
            entry.text = example.text;
            project.addPrompt(entry);
        }
    }
    if (project.currentIndex() < 0 && !project.prompts().empty()) project.setCurrent(std::max(0, first));
    else if (first >= 0) project.setCurrent(first);
}

}  // namespace hs::ui
