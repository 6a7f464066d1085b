# One screen. `make demo` and `make test` set up what they need in .venv; elsewhere: make test VENV=FOLDER
PYTHON ?=
VENV ?= .venv
export PYTHON VENV
BIN = "$(VENV)/bin"
.PHONY: help demo test lint types docs bench lock bundle neo4j neo4j-stop clean run-env dev-env

help: ## this list
	@sed -n 's/^\([a-z0-9-]*\):.*## /  make \1	/p' Makefile

demo: run-env ## set up and run the main job: Baotou's chains, what is missing, a map
	@$(BIN)/liantu demo

test: dev-env ## set up and pass the tests
	@$(BIN)/python -m pytest

lint: dev-env ## style, and the lint of the model
	@$(BIN)/python -m ruff check .
	@$(BIN)/python -m graph.lint
types: dev-env ## types, strictly
	@$(BIN)/python -m mypy

docs: dev-env ## write the generated part of docs/
	@$(BIN)/python -m reports.docs && $(BIN)/python -m scripts.pictures
bench: dev-env ## speed and size, side by side in one run; FULL=--full: a million firms too
	@$(BIN)/python -m benchmarks.bench && $(BIN)/python -m benchmarks.whole_province $(FULL) && $(BIN)/python -m benchmarks.first_frame

lock: dev-env ## lock the newest versions that fit
	@sh scripts/lock.sh
bundle: dev-env ## archives for desks without network, in dist/; PLATFORM=linux-x86_64: that one
	@$(BIN)/python -m scripts.bundle $(if $(PLATFORM),--platform $(PLATFORM))

neo4j: run-env ## a Neo4j on this machine, without Docker: see docs/neo4j.md
	@$(BIN)/python scripts/neo4j_server.py start
neo4j-stop: run-env ## end it; its data stay
	@$(BIN)/python scripts/neo4j_server.py stop

clean: ## remove what make and the tools made
	@rm -rf "$(VENV)" dist build .pytest_cache .mypy_cache .ruff_cache .hypothesis

run-env: ; @sh scripts/setup.sh run
dev-env: ; @sh scripts/setup.sh dev
