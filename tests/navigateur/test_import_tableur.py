"""Le tableur d’une coordination entre par la page, sort, change, revient : l’écart est le changement."""

import io
from datetime import date
from pathlib import Path

from openpyxl import Workbook, load_workbook
from playwright.sync_api import Page, expect

from tests.navigateur.pages import adresse


def tableur_en_desordre() -> bytes:
    """Un titre et des groupes au-dessus de l’en-tête, une consigne dessous, des lignes vides."""
    classeur = Workbook()
    classeur.active.title = "Lisez-moi"
    classeur.active.append(["Tenu par la coordination"])
    page = classeur.create_sheet("Actions")
    page.append(["CLS – plan d’actions 🏥"])
    page.append([])
    page.append(["PLAN", None, "ACTION", None, "QUI"])
    page.append(["Axe", "Intitulé de l’action", "Etat", "Pilote", "Fin", "Ce qui coince"])
    page.append([None, "(une ligne par action)", "liste", "structure", "jj/mm/aaaa", None])
    page.append(["Axe 9 : Venir d’un tableur", "Ouvrir un jardin 🌱", "en cours ", "Relais fictif",
                 date(2027, 5, 31), "La pluie"])  # fmt: skip
    page.append([None, "Former les pharmacies", "✅ Terminé", "Relais fictif", 2026, None])
    page.append([])
    sortie = io.BytesIO()
    classeur.save(sortie)
    return sortie.getvalue()


def donner(page: Page, contenu: bytes, cle) -> None:
    page.goto(adresse("contrats:importer", cle))
    page.get_by_label("Fichier").set_input_files(
        {"name": "plan.xlsx", "mimeType": "application/octet-stream", "buffer": contenu}
    )
    page.get_by_role("button", name="Lire ce fichier").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Vérifier les colonnes")


def exporte(page: Page, cle) -> Path:
    page.goto(adresse("contrats:plan", cle))
    page.locator("details:has(a[href*='exporter/xlsx']) > summary").click()
    with page.expect_download() as recu:
        page.locator("a[href*='exporter/xlsx']").click()
    return Path(recu.value.path())


def change(fichier: Path, titre: str, nouveau: str) -> bytes:
    """Réécrit un titre dans la feuille exportée, et rien d’autre."""
    classeur = load_workbook(io.BytesIO(fichier.read_bytes()))
    (cellule,) = [
        case for feuille in classeur for rang in feuille for case in rang if case.value == titre
    ]
    cellule.value = nouveau
    sortie = io.BytesIO()
    classeur.save(sortie)
    return sortie.getvalue()


def test_un_tableur_en_desordre_entre_sort_change_et_revient(ouvrir, cle):
    page = ouvrir("coordinatrice", adresse("contrats:importer", cle))
    donner(page, tableur_en_desordre(), cle)
    page.get_by_label("Ce qui coince").select_option(label="Freins")
    page.get_by_role("button", name="Voir le rapport").click()
    expect(page.get_by_text("2\u00a0fiches à créer")).to_be_visible()
    page.get_by_role("button", name="Importer", exact=True).click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Import terminé")

    contenu = change(exporte(page, cle), "Former les pharmacies", "Former vingt pharmacies")
    donner(page, contenu, cle)
    page.get_by_role("button", name="Voir le rapport").click()
    expect(page.get_by_text("1\u00a0fiche à modifier")).to_be_visible()
    modifiees = page.locator("section[aria-labelledby=modifications]")
    expect(modifiees.locator("tbody tr")).to_have_count(1)
    expect(modifiees).to_contain_text("Former vingt pharmacies")
    expect(page.locator("section[aria-labelledby=creations]")).to_have_count(0)
