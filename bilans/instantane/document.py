"""Le bilan entier, son JSON canonique, son empreinte."""

import json
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from hashlib import sha256
from typing import Any

from bilans.codec import canonique, depuis_simple, vers_simple
from bilans.etats_publics import EtatPublic, compter
from bilans.instantane.contenu import (
    Action,
    Annonces,
    Argent,
    ChiffreCle,
    Decision,
    Mot,
    Precedent,
    Rencontre,
    Textes,
    Volet,
)
from bilans.instantane.lieu import Apparence, Carte, Contact, Famille, Identite, Image, Territoire
from bilans.instantane.montee import SECTIONS_D_ORIGINE, montee

SCHEMA = 3
SANS_CHARTE = Apparence()


@dataclass(frozen=True, slots=True, kw_only=True)
class Instantane:
    """Le bilan d’une année. `arrete_le` : jour où les données ont été lues. `enseignes` : noms
    courts des signataires, le porteur d’abord. `sections` : codes des parties présentes, dans
    l’ordre voulu. `mots_des_elus` : ceux que seuls les points à décider emploient."""

    schema: int
    annee: int
    edition: int
    arrete_le: date
    adresse_publique: str
    est_demonstration: bool
    contrat: Identite
    territoire: Territoire
    carte: Carte | None
    enseignes: tuple[str, ...]
    signataires: tuple[Famille, ...]
    partenaires: tuple[Famille, ...]
    textes: Textes
    chiffres: tuple[ChiffreCle, ...]
    volets: tuple[Volet, ...]
    precedent: Precedent | None
    mots: tuple[Mot, ...]
    contact: Contact
    sections: tuple[str, ...] = SECTIONS_D_ORIGINE
    apparence: Apparence = SANS_CHARTE
    adresse_courte: str = ""
    argent: Argent | None = None
    rencontres: tuple[Rencontre, ...] = ()
    decisions: tuple[Decision, ...] = ()
    annonces: Annonces | None = None
    mots_des_elus: tuple[Mot, ...] = ()

    @property
    def actions(self) -> tuple[Action, ...]:
        return tuple(action for volet in self.volets for action in volet.actions)

    @property
    def comptes(self) -> dict[EtatPublic, int]:
        return compter(action.etat for action in self.actions)

    @property
    def images(self) -> tuple[Image, ...]:
        """Toutes celles que montre le bilan, chacune une fois : logos, portrait, zoom, volets."""
        textes = (self.textes.edito, self.textes.zoom)
        photos = [*(t.photo for t in textes if t), *(v.photo for v in self.volets)]
        montrees = (*self.apparence.logos, *(photo for photo in photos if photo))
        return tuple({image.chemin: image for image in montrees}.values())

    def public(self) -> "Instantane":
        """Le même, sans ce que seules les pages des élus montrent."""
        return replace(self, textes=replace(self.textes, a_decider=None), mots_des_elus=())

    def vers_simple(self) -> dict[str, Any]:
        """Forme que `Bilan.instantane` garde."""
        simple: dict[str, Any] = vers_simple(self)
        return simple

    def vers_json(self) -> str:
        """JSON canonique : deux instantanés égaux donnent le même texte."""
        return canonique(self.vers_simple())

    def empreinte(self) -> str:
        """SHA-256 hexadécimal du JSON canonique."""
        return sha256(self.vers_json().encode()).hexdigest()


def relire(simple: Mapping[str, Any]) -> Instantane:
    """Lit aussi les schémas d’avant. Lève DonneesIllisibles si le schéma n’est pas connu."""
    return depuis_simple(Instantane, montee(dict(simple), SCHEMA))


def depuis_json(texte: str) -> Instantane:
    return relire(json.loads(texte))
