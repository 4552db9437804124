"""Une fiche action comme on la montre : cellules du plan et champs de la fiche, prêts à écrire.

Le plan en montre beaucoup : chaque cellule est du HTML préparé ici, le gabarit n’a plus de calcul.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache, lru_cache
from typing import Any
from uuid import UUID

from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString

from cls_platform.socle import presentation, typographie
from cls_platform.socle.templatetags.francais import date_courte
from contrats.etats import StatutAction

ZERO = UUID(int=0)
MOT_DU_STATUT = dict(StatutAction.choices)
JOURS_DE_QUATRE_MOIS = 122


@cache
def _modele_d_adresse(nom: str, *suite: str) -> str:
    return reverse(nom, args=[ZERO, *suite])


def adresse_de(action: UUID | str) -> str:
    """`reverse` une fois par processus : une page de 80 fiches en demande 400."""
    return _modele_d_adresse("contrats:action").replace(str(ZERO), str(action))


def adresse_du_champ(action: UUID | str, champ: str) -> str:
    return _modele_d_adresse("contrats:action_champ", champ).replace(str(ZERO), str(action))


def identifiant(champ: str, action: UUID | str) -> str:
    return f"champ-{champ}-{action}"


@dataclass(slots=True)
class LignePlan:
    """Une ligne du plan ; chaque cellule est du HTML échappé."""

    id: UUID
    numero: str
    titre: SafeString
    statut: SafeString
    pilote: SafeString
    echeance: SafeString
    avancement: SafeString


def ligne(
    fiche: Mapping[str, Any], *, le: date, est_modifiable: bool, pilote_modifiable: bool
) -> LignePlan:
    cle = fiche["id"]
    ouverts = {"titre", "statut", "calendrier"} if est_modifiable else set()
    if pilote_modifiable:
        ouverts.add("pilote")

    def cellule(champ: str, nom: str, valeur: str, manque: str = "", lien: str = "") -> SafeString:
        adresse = adresse_du_champ(cle, champ) if champ in ouverts else ""
        return presentation.champ_en_place(
            identifiant(champ, cle), nom, valeur, adresse, manque=manque, lien=lien
        )

    return LignePlan(
        id=cle,
        numero=fiche["numero"],
        titre=cellule("titre", "titre", fiche["titre"], lien=adresse_de(cle)),
        statut=cellule("statut", "statut", reperee("statut", cle, statut(fiche["statut_affiche"]))),
        pilote=cellule("pilote", "pilote", pilote(nom_du_pilote(fiche)), SANS_PILOTE),
        echeance=cellule(
            "calendrier", "échéance", reperee("echeance", cle, echeance(fiche, le)), "Sans échéance"
        ),
        avancement=avancement(fiche["avancement"]),
    )


SANS_PILOTE = format_html(
    '<span class="avec-pastille">{}<span class="manque">Sans pilote</span></span>',
    presentation.pastille(""),
)


def nom_du_pilote(fiche: Mapping[str, Any]) -> str:
    """L’organisation ; à défaut, la personne, avec ou sans compte."""
    if fiche["pilote__nom"]:
        return fiche["pilote__nom"]
    prenom, nom = fiche["pilote_personne__prenom"], fiche["pilote_personne__nom"]
    return f"{prenom or ''} {nom or ''}".strip() or fiche.get("pilote_nom", "")


@lru_cache(maxsize=4096)
def pilote(nom: str) -> SafeString | str:
    """Initiales et nom ; vide sans pilote."""
    if not nom:
        return ""
    return format_html(
        '<span class="avec-pastille">{}<span>{}</span></span>', presentation.pastille(nom), nom
    )


@lru_cache(maxsize=64)
def statut(code: str, *, plein: bool = False) -> SafeString:
    return presentation.statut(code, MOT_DU_STATUT[code], plein=plein)


def echeance(fiche: Mapping[str, Any], le: date) -> SafeString | str:
    """La date, et dessous le retard en toutes lettres ; vide sans échéance."""
    fin = fiche["date_fin"]
    if fin is None:
        return ""
    if fiche["statut_affiche"] != StatutAction.EN_RETARD or fin >= le:
        return _date_courte(fin)
    return format_html(
        '{}<span class="retard">{}{} de retard</span>',
        _date_courte(fin),
        presentation.icone("horloge"),
        duree_en_jours((le - fin).days),
    )


def reperee(genre: str, cle: UUID | str, valeur: SafeString | str) -> SafeString | str:
    """Une valeur que l’on sait retrouver dans la page pour la rafraîchir : « statut-<uuid> »."""
    if not valeur:
        return ""
    return SafeString(f'<span id="{genre}-{cle}">{presentation.sure(valeur)}</span>')


def duree_en_jours(jours: int) -> str:
    """« 47 j » ; au-delà de quatre mois, en mois."""
    if jours > JOURS_DE_QUATRE_MOIS:
        return f"{round(jours / 30.44)}{typographie.INSECABLE}mois"
    return f"{jours}{typographie.INSECABLE}j"


@lru_cache(maxsize=4096)
def _date_courte(jour: date) -> SafeString | str:
    return date_courte(jour)


def avancement(part: float) -> SafeString:
    """`part` va de 0 à 1."""
    return presentation.avancement(round(part * 100))


def nombre_de_fiches(nombre: int) -> str:
    return typographie.pluriel(nombre, "fiche")
