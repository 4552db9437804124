"""Les données du rapport : celles des pages, lues en un nombre fixe de requêtes."""

from datetime import date

import pytest

from acteurs.models import Commune
from bilans.models import RapportRegional
from bilans.rapport_regional.construction import construire
from contrats.couverture import Niveau, Variante, couverture
from contrats.etats import Phase
from tests.factories import (
    ActionFactory,
    AvenantFactory,
    ContratFactory,
    DoctrineFactory,
    PassagePhaseFactory,
    PerimetreFactory,
)

LE = date(2026, 3, 1)
CHATEAUGIRON = "243500659"


def lire(par, le=LE, region="53", **champs):
    rapport = RapportRegional(region_id=region, le=le, demande_par=par, **champs)
    return construire(rapport, arrete_le=date(2026, 3, 12))


@pytest.fixture
def projet(contrat):
    projet = ContratFactory(en_projet=True, nom="Projet d’essai", epci=CHATEAUGIRON)
    PassagePhaseFactory(contrat=projet, date_effet=date(2025, 6, 1))
    return projet


def test_le_chiffre_est_celui_de_la_couverture(agent_ars, contrat, projet):
    lu = lire(agent_ars).couverture
    (signe,) = couverture(le=LE, niveau=Niveau.REGION, variante=Variante.SIGNE, region="53")
    (engage,) = couverture(
        le=LE, niveau=Niveau.REGION, variante=Variante.SIGNE_OU_PROJET, region="53"
    )
    assert (lu.population, lu.population_signee) == (signe.population, signe.population_couverte)
    assert lu.population_engagee == engage.population_couverte > lu.population_signee


def test_les_departements_font_la_region(agent_ars, contrat, projet):
    lu = lire(agent_ars)
    for champ in ("population", "population_signee", "communes", "communes_engagees"):
        assert sum(getattr(p, champ) for p in lu.parties) == getattr(lu.couverture, champ)


def test_la_carte_et_son_tableau_disent_les_memes_territoires(agent_ars, contrat, projet):
    lu = lire(agent_ars)
    assert sum(t.population_signee for t in lu.territoires) == lu.couverture.population_signee
    effectifs = {li.libelle: li.effectif for li in lu.carte.legende}
    for etat, effectif in effectifs.items():
        if etat != "Signé en partie seulement":
            assert effectif == str(sum(t.etat == etat for t in lu.territoires))


def test_les_blancs_sont_les_communes_sans_contrat_ni_projet(agent_ars, contrat, projet):
    lu = lire(agent_ars)
    couvertes = set(contrat.perimetres.values_list("commune", flat=True)) | set(
        projet.perimetres.values_list("commune", flat=True)
    )
    blanches = Commune.objects.filter(region="53", date_fin=None).exclude(pk__in=couvertes)
    assert sum(b.communes for b in lu.blancs) == blanches.count()
    habitants = sum(p or 0 for p in blanches.values_list("population", flat=True))
    assert sum(b.population for b in lu.blancs) == habitants
    assert lu.couverture.population - lu.couverture.population_engagee == habitants
    assert [b.population for b in lu.blancs] == sorted(
        (b.population for b in lu.blancs), reverse=True
    )


def test_les_fins_a_venir_sont_dans_les_vingt_quatre_mois(agent_ars, contrat):
    """Le contrat de la troupe finit fin 2028 : hors du délai."""
    proche = ContratFactory(signe=True, epci=CHATEAUGIRON, date_fin=date(2027, 12, 31))
    ContratFactory(signe=True, epci=CHATEAUGIRON, date_fin=date(2026, 2, 1))
    ContratFactory(en_projet=True, contrat_precedent=proche)
    (fin,) = lire(agent_ars).fins
    assert (fin.nom, fin.fin, fin.a_une_suite) == (proche.nom, date(2027, 12, 31), True)


def test_les_faits_sont_ceux_des_douze_mois(agent_ars, contrat):
    AvenantFactory(contrat=contrat, signe=True, objet="Prolonger d’un an")
    genres = {fait.genre for fait in lire(agent_ars).faits}
    assert genres == {"Avenant en vigueur"}
    assert "Contrat signé" in {f.genre for f in lire(agent_ars, le=date(2024, 6, 1)).faits}


def test_une_date_passee_montre_la_phase_d_alors(agent_ars, contrat, projet):
    PassagePhaseFactory(
        contrat=projet, de=Phase.DIAGNOSTIC, vers=Phase.ELABORATION, date_effet=date(2026, 3, 10)
    )
    type(projet).objects.filter(pk=projet.pk).update(phase=Phase.ELABORATION)
    phases = {c.nom: c.phase for c in lire(agent_ars).contrats}
    assert phases["Projet d’essai"] == "Diagnostic partagé"


def test_un_projet_que_la_delegation_ne_suit_pas_n_est_pas_nomme(agent_dd, agent_ars, projet):
    noms = {c.nom for c in lire(agent_dd, delegations=["29"]).contrats}
    assert "Un projet que vous ne suivez pas" in noms
    assert "Projet d’essai" in {c.nom for c in lire(agent_ars).contrats}


def test_les_fiches_comptees_sont_celles_que_lit_l_auteur(agent_ars, contrat):
    ActionFactory(contrat=contrat)
    ActionFactory(contrat=contrat, est_restreinte=True)
    (lu,) = lire(agent_ars).contrats
    assert lu.actions == 1


def test_la_doctrine_et_sa_cible_y_sont(agent_ars, contrat):
    DoctrineFactory()
    lue = lire(agent_ars).doctrine
    assert lue.population_couverte == lire(agent_ars).couverture.population_signee
    assert lue.manquants > 0


def test_la_serie_finit_au_chiffre_du_jour(agent_ars, contrat, projet):
    lu = lire(agent_ars)
    assert lu.annees[-1].le == LE
    assert lu.annees[-1].population_signee == lu.couverture.population_signee
    assert lu.courbe[-1].quand == pytest.approx(2026 + 59 / 365, abs=1e-3)
    assert lu.courbe[-1].signe == pytest.approx(lu.couverture.taux_signe)
    assert lu.courbe[-1].signe_ou_projet == pytest.approx(lu.couverture.taux_engage)


def test_la_france_a_ses_regions_et_ses_departements(agent_ars, contrat):
    lu = lire(agent_ars, region=None)
    assert lu.est_national
    assert {p.nom for p in lu.parties} >= {"Bretagne", "Occitanie"}
    assert sum(t.population for t in lu.territoires) == lu.couverture.population
    assert (lu.contrats, lu.pilotage) == ((), None)


def test_la_silhouette_est_celle_de_la_region(agent_ars, contrat):
    assert lire(agent_ars).silhouette.formes
    assert lire(agent_ars, region=None).silhouette.formes


def test_le_nombre_de_requetes_est_fixe(agent_ars, contrat, exiger_requetes_plates):
    def peupler(nombre):
        for _ in range(nombre):
            autre = ContratFactory(signe=True, date_fin=date(2027, 6, 30))
            PerimetreFactory(contrat=autre, date_entree=date(2024, 1, 1))
            ActionFactory(contrat=autre)

    exiger_requetes_plates(peupler=peupler, lire=lambda: lire(agent_ars))
