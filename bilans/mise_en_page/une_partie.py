"""Une partie du bilan et ce qui s’imprime sur les mêmes pages qu’elle, sans le reste du document.

Chaque groupe du bilan commence une page : imprimé seul, il se coupe aux mêmes endroits.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

from bilans.instantane import Instantane
from bilans.lieux import SANS_AXE, VOLET
from bilans.mise_en_page.parties import CATALOGUE, Groupe, Partie
from bilans.mise_en_page.vues_volet import VueVolet

VOLETS, EDITO, CONTACT, CARTE = "VOLETS", "EDITO", "CONTACT", "CARTE"
# Une partie qui n’a pas sa place se lit dans une autre
SE_LIT_DANS = {CARTE: "COMPRENDRE"}
# Un titre qui vient avant celui de la partie, et qui est encore elle
ANCRES_D_AVANT = {"PERSPECTIVES": ("annonces",)}


@dataclass(frozen=True, slots=True)
class Cible:
    """Une section (« EDITO ») ou un volet : alors `axe` est son identifiant, vide sans axe."""

    code: str
    axe: str | None = None


def cible(code: str) -> Cible:
    """`code` : celui de l’éditeur, « EDITO », « volet-<axe> » ou « volet-sans-axe »."""
    if not code.startswith(VOLET):
        return Cible(code)
    axe = code.removeprefix(VOLET)
    return Cible(VOLETS, "" if axe == SANS_AXE else axe)


@dataclass(frozen=True, slots=True)
class Extrait:
    """`vues` : le contexte du gabarit `pages.html`. La partie va de la première des ancres `de`
    qui s’imprime jusqu’avant la première des ancres `avant` ; sans `de`, c’est tout l’extrait."""

    titre: str
    vues: dict[str, Any]
    de: tuple[str, ...] = ()
    avant: tuple[str, ...] = ()


def extraire(instantane: Instantane, vues: dict[str, Any], quoi: Cible) -> Extrait | None:
    """`vues` : le contexte du bilan entier. None si la partie ne s’imprime pas."""
    if quoi.axe is not None:
        return _volet(instantane, vues, quoi.axe)
    if quoi.code == EDITO and vues["edito_en_tete"]:
        return Extrait(CATALOGUE[EDITO].titre, {**_reduites(vues, None), "avec_edito": True})
    if quoi.code == CONTACT:
        return _contact(vues)
    code = quoi.code
    if code in SE_LIT_DANS and vues["carte"]:
        code = SE_LIT_DANS[code]
    groupe = next((g for g in vues["groupes"] if code in {p.code for p in g.parties}), None)
    return _du_groupe(vues, groupe, code) if groupe else None


def _du_groupe(vues: dict[str, Any], groupe: Groupe, code: str) -> Extrait:
    rang = next(n for n, partie in enumerate(groupe.parties) if partie.code == code)
    partie, suivantes = groupe.parties[rang], groupe.parties[rang + 1 :]
    avant = [ancre for suivante in suivantes for ancre in _ancres(suivante)]
    if groupe.avec_contact:
        avant.append("contact")
    return Extrait(partie.titre, _reduites(vues, groupe), _ancres(partie), tuple(avant))


def _ancres(partie: Partie) -> tuple[str, ...]:
    return (*ANCRES_D_AVANT.get(partie.code, ()), *filter(None, [partie.ancre]))


def _reduites(vues: dict[str, Any], groupe: Groupe | None) -> dict[str, Any]:
    return {**vues, "avec_edito": False, "groupes": (groupe,) if groupe else (), "fin_courte": True}


def _contact(vues: dict[str, Any]) -> Extrait:
    """Sous les mots de la fin, ou sur la dernière page, à lui seul."""
    groupe = next((g for g in vues["groupes"] if g.avec_contact), None)
    if groupe:
        return Extrait("Nous contacter", _reduites(vues, groupe), ("contact",))
    return Extrait("Nous contacter", {**_reduites(vues, None), "fin_courte": False})


def _volet(instantane: Instantane, vues: dict[str, Any], axe: str) -> Extrait | None:
    cles = [volet.cle for volet in instantane.volets]
    if VOLETS not in instantane.sections or axe not in cles:
        return None
    rang = cles.index(axe)
    suite = _sur_ses_pages(vues["volets"], rang)
    voulu: VueVolet = vues["volets"][rang]
    apres = suite[suite.index(voulu) + 1 :]
    groupe = Groupe("", (CATALOGUE[VOLETS],))
    return Extrait(
        voulu.titre,
        {**_reduites(vues, groupe), "volets": suite},
        (voulu.ancre,),
        tuple(volet.ancre for volet in apres),
    )


def _sur_ses_pages(volets: Sequence[VueVolet], rang: int) -> list[VueVolet]:
    """Des volets qui n’ont que des titres partagent une page : tous ceux de la sienne."""
    debut = next((n for n in range(rang, 0, -1) if volets[n].saut), 0)
    fin = next((n for n in range(rang + 1, len(volets)) if volets[n].saut), len(volets))
    premier = replace(volets[debut], saut=True)
    return [premier, *volets[debut + 1 : fin]]
