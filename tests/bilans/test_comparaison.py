"""Les bilans publiés côte à côte : chaque chiffre est celui que son bilan a figé."""

import csv
import io
import json
from collections import Counter
from dataclasses import replace
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bilans.comparaison import comparer
from bilans.comparaison.fichier import ENTETE, en_csv
from bilans.comparaison.page import page_de
from bilans.comparaison.rapprochement import nu, rapprocher
from bilans.etats_publics import EtatPublic
from bilans.instantane import Argent, Flux, Instantane, Somme, Volet, relire
from indicateurs.series import Releve, Serie
from tests.appuis.proprietes import sans_chrono
from tests.bilans import exemples
from tests.bilans.exemples_pleins import annonces, argent, plein

VIEUX = Path(__file__).parent / "donnees" / "instantane_schema_1.json"


def serie(annee: int, valeurs: dict[int, str | None], libelle: str = "Personnes formées") -> Serie:
    return exemples.serie(libelle, valeurs).jusqu_a(annee)


def bilan(annee: int, volets: tuple[Volet, ...], **plus: object) -> Instantane:
    textes = replace(exemples.instantane().textes, perspectives=None)
    return exemples.instantane(annee=annee, volets=volets, carte=None, textes=textes, **plus)


def volet(actions: tuple[Any, ...] = (), indicateurs: tuple[Any, ...] = ()) -> Volet:
    return Volet(
        numero="1", titre="Santé", promesse="", couleur="prevention", actions=actions,
        indicateurs=indicateurs, citation=None, utile="",
    )  # fmt: skip


def action(titre: str, etat: EtatPublic = EtatPublic.EN_COURS, cle: str = "") -> Any:
    return replace(exemples.action("1", titre, etat), cle=cle)


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


# Les annonces, les schémas, le fichier


def test_ce_qui_etait_annonce_se_lit_avec_ce_que_c_est_devenu() -> None:
    lue = comparer([bilan(2024, ()), bilan(2025, (), annonces=annonces())])
    (suivies,) = lue.annonces
    assert (suivies.annoncees_en, suivies.dites_en) == (2024, 2025)
    assert [ligne.libelle for ligne in suivies.lignes] == [
        "C’est fait",
        "C’est fait en partie",
        "C’est reporté",
    ]


def test_le_dernier_bilan_dit_ce_qu_il_annonce_pour_la_suite() -> None:
    lue = comparer([plein()])
    assert (
        lue.a_venir[0] == "Février 2026\u00a0: Ouverture du quatrième lieu d’écoute, à Haute-Brume."
    )
    assert len(lue.a_venir) == 3


def test_un_bilan_du_schema_1_se_compare_a_un_bilan_du_schema_2() -> None:
    vieux = relire(json.loads(VIEUX.read_text()))
    identifie = replace(
        vieux, annee=2026,
        volets=tuple(
            replace(
                v,
                actions=tuple(replace(a, cle=f"a{a.titre}") for a in v.actions),
                indicateurs=tuple(replace(i, cle=f"i{i.titre}") for i in v.indicateurs),
            )
            for v in vieux.volets
        ),
        argent=argent(("Un", "Deux")),
    )  # fmt: skip
    lue = comparer([vieux, identifie])
    assert len(lue.actions) == len(vieux.actions)
    assert all(None not in a.etats for a in lue.actions)
    assert len(lue.indicateurs) == sum(len(v.indicateurs) for v in vieux.volets)
    assert lue.financements.montants[0] is None


def lignes_du_csv(octets: bytes) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(octets.decode("utf-8-sig")), delimiter=";"))


def test_le_csv_dit_tout_ce_que_la_page_montre() -> None:
    lue = comparer([bilan(2024, exemples.instantane().volets), plein()])
    lignes = lignes_du_csv(en_csv(lue))
    assert tuple(lignes[0]) == ENTETE
    natures = Counter(ligne["nature"] for ligne in lignes)
    assert natures["action"] == sum(e is not None for a in lue.actions for e in a.etats)
    assert natures["indicateur"] == sum(v is not None for i in lue.indicateurs for v in i.valeurs)
    assert natures["annonce"] == 3
    totaux = [ligne["valeur"] for ligne in lignes if ligne["nature"] == "financement_total"]
    assert [Decimal(v.replace(",", ".")) for v in totaux] == [Decimal("153000.5")]


def test_une_cellule_du_csv_ne_devient_pas_une_formule() -> None:
    lue = comparer([bilan(2025, (volet((action("=1+1"),)),))])
    assert any(ligne["libelle"] == "'=1+1" for ligne in lignes_du_csv(en_csv(lue)))


def test_la_phrase_d_une_annee_compte_les_actions_terminees() -> None:
    trois = tuple(
        action(f"A{n}", e) for n, e in enumerate([EtatPublic.TERMINEE] * 2 + [EtatPublic.EN_COURS])
    )
    lue = comparer(
        [bilan(2023, ()), bilan(2024, (volet(trois[2:]),)), bilan(2025, (volet(trois),))]
    )
    assert page_de(lue).phrases == (
        "En 2023, le bilan ne montrait aucune action.",
        "En 2024, aucune action n’était terminée, sur\u00a01.",
        "En 2025, 2\u00a0actions sur\u00a03 étaient terminées.",
    )
