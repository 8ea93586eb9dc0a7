"""What the commands hand back: their JSON, read where it names files, tables and pages."""

from __future__ import annotations

import os
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from html import escape
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np

from ._tables import Table, read_table, table_of, to_pandas

if TYPE_CHECKING:
    import numpy.typing as npt
    import pandas
    from matplotlib.axes import Axes


__all__ = [
    "Descriptors",
    "Differentiated",
    "Doctor",
    "Estimate",
    "FreeEnergy",
    "Inspection",
    "Plugin",
    "PlumedInput",
    "Prediction",
    "Quickstart",
    "Report",
    "Run",
    "Search",
    "Training",
]


class Estimate(NamedTuple):
    """A number with its standard error; None where it is not determined."""

    value: float | None
    error: float | None


@dataclass(frozen=True, repr=False, eq=False)
class Result:
    """What a command printed. Keys that have no attribute stand in `raw`, as docs/json.md tells them."""

    #: The JSON, as the command printed it.
    raw: Any
    #: What the command warned of.
    warnings: list[str] = field(default_factory=list)
    #: 0, or 4 where ΔF is not determined; of `doctor` 3 where something is missing.
    exit_code: int = 0
    #: Keeps temporary files while the result is there.
    _folder: object = None

    @property
    def table(self) -> Table:
        """The table in it, as a structured array."""
        raise AttributeError(f"{type(self).__name__} has no table")

    def to_pandas(self) -> pandas.DataFrame:
        """The table as a pandas DataFrame."""
        return to_pandas(self.table)

    def _facts(self) -> Mapping[str, object]:
        """What is shown of it."""
        shown = self.raw.items() if isinstance(self.raw, Mapping) else ()
        return {key: _short(value) for key, value in shown if isinstance(value, str | int | float)}

    def __repr__(self) -> str:
        """Facts on a line each."""
        lines = [f"{key}: {value}" for key, value in self._facts().items()]
        return "\n".join([type(self).__name__, *(f"  {line}" for line in lines)])

    def _repr_html_(self) -> str:
        rows = [(key, str(value)) for key, value in self._facts().items()]
        return _html_table(("", type(self).__name__), rows)


def _short(value: object) -> object:
    return float(f"{value:.6g}") if isinstance(value, float) else value


def _html_table(head: Sequence[str], rows: Sequence[Sequence[str]]) -> str:
    def row(cells: Sequence[str], tag: str) -> str:
        return "<tr>" + "".join(f'<{tag} style="text-align: left">{escape(cell)}</{tag}>' for cell in cells) + "</tr>"

    return f"<table>{row(head, 'th')}{''.join(row(cells, 'td') for cells in rows)}</table>"


def _axes(axes: Axes | None) -> Axes:
    if axes is not None:
        return axes
    try:
        import matplotlib.pyplot as plt
    except ImportError as error:
        raise ImportError("expected matplotlib for a plot: pip install matplotlib") from error
    made: Axes = plt.subplots()[1]
    return made


class _ModelFile(Result):
    """What wrote a model file: it stands for its path."""

    @property
    def path(self) -> Path:
        """The model file."""
        return Path(self.raw["output"])

    def __fspath__(self) -> str:
        """The path, so that it can be given where a model file is asked for."""
        return os.fspath(self.path)


class Training(_ModelFile):
    """A model that was trained; it can be given where a model file is asked for."""

    @property
    def method(self) -> str:
        """The method of the CVs."""
        return str(self.raw["method"])

    @property
    def table(self) -> Table:
        """The losses by epoch; without rows where the method needs no epochs."""
        curves = self.raw["curves"]
        columns = {key: curves[key] for key in ("train", "validation") if curves.get(key)}
        columns |= {key: values for key, values in (curves.get("parts") or {}).items() if values and key not in columns}
        length = max((len(values) for values in columns.values()), default=0)
        whole = {key: values for key, values in columns.items() if len(values) == length}
        return table_of({"epoch": np.arange(length), **whole})

    def plot(self, axes: Axes | None = None) -> Axes:
        """The losses, by matplotlib."""
        axes, table = _axes(axes), self.table
        for name in ("train", "validation"):
            if name in (table.dtype.names or ()):
                axes.plot(table["epoch"], table[name], label=name)
        axes.set(xlabel="epoch", ylabel="loss")
        axes.legend()
        return axes


class Search(Result):
    """Trainings that were compared, the best first."""

    @property
    def table(self) -> Table:
        """A row for each; scores as their mean and deviation over folds."""
        rows = [_flat(row) for row in self.raw]
        names = list(dict.fromkeys(name for row in rows for name in row))
        columns: dict[str, Any] = {name: [row.get(name) for row in rows] for name in names}
        return table_of(columns)

    def _facts(self) -> Mapping[str, object]:
        return {
            str(i + 1): ", ".join(f"{key} {_short(value)}" for key, value in _flat(row).items())
            for i, row in enumerate(self.raw)
        }

    def _repr_html_(self) -> str:
        names = self.table.dtype.names or ()
        return _html_table(names, [[str(row[name]) for name in names] for row in self.table])


def _flat(row: Mapping[str, Any]) -> dict[str, Any]:
    """`{"vamp2": {"mean": 1, "deviation": 0}}` as `{"vamp2": 1, "vamp2_deviation": 0}`; lists as words."""
    flat: dict[str, Any] = {}
    for key, value in row.items():
        if isinstance(value, Mapping):
            flat[key] = value.get("mean")
            flat[f"{key}_deviation"] = value.get("deviation")
        else:
            flat[key] = ",".join(map(str, value)) if isinstance(value, list) else value
    return flat


class _Written(Result):
    """Tables that a command wrote."""

    @property
    def files(self) -> list[Path]:
        """The tables, one of each trajectory."""
        return [Path(file["path"] if isinstance(file, Mapping) else file) for file in self.raw.get("files", [])]

    @property
    def tables(self) -> list[Table]:
        """What is in them: `time` (ps), then the columns."""
        return [read_table(path) for path in self.files]

    @property
    def table(self) -> Table:
        """All of it in a row."""
        return np.concatenate(self.tables) if self.files else table_of({})


class Descriptors(_Written):
    """Descriptors of a system; with `output` their values in frames, in `table`."""

    @property
    def labels(self) -> list[str]:
        """Labels of the descriptors, in order."""
        return list(self.raw["descriptors"])

    def _facts(self) -> Mapping[str, object]:
        return {**super()._facts(), "descriptors": len(self.labels)}


class Prediction(_Written):
    """CVs, and properties where the model predicts some, of frames."""

    @property
    def columns(self) -> list[str]:
        """What the columns but `time` are called."""
        return list(self.raw["columns"])

    @property
    def values(self) -> npt.NDArray[np.float64]:
        """The columns but `time`, as an array `[frames, columns]`."""
        table = self.table
        return np.column_stack([table[name] for name in self.columns])

    def _facts(self) -> Mapping[str, object]:
        return {"frames": self.raw["frames"], "columns": ", ".join(self.columns)}


class Inspection(Result):
    """What a model file is, and what frames say of its CVs."""

    @property
    def path(self) -> Path:
        """The model file."""
        return Path(self.raw["path"])

    @property
    def metadata(self) -> dict[str, Any] | None:
        """What stands in it of its making; None where it was made elsewhere."""
        found: dict[str, Any] | None = self.raw.get("metadata")
        return found

    @property
    def diagnostics(self) -> dict[str, Any] | None:
        """What the frames say of the CVs; None without frames."""
        found: dict[str, Any] | None = self.raw.get("diagnostics")
        return found


class Differentiated(_ModelFile):
    """A network of another program as a model file, with derivatives and metadata."""


class PlumedInput(Result):
    """A PLUMED input with a CV and a bias."""

    @property
    def text(self) -> str:
        """The whole input."""
        return str(self.raw["text"])

    @property
    def path(self) -> Path | None:
        """Where it was written, if it was."""
        output = self.raw["output"]
        return None if output is None else Path(output)

    @property
    def columns(self) -> list[str]:
        """The columns of the table that the run prints, besides `time`."""
        return list(self.raw["columns"])

    def __fspath__(self) -> str:
        """The path, so that it can be given where a PLUMED input is asked for."""
        if self.path is None:
            raise ValueError("expected a PLUMED input that was written: latentcv.plumed(…, output=…)")
        return os.fspath(self.path)

    def __repr__(self) -> str:
        """The input."""
        return self.text

    def _repr_html_(self) -> str:
        return f"<pre>{escape(self.text)}</pre>"


class Run(Result):
    """A run that has ended."""

    @property
    def folders(self) -> list[Path]:
        """The folder of each replica."""
        return [Path(folder) for folder in self.raw["folders"]]

    @property
    def nanoseconds_per_day(self) -> list[float | None]:
        """Of each replica; None where the engine tells no speed."""
        return list(self.raw["nanosecondsPerDay"])

    def _facts(self) -> Mapping[str, object]:
        return {str(folder): speed for folder, speed in zip(self.folders, self.nanoseconds_per_day, strict=True)}


def _estimate(found: Mapping[str, Any] | None) -> Estimate | None:
    return None if found is None else Estimate(found.get("value"), found.get("error"))


class _Answered(Result):
    """What says how far apart two states are."""

    @property
    def delta_f(self) -> Estimate | None:
        """ΔF between the first two states, with its error; None without `basin`."""
        return _estimate(self.raw.get("deltaF"))

    @property
    def transitions(self) -> dict[str, int] | None:
        """Transitions seen between them, `analysed` and `all`; None without `basin`."""
        found: dict[str, int] | None = self.raw.get("transitions")
        return found

    def _facts(self) -> Mapping[str, object]:
        facts = dict(super()._facts())
        if self.delta_f is not None:
            value, error = self.delta_f
            known = value is not None and error is not None
            facts["deltaF"] = f"{value:.4g} ± {error:.2g}" if known else f"{_short(value)}, not determined"
        return facts


class FreeEnergy(_Answered):
    """Free energies along one or two columns, with errors."""

    @property
    def cv(self) -> list[str]:
        """The one or two columns."""
        return list(self.raw["cv"])

    @property
    def energy_unit(self) -> str | None:
        """`kJ/mol`, or None for natural units."""
        unit: str | None = self.raw["energyUnit"]
        return unit

    @property
    def table(self) -> Table:
        """A row for each point: the columns, `energy` and `error`; of two columns the first runs fastest."""
        found = self.raw["freeEnergy"]
        if len(self.cv) == 1:
            places = [np.asarray(found["coordinate"], dtype=np.float64)]
        else:
            x, y = (np.asarray(found[axis], dtype=np.float64) for axis in "xy")
            places = [np.tile(x, len(y)), np.repeat(y, len(x))]
        numbers = {name: np.array(found[name], dtype=np.float64) for name in ("energy", "error") if name in found}
        return table_of({**dict(zip(self.cv, places, strict=True)), **numbers})

    def plot(self, axes: Axes | None = None) -> Axes:
        """The profile with its errors, or the surface, by matplotlib."""
        axes, table = _axes(axes), self.table
        label = f"free energy{'' if self.energy_unit is None else f' ({self.energy_unit})'}"
        if len(self.cv) == 1:
            line = axes.plot(table[self.cv[0]], table["energy"])[0]
            low, high = table["energy"] - table["error"], table["energy"] + table["error"]
            axes.fill_between(table[self.cv[0]], low, high, alpha=0.3, color=line.get_color())
            axes.set(xlabel=self.cv[0], ylabel=label)
            return axes
        found = self.raw["freeEnergy"]
        grid = table["energy"].reshape(len(found["y"]), len(found["x"]))
        drawn = axes.contourf(found["x"], found["y"], grid, levels=20)
        axes.figure.colorbar(drawn, ax=axes, label=label)
        axes.set(xlabel=self.cv[0], ylabel=self.cv[1])
        return axes


class Report(_Answered):
    """A page of a biased run; a notebook shows it."""

    @property
    def path(self) -> Path:
        """The page."""
        return Path(self.raw["output"])

    @property
    def html(self) -> str:
        """The page itself."""
        return self.path.read_text(encoding="utf-8")

    def _repr_html_(self) -> str:
        # a frame of its own: its styles stay its own
        frame = "width: 100%; height: 45em; border: 1px solid #ccc"
        return f'<iframe style="{frame}" sandbox srcdoc="{escape(self.html)}"></iframe>'


class Plugin(Result):
    """The PLUMED plugin."""

    @property
    def path(self) -> Path:
        """The library that PLUMED loads."""
        return Path(self.raw["path"])

    def __fspath__(self) -> str:
        """The path."""
        return os.fspath(self.path)


class Doctor(Result):
    """What this machine has of what latentcv needs."""

    @property
    def healthy(self) -> bool:
        """Whether all that is needed is there."""
        return bool(self.raw["healthy"])

    @property
    def table(self) -> Table:
        """A row for each part: `name`, `state` (`ok`, `missing`, `absent`), `detail`, `hint`."""
        keys = ("name", "state", "detail", "hint")
        return table_of({key: [str(check.get(key) or "") for check in self.raw["checks"]] for key in keys})

    def _facts(self) -> Mapping[str, object]:
        return {str(row["name"]): f"{row['state']}: {row['detail']}" for row in self.table}

    def _repr_html_(self) -> str:
        names = self.table.dtype.names or ()
        return _html_table(names, [[str(row[name]) for name in names] for row in self.table])


class Quickstart(Result):
    """The main job, from a molecule to a free energy."""

    @property
    def report(self) -> Path:
        """The page."""
        return Path(self.raw["report"])

    @property
    def delta_f(self) -> Estimate:
        """ΔF and its error."""
        return Estimate(self.raw["deltaF"], self.raw["deltaFError"])
