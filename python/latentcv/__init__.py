"""Collective variables learned from simulation, usable in any PLUMED run.

Each function runs the command of its name, with the command's options by their names, says what it is doing and
hands back a result: `raw` is the command's JSON, `table` a structured numpy array, `to_pandas()` the same as a
DataFrame. A command that fails raises `latentcv.Error`.

    import latentcv

    model = latentcv.train("COLVAR", columns="d*", lag="10ps", output="model.onnx")
    cvs = latentcv.predict(model, "COLVAR").to_pandas()
"""

from __future__ import annotations

# `typing` takes a third of the time in which Python starts
TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

    from ._commands import *  # noqa: F403
    from ._error import Error as Error
    from ._results import *  # noqa: F403

# the command itself starts without what only the module needs: numpy takes longer to load than Python
_rooms = ("_commands", "_error", "_results")


def __getattr__(name: str) -> Any:
    from importlib import import_module

    if not name.startswith("_"):
        for room in _rooms:
            module = import_module(f".{room}", __name__)
            if name in module.__all__:
                return getattr(module, name)
    if name == "__all__":
        return [each for room in _rooms for each in import_module(f".{room}", __name__).__all__]
    if name == "__version__":
        from importlib.metadata import version

        return version("latentcv")
    raise AttributeError(f"module latentcv has no attribute {name}")


def __dir__() -> list[str]:
    return [*__getattr__("__all__"), "__version__"]
