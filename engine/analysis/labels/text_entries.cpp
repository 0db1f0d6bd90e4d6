// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/analysis/labels/text_entries.h"

namespace hs {
namespace {

constexpr const char* kOnePass =
    "shared stream over the text: 3 forward passes per document (the model, its twin, random tokens) for all text analyses together";

AnalysisEntry entry(const char* id, const char* title, const char* citation, std::vector<LabelKind> labels,
                    std::vector<AnalysisParameter> parameters, std::vector<AnalysisNumber> numbers,
                    const char* applies = "any model with a tokeniser")
{
    return {id, title, citation, {AnalysisInput::Text}, kOnePass, std::move(labels), std::move(parameters), applies, std::move(numbers)};
}

}  // namespace

const std::vector<AnalysisEntry>& textEntries()
{
    static const std::vector<AnalysisEntry> all{
        entry("entropy", "Entropy and effective keys", "Clark et al. 2019, arXiv:1906.04341, section 3.3", {}, {},
              {{"entropy", "entropy"}, {"entropy-normalised", "entropy, 0 to 1"}, {"effective-keys", "effective keys"}}),
        entry("distance", "Attention distance", "Vig and Belinkov 2019, arXiv:1906.04284, section 4", {}, {},
              {{"distance", "mean distance"}}),
        entry("confidence", "Confidence", "Voita et al. 2019, arXiv:1905.09418, section 4", {}, {}, {{"confidence", "mean of row maxima"}}),
        entry("sink", "Attention sink", "Gu et al. 2024, arXiv:2410.10781; Xiao et al. 2023, arXiv:2309.17453", {LabelKind::Sink},
              {{"sink.alpha", 0.3, 0, 1, "mean weight on the first token that makes a document count", "Gu et al. 2024"},
               {"sink.documents", 0.5, 0, 1, "share of documents above it", "own"},
               {"sink.kappa-uniform", 0.1, 0, 1, "least score against uniform attention", "own"},
               {"sink.random-tokens", 0.8, 0, 1, "the same on random tokens, for heads that rest only where they find nothing", "own"},
               {"sink.rows", 64, 32, 4096, "rows T of each document that count", "Gu et al. 2024"},
               {"sink.shortest", 32, 2, 4096, "shorter documents do not count", "own"}},
              {{"alpha", "weight on the first token"},
               {"first-mass", "weight on the first token"},
               {"first-column", "weight on the first content token"}}),
        entry("vertical", "Vertical pattern", "Kovaleva et al. 2019, arXiv:1908.08593; Clark et al. 2019, arXiv:1906.04341",
              {LabelKind::Vertical},
              {{"vertical.mass", 0.6, 0, 1, "mean weight on the token class", "Clark et al. 2019 (code)"},
               {"vertical.kappa-uniform", 0.3, 0, 1, "the same against uniform attention", "own"},
               {"vertical.column", 0.3, 0, 1, "excess of the best other column over uniform attention", "own"},
               {"vertical.documents", 0.5, 0, 1, "share of documents above it", "own"}},
              {{"column", "excess of its best column"}, {"kappa-column", "excess over the best other column"}}),
        entry("punctuation", "Delimiter and punctuation", "Clark et al. 2019, arXiv:1906.04341, section 3.2", {LabelKind::Punctuation},
              {{"punctuation.mass", 0.6, 0, 1, "mean weight on punctuation", "Clark et al. 2019 (code)"},
               {"punctuation.kappa-uniform", 0.3, 0, 1, "the same against uniform attention", "own"}},
              {}),
        entry("positional", "Positional pattern at every offset", "Voita et al. 2019, arXiv:1905.09418, section 5.1",
              {LabelKind::PreviousToken, LabelKind::NextToken, LabelKind::Positional},
              {{"positional.kappa-uniform", 0.5, 0, 1, "mean weight at the offset against uniform attention", "Clark et al. 2019"},
               {"positional.hit", 0.9, 0, 1, "share of rows with their largest weight there that makes the label strict",
                "Voita et al. 2019"}},
              {{"previous-mass", "weight on the previous token"}, {"previous-hit", "hits on the previous token"}}),
        entry("self", "Attention to itself", "Clark et al. 2019, arXiv:1906.04341, section 3.1", {LabelKind::Self},
              {{"self.kappa-uniform", 0.5, 0, 1, "mean weight on the own token against uniform attention", "Clark et al. 2019"}}, {}),
        entry("local", "Local band", "Pande et al. 2021, arXiv:2101.09115", {LabelKind::Local},
              {{"local.kappa-uniform", 0.5, 0, 1, "mean weight in the band against uniform attention", "own"},
               {"local.band", 2, 1, 64, "keys to each side", "Pande et al. 2021"}},
              {}),
        entry("broad", "Broad attention", "Clark et al. 2019, arXiv:1906.04341, section 3.3", {LabelKind::Broad},
              {{"broad.entropy", 0.9, 0, 1, "entropy of content rows, 1 for uniform attention", "own"}}, {}),
        entry("subword", "Pieces of one word", "Correia et al. 2019, arXiv:1909.00015", {LabelKind::Subword},
              {{"subword.kappa-uniform", 0.5, 0, 1, "mean weight on the word's other pieces against uniform attention", "own"},
               {"subword.kappa-profile", 0.3, 0, 1, "the same against the head's own offset profile", "own"}},
              {{"delta", "excess of subwords over words"}}),
        entry("block", "Block: sentence, paragraph, line, quotation",
              "Pande et al. 2021, arXiv:2101.09115; Kovaleva et al. 2019, arXiv:1908.08593", {LabelKind::Block},
              {{"block.kappa-uniform", 0.5, 0, 1, "mean weight in the own segment against uniform attention", "own"},
               {"block.kappa-profile", 0.3, 0, 1, "the same against the head's own offset profile", "own"},
               {"block.breadth", 0.5, 0, 1, "entropy inside the segment, 1 for uniform", "own"}},
              {{"breadth", "evenness inside the segment"}}),
        entry("rare-word", "Rarest word", "Voita et al. 2019, arXiv:1905.09418, section 5.3", {LabelKind::RareWord},
              {{"rare-word.hit", 0.5, 0, 1, "share of sentences whose rarest token gets the most attention", "Voita et al. 2019"},
               {"rare-word.kappa-uniform", 0.3, 0, 1, "the same against chance", "own"},
               {"rare-word.rank", 500, 0, 1e9, "the rarest token must be outside of so many most frequent ones", "Voita et al. 2019"}},
              {}),
        entry("no-op", "No-op by norms", "Kobayashi et al. 2020, arXiv:2004.10102", {LabelKind::NoOp},
              {{"no-op.reference-share", 0.1, 0, 1, "most that reference tokens may write, as a share of all that is written", "own"},
               {"no-op.unwritten", 0.5, 0, 1, "share of an average value that is not written", "own"}},
              {{"reference-share", "share that reference tokens write"}, {"unwritten", "share that is not written"}},
              "models with value weights"),
        entry("mean-distance", "Attention distance against uniform attention",
              "Vig and Belinkov 2019, arXiv:1906.04284, section 4; own null", {}, {},
              {{"mean-distance", "mean distance, passage by passage"}}),
    };
    return all;
}

const AnalysisEntry& trustEntry()
{
    static const AnalysisEntry all{
        "trust",
        "Evidence and tests",
        "Pande et al. 2021, arXiv:2101.09115; Benjamini and Hochberg 1995",
        {},
        "seconds for all labels together",
        {},
        {{"rows.keys", 3, 1, 64, "content keys that a row must see to count", "own"},
         {"rows.gate", 0.05, 0, 1, "attention that must be off reference tokens for a content row", "own"},
         {"trust.documents", 20, 2, 1e6, "documents below which there is no answer", "own"},
         {"trust.events", 100, 1, 1e9, "rows in which the pattern could show, below which there is no answer", "own"},
         {"trust.q", 0.01, 0, 1, "false discovery rate", "own"},
         {"trust.z", 4, 0, 100, "standard deviations above shuffled weights", "own"},
         {"trust.flips", 100000, 100, 1e8, "sign flips B", "own"},
         {"trust.resamples", 2000, 100, 1e6, "bootstrap resamples", "own"},
         {"trust.confidence", 0.95, 0.5, 0.9999, "of the interval", "convention"},
         {"trust.shifts", 200, 1, 1e4, "shifts of an annotation (N2), fewer in short documents", "own"},
         {"trust.text-work", 1.4, 1e-3, 1e6, "10^12 multiply-adds on text: longer texts are thinned evenly, unless a number is asked for",
          "own"},
         {"trust.made-work", 1.6, 1e-3, 1e6, "10^12 multiply-adds on made sequences: fewer of each kind are made beyond that", "own"},
         {"trust.profile-rows", 30, 1, 1e6, "rows below which the profile of an offset is taken as uniform (N1)", "own"}},
        "every label",
        {{"kappa-uniform", "excess over uniform"},
         {"kappa-profile", "excess over its distance profile"},
         {"kappa-control", "excess over the control"},
         {"kappa", "excess over chance"},
         {"mass", "mean weight"},
         {"documents", "share of passages"},
         {"hit", "hit rate"},
         {"gate", "share on content"},
         {"explained", "explained attention"}}};
    return all;
}

}  // namespace hs
