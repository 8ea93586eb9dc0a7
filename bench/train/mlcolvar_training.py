"""mlcolvar's autoencoder with the trainer that its users have: lightning, with progress bars and logging off."""

import logging
import warnings

import lightning
import torch
from lightning.pytorch.callbacks import EarlyStopping
from mlcolvar.cvs import AutoEncoderCV, Committor
from mlcolvar.cvs.generator import Generator
from mlcolvar.data import DictDataset, DictModule

from stopwatch import Stopwatch

warnings.filterwarnings("ignore")
logging.getLogger("lightning.pytorch").setLevel(logging.ERROR)


class MlcolvarTraining:
    def __init__(self, problem):
        self.problem = problem

    def curve(self, steps):
        """Losses of the trainer's own steps, over frames that lie in the first order and are not shuffled."""
        first = self.problem.train[self.problem.order[: steps * self.problem.batch]]
        data = DictModule(DictDataset({"data": first}), lengths=[1.0], batch_size=self.problem.batch, **in_order)
        watcher = Watcher()
        self.fit(data, [watcher], 1, limit_val_batches=0, num_sanity_val_steps=0)
        return {"losses": torch.stack(watcher.losses).tolist()}

    def epochs(self, epochs):
        """Epochs with a validation each; the first, which warms up, is not counted."""
        frames = torch.cat([self.problem.train, self.problem.validation])
        part = len(self.problem.train) / len(frames)
        # the validation set is one batch, as ours is
        data = DictModule(
            DictDataset({"data": frames}),
            lengths=[part, 1 - part],
            batch_size=[self.problem.batch, 0],
            random_split=False,
        )
        watcher = Watcher()
        self.fit(data, [watcher], epochs + 1)
        steps = len(watcher.losses) // (epochs + 1)
        return {"epochs": watcher.times[1:], "firstLoss": torch.stack(watcher.losses[:steps]).mean().item()}

    def slopes(self, method, epochs):
        """Epochs of a loss that has the network's gradient in it, as `epochs` times them."""
        frames = torch.cat([self.problem.train, self.problem.validation])
        part = len(self.problem.train) / len(frames)
        data = {"data": frames, "weights": torch.ones(len(frames))}
        if method == "committor":
            first = frames[:, 0]
            data["labels"] = torch.where(first < -1, 0.0, torch.where(first > 1, 1.0, 2.0))
        module = DictModule(
            DictDataset(data), lengths=[part, 1 - part], batch_size=[self.problem.batch, 0], random_split=False
        )
        watcher = Watcher()
        self.fit(module, [watcher], epochs + 1, cv=self.slope_cv(method))
        return {"epochs": watcher.times[1:]}

    def slope_cv(self, method):
        """Of plain inputs: each an atom of one dimension and mass 1."""
        inputs = self.problem.sizes[0]
        layers = [*self.problem.sizes[:-1], 1]
        options = {"nn": {"activation": "tanh"}, "optimizer": {"lr": self.problem.learning_rate}}
        ones = torch.ones(inputs)
        if method == "committor":
            plain = {"gamma": 1.0, "separate_boundary_dataset": False}
            return Committor(layers, atomic_masses=ones, alpha=1.0, n_dim=1, options=options, **plain)
        return Generator(2, layers, eta=1.0, alpha=0.1, friction=ones, n_dim=1, options=options)

    def whole(self, seed, batch, epochs, patience=None):
        """A training from weights of its own, whose smallest validation loss counts."""
        torch.manual_seed(seed)
        frames = torch.cat([self.problem.train, self.problem.validation])
        part = len(self.problem.train) / len(frames)
        watch = Stopwatch()
        data = DictModule(
            DictDataset({"data": frames}), lengths=[part, 1 - part], batch_size=[batch, 0], random_split=False
        )
        best = Best()
        stops = [] if patience is None else [EarlyStopping("valid_loss", min_delta=1e-5, patience=patience)]
        self.fit(data, [best, *stops], epochs, cv=self.cv(own_weights=True), num_sanity_val_steps=0)
        return {"loss": best.loss, "epochs": best.epochs, "seconds": watch.seconds()}

    def fit(self, data, callbacks, epochs, cv=None, **options):
        trainer = lightning.Trainer(
            accelerator="cpu",
            max_epochs=epochs,
            logger=False,
            enable_checkpointing=False,
            enable_progress_bar=False,
            enable_model_summary=False,
            callbacks=callbacks,
            **options,
        )
        trainer.fit(cv or self.cv(), data)

    def cv(self, own_weights=False):
        """Frames come scaled, so mlcolvar's own scaling is off: its loss is then the same as everybody's."""
        tanh = {"activation": "tanh"}
        options = {"norm_in": None, "encoder": tanh, "decoder": tanh}
        options["optimizer"] = {"lr": self.problem.learning_rate}
        cv = AutoEncoderCV(self.problem.sizes, options=options)
        if own_weights:
            return cv
        networks = [*cv.encoder.modules(), *cv.decoder.modules()]
        self.problem.set_first_weights([one for one in networks if isinstance(one, torch.nn.Linear)])
        return cv


in_order = {"random_split": False, "shuffle": False}


class Watcher(lightning.Callback):
    """Loss of each step and time of each epoch with its validation."""

    def __init__(self):
        self.losses = []
        self.times = []
        self.watch = None

    def on_train_epoch_start(self, trainer, module):
        if self.watch:
            self.times.append(self.watch.seconds())
        self.watch = Stopwatch()

    def on_train_batch_end(self, trainer, module, outputs, batch, batch_idx):
        self.losses.append(outputs["loss"].detach())

    def on_train_end(self, trainer, module):
        self.times.append(self.watch.seconds())


class Best(lightning.Callback):
    """Smallest validation loss."""

    def __init__(self):
        self.loss = float("inf")
        self.epochs = 0

    def on_validation_end(self, trainer, module):
        self.loss = min(self.loss, float(trainer.callback_metrics["valid_loss"]))
        self.epochs += 1
