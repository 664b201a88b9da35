# `make demo` runs Vigie with no Telegram account; `make check` is what CI calls. Needs Python 3.11 or newer.

PYTHON ?= python3
BIN := .venv/bin

# Everything comes from the lock, with its hash; Vigie itself is linked, so that a change is in force at once.
INSTALLED := .venv/.installed

.DEFAULT_GOAL := help
.PHONY: help python venv demo test check format lint types imports texts lock messages wheels clean

help:
	@echo "make demo      run Vigie with a stand-in for Telegram: a page of phones, no account needed"
	@echo "make test      run the tests"
	@echo "make check     what CI runs: format, lint, types, import contracts, texts, tests"
	@echo "make messages  bring the catalogues in locales/ to what the code says"
	@echo "make lock      write the lock files anew (needs uv)"
	@echo "make wheels    fill wheels/ for a Docker build without a network"
	@echo "make clean     remove .venv and what the tools left; never data/"

python:
	@command -v $(PYTHON) >/dev/null || { echo "Python is missing: install python3 and python3-venv." >&2; exit 1; }
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { \
		echo "Vigie needs Python 3.11 or newer; $(PYTHON) is $$($(PYTHON) -V 2>&1). Try: make PYTHON=python3.11" >&2; exit 1; }
	@$(PYTHON) -c 'import ensurepip, venv' 2>/dev/null || { \
		echo "Python's venv module is missing: apt install python3-venv" >&2; exit 1; }

venv: $(INSTALLED)

$(INSTALLED): requirements-dev.lock pyproject.toml | python
	@echo "== venv"
	@# Made anew if it is another Python's; else brought up to date where it stands.
	$(PYTHON) -m venv .venv >/dev/null 2>&1 || $(PYTHON) -m venv --clear .venv
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements-dev.lock
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation -e .
	@touch $@

demo: venv
	$(BIN)/vigie demo

test: venv
	@echo "== tests"
	@# A file of tests at a time on each core: every test has its own folder, database and ports.
	$(BIN)/python -m pytest -n auto --maxprocesses 8 --dist loadfile

# One recipe and not prerequisites: the steps keep their order under `make -j`, and pytest has the last word.
check: venv
	@$(MAKE) --no-print-directory format
	@$(MAKE) --no-print-directory lint
	@$(MAKE) --no-print-directory types
	@$(MAKE) --no-print-directory imports
	@$(MAKE) --no-print-directory texts
	@$(MAKE) --no-print-directory test

format: venv
	@echo "== format"
	$(BIN)/ruff format --check .

lint: venv
	@echo "== lint"
	$(BIN)/ruff check .

types: venv
	@echo "== types"
	$(BIN)/mypy

imports: venv
	@echo "== import contracts"
	$(BIN)/lint-imports

texts: venv
	@echo "== texts in both languages"
	$(BIN)/python -m bot.i18n check

messages: venv
	$(BIN)/python -m bot.i18n update

LOCK := uv pip compile --quiet --universal --python-version 3.11 --generate-hashes \
	--no-emit-index-url --no-emit-find-links --custom-compile-command "make lock"

lock:
	@command -v uv >/dev/null || { echo "make lock needs uv: pip install uv" >&2; exit 1; }
	$(LOCK) pyproject.toml -o requirements.lock
	$(LOCK) pyproject.toml --extra dev -c requirements.lock -o requirements-dev.lock
	echo hatchling | $(LOCK) - -c requirements-dev.lock -o requirements-build.lock

# What the Dockerfile installs from, each file checked against its lock.
wheels: venv
	$(BIN)/python -m pip download --quiet --only-binary :all: --require-hashes -r requirements.lock -d wheels
	$(BIN)/python -m pip download --quiet --only-binary :all: --require-hashes -r requirements-build.lock -d wheels

clean:
	rm -rf .venv wheels dist build .coverage .hypothesis .import_linter_cache .mypy_cache .pytest_cache .ruff_cache
	find . -name __pycache__ -type d -prune -exec rm -rf {} +
