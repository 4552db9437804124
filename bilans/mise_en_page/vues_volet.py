"""Ce que le gabarit d’un volet affiche."""

from dataclasses import dataclass

from bilans.instantane import Citation
from bilans.mise_en_page.mesures import MM, POINT
from bilans.mise_en_page.visuels import Visuel
from bilans.palette import Teinte
from bilans.textes import Bloc
from cls_platform.socle.svg import metriques
from cls_platform.socle.svg.colonnes import Colonnes
from cls_platform.socle.svg.courbe import Courbe

ACTIONS_D_UN_VOLET_LEGER = 12
GRAND_TITRE, PETIT_TITRE = 42, 16
Dessin = Courbe | Colonnes


@dataclass(frozen=True, slots=True)
class VueAction:
    """`resume` finit par ce qui est compté, en gras."""

    titre: str
    etat: str
    statut: str
    resume: tuple[Bloc, ...]
    avec: str


@dataclass(frozen=True, slots=True)
class VueTableau:
    """`annees` : (texte, est l’année du bilan) ; `cases` de même."""

    titre_ligne: str
    annees: tuple[tuple[str, bool], ...]
    cases: tuple[tuple[str, bool], ...]


@dataclass(frozen=True, slots=True)
class VueIndicateur:
    """`large` prend toute la page ; `petit` se pose à droite du texte, s’il y tient.

    `image` : le dessin retenu, fait une fois la place de l’indicateur connue.
    """

    titre: str
    phrase: str
    large: Dessin | None
    petit: Dessin | None
    en_rang: bool
    tableau: VueTableau | None
    source: str
    image: str = ""

    @property
    def dessin(self) -> Dessin | None:
        return self.petit if self.en_rang else self.large


@dataclass(frozen=True, slots=True)
class VueListe:
    """Des actions citées en deux colonnes ; `saut` : en haut d’une page."""

    titre: str
    saut: bool
    colonnes: tuple[list[VueAction], ...]


@dataclass(frozen=True, slots=True)
class TitreEcrit:
    """Le nom d’un volet dans son bandeau : sa place et le blanc après elle (mm), son corps (pt)."""

    place: float
    reste: float
    points: int
    lignes: int

    @property
    def interligne(self) -> int:
        return self.points + (2 if self.points == GRAND_TITRE else 4)

    @property
    def hauteur(self) -> float:
        return self.lignes * self.interligne * POINT / MM

    @property
    def style(self) -> str:
        """Vide au plus grand corps, celui de la feuille."""
        if self.points == GRAND_TITRE:
            return ""
        return f"font-size:{self.points}pt;line-height:{self.interligne}pt"


def ecrire_le_titre(titre: str, place: float, reste: float, plus_grand: int = 42) -> TitreEcrit:
    """Le plus grand corps où le mot le plus long tient dans la place, en peu de lignes."""
    for points, maximum in ((GRAND_TITRE, 3), (30, 4), (22, 6)):
        lignes = metriques.couper(titre, points * POINT, place * MM, 800)
        large = max(metriques.largeur(ligne, points * POINT, 800) for ligne in lignes)
        if points <= plus_grand and len(lignes) <= maximum and large <= place * MM:
            return TitreEcrit(place, reste, points, len(lignes))
    petites = metriques.couper(titre, PETIT_TITRE * POINT, place * MM, 800)
    return TitreEcrit(place, reste, PETIT_TITRE, len(petites))


@dataclass(frozen=True, slots=True)
class VueVolet:
    """Depuis `utile_a_la_fin`, tout se décide en comptant les pages : `serree`, le corps réduit ;
    `une_par_ligne` ou `listes`, les actions qui ne sont pas racontées ; `actions_en_ligne` et
    `indicateurs_en_ligne`, ce que la page publique est seule à montrer ; `pages`, leur nombre ;
    `finit_seule`, une dernière page où il ne reste qu’une citation ou un numéro utile.
    """

    ancre: str
    rubrique: str
    titre: str
    titre_ecrit: TitreEcrit
    promesse: str
    carte: str
    photo: Visuel | None
    texte: tuple[Bloc, ...]
    teinte: Teinte
    titre_actions: str
    en_avant: tuple[VueAction, ...]
    autres: tuple[VueAction, ...]
    indicateurs: tuple[VueIndicateur, ...]
    utile: str
    citation: Citation | None
    utile_a_la_fin: bool = False
    serree: bool = False
    une_par_ligne: bool = False
    listes: tuple[VueListe, ...] = ()
    actions_en_ligne: int = 0
    indicateurs_en_ligne: int = 0
    saut_avant_indicateurs: bool = False
    leger: bool = False
    saut: bool = True
    pages: int = 1
    finit_seule: bool = False

    @property
    def style(self) -> str:
        titre = self.titre_ecrit
        return (
            f"--volet:{self.teinte.foncee};--pale:{self.teinte.pale};"
            f"--titre:{titre.place:.1f}mm;--reste:{titre.reste:.1f}mm"
        )

    @property
    def peut_etre_leger(self) -> bool:
        """Rien à raconter que des titres."""
        longues = (
            self.en_avant or self.indicateurs or self.citation or self.utile
            or self.texte or self.photo
        )  # fmt: skip
        return not longues and len(self.autres) <= ACTIONS_D_UN_VOLET_LEGER
