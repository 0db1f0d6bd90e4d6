// SPDX-License-Identifier: GPL-3.0-or-later
#include <charconv>

#include "engine/text/tokenizer.h"
#include "engine/text/utf8.h"

namespace hs {
namespace {

/// For models without a vocabulary: text is the ids themselves.
class IdTokenizer final : public Tokenizer {
public:
    explicit IdTokenizer(int vocabSize) : m_vocabSize(vocabSize) {}

    TokenizerKind kind() const override { return TokenizerKind::Ids; }
    int vocabSize() const override { return m_vocabSize; }

    Result<std::vector<Token>> encode(std::string_view utf8, const Progress& progress, SpecialText) const override
    {
        if (const auto bad = utf8::firstInvalid(utf8)) return Error::of(ErrorCode::TextNotUtf8, std::to_string(*bad));
        std::vector<Token> out;
        for (std::size_t at = 0; at < utf8.size();) {
            if (std::string_view(" \t\r\n,;[]()").find(utf8[at]) != std::string_view::npos) {
                ++at;
                continue;
            }
            if (out.size() % 65536 == 0 && progress.stopped()) return Error::cancelled();
            const std::size_t end = std::min(utf8.find_first_of(" \t\r\n,;[]()", at), utf8.size());
            const std::string_view word = utf8.substr(at, end - at);
            int id = 0;
            const auto [rest, error] = std::from_chars(word.data(), word.data() + word.size(), id);
            if (error == std::errc::invalid_argument || rest != word.data() + word.size())
                return Error::argument(std::to_string(at), std::string(word.substr(0, 64)));
            if (error != std::errc{} || id < 0 || id >= m_vocabSize)
                return Error::of(ErrorCode::TokenOutOfRange, std::to_string(out.size()), std::string(word.substr(0, 64)),
                                 std::string("0 .. ").append(std::to_string(m_vocabSize - 1)));
            Token t;
            t.id = id;
            t.piece = t.text = std::to_string(id);
            t.byteBegin = static_cast<int>(at);
            t.byteEnd = static_cast<int>(end);
            out.push_back(std::move(t));
            at = end;
        }
        return out;
    }

    std::string piece(int id) const override { return known(id) ? std::to_string(id) : std::string(); }
    std::string displayText(int id) const override { return piece(id); }
    std::string tokenBytes(int id) const override
    {
        std::string bytes;
        if (!known(id)) return bytes;
        bytes.push_back(' ');
        bytes += std::to_string(id);
        return bytes;
    }
    bool isSpecial(int) const override { return false; }
    std::string decode(std::span<const int> ids) const override
    {
        std::string out;
        for (const int id : ids) out += tokenBytes(id);
        return out.empty() ? out : out.substr(1);
    }
    std::optional<int> bosId() const override { return std::nullopt; }
    std::optional<int> eosId() const override { return std::nullopt; }
    bool addsBos() const override { return false; }

private:
    bool known(int id) const { return id >= 0 && id < m_vocabSize; }
    int m_vocabSize;
};

}  // namespace

std::shared_ptr<const Tokenizer> makeIdTokenizer(int vocabSize) { return std::make_shared<IdTokenizer>(vocabSize); }

}  // namespace hs
