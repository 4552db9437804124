"""Les bilans publiés côte à côte : chaque chiffre est celui que son bilan a figé."""

from collections import Counter
from dataclasses import replace
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bilans.comparaison import comparer
from bilans.comparaison.fichier import en_csv
from bilans.comparaison.page import page_de
from bilans.comparaison.rapprochement import nu, rapprocher
from bilans.etats_publics import EtatPublic
from bilans.instantane import Argent, Flux, Somme
from indicateurs.series import Releve
from tests.appuis.proprietes import sans_chrono
from tests.bilans import exemples
from tests.bilans.exemples_annees import action, bilan, serie, volet
from tests.bilans.exemples_pleins import argent

VIEUX = Path(__file__).parent / "donnees" / "instantane_schema_1.json"


def test_sans_bilan_il_n_y_a_rien_a_comparer() -> None:
    with pytest.raises(ValueError, match="au moins un bilan"):
        comparer([])


def test_les_colonnes_vont_du_plus_ancien_au_plus_recent() -> None:
    lue = comparer([bilan(2025, ()), bilan(2023, ()), bilan(2024, ())])
    assert lue.annees == (2023, 2024, 2025)


# Le rapprochement


def test_une_action_renommee_est_reconnue_par_son_identifiant() -> None:
    avant = bilan(2024, (volet((action("Bus santé", cle="a"), action("Autre", cle="b"))),))
    apres = bilan(2025, (volet((action("Le car des soins", EtatPublic.TERMINEE, cle="a"),)),))
    lue = comparer([avant, apres])
    premiere, seconde = lue.actions
    assert (premiere.titre, premiere.ancien_titre) == ("Le car des soins", "Bus santé")
    assert [e and e.etat for e in premiere.etats] == [EtatPublic.EN_COURS, EtatPublic.TERMINEE]
    assert (seconde.titre, seconde.etats[1]) == ("Autre", None)


def test_un_bilan_sans_identifiants_se_rapproche_par_le_nom() -> None:
    lue = comparer(
        [
            bilan(2024, (volet((action("Bus  SANTE !"),)),)),
            bilan(2025, (volet((action("Bus santé", cle="a"),)),)),
        ]
    )
    assert len(lue.actions) == 1
    assert lue.actions[0].ancien_titre == ""


def test_deux_identifiants_differents_restent_deux_lignes_meme_sous_un_meme_nom() -> None:
    lue = comparer(
        [
            bilan(2024, (volet((action("Bus", cle="a"),)),)),
            bilan(2025, (volet((action("Bus", cle="b"),)),)),
        ]
    )
    assert [[e is not None for e in a.etats] for a in lue.actions] == [
        [False, True],
        [True, False],
    ]


NOMS = st.sampled_from(["Bus", "bus", "Écoute", "Ecoute", "Marche", "Repas"])
CLES = st.sampled_from(["", "a", "b", "c", "d"])
BILANS = st.lists(st.lists(st.tuples(CLES, NOMS), max_size=6), min_size=1, max_size=4)


@sans_chrono
@given(BILANS)
def test_chaque_part_est_rangee_une_fois_et_a_sa_place(bilans: list[list[tuple[str, str]]]) -> None:
    """Rien de perdu, rien en double ; une suite ne mêle jamais deux identifiants."""
    suites = rapprocher(bilans, lambda part: part[0], lambda part: part[1])
    for place, parts in enumerate(bilans):
        rangees = [s.parts[place] for s in suites if s.parts[place] is not None]
        assert Counter(rangees) == Counter(parts)
    for suite in suites:
        cles = {part[0] for part in suite.parts if part and part[0]}
        assert len(cles) <= 1
        sans_cle = [part for part in suite.parts if part and not part[0]]
        noms = {nu(part[1]) for part in suite.parts if part}
        assert all(nu(part[1]) in noms for part in sans_cle)


# Les états


ETATS = st.lists(st.sampled_from(list(EtatPublic)), max_size=12)


@sans_chrono
@given(st.lists(ETATS, min_size=1, max_size=4))
def test_les_comptes_d_etats_sont_ceux_d_un_calcul_a_la_main(par_annee: list[Any]) -> None:
    bilans = [
        bilan(2020 + n, (volet(tuple(action(f"A{k}", e) for k, e in enumerate(etats))),))
        for n, etats in enumerate(par_annee)
    ]
    lue = comparer(bilans)
    assert lue.totaux == tuple(len(etats) for etats in par_annee)
    comptes = [Counter(etats) for etats in par_annee]
    presents = {etat for etats in par_annee for etat in etats}
    assert {ligne.etat: ligne.nombres for ligne in lue.etats} == {
        etat: tuple(c[etat] for c in comptes) for etat in presents
    }


# Les indicateurs


VALEURS = st.dictionaries(
    st.integers(2020, 2025),
    st.none() | st.decimals(0, 10**6, places=2).map(str),
    max_size=6,
)


@sans_chrono
@given(st.dictionaries(st.integers(2020, 2025), VALEURS, min_size=1, max_size=4))
def test_une_valeur_est_celle_que_le_bilan_de_son_annee_a_publiee(par_bilan: Any) -> None:
    bilans = [
        bilan(annee, (volet((), (exemples.indicateur(serie(annee, valeurs), annee),)),))
        for annee, valeurs in par_bilan.items()
    ]
    (ligne,) = comparer(bilans).indicateurs
    dernier = max(par_bilan)
    for annee, valeur in zip(sorted(par_bilan), ligne.valeurs, strict=True):
        if annee not in par_bilan[annee]:
            assert valeur is None
            continue
        dite, maintenant = par_bilan[annee][annee], par_bilan[dernier].get(annee)
        assert valeur is not None
        assert valeur.publiee.valeur == (None if dite is None else Decimal(dite))
        revue = maintenant is not None and (dite is None or Decimal(maintenant) != Decimal(dite))
        assert (valeur.revue.valeur if valeur.revue else None) == (
            Decimal(maintenant) if revue else None
        )


def test_un_indicateur_renomme_garde_sa_ligne_et_dit_son_ancien_nom() -> None:
    avant = replace(exemples.indicateur(serie(2024, {2024: "10"}), 2024), cle="i")
    neuf = serie(2025, {2024: "12", 2025: "20"}, "Secouristes formés")
    apres = replace(exemples.indicateur(neuf), cle="i")
    lue = comparer([bilan(2024, (volet((), (avant,)),)), bilan(2025, (volet((), (apres,)),))])
    (ligne,) = lue.indicateurs
    assert (ligne.libelle, ligne.ancien_libelle) == ("Secouristes formés", "Personnes formées")
    (montre,) = page_de(lue).indicateurs
    assert montre.rang.cases[0].note.startswith("Revu depuis")


def test_une_valeur_secrete_reste_secrete() -> None:
    secrete = Releve(annee=2025, valeur=None, qualite="SECRET_STATISTIQUE")
    tue = replace(serie(2025, {2025: "9"}), releves=(secrete,))
    lue = comparer([bilan(2025, (volet((), (exemples.indicateur(tue),)),))])
    assert page_de(lue).indicateurs[0].rang.cases[0].texte == "moins de\u00a05"
    assert b"SECRET_STATISTIQUE" in en_csv(lue)


# L’argent


MONTANTS = st.decimals(0, 10**7, places=2)
PAYEURS = st.dictionaries(st.sampled_from(["ARS", "Ville", "CPAM"]), MONTANTS, max_size=3)


@sans_chrono
@given(st.lists(st.none() | PAYEURS, min_size=1, max_size=4))
def test_les_montants_sont_ceux_des_bilans_et_les_sommes_tombent_juste(par_annee: Any) -> None:
    bilans = [
        bilan(2020 + n, (), argent=None if payeurs is None else _argent(2020 + n, payeurs))
        for n, payeurs in enumerate(par_annee)
    ]
    lue = comparer(bilans)
    for place, payeurs in enumerate(par_annee):
        colonne = {ligne.nom: ligne.montants[place] for ligne in lue.payeurs}
        if payeurs is None:
            assert lue.financements.montants[place] is None
            assert set(colonne.values()) <= {None}
            continue
        assert lue.financements.montants[place] == sum(payeurs.values(), Decimal(0))
        assert {nom: m for nom, m in colonne.items() if nom in payeurs} == payeurs
        assert {m for nom, m in colonne.items() if nom not in payeurs} <= {Decimal(0)}


def _argent(annee: int, payeurs: dict[str, Decimal]) -> Argent:
    total = sum(payeurs.values(), Decimal(0))
    return replace(
        argent(("Un", "Deux")), annee=annee, total=total,
        payeurs=tuple(Somme(nom=nom, montant=m) for nom, m in payeurs.items()),
        usages=(Somme(nom="Tout", montant=total),),
        flux=tuple(Flux(payeur=n, usage="Tout", montant=m) for n, m in payeurs.items()),
    )  # fmt: skip
