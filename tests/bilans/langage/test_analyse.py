"""Un texte relu : chaque règle à sa place, des morceaux qui redonnent le texte, un temps tenu."""

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bilans.langage import Reglement, relever, relire, segments
from bilans.langage.analyse import Analyse
from tests.appuis.proprietes import sans_chrono
from tests.bilans.langage.livres import LEXIQUE, REGLEMENT

PHRASE_DE_25 = " ".join(["mot"] * 25)
PHRASE_DE_31 = " ".join(["mot"] * 31)
MORCEAUX = st.sampled_from(
    ["L’ARS", "le ZYX", "est ouvert", "ne", "pas", "sans", "rapidement", "depuis deux ans", ". ",
     "\n", "**", "[a](https://b.fr)", "prendre une décision", "été", "É", "œuvre", " ", "(", ")",
     "LES ACTIONS DE LA VILLE", "l’établissement scolaire", "!", "a@b.fr", "e\u0301"]
)  # fmt: skip


def relu(texte: str) -> Analyse:
    return relire(texte, REGLEMENT, LEXIQUE, relever([texte], LEXIQUE), 2025)


def regles(texte: str) -> list[tuple[str, str]]:
    return [(a.regle, a.extrait) for a in relu(texte).alertes]


@pytest.mark.parametrize(
    ("texte", "attendues"),
    [
        (f"{PHRASE_DE_25}.", [("phrase_longue", f"{PHRASE_DE_25}.")]),
        (f"{PHRASE_DE_31}.", [("phrase_tres_longue", f"{PHRASE_DE_31}.")]),
        (" ".join(["mot"] * 20) + ".", []),
        ("Le ZYX et le ZYX.", [("sigle_non_explique", "ZYX")]),
        ("L’APA.", [("sigle_non_explique", "APA")]),
        ("Il n’est pas simple de ne rien dire.",
         [("double_negation", "n’est pas simple de ne")]),
        ("Il ne part pas.", []),
        ("Venez sans rendez-vous et sans payer.", []),
        ("Elle a effectué une évaluation.", [("nominalisation", "effectué une évaluation")]),
        ("Nous procédons à la réalisation des plans.",
         [("nominalisation", "procédons à la réalisation")]),
        ("Nous assurons des prestations.", []),
        ("Un lieu a été ouvert par la ville.", [("voix_passive", "été ouvert")]),
        ("Les aides sont souvent données.", [("voix_passive", "sont souvent données")]),
        ("Elle est née ici, il est parti, ils se sont réunis.", []),
        ("Il avance rapidement, évidemment.",
         [("adverbe_ment", "rapidement"), ("adverbe_ment", "évidemment")]),
        ("Un document, un logement, un élément, le renouvellement.", []),
        ("LES ACTIONS DE LA VILLE", [("texte_en_capitales", "LES ACTIONS DE LA VILLE")]),
        ("Le bus passe le mardi.", []),
    ],
)  # fmt: skip
def test_chaque_regle_releve_ce_qu_elle_dit(texte: str, attendues: list[tuple[str, str]]) -> None:
    assert regles(texte) == attendues


def test_les_gravites_sont_celles_des_regles() -> None:
    lu = relu(f"{PHRASE_DE_31}. {PHRASE_DE_25}. Un lieu a été ouvert.")
    assert (lu.erreurs, lu.avertissements, lu.infos) == (1, 1, 1)
    assert [a.regle for a in lu.phrases_a_raccourcir] == ["phrase_tres_longue", "phrase_longue"]
    assert lu.phrases_a_raccourcir[0].conseil.startswith("31 mots.")


def test_une_regle_retiree_se_tait_et_un_seuil_change_se_tient() -> None:
    assert not relire(f"{PHRASE_DE_31}.", Reglement(), LEXIQUE).alertes
    regle = REGLEMENT.regles["phrase_longue"]
    court = type(regle)(regle.code, regle.libelle, regle.gravite, seuil=3)
    severe = Reglement(regles={regle.code: court})
    assert [a.extrait for a in relire("Un deux trois quatre. Un.", severe, LEXIQUE).alertes] == [
        "Un deux trois quatre."
    ]


def test_un_terme_a_remplacer_dit_seul_ce_qu_il_a_a_dire() -> None:
    assert [r for r, _ in regles("Revu mensuellement.")] == ["jargon"]
    assert [r for r, _ in regles("Ouvert récemment.")] == ["date_relative"]


@sans_chrono
@given(st.lists(MORCEAUX, max_size=40).map(" ".join))
def test_les_places_sont_exactes_et_les_morceaux_redonnent_le_texte(texte: str) -> None:
    lu = relu(texte)
    for a in lu.alertes:
        assert a.longueur > 0
        assert lu.texte[a.debut : a.fin] == a.extrait
        if a.proposition:
            assert lu.texte[a.proposition.debut : a.proposition.fin] == a.ote != ""
    coupes = segments(lu.texte, lu.alertes)
    assert "".join(s.texte for s in coupes) == lu.texte
    couverts = {n for a in lu.alertes for n in range(a.debut, a.fin)}
    place = 0
    for s in coupes:
        assert bool(s.gravite) == (place in couverts)
        place += len(s.texte)


@sans_chrono
@given(st.text(max_size=300))
def test_un_texte_quelconque_se_relit_sans_erreur(texte: str) -> None:
    lu = relu(texte)
    assert "".join(s.texte for s in segments(lu.texte, lu.alertes)) == lu.texte


HOSTILES = {
    "un mot d’un million de lettres": "a" * 1_000_000,
    "un million de capitales": "A" * 1_000_000,
    "des points et une lettre": "." * 1_000_000 + "a",
    "des points et des espaces": ". " * 100_000,
    "des majuscules": "Ab" * 2_000 + " A" * 100_000,
    "des débuts d’adresse": ("www" * 30 + ". ") * 2_000 + "http:// " * 20_000,
    "des nombres sans fin": "1,1," * 60_000 + "a",
    "des adresses": "a@" * 100_000,
    "des parenthèses": "ARS (" * 40_000,
    "des initiales": "A." * 100_000,
    "des négations": "ne " * 60_000,
    "des auxiliaires": "est " * 50_000,
    "des débuts de date": "depuis deux " * 16_000,
    "des sigles inconnus": "ZY " * 60_000,
    "des lignes criées": "LES ACTIONS DE ZY\n" * 11_000,
    "des lignes courtes": "a\n" * 100_000,
    "des espaces": " " * 500_000,
    "des liens": "[a](http://" * 18_000,
    "du texte": "Il n’est pas simple de prendre une décision depuis deux ans. " * 3_300,
}


@pytest.mark.parametrize("cas", HOSTILES)
def test_un_texte_hostile_coute_ce_que_coute_sa_longueur(cas: str) -> None:
    """Large : une machine chargée. Une règle qui explose prendrait des minutes, pas des secondes."""
    depart = time.process_time()
    lu = relu(HOSTILES[cas])
    segments(lu.texte, lu.alertes)
    assert time.process_time() - depart < 4
