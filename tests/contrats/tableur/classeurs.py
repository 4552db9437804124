"""Trois plans comme les coordinations les tiennent : un grand tableau, une feuille par usage, un CSV."""

import io
from datetime import date
from typing import Any

from openpyxl import Workbook

from cls_platform.socle.tableur.lecture import ouvrir
from contrats.models import Contrat, LigneBudget
from contrats.services.import_plan import importer_feuille
from contrats.tableur.changements import Changements


def octets(classeur: Workbook) -> bytes:
    sortie = io.BytesIO()
    classeur.save(sortie)
    return sortie.getvalue()


def classeur_simple(*lignes: list[Any], feuille: str = "Actions") -> bytes:
    classeur = Workbook()
    page = classeur.active
    page.title = feuille
    for ligne in lignes:
        page.append(ligne)
    return octets(classeur)


def feuille_de(contenu: bytes, nom: str = "plan.xlsx", feuille: str = ""):
    classeur = ouvrir(io.BytesIO(contenu), nom)
    return classeur.lire(feuille or classeur.noms[0])


def grand_tableau() -> bytes:
    """Titre et groupes au-dessus de l’en-tête, consignes dessous, hiérarchie à trous, fusions,
    emojis, vingt-deux colonnes dont douze inconnues."""
    classeur = Workbook()
    page = classeur.active
    page.title = "Lisez-moi"
    page.append(["Ce fichier est tenu par la coordination."])
    page = classeur.create_sheet("Actions")
    page.append(["CONTRAT LOCAL DE SANTÉ – SUIVI DU PLAN D’ACTIONS 🏥"])
    page.append(["Mis à jour le", date(2026, 1, 5)])
    page.append([])
    page.append(["PLAN", None, None, "ACTION", None, None, "QUI", None, "QUAND", None, "SUIVI"])
    entetes = [
        "Axe stratégique", "Objectif stratégique", "Objectif opérationnel", "N° fiche",
        "Intitulé de l'action *", "Etat d’avancement", "Pilote(s)", "Partenaires associés",
        "Date de début (JJ/MM/AAAA)", "Fin prévue",
    ]  # fmt: skip
    page.append([*entetes, *(f"Colonne maison {n}" for n in "ABCDEFGHIJKL")])
    page.append(
        ["(titre de l’axe)", None, None, "ex : 1.1", "Intitulé de la fiche", "Liste déroulante",
         "Structure", "Séparer par ;", "jj/mm/aaaa", "jj/mm/aaaa"]
    )  # fmt: skip
    page.append(
        ["Axe 1 : Accès aux soins", "OS 1.1 - Rapprocher les soins", "1.1.1 Ouvrir des permanences",
         "1", "Ouvrir une permanence 🩺", "en cours ", "CPTS des Essais",
         "ARS Bretagne ; Relais fictif / CAF du Test", "janvier 2025", 2026, "x"]
    )  # fmt: skip
    page.append([None, None, None, 2, "Former les pharmacies", "✅ Terminé", "cpts des essais",
                 "Protection civile et secourisme", "T2 2025", "2025-2027"])  # fmt: skip
    page.append([])
    page.append(["Axe 2 : Prévention", "OS 2.1 - Dépister", None, "3", "Marcher ensemble", "A FAIRE",
                 None, None, 45658, date(2027, 12, 31)])  # fmt: skip
    page.append([None, None, None, "4", "Cuisiner à petit budget", None, None, None, None, None])
    page.append([])
    page.append(["TOTAL", None, None, "4 actions"])
    page.merge_cells("A7:A8")
    classeur.create_sheet("Listes").append(["En cours", "Terminé"])
    return octets(classeur)


def niveaux_dans_une_cellule() -> bytes:
    """Trois niveaux écrits dans une cellule, des groupes entre les lignes, un titre fusionné."""
    classeur = Workbook()
    page = classeur.active
    page.title = "Plan 2025"
    page.append(
        ["Objectifs", "Action", "Porteur", "Partenaire 1", "Partenaire 2", "Calendrier", "Statut"]
    )
    page.append(["AXE 1 – BIEN VIVRE"])
    page.append(
        ["Objectif stratégique 1 : Bouger\nObjectif opérationnel 1.1 : Marcher\net courir",
         "Sport sur ordonnance", "Relais fictif", "CPTS des Essais", "CAF du Test", "2025-2027",
         "Réalisée"]
    )  # fmt: skip
    page.append([None, None, None, "Commune Test", None, None, None])
    page.append(["AXE 2 – VIEILLIR CHEZ SOI"])
    page.append([None, "Repérer les fragilités", None, None, None, "tous les mardis", "en cours"])
    page.merge_cells("B3:B4")
    return octets(classeur)


CSV_DE_LA_COORDINATION = (
    "Thématique;Public cible;Action;Description de l’action;Début;Échéance;Priorité;Budget (€)\r\n"
    'Santé mentale / Addictions;Jeunes (16-25 ans), Étudiants;"\'=SOMME(A1)";'
    '"<b>gras</b>\nשלום 🙂";1er mars 2025;fin 2026;haute;12 500 €\r\n'
    "Prévention;Martiens;Vaccination;;;;;\r\n"
).encode("cp1252", errors="xmlcharrefreplace")


def importer(contrat: Contrat, contenu: bytes, par: Any, **options: Any) -> Changements:
    nom, feuille = options.pop("nom", "plan.xlsx"), options.pop("feuille", "")
    return importer_feuille(
        contrat=contrat, feuille=feuille_de(contenu, nom, feuille), par=par, **options
    )


def depenses(contrat: Contrat) -> set[tuple[Any, ...]]:
    """(fiche, année, unité, prévu, réalisé, apport en nature) de chaque dépense du plan."""
    lues = LigneBudget.objects.filter(action__contrat=contrat)
    return set(
        lues.values_list("action__titre", "annee", "unite", "prevu", "realise", "est_valorisation")
    )
