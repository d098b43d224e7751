# Plimsoll. `make demo` shows it, `make test` is what a developer trusts; everything they need they install themselves.
SHELL := /bin/sh
BIN := node_modules/.bin
INSTALLED := node_modules/.package-lock.json

.PHONY: help demo test test-matrix check unit e2e bench generate format clean

help: ## Show this list
	@grep -E '^[a-z0-9-]+:.*##' $(MAKEFILE_LIST) | sed 's/:.*## /\t/' | expand -t 12

$(INSTALLED): package.json package-lock.json
	npm ci --ignore-scripts --no-fund --no-audit --loglevel=error
	@touch $(INSTALLED)

demo: $(INSTALLED) ## A real cluster with a sample shop, judged; DEMO_ONCE=1 ends after printing
	@npm run --silent demo

test: check unit e2e ## Everything: check, unit tests, end-to-end tests on the real control plane

check: $(INSTALLED) ## Format, lint, types, dead code, generated files
	npm run --silent check

unit: $(INSTALLED) ## Unit tests
	npm run --silent test:unit

# The versions of Kubernetes that the end-to-end tests are run against by hand, and the oldest of them, which CI runs too.
MATRIX := 1.37 1.36 1.34 1.32

test-matrix: $(INSTALLED) ## End-to-end tests on every version of the matrix, one after the other
	@for minor in $(MATRIX); do \
	  echo "Kubernetes $$minor" && $(MAKE) --no-print-directory e2e KUBERNETES_MINOR=$$minor || exit 1; \
	done

e2e: $(INSTALLED) ## End-to-end tests on the real control plane
	npm run --silent build
	KUBERNETES_MINOR=$(KUBERNETES_MINOR) npm run --silent test:e2e

bench: $(INSTALLED) ## Load and measure: make bench ARGS="--pods 2000"
	npm run --silent build
	npm run --silent bench -- $(ARGS)

generate: $(INSTALLED) ## Make the generated files anew
	npm run --silent generate

format: $(INSTALLED) ## Format everything
	$(BIN)/prettier --log-level warn --write .

clean: ## Remove what was built here (caches outside stay)
	rm -rf dist coverage
