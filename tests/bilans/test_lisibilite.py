import pytest
from hypothesis import given
from hypothesis import strategies as st

from bilans.lisibilite import (
    Definition,
    analyser,
    expliquer,
    kandel_moles,
    lexique,
    mots,
    phrases,
    phrases_longues,
    reperer,
)
from bilans.mots import COURANTS, mots_du_bilan
from tests.appuis.proprietes import sans_chrono

CONNUS = lexique(
    [
        Definition("ARS", "Agence régionale de santé"),
        Definition("CPTS", "Communauté professionnelle territoriale de santé"),
        Definition("C2S", "Complémentaire santé solidaire"),
        Definition("APA", "Allocation personnalisée d’autonomie", "seniors"),
        Definition("APA", "Activité physique adaptée", "sport_sante"),
    ]
)


@pytest.mark.parametrize(
    ("texte", "attendus"),
    [
        ("L’ARS et la CPTS.", ["ARS", "CPTS"]),
        ("l'ARS, d’ARS, (ARS)", ["ARS", "ARS", "ARS"]),
        ("les EHPADs et les EHPAD", ["EHPAD", "EHPAD"]),
        ("La C2S remplace la CMU", ["C2S", "CMU"]),
        ("IREPS/ORS, CLS-CLSM", ["IREPS", "ORS", "CLS", "CLSM"]),
        ("ars, Ars, arS", []),
        ("Voir https://www.ARS.fr/PDF et contact@CPTS.fr", []),
        ("Le XXIe siècle, la phase II, la IVe édition", []),
        ("L’UE, le COVID-19, un PDF", []),
        ("ATTENTION À LA MARCHE", ["ATTENTION", "LA", "MARCHE"]),
        ("RESPONSABILITÉ", []),
        ("Un A, un É", []),
    ],
)
def test_un_sigle_est_un_mot_entier_en_capitales(texte: str, attendus: list[str]) -> None:
    assert list(reperer(texte)) == attendus


def test_les_sigles_connus_ambigus_et_inconnus_sont_separes() -> None:
    trouves = analyser(["L’ARS, l’APA et le ZYX."], CONNUS)
    assert [d.sigle for d in trouves.expliques] == ["ARS"]
    assert trouves.ambigus == ("APA",)
    assert trouves.inconnus == ("ZYX",)
    assert trouves.bloquent


def test_le_theme_du_document_tranche_un_sigle_ambigu() -> None:
    trouves = analyser(["L’APA."], CONNUS, {"sport_sante", "prevention"})
    assert [d.terme for d in trouves.expliques] == ["Activité physique adaptée"]
    assert not trouves.bloquent


def test_deux_themes_possibles_laissent_le_sigle_ambigu() -> None:
    assert analyser(["L’APA."], CONNUS, {"sport_sante", "seniors"}).ambigus == ("APA",)


def test_un_sigle_est_developpe_a_sa_premiere_rencontre_seulement() -> None:
    deja: set[str] = set()
    termes = {"ARS": "agence régionale de santé"}
    premiere = expliquer("Avec l’ARS, puis l’ARS.", termes, deja)
    assert premiere == "Avec l’ARS (agence régionale de santé), puis l’ARS."
    assert expliquer("L’ARS encore.", termes, deja) == "L’ARS encore."


@pytest.mark.parametrize(
    "texte",
    ["L’Agence régionale de santé (ARS) agit.", "ARS (l’agence) agit.", "Écrire à a@ARS.fr."],
)
def test_un_sigle_deja_explique_ou_dans_une_adresse_reste_tel_quel(texte: str) -> None:
    assert expliquer(texte, {"ARS": "agence régionale de santé"}, set()) == texte


@sans_chrono
@given(st.text(max_size=200))
def test_sans_sigle_connu_un_texte_ne_change_pas(texte: str) -> None:
    assert expliquer(texte, {}, set()) == texte


def test_les_mots_a_connaitre_sont_ceux_des_textes() -> None:
    sigles = analyser(["La CPTS et l’ARS."], CONNUS)
    trouves = mots_du_bilan(["La CPTS et l’ARS. Votre médecin traitant."], sigles)
    assert [(m.terme, m.sigle) for m in trouves] == [
        ("Agence régionale de santé", "ARS"),
        ("Communauté professionnelle territoriale de santé", "CPTS"),
        ("Médecin traitant", ""),
    ]
    assert all(m.definition for m in trouves)


def test_les_mots_courants_sont_definis_sans_sigle() -> None:
    assert not [mot for mot, _, definition in COURANTS if list(reperer(definition))]
    assert mots_du_bilan(["Rien de particulier."], analyser([], CONNUS)) == ()


def test_un_texte_simple_se_lit_mieux_qu_un_texte_administratif() -> None:
    simple = "Le bus passe le mardi. Il s’arrête devant la mairie. Venez sans rendez-vous."
    lourd = (
        "Conformément aux préconisations de l’instance décisionnelle, l’opérationnalisation des "
        "modalités d’accompagnement territorialisé nécessite une contractualisation préalable."
    )
    assert kandel_moles(simple) > 60
    assert kandel_moles(lourd) < 50


def test_la_formule_de_kandel_et_moles_est_la_bonne() -> None:
    # 7 mots, 1 phrase, 17 groupes de voyelles
    attendu = 207 - 1.015 * 7 - 73.6 * 17 / 7
    phrase = "La communauté de communes organise une réunion."
    assert kandel_moles(phrase) == pytest.approx(attendu)


@sans_chrono
@given(st.text(max_size=300))
def test_le_score_reste_entre_zero_et_cent(texte: str) -> None:
    score = kandel_moles(texte)
    assert score is None or 0 <= score <= 100


def test_une_phrase_longue_est_rendue_entiere() -> None:
    longue = " ".join(["mot"] * 21)
    assert phrases_longues(f"Courte. {longue}.") == [longue]
    assert phrases("Un. Deux !\nTrois") == ["Un", "Deux", "Trois"]
    assert mots("L’eau d’aujourd’hui, 12,5 litres") == ["L’eau", "d’aujourd’hui", "12,5", "litres"]
