"""Tous les contrôles du code, puis tous les échecs ensemble : `make check`.

Ne charge pas Django : des réglages cassés sont un échec parmi d'autres, pas la fin du rapport.
"""

import os
import subprocess
import sys
import time
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from pathlib import Path

from cls_platform.socle.verrous import verrous_perimes

PROJET = Path(__file__).resolve().parents[2]
APPLICATIONS = ("cls_platform", "acteurs", "contrats", "indicateurs", "bilans")
# Valeurs factices : « check --deploy » contrôle les réglages, il n'ouvre aucune connexion.
PRODUCTION = {
    "DJANGO_SETTINGS_MODULE": "cls_platform.settings.prod",
    "SECRET_KEY": "controle-" + "0123456789abcdefghijklmnopqrstuvwxyz" * 2,
    "DATABASE_URL": "postgresql://cls@localhost/cls",
    "REDIS_URL": "redis://localhost:6379/0",
    "ALLOWED_HOSTS": "cls.exemple.fr",
    "ADRESSE_PUBLIQUE": "https://cls.exemple.fr",
    "CLS_EDITEUR_NOM": "Éditeur d’essai",
    "CLS_EDITEUR_ADRESSE": "1, rue d’essai",
    "CLS_EDITEUR_TELEPHONE": "00 00 00 00 00",
    "CLS_DIRECTION_PUBLICATION": "La direction d’essai",
    "CLS_HEBERGEUR_NOM": "Hébergeur d’essai",
    "CLS_HEBERGEUR_ADRESSE": "2, rue d’essai",
    "CLS_HEBERGEUR_TELEPHONE": "00 00 00 00 00",
    "CLS_DPO_CONTACT": "dpo@exemple.fr",
}
LINT_MIGRATIONS = (
    *("lintmigrations", "--no-cache", "--quiet", "ok", "ignore"),
    *("--include-apps", "socle", "acteurs", "contrats", "indicateurs", "bilans"),
    # Posées avant toute mise en service : les verrous qu’elles prennent ne gênent personne
    *("--ignore-name", "0002_region_des_actions", "0003_fiche_complete"),
    # Leurs index se bâtissent « CONCURRENTLY », ce que l’outil ne lit pas
    "0004_unicites",
    "0005_adresses_courtes",
)
SCHEMA_COMPOSE = ("--builtin-schema", "vendor.compose-spec", "docker-compose.yml")
TESTS = {"DJANGO_SETTINGS_MODULE": "cls_platform.settings.test"}


@dataclass(frozen=True)
class Controle:
    """Une commande de l'environnement virtuel ; réussie si elle rend 0."""

    titre: str
    commande: tuple[str, ...]
    variables: dict[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Constat:
    titre: str
    reussi: bool
    sortie: str
    secondes: float


def controles() -> list[Controle]:
    gabarits = tuple(str(g.relative_to(PROJET)) for g in sorted(PROJET.glob("templates/**/*.html")))
    return [
        Controle("Types", ("mypy", *APPLICATIONS)),
        Controle("Mise en forme du Python", ("ruff", "format", "--check", ".")),
        Controle("Règles du Python", ("ruff", "check", ".")),
        Controle("Sens des imports", ("lint-imports",)),
        Controle("Dépendances déclarées", ("deptry", ".")),
        Controle("Composition Docker", ("check-jsonschema", *SCHEMA_COMPOSE)),
        Controle("Gabarits : écriture", ("djade", "--check", *gabarits)),
        Controle("Gabarits : retraits", ("djhtml", "--check", *gabarits)),
        Controle("Gabarits : défauts", ("djlint", "--lint", "--quiet", "templates")),
        Controle("Gabarits : syntaxe", ("curlylint", "--parse-only", "templates")),
        Controle(
            "Migrations à jour",
            ("python", "manage.py", "makemigrations", "--check", "--dry-run"),
            TESTS,
        ),
        Controle("Migrations sans danger", ("python", "manage.py", *LINT_MIGRATIONS), TESTS),
        Controle(
            "Réglages de production",
            ("python", "manage.py", "check", "--deploy", "--fail-level", "WARNING"),
            PRODUCTION,
        ),
    ]


def executer(controle: Controle) -> Constat:
    depart = time.monotonic()
    programme, *arguments = controle.commande
    resultat = subprocess.run(  # noqa: S603  (la liste ci-dessus)
        [str(Path(sys.executable).parent / programme), *arguments],
        cwd=PROJET,
        env=os.environ | controle.variables,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        check=False,
    )
    reussi = resultat.returncode == 0
    return Constat(controle.titre, reussi, resultat.stdout, time.monotonic() - depart)


def controler_verrous() -> Constat:
    perimes = verrous_perimes(PROJET)
    phrase = f"À refaire par « make verrous » : {', '.join(perimes)}"
    return Constat("Verrous à jour", not perimes, phrase if perimes else "", 0.0)


def montrer(constat: Constat) -> None:
    verdict = "ok   " if constat.reussi else "ÉCHEC"
    duree = f"{constat.secondes:5.1f} s".replace(".", ",")
    sys.stdout.write(f"  {verdict}  {duree}  {constat.titre}\n")
    sys.stdout.flush()


def main() -> int:
    constats = [controler_verrous()]
    montrer(constats[0])
    with ThreadPoolExecutor(os.cpu_count()) as equipe:
        for constat in equipe.map(executer, controles()):
            montrer(constat)
            constats.append(constat)
    echecs = [constat for constat in constats if not constat.reussi]
    for echec in echecs:
        sys.stdout.write(f"\n=== {echec.titre}\n{echec.sortie.strip()}\n")
    sys.stdout.write(f"\n{len(constats) - len(echecs)} contrôles réussis, {len(echecs)} en échec\n")
    return 1 if echecs else 0


if __name__ == "__main__":
    sys.exit(main())
