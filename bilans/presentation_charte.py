"""Ce que la page de la charte montre : la couverture en petit et les contrastes mesurés."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.urls import reverse
from django.utils.safestring import SafeString

from bilans import palette
from bilans.charte import BLANC, FORME, TEXTE, Charte, charte, defauts, dessus, lu
from bilans.instantane import Apparence
from bilans.mise_en_page.vignette import vignette
from bilans.mise_en_page.visuels import logos as poser
from bilans.models import ImageBilan
from bilans.rapport.cartographie import carte_du_contrat
from bilans.rapport.construction import nom_developpe
from bilans.rapport.ecrit import image
from bilans.rapport.parties import lire_territoire
from cls_platform.socle.theme import contraste
from contrats.models import Contrat


@dataclass(frozen=True, slots=True)
class Mesure:
    """Un contraste et ce qu’il lui faut, déjà écrits."""

    quoi: str
    valeur: str
    il_faut: str
    tient: bool


def couverture_en_petit(
    contrat: Contrat, couleurs: Charte, logos: Iterable[ImageBilan], le: date
) -> SafeString:
    _territoire, communes = lire_territoire(contrat, le)
    lignes = list(logos)
    adresses = {ligne.chemin: reverse("bilans:image", args=[ligne.pk]) for ligne in lignes}
    figees = [figee for ligne in lignes if (figee := image(ligne))]
    poses = poser(figees, lambda figee: adresses[figee.chemin])
    return vignette(
        couleurs, carte_du_contrat(communes), nom_developpe(contrat.nom), le.year, poses
    )


def couleurs_de(fond: str, accent: str) -> Charte:
    """Telles qu’on les essaie : même illisibles, on les montre."""
    if not defauts(fond, accent):
        return charte(Apparence(couleur_fond=fond, couleur_accent=accent))
    fond, accent = fond or palette.NUIT, accent or palette.SOLEIL
    return Charte(fond, accent, dessus(accent), palette.ONDE)


def mesures(couleurs: Charte) -> list[Mesure]:
    return [
        _mesure("Texte blanc sur la couverture", contraste(BLANC, couleurs.fond), TEXTE),
        _mesure("Texte sur l’accent", contraste(couleurs.sur_accent, couleurs.accent), TEXTE),
        _mesure("Accent sur la couverture", contraste(couleurs.accent, couleurs.fond), FORME),
    ]


def _mesure(quoi: str, valeur: float, il_faut: float) -> Mesure:
    return Mesure(quoi, lu(valeur), lu(il_faut), valeur >= il_faut)
