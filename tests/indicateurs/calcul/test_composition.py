"""La composition d’une année, face à une récursion sur des arbres tirés au sort."""

from calendar import monthrange
from datetime import date
from decimal import Decimal
from fractions import Fraction
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from indicateurs.calcul.annuel import Regle, annees
from indicateurs.calcul.composition import Lieux, Valeur
from indicateurs.series import NON_DISPONIBLE, SECRET, Releve
from tests.appuis.proprietes import sans_chrono

ANNEE = 2025
# L’année, ses semestres, leurs trimestres, leurs mois : (premier mois, dernier mois)
TOUTE = (1, 12)


def details(periode: tuple[int, int]) -> list[tuple[int, int]]:
    premier, dernier = periode
    pas = {12: 6, 6: 3, 3: 1}.get(dernier - premier + 1)
    return [(m, m + pas - 1) for m in range(premier, dernier, pas)] if pas else []


def toutes(periode: tuple[int, int] = TOUTE) -> list[tuple[int, int]]:
    return [periode, *(p for d in details(periode) for p in toutes(d))]


# Une valeur : (numérateur, dénominateur), ou None pour un secret
NOMBRES = st.one_of(st.none(), st.tuples(st.integers(0, 50), st.integers(1, 90)))
DANS_LE_TEMPS = st.dictionaries(st.sampled_from(toutes()), NOMBRES, max_size=7)
COMMUNES = {e: [f"{e}{c}" for c in range(3)] for e in "ABC"}
LIEUX = ["", *COMMUNES, *(c for siennes in COMMUNES.values() for c in siennes)]
ARBRES = st.dictionaries(st.sampled_from(LIEUX[1:]), DANS_LE_TEMPS, max_size=8).flatmap(
    lambda parties: st.tuples(
        st.just(parties), st.one_of(st.just({}), st.just({}), DANS_LE_TEMPS)
    ).map(lambda couple: {**couple[0], "": couple[1]})
)


def releve(nombres: Any, agregation: str) -> Releve:
    if nombres is None:
        return Releve(annee=ANNEE, valeur=None, qualite=SECRET)
    haut, bas = map(Decimal, nombres)
    valeur = haut / bas * 100 if agregation == "RATIO" else haut
    return Releve(
        annee=ANNEE, valeur=valeur, qualite="DEFINITIVE", numerateur=haut, denominateur=bas
    )


def valeurs_de(arbre: dict[str, Any], agregation: str) -> list[Valeur]:
    return [
        Valeur(
            debut=date(ANNEE, de, 1),
            fin=date(ANNEE, a, monthrange(ANNEE, a)[1]),
            releve=releve(nombres, agregation),
            niveau="" if not lieu else ("epci" if lieu in COMMUNES else "commune"),
            code=lieu,
        )
        for lieu, periodes in arbre.items()
        for (de, a), nombres in periodes.items()
    ]


def lieux(_: int) -> Lieux:
    communes = {("epci", e): frozenset(siennes) for e, siennes in COMMUNES.items()}
    communes |= {("commune", c): frozenset({c}) for siennes in COMMUNES.values() for c in siennes}
    return Lieux(frozenset(c for siennes in COMMUNES.values() for c in siennes), communes)


# Le calcul à la main : descendre dans l’arbre, prendre un nœud dès qu’il est dit


def dans_le_temps(dits: dict[Any, Any], periode: tuple[int, int] = TOUTE) -> list[Any]:
    if periode in dits:
        return [dits[periode]]
    return [nombres for d in details(periode) for nombres in dans_le_temps(dits, d)]


def dans_l_espace(arbre: dict[str, Any]) -> list[Any]:
    if arbre[""]:
        return dans_le_temps(arbre[""])
    feuilles = []
    for epci, siennes in COMMUNES.items():
        choisis = [epci] if arbre.get(epci) else [c for c in siennes if arbre.get(c)]
        feuilles += [n for lieu in choisis for n in dans_le_temps(arbre[lieu])]
    return feuilles


@sans_chrono
@given(arbre=ARBRES, agregation=st.sampled_from(["SOMME", "RATIO"]))
def test_une_annee_composee_est_celle_d_un_calcul_a_la_main(
    arbre: dict[str, Any], agregation: str
) -> None:
    regle = Regle(agregation=agregation, facteur=100, periodicite="ANNUELLE", niveau="CLS")
    releves, _ = annees(regle, valeurs_de(arbre, agregation), lieux)
    feuilles = dans_l_espace(arbre)
    if not feuilles:
        assert not releves
        return
    (lu,) = releves
    if None in feuilles:
        assert (lu.valeur, lu.qualite) == (None, SECRET)
        return
    haut, bas = sum(n[0] for n in feuilles), sum(n[1] for n in feuilles)
    attendue = Fraction(haut, bas) * 100 if agregation == "RATIO" else Fraction(haut)
    assert lu.valeur is not None
    assert abs(Fraction(lu.valeur) - attendue) <= Fraction(1, 20_000)
    if len(feuilles) > 1:
        assert (lu.numerateur, lu.denominateur) == (haut, bas)


@sans_chrono
@given(arbre=ARBRES, agregation=st.sampled_from(["NON_AGREGABLE", "DERNIERE_VALEUR"]))
def test_ce_qui_ne_s_additionne_pas_n_est_jamais_reuni_d_un_territoire_a_l_autre(
    arbre: dict[str, Any], agregation: str
) -> None:
    regle = Regle(agregation=agregation, facteur=100, periodicite="ANNUELLE", niveau="CLS")
    releves, dites = annees(regle, valeurs_de(arbre, agregation), lieux)
    saisies = {n[0] for n in arbre[""].values() if n}
    assert all(r.valeur is None or int(r.valeur) in saisies for r in releves)
    if not arbre[""] and any(arbre.values()):
        assert "ne s’additionne pas" in dites[ANNEE].motif


def une(
    valeur: int | None, qualite: str = "DEFINITIVE", lieu: str = "", mois: Any = TOUTE
) -> Valeur:
    exacte = None if valeur is None else Decimal(valeur)
    return Valeur(
        debut=date(ANNEE, mois[0], 1),
        fin=date(ANNEE, mois[1], monthrange(ANNEE, mois[1])[1]),
        releve=Releve(annee=ANNEE, valeur=exacte, qualite=qualite),
        niveau="commune" if lieu else "",
        code=lieu,
    )


def lire(valeurs: list[Valeur], agregation: str = "SOMME", **regle: str) -> Any:
    options = {"periodicite": "ANNUELLE", "niveau": "CLS"} | regle
    releves, dites = annees(Regle(agregation=agregation, facteur=100, **options), valeurs, lieux)
    return (releves[0] if releves else None), dites[ANNEE]


def test_un_territoire_partiel_se_dit_et_reste_provisoire() -> None:
    lu, dite = lire([une(4, lieu="A0"), une(5, lieu="B1")])
    assert (lu.valeur, lu.qualite) == (9, "PROVISOIRE")
    assert (dite.connus, dite.attendus, dite.est_partielle) == (2, 9, True)
    assert "2 communes sur 9" in dite.phrase


def test_une_valeur_non_disponible_cede_sa_place_au_detail_et_un_secret_jamais() -> None:
    communes = [une(1, lieu=c) for siennes in COMMUNES.values() for c in siennes]
    lu, _ = lire([une(None, NON_DISPONIBLE), *communes])
    assert (lu.valeur, lu.qualite) == (9, "DEFINITIVE")
    secret, _ = lire([une(None, SECRET), *communes])
    assert (secret.valeur, secret.qualite) == (None, SECRET)


@pytest.mark.parametrize("qualite", [SECRET, NON_DISPONIBLE])
def test_une_part_tue_ou_absente_ne_compte_jamais_pour_zero(qualite: str) -> None:
    lu, dite = lire([une(4, lieu="A0"), une(None, qualite, lieu="A1")])
    assert (lu.valeur, lu.qualite) == (None, qualite)
    assert dite.motif


def test_une_commune_hors_du_perimetre_n_y_entre_pas() -> None:
    lu, dite = lire([une(4, lieu="Z9")])
    assert lu is None
    assert "périmètre" in dite.motif


def test_un_trimestre_saisi_chaque_trimestre_ne_fait_pas_l_annee() -> None:
    lu, dite = lire([une(4, mois=(1, 3)), une(6, mois=(4, 6))], periodicite="TRIMESTRIELLE")
    assert (lu.valeur, lu.qualite) == (10, "PROVISOIRE")
    assert "6 mois sur 12" in dite.phrase


def test_l_annee_et_ses_trimestres_ne_s_ajoutent_pas() -> None:
    lu, _ = lire([une(40), une(4, mois=(1, 3)), une(6, mois=(4, 6))])
    assert lu.valeur == 40


def test_un_rapport_sans_ses_deux_nombres_ne_se_moyenne_pas() -> None:
    lu, dite = lire([une(40, lieu="A0"), une(60, lieu="A1")], "RATIO")
    assert (lu.valeur, lu.qualite) == (None, NON_DISPONIBLE)
    assert "deux nombres" in dite.motif


def test_une_moyenne_de_territoires_se_pondere_ou_se_tait() -> None:
    sans, dite = lire([une(4, lieu="A0"), une(8, lieu="A1")], "MOYENNE")
    assert sans.valeur is None
    assert "effectifs" in dite.motif
    peses = [
        Valeur(
            debut=date(ANNEE, 1, 1),
            fin=date(ANNEE, 12, 31),
            releve=Releve(
                annee=ANNEE, valeur=Decimal(v), qualite="DEFINITIVE", denominateur=Decimal(poids)
            ),
            niveau="commune",
            code=lieu,
        )
        for lieu, v, poids in (("A0", 4, 30), ("A1", 8, 10))
    ]
    avec, _ = lire(peses, "MOYENNE")
    assert avec.valeur == 5


def test_les_quartiers_ne_font_un_tout_que_d_un_indicateur_de_quartiers() -> None:
    quartiers = [
        Valeur(
            debut=date(ANNEE, 1, 1),
            fin=date(ANNEE, 12, 31),
            releve=Releve(annee=ANNEE, valeur=Decimal(7), qualite="DEFINITIVE"),
            niveau="qpv",
            code=f"QP{n}",
        )
        for n in range(2)
    ]
    assert lire(quartiers)[0] is None
    lu, dite = lire(quartiers, niveau="QPV")
    assert lu.valeur == 14
    assert "2 quartiers prioritaires" in dite.phrase.replace("\u00a0", " ")
