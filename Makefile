# Two commands do everything: `make maps` and `make test`. Both set up .venv by themselves.

# The first Python that fits and can make a virtual environment.
FIND_PYTHON = for python in $(PYTHON) python3.13 python3.12 python3.11 python3 python; do \
  if $$python -c 'import ensurepip, sys, venv; sys.exit(not (3, 11) <= sys.version_info[:2] < (3, 14))' \
    >/dev/null 2>&1; then echo $$python; break; fi; done

BIN = .venv/bin
PIP = $(BIN)/python -m pip --disable-pip-version-check --quiet --require-virtualenv

.PHONY: maps test lint browser lock clean

maps: .venv/maps-ready
	$(BIN)/ntm-geo build

test: .venv/test-ready lint browser
	$(BIN)/python -m pytest

lint: .venv/test-ready
	$(BIN)/ruff format --check
	$(BIN)/ruff check
	$(BIN)/mypy

# The browser tests open the real page: Debian's chromium when root, else one that is installed.
browser: .venv/test-ready
	@$(BIN)/python tests/browser/find_browser.py || { \
	  if [ "$$(id -u)" = 0 ] && command -v apt-get >/dev/null; then \
	    apt-get update -qq && DEBIAN_FRONTEND=noninteractive \
	      apt-get install -y -qq --no-install-recommends chromium fonts-dejavu-core >/dev/null; \
	  fi; }
	@$(BIN)/python tests/browser/find_browser.py

.venv/bin/python:
	@python="$$($(FIND_PYTHON))"; if [ -z "$$python" ]; then \
	  echo "No Python 3.11, 3.12 or 3.13 with the modules venv and ensurepip was found." >&2; \
	  echo "Install one (Debian: apt-get install python3-venv), or name it: make maps PYTHON=..." >&2; \
	  exit 1; fi; \
	"$$python" -m venv .venv

.venv/maps-ready: .venv/bin/python requirements.txt pyproject.toml
	$(PIP) install --require-hashes --requirement requirements.txt
	$(PIP) install --no-deps --no-build-isolation --editable .
	@touch $@

.venv/test-ready: .venv/bin/python requirements-dev.txt pyproject.toml
	$(PIP) install --require-hashes --requirement requirements-dev.txt
	$(PIP) install --no-deps --no-build-isolation --editable .
	@touch $@ .venv/maps-ready

# Renews both lock files from pyproject.toml; needs uv.
lock:
	uv lock --upgrade
	uv export --quiet --no-emit-project --no-annotate --no-header --no-default-groups \
	  --group build --output-file requirements.txt
	uv export --quiet --no-emit-project --no-annotate --no-header --no-default-groups \
	  --group build --group dev --output-file requirements-dev.txt

clean:
	rm -rf .venv dist layers/*.gpkg maps/*.html
