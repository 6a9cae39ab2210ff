# Each target makes or refreshes .venv by itself; GNU make and Python 3.11 or newer with venv are all it needs.
PYTHON ?= python3
BIN := .venv/bin
STILL ?=
MOOD ?=
export PIP_DISABLE_PIP_VERSION_CHECK := 1

.PHONY: demo test check run bench bench-peers bench-diffusion chaos load kinds fuzz clean
.DELETE_ON_ERROR:

demo: .venv/demo
	$(BIN)/python -m tests.demo $(if $(STILL),--still "$(STILL)") $(if $(MOOD),--mood "$(MOOD)")

# Much of it waits for processes that come and go, so more files than processors share the machine.
# Hundreds of them start: what they import is compiled once, whatever the environment says.
test: export PYTHONDONTWRITEBYTECODE :=
test: .venv/dev
	$(BIN)/python -m pytest --numprocesses 3 --dist loadfile

check: .venv/dev
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/lint-imports
	$(BIN)/pyright

run: .venv/renderer
	$(BIN)/python -m bot

bench: .venv/dev
	$(BIN)/python -m tests.bench

# Peers that cannot be installed are said to be missing.
bench-peers: .venv/dev
	test -x .venv/apart/bin/python || $(PYTHON) -m venv .venv/apart
	-.venv/apart/bin/python -m pip install --quiet --requirement tests/bench/peers.txt
	$(BIN)/python -m tests.bench.peers

bench-diffusion: .venv/dev
	$(BIN)/python -m tests.bench.diffusion

# Faults, crowds and bad input, each for some minutes; `make test` has a short form of each. Options: TAKES=, SEED=.
chaos: .venv/dev
	$(BIN)/python -m tests.chaos $(if $(TAKES),--takes $(TAKES)) $(if $(SEED),--seed $(SEED))

load: .venv/dev
	$(BIN)/python -m tests.load $(if $(TAKES),--takes $(TAKES))

# The head that sees sky, water and plants, from a folder of pictures and their labels.json.
kinds: .venv/dev
	$(BIN)/python -m renderer.sight.training "$(FOLDER)"

fuzz: .venv/dev
	$(BIN)/python -m tests.fuzz $(if $(SEED),--seed $(SEED))

clean:
	rm -rf .venv out

# A stamp per extra; pinned versions come from constraints.txt.
.venv/%: pyproject.toml constraints.txt
	test -x $(BIN)/python || $(PYTHON) -m venv .venv
	$(BIN)/python -m pip install --quiet --constraint constraints.txt --editable ".[$*]"
	touch $@
