"""Trains HeadScope's bundled sample model, exports it and measures it.

    python3 train.py --corpus DIR --out DIR [--minutes 65]

DIR of --corpus holds plain text books, one paragraph a line. The learning
rate warms up, stays, is halved, and falls linearly to zero; the fall begins when
--minutes are nearly used, or earlier when a file STOP appears in the work
folder. The log says at which steps the phases began; --long-at and
--decay-at give these steps to a later run.
"""
import argparse
import json
import pathlib
import time

import numpy as np
import torch
import torch.nn.functional as F

import bpe
import data
import scores
from model import Config, Model

SEED = 20240611
TOKENS_PER_STEP = 2048
SHORT_CONTEXT, LONG_CONTEXT = 128, 256
PEAK_RATE, WARM_UP = 2e-3, 200
LATER_RATE, LATER_FROM = 1e-3, 3004        # the rate is halved at this step
LONG_SHARE = 0.55      # share of the time before the long context begins
DECAY_SHARE = 0.10     # length of the fall, as a share of the steps done
REPEATED = 0.4         # share of the sequences that repeat
REPEATED_MORE = 0.8    # the same for some steps, in which matching heads form
MORE_FROM, MORE_UNTIL = 3004, 3600
EVAL_EVERY = 250


def prepare(corpus, work):
    """Tokenizer and token arrays, made once and kept in the work folder."""
    books = data.read_corpus(corpus)
    kept = work / "tokenizer.json"
    if kept.exists():
        tokenizer = bpe.Tokenizer(json.loads(kept.read_text())["merges"])
    else:
        tokenizer = bpe.train((text for _, text, _ in books), Config().d_vocab)
        kept.write_text(json.dumps({"merges": tokenizer.merges}))
    streams = work / "tokens.npz"
    if streams.exists():
        arrays = np.load(streams)
        return tokenizer, arrays["train"], arrays["val"]
    train = data.encode_books(tokenizer, [b[1] for b in books])
    val = data.encode_books(tokenizer, [b[2] for b in books])
    np.savez(streams, train=train.astype(np.int16), val=val.astype(np.int16))
    return tokenizer, train, val


@torch.no_grad()
def validation_loss(model, stream, bos, n, count):
    total = 0.0
    inputs, targets = data.val_windows(stream, bos, n, count)
    for i in range(0, count, 16):
        logits = model(torch.as_tensor(inputs[i:i + 16]))
        total += F.cross_entropy(logits.flatten(0, 1),
                                 torch.as_tensor(targets[i:i + 16]).flatten(),
                                 reduction="sum").item()
    return total / targets.size


def make_optimizer(model):
    matrices = [p for p in model.parameters() if p.dim() == 2]
    vectors = [p for p in model.parameters() if p.dim() < 2]
    return torch.optim.AdamW([{"params": matrices, "weight_decay": 0.05},
                              {"params": vectors, "weight_decay": 0.0}],
                             lr=PEAK_RATE, betas=(0.9, 0.98))


def train(args, work, tokenizer, train_stream, val_stream):
    train_stream = train_stream.astype(np.int64)
    val_stream = val_stream.astype(np.int64)
    torch.manual_seed(SEED)
    cfg = Config()
    model = Model(cfg)
    optimizer = make_optimizer(model)
    newline = tokenizer.ids[bpe.spell("\n")]
    mix = data.Mix(train_stream, tokenizer.bos, newline, SEED)
    probe = scores.repeated_random(tokenizer.bos, 64, 8, seed=SEED + 1)

    # Counters that a checkpoint carries on.
    at = {"step": 0, "seconds": 0.0, "long": args.long_at, "decay": args.decay_at}
    checkpoint = work / "checkpoint.pt"
    if checkpoint.exists():
        kept = torch.load(checkpoint)
        model.load_state_dict(kept["model"])
        optimizer.load_state_dict(kept["optimizer"])
        at = kept["at"]

    log_file = open(work / "train.log", "a", buffering=1)

    def log(text):
        print(text, flush=True)
        log_file.write(text + "\n")

    if at["step"] == 0:
        log(f"# HeadScope sample model, training log. seed {SEED}")
        log(f"# {cfg}")
        log(f"# parameters {sum(p.numel() for p in model.parameters())}, "
            f"training tokens {len(train_stream)}, validation tokens {len(val_stream)}")
        log(f"# AdamW peak rate {PEAK_RATE}, warm-up {WARM_UP} steps, betas 0.9 0.98, "
            f"weight decay 0.05, clip 1.0, {TOKENS_PER_STEP} tokens a step")
        log("# losses in nats a token; loss is the mean over the mixed batches, "
            "val over held-out text only; prev, dup, ind: best head's score")
    else:
        log(f"# resumed at step {at['step']}")

    budget = args.minutes * 60.0
    begun = time.monotonic() - at["seconds"]
    last_save = time.monotonic()
    sum_loss, n_loss = 0.0, 0
    while True:
        step, elapsed = at["step"], time.monotonic() - begun
        stop = (work / "STOP").exists()
        if at["decay"] is None and (stop or elapsed * (1 + DECAY_SHARE) > budget):
            at["decay"] = step
            log(f"# rate begins to fall at step {step}")
        if at["long"] is None and (elapsed > LONG_SHARE * budget
                                   or at["decay"] is not None):
            at["long"] = step
            log(f"# context {LONG_CONTEXT} from step {step}")

        rate = PEAK_RATE * min(1.0, (step + 1) / WARM_UP)
        if step >= LATER_FROM:
            rate = LATER_RATE
        if at["decay"] is not None and step >= at["decay"]:
            length = max(1, int(DECAY_SHARE * at["decay"]))
            done = (step - at["decay"]) / length
            if done >= 1.0:
                break
            rate *= 1.0 - done
        for group in optimizer.param_groups:
            group["lr"] = rate

        is_long = at["long"] is not None and step >= at["long"]
        context = LONG_CONTEXT if is_long else SHORT_CONTEXT
        inputs, targets = mix.batch(step, TOKENS_PER_STEP // context, context,
                                    REPEATED_MORE if MORE_FROM <= step < MORE_UNTIL
                                    else REPEATED)
        logits = model(torch.from_numpy(inputs))
        loss = F.cross_entropy(logits.flatten(0, 1), torch.from_numpy(targets).flatten(),
                               ignore_index=data.IGNORE)
        optimizer.zero_grad(set_to_none=True)
        loss.backward()
        torch.nn.utils.clip_grad_norm_(model.parameters(), 1.0)
        optimizer.step()
        sum_loss += loss.item()
        n_loss += 1
        at["step"] = step = step + 1
        at["seconds"] = time.monotonic() - begun

        if step % EVAL_EVERY == 0 or step == 100:
            val = validation_loss(model, val_stream, tokenizer.bos, context, 64)
            best = scores.head_scores(model, probe, 64)
            log(f"step {step} tokens {step * TOKENS_PER_STEP} context {context} "
                f"rate {rate:.2e} loss {sum_loss / n_loss:.4f} val {val:.4f} "
                f"prev {best['previous_token'].max():.3f} "
                f"dup {best['duplicate'].max():.3f} "
                f"ind {best['induction'].max():.3f} minutes {at['seconds'] / 60:.1f}")
            sum_loss, n_loss = 0.0, 0
        if time.monotonic() - last_save > 120:
            torch.save({"model": model.state_dict(), "optimizer": optimizer.state_dict(),
                        "at": at}, checkpoint.with_suffix(".new"))
            checkpoint.with_suffix(".new").replace(checkpoint)
            last_save = time.monotonic()

    torch.save({"model": model.state_dict(), "at": at}, work / "final.pt")
    val = validation_loss(model, val_stream, tokenizer.bos, LONG_CONTEXT, 256)
    log(f"# done: steps {at['step']}, tokens {at['step'] * TOKENS_PER_STEP}, "
        f"minutes {at['seconds'] / 60:.1f}, validation loss {val:.4f} (context 256)")


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--corpus", required=True, help="folder of *.txt books")
    parser.add_argument("--out", required=True, help="where the sample files go")
    parser.add_argument("--work", help="checkpoints and caches (default: OUT/work)")
    parser.add_argument("--minutes", type=float, default=65.0)
    parser.add_argument("--threads", type=int, default=2)
    parser.add_argument("--long-at", type=int, help="step of the switch to context 256")
    parser.add_argument("--decay-at", type=int, help="step where the rate begins to fall")
    parser.add_argument("--only", choices=("train", "second", "export"), help="one part of the work")
    args = parser.parse_args()
    torch.set_num_threads(args.threads)
    out = pathlib.Path(args.out)
    work = pathlib.Path(args.work) if args.work else out / "work"
    out.mkdir(parents=True, exist_ok=True)
    work.mkdir(parents=True, exist_ok=True)

    tokenizer, train_stream, val_stream = prepare(args.corpus, work)
    if args.only in (None, "train"):
        train(args, work, tokenizer, train_stream, val_stream)
    if args.only in (None, "second"):
        import second
        second.second_part(work, tokenizer, train_stream, val_stream)
    if args.only in (None, "export"):
        import export
        export.write_all(args.corpus, out, work, tokenizer, val_stream)


if __name__ == "__main__":
    main()
