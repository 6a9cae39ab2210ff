"""A head is fitted to views of labelled pictures."""

from collections.abc import Sequence

import numpy as np
import torch
from torch import Tensor, nn

from renderer.arrays import Floats
from renderer.sight.kinds import FAR, Head
from renderer.sight.training.views import View

HIDDEN = 32
DROPPED = 0.3  # of what each layer is shown
DECAY = 3e-4  # of squared weights
RATE = 2e-3
STEPS = 250
BATCH = 4096  # places
DRAWN = 2  # heads that are averaged


def fitted(pictures: Sequence[Sequence[View]]) -> Head:
    """Fit a head to pictures, each some views. Every picture counts the same, and rare kinds somewhat more."""
    rows = [view for views in pictures for view in views]
    features = np.concatenate([view.features for view in rows])
    kinds = np.concatenate([view.kinds for view in rows])
    mean, spread = features.mean(axis=0), features.std(axis=0) + np.float32(1e-3)
    even = torch.from_numpy(np.clip((features - mean) / spread, -FAR, FAR))
    weights = torch.from_numpy(_weights(pictures, kinds))
    nets = [_net(even, torch.from_numpy(kinds), weights, seed) for seed in range(DRAWN)]
    return Head(
        mean=torch.from_numpy(mean),
        spread=torch.from_numpy(spread),
        inner=tuple((net.inner.weight.data, net.inner.bias.data) for net in nets),
        outer=tuple((net.outer.weight.data, net.outer.bias.data) for net in nets),
    )


def _weights(pictures: Sequence[Sequence[View]], kinds: Floats) -> Floats:  # [n]
    even = [np.full(len(view.kinds), 1 / max(1, len(view.kinds))) for views in pictures for view in views]
    weights = np.concatenate(even)
    shares = (kinds * weights[:, None]).sum(axis=0) / weights.sum()
    weights *= kinds @ np.sqrt(shares.mean() / np.maximum(shares, 0.01))
    return (weights / weights.mean()).astype(np.float32)


class _Net(nn.Module):
    def __init__(self, features: int, kinds: int) -> None:
        super().__init__()
        self.inner, self.outer = nn.Linear(features, HIDDEN), nn.Linear(HIDDEN, kinds)
        self.drop = nn.Dropout(DROPPED)

    def forward(self, features: Tensor) -> Tensor:
        return self.outer(self.drop(self.inner(self.drop(features)).relu()))


def _net(even: Tensor, kinds: Tensor, weights: Tensor, seed: int) -> _Net:
    torch.manual_seed(seed)
    net = _Net(even.shape[1], kinds.shape[1])
    optimiser = torch.optim.AdamW(net.parameters(), lr=RATE, weight_decay=0)
    for _ in range(STEPS):
        batch = torch.randint(len(even), (BATCH,))
        said = net(even[batch]).log_softmax(dim=1)
        loss = -((kinds[batch] * said).sum(dim=1) * weights[batch]).mean()
        decay = net.inner.weight.square().sum() + net.outer.weight.square().sum()
        optimiser.zero_grad()
        (loss + DECAY * decay).backward()
        optimiser.step()
    return net.eval()
