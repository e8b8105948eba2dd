# Targets create the virtual environment they need. Requires only Python 3.11 or newer and make.
PYTHON ?= python3
VENV ?= .venv
BIN := $(VENV)/bin

.PHONY: help html docs-check screenshots test matrix lint coverage dist dist-test release-check \
	catalogs schemas packs fit evaluate bench neighbours bench-page clean

help:
	@echo "make html        build the documentation and its demonstration book"
	@echo "make docs-check  build the documentation; fail on unexpected warnings"
	@echo "make screenshots retake the screenshots of the documentation (needs Chromium)"
	@echo "make test        run the tests"
	@echo "make matrix      run the tests on all supported versions, or on CELLS=..."
	@echo "make lint        check types, style, import layers and configuration files"
	@echo "make coverage    run the tests and list the lines and branches that no test covers"
	@echo "make dist        build the sdist and the wheel, and check them"
	@echo "make dist-test   run the sdist's tests, and test the wheel in an empty environment"
	@echo "make release-check TAG=v1.2.3   check that everything is ready for a release"
	@echo "make catalogs    update the translation catalogs with new texts of the interface"
	@echo "make schemas     regenerate the JSON schemas of pattern files and of the report"
	@echo "make packs       write the shipped patterns as JSON, which is read faster than TOML"
	@echo "make fit         learn the weights of patterns (REVGUIDE_HUMAN_DOCS=folder)"
	@echo "make evaluate    measure the accuracy of detection and of the importer"
	@echo "make bench       measure build time and memory (PAGES=500 ROUNDS=3 BENCH='--only builds')"
	@echo "make neighbours  measure the numbers of the comparison in the README"
	@echo "make bench-page  measure how fast a browser loads a page of 300 cards"

$(VENV)/.installed: pyproject.toml
	$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11) and "Python 3.11 or newer is needed: make PYTHON=python3.11")'
	$(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --editable ".[docs,test,lint]"
	touch $@

html: $(VENV)/.installed
	$(BIN)/sphinx-build -b html docs docs/_build/html
	@echo
	@echo "The warnings above are intended: each is about a passage of the demonstration book that"
	@echo "has yet to be revised. Its guide is docs/_build/html/book/revision-guide.html"

docs-check: $(VENV)/.installed
	DOCS_CHECK=1 $(BIN)/sphinx-build -W --keep-going -n -b html docs docs/_build/check

screenshots: html
	$(BIN)/python docs/screenshots.py docs/_build/html docs/_static

test: $(VENV)/.installed
	$(BIN)/python -m pytest -n 2 tests

matrix: $(VENV)/.installed
	$(BIN)/python -m pip install --quiet --editable ".[matrix]"
	$(BIN)/nox $(if $(CELLS),--sessions $(CELLS))

SCHEMA := $(BIN)/check-jsonschema --quiet --builtin-schema
lint: $(VENV)/.installed
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports
	$(BIN)/python .ci/import_chain.py
	$(BIN)/validate-pyproject pyproject.toml
	$(SCHEMA) vendor.citation-file-format CITATION.cff
	$(SCHEMA) vendor.dependabot .github/dependabot.yml
	$(SCHEMA) vendor.github-issue-config .github/ISSUE_TEMPLATE/config.yml
	$(SCHEMA) vendor.github-issue-forms $(filter-out %/config.yml,$(wildcard .github/ISSUE_TEMPLATE/*.yml))
	$(SCHEMA) vendor.github-workflows $(wildcard .github/workflows/*.yml)
	$(SCHEMA) vendor.readthedocs .readthedocs.yaml

coverage: $(VENV)/.installed
	$(BIN)/coverage erase
	$(BIN)/coverage run -m pytest -n 2 tests
	$(BIN)/coverage combine --quiet
	$(BIN)/coverage report

# The time of the last commit or, outside a checkout, the earliest time that a wheel can store.
EPOCH = SOURCE_DATE_EPOCH=$(shell git log -1 --format=%ct 2>/dev/null || echo 315532800)
DISTRIBUTION = $(EPOCH) REVGUIDE_DIST=dist $(BIN)/python -m pytest tests/test_distribution.py

dist: $(VENV)/.installed
	$(BIN)/python -m pip install --quiet --editable ".[release]"
	rm -rf dist
	$(EPOCH) $(BIN)/python -m build --outdir dist
	$(BIN)/twine check --strict dist/*
	$(BIN)/check-wheel-contents dist/*.whl
	$(DISTRIBUTION)

# Tests the wheel with only its dependencies installed, then runs the sdist's own `make test`.
dist-test: dist
	rm -rf build && mkdir build
	$(PYTHON) -m venv build/empty
	build/empty/bin/python -m pip install --quiet dist/*.whl
	REVGUIDE_INSTALLED=build/empty/bin/python $(DISTRIBUTION)
	tar -xzf dist/*.tar.gz -C build
	$(MAKE) -C build/sphinxext_revguide-* VENV=.venv test

release-check: $(VENV)/.installed
	REVGUIDE_TAG=$(TAG) $(BIN)/python -m pytest tests/test_project.py

LOCALE := sphinxext_revguide/locale
catalogs: $(VENV)/.installed
	$(BIN)/pybabel -q extract -k _n --no-location --omit-header -o $(VENV)/messages.pot sphinxext_revguide
	$(BIN)/pybabel -q update -D sphinxext_revguide -i $(VENV)/messages.pot -d $(LOCALE) --ignore-obsolete --no-fuzzy-matching --ignore-pot-creation-date
	$(BIN)/pybabel -q compile -D sphinxext_revguide -d $(LOCALE)

schemas: $(VENV)/.installed
	$(BIN)/python -m sphinxext_revguide.patterns.schema > $(VENV)/schema.json
	mv $(VENV)/schema.json sphinxext_revguide/patterns/schema.json
	$(BIN)/python -m sphinxext_revguide.report.report_schema > $(VENV)/schema.json
	mv $(VENV)/schema.json sphinxext_revguide/report/schema.json

packs: $(VENV)/.installed
	$(BIN)/python -m sphinxext_revguide.patterns.packs_as_json > $(VENV)/packs.json
	mv $(VENV)/packs.json sphinxext_revguide/patterns/packs.json

fit: $(VENV)/.installed
	$(BIN)/python -m pip install --quiet --editable ".[fit]"
	$(BIN)/python -m tests.evaluation.fit_testimony
	$(BIN)/python -m tests.evaluation.fit_hollow
	$(BIN)/python -m tests.evaluation.fit
	$(BIN)/python -m tests.evaluation.unseen_triples
	$(BIN)/python -m tests.evaluation.fit_titles
	$(MAKE) packs

evaluate: $(VENV)/.installed
	$(BIN)/python -m tests.evaluation.evaluate

PAGES ?= 500
ROUNDS ?= 3
BENCH ?=
bench: $(VENV)/.installed
	$(BIN)/python -m pip install --quiet --editable ".[bench]"
	$(BIN)/python -m tests.evaluation.bench --pages $(PAGES) --rounds $(ROUNDS) $(BENCH)

neighbours: $(VENV)/.installed
	$(BIN)/python -m pip install --quiet --editable ".[bench]"
	$(BIN)/python -m tests.evaluation.neighbours

bench-page: $(VENV)/.installed
	$(BIN)/python -m tests.evaluation.bench_page

clean:
	rm -rf $(VENV) .nox build dist docs/_build .coverage*
