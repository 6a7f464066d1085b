"""Office files are archives that tell when they were made: the same content must be the same bytes tomorrow."""

from __future__ import annotations

import io
import zipfile


def undated(content: bytes) -> bytes:
    """The same archive, every part of the first day that an archive can tell."""
    file = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as old, zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            info = zipfile.ZipInfo(name, (1980, 1, 1, 0, 0, 0))
            info.compress_type, info.create_system, info.external_attr = zipfile.ZIP_DEFLATED, 3, 0o644 << 16
            new.writestr(info, old.read(name))
    return file.getvalue()
