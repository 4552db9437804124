"""Mille contrats d’un coup : un nombre fixe de requêtes, quelques secondes."""

import time
from itertools import cycle, islice

import pytest

from acteurs.models import Commune
from contrats.models import Contrat, Perimetre
from tests.contrats.cls.listes import csv, importer
from tests.factories.territoires import siren_fictif

pytestmark = pytest.mark.django_db


def lignes(nombre: int, *, nom: str = "Essai", decalage: int = 0) -> list[str]:
    """Chacun sa commune ou deux, un porteur sur trois inconnu de l’annuaire."""
    codes = cycle(Commune.objects.filter(region="53").order_by("pk").values_list("pk", flat=True))
    return [
        f"M-{rang:04d};{nom} {rang};53;{siren_fictif(rang) if rang % 3 == 0 else ''};"
        f"{' '.join(islice(codes, 1 + rang % 2))};22/01/2024;01/01/2024;31/12/2028;1;mise_en_oeuvre"
        for rang in range(decalage, decalage + nombre)
    ]


def test_creer_mille_contrats_coute_autant_de_requetes_que_d_en_creer_trois(
    administratrice, nombre_requetes
):
    peu = nombre_requetes(lambda: importer(csv(*lignes(3)), administratrice))
    mille = csv(*lignes(1000, decalage=10))
    depart = time.perf_counter()
    beaucoup = nombre_requetes(lambda: importer(mille, administratrice))
    duree = time.perf_counter() - depart
    assert Contrat.objects.count() == 1003
    assert Perimetre.objects.count() == 1504
    assert beaucoup <= peu
    assert duree < 20


def test_modifier_mille_contrats_coute_autant_de_requetes_que_d_en_modifier_trois(
    administratrice, nombre_requetes
):
    importer(csv(*lignes(1000)), administratrice)
    peu = nombre_requetes(lambda: importer(csv(*lignes(3, nom="Trois")), administratrice))
    change = csv(*(li.replace("2028", "2029") for li in lignes(1000, nom="Mille")))
    beaucoup = nombre_requetes(lambda: importer(change, administratrice))
    assert Contrat.objects.filter(nom__startswith="Mille", date_fin__year=2029).count() == 1000
    assert beaucoup <= peu + 1


def test_etudier_mille_contrats_inchanges_n_ecrit_rien(administratrice, nombre_requetes):
    contenu = csv(*lignes(1000))
    importer(contenu, administratrice)
    assert not importer(contenu, administratrice).change
    assert nombre_requetes(lambda: importer(contenu, administratrice, simuler=True)) <= 20
