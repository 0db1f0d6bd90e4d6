// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/help.h"

#include <QStringList>

#include "app/console.h"

namespace hs::app {
namespace {

struct Text {
    QString usage, about;
    QStringList examples;
};

Text textOf(Command command)
{
    switch (command) {
    case Command::Window:
        return {QStringLiteral("headscope [FILE] [OPTION...]\n       headscope info|run|export|convert|label|similarity|graph|importance|prune|patch ... [OPTION...]"),
                Words::tr("A microscope for transformer attention heads. With FILE (HDF5 or safetensors weights, an attention dump, an NPY array) or\n"
                          "without any, it opens the window. Commands that need no window:\n"
                          "  info FILE                      what is in the file, and what works with it\n"
                          "  run FILE ... --out RUN.h5      run a text, write attention, logits and head outputs\n"
                          "  export FILE ... --out FIGURE   one head as a figure or as numbers\n"
                          "  convert IN OUT.h5              write any readable model in HeadScope's own layout\n"
                          "  label FILE --out LABELS        what each head does, with evidence\n"
                          "  similarity FILE ... --out S.h5 heads against heads, from weights or behaviour\n"
                          "  graph FILE ... --out G.json    the strongest pairs of heads as a graph\n"
                          "  importance FILE ... --out I    what each head is worth, as CSV or JSON\n"
                          "  prune FILE ... --out CURVE.csv loss against heads left, and a model without heads\n"
                          "  patch FILE ... --out P.h5      put activations of one prompt into another\n"
                          "headscope COMMAND --help tells more."),
                {QStringLiteral("headscope model.h5"),
                 QStringLiteral("headscope model.h5 --prompt \"Once upon a time\" --head L1H3 --theme dark"),
                 QStringLiteral("headscope info model.h5 --json"),
                 QStringLiteral("headscope --report my-report")}};
    case Command::Info:
        return {QStringLiteral("headscope info FILE [--json] [OPTION...]"),
                Words::tr("Prints the layout found, the configuration with the origin of each value, the tensors, what is missing and what works."),
                {QStringLiteral("headscope info model.h5"), QStringLiteral("headscope info model.h5 --json --config n_heads=12")}};
    case Command::Run:
        return {QStringLiteral("headscope run FILE (--text TEXT | --text-file FILE | --tokens IDS) --out RUN.h5 [OPTION...]"),
                Words::tr("Runs a prompt and writes an attention dump with tokens, ids, attentions, logits [n, V] and z [L, n, H, d_head]."),
                {QStringLiteral("headscope run model.h5 --text \"Once upon a time\" --out run.h5"),
                 QStringLiteral("headscope run model.h5 --tokens 1,403,407 --out run.h5 --float16"),
                 QStringLiteral("headscope run gpt2.h5 --config n_heads=12 --config act_fn=gelu_new --text Hello --out run.h5")}};
    case Command::Export:
        return {QStringLiteral("headscope export FILE (--text TEXT | --text-file FILE | --tokens IDS) --head HEAD --out FIGURE [OPTION...]"),
                Words::tr("Writes the map of one head: png, svg or pdf as a figure, csv or npy as numbers, by the ending of FIGURE. An attention dump\n"
                          "needs no text."),
                {QStringLiteral("headscope export model.h5 --text \"Once upon a time\" --head L1H3 --out head.pdf"),
                 QStringLiteral("headscope export attention.h5 --sample 2 --head L0H0 --out head.csv")}};
    case Command::Convert:
        return {QStringLiteral("headscope convert IN OUT.h5 [OPTION...]"),
                Words::tr("Writes any readable model in HeadScope's own layout, with configuration and tokeniser inside."),
                {QStringLiteral("headscope convert tf_model.h5 gpt2.h5"),
                 QStringLiteral("headscope convert weights.h5 model.h5 --config config.json --tokenizer vocab-folder")}};
    case Command::Label:
        return {QStringLiteral("headscope label FILE [--corpus PATH] [--seed N] --out LABELS [OPTION...]"),
                Words::tr("Names what every attention head does, with score, null, interval, p and q of every label, to a .json or .csv file.\n"
                          "A label is awarded, a candidate (strong enough, not proven), insufficient (too little evidence) or none. Awarded ones are\n"
                          "checked by knocking out the attention they describe. Thresholds and everything else that took part are in the file.\n"
                          "Without text or tokeniser, labels come from made sequences and the weights; of a partial file from its weights alone."),
                {QStringLiteral("headscope label model.h5 --out labels.json"),
                 QStringLiteral("headscope label model.h5 --corpus texts/ --seed 1 --set local.kappa-uniform=0.4 --out labels.csv")}};
    case Command::Similarity:
        return {QStringLiteral("headscope similarity FILE --measure NAME [--pairing XY | --corpus PATH] --out S.(h5|csv|npy) [OPTION...]"),
                Words::tr("Compares all heads with all heads. OQ is what an earlier head writes against what a later head's query reads; pairs that cannot\n"
                          "compose are NaN. QQ, KK, VV and OO compare every pair. Rows are sources, columns targets, layer by layer; key and value heads\n"
                          "that query heads share stand once (cs: for each query head). HDF5 holds the raw values (S) and those above chance (corrected)."),
                {QStringLiteral("headscope similarity model.h5 --measure pk --pairing OK --out pk.h5"),
                 QStringLiteral("headscope similarity model.h5 --measure cs --pairing OQ --out cs.csv"),
                 QStringLiteral("headscope similarity model.h5 --measure pk --pairing VV --weights folded-centred --out vv.npy")}};
    case Command::Graph:
        return {QStringLiteral("headscope graph FILE --measure NAME [--pairing XY,... | --corpus PATH] --out G.(json|graphml|dot|csv|svg|pdf|png) [OPTION...]"),
                Words::tr("Writes the strongest pairs of heads under a measure as a directed graph, earlier heads into later ones: edges with value, chance-\n"
                          "corrected value and rank; for every head the number of edges, strength above chance, PageRank both ways and betweenness."),
                {QStringLiteral("headscope graph model.h5 --measure pk --pairing OQ,OK,OV --top 20 --out graph.json"),
                 QStringLiteral("headscope graph model.h5 --measure pk --pairing OK --out graph.pdf"),
                 QStringLiteral("headscope graph model.h5 --measure js --corpus texts --out alike.graphml")}};
    case Command::Importance:
        return {QStringLiteral("headscope importance FILE (--text-file FILE | --tokens-file FILE) [--score NAME] --out I.csv|I.json [OPTION...]"),
                Words::tr("What each head is worth. gate: mean over prompts of |dL/dxi| of a gate on the head, and its signed mean. ablation-...: mean over\n"
                          "prompts of the loss with the head cut minus the loss, exact. Intervals: 95 %, bootstrap over documents; none for one prompt."),
                {QStringLiteral("headscope importance model.h5 --text-file text.txt --score gate --out importance.json"),
                 QStringLiteral("headscope importance model.h5 --tokens-file prompts.txt --score ablation-zero --out importance.csv"),
                 QStringLiteral("headscope importance model.h5 --text-file text.txt --score ablation-mean --calibrate corpus --out importance.csv")}};
    case Command::Prune:
        return {QStringLiteral("headscope prune FILE --calibrate TEXT --test TEXT [--score NAME] [--ablation KIND] [--steps SIZE] --out CURVE.csv\n"
                               "                       [--keep N --write PRUNED.h5] [OPTION...]"),
                Words::tr("Cuts heads step by step in the order of a score, and in orders to compare with: magnitude, whole layers, reverse, random.\n"
                          "CURVE.csv has the columns step, heads_left, order, seed, loss, accuracy, kl, lo, hi; lo and hi are 5 and 95 % of the loss:\n"
                          "over the seeds for random orders, by bootstrap over test documents for the others. --write removes heads physically, in\n"
                          "HeadScope's own layout; for mean ablation their mean output goes into the bias of the layer."),
                {QStringLiteral("headscope prune model.h5 --calibrate a.txt --test b.txt --score gate --steps 10% --ablation mean --out curve.csv"),
                 QStringLiteral("headscope prune model.h5 --calibrate a.txt --test b.txt --out curve.csv --keep 20 --write pruned.h5")}};
    case Command::Patch:
        return {QStringLiteral("headscope patch FILE --clean TEXT --corrupt TEXT --answer TOKEN [--wrong TOKEN] --out P.h5 [OPTION...]"),
                Words::tr("Puts activations of one prompt into the run of another, one layer and head or position at a time, and writes what each does to the\n"
                          "answer's logit: /effect, 0 like the patched prompt, 1 like the other, with the metric itself in /value."),
                {QStringLiteral("headscope patch model.h5 --clean \"Lily saw Tom. Lily\" --corrupt \"Lily saw Ben. Lily\" --answer \" Tom\" --wrong \" Ben\" --out z.h5"),
                 QStringLiteral("headscope patch model.h5 --clean A --corrupt B --answer \"#403\" --site resid_pre --out resid.h5")}};
    }
    return {};
}

}  // namespace

QString helpText(Command command)
{
    const Text text = textOf(command);
    QString out = Words::tr("Usage: %1").arg(text.usage) + QStringLiteral("\n\n") + text.about + QStringLiteral("\n\n")
        + Words::tr("Options:") + QLatin1Char('\n');
    for (const OptionRule& rule : optionRules()) {
        if ((rule.commands & (1u << static_cast<unsigned>(command))) == 0) continue;
        QString head = QString::fromUtf8(rule.name);
        if (rule.value) head += QLatin1Char(' ') + QString::fromUtf8(rule.value);
        out += QStringLiteral("  %1  %2\n").arg(head, -20).arg(Words::tr(rule.help));
    }
    out += QLatin1Char('\n') + Words::tr("Examples:") + QLatin1Char('\n');
    for (const QString& example : text.examples) out += QStringLiteral("  ") + example + QLatin1Char('\n');
    out += QLatin1Char('\n') + Words::tr("Exit status: 0 done, 1 the input or the work failed, 2 wrong usage, 130 cancelled.") + QLatin1Char('\n');
    return out;
}

}  // namespace hs::app
