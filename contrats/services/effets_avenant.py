"""Ce que change la signature d’un avenant, et comment on le défait."""

from datetime import date
from typing import Any

from acteurs.services.suivi import enregistrer, marquer
from cls_platform.socle.erreurs import DonneesRefusees, ErreurMetier
from contrats.models import Avenant, Contrat
from contrats.services.perimetre import ajouter_communes, retirer_communes


def refuser_une_prolongation_mal_rangee(contrat: Contrat, avenant: Avenant, vigueur: date) -> None:
    """Les prolongations entrent en vigueur dans l’ordre : chacune part de la fin que pose l’autre.

    Lève DonneesRefusees.
    """
    message = ""
    avant, apres = contrat.date_fin, avenant.date_fin_apres
    if avant is None or apres is None or apres <= avant:
        message = "La fin du contrat a changé : la nouvelle fin doit venir après."
    for autre in contrat.avenants.signes().prolongations():
        if autre.en_vigueur_le and autre.en_vigueur_le > vigueur:
            message = (
                f"L’avenant n° {autre.numero} prolonge déjà le contrat à partir du "
                f"{autre.en_vigueur_le:%d/%m/%Y} : celui-ci prend effet ce jour-là ou après."
            )
    if message:
        raise DonneesRefusees(message, champs={"date_effet": [message]})


def appliquer(*, avenant: Avenant, contrat: Contrat, par: Any, via: str) -> None:
    """La fin avance aussitôt ; les communes bougent au jour de l’entrée en vigueur."""
    if avenant.date_fin_apres:
        fin = {"date_fin": avenant.date_fin_apres}
        enregistrer(contrat, valeurs=fin, version=None, par=par, via=via)
    jour = avenant.en_vigueur_le
    entrantes, sortantes = list(avenant.communes_entrantes.all()), avenant.communes_sortantes
    if jour and entrantes:
        ajouter_communes(
            contrat=contrat, communes=entrantes, date_entree=jour, avenant=avenant, par=par, via=via
        )
    if jour and (codes := list(sortantes.values_list("pk", flat=True))):
        retirer_communes(
            contrat=contrat, communes=codes, date_sortie=jour, avenant=avenant, par=par, via=via
        )


def defaire(*, avenant: Avenant, contrat: Contrat, par: Any, via: str) -> None:
    """Rend la fin et le périmètre d’avant. Lève ErreurMetier s’ils ont changé depuis."""
    if avenant.date_fin_apres:
        if contrat.date_fin != avenant.date_fin_apres:
            raise ErreurMetier(
                "La fin du contrat a changé depuis cet avenant : corrigez-la d’abord."
            )
        fin = {"date_fin": avenant.date_fin_avant}
        contrat = enregistrer(contrat, valeurs=fin, version=None, par=par, via=via)
    if avenant.entrees.exclude(date_sortie=None).exists() or _revenues(avenant).exists():
        raise ErreurMetier(
            "Une commune de cet avenant a bougé depuis : corrigez d’abord le périmètre."
        )
    entrees, _ = avenant.entrees.all().delete()
    sorties = avenant.sorties.update(date_sortie=None, avenant_sortie=None)
    if entrees or sorties:
        marquer(contrat, par=par, via=via)


def _revenues(avenant: Avenant) -> Any:
    """Les communes que l’avenant a fait sortir et qui sont rentrées depuis."""
    sorties = avenant.sorties.values("commune")
    return avenant.contrat.perimetres.ouvertes().filter(commune__in=sorties)
