"""L’argent, les signataires, le temps de coordination, les comparaisons : recomptés à la main."""

from collections import defaultdict
from decimal import Decimal

import pytest

from contrats.models import RolePartie
from contrats.pilotage.argent import argent
from contrats.pilotage.comparaisons import comparaisons
from contrats.pilotage.coordination import coordination
from contrats.pilotage.ensemble import ensemble
from contrats.pilotage.lecture import pilotage
from contrats.pilotage.signataires import signataires
from contrats.presentation.pilotage import Liens, tableaux
from tests.appuis.horloge import AUJOURDHUI
from tests.contrats.pilotage import monde as fabrique
from tests.factories import (
    ActeurFactory,
    ActionFactory,
    AffectationArsFactory,
    ContratFactory,
    IndicateurFactory,
    LigneBudgetFactory,
    MesureFactory,
    PartieFactory,
    UtilisateurFactory,
)


def vu_par(personne, **choix):
    return ensemble(personne, "53", AUJOURDHUI, **choix)


def somme(financements, champ, statuts):
    montants = (getattr(f, champ) for f in financements if f.statut in statuts)
    return sum((Decimal(m) for m in montants if m is not None), Decimal(0))


TOUS = {"PREVISIONNEL", "DEMANDE", "ACCORDE", "VERSE", "REFUSE"}


@pytest.mark.parametrize("graine", range(4))
def test_chaque_financeur_chaque_annee_chaque_mission(contrat, agent_ars, graine):
    contrat.delete()
    monde = fabrique.creer(graine)
    par_cle = defaultdict(list)
    for f in monde.financements:
        par_cle[f.annee, f.type_financeur_id, f.mission_fir].append(f)
    lu = argent(vu_par(agent_ars))
    assert {(c.annee, c.financeur, c.mission) for c in lu.financeurs} == par_cle.keys()
    for compte in lu.financeurs:
        siens = par_cle[compte.annee, compte.financeur, compte.mission]
        assert compte.financements == len(siens)
        assert compte.prevu == somme(siens, "montant_demande", {"PREVISIONNEL"})
        assert compte.demande == somme(siens, "montant_demande", TOUS - {"PREVISIONNEL"})
        assert compte.accorde == somme(siens, "montant_accorde", TOUS)
        assert compte.verse == somme(siens, "montant_verse", TOUS)


@pytest.mark.parametrize("graine", range(3))
def test_le_cout_de_l_annee_laisse_de_cote_les_apports_en_nature(contrat, agent_ars, graine):
    contrat.delete()
    monde = fabrique.creer(graine)
    for budget in argent(vu_par(agent_ars)).budgets:
        siennes = [
            li for li in monde.lignes if li.annee == budget.annee and not li.est_valorisation
        ]
        assert budget.prevu == sum(li.prevu for li in siennes)
        assert budget.realise == sum(li.realise or 0 for li in siennes)


def test_une_annee_choisie_ne_garde_qu_elle(contrat, agent_ars):
    contrat.delete()
    fabrique.creer()
    lu = argent(vu_par(agent_ars, annee=2025))
    assert {c.annee for c in lu.financeurs} | {b.annee for b in lu.budgets} == {2025}


def test_les_totaux_par_financeur_et_par_mission_redonnent_les_financements(contrat, agent_ars):
    contrat.delete()
    monde = fabrique.creer()
    faits = tableaux(pilotage(vu_par(agent_ars)), Liens())
    accorde = faits["financeurs"].total.cases[2].valeur
    assert accorde == somme(monde.financements, "montant_accorde", TOUS)
    du_fir = [f for f in monde.financements if f.type_financeur_id == "fir"]
    assert faits["missions-fir"].total.cases[2].valeur == somme(du_fir, "montant_accorde", TOUS)


def test_qui_ne_voit_aucun_montant_n_a_pas_de_bloc(contrat, agent_ars, monkeypatch):
    contrat.delete()
    fabrique.creer()
    monkeypatch.setattr("contrats.models.selections_argent.roles_avec", lambda droit: [])
    lu = pilotage(vu_par(agent_ars))
    assert lu.argent is None
    assert "financeurs" not in tableaux(lu, Liens())


def test_les_professionnels_de_sante_sont_ceux_de_la_regle(contrat, agent_ars):
    """La CPTS et l’ordre en sont ; l’hôpital et l’agence n’en sont pas."""
    for type_acteur in ("cpts", "ordre", "etablissement_sante"):
        PartieFactory(contrat=contrat, acteur=ActeurFactory(type_id=type_acteur))
    PartieFactory(contrat=contrat, acteur=ActeurFactory(cpts=True), role=RolePartie.PARTENAIRE)
    lu = signataires(vu_par(agent_ars))
    assert (lu.signataires, lu.professionnels, lu.contrats_avec) == (5, 2, 1)
    assert lu.part == pytest.approx(2 / 5)


def test_une_organisation_a_deux_roles_compte_une_fois_par_contrat(contrat, agent_ars):
    cpts = ActeurFactory(cpts=True)
    PartieFactory(contrat=contrat, acteur=cpts)
    PartieFactory(contrat=contrat, acteur=cpts, role=RolePartie.COPILOTE)
    PartieFactory(contrat=ContratFactory(signe=True), acteur=cpts)
    assert signataires(vu_par(agent_ars)).professionnels == 2


def test_un_contrat_en_projet_n_a_pas_encore_de_signataire(contrat, agent_ars):
    PartieFactory(contrat=ContratFactory(en_projet=True), acteur=ActeurFactory(cpts=True))
    lu = signataires(vu_par(agent_ars))
    assert (lu.professionnels, lu.contrats) == (0, 1)


def test_sous_cinq_signataires_aucune_part_n_est_ecrite(contrat, agent_ars):
    PartieFactory(contrat=contrat, acteur=ActeurFactory(cpts=True))
    assert signataires(vu_par(agent_ars)).part is None


def p08(contrat, **mesures):
    indicateur = IndicateurFactory(contrat=contrat, modele_id="P08", unite="ETP")
    for annee, valeur in mesures.items():
        MesureFactory(indicateur=indicateur, annee=int(annee[1:]), valeur=valeur)
    return indicateur


def test_le_temps_de_coordination_vient_de_l_indicateur_puis_du_budget(contrat, agent_ars):
    p08(contrat, a2024=Decimal("0.5"), a2025=Decimal("0.8"))
    budgete = ContratFactory(signe=True)
    LigneBudgetFactory(
        action=ActionFactory(contrat=budgete, themes=["gouvernance"]),
        annee=2026, etp=True, prevu=Decimal(1), realise=None,
    )  # fmt: skip
    muet = ContratFactory(signe=True)
    LigneBudgetFactory(action=ActionFactory(contrat=muet), annee=2026, etp=True)
    lu = coordination(vu_par(agent_ars))
    dits = {c.contrat: (c.etp, c.annee, c.source) for c in lu.contrats}
    assert dits[str(contrat.pk)] == (Decimal("0.8"), 2025, "INDICATEUR")
    assert dits[str(budgete.pk)] == (Decimal(1), 2026, "BUDGET")
    assert dits[str(muet.pk)] == (None, None, "")
    assert (lu.total, len(lu.renseignes), len(lu.contrats)) == (Decimal("1.8"), 2, 3)
    total = tableaux(pilotage(vu_par(agent_ars)), Liens())["coordination"].total
    assert [case.ecrit for case in total.cases] == ["2 sur 3\u00a0contrats", "", "1,8\u00a0ETP"]


def test_une_mesure_secrete_ou_d_une_annee_a_venir_ne_se_lit_pas(contrat, agent_ars):
    indicateur = p08(contrat, a2024=Decimal("0.5"), a2027=Decimal(2))
    MesureFactory(indicateur=indicateur, annee=2025, secrete=True)
    (lu,) = coordination(vu_par(agent_ars)).contrats
    assert (lu.etp, lu.annee) == (Decimal("0.5"), 2024)


@pytest.mark.parametrize("graine", range(4))
def test_les_comparaisons_recomptees(contrat, agent_ars, graine):
    contrat.delete()
    monde = fabrique.creer(graine)
    lues = comparaisons(vu_par(agent_ars))
    comptees = [f for f in monde.fiches if f.lu != "ABANDONNEE"]
    for comparee in lues.contrats:
        siennes = [f for f in comptees if str(f.contrat.pk) == comparee.code]
        assert comparee.actions == len(siennes)
        assert comparee.en_retard == sum(f.lu == "EN_RETARD" for f in siennes)
        faites = {"REALISEE", "REALISEE_PARTIELLEMENT"}
        assert comparee.realisees == sum(f.lu in faites for f in siennes)
        assert comparee.sans_pilote == len(siennes)
    assert lues.region.actions == len(comptees)
    assert sum(d.actions for d in lues.departements) == len(comptees)
    assert sum(d.contrats for d in lues.departements) == len(monde.contrats)


def test_sous_cinq_fiches_la_part_n_est_pas_ecrite(contrat, agent_ars):
    for _ in range(4):
        ActionFactory(contrat=contrat, en_retard=True)
    (rang,) = tableaux(pilotage(vu_par(agent_ars)), Liens())["par-contrat"].rangs
    assert [case.ecrit or case.sinon for case in rang.cases] == ["4", "n < 5", "n < 5", "n < 5"]
    ActionFactory(contrat=contrat, en_retard=True)
    (rang,) = tableaux(pilotage(vu_par(agent_ars)), Liens())["par-contrat"].rangs
    assert [case.ecrit for case in rang.cases[:3]] == ["5", "0\u202f%", "100\u202f%"]


def test_un_departement_de_moins_de_cinq_contrats_ne_se_compare_pas(contrat, agent_ars):
    for _ in range(9):
        ActionFactory(contrat=contrat)
    lues = tableaux(pilotage(vu_par(agent_ars)), Liens())["departements"]
    (finistere,) = lues.rangs
    assert [case.ecrit for case in finistere.cases] == ["1", "9", "", "", ""]
    assert lues.total.cases[3].ecrit == "0\u202f%"
    for _ in range(4):
        ContratFactory(signe=True, epci=fabrique.QUIMPER)
    (finistere,) = tableaux(pilotage(vu_par(agent_ars)), Liens())["departements"].rangs
    assert finistere.cases[3].ecrit == "0\u202f%"


def test_le_nombre_de_requetes_ne_depend_pas_du_nombre_de_contrats(
    agent_ars, exiger_requetes_plates
):
    def peupler(nombre):
        for _ in range(nombre):
            contrat = ContratFactory(signe=True)
            action = ActionFactory(contrat=contrat, themes=["gouvernance"])
            LigneBudgetFactory(action=action, etp=True)
            PartieFactory(contrat=contrat)

    requetes = exiger_requetes_plates(peupler=peupler, lire=lambda: pilotage(vu_par(agent_ars)))
    assert requetes <= 26


def test_un_agent_de_deux_regions_ne_melange_pas(contrat, autre_contrat):
    agent = UtilisateurFactory()
    for region in ("53", "76"):
        AffectationArsFactory(utilisateur=agent, region=region)
    assert vu_par(agent).noms.keys() == {str(contrat.pk)}
