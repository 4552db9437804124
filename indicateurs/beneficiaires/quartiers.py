"""Les quartiers prioritaires d’un contrat : ceux du zonage chargé, et ceux que l’on nomme."""

from dataclasses import dataclass
from datetime import date
from hashlib import blake2s

from django.utils.text import slugify

from acteurs.zonages import QPV, zones_du_type
from contrats.models import Contrat

CODE_LE_PLUS_LONG = 12
PREFIXE_NOMME = "nom-"


@dataclass(frozen=True, slots=True)
class Quartier:
    """`code` officiel ou, pour un quartier nommé à la main, tiré de son nom."""

    code: str
    nom: str


def quartiers_du_contrat(contrat: Contrat, le: date) -> list[Quartier]:
    """Ceux de son périmètre, dans l’ordre de leur nom ; vide tant qu’aucun zonage n’est chargé."""
    communes = list(contrat.perimetres.codes_au(le))
    if not communes:
        return []
    zones = zones_du_type(QPV, le, communes=communes)
    return [Quartier(z.code, z.nom) for z in zones if len(z.code) <= CODE_LE_PLUS_LONG]


def quartier_nomme(nom: str) -> Quartier:
    """Le même nom, accents et majuscules à part, est le même quartier d’une fiche à l’autre."""
    propre = " ".join(nom.split())
    empreinte = blake2s(slugify(propre).encode(), digest_size=4).hexdigest()
    return Quartier(f"{PREFIXE_NOMME}{empreinte}", propre)
