// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/prune/prune_texts.h"

#include <QDir>
#include <QFileInfo>

#include "ui/state/open_inputs.h"

namespace hs::ui {

TextRequest textRequest(const PruneText& text, const QString& folder)
{
    TextRequest out;
    out.name = pruneTextSource(text).toStdString();
    out.maxPrompts = text.passages;
    out.length = text.length;
    const auto sample = [&](const QString& name) {
        const QString path = QDir(folder).filePath(name);
        if (!folder.isEmpty() && QFileInfo(path).isFile()) out.files.push_back(path.toStdString());
    };
    if (text.source == PruneText::Source::Passages) sample(QStringLiteral("passages.txt"));
    else if (text.source == PruneText::Source::Sampled) sample(QStringLiteral("sample_corpus.txt"));
    else if (text.source == PruneText::Source::Tokens) out.tokensFile = text.files.value(0).toStdString();
    else
        for (const QString& file : text.files) out.files.push_back(file.toStdString());
    addOpenInputs(out.files);
    addOpenInputs({out.tokensFile});
    return out;
}

std::optional<PruneText> chosenText(const TextRequest& from, const QString& folder)
{
    PruneText out;
    out.source = PruneText::Source::Files;
    if (!from.tokensFile.empty()) {
        out.source = PruneText::Source::Tokens;
        out.files << QString::fromStdString(from.tokensFile);
    } else if (from.files.empty()) return std::nullopt;
    for (const std::string& file : from.files) out.files << QString::fromStdString(file);
    if (out.source == PruneText::Source::Files && out.files.size() == 1) {
        // The program's own texts, wherever it was installed when the experiment was saved.
        const QString name = QFileInfo(out.files.first()).fileName();
        const bool here =
            !folder.isEmpty()
            && (!QFileInfo::exists(out.files.first()) || QFileInfo(out.files.first()) == QFileInfo(QDir(folder).filePath(name)));
        if (here && name == QLatin1String("passages.txt")) out.source = PruneText::Source::Passages;
        if (here && name == QLatin1String("sample_corpus.txt")) out.source = PruneText::Source::Sampled;
        if (out.source != PruneText::Source::Files) out.files.clear();
    }
    for (const QString& file : std::as_const(out.files))
        if (!QFileInfo::exists(file)) return std::nullopt;
    out.passages = from.maxPrompts;
    out.length = from.length;
    return out;
}

}  // namespace hs::ui
