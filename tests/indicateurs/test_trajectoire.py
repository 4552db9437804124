from dataclasses import replace
from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from indicateurs.series import Releve, Repere, Serie
from indicateurs.trajectoire import (
    REGLE,
    CodeVerdict,
    Trajectoire,
    Verdict,
    attendu,
    dernier_verdict,
    regle,
    verdict,
)
from tests.appuis.proprietes import sans_chrono
from tests.bilans.exemples import serie

INSECABLE = "\u00a0"
NOMBRES = st.decimals(-10_000, 10_000, places=2)
ANNEES = st.integers(2015, 2030)


def au_clair(texte: str) -> str:
    return texte.replace(INSECABLE, " ").replace("\u202f", " ")


def sans_medecin(valeur: str | None, **champs: object) -> Trajectoire:
    """L’exemple de la maquette : de 14,2 % en 2023 à 10 % en 2028, à 0,5 point près."""
    suivie = serie(
        "Habitants sans médecin traitant", {2026: valeur}, unite="%", sens="BAISSE", decimales=1,
        reference=Repere(annee=2023, valeur=Decimal("14.2")),
        cible=Repere(annee=2028, valeur=Decimal(10)),
    )  # fmt: skip
    return replace(Trajectoire(serie=suivie, precision=Decimal("0.5")), **champs)


@pytest.mark.parametrize(
    ("valeur", "code", "phrase"),
    [
        ("12.4", CodeVerdict.EN_RETARD, "0,7 point au-dessus de la trajectoire"),
        ("12.18", CodeVerdict.DANS_LA_TRAJECTOIRE, "Dans la trajectoire"),
        ("11.18", CodeVerdict.DANS_LA_TRAJECTOIRE, "Dans la trajectoire"),
        ("12.19", CodeVerdict.EN_RETARD, "0,5 point au-dessus de la trajectoire"),
        ("9", CodeVerdict.EN_AVANCE, "2,7 points au-dessous de la trajectoire"),
    ],
)
def test_l_ecart_se_dit_dans_l_unite_et_du_bon_cote(
    valeur: str, code: CodeVerdict, phrase: str
) -> None:
    rendu = verdict(sans_medecin(valeur), 2026)
    assert (rendu.code, au_clair(rendu.phrase)) == (code, phrase)
    assert rendu.attendu == Decimal("11.68")


def verdict_independant(
    points: dict[int, Fraction], annee: int, valeur: Fraction, tolere: Fraction, sens: str
) -> str:
    """La même règle, écrite autrement : en fractions, par la pente du segment."""
    avant = max((a for a in points if a <= annee), default=None)
    apres = min((a for a in points if a >= annee), default=None)
    if avant is None or sens == "NEUTRE":
        return "NON_MESURABLE"
    if apres is None or apres == avant:
        prevu = points[avant]
    else:
        pente = (points[apres] - points[avant]) / (apres - avant)
        prevu = points[avant] + pente * (annee - avant)
    avance = valeur - prevu if sens == "HAUSSE" else prevu - valeur
    if avance > tolere:
        return "EN_AVANCE"
    return "EN_RETARD" if -avance > tolere else "DANS_LA_TRAJECTOIRE"


@sans_chrono
@given(
    st.dictionaries(ANNEES, NOMBRES, min_size=1, max_size=5), ANNEES, NOMBRES,
    st.decimals(0, 500, places=2), st.sampled_from(["HAUSSE", "BAISSE", "NEUTRE"]), st.booleans(),
)  # fmt: skip
def test_le_verdict_suit_une_regle_ecrite_autrement(
    points: dict[int, Decimal],
    annee: int,
    valeur: Decimal,
    precision: Decimal,
    sens: str,
    est_declaree: bool,
) -> None:
    premiere, *milieu, derniere = sorted(points) if len(points) > 1 else [0, *points]
    suivie = Trajectoire(
        serie=serie(
            "A", {annee: str(valeur)}, sens=sens,
            reference=Repere(annee=premiere, valeur=points[premiere]) if premiere else None,
            cible=Repere(annee=derniere, valeur=points[derniere]),
        ),
        intermediaires=tuple(Repere(annee=a, valeur=points[a]) for a in reversed(milieu)),
        precision=precision if est_declaree else None,
    )  # fmt: skip
    exacts = {a: Fraction(v) for a, v in points.items()}
    chemin = abs(exacts[max(exacts)] - exacts[min(exacts)])
    tolere = Fraction(precision) if est_declaree else chemin / 10
    attendu_ = verdict_independant(exacts, annee, Fraction(valeur), tolere, sens)
    rendu = verdict(suivie, annee).code
    # une division décimale est arrondie au 28e chiffre : juste à la limite, les deux se valent
    if not _a_la_limite(exacts, annee, Fraction(valeur), tolere):
        assert rendu == attendu_


def _a_la_limite(
    points: dict[int, Fraction], annee: int, valeur: Fraction, tolere: Fraction
) -> bool:
    proche = Fraction(1, 10**12)
    dedans = verdict_independant(points, annee, valeur, tolere + proche, "HAUSSE")
    dehors = verdict_independant(points, annee, valeur, max(tolere - proche, Fraction(0)), "HAUSSE")
    return dedans != dehors


@sans_chrono
@given(st.dictionaries(ANNEES, NOMBRES, min_size=2, max_size=6))
def test_la_trajectoire_passe_par_chacun_de_ses_points(points: dict[int, Decimal]) -> None:
    premiere, *milieu, derniere = sorted(points)
    suivie = Trajectoire(
        serie=serie(
            "A", {}, reference=Repere(annee=premiere, valeur=points[premiere]),
            cible=Repere(annee=derniere, valeur=points[derniere]),
        ),
        intermediaires=tuple(Repere(annee=a, valeur=points[a]) for a in milieu),
    )  # fmt: skip
    assert all(attendu(suivie, a) == points[a] for a in points)
    assert attendu(suivie, premiere - 1) is None
    assert attendu(suivie, derniere + 3) == points[derniere]


@pytest.mark.parametrize(
    ("champs", "raison"),
    [
        ({"sens": "NEUTRE"}, "Ni la hausse ni la baisse"),
        ({"cible": None}, "Il n’a pas de cible."),
        ({"reference": None}, "Sans valeur de référence, rien n’est attendu avant 2028."),
        ({"reference": Repere(annee=2027, valeur=Decimal(14))}, "La trajectoire commence en 2027."),
        ({"releves": ()}, "La valeur de 2026 n’est pas connue."),
        (
            {"releves": (Releve(annee=2026, valeur=None, qualite="SECRET_STATISTIQUE"),)},
            "La valeur de 2026 est couverte par le secret statistique.",
        ),
    ],
)
def test_ce_qui_ne_se_mesure_pas_dit_pourquoi(champs: dict, raison: str) -> None:
    modele = sans_medecin("12.4")
    suivie = replace(modele, serie=replace(modele.serie, **champs))
    rendu = verdict(suivie, 2026)
    assert rendu.code == CodeVerdict.NON_MESURABLE
    assert rendu.phrase.startswith(raison)


def test_le_verdict_porte_sur_la_derniere_annee_connue() -> None:
    modele = sans_medecin("12.4")
    futur = Releve(annee=2030, valeur=Decimal(9), qualite="ESTIMEE")
    inconnu = Releve(annee=2027, valeur=None, qualite="NON_DISPONIBLE")
    releves = (*modele.serie.releves, inconnu, futur)
    suivie = replace(modele, serie=replace(modele.serie, releves=releves))
    assert dernier_verdict(suivie, 2027).annee == 2026
    assert dernier_verdict(suivie, 2025).annee == 2025


@pytest.mark.parametrize(
    ("sens", "valeur", "alerte"),
    [
        ("BAISSE", "13.5", "Au-dessus du seuil d’alerte, 13,0 %"),
        ("BAISSE", "13", ""),
        ("BAISSE", "9", ""),
        ("HAUSSE", "12", "Sous le seuil d’alerte, 13,0 %"),
        ("HAUSSE", "14", ""),
        ("NEUTRE", "99", ""),
    ],
)
def test_le_seuil_alerte_du_cote_defavorable_seulement(sens: str, valeur: str, alerte: str) -> None:
    modele = sans_medecin(valeur, seuil=Decimal(13))
    rendu: Verdict = verdict(replace(modele, serie=replace(modele.serie, sens=sens)), 2026)
    assert au_clair(rendu.alerte) == alerte


def test_la_regle_s_ecrit_avec_les_nombres_de_l_indicateur() -> None:
    ecrite = au_clair(regle(sans_medecin("12.4")))
    assert "14,2 % en 2023, 10,0 % en 2028" in ecrite
    assert "0,5 point au plus (la précision de l’indicateur)" in ecrite
    assert "avance au-dessous" in ecrite
    deduite = au_clair(regle(sans_medecin("12.4", precision=None)))
    assert "0,4 point au plus (un dixième du chemin)" in deduite


def test_sans_depart_la_regle_generale_est_donnee() -> None:
    modele = sans_medecin("12.4")
    assert regle(replace(modele, serie=replace(modele.serie, reference=None))) == REGLE


def test_une_cible_passee_reste_attendue_et_ce_qui_la_suit_ne_compte_pas() -> None:
    suivie = sans_medecin("12.4", intermediaires=(Repere(annee=2031, valeur=Decimal(3)),))
    assert [p.annee for p in suivie.points] == [2023, 2028]
    assert attendu(suivie, 2031) == 10


def test_une_serie_sans_cible_n_a_ni_trajectoire_ni_marge() -> None:
    vide: Serie = serie("A", {2025: "3"})
    assert Trajectoire(serie=vide).points == ()
    assert Trajectoire(serie=vide).tolerance == 0
