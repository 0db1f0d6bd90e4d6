// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/io/corpus_open.h"

#include <algorithm>
#include <filesystem>

#include "engine/base/hash.h"
#include "engine/io/bytes/file_region.h"
#include "engine/text/utf8.h"

namespace hs {

namespace fs = std::filesystem;

namespace {

struct NamedText {
    std::string name;
    std::string text;
};

std::string trimmed(std::string_view line)
{
    const auto begin = line.find_first_not_of(" \t\r");
    if (begin == std::string_view::npos) return {};
    const auto end = line.find_last_not_of(" \t\r");
    return std::string(line.substr(begin, end - begin + 1));
}

std::vector<std::string> linesOf(std::string_view text)
{
    if (text.starts_with("\xEF\xBB\xBF")) text.remove_prefix(3);
    std::vector<std::string> lines;
    while (!text.empty()) {
        const auto end = text.find('\n');
        lines.push_back(trimmed(text.substr(0, end)));
        if (end == std::string_view::npos) break;
        text.remove_prefix(end + 1);
    }
    return lines;
}

/// Blank lines end a paragraph; without any, each line is one.
std::vector<std::string> paragraphsOf(const std::vector<std::string>& lines)
{
    // A blank line at the end of the file separates nothing.
    const auto last = std::find_if(lines.rbegin(), lines.rend(), [](const std::string& l) { return !l.empty(); });
    const bool blanks = std::find(lines.begin(), last.base(), std::string()) != last.base();
    std::vector<std::string> out;
    bool open = false;
    for (const std::string& line : lines) {
        if (line.empty()) {
            open = false;
        } else if (open && blanks) {
            out.back() += ' ';
            out.back() += line;
        } else {
            out.push_back(line);
            open = true;
        }
    }
    return out;
}

void addDocuments(const NamedText& file, std::size_t documentBytes, std::vector<TextDocument>& out)
{
    const std::vector<std::string> lines = linesOf(file.text);
    const bool list = !lines.empty() && lines.front().starts_with("# ");
    if (list) {
        for (const std::string& line : lines)
            if (!line.empty() && line.front() != '#') out.push_back({line, file.name, 0});
        return;
    }
    std::string text;
    for (const std::string& paragraph : paragraphsOf(lines)) {
        if (!text.empty()) text += '\n';
        text += paragraph;
        if (text.size() < documentBytes) continue;
        out.push_back({std::move(text), file.name, 0});
        text.clear();
    }
    if (!text.empty()) out.push_back({std::move(text), file.name, 0});
}

Result<TextCorpus> corpusOf(const std::vector<NamedText>& files, std::string name, const CorpusOptions& options)
{
    TextCorpus corpus;
    corpus.name = std::move(name);
    std::string digests;
    std::vector<TextDocument> all;
    for (const NamedText& file : files) {
        if (const auto bad = utf8::firstInvalid(file.text)) return Error::in(file.name, ErrorCode::TextNotUtf8, std::to_string(*bad));
        addDocuments(file, options.documentBytes, all);
        digests += sha256Hex(file.text.data(), file.text.size());
    }
    if (all.empty()) return Error::in(corpus.name, ErrorCode::TextEmpty);
    corpus.dataHash = files.size() == 1 ? digests : sha256Hex(digests.data(), digests.size());

    const std::size_t total = all.size();
    const std::size_t wanted =
        options.maxDocuments > 0 ? std::min<std::size_t>(total, static_cast<std::size_t>(options.maxDocuments)) : total;
    corpus.documents.reserve(wanted);
    for (std::size_t i = 0; i < wanted; ++i) {
        TextDocument document = std::move(all[i * total / wanted]);
        document.number = static_cast<int>(i);
        corpus.bytes += document.text.size();
        corpus.documents.push_back(std::move(document));
    }
    return corpus;
}

Status collect(const std::string& path, std::vector<std::string>& files)
{
    std::error_code error;
    if (!fs::is_directory(path, error)) {
        files.push_back(path);  // readTextFile says what is wrong with it
        return {};
    }
    std::vector<std::string> found;
    for (fs::directory_iterator it(path, error), end; !error && it != end; it.increment(error))
        if (it->path().extension() == ".txt" && it->is_regular_file(error)) found.push_back(it->path().string());
    if (error) return Error::in(path, ErrorCode::FileUnreadable, {}, error.message());
    if (found.empty()) return Error::in(path, ErrorCode::TextEmpty, "*.txt");
    std::sort(found.begin(), found.end());
    files.insert(files.end(), found.begin(), found.end());
    return {};
}

}  // namespace

Result<TextCorpus> readCorpus(const std::vector<std::string>& paths, const CorpusOptions& options, const Progress& progress)
{
    std::vector<std::string> files;
    for (const std::string& path : paths)
        if (const Status s = collect(path, files); !s) return s.error();
    std::vector<NamedText> texts;
    std::string name;
    for (const std::string& path : paths) {
        const fs::path clean = fs::path(path).lexically_normal();
        if (!name.empty()) name += " + ";
        name += (clean.has_filename() ? clean.filename() : clean.parent_path().filename()).string();
    }
    for (const std::string& path : files) {
        if (progress.stopped()) return Error::cancelled(path);
        auto text = readTextFile(path, options.maxFileBytes);
        if (!text) return text.error();
        texts.push_back({fs::path(path).filename().string(), *std::move(text)});
    }
    return corpusOf(texts, std::move(name), options);
}

Result<TextCorpus> corpusFromText(const std::string& text, const std::string& name, const CorpusOptions& options)
{
    return corpusOf({{name, text}}, name, options);
}

}  // namespace hs
