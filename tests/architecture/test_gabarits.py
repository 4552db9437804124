"""Les gabarits : chacun sert, chacun se présente, aucun ne porte de style ni de code."""

import re
from functools import cache
from pathlib import Path

from django.template.loader import get_template
from django.template.utils import get_app_template_dirs

from tests.architecture.sources import fichiers, gabarits, lignes_qui, liste, nom, python, texte

# Les pages que Django cherche par leur nom
ERREURS = {"400.html", "403.html", "404.html", "500.html"}


@cache
def tout_le_texte() -> str:
    return "\n".join(texte(f) for f in [*gabarits(), *python()])


def nom_de_gabarit(fichier: Path) -> str:
    return nom(fichier).removeprefix("templates/")


@cache
def gabarits_des_paquets() -> frozenset[str]:
    """Ceux que nous remplaçons : leur paquet les demande par leur nom."""
    etrangers = [Path(d) for d in get_app_template_dirs("templates")]
    return frozenset(
        str(f.relative_to(d))
        for d in etrangers
        for f in d.rglob("*")
        if f.suffix in {".html", ".txt"}
    )


def test_aucun_gabarit_inutile():
    inutiles = [
        nom_de_gabarit(f)
        for f in gabarits()
        if (n := nom_de_gabarit(f)) not in ERREURS | gabarits_des_paquets()
        and f'"{n}"' not in tout_le_texte()
        and f'"{n}#' not in tout_le_texte()
    ]
    assert not inutiles, liste(inutiles)


def test_chaque_gabarit_se_compile():
    for fichier in gabarits():
        get_template(nom_de_gabarit(fichier))


def test_chaque_composant_commence_par_dire_ses_parametres():
    fautes = [
        nom(f)
        for f in gabarits()
        if nom(f).startswith("templates/composants/") and not texte(f).startswith("{#")
    ]
    assert not fautes, liste(fautes)


def test_aucun_style_ni_script_dans_une_page():
    """La politique de sécurité les refuserait ; le PDF, qui n’est pas une page, a ses propres règles."""
    motif = re.compile(
        r"<style|<script(?![^>]*\bsrc=)|<[^>]*\s(style|on[a-z]+|hx-on\S*)=|javascript:", re.I
    )
    lus = [f for f in gabarits() if "/pdf/" not in nom(f)]
    fautes = lignes_qui(motif, lus)
    assert not fautes, liste(fautes)


def test_rien_ne_vient_d_un_autre_serveur():
    lus = [*gabarits(), *(f for f in fichiers() if f.suffix in {".css", ".js"})]
    motif = re.compile(
        r"@import\s+(url\()?[\"']?(https?:)?//|url\([\"']?(https?:)?//|from\s+[\"']https?:|"
        r"<(script|link|img)[^>]+(src|href)=[\"'](https?:)?//",
        re.I,
    )
    fautes = lignes_qui(motif, lus)
    assert not fautes, liste(fautes)


def test_un_fragment_est_range_avec_les_fragments():
    """`<app>/fragments/_x.html`, `mise_en_page/_x.html`, `composants/_x.html` : jamais ailleurs."""
    permis = re.compile(r"(fragments|mise_en_page|composants|galerie|pdf|api)/_")
    fautes = [nom(f) for f in gabarits() if f.name.startswith("_") and not permis.search(nom(f))]
    assert not fautes, liste(fautes)


def test_aucun_droit_n_est_epele_dans_un_gabarit():
    motif = re.compile(r"is_staff|is_superuser|est_administrateur|\.role\s*==|role\s+==")
    fautes = lignes_qui(motif, gabarits())
    assert not fautes, liste(fautes)


def test_aucun_filtre_safe_sur_une_valeur_saisie():
    """`safe` n’est permis que pour l’aide d’un champ, écrite par nous."""
    motif = re.compile(r"\|\s*safe\b(?!seq)|autoescape off")
    pages = [f for f in gabarits() if f.suffix == ".html"]
    fautes = [f for f in lignes_qui(motif, pages) if "help_text" not in f]
    assert not fautes, liste(fautes)
