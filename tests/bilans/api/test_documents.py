"""Les documents d’un bilan par l’API : demandés, suivis, pris, par qui en a le droit."""

from collections.abc import Callable
from hashlib import sha256
from typing import Any

import pytest
from django.test import Client

from acteurs.models import Portee, Utilisateur
from bilans.models import Bilan, DocumentBilan
from bilans.tasks import rendre, rendre_document
from cls_platform.socle.models import EtatTravail, Travail
from contrats.models import Contrat
from tests.appuis.api import RACINE, lire, outil, pointeurs, probleme, resultats
from tests.bilans.api.appuis import envoyer
from tests.factories import BilanFactory
from tests.factories.documents_bilan import DocumentBilanFactory

LISTE = "documents-bilans/"
TOUS = ["PUBLIC", "ELUS", "TECHNIQUE", "TECH_SANS", "DIAPORAMA", "CSV", "JSON"]
OUVERTS = ["PUBLIC", "CSV", "JSON"]


@pytest.fixture(autouse=True)
def _dossier(settings: Any, tmp_path: Any) -> None:
    settings.MEDIA_ROOT = tmp_path


@pytest.fixture
def bilan(contrat: Contrat, action: object) -> Bilan:
    return BilanFactory(contrat=contrat, avec_pdf=True, avec_technique=True)


def genres(client: Client, **filtres: Any) -> list[str]:
    return [document["genre"] for document in resultats(client, LISTE, **filtres)]


def demander(client: Client, bilan: Bilan, genre: str, **autres: Any) -> Any:
    corps = {"bilan": str(bilan.pk), "genre": genre, **autres}
    return envoyer(client, "post", LISTE, corps)


def octets(reponse: Any) -> bytes:
    assert reponse.status_code == 200, reponse.content.decode()
    return b"".join(reponse.streaming_content)


def test_un_outil_demande_suit_et_prend_un_document(
    bilan: Bilan, coordinatrice: Utilisateur
) -> None:
    client = outil(coordinatrice)
    recu = demander(client, bilan, "ELUS")
    assert recu.status_code == 202, recu.content.decode()
    suivi = f"{LISTE}{bilan.pk}.ELUS/"
    assert recu["Location"].endswith(suivi)
    assert recu["Retry-After"] == "2"
    lu = recu.json()
    assert (lu["etat"], lu["progression"], lu["fichier"]) == ("EN_FILE", 0, None)
    assert lire(client, suivi)["etat"] == "EN_FILE"
    probleme(client.get(f"{RACINE}{suivi}fichier/"), 404)

    document = DocumentBilan.objects.get()
    assert document.previent is False, "un outil n’attend pas de courriel"
    rendre_document(str(document.travail_id))
    fait = lire(client, suivi)
    assert (fait["etat"], fait["progression"], fait["est_a_jour"]) == ("FAIT", 100, True)
    assert fait["fichier"] == f"https://cls.exemple.fr{RACINE}{suivi}fichier/"
    pris = client.get(f"{RACINE}{suivi}fichier/")
    lus = octets(pris)
    assert (sha256(lus).hexdigest(), len(lus)) == (fait["sha256"], fait["taille"])
    assert pris["Content-Type"] == "application/pdf"
    assert "bilan-2025-elus.pdf" in pris["Content-Disposition"]
    encore = client.get(f"{RACINE}{suivi}fichier/", headers={"If-None-Match": pris["ETag"]})
    assert encore.status_code == 304


def test_demander_deux_fois_n_ouvre_qu_un_travail_puis_rend_ce_qui_est_fait(
    bilan: Bilan, coordinatrice: Utilisateur
) -> None:
    client = outil(coordinatrice)
    premier, second = (demander(client, bilan, "DIAPORAMA") for _ in range(2))
    assert (premier.status_code, second.status_code) == (202, 202)
    assert premier.json() == second.json()
    rendre_document(str(Travail.objects.get().pk))
    troisieme = demander(client, bilan, "DIAPORAMA")
    assert (troisieme.status_code, troisieme.json()["etat"]) == (200, "FAIT")
    assert Travail.objects.filter(genre="bilan_document").count() == 1


def test_le_bilan_public_se_refait_par_qui_le_redige(
    bilan: Bilan, coordinatrice: Utilisateur, partenaire: Utilisateur
) -> None:
    recu = demander(outil(coordinatrice), bilan, "PUBLIC", previent=True)
    assert (recu.status_code, recu.json()["etat"]) == (202, "EN_FILE")
    assert recu.json()["sha256"] == bilan.sha256, "le fichier d’avant reste là en attendant"
    assert demander(outil(coordinatrice), bilan, "PUBLIC").status_code == 202
    travail = Travail.objects.get(genre="bilan_pdf")
    assert travail.parametres == {"previent": True}
    rendre(str(travail.pk))
    refait = lire(outil(coordinatrice), f"{LISTE}{bilan.pk}.PUBLIC/")
    assert refait["etat"] == "FAIT"
    assert refait["sha256"] != bilan.sha256
    probleme(demander(outil(partenaire), bilan, "PUBLIC"), 403)


def test_un_echec_dit_ce_qui_a_manque_et_se_redemande(
    bilan: Bilan, coordinatrice: Utilisateur
) -> None:
    client = outil(coordinatrice)
    demander(client, bilan, "ELUS")
    Travail.objects.update(etat=EtatTravail.ECHEC, message="La police manque.")
    lu = lire(client, f"{LISTE}{bilan.pk}.ELUS/")
    assert (lu["etat"], lu["message"]) == ("ECHEC", "La police manque.")
    assert demander(client, bilan, "ELUS").json()["etat"] == "EN_FILE"


@pytest.mark.parametrize(
    ("corps", "champ"),
    [
        ({"genre": "CSV"}, "/genre"),
        ({"genre": "AFFICHE"}, "/genre"),
        ({"genre": "ELUS", "bilan": "6f2a0c1e-7a3b-4f0e-9a51-0d3c5b8e2f10"}, "/bilan"),
        ({"genre": "ELUS", "couleur": "bleu"}, "/couleur"),
    ],
)
def test_une_demande_mal_ecrite_est_nommee(
    bilan: Bilan, coordinatrice: Utilisateur, corps: dict[str, str], champ: str
) -> None:
    envoi = {"bilan": str(bilan.pk), **corps}
    refus = probleme(envoyer(outil(coordinatrice), "post", LISTE, envoi), 400)
    assert pointeurs(refus) == {champ}


def test_sans_donnees_figees_le_refus_dit_quoi_demander_d_abord(
    contrat: Contrat, coordinatrice: Utilisateur
) -> None:
    client, vide = outil(coordinatrice), BilanFactory(contrat=contrat)
    assert {d["etat"] for d in resultats(client, LISTE, bilan=str(vide.pk))} == {"NON_DEMANDE"}
    assert "Demandez d’abord le PDF" in probleme(demander(client, vide, "ELUS"), 409)["detail"]
    publie = BilanFactory(contrat=contrat, annee=2024, publie=True)
    refus = probleme(demander(client, publie, "PUBLIC"), 409)
    assert "son PDF ne change plus" in refus["detail"]


@pytest.mark.parametrize(
    ("personnage", "vus"),
    [
        ("coordinatrice", TOUS),
        ("agent_ars", TOUS),
        ("elue", TOUS),
        ("pilote", TOUS),
        ("partenaire", [g for g in TOUS if g != "TECHNIQUE"]),
        ("lectrice", [g for g in TOUS if g != "TECHNIQUE"]),
        ("voisine", []),
    ],
)
def test_chacun_voit_les_documents_de_ses_droits(
    request: Any, bilan: Bilan, personnage: str, vus: list[str]
) -> None:
    client = outil(request.getfixturevalue(personnage))
    assert genres(client, bilan=str(bilan.pk)) == vus
    DocumentBilanFactory(bilan=bilan, genre="TECHNIQUE")
    recu = client.get(f"{RACINE}{LISTE}{bilan.pk}.TECHNIQUE/fichier/")
    if "TECHNIQUE" in vus:
        assert octets(recu).startswith(b"%PDF")
    else:
        probleme(recu, 403 if vus else 404)


@pytest.mark.parametrize(
    ("personnage", "genre", "statut"),
    [
        ("partenaire", "TECH_SANS", 202),
        ("partenaire", "TECHNIQUE", 403),
        ("lectrice", "ELUS", 403),
        ("voisine", "ELUS", 400),
    ],
)
def test_demander_suit_les_droits_de_la_page(
    request: Any, bilan: Bilan, personnage: str, genre: str, statut: int
) -> None:
    client = outil(request.getfixturevalue(personnage))
    assert demander(client, bilan, genre).status_code == statut
    assert bilan.documents.count() == (statut == 202)


def test_sans_compte_on_prend_ce_que_donne_le_site_public(contrat: Contrat) -> None:
    client, publie = Client(), BilanFactory(contrat=contrat, annee=2024, publie=True)
    BilanFactory(contrat=contrat, avec_pdf=True)
    assert genres(client, contrat=str(contrat.pk)) == OUVERTS
    chemins = {g: f"{RACINE}{LISTE}{publie.pk}.{g}/fichier/" for g in OUVERTS}
    assert octets(client.get(chemins["PUBLIC"])).startswith(b"%PDF")
    for genre, extension in (("CSV", "csv"), ("JSON", "json")):
        page = client.get(f"/bilans/{contrat.slug}/2024/donnees.{extension}").content
        assert octets(client.get(chemins[genre])) == page, "les mêmes octets que sur la page"
    for genre in ("TECH_SANS", "TECHNIQUE", "AFFICHE"):
        probleme(client.get(f"{RACINE}{LISTE}{publie.pk}.{genre}/"), 404)


def test_les_deux_pages_sont_a_tous_quand_elles_sont_faites_des_donnees_publiees(
    contrat: Contrat, coordinatrice: Utilisateur
) -> None:
    publie = BilanFactory(contrat=contrat, publie=True)
    demander(outil(coordinatrice), publie, "ELUS")
    assert "ELUS" not in genres(Client(), bilan=str(publie.pk))
    rendre_document(str(Travail.objects.get().pk))
    assert "ELUS" in genres(Client(), bilan=str(publie.pk))


def test_un_bilan_retire_ne_donne_plus_rien_au_public_et_tout_a_l_equipe(
    contrat: Contrat, lectrice: Utilisateur
) -> None:
    retire = BilanFactory(contrat=contrat, publie=True, statut="ARCHIVE")
    assert genres(Client(), bilan=str(retire.pk)) == []
    probleme(Client().get(f"{RACINE}{LISTE}{retire.pk}.PUBLIC/fichier/"), 404)
    assert genres(outil(lectrice), bilan=str(retire.pk), etat="FAIT") == OUVERTS


def test_une_edition_remplacee_se_prend_encore(contrat: Contrat) -> None:
    ancienne = BilanFactory(contrat=contrat, publie=True, statut="ARCHIVE")
    BilanFactory(contrat=contrat, edition=2, publie=True)
    assert genres(Client(), bilan=str(ancienne.pk)) == OUVERTS
    pris = Client().get(f"{RACINE}{LISTE}{ancienne.pk}.PUBLIC/fichier/")
    assert octets(pris).startswith(b"%PDF")


def test_la_liste_dit_de_quoi_et_se_filtre(bilan: Bilan, coordinatrice: Utilisateur) -> None:
    client = outil(coordinatrice)
    refus = probleme(client.get(RACINE + LISTE), 400)
    assert "Dites de quel contrat" in refus["errors"][0]["message"]
    DocumentBilanFactory(bilan=bilan, genre="ELUS")
    contrat = str(bilan.contrat_id)
    assert genres(client, contrat=contrat, etat="FAIT") == ["PUBLIC", "ELUS", "CSV", "JSON"]
    assert genres(client, contrat=contrat, genre=["ELUS", "DIAPORAMA"]) == ["ELUS", "DIAPORAMA"]
    assert genres(client, contrat=contrat, annee=2024) == []
    probleme(client.get(RACINE + LISTE, {"contrat": contrat, "genre": "AFFICHE"}), 400)
    probleme(client.get(RACINE + LISTE, {"contrat": "x"}), 400)


def test_le_nombre_de_requetes_ne_depend_pas_du_nombre_d_editions(
    contrat: Contrat, coordinatrice: Utilisateur, exiger_requetes_plates: Callable[..., int]
) -> None:
    client = outil(coordinatrice)

    def peupler(nombre: int) -> None:
        for _ in range(nombre):
            bilan = BilanFactory(contrat=contrat, annee=2026 + contrat.bilans.count(), publie=True)
            DocumentBilanFactory(bilan=bilan)
            DocumentBilanFactory(bilan=bilan, genre="DIAPORAMA")

    exiger_requetes_plates(
        peupler=peupler, lire=lambda: resultats(client, LISTE, contrat=str(contrat.pk))
    )


def test_demander_veut_un_compte_et_la_portee(bilan: Bilan, coordinatrice: Utilisateur) -> None:
    probleme(demander(Client(), bilan, "ELUS"), 401)
    refus = probleme(demander(outil(coordinatrice, Portee.LECTURE), bilan, "ELUS"), 403)
    assert "ECRITURE_BILANS" in refus["detail"]
    assert not bilan.documents.exists()
