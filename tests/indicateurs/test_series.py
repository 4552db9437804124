from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from indicateurs.models import Agregation, Qualite
from indicateurs.series import (
    NON_DISPONIBLE,
    SECRET,
    Releve,
    compte_des_personnes,
    par_annee,
    publiable,
)
from tests.appuis.proprietes import sans_chrono
from tests.bilans.exemples import serie


def releve(annee: int, valeur: int | str | None, qualite: str = "DEFINITIVE", **n: int) -> Releve:
    nombres = {nom: Decimal(v) for nom, v in n.items()}
    exacte = None if valeur is None else Decimal(valeur)
    return Releve(annee=annee, valeur=exacte, qualite=qualite, **nombres)


def test_les_qualites_sont_celles_du_modele() -> None:
    assert {SECRET, NON_DISPONIBLE} <= set(Qualite.values)
    assert "RATIO" in Agregation.values


@sans_chrono
@given(st.lists(st.tuples(st.integers(2020, 2024), st.integers(0, 10**6)), max_size=30))
def test_une_somme_annuelle_est_celle_d_un_calcul_a_la_main(
    couples: list[tuple[int, int]],
) -> None:
    annuels = par_annee("SOMME", [releve(annee, valeur) for annee, valeur in couples])
    attendu: dict[int, int] = {}
    for annee, valeur in couples:
        attendu[annee] = attendu.get(annee, 0) + valeur
    assert {r.annee: r.valeur for r in annuels} == attendu
    assert [r.annee for r in annuels] == sorted(attendu)


def test_un_rapport_ne_se_moyenne_pas() -> None:
    (annuel,) = par_annee(
        "RATIO",
        [releve(2025, 25, numerateur=10, denominateur=40),
         releve(2025, 75, numerateur=60, denominateur=80)],
    )  # fmt: skip
    assert annuel.valeur == Decimal("58.3333")
    assert (annuel.numerateur, annuel.denominateur) == (70, 120)


@pytest.mark.parametrize(
    ("agregation", "attendue", "qualite"),
    [("SOMME", None, SECRET), ("MOYENNE", None, SECRET), ("DERNIERE_VALEUR", 8, "DEFINITIVE")],
)
def test_une_periode_secrete_rend_secrete_l_annee_qu_elle_compose(
    agregation: str, attendue: int | None, qualite: str
) -> None:
    (annuel,) = par_annee(agregation, [releve(2025, 8), releve(2025, None, SECRET)])
    assert (annuel.valeur, annuel.qualite) == (attendue, qualite)


def test_une_periode_provisoire_rend_l_annee_provisoire() -> None:
    (annuel,) = par_annee("SOMME", [releve(2025, 8, "ESTIMEE"), releve(2025, 4)])
    assert annuel.est_provisoire


@pytest.mark.parametrize(
    ("unite", "libelle", "attendu"),
    [
        ("personnes", "Ce que l’on veut", True),
        ("élèves formés", "Ateliers", True),
        ("nombre", "Participants aux ateliers", True),
        ("nombre", "Nombre de jeunes reçus", True),
        ("nombre", "Médecins généralistes", False),
        ("cantines", "Participants", False),
        ("%", "Habitants sans médecin", False),
        ("", "", False),
    ],
)
def test_on_reconnait_un_effectif_de_personnes(unite: str, libelle: str, attendu: bool) -> None:
    assert compte_des_personnes(unite, libelle) is attendu


@pytest.mark.parametrize(
    ("valeur", "masque"), [("0", False), ("1", True), ("4", True), ("4.5", True), ("5", False)]
)
def test_un_effectif_de_un_a_quatre_personnes_est_masque(valeur: str, masque: bool) -> None:
    (lu,) = publiable(serie("Personnes reçues", {2025: valeur})).releves
    assert (lu.valeur is None) is masque
    assert lu.est_secret is masque


def test_un_effectif_de_choses_n_est_pas_masque() -> None:
    (lu,) = publiable(serie("Cantines engagées", {2025: "3"}, unite="cantines")).releves
    assert lu.valeur == 3


@pytest.mark.parametrize(
    ("haut", "bas", "masque"),
    [
        (3, 100, True),
        (97, 100, False),
        (16, 19, True),
        (8, 12, True),
        (9, 14, False),
        (0, 9, False),
    ],
)
def test_un_rapport_qui_trahit_un_petit_groupe_est_masque(
    haut: int, bas: int, masque: bool
) -> None:
    base = serie("Part", {}, unite="%", agregation="RATIO")
    valeur = Decimal(haut) / bas * 100
    lue = Releve(
        annee=2025, valeur=valeur, qualite="DEFINITIVE", numerateur=Decimal(haut),
        denominateur=Decimal(bas),
    )  # fmt: skip
    avec = type(base)(**{c: getattr(base, c) for c in base.__slots__} | {"releves": (lue,)})
    (resultat,) = publiable(avec).releves
    assert resultat.est_secret is masque
    assert (resultat.numerateur is None) is masque
