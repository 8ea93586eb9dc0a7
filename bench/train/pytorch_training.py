"""A plain PyTorch training loop, eager or compiled."""

import torch

from stopwatch import Stopwatch


class PytorchTraining:
    def __init__(self, problem, compiled):
        self.problem = problem
        self.compiled = compiled
        self.begin()

    def begin(self):
        self.network = autoencoder(self.problem)
        self.optimizer = torch.optim.Adam(self.network.parameters(), lr=self.problem.learning_rate)
        self.loss = torch.compile(self.eager_loss) if self.compiled else self.eager_loss
        self.update = torch.compile(self.optimizer.step) if self.compiled else self.optimizer.step

    def eager_loss(self, x):
        return torch.nn.functional.mse_loss(self.network(x), x)

    def curve(self, steps):
        self.begin()
        return {"losses": self.run(self.problem.order, steps).tolist()}

    def steps(self, steps):
        watch = Stopwatch()
        self.run(self.problem.order, steps)
        return watch.seconds()

    def epochs(self, epochs):
        """Epochs with a validation each; the first, which warms up, is not counted."""
        self.begin()
        times = []
        first_loss = None
        for epoch in range(epochs + 1):
            watch = Stopwatch()
            order = self.problem.order if epoch == 0 else torch.randperm(len(self.problem.train))
            losses = self.run(order, len(order) // self.problem.batch)
            with torch.no_grad():
                self.eager_loss(self.problem.validation).item()
            if epoch == 0:
                first_loss = losses.mean().item()
            else:
                times.append(watch.seconds())
        return {"epochs": times, "firstLoss": first_loss}

    def run(self, order, steps):
        size = self.problem.batch
        in_order = len(order) // size
        losses = []
        for step in range(steps):
            start = step % in_order * size
            batch = self.problem.train[order[start : start + size]]
            self.optimizer.zero_grad()
            loss = self.loss(batch)
            loss.backward()
            self.update()
            losses.append(loss.detach())
        return torch.stack(losses)


def autoencoder(problem):
    linears = [torch.nn.Linear(a, b) for a, b in zip(problem.sizes, problem.sizes[1:])]
    mirrored = problem.sizes[::-1]
    linears += [torch.nn.Linear(a, b) for a, b in zip(mirrored, mirrored[1:])]
    problem.set_first_weights(linears)
    half = len(problem.sizes) - 1
    layers = []
    for place, linear in enumerate(linears, 1):
        layers.append(linear)
        if place % half != 0:
            layers.append(torch.nn.Tanh())
    return torch.nn.Sequential(*layers)
