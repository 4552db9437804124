"""Ce que lisent les tests d’architecture : nos fichiers, tels que git les garderait."""

import ast
import subprocess
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any

PROJET = Path(__file__).resolve().parents[2]
APPLICATIONS = ("acteurs", "contrats", "indicateurs", "bilans")
PAQUETS = ("cls_platform", *APPLICATIONS)
# Du bas vers le haut : chacun n’importe que ce qui le précède
ETAGES = ("socle", "acteurs", "contrats", "indicateurs", "bilans", "demo")

# Là où une instruction en contient d’autres
SUITES = ("body", "orelse", "finalbody", "handlers", "cases")


@cache
def fichiers() -> tuple[Path, ...]:
    """Les fichiers suivis, ou qui le seraient : ni dépendances, ni fichiers construits."""
    sortie = subprocess.run(
        ["git", "ls-files", "--cached", "--others", "--exclude-standard", "-z"],
        cwd=PROJET,
        capture_output=True,
        check=True,
        text=True,
    ).stdout
    trouves = (PROJET / nom for nom in sortie.split("\0") if nom)
    return tuple(sorted(f for f in trouves if f.is_file()))


def nom(fichier: Path) -> str:
    return str(fichier.relative_to(PROJET))


@cache
def python(*, tests: bool = False, migrations: bool = False) -> tuple[Path, ...]:
    dossiers = (*PAQUETS, "tests", "bench") if tests else PAQUETS
    return tuple(
        f
        for f in fichiers()
        if f.suffix == ".py"
        and nom(f).split("/")[0] in dossiers
        and (migrations or "migrations" not in f.parts)
    )


@cache
def gabarits() -> tuple[Path, ...]:
    return tuple(f for f in fichiers() if nom(f).startswith("templates/"))


@cache
def arbre(fichier: Path) -> ast.Module:
    return ast.parse(fichier.read_text(encoding="utf-8"), str(fichier))


@cache
def imports(fichier: Path) -> tuple[tuple[ast.Import | ast.ImportFrom, bool], ...]:
    """Chaque import du fichier, et s’il est dans une fonction."""
    return tuple(imports_de(arbre(fichier)))


def imports_de(noeud: ast.AST, *, dans_une_fonction: bool = False) -> Iterator[tuple[Any, bool]]:
    """Un import est une instruction : on ne descend que d’instruction en instruction."""
    dedans = dans_une_fonction or isinstance(noeud, ast.FunctionDef | ast.AsyncFunctionDef)
    for suite in SUITES:
        for instruction in getattr(noeud, suite, ()):
            if isinstance(instruction, ast.Import | ast.ImportFrom):
                yield instruction, dedans
            elif any(hasattr(instruction, suite) for suite in SUITES):
                yield from imports_de(instruction, dans_une_fonction=dedans)


@cache
def texte(fichier: Path) -> str:
    """Le contenu, ou une chaîne vide pour une image, une police, une archive."""
    try:
        return fichier.read_text(encoding="utf-8")
    except UnicodeDecodeError:
        return ""


def lignes_qui(motif, fichiers_lus, sauf=frozenset()) -> list[str]:
    """« fichier:ligne: texte » pour chaque ligne que l’expression trouve."""
    return [
        f"{nom(f)}:{rang}: {ligne.strip()[:120]}"
        for f in fichiers_lus
        if nom(f) not in sauf
        for rang, ligne in enumerate(texte(f).splitlines(), start=1)
        if motif.search(ligne)
    ]


def liste(fautes) -> str:
    return "\n" + "\n".join(sorted(fautes))
