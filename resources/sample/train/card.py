"""The model card, with the measured values filled in."""
import textwrap

import numpy as np

import measure
import second
from train import (DECAY_SHARE, LATER_FROM, LATER_RATE, LONG_CONTEXT, MORE_FROM,
                   MORE_UNTIL, PEAK_RATE, REPEATED, REPEATED_MORE, SEED,
                   SHORT_CONTEXT, TOKENS_PER_STEP, WARM_UP)

CLEAR = 0.5            # a head that scores this much does this above all
STARTS = ("Once upon a time", "\"What shall we do now?\" said", "The old house stood")


def top_heads(table, count):
    """"L1H3 0.95, ..." for the highest scores."""
    order = np.argsort(-table, axis=None)[:count]
    return ", ".join("L%dH%d %.3f" % (*np.unravel_index(i, table.shape), table.flat[i])
                     for i in order)


def title(stem):
    small = {"a", "and", "in", "of", "the", "to"}
    words = stem.replace("-s-", "'s-").replace("grimms-", "grimms'-").split("-")
    text = " ".join(w if w in small else w.capitalize() for w in words)
    return text[0].upper() + text[1:]


def score_table(found):
    names = measure.scores.NAMES + ("zero_ablation_loss_change",)
    lines = ["| head | previous | first | duplicate | induction | loss change without it |",
             "|---|---|---|---|---|---|"]
    layers, heads = found["induction"].shape
    for i in range(layers):
        for j in range(heads):
            values = " | ".join("%.3f" % found[n][i, j] for n in names[:-1])
            lines.append(f"| L{i}H{j} | {values} | {found[names[-1]][i, j]:+.3f} |")
    return "\n".join(lines)


def samples(model, tokenizer):
    blocks = []
    for k, start in enumerate(STARTS):
        ids = [tokenizer.bos] + tokenizer.encode("\n" + start)
        new = measure.generate(model, tokenizer, [ids], 70, measure.TEMPERATURE,
                               measure.SAMPLE_SEED + 1000 + k)[0]
        text = tokenizer.decode(ids[2:] + new)
        blocks.append("\n".join("> " + line for line in text.replace("\ufffd", "").split("\n")))
    return "\n\n".join(blocks)


def model_card(model, tokenizer, books, at, found, loss, bits_per_byte):
    cfg = model.cfg
    parameters = sum(p.numel() for p in model.parameters())
    best = "\n".join(f"- {name.replace('_', ' ')}: {top_heads(found[name], 4)}"
                     for name in measure.scores.NAMES)
    titles = textwrap.fill("; ".join(title(b[0]) for b in books) + ".", 78)
    lacking = "".join(f"No head of\nthis run scores {CLEAR} or more for {name.replace('_', ' ')}. "
                      for name in measure.scores.NAMES if found[name].max() < CLEAR)
    share = 100 * sum(len(b[2]) for b in books) / sum(len(b[1]) + len(b[2]) for b in books)
    return f"""# The HeadScope sample model

A small language model that ships with HeadScope, so that every view has
something true to show without a download. It was trained from random weights
by the programs in `train/`, on two shared processor cores, in about
{at['seconds'] / 60:.0f} minutes. It is made to be looked at, not to be used: its
attention heads are clear, its English is not.

## What it is

- Decoder, causal, {cfg.n_layers} layers, {cfg.n_heads} heads of {cfg.d_head}, width {cfg.d_model}, MLP {cfg.d_mlp}
  (tanh GELU), LayerNorm before each part, biases, untied unembedding;
  {parameters:,} parameters, stored as float16.
- Rotary positions on the whole head, halves paired, base {cfg.rotary_base:.0f};
  context {cfg.n_ctx} tokens.
- Byte-level BPE of {cfg.d_vocab} tokens (256 bytes, {len(tokenizer.merges)} merges, one special
  token `<|endoftext|>`, id {tokenizer.bos}), trained on the same text. The special token
  opens every sequence in training and should open every prompt.

## Data

{len(books)} books in the public domain, one paragraph a line:

{titles}

The last {share:.0f} % of every book was kept out of the training and gives the
validation loss. The tokenizer saw the training part only.

Training sequences: {1 - REPEATED:.0%} text; {REPEATED / 2:.0%} a passage of text repeated two times or more,
sometimes with other text between; {REPEATED / 2:.0%} a run of 8 to 100 random tokens repeated
to the end (its first run does not count in the loss). From step {MORE_FROM} to
{MORE_UNTIL} repetition made {REPEATED_MORE:.0%} of the sequences instead. The repetition is there to
make previous-token and induction heads clear.

A second part of {second.STEPS} steps makes a duplicate-token head: none had grown by
itself, since induction heads tell all that one would. The head of layer {second.LAYER}
whose removal cost least was set to match equal tokens (`train/second.py` says
how), and the whole model trained on, {second.ECHO:.0%} of the sequences, falling to none, being
random tokens of which one that comes for the second time is said twice.

## Training

- {at['step']} steps of {TOKENS_PER_STEP} tokens: {at['step'] * TOKENS_PER_STEP:,} tokens. Context {SHORT_CONTEXT} up to step
  {at['long']}, then {LONG_CONTEXT}.
- AdamW, rate {PEAK_RATE} after {WARM_UP} steps of warm-up, {LATER_RATE} from step {LATER_FROM}, and from
  step {at['decay']} a linear fall to zero over {DECAY_SHARE:.0%} of the steps done; then the second
  part, rate {second.RATE} falling to zero, contexts {SHORT_CONTEXT} and {LONG_CONTEXT} in turn. Betas 0.9 and 0.98,
  weight decay 0.05 on matrices, gradient clip 1.0, float32. Seed {SEED}.
- `train/train.log` is the log of this run. It was stopped and resumed a few
  times; the log says where, and what changed.

## Measured

From the stored float16 values, computed in float32:

- validation loss {loss:.4f} nats a token ({bits_per_byte:.4f} bits a byte), context {cfg.n_ctx}.

Head scores are mean attention weights on {measure.PROBE_ROWS} sequences of the special token,
{measure.PERIOD} random tokens and the same {measure.PERIOD} again (seed {measure.PROBE_SEED}): to the token before (previous),
to position 0 (first), to the same token one period earlier (duplicate), to the
token after it (induction). The last column is the change of the loss on the
first prompt of `prompts.json` when the head's output is replaced by zero.
`reference.h5` holds the same numbers in `/answer_key`, with the tokens.

{best}

{score_table(found)}

## Text it writes

Temperature {measure.TEMPERATURE}, fixed seeds, the first words given; `sample_corpus.txt` has
{measure.SAMPLE_COUNT} more passages.

{samples(model, tokenizer)}

## Limits

It knows no facts, follows no instructions and loses the thread after a
sentence or two. It has the vocabulary and the views of children's books and
novels of the nineteenth and early twentieth century. {lacking}In random
text it has not seen before it is surer than it should be, since the first run
of the random tokens did not count. Scores come from one training run; head
numbers will differ in another.

## Licence

The weights and the files of this folder that were made with them are given
under CC0-1.0. The books are in the public domain.

## How to train it again

    python3 train/train.py --corpus DIR --out DIR --minutes 65

Needs Python 3, PyTorch, NumPy and h5py; `DIR` of `--corpus` holds text files,
one paragraph a line. The moments of the context change and of the rate's fall
depend on the clock; `--long-at {at['long']} --decay-at {at['decay']}` repeats those of
this run. Bits will differ between machines.
"""
