"""A function for each command. `npm run docs:options` makes this file from what the commands take."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Literal

from . import _results
from ._call import refuses_unknown
from ._run import run as _run
from ._tables import Frames, StrPath

__all__ = [
    "train",
    "search",
    "descriptors",
    "composition",
    "inspect",
    "differentiate",
    "predict",
    "decode",
    "design",
    "plumed",
    "plugin",
    "run",
    "pilot",
    "campaign",
    "watch",
    "fes",
    "states",
    "report",
    "quickstart",
    "setup",
    "doctor",
]


@refuses_unknown
def train(
    files: Frames | Sequence[Frames],
    *,
    output: StrPath,
    plumed: StrPath | None = None,
    resume: bool = False,
    method: Literal["auto", "vamp-autoencoder", "pca", "tica", "lda", "autoencoder", "contractive-autoencoder", "denoising-autoencoder", "sparse-autoencoder", "variational-autoencoder", "deep-lda", "deep-tda", "tpi-deep-tda", "multitask-deep-tda", "deep-lne", "regression", "multitask-autoencoder", "time-lagged-autoencoder", "variational-dynamics-encoder", "vampnet", "deep-tica", "self-tica", "spib", "committor", "generator"] | None = None,
    latent: int | None = None,
    layers: str | int | Sequence[int] | None = None,
    lag: str | float | None = None,
    keep: int | None = None,
    ensemble: int | None = None,
    no_decoder: bool = False,
    columns: str | Sequence[str] | None = None,
    temperature: str | float | Sequence[str | float] | None = None,
    kt: float | None = None,
    bias: str | Sequence[str] | None = None,
    unbiased: StrPath | Sequence[StrPath] | None = None,
    replicas: Literal["independent", "shared"] | None = None,
    time_unit: str | None = None,
    energy_unit: str | None = None,
    weights_from: StrPath | Sequence[StrPath] | None = None,
    length_unit: str | None = None,
    energy: StrPath | Sequence[StrPath] | None = None,
    pressure: float | None = None,
    set: str | Mapping[str, object] | None = None,
    weights: str | None = None,
    labels: str | None = None,
    properties: str | Sequence[str] | None = None,
    rows: bool = False,
    id: str | Sequence[str] | None = None,
    group: str | None = None,
    activation: Literal["tanh", "sigmoid", "relu", "elu", "softplus", "sin"] | None = None,
    start: Literal["random", "linear"] | None = None,
    seed: int | None = None,
    epochs: int | None = None,
    patience: int | None = None,
    batch: int | None = None,
    learning_rate: float | None = None,
    schedule: Literal["plateau", "constant", "cosine", "linear"] | None = None,
    optimizer: Literal["adamw", "adam"] | None = None,
    weight_decay: float | None = None,
    clip: float | None = None,
    scaling: Literal["common", "each"] | None = None,
    spread: float | None = None,
    restarts: int | None = None,
    threads: int | None = None,
    split: Literal["blocks", "trajectories", "random", "groups"] | None = None,
    reweighted_time: bool = False,
    koopman_weights: Literal["linear", "cells"] | None = None,
    precision: Literal["float", "double"] | None = None,
    runtime: Literal["auto", "onnxruntime", "tfjs"] | None = None,
    device: Literal["cpu", "cuda"] | None = None,
    begin: str | float | None = None,
    end: str | float | None = None,
    stride: int | None = None,
    parts: bool = False,
    names: str | Sequence[str] | None = None,
    periodic: str | Sequence[str] | None = None,
    dataset: str | None = None,
    drop_nan: bool = False,
    folds: int | None = None,
    stream: bool = False,
    structure: StrPath | None = None,
    descriptors: str | Sequence[str] | None = None,
    format: str | None = None,
    timestep: str | float | None = None,
    per_nanometre: float | None = None,
    salvage: bool = False,
    no_pbc: bool = False,
    properties_from: str | None = None,
    skip_unreadable: bool = False,
    composition: bool = False,
    formula: str | None = None,
    sites: str | None = None,
    quiet: bool = False,
) -> _results.Training:
    """Learn collective variables from trajectories or tables of frames.

    Args:
        files: trajectories (XTC, TRR, DCD, …), tables (COLVAR, CSV, NPY, HDF5) or structures (CIF, POSCAR, XYZ, a
            folder of them), or patterns such as 'run*/traj.xtc'; each is a run, or a row, of its own
        output: the model file to write
        plumed: the PLUMED input that wrote the tables: tells units, biases and the atoms of each column
        resume: go on where the same command was stopped, or for more --epochs
        method: auto: an autoencoder, with the VAMP-2 term where frames follow one another; of rows with properties
            regression (default: auto)
        latent: number of CVs (default: 2)
        layers: widths of the encoder's hidden layers; a decoder mirrors them (default: 64,32; of rows 256,128)
        lag: lag time of the pairs of frames (a number is in ps; default: 10)
        keep: keep so many inputs: those that move the CVs of a first model on all of them most
        ensemble: train so many from seeds one after the other: the CV is their mean, with an uncertainty (default:
            1; of rows with properties 5)
        no_decoder: leave out the way back from CVs to inputs, which decode and design go
        columns: columns to learn from, such as 'd_*' or phi,psi (default: all but biases, energies and counters)
        temperature: of the run, in K; of some of the files 'hot/*=600', repeated; several as a list
        kt: in place of --temperature, for natural units: kT
        bias: columns whose sum is the bias, all, or none (default: as the PLUMED input says, or by their names)
        unbiased: files, patterns or folders run without a bias; may be repeated; several as a list
        replicas: several files: each with a bias, and its zero, of its own, or one bias that acted on all (default:
            independent)
        time_unit: of the times in tables: ps, ns, fs, atomic or a number of ps (default: as PLUMED’s input says)
        energy_unit: of the biases in tables: kj/mol, kcal/mol, eV, Ha or a number of kJ/mol (default: as PLUMED’s
            input says)
        weights_from: the COLVAR of each trajectory, or patterns: rows and frames are joined by their times; of a
            run that latentcv run made it is found
        length_unit: of the lengths in tables, where the model's are in nm: nm, A, um, Bohr or a number of nm
        energy: of runs at several temperatures: their energies, .edr, .xvg, log of LAMMPS or table with ENERGY,
            each in the folder of its run (default: the .edr or log.lammps in a run's folder)
        pressure: of the barostat, for such runs at constant pressure
        set: an option of the method's own; may be repeated
        weights: column with the statistical weight of each frame
        labels: rules, such as 'bound: d < 0.4; unbound: d > 0.9'; a column with the state of each frame (whole
            numbers; negative or NaN: none); or source: each file is one
        properties: columns with measured properties
        rows: rows are independent of one another, not frames of a trajectory (default: of tables that have
            properties and no times)
        id: columns that name rows: predict writes them as they are (default: of rows, all columns of text)
        group: of rows: column of text or numbers whose equal rows validate together
        activation: of the hidden layers (default: tanh)
        start: first weights: anywhere, or such that the encoder begins as TICA (with pairs) or PCA (default:
            random)
        seed: of first weights and batches (default: 1)
        epochs: most epochs; training stops earlier where the validation loss no longer improves (default: 150; of
            vamp-autoencoder 1,000 steps; of few frames, autoencoders and regression 10,000; of rows 3,000, with
            properties 1,500)
        patience: epochs in which the validation loss has not improved before training stops (default: 40; of few
            frames 600 steps, of autoencoders and regression 1,200, at least 8 epochs; of rows all)
        batch: frames in a batch (default: 1024, of autoencoders and regression 256, or a tenth of them; of rows a
            twentieth, at most 256)
        learning_rate: of the optimizer (default: 0.001; of autoencoders and regression on frames 0.005)
        schedule: how the learning rate goes: down where the validation loss stands still, over the epochs to zero
            by a cosine or in a line, or not at all (default: constant; of autoencoders and regression plateau; of
            rows cosine)
        optimizer: adamw: weight decay apart from the gradient; adam: as part of it (default: adamw)
        weight_decay: of the optimizer (default: 0.001)
        clip: largest norm of the gradient over all parameters, to which longer ones are shortened; 0: any (default:
            0)
        scaling: one scale for all inputs of a quantity (lengths, counts, …), or each by its own deviation (default:
            common; of rows each)
        spread: part of each CV's range given out by where the frames are; 0: by length alone (default: 0.333; of
            rows 0)
        restarts: trainings from different first weights, of which the one with the best validation loss is kept
            (default: 1)
        threads: threads of the runtime (default: 1)
        split: what validates: every fifth block of time, whole trajectories, single frames at random, or whole
            groups (default: blocks; of rows random, or groups where they are named)
        reweighted_time: pairs are a lag apart in the time that the unbiased system would have taken; needs weights
            or a bias that hardly changes
        koopman_weights: of unbiased runs that started off equilibrium: pairs weigh as in equilibrium, by weights
            that are linear in the inputs or constant on cells of them
        precision: of the numbers in training (default: float)
        runtime: what runs the graph; auto: ONNX Runtime (default: auto)
        device: where it runs (default: cpu)
        begin: first time taken, such as 2ns (a number is in ps)
        end: last time taken (a number is in ps)
        stride: take every so many frames
        parts: files of one folder are parts of one run, in any order (default: each is a run of its own, except
            GROMACS’ .part0002)
        names: names of all columns of a table that tells none, time too, such as time,phi,psi
        periodic: periodic columns, in rad, or with their domain such as 'a*=-180..180'; several as a list
        dataset: which array, or group of arrays, of an HDF5 file
        drop_nan: leave out frames with NaN instead of stopping
        folds: also train once for each fold and tell how well that does
        stream: leave the frames on disk, however few they are (beyond 1 GiB they are left there)
        structure: names and residues of the atoms of a trajectory: GRO, PDB, …
        descriptors: what to learn from, such as 'distances heavy', or a YAML file; may be repeated; several as a
            list
        format: format of the trajectory, where its ending does not tell: xtc, netcdf, lammps, …
        timestep: time of a step (or frame) in trajectories and tables that do not tell it; of a DCD file, whatever
            it tells (a number is in ps)
        per_nanometre: the file's units of length in a nm, where the format leaves them open (default: as a LAMMPS
            file tells its units, else 10)
        salvage: take the good frames of damaged trajectories
        no_pbc: coordinates as they are, without minimum images
        properties_from: of structures: a CSV with their names (--id says in which column) and properties
        skip_unreadable: of structures: leave out files that cannot be read, and tell which
        composition: of structures: statistics of the properties of their elements too, as of latentcv composition
        formula: with --composition, of a table: the column with the formulas (default: formula)
        sites: with --composition, of a table: columns with the elements of each site (default: whole compositions)
        quiet: say nothing but warnings
    """
    return _run(_results.Training, "train", ["files"], locals(), repeated=frozenset({"temperature", "unbiased", "weights_from", "energy", "periodic", "descriptors"}), always=["--losses"])


@refuses_unknown
def search(
    files: Frames | Sequence[Frames],
    *,
    method: str | Literal["auto", "vamp-autoencoder", "pca", "tica", "lda", "autoencoder", "contractive-autoencoder", "denoising-autoencoder", "sparse-autoencoder", "variational-autoencoder", "deep-lda", "deep-tda", "tpi-deep-tda", "multitask-deep-tda", "deep-lne", "regression", "multitask-autoencoder", "time-lagged-autoencoder", "variational-dynamics-encoder", "vampnet", "deep-tica", "self-tica", "spib", "committor", "generator"] | Sequence[Literal["auto", "vamp-autoencoder", "pca", "tica", "lda", "autoencoder", "contractive-autoencoder", "denoising-autoencoder", "sparse-autoencoder", "variational-autoencoder", "deep-lda", "deep-tda", "tpi-deep-tda", "multitask-deep-tda", "deep-lne", "regression", "multitask-autoencoder", "time-lagged-autoencoder", "variational-dynamics-encoder", "vampnet", "deep-tica", "self-tica", "spib", "committor", "generator"]] | None = None,
    latent: str | int | None = None,
    layers: str | None = None,
    lag: str | float | Sequence[str | float] | None = None,
    folds: int | None = None,
    columns: str | Sequence[str] | None = None,
    temperature: str | float | Sequence[str | float] | None = None,
    kt: float | None = None,
    bias: str | Sequence[str] | None = None,
    unbiased: StrPath | Sequence[StrPath] | None = None,
    replicas: Literal["independent", "shared"] | None = None,
    time_unit: str | None = None,
    energy_unit: str | None = None,
    weights_from: StrPath | Sequence[StrPath] | None = None,
    length_unit: str | None = None,
    energy: StrPath | Sequence[StrPath] | None = None,
    pressure: float | None = None,
    set: str | Mapping[str, object] | None = None,
    weights: str | None = None,
    labels: str | None = None,
    properties: str | Sequence[str] | None = None,
    rows: bool = False,
    id: str | Sequence[str] | None = None,
    group: str | None = None,
    activation: Literal["tanh", "sigmoid", "relu", "elu", "softplus", "sin"] | None = None,
    start: Literal["random", "linear"] | None = None,
    seed: int | None = None,
    epochs: int | None = None,
    patience: int | None = None,
    batch: int | None = None,
    learning_rate: float | None = None,
    schedule: Literal["plateau", "constant", "cosine", "linear"] | None = None,
    optimizer: Literal["adamw", "adam"] | None = None,
    weight_decay: float | None = None,
    clip: float | None = None,
    scaling: Literal["common", "each"] | None = None,
    spread: float | None = None,
    restarts: int | None = None,
    threads: int | None = None,
    split: Literal["blocks", "trajectories", "random", "groups"] | None = None,
    reweighted_time: bool = False,
    koopman_weights: Literal["linear", "cells"] | None = None,
    precision: Literal["float", "double"] | None = None,
    runtime: Literal["auto", "onnxruntime", "tfjs"] | None = None,
    device: Literal["cpu", "cuda"] | None = None,
    begin: str | float | None = None,
    end: str | float | None = None,
    stride: int | None = None,
    parts: bool = False,
    names: str | Sequence[str] | None = None,
    periodic: str | Sequence[str] | None = None,
    dataset: str | None = None,
    drop_nan: bool = False,
    structure: StrPath | None = None,
    descriptors: str | Sequence[str] | None = None,
    format: str | None = None,
    timestep: str | float | None = None,
    per_nanometre: float | None = None,
    salvage: bool = False,
    no_pbc: bool = False,
    plumed: StrPath | None = None,
    quiet: bool = False,
) -> _results.Search:
    """Compare networks, lags and methods on held-out frames.

    Args:
        files: trajectories (XTC, TRR, DCD, …) or tables (COLVAR, CSV, NPY, HDF5), or patterns; each is a run of its
            own
        method: methods to compare (default: auto)
        latent: numbers of CVs, such as 1..4 or 1,2 (default: 2)
        layers: hidden layers of the encoder, such as '32;64,32' (default: 64,32; of rows 256,128)
        lag: lag times of the pairs of frames (a number is in ps; default: 10)
        folds: cross-validate in so many folds (default: 1)
        columns: columns to learn from, such as 'd_*' or phi,psi (default: all but biases, energies and counters)
        temperature: of the run, in K; of some of the files 'hot/*=600', repeated; several as a list
        kt: in place of --temperature, for natural units: kT
        bias: columns whose sum is the bias, all, or none (default: as the PLUMED input says, or by their names)
        unbiased: files, patterns or folders run without a bias; may be repeated; several as a list
        replicas: several files: each with a bias, and its zero, of its own, or one bias that acted on all (default:
            independent)
        time_unit: of the times in tables: ps, ns, fs, atomic or a number of ps (default: as PLUMED’s input says)
        energy_unit: of the biases in tables: kj/mol, kcal/mol, eV, Ha or a number of kJ/mol (default: as PLUMED’s
            input says)
        weights_from: the COLVAR of each trajectory, or patterns: rows and frames are joined by their times; of a
            run that latentcv run made it is found
        length_unit: of the lengths in tables, where the model's are in nm: nm, A, um, Bohr or a number of nm
        energy: of runs at several temperatures: their energies, .edr, .xvg, log of LAMMPS or table with ENERGY,
            each in the folder of its run (default: the .edr or log.lammps in a run's folder)
        pressure: of the barostat, for such runs at constant pressure
        set: an option of the method's own; may be repeated
        weights: column with the statistical weight of each frame
        labels: rules, such as 'bound: d < 0.4; unbound: d > 0.9'; a column with the state of each frame (whole
            numbers; negative or NaN: none); or source: each file is one
        properties: columns with measured properties
        rows: rows are independent of one another, not frames of a trajectory (default: of tables that have
            properties and no times)
        id: columns that name rows: predict writes them as they are (default: of rows, all columns of text)
        group: of rows: column of text or numbers whose equal rows validate together
        activation: of the hidden layers (default: tanh)
        start: first weights: anywhere, or such that the encoder begins as TICA (with pairs) or PCA (default:
            random)
        seed: of first weights and batches (default: 1)
        epochs: most epochs; training stops earlier where the validation loss no longer improves (default: 150; of
            vamp-autoencoder 1,000 steps; of few frames, autoencoders and regression 10,000; of rows 3,000, with
            properties 1,500)
        patience: epochs in which the validation loss has not improved before training stops (default: 40; of few
            frames 600 steps, of autoencoders and regression 1,200, at least 8 epochs; of rows all)
        batch: frames in a batch (default: 1024, of autoencoders and regression 256, or a tenth of them; of rows a
            twentieth, at most 256)
        learning_rate: of the optimizer (default: 0.001; of autoencoders and regression on frames 0.005)
        schedule: how the learning rate goes: down where the validation loss stands still, over the epochs to zero
            by a cosine or in a line, or not at all (default: constant; of autoencoders and regression plateau; of
            rows cosine)
        optimizer: adamw: weight decay apart from the gradient; adam: as part of it (default: adamw)
        weight_decay: of the optimizer (default: 0.001)
        clip: largest norm of the gradient over all parameters, to which longer ones are shortened; 0: any (default:
            0)
        scaling: one scale for all inputs of a quantity (lengths, counts, …), or each by its own deviation (default:
            common; of rows each)
        spread: part of each CV's range given out by where the frames are; 0: by length alone (default: 0.333; of
            rows 0)
        restarts: trainings from different first weights, of which the one with the best validation loss is kept
            (default: 1)
        threads: threads of the runtime (default: 1)
        split: what validates: every fifth block of time, whole trajectories, single frames at random, or whole
            groups (default: blocks; of rows random, or groups where they are named)
        reweighted_time: pairs are a lag apart in the time that the unbiased system would have taken; needs weights
            or a bias that hardly changes
        koopman_weights: of unbiased runs that started off equilibrium: pairs weigh as in equilibrium, by weights
            that are linear in the inputs or constant on cells of them
        precision: of the numbers in training (default: float)
        runtime: what runs the graph; auto: ONNX Runtime (default: auto)
        device: where it runs (default: cpu)
        begin: first time taken, such as 2ns (a number is in ps)
        end: last time taken (a number is in ps)
        stride: take every so many frames
        parts: files of one folder are parts of one run, in any order (default: each is a run of its own, except
            GROMACS’ .part0002)
        names: names of all columns of a table that tells none, time too, such as time,phi,psi
        periodic: periodic columns, in rad, or with their domain such as 'a*=-180..180'; several as a list
        dataset: which array, or group of arrays, of an HDF5 file
        drop_nan: leave out frames with NaN instead of stopping
        structure: names and residues of the atoms of a trajectory: GRO, PDB, …
        descriptors: what to learn from, such as 'distances heavy', or a YAML file; may be repeated; several as a
            list
        format: format of the trajectory, where its ending does not tell: xtc, netcdf, lammps, …
        timestep: time of a step (or frame) in trajectories and tables that do not tell it; of a DCD file, whatever
            it tells (a number is in ps)
        per_nanometre: the file's units of length in a nm, where the format leaves them open (default: as a LAMMPS
            file tells its units, else 10)
        salvage: take the good frames of damaged trajectories
        no_pbc: coordinates as they are, without minimum images
        plumed: the PLUMED input that wrote the tables: tells units and biases
        quiet: say nothing but warnings
    """
    return _run(_results.Search, "search", ["files"], locals(), repeated=frozenset({"temperature", "unbiased", "weights_from", "energy", "periodic", "descriptors"}))


@refuses_unknown
def descriptors(
    files: Frames | Sequence[Frames] | None = None,
    *,
    output: StrPath | None = None,
    all: bool = False,
    begin: str | float | None = None,
    end: str | float | None = None,
    stride: int | None = None,
    parts: bool = False,
    structure: StrPath | None = None,
    descriptors: str | Sequence[str] | None = None,
    format: str | None = None,
    timestep: str | float | None = None,
    per_nanometre: float | None = None,
    salvage: bool = False,
    no_pbc: bool = False,
    properties_from: str | None = None,
    skip_unreadable: bool = False,
    composition: bool = False,
    rows: bool = False,
    properties: str | Sequence[str] | None = None,
    id: str | Sequence[str] | None = None,
    weights_from: StrPath | Sequence[StrPath] | None = None,
    bias: str | Sequence[str] | None = None,
    quiet: bool = False,
) -> _results.Descriptors:
    """List what a definition of descriptors means in a system, or write those of frames.

    Args:
        files: the system (GRO, PDB, …); with --output, trajectories, or patterns
        output: write the descriptors of all frames: .colvar, .csv, .npy, .h5
        all: every descriptor, not only how many
        begin: first time taken, such as 2ns (a number is in ps)
        end: last time taken (a number is in ps)
        stride: take every so many frames
        parts: files of one folder are parts of one run, in any order (default: each is a run of its own, except
            GROMACS’ .part0002)
        structure: names and residues of the atoms of a trajectory: GRO, PDB, …
        descriptors: what to learn from, such as 'distances heavy', or a YAML file; may be repeated; several as a
            list
        format: format of the trajectory, where its ending does not tell: xtc, netcdf, lammps, …
        timestep: time of a step (or frame) in trajectories and tables that do not tell it; of a DCD file, whatever
            it tells (a number is in ps)
        per_nanometre: the file's units of length in a nm, where the format leaves them open (default: as a LAMMPS
            file tells its units, else 10)
        salvage: take the good frames of damaged trajectories
        no_pbc: coordinates as they are, without minimum images
        properties_from: of structures: a CSV with their names (--id says in which column) and properties
        skip_unreadable: of structures: leave out files that cannot be read, and tell which
        composition: of structures: statistics of the properties of their elements too, as of latentcv composition
        rows: rows are independent of one another, not frames of a trajectory (default: of tables that have
            properties and no times)
        properties: columns with measured properties
        id: columns that name rows: predict writes them as they are (default: of rows, all columns of text)
        weights_from: the COLVAR of each trajectory, or patterns: rows and frames are joined by their times; of a
            run that latentcv run made it is found
        bias: columns whose sum is the bias, all, or none (default: as the PLUMED input says, or by their names)
        quiet: say nothing but warnings
    """
    return _run(_results.Descriptors, "descriptors", ["files"], locals(), repeated=frozenset({"descriptors", "weights_from"}))


@refuses_unknown
def composition(
    file: StrPath,
    *,
    output: StrPath,
    formula: str | None = None,
    sites: str | None = None,
    quiet: bool = False,
) -> _results.Result:
    """Add statistics of the elements to a table of compositions.

    Args:
        file: a CSV with a column of formulas
        output: the CSV to write
        formula: column with the formulas, such as Ba0.5Sr0.5TiO3 (default: formula)
        sites: columns with the elements of each site, such as 'A=A_SITE_*; B=B_SITE_*' (default: whole
            compositions)
        quiet: say nothing but warnings
    """
    return _run(_results.Result, "composition", ["file"], locals())


@refuses_unknown
def inspect(
    model: StrPath,
    files: Frames | Sequence[Frames] | None = None,
    *,
    columns: str | Sequence[str] | None = None,
    lag: str | float | None = None,
    states: str | None = None,
    external_data: bool = False,
    temperature: str | float | Sequence[str | float] | None = None,
    kt: float | None = None,
    bias: str | Sequence[str] | None = None,
    unbiased: StrPath | Sequence[StrPath] | None = None,
    replicas: Literal["independent", "shared"] | None = None,
    time_unit: str | None = None,
    energy_unit: str | None = None,
    weights_from: StrPath | Sequence[StrPath] | None = None,
    plumed: StrPath | None = None,
    length_unit: str | None = None,
    begin: str | float | None = None,
    end: str | float | None = None,
    stride: int | None = None,
    parts: bool = False,
    names: str | Sequence[str] | None = None,
    periodic: str | Sequence[str] | None = None,
    dataset: str | None = None,
    structure: StrPath | None = None,
    renumber: bool = False,
    format: str | None = None,
    timestep: str | float | None = None,
    per_nanometre: float | None = None,
    salvage: bool = False,
    properties_from: str | None = None,
    skip_unreadable: bool = False,
    quiet: bool = False,
) -> _results.Inspection:
    """Tell what is in a model file, and what frames say of its CVs.

    Args:
        model: an ONNX file
        files: frames to diagnose the CVs on: tables (COLVAR, CSV, NPY, HDF5), trajectories (XTC, TRR, DCD, …) or
            folders of runs
        columns: columns of the inputs, in their order (default: as the model names them)
        lag: lag time of the time scales (a number is in ps; default: that of the training, else 10ps)
        states: column that is 0 or 1 where a frame is known to be in a state
        external_data: read weights that lie in a file beside the model, as torch.onnx.export writes them
        temperature: of the run, in K; of some of the files 'hot/*=600', repeated; several as a list
        kt: in place of --temperature, for natural units: kT
        bias: columns whose sum is the bias, all, or none (default: as the PLUMED input says, or by their names)
        unbiased: files, patterns or folders run without a bias; may be repeated; several as a list
        replicas: several files: each with a bias, and its zero, of its own, or one bias that acted on all (default:
            independent)
        time_unit: of the times in tables: ps, ns, fs, atomic or a number of ps (default: as PLUMED’s input says)
        energy_unit: of the biases in tables: kj/mol, kcal/mol, eV, Ha or a number of kJ/mol (default: as PLUMED’s
            input says)
        weights_from: the COLVAR of each trajectory, or patterns: rows and frames are joined by their times; of a
            run that latentcv run made it is found
        plumed: the PLUMED input that wrote the tables: tells units and biases
        length_unit: of the lengths in tables, where the model's are in nm: nm, A, um, Bohr or a number of nm
        begin: first time taken, such as 2ns (a number is in ps)
        end: last time taken (a number is in ps)
        stride: take every so many frames
        parts: files of one folder are parts of one run, in any order (default: each is a run of its own, except
            GROMACS’ .part0002)
        names: names of all columns of a table that tells none, time too, such as time,phi,psi
        periodic: periodic columns, in rad, or with their domain such as 'a*=-180..180'; several as a list
        dataset: which array, or group of arrays, of an HDF5 file
        structure: names and residues of the atoms of a trajectory: GRO, PDB, …
        renumber: find the model's atoms by residue and name in the structure
        format: format of the trajectory, where its ending does not tell: xtc, netcdf, lammps, …
        timestep: time of a step (or frame) in trajectories and tables that do not tell it; of a DCD file, whatever
            it tells (a number is in ps)
        per_nanometre: the file's units of length in a nm, where the format leaves them open (default: as a LAMMPS
            file tells its units, else 10)
        salvage: take the good frames of damaged trajectories
        properties_from: of structures: a CSV with their names (--id says in which column) and properties
        skip_unreadable: of structures: leave out files that cannot be read, and tell which
        quiet: say nothing but warnings
    """
    return _run(_results.Inspection, "inspect", ["model", "files"], locals(), repeated=frozenset({"temperature", "unbiased", "weights_from", "periodic"}))


@refuses_unknown
def differentiate(
    model: StrPath,
    *,
    output: StrPath | None = None,
    graph_output: str | None = None,
    cv_names: str | Sequence[str] | None = None,
    periodic: str | Sequence[str] | None = None,
    frames: StrPath | Sequence[StrPath] | None = None,
    external_data: bool = False,
    columns: str | Sequence[str] | None = None,
    inputs_file: StrPath | None = None,
    units: str | Sequence[str] | None = None,
    range: str | Sequence[str] | None = None,
    plumed: StrPath | None = None,
    positions: Literal["nm", "A"] | None = None,
    atoms: str | None = None,
    structure: StrPath | None = None,
    salvage: bool = False,
    quiet: bool = False,
) -> _results.Differentiated:
    """Add derivatives and metadata to a network exported elsewhere.

    Args:
        model: an ONNX file with one input [n, d]
        output: the model file to write (default: beside it, as <name>.latentcv.onnx)
        graph_output: the output of the graph that holds the CVs (default: cv, or the only one)
        cv_names: names of the CVs in PLUMED (default: node-0,node-1,…)
        periodic: periodic inputs and CVs, in rad, or with their domain such as phi=-180..180; with --positions CVs
            alone; several as a list
        frames: frames like those of the training: tables, with --positions trajectories
        external_data: read weights that lie in a file beside the model, as torch.onnx.export writes them
        columns: what the inputs are, in order (default: the file's, those of --frames, or x0,x1,…)
        inputs_file: the same from a file, one per line, with units, periods and ranges
        units: unit of each input, or one for all: nm, rad
        range: range of an input in the training data
        plumed: the PLUMED input that computes the inputs, so that ATOMS= works
        positions: the network takes positions of atoms in this unit, [n, 3·atoms] or [n, atoms, 3], and perhaps the
            box, [n, 3, 3]
        atoms: which atoms, 1-12,15 or a selection (default: from 1 on)
        structure: names of the atoms, GRO or PDB
        salvage: take the good frames of damaged trajectories
        quiet: say nothing but warnings
    """
    return _run(_results.Differentiated, "differentiate", ["model"], locals(), repeated=frozenset({"periodic", "frames", "range"}))


@refuses_unknown
def predict(
    model: StrPath,
    files: Frames | Sequence[Frames],
    *,
    output: StrPath | None = None,
    external_data: bool = False,
    time_unit: str | None = None,
    length_unit: str | None = None,
    begin: str | float | None = None,
    end: str | float | None = None,
    stride: int | None = None,
    parts: bool = False,
    names: str | Sequence[str] | None = None,
    periodic: str | Sequence[str] | None = None,
    dataset: str | None = None,
    structure: StrPath | None = None,
    renumber: bool = False,
    format: str | None = None,
    timestep: str | float | None = None,
    per_nanometre: float | None = None,
    salvage: bool = False,
    properties_from: str | None = None,
    skip_unreadable: bool = False,
    weights_from: StrPath | Sequence[StrPath] | None = None,
    bias: str | Sequence[str] | None = None,
    gradient: bool = False,
    id: str | Sequence[str] | None = None,
    coverage: float | None = None,
    quiet: bool = False,
) -> _results.Prediction:
    """Give the CVs, and properties where the model predicts some, of frames.

    Args:
        model: a model file
        files: tables with the inputs of the model (COLVAR, CSV, NPY, HDF5), trajectories (XTC, TRR, DCD, …),
            folders of runs, or structures
        output: the table to write (default: a temporary one, which goes with the result)
        external_data: read weights that lie in a file beside the model, as torch.onnx.export writes them
        time_unit: of the times in tables: ps, ns, fs, atomic or a number of ps (default: as PLUMED’s input says)
        length_unit: of the lengths in tables, where the model's are in nm: nm, A, um, Bohr or a number of nm
        begin: first time taken, such as 2ns (a number is in ps)
        end: last time taken (a number is in ps)
        stride: take every so many frames
        parts: files of one folder are parts of one run, in any order (default: each is a run of its own, except
            GROMACS’ .part0002)
        names: names of all columns of a table that tells none, time too, such as time,phi,psi
        periodic: periodic columns, in rad, or with their domain such as 'a*=-180..180'; several as a list
        dataset: which array, or group of arrays, of an HDF5 file
        structure: names and residues of the atoms of a trajectory: GRO, PDB, …
        renumber: find the model's atoms by residue and name in the structure
        format: format of the trajectory, where its ending does not tell: xtc, netcdf, lammps, …
        timestep: time of a step (or frame) in trajectories and tables that do not tell it; of a DCD file, whatever
            it tells (a number is in ps)
        per_nanometre: the file's units of length in a nm, where the format leaves them open (default: as a LAMMPS
            file tells its units, else 10)
        salvage: take the good frames of damaged trajectories
        properties_from: of structures: a CSV with their names (--id says in which column) and properties
        skip_unreadable: of structures: leave out files that cannot be read, and tell which
        weights_from: the COLVAR of each trajectory, or patterns: rows and frames are joined by their times; of a
            run that latentcv run made it is found
        bias: columns whose sum is the bias, all, or none (default: as the PLUMED input says, or by their names)
        gradient: lengths of the CVs' gradients by the atoms' positions as well, per nm, as GRADIENT of ONNX_MODEL
            gives them
        id: of a model of rows: columns that name them, which are written as they are (default: those of the
            training that are there)
        coverage: of a model of rows: part of the rows that the intervals of their properties hold (default: 0.9)
        quiet: say nothing but warnings
    """
    return _run(_results.Prediction, "predict", ["model", "files"], locals(), repeated=frozenset({"periodic", "weights_from"}), written="cv.npy")


@refuses_unknown
def decode(
    model: StrPath,
    files: Frames | Sequence[Frames],
    *,
    output: StrPath,
    begin: str | float | None = None,
    end: str | float | None = None,
    stride: int | None = None,
    parts: bool = False,
    names: str | Sequence[str] | None = None,
    periodic: str | Sequence[str] | None = None,
    dataset: str | None = None,
    quiet: bool = False,
) -> _results.Result:
    """Give the inputs that the CVs of a model stand for.

    Args:
        model: a model file
        files: tables of CVs (COLVAR, CSV, NPY, HDF5)
        output: the table to write
        begin: first time taken, such as 2ns (a number is in ps)
        end: last time taken (a number is in ps)
        stride: take every so many frames
        parts: files of one folder are parts of one run, in any order (default: each is a run of its own, except
            GROMACS’ .part0002)
        names: names of all columns of a table that tells none, time too, such as time,phi,psi
        periodic: periodic columns, in rad, or with their domain such as 'a*=-180..180'; several as a list
        dataset: which array, or group of arrays, of an HDF5 file
        quiet: say nothing but warnings
    """
    return _run(_results.Result, "decode", ["model", "files"], locals(), repeated=frozenset({"periodic"}))


@refuses_unknown
def design(
    model: StrPath,
    files: Frames | Sequence[Frames],
    *,
    want: str,
    output: StrPath | None = None,
    count: int | None = None,
    starts: int | None = None,
    seed: int | None = None,
    near: StrPath | Sequence[StrPath] | None = None,
    neighbours: int | None = None,
    id: str | None = None,
    names: str | Sequence[str] | None = None,
    periodic: str | Sequence[str] | None = None,
    dataset: str | None = None,
    quiet: bool = False,
) -> _results.Result:
    """Find in the latent of a model what is wanted of its properties.

    Args:
        model: a model file that predicts properties
        files: tables of the rows that it was trained on (CSV, NPY, HDF5, COLVAR)
        want: what is wanted of the properties, such as 'ehull < 20, gap ~ 1.5' or 'min ehull'
        output: write the candidates as CSV, with their inputs (default: only told)
        count: most candidates (default: 10)
        starts: training rows that the search starts from, half of them the best, half at random (default: 200)
        seed: of the rows at random (default: 1)
        near: tables among whose rows the nearest are told (default: the training rows)
        neighbours: how many of the nearest rows are told (default: 3)
        id: column with what rows are called (default: rows by their number, from 1)
        names: names of all columns of a table that tells none, time too, such as time,phi,psi
        periodic: periodic columns, in rad, or with their domain such as 'a*=-180..180'; several as a list
        dataset: which array, or group of arrays, of an HDF5 file
        quiet: say nothing but warnings
    """
    return _run(_results.Result, "design", ["model", "files"], locals(), repeated=frozenset({"near", "periodic"}))


@refuses_unknown
def plumed(
    input: StrPath | None = None,
    *,
    model: StrPath | None = None,
    output: StrPath | None = None,
    mode: Literal["auto", "atoms", "arg"] | None = None,
    renumber: StrPath | None = None,
    plugin: StrPath | None = None,
    relative: bool = False,
    bias: Literal["opes", "opes-explore", "opes-expanded", "kolmogorov+opes", "metad", "pbmetad", "restraint", "steered", "umbrella", "none"] | None = None,
    barrier: float | None = None,
    height: float | None = None,
    sigma: str | float | Sequence[str | float] | None = None,
    adaptive_sigma: bool = False,
    sigma_min: str | float | Sequence[str | float] | None = None,
    bias_factor: float | None = None,
    pace: int | None = None,
    temperatures: str | None = None,
    at: str | float | Sequence[str | float] | None = None,
    to: str | float | Sequence[str | float] | None = None,
    steps: int | None = None,
    windows: int | None = None,
    overlap: float | None = None,
    kappa: str | float | Sequence[str | float] | None = None,
    wall: str | Sequence[str] | None = None,
    frames: StrPath | Sequence[StrPath] | None = None,
    structure: StrPath | None = None,
    frames_temperature: float | None = None,
    components: str | Sequence[str] | None = None,
    temperature: float | None = None,
    kt: float | None = None,
    stride: int | None = None,
    colvar: StrPath | None = None,
    sphere: bool = False,
    cylinder: bool = False,
    funnel: bool = False,
    pose: StrPath | None = None,
    host: str | None = None,
    guest: str | None = None,
    axis: str | None = None,
    radius: float | None = None,
    depth: str | None = None,
    neck: float | None = None,
    cone_angle: float | None = None,
    wall_kappa: float | None = None,
    two_sided: bool = False,
    also: str | Sequence[str] | None = None,
    gradient: bool = False,
    quiet: bool = False,
) -> _results.PlumedInput:
    """Add a learned CV and a bias to a PLUMED input.

    Args:
        input: the PLUMED input to start from (default: an empty one)
        model: the model; without one only what keeps a guest near its host is added
        output: where to write (default: the screen)
        mode: compute from atoms, or from the input's labels (default: auto)
        renumber: find the model's atoms by residue and name in this structure (GRO, PDB, …)
        plugin: the plugin (default: the one built for this PLUMED)
        relative: name model and plugin from the folder of the output, and copy there what lies elsewhere: the
            folder can be moved
        bias: bias along the CVs (default: opes)
        barrier: highest barrier to cross, kJ/mol; metadynamics takes its bias factor from it (default: 16 kT)
        height: metadynamics: height of the first hills, kJ/mol (default: half a kT)
        sigma: width of hills or first kernels, one or one for each component (default: by the narrowest basin's)
        adaptive_sigma: OPES: measure the width in the first steps of the run instead
        sigma_min: OPES: kernels are never narrower, in units of the CV, one or one for each component (default: no
            limit)
        bias_factor: metadynamics: bias factor (default: barrier over kT, else 10)
        pace: steps between kernels or hills (default: 500)
        temperatures: opes-expanded: lowest and highest temperature, K
        at: restraint: where, one or one for each component; steered, umbrella: where it starts
        to: steered, umbrella: where it ends (default: umbrella: the training range)
        steps: steered: steps that it takes
        windows: umbrella: how many windows (default: as many as --kappa needs, else 20)
        overlap: umbrella: what neighbouring windows' distributions have in common, 0 to 1 (default: 0.3)
        kappa: restraint, steered, umbrella: spring constant, kJ/mol per unit of the CV squared (default: the CV
            fluctuates by a twentieth of its training range; umbrella: by the overlap)
        wall: a wall, whatever the bias: 'node-0 < 0.9', 'uncertainty < 0.1', 'outside < 0.2', 'd1 > 0.3 kappa=500',
            without a model such as this last; may be repeated; several as a list
        frames: frames whose basins' widths SIGMA is taken from, and that umbrella windows start from: tables, or
            trajectories (default: as the model tells of its training)
        structure: names and residues of the atoms of these trajectories: GRO, PDB, …
        frames_temperature: at which the frames (of the training, too) were run, in K: widths grow with its square
            root
        components: components to bias (default: all)
        temperature: of the run, in K, where the engine does not tell PLUMED; widths and energies go by it
        kt: in place of --temperature, for natural units: kT
        stride: steps between printed frames (default: 500)
        colvar: file of the printed frames (default: COLVAR, or another name where that is taken)
        sphere: keep the guest within a sphere about the host
        cylinder: keep it within a cylinder along an axis of the host
        funnel: keep it within a cone over the pocket and a cylinder beyond; by FUNNEL_PS where PLUMED has it
        pose: host and guest, with the atoms of the run in their order: GRO, PDB, …
        host: the host: its heavy atoms are taken
        guest: the guest
        axis: in which the guest leaves, in the pose's frame (default: the host's axis or the pocket's opening,
            which is told)
        radius: of the sphere or the cylinder, nm (default: by the pose, as all that follows)
        depth: cylinder, funnel: ends along the axis from the host's centre, nm
        neck: funnel: where along the axis the cone becomes the cylinder, nm
        cone_angle: funnel: between cone and axis (default: 30 degrees)
        wall_kappa: κ of its walls, κ(x − a)², kJ/mol/nm² (default: 10 kT at 0.05 nm)
        two_sided: cylinder: let the guest leave at both ends
        also: labels of the input to print as well
        gradient: lengths of the CVs' gradients as well, for fes --geometric; costs derivatives at every step
        quiet: say nothing but warnings
    """
    return _run(_results.PlumedInput, "plumed", ["input"], locals(), repeated=frozenset({"wall", "frames"}))


@refuses_unknown
def plugin(
    *,
    rebuild: bool = False,
    quiet: bool = False,
) -> _results.Plugin:
    """Print the path of the PLUMED plugin, building it if need be.

    Args:
        rebuild: build it anew
        quiet: say nothing but warnings
    """
    return _run(_results.Plugin, "plugin", [], locals())


@refuses_unknown
def run(
    folders: str | Sequence[str] | None = None,
    *,
    engine: Literal["gromacs", "lammps", "pesmd", "command"] | None = None,
    tpr: StrPath | Sequence[StrPath] | None = None,
    lammps: str | Sequence[str] | None = None,
    variables: str | Sequence[str] | None = None,
    pesmd: StrPath | None = None,
    seeds: str | int | Sequence[int] | None = None,
    command: str | None = None,
    restart_command: str | None = None,
    restart_time: str | float | None = None,
    timestep: str | float | None = None,
    plumed: StrPath | None = None,
    folder: StrPath | None = None,
    length: str | float | None = None,
    from_zero: bool = False,
    checkpoint_minutes: float | None = None,
    max_hours: float | None = None,
    threads: int | None = None,
    gpu: str | None = None,
    launcher: str | None = None,
    replicas: int | None = None,
    walkers: int | None = None,
    walker: int | None = None,
    parallel: int | None = None,
    trust_energy: bool = False,
    quiet: bool = False,
) -> _results.Run:
    """Run GROMACS, LAMMPS or another engine with PLUMED; goes on after a kill.

    Args:
        folders: folders of runs, such as windows; behind --, options of the engine
        engine: the program that moves the atoms; --lammps, --pesmd and --command say it, too (default: gromacs)
        tpr: GROMACS's run input, one for each replica
        lammps: LAMMPS's input script with fix plumed, one for all replicas or one each
        variables: values of the script's variables, as LAMMPS takes them by -var
        pesmd: pesmd's input
        seeds: pesmd: a seed for each replica (those of GROMACS and LAMMPS are in their inputs) (default: 1)
        command: any other program: what a shell runs in the run's folder, where plumed.dat is
        restart_command: --command: what it runs instead where the run goes on
        restart_time: --command: the time of the checkpoint that --restart-command goes on from (a number is in ps)
        timestep: --command: of the program's MD steps (a number is in ps)
        plumed: the PLUMED input, such as latentcv plumed writes; GROMACS and LAMMPS run plainly without one
        folder: where the run is to write; made if missing
        length: how long (a number is in ps; default: as the run input says)
        from_zero: start over where there is a checkpoint; what is there is set aside
        checkpoint_minutes: from one checkpoint to the next (default: 15)
        max_hours: stop at a checkpoint after this time, before a batch system ends the job
        threads: threads of each GROMACS; for others the cores that each takes (default: 1)
        gpu: GROMACS: the GPUs to use, by their numbers (mdrun's -gpu_id)
        launcher: what starts a GROMACS or LAMMPS built with MPI: 'mpirun -np 4', 'srun'
        replicas: independent runs, each in a folder; {replica} in names and inputs is 0, 1, … (default: 1)
        walkers: replicas whose METAD or PBMETAD read each other’s hills
        walker: run this one of --walkers alone, from 0; the others are jobs of their own
        parallel: replicas at a time (default: as many as there are cores)
        trust_energy: run an input with ENERGY in a GROMACS of 2024 to 2026: one with a patch that mends it
        quiet: say nothing but warnings
    """
    return _run(_results.Run, "run", ["folders"], locals(), repeated=frozenset({"tpr", "lammps"}))


@refuses_unknown
def pilot(
    models: str | Sequence[str],
    *,
    folder: StrPath,
    plumed: StrPath | None = None,
    only: str | None = None,
    bias: Literal["opes", "opes-explore", "metad"] | None = None,
    barrier: float | None = None,
    height: float | None = None,
    sigma: str | float | Sequence[str | float] | None = None,
    adaptive_sigma: bool = False,
    bias_factor: float | None = None,
    pace: int | None = None,
    wall: str | Sequence[str] | None = None,
    frames_temperature: float | None = None,
    components: str | Sequence[str] | None = None,
    temperature: float | None = None,
    kt: float | None = None,
    mode: Literal["auto", "atoms", "arg"] | None = None,
    renumber: StrPath | None = None,
    plugin: StrPath | None = None,
    stride: int | None = None,
    also: str | Sequence[str] | None = None,
    basin: str | Sequence[str] | None = None,
    basin_a: str | None = None,
    cores: str | Sequence[str] | None = None,
    every: str | float | None = None,
    engine: Literal["gromacs", "lammps", "pesmd", "command"] | None = None,
    tpr: StrPath | Sequence[StrPath] | None = None,
    lammps: str | Sequence[str] | None = None,
    variables: str | Sequence[str] | None = None,
    pesmd: StrPath | None = None,
    seeds: str | int | Sequence[int] | None = None,
    replicas: int | None = None,
    command: str | None = None,
    restart_command: str | None = None,
    restart_time: str | float | None = None,
    timestep: str | float | None = None,
    threads: int | None = None,
    gpu: str | None = None,
    launcher: str | None = None,
    parallel: int | None = None,
    trust_energy: bool = False,
    length: str | float | None = None,
    from_zero: bool = False,
    checkpoint_minutes: float | None = None,
    max_hours: float | None = None,
    quiet: bool = False,
) -> _results.Result:
    """Run along each of several CVs for a short while: which crosses most often.

    Args:
        models: model files, patterns too; behind --, options of the engine
        plumed: the PLUMED input to start from, without a CV and a bias
        folder: where the pilots run, each in a folder of its own; made if missing
        only: run this model's pilot alone, and judge none: the others are jobs of their own
        bias: bias along the CVs of each model (default: opes)
        barrier: highest barrier to cross, kJ/mol; metadynamics takes its bias factor from it (default: 16 kT)
        height: metadynamics: height of the first hills, kJ/mol (default: half a kT)
        sigma: width of hills or first kernels, one or one for each component (default: by the narrowest basin's)
        adaptive_sigma: OPES: measure the width in the first steps of the run instead
        bias_factor: metadynamics: bias factor (default: barrier over kT, else 10)
        pace: steps between kernels or hills (default: 500)
        wall: a wall, whatever the bias: 'node-0 < 0.9', 'uncertainty < 0.1', 'outside < 0.2', 'd1 > 0.3 kappa=500',
            without a model such as this last; may be repeated; several as a list
        frames_temperature: at which the frames (of the training, too) were run, in K: widths grow with its square
            root
        components: components to bias (default: all)
        temperature: of the run, in K, where the engine does not tell PLUMED; widths and energies go by it
        kt: in place of --temperature, for natural units: kT
        mode: compute from atoms, or from the input's labels (default: auto)
        renumber: find the model's atoms by residue and name in this structure (GRO, PDB, …)
        plugin: the plugin (default: the one built for this PLUMED)
        stride: steps between printed frames (default: 500)
        also: labels of the input to print as well
        basin: states by rules: B alone, such as phi=0..2.3 (A: all the rest), or several, 'A: phi<0; B: 0<phi<2.3
            and psi>1'; may be repeated; several as a list
        basin_a: the first state, where --basin names one alone
        cores: of the states, between which transitions count: rules, or phi=-2.8..-0.6,0.5..1.7; several as a list
            (default: where basins are densest)
        every: look for transitions only so often (a number is in ps; default: every frame)
        engine: the program that moves the atoms; --lammps, --pesmd and --command say it, too (default: gromacs)
        tpr: GROMACS's run input, one for each replica
        lammps: LAMMPS's input script with fix plumed, one for all replicas or one each
        variables: values of the script's variables, as LAMMPS takes them by -var
        pesmd: pesmd's input
        seeds: pesmd: a seed for each replica (those of GROMACS and LAMMPS are in their inputs) (default: 1)
        replicas: independent runs, each in a folder; {replica} in names and inputs is 0, 1, … (default: 1)
        command: any other program: what a shell runs in the run's folder, where plumed.dat is
        restart_command: --command: what it runs instead where the run goes on
        restart_time: --command: the time of the checkpoint that --restart-command goes on from (a number is in ps)
        timestep: --command: of the program's MD steps (a number is in ps)
        threads: threads of each GROMACS; for others the cores that each takes (default: 1)
        gpu: GROMACS: the GPUs to use, by their numbers (mdrun's -gpu_id)
        launcher: what starts a GROMACS or LAMMPS built with MPI: 'mpirun -np 4', 'srun'
        parallel: replicas at a time (default: as many as there are cores)
        trust_energy: run an input with ENERGY in a GROMACS of 2024 to 2026: one with a patch that mends it
        length: how long (a number is in ps; default: as the run input says)
        from_zero: start over where there is a checkpoint; what is there is set aside
        checkpoint_minutes: from one checkpoint to the next (default: 15)
        max_hours: stop at a checkpoint after this time, before a batch system ends the job
        quiet: say nothing but warnings
    """
    return _run(_results.Result, "pilot", ["models"], locals(), repeated=frozenset({"wall", "basin", "cores", "tpr", "lammps"}))


@refuses_unknown
def campaign(
    file: StrPath | None = None,
    *,
    folder: StrPath | None = None,
    scheduler: Literal["local", "slurm"] | None = None,
    dry_run: bool = False,
    status: bool = False,
    task: str | None = None,
    schema: bool = False,
    quiet: bool = False,
) -> _results.Result:
    """Rounds of training, pilots and runs, until free energies agree.

    Args:
        file: what to do, YAML
        folder: where it works; made if missing (default: the file's name without its ending, in the current folder)
        scheduler: this machine, or jobs of Slurm (default: local)
        dry_run: check the file and what it names, tell what would be done, and do nothing
        status: tell how far it is, and do nothing
        task: do this one command of the campaign alone, as its jobs do
        schema: print the JSON schema of its file
        quiet: say nothing but warnings
    """
    return _run(_results.Result, "campaign", ["file"], locals())


@refuses_unknown
def watch(
    run: str | Sequence[str],
    *,
    cv: str | Sequence[str] | None = None,
    temperature: str | float | Sequence[str | float] | None = None,
    kt: float | None = None,
    bias: str | Sequence[str] | None = None,
    unbiased: StrPath | Sequence[StrPath] | None = None,
    replicas: Literal["independent", "shared"] | None = None,
    time_unit: str | None = None,
    energy_unit: str | None = None,
    plumed: StrPath | None = None,
    discard: float | None = None,
    basin: str | Sequence[str] | None = None,
    basin_a: str | None = None,
    cores: str | Sequence[str] | None = None,
    every: str | float | None = None,
    blocks: int | None = None,
    quiet: bool = False,
) -> _results.Result:
    """Show a run while it runs: a page on this machine, or text.

    Args:
        run: folders of runs, patterns, or COLVAR files; or the folder of a campaign
        cv: column of the CV (default: the one that is biased)
        temperature: of the run, in K; of some of the files 'hot/*=600', repeated; several as a list
        kt: in place of --temperature, for natural units: kT
        bias: columns whose sum is the bias, all, or none (default: as the PLUMED input says, or by their names)
        unbiased: files, patterns or folders run without a bias; may be repeated; several as a list
        replicas: several files: each with a bias, and its zero, of its own, or one bias that acted on all (default:
            independent)
        time_unit: of the times in tables: ps, ns, fs, atomic or a number of ps (default: as PLUMED’s input says)
        energy_unit: of the biases in tables: kj/mol, kcal/mol, eV, Ha or a number of kJ/mol (default: as PLUMED’s
            input says)
        plumed: the PLUMED input that wrote the tables: tells units and biases
        discard: first part of every run that is left out (default: 0.2 of a biased run, 0.1 of each window)
        basin: states by rules: B alone, such as phi=0..2.3 (A: all the rest), or several, 'A: phi<0; B: 0<phi<2.3
            and psi>1'; may be repeated; several as a list
        basin_a: the first state, where --basin names one alone
        cores: of the states, between which transitions count: rules, or phi=-2.8..-0.6,0.5..1.7; several as a list
            (default: where basins are densest)
        every: look for transitions only so often (a number is in ps; default: every frame)
        blocks: blocks for the errors (default: by their own rule)
        quiet: say nothing but warnings
    """
    return _run(_results.Result, "watch", ["run"], locals(), repeated=frozenset({"temperature", "unbiased", "basin", "cores"}))


@refuses_unknown
def fes(
    colvar: Frames | Sequence[Frames],
    *,
    cv: str | Sequence[str],
    output: StrPath | None = None,
    plot: StrPath | None = None,
    method: Literal["kde", "histogram"] | None = None,
    points: int | None = None,
    bandwidth: str | float | Sequence[str | float] | None = None,
    range: str | Sequence[str] | None = None,
    geometric: bool = False,
    temperature: str | float | Sequence[str | float] | None = None,
    kt: float | None = None,
    bias: str | Sequence[str] | None = None,
    unbiased: StrPath | Sequence[StrPath] | None = None,
    replicas: Literal["independent", "shared"] | None = None,
    time_unit: str | None = None,
    energy_unit: str | None = None,
    plumed: StrPath | None = None,
    parts: bool = False,
    discard: float | None = None,
    begin: str | float | None = None,
    end: str | float | None = None,
    basin: str | Sequence[str] | None = None,
    basin_a: str | None = None,
    cores: str | Sequence[str] | None = None,
    every: str | float | None = None,
    blocks: int | None = None,
    energy: StrPath | Sequence[StrPath] | None = None,
    pressure: float | None = None,
    quiet: bool = False,
) -> _results.FreeEnergy:
    """Free energies with errors from the frames of a biased run.

    Args:
        colvar: COLVAR files, patterns or run folders: replicas of the run, or its parts (--parts)
        cv: one or two columns
        output: where to write the table (default: the screen)
        plot: a figure of it in the style of the report: a name that ends in .svg, .png or .pdf
        method: Gaussian kernels, or bins (default: kde)
        points: points of the grid along each axis
        bandwidth: width of the kernels along each axis (default: Silverman's rule, at most 1/150 of the range)
        range: ends of the grid, such as d=0.2..1.5, of each axis; several as a list (default: all frames)
        geometric: the geometric free energy beside the plain one, from what GRADIENT of ONNX_MODEL or predict
            --gradient gives
        temperature: of the run, in K; of some of the files 'hot/*=600', repeated; several as a list
        kt: in place of --temperature, for natural units: kT
        bias: columns whose sum is the bias, all, or none (default: as the PLUMED input says, or by their names)
        unbiased: files, patterns or folders run without a bias; may be repeated; several as a list
        replicas: several files: each with a bias, and its zero, of its own, or one bias that acted on all (default:
            independent)
        time_unit: of the times in tables: ps, ns, fs, atomic or a number of ps (default: as PLUMED’s input says)
        energy_unit: of the biases in tables: kj/mol, kcal/mol, eV, Ha or a number of kJ/mol (default: as PLUMED’s
            input says)
        plumed: the PLUMED input that wrote the tables: tells units and biases
        parts: files of one folder are parts of one run, in any order (default: each is a run of its own, except
            GROMACS’ .part0002)
        discard: first part of every run that is left out (default: 0.2 of a biased run, 0.1 of each window)
        begin: first time taken, such as 2ns (a number is in ps)
        end: last time taken (a number is in ps)
        basin: states by rules: B alone, such as phi=0..2.3 (A: all the rest), or several, 'A: phi<0; B: 0<phi<2.3
            and psi>1'; may be repeated; several as a list
        basin_a: the first state, where --basin names one alone
        cores: of the states, between which transitions count: rules, or phi=-2.8..-0.6,0.5..1.7; several as a list
            (default: where basins are densest)
        every: look for transitions only so often (a number is in ps; default: every frame)
        blocks: blocks for the errors (default: by their own rule)
        energy: of runs at several temperatures: their energies, .edr, .xvg, log of LAMMPS or table with ENERGY,
            each in the folder of its run (default: the .edr or log.lammps in a run's folder)
        pressure: of the barostat, for such runs at constant pressure
        quiet: say nothing but warnings
    """
    return _run(_results.FreeEnergy, "fes", ["colvar"], locals(), repeated=frozenset({"range", "temperature", "unbiased", "basin", "cores", "energy"}))


@refuses_unknown
def states(
    colvar: Frames | Sequence[Frames],
    *,
    cv: str | Sequence[str] | None = None,
    output: StrPath | None = None,
    columns: str | Sequence[str] | None = None,
    merge_below: float | None = None,
    no_split: bool = False,
    examples: int | None = None,
    unbound: str | None = None,
    confinement: str | None = None,
    temperature: str | float | Sequence[str | float] | None = None,
    kt: float | None = None,
    bias: str | Sequence[str] | None = None,
    unbiased: StrPath | Sequence[StrPath] | None = None,
    replicas: Literal["independent", "shared"] | None = None,
    time_unit: str | None = None,
    energy_unit: str | None = None,
    plumed: StrPath | None = None,
    parts: bool = False,
    discard: float | None = None,
    begin: str | float | None = None,
    end: str | float | None = None,
    basin: str | Sequence[str] | None = None,
    basin_a: str | None = None,
    cores: str | Sequence[str] | None = None,
    every: str | float | None = None,
    blocks: int | None = None,
    energy: StrPath | Sequence[StrPath] | None = None,
    pressure: float | None = None,
    frames: StrPath | Sequence[StrPath] | None = None,
    structure: StrPath | None = None,
    atoms: str | None = None,
    fit: str | None = None,
    quiet: bool = False,
) -> _results.Result:
    """Modes of the frames: populations, ΔF, transitions and a structure of each.

    Args:
        colvar: COLVAR files, patterns or run folders: replicas of the run, or its parts (--parts)
        cv: one to five columns that modes are looked for along (default: those of --basin)
        output: where to write states.json, states.csv and structures
        columns: columns that may tell states apart, patterns too (default: all but the bias; with structures
            contacts, hydrogen bonds, torsions)
        merge_below: modes with a lower barrier between them are one, in kT (default: 2)
        no_split: do not split modes where a column shows more than one structure
        examples: frames of each state beside the one that stands for it (default: 10)
        unbound: where the guest is unbound, by columns of its confinement: ΔG° of binding at 1 mol/l is told
        confinement: what keeps the guest near its host, nm and kJ/mol (default: as the run's input tells, which
            latentcv plumed wrote)
        temperature: of the run, in K; of some of the files 'hot/*=600', repeated; several as a list
        kt: in place of --temperature, for natural units: kT
        bias: columns whose sum is the bias, all, or none (default: as the PLUMED input says, or by their names)
        unbiased: files, patterns or folders run without a bias; may be repeated; several as a list
        replicas: several files: each with a bias, and its zero, of its own, or one bias that acted on all (default:
            independent)
        time_unit: of the times in tables: ps, ns, fs, atomic or a number of ps (default: as PLUMED’s input says)
        energy_unit: of the biases in tables: kj/mol, kcal/mol, eV, Ha or a number of kJ/mol (default: as PLUMED’s
            input says)
        plumed: the PLUMED input that wrote the tables: tells units and biases
        parts: files of one folder are parts of one run, in any order (default: each is a run of its own, except
            GROMACS’ .part0002)
        discard: first part of every run that is left out (default: 0.2 of a biased run, 0.1 of each window)
        begin: first time taken, such as 2ns (a number is in ps)
        end: last time taken (a number is in ps)
        basin: states by rules: B alone, such as phi=0..2.3 (A: all the rest), or several, 'A: phi<0; B: 0<phi<2.3
            and psi>1'; may be repeated; several as a list
        basin_a: the first state, where --basin names one alone
        cores: of the states, between which transitions count: rules, or phi=-2.8..-0.6,0.5..1.7; several as a list
            (default: where basins are densest)
        every: look for transitions only so often (a number is in ps; default: every frame)
        blocks: blocks for the errors (default: by their own rule)
        energy: of runs at several temperatures: their energies, .edr, .xvg, log of LAMMPS or table with ENERGY,
            each in the folder of its run (default: the .edr or log.lammps in a run's folder)
        pressure: of the barostat, for such runs at constant pressure
        frames: trajectories of the runs, in their order (default: that in each run's folder)
        structure: names of its atoms: GRO, PDB, … (default: that in the run's folder)
        atoms: atoms that are written (default: solute)
        fit: atoms that structures are laid on one another by (default: heavy atoms of those that are written)
        quiet: say nothing but warnings
    """
    return _run(_results.Result, "states", ["colvar"], locals(), repeated=frozenset({"temperature", "unbiased", "basin", "cores", "energy", "frames"}))


@refuses_unknown
def report(
    colvar: Frames | Sequence[Frames] | None = None,
    *,
    cv: str | Sequence[str] | None = None,
    output: StrPath | None = None,
    against: str | Sequence[str] | None = None,
    model: StrPath | None = None,
    training: StrPath | Sequence[StrPath] | None = None,
    states: StrPath | None = None,
    campaign: StrPath | None = None,
    title: str | None = None,
    reference: float | None = None,
    temperature: str | float | Sequence[str | float] | None = None,
    kt: float | None = None,
    bias: str | Sequence[str] | None = None,
    unbiased: StrPath | Sequence[StrPath] | None = None,
    replicas: Literal["independent", "shared"] | None = None,
    time_unit: str | None = None,
    energy_unit: str | None = None,
    plumed: StrPath | None = None,
    parts: bool = False,
    discard: float | None = None,
    begin: str | float | None = None,
    end: str | float | None = None,
    basin: str | Sequence[str] | None = None,
    basin_a: str | None = None,
    cores: str | Sequence[str] | None = None,
    every: str | float | None = None,
    blocks: int | None = None,
    energy: StrPath | Sequence[StrPath] | None = None,
    pressure: float | None = None,
    structure: StrPath | None = None,
    renumber: bool = False,
    format: str | None = None,
    timestep: str | float | None = None,
    per_nanometre: float | None = None,
    salvage: bool = False,
    quiet: bool = False,
) -> _results.Report:
    """Write a self-contained HTML report of a biased run.

    Args:
        colvar: COLVAR files, patterns or run folders: replicas of the run, or its parts (--parts); of a campaign
            its last production
        cv: column of the learned CV (default: needed, but with --states, their first, and with --campaign, the one
            that was kept)
        output: the page to write (default: a temporary one, which goes with the result)
        against: one or two columns a chemist knows, such as phi,psi
        model: the model that was biased; by itself, a model of rows, whose properties are shown
        training: the model's training frames, tables or trajectories (these with the options below): adds
            diagnostics of its CVs
        states: what latentcv states -o wrote, the folder or states.json: adds the states and their structures
        campaign: of latentcv campaign: adds its chapter; without other runs the page is of its last production too
        title: heading of the page (default: A run biased along a learned CV, or the campaign’s folder)
        reference: ΔF known from elsewhere, kJ/mol (with --kt in its units)
        temperature: of the run, in K; of some of the files 'hot/*=600', repeated; several as a list
        kt: in place of --temperature, for natural units: kT
        bias: columns whose sum is the bias, all, or none (default: as the PLUMED input says, or by their names)
        unbiased: files, patterns or folders run without a bias; may be repeated; several as a list
        replicas: several files: each with a bias, and its zero, of its own, or one bias that acted on all (default:
            independent)
        time_unit: of the times in tables: ps, ns, fs, atomic or a number of ps (default: as PLUMED’s input says)
        energy_unit: of the biases in tables: kj/mol, kcal/mol, eV, Ha or a number of kJ/mol (default: as PLUMED’s
            input says)
        plumed: the PLUMED input that wrote the tables: tells units and biases
        parts: files of one folder are parts of one run, in any order (default: each is a run of its own, except
            GROMACS’ .part0002)
        discard: first part of every run that is left out (default: 0.2 of a biased run, 0.1 of each window)
        begin: first time taken, such as 2ns (a number is in ps)
        end: last time taken (a number is in ps)
        basin: states by rules: B alone, such as phi=0..2.3 (A: all the rest), or several, 'A: phi<0; B: 0<phi<2.3
            and psi>1'; may be repeated; several as a list
        basin_a: the first state, where --basin names one alone
        cores: of the states, between which transitions count: rules, or phi=-2.8..-0.6,0.5..1.7; several as a list
            (default: where basins are densest)
        every: look for transitions only so often (a number is in ps; default: every frame)
        blocks: blocks for the errors (default: by their own rule)
        energy: of runs at several temperatures: their energies, .edr, .xvg, log of LAMMPS or table with ENERGY,
            each in the folder of its run (default: the .edr or log.lammps in a run's folder)
        pressure: of the barostat, for such runs at constant pressure
        structure: names and residues of the atoms of a trajectory: GRO, PDB, …
        renumber: find the model's atoms by residue and name in the structure
        format: format of the trajectory, where its ending does not tell: xtc, netcdf, lammps, …
        timestep: time of a step (or frame) in trajectories and tables that do not tell it; of a DCD file, whatever
            it tells (a number is in ps)
        per_nanometre: the file's units of length in a nm, where the format leaves them open (default: as a LAMMPS
            file tells its units, else 10)
        salvage: take the good frames of damaged trajectories
        quiet: say nothing but warnings
    """
    return _run(_results.Report, "report", ["colvar"], locals(), repeated=frozenset({"training", "temperature", "unbiased", "basin", "cores", "energy"}), written="report.html")


@refuses_unknown
def quickstart(
    *,
    engine: Literal["auto", "gromacs", "pesmd"] | None = None,
    folder: StrPath | None = None,
    nanoseconds: float | None = None,
    replicas: int | None = None,
    seed: int | None = None,
    quiet: bool = False,
) -> _results.Quickstart:
    """Do a whole job: from a molecule to a free energy along a learned CV.

    Args:
        engine: the program that moves the atoms; auto: GROMACS where there is one (default: auto)
        folder: where everything is written (default: quickstart)
        nanoseconds: length of each biased run (default: 10; pesmd: 5 thousand time units)
        replicas: independent biased runs side by side (default: 2, or 1 on a single core)
        seed: seed of everything (default: 1)
        quiet: say nothing but warnings
    """
    return _run(_results.Quickstart, "quickstart", [], locals())


@refuses_unknown
def setup(
    parts: str | Sequence[str] | None = None,
    *,
    quiet: bool = False,
) -> _results.Result:
    """Fetch PLUMED, GROMACS, LAMMPS or other parts, or list them.

    Args:
        parts: plumed, gromacs, lammps, chemfiles, cuda, all
        quiet: say nothing but warnings
    """
    return _run(_results.Result, "setup", ["parts"], locals())


@refuses_unknown
def doctor(
    *,
    quiet: bool = False,
) -> _results.Doctor:
    """Look at everything latentcv needs, and say how to mend what is missing.

    Args:
        quiet: say nothing but warnings
    """
    return _run(_results.Doctor, "doctor", [], locals())
