import gc
import io
from dataclasses import replace
from decimal import Decimal
from hashlib import sha256

import outloud
import pikepdf
import pytest
from django.template.loader import render_to_string
from hypothesis import given
from hypothesis import settings as reglages
from hypothesis import strategies as st
from weasyprint import HTML

from bilans import pdf
from bilans.donnees_ouvertes import csv_ouvert, json_ouvert
from bilans.etats_publics import EtatPublic
from bilans.instantane import Instantane, Texte, Textes, Volet
from bilans.mise_en_page import contexte
from bilans.pdf import Actifs, ResultatPdf, rendre
from tests.appuis.proprietes import sans_chrono
from tests.bilans import exemples

HOSTILE = (
    '<img src="http://pirate.exemple/a.png"><link rel=attachment href="file:///etc/passwd">'
    "<style>@import url(http://pirate.exemple/x.css)</style>{{ settings }}{% load static %}"
    '"><a href="javascript:alert(1)">&amp; \u202e</section>'
)


@pytest.fixture(scope="module")
def resultat() -> ResultatPdf:
    return rendre(exemples.instantane())


@pytest.fixture(scope="module")
def document(resultat: ResultatPdf) -> pikepdf.Pdf:
    return pikepdf.open(io.BytesIO(resultat.octets))


def controler(
    tmp_path_factory: pytest.TempPathFactory, octets: bytes, *, sauf: frozenset[str] = frozenset()
) -> list[str]:
    """Les défauts d’accessibilité que trouve le contrôleur PDF/UA, avertissements compris."""
    fichier = tmp_path_factory.mktemp("pdf") / "bilan.pdf"
    fichier.write_bytes(octets)
    constats = outloud.check(fichier).findings
    return [str(c) for c in constats if c.severity != "info" and c.rule not in sauf]


def test_le_pdf_est_accessible(resultat: ResultatPdf, tmp_path_factory) -> None:
    assert controler(tmp_path_factory, resultat.octets) == []


def test_le_pdf_se_declare_pdf_a_3a_et_pdf_ua_1(document: pikepdf.Pdf) -> None:
    xmp = document.Root.Metadata.read_bytes().decode()
    assert 'pdfaid:part="3"' in xmp
    assert 'pdfaid:conformance="A"' in xmp
    assert xmp.count("<rdf:RDF") == 1
    assert 'pdfuaid:part="1"' in xmp
    assert document.Root.OutputIntents[0].S == "/GTS_PDFA1"


def test_le_pdf_a_une_langue_un_titre_des_signets_et_des_balises(document: pikepdf.Pdf) -> None:
    assert document.Root.Lang == "fr"
    assert document.Root.ViewerPreferences.DisplayDocTitle
    assert str(document.docinfo.Title).startswith("Bilan 2025")
    with document.open_outline() as plan:
        titres = [signet.title for signet in plan.root]
    assert titres[0].startswith("2025 Ce que nous avons fait pour votre santé")
    assert "Santé mentale" in titres


def test_toutes_les_polices_sont_celle_du_projet(document: pikepdf.Pdf) -> None:
    noms = {
        str(police.BaseFont).split("+")[-1]
        for page in document.pages
        for police in page.Resources.get("/Font", {}).values()
    }
    assert noms
    assert all("Atkinson" in nom for nom in noms), noms


def test_les_donnees_sont_jointes_une_fois_chacune(document: pikepdf.Pdf) -> None:
    associes = [(str(f.UF), str(f.AFRelationship)) for f in document.Root.AF]
    assert associes == [("donnees.csv", "/Data"), ("donnees.json", "/Data")]
    jointes = {nom: f.get_file().read_bytes() for nom, f in document.attachments.items()}
    bilan = exemples.instantane()
    assert jointes == {"donnees.csv": csv_ouvert(bilan), "donnees.json": json_ouvert(bilan)}


def test_les_memes_donnees_donnent_les_memes_octets(resultat: ResultatPdf) -> None:
    encore = rendre(exemples.instantane())
    assert encore.octets == resultat.octets
    assert resultat.sha256 == sha256(resultat.octets).hexdigest()


def test_d_autres_donnees_donnent_un_autre_identifiant(document: pikepdf.Pdf) -> None:
    autre = rendre(replace(exemples.instantane(), edition=2))
    with pikepdf.open(io.BytesIO(autre.octets)) as ouvert:
        assert ouvert.trailer.ID[0] != document.trailer.ID[0]


def test_la_progression_monte_jusqu_a_la_fin(resultat: ResultatPdf) -> None:
    etapes: list[int] = []
    assert rendre(exemples.instantane(), avancer=etapes.append).pages == resultat.pages
    assert etapes == sorted(etapes)
    assert 0 < etapes[0] < etapes[-1] <= 100


def test_le_ramasse_miettes_est_rendu_apres_le_rendu(resultat: ResultatPdf) -> None:
    assert resultat
    assert gc.isenabled()


def hostile() -> Instantane:
    bilan = exemples.instantane()
    volet = bilan.volets[0]
    action = replace(volet.actions[0], titre=HOSTILE, resume=HOSTILE, fait=HOSTILE,
                     partenaires=(HOSTILE,))  # fmt: skip
    texte = Texte(texte=HOSTILE, signature=HOSTILE)
    return replace(
        bilan,
        contrat=replace(bilan.contrat, nom=HOSTILE, presentation=HOSTILE),
        textes=Textes(edito=texte, difficultes=texte, participation=texte, perspectives=texte),
        volets=(replace(volet, titre=HOSTILE, promesse=HOSTILE, utile=HOSTILE, actions=(action,)),),
        adresse_publique="https://cls.exemple.fr/<script>",
        enseignes=(HOSTILE,),
    )


def test_un_texte_hostile_ne_demande_aucun_fichier(monkeypatch: pytest.MonkeyPatch) -> None:
    demandes: list[str] = []
    vrai = Actifs.fetch

    def noter(self: Actifs, url: str, headers: object = None) -> object:
        demandes.append(url)
        return vrai(self, url, headers)

    monkeypatch.setattr(Actifs, "fetch", noter)
    octets = rendre(hostile()).octets
    fournis = {"ondes.svg", "portrait.svg", *pdf.POLICES}
    assert set(demandes) <= {f"cls:{nom}" for nom in fournis}
    with pikepdf.open(io.BytesIO(octets)) as ouvert:
        assert set(ouvert.attachments) == {"donnees.csv", "donnees.json"}


def test_un_texte_hostile_reste_du_texte() -> None:
    html = render_to_string("bilans/pdf/bilan.html", contexte(hostile()))
    assert "<img" not in html
    assert "<link" not in html
    assert html.count("<style") == 0
    assert "&lt;img" in html


@pytest.mark.parametrize(
    "adresse",
    ["http://pirate.exemple/a.png", "https://pirate.exemple/", "file:///etc/passwd",
     "ftp://pirate.exemple/", "data:text/html,x", "cls:../../settings.py", "//pirate.exemple/"],
)  # fmt: skip
def test_seuls_les_fichiers_fournis_sont_servis(adresse: str) -> None:
    actifs = Actifs({"ondes.svg": b"<svg/>"})
    with pytest.raises(ValueError, match="refusée"):
        actifs.fetch(adresse)
    assert actifs.fetch("cls:ondes.svg").read() == b"<svg/>"


def test_une_page_qui_demande_le_reseau_s_imprime_sans_lui(caplog) -> None:
    html = '<img src="http://pirate.exemple/a.png" alt="x"><img src="file:///etc/passwd" alt="y">'
    assert HTML(string=html, base_url="cls:", url_fetcher=Actifs({})).write_pdf()
    assert "refusée" in caplog.text


def test_les_mots_a_connaitre_montres_sont_dans_le_texte() -> None:
    html = render_to_string("bilans/pdf/bilan.html", contexte(exemples.instantane()))
    glossaire = html.index('id="mots"')
    for mot in exemples.instantane().mots:
        avant = html[:glossaire].lower()
        employe = mot.terme.lower() in avant or (mot.sigle and mot.sigle.lower() in avant)
        assert employe, mot.terme


def test_un_sigle_n_est_developpe_qu_une_fois() -> None:
    html = render_to_string("bilans/pdf/bilan.html", contexte(exemples.instantane()))
    assert html.count("ARS (agence régionale de santé)") == 1


def extreme(**changements: object) -> Instantane:
    vide = exemples.instantane(
        carte=None, signataires=(), partenaires=(), enseignes=(), chiffres=(), volets=(),
        precedent=None, mots=(), adresse_publique="",
        textes=Textes(edito=None, difficultes=None, participation=None, perspectives=None),
    )  # fmt: skip
    return replace(vide, **changements)


def grand_volet(numero: int, nombre: int) -> Volet:
    etats = list(EtatPublic)
    titre = "Mettre en place une coordination renforcée de l’anticonstitutionnalité"
    return Volet(
        numero=str(numero), titre=f"Environnement, anticonstitutionnellement {numero}",
        promesse="Une promesse " * 10, couleur="inconnue", citation=None,
        utile=f"Utile {numero}. " * 40,
        indicateurs=tuple(
            exemples.indicateur(exemples.serie(f"Heures {numero} {n}", {2024: "3", 2025: "9"}))
            for n in range(2)
        ),
        actions=tuple(
            exemples.action(
                f"{numero}.{rang}", f"{rang} {titre} {numero}", etats[rang % 7],
                resume=f"Une histoire longue, la {numero}{rang}. " * 12, en_avant=rang < 3,
                partenaires=tuple(f"Partenaire au nom long {numero} {rang} {n}" for n in range(6)),
            )
            for rang in range(nombre)
        ),
    )  # fmt: skip


@pytest.mark.parametrize(
    "bilan",
    [
        extreme(),
        extreme(volets=exemples.instantane().volets[2:]),
        extreme(volets=tuple(grand_volet(rang, 9) for rang in range(5))),
        extreme(textes=Textes(edito=Texte(texte="Un mot. " * 400, signature="L’élue"),
                              difficultes=Texte(texte="Phrase sans fin " * 90, signature=""),
                              participation=None, perspectives=None)),
        extreme(mots=exemples.instantane().mots * 12),
        extreme(contrat=replace(exemples.instantane().contrat, nom="Contrat " * 20,
                                date_debut=None, date_fin=None, date_signature=None)),
    ],
    ids=["vide", "sans-indicateur", "immense", "textes-longs", "glossaire-long", "nom-long"],
)  # fmt: skip
def test_un_bilan_extreme_reste_accessible(bilan: Instantane, tmp_path_factory) -> None:
    # Sur beaucoup de pages, le contrôleur prend pour un titre courant un titre de même place
    sauf = frozenset({"PAG-001"} if bilan.volets else ())
    assert controler(tmp_path_factory, rendre(bilan).octets, sauf=sauf) == []


def test_aucune_page_n_est_vide(resultat: ResultatPdf, document: pikepdf.Pdf) -> None:
    assert resultat.pages == len(document.pages)
    for page in document.pages:
        contenu = b"".join(bytes(o) for o in [page.Contents.read_bytes()])
        assert contenu.count(b"BT") >= 3


@reglages(sans_chrono, max_examples=12)
@given(
    st.lists(st.integers(0, 9), max_size=4),
    st.lists(st.decimals(0, 10**7, places=1), max_size=6),
    st.text(st.characters(codec="utf-8", categories=("L", "P", "Z", "N")), max_size=60),
)
def test_la_mise_en_page_accepte_tout_bilan(
    tailles: list[int], valeurs: list[Decimal], texte: str
) -> None:
    annees = {2026 - len(valeurs) + rang: str(v) for rang, v in enumerate(valeurs)}
    indicateur = exemples.indicateur(exemples.serie(texte or "x", annees))
    volets = tuple(
        Volet(
            numero=str(rang), titre=texte or "x", promesse=texte, couleur="", utile="",
            citation=None, indicateurs=(indicateur,),
            actions=tuple(exemples.action(f"{n}", texte or "x") for n in range(taille)),
        )
        for rang, taille in enumerate(tailles)
    )  # fmt: skip
    vues = contexte(exemples.instantane(volets=volets))
    assert len(vues["volets"]) == len(volets)
    assert '"nan"' not in render_to_string("bilans/pdf/bilan.html", vues)


def test_des_polices_absentes_donnent_le_remede(
    monkeypatch: pytest.MonkeyPatch, tmp_path, settings
) -> None:
    pdf._feuille.cache_clear()
    settings.BASE_DIR = tmp_path
    with pytest.raises(pdf.PoliceAbsente, match="construire_vendor"):
        rendre(exemples.instantane())
    pdf._feuille.cache_clear()
