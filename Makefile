# make run: serve the site. make test: run all tests. Both install what they need into .venv.

PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin

# Ends with one clear line where this Python can't do. It is read by old Pythons too.
define SUITABLE
import sys
if sys.version_info < (3, 11):
    sys.exit("Python 3.11 or newer is needed, this is " + sys.version.split()[0] + ". Try: make PYTHON=python3.12 run")
import importlib.util
if not importlib.util.find_spec("ensurepip"):
    sys.exit("The venv module of this Python is missing. On Debian: apt-get install python3-venv")
endef
export SUITABLE

.PHONY: run editor test lint format messages lock html screenshots lighthouse bench test-faults clean

run: $(VENV)/runtime
	@$(BIN)/python manage.py serve

editor: $(VENV)/runtime
	@$(BIN)/python manage.py prepare
	@$(BIN)/python manage.py createsuperuser

test: $(VENV)/dev
	@$(BIN)/python -m tests

lint: $(VENV)/dev
	@$(BIN)/ruff check
	@$(BIN)/ruff format --check
	@$(BIN)/djade --target-version 5.2 --check $$(find templates/admin -name '*.html')
	@$(BIN)/python -W error manage.py check --fail-level WARNING
	@$(BIN)/python -W error manage.py makemigrations --check --dry-run

format: $(VENV)/dev
	@$(BIN)/ruff check --fix
	@$(BIN)/ruff format
	@$(BIN)/djade --target-version 5.2 $$(find templates/admin -name '*.html')

# New interface strings into the catalogues under locale/.
messages: $(VENV)/dev
	@$(BIN)/python manage.py update_messages

# The Nu HTML checker over every page (needs npm and Java).
html: $(VENV)/dev
	@$(BIN)/python -m tests.html

# Photographs of every kind of page, with a contact sheet (needs a Chromium).
screenshots: $(VENV)/dev
	@$(BIN)/python -m tests.screenshots

# Lighthouse over the pages that matter most (needs npm and a Chromium).
lighthouse: $(VENV)/dev
	@$(BIN)/python -m tests.lighthouse

# How fast the site is served, compared with a program that does nothing (needs a quiet machine, wrk and nginx).
bench: $(VENV)/dev
	@$(BIN)/python -m bench.server

# The exact packages to install, with their hashes, from pyproject.toml.
lock: $(VENV)/dev
	$(BIN)/uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-header --upgrade pyproject.toml -o requirements.txt
	$(BIN)/uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-header --upgrade --group dev -c requirements.txt pyproject.toml -o requirements-dev.txt

# Faults that are really caused on both databases: what stops, is killed, fills up, is slow or damaged.
test-faults: $(VENV)/dev
	@$(BIN)/python -m tests.faults

clean:
	rm -rf $(VENV) var

$(VENV)/bin/python:
	@$(PYTHON) -c "$$SUITABLE"
	@$(PYTHON) -m venv $(VENV)

$(VENV)/runtime: requirements.txt | $(VENV)/bin/python
	@echo "Installing what the site needs into $(VENV) …"
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements.txt
	@touch $@

$(VENV)/dev: requirements-dev.txt | $(VENV)/bin/python
	@echo "Installing what the tests need into $(VENV) …"
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements-dev.txt
	@touch $@ $(VENV)/runtime
