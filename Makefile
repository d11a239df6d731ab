# One command each: `make up` (dashboard and scheduler), `make test`, `make check`.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
export UV_COMPILE_BYTECODE ?= 1
export UV_LINK_MODE ?= copy
# Paths in VIRTUAL_ENV of another project must not steal the installation.
unexport VIRTUAL_ENV

.PHONY: up test check lint format lock archive clean help

help: ## what can be made
	@grep -E '^[a-z]+:.*##' $(MAKEFILE_LIST) | sed 's/:.*##/  -/'

# uv comes first, with its hash, out of the same lock; it then installs the rest in seconds.
$(BIN)/uv: requirements.lock
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11) and "Python 3.11 or newer is needed; call make with PYTHON=/path/to/python3.11")'
	@test -x $(BIN)/python || $(PYTHON) -m venv $(VENV)
	@awk '/^[a-z]/{keep=/^uv==/} keep' requirements.lock > $(VENV)/uv.lock.txt
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r $(VENV)/uv.lock.txt
	@touch $@

$(VENV)/.installed: $(BIN)/uv requirements.lock pyproject.toml
	@$(BIN)/uv pip install --quiet --python $(BIN)/python --require-hashes -r requirements.lock
	@$(BIN)/uv pip install --quiet --python $(BIN)/python --no-deps --no-build-isolation -e .
	@touch $@

$(VENV)/.installed-dev: $(VENV)/.installed requirements-dev.lock
	@$(BIN)/uv pip install --quiet --python $(BIN)/python --require-hashes -r requirements-dev.lock
	@touch $@

up: $(VENV)/.installed ## open the dashboard and keep it current (Ctrl-C ends both)
	@exec $(BIN)/promptjobs up

test: $(VENV)/.installed-dev ## run the whole test suite
	@$(BIN)/python -m pytest -n 2

check: $(VENV)/.installed-dev ## format, lint, types, import contracts, tests
	@$(BIN)/ruff format --check .
	@$(BIN)/ruff check .
	@$(BIN)/mypy
	@$(BIN)/lint-imports
	@test -n '$(CHECK_SKIP_TESTS)' || $(MAKE) --no-print-directory test

format: $(VENV)/.installed-dev ## write the house format
	@$(BIN)/ruff format . && $(BIN)/ruff check --fix .

lock: $(BIN)/uv ## renew both lock files from pyproject.toml
	@$(BIN)/uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-header --no-emit-index-url --no-emit-find-links pyproject.toml -o requirements.lock $(LOCK_FLAGS)
	@$(BIN)/uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-header --no-emit-index-url --no-emit-find-links pyproject.toml --extra dev --extra postgres -c requirements.lock -o requirements-dev.lock $(LOCK_FLAGS)

clean: ## remove the virtual environment
	@rm -rf $(VENV) *.egg-info
