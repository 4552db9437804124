from datetime import date, timedelta

import pytest

from contrats.couverture import Niveau, Variante, couverture, nationale
from contrats.couverture_gardee import couvertures
from contrats.services.perimetre import retirer_communes

LE = date(2025, 6, 1)
FRANCE = Niveau.FRANCE


def lue(le: date = LE) -> int:
    lignes = couvertures(le=le, niveaux=[FRANCE], variante=Variante.SIGNE)[FRANCE]
    assert lignes == couverture(le=le, niveau=FRANCE)
    return nationale(lignes).communes_couvertes


def test_la_deuxieme_lecture_ne_recalcule_rien(contrat, django_assert_num_queries) -> None:
    lue()
    with django_assert_num_queries(1):
        couvertures(le=LE, niveaux=[FRANCE], variante=Variante.SIGNE)


def test_une_commune_sortie_se_voit_aussitot(contrat, coordinatrice) -> None:
    avant = lue()
    commune = contrat.perimetres.ouvertes().first().commune
    retirer_communes(
        contrat=contrat,
        communes=[commune.pk],
        date_sortie=LE - timedelta(days=1),
        par=coordinatrice,
    )
    assert lue() == avant - 1


@pytest.mark.parametrize("champ", ["date_signature", "date_debut"])
def test_une_date_du_contrat_se_voit_aussitot(contrat, champ) -> None:
    assert lue() > 0
    setattr(contrat, champ, LE + timedelta(days=1))
    contrat.version += 1
    contrat.save()
    assert lue() == 0


def test_chaque_jour_a_sa_couverture(contrat) -> None:
    assert lue() > 0
    assert lue(date(1999, 1, 1)) == 0
