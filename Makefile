# The habits of this project. `make` alone lists them. Needs git, make and Python 3.11 or newer.

PYTHON ?= python3
PORT ?= 8000
DATA_DIR ?= .data
SITE_URL ?= http://127.0.0.1:$(PORT)
export DATA_DIR SITE_URL

BIN := .venv/bin
MANAGE := $(BIN)/python manage.py
# Checks need a database but must leave the data alone, so they get a folder that is thrown away.
SCRATCH = set -e; unset DATABASE_URL CACHE_URL MEDIA_STORAGE; DATA_DIR="$$(mktemp -d)"; trap 'rm -rf "$$DATA_DIR"' EXIT
# The same program has another name on other systems. Without its window it is a fifth quicker.
BROWSERS = chromium-headless-shell chromium
FIND_BROWSER = command -v "$${CHROMIUM:-$(firstword $(BROWSERS))}" || command -v chromium \
	|| command -v chromium-browser || command -v google-chrome || command -v google-chrome-stable
# Debian keeps PostgreSQL's server out of the path.
FIND_SERVERS = command -v redis-server && { command -v nginx || ls /usr/sbin/nginx; } && command -v wrk && { ls /usr/lib/postgresql/*/bin/initdb || command -v initdb; }

.DEFAULT_GOAL := help
.PHONY: help run serve test test-services bench bench-page bench-load check fix lock install install-dev \
	venv browser servers

help:
	@echo "make run    the site at http://127.0.0.1:$(PORT), for reading and writing (PORT, DATA_DIR move it)"
	@echo "make serve  the same with production settings"
	@echo "make test   every test, browser tests included (T=tests/library runs a part)"
	@echo "make test-services  the same tests on PostgreSQL and Redis, installed if need be"
	@echo "make bench  how fast it answers, beside nginx and a plain Wagtail"
	@echo "make bench-page  what a first visit costs, against its budget"
	@echo "make bench-load  five minutes of 500 readers, 50 patients and an editor who publishes"
	@echo "make check  style, types, imports, content files; changes nothing"
	@echo "make fix    mends what can be mended by itself"
	@echo "make lock   pins the requirements again from pyproject.toml"

run: install
	@DEBUG=1 $(MANAGE) prepare --port "$(PORT)"
	DEBUG=1 $(MANAGE) runserver "127.0.0.1:$(PORT)"

serve: install
	@DEBUG=0 $(MANAGE) prepare --port "$(PORT)" --static
	PATH="$(CURDIR)/$(BIN):$$PATH" GRANIAN_PORT="$(PORT)" exec deploy/serve

test: install-dev browser
	$(BIN)/python -m pytest -n auto $(T)

test-services: install-dev browser servers
	$(BIN)/python tests/services/run.py -n auto $(T)

bench: install-dev servers
	$(BIN)/python tests/bench/bench.py

bench-page: BROWSERS = chromium
bench-page: install-dev browser
	$(BIN)/python tests/bench/page.py

bench-load: install-dev
	$(BIN)/python tests/bench/load.py

check: install-dev
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	@$(SCRATCH); set -x; $(BIN)/mypy
	$(BIN)/djlint templates --lint --quiet
	$(BIN)/deptry .
	PYTHONPATH=site $(BIN)/lint-imports
	$(BIN)/hadolint deploy/Dockerfile
	$(BIN)/check-jsonschema --builtin-schema vendor.compose-spec deploy/compose.yaml
	$(BIN)/kubernetes-validate --strict --quiet deploy/kubernetes.yaml
	@$(SCRATCH); set -x; \
	$(MANAGE) check; \
	SITE_URL=https://health.example.org ALLOWED_HOSTS=health.example.org \
		$(MANAGE) check --deploy --fail-level WARNING; \
	$(MANAGE) makemigrations --check --dry-run; \
	$(MANAGE) migrate --verbosity 0; \
	$(MANAGE) load_content --verbosity 0
	@n=$$(git ls-files | grep -v '^\.' | cut -d/ -f1 | sort -u | wc -l); \
	test "$$n" -le 16 || { echo "The root folder has $$n visible entries. Keep it to 16."; exit 1; }
	@! git grep -nIE -e "(^|[^[:alnum:]._-])/(home|root|Users|work)/[[:alnum:]]" \
		|| { echo "Above: a path that exists on one machine only."; exit 1; }
	@echo "All checks passed."

fix: install-dev
	$(BIN)/ruff check --fix .
	$(BIN)/ruff format .

lock: install-dev
	$(BIN)/uv pip compile pyproject.toml --universal --python-version 3.11 --generate-hashes \
		--no-emit-index-url --no-annotate --upgrade -o requirements.txt
	$(BIN)/uv pip compile pyproject.toml --group dev --universal --python-version 3.11 \
		--generate-hashes --no-emit-index-url --no-annotate -c requirements.txt -o requirements-dev.txt

# A copy of what was last installed stays in .venv: nothing to do where it is still the same.
install: venv
	@cmp -s requirements.txt .venv/requirements.txt || { echo "Installing requirements …" && \
		$(BIN)/python -m pip install --quiet --disable-pip-version-check -r requirements.txt && \
		cp requirements.txt .venv/requirements.txt; }

install-dev: venv
	@cmp -s requirements-dev.txt .venv/requirements-dev.txt || { echo "Installing what tests and checks need …" && \
		$(BIN)/python -m pip install --quiet --disable-pip-version-check -r requirements-dev.txt && \
		cp requirements-dev.txt .venv/requirements-dev.txt; }

venv:
	@$(BIN)/python -c "import pip" 2>/dev/null || { \
		command -v "$(PYTHON)" >/dev/null || { \
			echo "$(PYTHON) is not installed. Install Python 3.11 or newer (Debian: apt-get install python3 python3-venv)."; exit 1; }; \
		"$(PYTHON)" -c "import sys; sys.exit(sys.version_info < (3, 11))" || { \
			echo "$$("$(PYTHON)" --version) is too old: Python 3.11 or newer is needed. Name one: make run PYTHON=python3.12"; exit 1; }; \
		"$(PYTHON)" -c "import ensurepip, venv" 2>/dev/null || { \
			echo "This Python cannot make virtual environments. On Debian or Ubuntu: apt-get install python3-venv"; exit 1; }; \
		rm -rf .venv && echo "Making .venv …" && "$(PYTHON)" -m venv .venv; }

servers:
	@{ $(FIND_SERVERS); } >/dev/null || { \
		echo "These need PostgreSQL, Redis, nginx and wrk: installing them …"; \
		if [ "$$(id -u)" = 0 ]; then SUDO=; else SUDO="sudo -n"; fi; \
		INSTALL="$$SUDO env DEBIAN_FRONTEND=noninteractive apt-get install -y -q --no-install-recommends postgresql redis-server nginx wrk"; \
		{ $$INSTALL || { $$SUDO apt-get update -q && $$INSTALL; }; } </dev/null || true; \
		{ $(FIND_SERVERS); } >/dev/null || { \
			echo "Could not install them. Install them and run again (Debian: sudo apt-get install postgresql redis-server nginx wrk)."; \
			exit 1; }; }

browser:
	@{ $(FIND_BROWSER); } >/dev/null || { \
		echo "The browser tests need Chromium: installing it …"; \
		if [ "$$(id -u)" = 0 ]; then SUDO=; else SUDO="sudo -n"; fi; \
		INSTALL="$$SUDO env DEBIAN_FRONTEND=noninteractive apt-get install -y -q --no-install-recommends"; \
		any() { for name in $(BROWSERS); do $$INSTALL $$name && return; done; return 1; }; \
		{ any || { $$SUDO apt-get update -q && any; }; } </dev/null || true; \
		{ $(FIND_BROWSER); } >/dev/null || { \
			echo "Could not install it. Install Chromium or Chrome and run again (Debian: sudo apt-get install chromium),"; \
			echo "or say where it is: make test CHROMIUM=/path/to/chromium"; exit 1; }; }
