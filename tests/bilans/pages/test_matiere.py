"""La matière à côté de l’éditeur, et « Reprendre » : ce qui est tapé part avec ce qui est repris."""

from datetime import date

import pytest
from bs4 import BeautifulSoup
from django.urls import reverse

from bilans.services.ouverture import ouvrir_bilan
from tests.factories import NoteSuiviFactory


@pytest.fixture
def bilan(contrat, coordinatrice, action):
    NoteSuiviFactory(
        action=action, date_note=date(2025, 11, 3), fait="Trois ateliers", freins="Gel"
    )
    return ouvrir_bilan(contrat=contrat, annee=2025, par=coordinatrice)


def adresse(bilan, code: str) -> str:
    return reverse("bilans:matiere", args=[bilan.pk, code])


def envoyer(client, page: BeautifulSoup, bouton, **tape: str):
    """Comme un navigateur sans JavaScript : les champs du formulaire, puis le bouton pressé."""
    form = page.find("form", id=bouton["form"])
    donnees = {c["name"]: c.get("value", "") for c in form.select("input[name]")}
    donnees |= {c["name"]: c.get_text().lstrip("\n") for c in form.select("textarea[name]")}
    return client.post(form["action"], {**donnees, **tape, bouton["name"]: bouton["value"]})


def bouton_de(page: BeautifulSoup, texte: str):
    return next(b for b in page.select("button[name=reprendre]") if b["value"] == texte)


def test_la_matiere_se_lit_dans_sa_page_ou_a_cote(client_de, coordinatrice, bilan):
    client = client_de(coordinatrice)
    entiere = client.get(adresse(bilan, "DIFFICULTES"))
    assert b"<h1>" in entiere.content
    a_cote = client.get(adresse(bilan, "DIFFICULTES"), headers={"hx-request": "true"})
    assert b"<h1>" not in a_cote.content
    assert "Gel" in entiere.content.decode()
    assert "Gel" in a_cote.content.decode()


def test_reprendre_depuis_la_page_garde_ce_qui_etait_ecrit(client_de, coordinatrice, bilan):
    client = client_de(coordinatrice)
    section = bilan.sections.get(code="EDITO")
    section.texte, section.signature = "Déjà écrit.", "Camille Exemple"
    section.save()
    page = BeautifulSoup(client.get(adresse(bilan, "EDITO")).content, "html.parser")
    reponse = envoyer(client, page, bouton_de(page, "Trois ateliers"))
    assert reponse.status_code == 303
    section.refresh_from_db()
    assert section.texte == "Déjà écrit.\n\nTrois ateliers"
    assert (section.signature, section.version) == ("Camille Exemple", 2)


def test_reprendre_depuis_l_editeur_emporte_ce_qui_est_tape(client_de, coordinatrice, bilan):
    client = client_de(coordinatrice)
    editeur = reverse("bilans:ecrire_section", args=[bilan.pk, "DIFFICULTES"])
    page = BeautifulSoup(client.get(editeur).content, "html.parser")
    lue = client.get(adresse(bilan, "DIFFICULTES"), headers={"hx-request": "true"})
    bouton = bouton_de(BeautifulSoup(lue.content, "html.parser"), "Gel")
    reponse = envoyer(client, page, bouton, texte="Je viens de taper ceci.")
    assert reponse.status_code == 303
    assert bilan.sections.get(code="DIFFICULTES").texte == "Je viens de taper ceci.\n\nGel"


def test_reprendre_sur_une_version_perimee_montre_les_deux(client_de, coordinatrice, bilan):
    client = client_de(coordinatrice)
    page = BeautifulSoup(client.get(adresse(bilan, "DIFFICULTES")).content, "html.parser")
    bilan.sections.filter(code="DIFFICULTES").update(version=9, texte="La leur.")
    reponse = envoyer(client, page, bouton_de(page, "Gel"))
    assert reponse.status_code == 409
    assert "La leur." in reponse.content.decode()


def test_la_proposition_est_dite_telle_tant_que_personne_ne_l_a_gardee(
    client_de, coordinatrice, bilan, action
):
    action.statut = "EN_PAUSE"
    action.save()
    lue = client_de(coordinatrice).get(adresse(bilan, "DIFFICULTES")).content.decode()
    assert "Proposition" in lue
    assert bilan.sections.get(code="DIFFICULTES").texte == ""


def test_une_partie_qui_se_fait_seule_n_a_rien_a_reprendre(client_de, coordinatrice, bilan):
    page = client_de(coordinatrice).get(adresse(bilan, "GLOSSAIRE")).content.decode()
    assert "Cette partie se fait seule" in page
    assert 'name="reprendre"' not in page


@pytest.mark.parametrize(
    ("personnage", "statut"), [("elue", 403), ("lectrice", 403), ("voisine", 404)]
)
def test_la_matiere_est_a_qui_ecrit_le_bilan(request, client_de, bilan, personnage, statut):
    client = client_de(request.getfixturevalue(personnage))
    assert client.get(adresse(bilan, "EDITO")).status_code == statut
