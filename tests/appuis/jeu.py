"""Le jeu du navigateur et des pannes : deux contrats, une troupe, un plan qui ressemble à un plan.

Les mêmes personnages que `tests/conftest.py`, aux mêmes adresses ; le mot de passe est celui des
factories.
"""

from datetime import date
from decimal import Decimal

from django.db import transaction
from django.utils import timezone

from acteurs.droits import Role
from acteurs.models import Acteur, Utilisateur
from bilans.models import CodeSection
from contrats.models import Action, Contrat, RolePartie
from tests.appuis import reference
from tests.droits.matrice_historique import ETAPE_EFFACEE
from tests.factories import (
    ActeurFactory,
    ActionActeurFactory,
    ActionFactory,
    AffectationArsFactory,
    AvenantFactory,
    AxeFactory,
    BilanFactory,
    ChampLibreFactory,
    ContratFactory,
    ContributionFactory,
    DocumentActionFactory,
    DossierFichesFactory,
    FicheOfferteFactory,
    FinancementFactory,
    ImportPlanFactory,
    IndicateurFactory,
    JalonFactory,
    LigneBudgetFactory,
    LotFactory,
    MesureFactory,
    NoteSuiviFactory,
    ObjectifFactory,
    PartageActionFactory,
    ParticipationFactory,
    PartieFactory,
    PassagePhaseFactory,
    SectionBilanFactory,
    TravailFactory,
    UtilisateurFactory,
)

ADRESSES = {
    "coordinatrice": "coline.coordonne@exemple.fr",
    "elue": "elise.elue@exemple.fr",
    "pilote": "paul.pilote@exemple.fr",
    "partenaire": "paula.partenaire@exemple.fr",
    "lectrice": "lise.lectrice@exemple.fr",
    "agent_ars": "armel.agence@exemple.fr",
    "agent_dd": "denis.dd@exemple.fr",
    "administratrice": "ada.administre@exemple.fr",
    "voisine": "violette.voisine@exemple.fr",
}
PRENOMS = {nom: adresse.split(".")[0].capitalize() for nom, adresse in ADRESSES.items()}


@transaction.atomic
def charger() -> None:
    """Le contrat de la troupe, celui de la voisine, et tous les comptes."""
    reference.mettre_en_place()
    cpts = ActeurFactory(cpts=True, nom="CPTS des Essais")
    contrat = le_contrat()
    remplir(contrat, cpts)
    voisin = ContratFactory(
        nom="Contrat d’essai des Coteaux",
        slug="essai-coteaux",
        signe=True,
        public=True,
        region_id="76",
        epci="243100815",
    )
    partager(ActionFactory(contrat=voisin, axe=AxeFactory(contrat=voisin)), contrat)
    comptes(contrat, voisin, cpts)
    remplir_une_fiche(contrat)
    BilanFactory(contrat=contrat, annee=2024, publie=True)
    en_cours = BilanFactory(
        contrat=contrat, annee=2026, avec_pdf=True, travail=TravailFactory(fait=True)
    )
    for code in CodeSection:
        SectionBilanFactory(bilan=en_cours, code=code)
    BilanFactory(contrat=voisin, annee=2024, publie=True)
    DossierFichesFactory(
        contrat=contrat,
        demande_par=Utilisateur.objects.get(email=ADRESSES["coordinatrice"]),
        fiches=[contrat.actions.get(numero="1.1").pk],
    )


def partager(action: Action, contrat: Contrat) -> None:
    """La fiche du voisin se lit dans le contrat de la troupe, et dans la bibliothèque."""
    PartageActionFactory(action=action, contrat=contrat)
    FicheOfferteFactory(action=action)
    TravailFactory(genre="copie_plan", cible_id=contrat.pk, fait=True)


def le_contrat() -> Contrat:
    contrat = ContratFactory(
        nom="Contrat d’essai de Cornouaille",
        slug="essai-cornouaille",
        signe=True,
        public=True,
        epci="200068120",
    )
    PassagePhaseFactory(contrat=contrat, date_effet=date(2024, 1, 22))
    AvenantFactory(contrat=contrat, types=["prorogation"])
    PartieFactory(contrat=contrat, porteur=True, signee=True)
    PartieFactory(contrat=contrat, acteur=contrat.ars, role=RolePartie.COPILOTE, signee=True)
    PartieFactory(contrat=contrat, representant_nom="Camille Exemple")
    return contrat


def remplir(contrat: Contrat, cpts: Acteur) -> None:
    """Trois axes, dix actions dans des états divers, deux indicateurs suivis sur trois ans."""
    for rang in (1, 2, 3):
        axe = AxeFactory(contrat=contrat, numero=str(rang))
        objectif = ObjectifFactory(axe=axe)
        traits: list[dict] = [{"pilote": cpts}, {"realisee": True}, {"en_retard": True}]
        for place, trait in enumerate(traits, start=1):
            action = ActionFactory(
                contrat=contrat,
                axe=axe,
                objectif=objectif,
                numero=f"{rang}.{place}",
                themes=["acces_soins"],
                **trait,
            )
            JalonFactory(action=action, fait=True)
            JalonFactory(action=action, libelle="Ouvrir la deuxième permanence")
            ActionActeurFactory(action=action)
    ActionFactory(contrat=contrat, a_venir=True, interne=True, numero="4")
    pilotee = contrat.actions.get(numero="1.1")
    LotFactory(contrat=contrat, fiches=[pilotee])
    ContributionFactory(action=pilotee, recue=True)
    for traits in ({}, {"ratio": True, "libelle_public": "Rendez-vous sous quinze jours"}):
        suivi = IndicateurFactory(contrat=contrat, axe=axe, actions=[pilotee], **traits)
        for annee, valeur in ((2023, 120), (2024, 212)):
            rapport = {
                "numerateur": Decimal(45),
                "denominateur": Decimal(60),
                "valeur": Decimal(75),
            }
            valeurs = rapport if traits else {"valeur": Decimal(valeur)}
            MesureFactory(indicateur=suivi, annee=annee, **valeurs)


def remplir_une_fiche(contrat: Contrat) -> None:
    """La fiche 2.1 a de l’argent, une note, un document, une étape effacée.

    Le contrat a un champ, un import et une fiche à la corbeille.
    """
    fiche = contrat.actions.get(numero="2.1")
    JalonFactory(pk=ETAPE_EFFACEE, action=fiche).delete()
    ActionFactory(contrat=contrat, titre="Abandonnée en route", corbeille_le=timezone.now())
    fiche.populations.add("seniors")
    LigneBudgetFactory(action=fiche)
    FinancementFactory(action=fiche, fir=True)
    NoteSuiviFactory(action=fiche)
    DocumentActionFactory(action=fiche)
    ChampLibreFactory(contrat=contrat)
    ImportPlanFactory(contrat=contrat)


def comptes(contrat: Contrat, voisin: Contrat, cpts: Acteur) -> None:
    roles = {
        "coordinatrice": (contrat, Role.COORDINATEUR),
        "elue": (contrat, Role.ELU),
        "pilote": (contrat, Role.PILOTE),
        "partenaire": (contrat, Role.PARTENAIRE),
        "lectrice": (contrat, Role.LECTEUR),
        "voisine": (voisin, Role.COORDINATEUR),
    }
    for nom, adresse in ADRESSES.items():
        if nom.startswith("agent"):
            continue
        personne = UtilisateurFactory(
            email=adresse,
            prenom=PRENOMS[nom],
            nom=adresse.split("@")[0].split(".")[1].capitalize(),
            acteur=cpts if nom == "pilote" else None,
            administrateur=nom == "administratrice",
        )
        if nom in roles:
            ou, role = roles[nom]
            ParticipationFactory(utilisateur=personne, contrat=ou, role=role)
    for nom, departement in (("agent_ars", None), ("agent_dd", "29")):
        AffectationArsFactory(
            utilisateur__email=ADRESSES[nom],
            utilisateur__prenom=PRENOMS[nom],
            region="53",
            departement_id=departement,
        )
