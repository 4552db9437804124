"""Ce qui se lit de droite à gauche : le sens d’un bloc, les mots d’un dessin, la ligature."""

from xml.etree import ElementTree

import pymupdf
import pytest

from bilans.pdf import imprimer
from bilans.pdf_sens import orienter
from cls_platform.socle.ecritures import langue_de_droite

NOMS = "Atkinson Hyperlegible Next, Rubik, Noto Sans Hebrew"
PAGE = """<html lang="fr"><head><title>Essai</title></head><body>{}</body></html>"""


def lire(corps: str) -> str:
    """Le texte de l’unique page, sans son numéro."""
    octets = imprimer(PAGE.format(corps), {}, empreinte="0" * 64).octets
    with pymupdf.open(stream=octets) as document:
        return " ".join(document[0].get_text().split()[:-1])


@pytest.mark.parametrize(
    ("texte", "langue"),
    [
        ("Bonjour à tous", ""),
        ("12 נעבוד", "he"),
        ("« نعمل »", "ar"),
        ("Équipe نعمل", ""),
        ("2025 – 12 %", ""),
        ("", ""),
    ],
)
def test_la_premiere_lettre_dit_le_sens_de_lecture(texte: str, langue: str) -> None:
    assert langue_de_droite(texte) == langue


def test_chaque_bloc_d_une_page_a_son_sens() -> None:
    source = "<body><p>Équipe <b>נעבוד</b></p><td>נעבוד <i>x</i></td><p>à</p></body>"
    racine = ElementTree.fromstring(source)  # noqa: S314  (le texte de ce test)
    orienter(racine, source)
    assert [(n.tag, n.get("dir"), n.get("lang")) for n in racine.iter()] == [
        ("body", None, None), ("p", None, None), ("b", "rtl", "he"), ("td", "rtl", "he"),
        ("i", None, None), ("p", None, None),
    ]  # fmt: skip


def test_une_page_sans_ecriture_de_droite_a_gauche_n_est_pas_parcourue() -> None:
    orienter(None, "<p>Équipe</p>")


def test_la_ligature_lam_alif_se_recopie_dans_le_bon_ordre() -> None:
    assert lire("<p>بلا</p>") in {"ب\ufefb", "ب\ufefc"}
    assert lire("<p>في</p>") == "في"


@pytest.mark.parametrize("mot", ["שלום", "معنا", "Été"])
def test_un_mot_d_un_dessin_s_ecrit_d_un_trait_et_dans_son_sens(mot: str) -> None:
    dessin = (
        '<svg xmlns="http://www.w3.org/2000/svg" width="200" height="40"><title>Essai</title>'
        f'<text x="10" y="20" font-family="{NOMS}">{mot}</text></svg>'
    )
    assert lire(f"<p>{dessin}</p>") == mot


def test_un_dessin_qui_place_chaque_lettre_garde_ses_places() -> None:
    dessin = (
        '<svg xmlns="http://www.w3.org/2000/svg" width="200" height="40"><title>Essai</title>'
        '<text x="10 60 110" y="20" font-family="Atkinson Hyperlegible Next">abc</text></svg>'
    )
    assert lire(f"<p>{dessin}</p>").split() == ["a", "b", "c"]
