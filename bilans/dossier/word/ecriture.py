"""Le contenu du document Word, du haut en bas. Aucune base."""

import io
from collections.abc import Callable
from datetime import UTC, datetime, time
from typing import Any

import docx
from docx.document import Document
from docx.enum.text import WD_BREAK, WD_TAB_ALIGNMENT
from docx.shared import Mm

from bilans.dossier.contenu import Champ, Dossier, Fiche, Groupe, Section
from bilans.dossier.page import titre_du_document
from bilans.dossier.word import styles, xml
from bilans.dossier.word.tableaux import poser_reperes, poser_tableau
from bilans.palette import NUIT, SOLEIL, VOLETS
from cls_platform.socle.ecritures import langue_de_droite
from cls_platform.socle.typographie import date_longue, pluriel

A_COMPLETER = "À compléter"
RESTREINTE = "Réservée à l’équipe du plan"
# Les identifiants des signets : les fiches d’abord, les axes après
PREMIER_AXE = 10_000


def rendre_docx(
    dossier: Dossier, avancer: Callable[[int], None] = lambda _pourcentage: None
) -> bytes:
    """Le fichier. `avancer` reçoit la progression, de 0 à 100."""
    document = docx.Document()
    styles.habiller(document)
    _proprietes(document, dossier)
    _pied(document, dossier)
    _ouvrir(document, dossier)
    nombre, faites = len(dossier.fiches), 0
    for rang, groupe in enumerate(dossier.groupes):
        _axe(document, dossier, groupe, rang=rang + PREMIER_AXE)
        for fiche in groupe.fiches:
            _fiche(document, dossier, groupe, fiche, rang=faites)
            faites += 1
            avancer(90 * faites // nombre)
    fichier = io.BytesIO()
    document.save(fichier)
    return fichier.getvalue()


def _proprietes(document: Document, dossier: Dossier) -> None:
    """Le titre que montre Word, la langue du texte, le jour des données."""
    proprietes = document.core_properties
    proprietes.title = titre_du_document(dossier)
    proprietes.author = proprietes.last_modified_by = dossier.organisme
    proprietes.subject = dossier.contrat
    proprietes.language = xml.LANGUE
    proprietes.keywords = "Démonstration" if dossier.est_demonstration else ""
    proprietes.comments = ""
    le = datetime.combine(dossier.le, time(), UTC)
    proprietes.created = proprietes.modified = le


def _pied(document: Document, dossier: Dossier) -> None:
    """Le titre courant et le numéro de la page ; rien sur la couverture."""
    section = document.sections[0]
    section.different_first_page_header_footer = dossier.reglages.couverture
    paragraphe = section.footer.paragraphs[0]
    xml.habiller(paragraphe, styles.SOURCE)
    demonstration = " – Démonstration" if dossier.est_demonstration else ""
    arrets = paragraphe.paragraph_format.tab_stops
    arrets.add_tab_stop(Mm(styles.LARGEUR_UTILE), WD_TAB_ALIGNMENT.RIGHT)
    titre = dossier.contrat if dossier.est_une_fiche else titre_du_document(dossier)
    paragraphe.add_run(f"{titre[:90]}{demonstration}\t")
    xml.champ(paragraphe, "PAGE", "1")


def _ouvrir(document: Document, dossier: Dossier) -> None:
    if dossier.est_une_fiche:
        _ligne(document, _contrat(dossier), styles.PLACE)
        return
    nombre = pluriel(len(dossier.fiches), "fiche action", "fiches action")
    du_jour = f"{nombre}, au {date_longue(dossier.le)}"
    if dossier.reglages.couverture:
        _couverture(document, dossier, du_jour)
    else:
        titre = xml.paragraphe_de(document, titre_du_document(dossier), "Title")
        styles.souligner(titre, SOLEIL, huitiemes=24, espace=8)
        _ligne(document, _contrat(dossier), "Subtitle")
        _ligne(document, du_jour, styles.VALEUR)
    if dossier.reglages.sommaire:
        _sommaire(document, dossier)


def _couverture(document: Document, dossier: Dossier, du_jour: str) -> None:
    """Le bandeau de nuit du bilan, en vrais paragraphes."""
    for texte in ("", "", _contrat(dossier)):
        _ligne(document, texte, styles.COUVERTURE)
    if dossier.periode:
        _ligne(document, dossier.periode, styles.ANNEES)
    titre = xml.paragraphe_de(document, dossier.titre, "Title")
    titre.runs[0].font.color.rgb = styles.en_rgb(styles.BLANC)
    xml.fond_de_paragraphe(titre._p.get_or_add_pPr(), styles.sans_diese(NUIT))
    for texte in (du_jour, "", "", ""):
        _ligne(document, texte, styles.COUVERTURE)
    document.add_paragraph()
    for texte in (dossier.organisme, dossier.territoire, ", ".join(dossier.enseignes)):
        if texte:
            _ligne(document, texte, styles.VALEUR)
    if dossier.reglages.sommaire or not dossier.reglages.une_par_page:
        _saut(document)


def _contrat(dossier: Dossier) -> str:
    return f"{dossier.contrat}{' – Démonstration' if dossier.est_demonstration else ''}"


def _saut(document: Document) -> None:
    document.add_paragraph().add_run().add_break(WD_BREAK.PAGE)


def _sommaire(document: Document, dossier: Dossier) -> None:
    """Une vraie table des matières : écrite d’avance, Word y met les pages à l’ouverture."""
    xml.paragraphe_de(document, "Sommaire", styles.SOMMAIRE)
    lignes = [(2, fiche.nom, _signet(fiche)) for fiche in dossier.fiches]
    if _avec_axes(dossier):
        lignes = [
            ligne
            for groupe in dossier.groupes
            for ligne in (
                (1, groupe.nom, f"axe_{_cle(groupe.cle)}"),
                *((2, fiche.nom, _signet(fiche)) for fiche in groupe.fiches),
            )
        ]
    debut = element_de_champ("begin", dirty="true")
    instruction = xml.element("w:instrText")
    instruction.text = ' TOC \\o "1-2" \\h \\z \\u '
    for rang, (niveau, nom, cible) in enumerate(lignes):
        paragraphe = xml.paragraphe_de(document, "", f"TOC {niveau}")
        if rang == 0:
            for morceau in (debut, instruction, element_de_champ("separate")):
                paragraphe.add_run()._r.append(morceau)
        _entree(paragraphe, nom, cible)
        if rang == len(lignes) - 1:
            paragraphe.add_run()._r.append(element_de_champ("end"))
    if not dossier.reglages.une_par_page:
        _saut(document)


def element_de_champ(genre: str, **attributs: str) -> Any:
    return xml.element("w:fldChar", fldCharType=genre, **attributs)


def _entree(paragraphe: Any, nom: str, cible: str) -> None:
    avant = len(paragraphe.runs)
    paragraphe.add_run(f"{nom}\t")
    xml.champ(paragraphe, f"PAGEREF {cible} \\h", a_jour=False)
    morceaux = [run._r for run in paragraphe.runs[avant:]]
    xml.deplacer(morceaux, xml.lien_interne(paragraphe, cible))


def _avec_axes(dossier: Dossier) -> bool:
    return any(groupe.rubrique for groupe in dossier.groupes) and not dossier.est_une_fiche


def _cle(cle: str) -> str:
    """Un nom de signet : lettres, chiffres et tirets bas, quarante au plus."""
    return cle.replace("-", "")[:32]


def _signet(fiche: Fiche) -> str:
    return f"fiche_{_cle(fiche.cle)}"


def _axe(document: Document, dossier: Dossier, groupe: Groupe, *, rang: int) -> None:
    if not _avec_axes(dossier):
        return
    titre = xml.paragraphe_de(document, groupe.nom, "Heading 1")
    titre.paragraph_format.page_break_before = dossier.reglages.une_par_page
    _colorer(titre, groupe)
    xml.signet(titre, f"axe_{_cle(groupe.cle)}", rang=rang)


def _colorer(paragraphe: Any, groupe: Groupe) -> None:
    for run in paragraphe.runs:
        run.font.color.rgb = styles.en_rgb(VOLETS[groupe.couleur].foncee)


def _fiche(
    document: Document, dossier: Dossier, groupe: Groupe, fiche: Fiche, *, rang: int
) -> None:
    suit_un_axe = _avec_axes(dossier) and groupe.fiches[0] is fiche
    saut = dossier.reglages.une_par_page and not suit_un_axe and not dossier.est_une_fiche
    seul = dossier.est_une_fiche
    place = [groupe.nom, *fiche.place] if seul and groupe.rubrique else list(fiche.place)
    titre = xml.paragraphe_de(document, fiche.nom, "Heading 1" if seul else "Heading 2")
    titre.paragraph_format.page_break_before = saut
    _colorer(titre, groupe)
    xml.signet(titre, _signet(fiche), rang=rang + 1)
    for objectif in place:
        _ligne(document, objectif, styles.PLACE)
    if fiche.est_restreinte:
        _ligne(document, RESTREINTE, styles.NOM_DE_CHAMP)
    poser_reperes(document, fiche, VOLETS[groupe.couleur])
    for section in fiche.sections:
        _section(document, groupe, section, "Heading 2" if seul else "Heading 3")


def _section(document: Document, groupe: Groupe, section: Section, style: str) -> None:
    titre = xml.paragraphe_de(document, section.titre, style)
    _colorer(titre, groupe)
    for bloc in section.blocs:
        if isinstance(bloc, Champ):
            _champ(document, bloc)
        else:
            poser_tableau(document, bloc, section.titre)


def _champ(document: Document, champ: Champ) -> None:
    if champ.libelle:
        _ligne(document, champ.libelle, styles.NOM_DE_CHAMP)
    if not champ.passages:
        _ligne(document, A_COMPLETER, styles.A_COMPLETER)
    for passage in champ.passages:
        for ligne in passage.lignes:
            _ligne(document, ligne, styles.PUCE if passage.est_liste else styles.VALEUR)


def _ligne(document: Document, texte: str, style: str) -> None:
    paragraphe = xml.paragraphe_de(document, texte, style)
    if langue_de_droite(texte):
        xml.tourner(paragraphe)
