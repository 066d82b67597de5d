#!/usr/bin/env bash
# Makes .venv with exactly the locked packages. Safe to run again: does nothing when nothing changed.
set -euo pipefail
cd "$(dirname "$0")/.."

find_python() {
    local candidate
    for candidate in "${PYTHON:-}" python3.10 python3 "$HOME"/.pyenv/versions/3.10.*/bin/python3.10 /usr/local/bin/python3.10; do
        [ -n "$candidate" ] || continue
        if "$candidate" -c 'import sys, venv, ensurepip; sys.exit(sys.version_info[:2] != (3, 10))' >/dev/null 2>&1; then
            echo "$candidate"
            return
        fi
    done
    return 1
}

if [ ! -x .venv/bin/python ]; then
    if ! python=$(find_python); then
        cat >&2 <<'MESSAGE'
Python 3.10 (with its venv module) was not found; Rasa Open Source 3.6 runs on no newer one.
How to get it:
  Ubuntu 22.04      sudo apt install python3.10 python3.10-venv
  macOS             brew install python@3.10
  anywhere (pyenv)  pyenv install 3.10
Then run the same command again. If it is in an unusual place: PYTHON=/path/to/python3.10 make setup
MESSAGE
        exit 1
    fi
    echo "Creating .venv with $("$python" --version) ..."
    "$python" -m venv .venv
fi
if [ ! -x .venv/bin/uv ]; then
    .venv/bin/python -m pip install --quiet --disable-pip-version-check "uv>=0.4,<1"
fi
echo "Installing the locked Python packages (about half a minute the first time) ..."
# --inexact keeps uv itself, which lives in the environment it manages.
UV_PYTHON_DOWNLOADS=never .venv/bin/uv sync --quiet --locked --inexact --python .venv/bin/python
touch .venv/.synced
