"""Les masques : format large, police, couleurs du contrat, places du titre et du texte.

Ce que l’on change dans le masque change toutes les diapos : c’est ce qui rend le fichier facile à
reprendre.
"""

from typing import Any

from lxml import etree  # type: ignore[import-untyped]  # sans annotations
from pptx import Presentation
from pptx.dml.color import RGBColor
from pptx.oxml.ns import qn
from pptx.presentation import Presentation as Fichier
from pptx.util import Emu, Inches

from bilans.charte import Charte
from bilans.palette import ENCRE, VOLETS

POLICE = "Arial"
LARGEUR, HAUTEUR = Inches(13.333), Inches(7.5)
MARGE, HAUT, HAUT_DU_TEXTE = Inches(0.75), Inches(0.5), Inches(1.75)
UTILE = LARGEUR - 2 * MARGE
HAUTEUR_DU_TEXTE = HAUTEUR - HAUT_DU_TEXTE - Inches(0.9)
ECART = Inches(0.5)
MOITIE = Emu((UTILE - ECART) // 2)
COUVERTURE, TITRE_ET_TEXTE, DEUX_CONTENUS, TITRE_SEUL = GARDES = (0, 1, 3, 5)
TAILLE_DU_TITRE, TAILLE_DU_TEXTE, CORPS_A_DEUX = 32, 22, 18
Place = tuple[Any, Any, Any, Any]
TITRE: Place = (MARGE, HAUT, UTILE, Inches(1.1))
TEXTE: Place = (MARGE, HAUT_DU_TEXTE, UTILE, HAUTEUR_DU_TEXTE)
GAUCHE: Place = (MARGE, HAUT_DU_TEXTE, MOITIE, HAUTEUR_DU_TEXTE)
DROITE: Place = (MARGE + MOITIE + ECART, HAUT_DU_TEXTE, MOITIE, HAUTEUR_DU_TEXTE)
PIED: Place = (MARGE, HAUTEUR - Inches(0.65), UTILE - Inches(1.2), Inches(0.4))
NUMERO: Place = (LARGEUR - MARGE - Inches(1), HAUTEUR - Inches(0.65), Inches(1), Inches(0.4))


def en_rgb(couleur: str) -> RGBColor:
    return RGBColor.from_string(couleur.lstrip("#").upper())


def ouvrir(charte: Charte) -> Fichier:
    """Un fichier vide, ses masques prêts."""
    fichier = Presentation()
    fichier.slide_width, fichier.slide_height = LARGEUR, HAUTEUR
    _oter_les_masques_de_trop(fichier)
    _theme(fichier, charte)
    maitre = fichier.slide_master
    _filet(maitre, charte)
    _placer(maitre.placeholders, {1: TITRE, 2: TEXTE})
    _styles(maitre)
    for masque in fichier.slide_layouts:
        _habiller(masque, charte)
    return fichier


def _oter_les_masques_de_trop(fichier: Fichier) -> None:
    for rang in reversed(range(len(fichier.slide_layouts))):
        if rang not in GARDES:
            fichier.slide_layouts.remove(fichier.slide_layouts[rang])


def masque(fichier: Fichier, rang: int) -> Any:
    """Le masque de ce rang d’origine."""
    return fichier.slide_layouts[
        (COUVERTURE, TITRE_ET_TEXTE, DEUX_CONTENUS, TITRE_SEUL).index(rang)
    ]


def _theme(fichier: Fichier, charte: Charte) -> None:
    """Couleurs et police du thème : les graphiques et les tableaux ajoutés ensuite les prennent."""
    lien = next(r for r in fichier.slide_master.part.rels.values() if r.reltype.endswith("/theme"))
    partie = lien.target_part
    arbre = etree.fromstring(partie.blob)
    teintes = (charte.fond, charte.accent, *(teinte.foncee for teinte in VOLETS.values()))
    couleurs = arbre.find(f".//{qn('a:clrScheme')}")
    _couleur(couleurs.find(qn("a:dk1")), ENCRE)
    _couleur(couleurs.find(qn("a:dk2")), charte.fond)
    for rang, teinte in enumerate(teintes[:6], start=1):
        _couleur(couleurs.find(qn(f"a:accent{rang}")), teinte)
    for police in arbre.iter(qn("a:latin")):
        police.set("typeface", POLICE)
    partie._blob = etree.tostring(arbre, xml_declaration=True, encoding="UTF-8", standalone=True)  # noqa: SLF001  (python-pptx n’ouvre pas le thème)


FILET = """<p:sp xmlns:p="http://schemas.openxmlformats.org/presentationml/2006/main"
 xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main"><p:nvSpPr>
<p:cNvPr id="90" name="Filet"/><p:cNvSpPr/><p:nvPr userDrawn="1"/></p:nvSpPr><p:spPr><a:xfrm>
<a:off x="0" y="{haut}"/><a:ext cx="{largeur}" cy="{hauteur}"/></a:xfrm><a:prstGeom prst="rect">
<a:avLst/></a:prstGeom><a:solidFill><a:srgbClr val="{couleur}"/></a:solidFill></p:spPr></p:sp>"""


def _filet(maitre: Any, charte: Charte) -> None:
    """Un filet de la couleur d’accent, à gauche du titre : décor du masque, lu par personne."""
    couleur = charte.accent.lstrip("#").upper()
    xml = FILET.format(haut=HAUT, largeur=Inches(0.22), hauteur=Inches(1.1), couleur=couleur)
    maitre.shapes._spTree.insert(2, etree.fromstring(xml))  # noqa: SLF001  (le texte ci-dessus)


def _couleur(noeud: Any, couleur: str) -> None:
    for enfant in list(noeud):
        noeud.remove(enfant)
    etree.SubElement(noeud, qn("a:srgbClr")).set("val", couleur.lstrip("#").upper())


def _styles(maitre: Any) -> None:
    """Tailles et graisses du titre et des textes, dites une fois dans le masque."""
    styles = maitre.element.find(qn("p:txStyles"))
    titre = styles.find(qn("p:titleStyle")).find(qn("a:lvl1pPr"))
    titre.set("algn", "l")
    titre.find(qn("a:defRPr")).set("sz", str(TAILLE_DU_TITRE * 100))
    titre.find(qn("a:defRPr")).set("b", "1")
    for niveau in styles.find(qn("p:bodyStyle")):
        defaut = niveau.find(qn("a:defRPr"))
        if defaut is not None:
            defaut.set("sz", str(TAILLE_DU_TEXTE * 100))


def _habiller(masque_: Any, charte: Charte) -> None:
    places = {0: TITRE, 1: TEXTE, 11: PIED, 12: NUMERO}
    nombre = sum(1 for p in masque_.placeholders if p.placeholder_format.idx in {1, 2})
    if nombre == 2:
        places |= {1: GAUCHE, 2: DROITE}
    for place in masque_.placeholders:
        if place.placeholder_format.idx in {1, 2}:
            _heriter(place, CORPS_A_DEUX if nombre == 2 else TAILLE_DU_TEXTE)
    if masque_.name == "Title Slide":
        places |= {0: (MARGE, Inches(2.2), UTILE, Inches(1.8)),
                   1: (MARGE, Inches(4.2), UTILE, Inches(1.4))}  # fmt: skip
        _fond(masque_, charte)
    for place in list(masque_.placeholders):
        if place.placeholder_format.idx == 10:
            place.element.getparent().remove(place.element)
    _placer(masque_.placeholders, places, par_type=False)


def _heriter(place: Any, corps: int) -> None:
    """Une seule taille à tous les niveaux ; un texte trop long rétrécit de lui-même."""
    cadre = place.text_frame._txBody  # noqa: SLF001  (le style de liste n’a pas d’autre porte)
    style, boite = cadre.find(qn("a:lstStyle")), cadre.find(qn("a:bodyPr"))
    for noeud in (style, boite):
        for enfant in list(noeud):
            noeud.remove(enfant)
    etree.SubElement(boite, qn("a:normAutofit"))
    for niveau in range(1, 6):
        defaut = etree.SubElement(etree.SubElement(style, qn(f"a:lvl{niveau}pPr")), qn("a:defRPr"))
        defaut.set("sz", str(corps * 100))


def _fond(masque_: Any, charte: Charte) -> None:
    """La couverture : la couleur du contrat, le titre en accent, le texte en blanc."""
    masque_.background.fill.solid()
    masque_.background.fill.fore_color.rgb = en_rgb(charte.fond)
    for place in masque_.placeholders:
        couleur = charte.accent if place.placeholder_format.idx == 0 else "#ffffff"
        _colorer(place, couleur, taille=44 if place.placeholder_format.idx == 0 else 22)


def _colorer(place: Any, couleur: str, *, taille: int) -> None:
    """Dans le style de liste de la place : la diapo n’a plus rien à dire."""
    corps = place.text_frame._txBody  # noqa: SLF001  (le style de liste n’a pas d’autre porte)
    style = corps.find(qn("a:lstStyle"))
    for enfant in list(style):
        style.remove(enfant)
    niveau = etree.SubElement(style, qn("a:lvl1pPr"))
    niveau.set("algn", "l")
    niveau.set("marL", "0")
    niveau.set("indent", "0")
    etree.SubElement(niveau, qn("a:buNone"))
    defaut = etree.SubElement(niveau, qn("a:defRPr"))
    defaut.set("sz", str(taille * 100))
    remplissage = etree.SubElement(defaut, qn("a:solidFill"))
    etree.SubElement(remplissage, qn("a:srgbClr")).set("val", couleur.lstrip("#").upper())


def _placer(places: Any, voulues: dict[int, Place], *, par_type: bool = True) -> None:
    """`par_type` : le masque maître numérote le titre 1 et le texte 2."""
    for place in places:
        cle = int(place.placeholder_format.type) if par_type else place.placeholder_format.idx
        if cle in voulues:
            place.left, place.top, place.width, place.height = (Emu(v) for v in voulues[cle])
