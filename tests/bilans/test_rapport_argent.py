"""Qui finance quoi : des sommes exactes, des seules fiches que chacun peut lire."""

from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bilans.instantane import Instantane
from bilans.models import Bilan
from bilans.rapport import construire
from bilans.vitrine import page_du_contrat
from contrats.argent import Apport, Comptes, Entete
from contrats.models import Action, Contrat, TypeFinanceur
from tests.appuis.proprietes import defait, troupe_gardee
from tests.factories import (
    ActionFactory,
    AxeFactory,
    BilanFactory,
    FinancementFactory,
    InstanceFactory,
    LigneBudgetFactory,
    ReunionFactory,
    SectionBilanFactory,
)

LE = date(2026, 3, 1)


@pytest.fixture
def bilan(contrat: Contrat) -> Bilan:
    return BilanFactory(contrat=contrat, annee=2025)


def lire(bilan: Bilan) -> Instantane:
    return construire(bilan, arrete_le=LE, avec_carte=False)


# L’argent


def test_l_argent_est_celui_des_fiches_publiques_de_l_annee(bilan: Bilan) -> None:
    axe = AxeFactory(contrat=bilan.contrat, titre_public="Bien manger")
    publique = ActionFactory(contrat=bilan.contrat, axe=axe)
    FinancementFactory(action=publique, montant_accorde=Decimal("10000.50"))
    FinancementFactory(action=publique, annee=2024)
    FinancementFactory(action=publique, refuse=True)
    FinancementFactory(action=publique, fir=True, montant_accorde=None, montant_verse=Decimal(3))
    FinancementFactory(action=publique, montant_accorde=None)
    for cachee in (
        ActionFactory(contrat=bilan.contrat, axe=axe, interne=True),
        ActionFactory(contrat=bilan.contrat, axe=axe, est_restreinte=True, est_publique=False),
    ):
        FinancementFactory(action=cachee)
        LigneBudgetFactory(action=cachee)
    argent = lire(bilan).argent
    assert argent is not None
    assert argent.total == Decimal("10003.50")
    assert [(u.nom, u.montant) for u in argent.usages] == [("Bien manger", Decimal("10003.50"))]
    assert [p.montant for p in argent.payeurs] == [Decimal("10000.50"), Decimal(3)]
    assert argent.cout_prevu is None


def test_les_depenses_le_temps_et_les_apports_se_comptent_a_part(
    bilan: Bilan, action: Action
) -> None:
    LigneBudgetFactory(action=action, realise=Decimal(8_000))
    LigneBudgetFactory(action=action, prevu=None, realise=Decimal("1.25"))
    LigneBudgetFactory(action=action, en_nature=True, prevu=Decimal(500))
    LigneBudgetFactory(action=action, etp=True, realise=Decimal("0.4"))
    LigneBudgetFactory(action=action, etp=True, est_valorisation=True)
    argent = lire(bilan).argent
    assert argent is not None
    assert (argent.cout_prevu, argent.cout_realise) == (Decimal(10_000), Decimal("8001.25"))
    assert (argent.apports_en_nature, argent.etp) == (Decimal(500), Decimal("0.9"))
    assert (argent.total, argent.payeurs, argent.flux) == (0, (), ())


def test_sans_partie_budget_aucun_montant_n_est_fige(bilan: Bilan, action: Action) -> None:
    FinancementFactory(action=action)
    SectionBilanFactory(bilan=bilan, code="BUDGET", texte="", est_presente=False)
    assert lire(bilan).argent is None


def test_la_page_du_contrat_ne_dit_ni_argent_ni_reunion(contrat: Contrat, action: Action) -> None:
    FinancementFactory(action=action)
    ReunionFactory(instance=InstanceFactory(contrat=contrat), tenue=True, date=date(2026, 1, 9))
    page = page_du_contrat(contrat, le=LE)
    assert (page.argent, page.rencontres, page.decisions) == (None, (), ())


MONTANTS = st.none() | st.decimals(0, 10**6, places=2)
LIGNES = st.lists(
    st.tuples(
        st.integers(0, 2), st.sampled_from(["fir", "collectivite", "cpam"]),
        st.sampled_from([2024, 2025]), st.sampled_from(["ACCORDE", "VERSE", "REFUSE"]),
        MONTANTS, MONTANTS,
    ),
    max_size=12,
)  # fmt: skip


@settings(troupe_gardee, max_examples=25)
@given(lignes=LIGNES)
def test_l_argent_du_bilan_est_celui_d_un_calcul_a_part(bilan: Bilan, lignes) -> None:  # type: ignore[no-untyped-def]  # lignes tirées
    """Recompté à la main, ligne par ligne, puis par le tableau du budget du plan."""
    acquis: dict[tuple[int, str], Decimal] = {}
    for rang, payeur, annee, statut, accorde, verse in lignes:
        if annee == 2025 and statut != "REFUSE":
            somme = accorde if accorde is not None else verse or Decimal(0)
            acquis[rang, payeur] = acquis.get((rang, payeur), Decimal(0)) + somme
    with defait():
        noms = financer(bilan.contrat, lignes)
        argent = lire(bilan).argent
    if argent is None:
        assert not any(acquis.values())
        return
    for parts in (argent.payeurs, argent.usages, argent.flux):
        assert sum(part.montant for part in parts) == argent.total == sum(acquis.values())
    lus = {(f.payeur, f.usage): f.montant for f in argent.flux if f.montant}
    assert lus == selon_le_plan(acquis, noms)


def financer(contrat: Contrat, lignes: list[Any]) -> list[str]:
    """Écrit ces financements sur deux axes, puis sans axe ; rend le nom de chacun."""
    axes = [AxeFactory(contrat=contrat) for _ in range(2)]
    actions = [ActionFactory(contrat=contrat, axe=axe) for axe in (*axes, None)]
    for rang, payeur, annee, statut, accorde, verse in lignes:
        FinancementFactory(
            action=actions[rang], type_financeur_id=payeur, annee=annee, statut=statut,
            montant_demande=Decimal(1), montant_accorde=accorde, montant_verse=verse,
        )  # fmt: skip
    return [*(axe.titre_public or axe.titre for axe in axes), "Pour tout le territoire"]


def selon_le_plan(acquis: dict[Any, Decimal], noms: list[str]) -> dict[tuple[str, str], Decimal]:
    """Les mêmes sommes par le tableau « qui finance quoi » du budget."""
    libelles = TypeFinanceur.objects.values_list("pk", "libelle")
    comptes = Comptes(
        [], [Apport(r, 2025, p, Decimal(0), s, Decimal(0)) for (r, p), s in acquis.items()],
        [Entete(rang, nom) for rang, nom in enumerate(noms)],
        [Entete(pk, nom) for pk, nom in libelles], 2025,
    )  # fmt: skip
    return {
        (rang.entete.nom, nom): montant
        for rang in comptes.qui_finance_quoi("accorde").rangs
        for nom, montant in zip(noms, rang.montants, strict=False)
        if montant
    }
