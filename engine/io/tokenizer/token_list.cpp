// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/io/tokenizer/token_list.h"

#include <algorithm>
#include <unordered_set>

#include "engine/io/bytes/file_region.h"

namespace hs {

Result<LoadedTokenizer> loadTokenList(const std::string& path, int dVocab, const Progress& progress)
{
    constexpr std::uint64_t limit = std::uint64_t(64) << 20;
    const auto text = readTextFile(path, limit);
    if (!text) return text.error();
    TokenizerRecord record;
    record.kind = "word";
    std::unordered_set<std::string> seen;
    const auto wrong = [&](const std::string& found) {
        const std::string line = "line " + std::to_string(record.vocab.size() + 1);
        return Error::in(path, ErrorCode::InvalidArgument, line, found.substr(0, 60), "a name of its own without white space");
    };
    std::size_t at = text->starts_with("\xEF\xBB\xBF") ? 3 : 0;
    while (at < text->size()) {
        std::size_t end = std::min(text->find('\n', at), text->size());
        std::string name = text->substr(at, end - at);
        at = end + 1;
        if (name.ends_with('\r')) name.pop_back();
        if (name.empty() || name.find_first_of(" \t\v\f\r") != std::string::npos || !seen.insert(name).second) return wrong(name);
        record.vocab.push_back(std::move(name));
        if (record.vocab.size() % 4096 == 0 && progress.stopped()) return Error::cancelled(path);
    }
    if (record.vocab.empty()) return wrong({});
    if (dVocab > 0 && record.vocab.size() > static_cast<std::size_t>(dVocab))
        return Error::in(path, ErrorCode::VocabularyMismatch, {}, std::to_string(record.vocab.size()), std::to_string(dVocab));
    while (record.vocab.size() < static_cast<std::size_t>(std::max(0, dVocab))) {
        std::string number = "#" + std::to_string(record.vocab.size());
        if (!seen.insert(number).second) return wrong(number);
        record.vocab.push_back(std::move(number));
    }
    return loadTokenizer(std::move(record), path, progress);
}

}  // namespace hs
