#!/bin/sh
# 链图: 把工作簿拖到这里, 或 ./liantu.sh 工作簿.xlsx / drop a workbook here, or: ./liantu.sh WORKBOOK.xlsx
# No administrator, no network: everything it needs lies beside it. LIANTU_PYTHON names another Python, LIANTU_QUIET=1 opens and asks nothing.
here=$(cd "$(dirname "$0")" && pwd -P) || exit 2
machine=@machine@

stop() {
    printf '%s\n' "$@" >&2
    hold
    exit 2
}

# Where a window would vanish with the message, wait for a key.
hold() {
    if [ -t 0 ] && [ -t 1 ] && [ -z "${LIANTU_QUIET:-}" ]; then
        printf '\n按回车键结束 / press Enter to end '
        read -r _ || true
    fi
}

case $(uname -m) in
    "$machine") ;;
    loongarch64 | mips64*) stop "错误: 龙芯 (LoongArch, MIPS) 不能运行: 图引擎没有这种机器的版本 / LoongArch and MIPS cannot run it: the graph engine is not made for them" ;;
    *) stop "错误: 这台机器是 $(uname -m), 这个压缩包给 $machine / this machine is $(uname -m), this bundle is for $machine" ;;
esac
libc=$(getconf GNU_LIBC_VERSION 2>/dev/null)
case $libc in
    "glibc 2."*)
        minor=${libc#glibc 2.}
        [ "${minor%%.*}" -ge 28 ] ||
            stop "错误: 系统的 $libc 太旧, 需要 glibc 2.28 (麒麟 V10、统信 UOS 20、Debian 10、CentOS 8 起) / $libc is too old, glibc 2.28 is needed" ;;
    *) stop "错误: 系统不是 glibc 的 (Alpine, musl), 图引擎没有这种版本 / this system has no glibc (Alpine, musl): the graph engine is not made for it" ;;
esac

usable() { command -v "$1" >/dev/null 2>&1 && "$1" -I -c 'import sys; sys.exit("%d.%d" % sys.version_info[:2] not in "@pythons@".split())' 2>/dev/null; }

python=
for candidate in "${LIANTU_PYTHON:-}" "$here/python/bin/python3" @candidates@ python3; do
    [ -n "$candidate" ] && usable "$candidate" && python=$candidate && break
done
[ -n "$python" ] || stop "错误: 没有 Python @pythons@ / there is no Python @pythons@" \
    "  → 请信息科放到 $here/python/bin/python3, 或装入系统, 见 先看我.txt / have IT put one there or into the system: see README.txt"

# -I: no PYTHONPATH and nothing of the user's own site gets in; utf8: whatever the locale
"$python" -I -X utf8 "$here/app/start.py" "$@"
code=$?
hold
exit $code
