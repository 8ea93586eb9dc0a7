"""Writes pair-distances-12.onnx: mlcolvar's PairwiseDistances of 12 atoms before a tanh network, as torch exports it.

usage: make_pair_distances.py        (torch 2.15, mlcolvar 1.3.1: the environment of bench:train)
"""
import pathlib

import torch
from mlcolvar.core.transform.descriptors import PairwiseDistances

torch.manual_seed(1)
atoms, sizes = 12, [66, 64, 32, 2]
layers = []
for inputs, outputs in zip(sizes, sizes[1:]):
    layers += [torch.nn.Linear(inputs, outputs), torch.nn.Tanh()]
model = torch.nn.Sequential(PairwiseDistances(n_atoms=atoms, PBC=False, cell=[3.0] * 3, scaled_coords=False),
                            torch.nn.Sequential(*layers[:-1])).eval()
torch.onnx.export(model, (torch.rand(1, 3 * atoms),), pathlib.Path(__file__).parent / 'pair-distances-12.onnx',
                  dynamo=False, input_names=['x'], output_names=['cv'])
