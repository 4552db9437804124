"""Enregistrer une partie, section ou volet : la même écriture pour l’éditeur et pour l’API."""

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from bilans.ecriture.parties import Partie
from bilans.services.redaction import ecrire_section
from bilans.services.volets import ecrire_volet
from cls_platform.socle.erreurs import ErreurMetier

SE_FAIT_SEULE = "Cette partie se fait des données du contrat\u00a0: elle n’a pas de texte à écrire."


def enregistrer(
    la_partie: Partie,
    *,
    valeurs: Mapping[str, Any],
    version: int | None,
    par: Any,
    recits: Mapping[UUID, str] | None = None,
    via: str = "page",
) -> None:
    """Un champ absent de `valeurs` reste tel quel ; `recits` : ceux des actions d’un volet.

    Lève ConflitVersion, DroitRefuse, DonneesRefusees, ou ErreurMetier si rien ne s’y écrit.
    """
    exiger_qu_elle_s_ecrive(la_partie)
    suite: dict[str, Any] = {"version": version, "par": par, "via": via}
    if la_partie.volet:
        volet, bilan = la_partie.volet, la_partie.bilan
        ecrire_volet(bilan=bilan, axe=volet.axe, valeurs=valeurs, recits=recits or {}, **suite)
    elif section := la_partie.section:
        gardes = {"texte": section.texte, "signature": section.signature}
        ecrire_section(section=section, **{**gardes, **valeurs}, **suite)


def exiger_qu_elle_s_ecrive(la_partie: Partie) -> None:
    """Lève ErreurMetier pour une partie que les données remplissent."""
    if not la_partie.s_ecrit:
        raise ErreurMetier(SE_FAIT_SEULE)
