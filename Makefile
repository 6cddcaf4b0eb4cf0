# make run: serve the site. make test: run all tests. Both install what they need into .venv.

PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
COMPILE = $(BIN)/uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-header --upgrade

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

.PHONY: run editor test fuzz test-faults lint format messages lock html screenshots lighthouse bench sbom licences audit clean

run: $(VENV)/runtime
	@$(BIN)/python manage.py serve

editor: $(VENV)/runtime
	@$(BIN)/python manage.py prepare
	@$(BIN)/python manage.py createsuperuser

test: $(VENV)/dev
	@$(BIN)/python -m tests

# 20,000 odd requests to every address, on both databases.
fuzz: $(VENV)/dev
	@$(BIN)/python -m tests.fuzz

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

# How fast the site is served, compared with a program that does nothing, and what pages cost on a site of any size.
# Needs a quiet machine, wrk, nginx, and half an hour.
bench: $(VENV)/dev
	@$(BIN)/python -m bench.server
	@$(BIN)/python -m bench.growth

# The exact packages to install, with their hashes, from pyproject.toml.
lock: $(VENV)/dev
	$(COMPILE) pyproject.toml -o requirements.txt
	$(COMPILE) --extra sentry -c requirements.txt pyproject.toml -o requirements-sentry.txt
	$(COMPILE) --extra sentry --group dev -c requirements-sentry.txt pyproject.toml -o requirements-dev.txt

# What the site is made of, for whoever has to know: a bill of materials in the format of CycloneDX.
sbom: $(VENV)/dev
	@mkdir -p var
	@$(BIN)/cyclonedx-py requirements requirements.txt --pyproject pyproject.toml --output-reproducible -o var/sbom.json

# The licences of what is installed with the site, into docs/licences.md.
licences: $(VENV)/dev
	@$(BIN)/python -m tests.licences

# Whether a hole is known in what is installed with the site (needs a database of advisories).
audit: $(VENV)/dev
	@$(BIN)/python -m tests.audit

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
