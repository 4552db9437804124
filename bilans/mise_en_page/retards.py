"""Les actions en retard ou arrêtées, pour « Ce qui a été plus difficile »."""

from dataclasses import dataclass
from typing import Any

from bilans.etats_publics import EtatPublic
from bilans.instantane import Instantane
from bilans.mise_en_page import hauteurs
from bilans.mise_en_page.deux_colonnes import partager
from bilans.mise_en_page.mesures import lignes_melees
from bilans.mise_en_page.mots_ecrits import typo

EN_UNE_COLONNE, MONTRES, AU_MOINS = 8, 24, 8
# Le titre de la partie ; puis celui de la liste, et la source
TITRE = 17.0
AUTOUR = TITRE + 20.0 + 8.0


@dataclass(frozen=True, slots=True)
class Retard:
    titre: str
    volet: str
    etat: str


def retards(instantane: Instantane, deja_pris: float) -> dict[str, Any]:
    """Celles qui tiennent sur la page, sous ce que l’équipe en dit ; les autres sont en ligne.

    Une colonne jusqu’à huit, deux au-delà. `deja_pris` : la hauteur (mm) du texte qui précède.
    """
    tous = en_retard(instantane)
    if len(tous) <= EN_UNE_COLONNE:
        hautes = [_hauteur(r, 11, 173) for r in tous]
        return _vues(tous, [], sum(hautes), 0)
    hautes = [_hauteur(r, 10, 78) for r in tous[:MONTRES]]
    place = hauteurs.PAGE - AUTOUR - deja_pris
    montres = max(hauteurs.combien_en_deux_colonnes(hautes, place), AU_MOINS)
    gauche, droite = partager(range(min(montres, len(hautes))), lambda rang: hautes[rang])
    pris = hauteurs.en_deux_colonnes(hautes[:montres])
    reste = len(tous) - len(gauche) - len(droite)
    return _vues([tous[n] for n in gauche], [tous[n] for n in droite], pris, reste)


def _vues(gauche: list[Retard], droite: list[Retard], pris: float, reste: int) -> dict[str, Any]:
    return {
        "nombre_de_retards": len(gauche) + len(droite) + reste,
        "retards": (gauche, droite),
        "retards_en_ligne": reste,
        "hauteur_des_retards": pris + AUTOUR - TITRE if gauche else 0.0,
    }


def en_retard(instantane: Instantane) -> list[Retard]:
    return [
        Retard(typo(action.titre), typo(volet.titre), action.etat.value)
        for volet in instantane.volets
        for action in volet.actions
        if action.etat in {EtatPublic.EN_RETARD, EtatPublic.SUSPENDUE}
    ]


def _hauteur(retard: Retard, points: float, place: float) -> float:
    interligne = 5.5 if points > 10 else 4.8
    melees = ((retard.titre, points, 700), (f"– {retard.volet}", points, 400))
    return 5.0 + interligne * lignes_melees(melees, place)
