"""Les avis dans l’API : à qui relit le bilan, sans l’adresse ni le secret du lien."""

from typing import Any

import pytest

from bilans.models import AvisBilan
from contrats.models import Contrat
from tests.appuis.api import RACINE, ids, lire, outil, probleme
from tests.factories import AvisBilanFactory, BilanFactory


@pytest.fixture
def avis(contrat: Contrat) -> AvisBilan:
    bilan = BilanFactory(contrat=contrat, avec_pdf=True)
    return AvisBilanFactory(bilan=bilan, rendu=True, courriel="a@exemple.fr", empreinte="b" * 64)


@pytest.mark.parametrize("personnage", ["coordinatrice", "partenaire", "elue", "agent_ars"])
def test_qui_relit_lit_les_avis_sans_adresse_ni_secret(
    request: Any, avis: AvisBilan, personnage: str
) -> None:
    lu = lire(outil(request.getfixturevalue(personnage)), f"avis-bilans/{avis.pk}/")
    assert (lu["sens"], lu["moyen"]) == ("FAVORABLE", "COMPTE")
    assert lu["contrat"] == str(avis.bilan.contrat_id)
    assert not {"courriel", "empreinte", "message"} & lu.keys()
    assert "a@exemple.fr" not in str(lu)


@pytest.mark.parametrize("personnage", ["lectrice", "voisine"])
def test_ni_la_lectrice_ni_la_voisine_ne_les_lisent(
    request: Any, avis: AvisBilan, personnage: str
) -> None:
    client = outil(request.getfixturevalue(personnage))
    assert ids(client, "avis-bilans/") == set()
    probleme(client.get(f"{RACINE}avis-bilans/{avis.pk}/"), 404)


def test_les_avis_se_filtrent(avis: AvisBilan, coordinatrice: Any) -> None:
    attendu = AvisBilanFactory(bilan=avis.bilan)
    client = outil(coordinatrice)
    assert ids(client, "avis-bilans/", attendu="true") == {str(attendu.pk)}
    assert ids(client, "avis-bilans/", sens="FAVORABLE") == {str(avis.pk)}
    assert ids(client, "avis-bilans/", acteur=str(attendu.acteur_id)) == {str(attendu.pk)}
    assert ids(client, "avis-bilans/", bilan=str(avis.bilan_id)) == {str(avis.pk), str(attendu.pk)}
