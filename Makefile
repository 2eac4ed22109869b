# Two commands do everything: `make maps` and `make test`. Both set up .venv by themselves.

FITS = import sys; assert (3, 11) <= sys.version_info[:2] < (3, 14)

# The first Python that fits and can make a virtual environment; itself, not one made from it.
FIND_PYTHON = for python in $(PYTHON) python3.13 python3.12 python3.11 python3 python; do \
  $$python -c 'import ensurepip, venv; $(FITS); print(sys._base_executable)' 2>/dev/null && \
    break; done

BIN = .venv/bin
PIP = $(BIN)/python -m pip --disable-pip-version-check --quiet --require-virtualenv

.PHONY: maps test lint browser venv lock clean
.NOTPARALLEL:

maps: venv .venv/maps-ready
	$(BIN)/ntm-geo build

test: venv .venv/test-ready lint browser
	$(BIN)/python -m pytest --numprocesses auto --dist loadfile

lint: venv .venv/test-ready
	$(BIN)/ruff format --check
	$(BIN)/ruff check
	$(BIN)/mypy

# The browser tests open the real page: Debian's chromium when root, else one that is installed.
browser: venv .venv/test-ready
	@$(BIN)/python tests/browser/find_browser.py || { \
	  if [ "$$(id -u)" = 0 ] && command -v apt-get >/dev/null; then \
	    apt-get update -qq && DEBIAN_FRONTEND=noninteractive \
	      apt-get install -y -qq --no-install-recommends chromium fonts-dejavu-core >/dev/null; \
	  fi; }
	@$(BIN)/python tests/browser/find_browser.py

# Makes .venv, also in place of one without pip (uv makes such) or with a Python that does not fit.
venv:
	@{ $(BIN)/python -c '$(FITS)' && $(BIN)/python -m pip --version; } >/dev/null 2>&1 && exit; \
	python="$$($(FIND_PYTHON))"; if [ -z "$$python" ]; then \
	  echo "No Python 3.11, 3.12 or 3.13 with the modules venv and ensurepip was found." >&2; \
	  echo "Install one (Debian: apt-get install python3-venv), or name it: make maps PYTHON=..." >&2; \
	  exit 1; fi; \
	if [ -e .venv ] || [ -h .venv ]; then \
	  echo "Making .venv anew: it has no pip, or its Python is not 3.11, 3.12 or 3.13." >&2; \
	  rm -rf .venv; fi; \
	"$$python" -m venv .venv

.venv/maps-ready: requirements.txt pyproject.toml
	$(PIP) install --require-hashes --requirement requirements.txt
	$(PIP) install --no-deps --no-build-isolation --editable .
	@touch $@

.venv/test-ready: requirements-dev.txt pyproject.toml
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
