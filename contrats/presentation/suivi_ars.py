"""Ce que l’agence suit d’un territoire, sur la page du contrat ou de l’intercommunalité."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from acteurs.models import Epci
from contrats.a_faire.cible import Cible, cible_de_l_epci, pilote
from contrats.models import NoteTerritoire, SuiviTerritoire

NOTES_MONTREES = 3


@dataclass(frozen=True, slots=True)
class SuiviMontre:
    """`veille` : le jour où la ligne revient dans la liste, si elle n’y est pas."""

    cle: str
    referent: str
    veille: date | None
    notes: Sequence[NoteTerritoire]


def suivi_montre(cible: Cible, le: date) -> SuiviMontre:
    """Deux requêtes au plus."""
    suivi = SuiviTerritoire.objects.filter(**cible.recherche).select_related("referent").first()
    if suivi is None:
        return SuiviMontre(cible.cle, "", None, ())
    return SuiviMontre(
        cle=cible.cle,
        referent=suivi.referent.nom_complet if suivi.referent else "",
        veille=suivi.en_veille_jusqu_au if suivi.est_en_veille(le) else None,
        notes=list(suivi.notes.pour_liste()[:NOTES_MONTREES]),
    )


def suivi_de_l_epci(utilisateur: Any, siren: str, region: str, le: date) -> SuiviMontre | None:
    """None pour qui ne pilote pas ce territoire."""
    epci = Epci.objects.filter(pk=siren).first()
    if epci is None or not region:
        return None
    cible = cible_de_l_epci(epci, region)
    return suivi_montre(cible, le) if pilote(utilisateur, cible) else None
