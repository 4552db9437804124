"""Une carte se lit au clavier seul, sur un téléphone, et sans JavaScript."""

from tests.navigateur.gestes import deborde

REGION = "/espace/couverture/regions/53/"
DEPARTEMENT = "/espace/couverture/departements/29/"
NOM_ACTIF = "document.activeElement.querySelector('title')?.textContent ?? ''"


def noms(page) -> list[str]:
    """Les territoires, dans l’ordre du document : celui où on lit la carte."""
    return page.locator("svg.g-carte a > title").all_text_contents()


def entrer_dans_la_carte(page) -> None:
    page.get_by_role("link", name="Passer la carte").focus()
    page.keyboard.press("Tab")


def test_la_touche_tabulation_suit_la_carte_dans_l_ordre_ou_on_la_lit(ouvrir):
    page = ouvrir("agent_ars", REGION)
    attendus = noms(page)
    assert attendus
    entrer_dans_la_carte(page)
    for nom in attendus:
        assert page.evaluate(NOM_ACTIF) == nom
        assert page.locator("[data-cls-lecture]").inner_text() == nom
        assert page.locator(".g-cerne.au-clavier path").count() == 2
        page.keyboard.press("Tab")
    assert page.evaluate(NOM_ACTIF) == ""
    assert not page.locator(".g-cerne").count()


def test_entree_mene_un_niveau_plus_bas_jusqu_a_l_explication_d_une_commune(ouvrir):
    page = ouvrir("agent_ars", "/espace/couverture/")
    for etape in ("departements/", "communes/"):
        entrer_dans_la_carte(page)
        page.keyboard.press("Enter")
        page.wait_for_url(f"**/espace/couverture/{etape}*/")


def test_qui_veut_passer_la_carte_la_passe(ouvrir):
    page = ouvrir("agent_ars", REGION)
    lien = page.get_by_role("link", name="Passer la carte")
    lien.focus()
    assert lien.bounding_box()["width"] > 50
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    assert page.evaluate("!document.activeElement.closest('svg, .passer')")


def test_la_souris_lit_le_territoire_qu_elle_survole(ouvrir):
    page = ouvrir("agent_ars", DEPARTEMENT)
    quimper = page.locator("svg.g-carte a", has=page.locator("title", has_text="Quimper"))
    quimper.first.locator("path").hover()
    assert page.locator("[data-cls-lecture]").inner_text().startswith("Quimper")
    page.mouse.move(0, 0)
    assert "Survolez" in page.locator("[data-cls-lecture]").inner_text()


def test_sur_un_telephone_les_noms_mineurs_s_effacent_et_rien_ne_deborde(ouvrir):
    page = ouvrir("agent_ars", DEPARTEMENT, largeur=360)
    visibles = [n for n in page.locator("svg.g-carte .g-ville-mineure").all() if n.is_visible()]
    assert not visibles
    assert not deborde(page)


def test_en_grand_aucun_nom_de_ville_n_en_recouvre_un_autre(ouvrir):
    page = ouvrir("agent_ars", DEPARTEMENT)
    boites = [n.bounding_box() for n in page.locator("svg.g-carte text[class^=g-ville]").all()]
    assert boites
    for rang, a in enumerate(boites):
        for b in boites[rang + 1 :]:
            separes = (
                a["x"] + a["width"] <= b["x"]
                or b["x"] + b["width"] <= a["x"]
                or a["y"] + a["height"] * 0.8 <= b["y"]
                or b["y"] + b["height"] * 0.8 <= a["y"]
            )
            assert separes


def test_sans_javascript_le_territoire_choisi_s_eclaircit(ouvrir):
    page = ouvrir("agent_ars", REGION, javascript=False)
    page.locator("a.passer").focus()
    page.keyboard.press("Tab")
    style = page.locator("svg.g-carte a:focus-visible path").evaluate(
        "e => [getComputedStyle(e).fill, parseFloat(getComputedStyle(e).strokeWidth)]"
    )
    assert style == ["rgb(255, 255, 255)", 4]
