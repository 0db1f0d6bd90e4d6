// SPDX-License-Identifier: GPL-3.0-or-later
// headscope info: what is in a file.
#include <nlohmann/json.hpp>

#include <charconv>

#include "app/batch.h"
#include "app/command.h"
#include "app/commands.h"
#include "engine/session/jobs/hash.h"
#include "ui/bridge/error_text.h"

namespace hs::app {
namespace {

using Json = nlohmann::ordered_json;

struct InfoArguments : Arguments {
    bool json = false;
};

const char* dtypeName(Dtype dtype)
{
    switch (dtype) {
    case Dtype::F16: return "float16";
    case Dtype::BF16: return "bfloat16";
    case Dtype::F32: return "float32";
    case Dtype::F64: return "float64";
    case Dtype::Int: return "int";
    case Dtype::Other: return "other";
    }
    return "other";
}

const char* originKey(Origin origin)
{
    switch (origin) {
    case Origin::User: return "user";
    case Origin::FileAttribute: return "file";
    case Origin::ModelConfigJson: return "config-in-file";
    case Origin::ConfigJsonBeside: return "config-beside";
    case Origin::Profile: return "profile";
    case Origin::Shapes: return "shapes";
    case Origin::FamilyDefault: return "family-default";
    case Origin::Guess: return "guess";
    }
    return "guess";
}

const char* partKey(Part part)
{
    switch (part) {
    case Part::TokenEmbedding: return "token_embedding";
    case Part::PositionEmbedding: return "position_embedding";
    case Part::AttentionWeights: return "attention_weights";
    case Part::Mlp: return "mlp";
    case Part::FinalNorm: return "final_norm";
    case Part::Unembedding: return "unembedding";
    case Part::Tokenizer: return "tokenizer";
    }
    return "";
}

/// What can be done with a model: key for JSON, words for people.
struct Ability {
    const char* key;
    QString words;
};

std::vector<Ability> abilities(const Model& model)
{
    std::vector<Ability> out;
    if (!model.lacks(Part::AttentionWeights)) out.push_back({"weights", Words::tr("analyses of the weights of each head")});
    if (model.tokenizer()) out.push_back({"tokenise", Words::tr("turning text into tokens")});
    if (model.canRun()) out.push_back({"attention", Words::tr("attention of every head on a prompt")});
    if (model.canPredict() && model.config().outputTransform)
        out.push_back({"fill-in", Words::tr("probabilities of the token at each place")});
    else if (model.canPredict()) out.push_back({"predict", Words::tr("next-token probabilities, loss, switching heads off")});
    return out;
}

/// Numbers and truth values as such, all else as text.
Json typed(const std::string& text)
{
    if (text == "true") return true;
    if (text == "false") return false;
    const char* end = text.data() + text.size();
    long long whole = 0;
    if (const auto [at, error] = std::from_chars(text.data(), end, whole); error == std::errc{} && at == end) return whole;
    double real = 0;
    if (const auto [at, error] = std::from_chars(text.data(), end, real); error == std::errc{} && at == end) return real;
    return text;
}

Json modelJson(const Model& model, const std::string& hash)
{
    Json config = Json::object();
    for (const std::string& key : configKeys()) {
        const std::string value = configValue(model.config(), key);
        const auto origin = model.origins().find(key);
        if (origin == model.origins().end()) continue;
        Json entry{{"value", typed(value)}, {"origin", originKey(origin->second.origin)}};
        if (!origin->second.detail.empty()) entry["detail"] = origin->second.detail;
        config[key] = std::move(entry);
    }
    Json tensors = Json::array();
    for (const TensorInfo& tensor : model.tensors()) {
        Json entry{{"name", tensor.name}, {"shape", tensor.shape}, {"dtype", dtypeName(tensor.dtype)}};
        if (!tensor.role.empty()) entry["role"] = tensor.role;
        tensors.push_back(std::move(entry));
    }
    Json missing = Json::array();
    for (const Part part : model.missing()) missing.push_back(partKey(part));
    Json works = Json::array();
    for (const Ability& ability : abilities(model)) works.push_back(ability.key);
    Json problem;  // null: none
    if (const auto& error = model.tokenizerProblem())
        problem = Json{{"file", error->file}, {"what", ui::errorText(*error).what.toStdString()}};
    return Json{{"layout", model.identity().layout},
                {"container", model.identity().container},
                {"config", std::move(config)},
                {"tensors", std::move(tensors)},
                {"missing", std::move(missing)},
                {"missing_tensors", model.missingTensors()},
                {"tokenizer", model.tokenizerOrigin()},
                {"tokenizer_problem", problem},
                {"works", std::move(works)},
                {"hash", hash}};
}

Json dumpJson(const AttentionDump& dump, const std::string& hash)
{
    Json config = Json::object();
    const auto add = [&](const char* key, Json value) { config[key] = Json{{"value", std::move(value)}, {"origin", "file"}}; };
    if (!dump.model.empty()) add("model", dump.model);
    if (!dump.framework.empty()) add("framework", dump.framework);
    Json tensors = Json::array();
    for (std::size_t k = 0; k < dump.samples.size(); ++k) {
        const DumpSample& sample = *dump.samples[k];
        const int layers = sample.layers();
        tensors.push_back({{"name", "samples/" + std::to_string(k) + "/attentions"},
                           {"shape", {layers, layers > 0 ? sample.heads(0) : 0, sample.queries(), sample.keys()}},
                           {"dtype", "other"}});
    }
    return Json{{"layout", "attention-dump"}, {"config", std::move(config)}, {"tensors", std::move(tensors)},
                {"missing", {"weights"}},     {"works", {"attention"}},      {"hash", hash}};
}

QString shapeText(const std::vector<std::int64_t>& shape)
{
    QStringList sizes;
    for (const std::int64_t size : shape) sizes += QString::number(size);
    return sizes.join(QStringLiteral(" × "));
}

QString modelText(const Model& model, const std::string& hash)
{
    QString out;
    const auto line = [&](const QString& name, const QString& value) { out += QStringLiteral("%1 %2\n").arg(name, -14).arg(value); };
    line(Words::tr("file"), QString::fromStdString(model.identity().path));
    line(Words::tr("layout"), QStringLiteral("%1 (%2, %3)")
                                  .arg(QString::fromStdString(model.identity().layout), QString::fromStdString(model.identity().container),
                                       QString::fromStdString(model.identity().weightDtype)));
    line(Words::tr("SHA-256"), QString::fromStdString(hash));
    const auto& problem = model.tokenizerProblem();
    line(Words::tr("tokeniser"), model.tokenizer() ? QString::fromStdString(model.tokenizerOrigin())
                                 : problem         ? Words::tr("cannot be read: %1").arg(QString::fromStdString(problem->file))
                                                   : Words::tr("none found"));
    if (problem) line({}, ui::errorText(*problem).what);

    out += QLatin1Char('\n') + Words::tr("Configuration") + QLatin1Char('\n');
    for (const std::string& key : configKeys()) {
        const auto origin = model.origins().find(key);
        if (origin == model.origins().end()) continue;
        QString from = ui::originName(origin->second.origin);
        const QString detail = QString::fromStdString(origin->second.detail);
        if (!detail.isEmpty() && !from.contains(detail)) from += QStringLiteral(": ") + detail;
        out += QStringLiteral("  %1 %2 (%3)\n")
                   .arg(QString::fromStdString(key), -26)
                   .arg(QString::fromStdString(configValue(model.config(), key)), -12)
                   .arg(from);
    }
    out += QLatin1Char('\n') + Words::tr("Tensors (%1)").arg(model.tensors().size()) + QLatin1Char('\n');
    for (const TensorInfo& tensor : model.tensors())
        out += QStringLiteral("  %1 %2 %3\n")
                   .arg(QString::fromStdString(tensor.name), -40)
                   .arg(shapeText(tensor.shape), -18)
                   .arg(QString::fromUtf8(dtypeName(tensor.dtype)));
    out += QLatin1Char('\n');
    QStringList missing;
    for (const Part part : model.missing()) missing += ui::partName(part);
    line(Words::tr("missing"), missing.isEmpty() ? Words::tr("nothing") : missing.join(QStringLiteral(", ")));
    QStringList works;
    for (const Ability& ability : abilities(model)) works += ability.words;
    line(Words::tr("works"), works.isEmpty() ? Words::tr("nothing yet") : works.join(QStringLiteral("; ")));
    return out;
}

QString dumpText(const AttentionDump& dump, const std::string& hash)
{
    QString out;
    const auto line = [&](const QString& name, const QString& value) { out += QStringLiteral("%1 %2\n").arg(name, -14).arg(value); };
    line(Words::tr("file"), QString::fromStdString(dump.path));
    line(Words::tr("layout"), Words::tr("attention dump"));
    line(Words::tr("SHA-256"), QString::fromStdString(hash));
    if (!dump.model.empty()) line(Words::tr("model"), QString::fromStdString(dump.model));
    if (!dump.framework.empty()) line(Words::tr("made with"), QString::fromStdString(dump.framework));
    out += QLatin1Char('\n') + Words::tr("Samples (%1)").arg(dump.samples.size()) + QLatin1Char('\n');
    for (std::size_t k = 0; k < dump.samples.size(); ++k) {
        const DumpSample& sample = *dump.samples[k];
        out += Words::tr("  %1: %2 layers, %3 heads, %4 × %5 tokens")
                   .arg(k)
                   .arg(sample.layers())
                   .arg(sample.layers() > 0 ? sample.heads(0) : 0)
                   .arg(sample.queries())
                   .arg(sample.keys())
               + QLatin1Char('\n');
    }
    out += QLatin1Char('\n');
    line(Words::tr("missing"), Words::tr("the model's weights"));
    line(Words::tr("works"), Words::tr("maps, statistics, figures"));
    return out;
}

int info(const InfoArguments& arguments)
{
    const std::string& path = arguments.files.front();
    Batch batch(arguments);
    const auto opened = open(batch, arguments, path);
    if (!opened) return fail(opened.error(), path);

    const auto* model = std::get_if<std::shared_ptr<const Model>>(&*opened);
    const auto* dump = std::get_if<std::shared_ptr<const AttentionDump>>(&*opened);
    // The path inside may differ: a folder opens the model file in it.
    const auto hash = batch.get<HashResult>(HashJob{model ? (*model)->identity().path : (*dump)->path});
    if (!hash) return fail(hash.error(), path);
    if (arguments.json) {
        const Json json = model ? modelJson(**model, hash->sha256) : dumpJson(**dump, hash->sha256);
        printOut(QString::fromStdString(json.dump(2, ' ', false, Json::error_handler_t::replace)) + QLatin1Char('\n'));
    } else {
        printOut(model ? modelText(**model, hash->sha256) : dumpText(**dump, hash->sha256));
    }
    return kDone;
}

}  // namespace

CommandSpec infoCommand()
{
    const auto a = std::make_shared<InfoArguments>();
    CommandSpec spec;
    spec.name = "info";
    spec.usage = {"FILE [--json] [OPTION...]"};
    spec.call = "FILE";
    spec.brief = QT_TRANSLATE_NOOP("CommandLine", "what is in the file, and what works with it");
    spec.about = QT_TRANSLATE_NOOP(
        "CommandLine",
        "Prints the layout found, the configuration with the origin of each value, the tensors, what is missing and what works.");
    spec.examples = {"model.h5", "model.h5 --json --config n_heads=12"};
    spec.options = {{"--json", nullptr, QT_TRANSLATE_NOOP("CommandLine", "print JSON: layout, config, tensors, missing, works, hash"),
                     toggle(a->json)}};
    spec.arguments = a;
    spec.run = [a] { return info(*a); };
    return spec;
}

}  // namespace hs::app
