"""What all tests share. Warnings are errors and skips are listed with their reason: see pyproject.toml."""

from __future__ import annotations

import os

from hypothesis import HealthCheck, settings

# The first example pays for imports, so no deadline; in CI the same examples every time.
settings.register_profile("here", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.register_profile("ci", parent=settings.get_profile("here"), derandomize=True, database=None, print_blob=True)
settings.load_profile("ci" if os.environ.get("CI") else "here")
