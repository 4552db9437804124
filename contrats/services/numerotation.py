"""Renuméroter le plan : ce qui changerait se relit, puis s’écrit tel qu’on l’a relu."""

import hashlib
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db import transaction

from acteurs.services.suivi import enregistrer
from cls_platform.socle.erreurs import DonneesRefusees
from contrats.models import Contrat
from contrats.ordre_du_plan import numeros
from contrats.services.arbre import ouvrir
from contrats.services.rangs import MODELES, charpente_de


@dataclass(frozen=True, slots=True)
class Numero:
    """Un numéro qui changerait."""

    genre: str
    id: UUID
    titre: str
    ancien: str
    nouveau: str


def numeros_proposes(contrat: Contrat) -> list[Numero]:
    """Ce que changerait une renumérotation, dans l’ordre du plan."""
    plan = charpente_de(contrat)
    voulus = numeros(plan)
    return [
        Numero(genre, noeud.id, noeud.titre, noeud.numero, voulus[noeud.id])
        for genre, noeud, _ in plan.parcourir()
        if noeud.numero != voulus[noeud.id]
    ]


def empreinte(proposes: list[Numero]) -> str:
    """Change dès qu’un des numéros proposés change."""
    contenu = "|".join(f"{n.id}:{n.ancien}:{n.nouveau}" for n in proposes)
    return hashlib.sha256(contenu.encode()).hexdigest()[:16]


@transaction.atomic
def renumeroter(*, contrat: Contrat, attendue: str, par: Any) -> int:
    """Écrit les numéros proposés s’ils sont encore ceux que l’on a relus ; dit combien."""
    ouvrir(contrat, par)
    proposes = numeros_proposes(contrat)
    if empreinte(proposes) != attendue:
        raise DonneesRefusees(
            "Le plan a changé depuis cet aperçu. Relisez les numéros, puis confirmez de nouveau."
        )
    for numero in proposes:
        objet = MODELES[numero.genre].objects.get(pk=numero.id)
        enregistrer(objet, valeurs={"numero": numero.nouveau}, version=None, par=par)
    return len(proposes)
