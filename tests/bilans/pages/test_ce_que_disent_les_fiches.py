"""« Ce que disent les fiches » : les notes de l’année, à portée de qui écrit le bilan."""

from datetime import date

import pytest
from bs4 import BeautifulSoup
from django.urls import reverse

from bilans.models import CodeSection
from bilans.rapport import construire
from tests.factories import (
    ActionFactory,
    BilanFactory,
    NoteSuiviFactory,
    SectionBilanFactory,
)


@pytest.fixture
def bilan(contrat):
    bilan = BilanFactory(contrat=contrat, annee=2025)
    for code in CodeSection:
        SectionBilanFactory(bilan=bilan, code=code)
    return bilan


@pytest.fixture
def note(action):
    return NoteSuiviFactory(
        action=action,
        date_note=date(2025, 11, 3),
        fait="Trois ateliers",
        freins="La météo a tout annulé",
        leviers="La mairie prête la salle",
        suites="Trouver un lieu couvert",
    )


def extraits(client, bilan) -> dict[str, str]:
    reponse = client.get(reverse("bilans:bilan", args=[bilan.pk]))
    assert reponse.status_code == 200
    page = BeautifulSoup(reponse.content, "html.parser")
    return {d.parent["id"]: " ".join(d.text.split()) for d in page.select("details.extraits")}


def test_chaque_section_recoit_ce_qui_l_aide(client_de, coordinatrice, bilan, note):
    lus = extraits(client_de(coordinatrice), bilan)
    assert "La météo a tout annulé" in lus["section-difficultes"]
    assert "La mairie prête la salle" in lus["section-difficultes"]
    assert "Trouver un lieu couvert" in lus["section-perspectives"]
    assert "Trois ateliers" in lus["section-edito"]
    assert "section-participation" not in lus


def test_les_notes_d_une_autre_annee_ou_d_un_autre_contrat_n_y_sont_pas(
    client_de, coordinatrice, bilan, autre_contrat
):
    NoteSuiviFactory(action=ActionFactory(contrat=bilan.contrat), date_note=date(2024, 12, 31))
    NoteSuiviFactory(action=ActionFactory(contrat=autre_contrat), date_note=date(2025, 6, 1))
    assert extraits(client_de(coordinatrice), bilan) == {}


def test_qui_n_ecrit_pas_le_bilan_ne_les_voit_pas(client_de, lectrice, bilan, note):
    assert extraits(client_de(lectrice), bilan) == {}


def test_rien_n_en_passe_dans_le_bilan_public(bilan, note):
    avant = construire(bilan, arrete_le=date(2026, 3, 1), avec_carte=False)
    note.delete()
    assert construire(bilan, arrete_le=date(2026, 3, 1), avec_carte=False) == avant


def test_le_nombre_de_requetes_ne_depend_pas_du_nombre_de_notes(
    client_de, coordinatrice, bilan, action, exiger_requetes_plates
):
    client = client_de(coordinatrice)
    exiger_requetes_plates(
        peupler=lambda n: NoteSuiviFactory.create_batch(
            n, action=action, date_note=date(2025, 5, 5), freins="Le vent"
        ),
        lire=lambda: client.get(reverse("bilans:bilan", args=[bilan.pk])),
    )
