"""Une valeur : sa qualité, sa répartition, ses périodes, ses territoires, ses corrections."""

from datetime import date
from decimal import Decimal

import pytest
from bs4 import BeautifulSoup
from django.urls import reverse

from indicateurs.models import Mesure, Qualite
from tests.factories import IndicateurFactory, MesureFactory

ANNEE = 2026


@pytest.fixture
def client(client_de, coordinatrice):
    return client_de(coordinatrice)


@pytest.fixture
def adresse(indicateur):
    return reverse("indicateurs:valeur", args=[indicateur.pk, ANNEE])


@pytest.fixture
def ajout(indicateur):
    return reverse("indicateurs:valeur_ajouter", args=[indicateur.pk]) + f"?annee={ANNEE}"


def page_de(reponse):
    return BeautifulSoup(reponse.content, "html.parser")


def saisie(**valeurs):
    return {"qualite": Qualite.DEFINITIVE, "version": "0", **valeurs}


def test_une_valeur_garde_ce_qui_la_precise_et_sa_repartition(client, indicateur, adresse):
    envoi = saisie(valeur="100", qualite=Qualite.PROVISOIRE, source="Registre", commentaire="Mi-an")
    envoi |= {"part-FEMMES": "64", "part-HOMMES": "30 e", "part-EN_QPV": "secret"}
    assert client.post(adresse, envoi).status_code == 303
    mesure = indicateur.mesures.get()
    assert (mesure.valeur, mesure.qualite, mesure.source) == (100, "PROVISOIRE", "Registre")
    parts = {p.modalite_id: (p.valeur, p.qualite) for p in mesure.ventilations.all()}
    assert parts == {
        "FEMMES": (64, "DEFINITIVE"),
        "HOMMES": (30, "ESTIMEE"),
        "EN_QPV": (None, "SECRET_STATISTIQUE"),
    }
    assert "Les parts font 94, le total 100" in client.get(adresse).content.decode()


def test_une_part_videe_s_efface_et_une_part_illisible_garde_sa_saisie(client, indicateur, adresse):
    client.post(adresse, saisie(valeur="9", **{"part-FEMMES": "4"}))
    page = page_de(client.post(adresse, saisie(valeur="9", version="1", **{"part-FEMMES": "4O"})))
    assert page.select_one("[name=part-FEMMES]")["value"] == "4O"
    assert "Vouliez-vous écrire 40" in page.text
    client.post(adresse, saisie(valeur="9", version="1", **{"part-FEMMES": ""}))
    assert not indicateur.mesures.get().ventilations.exists()


def test_un_rapport_donne_ses_deux_nombres_ou_a_defaut_son_resultat(client, contrat):
    part = IndicateurFactory(contrat=contrat, ratio=True)
    adresse = reverse("indicateurs:valeur", args=[part.pk, ANNEE])
    refus = page_de(client.post(adresse, saisie(numerateur="4", denominateur="0")))
    assert "On ne divise pas par zéro" in refus.text
    assert client.post(adresse, saisie(numerateur="12", denominateur="10")).status_code == 303
    assert part.mesures.get().valeur == 120
    assert "Le premier nombre (12) dépasse le second (10)" in client.get(adresse).content.decode()
    suivante = reverse("indicateurs:valeur", args=[part.pk, 2025])
    client.post(suivante, saisie(valeur="61,5"))
    assert part.mesures.get(annee=2025).valeur == Decimal("61.5")


def test_un_trimestre_et_une_commune_ont_leur_valeur_que_la_grille_reunit(
    client, contrat, indicateur, ajout, adresse
):
    communes = list(contrat.perimetres.values_list("commune", flat=True)[:1])
    for periode, valeur in (("2026-01-01/2026-03-31", "10"), ("2026-04-01/2026-06-30", "5")):
        assert client.post(ajout, saisie(periode=periode, valeur=valeur)).status_code == 303
    envoi = saisie(periode="2025-01-01/2025-12-31", valeur="7", territoire=f"commune:{communes[0]}")
    page_2025 = ajout.replace("2026", "2025")
    assert client.post(page_2025, envoi).status_code == 303
    assert set(indicateur.mesures.values_list("periode_fin", "niveau_territoire")) == {
        (date(2026, 3, 31), ""), (date(2026, 6, 30), ""), (date(2025, 12, 31), "commune"),
    }  # fmt: skip
    assert "1ᵉʳ trimestre 2026" in page_de(client.get(adresse)).text
    grille = page_de(client.get(reverse("indicateurs:grille", args=[contrat.pk])))
    case = grille.find(id=f"k-{indicateur.pk.hex}.{ANNEE}")
    assert case.a["href"] == adresse
    assert "2\u00a0saisies" in case.text


@pytest.mark.parametrize(
    ("periode", "phrase"),
    [
        ("2026-01-01/2026-03-31", "a déjà sa valeur"),
        ("2026-01-01/2026-06-30", "en recouvre une autre"),
        ("2026-02-01/2026-02-28", "en recouvre une autre"),
    ],
)
def test_une_periode_ne_se_compte_pas_deux_fois(client, indicateur, ajout, periode, phrase):
    client.post(ajout, saisie(periode="2026-01-01/2026-03-31", valeur="10"))
    reponse = client.post(ajout, saisie(periode=periode, valeur="3"))
    assert reponse.status_code == 422
    assert phrase in reponse.content.decode()
    assert indicateur.mesures.get().valeur == 10


def test_d_autres_dates_se_donnent_toutes_les_deux_et_dans_l_ordre(client, indicateur, ajout):
    envoi = saisie(periode="autres", valeur="3", debut="12/03/2026")
    assert "Donnez les deux dates" in client.post(ajout, envoi).content.decode()
    envoi |= {"fin": "01/03/2026"}
    assert "finit après avoir commencé" in client.post(ajout, envoi).content.decode()
    assert client.post(ajout, envoi | {"fin": "30/04/2026"}).status_code == 303
    assert indicateur.mesures.get().periode_debut == date(2026, 3, 12)


def test_la_valeur_d_une_periode_se_corrige_puis_s_efface(client, indicateur, ajout):
    client.post(ajout, saisie(periode="2026-01-01/2026-03-31", valeur="10"))
    mesure = indicateur.mesures.get()
    adresse = reverse("indicateurs:mesure", args=[mesure.pk])
    assert client.post(adresse, saisie(valeur="11", version="1")).status_code == 303
    mesure.refresh_from_db()
    assert (mesure.valeur, mesure.version) == (11, 2)
    assert client.post(adresse, {"geste": "effacer", "version": "1"}).status_code == 303
    assert indicateur.mesures.exists(), "une version dépassée n’efface rien"
    client.post(adresse, {"geste": "effacer", "version": "2"})
    assert not indicateur.mesures.exists()


def test_les_corrections_disent_qui_quand_avant_et_apres_meme_apres_un_effacement(
    client, client_de, pilote, adresse
):
    client.post(adresse, saisie(valeur="10"))
    client_de(pilote).post(adresse, saisie(valeur="12", version="1"))
    client.post(adresse, {"geste": "effacer", "version": "2"})
    client.post(adresse, saisie(valeur="13"))
    journal = page_de(client.get(adresse)).select_one(".journal")
    assert journal.find("del").text.startswith("10")
    assert journal.find("ins").text.startswith("12")
    assert "Paul Pilote" in journal.text
    assert len(journal.select("li")) == 4


def test_deux_personnes_sur_une_valeur_rien_n_est_perdu(client, client_de, pilote, adresse):
    client_de(pilote).post(adresse, saisie(valeur="71"))
    reponse = client.post(adresse, saisie(valeur="72"))
    assert reponse.status_code == 409
    page = page_de(reponse)
    assert "Paul Pilote a changé cette valeur" in page.text
    assert page.select_one("[name=valeur]")["value"] == "72"


def test_la_voisine_ne_trouve_aucune_page_d_une_valeur(client_de, voisine, indicateur, ajout):
    mesure = MesureFactory(indicateur=indicateur)
    client = client_de(voisine)
    for adresse in (ajout, reverse("indicateurs:mesure", args=[mesure.pk])):
        assert client.get(adresse).status_code == 404
        assert client.post(adresse, saisie(valeur="1")).status_code == 404
    assert Mesure.objects.get().valeur == 212


# Sur place


def test_sur_place_un_pilote_passe_d_un_indicateur_a_l_autre_jusqu_a_la_grille(
    client_de, pilote, contrat, action
):
    premier, second = IndicateurFactory.create_batch(2, contrat=contrat, actions=[action])
    IndicateurFactory(contrat=contrat, libelle="Pas le sien")
    adresse = reverse("indicateurs:sur_place", args=[contrat.pk])
    client = client_de(pilote)
    assert "Indicateur 1 sur 2" in client.get(adresse).content.decode()
    page = f"{adresse}?annee={ANNEE}&indicateur={premier.pk}"
    refus = client.post(page, {"valeur": "12O", "qualite": "DEFINITIVE", "version": "0"})
    assert refus.status_code == 422
    suite = client.post(page, {"valeur": "12", "qualite": "ESTIMEE", "version": "0"})
    assert suite["Location"] == f"{adresse}?annee={ANNEE}&indicateur={second.pk}"
    fin = client.post(suite["Location"], {"valeur": "3", "qualite": "DEFINITIVE", "version": "0"})
    assert fin["Location"].startswith(reverse("indicateurs:grille", args=[contrat.pk]))
    assert {m.qualite for m in Mesure.objects.all()} == {"ESTIMEE", "DEFINITIVE"}


def test_sur_place_sans_rien_a_saisir_le_dit(client_de, partenaire, contrat):
    adresse = reverse("indicateurs:sur_place", args=[contrat.pk])
    assert "Rien à saisir pour l’instant" in client_de(partenaire).get(adresse).content.decode()
