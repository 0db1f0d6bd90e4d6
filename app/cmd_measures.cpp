// SPDX-License-Identifier: GPL-3.0-or-later
// headscope measures: what heads can be compared by, and the numbers of single heads.
#include <QRegularExpression>

#include <nlohmann/json.hpp>

#include "app/command.h"
#include "app/commands.h"
#include "app/console.h"
#include "engine/similarity/measures.h"
#include "engine/similarity/weights/head_numbers.h"
#include "ui/similarity/head_number_words.h"
#include "ui/similarity/measure_words.h"

namespace hs::app {
namespace {

using Json = nlohmann::ordered_json;

struct MeasuresArguments : Arguments {
    bool json = false;
};

const char* inputName(MeasureInput input)
{
    switch (input) {
    case MeasureInput::Weights: return "weights";
    case MeasureInput::Patterns: return "attention maps on a corpus";
    case MeasureInput::Outputs: return "head outputs on a corpus";
    }
    return "";
}

std::vector<std::string> pairingsOf(const MeasureInfo& measure)
{
    std::vector<std::string> out;
    for (const RolePair pair : allRolePairs())
        if (measure.takes(pair)) out.push_back(rolePairName(pair));
    return out;
}

Json asJson()
{
    Json out;
    for (const MeasureInfo& m : measures())
        out["measures"].push_back({{"name", m.name},
                                   {"title", ui::measureTitle(m.id).toStdString()},
                                   {"reads", inputName(m.input)},
                                   {"pairings", pairingsOf(m)},
                                   {"distance", m.isDistance},
                                   {"depends_on_gauge", m.dependsOnGauge},
                                   {"chance", m.chance != nullptr}});
    for (const HeadNumber& n : headNumbers())
        out["head_numbers"].push_back({{"name", n.id}, {"title", ui::headNumberTitle(n).toStdString()}, {"chance", n.chance != nullptr}});
    return out;
}

QString asText()
{
    QString out = Words::tr("Heads against heads (--measure of similarity and graph):") + QLatin1Char('\n');
    const auto line = [&](const char* name, const QString& title, const QString& rest) {
        out += QStringLiteral("  %1 %2 %3\n").arg(QString::fromLatin1(name), -18).arg(title, -38).arg(rest);
    };
    for (const MeasureInfo& m : measures()) {
        const std::vector<std::string> pairings = pairingsOf(m);
        QStringList notes{m.input == MeasureInput::Weights ? Words::tr("weights") : Words::tr("corpus")};
        if (pairings.size() == allRolePairs().size()) notes << Words::tr("all pairings");
        else if (!pairings.empty()) {
            QStringList names;
            for (const std::string& name : pairings) names << QString::fromStdString(name);
            notes << names.join(QLatin1Char(' '));
        }
        if (m.isDistance) notes << Words::tr("small means alike");
        if (m.chance) notes << Words::tr("with chance level");
        line(m.name, ui::measureTitle(m.id), notes.join(QStringLiteral(", ")));
    }
    out += Words::tr("Single heads (from their weights):") + QLatin1Char('\n');
    for (const HeadNumber& n : headNumbers()) line(n.id, ui::headNumberTitle(n), n.chance ? Words::tr("with chance level") : QString());
    return out;
}

}  // namespace

CommandSpec measuresCommand()
{
    const auto a = std::make_shared<MeasuresArguments>();
    CommandSpec spec;
    spec.name = "measures";
    spec.usage = {"[--json] [OPTION...]"};
    spec.call = "[--json]";
    spec.brief = QT_TRANSLATE_NOOP("CommandLine", "what heads can be compared by");
    spec.about = QT_TRANSLATE_NOOP("CommandLine",
                                   "Lists the measures between heads and the numbers of single heads: what each reads, which pairings it "
                                   "takes, whether chance is known.");
    spec.examples = {"--json"};
    spec.files = {};
    spec.options = {{"--json", nullptr, QT_TRANSLATE_NOOP("CommandLine", "print JSON"), toggle(a->json)}};
    spec.arguments = a;
    spec.run = [a] {
        QString text = asText();
        static const QRegularExpression trailing(QStringLiteral(" +\n"));
        printOut(a->json ? QString::fromStdString(asJson().dump(2)) + QLatin1Char('\n') : text.replace(trailing, QStringLiteral("\n")));
        return kDone;
    };
    return spec;
}

}  // namespace hs::app
