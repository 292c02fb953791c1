# make demo    install into .venv, build the example corpus, say what was found and where the view is
# make test    install what tests need into .venv and run the tests
# make check   everything that must hold before a change lands: lint, test, smoke
# make lock    write requirements.lock anew, from the newest versions that fit pyproject.toml

PYTHON ?= python3
VENV   := .venv
BIN    := $(VENV)/bin
PIP    := $(BIN)/python -m pip --disable-pip-version-check --quiet
LOCK   := requirements.lock
KG     := demo-kg
PYTEST := $(BIN)/python -m pytest

.PHONY: demo test check lint smoke lock clean

demo: $(VENV)/.run
	$(BIN)/unionkg build examples/corpus --out $(KG)

test: $(VENV)/.test
	$(PYTEST) -n auto --dist worksteal -m "not slow"

check: lint test smoke

lint: $(VENV)/.lint
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy
	$(BIN)/pyright --pythonpath $(BIN)/python
	$(BIN)/lint-imports
	$(BIN)/validate-pyproject pyproject.toml

# sdist -> wheel -> an empty environment without development tools -> the demo
smoke: $(VENV)/.test
	$(PYTEST) -m slow

lock:
	rm -rf build/lock
	$(PYTHON) -m venv build/lock
	build/lock/bin/python -m pip install --quiet --upgrade 'pip>=25.1'
	build/lock/bin/python -m pip install --quiet -e . --group test --group lint
	build/lock/bin/python -m pip freeze --exclude-editable > $(LOCK)
	rm -rf build/lock

clean:
	rm -rf $(VENV) $(KG) build dist *.egg-info

# An environment is made once and brought up to date when what it is made from changes. pip knows dependency groups
# from 25.1 on; the one that Python brings may be older.
$(VENV)/.made:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11) and f"unionkg needs Python 3.11 or newer; {sys.executable} is {sys.version.split()[0]}. Name another: make PYTHON=python3.12")'
	@$(PYTHON) -m venv $(VENV) || { echo "$(PYTHON) cannot make a virtual environment; on Debian and Ubuntu: apt-get install python3-venv" >&2; exit 1; }
	$(PIP) install --upgrade 'pip>=25.1'
	@touch $@

$(VENV)/.run: $(VENV)/.made pyproject.toml $(LOCK)
	$(PIP) install -c $(LOCK) -e .
	@touch $@

$(VENV)/.test: $(VENV)/.made pyproject.toml $(LOCK)
	$(PIP) install -c $(LOCK) -e . --group test
	@touch $@ $(VENV)/.run

$(VENV)/.lint: $(VENV)/.test
	$(PIP) install -c $(LOCK) --group lint
	@touch $@
