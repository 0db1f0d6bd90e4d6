// SPDX-License-Identifier: GPL-3.0-or-later
// What the tokeniser tests share: small vocabularies, nasty strings, checks on byte ranges, golden files.
#pragma once

#include <QByteArray>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QJsonValue>
#include <QList>
#include <QString>
#include <QTest>

#include <string>
#include <string_view>
#include <vector>

#include "engine/text/models/byte_alphabet.h"
#include "engine/text/tokenizer.h"
#include "tests/support/shared_data.h"

namespace hs::test {

inline std::vector<int> idsOf(const std::vector<Token>& tokens)
{
    std::vector<int> ids;
    for (const Token& t : tokens) ids.push_back(t.id);
    return ids;
}

/// Token texts joined by '|', for comparing by eye.
inline std::string joined(const std::vector<Token>& tokens)
{
    std::string out;
    for (const Token& t : tokens) out += (out.empty() ? "" : "|") + t.text;
    return out;
}

/// Words joined by '|': each word is the text its tokens cover.
inline std::string joinedWords(const Prompt& prompt)
{
    std::string out;
    int last = -1;
    for (const Token& t : prompt.tokens) {
        if (t.word < 0) continue;
        if (t.word != last && last >= 0) out += '|';
        last = t.word;
        out += prompt.text.substr(static_cast<std::size_t>(t.byteBegin), static_cast<std::size_t>(t.byteEnd - t.byteBegin));
    }
    return out;
}

/// Empty when the ranges of the tokens cover `text` without gap or overlap; else where they do not.
inline std::string tilingFault(const std::vector<Token>& tokens, std::string_view text)
{
    int at = 0;
    for (std::size_t i = 0; i < tokens.size(); ++i) {
        if (tokens[i].byteBegin != at || tokens[i].byteEnd < at)
            return "token " + std::to_string(i) + " covers " + std::to_string(tokens[i].byteBegin) + ".."
                   + std::to_string(tokens[i].byteEnd) + ", expected from " + std::to_string(at);
        at = tokens[i].byteEnd;
    }
    return at == static_cast<int>(text.size()) ? std::string() : "ends at " + std::to_string(at);
}

/// Empty when ranges stay inside of the text and never go backwards.
inline std::string orderFault(const std::vector<Token>& tokens, std::string_view text)
{
    int begin = 0;
    for (std::size_t i = 0; i < tokens.size(); ++i) {
        const Token& t = tokens[i];
        if (t.byteBegin < begin || t.byteEnd < t.byteBegin || t.byteEnd > static_cast<int>(text.size()))
            return "token " + std::to_string(i) + " covers " + std::to_string(t.byteBegin) + ".." + std::to_string(t.byteEnd);
        begin = t.byteBegin;
    }
    return {};
}

/// Strings that break tokenisers.
inline const std::vector<std::string>& nastyStrings()
{
    static const std::vector<std::string> strings = {
        "Hello world",
        "Hello  world",
        " leading and trailing ",
        "don't they're I'LL we'd",
        "tab\tnew\nline\r\n\n  end",
        "naïve café — façade",
        "日本語のテキスト",
        "Привет, мир!",
        "مرحبا بالعالم",
        "emoji 👍🏽 👩‍👩‍👧 x",
        "12345 3.14 1e-5 ½ ²",
        "a\u00a0b\u2003c\u3000d",
        "x\u200bzero\ufeffwidth",
        "a\u180eb",
        std::string(300, 'a'),
        "\u0301combining e\u0301",
        "\ufffd\u0007ctl",
        std::string("nul\0inside", 10),
        "[MASK] <|endoftext|> </s>",
        "\n",
        " ",
        "   ",
        "▁ mark",
        "<0x41>",
        "𝔘𝔫𝔦",
        "\u2028\u2029",
        "a\u0085b",
        std::string(200, ' ') + "x",
        "..!?''\"\"--",
    };
    return strings;
}

/// 256 byte pieces, then pieces of the merges in order; ids are positions.
struct SmallBpe {
    std::vector<std::string> vocab;
    std::vector<std::string> merges;
    void merge(const std::string& left, const std::string& right)
    {
        merges.push_back(left + " " + right);
        vocab.push_back(left + right);
    }
};

/// Byte-level vocabulary that knows " the", " little", "he", "llo" and the two halves of a character.
inline SmallBpe smallBpe()
{
    SmallBpe bpe;
    for (const std::string& c : byteCharacters()) bpe.vocab.push_back(c);
    bpe.merge("h", "e");
    bpe.merge("Ġ", "t");
    bpe.merge("Ġt", "he");
    bpe.merge("l", "l");
    bpe.merge("ll", "o");
    bpe.merge("i", "t");
    bpe.merge("Ġ", "l");
    bpe.merge("Ġl", "it");
    bpe.merge("Ġlit", "t");
    bpe.merge("Ġlitt", "l");
    bpe.merge("Ġlittl", "e");
    bpe.merge("a", "a");
    bpe.merge("aa", "aa");
    return bpe;
}

/// Rows of a golden file [{text, ids, ...}] for a table with columns vocabulary (QString, its path), text (QByteArray) and ids (QList<int>).
/// A file that is not there gives one row, for HS_NEED_SHARED(vocabulary) to refuse.
inline void addGoldenRows(const char* name, const QString& vocabulary, const QString& file)
{
    const QJsonArray rows = QJsonDocument::fromJson(QByteArray::fromStdString(fileBytes(file))).array();
    int n = 0;
    for (const QJsonValue& row : rows) {
        QList<int> ids;
        for (const QJsonValue& id : row[QStringLiteral("ids")].toArray()) ids.append(id.toInt());
        QTest::addRow("%s %d", name, n++) << vocabulary << row[QStringLiteral("text")].toString().toUtf8() << ids;
    }
    if (n > 0) return;
    if (missingShared(file).isEmpty()) qFatal("%s holds no rows", qPrintable(file));
    QTest::addRow("%s", name) << vocabulary << QByteArray() << QList<int>();
}

inline void addGoldenColumns()
{
    QTest::addColumn<QString>("vocabulary");
    QTest::addColumn<QByteArray>("text");
    QTest::addColumn<QList<int>>("ids");
}

inline QList<int> qList(const std::vector<int>& ids) { return QList<int>(ids.begin(), ids.end()); }

}  // namespace hs::test
