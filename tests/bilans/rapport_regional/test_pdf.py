"""Le PDF du rapport : accessible, le même pour les mêmes données, dans l’ordre où on le lit."""

import io
import re
from dataclasses import replace
from functools import cache
from hashlib import sha256

import outloud
import pikepdf
import pytest

from bilans.codec import DonneesIllisibles
from bilans.pdf import ResultatPdf
from bilans.rapport_regional import instantane as figes
from bilans.rapport_regional.page import contexte, en_html, rendre_rapport
from tests.bilans.dossier.appuis import texte_du_pdf
from tests.bilans.rapport_regional import exemples


@pytest.fixture(scope="module")
def resultat() -> ResultatPdf:
    return rendre_rapport(exemples.instantane())


@pytest.fixture(scope="module")
def document(resultat: ResultatPdf) -> pikepdf.Pdf:
    return pikepdf.open(io.BytesIO(resultat.octets))


def controler(tmp_path_factory, octets: bytes, *, sauf: frozenset[str] = frozenset()) -> list[str]:
    fichier = tmp_path_factory.mktemp("pdf") / "rapport.pdf"
    fichier.write_bytes(octets)
    constats = outloud.check(fichier).findings
    return [str(c) for c in constats if c.severity != "info" and c.rule not in sauf]


def test_le_pdf_est_accessible(resultat, tmp_path_factory):
    assert controler(tmp_path_factory, resultat.octets) == []


def test_il_se_declare_pdf_a_et_pdf_ua_avec_titre_langue_et_signets(document):
    xmp = document.Root.Metadata.read_bytes().decode()
    assert 'pdfaid:part="3"' in xmp
    assert 'pdfuaid:part="1"' in xmp
    assert document.Root.Lang == "fr"
    assert str(document.docinfo.Title).startswith("Rapport régional, Pays d’Essai")
    with document.open_outline() as plan:
        titres = [signet.title for signet in plan.root]
    for titre in ("L’essentiel", "La carte et son tableau", "Les contrats", "Méthode et sources"):
        assert titre in titres


def test_le_texte_se_lit_dans_l_ordre_des_parties(resultat):
    texte = texte_du_pdf(resultat.octets)
    ordre = (
        "La couverture par les contrats locaux de santé", "L’essentiel", "60,0", "Dans ce rapport",
        "Le chiffre, territoire par territoire", "La doctrine de l’agence", "Les mêmes chiffres",
        "Au fil du temps", "Les contrats", "Les territoires sans contrat", "Les fins à venir",
        "Ce qui a changé en un an", "L’avancement des plans", "Où en sont les fiches", "L’argent des contrats",
        "Qui signe, qui coordonne", "D’un territoire à l’autre", "Méthode et sources",
    )  # fmt: skip
    place = 0
    for mot in ordre:
        assert mot in texte[place:], mot
        place = texte.index(mot, place)


def test_les_memes_donnees_donnent_la_meme_empreinte(resultat):
    encore = rendre_rapport(figes.relire(exemples.instantane().vers_simple()))
    assert encore.sha256 == resultat.sha256 == sha256(resultat.octets).hexdigest()


def test_d_autres_donnees_donnent_une_autre_empreinte():
    autre = replace(exemples.vide(), est_demonstration=False)
    assert rendre_rapport(autre).sha256 != rendre_rapport(exemples.vide()).sha256


def test_l_instantane_se_relit_sans_perte():
    avant = exemples.instantane()
    assert figes.relire(avant.vers_simple()) == avant
    with pytest.raises(DonneesIllisibles, match="Schéma"):
        figes.relire({"schema": 99})


def test_les_donnees_sont_jointes(document):
    assert set(document.attachments) == {"territoires.csv", "donnees.json"}
    csv = document.attachments["territoires.csv"].get_file().read_bytes().decode("utf-8-sig")
    assert csv.count("\r\n") == 1 + len(exemples.instantane().territoires)


EXTREMES = {
    "vide": exemples.vide(),
    "soixante-contrats": exemples.instantane(60, pilotage=exemples.pilotage(60)),
    "noms-longs": replace(
        exemples.instantane(9),
        lieu=replace(exemples.instantane().lieu, nom=exemples.LONG, complement="de cette région"),
    ),
    "national": replace(
        exemples.instantane(0),
        lieu=replace(exemples.instantane().lieu, niveau="france", code="FR", nom="France",
                     complement="de la France", agence=""),
        contrats=(), pilotage=None, doctrine=None,
    ),
}  # fmt: skip


@cache
def rendu_extreme(nom: str) -> bytes:
    return rendre_rapport(EXTREMES[nom]).octets


@pytest.mark.parametrize("nom", EXTREMES)
def test_un_rapport_extreme_reste_accessible(nom, tmp_path_factory):
    octets = rendu_extreme(nom)
    # sur beaucoup de pages, le contrôleur prend pour un titre courant un titre de même place
    assert controler(tmp_path_factory, octets, sauf=frozenset({"PAG-001"})) == []


def test_soixante_contrats_y_sont_tous():
    texte = texte_du_pdf(rendu_extreme("soixante-contrats"))
    assert {f"d’essai {rang:02d}" for rang in range(60)} <= set(re.findall(r"d’essai \d\d", texte))


def test_une_region_vide_dit_ce_qui_manque():
    html = en_html(exemples.vide())
    for phrase in ("Aucun contrat ne compte à cette date", "Aucune commune n’a encore été couverte",
                   "Aucun contour n’est publié", "Rien n’a été signé"):  # fmt: skip
        assert phrase in html
    assert not re.search(r"\b(nan|none|inf)\b", html.lower())


def test_aucun_titre_n_est_seul_en_bas_de_page(document):
    """Le dernier texte d’une page n’est pas un titre de partie."""
    titres = {t for _, t in contexte(exemples.instantane())["sommaire"][0]}
    for page in document.pages:
        lignes = [li for li in texte_du_pdf_page(page).splitlines() if li.strip()]
        corps = [li for li in lignes if "Rapport régional, Pays d’Essai" not in li]
        assert not corps or corps[-1].strip() not in titres


def texte_du_pdf_page(page: pikepdf.Page) -> str:
    seul = pikepdf.Pdf.new()
    seul.pages.append(page)
    tampon = io.BytesIO()
    seul.save(tampon)
    return texte_du_pdf(tampon.getvalue())


def test_sans_montants_aucun_euro_ne_parait():
    lu = replace(exemples.pilotage(), argent=None)
    html = en_html(exemples.instantane(pilotage=lu))
    assert "€" not in html
    assert "Les montants n’ont pas été demandés" in html
