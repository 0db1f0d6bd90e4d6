"""Writes the files of the sample: model, reference values, text and card."""
import datetime
import json
import math
import pathlib
import shutil

import h5py
import numpy as np
import torch

import card
import data
import measure
from train import validation_loss

HERE = pathlib.Path(__file__).resolve().parent


def write_model(path, model, tokenizer):
    cfg = model.cfg
    state = {k: v.detach().numpy() for k, v in model.state_dict().items()}
    text = h5py.string_dtype("utf-8")
    h, d, dh = cfg.n_heads, cfg.d_model, cfg.d_head
    with h5py.File(path, "w", libver=("v108", "v110"), alignment_threshold=64 * 1024,
                   alignment_interval=4096) as f:
        def put(name, array):
            half = np.ascontiguousarray(array).astype("<f2")
            if not np.isfinite(half).all():
                raise SystemExit(f"{name} does not fit float16")
            f.create_dataset(name, data=half)

        f.attrs["format"] = "headscope-model"
        f.attrs["format_version"] = "1.0"
        config = f.create_group("config").attrs
        for name, value in {
            "model_type": "headscope-sample",
            "n_layers": cfg.n_layers, "n_heads": h, "n_kv_heads": h, "d_model": d,
            "d_head": dh, "d_mlp": cfg.d_mlp, "d_vocab": cfg.d_vocab, "n_ctx": cfg.n_ctx,
            "act_fn": "gelu_new", "gated_mlp": 0, "attn_only": 0,
            "normalization_type": "LN", "norm_position": "pre", "eps": cfg.eps,
            "positional_embedding_type": "rotary", "rotary_dim": dh,
            "rotary_base": cfg.rotary_base, "rotary_adjacent_pairs": 0,
            "attention_dir": "causal", "attn_scale": 1.0 / math.sqrt(dh),
            "parallel_attn_mlp": 0, "tie_word_embeddings": 0,
            "original_architecture": "HeadScopeSample",
        }.items():
            config[name] = value

        tok = f.create_group("tokenizer")
        tok.attrs["kind"] = "gpt2_bpe"
        tok.attrs["bos_id"] = tokenizer.bos
        tok.attrs["eos_id"] = tokenizer.bos
        tok.attrs["add_bos"] = 1
        tok.attrs["add_prefix_space"] = 0
        tok.create_dataset("vocab", data=tokenizer.vocab, dtype=text)
        tok.create_dataset("merges", data=[a + " " + b for a, b in tokenizer.merges],
                           dtype=text)

        # y = x W everywhere: (in, out).
        put("embed/W_E", state["embed.weight"])
        for i in range(cfg.n_layers):
            src, dst = f"blocks.{i}.", f"layers/{i}/"
            weight = state[src + "qkv.weight"].reshape(3, h, dh, d)
            bias = state[src + "qkv.bias"].reshape(3, h, dh)
            for k, x in enumerate("QKV"):
                put(dst + f"attn/W_{x}", weight[k].transpose(0, 2, 1))
                put(dst + f"attn/b_{x}", bias[k])
            put(dst + "attn/W_O", state[src + "out.weight"].T.reshape(h, dh, d))
            put(dst + "attn/b_O", state[src + "out.bias"])
            for norm in ("ln1", "ln2"):
                put(dst + norm + "/w", state[src + norm + ".weight"])
                put(dst + norm + "/b", state[src + norm + ".bias"])
            for ours, theirs in (("mlp_in", "in"), ("mlp_out", "out")):
                put(dst + f"mlp/W_{theirs}", state[src + ours + ".weight"].T)
                put(dst + f"mlp/b_{theirs}", state[src + ours + ".bias"])
        put("ln_final/w", state["ln_final.weight"])
        put("ln_final/b", state["ln_final.bias"])
        put("unembed/W_U", state["unembed.weight"].T)

        now = datetime.datetime.now(datetime.timezone.utc)
        origin = f.create_group("provenance").attrs
        origin["created_utc"] = now.strftime("%Y-%m-%dT%H:%M:%SZ")
        origin["tool"] = "resources/sample/train/train.py"
        origin["tool_version"] = "1.0"
        origin["licence"] = "CC0-1.0"
        origin["notes"] = ("Trained from random weights on public domain books and "
                           "repeated sequences; see MODEL_CARD.md.")


def write_all(corpus, out, work, tokenizer, val_stream):
    kept = torch.load(work / "final.pt")
    trained = measure.Model(measure.Config())
    trained.load_state_dict(kept["model"])
    model_path = out / "headscope-sample.h5"
    write_model(model_path, trained, tokenizer)

    (out / "train").mkdir(exist_ok=True)
    for name, target in ((HERE.parent / "prompts.json", out / "prompts.json"),
                         (HERE.parent / "passages.txt", out / "passages.txt"),
                         (work / "train.log", out / "train" / "train.log")):
        if name.resolve() != target.resolve():
            shutil.copyfile(name, target)
    prompts = json.loads((out / "prompts.json").read_text(encoding="utf-8"))["prompts"]

    model, tokenizer = measure.load_model(model_path)
    found = measure.write_reference(out / "reference.h5", model, tokenizer, prompts)
    books = data.read_corpus(corpus)
    loss = validation_loss(model, val_stream.astype(np.int64), tokenizer.bos,
                           model.cfg.n_ctx, 256)
    val_bytes = sum(len(b[2].encode("utf-8")) for b in books)
    bits_per_byte = loss / math.log(2) * (len(val_stream) - len(books)) / val_bytes

    passages = measure.sampled_passages(model, tokenizer)
    (out / "sample_corpus.txt").write_text(
        f"# Text sampled from the HeadScope sample model with seed {measure.SAMPLE_SEED}, "
        f"temperature {measure.TEMPERATURE}; one passage a line, not written by a person.\n"
        + "".join(p + "\n" for p in passages), encoding="utf-8")

    (out / "MODEL_CARD.md").write_text(
        card.model_card(model, tokenizer, books, kept["at"], found, loss, bits_per_byte),
        encoding="utf-8")
    print(f"validation loss {loss:.4f} nats a token, {bits_per_byte:.4f} bits a byte")
    for name in measure.scores.NAMES:
        print(name, card.top_heads(found[name], 4))
