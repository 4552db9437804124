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
from bilans.models import Bilan, CodeSection
from contrats.models import Action, Contrat
from indicateurs.models import IndicateurModele
from tests.appuis import reference, troupe
from tests.appuis.jeu_campagne import mener_campagnes
from tests.appuis.jeu_habitants import faire_reagir
from tests.droits.matrice_historique import ETAPE_EFFACEE
from tests.factories import (
    ActeurFactory,
    ActionActeurFactory,
    ActionEnAvantFactory,
    ActionFactory,
    AffectationArsFactory,
    AvenantFactory,
    AvisBilanFactory,
    AxeFactory,
    BeneficiairesFactory,
    BesoinFactory,
    BilanFactory,
    ChampLibreFactory,
    CommentaireBilanFactory,
    ContratFactory,
    ContributionFactory,
    DecisionFactory,
    DocumentActionFactory,
    DossierFichesFactory,
    EffetFactory,
    EtapeEvaluationFactory,
    EvaluationFactory,
    FicheOfferteFactory,
    FinancementFactory,
    ImageBilanFactory,
    ImportPlanFactory,
    IndicateurFactory,
    InstanceFactory,
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
    PresenceFactory,
    QuestionEvaluativeFactory,
    RecitFactory,
    RecommandationFactory,
    ReunionFactory,
    SectionBilanFactory,
    TravailFactory,
    UtilisateurFactory,
    ValidationBilanFactory,
    VisaBilanFactory,
    VoletBilanFactory,
)
from tests.factories.preparation import AnnonceBilanFactory

MODELE_REGIONAL = "R53_01"
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
    evaluer(contrat)
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
    faire_reagir(contrat)
    en_cours = BilanFactory(
        contrat=contrat, annee=2026, avec_pdf=True, travail=TravailFactory(fait=True)
    )
    for code in CodeSection:
        SectionBilanFactory(bilan=en_cours, code=code)
    illustrer(en_cours)
    AnnonceBilanFactory(bilan=en_cours, texte="Mars 2026 : un deuxième lieu d’écoute.")
    relire(en_cours)
    BilanFactory(contrat=voisin, annee=2024, publie=True)
    mener_campagnes(contrat)
    DossierFichesFactory(
        contrat=contrat,
        demande_par=Utilisateur.objects.get(email=ADRESSES["coordinatrice"]),
        fiches=[contrat.actions.get(numero="1.1").pk],
    )


def illustrer(bilan: Bilan) -> None:
    """Une photo, un volet qui la montre, une action racontée."""
    photo = ImageBilanFactory(contrat=bilan.contrat)
    ImageBilanFactory(contrat=bilan.contrat, genre="LOGO", alternative="Ville d’essai")
    axe = bilan.contrat.axes.get(numero="1")
    VoletBilanFactory(bilan=bilan, axe=axe, photo=photo)
    ActionEnAvantFactory(bilan=bilan, action=bilan.contrat.actions.get(numero="1.1"))


def relire(bilan: Bilan) -> None:
    """Des fils à chaque état, un avis rendu, un avis attendu, une validation et un visa."""
    contrat = bilan.contrat
    fil = CommentaireBilanFactory(bilan=bilan, texte="Combien d’habitants sont venus ?")
    CommentaireBilanFactory(bilan=bilan, parent=fil, texte="Nous le demandons.")
    CommentaireBilanFactory(bilan=bilan, clos=True, texte="Une faute au titre.")
    CommentaireBilanFactory(bilan=bilan, ancre="bilan", texte="Facile à lire.")
    action = contrat.actions.get(numero="1.1")
    CommentaireBilanFactory(bilan=bilan, ancre=f"action:{action.pk}", texte="Dites où.")
    AvisBilanFactory(bilan=bilan, acteur=contrat.ars, courriel="avis@exemple.fr")
    AvisBilanFactory(bilan=bilan, rendu=True, texte="Un bilan utile aux habitants.")
    ValidationBilanFactory(bilan=bilan)
    VisaBilanFactory(bilan=bilan)


def partager(action: Action, contrat: Contrat) -> None:
    """La fiche du voisin se lit dans le contrat de la troupe, et dans la bibliothèque."""
    PartageActionFactory(action=action, contrat=contrat)
    FicheOfferteFactory(action=action)
    TravailFactory(genre="copie_plan", cible_id=contrat.pk, fait=True)


def le_contrat() -> Contrat:
    contrat = troupe.contrat_signe()
    PassagePhaseFactory(contrat=contrat, date_effet=date(2024, 1, 22))
    AvenantFactory(contrat=contrat, types=["prorogation"])
    PartieFactory(contrat=contrat, representant_nom="Camille Exemple")
    reunir(contrat)
    return contrat


def reunir(contrat: Contrat) -> None:
    """Une instance, une réunion tenue et ses décisions, une réunion ouverte à tous."""
    instance = InstanceFactory(contrat=contrat, nom="Comité de pilotage d’essai", type_id="copil")
    tenue = ReunionFactory(instance=instance, tenue=True, publique=True)
    PresenceFactory(reunion=tenue)
    DecisionFactory(reunion=tenue, echeance=date(2026, 2, 2))
    DecisionFactory(reunion=tenue, statut="FAIT")
    ReunionFactory(instance=instance, date=date(2028, 5, 4), publique=True)


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
        RecitFactory(indicateur=suivi, annee=2024)


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


def evaluer(contrat: Contrat) -> None:
    """Des besoins avec et sans réponse, un effet décrit, une évaluation et ses suites."""
    objectif = contrat.objectifs.dans_l_ordre()[0]
    BesoinFactory(contrat=contrat, objectifs=[objectif])
    BesoinFactory(contrat=contrat, libelle="Les aidants n’ont pas de relais")
    pilotee = contrat.actions.get(numero="1.1")
    suivi = contrat.indicateurs.get(ordre=1)
    EffetFactory(action=pilotee, indicateur=suivi, etabli=True)
    BeneficiairesFactory(action=pilotee)
    BeneficiairesFactory(action=pilotee, population_id="seniors", personnes=3, presences=9)
    evaluation = EvaluationFactory(contrat=contrat)
    EtapeEvaluationFactory(evaluation=evaluation)
    EtapeEvaluationFactory(evaluation=evaluation, fait_le=date(2026, 2, 2))
    question = QuestionEvaluativeFactory(evaluation=evaluation, indicateurs=[suivi])
    QuestionEvaluativeFactory(evaluation=evaluation, reponse="Oui, en partie.")
    RecommandationFactory(
        evaluation=evaluation, question=question, actions=[pilotee], en_retard=True
    )
    RecommandationFactory(evaluation=evaluation, faite=True)
    IndicateurModele.objects.create(
        code=MODELE_REGIONAL,
        libelle="Cabines de téléconsultation ouvertes",
        region=contrat.region,
        type="REALISATION",
        niveau="CLS",
        unite="cabines",
        sens="HAUSSE",
        agregation="SOMME",
        source="Suivi de l’agence",
    )


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
