"""Les plans de lecture des contrats et de leur plan d’actions."""

from collections import defaultdict
from typing import Any

from django.db.models import QuerySet

from cls_platform.socle.api.lecture import Lecteur, Lignes, PlanDeLecture, colonnes_simples
from contrats.etats import PHASE_PUBLIQUE, STATUT_PUBLIC
from contrats.models import Action, ActionActeur

# Ce que seuls lisent les membres de l’équipe du contrat et son ARS
CHAMPS_INTERNES = (
    "contexte",
    "description",
    "resultats_attendus",
    "statut_raison",
    "pilote_personne",
    "pilote_personne_nom",
)


def nom_de_personne(prenom: str | None, nom: str | None) -> str | None:
    return f"{prenom or ''} {nom or ''}".strip() or None


def masquer(ligne: dict[str, Any], *champs: str) -> None:
    """Une clé reste, sa valeur part : le lecteur sait qu’il y a quelque chose à demander."""
    ligne.update(dict.fromkeys(champs))


def _annoter_contrats(requete: Any, lecteur: Lecteur) -> QuerySet:
    return requete.pour_api(lecteur.le)


def _completer_contrats(lignes: Lignes, lecteur: Lecteur) -> None:
    for ligne in lignes.values():
        ligne["phase_publique"] = PHASE_PUBLIQUE[ligne["phase"]]


def _annoter_actions(requete: Any, lecteur: Lecteur) -> QuerySet:
    return requete.pour_api(lecteur.utilisateur, lecteur.le)


def _completer_actions(lignes: Lignes, lecteur: Lecteur) -> None:
    codes = codes_de(lignes)
    acteurs = _acteurs_de(lignes)
    for pk, ligne in lignes.items():
        ligne["statut_public"] = STATUT_PUBLIC[ligne["statut_affiche"]]
        ligne["themes"] = sorted(codes[pk, "themes"])
        ligne["populations"] = sorted(codes[pk, "populations"])
        ligne["acteurs"] = acteurs[pk]
        ligne["pilote_personne_nom"] = nom_de_personne(
            ligne.pop("_prenom"), ligne["pilote_personne_nom"]
        )
        if not ligne.pop("est_suivi"):
            masquer(ligne, *CHAMPS_INTERNES)


def codes_de(lignes: Lignes) -> dict[tuple[Any, str], list[str]]:
    codes: dict[tuple[Any, str], list[str]] = defaultdict(list)
    for pk, liste, code in Action.objects.nomenclatures_de(lignes):
        codes[pk, liste].append(code)
    return codes


def _acteurs_de(lignes: Lignes) -> dict[Any, list[dict[str, Any]]]:
    acteurs: dict[Any, list[dict[str, Any]]] = defaultdict(list)
    for pk, acteur, nom, role in ActionActeur.objects.pour_api(lignes):
        acteurs[pk].append({"acteur": acteur, "nom": nom, "role": role})
    return acteurs


CONTRATS = PlanDeLecture(
    annoter=_annoter_contrats,
    completer=_completer_contrats,
    colonnes=colonnes_simples(
        "id",
        "slug",
        "nom",
        "numero",
        "generation",
        "contrat_precedent",
        "phase",
        "initiative",
        "base_legale",
        "presentation",
        "date_debut",
        "date_fin",
        "date_signature",
        "region",
        "ars",
        "courriel_contact",
        "nombre_communes",
        "est_public",
        "est_demonstration",
        "version",
        "modifie_le",
    ),
)
AXES = PlanDeLecture(
    colonnes=colonnes_simples(
        "id",
        "contrat",
        "numero",
        "titre",
        "titre_public",
        "promesse",
        "ordre",
        "version",
        "modifie_le",
    )
)
OBJECTIFS = PlanDeLecture(
    colonnes=colonnes_simples(
        "id",
        "contrat",
        "axe",
        "parent",
        "niveau",
        "numero",
        "titre",
        "ordre",
        "version",
        "modifie_le",
    )
)
ACTIONS = PlanDeLecture(
    annoter=_annoter_actions,
    completer=_completer_actions,
    internes=CHAMPS_INTERNES,
    colonnes={
        **colonnes_simples(
            "id",
            "contrat",
            "axe",
            "objectif",
            "numero",
            "titre",
            "resume_public",
            "contexte",
            "description",
            "resultats_attendus",
            "statut",
            "statut_affiche",
            "statut_raison",
            "statut_est_impose",
            "date_debut",
            "date_fin",
            "avancement",
            "nombre_jalons",
            "jalons_faits",
            "pilote",
            "pilote_personne",
            "est_publique",
            "ordre",
            "version",
            "modifie_le",
            "est_suivi",
        ),
        "pilote_nom": "pilote__nom",
        "pilote_personne_nom": "pilote_personne__nom",
        "_prenom": "pilote_personne__prenom",
    },
)
