"""Chaque application ne regarde que vers le bas, et rien ne triche avec cette règle."""

import ast
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tests.architecture.sources import (
    PAQUETS,
    PROJET,
    imports,
    imports_de,
    lignes_qui,
    liste,
    nom,
    python,
)

LINT_IMPORTS = Path(sys.executable).with_name("lint-imports")

# Une faute par contrat : (fichier, import ajouté, contrat qui doit casser)
INTRUS = [
    ("acteurs/services/intrus.py", "import bilans.models", "Les applications ne regardent"),
    ("contrats/models/intrus.py", "import contrats.services.plan", "les pièces ne regardent"),
    ("contrats/intrus.py", "import weasyprint", "WeasyPrint n'entre que par bilans.pdf"),
    ("bilans/services/intrus.py", "import docx", "python-docx n'entre que par"),
    ("contrats/services/intrus.py", "import celery", "Le métier ignore le web"),
]


def lint_imports(dossier: Path) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [str(LINT_IMPORTS), "--no-cache"],
        cwd=dossier,
        capture_output=True,
        text=True,
        check=False,
    )


def test_le_sens_des_imports_est_respecte():
    resultat = lint_imports(PROJET)
    assert resultat.returncode == 0, resultat.stdout
    assert " 0 broken" in resultat.stdout


def test_aucune_exception_n_est_accordee():
    assert "ignore_imports" not in (PROJET / "pyproject.toml").read_text(encoding="utf-8")


@pytest.fixture(scope="module")
def projet_avec_intrus(tmp_path_factory) -> Path:
    """Une copie du code avec, pour chaque contrat, un import qui le viole."""
    copie = tmp_path_factory.mktemp("projet")
    shutil.copy(PROJET / "pyproject.toml", copie)
    for paquet in PAQUETS:
        shutil.copytree(
            PROJET / paquet, copie / paquet, ignore=shutil.ignore_patterns("__pycache__", "donnees")
        )
    for fichier, import_fautif, _ in INTRUS:
        (copie / fichier).write_text(f"{import_fautif}\n", encoding="utf-8")
    return copie


def test_un_import_interdit_est_refuse_par_chaque_contrat(projet_avec_intrus):
    sortie = lint_imports(projet_avec_intrus).stdout
    casses = [ligne for ligne in sortie.splitlines() if ligne.endswith("BROKEN")]
    manques = [c for *_, c in INTRUS if not any(c in ligne for ligne in casses)]
    assert not manques, f"{manques} n’a pas vu l’intrus :\n{sortie}"


def test_aucun_import_relatif():
    fautes = [
        f"{nom(f)}:{n.lineno}"
        for f in python(tests=True)
        for n, _ in imports(f)
        if isinstance(n, ast.ImportFrom) and n.level
    ]
    assert not fautes, liste(fautes)


def test_aucun_import_dans_une_fonction():
    """Un import local cache un cycle : la requête appartient à l’application du dessus."""
    fautes = [
        f"{nom(f)}:{n.lineno}"
        for f in python(tests=True)
        for n, dans_une_fonction in imports(f)
        if dans_une_fonction
    ]
    assert not fautes, liste(fautes)


def test_un_import_cache_dans_une_fonction_se_voit():
    code = "import a\nclass C:\n def f(self):\n  try: pass\n  except E:\n   from b import c\n"
    code += "async def g():\n match x:\n  case 1: import d\n"
    vus = list(imports_de(ast.parse(code)))
    assert [(n.lineno, dedans) for n, dedans in vus] == [(1, False), (6, True), (9, True)]


def test_aucun_import_par_son_nom_pour_contourner_le_sens():
    motif = re.compile(r"\b(import_module|__import__|apps\.get_model)\(")
    assert not lignes_qui(motif, python()), liste(lignes_qui(motif, python()))


def test_aucun_signal():
    """Un effet métier s’appelle dans un service."""
    motif = re.compile(
        r"db\.models\.signals|django\.dispatch|@receiver|\.connect\(\s*\w+,\s*sender"
    )
    assert not lignes_qui(motif, python()), liste(lignes_qui(motif, python()))
