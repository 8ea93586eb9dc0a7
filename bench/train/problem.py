"""The arrays of a problem's folder (problem.ts), and the training that PyTorch's contestants do with them."""

import json
from pathlib import Path

import numpy
import torch


class Problem:
    def __init__(self, folder):
        self.folder = Path(folder)
        about = json.loads((self.folder / "problem.json").read_text())
        self.sizes = about["sizes"]
        self.batch = about["batch"]
        self.learning_rate = about["learningRate"]
        scaled = self._array("scaled.f32", numpy.float32).reshape(about["frames"], about["width"])
        self.train = torch.from_numpy(scaled[self._array("train.i32", numpy.int32)])
        self.validation = torch.from_numpy(scaled[self._array("validation.i32", numpy.int32)])
        self.order = torch.from_numpy(self._array("order.i32", numpy.int32).astype(numpy.int64))

    def set_first_weights(self, linears):
        """Copies the first weights, stored as [in, out], into linear layers in the order encoder, decoder."""
        values = torch.from_numpy(self._array("weights.f32", numpy.float32))
        start = 0
        with torch.no_grad():
            for linear in linears:
                outputs, inputs = linear.weight.shape
                linear.weight.copy_(values[start : start + inputs * outputs].reshape(inputs, outputs).T)
                start += inputs * outputs
                linear.bias.copy_(values[start : start + outputs])
                start += outputs
        assert start == len(values), "more first weights than layers"

    def _array(self, name, kind):
        return numpy.fromfile(self.folder / name, dtype=kind)
