"""Les diapos sur leurs masques : titre et texte à leur place, tableaux, graphiques, notes."""

import io
from collections.abc import Callable, Mapping
from copy import deepcopy
from dataclasses import dataclass
from datetime import UTC, datetime, time
from typing import Any

from pptx.oxml.ns import qn
from pptx.presentation import Presentation as Fichier
from pptx.util import Emu, Inches

from bilans.charte import charte
from bilans.diaporama import masques
from bilans.diaporama.contenu import diapos
from bilans.diaporama.dessins import poser_graphique, poser_grille
from bilans.diaporama.fige import figer
from bilans.diaporama.formes import Diapo, Point, abrege
from bilans.instantane import Instantane
from bilans.palette import VOLETS
from cls_platform.socle.typographie import date_longue, typographier

LANGUE = "fr-FR"
LOGOS, HAUTEUR_DES_LOGOS = 5, Inches(0.8)
DEMONSTRATION = "Démonstration : ces données sont inventées."


@dataclass(frozen=True, slots=True)
class Diaporama:
    octets: bytes
    pages: int


def rendre_diaporama(
    instantane: Instantane,
    images: Mapping[str, bytes],
    *,
    avancer: Callable[[int], None] = lambda _pourcentage: None,
) -> Diaporama:
    """Le fichier PPTX : mêmes données, mêmes octets. `images` : par `Image.chemin`.

    `avancer` reçoit la progression, de 0 à 100.
    """
    fichier = masques.ouvrir(charte(instantane.apparence))
    _proprietes(fichier, instantane)
    _couverture(fichier, instantane, images)
    toutes = diapos(instantane)
    for rang, diapo in enumerate(toutes, start=1):
        _poser(fichier, diapo, instantane)
        avancer(90 * rang // len(toutes))
    _dire_la_langue(fichier)
    tampon = io.BytesIO()
    fichier.save(tampon)
    return Diaporama(figer(tampon.getvalue(), instantane.arrete_le), len(fichier.slides))


def _proprietes(fichier: Fichier, i: Instantane) -> None:
    proprietes = fichier.core_properties
    proprietes.title = f"Bilan {i.annee}, {i.contrat.nom}"
    proprietes.author = proprietes.last_modified_by = i.contrat.porteur or i.contrat.nom
    proprietes.subject, proprietes.language = i.contrat.nom, LANGUE
    proprietes.keywords = "Démonstration" if i.est_demonstration else ""
    proprietes.comments = ""
    proprietes.created = proprietes.modified = datetime.combine(i.arrete_le, time(), UTC)


def _couverture(fichier: Fichier, i: Instantane, images: Mapping[str, bytes]) -> None:
    diapo = fichier.slides.add_slide(masques.masque(fichier, masques.COUVERTURE))
    diapo.shapes.title.text = abrege(f"Bilan {i.annee}", 40)
    lignes = [abrege(i.contrat.nom, 120), f"Données au {date_longue(i.arrete_le)}"]
    lignes += [DEMONSTRATION] if i.est_demonstration else []
    diapo.placeholders[1].text = "\n".join(map(typographier, lignes))
    _logos(diapo, i, images)
    _noter(diapo, [i.contrat.presentation, f"Le bilan entier : {i.adresse_publique}"])


def _logos(diapo: Any, i: Instantane, images: Mapping[str, bytes]) -> None:
    """Sur un bandeau blanc, en bas : un logo n’est lisible que sur son fond."""
    presents = [logo for logo in i.apparence.logos if logo.chemin in images][:LOGOS]
    if not presents:
        return
    haut = masques.HAUTEUR - HAUTEUR_DES_LOGOS - Inches(0.4)
    bandeau = diapo.shapes.add_shape(
        1, 0, haut - Inches(0.2), masques.LARGEUR, masques.HAUTEUR - haut + Inches(0.2)
    )
    bandeau.fill.solid()
    bandeau.fill.fore_color.rgb = masques.en_rgb("#ffffff")
    bandeau.line.fill.background()
    gauche = Emu(masques.MARGE)
    for logo in presents:
        image = diapo.shapes.add_picture(
            io.BytesIO(images[logo.chemin]), gauche, haut, height=HAUTEUR_DES_LOGOS
        )
        decrire(image, logo.alternative)
        gauche = Emu(gauche + image.width + Inches(0.4))


def _poser(fichier: Fichier, diapo: Diapo, i: Instantane) -> None:
    couleur = _couleur(diapo, i)
    a_droite = diapo.graphique if diapo.points or diapo.grille else None
    rang = masques.DEUX_CONTENUS if a_droite else masques.TITRE_ET_TEXTE
    page = fichier.slides.add_slide(masques.masque(fichier, rang))
    _titre(page, diapo, couleur)
    if diapo.points:
        _points(page.placeholders[1], diapo.points)
    elif diapo.grille:
        poser_grille(page, page.placeholders[1], diapo.grille)
    elif diapo.graphique:
        poser_graphique(page, page.placeholders[1], diapo.graphique, couleur)
    if a_droite:
        poser_graphique(page, page.placeholders[2], a_droite, couleur)
    _pied(page, f"{i.contrat.nom_court} – Bilan {i.annee}"
          f"{' – Démonstration' if i.est_demonstration else ''}")  # fmt: skip
    _noter(page, diapo.notes)


def _couleur(diapo: Diapo, i: Instantane) -> str:
    """Celle du volet, ou celle du contrat."""
    return VOLETS[diapo.volet].foncee if diapo.volet in VOLETS else charte(i.apparence).fond


def _titre(page: Any, diapo: Diapo, couleur: str) -> None:
    page.shapes.title.text = diapo.titre
    if diapo.volet:
        trait = page.shapes.title.text_frame.paragraphs[0].runs[0].font.color
        trait.rgb = masques.en_rgb(couleur)


def _points(place: Any, points: tuple[Point, ...]) -> None:
    """Un paragraphe par point, dans la place du texte ; son début en gras."""
    cadre = place.text_frame
    for rang, point in enumerate(points):
        paragraphe = cadre.paragraphs[0] if rang == 0 else cadre.add_paragraph()
        if point.debut:
            debut = paragraphe.add_run()
            debut.text, debut.font.bold = f"{point.debut} ", True
        paragraphe.add_run().text = point.texte


def _pied(page: Any, texte: str) -> None:
    """Le pied et le numéro du masque, posés sur la diapo."""
    for modele in page.slide_layout.placeholders:
        cle = modele.placeholder_format.idx
        if cle not in {11, 12}:
            continue
        copie = deepcopy(modele.element)
        page.shapes._spTree.append(copie)  # noqa: SLF001  (python-pptx ne pose pas les pieds)
        if cle == 11:
            posee = next(p for p in page.placeholders if p.placeholder_format.idx == 11)
            posee.text = abrege(texte, 110)


def _noter(page: Any, notes: Any) -> None:
    dites = [note for note in notes if note]
    if dites:
        page.notes_slide.notes_text_frame.text = "\n".join(dites)


def decrire(forme: Any, description: str) -> None:
    """Le texte que lit un lecteur d’écran."""
    forme._element.xpath(".//p:cNvPr")[0].set("descr", description)  # noqa: SLF001  (python-pptx ne l’écrit pas)


def _dire_la_langue(fichier: Fichier) -> None:
    """Chaque texte se dit français, pour la voix et l’orthographe."""
    for page in fichier.slides:
        racines = [page.element]
        racines += [page.notes_slide.element] if page.has_notes_slide else []
        for racine in racines:
            for texte in racine.iter(qn("a:r")):
                texte.get_or_add_rPr().set("lang", LANGUE)
