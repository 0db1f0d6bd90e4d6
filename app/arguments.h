// SPDX-License-Identifier: GPL-3.0-or-later
// The command line as values. Texts and paths stay the bytes the shell gave.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "engine/analysis/causes/patching.h"
#include "engine/base/ids.h"
#include "engine/forward/attention_source.h"
#include "engine/io/open.h"
#include "engine/similarity/head_matrix.h"

namespace hs::app {

enum class Command { Window, Info, Run, Export, Convert, Label, Similarity, Importance, Prune, Patch, Graph };

struct Arguments {
    Command command = Command::Window;
    bool help = false;
    bool version = false;
    std::vector<std::string> files;        ///< FILE, or IN and OUT

    // every command
    OpenOptions open;
    std::optional<int> threads;
    bool quiet = false;
    std::string language;                  ///< "en", "de", or empty: as chosen in the window, else the system's

    // info
    bool json = false;

    // run, export
    std::optional<std::string> text;       ///< --text, or the contents of --text-file
    std::string textFile;
    std::vector<int> tokens;
    int sample = 0;                        ///< of an attention dump
    std::string out;
    bool float16 = false;

    // export, window
    std::optional<HeadId> head;
    MapKind map = MapKind::Weights;
    std::optional<double> widthMm, fontPt, dpi;
    std::string colourMap;

    // label
    std::vector<std::string> corpus;       ///< --corpus, files or folders; empty: the corpus that ships
    std::optional<std::uint64_t> seed;
    std::optional<int> length, documents;
    std::string preset;                    ///< name of one that ships, or a file
    std::vector<std::pair<std::string, double>> thresholds;   ///< --set key=value
    bool norms = false, byTokens = false;
    bool noText = false, noSynthetic = false, noWeights = false, noCauses = false, noCache = false;

    // similarity, graph
    std::optional<HeadMeasure> measure;
    std::vector<RolePair> pairings;
    WeightProcessing weights = WeightProcessing::Raw;

    // graph
    int top = 20;                          ///< edges of each type
    std::string classes;                   ///< class list, or empty

    // importance, prune
    std::string tokensFile;                ///< comma-separated ids, one prompt a line
    std::string calibrate, test;           ///< files or folders
    std::string score = "gate";            ///< as parseImportance knows it
    std::string ablation = "mean";         ///< as parseAblation knows it
    std::string normalise = "none";        ///< "none" or "layer"
    std::vector<std::string> orders;       ///< as parseOrder knows them; empty: all baselines
    std::string steps = "10%";             ///< heads in each step: "10%" of all, or a number
    int seeds = 20;                        ///< random orders
    int draws = 10;                        ///< resampling
    bool oneShot = false;                  ///< the score is not measured again between steps
    std::optional<int> keep;               ///< heads left in the file to write
    std::string write;                     ///< pruned model
    std::string state;                     ///< experiment to go on with and to save
    int maxPrompts = 0;                    ///< 0: all

    // patch
    std::string clean, corrupt, answer, wrong;
    Site site = Site::Z;
    std::optional<PatchAxes> axes;         ///< nothing: by head where the site has heads
    bool noise = false;

    // window
    std::string prompt;
    std::string theme;                     ///< "light", "dark", "system" or empty
    std::string project;
    std::string reportFolder;              ///< not empty: no window, a report in this folder
};

/// What `parse` makes: arguments, or what is wrong with them.
struct Parsed {
    Arguments arguments;
    std::string problem;    ///< "unknown option --colour", or empty
};

/// `words` without the program's name. Understands --name value, --name=value, -h, and -- as the end of options.
Parsed parse(const std::vector<std::string>& words);

/// One option, for parse and for --help.
struct OptionRule {
    const char* name;       ///< "--text"
    const char* value;      ///< "TEXT"; null: a switch
    unsigned commands;      ///< bit 1 << Command
    const char* help;       ///< one line, translatable (context CommandLine)
};
const std::vector<OptionRule>& optionRules();
const char* commandName(Command command);

}  // namespace hs::app
