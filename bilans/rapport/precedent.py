"""Où en étaient les actions un an plus tôt : le bilan publié alors, sinon l’historique."""

from datetime import date, datetime

from django.utils import timezone

from bilans.etats_publics import EtatPublic, compter, etat_public
from bilans.instantane import Decompte, DonneesIllisibles, Precedent, relire
from bilans.models import Bilan
from contrats.models import Action, Contrat
from contrats.models.etat_action import statut_affiche


def precedent(contrat: Contrat, annee: int) -> Precedent | None:
    """Deux requêtes au plus ; None si rien n’est connu de l’année d’avant."""
    etats = _du_bilan_publie(contrat, annee - 1) or _de_l_historique(contrat, annee - 1)
    if not etats:
        return None
    comptes = compter(etats)
    return Precedent(
        annee=annee - 1,
        decomptes=tuple(Decompte(etat=e, nombre=n) for e, n in comptes.items() if n),
    )


def _du_bilan_publie(contrat: Contrat, annee: int) -> list[EtatPublic]:
    simple = (
        Bilan.objects.publies()
        .filter(contrat=contrat, annee=annee)
        .values_list("instantane", flat=True)
        .first()
    )
    try:
        return [action.etat for action in relire(simple).actions] if simple else []
    except DonneesIllisibles:
        return []


def _de_l_historique(contrat: Contrat, annee: int) -> list[EtatPublic]:
    """L’état de chaque action publique au 31 décembre, d’après les copies de ses lignes.

    Une action est datée par `modifie_le`, sa propre colonne : vrai aussi pour un import.
    """
    fin = timezone.make_aware(datetime(annee + 1, 1, 1))  # noqa: DTZ001  (minuit à Paris)
    copies = Action.pgh_event_model.objects  # type: ignore[attr-defined]  # posé par pghistory
    lignes = (
        copies.filter(contrat=contrat, modifie_le__lt=fin)
        .annotate(statut_affiche=statut_affiche(date(annee, 12, 31)))
        .order_by("pgh_obj_id", "-modifie_le", "-pgh_id")
        .distinct("pgh_obj_id")
        .values_list("pgh_label", "statut_affiche", "est_publique", "corbeille_le")
    )
    return [
        etat_public(statut)
        for libelle, statut, est_publique, corbeille_le in lignes
        if libelle != "delete" and est_publique and corbeille_le is None
    ]
