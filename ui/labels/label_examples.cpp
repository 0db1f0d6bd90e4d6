// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/labels/label_examples.h"

#include <QCoreApplication>
#include <algorithm>
#include <cstdlib>
#include <set>

namespace hs::ui {

std::vector<ExampleLine> exampleLines(const std::vector<ExampleRow>& rows, const std::vector<ExampleDocument>& documents,
                                      const Tokenizer* tokenizer, int most, int around)
{
    std::vector<ExampleLine> out;
    for (const ExampleRow& row : rows) {
        if (int(out.size()) >= most) break;
        const auto it =
            std::find_if(documents.begin(), documents.end(), [&](const ExampleDocument& d) { return d.document == row.document; });
        const int n = it == documents.end() ? 0 : int(it->ids.size());
        if (row.query < 0 || row.query >= n) continue;
        ExampleLine line{row, *it, {}, {}};
        std::vector<int> centres;
        for (const int key : row.keys)
            if (key >= 0 && key < n && key != row.query) centres.push_back(key);
        std::sort(centres.begin(), centres.end(), [&](int a, int b) { return std::abs(a - row.query) < std::abs(b - row.query); });
        centres.resize(std::min<std::size_t>(centres.size(), 2));
        std::set<int> shown;
        const auto show = [&](int from, int to) {
            for (int i = std::max(0, from); i < std::min(n, to); ++i) shown.insert(i);
        };
        show(row.query - around, row.query + 1 + std::min(around, std::max(2, around / 3)));
        for (const int key : centres) {
            show(key - std::min(around, 2), key + 1 + std::min(around, 2));
            if (std::abs(key - row.query) <= 2 * around) show(std::min(key, row.query), std::max(key, row.query));
        }
        line.positions.assign(shown.begin(), shown.end());
        for (const int i : line.positions) {
            const int id = it->ids[std::size_t(i)];
            line.tokens.push_back(tokenizer ? QString::fromStdString(tokenizer->displayText(id)) : QStringLiteral(" %1").arg(id));
        }
        out.push_back(std::move(line));
    }
    return out;
}

PromptEntry promptOf(const ExampleDocument& document, const Tokenizer* tokenizer)
{
    PromptEntry entry;
    entry.ids = document.ids;
    if (tokenizer) entry.text = QString::fromStdString(tokenizer->decode(document.ids));
    if (entry.text.isEmpty())
        for (const int id : document.ids) entry.text += (entry.text.isEmpty() ? QString() : QStringLiteral(" ")) + QString::number(id);
    const QString name = QString::fromStdString(document.name);
    entry.title = name.isEmpty() ? QCoreApplication::translate("hs::ui::LabelWords", "Passage %1").arg(document.document + 1)
                                 : QCoreApplication::translate("hs::ui::LabelWords", "%1, passage %2").arg(name).arg(document.document + 1);
    return entry;
}

int openPassage(Project& project, const ExampleDocument& document)
{
    int index = -1;
    for (int i = 0; i < int(project.prompts().size()); ++i)
        if (project.prompts()[std::size_t(i)].ids == document.ids) index = i;
    if (index < 0)
        index = project.addPrompt(
            promptOf(document, project.model() && project.model()->tokenizer() ? project.model()->tokenizer().get() : nullptr));
    project.setCurrent(index);
    return index;
}

}  // namespace hs::ui
