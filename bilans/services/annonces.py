"""Ce que le bilan d’avant annonçait, et ce que c’est devenu. Publié, un bilan ne l’apprend plus."""

from collections.abc import Mapping
from typing import Any

from django.db import transaction
from django.db.models import Max

from acteurs.services.suivi import creer, enregistrer, supprimer_en_signant
from bilans.models import AnnonceBilan, Bilan, Devenir
from bilans.rapport.annonces import annonces_du_bilan
from bilans.services.redaction import exiger_ecriture
from cls_platform.socle.erreurs import DonneesRefusees, ErreurMetier

# Ce qui n’est pas fait s’explique : une annonce ne disparaît pas sans un mot
A_EXPLIQUER = (Devenir.EN_PARTIE, Devenir.REPORTE, Devenir.ABANDONNE)
EXPLIQUER = "Dites en une phrase ce qui manque, et pourquoi."
DEJA_LA = "Ce bilan dit déjà ce que l’on avait annoncé."
RIEN = "Aucun bilan publié avant celui-ci n’annonçait quelque chose."


def annonces_sans_devenir(bilan: Bilan) -> list[AnnonceBilan]:
    """Celles dont personne n’a dit ce qu’elles sont devenues : la publication les attend."""
    return list(bilan.annonces.filter(devenir="").dans_l_ordre())


def bilan_d_avant(bilan: Bilan) -> Bilan | None:
    """Le dernier bilan publié d’une année antérieure du même contrat."""
    avant = Bilan.objects.publies().filter(contrat=bilan.contrat_id, annee__lt=bilan.annee)
    return avant.order_by("-annee").first()


@transaction.atomic
def tirer_les_annonces(*, bilan: Bilan, par: Any, via: str = "page") -> list[AnnonceBilan]:
    """Reprend ce que le dernier bilan publié annonçait. Lève ErreurMetier s’il y en a déjà."""
    actuel = exiger_ecriture(bilan, par)
    if actuel.annonces.exists():
        raise ErreurMetier(DEJA_LA)
    tirees = tirer(bilan=actuel, par=par, via=via)
    if not tirees:
        raise ErreurMetier(RIEN)
    return tirees


def tirer(*, bilan: Bilan, par: Any, via: str) -> list[AnnonceBilan]:
    """Sans droit ni verrou : pour un bilan que l’on vient d’ouvrir."""
    dernier = bilan_d_avant(bilan)
    textes = annonces_du_bilan(dernier) if dernier else ()
    return [
        creer(AnnonceBilan(bilan=bilan, ordre=ordre, texte=texte), par=par, via=via)
        for ordre, texte in enumerate(textes, start=1)
    ]


@transaction.atomic
def ajouter_annonce(
    *, bilan: Bilan, valeurs: Mapping[str, Any], par: Any, via: str = "page"
) -> AnnonceBilan:
    """À la suite des autres ; pour ce qu’un bilan d’avant la plateforme annonçait."""
    actuel = exiger_ecriture(bilan, par)
    _verifier(valeurs.get("devenir", ""), valeurs.get("explication", ""))
    dernier = actuel.annonces.aggregate(n=Max("ordre"))["n"] or 0
    return creer(AnnonceBilan(bilan=actuel, ordre=dernier + 1, **valeurs), par=par, via=via)


@transaction.atomic
def dire_le_devenir(
    *,
    annonce: AnnonceBilan,
    valeurs: Mapping[str, Any],
    version: int | None,
    par: Any,
    via: str = "page",
) -> AnnonceBilan:
    """Lève ConflitVersion, DroitRefuse, ou DonneesRefusees si ce qui manque n’est pas expliqué."""
    exiger_ecriture(annonce.bilan, par)
    devenir = valeurs.get("devenir", annonce.devenir)
    _verifier(devenir, valeurs.get("explication", annonce.explication))
    return enregistrer(annonce, valeurs=valeurs, version=version, par=par, via=via)


@transaction.atomic
def corriger_annonce(
    *,
    annonce: AnnonceBilan,
    valeurs: Mapping[str, Any],
    version: int | None,
    par: Any,
    via: str = "page",
) -> AnnonceBilan:
    """Récrit ce qui était annoncé ; ce que c’est devenu ne change pas. L’historique garde l’ancien.

    Lève ConflitVersion, DroitRefuse, ou DonneesRefusees sans texte.
    """
    exiger_ecriture(annonce.bilan, par)
    texte = {"texte": valeurs["texte"].strip()}
    return enregistrer(annonce, valeurs=texte, version=version, par=par, via=via)


def _verifier(devenir: str, explication: str) -> None:
    if devenir in A_EXPLIQUER and not explication.strip():
        raise DonneesRefusees(EXPLIQUER, champs={"explication": [EXPLIQUER]})


@transaction.atomic
def retirer_annonce(
    *, annonce: AnnonceBilan, version: int | None, par: Any, via: str = "page"
) -> None:
    """L’historique garde qui l’a retirée."""
    exiger_ecriture(annonce.bilan, par)
    supprimer_en_signant(objet=annonce, version=version, par=par, via=via)
