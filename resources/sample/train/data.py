"""The text corpus and the mix of training sequences."""
import pathlib

import numpy as np

IGNORE = -100          # target of a position that does not count
VAL_SHARE = 0.03       # the end of every book is kept for validation


def read_corpus(folder):
    """Per book: title from the file name, training text, validation text.
    A book is one paragraph a line."""
    books = []
    for path in sorted(pathlib.Path(folder).glob("*.txt")):
        lines = [s.strip() for s in path.read_text(encoding="utf-8").split("\n")]
        lines = [s for s in lines if s]
        total, kept, cut = sum(map(len, lines)), 0, len(lines)
        while kept < VAL_SHARE * total:
            cut -= 1
            kept += len(lines[cut])
        books.append((path.stem, "\n".join(lines[:cut]) + "\n",
                      "\n".join(lines[cut:]) + "\n"))
    if not books:
        raise SystemExit("no *.txt files in the corpus folder")
    return books


def encode_books(tokenizer, texts):
    """All texts in one array, the special token in front of each."""
    ids = []
    for text in texts:
        ids.append(tokenizer.bos)
        ids.extend(tokenizer.encode(text))
    return np.array(ids, dtype=np.int64)


class Mix:
    """Draws training sequences of n + 1 tokens: the special token, then

    - a window of text, half of them from the start of a paragraph; or
    - a passage of text, two times or more, sometimes other text between; or
    - a run of 8 to 100 random tokens (log-uniform) repeated to the end. The
      first run cannot be predicted and is left out of the loss.

    The two kinds of repetition are drawn equally often.
    """

    def __init__(self, stream, bos, newline, seed):
        self.stream = stream
        self.bos = bos
        self.seed = seed
        self.starts = np.flatnonzero(stream[:-1] == newline) + 1

    def text(self, rng, n):
        last = len(self.stream) - n
        if rng.random() < 0.5:
            at = int(self.starts[rng.integers(len(self.starts))])
            if at > last:
                at = last
        else:
            at = int(rng.integers(last))
        return self.stream[at:at + n]

    def repeated_text(self, rng, n):
        passage = self.text(rng, int(rng.integers(8, n // 2)))
        parts = [self.text(rng, int(rng.integers(0, 32)))]
        size = len(parts[0])
        while size < n:
            parts.append(passage)
            size += len(passage)
            if rng.random() < 0.5:
                parts.append(self.text(rng, int(rng.integers(1, 24))))
                size += len(parts[-1])
        return np.concatenate(parts)[:n]

    def batch(self, step, rows, n, repeated):
        """Inputs and targets [rows, n]; the step alone decides the draw.
        repeated: the share of sequences that repeat."""
        rng = np.random.default_rng([self.seed, step])
        seqs = np.empty((rows, n + 1), dtype=np.int64)
        seqs[:, 0] = self.bos
        targets = seqs[:, 1:].copy()
        for r in range(rows):
            kind = rng.random()
            skip = 0
            if kind >= repeated:
                seqs[r, 1:] = self.text(rng, n)
            elif kind < 0.5 * repeated:
                seqs[r, 1:] = self.repeated_text(rng, n)
            else:
                skip = int(np.exp(rng.uniform(np.log(8), np.log(101))))
                run = rng.integers(0, self.bos, skip)
                seqs[r, 1:] = np.resize(run, n)
            targets[r] = seqs[r, 1:]
            targets[r, :skip] = IGNORE
        return seqs[:, :-1], targets


def val_windows(stream, bos, n, count):
    """Evenly spaced validation windows: inputs and targets [count, n]."""
    at = np.linspace(0, len(stream) - n - 1, count).astype(np.int64)
    seqs = np.stack([np.concatenate(([bos], stream[a:a + n])) for a in at])
    return seqs[:, :-1], seqs[:, 1:]
