"""Les parties d’un bilan sur une page : chacune son titre, son ancre, son gabarit, son contenu."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

from bilans.instantane import Instantane
from bilans.lecture_publique import VoletPublic, volets_publics
from bilans.page_web import argent, avancement, carte, comprendre, indicateurs, textes
from bilans.page_web.photos import Adresser, photo
from bilans.page_web.sigles import sigles_expliques
from cls_platform.socle.typographie import typographier

Lecture = Callable[[Instantane, Adresser], Any]


@dataclass(frozen=True, slots=True)
class Partie:
    """`contenu` : ce que montre `gabarit`, propre à chaque code."""

    code: str
    titre: str
    ancre: str
    gabarit: str
    contenu: Any


def parties(page: Instantane, adresser: Adresser) -> tuple[Partie, ...]:
    """Dans l’ordre du bilan, les sigles développés ; une partie sans rien à dire n’y est pas."""
    return tuple(_lire(sigles_expliques(page), adresser))


def _lire(page: Instantane, adresser: Adresser) -> Iterator[Partie]:
    for code in dict.fromkeys(page.sections):
        if code not in LECTEURS:
            continue
        titre, ancre, gabarit, lire = LECTEURS[code]
        contenu = lire(page, adresser)
        if contenu:
            yield Partie(code, typographier(titre), ancre, gabarit, contenu)


def entrees(lues: tuple[Partie, ...]) -> tuple[tuple[str, str], ...]:
    """Le sommaire : (ancre, titre) ; les volets y sont un par un."""
    lignes: list[tuple[str, str]] = []
    for partie in lues:
        if partie.code == "VOLETS":
            lignes += [(volet.vue.ancre, volet.vue.titre) for volet in partie.contenu]
        else:
            lignes.append((partie.ancre, partie.titre))
    return tuple(lignes)


@dataclass(frozen=True, slots=True)
class VoletWeb:
    """Un volet et, au-delà de ce que montre la page du contrat, son texte, sa photo, sa parole."""

    vue: VoletPublic
    texte: Any
    photo: Any
    parole: str
    auteur: str


def _volets(page: Instantane, adresser: Adresser) -> tuple[VoletWeb, ...]:
    return tuple(
        VoletWeb(
            vue=vue,
            texte=textes.blocs_de(volet.texte),
            photo=photo(volet.photo, adresser),
            parole=typographier(volet.citation.texte) if volet.citation else "",
            auteur=typographier(volet.citation.auteur) if volet.citation else "",
        )
        for volet, vue in zip(page.volets, volets_publics(page), strict=True)
    )


def _texte(champ: str) -> Lecture:
    return lambda page, adresser: textes.lettre(getattr(page.textes, champ), adresser)


LETTRE = "bilans/public/parties/lettre.html"
# Code : titre, ancre, gabarit, lecture
LECTEURS: dict[str, tuple[str, str, str, Lecture]] = {
    "EDITO": ("Le mot de l’élu ou de l’élue", "edito", LETTRE, _texte("edito")),
    "COMPRENDRE": (
        "Un contrat local de santé, c’est quoi ?",
        "quoi",
        "bilans/public/parties/quoi.html",
        comprendre.lire,
    ),
    "CHIFFRES_CLES": (
        "L’année en chiffres",
        "chiffres",
        "bilans/public/parties/chiffres.html",
        lambda page, _: page.chiffres,
    ),
    "CARTE": ("Notre territoire", "carte", "bilans/public/parties/carte.html", carte.lire),
    "AVANCEMENT": (
        "Où en sont les actions ?",
        "avancement",
        "bilans/public/parties/avancement.html",
        avancement.lire,
    ),
    "VOLETS": ("Volet par volet", "volets", "bilans/public/parties/volets.html", _volets),
    "ZOOM": ("Zoom sur une action", "zoom", LETTRE, _texte("zoom")),
    "INDICATEURS": (
        "Tous les chiffres, année par année",
        "indicateurs",
        "bilans/public/parties/indicateurs.html",
        indicateurs.lire,
    ),
    "DIFFICULTES": (
        "Ce qui a été plus difficile",
        "difficultes",
        "bilans/public/parties/difficile.html",
        textes.difficile,
    ),
    "BUDGET": (
        "Qui finance quoi ?",
        "budget",
        "bilans/public/parties/argent.html",
        argent.lire,
    ),
    "PARTICIPATION": (
        "La parole aux habitants",
        "participation",
        "bilans/public/parties/parole.html",
        textes.parole,
    ),
    "PERSPECTIVES": (
        "Et l’année prochaine ?",
        "perspectives",
        "bilans/public/parties/suite.html",
        textes.suite,
    ),
    "PARTENAIRES": (
        "Les partenaires",
        "qui",
        "bilans/public/parties/partenaires.html",
        comprendre.partenaires,
    ),
    "GLOSSAIRE": (
        "Les mots à connaître",
        "mots",
        "bilans/public/parties/mots.html",
        lambda page, _: page.mots,
    ),
    "CONTACT": (
        "Nous contacter",
        "contact",
        "bilans/public/parties/contact.html",
        lambda page, _: page.contact,
    ),
}
