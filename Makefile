# Two commands matter: `make demo` and `make test`. With uv where it is installed, with venv and pip otherwise.
SHELL := /bin/bash
PYTHON ?= python3
PORT ?= 8000
BIN := .venv/bin
STAMP := var/.installed-dev

.PHONY: demo demo-reset test test-sqlite test-postgres lint messages bench screenshots lock clean

$(STAMP): requirements-dev.lock
	@mkdir -p var
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null || \
	  { echo "Python 3.11 or later is needed as $(PYTHON). On Debian: apt-get install python3; or name another: make PYTHON=python3.12 ..."; exit 1; }
	@echo "Installing what the portal needs into .venv (once) ..."
	@if command -v uv >/dev/null 2>&1; then \
	  { test -x $(BIN)/python || uv venv --quiet --python "$$(command -v $(PYTHON))" .venv; } && \
	  uv pip sync --quiet --python $(BIN)/python --require-hashes requirements-dev.lock; \
	else \
	  $(PYTHON) -c 'import ensurepip, venv' 2>/dev/null || \
	    { echo "Python's venv is missing. On Debian: apt-get install python3-venv"; exit 1; }; \
	  test -x $(BIN)/python || $(PYTHON) -m venv .venv; \
	  $(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --require-hashes -r requirements-dev.lock; \
	fi
	@touch $@

demo: $(STAMP)
	@DEMO=1 $(BIN)/python manage.py demo --port $(PORT)

demo-reset: $(STAMP)
	@DEMO=1 $(BIN)/python manage.py demo --port $(PORT) --reset

test: $(STAMP)
	@$(BIN)/python tools/run_tests.py

lint: $(STAMP)
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/lint-imports
	$(BIN)/python manage.py makemigrations --check --dry-run
	$(BIN)/python -m pytest -q tests/test_catalogue.py tests/test_templates.py
	$(BIN)/bandit -q -ll -r oltreiperimetri partners beneficiaries orafo generazioni

# Collects the sentences of code and templates (needs gettext), then settles and compiles the Italian catalogue.
messages: $(STAMP)
	$(BIN)/python manage.py makemessages -l it --no-location --no-obsolete --no-wrap --ignore .venv --ignore var --ignore tests
	$(BIN)/python tools/compile_catalogue.py

bench: $(STAMP)
	@$(BIN)/python tools/bench.py

screenshots: $(STAMP)
	@$(BIN)/python tools/screenshots.py

# Pinned versions with hashes, without download addresses.
lock:
	uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-annotate --no-header pyproject.toml -o requirements.lock
	uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-annotate --no-header --extra dev -c requirements.lock pyproject.toml -o requirements-dev.lock

clean:
	rm -rf .venv var/.installed-dev
