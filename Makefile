# Two commands: `make run` serves a desk with its demo, `make test` runs the tests.
# Only Python >= 3.11, make and a shell are needed; everything else is installed into .venv.

PYTHON ?= python3
PORT ?= 8000
HOST ?= 127.0.0.1
VENV := .venv
BIN := $(VENV)/bin
PIP := $(BIN)/python -m pip install --quiet --disable-pip-version-check
PYTEST_ARGS ?= -n 2
NODE_TESTS := $(dir $(wildcard tests/*/*/package-lock.json))

.PHONY: run test lint lock setup setup-dev clean

run: setup
	FOREDESK_HOST=$(HOST) FOREDESK_PORT=$(PORT) $(BIN)/foredesk serve --demo

test: setup-dev
	$(BIN)/python -m pytest $(PYTEST_ARGS)

lint: setup-dev
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports

setup: $(VENV)/.installed

setup-dev: $(VENV)/.installed-dev

# The lock files name no registry: pip asks the one it is configured for.
lock:
	uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-header \
	  --no-emit-index-url --no-annotate pyproject.toml --group build -o requirements.lock
	uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-header \
	  --no-emit-index-url --no-annotate pyproject.toml --group dev -o requirements-dev.lock

$(VENV)/bin/python:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || \
	  { echo "Foredesk needs Python 3.11 or newer; try make PYTHON=python3.12 $(MAKECMDGOALS)"; exit 1; }
	$(PYTHON) -m venv $(VENV)

$(VENV)/.installed: requirements.lock pyproject.toml | $(VENV)/bin/python
	$(PIP) --require-hashes -r requirements.lock
	$(PIP) --no-deps --no-build-isolation --editable .
	@touch $@

$(VENV)/.installed-dev: requirements-dev.lock pyproject.toml | $(VENV)/bin/python
	$(PIP) --require-hashes -r requirements-dev.lock
	$(PIP) --no-deps --no-build-isolation --editable .
	@for folder in $(NODE_TESTS); do \
	  if command -v npm >/dev/null; then (cd $$folder && npm ci --silent --no-audit --no-fund); \
	  else echo "npm is not there: tests that need it will say so and be skipped"; fi; done
	@touch $@ $(VENV)/.installed

clean:
	rm -rf $(VENV) var
