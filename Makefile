# The commands of this repository; docs/development.md explains them.
PYTHON ?= python3
BIN := .venv/bin
ARGS ?=

# Settings need a key and addresses to be read; nothing connects to these.
OFFLINE := SECRET_KEY=check-only-xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx DATABASE_URL=postgresql://check/check REDIS_URL=redis://check
PRODUCTION := $(OFFLINE) DEBUG=0 HTTPS=1 ALLOWED_HOSTS=crm.example.com
COMPILE := env -u PIP_FIND_LINKS ../$(BIN)/pip-compile --quiet --generate-hashes --strip-extras --allow-unsafe --no-header \
	--no-emit-index-url --no-emit-find-links --no-emit-trusted-host --annotation-style=line

# A .venv whose Python is gone (upgraded, moved) is made anew.
$(shell $(BIN)/python -c "" 2>/dev/null || rm -f .venv/.base .venv/.dev)

.PHONY: run test check audit fmt messages bench requirements clean preflight

run: preflight .venv/.base
	@$(BIN)/python manage.py run

test: preflight .venv/.dev
	@$(BIN)/python .ci/tests.py $(ARGS)

check: preflight .venv/.dev
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/lint-imports
	$(OFFLINE) $(BIN)/mypy crm customers leads opportunities orders service analytics integrations
	$(BIN)/djlint templates --lint --quiet
	HENGPU_VAR=var/check $(BIN)/python manage.py makemigrations --check --dry-run
	$(BIN)/python .ci/translations.py
	$(PRODUCTION) $(BIN)/python manage.py check --deploy --fail-level WARNING
	$(BIN)/python .ci/audit.py

# Asks the package index, so it is no part of check: run it at every release and once a week.
audit: .venv/.dev
	$(BIN)/python .ci/audit.py --advisories

fmt: .venv/.dev
	$(BIN)/ruff check --fix .
	$(BIN)/ruff format .

messages: .venv/.dev
	$(BIN)/python .ci/translations.py --update

bench: .venv/.dev
	$(BIN)/python -m bench $(ARGS)

# UPGRADE=--upgrade takes the newest versions, else those in the .txt files stay.
requirements: .venv/.dev
	cd requirements && $(COMPILE) $(UPGRADE) -o base.txt base.in && $(COMPILE) $(UPGRADE) -o dev.txt dev.in

# The data in var/ stays.
clean:
	rm -rf .venv .pytest_cache .ruff_cache .mypy_cache .import_linter_cache var/check var/static
	find . -name __pycache__ -type d -prune -exec rm -rf {} +

preflight:
	@$(PYTHON) .ci/preflight.py

.venv/.base: requirements/base.txt | preflight
	@$(BIN)/python -c "import pip" 2>/dev/null || $(PYTHON) -m venv --clear .venv
	@echo "Installing what the site needs ..."
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements/base.txt
	@touch $@

.venv/.dev: requirements/dev.txt .venv/.base
	@echo "Installing what the tests need ..."
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements/dev.txt
	@touch $@
