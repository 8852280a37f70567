# Each target sets up what it needs inside this folder (tools/setup.sh) and calls one command.
.PHONY: build wheel test quick lint lint-types lint-style lint-scripts a11y chaos lms engines bench player pictures guide faults combinations banks words hostile results planted mistakes checks stress systems documents catalogues gallery lock clean
# Python compiles each module once for all that tests and tools start, in a folder of its own.
export PYTHONPYCACHEPREFIX = $(CURDIR)/.tools/pycache
export PYTHONDONTWRITEBYTECODE =
run = .venv/bin/
node = .venv/bin/node node_modules/.bin/

build:
	@sh tools/setup.sh build
	@$(run)scorm-builder build course -o dist

wheel:
	@sh tools/setup.sh build
	@$(run)python -m hatchling build -t wheel -d build

test: lint
	@sh tools/setup.sh browser
	@$(run)python -m pytest $(PYTEST)

quick: lint
	@$(run)python -m pytest -m "not browser and not whole and not thorough" $(PYTEST)

lint:
	@sh tools/setup.sh test
	@$(MAKE) --no-print-directory --jobs=2 --output-sync=target lint-types lint-style lint-scripts

lint-types:
	@$(run)mypy

lint-style:
	@$(run)ruff check .
	@$(run)ruff format --check --quiet .
	@$(run)lint-imports --no-logo
	@$(run)codespell builder templates tools docs tests/README.md *.md
	@$(run)python -m tools.phrases

lint-scripts:
	@$(node)tsc -p templates/player
	@$(node)tsc -p templates/lms
	@$(node)tsc -p templates/preview
	@$(node)biome ci
	@$(run)node tools/rooms.mjs

a11y:
	@sh tools/setup.sh test
	@$(run)python -m tests.a11y $(ONLY)
	@$(if $(ONLY),:,$(run)python -m pytest -m thorough -n 2 tests/a11y tests/browser/test_style_order.py)

chaos:
	@sh tools/setup.sh test
	@$(run)python -m tests.chaos $(if $(SEED),--seed $(SEED)) $(if $(RUNS),--runs $(RUNS))
	@$(if $(SEED),:,$(run)python -m pytest -m thorough tests/chaos)

tests_of_lms = $(patsubst %,tests/lms/test_%.py,comments hosts record refresher results)
lms:
	@sh tools/setup.sh test
	@sh tools/setup.sh hosts
	@$(run)python -m tests.lms $(ONLY)
	@$(if $(ONLY),:,$(run)python -m pytest -m "thorough or not thorough" $(tests_of_lms))

engines:
	@sh tools/setup.sh test
	@$(run)python -m tests.engines $(ONLY)

bench:
	@sh tools/setup.sh test
	@$(run)python -m tools.bench

player:
	@sh tools/setup.sh test
	@$(run)node tools/player.mjs

pictures:
	@sh tools/setup.sh test
	@$(run)python -m tools.pictures

guide:
	@sh tools/setup.sh test
	@$(run)python -m tools.guide

faults:
	@sh tools/setup.sh test
	@$(run)python -m pytest --verbose -m "thorough or not thorough" $(if $(ONLY),-k "$(ONLY)") tests/lms/test_faults.py tests/lms/test_back.py tests/lms/test_broken_player.py

combinations:
	@sh tools/setup.sh test
	@sh tools/setup.sh hosts
	@$(run)python -m pytest -m sampled $(PYTEST)

banks:
	@sh tools/setup.sh test
	@$(run)python -m pytest -m "thorough or not thorough" tests/exporting/test_bank_round_trip.py tests/browser/test_exported_quiz.py

words:
	@sh tools/setup.sh test
	@$(run)python -m pytest -m "thorough or not thorough" tests/approvals

hostile:
	@sh tools/setup.sh test
	@$(run)python -m pytest -m "thorough or not thorough" tests/hostile

results:
	@sh tools/setup.sh test
	@$(run)python -m pytest -m "thorough or not thorough" tests/results

stress:
	@sh tools/setup.sh test
	@$(run)python -m pytest -m "thorough or not thorough" tests/preview

planted:
	@sh tools/setup.sh test
	@$(run)python -m tests.planted $(ONLY)

mistakes:
	@sh tools/setup.sh test
	@$(run)python -m tests.mistakes $(ONLY)

checks:
	@sh tools/setup.sh test
	@$(run)python -m tools.checks
	@$(run)python -m tests.planted --write

systems:
	@sh tools/setup.sh test
	@$(run)python -m tools.systems

documents:
	@sh tools/setup.sh test
	@$(run)python -m tools.examples
	@$(run)python -m tools.documents

catalogues:
	@sh tools/setup.sh test
	@$(run)python -m tools.catalogues

gallery:
	@sh tools/setup.sh test
	@$(run)python -m tools.gallery $(ONLY)

lock:
	@sh tools/lock.sh

clean:
	rm -rf .venv .tools node_modules .hypothesis .*_cache dist/*.zip dist/*-key.csv
