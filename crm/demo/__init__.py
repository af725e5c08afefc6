"""The demo company: everything here is made up from a seed, for trying out, for tests and for measuring."""

from collections.abc import Callable
from importlib import import_module
from typing import Any

from crm.extension_points import DemoSet, demo_sets


def register_demo(module: str, *, key: str, order: int) -> None:
    """Register the part of the demo company that lies in `module`: its functions `generate` and `load`.

    The module is imported on first use: numpy is not loaded into every process.
    """

    def late(name: str) -> Callable[[Any], None]:
        def call(world: Any) -> None:
            getattr(import_module(module), name)(world)

        return call

    demo_sets.register(DemoSet(key=key, generate=late("generate"), load=late("load"), order=order))
