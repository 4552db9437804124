"""Chaque bilan étalon : accessible sans un avertissement, lisible dans l’ordre, sans débordement."""

from dataclasses import replace
from pathlib import Path

import outloud
import pytest
from django.template.loader import render_to_string

from bilans.mise_en_page import contexte
from bilans.mise_en_page.elus import PAGES_DES_ELUS
from bilans.mise_en_page.images_sures import adresser, images_sures
from bilans.pdf import ResultatPdf, rendre, rendre_elus
from tests.bilans.golden.cas import CAS, Cas
from tests.bilans.golden.lecture import (
    blocs,
    est_de_droite,
    fin_du_bloc,
    mots_hors_de_la_page,
    mots_seuls,
    serre,
    texte,
    titres_seuls_en_bas,
)


@pytest.fixture(scope="module", params=CAS)
def cas(request: pytest.FixtureRequest) -> Cas:
    return CAS[request.param]()


@pytest.fixture(scope="module")
def resultat(cas: Cas) -> ResultatPdf:
    return rendre(*cas)


@pytest.fixture(scope="module")
def elus(cas: Cas) -> ResultatPdf:
    return rendre_elus(*cas)


@pytest.fixture(scope="module")
def html(cas: Cas) -> str:
    bilan, images = cas
    vues = contexte(bilan, adresser(images_sures(bilan, images)))
    return render_to_string("bilans/pdf/bilan.html", vues)


def constats(octets: bytes, dossier: Path) -> list[str]:
    fichier = dossier / "bilan.pdf"
    fichier.write_bytes(octets)
    return [str(c) for c in outloud.check(fichier).findings if c.severity != "info"]


def test_le_bilan_est_accessible(resultat: ResultatPdf, tmp_path: Path) -> None:
    assert constats(resultat.octets, tmp_path) == []


def test_les_deux_pages_des_elus_sont_accessibles(elus: ResultatPdf, tmp_path: Path) -> None:
    assert elus.pages == PAGES_DES_ELUS
    assert constats(elus.octets, tmp_path) == []


def test_les_memes_donnees_donnent_les_memes_octets(cas: Cas, resultat: ResultatPdf) -> None:
    assert rendre(*cas).sha256 == resultat.sha256


def test_tout_le_texte_se_relit_dans_l_ordre(html: str, resultat: ResultatPdf) -> None:
    """De droite à gauche aussi : là, les mots seuls, lettre à lettre."""
    lu, place, perdus = texte(resultat.octets), 0, []
    comparer = mots_seuls if est_de_droite(lu) else serre
    lu = comparer(lu)
    for bloc in blocs(html):
        fin = fin_du_bloc(lu, comparer(bloc), place)
        if fin < 0:
            perdus.append(bloc[:80])
        else:
            place = fin
    assert perdus == []


def test_rien_ne_deborde_de_la_page(resultat: ResultatPdf, elus: ResultatPdf) -> None:
    assert mots_hors_de_la_page(resultat.octets) == []
    assert mots_hors_de_la_page(elus.octets) == []


def test_aucun_titre_ne_reste_seul_en_bas_de_page(resultat: ResultatPdf) -> None:
    assert titres_seuls_en_bas(resultat.octets) == []


def test_les_deux_pages_des_elus_disent_l_annee_et_le_contrat() -> None:
    bilan, images = CAS["complet"]()
    # Ce qui est à décider prend la place de ce qui l’a été (tests/bilans/test_a_decider.py)
    sans = replace(bilan, textes=replace(bilan.textes, a_decider=None))
    lu = texte(rendre_elus(sans, images).octets)
    for attendu in ("Bilan2025", "pourlesélus", "Cequiavance", "Cequibloque", "Quipaie",
                    "Cequiaétédécidéen2025", "Lessuitesen2026", "cls.exemple.fr/b/"):  # fmt: skip
        assert attendu in lu
