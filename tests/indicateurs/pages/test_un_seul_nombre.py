"""Un rapport tapé d’un seul nombre est gardé, et dit comment se compter, par tous les chemins."""

import io
from decimal import Decimal

import pytest
from bs4 import BeautifulSoup
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from indicateurs.avertissements import avertir, regle_de
from indicateurs.contribution.regles import manques
from indicateurs.saisie_case import Lue
from tests.factories import IndicateurFactory

ANNEE = 2026
COMPTEZ = (
    "Comptez comme «\u00a0habitants suivis / habitants\u00a0»\u00a0: 5\u202f184 / 41\u202f806."
)


@pytest.fixture
def client(client_de, coordinatrice):
    return client_de(coordinatrice)


@pytest.fixture
def part(contrat):
    return IndicateurFactory(
        contrat=contrat, ratio=True, numerateur="habitants suivis", denominateur="habitants"
    )


def grille(contrat):
    return reverse("indicateurs:grille", args=[contrat.pk])


def lue(reponse):
    return BeautifulSoup(reponse.content, "html.parser")


@pytest.mark.parametrize(
    ("dite", "avertit"),
    [
        (Lue(Decimal("12.4")), True),
        (Lue(Decimal("12.4"), numerateur=Decimal(5184)), True),
        (Lue(Decimal("12.4"), Decimal(5184), Decimal(41806)), False),
        (Lue(None, qualite="NON_DISPONIBLE"), False),
    ],
)
def test_seul_un_rapport_sans_ses_deux_nombres_avertit(part, contrat, dite, avertit):
    assert (COMPTEZ in " ".join(avertir(regle_de(part, contrat), dite, ANNEE))) is avertit


def test_un_nombre_qui_n_est_pas_un_rapport_ne_dit_rien(indicateur, contrat):
    assert avertir(regle_de(indicateur, contrat), Lue(Decimal(12)), ANNEE) == []


def test_sans_nom_le_numerateur_et_le_denominateur_gardent_le_leur(contrat):
    sans_nom = IndicateurFactory(contrat=contrat, ratio=True, numerateur="", denominateur="")
    phrases = avertir(regle_de(sans_nom, contrat), Lue(Decimal(12)), ANNEE)
    assert "Comptez comme numérateur / dénominateur" in " ".join(phrases)


@pytest.mark.parametrize("collage", [{}, {"collage": "1"}])
def test_dans_la_grille_tape_ou_colle_il_est_garde_et_sa_case_le_dit(
    client, contrat, part, collage
):
    envoi = {f"c.{part.pk.hex}.{ANNEE}:0": "12,4", **collage}
    reponse = client.post(grille(contrat), envoi, headers={"HX-Request": "true"})
    assert reponse.status_code == 200
    assert part.mesures.get().valeur == Decimal("12.4")
    page = lue(client.get(grille(contrat)))
    dite = page.find(id=f"w-{part.pk.hex}.{ANNEE}")
    assert COMPTEZ in dite.text
    case = page.find(id=f"s-{part.pk.hex}.{ANNEE}")
    assert dite["id"] in case["aria-describedby"]


def test_le_classeur_le_dit_avant_d_ecrire(client, contrat, part):
    contenu = f"Indicateur;{ANNEE}\n{part.libelle};12,4\n".encode()
    fichier = SimpleUploadedFile("x.csv", io.BytesIO(contenu).getvalue())
    adresse = reverse("indicateurs:classeur_importer", args=[contrat.pk])
    assert COMPTEZ in lue(client.post(adresse, {"fichier": fichier})).text


@pytest.mark.parametrize(
    ("donne", "manque"), [("numerateur", "dénominateur"), ("denominateur", "numérateur")]
)
def test_un_par_un_la_page_demande_les_deux_nombres(client, contrat, part, donne, manque):
    """Elle n’a pas de case pour un taux tout fait."""
    adresse = f"{reverse('indicateurs:sur_place', args=[contrat.pk])}?annee={ANNEE}"
    envoi = {donne: "12", "qualite": "DEFINITIVE", "version": "0"}
    reponse = client.post(adresse, envoi)
    assert reponse.status_code == 422
    assert f"Donnez aussi le {manque}." in lue(reponse).text
    assert not part.mesures.exists()


def test_la_page_de_la_valeur_le_dit(client, part):
    adresse = reverse("indicateurs:valeur", args=[part.pk, ANNEE])
    envoi = {"valeur": "12,4", "qualite": "DEFINITIVE", "version": "0"}
    assert client.post(adresse, envoi).status_code == 303
    assert COMPTEZ in lue(client.get(adresse)).text


def test_au_partenaire_on_demande_les_deux_nombres():
    """Sa page n’a pas de case pour un taux tout fait : un seul des deux nombres est refusé."""
    present = {"numerateur": "", "denominateur": ""}
    dit = manques("MESURE", {"numerateur": "12", "denominateur": ""}, present)
    assert dit == {"denominateur": "Donnez les deux nombres, ou aucun."}
