"""Les cases et les rangées de la grille en HTML, sans gabarit : une page en montre des centaines.

Au repos, la valeur est écrite comme on la lit ; dans le champ, comme on la tape. Les deux ne
diffèrent que pour un rapport, une valeur arrondie ou une qualité à dire.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from html import escape
from typing import Any
from uuid import UUID

from cls_platform.socle import typographie
from cls_platform.socle.adresses import adresse
from indicateurs.grille.cles import PREFIXE
from indicateurs.models import Qualite, Sens
from indicateurs.presentation import FLECHES
from indicateurs.saisie import ecrire_nombre
from indicateurs.saisie_case import SIGNES, ecrire_case

MOTS = {Qualite.SECRET_STATISTIQUE: "secret", Qualite.NON_DISPONIBLE: "indisponible"}
DITS_DU_SENS = {Sens.HAUSSE: "à augmenter, ", Sens.BAISSE: "à réduire, ", Sens.NEUTRE: ""}
DEFINITIVE = Qualite.DEFINITIVE.value
RIEN = "—"
A_SAISIR = "à saisir"
SANS_CIBLE = '<td class="cible"><span class="vide">—</span></td>'


@dataclass(frozen=True)
class Colonne:
    """Une année ; `est_ancienne` : cachée sur un téléphone tant qu’on ne la demande pas."""

    annee: int
    est_courante: bool = False
    est_ancienne: bool = False
    note: str = ""

    @cached_property
    def classes(self) -> str:
        return "courante" if self.est_courante else "ancienne" if self.est_ancienne else ""

    @cached_property
    def classe(self) -> str:
        return _classe([self.classes])

    @cached_property
    def vide(self) -> str:
        return A_SAISIR if self.est_courante else RIEN


@dataclass(frozen=True, slots=True)
class Refus:
    """Ce qui a été tapé et n’est pas pris : il reste dans la case."""

    texte: str
    raison: str


def lire(objet: Any, decimales: int) -> str:
    """« 12,4ᵖ » sans son signe : la valeur à l’affichage, un mot si elle n’est pas donnée."""
    if objet is None:
        return ""
    if objet.valeur is None:
        return MOTS[Qualite(objet.qualite)]
    return typographie.nombre(objet.valeur, decimales)


def signe_de(objet: Any) -> str:
    return SIGNES.get(Qualite(objet.qualite), "") if objet else ""


def case_de_saisie(
    cle: str,
    objet: Any,
    indicateur: Any,
    colonne: Colonne,
    *,
    refus: Refus | None = None,
    est_a_verifier: bool = False,
    nom: str = "",
) -> str:
    """`nom` : l’identifiant du texte qui nomme la ligne, pour qui ne voit pas le tableau."""
    brut = _brut(objet) if objet else ""
    tape = refus.texte if refus else brut
    dessus = "" if refus or not objet else _dessus(objet, brut, indicateur.decimales)
    classe, dit = colonne.classe, ""
    if refus:
        classe = _classe([colonne.classes, "refusee"])
        dit = f' aria-invalid="true" data-avant="{escape(brut)}" aria-describedby="e-{cle}"'
    elif est_a_verifier or dessus:
        marque = "a-verifier" if est_a_verifier else ""
        classe = _classe([colonne.classes, "dessus" if dessus else "", marque])
        dit = f' aria-describedby="w-{cle}"' if est_a_verifier else ""
    clavier = "" if indicateur.est_ratio else ' inputmode="decimal"'
    return (
        f'<td id="k-{cle}"{classe}><input id="s-{cle}" class="case-valeur"'
        f' name="{PREFIXE}{cle}:{objet.version if objet else 0}" value="{escape(tape)}"'
        f' placeholder="{colonne.vide}"{clavier}'
        f' aria-labelledby="{nom} a-{colonne.annee}"{dit}>{dessus}</td>'
    )


def case_lue(
    cle: str, objet: Any, decimales: int, colonne: Colonne, *, lien: str = "", aide: str = ""
) -> str:
    """Une valeur que l’on ne tape pas ici : calculée, réunie, ou hors de ses droits."""
    lu, signe = lire(objet, decimales) or RIEN, signe_de(objet)
    ecrit = f"{escape(lu)}{f'<sup>{signe}</sup>' if signe else ''}"
    dit = f"<small>{escape(aide)}</small>" if aide else ""
    if lien:
        corps = f'<a class="case-lien" href="{lien}">{ecrit}{dit}</a>'
    else:
        corps = f"<span>{ecrit}{dit}</span>"
    return f'<td id="k-{cle}"{_classe([colonne.classes, "lue"])}>{corps}</td>'


def adresse_de_la_valeur(indicateur: UUID, annee: int) -> str:
    return adresse("indicateurs:valeur", indicateur, str(annee))


def rangee(indicateur: Any, cases: str, etincelle: str, delier: str) -> str:
    """La ligne d’un indicateur ; `delier` : elle a le bouton qui la retire de la fiche."""
    i, hexa, libelle = indicateur, indicateur.pk.hex, escape(indicateur.libelle)
    bouton = (
        f'<button class="delier" type="submit" form="delier" name="indicateur" value="{i.pk}">'
        f'Retirer de la fiche<span class="invisible"> : {libelle}</span></button>'
        if delier
        else ""
    )
    return (
        f'<tr id="ligne-{i.pk}"><th scope="row"><a id="l-{hexa}"'
        f' href="{adresse("indicateurs:fiche", i.pk)}">{libelle}</a>'
        f"<small>{escape(i.unite)}{'' if i.est_saisi else ' · calculé'}</small>{bouton}</th>"
        f'{cases}{_cible(i)}<td class="evolution" id="v-{hexa}"><span>{etincelle}</span></td></tr>'
    )


def rangee_de_part(identifiant: str, nom: str, unite: str, cases: Sequence[str]) -> str:
    return (
        f'<tr class="part"><th scope="row" class="sous" id="{escape(identifiant)}">'
        f"dont {escape(nom)}<small>{escape(unite)}</small></th>{''.join(cases)}"
        f'{SANS_CIBLE}<td class="evolution"></td></tr>'
    )


def _cible(indicateur: Any) -> str:
    if indicateur.cible is None:
        return SANS_CIBLE
    fleche = FLECHES[indicateur.sens]
    montree = f'<span aria-hidden="true">{fleche}</span>' if fleche else ""
    return (
        f'<td class="cible"><span>{montree}<span class="invisible">'
        f"{DITS_DU_SENS[indicateur.sens]}cible </span>"
        f"{typographie.nombre(indicateur.cible, indicateur.decimales)}"
        f"<small>{indicateur.annee_cible}</small></span></td>"
    )


def _brut(objet: Any) -> str:
    """Ce que l’on retape ; presque toujours, un nombre définitif."""
    if _est_un_nombre(objet):
        return ecrire_nombre(objet.valeur)
    return ecrire_case(objet)


def _est_un_nombre(objet: Any) -> bool:
    """Une valeur sans rien à dire d’elle : ni rapport, ni signe, ni secret."""
    return objet.qualite == DEFINITIVE and objet.numerateur is None and objet.valeur is not None


def _dessus(objet: Any, brut: str, decimales: int) -> str:
    """Vide si la valeur se lit comme elle se tape."""
    if _est_un_nombre(objet) and objet.valeur >= 0:
        _, _, chiffres = brut.partition(",")
        if len(chiffres) == decimales:
            return ""
    lu, signe = lire(objet, decimales), signe_de(objet)
    if lu == brut and not signe:
        return ""
    exposant = f"<sup>{signe}</sup>" if signe else ""
    return f'<span class="dessus" aria-hidden="true">{escape(lu)}{exposant}</span>'


def _classe(classes: list[str]) -> str:
    dites = " ".join(classe for classe in classes if classe)
    return f' class="{dites}"' if dites else ""
