"""La partie telle qu’elle s’imprimera : le gabarit et la feuille du PDF, montrés à l’écran.

Rien n’est figé : c’est le bilan tel qu’il serait aujourd’hui. La page ne demande rien d’autre au
serveur que les polices : images et fonds y sont écrits.
"""

import re
from base64 import b64encode
from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

from django.conf import settings
from django.template.loader import render_to_string
from django.utils.safestring import SafeString, mark_safe

from bilans.ecriture.parties import Partie
from bilans.instantane import Instantane
from bilans.mise_en_page import contexte
from bilans.mise_en_page.couverture import fonds
from bilans.mise_en_page.elus import contexte_elus
from bilans.mise_en_page.images_sures import adresser, images_sures
from bilans.mise_en_page.parties import CATALOGUE
from bilans.mise_en_page.une_partie import SE_LIT_DANS
from bilans.models import CodeSection
from bilans.rapport import construire
from bilans.services.depot import lire_images

FEUILLES = ("pdf.css", "pdf-elus.css")
DES_ELUS = "bilans/pdf/_elus_suites.html"
_POLICES = re.compile(r"@font-face\s*\{[^}]*\}")
_ADRESSE = re.compile(r"cls:([\w.-]+)")
_GENRES = {".svg": "image/svg+xml", ".jpg": "image/jpeg", ".png": "image/png"}
_AVEC_CARTE = frozenset({CodeSection.CARTE, CodeSection.COMPRENDRE})


def apercu(partie: Partie, *, le: date) -> str:
    """La page HTML de la partie seule ; dit qu’elle ne paraît pas quand elle n’a rien à montrer."""
    instantane = construire(partie.bilan, arrete_le=le, avec_carte=partie.code in _AVEC_CARTE)
    images = images_sures(instantane, lire_images(instantane))
    vues = _reduites(partie, instantane, contexte(instantane, adresser(images)))
    page = render_to_string(
        "bilans/pdf/apercu.html", {**vues, "partie": partie, "feuille": _feuille()}
    )
    return _avec_ses_images(page, {**fonds(instantane), **images})


def _reduites(partie: Partie, instantane: Instantane, vues: dict[str, Any]) -> dict[str, Any]:
    """Le contexte du PDF, et le gabarit de cette partie ; vide si elle n’a rien à montrer."""
    if partie.est_des_elus:
        gabarit = DES_ELUS if instantane.textes.a_decider else ""
        return {**contexte_elus(instantane), "gabarit": gabarit, "classe": ""}
    if partie.volet:
        return {**vues, **_du_volet(partie, instantane, vues)}
    if partie.code == CodeSection.CONTACT:
        return {**vues, "gabarit": "bilans/pdf/_contact.html", "classe": "page dos plein"}
    code = SE_LIT_DANS.get(partie.code, partie.code) if vues["carte"] else partie.code
    connue = CATALOGUE.get(code)
    montree = connue and connue.code in instantane.sections and connue.est_presente(vues)
    return {
        **vues,
        "gabarit": connue.gabarit if connue and montree else "",
        "classe": "page" if connue and connue.coule else "",
    }


def _du_volet(partie: Partie, instantane: Instantane, vues: dict[str, Any]) -> dict[str, Any]:
    cle = str(partie.volet.axe_id or "") if partie.volet else ""
    montres = [
        replace(vue, leger=False) if vue.leger else vue
        for volet, vue in zip(instantane.volets, vues["volets"], strict=False)
        if volet.cle == cle
    ]
    gabarit = "bilans/pdf/_volets.html" if montres else ""
    return {"volets": montres, "gabarit": gabarit, "classe": ""}


@cache
def _feuille() -> SafeString:
    """La feuille du PDF, sans ses polices : l’écran a les siennes."""
    dossier = Path(settings.BASE_DIR) / "static" / "css"
    regles = "\n".join((dossier / nom).read_text(encoding="utf-8") for nom in FEUILLES)
    return mark_safe(_POLICES.sub("", regles))  # noqa: S308  (notre feuille de style)


def _avec_ses_images(page: str, fichiers: Mapping[str, bytes]) -> str:
    """Chaque `cls:nom` devient l’image elle-même ; inconnu, une image vide."""

    def ecrite(trouvee: re.Match[str]) -> str:
        octets = fichiers.get(trouvee[1], b"")
        genre = _GENRES.get(Path(trouvee[1]).suffix, "image/png")
        return f"data:{genre};base64,{b64encode(octets).decode()}"

    return _ADRESSE.sub(ecrite, page)
