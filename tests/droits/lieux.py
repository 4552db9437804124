"""Les lieux de la matrice : un contrat, et dedans un objet de chaque sorte."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.utils import timezone

from contrats.models import Contrat
from tests.droits.matrice import Ligne
from tests.droits.matrice_historique import ETAPE_EFFACEE
from tests.factories import (
    ActionEnAvantFactory,
    ActionFactory,
    AvenantFactory,
    AvisBilanFactory,
    BeneficiairesFactory,
    BesoinFactory,
    BilanFactory,
    CampagneFactory,
    ChampLibreFactory,
    CommentaireBilanFactory,
    ContributionFactory,
    DecisionFactory,
    DecisionSigleFactory,
    DocumentActionFactory,
    DossierFichesFactory,
    EffetFactory,
    EtapeEvaluationFactory,
    EvaluationFactory,
    FinancementFactory,
    ImageBilanFactory,
    ImportPlanFactory,
    IndicateurFactory,
    InstanceFactory,
    JalonFactory,
    LienEditoFactory,
    LigneBudgetFactory,
    LotFactory,
    MesureFactory,
    NoteSuiviFactory,
    ObjectifFactory,
    PartageActionFactory,
    ParticipationFactory,
    PartieFactory,
    QuestionEvaluativeFactory,
    RecitFactory,
    RecommandationFactory,
    ReunionFactory,
    SectionBilanFactory,
    TravailFactory,
    UtilisateurFactory,
    ValidationBilanFactory,
    VisaBilanFactory,
)
from tests.factories.documents_bilan import DocumentBilanFactory
from tests.factories.habitants import ReactionFactory
from tests.factories.preparation import AnnonceBilanFactory


@dataclass
class Lieu:
    """Un contrat et un objet de chaque sorte."""

    contrat: Any
    action: Any
    avenant: Any
    axe: Any
    champ_libre: Any
    document: Any
    jalon: Any
    note: Any
    partie: Any
    participation: Any
    indicateur: Any
    bilan: Any
    publie: Any
    document_bilan: Any
    ligne: Any
    financement: Any
    recu: Any
    lot: Any
    contribution: Any
    lien: Any
    jetee: Any
    partage: Any
    copie: Any
    dossier: Any
    objectif: Any
    besoin: Any
    effet: Any
    evaluation: Any
    question: Any
    etape: Any
    recommandation: Any
    instance: Any
    reunion: Any
    decision: Any
    mesure: Any
    recit: Any
    campagne: Any
    photo: Any
    logo: Any
    racontee: Any
    lien_edito: Any
    commentaire: Any
    avis_demande: Any
    visa: Any
    reaction: Any
    annonce: Any

    def arguments(self, ligne: Ligne) -> dict[str, Any]:
        if not ligne.objet:
            return dict(ligne.parametres)
        if ligne.objet == "slug":
            return {"slug": self.contrat.slug, **ligne.parametres}
        if ligne.objet == "cle":
            return {"cle": str(self.contrat.pk), **ligne.parametres}
        if ligne.objet == "effet":
            return {"pk": self.effet.action_id, "indicateur": self.effet.indicateur_id}
        if ligne.objet == "racontee":
            return {"pk": self.bilan.pk, "action": self.racontee.pk}
        return {"pk": getattr(self, ligne.objet).pk, **ligne.parametres}


def garnir(contrat: Contrat, action: Any) -> Lieu:
    bilan = BilanFactory(
        contrat=contrat, annee=2025, avec_pdf=True, travail=TravailFactory(fait=True)
    )
    SectionBilanFactory(bilan=bilan, texte="Le ZYX a ouvert.")
    DecisionSigleFactory(bilan=bilan)
    ValidationBilanFactory(bilan=bilan)
    contribution = ContributionFactory(action=action, recue=True)
    JalonFactory(action=action, id=ETAPE_EFFACEE).delete()
    BeneficiairesFactory(action=action)
    reunion = ReunionFactory(instance=InstanceFactory(contrat=contrat), publique=True)
    evaluation = EvaluationFactory(contrat=contrat)
    return Lieu(
        contrat=contrat,
        action=action,
        avenant=AvenantFactory(contrat=contrat),
        axe=action.axe,
        champ_libre=ChampLibreFactory(contrat=contrat),
        document=DocumentActionFactory(action=action),
        jalon=JalonFactory(action=action),
        note=NoteSuiviFactory(action=action),
        partie=PartieFactory(contrat=contrat),
        participation=ParticipationFactory(contrat=contrat, role="LECTEUR"),
        indicateur=IndicateurFactory(contrat=contrat, actions=[action]),
        bilan=bilan,
        publie=BilanFactory(contrat=contrat, annee=2024, publie=True),
        document_bilan=DocumentBilanFactory(bilan=bilan, genre="TECH_SANS"),
        ligne=LigneBudgetFactory(action=action),
        financement=FinancementFactory(action=action),
        recu=ImportPlanFactory(contrat=contrat),
        lot=LotFactory(contrat=contrat, fiches=[action]),
        contribution=contribution,
        lien=contribution.lien,
        jetee=ActionFactory(contrat=contrat, corbeille_le=timezone.now()),
        partage=PartageActionFactory(contrat=contrat, action__contrat__region_id="76"),
        copie=TravailFactory(genre="copie_plan", cible_id=contrat.pk, fait=True),
        dossier=DossierFichesFactory(
            contrat=contrat, fiches=[action.pk], demande_par=UtilisateurFactory()
        ),
        objectif=ObjectifFactory(contrat=contrat, axe=action.axe),
        besoin=BesoinFactory(contrat=contrat),
        effet=EffetFactory(action=action),
        evaluation=evaluation,
        question=QuestionEvaluativeFactory(evaluation=evaluation),
        etape=EtapeEvaluationFactory(evaluation=evaluation),
        recommandation=RecommandationFactory(evaluation=evaluation),
        campagne=CampagneFactory(du_contrat=True, contrat=contrat),
        photo=ImageBilanFactory(contrat=contrat),
        logo=ImageBilanFactory(contrat=contrat, genre="LOGO"),
        racontee=ActionEnAvantFactory(bilan=bilan, action=action),
        commentaire=CommentaireBilanFactory(bilan=bilan),
        avis_demande=AvisBilanFactory(bilan=bilan, acteur=contrat.ars),
        visa=VisaBilanFactory(bilan=bilan),
        lien_edito=LienEditoFactory(bilan=bilan, empreinte=str(bilan.pk)),
        instance=reunion.instance,
        reunion=reunion,
        decision=DecisionFactory(reunion=reunion),
        reaction=ReactionFactory(contrat=contrat),
        annonce=AnnonceBilanFactory(bilan=bilan),
        recit=RecitFactory(indicateur=IndicateurFactory(contrat=contrat, actions=[action])),
        mesure=MesureFactory(
            indicateur__contrat=contrat,
            indicateur__actions=[action],
            periode_debut=date(2024, 1, 1),
            periode_fin=date(2024, 3, 31),
        ),
    )
