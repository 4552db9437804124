# Contrats locaux de santé. « make » seul montre les cibles.

PORT ?= 8000
# Playwright garde sa boucle d’événements : ces tests ne partagent pas le processus des autres
VRAIS_PROCESSUS := tests/navigateur tests/pannes
MONTER ?=

PY := .venv/bin/python
# Sans octets gardés, chaque processus recompilerait ses bibliothèques : 3 s de calcul au démarrage
unexport PYTHONDONTWRITEBYTECODE
# Le premier Python assez récent de la machine ; il ne sert qu'à créer .venv.
SYSTEME = $(shell for p in python3.13 python3.12 python3.11 python3; do \
	$$p -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null && echo $$p && break; done)
AMORCER = @test -n "$(SYSTEME)" || { echo "Il faut Python 3.11 ou plus récent : installez-le\
 (Debian, Ubuntu : apt-get install python3 python3-venv)."; exit 1; }; \
	$(SYSTEME) -m cls_platform.demo.amorcer

.DEFAULT_GOAL := help
.PHONY: help demo test check bench format verrous nettoyer

help: ## montre cette liste
	@awk -F ':.*## ' '/^[a-z]+:.*## / {printf "  make %-10s %s\n", $$1, $$2}' $(MAKEFILE_LIST)

demo: ## la démonstration entière, sur http://localhost:8000 (PORT=… pour un autre port)
	$(AMORCER) demo --port $(PORT)
	@exec env ADRESSE_PUBLIQUE="$${ADRESSE_PUBLIQUE:-http://localhost:$(PORT)}" \
	$(PY) manage.py demarrer_demo --port $(PORT)

test: ## tous les tests, navigateur compris (ARGS="tests/contrats -k plan" pour en choisir)
	$(AMORCER) tests
	@$(PY) manage.py construire_vendor
ifdef ARGS
	@$(PY) -m pytest -n 2 --dist loadgroup $(ARGS)
else
	@$(PY) -m pytest -n 2 --dist loadgroup $(addprefix --ignore=,$(VRAIS_PROCESSUS))
	@$(PY) -m pytest -n 2 --dist loadgroup $(VRAIS_PROCESSUS)
endif

check: ## style, types, imports, gabarits, migrations, verrous : tous les échecs à la fois
	$(AMORCER) dev
	@$(PY) -m cls_platform.socle.verifications

bench: ## mesure la plateforme face à ses planchers
	$(AMORCER) dev
	@$(PY) -m bench $(ARGS)

format: ## met en forme le Python et les gabarits
	$(AMORCER) dev
	@$(PY) -m ruff format .
	@$(PY) -m ruff check --fix --exit-zero --quiet .
	@find templates -name '*.html' -exec .venv/bin/djhtml {} + || true
	@find templates -name '*.html' -exec .venv/bin/djade {} + || true

verrous: ## refait les verrous Python et npm (MONTER=1 prend les dernières versions)
	@$(SYSTEME) -m cls_platform.socle.verrous $(if $(MONTER),--monter)
	@npm install --package-lock-only --ignore-scripts

nettoyer: ## arrête les services embarqués, efface leurs données et tout ce qui se reconstruit
	@test ! -x $(PY) || $(PY) manage.py services effacer
	@rm -rf node_modules static/vendor staticfiles media .services
	@rm -rf .pytest_cache .ruff_cache .mypy_cache .import_linter_cache .hypothesis
	@find . -name __pycache__ -not -path './.venv/*' -prune -exec rm -rf {} +
