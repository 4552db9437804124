"""Le canari : ni le réseau, ni le disque, quoi que disent les textes, les adresses et les images."""

import builtins
import io
import os
import socket
from collections.abc import Mapping
from dataclasses import replace
from hashlib import sha256

import pikepdf
import pytest
from PIL import Image as Dessin

from bilans import pdf
from bilans.instantane import Image, Instantane, Texte
from bilans.mise_en_page import contexte, parties
from bilans.mise_en_page.images_sures import adresser, images_sures
from bilans.mise_en_page.parties import SectionImpossible
from bilans.mise_en_page.une_partie import Cible, cible
from bilans.pdf import Actifs, rendre, rendre_elus
from bilans.pdf_pages import rendre_pages
from tests.bilans import exemples
from tests.bilans.golden import cas as etalons
from tests.bilans.golden.cas import CAS, complet
from tests.bilans.golden.visuels import donner, octets

HTML = (
    '<img src="http://pirate.exemple/a.png"><link rel=attachment href="file:///etc/passwd">'
    "<style>@import url(http://pirate.exemple/x.css)</style>{{ settings }}{% load static %}"
    '"><a href="javascript:alert(1)">&amp; \u202e</section><!--'
)
MARKDOWN = (
    "![x](http://pirate.exemple/b.png) [lien](file:///etc/passwd) [js](javascript:alert(1)) "
    "<iframe src=file:///etc/hosts></iframe> [bon](https://exemple.fr/?a=1&b=<2>)"
)
SVG = (
    b'<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink">'
    b'<image xlink:href="file:///etc/passwd"/><image href="http://pirate.exemple/c.png"/></svg>'
)


@pytest.fixture
def canari(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Note chaque adresse demandée au rendu, chaque fichier ouvert, chaque connexion."""
    rendre(*complet())  # les gabarits, la feuille et les polices sont lus une fois
    rendre_elus(*complet())
    rendre_pages(complet()[0], Cible("ZOOM"), complet()[1])
    vus: list[str] = []
    vrai_fetch, vrai_open = Actifs.fetch, builtins.open

    def fetch(self: Actifs, url: str, headers: object = None) -> object:
        if url.removeprefix(pdf.SCHEME) not in self._fichiers:
            vus.append(url)
        return vrai_fetch(self, url, headers)

    def ouvrir(fichier: object, *args: object, **options: object) -> object:
        # WeasyPrint lit son profil de couleurs et ses propres feuilles
        if "weasyprint" not in str(fichier):
            vus.append(str(fichier))
        return vrai_open(fichier, *args, **options)  # type: ignore[call-overload]  # passe-plat

    def connecter(*_args: object, **_options: object) -> None:
        vus.append("réseau")
        raise OSError

    monkeypatch.setattr(Actifs, "fetch", fetch)
    monkeypatch.setattr(builtins, "open", ouvrir)
    monkeypatch.setattr(socket.socket, "connect", connecter)
    monkeypatch.setattr(socket, "create_connection", connecter)
    monkeypatch.setattr(os, "popen", connecter)
    return vus


def hostile(mot: str) -> tuple[Instantane, Mapping[str, bytes]]:
    bilan, images = donner(etalons.partout(mot, mot))
    return replace(
        bilan, adresse_publique="https://cls.exemple.fr/<script>",
        adresse_courte="https://cls.exemple.fr/b/\"'><img src=x>",
    ), images  # fmt: skip


@pytest.mark.parametrize("mot", [HTML, MARKDOWN, SVG.decode()], ids=["html", "markdown", "svg"])
def test_un_contenu_hostile_ne_demande_ni_adresse_ni_fichier(canari: list[str], mot: str) -> None:
    bilan, images = hostile(mot)
    resultats = [rendre(bilan, images), rendre_elus(bilan, images)]
    assert all(rendre_pages(bilan, cible(code), images) for code in ("EDITO", "VOLETS", "ZOOM"))
    assert canari == []
    for resultat in resultats:
        with pikepdf.open(io.BytesIO(resultat.octets)) as ouvert:
            assert set(ouvert.attachments) == {"donnees.csv", "donnees.json"}
            liens = {
                str(note.A.URI)
                for page in ouvert.pages
                for note in page.get("/Annots", [])
                if "/A" in note and "/URI" in note.A
            }
            assert all(lien.startswith(("http://", "https://", "mailto:")) for lien in liens), liens


def _image(contenu: bytes, type_mime: str, **champs: object) -> Image:
    empreinte = sha256(contenu).hexdigest()
    donnees: dict[str, object] = {
        "chemin": f"bilans/images/essai/{empreinte}", "sha256": empreinte, "type_mime": type_mime,
        "alternative": "Une image", "credit": "Essai", "largeur": 1100, "hauteur": 700,
    }  # fmt: skip
    return Image(**{**donnees, **champs})  # type: ignore[arg-type]  # choisis par le test


def _bombe() -> bytes:
    sortie = io.BytesIO()
    Dessin.new("1", (10_000, 10_000)).save(sortie, "PNG")
    return sortie.getvalue()


@pytest.mark.parametrize(
    ("contenu", "type_mime", "champs"),
    [
        (SVG, "image/svg+xml", {}),
        (SVG, "image/png", {}),
        (b"GIF89a", "image/gif", {}),
        (b"rien d'une image", "image/jpeg", {}),
        (octets(1100, 700, "red"), "image/jpeg", {"sha256": "0" * 64}),
        (octets(1100, 700, "red"), "text/html", {}),
        (_bombe(), "image/png", {}),
        (b"\x89PNG\r\n\x1a\n" + b"\0" * 9_000_000, "image/png", {}),
    ],
    ids=[
        "svg",
        "svg-dit-png",
        "gif",
        "faux-jpeg",
        "autre-empreinte",
        "type",
        "cent-mega",
        "lourde",
    ],
)
def test_une_image_qui_n_est_pas_celle_attendue_ne_parait_pas(
    contenu: bytes, type_mime: str, champs: dict[str, object]
) -> None:
    """Le document se fait sans elle."""
    image = _image(contenu, type_mime, **champs)
    bilan = exemples.instantane()
    premier, *suite = bilan.volets
    bilan = replace(bilan, volets=(replace(premier, photo=image), *suite))
    sures = images_sures(bilan, {image.chemin: contenu})
    assert sures == {}
    assert adresser(sures)(image) == ""
    assert rendre(bilan, {image.chemin: contenu}).pages == rendre(exemples.instantane()).pages


def test_une_image_abimee_apres_son_en_tete_n_empeche_pas_le_document() -> None:
    coupee = octets(1100, 700, "red")[:600]
    image = _image(coupee, "image/jpeg")
    bilan = exemples.instantane()
    premier, *suite = bilan.volets
    bilan = replace(bilan, volets=(replace(premier, photo=image), *suite))
    assert rendre(bilan, {image.chemin: coupee}).pages >= 8


@pytest.mark.parametrize(
    ("code", "titre"),
    [("DIFFICULTES", "Ce qui a été plus difficile"), ("GLOSSAIRE", "Les mots à connaître")],
)
def test_l_erreur_nomme_la_section_dont_le_gabarit_echoue(
    monkeypatch: pytest.MonkeyPatch, code: str, titre: str
) -> None:
    casse = replace(parties.CATALOGUE[code], gabarit="bilans/pdf/_absent.html")
    monkeypatch.setitem(parties.CATALOGUE, code, casse)
    with pytest.raises(SectionImpossible, match=titre) as erreur:
        rendre(*complet())
    assert erreur.value.section == titre


def test_l_erreur_nomme_la_section_dont_les_donnees_echouent() -> None:
    bilan, _ = complet()
    argent = bilan.argent
    assert argent is not None
    faux = replace(bilan, argent=replace(argent, flux=(replace(argent.flux[0], payeur="Absent"),)))
    with pytest.raises(SectionImpossible, match="Qui finance quoi"):
        contexte(faux)


def test_l_erreur_nomme_la_section_que_le_moteur_refuse(monkeypatch: pytest.MonkeyPatch) -> None:
    vrai = pdf.Page.render

    def render(self: pdf.Page, *args: object, **options: object) -> object:
        if any(noeud.get("id") == "zoom" for noeud in self.etree_element.iter()):
            raise MemoryError
        return vrai(self, *args, **options)

    monkeypatch.setattr(pdf.Page, "render", render)
    with pytest.raises(SectionImpossible, match="Zoom sur une action"):
        rendre(*complet())


@pytest.mark.parametrize("nom", CAS)
def test_sans_texte_aucune_section_n_est_vide(nom: str) -> None:
    """Une section sans rien à dire ne paraît ni dans les pages ni au sommaire."""
    bilan, images = CAS[nom]()
    muet = replace(bilan, textes=etalons.SANS_TEXTE, argent=None, rencontres=(), decisions=(),
                   annonces=None, mots=(), partenaires=())  # fmt: skip
    vues = contexte(muet, adresser(images_sures(muet, images)))
    codes = {partie.code for partie in vues["parties"]}
    assert codes.isdisjoint({"EDITO", "ZOOM", "BUDGET", "PARTICIPATION", "PERSPECTIVES",
                             "PARTENAIRES", "GLOSSAIRE"})  # fmt: skip
    assert {ancre for colonne in vues["sommaire"] for ancre, _ in colonne} >= {"contact"}


def test_un_lien_du_texte_garde_son_adresse_et_rien_d_autre() -> None:
    bilan = exemples.instantane()
    texte = Texte(texte=MARKDOWN, signature="")
    with pikepdf.open(
        io.BytesIO(rendre(replace(bilan, textes=replace(bilan.textes, zoom=texte))).octets)
    ) as ouvert:
        adresses = [
            str(note.A.URI)
            for page in ouvert.pages
            for note in page.get("/Annots", [])
            if "/A" in note and "/URI" in note.A
        ]
    assert any(adresse.startswith("https://exemple.fr/?a=1&b=") for adresse in adresses)
    assert not any("passwd" in adresse or "javascript" in adresse for adresse in adresses)
