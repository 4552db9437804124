"""Les tableaux et les graphiques d’une diapo : natifs, donc modifiables, et décrits."""

from typing import Any

from pptx.chart.data import CategoryChartData
from pptx.enum.chart import XL_CHART_TYPE, XL_LABEL_POSITION, XL_LEGEND_POSITION
from pptx.enum.text import MSO_ANCHOR, PP_ALIGN
from pptx.util import Emu, Inches, Pt

from bilans.diaporama.formes import Graphique, Grille
from bilans.diaporama.masques import POLICE, en_rgb
from bilans.palette import FILET

HAUTEUR_D_UNE_LIGNE, BORD = Inches(0.5), Inches(0.07)
CORPS_DU_TABLEAU, CORPS_SERRE, CORPS_DU_GRAPHIQUE = 16, 13, 14
LIGNES_SERREES = 7


def poser_grille(page: Any, place: Any, grille: Grille) -> None:
    """Un vrai tableau à la place du texte, sa première ligne en tête."""
    gauche, haut, largeur, hauteur = _prendre(place)
    rangs, colonnes = len(grille.lignes) + 1, len(grille.colonnes)
    haute = min(hauteur, Emu(HAUTEUR_D_UNE_LIGNE * rangs))
    cadre = page.shapes.add_table(rangs, colonnes, gauche, haut, largeur, haute)
    _decrire(cadre, grille.description, "Tableau")
    table = cadre.table
    table.first_row, table.horz_banding, table.last_row = True, False, grille.total
    table.first_col = len(grille.colonnes) > 2
    for colonne, part in zip(table.columns, grille.largeurs, strict=True):
        colonne.width = Emu(largeur * part // 100)
    corps = CORPS_SERRE if rangs > LIGNES_SERREES or colonnes > 4 else CORPS_DU_TABLEAU
    for rang, ligne in enumerate((grille.colonnes, *grille.lignes)):
        for place_, texte in enumerate(ligne):
            a_droite = place_ >= colonnes - grille.nombres
            taille = corps - 2 if rang == 0 and corps == CORPS_SERRE else corps
            _case(table.cell(rang, place_), texte, taille, en_nombre=a_droite)


def _case(case: Any, texte: str, corps: int, *, en_nombre: bool) -> None:
    case.text = texte
    case.margin_left = case.margin_right = BORD
    case.vertical_anchor = MSO_ANCHOR.MIDDLE
    for paragraphe in case.text_frame.paragraphs:
        paragraphe.font.size, paragraphe.font.name = Pt(corps), POLICE
        if en_nombre:
            paragraphe.alignment = PP_ALIGN.RIGHT


def poser_graphique(page: Any, place: Any, graphique: Graphique, couleur: str) -> None:
    """Un vrai graphique : ses données s’ouvrent et se changent. La dernière série a la couleur."""
    donnees = CategoryChartData(number_format=graphique.format)
    donnees.categories = graphique.categories
    for nom, valeurs in graphique.series:
        donnees.add_series(nom, valeurs)
    genre = XL_CHART_TYPE.BAR_CLUSTERED if graphique.couche else XL_CHART_TYPE.COLUMN_CLUSTERED
    cadre = page.shapes.add_chart(genre, *_prendre(place), donnees)
    _decrire(cadre, graphique.description, "Graphique")
    _habiller(cadre.chart, graphique)
    for rang, serie in enumerate(cadre.chart.plots[0].series, start=1):
        serie.format.fill.solid()
        teinte = couleur if rang == len(graphique.series) else FILET
        serie.format.fill.fore_color.rgb = en_rgb(teinte)


def _habiller(dessin: Any, graphique: Graphique) -> None:
    """Chaque barre porte sa valeur ; ni grille, ni axe des valeurs."""
    dessin.font.size, dessin.font.name = Pt(CORPS_DU_GRAPHIQUE), POLICE
    dessin.has_title = True
    dessin.chart_title.text_frame.text = graphique.titre
    dessin.chart_title.text_frame.paragraphs[0].runs[0].font.size = Pt(CORPS_DU_GRAPHIQUE)
    dessin.has_legend = len(graphique.series) > 1
    if dessin.has_legend:
        dessin.legend.position = XL_LEGEND_POSITION.BOTTOM
        dessin.legend.include_in_layout = False
    axe = dessin.value_axis
    axe.visible, axe.has_major_gridlines, axe.minimum_scale = False, False, 0
    dessin.category_axis.reverse_order = graphique.couche
    dessin.category_axis.format.line.fill.background()
    trace = dessin.plots[0]
    trace.gap_width = 60
    trace.has_data_labels = True
    etiquettes = trace.data_labels
    etiquettes.number_format, etiquettes.number_format_is_linked = graphique.format, False
    etiquettes.position = XL_LABEL_POSITION.OUTSIDE_END


def _prendre(place: Any) -> tuple[Emu, Emu, Emu, Emu]:
    """Les mesures de la place, que le dessin remplace."""
    mesures = place.left, place.top, place.width, place.height
    place.element.getparent().remove(place.element)
    return mesures


def _decrire(cadre: Any, description: str, nom: str) -> None:
    """Le nom dit ce que c’est, la description ce qu’on y voit : un lecteur d’écran lit les deux."""
    proprietes = cadre._element.nvGraphicFramePr.cNvPr  # noqa: SLF001  (python-pptx ne l’écrit pas)
    proprietes.set("descr", description)
    proprietes.set("name", f"{nom} {cadre.shape_id}")
