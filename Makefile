# Everything runs in the project's own environment, .venv, made from uv.lock.
# Needs Python 3.11 or newer, git and make; uv is put into .venv when it is not on the PATH.

PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
UV := $(shell command -v uv 2>/dev/null || echo $(BIN)/uv)
SYNC := UV_PROJECT_ENVIRONMENT=$(VENV) UV_PYTHON_DOWNLOADS=never $(UV) sync --frozen --inexact --quiet

export DO_NOT_TRACK := 1
export PREFECT_SERVER_ANALYTICS_ENABLED := false

.PHONY: help demo test coverage lint bench quality bench-full chaos mjml pictures clean

help:  ## show this list
	@grep -hE '^[a-z-]+:.*##' $(MAKEFILE_LIST) | sed -E 's/:.*## /\t/' | expand -t 12

demo: $(VENV)/.demo  ## install what is needed and make the demo edition from a year of purchases
	@$(BIN)/cardletter demo

test: $(VENV)/.dev  ## install what the tests need and run them
	@$(BIN)/python -m pytest

coverage: $(VENV)/.dev  ## run them and show what they do not reach (takes twice as long)
	@$(BIN)/python -m pytest --cov=cardletter --cov-report=term:skip-covered

lint: $(VENV)/.dev  ## style, types and import contracts
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy
	$(BIN)/lint-imports

bench: $(VENV)/.dev  ## time every stage of the demo and of 100,000 members, the gate, unsubscribing, sending
	@$(BIN)/python benchmarks/stages.py
	@$(BIN)/python benchmarks/profiles.py --members 20000 --transactions 2000000
	@$(BIN)/python benchmarks/gate.py
	@$(BIN)/python benchmarks/unsubscribe.py
	@$(BIN)/python benchmarks/sending.py
	@$(BIN)/python benchmarks/planning.py --members 200000
	@$(BIN)/python benchmarks/pace.py --members 9000
	@$(BIN)/python benchmarks/linting.py
	@$(BIN)/python benchmarks/matching.py --members 50000 --variants 337 --quick
	@$(BIN)/python benchmarks/rendering.py

quality: $(VENV)/.dev  ## judge segments by weeks they do not know, how long members keep theirs, and clustering's speed
	@$(BIN)/python benchmarks/quality.py
	@$(BIN)/python benchmarks/identity.py
	@$(BIN)/python benchmarks/planted.py
	@$(BIN)/python benchmarks/clustering.py --members 200000 --segments 400 --turns 1

bench-full: $(VENV)/.dev  ## the whole edition for a million members and a hundred million purchases (an hour and more)
	@$(BIN)/python benchmarks/full.py

chaos: $(VENV)/.dev  ## kill ten thousand senders, and count who got two (half an hour and more)
	@$(BIN)/python tests/chaos.py --kills 10000

mjml: $(VENV)/.dev  ## hold templates and lint against the official mjml of npm (needs node and a minute)
	@npm install --silent --no-audit --no-fund --ignore-scripts --prefix $(VENV)/npm mjml@5.4.1
	@$(BIN)/python -m pytest -n 0 --no-cov tests/templates/test_npm_mjml.py

pictures: $(VENV)/.dev  ## draw content/pictures/ anew
	@PYTHONPATH=scripts $(BIN)/python -m pictures

clean:  ## throw away the environment and everything that was made
	rm -rf $(VENV) workspace data

$(VENV)/.python:
	$(PYTHON) -m venv $(VENV)
	@command -v uv >/dev/null 2>&1 || $(BIN)/pip install --quiet --disable-pip-version-check 'uv>=0.8'
	@touch $@

$(VENV)/.demo: $(VENV)/.python pyproject.toml uv.lock
	@echo "Installing into $(VENV) ..."
	@$(SYNC) --extra demo --no-dev
	@touch $@

$(VENV)/.dev: $(VENV)/.python pyproject.toml uv.lock
	@echo "Installing into $(VENV) ..."
	@$(SYNC) --all-extras
	@touch $@
