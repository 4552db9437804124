"""Les onglets à droite de l’éditeur : la matière, le langage, les commentaires, l’aperçu.

Chacun est un lien ; son contenu vient d’une autre adresse, en place, ou s’ouvre en page entière.
"""

from typing import Any

from django.http import HttpRequest
from django.urls import reverse

from bilans.ecriture.parties import Partie
from bilans.views.ecrire.portes import adresse_si
from cls_platform.socle.navigation import Entree

APERCU, PAGES = "apercu", "pages"
COTES = {
    "matiere": ("Matière", "bilans:matiere"),
    "langage": ("Langage", "bilans:langage_section"),
    "commentaires": ("Commentaires", "bilans:commentaires_section"),
}


def cotes(request: HttpRequest, partie: Partie) -> dict[str, Any]:
    """L’onglet demandé (`?cote=`) ; à défaut la matière, ou l’aperçu si la partie se fait seule."""
    cles = (partie.bilan.pk, partie.code)
    servies = {nom: adresse_si(route, *cles) for nom, (_, route) in COTES.items()}
    servies = {nom: adresse for nom, adresse in servies.items() if adresse}
    servies[APERCU] = reverse("bilans:ecrire_apercu", args=cles)
    demande = request.GET.get("cote", "")
    premier = next(iter(servies)) if partie.s_ecrit else APERCU
    ouvert = demande if demande in servies else premier
    libelles = {nom: libelle for nom, (libelle, _) in COTES.items()} | {APERCU: "Aperçu"}
    onglets = [
        Entree(libelles[nom], f"{partie.adresse}?cote={nom}", est_courante=nom == ouvert)
        for nom in servies
    ]
    return {
        **_vues(request, partie),
        "cote": ouvert,
        "cote_nom": libelles[ouvert],
        "cote_adresse": servies[ouvert],
        "cotes": onglets,
    }


def _vues(request: HttpRequest, partie: Partie) -> dict[str, Any]:
    """L’aperçu à l’écran, lisible par tous, ou les pages imprimées (`?vue=pages`)."""
    en_pages = request.GET.get("vue") == PAGES
    adresse = f"{partie.adresse}?cote={APERCU}"
    return {
        "en_pages": en_pages,
        "pages_adresse": reverse("bilans:ecrire_pages", args=[partie.bilan.pk, partie.code]),
        "vues_apercu": [
            Entree("Page à l’écran", adresse, est_courante=not en_pages),
            Entree("Pages imprimées", f"{adresse}&vue={PAGES}", est_courante=en_pages),
        ],
    }
