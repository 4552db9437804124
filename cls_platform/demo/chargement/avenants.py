"""Les avenants d’un contrat de démonstration : déjà signés, leurs effets sont dans le contrat."""

from typing import Any

from acteurs.models import Commune, Utilisateur
from acteurs.services.suivi import creer
from cls_platform.demo.chargement.lecture import VIA, Donnees
from contrats.models import Avenant, Contrat, EtatAvenant


def noter_avenants(contrat: Contrat, avenants: list[Donnees], *, par: Utilisateur) -> None:
    """Sans date de signature, l’avenant est en préparation. Les communes qui entrent ou sortent au
    jour de l’entrée en vigueur le désignent."""
    for numero, donnees in enumerate(avenants, start=1):
        champs = {nom: valeur for nom, valeur in donnees.items() if nom != "types"}
        signe = bool(champs.get("date_signature"))
        etat = EtatAvenant.SIGNE if signe else EtatAvenant.PREPARATION
        avenant = creer(
            Avenant(contrat=contrat, numero=numero, etat=etat, **champs), par=par, via=VIA
        )
        avenant.types.set(donnees["types"])
        if signe:
            _designer(contrat, avenant)


def _designer(contrat: Contrat, avenant: Avenant) -> None:
    jour: Any = avenant.en_vigueur_le
    entrees = contrat.perimetres.filter(date_entree=jour)
    sorties = contrat.perimetres.filter(date_sortie=jour)
    avenant.communes_entrantes.set(Commune.objects.filter(perimetres__in=entrees))
    avenant.communes_sortantes.set(Commune.objects.filter(perimetres__in=sorties))
    entrees.update(avenant_entree=avenant)
    sorties.update(avenant_sortie=avenant)
