"""Byte-level byte-pair encoding: training, encoding and decoding.

Tokens are spelled with the GPT-2 byte alphabet: each of the 256 bytes has one
printable character, so that every token is a plain string. Ids are the 256
byte characters in GPT-2 order, then one token for each merge in rank order,
and last the special token that opens every sequence.
"""
import collections
import re
import sys
import unicodedata

SPECIAL = "<|endoftext|>"


def byte_alphabet():
    """The bytes in id order and the character of each."""
    order = [*range(ord("!"), ord("~") + 1), *range(0xA1, 0xAD), *range(0xAE, 0x100)]
    chars = list(order)
    extra = 0
    for b in range(256):
        if b not in order[:188]:
            order.append(b)
            chars.append(256 + extra)
            extra += 1
    return order, [chr(c) for c in chars]


BYTES, CHARS = byte_alphabet()
CHAR_OF_BYTE = dict(zip(BYTES, CHARS))
BYTE_OF_CHAR = dict(zip(CHARS, BYTES))


def _char_class(initial):
    """The inside of a regular-expression class with all code points of a
    Unicode general category (L: letters, N: numbers)."""
    out, start = [], None
    for c in range(sys.maxunicode + 2):
        hit = c <= sys.maxunicode and unicodedata.category(chr(c))[0] == initial
        if hit and start is None:
            start = c
        elif not hit and start is not None:
            out.append("\\U%08x-\\U%08x" % (start, c - 1))
            start = None
    return "".join(out)


def split_pattern():
    """Python's re has no \\p{L}; the classes are spelled out instead."""
    letter, number = _char_class("L"), _char_class("N")
    space = r"\t-\r \x85\xa0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000"
    return re.compile(
        rf"'s|'t|'re|'ve|'m|'ll|'d| ?[{letter}]+| ?[{number}]+"
        rf"| ?[^{space}{letter}{number}]+|[{space}]+(?![^{space}])|[{space}]+")


def spell(word):
    """The byte characters of a piece of text."""
    return "".join(CHAR_OF_BYTE[b] for b in word.encode("utf-8"))


def train(texts, vocab_size):
    """Learns merges from an iterable of texts; returns the Tokenizer.

    The most frequent pair is merged first; ties go to the pair that sorts
    first, so that the result depends on the texts alone.
    """
    pattern = split_pattern()
    counts = collections.Counter()
    for text in texts:
        counts.update(pattern.findall(text))
    words = [(list(spell(w)), n) for w, n in sorted(counts.items())]

    pair_count = collections.Counter()
    pair_words = collections.defaultdict(set)
    for i, (symbols, n) in enumerate(words):
        for pair in zip(symbols, symbols[1:]):
            pair_count[pair] += n
            pair_words[pair].add(i)

    merges = []
    while len(merges) < vocab_size - 256 - 1:
        best = min(pair_count, key=lambda p: (-pair_count[p], p))
        merges.append(best)
        for i in sorted(pair_words[best]):
            symbols, n = words[i]
            for pair in zip(symbols, symbols[1:]):
                pair_count[pair] -= n
                if pair_count[pair] <= 0:
                    del pair_count[pair]
            symbols[:] = merge_pair(symbols, best)
            for pair in zip(symbols, symbols[1:]):
                pair_count[pair] += n
                pair_words[pair].add(i)
        pair_count.pop(best, None)
        pair_words.pop(best, None)
    return Tokenizer(merges)


def merge_pair(symbols, pair):
    out, i = [], 0
    while i < len(symbols):
        if i + 1 < len(symbols) and (symbols[i], symbols[i + 1]) == pair:
            out.append(symbols[i] + symbols[i + 1])
            i += 2
        else:
            out.append(symbols[i])
            i += 1
    return out


class Tokenizer:
    def __init__(self, merges):
        self.merges = [tuple(m) for m in merges]
        self.vocab = CHARS + [a + b for a, b in self.merges] + [SPECIAL]
        self.ids = {t: i for i, t in enumerate(self.vocab)}
        self.rank = {m: r for r, m in enumerate(self.merges)}
        self.bos = self.ids[SPECIAL]
        self.pattern = split_pattern()
        self.cache = {}

    def encode_word(self, word):
        ids = self.cache.get(word)
        if ids is None:
            symbols = list(spell(word))
            while len(symbols) > 1:
                best = min(zip(symbols, symbols[1:]),
                           key=lambda p: self.rank.get(p, len(self.rank)))
                if best not in self.rank:
                    break
                symbols = merge_pair(symbols, best)
            ids = self.cache[word] = [self.ids[s] for s in symbols]
        return ids

    def encode(self, text):
        """Ids of a text, without the opening special token."""
        return [i for w in self.pattern.findall(text) for i in self.encode_word(w)]

    def decode(self, ids):
        chars = "".join(self.vocab[i] for i in ids if i != self.bos)
        return bytes(BYTE_OF_CHAR[c] for c in chars).decode("utf-8", "replace")
