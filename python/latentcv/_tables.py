"""Tables of named columns: arrays given as frames become files, files that a command wrote become arrays."""

from __future__ import annotations

import csv
import os
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeAlias

import numpy as np
import numpy.typing as npt

if TYPE_CHECKING:
    import pandas

#: A structured array: one record a row, a field a column.
Table: TypeAlias = npt.NDArray[np.void]
StrPath: TypeAlias = "str | os.PathLike[str]"
#: Frames: a file, a pattern or a folder; or numbers in memory, written to a temporary NPY file: a structured array, a
#: mapping of columns, a pandas DataFrame, or a plain array `[frames, columns]` whose columns `names` tells.
Frames: TypeAlias = "StrPath | npt.NDArray[Any] | Mapping[str, npt.ArrayLike] | pandas.DataFrame"


def table_of(columns: Mapping[str, npt.ArrayLike]) -> Table:
    """A structured array of columns of one length; None among numbers is NaN, text stays text."""
    arrays = {name: _column(values) for name, values in columns.items()}
    length = len(next(iter(arrays.values()))) if arrays else 0
    table = np.empty(length, dtype=[(name, array.dtype) for name, array in arrays.items()])
    for name, array in arrays.items():
        table[name] = array
    return table


def _column(values: npt.ArrayLike) -> npt.NDArray[Any]:
    if isinstance(values, np.ndarray):
        return values
    items = list(values) if isinstance(values, Sequence) else values
    if isinstance(items, list) and any(item is None for item in items):
        if all(item is None or isinstance(item, int | float) for item in items):
            items = [np.nan if item is None else item for item in items]
    array = np.asarray(items)
    return array if array.ndim == 1 and array.dtype.kind in "biufU" else np.array([*_objects(items)], dtype=object)


def _objects(items: Any) -> Sequence[Any]:
    # an array of lists would have two dimensions
    column = np.empty(len(items), dtype=object)
    for i, item in enumerate(items):
        column[i] = item
    return column  # type: ignore[return-value]


def to_pandas(table: Table) -> pandas.DataFrame:
    """The same as a pandas DataFrame."""
    try:
        import pandas
    except ImportError as error:
        raise ImportError("expected pandas for a DataFrame: pip install pandas") from error
    frame: pandas.DataFrame = pandas.DataFrame({name: table[name] for name in table.dtype.names or ()})
    return frame


def file_of(frames: Frames, folder: Path, name: str) -> str:
    """A path as it is; numbers as a file of that name in the folder.

    Raises:
        TypeError: for what is neither.
    """
    if isinstance(frames, str | os.PathLike):
        return os.fspath(frames)
    path = folder / f"{name}.npy"
    np.save(path, _array_of(frames), allow_pickle=False)
    return str(path)


def _array_of(frames: Any) -> npt.NDArray[Any]:
    if isinstance(frames, np.ndarray):
        if frames.dtype.names is not None:
            frames = {field: frames[field] for field in frames.dtype.names}
        elif frames.ndim != 2:
            raise TypeError(f"expected frames as an array [frames, columns] but received one of shape {frames.shape}")
        else:
            return np.ascontiguousarray(frames, dtype=np.float64)
    elif hasattr(frames, "columns") and hasattr(frames, "index"):
        times = {"time": frames.index} if frames.index.name == "time" and "time" not in frames.columns else {}
        frames = {**times, **{str(column): frames[column] for column in frames.columns}}
    if not isinstance(frames, Mapping):
        kind = type(frames).__name__
        raise TypeError(
            f"expected a path, an array, a mapping of columns or a pandas DataFrame as frames but received {kind}"
        )
    return table_of({name: np.asarray(values, dtype=np.float64) for name, values in frames.items()})


def read_table(path: StrPath) -> Table:
    """A table that a command wrote: NPY, CSV, TSV or HDF5 by its ending, else PLUMED's COLVAR."""
    read = {".npy": _npy, ".csv": _csv, ".tsv": _csv, ".h5": _hdf5, ".hdf5": _hdf5}
    return read.get(Path(path).suffix.lower(), _colvar)(Path(path))


def _rows(names: Sequence[str], rows: npt.NDArray[Any]) -> Table:
    return table_of(dict(zip(names, rows.T, strict=True)))


def _npy(path: Path) -> Table:
    notes = path.with_name(path.name + ".columns").read_text(encoding="utf-8").splitlines()
    return _rows([line.split("\t")[0] for line in notes], np.load(path, allow_pickle=False))


def _csv(path: Path) -> Table:
    separator = "\t" if path.suffix.lower() == ".tsv" else ","
    with path.open(encoding="utf-8", newline="") as file:
        names = next(csv.reader(file, delimiter=separator))
        return _rows(names, np.loadtxt(file, delimiter=separator, ndmin=2).reshape(-1, len(names)))


def _colvar(path: Path) -> Table:
    with path.open(encoding="utf-8") as file:
        names = file.readline().split()[2:]
        return _rows(names, np.loadtxt(file, comments="#", ndmin=2).reshape(-1, len(names)))


def _hdf5(path: Path) -> Table:
    try:
        import h5py
    except ImportError as error:
        raise ImportError(f"expected h5py, which reads {path}: pip install h5py, or ask for another ending") from error
    with h5py.File(path) as file:
        names = ["time", *(name.decode() for name in file["columns"][:])]
        return _rows(names, np.column_stack([file["time"][:], file["data"][:]]))
