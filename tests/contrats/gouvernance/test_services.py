"""Écrire la gouvernance : qui le peut, ce qui est refusé, ce que l’histoire garde."""

from datetime import date, time

import pytest

from cls_platform.socle.erreurs import (
    ConflitVersion,
    DonneesRefusees,
    DroitRefuse,
    TransitionRefusee,
)
from cls_platform.socle.historique import historique
from contrats.models import Presence
from contrats.services.decisions import ajouter_decision, modifier_decision, retirer_decision
from contrats.services.gouvernance import creer_instance, modifier_instance, retirer_instance
from contrats.services.reunions import (
    changer_l_etat,
    modifier_reunion,
    prevoir_reunion,
    rendre_compte,
    retirer_reunion,
)
from tests.factories import (
    ActeurFactory,
    DecisionFactory,
    InstanceFactory,
    PresenceFactory,
    ReunionFactory,
)


@pytest.fixture
def instance(contrat):
    return InstanceFactory(contrat=contrat)


@pytest.fixture
def reunion(instance):
    """Prévue le 1er mars 2026 : passée, pas encore racontée."""
    return ReunionFactory(instance=instance, date=date(2026, 3, 1))


def test_une_instance_vient_a_la_suite_avec_ses_membres(contrat, instance, coordinatrice):
    membres = ActeurFactory.create_batch(2)
    valeurs = {"nom": "Comité de pilotage", "type_id": "copil", "membres": membres}
    creee = creer_instance(contrat=contrat, valeurs=valeurs, par=coordinatrice)
    assert creee.ordre == instance.ordre + 1
    assert set(creee.membres.all()) == set(membres)


def test_deux_instances_d_un_contrat_n_ont_pas_le_meme_nom(contrat, instance, coordinatrice):
    valeurs = {"nom": instance.nom, "type_id": "copil"}
    with pytest.raises(DonneesRefusees, match="porte déjà ce nom"):
        creer_instance(contrat=contrat, valeurs=valeurs, par=coordinatrice)


def test_changer_les_membres_compte_une_version(instance, coordinatrice):
    valeurs = {"membres": [ActeurFactory()]}
    apres = modifier_instance(instance=instance, valeurs=valeurs, version=1, par=coordinatrice)
    assert apres.version == 2
    encore = modifier_instance(instance=instance, valeurs=valeurs, version=2, par=coordinatrice)
    assert encore.version == 2


def test_une_instance_perimee_ne_s_ecrit_pas(instance, coordinatrice):
    modifier_instance(instance=instance, valeurs={"role": "A"}, version=1, par=coordinatrice)
    with pytest.raises(ConflitVersion):
        modifier_instance(instance=instance, valeurs={"role": "B"}, version=1, par=coordinatrice)


def test_une_reunion_a_venir_ne_peut_pas_etre_tenue(instance, coordinatrice):
    valeurs = {"date": date(2026, 3, 13), "etat": "TENUE"}
    with pytest.raises(DonneesRefusees, match="ne peut pas déjà être tenue"):
        prevoir_reunion(instance=instance, valeurs=valeurs, par=coordinatrice)
    jour = {"date": date(2026, 3, 12), "etat": "TENUE"}
    assert prevoir_reunion(instance=instance, valeurs=jour, par=coordinatrice).etat == "TENUE"


def test_une_reunion_tenue_ne_passe_pas_a_une_date_a_venir(instance, coordinatrice):
    tenue = ReunionFactory(instance=instance, tenue=True)
    with pytest.raises(DonneesRefusees, match="Corrigez sa date"):
        modifier_reunion(
            reunion=tenue, valeurs={"date": date(2026, 9, 1)}, version=1, par=coordinatrice
        )


@pytest.mark.parametrize("heure", [None, time(14, 30)])
def test_une_instance_ne_se_reunit_pas_deux_fois_au_meme_moment(instance, heure, coordinatrice):
    ReunionFactory(instance=instance, date=date(2026, 9, 1), heure=heure)
    with pytest.raises(DonneesRefusees, match="déjà une réunion à ce moment"):
        prevoir_reunion(
            instance=instance, valeurs={"date": date(2026, 9, 1), "heure": heure}, par=coordinatrice
        )


def raconter(reunion, par, presences, **valeurs):
    depart = {"compte_rendu": "Dit.", "participants": 12}
    return rendre_compte(
        reunion=reunion,
        valeurs=depart | valeurs,
        presences=presences,
        version=reunion.version,
        par=par,
    )


def test_rendre_compte_tient_la_reunion_et_note_les_organisations(reunion, coordinatrice):
    presente, excusee = ActeurFactory.create_batch(2)
    tenue = raconter(reunion, coordinatrice, {presente.pk: "PRESENT", excusee.pk: "EXCUSE"})
    assert (tenue.etat, tenue.participants, tenue.version) == ("TENUE", 12, 2)
    notees = dict(Presence.objects.filter(reunion=reunion).values_list("acteur", "etat"))
    assert notees == {presente.pk: "PRESENT", excusee.pk: "EXCUSE"}


def test_une_presence_qui_change_compte_une_version_et_une_seule(reunion, coordinatrice):
    acteur = ActeurFactory()
    tenue = raconter(reunion, coordinatrice, {acteur.pk: "PRESENT"})
    excusee = raconter(tenue, coordinatrice, {acteur.pk: "EXCUSE"})
    assert excusee.version == 3
    assert raconter(excusee, coordinatrice, {acteur.pk: "EXCUSE"}).version == 3
    absente = raconter(excusee, coordinatrice, {}, participants=11)
    assert (absente.version, absente.presences.count()) == (4, 0)


def test_une_reunion_qui_a_decide_ne_redevient_pas_annulee(instance, coordinatrice):
    tenue = ReunionFactory(instance=instance, tenue=True)
    DecisionFactory(reunion=tenue)
    with pytest.raises(TransitionRefusee, match="1\xa0décision prise"):
        changer_l_etat(reunion=tenue, etat="ANNULEE", version=1, par=coordinatrice)


def test_une_reunion_annulee_se_retablit_et_ne_decide_rien(reunion, coordinatrice):
    annulee = changer_l_etat(reunion=reunion, etat="ANNULEE", version=1, par=coordinatrice)
    with pytest.raises(TransitionRefusee, match="n’a rien décidé"):
        ajouter_decision(reunion=annulee, valeurs={"texte": "Non"}, par=coordinatrice)
    assert changer_l_etat(reunion=annulee, etat="PREVUE", version=2, par=coordinatrice).version == 3


def test_une_decision_n_est_pas_due_avant_la_reunion_qui_la_prend(reunion, coordinatrice):
    valeurs = {"texte": "Écrire", "echeance": date(2026, 2, 28)}
    with pytest.raises(DonneesRefusees, match="L’échéance vient avant la réunion"):
        ajouter_decision(reunion=reunion, valeurs=valeurs, par=coordinatrice)


def test_clore_une_decision_ne_relit_pas_son_echeance(reunion, coordinatrice):
    ancienne = DecisionFactory(reunion=reunion, echeance=date(2020, 1, 1))
    close = modifier_decision(
        decision=ancienne, valeurs={"statut": "FAIT"}, version=1, par=coordinatrice
    )
    assert close.statut == "FAIT"


def test_l_histoire_garde_ce_qui_est_retire(contrat, reunion, coordinatrice):
    decision = DecisionFactory(reunion=reunion)
    retirer_decision(decision=decision, version=1, par=coordinatrice)
    assert historique(decision)[0].genre == "delete"
    PresenceFactory(reunion=reunion)
    retirer_reunion(reunion=reunion, version=1, par=coordinatrice)
    retirer_instance(instance=reunion.instance, version=1, par=coordinatrice)
    assert not contrat.instances.exists()
    assert historique(reunion)[0].qui == str(coordinatrice)


def test_la_voisine_n_ecrit_rien(contrat, reunion, voisine):
    decision = DecisionFactory(reunion=reunion)
    gestes = [
        lambda: creer_instance(contrat=contrat, valeurs={"nom": "X"}, par=voisine),
        lambda: modifier_instance(
            instance=reunion.instance, valeurs={"nom": "X"}, version=1, par=voisine
        ),
        lambda: retirer_instance(instance=reunion.instance, version=1, par=voisine),
        lambda: prevoir_reunion(instance=reunion.instance, valeurs={}, par=voisine),
        lambda: raconter(reunion, voisine, {}),
        lambda: changer_l_etat(reunion=reunion, etat="ANNULEE", version=1, par=voisine),
        lambda: retirer_reunion(reunion=reunion, version=1, par=voisine),
        lambda: ajouter_decision(reunion=reunion, valeurs={"texte": "X"}, par=voisine),
        lambda: modifier_decision(decision=decision, valeurs={}, version=1, par=voisine),
        lambda: retirer_decision(decision=decision, version=1, par=voisine),
    ]
    for geste in gestes:
        with pytest.raises(DroitRefuse):
            geste()
