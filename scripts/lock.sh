#!/bin/sh
# Locks every version with its hashes, for all systems and all supported Pythons at once.
# requirements.lock: what runs and installs the checkout; requirements-dev.lock: the same versions, plus tests and checks.
set -eu
cd "${0%/*}/.."

if command -v uv >/dev/null 2>&1; then
    uv=uv
else
    "$VENV/bin/python" -m pip install --quiet uv
    uv="$VENV/bin/uv"
fi

lock() { # FILE, then what is special about it
    out=$1
    shift
    "$uv" pip compile pyproject.toml --quiet --universal --fork-strategy fewest --python-version 3.11 --generate-hashes \
        --no-emit-index-url --no-emit-find-links --no-header --upgrade --output-file "$out" "$@"
    { printf '# Made by `make lock` from pyproject.toml; not to be edited.\n'; cat "$out"; } >"$out.new"
    mv "$out.new" "$out"
}

lock requirements.lock --group build
lock requirements-dev.lock --group dev --constraints requirements.lock
