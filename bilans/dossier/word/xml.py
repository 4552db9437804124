"""Les morceaux de WordprocessingML (ISO/IEC 29500) que python-docx n’écrit pas."""

from typing import Any

from docx.oxml import OxmlElement
from docx.oxml.ns import qn

LANGUE = "fr-FR"
# L’ordre que la norme impose aux propriétés d’un paragraphe
APRES_BIDI = ("w:adjustRightInd", "w:snapToGrid", "w:spacing", "w:ind", "w:contextualSpacing",
              "w:jc", "w:outlineLvl", "w:rPr")  # fmt: skip
APRES_FOND = ("w:tabs", "w:bidi", *APRES_BIDI)


def element(nom: str, **attributs: object) -> Any:
    """`element("w:shd", fill="EEE")` : chaque attribut prend le préfixe de l’élément."""
    balise = OxmlElement(nom)
    prefixe = nom.partition(":")[0]
    for cle, valeur in attributs.items():
        balise.set(qn(f"{prefixe}:{cle.rstrip('_')}"), str(valeur))
    return balise


def habiller(paragraphe: Any, style: str) -> None:
    """Pose le style par son identifiant : par son nom, python-docx relit tous les styles."""
    paragraphe._p.style = style.replace(" ", "")


def paragraphe_de(lieu: Any, texte: str, style: str) -> Any:
    pose = lieu.add_paragraph(texte)
    habiller(pose, style)
    return pose


def champ(paragraphe: Any, instruction: str, resultat: str = "", *, a_jour: bool = True) -> None:
    """Un champ de Word ; sans `a_jour`, Word le recalcule à l’ouverture."""
    debut = element("w:fldChar", fldCharType="begin")
    if not a_jour:
        debut.set(qn("w:dirty"), "true")
    texte = element("w:instrText")
    texte.set(qn("xml:space"), "preserve")
    texte.text = f" {instruction} "
    for morceau in (debut, texte, element("w:fldChar", fldCharType="separate")):
        paragraphe.add_run()._r.append(morceau)
    paragraphe.add_run(resultat)
    paragraphe.add_run()._r.append(element("w:fldChar", fldCharType="end"))


def signet(paragraphe: Any, nom: str, rang: int) -> None:
    """Une cible de lien autour du paragraphe entier."""
    debut = element("w:bookmarkStart", id=rang, name=nom)
    place = 1 if paragraphe._p.pPr is not None else 0
    paragraphe._p.insert(place, debut)
    paragraphe._p.append(element("w:bookmarkEnd", id=rang))


def lien_interne(paragraphe: Any, cible: str) -> Any:
    """Un lien vers un signet ; rend l’élément où poser le texte."""
    lien = element("w:hyperlink", anchor=cible, history="1")
    paragraphe._p.append(lien)
    return lien


def deplacer(morceaux: list[Any], vers: Any) -> None:
    for morceau in morceaux:
        vers.append(morceau)


def tourner(paragraphe: Any) -> None:
    """Le paragraphe se lit de droite à gauche."""
    paragraphe._p.get_or_add_pPr().insert_element_before(element("w:bidi"), *APRES_BIDI)
    for run in paragraphe.runs:
        run._r.get_or_add_rPr().append(element("w:rtl"))


def dire_la_langue(style: Any) -> None:
    proprietes = style.element.get_or_add_rPr()
    for ancienne in proprietes.findall(qn("w:lang")):
        proprietes.remove(ancienne)
    proprietes.append(element("w:lang", val=LANGUE, eastAsia=LANGUE))


def entete_repetee(rang: Any) -> None:
    """La première ligne est l’en-tête du tableau, sur chaque page."""
    rang._tr.get_or_add_trPr().append(element("w:tblHeader", val="true"))


def rang_insecable(rang: Any) -> None:
    rang._tr.get_or_add_trPr().append(element("w:cantSplit", val="true"))


def nommer_tableau(tableau: Any, titre: str, description: str) -> None:
    """Ce que lit une synthèse vocale : le texte de remplacement du tableau."""
    proprietes = tableau._tbl.tblPr
    proprietes.append(element("w:tblCaption", val=titre))
    proprietes.append(element("w:tblDescription", val=description))


def fond(proprietes: Any, couleur: str) -> None:
    """D’une cellule."""
    proprietes.append(element("w:shd", val="clear", color="auto", fill=couleur))


def fond_de_paragraphe(proprietes: Any, couleur: str) -> None:
    teinte = element("w:shd", val="clear", color="auto", fill=couleur)
    proprietes.insert_element_before(teinte, *APRES_FOND)


def dire_la_langue_partout(document: Any) -> None:
    """Le modèle de Word est en anglais : ses réglages par défaut aussi."""
    for partie in (document.styles.element, document.settings.element):
        for balise in ("w:lang", "w:themeFontLang"):
            for langue in partie.iter(qn(balise)):
                langue.set(qn("w:val"), LANGUE)


def filet(proprietes: Any, cote: str, couleur: str, *, huitiemes: int = 4, espace: int = 4) -> None:
    bords = element("w:pBdr")
    bords.append(element(f"w:{cote}", val="single", sz=huitiemes, space=espace, color=couleur))
    proprietes.append(bords)
