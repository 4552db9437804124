"""Reprendre le plan d’un autre contrat : tout ou des axes, rien d’écrasé, ce qui reste est dit."""

from datetime import date

import pytest

from acteurs.droits import Role
from acteurs.models import Commune
from cls_platform.socle.erreurs import DonneesRefusees, DroitRefuse
from contrats.copie import Options, jour_decale
from contrats.models import ChampLibre, Contrat, ValeurLibre
from contrats.services.copie_plan import (
    SANS_AXE,
    copier_en_fond,
    demander_copie,
    dupliquer_branche,
    reprendre_plan,
)
from tests.appuis.copie import TOUT, garnir_la_branche, remplir
from tests.factories import (
    ActionFactory,
    AxeFactory,
    ChampLibreFactory,
    ContratFactory,
    ParticipationFactory,
)


@pytest.fixture
def renouvele(contrat, coordinatrice) -> Contrat:
    """Le contrat qui suit celui de la troupe, coordonné par la même personne, sans périmètre."""
    suivant = ContratFactory(generation=2, contrat_precedent=contrat, date_debut=date(2029, 1, 1))
    ParticipationFactory(utilisateur=coordinatrice, contrat=suivant, role=Role.COORDINATEUR)
    return suivant


@pytest.fixture
def branche(contrat, axe):
    return garnir_la_branche(contrat, axe)


# Un plan


def reprendre(contrat, renouvele, par, axes=None, options: Options | None = None):
    choisis = axes or [*map(str, contrat.axes.values_list("pk", flat=True)), SANS_AXE]
    return reprendre_plan(
        source=contrat, contrat=renouvele, axes=choisis, options=options or Options(), par=par
    )


def test_le_plan_repris_dit_que_ses_actions_sont_reconduites(contrat, branche, renouvele, coordinatrice):  # fmt: skip
    ActionFactory(contrat=contrat, numero="9")
    cree = reprendre(contrat, renouvele, coordinatrice, options=Options(decalage=5))
    assert (cree.axes, cree.objectifs, cree.fiches) == (1, 2, 4)
    for copie in renouvele.actions.all():
        assert copie.origine == "RECONDUITE"
        assert copie.action_precedente.contrat == contrat
        assert copie.action_precedente.date_fin.year + 5 == copie.date_fin.year
        assert copie.numero == copie.action_precedente.numero
    assert contrat.actions.count() == 4


def test_rien_n_est_ecrase_dans_un_plan_qui_a_deja_des_fiches(contrat, branche, renouvele, coordinatrice):  # fmt: skip
    deja = ActionFactory(contrat=renouvele, axe=AxeFactory(contrat=renouvele, numero="1"))
    reprendre(contrat, renouvele, coordinatrice)
    deja.refresh_from_db()
    assert deja.version == 1
    numeros = list(renouvele.axes.values_list("numero", flat=True))
    assert len(numeros) == len(set(numeros)) == 2


def test_on_choisit_les_axes(contrat, branche, renouvele, coordinatrice):
    ActionFactory(contrat=contrat, axe=AxeFactory(contrat=contrat, numero="2"))
    cree = reprendre(contrat, renouvele, coordinatrice, axes=[str(branche.pk)])
    assert (cree.axes, cree.fiches) == (1, 3)


def test_une_commune_hors_du_perimetre_ne_suit_pas_et_cela_se_dit(contrat, branche, renouvele, coordinatrice):  # fmt: skip
    cree = reprendre(contrat, renouvele, coordinatrice)
    assert any("Communes hors du périmètre" in phrase for phrase in cree.remarques)
    assert not Commune.objects.filter(action__contrat=renouvele).exists()


def test_un_champ_du_contrat_se_retrouve_par_son_nom_se_cree_ou_reste(contrat, axe, renouvele, coordinatrice):  # fmt: skip
    fiche = ActionFactory(contrat=contrat, axe=axe)
    for nom in ("Quartier", "Cout", "Etat"):
        champ = ChampLibreFactory(contrat=contrat, libelle=nom)
        ValeurLibre.objects.create(action=fiche, champ=champ, valeur=nom)
    pareil = ChampLibreFactory(contrat=renouvele, libelle="quartier")
    ChampLibreFactory(contrat=renouvele, libelle="Cout", genre="NOMBRE")
    cree = reprendre(contrat, renouvele, coordinatrice)
    valeurs = dict(ValeurLibre.objects.filter(action__contrat=renouvele).values_list("champ__libelle", "valeur"))  # fmt: skip
    assert valeurs == {"quartier": "Quartier", "Etat": "Etat"}
    assert pareil.valeurs.exists()
    assert any("Cout" in phrase for phrase in cree.remarques)
    assert ChampLibre.objects.filter(contrat=renouvele).count() == 3


def test_une_personne_hors_de_l_equipe_reste_ecrite_sans_son_compte(contrat, axe, renouvele, coordinatrice, pilote):  # fmt: skip
    ActionFactory(contrat=contrat, axe=axe, pilote_personne=pilote)
    reprendre(contrat, renouvele, coordinatrice)
    copie = renouvele.actions.get()
    assert (copie.pilote_personne, copie.pilote_nom) == (None, str(pilote))


def test_le_budget_d_un_contrat_ou_l_on_ne_voit_pas_les_montants_ne_se_copie_pas(contrat, branche, voisine, autre_contrat):  # fmt: skip
    ParticipationFactory(utilisateur=voisine, contrat=contrat, role=Role.LECTEUR)
    reprendre(contrat, autre_contrat, voisine)
    with pytest.raises(DroitRefuse, match="budget"):
        reprendre(contrat, autre_contrat, voisine, options=Options(budget=True))


def test_une_fiche_reservee_ne_suit_pas_qui_ne_la_lit_pas(contrat, axe, voisine, autre_contrat):
    ParticipationFactory(utilisateur=voisine, contrat=contrat, role=Role.LECTEUR)
    ActionFactory(contrat=contrat, axe=axe, est_restreinte=True, est_publique=False)
    assert reprendre(contrat, autre_contrat, voisine).fiches == 0


def test_le_plan_d_un_contrat_que_l_on_ne_suit_pas_ne_se_reprend_pas(contrat, branche, voisine, autre_contrat):  # fmt: skip
    with pytest.raises(DroitRefuse):
        reprendre(contrat, autre_contrat, voisine)
    assert not autre_contrat.actions.exists()


def test_reprendre_un_plan_vide_le_dit(contrat, renouvele, coordinatrice):
    with pytest.raises(DonneesRefusees, match="rien à copier"):
        reprendre(contrat, renouvele, coordinatrice, axes=["aucun"])


def test_copier_trente_fiches_coute_autant_de_requetes_que_trois(contrat, coordinatrice, nombre_requetes):  # fmt: skip
    comptes = []
    for nombre in (3, 30):
        axe = AxeFactory(contrat=contrat)
        for _ in range(nombre):
            remplir(ActionFactory(contrat=contrat, axe=axe))
        copie = lambda axe=axe: dupliquer_branche(niveau=axe, options=TOUT, par=coordinatrice)  # noqa: E731  (une mesure)
        comptes.append(nombre_requetes(copie))
    assert comptes[1] <= comptes[0] + 2, comptes
    assert comptes[1] < 80, comptes


# En arrière-plan


def test_le_travail_copie_une_seule_fois(contrat, branche, renouvele, coordinatrice):
    travail = demander_copie(
        contrat=renouvele, quoi="plan", cle=contrat.pk, axes=[str(branche.pk)],
        options=Options(), par=coordinatrice,
    )  # fmt: skip
    with pytest.raises(DonneesRefusees, match="déjà en cours"):
        demander_copie(
            contrat=renouvele, quoi="plan", cle=contrat.pk, axes=[], options=Options(),
            par=coordinatrice,
        )  # fmt: skip
    copier_en_fond(travail_id=travail.pk)
    copier_en_fond(travail_id=travail.pk)
    assert renouvele.actions.count() == 3
    travail.refresh_from_db()
    assert travail.etat == "FAIT"


@pytest.mark.parametrize(
    ("jour", "annees", "attendu"),
    [
        (date(2024, 2, 29), 1, date(2025, 2, 28)),
        (date(2024, 2, 29), 4, date(2028, 2, 29)),
        (date(2026, 12, 31), 5, date(2031, 12, 31)),
        (None, 5, None),
    ],
)
def test_une_date_se_decale_d_annees_entieres(jour, annees, attendu):
    assert jour_decale(jour, annees) == attendu
