"""Tells the wheel's platform: that of the binaries in it, as `npm run wheel` names it."""

from __future__ import annotations

import os
from typing import Any

from hatchling.builders.config import BuilderConfig
from hatchling.builders.hooks.plugin.interface import BuildHookInterface


class Platform(BuildHookInterface[BuilderConfig]):
    """Without LATENTCV_WHEEL_PLATFORM the wheel has the module alone, which calls a `latentcv` on PATH."""

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        """Set the tag."""
        platform = os.environ.get("LATENTCV_WHEEL_PLATFORM")
        if platform is not None:
            build_data["pure_python"] = False
            build_data["tag"] = f"py3-none-{platform}"
