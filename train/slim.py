"""A smaller network out of a trained one: without the inner units that matter least to its loss (first-order Taylor importance:
Molchanov et al. 2017)."""
from __future__ import annotations

import torch

import net as network

INNER = 896                      # of 1,536 a layer


def importance(net, losses):
    """[layers, inner]: how much the loss would change, to first order, without each unit. losses: of some batches, made one at a time."""
    worth = torch.zeros(network.LAYERS, len(net.encoder.layers[0].up.bias))
    for loss in losses:
        kept = [layer.felt for layer in net.encoder.layers]
        for layer, (felt, slope) in enumerate(zip(kept, torch.autograd.grad(loss, kept))):
            worth[layer] += (felt.float() * slope.float()).sum((0, 1)).abs().detach()
    return worth


def slimmed(net, losses):
    state = dict(net.state_dict())
    for number, row in enumerate(importance(net, losses)):
        keep = row.topk(INNER).indices.sort().values
        at = f"encoder.layers.{number}"
        state[f"{at}.up.weight"], state[f"{at}.up.bias"] = state[f"{at}.up.weight"][keep], state[f"{at}.up.bias"][keep]
        state[f"{at}.down.weight"] = state[f"{at}.down.weight"][:, keep]
    slim = network.Net(inner=INNER)
    slim.load_state_dict(state)
    return slim
