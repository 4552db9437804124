"""La comparaison explique chaque sigle là où on le rencontre d’abord, d’après les bilans figés."""

import csv
import io
from dataclasses import replace
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bilans.comparaison import Comparaison, comparer
from bilans.comparaison.fichier import en_csv
from bilans.comparaison.page import Page, page_de
from bilans.instantane import Annonce, Annonces, Argent, Instantane, Mot, Somme
from tests.appuis.proprietes import sans_chrono
from tests.bilans.exemples_annees import action, bilan, volet

SENS = {
    "ARS": "Agence régionale de santé",
    "CPAM": "Caisse primaire d’assurance maladie",
    "CLS": "Contrat local de santé",
    "MSP": "Maison de santé pluriprofessionnelle",
}
MOTS = tuple(Mot(terme=terme, sigle=sigle, definition="") for sigle, terme in SENS.items())
VOLETS = (volet((action("Ouvrir une MSP", cle="a"), action("Le bus de l’ARS", cle="b"))),)


def argent(*payeurs: str) -> Argent:
    sommes = tuple(Somme(nom=nom, montant=Decimal(10)) for nom in payeurs)
    rien = dict.fromkeys(("cout_prevu", "cout_realise", "apports_en_nature", "etp"))
    return Argent(
        annee=2025, total=Decimal(10 * len(payeurs)), payeurs=sommes,
        usages=(Somme(nom="Santé", montant=Decimal(10)),), flux=(), source="", **rien,
    )  # fmt: skip


def annonce(texte: str) -> Annonces:
    ligne = Annonce(texte=texte, devenir="EN_PARTIE", libelle="En partie", explication="L’ARS.")
    return Annonces(annee=2024, lignes=(ligne,))


def deux(**plus: object) -> list[Instantane]:
    un = bilan(2024, VOLETS, mots=MOTS, argent=argent("ARS Bretagne"))
    return [un, bilan(2025, VOLETS, mots=MOTS, argent=argent("ARS Bretagne", "CPAM"), **plus)]


def notes(page: Page) -> list[str]:
    """Celles des tableaux, dans l’ordre de lecture."""
    groupes = [n for g in page.argent for r in g.rangs for n in r.notes]
    return groupes + [
        n for v in page.volets for n in (*v.notes, *(m for r in v.rangs for m in r.notes))
    ]


def test_un_financeur_garde_son_nom_et_ses_sigles_sont_expliques_dessous() -> None:
    page = page_de(comparer(deux()))
    qui = next(groupe for groupe in page.argent if groupe.titre == "Qui finance")
    assert [(rang.nom, rang.notes) for rang in qui.rangs] == [
        ("ARS Bretagne", ("ARS\u00a0: agence régionale de santé",)),
        ("CPAM", ("CPAM\u00a0: caisse primaire d’assurance maladie",)),
    ]


def test_un_sigle_n_est_explique_qu_une_fois_dans_toute_la_page() -> None:
    assert notes(page_de(comparer(deux()))) == [
        "ARS\u00a0: agence régionale de santé",
        "CPAM\u00a0: caisse primaire d’assurance maladie",
        "MSP\u00a0: maison de santé pluriprofessionnelle",
    ]


def test_une_annonce_lue_avant_les_tableaux_l_explique_dans_sa_phrase() -> None:
    page = page_de(comparer(deux(annonces=annonce("L’ARS ouvrira un lieu."))))
    (ligne,) = page.annonces[0].lignes
    assert ligne.texte == "L’ARS (agence régionale de santé) ouvrira un lieu."
    assert ligne.explication == "L’ARS."
    assert not any("ARS" in note for note in notes(page))


def test_un_nom_qui_dit_deja_son_sigle_n_a_pas_de_note() -> None:
    lue = comparer([bilan(2025, (), mots=MOTS, argent=argent("Agence régionale de santé (ARS)"))])
    assert notes(page_de(lue)) == []


def test_une_parenthese_sans_les_initiales_n_explique_pas_un_sigle() -> None:
    lue = comparer([bilan(2025, (), mots=MOTS, argent=argent("Assurance maladie (CPAM)"))])
    assert notes(page_de(lue)) == ["CPAM\u00a0: caisse primaire d’assurance maladie"]


@pytest.mark.parametrize(
    ("texte", "attendu"),
    [
        ("Un lieu (ARS) ouvrira.", "Un lieu (ARS\u00a0: agence régionale de santé) ouvrira."),
        ("L’ARS (Bretagne), puis l’ARS.",
         "L’ARS (Bretagne), puis l’ARS (agence régionale de santé)."),
        ("L’agence régionale de santé (ARS), puis l’ARS.",
         "L’agence régionale de santé (ARS), puis l’ARS."),
    ],
)  # fmt: skip
def test_une_phrase_n_imbrique_pas_de_parentheses(texte: str, attendu: str) -> None:
    (ligne,) = page_de(comparer(deux(annonces=annonce(texte)))).annonces[0].lignes
    assert ligne.texte == attendu


def test_le_bilan_le_plus_recent_l_emporte_et_le_plus_ancien_complete() -> None:
    ancien = (Mot(terme="Ancien sens", sigle="ARS", definition=""), MOTS[1])
    avant, apres = deux()
    avant, apres = replace(avant, mots=ancien), replace(apres, mots=MOTS[:1])
    dits = notes(page_de(comparer([avant, apres])))
    assert dits == [
        "ARS\u00a0: agence régionale de santé",
        "CPAM\u00a0: caisse primaire d’assurance maladie",
    ]


def test_un_sigle_que_ces_bilans_n_expliquent_pas_reste_tel_quel() -> None:
    lue = comparer([replace(b, mots=()) for b in deux()])
    assert notes(page_de(lue)) == []
    assert sigles_du_csv(lue) == []


def sigles_du_csv(lue: Comparaison) -> list[tuple[str, str, str]]:
    lignes = csv.DictReader(io.StringIO(en_csv(lue).decode("utf-8-sig")), delimiter=";")
    return [
        (li["libelle"], li["annee_bilan"], li["explication"])
        for li in lignes
        if li["nature"] == "sigle"
    ]


def test_le_fichier_explique_les_sigles_employes_et_eux_seuls() -> None:
    assert sigles_du_csv(comparer(deux())) == [
        ("ARS", "2025", SENS["ARS"]),
        ("CPAM", "2025", SENS["CPAM"]),
        ("MSP", "2025", SENS["MSP"]),
    ]


@sans_chrono
@given(st.lists(st.sampled_from([*SENS, "QQQ", "Ville", "ARS de Nantes"]), max_size=6, unique=True))
def test_page_et_fichier_expliquent_les_memes_sigles(payeurs: list[str]) -> None:
    lue = comparer([bilan(2025, VOLETS, mots=MOTS, argent=argent(*payeurs))])
    dits = [note.split("\u00a0:")[0] for note in notes(page_de(lue))]
    assert len(dits) == len(set(dits))
    assert dits == [sigle for sigle, _, _ in sigles_du_csv(lue)]
