# Sourced by scripts/demo and scripts/test: makes .venv with Python 3.11 or newer and installs the project into it.
# The caller sets `extras` first, such as "" or "[dev]".
set -eu
cd "$(dirname "$0")/.."

find_python() {
  for name in python3.13 python3.12 python3.11 python3 python; do
    if command -v "$name" >/dev/null 2>&1 &&
      "$name" -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null; then
      command -v "$name"
      return 0
    fi
  done
  return 1
}

as_root() {
  if [ "$(id -u)" = 0 ]; then "$@"; elif command -v sudo >/dev/null 2>&1; then sudo "$@"; else return 1; fi
}

python=$(find_python) || {
  echo "No Python 3.11 or newer found; trying Debian's package." >&2
  as_root apt-get update -qq && as_root apt-get install -y -qq python3 python3-venv >&2 || true
  python=$(find_python) || { echo "Please install Python 3.11 or newer, with venv, and run this again." >&2; exit 1; }
}

if ! [ -x .venv/bin/python ] || ! .venv/bin/python -c 'import pip' 2>/dev/null; then
  rm -rf .venv
  "$python" -m venv .venv 2>/dev/null || {
    rm -rf .venv
    as_root apt-get update -qq && as_root apt-get install -y -qq python3-venv >&2 || true
    "$python" -m venv .venv || { echo "This Python has no venv module; please install it (python3-venv)." >&2; exit 1; }
  }
fi

# Installing is skipped when neither pyproject.toml nor the wanted extras have changed since the last time.
stamp=".venv/installed$extras"
if ! [ -f "$stamp" ] || [ pyproject.toml -nt "$stamp" ]; then
  echo "Installing into .venv ..." >&2
  .venv/bin/python -m pip install --quiet --disable-pip-version-check --editable ".$extras" >&2
  touch "$stamp"
fi
