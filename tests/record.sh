#!/bin/sh
# Records what CPython does with the scripts under tests/ and examples/, as the expectations that
# `cargo test --test run` holds Argil to.
#
#   tests/record.sh                      records every case
#   tests/record.sh tests/lang/str/*.py  records these
#   tests/record.sh --check [CASE...]    changes nothing, says which recordings differ
#
# PYTHON is the command to run; it must be CPython 3.14 (default: python3.14).
#
# What a case is and which comment lines steer it is described in tests/run/case.rs. Two things are
# taken out of what CPython prints: the path of the script's folder, and traceback frames within
# CPython's own library, which Argil has no reason to share. Standard error of examples is not
# recorded: they print times there.
set -eu

PYTHON=${PYTHON:-python3.14}
export PYTHONDONTWRITEBYTECODE=1 PYTHONIOENCODING=utf-8
root=$(cd "$(dirname "$0")/.." && pwd -P)
scratch=$(mktemp -d)
trap 'rm -rf "$scratch"' EXIT

check=no
if [ "${1-}" = --check ]; then
    check=yes
    shift
fi

# The values of the directive $1 in the comment lines at the top of the script $2, one a line.
directive() {
    awk -v prefix="# $1:" '
        !/^#/ { exit }
        index($0, prefix) == 1 { print substr($0, length(prefix) + 2) }
    ' "$2"
}

# Drops this folder's path.
without_place() {
    sed "s|$PWD/||g"
}

# Drops the frames of library files from tracebacks.
without_library() {
    awk '
        /^ *File "[^"]*\/lib\/python3/ { skipping = 1; next }
        skipping && /^    / { next }
        { skipping = 0; print }
    '
}

# Puts the recording $1 in its place $2: an empty one is no file.
keep() {
    if [ $check = yes ]; then
        [ -e "$2" ] || set -- "$1" /dev/null
        cmp -s "$1" "$2" || { echo "differs: $script"; diff "$2" "$1" | head -n 10; }
    elif [ -s "$1" ]; then
        cp "$1" "$2"
    else
        rm -f "$2"
    fi
}

record() {
    script=$(realpath "$1")
    name=$(basename "$script" .py)
    cd "$(dirname "$script")"
    if [ "$PWD" = "$root/examples" ]; then
        expectations=$root/tests/examples/$name
        cat "$expectations.args" >"$scratch/args" 2>/dev/null || :
    else
        expectations=$PWD/$name
        directive args "$script" >"$scratch/args"
    fi
    directive stdin "$script" >"$scratch/in"
    status=0
    # shellcheck disable=SC2046 # arguments are separated by blanks
    timeout 60 $PYTHON "$name.py" $(cat "$scratch/args") \
        <"$scratch/in" >"$scratch/stdout" 2>"$scratch/stderr" || status=$?
    without_place <"$scratch/stdout" >"$scratch/out"
    without_place <"$scratch/stderr" | without_library >"$scratch/err"
    : >"$scratch/status"
    [ $status = 0 ] || echo $status >"$scratch/status"
    keep "$scratch/out" "$expectations.out"
    keep "$scratch/status" "$expectations.status"
    [ "$PWD" = "$root/examples" ] || keep "$scratch/err" "$expectations.err"
}

if [ $# -eq 0 ]; then
    cd "$root"
    set -- $(find tests/lang tests/lib tests/programs tests/stress tests/syntax_error tests/threads tests/traceback examples \
        -name '_*' \( -type f -o ! -path '*/lib/_*' \) -prune -o -name '*.py' -print | sort)
fi
start=$PWD
for case in "$@"; do
    cd "$start"
    record "$case"
done
