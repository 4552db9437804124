"""La couverture en petit, dessinée dans la page : ce que donneront des couleurs et des logos."""

from collections.abc import Sequence

from django.utils.safestring import SafeString

from bilans import palette
from bilans.charte import Charte
from bilans.instantane import Carte
from bilans.mise_en_page.couverture import COUVERTURE, ronds
from bilans.mise_en_page.mesures import MM
from bilans.mise_en_page.mots_ecrits import typo
from bilans.mise_en_page.visuels import ECART_LOGOS, HAUTEUR_LOGO, Visuel
from cls_platform.socle.svg import metriques
from cls_platform.socle.svg.trace import CLASSES, balise, figure, propre

LARGEUR, HAUTEUR = 794.0, 1123.0
MARGE = 68.0


def vignette(
    charte: Charte, carte: Carte | None, nom: str, annee: int, logos: Sequence[Visuel]
) -> SafeString:
    """Les formes et les couleurs de la vraie couverture, à l’échelle de la page."""
    ondes = carte.ondes if carte else ronds()
    corps = [
        balise("rect", width=LARGEUR, height=HAUTEUR, fill="#fff"),
        balise("rect", width=LARGEUR, height=COUVERTURE[1], fill=charte.fond),
        balise("g", *(balise("path", d=d, stroke_opacity=_pale(n)) for n, d in enumerate(ondes)),
               fill="none", stroke=charte.onde, stroke_width=1.1),
        *_formes(charte, carte),
        *_titre(charte, nom, annee),
        *_bande(logos),
    ]  # fmt: skip
    return figure(
        CLASSES, LARGEUR, HAUTEUR, corps, titre="Aperçu de la couverture",
        description=f"Fond {charte.fond}, accent {charte.accent}.", classe="vignette-couverture",
    )  # fmt: skip


def _pale(rang: int) -> str:
    return f"{max(0.75 - 0.045 * rang, 0.12):.2f}"


def _formes(charte: Charte, carte: Carte | None) -> list[str]:
    if carte is None:
        return []
    trace = "".join(forme.trace for forme in carte.formes)
    return [balise("path", d=trace, fill=charte.accent, stroke=charte.fond, stroke_width=2)]


def _titre(charte: Charte, nom: str, annee: int) -> list[str]:
    court = metriques.abreger(typo(nom), 19, LARGEUR - 2 * MARGE)
    gras = {"x": MARGE, "font_weight": 800}
    return [
        balise("text", propre(court), x=MARGE, y=95, font_size=19, fill="#fff"),
        balise("text", str(annee), y=228, font_size=157, fill=charte.accent, **gras),
        balise("text", "Ce que nous avons fait", y=322, font_size=47, fill="#fff", **gras),
        balise("text", "pour votre santé", y=374, font_size=47, fill="#fff", **gras),
    ]


def _bande(logos: Sequence[Visuel]) -> list[str]:
    if not logos:
        dit, y = "Sans logo, le nom des signataires", COUVERTURE[1] + 60
        return [balise("text", dit, x=MARGE, y=y, font_size=17, fill=palette.GRIS)]
    poses: list[str] = []
    x = MARGE
    for logo in logos:
        large, haut = logo.millimetres
        bas = COUVERTURE[1] + 50 + (HAUTEUR_LOGO - haut) / 2 * MM
        poses.append(balise("image", href=logo.adresse, x=x, y=bas, width=large * MM,
                            height=haut * MM))  # fmt: skip
        x += (large + ECART_LOGOS) * MM
    return poses
