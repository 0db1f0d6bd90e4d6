// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/fuzz/seed_texts.h"

namespace hs::fuzz {

namespace {

const char* const kBytes =
    R"json({"added_tokens": [{"id": 7, "content": "<|endoftext|>", "special": true, "lstrip": true, "rstrip": false, "single_word": false, "normalized": false}],
 "normalizer": null, "pre_tokenizer": {"type": "ByteLevel", "add_prefix_space": true, "trim_offsets": true, "use_regex": true},
 "post_processor": {"type": "ByteLevel", "add_prefix_space": true, "trim_offsets": false}, "decoder": {"type": "ByteLevel"},
 "model": {"type": "BPE", "dropout": null, "unk_token": null, "vocab": {"h": 0, "e": 1, "l": 2, "o": 3, "he": 4, "ll": 5, "\u0120": 6}, "merges": ["h e", "l l"]}})json";

const char* const kLlama =
    R"json({"added_tokens": [{"id": 0, "content": "<unk>", "special": true}, {"id": 1, "content": "<s>", "special": true}],
 "normalizer": {"type": "Sequence", "normalizers": [{"type": "Prepend", "prepend": "\u2581"}, {"type": "Replace", "pattern": {"String": " "}, "content": "\u2581"}]},
 "pre_tokenizer": null, "decoder": {"type": "Sequence", "decoders": [{"type": "Replace", "pattern": {"String": "\u2581"}, "content": " "},
 {"type": "ByteFallback"}, {"type": "Fuse"}, {"type": "Strip", "content": " ", "start": 1, "stop": 0}]},
 "post_processor": {"type": "TemplateProcessing", "single": [{"SpecialToken": {"id": "<s>", "type_id": 0}}, {"Sequence": {"id": "A", "type_id": 0}}],
 "pair": [], "special_tokens": {"<s>": {"id": "<s>", "ids": [1], "tokens": ["<s>"]}}},
 "model": {"type": "BPE", "byte_fallback": true, "fuse_unk": true, "unk_token": "<unk>", "vocab": {"<unk>": 0, "<s>": 1, "<0x41>": 2, "\u2581": 3, "a": 4, "\u2581a": 5, "b": 6},
 "merges": [["\u2581", "a"]]}})json";

const char* const kBert =
    R"json({"added_tokens": [{"id": 1, "content": "[CLS]", "special": true}, {"id": 2, "content": "[SEP]", "special": true}, {"id": 0, "content": "[UNK]", "special": true}],
 "normalizer": {"type": "BertNormalizer", "clean_text": true, "handle_chinese_chars": true, "strip_accents": null, "lowercase": true},
 "pre_tokenizer": {"type": "BertPreTokenizer"}, "decoder": {"type": "WordPiece", "prefix": "##", "cleanup": true},
 "post_processor": {"type": "BertProcessing", "sep": ["[SEP]", 2], "cls": ["[CLS]", 1]},
 "model": {"type": "WordPiece", "unk_token": "[UNK]", "continuing_subword_prefix": "##", "max_input_chars_per_word": 100,
 "vocab": {"[UNK]": 0, "[CLS]": 1, "[SEP]": 2, "run": 3, "##ning": 4, ".": 5}}})json";

const char* const kUnigram =
    R"json({"normalizer": {"type": "Sequence", "normalizers": [{"type": "NFKC"}, {"type": "Lowercase"}, {"type": "StripAccents"}, {"type": "Strip", "strip_left": true, "strip_right": true}]},
 "pre_tokenizer": {"type": "Metaspace", "replacement": "\u2581", "add_prefix_space": true, "prepend_scheme": "first", "split": true},
 "decoder": {"type": "Metaspace", "replacement": "\u2581"},
 "model": {"type": "Unigram", "unk_id": 0, "byte_fallback": false, "vocab": [["<unk>", 0.0], ["\u2581a", -1.0], ["b", -2.0], ["\u2581ab", -2.5], ["\u2581", -3.0]]}})json";

const char* const kWords =
    R"json({"pre_tokenizer": {"type": "Sequence", "pretokenizers": [{"type": "WhitespaceSplit"}, {"type": "Punctuation", "behavior": "Contiguous"},
 {"type": "Digits", "individual_digits": true}, {"type": "Split", "pattern": {"Regex": "\\p{L}+|(?i:'s|'t)|\\s+(?!\\S)"}, "behavior": "MergedWithNext", "invert": false}]},
 "model": {"type": "WordLevel", "unk_token": "[UNK]", "vocab": {"[UNK]": 0, "hello": 1, "world": 2}}})json";

const char* const kPieces =
    R"json({"type": "sentencepiece-bpe", "byte_fallback": false, "add_dummy_prefix": true, "bos_id": 1, "eos_id": 2, "unk_id": 0,
 "pieces": ["<unk>", "<s>", "</s>", "a", "b", " a", "ab"], "scores": [0, 0, 0, -1, -2, -3, -0.5]})json";

const char* const kProject =
    R"json({"headscope_project": 1, "model": {"path": "/m/model.h5", "sha256": "00ff", "config": {"n_heads": "12"}},
 "prompts": [{"title": "A", "text": "Once upon", "ids": [1, 2, 3]}, {"title": "", "text": "\u00e9"}], "current_prompt": 0,
 "selection": {"head": "L1H2", "pinned": "L0H0", "query": 3, "key": 1},
 "interventions": [{"kind": "zero", "head": "L0H1"}, {"kind": "scale", "head": "L0H1", "value": 0.5, "positions": [0, 2]},
 {"kind": "clamp", "head": "L1H0", "value": 0.1, "edges": [[3, 1], [2, 0]]}, {"kind": "add", "head": "L1H0", "vector": [0.5, -1e-3]},
 {"kind": "replace", "layer": 1, "site": "resid_pre", "rows": 1, "columns": 2, "float32": "AACAPwAAAEA="}],
 "notes": {"L0H3": {"label": "Induction", "text": "seen"}}, "class_list": {"path": "/c.json", "sha256": "aa", "edited": {"name": "x"}},
 "look": {"kind": "weights", "stretch": "linear", "grain": "tokens", "hide_sink": true, "crosshair": false, "colour_map": "viridis", "auto_range": false, "low": -1.5, "high": 1e300},
 "prune": {}, "tab": 2, "layout": "AAAA/w=="})json";

}  // namespace

std::vector<std::string> tokenizerTexts()
{
    const std::string nul(1, '\0');
    return {kBytes + nul + "hello hell",
            kLlama + nul + "a ab A",
            kBert + nul + "Running.",
            kUnigram + nul + "ab \uFB01",
            kWords + nul + "hello's 12",
            kPieces + nul + "ab a",
            R"({"type": "word", "unk_id": 0, "pieces": ["?", "one", "two"]})",
            R"({"type": "char", "pieces": ["a", "b", "\u00e9"]})",
            R"({"h": 0, "e": 1, "he": 2, "\u0120": 3})" + nul + "#version: 0.2\nh e\n"};
}

std::vector<std::string> projectTexts() { return {kProject, R"({"headscope_project": 1})"}; }

}  // namespace hs::fuzz
