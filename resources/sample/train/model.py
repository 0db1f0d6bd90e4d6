"""The sample model: a small pre-norm causal transformer with rotary positions."""
import dataclasses
import math

import torch
import torch.nn as nn
import torch.nn.functional as F


@dataclasses.dataclass(frozen=True)
class Config:
    n_layers: int = 4
    n_heads: int = 8
    d_model: int = 192
    d_head: int = 24
    d_mlp: int = 768
    d_vocab: int = 2048
    n_ctx: int = 256
    eps: float = 1e-5
    rotary_base: float = 10000.0


class Block(nn.Module):
    def __init__(self, cfg):
        super().__init__()
        self.cfg = cfg
        width = cfg.n_heads * cfg.d_head
        self.ln1 = nn.LayerNorm(cfg.d_model, eps=cfg.eps)
        self.qkv = nn.Linear(cfg.d_model, 3 * width)
        self.out = nn.Linear(width, cfg.d_model)
        self.ln2 = nn.LayerNorm(cfg.d_model, eps=cfg.eps)
        self.mlp_in = nn.Linear(cfg.d_model, cfg.d_mlp)
        self.mlp_out = nn.Linear(cfg.d_mlp, cfg.d_model)

    def forward(self, x, cos, sin, mask, pattern=None, ablate=None, past=None):
        """x: [batch, n, d_model]. A list given as pattern receives the
        attention weights [batch, head, n, keys]; ablate names a head whose
        result is replaced by zero; past is a list that keeps keys and values
        from call to call."""
        cfg = self.cfg
        b, n, _ = x.shape
        h, dh = cfg.n_heads, cfg.d_head
        qkv = self.qkv(self.ln1(x)).view(b, n, 3, h, dh).permute(2, 0, 3, 1, 4)
        qk = qkv[:2]
        half = dh // 2
        turned = torch.cat((-qk[..., half:], qk[..., :half]), -1)
        q, k = (qk * cos + turned * sin).reshape(2, b * h, n, dh)
        v = qkv[2].reshape(b * h, n, dh)
        if past is not None:
            if past:
                k, v = torch.cat((past[0], k), 1), torch.cat((past[1], v), 1)
            past[:] = k, v
        scores = torch.baddbmm(mask, q, k.transpose(1, 2), alpha=1.0 / math.sqrt(dh))
        weights = scores.softmax(-1)
        if pattern is not None:
            pattern.append(weights.view(b, h, n, -1))
        z = torch.bmm(weights, v).view(b, h, n, dh)
        if ablate is not None:
            z = z.clone()
            z[:, ablate] = 0.0
        x = x + self.out(z.transpose(1, 2).reshape(b, n, h * dh))
        hidden = F.gelu(self.mlp_in(self.ln2(x)), approximate="tanh")
        return x + self.mlp_out(hidden)


class Model(nn.Module):
    def __init__(self, cfg):
        super().__init__()
        self.cfg = cfg
        self.embed = nn.Embedding(cfg.d_vocab, cfg.d_model)
        self.blocks = nn.ModuleList(Block(cfg) for _ in range(cfg.n_layers))
        self.ln_final = nn.LayerNorm(cfg.d_model, eps=cfg.eps)
        self.unembed = nn.Linear(cfg.d_model, cfg.d_vocab, bias=False)
        half = cfg.d_head // 2
        rate = cfg.rotary_base ** (-torch.arange(half, dtype=torch.float64) / half)
        angle = torch.arange(cfg.n_ctx, dtype=torch.float64)[:, None] * rate
        angle = torch.cat((angle, angle), -1)
        self.register_buffer("cos", angle.cos().float(), persistent=False)
        self.register_buffer("sin", angle.sin().float(), persistent=False)
        mask = torch.full((cfg.n_ctx, cfg.n_ctx), float("-inf")).triu(1)
        self.register_buffer("mask", mask, persistent=False)
        self.init_weights()

    def init_weights(self):
        """Query and key biases must not start at zero: attention by position
        alone needs their product, whose gradient vanishes when both are zero.
        Embeddings start large enough for tokens to stay apart under the first
        steps."""
        d = self.cfg.d_model
        nn.init.normal_(self.embed.weight, std=0.2)
        nn.init.normal_(self.unembed.weight, std=0.02)
        deep = 1.0 / math.sqrt(2 * self.cfg.n_layers)
        for block in self.blocks:
            width = block.out.in_features
            nn.init.normal_(block.qkv.weight[:2 * width], std=d ** -0.5)
            nn.init.normal_(block.qkv.weight[2 * width:], std=0.6 * d ** -0.5)
            nn.init.normal_(block.out.weight, std=0.6 * deep * width ** -0.5)
            nn.init.normal_(block.mlp_in.weight, std=0.6 * d ** -0.5)
            nn.init.normal_(block.mlp_out.weight, std=0.6 * deep * self.cfg.d_mlp ** -0.5)
            for part in (block.qkv, block.out, block.mlp_in, block.mlp_out):
                nn.init.zeros_(part.bias)
            nn.init.normal_(block.qkv.bias[:2 * width], std=0.5)

    def forward(self, ids, patterns=None, ablate=None, past=None):
        """Logits [batch, n, d_vocab]. patterns: a list that receives one
        [batch, head, n, n] per layer. ablate: (layer, head) set to zero.
        past: one list per layer, empty at first; ids then continue what the
        earlier calls saw."""
        first = past[0][0].shape[1] if past and past[0] else 0
        last = first + ids.shape[1]
        cos, sin = self.cos[first:last], self.sin[first:last]
        mask = self.mask[None, first:last, :last]
        x = self.embed(ids)
        for i, block in enumerate(self.blocks):
            head = ablate[1] if ablate and ablate[0] == i else None
            x = block(x, cos, sin, mask, patterns, head, past[i] if past else None)
        return self.unembed(self.ln_final(x))
