"""Le plan d’une évaluation dans un classeur : questions, calendrier, recommandations."""

from collections.abc import Callable, Iterable
from datetime import date

from cls_platform.socle.tableur import ecriture_ods
from cls_platform.socle.tableur import liste as tableur
from cls_platform.socle.tableur.feuille import Valeur
from indicateurs.evaluation.affichage import Critere, EtapeMontree, RecommandationMontree

QUESTIONS = (
    "Critère", "Question", "À quoi verra-t-on la réponse", "Sources et méthodes", "Indicateurs",
    "Réponse",
)  # fmt: skip
ETAPES = ("Étape", "Début", "Échéance", "Faite le", "État")
RECOMMANDATIONS = (
    "Évaluation", "Recommandation", "Question", "Qui s’en charge", "Échéance", "Suite donnée",
    "En retard", "Ce qui a été fait, ou pourquoi non", "Actions",
)  # fmt: skip
Lignes = list[list[Valeur]]
# Trois tableaux : un CSV n’en porte qu’un
CLASSEURS: dict[str, Callable[..., bytes]] = {
    "xlsx": tableur.ecrire_classeur,
    "ods": ecriture_ods.ecrire,
}


def classeur(
    extension: str,
    criteres: Iterable[Critere],
    etapes: Iterable[EtapeMontree],
    recommandations: Iterable[RecommandationMontree],
) -> bytes:
    """`extension` : l’une de CLASSEURS."""
    return CLASSEURS[extension](
        [
            ("Questions", QUESTIONS, _questions(criteres)),
            ("Calendrier", ETAPES, _etapes(etapes)),
            ("Recommandations", RECOMMANDATIONS, lignes_des_recommandations(recommandations)),
        ]
    )


def _questions(criteres: Iterable[Critere]) -> Lignes:
    return [
        [
            critere.mot,
            montree.question.texte,
            montree.question.criteres_de_jugement,
            montree.question.sources,
            "\n".join(f"{v.libelle} : {v.valeur}" for v in montree.valeurs),
            montree.question.reponse,
        ]
        for critere in criteres
        for montree in critere.questions
    ]


def _etapes(etapes: Iterable[EtapeMontree]) -> Lignes:
    lignes: Lignes = []
    for montree in etapes:
        etape = montree.etape
        jours: list[date | None] = [etape.date_debut, etape.date_fin, etape.fait_le]
        lignes.append([etape.libelle, *jours, montree.etat.mot])
    return lignes


def lignes_des_recommandations(recommandations: Iterable[RecommandationMontree]) -> Lignes:
    return [_recommandation(montree) for montree in recommandations]


def _recommandation(montree: RecommandationMontree) -> list[Valeur]:
    lue = montree.recommandation
    return [
        lue.evaluation.titre,
        lue.texte,
        lue.question.texte if lue.question else "",
        lue.responsable,
        lue.echeance,
        montree.etat.mot,
        "oui" if montree.est_en_retard else "non",
        lue.explication,
        "\n".join(str(action) for action in montree.actions),
    ]
