"""Les plans de lecture des indicateurs et de leurs valeurs."""

from collections import defaultdict
from collections.abc import Collection
from typing import Any
from uuid import UUID

from django.db.models import QuerySet
from django.utils import timezone

from cls_platform.socle.api.lecture import Lecteur, Lignes, PlanDeLecture, colonnes_simples
from indicateurs.calcul.lecture import lire_les_saisies
from indicateurs.models import Indicateur, Qualite, Ventilation
from indicateurs.publication import secrets_de

PART = {
    "modalite": "modalite_id",
    "dimension": "modalite__dimension",
    "valeur": "valeur",
    "numerateur": "numerateur",
    "denominateur": "denominateur",
    "qualite": "qualite",
}


def _annoter_indicateurs(requete: Any, lecteur: Lecteur) -> QuerySet:
    return requete.pour_api(lecteur.utilisateur)


# Ce qu’une valeur couverte par le secret statistique montre d’elle ; le dénominateur reste
MASQUE = {"valeur": None, "numerateur": None, "qualite": Qualite.SECRET_STATISTIQUE.value}


def _completer_indicateurs(lignes: Lignes, lecteur: Lecteur) -> None:
    actions: dict[Any, list[Any]] = defaultdict(list)
    for indicateur, action in Indicateur.objects.actions_visibles_de(lignes, lecteur.utilisateur):
        actions[indicateur].append(action)
    cibles: dict[Any, list[Any]] = defaultdict(list)
    for indicateur, annee, valeur in Indicateur.objects.cibles_de(lignes):
        cibles[indicateur].append({"annee": annee, "valeur": str(valeur)})
    for pk, ligne in lignes.items():
        ligne["actions"] = actions[pk]
        ligne["cibles_intermediaires"] = cibles[pk]
        if not ligne.pop("est_suivi"):
            ligne["responsable"] = None


def _annoter_mesures(requete: Any, lecteur: Lecteur) -> QuerySet:
    return requete.pour_api(lecteur.utilisateur)


def _completer_mesures(lignes: Lignes, lecteur: Lecteur) -> None:
    """La répartition et le commentaire sont pour qui suit le contrat."""
    suivies = [pk for pk, ligne in lignes.items() if ligne["est_suivi"]]
    tues = mesures_tues({li["indicateur"] for li in lignes.values() if not li["est_suivi"]})
    parts: dict[Any, list[dict[str, Any]]] = defaultdict(list)
    for mesure, *part in parts_des_mesures(suivies):
        parts[mesure].append(dict(zip(PART, part, strict=True)))
    for pk, ligne in lignes.items():
        if ligne.pop("est_suivi"):
            ligne["repartition"] = parts[pk]
        else:
            ligne["commentaire"] = ligne["repartition"] = None
            ligne.update(MASQUE if pk in tues else {})


def mesures_tues(indicateurs: Collection[UUID]) -> frozenset[UUID]:
    """Les valeurs de ces indicateurs que seuls lisent ceux qui suivent leur contrat."""
    if not indicateurs:
        return frozenset()
    connus = Indicateur.objects.in_bulk(indicateurs)
    contrats = {pk: i.contrat_id for pk, i in connus.items()}
    releves = lire_les_saisies(connus, contrats, timezone.localdate()).releves
    return frozenset().union(*(s.mesures for s in secrets_de(connus, releves).values()))


def parts_des_mesures(mesures: Any) -> Any:
    """(valeur, puis les champs de PART), en une requête ; aucune sans valeur suivie."""
    toutes = Ventilation.objects.filter(mesure__pk__anyof=list(mesures)).dans_l_ordre()
    return toutes.values_list("mesure_id", *PART.values()) if mesures else ()


INDICATEURS = PlanDeLecture(
    annoter=_annoter_indicateurs,
    completer=_completer_indicateurs,
    colonnes=colonnes_simples(
        "id",
        "contrat",
        "axe",
        "objectif",
        "modele",
        "code",
        "libelle",
        "libelle_public",
        "definition",
        "type",
        "unite",
        "sens",
        "agregation",
        "periodicite",
        "niveau",
        "source",
        "producteur",
        "limites",
        "responsable",
        "calcul",
        "formule",
        "pilotage",
        "numerateur",
        "denominateur",
        "decimales",
        "valeur_reference",
        "annee_reference",
        "cible",
        "annee_cible",
        "seuil",
        "precision",
        "est_public",
        "ordre",
        "version",
        "modifie_le",
        "est_suivi",
    ),
)
MESURES = PlanDeLecture(
    annoter=_annoter_mesures,
    completer=_completer_mesures,
    colonnes=colonnes_simples(
        "id",
        "indicateur",
        "niveau_territoire",
        "code_territoire",
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
