"""The garbage collector at rest while a great many things are made that hold no rings."""

from __future__ import annotations

import gc
from collections.abc import Iterator
from contextlib import contextmanager


@contextmanager
def at_rest() -> Iterator[None]:
    """A hundred thousand rows are looked through again and again for rings that they cannot have: a sixth of the time.

    What nobody holds any longer is freed all the same.
    """
    was = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was:
            gc.freeze()  # frozen and thawed they count as old: else the next thing made would have all of them looked through
            gc.unfreeze()
            gc.enable()
