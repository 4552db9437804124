"""Du bilan technique au PDF : le dossier de fiches, avec ses parties. Aucune base."""

import json
from collections.abc import Callable
from hashlib import sha256
from typing import Any

from django.template.loader import render_to_string

from bilans.dossier import page as dossier
from bilans.dossier.contenu import Dossier
from bilans.dossier.passages import ecrit
from bilans.dossier.sections import Reglages
from bilans.instantane import Instantane
from bilans.mise_en_page.couverture import ondes
from bilans.mise_en_page.mots_ecrits import REMPLACES
from bilans.pdf import ResultatPdf, imprimer, piece_jointe
from bilans.technique import fiches
from bilans.technique.donnees import Technique
from bilans.technique.parties import Partie, parties
from cls_platform.socle.typographie import pluriel

FEUILLES = ("pdf.css", "pdf-fiches.css", "pdf-technique.css")
COUVERTURE = Reglages(sections=(), couverture=True, sommaire=True, une_par_page=False)
SANS_MONTANTS = ("depenses", "apports")


def rendre_technique(
    instantane: Instantane,
    technique: Technique,
    *,
    avec_montants: bool,
    avancer: Callable[[int], None] = lambda _pourcentage: None,
) -> ResultatPdf:
    """Les mêmes données font les mêmes octets. `avancer` reçoit la progression, de 0 à 100.

    Sans les montants, ni le texte ni les données jointes n’en portent un.
    """
    html = en_html(instantane, technique, avec_montants=avec_montants)
    avancer(20)
    donnees = en_donnees(technique, avec_montants=avec_montants)
    return imprimer(
        html,
        {"ondes.svg": ondes(instantane.carte)},
        empreinte=sha256(html.encode() + donnees).hexdigest(),
        feuilles=FEUILLES,
        pieces=[
            piece_jointe("technique.json", "Le bilan technique, pour un programme", donnees,
                         technique.arrete_le)
        ],
        avancer=avancer,
    )  # fmt: skip


def en_donnees(technique: Technique, *, avec_montants: bool) -> bytes:
    simple = technique.vers_simple()
    if not avec_montants:
        for fiche in (f for axe in simple["axes"] for f in axe["fiches"]):
            for nom in SANS_MONTANTS:
                del fiche[nom]
    return json.dumps(simple, ensure_ascii=False, sort_keys=True, indent=1).encode()


def en_html(instantane: Instantane, technique: Technique, *, avec_montants: bool) -> str:
    contexte = _contexte(instantane, technique, avec_montants=avec_montants)
    return render_to_string("bilans/technique/pdf/technique.html", contexte).translate(REMPLACES)


def _contexte(
    instantane: Instantane, technique: Technique, *, avec_montants: bool
) -> dict[str, Any]:
    avant, apres = parties(instantane, technique, avec_montants=avec_montants)
    document = _document(instantane, technique, avec_montants=avec_montants)
    return dossier.contexte(document) | {
        "avant": [_posee(partie) for partie in avant],
        "apres": [_posee(partie) for partie in apres],
        "montants": "" if avec_montants else "Sans les montants",
    }


def _document(instantane: Instantane, technique: Technique, *, avec_montants: bool) -> Dossier:
    lieu = instantane.territoire
    habitants = f", {pluriel(lieu.population, 'habitant')}" if lieu.population else ""
    return Dossier(
        titre="Bilan technique",
        contrat=ecrit(instantane.contrat.nom),
        periode=str(technique.annee),
        organisme=ecrit(instantane.contrat.porteur or instantane.contrat.nom),
        territoire=f"{pluriel(len(lieu.communes), 'commune')}{habitants}" if lieu.communes else "",
        enseignes=tuple(ecrit(nom) for nom in instantane.enseignes),
        le=technique.arrete_le,
        est_demonstration=instantane.est_demonstration,
        reglages=COUVERTURE,
        groupes=tuple(fiches.groupes(technique, avec_montants=avec_montants)),
        carte=instantane.carte,
    )


def _posee(partie: Partie) -> dict[str, Any]:
    return {
        "ancre": partie.ancre,
        "titre": partie.titre,
        "sections": [dossier.section_posee(section) for section in partie.sections],
    }
