// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/io/tokenizer/tokenizer_classes.h"

#include <algorithm>

namespace hs {
namespace {

using Prefix = TextRules::Prefix;

// transformers 4, src/transformers/models/*/tokenization_*.py.
constexpr TokenizerClass classes[] = {
    {.name = "LlamaTokenizer", .modelTypes = " llama mistral mixtral phi3 ", .bos = true, .tokens = {"<s>", "</s>", "<unk>"}},
    {.name = "GemmaTokenizer",
     .modelTypes = " gemma gemma2 gemma3 gemma3_text ",
     .bos = true,
     .heedsLegacy = false,
     .tokens = {"<bos>", "<eos>", "<unk>", nullptr, "<pad>"}},
    {.name = "T5Tokenizer",
     .modelTypes = " t5 mt5 umt5 ",
     .eos = true,
     .heedsBos = false,
     .heedsEos = false,
     .eosOnce = true,
     .tokens = {nullptr, "</s>", "<unk>", nullptr, "<pad>"},
     .extraIds = 100},
    {.name = "GPT2Tokenizer",
     .sentencePiece = false,
     .modelTypes = " gpt2 gpt_neo gptj gpt_bigcode opt ",
     .heedsEos = false,
     .tokens = {"<|endoftext|>", "<|endoftext|>", "<|endoftext|>"}},
    {.name = "CodeGenTokenizer",
     .sentencePiece = false,
     .modelTypes = " codegen phi ",
     .heedsEos = false,
     .tokens = {"<|endoftext|>", "<|endoftext|>", "<|endoftext|>"}},
    {.name = "RobertaTokenizer",
     .sentencePiece = false,
     .modelTypes = " roberta bart longformer led mvp ",
     .bos = true,
     .eos = true,
     .heedsBos = false,
     .heedsEos = false,
     .tokens = {"<s>", "</s>", "<unk>", "</s>", "<pad>", "<s>", "<mask>"},
     .prefix = Prefix::SpaceIfMissing},
};
// Those with nothing to add unless they are told.
constexpr TokenizerClass otherPieces{.heedsLegacy = false, .tokens = {"<s>", "</s>", "<unk>", nullptr, "<pad>"}};
constexpr TokenizerClass otherPair{.sentencePiece = false, .tokens = {"<|endoftext|>", "<|endoftext|>"}};

constexpr std::string_view others[] = {
    "AlbertTokenizer",        "BarthezTokenizer",     "BigBirdTokenizer",  "BioGptTokenizer",  "BlenderbotTokenizer", "CLIPTokenizer",
    "CTRLTokenizer",          "CamembertTokenizer",   "CpmTokenizer",      "DebertaTokenizer", "DebertaV2Tokenizer",  "FNetTokenizer",
    "FSMTTokenizer",          "FlaubertTokenizer",    "M2M100Tokenizer",   "MBart50Tokenizer", "MBartTokenizer",      "MarianTokenizer",
    "NllbTokenizer",          "OpenAIGPTTokenizer",   "PLBartTokenizer",   "PegasusTokenizer", "Qwen2Tokenizer",      "RemBertTokenizer",
    "SeamlessM4TTokenizer",   "Speech2TextTokenizer", "SpeechT5Tokenizer", "UdopTokenizer",    "WhisperTokenizer",    "XGLMTokenizer",
    "XLMProphetNetTokenizer", "XLMRobertaTokenizer",  "XLMTokenizer",      "XLNetTokenizer",
};

constexpr EndsClass endsClasses[] = {
    {"LlamaTokenizer", true, "<s>", "</s>"},
    {"CodeLlamaTokenizer", true, "<s>", "</s>"},
    {"GemmaTokenizer", true, "<bos>", "<eos>"},
    {"CohereTokenizer", true, "<BOS_TOKEN>", "<|END_OF_TURN_TOKEN|>"},
    {"GPTNeoXTokenizer", false, "<|endoftext|>", "<|endoftext|>"},
};

struct OtherModel {
    std::string_view types;
    const char* name;
};
constexpr OtherModel otherModels[] = {
    {" qwen2 qwen2_moe qwen3 qwen3_moe ", "Qwen2Tokenizer"},
    {" openai-gpt ", "OpenAIGPTTokenizer"},
    {" ctrl ", "CTRLTokenizer"},
    {" xglm ", "XGLMTokenizer"},
    {" biogpt ", "BioGptTokenizer"},
    {" deberta ", "DebertaTokenizer"},
    {" deberta-v2 ", "DebertaV2Tokenizer"},
    {" m2m_100 ", "M2M100Tokenizer"},
    {" marian ", "MarianTokenizer"},
    {" mbart ", "MBartTokenizer"},
    {" pegasus ", "PegasusTokenizer"},
    {" albert ", "AlbertTokenizer"},
    {" xlm-roberta ", "XLMRobertaTokenizer"},
    {" camembert ", "CamembertTokenizer"},
    {" xlnet ", "XLNetTokenizer"},
};

}  // namespace

const char* TokenizerClass::nameOf(std::string_view token) const
{
    const auto it = std::find(std::begin(specialTokenNames), std::end(specialTokenNames), token);
    return it == std::end(specialTokenNames) ? nullptr : tokens[it - std::begin(specialTokenNames)];
}

const EndsClass* endsClass(std::string_view name)
{
    const auto it = std::find_if(std::begin(endsClasses), std::end(endsClasses), [&](const EndsClass& row) { return row.name == name; });
    return it == std::end(endsClasses) ? nullptr : &*it;
}

std::string tokenizerClassOf(const std::string& modelType)
{
    if (modelType.empty()) return {};
    const std::string word = " " + modelType + " ";
    for (const TokenizerClass& row : classes)
        if (std::string_view(row.modelTypes).find(word) != std::string_view::npos) return row.name;
    for (const OtherModel& other : otherModels)
        if (other.types.find(word) != std::string_view::npos) return other.name;
    return {};
}

const TokenizerClass& tokenizerClass(const std::string& name, bool sentencePiece)
{
    const std::string known = name == "BartTokenizer" || name == "LongformerTokenizer" || name == "LEDTokenizer" || name == "MvpTokenizer"
                                  ? "RobertaTokenizer"
                                  : name;
    for (const TokenizerClass& row : classes)
        if (row.name == known && row.sentencePiece == sentencePiece) return row;
    return sentencePiece ? otherPieces : otherPair;
}

bool isOtherClass(std::string_view name) { return std::find(std::begin(others), std::end(others), name) != std::end(others); }

}  // namespace hs
