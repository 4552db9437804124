"""À quoi un indicateur se rattache : les choix de la page et de l’API, dits une fois."""

from typing import Any

from acteurs.models import Utilisateur
from contrats.models import Contrat
from contrats.models.organisations import personnes_de
from indicateurs.models import IndicateurModele


def rattachements(contrat: Contrat, *, modele: Any, responsable: Any) -> dict[str, Any]:
    """Champ → choix permis, dans l’ordre où ils se lisent.

    `modele`, `responsable` : les clés actuelles, ou None. Le modèle d’où l’indicateur vient reste
    permis même retiré du catalogue, et sa responsable même partie de l’équipe.
    """
    proposes = IndicateurModele.objects.proposes_a(contrat.region_id)
    equipe = personnes_de(contrat).filter(is_active=True)
    return {
        "axe": contrat.axes.dans_l_ordre(),
        "objectif": contrat.objectifs.dans_l_ordre(),
        "actions": contrat.actions.dans_l_ordre(),
        "modele": (proposes | IndicateurModele.objects.filter(pk=modele)).tries(),
        "responsable": equipe | Utilisateur.objects.filter(pk=responsable),
    }
