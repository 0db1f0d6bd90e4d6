"""Reads the exported model back and measures it: reference values for tests,
head scores, validation loss and sampled text. Everything here is computed in
float32 from the float16 values as the file stores them."""
import math

import h5py
import numpy as np
import torch

import bpe
import scores
from model import Config, Model

PERIOD, PROBE_ROWS, PROBE_SEED = 64, 32, 7
ATTENTION_LIMIT = 64       # prompts up to this length keep their attention
SAMPLE_SEED, SAMPLE_COUNT, SAMPLE_TOKENS, TEMPERATURE = 11, 200, 120, 0.8


def load_model(path):
    """The model and the tokenizer of a file in HeadScope's model schema."""
    with h5py.File(path, "r") as f:
        c = f["config"].attrs
        cfg = Config(**{k: int(c[k]) for k in ("n_layers", "n_heads", "d_model",
                                               "d_head", "d_mlp", "d_vocab", "n_ctx")},
                     eps=float(c["eps"]), rotary_base=float(c["rotary_base"]))

        def read(name):
            return torch.from_numpy(f[name][()].astype(np.float32))

        state = {"embed.weight": read("embed/W_E"),
                 "unembed.weight": read("unembed/W_U").T,
                 "ln_final.weight": read("ln_final/w"),
                 "ln_final.bias": read("ln_final/b")}
        for i in range(cfg.n_layers):
            src, dst = f"layers/{i}/", f"blocks.{i}."
            for norm in ("ln1", "ln2"):
                state[dst + norm + ".weight"] = read(src + norm + "/w")
                state[dst + norm + ".bias"] = read(src + norm + "/b")
            width = cfg.n_heads * cfg.d_head
            state[dst + "qkv.weight"] = torch.cat(
                [read(src + f"attn/W_{x}").transpose(1, 2).reshape(width, cfg.d_model)
                 for x in "QKV"])
            state[dst + "qkv.bias"] = torch.cat(
                [read(src + f"attn/b_{x}").reshape(width) for x in "QKV"])
            state[dst + "out.weight"] = read(src + "attn/W_O").reshape(width, -1).T
            state[dst + "out.bias"] = read(src + "attn/b_O")
            for ours, theirs in (("mlp_in", "in"), ("mlp_out", "out")):
                state[dst + ours + ".weight"] = read(src + f"mlp/W_{theirs}").T
                state[dst + ours + ".bias"] = read(src + f"mlp/b_{theirs}")
        merges = [m.decode().split(" ") for m in f["tokenizer/merges"][()]]
        tokenizer = bpe.Tokenizer(merges)
        assert tokenizer.vocab == [t.decode() for t in f["tokenizer/vocab"][()]]
    model = Model(cfg)
    model.load_state_dict(state)
    return model.eval(), tokenizer


def mean_loss(logits, ids):
    """Mean of -log p(next token) in nats over all positions but the last."""
    logp = logits[:-1].double().log_softmax(-1)
    return -logp[torch.arange(len(ids) - 1), ids[1:]].mean().item()


@torch.no_grad()
def write_reference(path, model, tokenizer, prompts):
    """Logits, attention and losses of the prompts, and the head scores.
    Returns the scores as name -> [layer, head]."""
    cfg = model.cfg
    text = h5py.string_dtype("utf-8")
    with h5py.File(path, "w", libver=("v108", "v110")) as f:
        f.attrs["format"] = "attention-dump"
        f.attrs["format_version"] = "1.0"
        f.attrs["model"] = "headscope-sample"
        f.attrs["framework"] = ("PyTorch " + ".".join(torch.__version__.split(".")[:2])
                                + " float32 from the stored float16 values")
        f.attrs["causal"] = True
        f.attrs["n_layers"] = cfg.n_layers
        f.attrs["n_heads"] = cfg.n_heads
        f.attrs["kind"] = "self"
        for k, prompt in enumerate(prompts):
            ids = torch.tensor([tokenizer.bos] + tokenizer.encode(prompt["text"]))
            if len(ids) > cfg.n_ctx:
                raise SystemExit(f"prompt {prompt['id']} is too long")
            patterns = []
            logits = model(ids[None], patterns)[0]
            g = f.create_group(f"samples/{k}")
            g.attrs["text"] = prompt["text"]
            g.attrs["loss"] = mean_loss(logits, ids)
            g.create_dataset("tokens", data=[tokenizer.vocab[i] for i in ids], dtype=text)
            g.create_dataset("ids", data=ids.numpy().astype("<i4"))
            g.create_dataset("logits", data=logits.numpy().astype("<f4"))
            n = len(ids)
            if n <= ATTENTION_LIMIT:
                a = torch.stack([p[0] for p in patterns]).numpy().astype("<f4")
                g.create_dataset("attentions", data=a, chunks=(1, 1, n, n),
                                 compression="gzip", compression_opts=1)

        tokens = scores.repeated_random(tokenizer.bos, PERIOD, PROBE_ROWS, PROBE_SEED)
        found = scores.head_scores(model, tokens, PERIOD)
        ids = torch.tensor([tokenizer.bos] + tokenizer.encode(prompts[0]["text"]))
        whole = mean_loss(model(ids[None])[0], ids)
        found["zero_ablation_loss_change"] = np.array(
            [[mean_loss(model(ids[None], ablate=(layer, head))[0], ids) - whole
              for head in range(cfg.n_heads)] for layer in range(cfg.n_layers)])
        key = f.create_group("answer_key")
        key.attrs["period"] = PERIOD
        key.attrs["seed"] = PROBE_SEED
        key.attrs["ablation_prompt"] = 0
        key.create_dataset("tokens", data=tokens.astype("<i4"))
        for name in scores.NAMES + ("zero_ablation_loss_change",):
            key.create_dataset(name, data=found[name].astype("<f8"))
    return found


@torch.no_grad()
def generate(model, tokenizer, starts, length, temperature, seed):
    """Continues the id lists (all of one length) by sampling; new ids a row."""
    generator = torch.Generator().manual_seed(seed)
    ids = torch.tensor(starts)
    past = [[] for _ in model.blocks]
    new = []
    for _ in range(length):
        logits = model(ids, past=past)[:, -1] / temperature
        logits[:, tokenizer.bos] = -math.inf
        ids = torch.multinomial(logits.softmax(-1), 1, generator=generator)
        new.append(ids)
    return torch.cat(new, 1).tolist()


def trim(tokenizer, ids, least):
    """The text of the ids on one line, cut after the last full sentence if at
    least `least` tokens remain."""
    for end in range(len(ids), least, -1):
        text = tokenizer.decode(ids[:end])
        if text.rstrip().endswith((".", "!", "?", '."', '!"', '?"')):
            break
    else:
        text = tokenizer.decode(ids)
    return " ".join(text.replace("\ufffd", "").split())


def sampled_passages(model, tokenizer):
    newline = tokenizer.ids[bpe.spell("\n")]
    out = []
    for part in range(0, SAMPLE_COUNT, 50):
        rows = min(50, SAMPLE_COUNT - part)
        new = generate(model, tokenizer, [[tokenizer.bos, newline]] * rows,
                       SAMPLE_TOKENS, TEMPERATURE, SAMPLE_SEED + part)
        out += [trim(tokenizer, ids, 80) for ids in new]
    return out
