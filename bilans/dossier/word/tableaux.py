"""Les tableaux du document Word : en-tête répétée, texte de remplacement, chiffres à droite."""

from collections.abc import Sequence
from typing import Any

from docx.document import Document
from docx.enum.table import WD_TABLE_ALIGNMENT
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml.ns import qn
from docx.shared import Mm

from bilans.dossier.contenu import Fiche, Tableau
from bilans.dossier.word import styles, xml
from bilans.palette import ENCRE, FILET, Teinte
from cls_platform.socle.ecritures import langue_de_droite


def poser_reperes(document: Document, fiche: Fiche, teinte: Teinte) -> None:
    """Le statut, le pilote, le calendrier, l’avancement : un nom et sa valeur par ligne."""
    faits = [("Statut", fiche.mot_du_statut), *fiche.reperes]
    tableau = document.add_table(rows=0, cols=2)
    _cadre(tableau, (Mm(38), Mm(styles.LARGEUR_UTILE - 38)))
    xml.nommer_tableau(tableau, "Repères de la fiche", "Un nom et sa valeur par ligne.")
    for nom, valeur in faits:
        rang = tableau.add_row()
        xml.rang_insecable(rang)
        for cellule, texte, gras in zip(rang.cells, (nom, valeur), (False, True), strict=True):
            _ecrire(cellule, texte, gras=gras)
            xml.fond(cellule._tc.get_or_add_tcPr(), styles.sans_diese(teinte.pale))


def poser_tableau(document: Document, tableau: Tableau, section: str) -> None:
    if tableau.titre:
        xml.paragraphe_de(document, tableau.titre, styles.NOM_DE_CHAMP)
    pose = document.add_table(rows=0, cols=len(tableau.colonnes))
    _cadre(pose, [Mm(styles.LARGEUR_UTILE * part / 100) for part in tableau.largeurs])
    description = f"Colonnes : {', '.join(tableau.colonnes).lower()}."
    xml.nommer_tableau(pose, tableau.titre or section, description)
    _rang(pose, tableau.colonnes, tableau.nombres, gras=True)
    xml.entete_repetee(pose.rows[0])
    for rang, ligne in enumerate(tableau.lignes):
        _rang(pose, ligne, tableau.nombres, gras=rang in tableau.totaux)
    xml.paragraphe_de(document, tableau.note, styles.SOURCE)


def _rang(pose: Any, textes: tuple[str, ...], nombres: int, *, gras: bool = False) -> None:
    rang = pose.add_row()
    xml.rang_insecable(rang)
    en_chiffres = len(textes) - nombres
    for place, (cellule, texte) in enumerate(zip(rang.cells, textes, strict=True)):
        _ecrire(cellule, texte, gras=gras, a_droite=place >= en_chiffres)


def _ecrire(cellule: Any, texte: str, *, gras: bool = False, a_droite: bool = False) -> None:
    paragraphe = cellule.paragraphs[0]
    xml.habiller(paragraphe, styles.REPERE)
    run = paragraphe.add_run(texte)
    run.bold = gras or None
    if a_droite:
        paragraphe.alignment = WD_ALIGN_PARAGRAPH.RIGHT
    if langue_de_droite(texte):
        xml.tourner(paragraphe)


def _cadre(tableau: Any, largeurs: Sequence[Mm]) -> None:
    """Des filets horizontaux seuls, et de l’air."""
    tableau.alignment, tableau.autofit = WD_TABLE_ALIGNMENT.LEFT, False
    for colonne, largeur in zip(tableau.columns, largeurs, strict=True):
        colonne.width = largeur
    proprietes = tableau._tbl.tblPr
    bords = xml.element("w:tblBorders")
    for cote, couleur, huitiemes in (
        ("top", ENCRE, 6),
        ("bottom", FILET, 4),
        ("insideH", FILET, 4),
    ):
        bords.append(
            xml.element(f"w:{cote}", val="single", sz=huitiemes, space=0,
                        color=styles.sans_diese(couleur))
        )  # fmt: skip
    marges = xml.element("w:tblCellMar")
    for cote, marge in (("top", 40), ("left", 60), ("bottom", 40), ("right", 60)):
        marges.append(xml.element(f"w:{cote}", w=marge, type="dxa"))
    for morceau in (bords, marges):
        _a_sa_place(proprietes, morceau)


# L’ordre que la norme impose aux propriétés d’un tableau
_SUITE = ("w:tblLayout", "w:tblCellMar", "w:tblLook", "w:tblCaption", "w:tblDescription")


def _a_sa_place(proprietes: Any, morceau: Any) -> None:
    apres = [qn(n) for n in _SUITE]
    if morceau.tag in apres:
        apres = apres[apres.index(morceau.tag) + 1 :]
    suivant = next((e for e in proprietes if e.tag in apres), None)
    if suivant is None:
        proprietes.append(morceau)
    else:
        suivant.addprevious(morceau)
