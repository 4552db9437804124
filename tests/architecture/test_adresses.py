"""Les adresses : chacune a un nom, s’écrit en français et se termine comme les autres."""

import re

from tests.appuis.routes import routes
from tests.architecture.sources import liste

PAQUETS = ("account_", "mfa_", "admin:", "usersessions_", "socialaccount_")
KEBAB = re.compile(r"^[a-z0-9./-]*$")


def les_notres():
    """Celles que nous écrivons : ni allauth, ni l’administration de Django."""
    nos_chemins = (r for r in routes() if not r.chemin.startswith("administration/"))
    return [r for r in nos_chemins if not r.nom.startswith(PAQUETS)]


def test_chaque_adresse_a_un_nom():
    nos_chemins = [r for r in routes() if not r.chemin.startswith("administration/")]
    fautes = [r.chemin for r in nos_chemins if not r.nom]
    assert not fautes, liste(fautes)


def test_un_nom_designe_une_seule_page():
    """Deux chemins pour un nom, c’est un lien qui ne mène pas où l’on croit."""
    par_nom: dict[str, set[str]] = {}
    for r in les_notres():
        par_nom.setdefault(r.nom, set()).add(r.chemin)
    fautes = [f"{n} : {sorted(c)}" for n, c in par_nom.items() if len(c) > 1]
    assert not fautes, liste(fautes)


def test_les_adresses_sont_en_minuscules_et_traits_d_union():
    fautes = [
        r.chemin
        for r in les_notres()
        if not r.chemin.startswith("api/") and not KEBAB.match(re.sub(r"<[^>]+>", "x", r.chemin))
    ]
    assert not fautes, liste(fautes)


def test_une_page_finit_par_une_barre():
    donnees = (".csv", ".ics", ".json", ".xml", ".txt", ".webmanifest")
    fichiers = (".pdf", ".docx", ".css", ".svg", ".png", *donnees)
    # Le même contenu sous plusieurs formes : l’extension est choisie dans l’adresse
    au_choix = (".<slug:extension>",)
    sonde = ("sante/vivant", "sante/pret")
    # On la recopie d’un papier : pas une barre de trop
    a_recopier = ("b/<slug:code>",)
    fautes = [
        r.chemin
        for r in les_notres()
        # « inconnue » reçoit tout ce que l’API n’a pas : ce n’est pas une page
        if r.chemin
        and r.nom != "api:inconnue"
        and not r.chemin.endswith(("/", *fichiers, *au_choix, *sonde, *a_recopier))
    ]
    assert not fautes, liste(fautes)
