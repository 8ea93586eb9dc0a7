"""From the arguments of a function to the command's words, and from its JSON to a result."""

from __future__ import annotations

import shutil
import tempfile
import weakref
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any, TypeVar

from ._call import call, flags
from ._results import Result
from ._tables import file_of

R = TypeVar("R", bound=Result)


class _Folder:
    """A temporary folder that is there as long as this is."""

    def __init__(self) -> None:
        self.path = Path(tempfile.mkdtemp(prefix="latentcv-"))
        self.remove = weakref.finalize(self, shutil.rmtree, self.path, ignore_errors=True)


def run(
    result: type[R],
    name: str,
    arguments: Iterable[str],
    given: Mapping[str, Any],
    *,
    repeated: frozenset[str] = frozenset(),
    written: str | None = None,
    always: Iterable[str] = (),
) -> R:
    """Run a command.

    Args:
        result: what it hands back.
        name: the command.
        arguments: names of those that are its files; numbers in memory are written to a folder that is gone when the
            command has ended.
        given: all arguments of the function by name.
        repeated: options of which a list is given item by item.
        written: the name of a temporary file in place of an output that was not asked for.
        always: words that the command always gets.
    """
    options = {key: value for key, value in given.items() if key not in {*arguments, "quiet"}}
    kept = None
    if written is not None and options["output"] is None:
        kept = _Folder()
        options["output"] = kept.path / written
    work = _Folder()
    try:
        files = [_one(item, work.path, i) for i, item in enumerate(_items(given[each] for each in arguments))]
        words = [*always, *flags(options, repeated)]
        if files:
            words += ["--", *files]
        answer = call(name, words, bool(given.get("quiet")))
    finally:
        work.remove()
    return result(answer.raw, answer.warnings, answer.exit_code, kept)


def _items(arguments: Iterable[Any]) -> Iterable[Any]:
    for argument in arguments:
        if isinstance(argument, list | tuple):
            yield from argument
        elif argument is not None:
            yield argument


def _one(item: Any, folder: Path, at: int) -> str:
    return file_of(item, folder, f"frames-{at}" if at else "frames")
