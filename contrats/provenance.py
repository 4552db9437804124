"""D’où vient une écriture : celle d’une contribution porte le nom de qui a contribué."""

from collections.abc import Iterable
from dataclasses import replace
from uuid import UUID

from cls_platform.socle.historique import Evenement
from contrats.models import Contribution
from contrats.services.contributions import PREFIXE_VIA


def auteurs(vias: Iterable[str]) -> dict[str, str]:
    """« contribution de Nom, fonction, organisation » par moyen ; une requête ou zéro."""
    cites = {via for via in vias if via.startswith(PREFIXE_VIA)}
    if not cites:
        return {}
    cles = [UUID(via.removeprefix(PREFIXE_VIA)) for via in cites]
    trouvees = Contribution.objects.filter(pk__in=cles).select_related("lien__acteur")
    return {f"{PREFIXE_VIA}{c.pk}": f"contribution de {c.auteur}" for c in trouvees}


def avec_provenance(evenements: list[Evenement]) -> list[Evenement]:
    """Les mêmes gestes ; ceux d’une contribution acceptée disent de qui elle vient."""
    noms = auteurs(evenement.via for evenement in evenements)
    return [replace(e, provenance=noms[e.via]) if e.via in noms else e for e in evenements]
