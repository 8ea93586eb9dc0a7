"""Calls the command, passes on what it says and hands back what it prints."""

from __future__ import annotations

import contextlib
import functools
import inspect
import json
import os
import shutil
import signal
import subprocess
import sys
import tempfile
import threading
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from difflib import get_close_matches
from typing import Any, ParamSpec, TypeVar

from ._error import Error
from ._launch import bundled

P = ParamSpec("P")
R = TypeVar("R")

#: Exit codes that come with a result: done, and ΔF is not determined by these frames.
_DONE = (0, 4)


@dataclass(frozen=True)
class Answer:
    """What a command printed, with its warnings and exit code."""

    raw: Any
    warnings: list[str]
    exit_code: int


def refuses_unknown(function: Callable[P, R]) -> Callable[P, R]:
    """Tell of options that the function does not have, with the nearest that it has."""
    known = [name for name, it in inspect.signature(function).parameters.items()]

    @functools.wraps(function)
    def checked(*args: P.args, **kwargs: P.kwargs) -> R:
        for name in kwargs:
            if name not in known:
                near = get_close_matches(name, known, 1)
                meant = f"; did you mean {near[0]}?" if near else f": it has {', '.join(known)}"
                raise TypeError(f"latentcv.{function.__name__} has no option {name}{meant}")
        return function(*args, **kwargs)

    return checked


def _text(value: object) -> str:
    if isinstance(value, (str, os.PathLike)):
        return os.fspath(value)
    if isinstance(value, Mapping | list | tuple | bool):
        return json.dumps(value)
    item = getattr(value, "item", None)  # numbers of numpy
    return str(item() if callable(item) else value)


def _listed(items: Sequence[object]) -> str:
    words = [_text(item) for item in items]
    # blanks part words where no comma does
    return f'"{words[0]}"' if len(words) == 1 and " " in words[0] else ",".join(words)


def flags(options: Mapping[str, object], repeated: frozenset[str]) -> list[str]:
    """Options as words of the command line; None and False are not given."""
    words: list[str] = []
    for name, value in options.items():
        flag = f"--{name.replace('_', '-')}"
        if value is None or value is False:
            continue
        if value is True:
            words.append(flag)
        elif isinstance(value, Mapping):
            words += [f"{flag}={key}={_text(item)}" for key, item in value.items()]
        elif isinstance(value, (str, os.PathLike)) or not hasattr(value, "__iter__"):
            words.append(f"{flag}={_text(value)}")
        elif name in repeated:
            words += [f"{flag}={_text(item)}" for item in value]
        else:
            words.append(f"{flag}={_listed(list(value))}")
    return words


def _command() -> list[str]:
    words = bundled()
    if words is not None:
        return words
    found = shutil.which("latentcv")
    if found is None:
        raise Error(
            "missing-tool",
            "expected the command latentcv in this package or on PATH but there is none",
            exit_code=3,
        )
    return [found]


def _start(words: Sequence[str], stdout: Any) -> subprocess.Popen[str]:
    command = [*_command(), *words]
    if sys.executable and sys.platform == "linux":
        child = os.path.join(os.path.dirname(os.path.abspath(__file__)), "_child.py")
        command = [sys.executable, "-I", "-S", child, str(os.getpid()), *command]
    return subprocess.Popen(
        command,
        stdin=subprocess.DEVNULL,
        stdout=stdout,
        stderr=subprocess.PIPE,
        encoding="utf-8",
        errors="replace",
        # Ctrl-C reaches it through us alone, once: a second one would end it at once
        start_new_session=True,
    )


class _InterruptsLater:
    """Holds Ctrl-C back while a command is started: one that nobody knows of yet would compute on for nobody."""

    def __init__(self) -> None:
        self._heard = False
        # only there can handlers be set, and there alone is Ctrl-C heard
        main = threading.current_thread() is threading.main_thread()
        self._before = signal.getsignal(signal.SIGINT) if main else None
        if self._before is not None:
            signal.signal(signal.SIGINT, self._hear)

    def _hear(self, *_: object) -> None:
        self._heard = True

    def over(self) -> None:
        """What was heard comes now, as it would have come then."""
        before, self._before = self._before, None
        if before is None:
            return
        signal.signal(signal.SIGINT, before)
        if self._heard:
            signal.raise_signal(signal.SIGINT)


def _follow(process: subprocess.Popen[str], quiet: bool, interrupts: _InterruptsLater) -> list[str]:
    """Pass on what the command says until it ends; what it said.

    Raises:
        KeyboardInterrupt: when it has ended after one.
    """
    said: list[str] = []
    interrupt: KeyboardInterrupt | None = None
    assert process.stderr is not None
    while True:
        try:
            interrupts.over()
            for line in process.stderr:
                said.append(line.rstrip("\n"))
                # errors are raised
                if not line.startswith(("error: ", "hint: ")) and (not quiet or line.startswith("warning: ")):
                    # whoever reads along may go
                    with contextlib.suppress(OSError):
                        sys.stderr.write(line)
                        sys.stderr.flush()
            process.wait()
            break
        except KeyboardInterrupt as error:
            interrupt = error
            process.send_signal(signal.SIGINT)
    if interrupt is not None:
        raise interrupt
    return said


def call(name: str, words: Sequence[str], quiet: bool) -> Answer:
    """Run a command to its end.

    Raises:
        Error: what the command said of what went wrong.
        KeyboardInterrupt: after the command stopped in good order; another Ctrl-C meanwhile ends it at once.
    """
    with tempfile.TemporaryFile() as stdout:
        interrupts = _InterruptsLater()
        try:
            with _start([name, "--json", *([] if quiet else ["--notes"]), *words], stdout) as process:
                try:
                    said = _follow(process, quiet, interrupts)
                except BaseException:
                    process.terminate()
                    raise
        finally:
            interrupts.over()
        stdout.seek(0)
        printed = stdout.read()
    try:
        raw = json.loads(printed)
    except ValueError:
        raw = None
    failure = raw.get("error") if isinstance(raw, dict) else None
    if isinstance(failure, dict) and "exitCode" in failure:
        raise Error(failure["code"], failure["message"], failure["hint"], failure["exitCode"])
    code = process.returncode
    if raw is None or not (code in _DONE or (name == "doctor" and code == 3)):
        last = said[-1] if said else "it said nothing"
        raise Error("fault", f"latentcv {name} ended with exit code {code}: {last}", exit_code=code)
    warnings = [line.removeprefix("warning: ") for line in said if line.startswith("warning: ")]
    return Answer(raw, warnings, code)
