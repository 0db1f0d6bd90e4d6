// SPDX-License-Identifier: GPL-3.0-or-later
// The catalogue of analyses is English data of the engine; this is where its lines meet the language of the window.
#include <QCoreApplication>

#include "ui/labels/label_words.h"

namespace hs::ui {

namespace {

/// For lupdate: every title and meaning of engine/analysis/catalogue (a test compares both).
[[maybe_unused]] constexpr const char* kLines[] = {
    QT_TRANSLATE_NOOP("hs::ui::Catalogue", "Knockout of the attention a label describes"),
    QT_TRANSLATE_NOOP("hs::ui::Catalogue", "In-context-learning score"),
    QT_TRANSLATE_NOOP("hs::ui::Catalogue", "Entropy and effective keys"),
    QT_TRANSLATE_NOOP("hs::ui::Catalogue", "Attention distance"),
    QT_TRANSLATE_NOOP("hs::ui::Catalogue", "Confidence"),
    QT_TRANSLATE_NOOP("hs::ui::Catalogue", "Attention sink"),
    QT_TRANSLATE_NOOP("hs::ui::Catalogue", "Vertical pattern"),
    QT_TRANSLATE_NOOP("hs::ui::Catalogue", "Delimiter and punctuation"),
    QT_TRANSLATE_NOOP("hs::ui::Catalogue", "Positional pattern at every offset"),
    QT_TRANSLATE_NOOP("hs::ui::Catalogue", "Attention to itself"),
    QT_TRANSLATE_NOOP("hs::ui::Catalogue", "Local band"),
    QT_TRANSLATE_NOOP("hs::ui::Catalogue", "Broad attention"),
    QT_TRANSLATE_NOOP("hs::ui::Catalogue", "Pieces of one word"),
    QT_TRANSLATE_NOOP("hs::ui::Catalogue", "Block: sentence, paragraph, line, quotation"),
    QT_TRANSLATE_NOOP("hs::ui::Catalogue", "Rarest word"),
    QT_TRANSLATE_NOOP("hs::ui::Catalogue", "No-op by norms"),
    QT_TRANSLATE_NOOP("hs::ui::Catalogue", "Evidence and tests"),
    QT_TRANSLATE_NOOP("hs::ui::Catalogue", "Iteration heads"),
    QT_TRANSLATE_NOOP("hs::ui::Catalogue", "Statistical induction"),
    QT_TRANSLATE_NOOP("hs::ui::Catalogue", "Previous and next token on random tokens"),
    QT_TRANSLATE_NOOP("hs::ui::Catalogue", "Duplicate token"),
    QT_TRANSLATE_NOOP("hs::ui::Catalogue", "Induction"),
    QT_TRANSLATE_NOOP("hs::ui::Catalogue", "Prefix matching over four copies"),
    QT_TRANSLATE_NOOP("hs::ui::Catalogue", "Pointer mass"),
    QT_TRANSLATE_NOOP("hs::ui::Catalogue", "Copying at run time"),
    QT_TRANSLATE_NOOP("hs::ui::Catalogue", "Lag curve and CMR distance"),
    QT_TRANSLATE_NOOP("hs::ui::Catalogue", "Retrieval of key and value"),
    QT_TRANSLATE_NOOP("hs::ui::Catalogue", "Copying by the OV circuit"),
    QT_TRANSLATE_NOOP("hs::ui::Catalogue", "Same-token matching by the QK circuit"),
    QT_TRANSLATE_NOOP("hs::ui::Catalogue", "Successor"),
    QT_TRANSLATE_NOOP("hs::ui::Catalogue", "Copy suppression"),
    QT_TRANSLATE_NOOP("hs::ui::Catalogue", "Previous-token recall of positions"),
    QT_TRANSLATE_NOOP("hs::ui::Catalogue", "Matching recall through an earlier head"),
    QT_TRANSLATE_NOOP("hs::ui::Catalogue", "documents in which attention is knocked out"),
    QT_TRANSLATE_NOOP("hs::ui::Catalogue", "least mean change of the prediction, in nats"),
    QT_TRANSLATE_NOOP("hs::ui::Catalogue", "sequences of text, documents joined where they are shorter"),
    QT_TRANSLATE_NOOP("hs::ui::Catalogue", "mean weight on the first token that makes a document count"),
    QT_TRANSLATE_NOOP("hs::ui::Catalogue", "share of documents above it"),
    QT_TRANSLATE_NOOP("hs::ui::Catalogue", "least score against uniform attention"),
    QT_TRANSLATE_NOOP("hs::ui::Catalogue", "the same on random tokens, for heads that rest only where they find nothing"),
    QT_TRANSLATE_NOOP("hs::ui::Catalogue", "rows T of each document that count"),
    QT_TRANSLATE_NOOP("hs::ui::Catalogue", "shorter documents do not count"),
    QT_TRANSLATE_NOOP("hs::ui::Catalogue", "mean weight on the token class"),
    QT_TRANSLATE_NOOP("hs::ui::Catalogue", "the same against uniform attention"),
    QT_TRANSLATE_NOOP("hs::ui::Catalogue", "excess of the best other column over uniform attention"),
    QT_TRANSLATE_NOOP("hs::ui::Catalogue", "mean weight on punctuation"),
    QT_TRANSLATE_NOOP("hs::ui::Catalogue", "mean weight at the offset against uniform attention"),
    QT_TRANSLATE_NOOP("hs::ui::Catalogue", "share of rows with their largest weight there that makes the label strict"),
    QT_TRANSLATE_NOOP("hs::ui::Catalogue", "mean weight on the own token against uniform attention"),
    QT_TRANSLATE_NOOP("hs::ui::Catalogue", "mean weight in the band against uniform attention"),
    QT_TRANSLATE_NOOP("hs::ui::Catalogue", "keys to each side"),
    QT_TRANSLATE_NOOP("hs::ui::Catalogue", "entropy of content rows, 1 for uniform attention"),
    QT_TRANSLATE_NOOP("hs::ui::Catalogue", "mean weight on the word's other pieces against uniform attention"),
    QT_TRANSLATE_NOOP("hs::ui::Catalogue", "the same against the head's own offset profile"),
    QT_TRANSLATE_NOOP("hs::ui::Catalogue", "mean weight in the own segment against uniform attention"),
    QT_TRANSLATE_NOOP("hs::ui::Catalogue", "entropy inside the segment, 1 for uniform"),
    QT_TRANSLATE_NOOP("hs::ui::Catalogue", "share of sentences whose rarest token gets the most attention"),
    QT_TRANSLATE_NOOP("hs::ui::Catalogue", "the same against chance"),
    QT_TRANSLATE_NOOP("hs::ui::Catalogue", "the rarest token must be outside of so many most frequent ones"),
    QT_TRANSLATE_NOOP("hs::ui::Catalogue", "most that reference tokens may write, as a share of all that is written"),
    QT_TRANSLATE_NOOP("hs::ui::Catalogue", "share of an average value that is not written"),
    QT_TRANSLATE_NOOP("hs::ui::Catalogue", "content keys that a row must see to count"),
    QT_TRANSLATE_NOOP("hs::ui::Catalogue", "attention that must be off reference tokens for a content row"),
    QT_TRANSLATE_NOOP("hs::ui::Catalogue", "documents below which there is no answer"),
    QT_TRANSLATE_NOOP("hs::ui::Catalogue", "rows in which the pattern could show, below which there is no answer"),
    QT_TRANSLATE_NOOP("hs::ui::Catalogue", "false discovery rate"),
    QT_TRANSLATE_NOOP("hs::ui::Catalogue", "standard deviations above shuffled weights"),
    QT_TRANSLATE_NOOP("hs::ui::Catalogue", "sign flips B"),
    QT_TRANSLATE_NOOP("hs::ui::Catalogue", "bootstrap resamples"),
    QT_TRANSLATE_NOOP("hs::ui::Catalogue", "of the interval"),
    QT_TRANSLATE_NOOP("hs::ui::Catalogue", "shifts of an annotation (N2), fewer in short documents"),
    QT_TRANSLATE_NOOP("hs::ui::Catalogue", "rows below which the profile of an offset is taken as uniform (N1)"),
    QT_TRANSLATE_NOOP("hs::ui::Catalogue", "least mean weight of the head's part of the pattern"),
    QT_TRANSLATE_NOOP("hs::ui::Catalogue", "least mean weight of the other part, in a head of another layer"),
    QT_TRANSLATE_NOOP("hs::ui::Catalogue", "sequences of parity and polynomial tasks"),
    QT_TRANSLATE_NOOP("hs::ui::Catalogue", "least kappa of the weight on what followed the same state"),
    QT_TRANSLATE_NOOP("hs::ui::Catalogue", "least evenness of that weight over its places"),
    QT_TRANSLATE_NOOP("hs::ui::Catalogue", "Markov chains"),
    QT_TRANSLATE_NOOP("hs::ui::Catalogue", "least kappa of the mean weight on the neighbour, content view"),
    QT_TRANSLATE_NOOP("hs::ui::Catalogue", "sequences of repeated random tokens, shared by this family"),
    QT_TRANSLATE_NOOP("hs::ui::Catalogue", "least mean weight on the earlier equal token"),
    QT_TRANSLATE_NOOP("hs::ui::Catalogue", "least mean weight on the token after the earlier equal one"),
    QT_TRANSLATE_NOOP("hs::ui::Catalogue", "largest distance to the best curve of the memory model"),
    QT_TRANSLATE_NOOP("hs::ui::Catalogue", "least fit 1 - distance over that of sequences in which nothing repeats"),
    QT_TRANSLATE_NOOP("hs::ui::Catalogue", "score at lag +1 minus lag -1: duplicate-token heads fit too, but are even"),
    QT_TRANSLATE_NOOP("hs::ui::Catalogue", "least mean share of the needle that is copied"),
    QT_TRANSLATE_NOOP("hs::ui::Catalogue", "key-value sequences of different length and depth"),
    QT_TRANSLATE_NOOP("hs::ui::Catalogue", "least eigenvalue score of the OV circuit, effective embedding"),
    QT_TRANSLATE_NOOP("hs::ui::Catalogue", "least share of tokens that raise themselves among the first five"),
    QT_TRANSLATE_NOOP("hs::ui::Catalogue", "least eigenvalue score of the QK circuit, effective embedding"),
    QT_TRANSLATE_NOOP("hs::ui::Catalogue", "least share of items whose best item of the class is the next"),
    QT_TRANSLATE_NOOP("hs::ui::Catalogue", "least ratio of that share to chance"),
    QT_TRANSLATE_NOOP("hs::ui::Catalogue", "least share of tokens that lower themselves into the lowest 5 %"),
};

}  // namespace

QString catalogueText(const std::string& english)
{
    if (english == "own" || english.starts_with("own; ")) {
        // A reader of the table would take "own" for their own.
        const QString ours = QCoreApplication::translate("hs::ui::Catalogue", "chosen for HeadScope");
        return english == "own" ? ours : ours + QString::fromStdString(english.substr(3));
    }
    return QCoreApplication::translate("hs::ui::Catalogue", english.c_str());
}

}  // namespace hs::ui
