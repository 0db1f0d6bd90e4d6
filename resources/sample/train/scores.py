"""Head scores on a run of random tokens that comes twice."""
import numpy as np
import torch

NAMES = ("previous_token", "first_token", "duplicate", "induction")


def repeated_random(bos, period, count, seed):
    """[count, 1 + 2 * period]: the special token, a random run, the run again."""
    rng = np.random.default_rng(seed)
    run = rng.integers(0, bos, (count, period))
    return np.concatenate((np.full((count, 1), bos), run, run), 1)


@torch.no_grad()
def head_scores(model, tokens, period):
    """name -> [layer, head], each the mean attention weight from position i
    to: i-1; 0; i-period; i-period+1 (the last two for i > period)."""
    patterns = []
    model(torch.as_tensor(tokens), patterns)
    a = torch.stack(patterns).double().mean(1)          # [layer, head, n, n]
    def diagonal(back, first):
        d = a.diagonal(-back, 2, 3)                      # entry k: i = k + back
        return d[..., first - back:].mean(-1).numpy()
    return {
        "previous_token": diagonal(1, 1),
        "first_token": a[:, :, 1:, 0].mean(-1).numpy(),
        "duplicate": diagonal(period, period + 1),
        "induction": diagonal(period - 1, period + 1),
    }
