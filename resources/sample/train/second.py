"""The second part of the training: a duplicate-token head is seeded and learns on.

The first part grows induction heads but no duplicate-token head: everything
that such a head could tell, induction heads tell as well. So one head of layer
0, the one whose removal costs least, is set to match equal tokens, and the whole
model trains on with some echo sequences: random tokens in which a token that
comes for the second time is said twice. Each echoes once at most. Whether to say
a token twice is known by looking for it earlier in the sequence.
"""
import math
import time

import numpy as np
import torch
import torch.nn.functional as F

import bpe
import data
import scores
from model import Config, Model
from train import (LONG_CONTEXT, REPEATED, SEED, SHORT_CONTEXT,
                   TOKENS_PER_STEP, make_optimizer, validation_loss)

STEPS, RATE, WARM_UP = 700, 8e-4, 40
ECHO = 0.25              # share of echo sequences, falling to 0 with the rate
LAYER = 0


def echo_run(rng, bos, n):
    """n tokens: new ones, and earlier ones that are then said twice."""
    fresh = rng.permutation(bos)[:n]
    out, known, used = [], [], 0
    while len(out) < n:
        if len(known) > 3 and rng.random() < 0.4:
            token = known.pop(int(rng.integers(len(known))))
            out += [token, token]
        else:
            out.append(int(fresh[used]))
            known.append(int(fresh[used]))
            used += 1
    return np.array(out[:n], dtype=np.int64)


@torch.no_grad()
def least_needed_head(model, stream, bos):
    """The head of LAYER whose zero-ablation raises the validation loss least."""
    inputs, targets = data.val_windows(stream, bos, LONG_CONTEXT, 16)
    losses = []
    for head in range(model.cfg.n_heads):
        logits = model(torch.as_tensor(inputs), ablate=(LAYER, head))
        losses.append(F.cross_entropy(logits.flatten(0, 1), torch.as_tensor(targets).flatten()).item())
    return int(np.argmin(losses))


@torch.no_grad()
def seed_matching_head(model, head, strength=3.4, push=2.6, first_slow=6):
    """Equal tokens match on the slow rotary pairs, where distance hardly
    matters; the fast pairs carry a constant that pushes the head off its own
    position."""
    cfg = model.cfg
    block = model.blocks[LAYER]
    half = cfg.d_head // 2
    fast = [0, 1, 2, 3]
    slow = [i for i in range(first_slow, half)]
    width = cfg.n_heads * cfg.d_head
    q = head * cfg.d_head
    k = width + q
    weight, bias = block.qkv.weight, block.qkv.bias
    weight[q:q + cfg.d_head] = 0
    weight[k:k + cfg.d_head] = 0
    bias[q:q + cfg.d_head] = 0
    bias[k:k + cfg.d_head] = 0
    rows = slow + [i + half for i in slow]
    # The directions in which embeddings differ most tell tokens apart best.
    e = block.ln1(model.embed.weight)
    _, spread, directions = torch.linalg.svd(e - e.mean(0), full_matrices=False)
    match = directions[:len(rows)] / spread[:len(rows), None] * math.sqrt(len(e))
    for row, direction in zip(rows, match):
        weight[q + row] = strength * direction
        weight[k + row] = strength * direction
        offset = -strength * (direction @ e.mean(0))
        bias[q + row] = offset
        bias[k + row] = offset
    for i in fast:
        bias[q + i] = push
        bias[k + i] = -push


def second_part(work, tokenizer, train_stream, val_stream):
    torch.manual_seed(SEED + 2)
    model = Model(Config())
    optimizer = make_optimizer(model)
    kept = torch.load(work / "final.pt")
    model.load_state_dict(kept["model"])
    first, seconds = kept["at"]["step"], kept["at"]["seconds"]
    mix = data.Mix(train_stream.astype(np.int64), tokenizer.bos,
                   tokenizer.ids[bpe.spell("\n")], SEED)
    val_stream = val_stream.astype(np.int64)
    probe = scores.repeated_random(tokenizer.bos, 64, 8, seed=SEED + 1)
    log_file = open(work / "train.log", "a", buffering=1)

    def log(text):
        print(text, flush=True)
        log_file.write(text + "\n")

    log(f"# second part from step {first}: {STEPS} steps, rate {RATE} falling to 0, "
        f"{ECHO:.0%} echo sequences falling to 0; "
        f"contexts {SHORT_CONTEXT} and {LONG_CONTEXT} in turn")
    head = least_needed_head(model, val_stream, tokenizer.bos)
    seed_matching_head(model, head)
    best = scores.head_scores(model, probe, 64)
    log(f"# L{LAYER}H{head} set to match equal tokens: duplicate-token score "
        f"{best['duplicate'][LAYER, head]:.3f} before it trains on")
    begun = time.monotonic()
    total, count = 0.0, 0
    for i in range(STEPS):
        rate = RATE * min(1.0, (i + 1) / WARM_UP) * (1.0 - i / STEPS)
        for group in optimizer.param_groups:
            group["lr"] = rate
        context = LONG_CONTEXT if i % 2 else SHORT_CONTEXT
        rows = TOKENS_PER_STEP // context
        inputs, targets = mix.batch(first + i, rows, context, REPEATED)
        rng = np.random.default_rng([SEED + 3, i])
        share = ECHO * (1.0 - i / STEPS)
        for r in range(rows):
            if rng.random() < share:
                run = echo_run(rng, tokenizer.bos, context)
                inputs[r, 1:] = run[:-1]
                targets[r] = run
        logits = model(torch.from_numpy(inputs))
        loss = F.cross_entropy(logits.flatten(0, 1), torch.from_numpy(targets).flatten(),
                               ignore_index=data.IGNORE)
        optimizer.zero_grad(set_to_none=True)
        loss.backward()
        torch.nn.utils.clip_grad_norm_(model.parameters(), 1.0)
        optimizer.step()
        total += loss.item()
        count += 1
        step = first + i + 1
        if (i + 1) % 100 == 0:
            val = validation_loss(model, val_stream, tokenizer.bos, context, 32)
            best = scores.head_scores(model, probe, 64)
            log(f"step {step} tokens {step * TOKENS_PER_STEP} context {context} "
                f"rate {rate:.2e} loss {total / count:.4f} val {val:.4f} "
                f"prev {best['previous_token'].max():.3f} "
                f"dup {best['duplicate'].max():.3f} "
                f"ind {best['induction'].max():.3f} "
                f"minutes {(seconds + time.monotonic() - begun) / 60:.1f}")
            total, count = 0.0, 0
            torch.save({"model": model.state_dict()}, work / "second.pt")
    at = dict(kept["at"], step=first + STEPS, seconds=seconds + time.monotonic() - begun)
    torch.save({"model": model.state_dict(), "at": at}, work / "final.pt")
    val = validation_loss(model, val_stream, tokenizer.bos, LONG_CONTEXT, 256)
    log(f"# done: steps {at['step']}, tokens {at['step'] * TOKENS_PER_STEP}, "
        f"minutes {at['seconds'] / 60:.1f}, validation loss {val:.4f} (context 256)")
