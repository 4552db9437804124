"""Un bilan publié, en ligne : tout le PDF, dans l’ordre choisi, et toutes ses données."""

import csv
import io
import json
import re
from dataclasses import replace
from decimal import Decimal
from typing import Any

import pytest
from bs4 import BeautifulSoup
from django.test import Client
from django.urls import reverse
from PIL import Image as Pillow

from bilans.instantane import (
    Apparence,
    Instantane,
)
from bilans.models import Bilan, DocumentBilan
from bilans.services.documents import source_de
from contrats.models import Contrat
from tests.appuis.pages import lire
from tests.bilans import exemples
from tests.bilans.exemples_en_ligne import complet, image, jpeg
from tests.factories import BilanFactory
from tests.factories.bilans import deposer_octets
from tests.factories.habitants import ReactionFactory

NOMBRE = re.compile(r"\d[\d\u202f]*(?:,\d+)?")


@pytest.fixture
def publie(contrat: Contrat) -> Bilan:
    return publier(contrat, complet(image(contrat, jpeg())))


def publier(contrat: Contrat, lu: Instantane, **champs: Any) -> Bilan:
    return BilanFactory(contrat=contrat, publie=True, instantane=lu.vers_simple(), **champs)


def adresse(bilan: Bilan, nom: str = "bilan_public") -> str:
    return reverse(f"bilans:{nom}", args=[bilan.contrat.slug, bilan.annee])


def test_toutes_les_parties_se_lisent_dans_l_ordre_choisi(client: Client, contrat: Contrat) -> None:
    ordre = ("CONTACT", "BUDGET", "EDITO", "VOLETS", "PARTICIPATION", "PERSPECTIVES", "GLOSSAIRE")
    bilan = publier(contrat, replace(complet(), sections=ordre))
    page = lire(client, adresse(bilan))
    ancres = [s["id"] for s in page.select(".texte > .volet[id]")]
    assert ancres[:3] == ["contact", "budget", "edito"]
    assert ancres[-4:] == ["participation", "perspectives", "mots", "reactions"]
    assert "zoom" not in ancres


def test_rien_de_ce_que_dit_le_bilan_ne_manque(client: Client, publie: Bilan) -> None:
    texte = lire(client, adresse(publie)).select_one("main").get_text(" ", strip=True)
    lu = complet()
    attendus = [
        *(a.titre for a in lu.actions), *(i.serie.libelle for v in lu.volets for i in v.indicateurs),
        *(m.terme for m in lu.mots), *(n for f in lu.partenaires for n in f.noms),
        *(c.intitule for c in lu.chiffres), "Salle des Tilleuls", "troisième lieu d’écoute",
        "Fait en partie", "Camille Exemple", lu.volets[0].citation.texte, lu.contact.courriel,
    ]  # fmt: skip
    plat = re.sub(r"\s+", " ", texte)
    manquent = [a for a in attendus if re.sub(r"\s+", " ", a) not in plat]
    assert not manquent


def test_chaque_chiffre_de_la_page_est_dans_les_donnees(client: Client, publie: Bilan) -> None:
    """Dans le CSV ou dans le JSON ; hors dates d’édition et numéros de volet de la mise en page."""
    page = lire(client, adresse(publie))
    for hors in page.select(".provenance, #reactions, .glossaire.reperes-du-contrat, script, svg"):
        hors.decompose()
    montres = nombres(page.select_one(".texte").get_text(" "))
    ouverts = nombres(client.get(adresse(publie, "bilan_csv")).content.decode("utf-8-sig"))
    ouverts |= nombres(
        json.dumps(client.get(adresse(publie, "bilan_json")).json(), ensure_ascii=False)
    )
    assert montres - ouverts - {"3114"} == set()
    assert len(montres) > 40


def nombres(texte: str) -> set[str]:
    """Les nombres, sans espaces ni zéros de tête : « 12 345,5 » → « 12345,5 »."""
    propres = (n.replace("\u202f", "") for n in NOMBRE.findall(texte.replace(".", ",")))
    return {n.lstrip("0") or "0" for n in propres}


def test_le_csv_dit_tout_et_ses_colonnes_sont_documentees(client: Client, publie: Bilan) -> None:
    contenu = client.get(adresse(publie, "bilan_csv")).content.decode("utf-8-sig")
    lignes = list(csv.DictReader(io.StringIO(contenu), delimiter=";"))
    page = lire(client, reverse("bilans:donnees_ouvertes"))
    documentes = {c.get_text() for c in page.select("th code")}
    assert set(lignes[0]) | {ligne["nature"] for ligne in lignes} <= documentes
    argent = [ligne for ligne in lignes if ligne["nature"] == "financement"]
    assert sum(Decimal(ligne["valeur"]) for ligne in argent) == 120_500
    assert {"rencontre", "decision", "annonce", "cible"} <= {ligne["nature"] for ligne in lignes}


def test_chaque_graphique_a_son_tableau(client: Client, publie: Bilan) -> None:
    page = lire(client, adresse(publie))
    for dessin in page.select(".mesure, #budget"):
        assert dessin.find("table"), dessin
    assert page.select_one("#budget svg")
    assert page.select_one("#carte svg[role=img][aria-label]")
    assert page.select_one("#carte details")


def test_un_texte_hostile_reste_du_texte(client: Client, publie: Bilan) -> None:
    edito = lire(client, adresse(publie)).select_one("#edito")
    assert "alert(1)" in edito.get_text()
    assert not edito.find("script")
    assert {a["href"] for a in edito.select("a")} == {"https://exemple.fr/"}
    assert edito.find("b", string="dense")


def test_une_photo_porte_son_texte_son_credit_et_ne_change_jamais(
    client: Client, publie: Bilan
) -> None:
    figure = lire(client, adresse(publie)).select_one("#edito figure")
    img = figure.img
    assert img["alt"] == "Le bus santé sur la place"
    assert "Service d’essai" in figure.figcaption.get_text()
    assert (img["loading"], img["width"], img["height"]) == ("lazy", "960", "540")
    servie = client.get(img["src"])
    assert "immutable" in servie["Cache-Control"]
    with Pillow.open(io.BytesIO(servie.content)) as lue:
        assert lue.size == (480, 270)
    relue = client.get(img["src"], headers={"If-None-Match": servie["ETag"]})
    assert relue.status_code == 304


def test_une_photo_que_ne_montre_aucun_bilan_publie_est_introuvable(
    client: Client, contrat: Contrat
) -> None:
    seule = image(contrat, jpeg(640, 360))
    publier(contrat, complet())
    nom = f"{seule.sha256}-480"
    assert client.get(reverse("bilans:photo", args=[contrat.slug, nom, "jpg"])).status_code == 404
    for hostile in ("0" * 64 + "-480", "..-480", f"{seule.sha256}-99999"):
        reponse = client.get(f"/photos/{contrat.slug}/{hostile}.jpg")
        assert reponse.status_code == 404


def test_un_logo_est_montre_et_dit(client: Client, contrat: Contrat) -> None:
    logo = image(contrat, jpeg(200, 100), alternative="Logo d’essai", largeur=200, hauteur=100)
    bilan = publier(contrat, replace(complet(), apparence=Apparence(logos=(logo,))))
    page = lire(client, adresse(bilan))
    assert page.select_one(".logos img")["alt"] == "Logo d’essai"


def test_un_lien_partage_a_son_image(client: Client, publie: Bilan) -> None:
    page = lire(client, adresse(publie))
    og = {m["property"]: m["content"] for m in page.select("meta[property]")}
    assert og["og:image"].startswith("https://cls.exemple.fr/bilans/")
    assert og["og:title"].startswith("Bilan 2025")
    reponse = client.get(og["og:image"].removeprefix("https://cls.exemple.fr"))
    with Pillow.open(io.BytesIO(reponse.content)) as png:
        assert (png.format, png.size) == ("PNG", (1200, 630))
    refaite = client.get(adresse(publie, "bilan_partage"))
    assert refaite.content == reponse.content


def test_les_deux_pages_se_telechargent_quand_elles_sont_faites(
    client: Client, publie: Bilan
) -> None:
    assert client.get(adresse(publie, "bilan_deux_pages")).status_code == 404
    source = source_de(publie, "ELUS")
    octets = b"%PDF-1.7 deux pages"
    deposer_octets("bilans/essai-elus.pdf", octets)
    document = DocumentBilan.objects.create(
        bilan=publie, genre="ELUS", chemin="bilans/essai-elus.pdf", sha256="a" * 64,
        taille=len(octets), source=source,
    )  # fmt: skip
    page = lire(client, adresse(publie))
    assert page.select_one(f'a[href="{adresse(publie, "bilan_deux_pages")}"]')
    reponse: Any = client.get(adresse(publie, "bilan_deux_pages"))
    assert b"".join(reponse.streaming_content) == octets
    DocumentBilan.objects.filter(pk=document.pk).update(source="d’autres données")
    assert client.get(adresse(publie, "bilan_deux_pages")).status_code == 404


def test_une_ancienne_edition_le_dit_et_mene_a_la_nouvelle(
    client: Client, contrat: Contrat
) -> None:
    ancien = publier(contrat, complet())
    ancien.statut = "ARCHIVE"
    ancien.save()
    publier(contrat, complet(), edition=2)
    page = lire(client, reverse("bilans:edition_publique", args=[contrat.slug, 2025, 1]))
    assert "n’est plus la dernière" in page.select_one(".avis-d-edition").get_text()
    assert page.select_one(".avis-d-edition a")["href"] == adresse(ancien)
    assert page.select_one("meta[name=robots]")["content"] == "noindex"
    courante = lire(client, adresse(ancien))
    assert "Édition 2, corrigée" in courante.select_one(".avis-d-edition").get_text()
    assert "Édition 1" in courante.select_one(".editions").get_text()


def test_un_bilan_retire_laisse_une_page_qui_dit_pourquoi(client: Client, contrat: Contrat) -> None:
    bilan = publier(contrat, complet())
    bilan.statut, bilan.motif_retrait = "ARCHIVE", "Un chiffre était faux."
    bilan.save()
    page = lire(client, adresse(bilan), code=410)
    assert "a été retiré" in page.h1.get_text()
    assert "Un chiffre était faux." in page.get_text()


def test_un_bilan_vide_se_lit_aussi(client: Client, contrat: Contrat) -> None:
    rien = replace(
        exemples.instantane(), volets=(), chiffres=(), precedent=None, carte=None, mots=(),
        textes=replace(exemples.instantane().textes, edito=None, difficultes=None,
                       participation=None, perspectives=None),
        partenaires=(), signataires=(), enseignes=(),
    )  # fmt: skip
    page = lire(client, adresse(publier(contrat, rien)))
    assert [s["id"] for s in page.select(".texte > .volet[id]")] == [
        "quoi", "carte", "contact", "reactions",
    ]  # fmt: skip


def test_deux_cents_actions_et_un_nom_de_trois_cents_signes_se_lisent(
    client: Client, contrat: Contrat
) -> None:
    base = exemples.instantane()
    volet = replace(
        base.volets[0],
        titre="é" * 300,
        actions=tuple(exemples.action(f"1.{n}", f"Action {n} " + "x" * 300) for n in range(200)),
    )
    bilan = publier(contrat, replace(base, volets=(volet,)))
    page = lire(client, adresse(bilan))
    assert len(page.select(".faits li")) >= 200


def test_la_page_ne_coute_pas_plus_de_requetes_avec_plus_de_reactions(
    client: Client, publie: Bilan, exiger_requetes_plates: Any
) -> None:

    def peupler(nombre: int) -> None:
        ReactionFactory.create_batch(nombre, contrat=publie.contrat, bilan=publie, publiee=True)

    combien = exiger_requetes_plates(peupler=peupler, lire=lambda: client.get(adresse(publie)))
    assert combien <= 6


def test_chaque_titre_du_sommaire_mene_a_sa_partie(client: Client, publie: Bilan) -> None:
    page: BeautifulSoup = lire(client, adresse(publie))
    ids = [e["id"] for e in page.select("[id]")]
    assert len(ids) == len(set(ids))
    for lien in page.select(".sommaire a"):
        assert lien["href"].removeprefix("#") in ids
