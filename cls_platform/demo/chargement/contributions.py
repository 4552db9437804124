"""Un lien donné à un partenaire fictif, et ce qu’il a répondu : à relire par la coordination."""

from collections.abc import Iterator, Mapping
from typing import Any

from django.conf import settings
from django.utils import timezone

from acteurs.models import Acteur
from cls_platform.demo.chargement.lecture import Donnees
from contrats.models import Action, Contrat, GenreElement
from contrats.services.contributions import Propose, Signature, envoyer
from contrats.services.liens_contribution import Destinataire, Question, creer_liens
from indicateurs.contribution import etat
from indicateurs.contribution.formulaire import QuestionPosee, questions_de


def charger_contributions(
    donnees: Donnees,
    *,
    contrat: Contrat,
    actions: Mapping[str, Action],
    organisations: Mapping[str, Acteur],
    par: Any,
) -> None:
    """Par les services : la démonstration tient les mêmes règles. Sans fichier, rien."""
    if not donnees:
        return
    fiches = [actions[numero] for numero in donnees["fiches"]]
    question = Question(
        annee=timezone.localdate().year,
        demandes=donnees["demandes"],
        jours=settings.CLS_CONTRIBUTION_JOURS,
        message=donnees["message"],
    )
    vers = Destinataire(acteur=organisations[donnees["acteur"]], actions=fiches)
    (donne,) = creer_liens(contrat=contrat, destinataires=[vers], question=question, par=par)
    for reponse in donnees["reponses"]:
        contribution = donne.lien.contributions.select_related("action", "lien", "note").get(
            action=actions[reponse["fiche"]]
        )
        posees = questions_de(etat.lire(contribution), donne.lien.demandes)
        envoyer(
            contribution=contribution,
            elements=list(_proposes(posees, reponse)),
            signature=Signature(reponse["nom"], reponse["fonction"]),
            par=donne.lien,
        )


def _proposes(posees: list[QuestionPosee], reponse: Donnees) -> Iterator[Propose]:
    """La première étape et le premier indicateur reçoivent la réponse de leur sorte."""
    pris: set[str] = set()
    for question in posees:
        valeurs = _valeurs(question, reponse)
        if valeurs is None or (question.objet and question.genre in pris):
            continue
        pris.add(question.genre)
        q = question
        yield Propose(q.genre, q.champ, q.objet, q.libelle, q.present, valeurs)


def _valeurs(question: QuestionPosee, reponse: Donnees) -> dict[str, str] | None:
    if question.genre == GenreElement.NOTE and question.champ in reponse:
        return {question.champ: str(reponse[question.champ])}
    if question.genre == GenreElement.ETAPE and reponse.get("etape"):
        return {"fait_le": timezone.localdate().isoformat()}
    if question.genre == GenreElement.MESURE and "mesure" in reponse:
        return {"valeur": reponse["mesure"]} if "valeur" in question.present else None
    return None
