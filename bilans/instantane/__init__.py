"""Tout ce que montre un bilan public, figé. Aucune base de données, aucune mise en page.

Ces dataclasses sont le contrat entre la lecture (`rapport`), le stockage (JSON de `Bilan`), la
page publique et le PDF. Changer une forme change `SCHEMA`, et `montee` apprend à lire l’ancien.
"""

from bilans.codec import DonneesIllisibles
from bilans.instantane.contenu import (
    Action,
    Annonce,
    Annonces,
    Argent,
    ChiffreCle,
    Citation,
    Decision,
    Decompte,
    Flux,
    Indicateur,
    Mot,
    Precedent,
    Rencontre,
    Somme,
    Texte,
    Textes,
    Volet,
)
from bilans.instantane.document import (
    SCHEMA,
    Instantane,
    depuis_json,
    relire,
)
from bilans.instantane.lieu import (
    Apparence,
    Cadre,
    Carte,
    Contact,
    Famille,
    Forme,
    Identite,
    Image,
    Territoire,
)

__all__ = [
    "SCHEMA",
    "Action",
    "Annonce",
    "Annonces",
    "Apparence",
    "Argent",
    "Cadre",
    "Carte",
    "ChiffreCle",
    "Citation",
    "Contact",
    "Decision",
    "Decompte",
    "DonneesIllisibles",
    "Famille",
    "Flux",
    "Forme",
    "Identite",
    "Image",
    "Indicateur",
    "Instantane",
    "Mot",
    "Precedent",
    "Rencontre",
    "Somme",
    "Territoire",
    "Texte",
    "Textes",
    "Volet",
    "depuis_json",
    "relire",
]
