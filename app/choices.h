// SPDX-License-Identifier: GPL-3.0-or-later
// Groups of values that several commands take, with the rows of options that set them.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "app/arguments.h"
#include "engine/base/ids.h"
#include "engine/base/result.h"
#include "engine/text/tokenizer.h"

namespace hs::app {

/// The prompt: --text, --text-file or --tokens, and --spell-special. run, export.
struct PromptChoice {
    std::optional<std::string> text;
    std::string textFile;
    std::vector<int> tokens;
    bool spellSpecial = false;
    SpecialText special() const { return spellSpecial ? SpecialText::Spell : SpecialText::Recognise; }
};
/// --spell-special, where a text is a prompt.
Option spellSpecialOption(bool& spell);
Options promptOptions(PromptChoice& choice);
/// How many of the three were given.
int promptsGiven(const PromptChoice& choice);
/// --text, or what stands in --text-file. Error: FileNotFound and the like.
Result<std::string> promptText(const PromptChoice& choice);
/// A text file, "-" for standard input, without a last line break.
Result<std::string> readText(const std::string& path);

/// How a figure looks. export, graph.
struct FigureChoice {
    std::optional<double> widthMm, fontPt, dpi;
};
Options figureOptions(FigureChoice& choice);

/// How heads are measured. importance, prune.
struct WorthChoice {
    std::string score = "gate";  ///< as parseImportance knows it
    std::string calibrate;       ///< file or folder
    int draws = 10;              ///< resampling
    std::optional<std::uint64_t> seed;
    std::optional<int> length;
    int maxPrompts = 0;  ///< 0: all
};
Option scoreOption(WorthChoice& choice);
Option calibrateOption(WorthChoice& choice);
Options samplingOptions(WorthChoice& choice);

/// --head, of export and the window.
Option headOption(std::optional<HeadId>& head);
/// --tokens-file: own ids instead of a text.
Option tokensFileOption(std::string& file);
/// --targets: what the prompts of --tokens-file are answered with.
Option targetsOption(std::string& file);
/// --mask-padding, where a text or ids are run.
Option maskPaddingOption(OpenOptions& open);
/// --out, which most commands have.
Option outOption(std::string& out);

}  // namespace hs::app
