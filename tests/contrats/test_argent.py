"""Les comptes du plan, contre un calcul indépendant fait ligne à ligne."""

from collections import defaultdict
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from contrats.argent import ecarts
from contrats.budget_plan import comptes_du_plan
from contrats.models import Action, Financement, LigneBudget
from tests.factories import ActionFactory, AxeFactory, FinancementFactory, LigneBudgetFactory

PROPRIETE = settings(
    max_examples=25,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
MONTANT = st.none() | st.decimals(min_value=0, max_value=99999, places=2)
LIGNES = st.lists(
    st.fixed_dictionaries(
        {
            "rang": st.integers(0, 3),
            "annee": st.integers(2024, 2026),
            "unite": st.sampled_from(["EUROS", "ETP"]),
            "est_valorisation": st.booleans(),
            "prevu": MONTANT,
            "realise": MONTANT,
        }
    ),
    max_size=12,
)
FINANCEMENTS = st.lists(
    st.fixed_dictionaries(
        {
            "rang": st.integers(0, 3),
            "annee": st.integers(2024, 2026),
            "type_financeur_id": st.sampled_from(["fir", "caf", "collectivite"]),
            "statut": st.sampled_from(["DEMANDE", "ACCORDE", "REFUSE"]),
            "montant_demande": MONTANT,
            "montant_accorde": MONTANT,
            "montant_verse": MONTANT,
        }
    ),
    max_size=12,
)
ANNEE = st.none() | st.integers(2024, 2026)


@pytest.fixture
def fiches(contrat) -> list[Action]:
    """Deux dans un axe, une dans un autre, une sans axe."""
    premier, second = AxeFactory(contrat=contrat), AxeFactory(contrat=contrat)
    return [ActionFactory(contrat=contrat, axe=axe) for axe in (premier, premier, second, None)]


def ecrire(fiches: list[Action], lignes: list[dict], financements: list[dict]) -> None:
    LigneBudget.objects.all().delete()
    Financement.objects.all().delete()
    LigneBudget.objects.bulk_create(
        LigneBudget(action=fiches[x["rang"]], nature_id="prestation", **sans_rang(x))
        for x in lignes
    )
    Financement.objects.bulk_create(
        Financement(action=fiches[x["rang"]], **sans_rang(x)) for x in financements
    )


def sans_rang(ligne: dict) -> dict[str, Any]:
    return {nom: valeur for nom, valeur in ligne.items() if nom != "rang"}


def somme(lignes, champ: str) -> Decimal:
    return sum((x[champ] or Decimal(0) for x in lignes), Decimal(0))


@PROPRIETE
@given(LIGNES, FINANCEMENTS, ANNEE)
def test_chaque_total_du_plan_est_celui_que_l_on_refait_a_la_main(
    fiches, contrat, lignes, financements, annee
):
    ecrire(fiches, lignes, financements)
    comptes = comptes_du_plan(contrat, annee)
    axes = [fiche.axe_id for fiche in fiches]
    choisies = [x for x in lignes if annee in (None, x["annee"])]
    recus = [x for x in financements if annee in (None, x["annee"])]
    en_argent = [x for x in choisies if x["unite"] == "EUROS" and not x["est_valorisation"]]

    for rang in comptes.par_axe("prevu", "accorde").rangs:
        cout = somme([x for x in en_argent if axes[x["rang"]] == rang.entete.cle], "prevu")
        recu = somme([x for x in recus if axes[x["rang"]] == rang.entete.cle], "montant_accorde")
        assert rang.montants == (cout, recu, recu - cout)
    for rang in comptes.par_financeur().rangs:
        siens = [x for x in recus if x["type_financeur_id"] == rang.entete.cle]
        assert rang.montants == tuple(
            somme(siens, f"montant_{m}") for m in ("demande", "accorde", "verse")
        )
    croise = comptes.qui_finance_quoi("demande")
    for rang in croise.rangs:
        cases = zip(comptes.axes, rang.montants, strict=False)
        for axe, montant in cases:
            assert montant == somme(
                [
                    x
                    for x in recus
                    if x["type_financeur_id"] == rang.entete.cle and axes[x["rang"]] == axe.cle
                ],
                "montant_demande",
            )
    assert croise.total[-1] == somme(recus, "montant_demande") == sum(croise.total[:-1])
    for rang in comptes.temps_de_travail().rangs:
        etp = [x for x in choisies if x["unite"] == "ETP" and axes[x["rang"]] == rang.entete.cle]
        assert rang.montants == tuple(
            somme([x for x in etp if x["est_valorisation"] is en_nature], champ)
            for en_nature in (False, True)
            for champ in ("prevu", "realise")
        )
    en_nature = [x for x in choisies if x["unite"] == "EUROS" and x["est_valorisation"]]
    assert comptes.apports_en_nature().total == (
        somme(en_nature, "prevu"), somme(en_nature, "realise"),
    )  # fmt: skip


@PROPRIETE
@given(LIGNES, FINANCEMENTS, ANNEE)
def test_le_tableau_par_annee_ne_depend_pas_de_l_annee_choisie(
    fiches, contrat, lignes, financements, annee
):
    ecrire(fiches, lignes, financements)
    tableau = comptes_du_plan(contrat, annee).par_annee()
    for rang in tableau.rangs:
        argent = [
            x
            for x in lignes
            if x["annee"] == rang.entete.cle and x["unite"] == "EUROS" and not x["est_valorisation"]
        ]
        recus = [x for x in financements if x["annee"] == rang.entete.cle]
        assert rang.montants == (
            somme(argent, "prevu"),
            somme(argent, "realise"),
            *(somme(recus, f"montant_{m}") for m in ("demande", "accorde", "verse")),
        )
    assert {r.entete.cle for r in tableau.rangs} == {x["annee"] for x in (*lignes, *financements)}


def ecarts_a_la_main(lignes: list[dict], financements: list[dict]) -> dict:
    """(rang, année) → coût, ressources, quand ils diffèrent."""
    comptes: dict[tuple[int, int], list[Decimal]] = defaultdict(lambda: [Decimal(0), Decimal(0)])
    for x in lignes:
        if x["unite"] == "EUROS" and not x["est_valorisation"]:
            montant = x["realise"] if x["prevu"] is None else x["prevu"]
            comptes[x["rang"], x["annee"]][0] += montant or 0
    for x in financements:
        if x["statut"] != "REFUSE":
            connus = (x["montant_accorde"], x["montant_verse"], x["montant_demande"])
            montant = next((m for m in connus if m is not None), 0)
            comptes[x["rang"], x["annee"]][1] += montant
    return {cle: (cout, recu) for cle, (cout, recu) in comptes.items() if cout != recu}


@PROPRIETE
@given(LIGNES, FINANCEMENTS)
def test_les_ecarts_et_leur_filtre_disent_la_meme_chose_que_la_main(
    fiches, contrat, coordinatrice, lignes, financements
):
    ecrire(fiches, lignes, financements)
    attendus = ecarts_a_la_main(lignes, financements)
    trouves = ecarts(
        LigneBudget.objects.du_contrat(contrat).couts(),
        Financement.objects.du_contrat(contrat).ressources(),
    )
    rangs = {fiche.pk: rang for rang, fiche in enumerate(fiches)}
    assert {(rangs[e.action], e.annee): (e.cout, e.ressources) for e in trouves} == attendus
    en_ecart = set(contrat.actions.en_ecart().values_list("pk", flat=True))
    assert {rangs[pk] for pk in en_ecart} == {rang for rang, _ in attendus}
    sans = set(contrat.actions.sans_ecart().values_list("pk", flat=True))
    assert en_ecart.isdisjoint(sans)
    assert len(en_ecart | sans) == len(fiches)


def test_une_fiche_a_la_corbeille_ne_compte_plus(contrat, action, aujourdhui):
    LigneBudgetFactory(action=action)
    FinancementFactory(action=action)
    Action.objects.filter(pk=action.pk).update(corbeille_le="2026-01-01T00:00Z")
    comptes = comptes_du_plan(contrat)
    assert (comptes.depenses, comptes.apports) == ([], [])


def test_rien_ne_vient_du_contrat_voisin(contrat, action, autre_action):
    LigneBudgetFactory(action=autre_action)
    FinancementFactory(action=autre_action)
    assert comptes_du_plan(contrat).annees == []
