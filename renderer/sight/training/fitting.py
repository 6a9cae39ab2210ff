"""A head is fitted to views of labelled pictures."""

from collections.abc import Callable, Sequence

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor, nn
from torch.nn.functional import smooth_l1_loss

from renderer.sight.heads import FAR, LEVELS, Head
from renderer.sight.training.views import View
from renderer.sight.trunk import one_thread

HIDDEN = 32
DROPPED = 0.3  # of what each layer is shown
DECAY = 3e-4  # of squared weights
RATE = 2e-3
STEPS = 250
BATCH = 4096  # places
DRAWN = 2  # heads that are averaged

Loss = Callable[[Tensor, Tensor], Tensor]  # said and wanted, [n, answers] both, to [n]


def fitted_to_kinds(pictures: Sequence[Sequence[View]]) -> Head:
    """Fit a head of kinds to pictures, each some views. Every picture counts the same, and rare kinds somewhat more."""
    answers = np.concatenate([view.answers for views in pictures for view in views])
    weights = _evenly(pictures)
    shares = (answers * weights[:, None]).sum(axis=0) / weights.sum()
    weights *= answers @ np.sqrt(shares.mean() / np.maximum(shares, 0.01))

    def loss(said: Tensor, wanted: Tensor) -> Tensor:
        return -(wanted * said.log_softmax(dim=1)).sum(dim=1)

    return _fitted(pictures, weights, loss)


def fitted_to_nearness(pictures: Sequence[Sequence[View]]) -> Head:
    """Fit a head of nearness: it is to answer a level, less half of the levels."""

    def loss(said: Tensor, wanted: Tensor) -> Tensor:
        return smooth_l1_loss(said, wanted - LEVELS / 2, reduction="none").sum(dim=1)

    return _fitted(pictures, _evenly(pictures), loss)


def _evenly(pictures: Sequence[Sequence[View]]) -> NDArray[np.float64]:  # [n]
    """Weigh the rows so that each view counts the same."""
    even = [np.full(len(view.answers), 1 / max(1, len(view.answers))) for views in pictures for view in views]
    return np.concatenate(even)


def _fitted(pictures: Sequence[Sequence[View]], weights: NDArray[np.float64], loss: Loss) -> Head:
    rows = [view for views in pictures for view in views]
    features = np.concatenate([view.features for view in rows])
    answers = torch.from_numpy(np.concatenate([view.answers for view in rows]))
    mean, spread = features.mean(axis=0), features.std(axis=0) + np.float32(1e-3)
    even = torch.from_numpy(np.clip((features - mean) / spread, -FAR, FAR))
    weighed = torch.from_numpy((weights / weights.mean()).astype(np.float32))
    with one_thread():
        nets = [_net(even, answers, weighed, loss, seed) for seed in range(DRAWN)]
    return Head(
        mean=torch.from_numpy(mean),
        spread=torch.from_numpy(spread),
        inner=tuple((net.inner.weight.data, net.inner.bias.data) for net in nets),
        outer=tuple((net.outer.weight.data, net.outer.bias.data) for net in nets),
    )


class _Net(nn.Module):
    def __init__(self, features: int, answers: int) -> None:
        super().__init__()
        self.inner, self.outer = nn.Linear(features, HIDDEN), nn.Linear(HIDDEN, answers)
        self.drop = nn.Dropout(DROPPED)

    def forward(self, features: Tensor) -> Tensor:
        return self.outer(self.drop(self.inner(self.drop(features)).relu()))


def _net(even: Tensor, answers: Tensor, weights: Tensor, loss: Loss, seed: int) -> _Net:
    torch.manual_seed(seed)
    net = _Net(even.shape[1], answers.shape[1])
    optimiser = torch.optim.AdamW(net.parameters(), lr=RATE, weight_decay=0)
    for _ in range(STEPS):
        batch = torch.randint(len(even), (BATCH,))
        lost = (loss(net(even[batch]), answers[batch]) * weights[batch]).mean()
        decay = net.inner.weight.square().sum() + net.outer.weight.square().sum()
        optimiser.zero_grad()
        (lost + DECAY * decay).backward()
        optimiser.step()
    return net.eval()
