#!/bin/sh
# Makes the virtual environment that the Makefile uses:  setup.sh run | dev
#   run   what the program needs (requirements.lock)
#   dev   the same, plus tests and checks (requirements-dev.lock)
# PYTHON names an interpreter (default: the newest fitting one on the PATH), VENV the folder (default: .venv).
# A second run is instant: a stamp remembers what was installed.
set -eu
cd "${0%/*}/.."

want=${1:-run}
VENV=${VENV:-.venv}
PYTHON=${PYTHON:-}
lock=requirements.lock
[ "$want" = dev ] && lock=requirements-dev.lock

say() { printf '%s\n' "$@" >&2; }

# Prints "3.11.7 whole", or "3.11.2 bare" where the venv module or its pip is missing (Debian packs them apart).
probe() {
    "$1" -c 'import sys
try:
    import venv, ensurepip
    has = "whole"
except ImportError:
    has = "bare"
print("%d.%d.%d" % tuple(sys.version_info[:3]) + " " + has)' 2>/dev/null || true
}

# Sets python to the first that fits and is whole; remembers what else was met.
find_python() {
    python='' bare='' others=''
    for candidate in "$@"; do
        met=$(probe "$candidate")
        case $met in
            3.1[123].*" whole") python=$candidate; return ;;
            3.1[123].*) bare=${bare:-$met} ;;
            2.* | 3.[0-9].* | 3.10.*) others="$others$candidate ${met% *} 太旧 too old; " ;;
            [0-9]*) others="$others$candidate ${met% *} 太新 too new; " ;;
            *) [ -z "$PYTHON" ] || others="$candidate 不能运行 cannot be run" ;;
        esac
    done
}

no_python() {
    if [ -n "$bare" ]; then
        minor=${bare#3.}; minor=${minor%%.*}
        say "✗ Python ${bare% *} 缺少 venv 模块，无法建立虚拟环境。" \
            "  → Debian/Ubuntu：sudo apt-get install python3.$minor-venv，然后再运行一次。" \
            "✗ Python ${bare% *} lacks the venv module, so no virtual environment can be made." \
            "  → Debian/Ubuntu: sudo apt-get install python3.$minor-venv, then run this again."
    else
        say "✗ 需要 Python 3.11、3.12 或 3.13；找到的：${others:-无 none}" \
            "  → Debian 12、Ubuntu 24.04 起：sudo apt-get install python3 python3-venv；Ubuntu 22.04：python3.11 python3.11-venv；" \
            "    macOS：brew install python@3.12；别处：conda create -p 目录 python=3.12；然后 make demo PYTHON=/路径/python3.12" \
            "✗ Python 3.11, 3.12 or 3.13 is needed; found: ${others:-无 none}" \
            "  → Debian 12, Ubuntu 24.04 or later: sudo apt-get install python3 python3-venv; Ubuntu 22.04: python3.11 python3.11-venv;" \
            "    macOS: brew install python@3.12; elsewhere: conda create -p FOLDER python=3.12; then make demo PYTHON=/path/to/python3.12"
    fi
    exit 2
}

no_venv() {
    say "✗ 不能建立 $VENV（见上）。  → 检查此目录可写、磁盘有余，或另选：make demo VENV=目录" \
        "✗ $VENV could not be made (see above).  → Is the folder writable, the disk not full? Or elsewhere: make demo VENV=FOLDER"
    exit 2
}

no_install() {
    say "✗ 依赖安装失败（见上）。" \
        "  → 检查网络；内网：设 PIP_INDEX_URL 为单位的镜像，或设 PIP_NO_INDEX=1 PIP_FIND_LINKS=装有轮子文件的目录。" \
        "✗ The dependencies could not be installed (see above)." \
        "  → Check the network; on an intranet set PIP_INDEX_URL to your mirror, or PIP_NO_INDEX=1 PIP_FIND_LINKS=FOLDER_OF_WHEELS."
    exit 2
}

# What an environment depends on: where it stands, and the text of the locks and of pyproject.toml.
state() { printf '%s\n' "$PWD"; cksum pyproject.toml "$1"; }

identity() { "$1" -c 'import sys; print(sys.base_prefix, sys.version)' 2>/dev/null; }

stamped() { [ -f "$VENV/liantu-$1.stamp" ] && [ "$(cat "$VENV/liantu-$1.stamp")" = "$(state "$2")" ]; }

# An environment serves on if it runs, stands in this checkout, and has the interpreter that was asked for.
serves() {
    [ -d "$VENV" ] && has=$(identity "$VENV/bin/python") && [ "$(cat "$VENV/liantu-home" 2>/dev/null)" = "$PWD" ] &&
        { [ -z "$PYTHON" ] || [ "$has" = "$(identity "$PYTHON")" ]; }
}

if serves; then
    stamped dev requirements-dev.lock && exit 0
    [ "$want" = run ] && stamped run requirements.lock && exit 0
else
    if [ -n "$PYTHON" ]; then find_python "$PYTHON"; else find_python python3.13 python3.12 python3.11 python3 python; fi
    [ -n "$python" ] || no_python
    say "建立 $VENV · making $VENV (Python $(probe "$python" | cut -d' ' -f1))"
    "$python" -m venv --clear "$VENV" || no_venv
    printf '%s\n' "$PWD" >"$VENV/liantu-home"
fi

# Until 3.13 Python reads *.pth in the locale's encoding, and does not even start where that fails (LC_ALL=C and a
# Chinese path). So the path that pip wrote is written again as bytes in ASCII, which every locale reads.
readable_path() {
    for pth in "$VENV"/lib/python3*/site-packages/_liantu.pth; do
        "$VENV/bin/python" -S -c 'import os, sys
with open(sys.argv[1], "w") as pth:
    pth.write("import os, sys; sys.path.append(os.fsdecode(%r))\n" % os.fsencode(os.getcwd()))' "$pth"
    done
}

say "安装锁定的版本 · installing the locked versions ($lock)"
rm -f "$VENV"/liantu-*.stamp
export PIP_DISABLE_PIP_VERSION_CHECK=1 PIP_USER=0
"$VENV/bin/python" -m pip install --quiet --require-hashes -r "$lock" || no_install
"$VENV/bin/python" -m pip install --quiet --no-deps --no-build-isolation -e . || no_install
readable_path
state "$lock" >"$VENV/liantu-$want.stamp"
