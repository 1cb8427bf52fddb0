# The few commands of the house; bare `make` lists them. Everything they make lies in .venv, build and dist.

PYTHON := .venv/bin/python
PYTEST := QT_QPA_PLATFORM=offscreen $(PYTHON) -m pytest -n auto --maxprocesses 8
UV := build/lock-tools/bin/uv
COMPILE := $(UV) pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-header --no-annotate --no-emit-index-url pyproject.toml

# A bare machine names no locale; Qt and the paths of our files are UTF-8.
export LANG := $(or $(LANG),C.UTF-8)

.DEFAULT_GOAL := help
.PHONY: help run test quick check tour screens bench faults monkey words package lock

help:  ## this list
	@awk -F ':.*## ' '/^[a-z]+:.*## / { printf "make %-9s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)

run:  ## set up what is missing and open the program (without a screen: walk the tour)
	@.ci/prepare run
	@if [ -n "$$DISPLAY$$WAYLAND_DISPLAY" ]; then \
		$(PYTHON) -m desktop.app; \
	else \
		echo "No screen here (neither DISPLAY nor WAYLAND_DISPLAY is set): walking the tour instead."; \
		QT_QPA_PLATFORM=offscreen $(PYTHON) -m desktop.cli tour --out build/tour && \
		echo "The tour's screens, pages, sticks and summary.json lie in build/tour"; \
	fi

test:  ## set up what is missing and run every test
	@.ci/prepare test
	$(PYTEST)

quick:  ## the tests for the hand at work, without the slow ones
	@.ci/prepare test
	$(PYTEST) -m "not slow"

check:  ## lint, types, floors and dependencies
	@.ci/prepare test
	$(PYTHON) -m ruff check .
	$(PYTHON) -m ruff format --check .
	$(PYTHON) -m mypy --strict desktop
	.venv/bin/lint-imports
	$(PYTHON) -m deptry .

tour:  ## walk the whole circle through deeds and windows into build/tour
	@.ci/prepare run
	QT_QPA_PLATFORM=offscreen $(PYTHON) -m desktop.cli tour --out build/tour

screens:  ## a picture of every page at every letter size, theme and window size, into build/screens
	@.ci/prepare run
	QT_QPA_PLATFORM=offscreen $(PYTHON) -m desktop.cli screens --out build/screens

bench:  ## product against floor, as ratios; one job only: make bench J=save
	@.ci/prepare test
	QT_QPA_PLATFORM=offscreen $(PYTHON) -m benchmarks $(J)

faults:  ## the fault tests in the full dose (kills, torn writes, full disks)
	@.ci/prepare test
	$(PYTEST) tests/faults --dose=full

monkey:  ## a million keys, clicks and words on the real window, among four monkeys; again with S=seed and N=steps
	@.ci/prepare test
	$(PYTEST) tests/ui/test_monkey.py --dose=full --seed $(or $(S),1) --steps $(or $(N),0)

words:  ## bring the English catalogue up to date, compile it, and name what is still to be translated
	@.ci/prepare test
	QT_QPA_PLATFORM=offscreen $(PYTHON) resources/locale/extract.py

package:  ## the program for a PC without Python, into dist/lianxin
	@.ci/prepare package
	@mkdir -p build
	$(PYTHON) -m PyInstaller --noconfirm --clean --log-level WARN --distpath dist --workpath build/pyinstaller build.spec 2> build/package.log || { cat build/package.log; exit 1; }
	@! grep "Library not found" build/package.log | grep -v libqgtk3 || { echo "The package would lack what is named above."; exit 1; }
	@du -sh dist/lianxin

lock:  ## pin and hash what pyproject.toml asks for, for every system at once
	@.ci/prepare run
	$(PYTHON) -m venv build/lock-tools
	build/lock-tools/bin/python -m pip install --quiet --disable-pip-version-check uv==0.13.9
	$(COMPILE) --output-file requirements.lock > /dev/null
	$(COMPILE) --extra dev --extra district --constraint requirements.lock --output-file requirements-dev.lock > /dev/null
