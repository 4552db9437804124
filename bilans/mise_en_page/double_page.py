"""Un volet sur sa double page : à gauche ce que l’on a fait, à droite ce que cela change.

Tout se décide d’après les hauteurs estimées : d’abord le corps ordinaire, puis le corps réduit et
les petits graphiques ; la première façon qui montre tout est gardée. Voir
`docs/decisions/0009-la-page-avant-le-rendu.md`.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from bilans.mise_en_page import hauteurs
from bilans.mise_en_page.couverture import BANDEAU_SANS_CARTE
from bilans.mise_en_page.deux_colonnes import partager
from bilans.mise_en_page.hauteurs import AEREE, PAGE, SERREE, Densite
from bilans.mise_en_page.mots_ecrits import typo
from bilans.mise_en_page.vues_volet import (
    VueAction,
    VueIndicateur,
    VueListe,
    VueVolet,
    ecrire_le_titre,
)

DOUBLE_PAGE = 2
# Une action par ligne se lit mieux que deux colonnes, tant qu’il y en a peu
UNE_PAR_LIGNE = 12
# En bas d’une page, une liste plus courte n’en vaut pas la peine
LISTE_MINIMUM = 4
# Une citation ou un numéro utile, seuls en haut d’une page
PRESQUE_VIDE = 80.0


@dataclass(slots=True)
class Curseur:
    """Où l’on en est sur les pages du volet ; un bloc qui ne tient pas passe à la suivante."""

    page: int = 1
    y: float = 0.0

    @property
    def reste(self) -> float:
        return PAGE - self.y

    def poser(self, hauteur: float) -> None:
        if self.y and hauteur > self.reste:
            self.tourner()
        self.y += hauteur

    def tourner(self) -> None:
        self.page, self.y = self.page + 1, 0.0


def composer(vue: VueVolet, limite: int = 0) -> VueVolet:
    """La première façon où rien ne manque, sinon celle où il manque le moins.

    `limite` : le nombre de pages à ne pas dépasser ; sans elle, toutes les actions paraissent.
    """
    if limite == 1 and not vue.photo:
        vue = _sans_image(vue)
    choisie = None
    for essai in _essais(vue, limite):
        if choisie is None or _manque(essai) < _manque(choisie):
            choisie = essai
        if not any(_manque(choisie)):
            break
    return choisie or vue


def _essais(vue: VueVolet, limite: int) -> Iterator[VueVolet]:
    for densite in (AEREE, SERREE):
        mesures = Mesures(vue, densite)
        for coupee in (False, True):
            yield _Essai(mesures, limite, coupee=coupee).volet()


def _sans_image(vue: VueVolet) -> VueVolet:
    """Sur une seule page, le nom du volet prend la largeur, sans la carte."""
    titre = ecrire_le_titre(vue.titre, BANDEAU_SANS_CARTE, 0.0, plus_grand=30)
    return replace(vue, carte="", titre_ecrit=titre)


def _manque(vue: VueVolet) -> tuple[int, ...]:
    """Pages en trop, actions puis indicateurs absents, et une dernière page presque vide."""
    pages = max(vue.pages - DOUBLE_PAGE, 0)
    return pages, vue.actions_en_ligne, vue.indicateurs_en_ligne, int(vue.finit_seule)


class Mesures:
    """Les hauteurs d’un volet dans une densité, lues une fois."""

    def __init__(self, vue: VueVolet, densite: Densite) -> None:
        self.vue, self.densite = vue, densite
        self.tete = hauteurs.tete(vue)
        self.racontees = [hauteurs.action(a, densite) for a in vue.en_avant]
        self.autres = [hauteurs.autre(a, densite) for a in vue.autres]
        self.citation = hauteurs.citation(vue)
        self.utile = hauteurs.utile(vue)
        petits = tuple(replace(i, en_rang=True) if i.petit else i for i in vue.indicateurs)
        self.formats = [(v, [hauteurs.indicateur(i, densite) for i in v])
                        for v in (vue.indicateurs, petits)]  # fmt: skip

    @property
    def fin(self) -> float:
        """Après les actions : au moins un indicateur, la citation, le numéro utile."""
        un = sum(self.formats[-1][1][:1])
        suite = hauteurs.AVANT_LES_INDICATEURS + 2 * hauteurs.RENVOI if un else hauteurs.RENVOI
        return un + suite + self.citation + self.utile

    def indicateurs(self, place: float) -> tuple[tuple[VueIndicateur, ...], int]:
        """Les plus grands qui tiennent tous, sinon autant de petits qu’il en tient, et combien."""
        for vues, hautes in self.formats:
            tiennent = hauteurs.combien(hautes, place)
            if tiennent == len(vues):
                return vues, tiennent
        return vues, hauteurs.combien(hautes, place - hauteurs.RENVOI)

    def pris(self, montres: Sequence[VueIndicateur]) -> float:
        return sum(hauteurs.indicateur(i, self.densite) for i in montres)


def tout_en_liste(vue: VueVolet) -> VueListe:
    """Sans titre : celui du volet suffit."""
    return _en_liste("", vue.autres, [hauteurs.autre(a, AEREE) for a in vue.autres], saut=False)


def _en_liste(
    titre: str, actions: Sequence[VueAction], hautes: Sequence[float], *, saut: bool
) -> VueListe:
    gauche, droite = partager(list(zip(actions, hautes, strict=True)), lambda paire: paire[1])
    return VueListe(titre, saut, ([a for a, _ in gauche], [a for a, _ in droite]))


class _Essai:
    """Pose un volet bloc par bloc ; `coupee` : la liste commence à gauche et finit à droite."""

    def __init__(self, mesures: Mesures, limite: int, *, coupee: bool) -> None:
        self.mesures, self.limite, self.coupee = mesures, limite, coupee
        self.curseur = Curseur()

    def volet(self) -> VueVolet:
        vue = self.mesures.vue
        self._racontees()
        une_par_ligne = self._une_par_ligne()
        listes, restent = ((), 0) if une_par_ligne else self._listes()
        self.curseur.y += hauteurs.RENVOI if restent else 0
        utile_a_la_fin = bool(vue.utile) and not self._utile()
        saut, montres = self._fin(self.mesures.utile if utile_a_la_fin else 0.0)
        return replace(
            vue,
            serree=self.mesures.densite.serree,
            une_par_ligne=une_par_ligne,
            listes=listes,
            actions_en_ligne=restent,
            utile_a_la_fin=utile_a_la_fin,
            saut_avant_indicateurs=saut,
            indicateurs=montres,
            indicateurs_en_ligne=len(vue.indicateurs) - len(montres),
            pages=self.curseur.page,
            finit_seule=saut and not montres and self.curseur.y < PRESQUE_VIDE,
        )

    def _racontees(self) -> None:
        self.curseur.poser(self.mesures.tete)
        for rang, hauteur in enumerate(self.mesures.racontees):
            self.curseur.poser(hauteur + (0 if rang else hauteurs.TITRE_DES_ACTIONS))

    def _une_par_ligne(self) -> bool:
        """Rien n’est raconté et les titres tiennent sous le bandeau : chacun sa ligne."""
        vue = self.mesures.vue
        if vue.en_avant or not vue.autres or len(vue.autres) > UNE_PAR_LIGNE:
            return False
        lignes = [hauteurs.action(a, self.mesures.densite) for a in vue.autres]
        pris = hauteurs.TITRE_DES_ACTIONS + sum(lignes)
        if pris > self.curseur.reste - (self.mesures.fin if self.limite == 1 else 0):
            return False
        self.curseur.poser(pris)
        return True

    def _listes(self) -> tuple[tuple[VueListe, ...], int]:
        """Les listes, page après page, et combien d’actions n’y sont pas."""
        vue, mesures = self.mesures.vue, self.mesures.autres
        listes: list[VueListe] = []
        debut, saut = 0, False
        while debut < len(vue.autres):
            place = self.curseur.reste - hauteurs.TITRE_DES_AUTRES - self._reserve()
            tiennent = hauteurs.combien_en_deux_colonnes(mesures[debut:], place)
            if not self._suffit(tiennent, len(vue.autres) - debut):
                if self._est_derniere():
                    break
                self.curseur.tourner()
                saut = True
                continue
            fin = debut + max(tiennent, 1)
            self.curseur.y += hauteurs.TITRE_DES_AUTRES + hauteurs.en_deux_colonnes(
                mesures[debut:fin]
            )
            listes.append(self._liste(debut, fin, saut=saut))
            debut = fin
        return tuple(listes), len(vue.autres) - debut

    def _suffit(self, tiennent: int, restent: int) -> bool:
        """Toutes, ou assez pour qu’une liste coupée en vaille la peine."""
        if self._est_derniere():
            return tiennent > 1
        if tiennent >= restent or not self.curseur.y:
            return True
        return (self.coupee or self.curseur.page > 1) and tiennent >= LISTE_MINIMUM

    def _est_derniere(self) -> bool:
        return bool(self.limite) and self.curseur.page >= self.limite

    def _reserve(self) -> float:
        return self.mesures.fin if self._est_derniere() else 0.0

    def _liste(self, debut: int, fin: int, *, saut: bool) -> VueListe:
        vue = self.mesures.vue
        titre = "Les autres actions" if vue.en_avant else "Les actions"
        if saut:
            titre = typo(f"{titre} de « {vue.titre} »{' (suite)' if debut else ''}")
        return _en_liste(titre, vue.autres[debut:fin], self.mesures.autres[debut:fin], saut=saut)

    def _utile(self) -> bool:
        """Le numéro utile finit la page de gauche s’il y tient."""
        if self.curseur.page > 1 or self.mesures.utile > self.curseur.reste:
            return False
        self.curseur.y += self.mesures.utile
        return True

    def _fin(self, utile: float) -> tuple[bool, tuple[VueIndicateur, ...]]:
        """Si ce qui suit les actions commence une page, et les indicateurs montrés."""
        vue = self.mesures.vue
        apres = self.mesures.citation + utile
        if not vue.indicateurs and not apres:
            return False, ()
        saut = bool(vue.indicateurs) and self._tourne_apres_les_actions()
        if not saut:
            apres += hauteurs.AVANT_LES_INDICATEURS
            un = sum(self.mesures.formats[-1][1][:1])
            saut = un + apres > self.curseur.reste and not self._est_derniere()
        if saut:
            self.curseur.tourner()
        vues, tiennent = self.mesures.indicateurs(self.curseur.reste - apres)
        if not tiennent and not self._est_derniere():
            tiennent = 1
        montres = vues[:tiennent]
        self.curseur.y += self.mesures.pris(montres) + apres
        return saut, montres

    def _tourne_apres_les_actions(self) -> bool:
        """Les indicateurs sont à droite, sauf si le volet tient en une page."""
        vue = self.mesures.vue
        return self.curseur.page == 1 and self.limite != 1 and bool(vue.en_avant or vue.autres)


def disposer(vues: Sequence[VueVolet], place: int) -> list[VueVolet]:
    """Les volets, chacun sur sa double page ; au-delà de `place` pages, on resserre.

    D’abord ceux qui dépassent leur double page, puis des voisins à une page chacun : ceux qui y
    perdent le moins.
    """
    posees = [vue if vue.leger else composer(vue) for vue in vues]
    if sum(vue.pages for vue in posees) <= place:
        return posees
    posees = [v if v.pages <= DOUBLE_PAGE else composer(b, DOUBLE_PAGE)
              for b, v in zip(vues, posees, strict=True)]  # fmt: skip
    courtes = {rang: composer(vue, 1) for rang, vue in enumerate(vues)
               if posees[rang].pages == DOUBLE_PAGE}  # fmt: skip
    while courtes and sum(vue.pages for vue in posees) > place:
        for rang in _les_moins_touchees(courtes):
            posees[rang] = courtes.pop(rang)
    return posees


def _les_moins_touchees(courtes: dict[int, VueVolet]) -> tuple[int, ...]:
    """Deux volets qui se suivent se partagent une double page ; à défaut, un seul."""
    paires = [(rang, rang + 1) for rang in courtes if rang + 1 in courtes]
    choix: list[tuple[int, ...]] = [*paires] or [(rang,) for rang in courtes]
    return min(choix, key=lambda rangs: sum(_perd(courtes[rang]) for rang in rangs))


def _perd(vue: VueVolet) -> int:
    """Un indicateur vaut trois titres."""
    return vue.actions_en_ligne + 3 * vue.indicateurs_en_ligne
