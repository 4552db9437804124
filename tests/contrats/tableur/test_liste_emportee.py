"""La liste filtrée, de tout contrat, emportée en CSV, en XLSX et en ODS : mêmes fiches, mêmes droits."""

import csv
import io
import re
import zipfile
from datetime import date
from decimal import Decimal
from itertools import zip_longest
from typing import Any
from xml.etree import ElementTree

import pytest
from django.contrib.auth.models import AnonymousUser
from django.urls import reverse
from openpyxl import load_workbook
from openpyxl.utils.escape import unescape

from cls_platform.socle.erreurs import ErreurMetier
from contrats.models import Action, StatutFinancement
from contrats.tableur import liste_ods, liste_xlsx
from contrats.tableur.liste import TYPES, Liste
from tests.appuis.api import RACINE, outil
from tests.contrats.tableur.classeurs import feuille_de
from tests.factories import (
    ActeurFactory,
    ActionActeurFactory,
    ActionFactory,
    FinancementFactory,
    LigneBudgetFactory,
)

LE = date(2026, 11, 1)
OASIS = "urn:oasis:names:tc:opendocument:xmlns"
TABLE, OFFICE, TEXTE = (f"{OASIS}:{nom}:1.0" for nom in ("table", "office", "text"))
LONG = "é" * 70_000
MALINS = ("=cmd|' /C calc'!A0", "+33", "-2+3", "@SUM(A1)", "'=1", "_x0041_")
ETRANGES = "a\tb\nc\\n & <i> _x0041_ 🚑 \u202bעברית\u202c \x0bfin"


def lire_csv(octets: bytes) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(octets.decode("utf-8-sig")), delimiter=";"))


def lire_xlsx(octets: bytes) -> list[dict[str, Any]]:
    feuille = load_workbook(io.BytesIO(octets)).active
    entetes, *lignes = feuille.iter_rows(values_only=True)
    return [
        dict(zip(entetes, (decode(valeur) for valeur in ligne), strict=True)) for ligne in lignes
    ]


def decode(valeur: Any) -> Any:
    """Ce qu’Excel fait des codes _x0041_, et qu’openpyxl laisse."""
    return unescape(valeur) if isinstance(valeur, str) else valeur


def lire_ods(octets: bytes) -> list[dict[str, Any]]:
    feuille = feuille_de(octets, "fiches.ods")
    entetes, *lignes = feuille.lignes
    return [dict(zip_longest(map(str, entetes), ligne)) for ligne in lignes]


LECTURES = {"csv": lire_csv, "xlsx": lire_xlsx, "ods": lire_ods}


def emporter(utilisateur: Any, extension: str) -> list[dict[str, Any]]:
    visibles = Action.objects.visibles_par(utilisateur)
    return LECTURES[extension](octets_de(visibles, utilisateur, extension))


def octets_de(actions: Any, utilisateur: Any, extension: str) -> bytes:
    with Liste(actions, utilisateur=utilisateur, le=LE).en(extension) as fichier:
        return fichier.read()


def telecharger(client: Any, adresse: str) -> bytes:
    reponse = client.get(adresse)
    assert reponse.status_code == 200
    return b"".join(reponse.streaming_content)


@pytest.fixture
def chiffree(action: Action) -> Action:
    LigneBudgetFactory(action=action, annee=2026, prevu=Decimal("1234.50"))
    FinancementFactory(
        action=action, annee=2026, statut=StatutFinancement.ACCORDE, montant_accorde=Decimal(1000)
    )
    ActionActeurFactory(action=action, acteur=ActeurFactory(nom="Zéro tabac"))
    ActionActeurFactory(action=action, acteur=ActeurFactory(nom="À deux mains"))
    return action


@pytest.mark.parametrize("extension", LECTURES)
def test_une_fiche_emportee_dit_ce_que_dit_la_fiche(chiffree, coordinatrice, extension):
    Action.objects.filter(pk=chiffree.pk).update(date_debut=date(2026, 3, 1), date_fin=None)

    ligne = emporter(coordinatrice, extension)[0]

    assert ligne["Identifiant"] == str(chiffree.pk)
    assert ligne["Titre"] == chiffree.titre
    assert ligne["Contrat"] == chiffree.contrat.nom
    assert ligne["Partenaires"] == "À deux mains ; Zéro tabac"
    assert ligne["Description"] == chiffree.description
    if extension == "csv":
        assert ligne["Début"] == "01/03/2026"
        assert (ligne["Coût (€)"], ligne["Ressources (€)"]) == ("1234,50", "1000,00")
    else:
        debut = ligne["Début"]
        assert getattr(debut, "date", lambda: debut)() == date(2026, 3, 1)
        assert ligne["Échéance"] is None
        assert (ligne["Coût (€)"], ligne["Ressources (€)"]) == (1234.5, 1000)


@pytest.mark.parametrize("extension", LECTURES)
def test_hors_de_l_equipe_ni_montant_ni_texte_de_travail(chiffree, voisine, extension):
    lignes = {ligne["Identifiant"]: ligne for ligne in emporter(voisine, extension)}

    ligne = lignes[str(chiffree.pk)]
    for interne in ("Coût (€)", "Ressources (€)", "Description", "Constat du diagnostic"):
        assert not ligne[interne]


def test_sans_compte_ces_colonnes_n_existent_pas(chiffree):
    ligne = emporter(AnonymousUser(), "csv")[0]
    assert {"Coût (€)", "Description", "Personne pilote"}.isdisjoint(ligne)


def cellules_de(octets: bytes) -> list[Any]:
    with zipfile.ZipFile(io.BytesIO(octets)) as archive:
        contenu = ElementTree.fromstring(archive.read("content.xml"))  # noqa: S314  (écrit par nous)
    return list(contenu.iter(f"{{{TABLE}}}table-cell"))


def texte_de(cellule: Any) -> str:
    """Le texte selon la norme : espaces réduites, celles du bord ôtées, puis les balises lues."""
    return "\n".join(_paragraphe(p) for p in cellule.iter(f"{{{TEXTE}}}p"))


def _paragraphe(paragraphe: Any) -> str:
    marques = {f"{{{TEXTE}}}s": "\x01", f"{{{TEXTE}}}tab": "\x02"}
    parts = [paragraphe.text or ""]
    for enfant in paragraphe:
        parts += [marques[enfant.tag], enfant.tail or ""]
    reduit = re.sub(" +", " ", "".join(parts)).strip(" ")
    return reduit.replace("\x01", " ").replace("\x02", "\t")


@pytest.mark.parametrize("role", ["lectrice", "partenaire"])
def test_qui_ne_lit_pas_le_budget_n_a_pas_les_montants(chiffree, role, request):
    ligne = emporter(request.getfixturevalue(role), "csv")[0]
    assert (ligne["Description"], ligne["Coût (€)"]) == (chiffree.description, "")


def test_une_fiche_restreinte_ne_sort_pas(action, coordinatrice, lectrice, voisine):
    Action.objects.filter(pk=action.pk).update(est_restreinte=True)

    assert emporter(coordinatrice, "csv")
    for autre in (lectrice, voisine):
        assert str(action.pk) not in {ligne["Identifiant"] for ligne in emporter(autre, "csv")}


@pytest.mark.parametrize("titre", MALINS)
def test_une_formule_sort_en_texte(action, coordinatrice, titre):
    Action.objects.filter(pk=action.pk).update(titre=titre)

    garde = "'" if titre != "_x0041_" else ""
    assert emporter(coordinatrice, "csv")[0]["Titre"] == f"{garde}{titre}"
    octets = octets_de(Action.objects.all(), coordinatrice, "xlsx")
    cellule = load_workbook(io.BytesIO(octets)).active.cell(2, 7)
    assert (decode(cellule.value), cellule.data_type) == (titre, "s")
    assert emporter(coordinatrice, "ods")[0]["Titre"] == titre


def test_aucune_cellule_de_l_ods_n_est_une_formule_et_un_nombre_ecrit_reste_un_texte(
    action, coordinatrice
):
    Action.objects.filter(pk=action.pk).update(titre="=1+1", numero="12")
    cellules = cellules_de(octets_de(Action.objects.all(), coordinatrice, "ods"))
    assert not [c for c in cellules if f"{{{TABLE}}}formula" in c.attrib]
    genres = {"".join(c.itertext()): c.get(f"{{{OFFICE}}}value-type") for c in cellules}
    assert (genres["=1+1"], genres["12"]) == ("string", "string")


def test_l_ods_est_un_document_que_la_norme_reconnait(action, coordinatrice):
    octets = octets_de(Action.objects.all(), coordinatrice, "ods")
    with zipfile.ZipFile(io.BytesIO(octets)) as archive:
        premier = archive.infolist()[0]
        assert (premier.filename, premier.compress_type) == ("mimetype", zipfile.ZIP_STORED)
        assert archive.read("mimetype").decode() == TYPES["ods"]
        ElementTree.fromstring(archive.read("META-INF/manifest.xml"))  # noqa: S314  (écrit par nous)
        assert archive.testzip() is None


def test_les_espaces_d_un_texte_traversent_l_ods(action, coordinatrice):
    texte = " deux  espaces\n   trois, et une a la fin \n\tune tabulation"
    Action.objects.filter(pk=action.pk).update(description=texte)
    octets = octets_de(Action.objects.all(), coordinatrice, "ods")
    lus = [texte_de(cellule) for cellule in cellules_de(octets)]
    assert texte in lus


@pytest.mark.parametrize("extension", LECTURES)
def test_un_texte_etrange_sort_tel_quel_sans_caractere_de_commande(
    action, coordinatrice, extension
):
    Action.objects.filter(pk=action.pk).update(description=ETRANGES)

    lue = emporter(coordinatrice, extension)[0]["Description"]

    assert lue == ETRANGES.replace("\x0b", "")


def test_un_texte_trop_long_pour_une_cellule_continue_dans_la_suivante(action, coordinatrice):
    Action.objects.filter(pk=action.pk).update(description=LONG)

    for extension in ("xlsx", "ods"):
        ligne = emporter(coordinatrice, extension)[0]
        suites = [v for titre, v in ligne.items() if titre.startswith("Description") and v]
        assert "".join(suites) == LONG
    assert emporter(coordinatrice, "csv")[0]["Description"] == LONG


@pytest.mark.parametrize("module", [liste_xlsx, liste_ods])
def test_au_dela_d_une_feuille_le_refus_propose_le_csv(monkeypatch, action, coordinatrice, module):
    monkeypatch.setattr(module, "LIGNES_MAXIMUM", 1)
    with pytest.raises(ErreurMetier, match="CSV"):
        emporter(coordinatrice, module.__name__.rpartition("_")[2])


def test_l_api_emporte_exactement_la_liste_filtree(contrat, coordinatrice):
    en_cours = ActionFactory(contrat=contrat, statut="EN_COURS", date_fin=None)
    ActionFactory(contrat=contrat, statut="REALISEE")
    adresse = f"{RACINE}actions/export/csv/?statut=EN_COURS"

    lignes = lire_csv(telecharger(outil(coordinatrice), adresse))

    assert [ligne["Identifiant"] for ligne in lignes] == [str(en_cours.pk)]


@pytest.mark.parametrize("extension", LECTURES)
def test_la_page_et_l_api_donnent_chaque_format(client_de, coordinatrice, action, extension):
    client = client_de(coordinatrice)
    adresses = (
        f"{RACINE}actions/export/{extension}/",
        reverse("contrats:exporter_fiches", args=[extension]),
    )
    for adresse in adresses:
        reponse = client.get(adresse)
        assert reponse["Content-Type"] == TYPES[extension]
        (ligne,) = LECTURES[extension](b"".join(reponse.streaming_content))
        assert ligne["Identifiant"] == str(action.pk)


@pytest.mark.parametrize("parametre", ["statuts=EN_COURS", "page=2", "statut=INCONNU"])
def test_l_api_refuse_un_parametre_inconnu_plutot_que_de_tout_donner(client, db, parametre):
    reponse = client.get(f"{RACINE}actions/export/xlsx/?{parametre}")
    assert reponse.status_code == 400


def test_la_page_emporte_les_fiches_des_contrats_filtres(
    client_de, administratrice, action, autre_action
):
    adresse = reverse("contrats:exporter_fiches", args=["csv"])
    filtre = f"{adresse}?region={autre_action.contrat.region_id}"

    toutes = lire_csv(telecharger(client_de(administratrice), adresse))
    filtrees = lire_csv(telecharger(client_de(administratrice), filtre))

    assert {ligne["Identifiant"] for ligne in toutes} >= {str(action.pk), str(autre_action.pk)}
    assert [ligne["Identifiant"] for ligne in filtrees] == [str(autre_action.pk)]


def test_la_page_n_emporte_que_les_contrats_que_l_on_suit(client_de, voisine, action, autre_action):
    adresse = reverse("contrats:exporter_fiches", args=["csv"])
    lignes = lire_csv(telecharger(client_de(voisine), adresse))
    assert [ligne["Identifiant"] for ligne in lignes] == [str(autre_action.pk)]


@pytest.mark.parametrize("extension", LECTURES)
def test_le_nombre_de_requetes_ne_depend_pas_du_nombre_de_fiches(
    contrat, coordinatrice, exiger_requetes_plates, extension
):
    def peupler(nombre):
        for _ in range(nombre):
            ActionActeurFactory(action=ActionFactory(contrat=contrat))

    exiger_requetes_plates(peupler=peupler, lire=lambda: emporter(coordinatrice, extension))
