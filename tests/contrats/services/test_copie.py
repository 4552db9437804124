"""Dupliquer une fiche, une branche : le même contenu, une identité neuve, rien d’écrasé."""

from decimal import Decimal

import pytest
from django.core.files.storage import default_storage
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from cls_platform.socle.erreurs import DonneesRefusees, DroitRefuse
from contrats.copie import Options, jour_decale
from contrats.etats import StatutAction
from contrats.models import Action, ValeurLibre
from contrats.services.copie_plan import dupliquer_branche
from tests.appuis.copie import TOUT, contenu, dupliquer, garnir_la_branche, remplir
from tests.factories import (
    ActionFactory,
    AxeFactory,
    ChampLibreFactory,
    DocumentActionFactory,
    FinancementFactory,
    IndicateurFactory,
    JalonFactory,
    LigneBudgetFactory,
)

# Une fiche


def test_la_copie_dit_la_meme_chose_et_l_original_ne_bouge_pas(contrat, action, coordinatrice):
    remplir(action)
    IndicateurFactory(contrat=contrat, actions=[action])
    DocumentActionFactory(action=action)
    ValeurLibre.objects.create(
        action=action, champ=ChampLibreFactory(contrat=contrat), valeur="oui"
    )
    action.refresh_from_db()
    avant = contenu(action)
    copie = dupliquer(action, coordinatrice)
    assert contenu(copie) == avant
    assert contenu(Action.objects.get(pk=action.pk)) == avant
    assert Action.objects.get(pk=action.pk).version == action.version


def test_la_copie_a_une_identite_neuve(action, coordinatrice):
    copie = dupliquer(action, coordinatrice, titre="Une autre permanence")
    assert copie.pk != action.pk
    assert (copie.version, copie.modifie_par) == (1, coordinatrice)
    assert copie.titre == "Une autre permanence"
    assert copie.numero != action.numero
    assert [p.vers for p in copie.passages.all()] == [copie.statut]


def test_la_copie_vient_juste_apres_l_original(contrat, axe, coordinatrice):
    premiere = ActionFactory(contrat=contrat, axe=axe, ordre=1)
    ActionFactory(contrat=contrat, axe=axe, ordre=2)
    copie = dupliquer(premiere, coordinatrice)
    assert list(contrat.actions.dans_l_ordre())[1] == copie


def test_la_copie_n_est_pas_visible_des_habitants_avant_qu_on_la_relise(action, coordinatrice):
    assert action.est_publique
    assert not dupliquer(action, coordinatrice).est_publique


def test_sans_options_ni_notes_ni_argent_ni_etapes_ne_suivent(action, coordinatrice):
    remplir(action)
    copie = dupliquer(action, coordinatrice, Options(etapes=False, partenaires=False))
    for lien in ("jalons", "notes", "lignes_budget", "financements", "documents", "liens_acteurs"):
        assert not getattr(copie, lien).exists(), lien


def test_remise_a_zero_rien_n_est_fait_ni_accorde(action, coordinatrice):
    JalonFactory(action=action, fait=True)
    LigneBudgetFactory(action=action, annee=2025, prevu=None, realise=Decimal(800))
    FinancementFactory(action=action, statut="ACCORDE", montant_accorde=Decimal(500))
    copie = dupliquer(action, coordinatrice, Options(budget=True))
    assert copie.statut == StatutAction.A_VENIR
    assert copie.jalons.get().fait_le is None
    depense, financement = copie.lignes_budget.get(), copie.financements.get()
    assert (depense.prevu, depense.realise) == (Decimal(800), None)
    assert (financement.montant_demande, financement.montant_accorde) == (Decimal(500), None)


def test_retirer_le_document_de_l_original_laisse_celui_de_la_copie(action, coordinatrice):
    document = DocumentActionFactory(action=action)
    copie = dupliquer(action, coordinatrice, Options(documents=True)).documents.get()
    assert copie.fichier.name != document.fichier.name
    default_storage.delete(document.fichier.name)
    with copie.fichier.open() as fichier:
        assert fichier.read().startswith(b"Compte rendu")


def test_un_fichier_perdu_arrete_la_copie_et_rien_ne_reste(action, contrat, coordinatrice):
    document = DocumentActionFactory(action=action)
    default_storage.delete(document.fichier.name)
    with pytest.raises(DonneesRefusees, match="n’est plus sur le disque"):
        dupliquer(action, coordinatrice, Options(documents=True))
    assert contrat.actions.count() == 1


@pytest.mark.parametrize("personnage", ["pilote", "lectrice", "elue", "agent_ars", "voisine"])
def test_dupliquer_demande_de_modifier_le_plan(request, action, contrat, personnage):
    with pytest.raises(DroitRefuse):
        dupliquer(action, request.getfixturevalue(personnage), Options())
    assert contrat.actions.count() == 1


# Une branche


@pytest.fixture
def branche(contrat, axe):
    return garnir_la_branche(contrat, axe)


def test_une_branche_garde_sa_forme_et_son_contenu(contrat, branche, coordinatrice):
    axe = contrat.axes.get(pk=dupliquer_branche(niveau=branche, options=TOUT, par=coordinatrice))
    assert axe.titre == branche.titre
    assert axe.numero == "2"
    haut, bas = axe.objectifs.dans_l_ordre()
    assert (haut.parent, bas.parent) == (None, haut)
    assert (haut.numero, bas.numero) == ("2.2", "2.2.2")
    originaux = branche.actions.dans_l_ordre()
    for original, copie in zip(originaux, axe.actions.dans_l_ordre(), strict=True):
        assert contenu(copie) == contenu(original)
    assert [a.objectif for a in axe.actions.dans_l_ordre()] == [None, haut, bas]


def test_un_objectif_se_duplique_a_cote_de_lui(contrat, branche, coordinatrice):
    haut = branche.objectifs.get(numero="1.1")
    cle = dupliquer_branche(niveau=haut, options=Options(), par=coordinatrice)
    copie = contrat.objectifs.get(pk=cle)
    assert (copie.axe, copie.parent) == (branche, None)
    assert copie.enfants.count() == 1
    assert contrat.actions.count() == 5


def test_les_rangs_du_plan_restent_sans_trou(contrat, branche, coordinatrice):
    dupliquer_branche(niveau=branche, options=Options(), par=coordinatrice)
    rangs = sorted(contrat.actions.values_list("ordre", flat=True))
    assert rangs == list(range(1, 7))


@settings(
    max_examples=12,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(
    textes=st.lists(
        st.text(alphabet=st.characters(exclude_categories=["Cs", "Cc"]), min_size=1, max_size=40)
        .map(str.strip)
        .filter(bool),
        min_size=1,
        max_size=4,
    ),
    annees=st.integers(-3, 6),
)
def test_quels_que_soient_les_textes_la_copie_dit_la_meme_chose(
    contrat, coordinatrice, textes, annees
):
    axe = AxeFactory(contrat=contrat)
    for texte in textes:
        ActionFactory(contrat=contrat, axe=axe, titre=texte, description=texte, moyens=texte)
    avant = [contenu(a) for a in axe.actions.dans_l_ordre()]
    options = Options(remise_a_zero=False, decalage=annees)
    copie = contrat.axes.get(pk=dupliquer_branche(niveau=axe, options=options, par=coordinatrice))
    for attendu in avant:
        for nom in ("date_debut", "date_fin"):
            attendu[nom] = jour_decale(attendu[nom], annees)
    assert [contenu(a) for a in copie.actions.dans_l_ordre()] == avant
