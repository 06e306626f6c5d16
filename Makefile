# make tonight   write, draw, read and file tonight's story, then build the site
# make test      run the tests
# Both set up everything they need in .venv first.

PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
TALESHELF := $(BIN)/taleshelf

.PHONY: tonight cloud serve test bench gates clients faults rehearsal mutants lint types lock clean

tonight: $(VENV)/.run
	$(TALESHELF) tonight
	$(TALESHELF) build
	@echo "Read and listen: make serve, then open http://127.0.0.1:8000/"

# The SDKs of the cloud providers, beside what every night needs.
cloud: $(VENV)/.run
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements-cloud.txt

serve: $(VENV)/.run
	$(TALESHELF) serve

test: $(VENV)/.dev
	@sh tools/browser.sh
	$(BIN)/python -m pytest -n auto --dist loadfile --no-loadscope-reorder

bench: $(VENV)/.dev
	$(BIN)/python -m tests.bench

# Beside what the tests need: npm, node and java. `make gates ONLY=axe` opens one; all of them are followed by the clients.
gates: $(VENV)/.dev
	@sh tools/browser.sh
	$(BIN)/python -m tests.gates $(addprefix --only ,$(ONLY))
	$(if $(ONLY),,$(BIN)/python -m tests.clients)

# Podcast apps from Debian, PyPI and npm read the feeds of a site that nginx serves. `make clients ONLY=gpo` asks one.
clients: $(VENV)/.dev
	$(BIN)/python -m tests.clients $(addprefix --only ,$(ONLY))

faults: $(VENV)/.dev
	$(BIN)/python -m tests.faults

# A year of the nightly workflow on this machine; NIGHTS=30 SEED=7 for another one. nginx serves the site (nginx-light of Debian).
rehearsal: $(VENV)/.dev
	$(BIN)/python -m tests.rehearsal $(addprefix --nights ,$(NIGHTS)) $(addprefix --seed ,$(SEED))

mutants: $(VENV)/.dev
	$(BIN)/mutmut run
	$(BIN)/mutmut results

lint: $(VENV)/.dev
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/zizmor --offline --persona=auditor --strict-collection --quiet .github

types: $(VENV)/.dev
	$(BIN)/mypy

# The lock files hold exact versions and hashes for every supported Python, and no address to fetch them from.
COMPILE = $(BIN)/uv pip compile pyproject.toml --universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-header --quiet
lock: $(VENV)/.dev
	$(COMPILE) --group build --upgrade -o requirements.txt
	$(COMPILE) --all-extras -c requirements.txt -o requirements-cloud.txt
	$(COMPILE) --group dev -c requirements.txt -c requirements-cloud.txt -o requirements-dev.txt
	$(subst pyproject.toml,--group pyproject.toml:clients,$(COMPILE)) --upgrade -o tests/clients/requirements.txt

clean:
	rm -rf $(VENV) site build .taleshelf .cache/clients

$(VENV)/bin/python:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || \
		{ echo "Taleshelf needs Python 3.11 or newer; name one with: make PYTHON=python3.12 tonight" >&2; exit 1; }
	@$(PYTHON) -m venv $(VENV) || \
		{ rm -rf $(VENV); echo "This Python cannot make virtual environments; on Debian its package is python3-venv." >&2; exit 1; }

$(VENV)/.run: $(VENV)/bin/python requirements.txt pyproject.toml
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements.txt
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation --editable .
	@touch $@

$(VENV)/.dev: $(VENV)/.run requirements-dev.txt
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements-dev.txt
	@touch $@
