"""Le nom de chaque partie commentée, tel qu’on le lit."""

from collections.abc import Collection

from bilans.models import CodeSection
from bilans.relecture.ancres import SANS_AXE, Genre, lire
from contrats.models import Contrat

LE_BILAN_ENTIER = "Le bilan entier"
POUR_TOUT_LE_TERRITOIRE = "Pour tout le territoire"
DISPARUE = "Une partie retirée du bilan"


def noms_des_ancres(contrat: Contrat, ancres: Collection[str]) -> dict[str, str]:
    """Une requête pour les volets, une pour les actions, s’il y en a."""
    lues = {texte: lire(texte) for texte in ancres}
    axes = {a.cle for a in lues.values() if a.genre == Genre.VOLET and a.cle != SANS_AXE}
    actions = {a.cle for a in lues.values() if a.genre == Genre.ACTION}
    noms = {(Genre.BILAN, ""): LE_BILAN_ENTIER, (Genre.VOLET, SANS_AXE): POUR_TOUT_LE_TERRITOIRE}
    noms |= {(Genre.SECTION, code): str(nom) for code, nom in CodeSection.choices}
    if axes:
        for axe in contrat.axes.filter(pk__in=axes):
            noms[Genre.VOLET, str(axe.pk)] = axe.titre_public or axe.titre
    if actions:
        for action in contrat.actions.filter(pk__in=actions):
            noms[Genre.ACTION, str(action.pk)] = action.titre
    return {texte: noms.get((a.genre, a.cle), DISPARUE) for texte, a in lues.items()}
