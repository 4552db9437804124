"""La coque d’une fiche action : titre, gestes, onglets avec leurs compteurs, fil d’Ariane."""

from typing import Any

from django.http import HttpRequest
from django.urls import reverse
from django.utils import timezone

from acteurs.droits import Droit
from cls_platform.socle.navigation import Entree, Lien
from contrats import budget_fiche, fiche
from contrats.models import Action
from contrats.navigation import contexte_espace
from contrats.services.plan import champs_modifiables

# Clé, libellé, adresse, comptes de `LecturesDuPlan.comptes_de`
ONGLETS = (
    ("fiche", "Fiche", "contrats:action", ()),
    ("suivi", "Suivi", "contrats:action_suivi", ("jalons", "notes")),
    ("budget", "Budget", "contrats:action_budget", ("lignes_budget", "financements")),
    ("indicateurs", "Indicateurs", "indicateurs:action", ("indicateurs",)),
    ("beneficiaires", "Bénéficiaires", "indicateurs:beneficiaires_action", ()),
    ("documents", "Documents", "contrats:action_documents", ("documents",)),
)


def contexte_fiche(
    request: HttpRequest, action: Action, onglet: str = "fiche", *, suite: tuple[Lien, ...] = ()
) -> dict[str, Any]:
    """Ce que tout onglet d’une fiche donne à son gabarit ; `suite` prolonge le fil d’Ariane."""
    ici = Lien(
        fiche.nom_court(action), reverse("contrats:action", args=[action.pk]) if suite else ""
    )
    contexte = contexte_espace(
        request, action.contrat, "plan", suite=[*_lien_de_l_axe(action), ici, *suite]
    )
    ouverts = champs_modifiables(request.user, action, contexte["droits"])
    le = timezone.localdate()
    return contexte | {
        "action": action,
        "fiche": fiche.entete(action, le),
        "statut": fiche.champ(action, "statut", est_modifiable="statut" in ouverts, le=le),
        "argent": _argent(action, contexte["droits"], peut_ecrire=bool(ouverts)),
        "ouverts": ouverts,
        "peut_modifier": bool(ouverts),
        "peut_supprimer": Droit.MODIFIER_PLAN in contexte["droits"],
        "voisines": action.contrat.actions.lisibles_par(request.user).voisines_de(action),
        "onglets": onglets_de_la_fiche(action, onglet, contexte["droits"]),
    }


def _argent(action: Action, droits: frozenset[Droit], *, peut_ecrire: bool) -> str:
    """Vide pour qui ne voit pas les montants."""
    if Droit.VOIR_BUDGET not in droits:
        return ""
    return budget_fiche.repere(action, peut_ecrire=peut_ecrire)


def onglets_de_la_fiche(action: Action, courant: str, droits: frozenset[Droit]) -> list[Entree]:
    """Sans le droit de voir les montants, l’onglet « Budget » n’est pas proposé."""
    comptes = Action.objects.comptes_de(action)
    entrees = []
    for cle, libelle, adresse, noms in ONGLETS:
        if cle == "budget" and Droit.VOIR_BUDGET not in droits:
            continue
        total = sum(comptes[nom] for nom in noms)
        entrees.append(
            Entree(
                libelle,
                reverse(adresse, args=[action.pk]),
                compte=str(total) if total else "",
                est_courante=cle == courant,
            )
        )
    return entrees


def _lien_de_l_axe(action: Action) -> list[Lien]:
    if action.axe is None:
        return []
    plan = reverse("contrats:plan", args=[action.contrat_id])
    return [Lien(f"Axe {action.axe.numero}", f"{plan}#axe-{action.axe_id}")]
