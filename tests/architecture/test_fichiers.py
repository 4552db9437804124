"""Des pièces petites, nommées par ce qu’elles font, rangées où l’on s’attend à les trouver."""

import re

from tests.architecture.sources import (
    PROJET,
    fichiers,
    gabarits,
    lignes_qui,
    liste,
    nom,
    python,
    texte,
)

LIGNES_PYTHON = 300
LIGNES_GABARIT = 150

DOSSIERS = {
    "acteurs",
    "bench",
    "bilans",
    "cls_platform",
    "contrats",
    "docs",
    "indicateurs",
    "static",
    "templates",
    "tests",
}
FICHIERS = {
    "CHANGELOG.md",
    "Dockerfile",
    "LICENSE",
    "Makefile",
    "README.md",
    "docker-compose.yml",
    "manage.py",
    "package-lock.json",
    "package.json",
    "pyproject.toml",
    "requirements-dev.lock",
    "requirements.lock",
}
FOURRE_TOUT = re.compile(r"^(utils?|helpers?|misc|commun|outils|divers|mixins)\.py$")
# Le nom d’une grille de recherche qui n’est pas la nôtre, écrit en deux morceaux
MOT_INTERDIT = re.compile("cloter" + "res", re.IGNORECASE)
CHEMIN_DE_MACHINE = re.compile(r"(?<![\w./$}-])/(work|home|root|Users)/\w")
LIBELLE_COMPARE = re.compile(
    r"(\.label|\.libelle|get_\w+_display(\(\))?)\s*(==|!=|\bin\b)|(==|!=)\s*\w+(\.\w+)*\.(label|get_\w+_display)\b"
)


def trop_longs(lus, limite: int) -> list[str]:
    return [f"{nom(f)} : {n} lignes" for f in lus if (n := len(texte(f).splitlines())) > limite]


def test_aucun_fichier_python_de_plus_de_300_lignes():
    fautes = trop_longs(python(tests=True), LIGNES_PYTHON)
    assert not fautes, liste(fautes)


def test_aucun_gabarit_de_plus_de_150_lignes():
    fautes = trop_longs(gabarits(), LIGNES_GABARIT)
    assert not fautes, liste(fautes)


def test_aucun_fichier_fourre_tout():
    fautes = [nom(f) for f in python(tests=True) if FOURRE_TOUT.match(f.name)]
    assert not fautes, liste(fautes)


def test_aucun_module_ne_porte_le_nom_d_un_modele_du_metier():
    """`actions.py` se lirait « les actions du contrat »."""
    fautes = [nom(f) for f in python() if f.name in {"actions.py", "action_utils.py"}]
    assert not fautes, liste(fautes)


def test_le_haut_de_l_arbre_est_celui_de_la_conception():
    racine = {nom(f).split("/")[0] for f in fichiers() if not nom(f).startswith(".")}
    inattendus = {n for n in racine if n not in (DOSSIERS if (PROJET / n).is_dir() else FICHIERS)}
    assert not inattendus, liste(inattendus)


def test_la_grille_de_recherche_n_est_nommee_nulle_part():
    fautes = lignes_qui(MOT_INTERDIT, fichiers())
    assert not fautes, liste(fautes)


def test_aucun_chemin_d_une_machine_particuliere():
    fautes = lignes_qui(CHEMIN_DE_MACHINE, fichiers(), sauf={"tests/architecture/test_fichiers.py"})
    assert not fautes, liste(fautes)


def test_un_libelle_ne_se_compare_jamais():
    """On compare des codes ; un libellé se relit et se traduit."""
    fautes = lignes_qui(LIBELLE_COMPARE, [*python(), *gabarits()])
    assert not fautes, liste(fautes)


def test_rien_n_est_remis_a_plus_tard():
    motif = re.compile(r"\b(TODO|FIXME|XXX|HACK)\b")
    fautes = lignes_qui(motif, python(), sauf=set())
    assert not fautes, liste(fautes)


def test_aucun_champ_numerote():
    """`commentaire_1, commentaire_2…` est une table qui s’ignore."""
    motif = re.compile(r"^\s{4}(\w+_[1-9])\s*(:.*)?=\s*models\.")
    fautes = lignes_qui(motif, [f for f in python() if "/models/" in nom(f)])
    assert not fautes, liste(fautes)
