"""Charger un zonage et étudier une liste de contrats, par de vraies pages."""

from playwright.sync_api import Page, expect

from tests.navigateur.gestes import deborde, violations

ENTETE_CLS = (
    "code_cls;nom;region;porteur_siren;codes_insee;date_signature;debut;fin;generation;phase"
)


def zonage() -> bytes:
    """Trois lignes fausses sur cent."""
    lignes = [f"DEMO-{n};Secteur d’essai {n};29232" for n in range(97)]
    lignes += ["DEMO-97;Faux;29999", "DEMO-98;Faux;Quimper", "DEMO-99;Faux;"]
    return "\n".join(["code_zone;nom_zone;code_commune", *lignes]).encode()


def liste() -> bytes:
    lignes = [
        f"ARS-{n:02d};Contrat d’essai {n};53;;29232 29020;22/01/2024;01/01/2024;31/12/2028;1;en cours"
        for n in range(60)
    ]
    lignes += ["ARS-60;Essai faux;53;;29999;hier;;;zéro;fini ?"]
    return "\n".join([ENTETE_CLS, *lignes]).encode()


def donner(page: Page, contenu: bytes, rapport: str) -> None:
    page.get_by_label("Fichier", exact=True).set_input_files(
        {"name": "donnees.csv", "mimeType": "text/csv", "buffer": contenu}
    )
    page.get_by_role("button", name="Lire ce fichier").click()
    expect(page.get_by_role("heading", level=1)).to_have_text(rapport)


def exiger_lisible(page: Page) -> None:
    for largeur in (1280, 360):
        page.set_viewport_size({"width": largeur, "height": 800})
        assert not violations(page)
        assert not deborde(page)


def test_sans_javascript_un_zonage_se_charge_en_choisissant_ses_lignes_justes_puis_se_retire(
    ouvrir,
):
    page = ouvrir("agent_ars", "/espace/donnees/", javascript=False)
    page.get_by_role("link", name="Charger un zonage").click()
    page.get_by_label("Zonage").select_option(label="Quartiers prioritaires de la ville")
    page.get_by_label("Millésime").fill("Essai")
    page.get_by_label("En vigueur depuis").fill("2024-01-01")
    page.get_by_label("Source").fill("Essai, zones inventées")
    donner(page, zonage(), "Rapport de chargement")
    expect(page.get_by_text("3\u00a0lignes refusées")).to_be_visible()
    expect(page.get_by_text("97\u00a0lignes reprises")).to_be_visible()
    page.get_by_role("button", name="Importer les lignes justes").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Données chargées")
    page.get_by_role("link", name="Voir les données").click()
    page.get_by_role("link", name="Retirer Quartiers prioritaires de la ville Essai").click()
    page.get_by_role("button", name="Retirer ce millésime").click()
    expect(page.locator(".avis")).to_contain_text("est retiré")


def test_le_rapport_d_une_liste_se_lit_par_tous(ouvrir):
    page = ouvrir("agent_ars", "/espace/")
    page.get_by_role("link", name="Importer des CLS").click()
    donner(page, liste(), "Rapport d’import des contrats")
    expect(page.get_by_text("60\u00a0contrats à créer")).to_be_visible()
    exiger_lisible(page)


def test_le_rapport_d_un_indicateur_se_lit_par_tous(ouvrir):
    page = ouvrir("agent_ars", "/espace/donnees/")
    page.get_by_role("link", name="Charger des données").click()
    page.get_by_label("Indicateur").select_option(value="C04")
    page.get_by_label("Niveau").select_option(value="commune")
    page.get_by_label("Année décrite").select_option(label="2021")
    page.get_by_label("Source").fill("Essai, chiffres inventés")
    donner(page, b"code;valeur\n29232;12\n29020;s\n29051;120\n", "Rapport de chargement")
    expect(page.get_by_text("1\u00a0ligne refusée")).to_be_visible()
    exiger_lisible(page)
