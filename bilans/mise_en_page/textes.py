"""Les textes d’auteur : lettre d’ouverture, difficultés, parole aux habitants, suites."""

import re
from dataclasses import dataclass, replace

from bilans.instantane import Texte
from bilans.mise_en_page.mesures import lignes
from bilans.mise_en_page.mots_ecrits import Explicateur, majuscule, typo
from bilans.textes import Bloc, Morceau, Paragraphe, blocs

HAUTEUR_OUVERTURE = 248.0
# Sans lettre, le bandeau du sommaire laisse la place à deux colonnes de quatorze lignes
ENTREES_AEREES = 28
_AU_FEMININ = re.compile(
    r"\b(la|élue|mme|madame|présidente|vice-présidente|adjointe|conseillère|députée)\b", re.I
)


@dataclass(frozen=True, slots=True)
class VueTexte:
    """`en_colonnes` : deux ou trois points titrés côte à côte. `dialogues` : paires
    (« vous avez dit », « nous avons fait ») qui font un tableau, après `introduction`."""

    blocs: tuple[Bloc, ...]
    signature: str
    en_colonnes: bool
    introduction: tuple[Bloc, ...]
    dialogues: tuple[tuple[Paragraphe, Paragraphe], ...]


@dataclass(frozen=True, slots=True)
class Ouverture:
    """Comment tiennent la lettre et le sommaire : taille de la lettre, sommaire resserré, ou rejeté
    à la page suivante."""

    lettre: str
    serre: bool
    saut: bool

    @property
    def avec_portrait(self) -> bool:
        return self.lettre != "entiere"


def vue(
    texte: Texte | None, sigles: Explicateur, *, en_majuscules: bool = False
) -> VueTexte | None:
    """None sans texte : la section disparaît. `en_majuscules` : chaque point commence une ligne."""
    if texte is None or not texte.texte.strip():
        return None
    prets = lire(texte.texte, sigles)
    points = [bloc for bloc in prets if bloc.est_point and bloc.etiquette]
    en_colonnes = 2 <= len(points) <= 3 and len(points) == len(prets)
    if en_colonnes or en_majuscules:
        prets = tuple(_en_majuscule(bloc) for bloc in prets)
    dialogues = tuple(_dialogue(bloc) for bloc in prets if bloc.est_point)
    complet = bool(dialogues) and all(dialogues)
    return VueTexte(
        blocs=prets,
        signature=typo(texte.signature),
        en_colonnes=en_colonnes,
        introduction=tuple(bloc for bloc in prets if not bloc.est_point),
        dialogues=tuple(paire for paire in dialogues if paire) if complet else (),
    )


def lire(texte: str, sigles: Explicateur) -> tuple[Bloc, ...]:
    """Les blocs d’un texte, prêts à imprimer : gras, italiques et liens gardés."""
    return tuple(bloc.reecrit(sigles.typo, typo) for bloc in blocs(texte))


def _en_majuscule(bloc: Bloc) -> Bloc:
    if not bloc.paragraphes:
        return bloc
    premier, *suite = bloc.paragraphes
    return replace(bloc, paragraphes=(_phrase(premier), *suite))


def _phrase(paragraphe: Paragraphe) -> Paragraphe:
    """Le même, sa première lettre en capitale."""
    if paragraphe.gras or not paragraphe.morceaux:
        return paragraphe
    premier, *suite = paragraphe.morceaux
    entier: tuple[Morceau, ...] = (replace(premier, texte=majuscule(premier.texte)), *suite)
    return Paragraphe("", majuscule(paragraphe.texte), entier)


def _dialogue(bloc: Bloc) -> tuple[Paragraphe, Paragraphe] | None:
    """« Vous avez dit : … » suivi de « Nous avons fait : … »."""
    if not bloc.etiquette.startswith("Vous") or len(bloc.paragraphes) != 2:
        return None
    dit, fait = bloc.paragraphes
    if not fait.gras.startswith("Nous"):
        return None
    return _phrase(dit), _phrase(replace(fait, gras=""))


def titre_edito(texte: Texte | None) -> str:
    feminin = texte is not None and _AU_FEMININ.search(texte.signature)
    return "Le mot de l’élue" if feminin else "Le mot de l’élu"


def ouvrir(edito: VueTexte | None, entrees: list[str]) -> Ouverture:
    """La plus grande lettre qui laisse le sommaire sur sa page, sinon la plus grande seule."""
    if edito is None:
        return Ouverture(lettre="", serre=len(entrees) > ENTREES_AEREES, saut=False)
    ecrites = sum(lignes(entree, 11, 73) for entree in entrees)
    hautes = {
        lettre: 17 + _hauteur_lettre(edito, taille, place)
        for lettre, taille, place in (("", 13, 112), ("longue", 11, 112), ("entiere", 11, 172))
    }
    for lettre, haute in hautes.items():
        hauteur = haute + 22
        for serre in (False, True):
            rangs = (len(entrees) + 1) // 2
            sommaire = rangs * (2.8 if serre else 4.8) + 5.5 * (ecrites / 2 + 0.5)
            if hauteur + sommaire <= HAUTEUR_OUVERTURE:
                return Ouverture(lettre, serre, saut=False)
    seule = next((n for n, haute in hautes.items() if haute <= HAUTEUR_OUVERTURE), "entiere")
    return Ouverture(seule, serre=False, saut=True)


def hauteur(blocs_prets: tuple[Bloc, ...], largeur: float) -> float:
    """Millimètres pris par un texte courant dans cette largeur (mm)."""
    pris = 0.0
    for bloc in blocs_prets:
        for paragraphe in bloc.paragraphes:
            entier = f"{bloc.etiquette} {paragraphe.gras} {paragraphe.texte}"
            pris += 3 + 5.5 * lignes(entier, 11, largeur)
    return pris


def hauteur_de_la_vue(ecrite: VueTexte | None) -> float:
    """Millimètres d’un texte tel qu’il se pose : en colonnes, en tableau ou à la suite."""
    if ecrite is None:
        return 0.0
    if ecrite.en_colonnes:
        place = 84 if len(ecrite.blocs) == 2 else 54
        return max(6 + hauteur((bloc,), place - 2) for bloc in ecrite.blocs)
    if ecrite.dialogues:
        paires = (
            5 + 5.5 * max(lignes(dit.texte, 11, 70, 700), lignes(fait.texte, 11, 86))
            for dit, fait in ecrite.dialogues
        )
        return hauteur(ecrite.introduction, 172) + 13 + sum(paires)
    return hauteur(ecrite.blocs, 172)


def _hauteur_lettre(edito: VueTexte, taille: int, place: int) -> float:
    """Hauteur estimée (mm) ; jamais moins que le portrait et sa légende."""
    textes = [p.texte for bloc in edito.blocs for p in bloc.paragraphes]
    interligne = (20 if taille == 13 else 16.5) * 25.4 / 72
    corps = sum(4 + interligne * lignes(texte, taille, place) for texte in textes[1:])
    chapeau = lignes(textes[0], 14.5, place, 700) if textes else 0
    return max(corps + 7.1 * chapeau + 4, 82)
