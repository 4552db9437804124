"""Les plans de lecture des indicateurs et de leurs valeurs."""

from collections import defaultdict
from typing import Any

from django.db.models import QuerySet

from cls_platform.socle.api.lecture import Lecteur, Lignes, PlanDeLecture, colonnes_simples
from indicateurs.models import Indicateur


def _completer_indicateurs(lignes: Lignes, lecteur: Lecteur) -> None:
    actions: dict[Any, list[Any]] = defaultdict(list)
    for indicateur, action in Indicateur.objects.actions_visibles_de(lignes, lecteur.utilisateur):
        actions[indicateur].append(action)
    for pk, ligne in lignes.items():
        ligne["actions"] = actions[pk]


def _annoter_mesures(requete: Any, lecteur: Lecteur) -> QuerySet:
    return requete.pour_api(lecteur.utilisateur)


def _completer_mesures(lignes: Lignes, lecteur: Lecteur) -> None:
    for ligne in lignes.values():
        if not ligne.pop("est_suivi"):
            ligne["commentaire"] = None


INDICATEURS = PlanDeLecture(
    completer=_completer_indicateurs,
    colonnes=colonnes_simples(
        "id",
        "contrat",
        "axe",
        "modele",
        "libelle",
        "libelle_public",
        "definition",
        "type",
        "unite",
        "sens",
        "agregation",
        "periodicite",
        "source",
        "numerateur",
        "denominateur",
        "decimales",
        "valeur_reference",
        "annee_reference",
        "cible",
        "annee_cible",
        "est_public",
        "ordre",
        "version",
        "modifie_le",
    ),
)
MESURES = PlanDeLecture(
    annoter=_annoter_mesures,
    completer=_completer_mesures,
    colonnes=colonnes_simples(
        "id",
        "indicateur",
        "periode_debut",
        "periode_fin",
        "annee",
        "valeur",
        "numerateur",
        "denominateur",
        "qualite",
        "source",
        "commentaire",
        "version",
        "modifie_le",
        "est_suivi",
    ),
)
