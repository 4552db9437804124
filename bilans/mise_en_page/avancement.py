"""« Où en sont les actions ? » : phrase, barre, tableau d’un carré par action, mots expliqués."""

import math
from dataclasses import dataclass, replace

from bilans import palette
from bilans.etats_publics import MOTS, EtatPublic
from bilans.instantane import Instantane
from bilans.mise_en_page import hauteurs
from bilans.mise_en_page.deux_colonnes import en_deux
from bilans.mise_en_page.mesures import MM, POINT, lignes, tenir
from bilans.mise_en_page.mots_ecrits import compter, en_lettres, enumerer, majuscule, typo
from cls_platform.socle.svg import empilee, metriques
from cls_platform.socle.svg.empilee import Empilee, Part, Rangee
from cls_platform.socle.typographie import INSECABLE

MAXIMUM_CARRES = 6
TITRE_DE_COLONNE = 18
LARGEUR_DU_TITRE = 52
NOMBRE, CARRE = 6.0, 5.6
FRONTS = (MAXIMUM_CARRES, 4, 3, 2)
COLONNES_AVEC_TOTAL = 5


@dataclass(frozen=True, slots=True)
class Case:
    nombre: int
    carres: range
    etat: str


@dataclass(frozen=True, slots=True)
class Ligne:
    titre: str
    cases: tuple[Case, ...]
    total: int


@dataclass(frozen=True, slots=True)
class Colonne:
    """`front` : combien de carrés y tiennent côte à côte."""

    titre: str
    etat: str
    total: int
    largeur: float

    @property
    def front(self) -> int:
        return max(int((self.largeur - NOMBRE) / CARRE + 0.01), 0)


@dataclass(frozen=True, slots=True)
class Avancement:
    """`est_dense` : le tableau se resserre pour garder ses définitions sur la même page ; sans
    `avec_carres`, il n’a que des nombres et ses titres ont plus de place."""

    total: int
    phrase: str
    phrase_retard: str
    barre: str
    colonnes: tuple[Colonne, ...]
    lignes: tuple[Ligne, ...]
    definitions: tuple[list[tuple[str, str]], list[tuple[str, str]]]
    est_dense: bool = False
    avec_carres: bool = True

    @property
    def avec_total(self) -> bool:
        """Au-delà de cinq états, la colonne « Ensemble » laisse sa place."""
        return len(self.colonnes) <= COLONNES_AVEC_TOTAL

    @property
    def largeur_du_titre(self) -> float:
        """Millimètres de la première colonne : le reste des 174."""
        return 174 - sum(c.largeur for c in self.colonnes) - (18 if self.avec_total else 0)


def avancement(instantane: Instantane) -> Avancement:
    comptes = instantane.comptes
    presents = [etat for etat in EtatPublic if comptes[etat]]
    total = len(instantane.actions)
    colonnes = _colonnes(instantane, presents)
    vue = Avancement(
        total=total,
        phrase=_phrase(total, comptes),
        phrase_retard=_phrase_retard(comptes[EtatPublic.EN_RETARD]),
        barre=_barre(instantane, comptes) if total else "",
        colonnes=colonnes,
        lignes=tuple(
            Ligne(typo(volet.titre), tuple(_case(e, volet.comptes[e]) for e in presents),
                  len(volet.actions))
            for volet in instantane.volets
            if volet.actions
        ),
        definitions=_definitions(presents),
    )  # fmt: skip
    return _tenir_sur_la_page(vue, _colonnes(instantane, presents, (0,)))


def _tenir_sur_la_page(vue: Avancement, en_nombres: tuple[Colonne, ...]) -> Avancement:
    """D’abord un corps réduit, puis des nombres seuls, puis des noms sur une ligne."""
    dense = replace(vue, est_dense=True)
    sans = tuple(replace(x, cases=tuple(map(_sans_carre, x.cases))) for x in vue.lignes)
    nombres = replace(dense, avec_carres=False, colonnes=en_nombres, lignes=sans)
    for essai in (vue, dense, nombres):
        if _hauteur(essai) <= hauteurs.PAGE:
            return essai
    place = nombres.largeur_du_titre - 12
    courtes = (replace(x, titre=tenir(x.titre, 10, place, 1)) for x in sans)
    return replace(nombres, lignes=tuple(courtes))


def _sans_carre(case: Case) -> Case:
    return replace(case, carres=range(0))


def _hauteur(vue: Avancement) -> float:
    """Millimètres de la page, estimés un peu haut."""
    corps, ligne, blanc = (10, 4.7, 2.6) if vue.est_dense else (11, 5.4, 4.6)
    rangees = sum(blanc + max(ligne * lignes(x.titre, corps, vue.largeur_du_titre - 2),
                              *(_rangees(vue, x) or (0,))) for x in vue.lignes)  # fmt: skip
    du_mot, apres, place = (4.5, 1.5, 9.5) if vue.est_dense else (5.5, 3.0, 11)
    mots = max(
        sum(apres + du_mot * lignes(f"{mot} : {dit}", place, 82) for mot, dit in colonne)
        for colonne in vue.definitions
    )
    phrase = f"{vue.phrase} {vue.phrase_retard} : nous en parlons plus loin (page 99)."
    haut = 24 + 7.1 * lignes(phrase, 14.5, 172) + hauteurs.du_dessin(vue.barre)
    return haut + (35 if vue.est_dense else 40) + rangees + ligne + blanc + 20 + mots


def _rangees(vue: Avancement, ligne: Ligne) -> list[float]:
    """Ce que prennent les carrés de chaque case."""
    return [
        5.5 * math.ceil(len(case.carres) / max(colonne.front, 1))
        for case, colonne in zip(ligne.cases, vue.colonnes, strict=True)
    ]


def _definitions(
    etats: list[EtatPublic],
) -> tuple[list[tuple[str, str]], list[tuple[str, str]]]:
    paires = [(MOTS[etat].singulier, typo(MOTS[etat].definition)) for etat in etats]
    blocs = en_deux(paires, lambda paire: 1 + len(paire[1]) // 44)
    return blocs[0] if blocs else ([], [])


def _case(etat: EtatPublic, nombre: int) -> Case:
    """Au-delà de six, le nombre seul : des carrés trop nombreux ne se comptent plus."""
    return Case(nombre, range(nombre if nombre <= MAXIMUM_CARRES else 0), etat.value)


def _colonnes(
    instantane: Instantane, etats: list[EtatPublic], fronts: tuple[int, ...] = FRONTS
) -> tuple[Colonne, ...]:
    """Six carrés de front si la page le permet, sinon moins."""
    total = 18 if len(etats) <= COLONNES_AVEC_TOTAL else 0
    for front in fronts:
        colonnes = tuple(_colonne(instantane, etat, front) for etat in etats)
        if sum(c.largeur for c in colonnes) + total <= 174 - LARGEUR_DU_TITRE:
            break
    return colonnes


def _colonne(instantane: Instantane, etat: EtatPublic, front: int) -> Colonne:
    """Assez large pour son titre, sur deux lignes s’il est long, et pour ses carrés."""
    titre = MOTS[etat].pluriel
    lignes = metriques.couper(titre, 9 * POINT, TITRE_DE_COLONNE * MM)
    mot = max(metriques.largeur(ligne, 9 * POINT) for ligne in lignes) / MM
    nombres = [volet.comptes[etat] for volet in instantane.volets]
    carres = max((n for n in nombres if n <= MAXIMUM_CARRES), default=0)
    rangee = NOMBRE + CARRE * min(carres, front)
    return Colonne(titre, etat.value, sum(nombres), max(mot + 3.2, rangee))


def _phrase(total: int, comptes: dict[EtatPublic, int]) -> str:
    """« Sur 24 actions, 5 sont terminées et 10 sont en cours. »"""
    faits = [
        f"{comptes[etat]}{INSECABLE}{'sont' if comptes[etat] > 1 else 'est'} {_mot(etat, comptes)}"
        for etat in (EtatPublic.TERMINEE, EtatPublic.EN_COURS)
        if comptes[etat]
    ]
    if not total:
        return ""
    if total == 1:
        (etat,) = (e for e in comptes if comptes[e])
        return f"Le contrat compte une action. Son état : {_mot(etat, comptes)}."
    if not faits:
        return f"Le contrat compte {compter(total, 'action')}. Aucune n’a encore commencé."
    return f"Sur {compter(total, 'action')}, {enumerer(faits)}."


def _mot(etat: EtatPublic, comptes: dict[EtatPublic, int]) -> str:
    mots = MOTS[etat]
    return (mots.pluriel if comptes[etat] > 1 else mots.singulier).lower()


def _phrase_retard(nombre: int) -> str:
    if not nombre:
        return ""
    verbe = "ont" if nombre > 1 else "a"
    return f"{majuscule(en_lettres(nombre, feminin=True))} {verbe} pris du retard"


def _barre(instantane: Instantane, comptes: dict[EtatPublic, int]) -> str:
    rangees = [_rangee(str(instantane.annee), comptes)]
    precedent = instantane.precedent
    if precedent and any(precedent.comptes.values()):
        rangees.append(_rangee(str(precedent.annee), precedent.comptes))
    return empilee.dessiner(
        Empilee(
            titre=f"Barre des {compter(sum(comptes.values()), 'action')} du contrat",
            description=" ".join(_dire(rangee) for rangee in rangees),
            rangees=tuple(rangees),
        ),
        palette.avancement(),
    )


def _rangee(nom: str, comptes: dict[EtatPublic, int]) -> Rangee:
    parts = [
        Part(role=etat.value, nom=_mot(etat, comptes), valeur=comptes[etat]) for etat in EtatPublic
    ]
    return Rangee(nom=nom, parts=tuple(parts))


def _dire(rangee: Rangee) -> str:
    dites = [f"{part.valeur}{INSECABLE}{part.nom}" for part in rangee.parts if part.valeur]
    return f"En {rangee.nom}{INSECABLE}: {enumerer(dites)}."
