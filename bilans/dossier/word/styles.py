"""L’habit du document : les styles de Word eux-mêmes, pour que l’on puisse tout reprendre."""

from typing import Any

from docx.document import Document
from docx.enum.style import WD_STYLE_TYPE
from docx.enum.text import WD_TAB_ALIGNMENT, WD_TAB_LEADER
from docx.oxml.ns import qn
from docx.shared import Mm, Pt, RGBColor

from bilans.dossier.word import xml
from bilans.palette import ENCRE, FILET, GRIS, NUIT, SOLEIL

POLICE = "Calibri"
LARGEUR_UTILE = 174
NOM_DE_CHAMP, VALEUR, PUCE = "Nom de champ", "Valeur de champ", "Puce de fiche"
PLACE, REPERE, A_COMPLETER, SOURCE = "Place dans le plan", "Repère", "À compléter", "Source"
COUVERTURE, ANNEES, SOMMAIRE = "Couverture", "Années du contrat", "Titre du sommaire"
BLANC = "#ffffff"

# (style, taille, gras, couleur, espace avant, espace après)
Habit = tuple[str, float, bool, str, float, float]
_TITRES: tuple[Habit, ...] = (
    ("Title", 34, True, ENCRE, 0, 6),
    ("Subtitle", 15, False, GRIS, 0, 6),
    ("Heading 1", 20, True, ENCRE, 18, 8),
    ("Heading 2", 16, True, ENCRE, 16, 4),
    ("Heading 3", 12.5, True, ENCRE, 12, 3),
)
_TEXTES: tuple[Habit, ...] = (
    (NOM_DE_CHAMP, 9.5, True, GRIS, 6, 0),
    (VALEUR, 11, False, ENCRE, 0, 3),
    (PUCE, 11, False, ENCRE, 0, 1),
    (PLACE, 9.5, False, GRIS, 0, 0),
    (REPERE, 10.5, False, ENCRE, 0, 0),
    (A_COMPLETER, 11, False, GRIS, 0, 3),
    (SOURCE, 8.5, False, GRIS, 2, 6),
    (COUVERTURE, 14, False, BLANC, 6, 6),
    (ANNEES, 54, True, SOLEIL, 0, 0),
    (SOMMAIRE, 20, True, ENCRE, 0, 8),
)


def habiller(document: Document) -> None:
    normal: Any = document.styles["Normal"]
    _police(normal, 11, ENCRE)
    normal.paragraph_format.space_after = Pt(4)
    xml.dire_la_langue(normal)
    xml.dire_la_langue_partout(document)
    for habit in _TITRES:
        _poser(document.styles[habit[0]], habit)
    for habit in _TEXTES:
        style: Any = document.styles.add_style(habit[0], WD_STYLE_TYPE.PARAGRAPH)
        style.base_style, style.quick_style = normal, True
        _poser(style, habit)
    document.styles[NOM_DE_CHAMP].paragraph_format.keep_with_next = True
    document.styles[PLACE].paragraph_format.keep_with_next = True
    for nom in (COUVERTURE, ANNEES):
        couverture: Any = document.styles[nom]
        couverture.paragraph_format.left_indent = couverture.paragraph_format.right_indent = Mm(0)
        xml.fond_de_paragraphe(couverture.element.get_or_add_pPr(), sans_diese(NUIT))
    puce: Any = document.styles[PUCE]
    puce.base_style = document.styles["List Bullet"]
    for niveau, retrait in ((1, 0), (2, 5)):
        _ligne_de_sommaire(document, niveau, retrait)
    _page(document)


def _poser(style: Any, habit: Habit) -> None:
    _, taille, gras, couleur, avant, apres = habit
    _police(style, taille, couleur)
    style.font.bold, style.font.italic = gras, False
    style.paragraph_format.space_before, style.paragraph_format.space_after = Pt(avant), Pt(apres)
    # Le filet bleu sous le titre est celui du modèle de Word
    for bord in style.element.findall(f"{qn('w:pPr')}/{qn('w:pBdr')}"):
        bord.getparent().remove(bord)


def _police(style: Any, taille: float, couleur: str) -> None:
    """Aussi pour les écritures complexes : le modèle de Word y laisse une autre police."""
    style.font.name, style.font.size = POLICE, Pt(taille)
    style.font.color.rgb = en_rgb(couleur)
    polices = style.element.get_or_add_rPr().get_or_add_rFonts()
    for theme in ("asciiTheme", "hAnsiTheme", "eastAsiaTheme", "cstheme"):
        polices.attrib.pop(qn(f"w:{theme}"), None)
    for ecriture in ("w:eastAsia", "w:cs"):
        polices.set(qn(ecriture), POLICE)


def en_rgb(couleur: str) -> RGBColor:
    return RGBColor.from_string(sans_diese(couleur))


def sans_diese(couleur: str) -> str:
    return couleur.lstrip("#").upper()


def _ligne_de_sommaire(document: Document, niveau: int, retrait: int) -> None:
    """« TOC 1 » et « TOC 2 » : les noms que Word cherche quand il refait la table."""
    style: Any = document.styles.add_style(f"TOC {niveau}", WD_STYLE_TYPE.PARAGRAPH)
    style.base_style = document.styles["Normal"]
    style.font.bold = niveau == 1
    style.paragraph_format.left_indent = Mm(retrait)
    style.paragraph_format.space_before = Pt(8 if niveau == 1 else 0)
    style.paragraph_format.space_after = Pt(3)
    style.paragraph_format.tab_stops.add_tab_stop(
        Mm(LARGEUR_UTILE), WD_TAB_ALIGNMENT.RIGHT, WD_TAB_LEADER.DOTS
    )


def _page(document: Document) -> None:
    section = document.sections[0]
    section.page_width, section.page_height = Mm(210), Mm(297)
    section.left_margin = section.right_margin = Mm(18)
    section.top_margin, section.bottom_margin = Mm(20), Mm(21)
    section.header_distance = section.footer_distance = Mm(10)


def souligner(paragraphe: Any, couleur: str = FILET, **options: int) -> None:
    xml.filet(paragraphe._p.get_or_add_pPr(), "bottom", sans_diese(couleur), **options)
