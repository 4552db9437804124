"""Écrire une partie de bilan par l’API : le même texte, les mêmes refus que dans l’éditeur."""

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client

from acteurs.models import Portee, Utilisateur
from bilans.models import Bilan, CodeSection, SectionBilan, VoletBilan
from contrats.models import Axe, Contrat
from tests.appuis.api import RACINE, lire, outil, pointeurs, probleme, resultats
from tests.bilans.api.appuis import envoyer, version
from tests.factories import AxeFactory, BilanFactory, SectionBilanFactory
from tests.factories.ecriture import ImageBilanFactory

LISTE = "parties-bilans/"


@pytest.fixture
def bilan(contrat: Contrat) -> Bilan:
    return BilanFactory(contrat=contrat)


def partie(bilan: Bilan, code: str) -> str:
    return f"{LISTE}{bilan.pk}.{code}/"


@pytest.fixture
def client(coordinatrice: Utilisateur) -> Client:
    return outil(coordinatrice, nom="Éditeur d’essai")


def test_un_bilan_se_lit_partie_par_partie_volets_a_leur_place(
    client: Client, bilan: Bilan, axe: Axe
) -> None:
    lues = resultats(client, LISTE, bilan=str(bilan.pk))
    codes = [lue["code"] for lue in lues]
    assert [c for c in codes if c in CodeSection.values] == CodeSection.values
    assert codes[codes.index("VOLETS") + 1] == f"volet-{axe.pk}"
    edito = lues[0]
    assert (edito["etat"], edito["champs"]) == ("VIDE", ["texte", "signature", "photo"])
    assert (edito["version"], edito["modifie_le"], edito["citation"]) == (1, None, None)
    chiffres = next(lue for lue in lues if lue["code"] == "CHIFFRES_CLES")
    assert (chiffres["etat"], chiffres["champs"], chiffres["texte"]) == ("DONNEES", [], None)
    assert lire(client, partie(bilan, "EDITO")) == edito


def test_une_section_s_ecrit_champ_par_champ_a_la_version_lue(client: Client, bilan: Bilan) -> None:
    chemin = partie(bilan, "EDITO")
    corps = {"texte": "Une année d’essais.", "signature": "Une élue fictive"}
    ecrite = envoyer(client, "patch", chemin, corps, version(client, chemin))
    assert ecrite.status_code == 200, ecrite.content.decode()
    assert (ecrite.json()["texte"], ecrite.json()["etat"]) == ("Une année d’essais.", "ECRITE")
    suite = envoyer(client, "patch", chemin, {"texte": "Une autre année."}, ecrite["ETag"])
    assert suite.json()["signature"] == "Une élue fictive", "ce que l’on ne dit pas ne change pas"
    section = SectionBilan.objects.get(bilan=bilan, code="EDITO")
    assert (section.texte, section.modifie_via) == ("Une autre année.", "api:Éditeur d’essai")


def test_un_volet_s_ecrit_avec_sa_citation_et_sa_photo(
    client: Client, bilan: Bilan, axe: Axe
) -> None:
    photo = ImageBilanFactory(contrat=bilan.contrat)
    corps = {
        "texte": "Deux lieux ont ouvert.",
        "citation": "On nous écoute.",
        "citation_auteur": "une habitante",
        "photo": str(photo.pk),
    }
    ecrit = envoyer(client, "patch", partie(bilan, f"volet-{axe.pk}"), corps, '"1"')
    assert ecrit.status_code == 200, ecrit.content.decode()
    assert {nom: ecrit.json()[nom] for nom in corps} == corps
    volet = VoletBilan.objects.get(bilan=bilan)
    assert (volet.texte, volet.photo) == ("Deux lieux ont ouvert.", photo)


def test_deux_outils_a_la_fois_le_second_recoit_le_texte_de_l_autre(
    client: Client, bilan: Bilan
) -> None:
    chemin = partie(bilan, "DIFFICULTES")
    lu = version(client, chemin)
    assert envoyer(client, "patch", chemin, {"texte": "Le mien."}, lu).status_code == 200
    refus = probleme(envoyer(client, "patch", chemin, {"texte": "Le tien."}, lu), 412)
    assert refus["actuel"]["texte"] == "Le mien."
    probleme(envoyer(client, "patch", chemin, {"texte": "Sans version."}), 428)
    assert lire(client, chemin)["texte"] == "Le mien."


@pytest.mark.parametrize(
    ("code", "corps", "champ", "phrase"),
    [
        ("EDITO", {"texte": "x" * 6001}, "/texte", "6000"),
        ("volet", {"texte": "x" * 4001}, "/texte", "4000"),
        ("volet", {"citation": "On nous écoute."}, "/citation_auteur", "Dites qui parle"),
        ("DIFFICULTES", {"signature": "Une élue"}, "/signature", "Champs possibles\u00a0: texte."),
        ("EDITO", {"photo": "6f2a0c1e-7a3b-4f0e-9a51-0d3c5b8e2f10"}, "/photo", ""),
    ],
)
def test_un_texte_refuse_l_est_sur_son_champ(
    client: Client, bilan: Bilan, axe: Axe, code: str, corps: Any, champ: str, phrase: str
) -> None:
    cible = f"volet-{axe.pk}" if code == "volet" else code
    refus = probleme(envoyer(client, "patch", partie(bilan, cible), corps, '"1"'), 400)
    assert pointeurs(refus) == {champ}
    assert phrase in refus["errors"][0]["message"]


def test_la_photo_d_un_autre_contrat_n_existe_pas(
    client: Client, bilan: Bilan, autre_contrat: Contrat
) -> None:
    corps = {"photo": str(ImageBilanFactory(contrat=autre_contrat).pk)}
    refus = probleme(envoyer(client, "patch", partie(bilan, "EDITO"), corps, '"1"'), 400)
    assert pointeurs(refus) == {"/photo"}


def test_ce_qui_vient_des_donnees_et_ce_qui_est_publie_ne_s_ecrivent_pas(
    client: Client, bilan: Bilan, contrat: Contrat
) -> None:
    refus = probleme(envoyer(client, "patch", partie(bilan, "CARTE"), {}, '"1"'), 409)
    assert "se fait des données" in refus["detail"]
    publie = BilanFactory(contrat=contrat, annee=2024, publie=True)
    SectionBilanFactory(bilan=publie)
    refus = probleme(envoyer(client, "patch", partie(publie, "EDITO"), {"texte": "x"}, '"1"'), 409)
    assert "ouvrez une correction" in refus["detail"]


@pytest.mark.parametrize("code", ["INCONNUE", "volet-ailleurs", "edito"])
def test_une_partie_qui_n_existe_pas_est_introuvable(
    client: Client, bilan: Bilan, code: str
) -> None:
    probleme(client.get(RACINE + partie(bilan, code)), 404)


def test_le_volet_d_un_autre_contrat_est_introuvable(
    client: Client, bilan: Bilan, autre_contrat: Contrat
) -> None:
    code = f"volet-{AxeFactory(contrat=autre_contrat).pk}"
    probleme(client.get(RACINE + partie(bilan, code)), 404)


@pytest.mark.parametrize(
    ("personnage", "lit", "ecrit"),
    [
        ("coordinatrice", 200, 200),
        ("administratrice", 200, 200),
        ("partenaire", 200, 403),
        ("elue", 200, 403),
        ("agent_ars", 200, 403),
        ("lectrice", 403, 403),
        ("voisine", 404, 404),
    ],
)
def test_qui_relit_lit_et_seule_la_coordination_ecrit(
    request: Any, bilan: Bilan, personnage: str, lit: int, ecrit: int
) -> None:
    client = outil(request.getfixturevalue(personnage))
    chemin = partie(bilan, "EDITO")
    assert client.get(RACINE + chemin).status_code == lit
    assert client.get(RACINE + LISTE, {"bilan": bilan.pk}).status_code == lit
    assert envoyer(client, "patch", chemin, {"texte": "x"}, '"1"').status_code == ecrit


def test_sans_compte_rien_ne_se_lit_et_la_portee_est_demandee(
    bilan: Bilan, coordinatrice: Utilisateur
) -> None:
    chemin = partie(bilan, "EDITO")
    probleme(Client().get(RACINE + chemin), 404)
    probleme(envoyer(Client(), "patch", chemin, {"texte": "x"}, '"1"'), 401)
    limite = outil(coordinatrice, Portee.LECTURE, Portee.ECRITURE_ACTIONS)
    refus = probleme(envoyer(limite, "patch", chemin, {"texte": "x"}, '"1"'), 403)
    assert "ECRITURE_BILANS" in refus["detail"]


def test_la_question_dit_de_quel_bilan(client: Client) -> None:
    assert pointeurs(probleme(client.get(RACINE + LISTE), 400))
    assert pointeurs(probleme(client.get(RACINE + LISTE, {"bilan": "x"}), 400))


def test_le_nombre_de_requetes_ne_depend_pas_du_nombre_de_volets(
    client: Client, bilan: Bilan, exiger_requetes_plates: Callable[..., int]
) -> None:
    def peupler(nombre: int) -> None:
        for _ in range(nombre):
            AxeFactory(contrat=bilan.contrat)

    exiger_requetes_plates(
        peupler=peupler,
        lire=lambda: resultats(client, LISTE, bilan=str(bilan.pk), page_size=200),
    )
