# Each target makes its own environment; all that is needed is Python 3.11 or newer and make.
PYTHON ?= python3
VENV ?= .venv
BIN := $(VENV)/bin

.PHONY: help html test lint catalogs fit evaluate bench bench-page clean

help:
	@echo "make html        build the documentation and its demonstration book"
	@echo "make test        run the tests"
	@echo "make lint        check types, style and the order of imports"
	@echo "make catalogs    carry new texts of the interface into the translations"
	@echo "make fit         learn the weights of patterns from tests/corpus"
	@echo "make evaluate    measure how good detection is"
	@echo "make bench       measure what it costs (PAGES=500 ROUNDS=3 BENCH='--only builds')"
	@echo "make bench-page  measure a page of 300 cards in a browser"

$(VENV)/.installed: pyproject.toml
	$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11) and "Python 3.11 or newer is needed: make PYTHON=python3.11")'
	$(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --editable ".[docs,test,lint]"
	touch $@

html: $(VENV)/.installed
	$(BIN)/sphinx-build -b html docs docs/_build/html
	@echo
	@echo "The warnings above are the point: each names a passage of the demonstration book that"
	@echo "still holds a flagged pattern. The guide: docs/_build/html/book/revision-guide.html"

test: $(VENV)/.installed
	$(BIN)/python -m pytest -n 2 tests

lint: $(VENV)/.installed
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports

LOCALE := sphinxext_revguide/locale
catalogs: $(VENV)/.installed
	$(BIN)/pybabel -q extract -k _n --no-location --omit-header -o $(VENV)/messages.pot sphinxext_revguide
	$(BIN)/pybabel -q update -D sphinxext_revguide -i $(VENV)/messages.pot -d $(LOCALE) --ignore-obsolete --no-fuzzy-matching
	$(BIN)/pybabel -q compile -D sphinxext_revguide -d $(LOCALE)

fit: $(VENV)/.installed
	$(BIN)/python -m pip install --quiet --editable ".[fit]"
	$(BIN)/python -m tests.evaluation.fit

evaluate: $(VENV)/.installed
	$(BIN)/python -m tests.evaluation.evaluate

PAGES ?= 500
ROUNDS ?= 3
BENCH ?=
bench: $(VENV)/.installed
	$(BIN)/python -m pip install --quiet --editable ".[bench]"
	$(BIN)/python -m tests.evaluation.bench --pages $(PAGES) --rounds $(ROUNDS) $(BENCH)

bench-page: $(VENV)/.installed
	$(BIN)/python -m tests.evaluation.bench_page

clean:
	rm -rf $(VENV) docs/_build
