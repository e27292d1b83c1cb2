#!/usr/bin/env bash
# Makes the Python environment of the tests that compare with NEURON, once, and prints
# the path of its interpreter. Everything is below target/neuron.
set -euo pipefail
cd "$(dirname "$0")/../.."

packages=(neuron==9.0.2 numpy pytest)
venv=$PWD/target/neuron/venv
stamp=$venv/installed

if [ "$(cat "$stamp" 2>/dev/null)" != "${packages[*]}" ]; then
    rm -rf "$venv"
    python3 -m venv "$venv" >&2
    "$venv/bin/python" -m pip install --quiet --disable-pip-version-check "${packages[@]}" >&2
    echo "${packages[*]}" >"$stamp"
fi
echo "$venv/bin/python"
