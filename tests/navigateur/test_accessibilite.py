"""Toute page, pour tout rôle, en large et sur téléphone : aucune faute d’axe, rien qui déborde."""

import re
from itertools import pairwise

import pytest

from tests.navigateur.gestes import deborde, formes_de, titres, violations
from tests.navigateur.pages import adresse, lecteurs, visites

TITRE = re.compile(r"<title>(.*?)</title>", re.DOTALL)


@pytest.mark.parametrize("route", sorted({route for _, route in visites()}))
def test_une_page_est_lisible_par_tous(route, visiter, cle):
    """Chaque personnage qui lit la page ; axe ne revient que là où elle est faite autrement."""
    fautes: list[str] = []
    connues: set[str] = set()
    for personnage in lecteurs(route):
        page = visiter(personnage, adresse(route, cle))
        fautes += [f"{personnage} : {faute}" for faute in fautes_de_titres(page)]
        if not (formes := formes_de(page)) <= connues:
            connues |= formes
            fautes += [f"{personnage}, {faute}" for faute in fautes_en_deux_largeurs(page)]
    assert not fautes, "\n".join(["", *fautes])


def fautes_en_deux_largeurs(page) -> list[str]:
    fautes = [f"1280 : {f}" for f in violations(page)]
    page.set_viewport_size({"width": 360, "height": 800})
    fautes += [f"360 : {f}" for f in violations(page)]
    for largeur in (360, 320):
        page.set_viewport_size({"width": largeur, "height": 800})
        if trop := deborde(page):
            fautes.append(f"{largeur} px : la page déborde ({trop})")
    return fautes


def test_une_faute_plantee_est_vue(ouvrir):
    """Sans quoi « aucune faute » voudrait dire « rien n’a été cherché »."""
    page = ouvrir()
    page.evaluate(
        """() => {
          const image = document.body.appendChild(document.createElement("img"));
          image.src = "data:image/gif;base64,R0lGODlhAQABAAAAACw=";
          const ligne = document.body.appendChild(document.createElement("p"));
          ligne.textContent = "w".repeat(900);
        }"""
    )
    assert any(faute.startswith("image-alt") for faute in violations(page))
    assert deborde(page)


def fautes_de_titres(page) -> list[str]:
    """Un seul h1, repris par le titre de l’onglet, et aucun niveau sauté."""
    lus = titres(page)
    grands = [texte for niveau, texte in lus if niveau == 1]
    fautes = [] if len(grands) == 1 else [f"titres h1 : {grands}"]
    onglet = " ".join(page.title().split())
    if grands and grands[0] not in onglet:
        fautes.append(f"l’onglet « {onglet} » ne reprend pas « {grands[0]} »")
    niveaux = [niveau for niveau, _ in lus]
    sauts = [b for a, b in pairwise(niveaux) if b > a + 1]
    return fautes + [f"niveau h{n} après un saut" for n in sauts]


@pytest.mark.parametrize(
    ("personnage", "chemin"),
    [
        ("anonyme", "/n-existe-pas/"),
        ("coordinatrice", "/espace/contrats/00000000-0000-4000-8000-000000000000/"),
    ],
)
def test_une_page_d_erreur_est_lisible_par_tous(personnage, chemin, ouvrir):
    page = ouvrir(personnage, chemin)
    assert not violations(page) + fautes_de_titres(page)
    assert page.get_by_role("link").count()


def test_un_refus_dit_pourquoi_et_reste_lisible(ouvrir, cle):
    page = ouvrir("lectrice", adresse("contrats:modifier", cle))
    assert "Votre rôle ne permet pas" in page.locator("main").inner_text()
    assert not violations(page) + fautes_de_titres(page)


def test_deux_pages_n_ont_pas_le_meme_titre_d_onglet(fenetres, cle):
    routes = [route for personnage, route in visites() if personnage == "coordinatrice"]
    par_titre: dict[str, set[str]] = {}
    for route in routes:
        lue = fenetres("coordinatrice").request.get(adresse(route, cle)).text()
        par_titre.setdefault(TITRE.findall(lue)[0], set()).add(route)
    doubles = {titre: routes for titre, routes in par_titre.items() if len(routes) > 1}
    assert not doubles
