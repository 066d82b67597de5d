# 逾期助手. `make help` lists everything; each target sets up what it needs.
.DEFAULT_GOAL := help
SHELL := /bin/bash
PY := .venv/bin/python
export RASA_TELEMETRY_ENABLED := false
export SQLALCHEMY_SILENCE_UBER_WARNING := 1
export TF_CPP_MIN_LOG_LEVEL := 3

WIDGET_SOURCES := $(shell find widget -path widget/node_modules -prune -o -path widget/dist -prune -o -type f -print 2>/dev/null)
ENGINE_SOURCES := $(shell find account_engine/domain -name '*.py')

.PHONY: help run shell train test test-unit test-conversations test-browser test-widget eval eval-answers eval-sides bench lint format token setup system clean reset

help: ## this list
	@grep -hE '^[a-z-]+:.*## ' $(MAKEFILE_LIST) | awk -F ':.*## ' '{printf "  make %-20s %s\n", $$1, $$2}'

.venv/.synced: pyproject.toml uv.lock deploy/setup-python.sh
	@bash deploy/setup-python.sh

build/engine/.built: .venv/.synced $(ENGINE_SOURCES) account_engine/compiled.py deploy/compile_engine.py
	@$(PY) deploy/compile_engine.py
	@mkdir -p build/engine && touch $@

widget/dist/.built: $(WIDGET_SOURCES) deploy/build-widget.sh
	@bash deploy/build-widget.sh

setup: .venv/.synced build/engine/.built widget/dist/.built ## locked Python environment, compiled engine, built chat page

system: ## system packages that the tests need (Chromium, CJK fonts, PostgreSQL), by apt
	@bash deploy/install-system-packages.sh

run: setup ## start the assistant and print the address of the chat page
	@$(PY) -m launcher run

shell: .venv/.synced ## talk to the same assistant in `rasa shell`
	@$(PY) -m launcher shell

train: .venv/.synced ## train a model if none fits the data
	@$(PY) -m launcher train

test: setup system ## all tests: lint, unit, property, integration, conversations, browser, widget
	@$(MAKE) --no-print-directory lint
	@npm --prefix widget run lint --silent
	@npm --prefix widget test --silent
	@$(PY) -m pytest tests

test-unit: .venv/.synced ## the quick tests only
	@$(PY) -m pytest tests/unit -q

test-conversations: setup ## conversations against running servers; ONLY=name to pick
	@$(PY) -m pytest tests/conversations $(if $(ONLY),-k "$(ONLY)")

test-browser: setup system ## the chat page in real Chromium
	@$(PY) -m pytest tests/browser

test-widget: widget/dist/.built ## unit tests of the chat page
	@npm --prefix widget test --silent

eval: train ## understanding, measured; QUESTIONS=file.tsv for your own questions
	@$(PY) -m nlu.evaluation $(if $(QUESTIONS),--questions "$(QUESTIONS)")

eval-answers: setup train ## types every question of QUESTIONS=file.tsv for review; BORROWER=wang,li SAMPLE=100 SEED=7
	@$(PY) -m actions.evaluation $(QUESTIONS) $(if $(BORROWER),--borrower $(BORROWER)) $(if $(SAMPLE),--sample $(SAMPLE) --seed $(or $(SEED),0))

eval-sides: .venv/.synced ## how often the side of a topic that a question is after is found
	@$(PY) -m actions.evaluation_sides

bench: .venv/.synced build/engine/.built ## speed of the engine, the sweep and the assistant
	@$(PY) -m benchmarks

lint: .venv/.synced ## ruff, mypy, import rules
	@$(PY) -m ruff check .
	@$(PY) -m ruff format --check .
	@$(PY) -m mypy account_engine identity launcher actions nlu channels
	@.venv/bin/lint-imports

format: .venv/.synced ## put the code in the project's format
	@$(PY) -m ruff format .
	@$(PY) -m ruff check --fix .

token: .venv/.synced ## a demo sign-in token for the shell; BORROWER=zhang|li|wang|zhao|sun|chen
	@YUQI_DEMO=1 $(PY) -m identity.token $(or $(BORROWER),zhang)

clean: ## remove environment, builds, models and caches; keeps var/ (accounts and conversations)
	rm -rf .venv build widget/node_modules widget/dist models/*.tar.gz results .rasa .pytest_cache .mypy_cache .ruff_cache .hypothesis .import_linter_cache
	find . -name __pycache__ -type d -prune -exec rm -rf {} +

reset: ## forget everything that happened: accounts, conversations, demo histories
	rm -rf var
