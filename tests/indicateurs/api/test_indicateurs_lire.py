from typing import Any

import pytest
from django.test import Client

from contrats.models import Contrat
from indicateurs.models import Indicateur
from tests.appuis.api import RACINE, ids, lire, outil, probleme
from tests.factories import IndicateurFactory, MesureFactory


def test_un_indicateur_dit_son_unite_sa_cible_et_sa_source(indicateur: Indicateur) -> None:
    lu = lire(Client(), f"indicateurs/{indicateur.pk}/")

    assert lu["unite"] == "nombre"
    assert lu["cible"] == "400.0000"
    assert lu["annee_cible"] == 2028
    assert lu["source"]


def test_un_indicateur_non_publie_est_introuvable_hors_de_l_equipe(
    contrat: Contrat, lectrice: Any, voisine: Any
) -> None:
    interne = IndicateurFactory(contrat=contrat, interne=True)
    mesure = MesureFactory(indicateur=interne)

    for chemin in (f"indicateurs/{interne.pk}/", f"mesures/{mesure.pk}/"):
        probleme(Client().get(RACINE + chemin), 404)
        probleme(outil(voisine).get(RACINE + chemin), 404)
        assert lire(outil(lectrice), chemin)


@pytest.mark.parametrize(
    ("filtres", "trouve"),
    [
        ({"recherche": "recues PERMANENCES"}, True),
        ({"recherche": "vaccins"}, False),
        ({"type": "REALISATION"}, True),
        ({"type": "IMPACT"}, False),
        ({"avec_cible": "true"}, True),
        ({"avec_cible": "false"}, False),
        ({"region": "53"}, True),
        ({"region": "76"}, False),
    ],
)
def test_les_indicateurs_se_filtrent(
    indicateur: Indicateur, filtres: dict[str, Any], *, trouve: bool
) -> None:
    assert (str(indicateur.pk) in ids(Client(), "indicateurs/", **filtres)) is trouve


def test_les_valeurs_se_filtrent_par_annee_et_par_contrat(
    indicateur: Indicateur, contrat: Contrat
) -> None:
    ancienne = MesureFactory(indicateur=indicateur, annee=2023)
    recente = MesureFactory(indicateur=indicateur, annee=2025)

    assert ids(Client(), "mesures/", annee=2023) == {str(ancienne.pk)}
    assert ids(Client(), "mesures/", annee_min=2024) == {str(recente.pk)}
    assert ids(Client(), "mesures/", annee_max=2024, contrat=str(contrat.pk)) == {str(ancienne.pk)}


def test_une_valeur_secrete_est_nulle(indicateur: Indicateur) -> None:
    mesure = MesureFactory(indicateur=indicateur, secrete=True)

    lue = lire(Client(), f"mesures/{mesure.pk}/")

    assert lue["valeur"] is None
    assert lue["qualite"] == "SECRET_STATISTIQUE"
