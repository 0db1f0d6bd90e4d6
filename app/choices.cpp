// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/choices.h"

#include <QtGlobal>

#include <cerrno>
#include <cstring>
#include <filesystem>
#include <fstream>
#include <iostream>
#include <iterator>
#include <sstream>

#include "engine/analysis/pruning/pruning.h"

namespace hs::app {

Options promptOptions(PromptChoice& a)
{
    return {
        {"--text", "TEXT", QT_TRANSLATE_NOOP("CommandLine", "the prompt"), text(a.text)},
        {"--text-file", reads("FILE"),
         QT_TRANSLATE_NOOP("CommandLine", "the prompt is in this UTF-8 file (- is standard input; a last line break is left out)"),
         text(a.textFile)},
        {"--tokens", "IDS", QT_TRANSLATE_NOOP("CommandLine", "the prompt as token ids, like 1,2,3; nothing is put before them"),
         numbers(a.tokens)},
        spellSpecialOption(a.spellSpecial),
    };
}

Option spellSpecialOption(bool& spell)
{
    return {"--spell-special", nullptr,
            QT_TRANSLATE_NOOP("CommandLine", "read special tokens in a text, like <|endoftext|>, as their letters, not as the token"),
            toggle(spell)};
}

int promptsGiven(const PromptChoice& a) { return (a.text ? 1 : 0) + (a.textFile.empty() ? 0 : 1) + (a.tokens.empty() ? 0 : 1); }

Result<std::string> promptText(const PromptChoice& a)
{
    if (a.textFile.empty()) return a.text.value_or("");
    return readText(a.textFile);
}

Result<std::string> readText(const std::string& path)
{
    std::string text;
    if (path == "-") {
        text.assign(std::istreambuf_iterator<char>(std::cin), {});
    } else {
        errno = 0;
        std::ifstream file(path, std::ios::binary);
        if (!file) {
            if (errno == ENOENT) return Error::in(path, ErrorCode::FileNotFound);
            return Error::in(path, ErrorCode::FileUnreadable, {}, std::strerror(errno));
        }
        std::error_code ignored;
        if (std::filesystem::is_directory(path, ignored)) return Error::in(path, ErrorCode::FileIsFolder);
        std::ostringstream all;  // an error while reading sets a bit here; an iterator would throw
        all << file.rdbuf();
        text = std::move(all).str();
        if (file.bad()) return Error::in(path, ErrorCode::FileUnreadable);
    }
    // Editors end a file with a line break that is not meant as part of the prompt.
    if (text.ends_with('\n')) text.pop_back();
    if (text.ends_with('\r')) text.pop_back();
    return text;
}

Options figureOptions(FigureChoice& a)
{
    return {
        {"--width", "MM", QT_TRANSLATE_NOOP("CommandLine", "width of the figure: 85 by default, of a graph 174"),
         positive(a.widthMm, "a width in mm")},
        {"--font", "PT", QT_TRANSLATE_NOOP("CommandLine", "size of its text, 6.5 by default"), positive(a.fontPt, "a size in pt")},
        {"--dpi", "N", QT_TRANSLATE_NOOP("CommandLine", "dots per inch of a PNG, 300 by default"), positive(a.dpi, "dots per inch")},
    };
}

Option scoreOption(WorthChoice& a)
{
    return {"--score", "NAME",
            QT_TRANSLATE_NOOP("CommandLine",
                              "gate (default), ablation-zero, ablation-mean, ablation-resample, ablation-uniform, weight-out, weight-ov, "
                              "weight-qk, confidence, depth"),
            known(a.score, parseImportance,
                  "gate, ablation-zero, ablation-mean, ablation-resample, ablation-uniform, weight-out, weight-ov, weight-qk, confidence "
                  "or depth")};
}

Option calibrateOption(WorthChoice& a)
{
    return {"--calibrate", reads("TEXT"),
            QT_TRANSLATE_NOOP("CommandLine",
                              "text that scores, means and resampled outputs come from: a file or a folder of *.txt (importance: the text "
                              "itself by default)"),
            text(a.calibrate)};
}

Options samplingOptions(WorthChoice& a)
{
    return {
        {"--draws", "N", QT_TRANSLATE_NOOP("CommandLine", "other prompts tried for each prompt when resampling, 10 by default"),
         whole(a.draws, 1, 1000000, "a number from 1 on")},
        {"--seed", "N", QT_TRANSLATE_NOOP("CommandLine", "of everything random, 1 by default"), seedOf(a.seed)},
        {"--length", "N", QT_TRANSLATE_NOOP("CommandLine", "longest prompt in tokens; the model's context by default"),
         whole(a.length, 16, 1000000, "a number of tokens from 16 on")},
        {"--prompts", "N", QT_TRANSLATE_NOOP("CommandLine", "most prompts to use, evenly spread over the text; all by default"),
         whole(a.maxPrompts, 1, 1000000, "a number from 1 on")},
    };
}

Option headOption(std::optional<HeadId>& head)
{
    return {"--head", "HEAD", QT_TRANSLATE_NOOP("CommandLine", "the head to show, like L5H1"),
            parsed(head, parseHeadName, "a head like L5H1")};
}

Option tokensFileOption(std::string& file)
{
    return {"--tokens-file", reads("FILE"),
            QT_TRANSLATE_NOOP("CommandLine", "token ids with commas between them, one prompt a line; nothing is put before them"),
            text(file)};
}

Option targetsOption(std::string& file)
{
    return {"--targets", reads("FILE"),
            QT_TRANSLATE_NOOP("CommandLine",
                              "measure the loss against these: position:id pairs like 5:12,6:3, positions from 0, one line a prompt of "
                              "--tokens-file"),
            text(file)};
}

Option maskPaddingOption(OpenOptions& open)
{
    return {
        "--mask-padding", nullptr,
        QT_TRANSLATE_NOOP("CommandLine",
                          "hide positions that hold the model's padding token from every query, and leave them out of losses and means"),
        toggle(open.maskPadding)};
}

Option outOption(std::string& out) { return {"--out", writes("FILE"), QT_TRANSLATE_NOOP("CommandLine", "file to write"), text(out)}; }

}  // namespace hs::app
