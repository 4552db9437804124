"""Le bilan technique lit tout le contrat, sauf ce que l’équipe garde pour elle."""

from datetime import date
from decimal import Decimal

from bilans.models import Bilan
from bilans.technique.donnees import Technique, relire
from bilans.technique.lecture import lire_technique
from contrats.models import EtatPresence, PassageStatut
from tests.factories import (
    ActeurFactory,
    ActionFactory,
    DecisionFactory,
    FinancementFactory,
    IndicateurFactory,
    InstanceFactory,
    JalonFactory,
    LigneBudgetFactory,
    MesureFactory,
    NoteSuiviFactory,
    PresenceFactory,
    ReunionFactory,
)

LE = date(2026, 2, 20)


def lire(contrat, annee: int = 2025) -> Technique:
    return lire_technique(Bilan(contrat=contrat, annee=annee), arrete_le=LE)


def test_une_fiche_dit_tout_d_elle(contrat, action, indicateur):
    JalonFactory(action=action, libelle="Préparer", echeance=date(2026, 6, 1))
    LigneBudgetFactory(action=action, prevu=Decimal("1200.50"), realise=Decimal(900))
    FinancementFactory(action=action, fir=True, montant_accorde=Decimal(800))
    NoteSuiviFactory(
        action=action, date_note=date(2025, 5, 4), fait="Un atelier.", freins="La pluie."
    )
    NoteSuiviFactory(action=action, date_note=date(2024, 5, 4), fait="L’an passé.")
    PassageStatut.objects.create(
        action=action, de="A_VENIR", vers="EN_COURS", le="2025-03-01T10:00Z", raison="Lancée"
    )
    MesureFactory(indicateur=indicateur, annee=2025, valeur=42)
    (fiche,) = lire(contrat).fiches
    assert (fiche.titre, fiche.pilote) == (action.titre, action.pilote.nom)
    assert [e.libelle for e in fiche.etapes] == ["Préparer"]
    assert [(d.prevu, d.realise) for d in fiche.depenses] == [(Decimal("1200.50"), Decimal(900))]
    assert [(a.mission, a.accorde) for a in fiche.apports] == [("M1", Decimal(800))]
    assert [f.fait or f.statut for f in fiche.faits] == ["En cours", "Un atelier."]
    assert fiche.indicateurs == (str(indicateur.pk),)


def test_les_valeurs_vont_jusqu_a_l_annee_du_bilan(contrat, indicateur):
    for annee in (2023, 2025, 2026):
        MesureFactory(indicateur=indicateur, annee=annee, valeur=10 * annee)
    (lu,) = [i for i in lire(contrat).indicateurs if i.cle == str(indicateur.pk)]
    assert [r.annee for r in lu.serie.releves] == [2023, 2025]


def test_un_petit_effectif_de_personnes_n_y_est_pas(contrat, action):
    secret = IndicateurFactory(
        contrat=contrat, actions=[action], unite="personnes", est_public=False
    )
    MesureFactory(indicateur=secret, annee=2025, valeur=3)
    (lu,) = [i for i in lire(contrat).indicateurs if i.cle == str(secret.pk)]
    assert [r.valeur for r in lu.serie.releves] == [None]


def test_une_fiche_reservee_est_comptee_jamais_montree(contrat, action):
    cachee = ActionFactory(contrat=contrat, est_restreinte=True, titre="Le dossier sensible")
    IndicateurFactory(contrat=contrat, actions=[cachee], libelle="Un chiffre sensible")
    lu = lire(contrat)
    assert lu.reservees == 1
    assert "sensible" not in str(lu.vers_simple())


def test_la_gouvernance_de_l_annee_reunions_presences_decisions(contrat):
    instance = InstanceFactory(contrat=contrat, nom="Comité de pilotage")
    tenue = ReunionFactory(instance=instance, tenue=True, date=date(2025, 3, 9))
    avant = ReunionFactory(instance=instance, tenue=True, date=date(2024, 3, 9))
    PresenceFactory(reunion=tenue, acteur=ActeurFactory(nom="Ville d’Essai"))
    PresenceFactory(
        reunion=tenue, acteur=ActeurFactory(nom="Absente d’Essai"), etat=EtatPresence.EXCUSE
    )
    DecisionFactory(reunion=tenue, texte="Ouvrir un lieu", statut="FAIT")
    DecisionFactory(reunion=avant, texte="Encore en attente", statut="A_FAIRE")
    DecisionFactory(reunion=avant, texte="Déjà close", statut="FAIT")
    lu = lire(contrat)
    ((reunion,),) = [i.reunions for i in lu.instances]
    assert (reunion.presents, reunion.excuses) == (("Ville d’Essai",), ("Absente d’Essai",))
    assert [d.texte for d in lu.decisions] == ["Encore en attente", "Ouvrir un lieu"]
    assert [d.en_attente for d in lu.decisions] == [True, False]


def test_il_se_relit_sans_perte(contrat, action, indicateur):
    LigneBudgetFactory(action=action)
    MesureFactory(indicateur=indicateur, annee=2025)
    lu = lire(contrat)
    assert relire(lu.vers_simple()) == lu
    assert relire(lu.vers_simple()).empreinte() == lu.empreinte()


def test_un_contrat_sans_rien_se_lit(contrat):
    lu = lire(contrat)
    assert (lu.fiches, lu.instances, lu.decisions, lu.indicateurs) == ((), (), (), ())


def test_le_nombre_de_requetes_ne_depend_pas_du_nombre_de_fiches(
    contrat, axe, exiger_requetes_plates
):
    def peupler(nombre: int) -> None:
        for rang in range(nombre):
            action = ActionFactory(contrat=contrat, axe=axe)
            JalonFactory(action=action)
            LigneBudgetFactory(action=action)
            FinancementFactory(action=action)
            NoteSuiviFactory(action=action, date_note=date(2025, 5, 4))
            indicateur = IndicateurFactory(contrat=contrat, actions=[action])
            MesureFactory(indicateur=indicateur, annee=2025)
            instance = InstanceFactory(contrat=contrat)
            reunion = ReunionFactory(instance=instance, date=date(2025, 1, 1 + rang % 27))
            PresenceFactory(reunion=reunion)
            DecisionFactory(reunion=reunion)

    assert exiger_requetes_plates(peupler=peupler, lire=lambda: lire(contrat)) < 35
