// SPDX-License-Identifier: GPL-3.0-or-later
// Tokenising 10 MB of text with GPT-2's byte-level BPE, beside what it cannot beat: one pass over the memory, and the
// PCRE2 word splitting alone. Best of five of each, in the same run.
// With the reference data: GPT-2's vocabulary on the books of the corpus. Without: a small BPE learnt here on made-up words.
#include <algorithm>
#include <chrono>
#include <cstdio>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <map>
#include <random>
#include <string>
#include <vector>

#include "engine/text/models/byte_alphabet.h"
#include "engine/text/regex.h"
#include "engine/text/tokenizer.h"
#include "engine/text/utf8.h"

namespace {

constexpr std::size_t textBytes = 10'000'000;
constexpr int rounds = 5;

std::string readFile(const std::filesystem::path& path)
{
    std::ifstream in(path, std::ios::binary);
    return std::string(std::istreambuf_iterator<char>(in), {});
}

std::vector<std::string> madeUpWords()
{
    std::mt19937 random(1);
    const char* const syllables[] = {"the", "an", "ta", "ri", "lo", "ing", "ed", "mo", "st", "er", "qu", "é", "ba", "n", "s"};
    std::vector<std::string> words;
    for (int i = 0; i < 3000; ++i) {
        std::string word;
        for (std::size_t k = 0, n = 1 + random() % 4; k < n; ++k) word += syllables[random() % std::size(syllables)];
        words.push_back(word);
    }
    return words;
}

std::string madeUpText(const std::vector<std::string>& words)
{
    std::mt19937 random(2);
    std::string text;
    while (text.size() < textBytes) {
        // The product of two uniform numbers: few words are frequent, many are rare.
        const std::size_t at = (random() % words.size()) * (random() % words.size()) / words.size();
        text += words[at];
        text += random() % 11 == 0 ? ". " : random() % 60 == 0 ? "\n" : " ";
    }
    return text;
}

std::string corpusText()
{
    std::vector<std::filesystem::path> files;
    std::error_code ec;
    for (const auto& entry : std::filesystem::directory_iterator(HEADSCOPE_SHARED_DIR "/data/corpus", ec))
        if (entry.path().extension() == ".txt") files.push_back(entry.path());
    std::sort(files.begin(), files.end());
    std::string text;
    for (const auto& file : files) text += readFile(file);
    if (text.empty()) return text;
    const std::string once = text;
    while (text.size() < textBytes) text += once.substr(0, textBytes - text.size());
    text.resize(textBytes);
    while (!text.empty() && hs::utf8::firstInvalid(text)) text.pop_back();
    return text;
}

/// Byte-pair merges learnt on the words the plain way: the most frequent pair, 400 times.
std::shared_ptr<const hs::Tokenizer> learnt(const std::vector<std::string>& words)
{
    std::vector<std::string> vocab(hs::byteCharacters().begin(), hs::byteCharacters().end());
    std::vector<std::string> merges;
    std::vector<std::vector<std::string>> split;
    for (const std::string& word : words) {
        auto& symbols = split.emplace_back();
        symbols.push_back(hs::byteCharacters()[' ']);
        for (const char c : word) symbols.push_back(hs::byteCharacters()[static_cast<unsigned char>(c)]);
    }
    for (int n = 0; n < 400; ++n) {
        std::map<std::pair<std::string, std::string>, int> counts;
        for (const auto& symbols : split)
            for (std::size_t i = 0; i + 1 < symbols.size(); ++i) ++counts[{symbols[i], symbols[i + 1]}];
        const auto best = std::max_element(counts.begin(), counts.end(), [](const auto& a, const auto& b) { return a.second < b.second; });
        if (best == counts.end() || best->second < 2) break;
        const auto [left, right] = best->first;
        std::string merge = left;
        merge += ' ';
        merge += right;
        merges.push_back(merge);
        vocab.push_back(left + right);
        for (auto& symbols : split)
            for (std::size_t i = 0; i + 1 < symbols.size(); ++i)
                if (symbols[i] == left && symbols[i + 1] == right) {
                    symbols[i] += right;
                    symbols.erase(symbols.begin() + static_cast<std::ptrdiff_t>(i) + 1);
                }
    }
    auto made = hs::makeGpt2Bpe(std::move(vocab), merges, {});
    return made.ok() ? *made : nullptr;
}

template <typename Work>
double bestSeconds(const Work& work)
{
    double best = 1e9;
    for (int i = 0; i < rounds; ++i) {
        const auto start = std::chrono::steady_clock::now();
        work();
        best = std::min(best, std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count());
    }
    return best;
}

}  // namespace

int main()
{
    const std::vector<std::string> words = madeUpWords();
    std::string text = corpusText();
    const bool corpus = !text.empty();
    if (!corpus) text = madeUpText(words);

    const std::string folder = HEADSCOPE_SHARED_DIR "/data/tokenizers/gpt2/";
    const auto gpt2 = hs::makeGpt2BpeFromFiles(readFile(folder + "encoder.json"), readFile(folder + "vocab.bpe"));
    const std::shared_ptr<const hs::Tokenizer> tokenizer = gpt2.ok() ? *gpt2 : learnt(words);
    const auto regex = hs::Regex::compile(hs::gpt2Pattern());
    if (!tokenizer || !regex) return 1;

    std::size_t tokens = 0;
    std::size_t pieces = 0;
    std::size_t sink = 0;
    bool failed = false;
    const double encode = bestSeconds([&] {
        const auto encoded = tokenizer->encode(text);
        failed = failed || !encoded.ok();
        tokens = encoded.ok() ? encoded->size() : 0;
    });
    const double split = bestSeconds([&] {
        pieces = 0;
        const hs::Status s = regex->forEach(text, [&](hs::Regex::Match) -> hs::Status {
            ++pieces;
            return {};
        });
        failed = failed || !s.ok();
    });
    const double memory = bestSeconds([&] {
        for (const char c : text) sink += static_cast<unsigned char>(c);
    });
    if (failed || sink == 0) return 1;

    const double megabytes = static_cast<double>(text.size()) / 1e6;
    std::printf("text                  %.1f MB, %s; vocabulary %s of %d\n", megabytes, corpus ? "corpus" : "made up",
                gpt2.ok() ? "GPT-2's" : "learnt here", tokenizer->vocabSize());
    std::printf("GPT-2 BPE             %8.3f s  %8.1f MB/s  %.2f M tokens/s\n", encode, megabytes / encode,
                static_cast<double>(tokens) / encode / 1e6);
    std::printf("PCRE2 split alone     %8.3f s  %8.1f MB/s  %.2f M pieces/s\n", split, megabytes / split,
                static_cast<double>(pieces) / split / 1e6);
    std::printf("one pass over memory  %8.4f s  %8.1f MB/s\n", memory, megabytes / memory);
    std::printf("BPE / split           %8.2f   (1 is the limit of this design)\n", encode / split);
    std::printf("BPE / memory pass     %8.0f\n", encode / memory);
    return 0;
}
