"""Du dossier au PDF : ce que le gabarit pose, puis l’impression. Aucune base."""

import re
from collections.abc import Callable
from dataclasses import dataclass, replace
from hashlib import sha256
from typing import Any

from django.template.loader import render_to_string

from bilans.dossier.contenu import Champ, Dossier, Fiche, Groupe, Section, Tableau
from bilans.mise_en_page.couverture import ENSEIGNES, carte_de_couverture, enseigne, ondes
from bilans.mise_en_page.mesures import MM, POINT
from bilans.mise_en_page.mots_ecrits import REMPLACES
from bilans.palette import VOLETS
from bilans.pdf import ResultatPdf, imprimer
from cls_platform.socle.svg import metriques
from cls_platform.socle.typographie import date_longue, pluriel

FEUILLES = ("pdf.css", "pdf-fiches.css")
# Le nom d’un champ tient dans la colonne de gauche, en 9,5 points
COLONNE_DES_NOMS = 41 * MM
TAILLE_DES_NOMS = 9.5 * POINT
TITRE_COURANT = 120
LIGNES_D_UN_TABLEAU_COURT = 10
MOT_SANS_FIN = re.compile(r"\S{2000}")


@dataclass(frozen=True, slots=True)
class ChampPose:
    """`lignes` : celles que prend le nom, quand il est plus haut que sa valeur."""

    champ: Champ
    lignes: int


@dataclass(frozen=True, slots=True)
class TableauPose:
    tableau: Tableau

    @property
    def est_court(self) -> bool:
        """Il tient d’un bloc : il passe entier à la page suivante."""
        return len(self.tableau.lignes) <= LIGNES_D_UN_TABLEAU_COURT


def rendre_pdf(
    dossier: Dossier, avancer: Callable[[int], None] = lambda _pourcentage: None
) -> ResultatPdf:
    """Les mêmes données font les mêmes octets. `avancer` reçoit la progression, de 0 à 100."""
    html = en_html(dossier)
    avancer(20)
    return imprimer(
        html,
        {"ondes.svg": ondes(dossier.carte)} if dossier.reglages.couverture else {},
        empreinte=sha256(html.encode()).hexdigest(),
        feuilles=FEUILLES,
        avancer=avancer,
    )


def en_html(dossier: Dossier) -> str:
    page = render_to_string("bilans/pdf/fiches.html", contexte(dossier))
    return page.translate(REMPLACES)


def contexte(dossier: Dossier) -> dict[str, Any]:
    demonstration = "Démonstration" if dossier.est_demonstration else ""
    courant = [titre_du_document(dossier), dossier.contrat if not dossier.est_une_fiche else ""]
    return {
        "dossier": dossier,
        "reglages": dossier.reglages,
        "titre_document": titre_du_document(dossier),
        "description": f"{dossier.contrat}, {pluriel(len(dossier.fiches), 'fiche')}",
        "titre_courant": _abrege(" – ".join(filter(None, [*courant, demonstration]))),
        "le": date_longue(dossier.le),
        "nombre": pluriel(len(dossier.fiches), "fiche action", "fiches action"),
        "carte": carte_de_couverture(dossier.carte, f"Carte du territoire, {dossier.territoire}"),
        "enseignes": [enseigne(nom) for nom in dossier.enseignes[:ENSEIGNES]],
        "groupes": [(groupe, _style(groupe), _fiches(groupe)) for groupe in dossier.groupes],
        "avec_axes": any(g.rubrique for g in dossier.groupes) and not dossier.est_une_fiche,
        "niveau": 1 if dossier.est_une_fiche else 2,
    }


def titre_du_document(dossier: Dossier) -> str:
    if dossier.est_une_fiche:
        fiche = dossier.fiches[0]
        return f"Fiche action {fiche.nom}" if fiche.numero else f"Fiche action : {fiche.titre}"
    return f"{dossier.titre} {dossier.periode}".strip()


def _abrege(texte: str) -> str:
    return texte if len(texte) <= TITRE_COURANT else f"{texte[:TITRE_COURANT].rstrip()}…"


def _style(groupe: Groupe) -> str:
    teinte = VOLETS[groupe.couleur]
    return f"--volet: {teinte.foncee}; --pale: {teinte.pale}"


def _fiches(groupe: Groupe) -> list[tuple[Fiche, list[Any]]]:
    return [
        (fiche, [section_posee(section) for section in fiche.sections]) for fiche in groupe.fiches
    ]


def section_posee(section: Section) -> dict[str, Any]:
    return {
        "titre": section.titre,
        "blocs": [_poser(b) if isinstance(b, Champ) else TableauPose(b) for b in section.blocs],
    }


def _poser(champ: Champ) -> ChampPose:
    coupes = tuple(
        replace(passage, lignes=tuple(part for li in passage.lignes for part in _parts(li)))
        for passage in champ.passages
    )
    return ChampPose(replace(champ, passages=coupes), _hauteur(champ))


def _parts(ligne: str) -> list[str]:
    """Un mot sans fin va à la ligne tous les 2 000 caractères : le mesurer croît avec son carré."""
    return MOT_SANS_FIN.sub("\\g<0>\n", ligne).split("\n")


def _hauteur(champ: Champ) -> int:
    lignes = metriques.couper(champ.libelle, TAILLE_DES_NOMS, COLONNE_DES_NOMS, 600)
    return max(1, min(len(lignes), 6))
