"""Les parties du bilan, dans l’ordre voulu : chacune sa page, ou à la suite de la précédente."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

from bilans.instantane import Instantane
from bilans.mise_en_page.mots_ecrits import typo
from cls_platform.socle.erreurs import ErreurMetier

Entree = tuple[str, str]


class SectionImpossible(ErreurMetier):
    """Le document ne peut pas se faire ; `section` dit où est ce qui l’en empêche."""

    code = "section_impossible"

    def __init__(self, section: str) -> None:
        super().__init__(
            typo(
                f"La section « {section} » n’a pas pu être mise en page. Relisez ses textes et ses "
                "images, puis redemandez le document."
            )
        )
        self.section = section


@contextmanager
def section(titre: str) -> Iterator[None]:
    """Ce qui échoue ici est dit avec le nom de la section."""
    try:
        yield
    except SectionImpossible:
        raise
    except Exception as erreur:
        raise SectionImpossible(titre) from erreur


@dataclass(frozen=True, slots=True)
class Partie:
    """`vues` : les clés du contexte dont une suffit à la faire paraître. `coule` : à la suite de
    la précédente, sinon sur sa page."""

    code: str
    titre: str
    gabarit: str
    ancre: str
    vues: tuple[str, ...] = ()
    coule: bool = False

    def est_presente(self, contexte: Mapping[str, Any]) -> bool:
        return not self.vues or any(contexte[nom] for nom in self.vues)


@dataclass(frozen=True, slots=True)
class Groupe:
    """Des parties qui partagent leurs pages ; sans `classe`, la partie pose elle-même sa page."""

    classe: str
    parties: tuple[Partie, ...]
    avec_contact: bool = False


CATALOGUE = {
    partie.code: partie
    for partie in (
        Partie("EDITO", "Le mot de l’élu", "bilans/pdf/_mot.html", "mot", ("edito",)),
        Partie(
            "COMPRENDRE", "Un contrat local de santé, c’est quoi ?", "bilans/pdf/_quoi.html", "quoi"
        ),
        Partie(
            "CHIFFRES_CLES",
            "L’année en chiffres",
            "bilans/pdf/_chiffres.html",
            "chiffres",
            ("chiffres",),
        ),
        Partie(
            "CARTE",
            "Notre territoire",
            "bilans/pdf/_territoire.html",
            "territoire",
            ("territoire",),
        ),
        Partie(
            "AVANCEMENT",
            "Où en sont les actions ?",
            "bilans/pdf/_avancement.html",
            "actions",
            ("nombre_d_actions",),
        ),
        Partie("VOLETS", "Les volets", "bilans/pdf/_volets.html", "", ("volets",)),
        Partie("ZOOM", "Zoom sur une action", "bilans/pdf/_zoom.html", "zoom", ("zoom",)),
        Partie(
            "DIFFICULTES",
            "Ce qui a été plus difficile",
            "bilans/pdf/_difficile.html",
            "difficile",
            ("difficultes", "nombre_de_retards"),
            coule=True,
        ),
        Partie(
            "BUDGET",
            "Qui finance quoi ?",
            "bilans/pdf/_argent.html",
            "argent",
            ("argent", "budget"),
            coule=True,
        ),
        Partie(
            "PARTICIPATION",
            "La parole aux habitants",
            "bilans/pdf/_parole.html",
            "parole",
            ("participation", "rencontres", "decisions"),
            coule=True,
        ),
        Partie(
            "PERSPECTIVES",
            "Et l’année prochaine ?",
            "bilans/pdf/_suite.html",
            "suite",
            ("perspectives", "annonces"),
            coule=True,
        ),
        Partie(
            "PARTENAIRES",
            "Les partenaires",
            "bilans/pdf/_partenaires.html",
            "partenaires",
            ("partenaires",),
            coule=True,
        ),
        Partie(
            "GLOSSAIRE",
            "Les mots à connaître",
            "bilans/pdf/_mots.html",
            "mots",
            ("mots",),
            coule=True,
        ),
    )
}
FIN = frozenset({"PARTENAIRES", "GLOSSAIRE"})


def ordonner(instantane: Instantane, contexte: Mapping[str, Any]) -> tuple[Partie, ...]:
    """Les parties voulues qui ont quelque chose à dire ; le contact est toujours la dernière."""
    voulues = (CATALOGUE[code] for code in dict.fromkeys(instantane.sections) if code in CATALOGUE)
    return tuple(partie for partie in voulues if partie.est_presente(contexte))


def grouper(
    parties: Iterable[Partie], *, fin: Sequence[Partie], fin_courte: bool
) -> tuple[Groupe, ...]:
    """Les parties qui coulent se suivent sur les mêmes pages ; `fin` recommence une page."""
    groupes: list[Groupe] = []
    suite: list[Partie] = []
    toutes = list(parties)
    for partie in toutes[: len(toutes) - len(fin)]:
        if partie.coule:
            suite.append(partie)
            continue
        groupes += [*_coulants(suite), Groupe("", (partie,))]
        suite = []
    groupes += _coulants(suite)
    if fin and fin_courte:
        groupes.append(Groupe("page dos", tuple(fin), avec_contact=True))
    else:
        groupes += _coulants(list(fin))
    return tuple(groupes)


def fin_de(parties: Sequence[Partie]) -> Sequence[Partie]:
    """Partenaires et mots, s’ils terminent le bilan."""
    rang = len(parties)
    while rang and parties[rang - 1].code in FIN:
        rang -= 1
    return parties[rang:]


def _coulants(parties: list[Partie]) -> list[Groupe]:
    return [Groupe("page", tuple(parties))] if parties else []


def une_par_une(vues: dict[str, Any]) -> Iterator[tuple[str, dict[str, Any]]]:
    """Le contexte réduit à chaque partie, pour trouver celle qui empêche le document."""
    seul = {"edito_en_tete": False, "sommaire": ((), ()), "fin_courte": False}
    yield "Couverture", {**vues, **seul, "groupes": ()}
    for partie in vues.get("parties", ()):
        yield partie.titre, {**vues, **seul, "groupes": (Groupe("page", (partie,)),)}
