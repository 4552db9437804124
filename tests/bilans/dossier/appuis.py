"""Une fiche où tout est rempli, et de quoi lire les documents produits."""

import io
import re
import zipfile
from datetime import date
from decimal import Decimal
from typing import Any

import docx
import pikepdf
import pymupdf

from bilans.dossier.construction import construire
from bilans.dossier.contenu import Dossier
from bilans.dossier.sections import SectionFiche, reglages
from contrats.models import RoleActeur
from tests.appuis.horloge import AUJOURDHUI
from tests.factories import (
    ActeurFactory,
    ActionActeurFactory,
    ActionFactory,
    ChampLibreFactory,
    DocumentActionFactory,
    FinancementFactory,
    IndicateurFactory,
    JalonFactory,
    LigneBudgetFactory,
    MesureFactory,
    NoteSuiviFactory,
)

TOUTES = SectionFiche.values
LIBRE = "Code analytique d’essai"
HOSTILE = (
    '<b>gras</b> & <script>alert(1)</script> =cmd()|"/C calc" \x07 {{ settings }} '
    "\u202eabc\u202c العربية 🚌 fin"
)


def fiche_remplie(contrat: Any, **champs: Any) -> Any:
    """Une action où chaque section a quelque chose à dire."""
    remplis: dict[str, Any] = {
        "contexte": "Le cabinet médical est à vingt minutes.",
        "objectif_general": "Rapprocher les soins.",
        "objectifs_operationnels": "Pour y parvenir :\n- ouvrir deux lieux ;\n- former l'équipe",
        "description": "Un bus tourne deux jours par semaine.",
        "resultats_attendus": "600 bilans par an.",
        "moyens": "Un infirmier à mi-temps.",
        "modalites_evaluation": "Questionnaire à la sortie.",
        "freins": "La neige.",
        "echeancier": "Trois étapes par an.",
        "leviers": "Les mairies.",
        "elu_referent": "Camille Exemple",
        "quartiers": "Le bourg",
        "participation": "CONSULTATION",
        "priorite": "ELEVE",
        "themes": ["acces_soins"],
    }
    action = ActionFactory(contrat=contrat, **(remplis | champs))
    partenaire = ActeurFactory(nom="Relais des Essais")
    ActionActeurFactory(action=action, acteur=partenaire, role=RoleActeur.PARTENAIRE)
    JalonFactory(action=action, libelle="Signer la convention d’essai")
    LigneBudgetFactory(action=action, prevu=Decimal(43_210))
    FinancementFactory(action=action, montant_accorde=Decimal(12_345))
    indicateur = IndicateurFactory(contrat=contrat, actions=[action], libelle="Bilans réalisés")
    MesureFactory(indicateur=indicateur, annee=2025, valeur=Decimal(187))
    NoteSuiviFactory(action=action, fait="Deux permanences tenues.", freins="Le froid.")
    DocumentActionFactory(action=action, titre="Affiche d’essai")
    libre = contrat.champs_libres.filter(libelle=LIBRE).first()
    libre = libre or ChampLibreFactory(contrat=contrat, libelle=LIBRE)
    action.valeurs_libres.create(champ=libre, valeur="ANA-42")
    return action


def dossier_de(contrat: Any, *sections: str, le: date = AUJOURDHUI, **options: Any) -> Dossier:
    """Le dossier de toutes les fiches du contrat."""
    voulus = reglages(sections or TOUTES, **options)
    return construire(
        contrat, contrat.actions.all(), voulus, le=le, tout_le_plan=contrat.actions.count()
    )


def texte_du_pdf(octets: bytes) -> str:
    """Tout le texte, espaces ramenées à une."""
    with pymupdf.open(stream=octets) as document:
        return aplati("\n".join(page.get_text() for page in document))


def pdf(octets: bytes) -> pikepdf.Pdf:
    return pikepdf.open(io.BytesIO(octets))


def word(octets: bytes) -> Any:
    return docx.Document(io.BytesIO(octets))


def texte_du_word(octets: bytes) -> str:
    document = word(octets)
    cellules = [c.text for t in document.tables for r in t.rows for c in r.cells]
    return aplati("\n".join([*(p.text for p in document.paragraphs), *cellules]))


def xml_du_word(octets: bytes, partie: str = "word/document.xml") -> str:
    with zipfile.ZipFile(io.BytesIO(octets)) as archive:
        return archive.read(partie).decode()


def aplati(texte: str) -> str:
    return re.sub(r"\s+", " ", texte)
