// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/arguments.h"

#include <QtGlobal>

#include <algorithm>
#include <charconv>
#include <filesystem>
#include <string_view>

#include "engine/analysis/pruning/pruning.h"

namespace hs::app {
namespace {

constexpr unsigned bit(Command command) { return 1u << static_cast<unsigned>(command); }
constexpr unsigned kLabel = bit(Command::Label);
constexpr unsigned kPatch = bit(Command::Patch);
constexpr unsigned kAll = ~0u;
constexpr unsigned kMeasured = bit(Command::Similarity) | bit(Command::Graph);   // heads against heads
constexpr unsigned kPrompted = bit(Command::Run) | bit(Command::Export);
constexpr unsigned kWorth = bit(Command::Importance) | bit(Command::Prune);

template <typename T>
std::optional<T> number(std::string_view text)
{
    T value{};
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
    if (error != std::errc{} || end != text.data() + text.size()) return std::nullopt;
    return value;
}

/// "1,2,3", spaces allowed.
std::optional<std::vector<int>> numberList(std::string_view text)
{
    std::vector<int> out;
    std::size_t at = 0;
    while (at < text.size()) {
        if (text[at] == ',' || text[at] == ' ') {
            ++at;
            continue;
        }
        const std::size_t end = std::min(text.find_first_of(", ", at), text.size());
        const auto value = number<int>(text.substr(at, end - at));
        if (!value) return std::nullopt;
        out.push_back(*value);
        at = end;
    }
    if (out.empty()) return std::nullopt;
    return out;
}

/// "OQ" or "OQ,OK,OV".
std::optional<std::vector<RolePair>> rolePairs(std::string_view text)
{
    std::vector<RolePair> out;
    for (std::size_t at = 0; at <= text.size();) {
        const std::size_t end = std::min(text.find(',', at), text.size());
        const auto pair = parseRolePair(text.substr(at, end - at));
        if (!pair) return std::nullopt;
        if (std::find(out.begin(), out.end(), *pair) == out.end()) out.push_back(*pair);
        at = end + 1;
    }
    return out;
}

std::string notA(const std::string& name, const std::string& value, const char* what)
{
    return name + " " + value + ": " + what + " expected";
}

/// A positive measure.
bool setMeasure(std::optional<double>& out, const std::string& value)
{
    out = number<double>(value);
    return out && *out > 0 && *out < 1e5;
}

/// Sets one option. Returns the problem, or nothing.
std::string set(Arguments& a, const std::string& name, const std::string& value)
{
    if (name == "--help") a.help = true;
    else if (name == "--version") a.version = true;
    else if (name == "--quiet") a.quiet = true;
    else if (name == "--json") a.json = true;
    else if (name == "--float16") a.float16 = true;
    else if (name == "--norms") a.norms = true;
    else if (name == "--by-tokens") a.byTokens = true;
    else if (name == "--no-text") a.noText = true;
    else if (name == "--no-synthetic") a.noSynthetic = true;
    else if (name == "--no-weights") a.noWeights = true;
    else if (name == "--no-causes") a.noCauses = true;
    else if (name == "--no-cache") a.noCache = true;
    else if (name == "--tokenizer") a.open.tokenizerPath = value;
    else if (name == "--token-list") a.open.tokensFile = value;
    else if (name == "--text") a.text = value;
    else if (name == "--text-file") a.textFile = value;
    else if (name == "--out") a.out = value;
    else if (name == "--prompt") a.prompt = value;
    else if (name == "--project") a.project = value;
    else if (name == "--report") a.reportFolder = value;
    else if (name == "--colour-map") a.colourMap = value;
    else if (name == "--config") {
        const std::size_t equals = value.find('=');
        std::error_code ignored;
        if (equals == std::string::npos || std::filesystem::exists(value, ignored)) {
            if (!a.open.configFile.empty()) return "--config FILE can be given once; use key=value for more";
            a.open.configFile = value;
        } else {
            a.open.config[value.substr(0, equals)] = value.substr(equals + 1);
        }
    } else if (name == "--threads") {
        a.threads = number<int>(value);
        if (!a.threads || *a.threads < 1 || *a.threads > 1024) return notA(name, value, "a number from 1 to 1024");
    } else if (name == "--tokens") {
        const auto ids = numberList(value);
        if (!ids) return notA(name, value, "a list of numbers like 1,2,3");
        a.tokens = *ids;
    } else if (name == "--sample") {
        const auto index = number<int>(value);
        if (!index || *index < 0) return notA(name, value, "a number from 0 on");
        a.sample = *index;
    } else if (name == "--corpus") {
        a.corpus.push_back(value);
    } else if (name == "--preset") {
        a.preset = value;
    } else if (name == "--seed") {
        a.seed = number<std::uint64_t>(value);
        if (!a.seed) return notA(name, value, "a number from 0 on");
    } else if (name == "--length") {
        a.length = number<int>(value);
        if (!a.length || *a.length < 16 || *a.length > 1000000) return notA(name, value, "a number of tokens from 16 on");
    } else if (name == "--documents") {
        a.documents = number<int>(value);
        if (!a.documents || *a.documents < 0) return notA(name, value, "a number from 0 on");
    } else if (name == "--set") {
        const std::size_t equals = value.find('=');
        const auto threshold = equals == std::string::npos ? std::nullopt : number<double>(std::string_view(value).substr(equals + 1));
        if (!threshold) return notA(name, value, "key=number");
        a.thresholds.emplace_back(value.substr(0, equals), *threshold);
    } else if (name == "--head") {
        a.head = parseHeadName(value);
        if (!a.head) return notA(name, value, "a head like L5H1");
    } else if (name == "--map") {
        if (value == "weights") a.map = MapKind::Weights;
        else if (value == "scores") a.map = MapKind::Scores;
        else if (value == "value-weighted") a.map = MapKind::ValueWeighted;
        else return notA(name, value, "weights, scores or value-weighted");
    } else if (name == "--measure") {
        a.measure = parseMeasure(value);
        if (!a.measure) return notA(name, value, "pk, cs, simple-cs, cka, procrustes, js or output-cka");
    } else if (name == "--pairing") {
        const auto pairs = rolePairs(value);
        if (!pairs) return notA(name, value, "two of Q, K, V, O, like OK (several: OQ,OK,OV)");
        a.pairings = *pairs;
    } else if (name == "--weights") {
        const auto weights = parseWeightProcessing(value);
        if (!weights) return notA(name, value, "raw, folded or folded-centred");
        a.weights = *weights;
    } else if (name == "--clean") {
        a.clean = value;
    } else if (name == "--corrupt") {
        a.corrupt = value;
    } else if (name == "--answer") {
        a.answer = value;
    } else if (name == "--wrong") {
        a.wrong = value;
    } else if (name == "--site") {
        const auto site = parseSite(value);
        if (!site) return notA(name, value, "resid_pre, resid_mid, resid_post, attn_out, mlp_out, z, q, k, v or pattern");
        a.site = *site;
    } else if (name == "--by") {
        if (value == "head") a.axes = PatchAxes::LayerHead;
        else if (value == "position") a.axes = PatchAxes::LayerPosition;
        else if (value == "head-position") a.axes = PatchAxes::LayerHeadPosition;
        else return notA(name, value, "head, position or head-position");
    } else if (name == "--direction") {
        if (value != "denoise" && value != "noise") return notA(name, value, "denoise or noise");
        a.noise = value == "noise";
    } else if (name == "--classes") {
        a.classes = value;
    } else if (name == "--top") {
        const auto top = number<int>(value);
        if (!top || *top < 0) return notA(name, value, "a number from 0 on");
        a.top = *top;
    } else if (name == "--theme") {
        if (value != "light" && value != "dark" && value != "system") return notA(name, value, "light, dark or system");
        a.theme = value;
    } else if (name == "--language") {
        if (value != "en" && value != "de") return notA(name, value, "en or de");
        a.language = value;
    } else if (name == "--tokens-file") {
        a.tokensFile = value;
    } else if (name == "--calibrate") {
        a.calibrate = value;
    } else if (name == "--test") {
        a.test = value;
    } else if (name == "--write") {
        a.write = value;
    } else if (name == "--state") {
        a.state = value;
    } else if (name == "--one-shot") {
        a.oneShot = true;
    } else if (name == "--score") {
        a.score = value;
        if (!parseImportance(value)) return notA(name, value, "gate, ablation-zero, ablation-mean, ablation-resample, ablation-uniform, weight-out, weight-ov, weight-qk, confidence or depth");
    } else if (name == "--ablation") {
        a.ablation = value;
        if (!parseAblation(value)) return notA(name, value, "zero, mean, resample or uniform");
    } else if (name == "--normalise") {
        a.normalise = value;
        if (value != "none" && value != "layer") return notA(name, value, "none or layer");
    } else if (name == "--order") {
        if (!parseOrder(value)) return notA(name, value, "score, reverse, greedy, hard-concrete, random, magnitude or layer-drop");
        a.orders.push_back(value);
    } else if (name == "--steps") {
        a.steps = value;
        const bool share = !value.empty() && value.back() == '%';
        const auto size = number<double>(share ? std::string_view(value).substr(0, value.size() - 1) : std::string_view(value));
        if (!size || !(*size > 0) || (share ? *size > 100 : *size != static_cast<int>(*size))) return notA(name, value, "a share like 10% or a number of heads");
    } else if (name == "--seeds" || name == "--draws" || name == "--keep" || name == "--prompts") {
        const auto count = number<int>(value);
        if (!count || *count < 1 || *count > 1000000) return notA(name, value, "a number from 1 on");
        if (name == "--seeds") a.seeds = *count;
        else if (name == "--draws") a.draws = *count;
        else if (name == "--keep") a.keep = *count;
        else a.maxPrompts = *count;
    } else if (name == "--width") {
        if (!setMeasure(a.widthMm, value)) return notA(name, value, "a width in mm");
    } else if (name == "--font") {
        if (!setMeasure(a.fontPt, value)) return notA(name, value, "a size in pt");
    } else if (name == "--dpi") {
        if (!setMeasure(a.dpi, value)) return notA(name, value, "dots per inch");
    }
    return {};
}

/// The rule of an option for a command; of another command where it has none.
const OptionRule* ruleOf(const std::string& name, Command command)
{
    const OptionRule* other = nullptr;
    for (const OptionRule& rule : optionRules()) {
        if (name != rule.name) continue;
        if ((rule.commands & bit(command)) != 0) return &rule;
        other = &rule;
    }
    return other;
}

/// Measures of weights need a pairing, those of behaviour a corpus.
std::string missingOfSimilarity(const Arguments& a)
{
    if (!a.measure) return "similarity needs --measure, for example --measure pk";
    const std::string name = measureName(*a.measure);
    if (needsCorpus(*a.measure)) {
        if (!a.pairings.empty()) return "--measure " + name + " takes no --pairing";
        if (a.corpus.empty()) return "--measure " + name + " needs --corpus PATH";
        return {};
    }
    if (a.pairings.empty()) return "--measure " + name + " needs --pairing, for example --pairing OQ";
    if (a.pairings.size() > 1) return "similarity writes one pairing at a time";
    return {};
}

std::string missingOfGraph(const Arguments& a)
{
    if (!a.measure) return "graph needs --measure, for example --measure pk";
    const std::string name = measureName(*a.measure);
    if (needsCorpus(*a.measure) && !a.pairings.empty()) return "--measure " + name + " takes no --pairing";
    if (needsCorpus(*a.measure) && a.corpus.empty()) return "--measure " + name + " needs --corpus PATH";
    if (!needsCorpus(*a.measure) && a.pairings.empty()) return "--measure " + name + " needs --pairing, for example --pairing OQ,OK,OV";
    std::error_code ignored;
    if (!a.classes.empty() && std::filesystem::equivalent(a.classes, a.out, ignored)) return std::string("--out would overwrite ").append(a.classes).append(", which is read");
    return {};
}

/// What a command cannot do without.
std::string missingPart(const Arguments& a)
{
    const std::string name = commandName(a.command);
    const std::size_t most = a.command == Command::Convert ? 2 : 1;
    if (a.files.size() > most) return "one file too many: " + a.files[most];
    if (a.command == Command::Window) {
        if (!a.project.empty() && !a.files.empty()) return "give either FILE or --project";
        return {};
    }
    if (a.command == Command::Convert && a.files.size() < 2) return name + " needs IN and OUT.h5";
    if (a.files.empty()) return name + " needs FILE";
    const int prompts = (a.text ? 1 : 0) + (a.textFile.empty() ? 0 : 1) + (a.tokens.empty() ? 0 : 1) + (a.tokensFile.empty() ? 0 : 1);
    if (a.command == Command::Importance) {
        if (prompts > 1) return "give either --text-file or --tokens-file";
        if (prompts == 0 && needsText(*parseImportance(a.score))) return name + " needs --text-file or --tokens-file";
        if (a.out.empty()) return name + " needs --out FILE.csv or FILE.json";
        if (!a.out.ends_with(".csv") && !a.out.ends_with(".json")) return "--out " + a.out + ": a name ending in .csv or .json expected";
    }
    if (a.command == Command::Prune) {
        if (a.calibrate.empty()) return name + " needs --calibrate TEXT";
        if (a.test.empty()) return name + " needs --test TEXT";
        if (a.out.empty()) return name + " needs --out CURVE.csv";
        if (a.keep.has_value() != !a.write.empty()) return "give --keep N and --write PRUNED.h5 together";
        if (!a.write.empty() && a.ablation != "mean" && a.ablation != "zero") return "--write needs --ablation mean or zero: nothing else can be folded into weights";
        if (!a.state.empty() && (a.state == a.out || a.state == a.write)) return "--state needs a file of its own";
    }
    if (prompts > 1) return "give one of --text, --text-file and --tokens";
    if (a.command == Command::Run && prompts == 0) return name + " needs --text, --text-file or --tokens";
    if ((a.command == Command::Run || a.command == Command::Export || a.command == Command::Label || (bit(a.command) & kMeasured) != 0) && a.out.empty()) return name + " needs --out FILE";
    if (a.command == Command::Label && !a.out.ends_with(".json") && !a.out.ends_with(".csv")) return "--out " + a.out + ": a name that ends in .json or .csv expected";
    if (a.command == Command::Patch) {
        for (const auto& [option, given] : {std::pair("--clean", &a.clean), std::pair("--corrupt", &a.corrupt), std::pair("--answer", &a.answer),
                                            std::pair("--out", &a.out)})
            if (given->empty()) return name + " needs " + option;
        if (a.axes && *a.axes != PatchAxes::LayerPosition && !isHeadSite(a.site)) return "--site " + std::string(siteName(a.site)) + " goes with --by position";
    }
    std::error_code ignored;   // what does not exist cannot be overwritten
    for (const std::string& read : {a.files.front(), a.textFile, a.tokensFile, a.calibrate, a.test, a.open.configFile, a.open.tokenizerPath, a.open.tokensFile}) {
        if (!a.out.empty() && !read.empty() && std::filesystem::equivalent(read, a.out, ignored)) return std::string("--out would overwrite ").append(read).append(", which is read");
        if (!a.write.empty() && !read.empty() && std::filesystem::equivalent(read, a.write, ignored)) return std::string("--write would overwrite ").append(read).append(", which is read");
    }
    if (!a.write.empty() && a.write == a.out) return "--out and --write are the same file";
    if (a.command == Command::Similarity) return missingOfSimilarity(a);
    if (a.command == Command::Graph) return missingOfGraph(a);
    if (a.command == Command::Export && !a.head) return name + " needs --head, for example --head L5H1";
    return {};
}

}  // namespace

const char* commandName(Command command)
{
    switch (command) {
    case Command::Window: return "";
    case Command::Info: return "info";
    case Command::Run: return "run";
    case Command::Export: return "export";
    case Command::Convert: return "convert";
    case Command::Label: return "label";
    case Command::Patch: return "patch";
    case Command::Similarity: return "similarity";
    case Command::Graph: return "graph";
    case Command::Importance: return "importance";
    case Command::Prune: return "prune";
    }
    return "";
}

const std::vector<OptionRule>& optionRules()
{
    static const std::vector<OptionRule> rules = {
        {"--prompt", "TEXT", bit(Command::Window), QT_TRANSLATE_NOOP("CommandLine", "run this text at the start")},
        {"--head", "HEAD", bit(Command::Window) | bit(Command::Export), QT_TRANSLATE_NOOP("CommandLine", "the head to show, like L5H1")},
        {"--theme", "NAME", bit(Command::Window), QT_TRANSLATE_NOOP("CommandLine", "light, dark or system")},
        {"--project", "FILE", bit(Command::Window), QT_TRANSLATE_NOOP("CommandLine", "open a .headscope project")},
        {"--report", "FOLDER", bit(Command::Window), QT_TRANSLATE_NOOP("CommandLine", "no window: write atlas, three heads and numbers to this folder")},
        {"--json", nullptr, bit(Command::Info), QT_TRANSLATE_NOOP("CommandLine", "print JSON")},
        {"--text", "TEXT", kPrompted, QT_TRANSLATE_NOOP("CommandLine", "the prompt")},
        {"--text-file", "FILE", kPrompted, QT_TRANSLATE_NOOP("CommandLine", "the prompt is in this UTF-8 file (- is standard input; a last line break is left out)")},
        {"--text-file", "FILE", bit(Command::Importance), QT_TRANSLATE_NOOP("CommandLine", "text whose prompts are measured: a UTF-8 file or a folder of *.txt (- is standard input)")},
        {"--tokens", "IDS", kPrompted, QT_TRANSLATE_NOOP("CommandLine", "the prompt as token ids, like 1,2,3; nothing is put before them")},
        {"--score", "NAME", kWorth, QT_TRANSLATE_NOOP("CommandLine", "gate (default), ablation-zero, ablation-mean, ablation-resample, ablation-uniform, weight-out, weight-ov, weight-qk, confidence, depth")},
        {"--tokens-file", "FILE", bit(Command::Importance), QT_TRANSLATE_NOOP("CommandLine", "token ids with commas between them, one prompt a line; nothing is put before them")},
        {"--normalise", "HOW", bit(Command::Importance), QT_TRANSLATE_NOOP("CommandLine", "none (default), or layer: values divided by the l2 norm of their layer")},
        {"--calibrate", "TEXT", kWorth, QT_TRANSLATE_NOOP("CommandLine", "text that scores, means and resampled outputs come from: a file or a folder of *.txt (importance: the text itself by default)")},
        {"--test", "TEXT", bit(Command::Prune), QT_TRANSLATE_NOOP("CommandLine", "text that loss, accuracy and KL are measured on: a file or a folder of *.txt")},
        {"--ablation", "KIND", bit(Command::Prune), QT_TRANSLATE_NOOP("CommandLine", "what takes a head's place: mean (default), zero, resample or uniform")},
        {"--steps", "SIZE", bit(Command::Prune), QT_TRANSLATE_NOOP("CommandLine", "heads cut in each step: 10% of all (default), or a number like 2")},
        {"--order", "NAME", bit(Command::Prune), QT_TRANSLATE_NOOP("CommandLine", "score, reverse, greedy, hard-concrete, random, magnitude or layer-drop (repeatable); all but greedy and hard-concrete by default")},
        {"--one-shot", nullptr, bit(Command::Prune), QT_TRANSLATE_NOOP("CommandLine", "measure the score once, not again after each step")},
        {"--seeds", "N", bit(Command::Prune), QT_TRANSLATE_NOOP("CommandLine", "random orders to compare with, 20 by default")},
        {"--keep", "N", bit(Command::Prune), QT_TRANSLATE_NOOP("CommandLine", "heads to keep in the file that --write writes")},
        {"--write", "FILE", bit(Command::Prune), QT_TRANSLATE_NOOP("CommandLine", "write a model without the heads that the score cuts first")},
        {"--state", "FILE", bit(Command::Prune), QT_TRANSLATE_NOOP("CommandLine", "go on with the experiment in this JSON file if it is there, and save it there, also when stopped")},
        {"--draws", "N", kWorth, QT_TRANSLATE_NOOP("CommandLine", "other prompts tried for each prompt when resampling, 10 by default")},
        {"--seed", "N", kWorth, QT_TRANSLATE_NOOP("CommandLine", "of everything random, 1 by default")},
        {"--length", "N", kWorth, QT_TRANSLATE_NOOP("CommandLine", "longest prompt in tokens; the model's context by default")},
        {"--prompts", "N", kWorth, QT_TRANSLATE_NOOP("CommandLine", "most prompts to use, evenly spread over the text; all by default")},
        {"--sample", "N", bit(Command::Export), QT_TRANSLATE_NOOP("CommandLine", "sample of an attention dump, from 0")},
        {"--out", "FILE", kPrompted | kLabel | kPatch | kWorth | kMeasured, QT_TRANSLATE_NOOP("CommandLine", "file to write")},
        {"--corpus", "PATH", kLabel | kMeasured, QT_TRANSLATE_NOOP("CommandLine", "text to read: a file or a folder (repeatable); label: otherwise the corpus that ships")},
        {"--seed", "N", kLabel | kMeasured, QT_TRANSLATE_NOOP("CommandLine", "seed of everything random, 0 by default")},
        {"--length", "N", kLabel, QT_TRANSLATE_NOOP("CommandLine", "longest document in tokens, 128 by default")},
        {"--documents", "N", kLabel, QT_TRANSLATE_NOOP("CommandLine", "documents at most, evenly spread, 400 by default (0: all)")},
        {"--preset", "NAME", kLabel, QT_TRANSLATE_NOOP("CommandLine", "thresholds: default, clark, strict, or a JSON file")},
        {"--set", "KEY=X", kLabel, QT_TRANSLATE_NOOP("CommandLine", "one threshold, like local.kappa-uniform=0.4 (repeatable); a wrong name lists the right ones")},
        {"--norms", nullptr, kLabel, QT_TRANSLATE_NOOP("CommandLine", "weigh attention by the norm of what is read")},
        {"--by-tokens", nullptr, kLabel, QT_TRANSLATE_NOOP("CommandLine", "mean over all rows instead of over documents")},
        {"--no-text", nullptr, kLabel, QT_TRANSLATE_NOOP("CommandLine", "leave out what needs text")},
        {"--no-synthetic", nullptr, kLabel, QT_TRANSLATE_NOOP("CommandLine", "leave out made sequences")},
        {"--no-weights", nullptr, kLabel, QT_TRANSLATE_NOOP("CommandLine", "leave out what is read from the weights")},
        {"--no-causes", nullptr, kLabel, QT_TRANSLATE_NOOP("CommandLine", "leave out the causal checks")},
        {"--no-cache", nullptr, kLabel, QT_TRANSLATE_NOOP("CommandLine", "neither read nor store a result beside the model")},
        {"--measure", "NAME", kMeasured, QT_TRANSLATE_NOOP("CommandLine", "pk, cs, simple-cs, cka, procrustes (weights); js, output-cka (on a text)")},
        {"--pairing", "XY", kMeasured, QT_TRANSLATE_NOOP("CommandLine", "what is compared with what, of Q, K, V, O: OQ, OK, OV, QQ ...")},
        {"--weights", "KIND", kMeasured, QT_TRANSLATE_NOOP("CommandLine", "raw (default), folded (norm gain inside) or folded-centred")},
        {"--top", "N", bit(Command::Graph), QT_TRANSLATE_NOOP("CommandLine", "edges of each type, the strongest; 20 by default")},
        {"--classes", "FILE", bit(Command::Graph), QT_TRANSLATE_NOOP("CommandLine", "class list (JSON or CSV): say how well the measure finds its heads")},
        {"--float16", nullptr, bit(Command::Run), QT_TRANSLATE_NOOP("CommandLine", "half the size: write 16-bit numbers")},
        {"--map", "KIND", bit(Command::Export), QT_TRANSLATE_NOOP("CommandLine", "weights (default), scores or value-weighted")},
        {"--width", "MM", bit(Command::Export) | bit(Command::Graph), QT_TRANSLATE_NOOP("CommandLine", "width of the figure: 85 by default, of a graph 174")},
        {"--font", "PT", bit(Command::Export) | bit(Command::Graph), QT_TRANSLATE_NOOP("CommandLine", "size of its text, 6.5 by default")},
        {"--dpi", "N", bit(Command::Export) | bit(Command::Graph), QT_TRANSLATE_NOOP("CommandLine", "dots per inch of a PNG, 300 by default")},
        {"--colour-map", "NAME", bit(Command::Export), QT_TRANSLATE_NOOP("CommandLine", "attention, viridis, magma, cividis")},
        {"--clean", "TEXT", kPatch, QT_TRANSLATE_NOOP("CommandLine", "the prompt with the right answer")},
        {"--corrupt", "TEXT", kPatch, QT_TRANSLATE_NOOP("CommandLine", "the other prompt, of the same number of tokens")},
        {"--answer", "TEXT", kPatch, QT_TRANSLATE_NOOP("CommandLine", "the right answer, one token (with its space), or #ID")},
        {"--wrong", "TEXT", kPatch, QT_TRANSLATE_NOOP("CommandLine", "the wrong answer: effects are of the difference of both logits")},
        {"--site", "SITE", kPatch, QT_TRANSLATE_NOOP("CommandLine", "what is patched: resid_pre, resid_mid, resid_post, attn_out, mlp_out, z (default), q, k, v, pattern")},
        {"--by", "AXES", kPatch, QT_TRANSLATE_NOOP("CommandLine", "head, position or head-position: one patch each; by default head where the site has heads")},
        {"--direction", "NAME", kPatch, QT_TRANSLATE_NOOP("CommandLine", "denoise (default): clean into corrupt; noise: the other way")},
        {"--config", "X", kAll, QT_TRANSLATE_NOOP("CommandLine", "FILE.json, or key=value (repeatable), for what a file does not say")},
        {"--tokenizer", "PATH", kAll, QT_TRANSLATE_NOOP("CommandLine", "tokeniser file or folder")},
        {"--token-list", "FILE", kAll, QT_TRANSLATE_NOOP("CommandLine", "tokens of an NPY array, one a line")},
        {"--threads", "N", kAll, QT_TRANSLATE_NOOP("CommandLine", "threads to compute with")},
        {"--language", "CODE", kAll, QT_TRANSLATE_NOOP("CommandLine", "en or de; otherwise the system's language")},
        {"--quiet", nullptr, kAll, QT_TRANSLATE_NOOP("CommandLine", "no progress, no summary")},
        {"--version", nullptr, kAll, QT_TRANSLATE_NOOP("CommandLine", "print the version")},
        {"--help", nullptr, kAll, QT_TRANSLATE_NOOP("CommandLine", "print this help")},
    };
    return rules;
}

Parsed parse(const std::vector<std::string>& words)
{
    Parsed parsed;
    Arguments& a = parsed.arguments;
    std::size_t at = 0;
    if (!words.empty()) {
        for (const Command command : {Command::Info, Command::Run, Command::Export, Command::Convert, Command::Label, Command::Similarity, Command::Graph, Command::Importance, Command::Prune, Command::Patch}) {
            if (words[0] != commandName(command)) continue;
            a.command = command;
            at = 1;
        }
    }
    const auto wrong = [&](std::string problem) {
        parsed.problem = std::move(problem);
        return parsed;
    };
    bool optionsOver = false;
    for (; at < words.size(); ++at) {
        std::string name = words[at];
        if (optionsOver || name.size() < 2 || name[0] != '-') {
            a.files.push_back(name);
            continue;
        }
        if (name == "--") {
            optionsOver = true;
            continue;
        }
        if (name == "-h") name = "--help";
        std::optional<std::string> value;
        if (const std::size_t equals = name.find('='); equals != std::string::npos) {
            value = name.substr(equals + 1);
            name.resize(equals);
        }
        const OptionRule* rule = ruleOf(name, a.command);
        if (!rule) return wrong("unknown option " + name);
        if ((rule->commands & bit(a.command)) == 0)
            return wrong(a.command == Command::Window ? "option " + name + " belongs to a command" : "option " + name + " is not one of " + commandName(a.command));
        if (!rule->value && value) return wrong("option " + name + " takes no value");
        if (rule->value && !value) {
            if (at + 1 >= words.size()) return wrong("option " + name + " needs a value");
            value = words[++at];
        }
        if (std::string problem = set(a, name, value.value_or("")); !problem.empty()) return wrong(std::move(problem));
    }
    if (!a.help && !a.version) parsed.problem = missingPart(a);
    return parsed;
}

}  // namespace hs::app
