"""Un classeur rempli, case par case : ce qu’il demande, et où ; ce qu’il ne dit pas clairement."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any, BinaryIO

from cls_platform.socle.tableur.cles import cle as cle_de_texte
from cls_platform.socle.tableur.feuille import Feuille, Valeur
from cls_platform.socle.tableur.lecture import Classeur, ouvrir
from cls_platform.socle.tableur.limites import ClasseurRefuse
from cls_platform.socle.tableur.table import montrer
from indicateurs.grille.cles import ANNEES, CASES_MAX, Cle, Demande, lire_cle
from indicateurs.models import Indicateur
from indicateurs.saisie import FIN, ecrire_nombre

LIGNES_REGARDEES = 30
SANS_ANNEE = (
    "Aucune ligne d’en-tête n’a d’année. Partez du classeur exporté\u00a0: "
    "une colonne par année, l’année dans l’en-tête."
)
INCONNUE = "Cette ligne ne correspond à aucun indicateur du contrat."
EN_DOUBLE = "Cet indicateur est déjà plus haut dans la feuille\u00a0: cette ligne n’est pas lue."
TROP = "Ce classeur a plus de {} cases remplies. Donnez-le en deux fois."


@dataclass(frozen=True, slots=True)
class Ignoree:
    """Ce qui n’est pas lu, et pourquoi."""

    lieu: str
    texte: str
    raison: str


@dataclass(slots=True)
class ClasseurLu:
    """`lieux` : où chaque case est dans le fichier, « Feuille Saisie, cellule F12 »."""

    demandes: list[Demande] = field(default_factory=list)
    lieux: dict[Cle, str] = field(default_factory=dict)
    ignorees: list[Ignoree] = field(default_factory=list)


def lire_le_classeur(fichier: BinaryIO, nom: str, indicateurs: Iterable[Indicateur]) -> ClasseurLu:
    """La première feuille qui a des années en en-tête. Lève ClasseurRefuse."""
    classeur = ouvrir(fichier, nom)
    feuille, rang, annees = _choisir(classeur)
    repertoire = _repertoire(indicateurs)
    lu = ClasseurLu()
    vues: set[tuple[str, str]] = set()
    for numero, ligne in enumerate(feuille.lignes[rang + 1 :], start=rang + 2):
        if any(v not in (None, "") for v in (_cellule(ligne, p) for p in annees)):
            _lire_la_ligne(lu, feuille.nom, numero, ligne, annees, repertoire, vues)
    if len(lu.demandes) > CASES_MAX:
        raise ClasseurRefuse(TROP.format(CASES_MAX))
    return lu


def _choisir(classeur: Classeur) -> tuple[Feuille, int, dict[int, int]]:
    for nom in classeur.noms:
        feuille = classeur.lire(nom)
        for rang, ligne in enumerate(feuille.lignes[:LIGNES_REGARDEES]):
            annees = {p: a for p, v in enumerate(ligne) if (a := _annee(v))}
            if annees and any(isinstance(v, str) and v and not _annee(v) for v in ligne):
                return feuille, rang, _sans_double(annees)
    raise ClasseurRefuse(SANS_ANNEE)


def _annee(valeur: Valeur) -> int:
    texte = montrer(valeur)
    return int(texte) if texte.isdecimal() and len(texte) == 4 and int(texte) in ANNEES else 0


def _sans_double(annees: Mapping[int, int]) -> dict[int, int]:
    if len(set(annees.values())) < len(annees):
        raise ClasseurRefuse("Deux colonnes ont la même année. Retirez-en une, puis recommencez.")
    return dict(annees)


def _repertoire(indicateurs: Iterable[Indicateur]) -> dict[str, str]:
    """L’identifiant, le code ou le libellé mènent à l’indicateur ; un homonyme, à personne."""
    mots: dict[str, str] = {}
    for indicateur in indicateurs:
        mots[indicateur.pk.hex] = indicateur.pk.hex
        for mot in {cle_de_texte(indicateur.code), cle_de_texte(indicateur.libelle)} - {""}:
            mots[mot] = "" if mot in mots else indicateur.pk.hex
    return mots


def _lire_la_ligne(
    lu: ClasseurLu,
    feuille: str,
    numero: int,
    ligne: Sequence[Valeur],
    annees: Mapping[int, int],
    repertoire: Mapping[str, str],
    vues: set[tuple[str, str]],
) -> None:
    avant = min(annees)
    trouve = _indicateur([montrer(v) for v in ligne[:avant]], repertoire)
    titre = next((t for v in ligne[1:avant] if (t := montrer(v))), montrer(_cellule(ligne, 0)))
    if trouve is None or trouve in vues:
        raison = INCONNUE if trouve is None else EN_DOUBLE
        lu.ignorees.append(Ignoree(f"Feuille {feuille}, ligne {numero}", titre[:120], raison))
        return
    vues.add(trouve)
    for place, annee in annees.items():
        valeur = _cellule(ligne, place)
        cle = lire_cle(".".join(mot for mot in (trouve[0], str(annee), trouve[1]) if mot))
        if valeur in (None, "") or cle is None:
            continue
        lu.lieux[cle] = f"Feuille {feuille}, cellule {lettres(place)}{numero}"
        lu.demandes.append(Demande(cle, 0, en_texte(valeur)))


def _indicateur(mots: Sequence[str], repertoire: Mapping[str, str]) -> tuple[str, str] | None:
    """(indicateur, part) ; une part ne se reconnaît que par son identifiant."""
    for mot in mots:
        base, _, part = mot.partition(".")
        if len(base) == 32 and repertoire.get(base):
            return base, part
    for mot in mots:
        if trouve := repertoire.get(cle_de_texte(mot)):
            return trouve, ""
    return None


def _cellule(ligne: Sequence[Valeur], place: int) -> Valeur:
    return ligne[place] if place < len(ligne) else None


def en_texte(valeur: Any) -> str:
    """Comme on l’aurait tapé ; le nombre d’un tableur perd le bruit de ses dernières décimales."""
    if isinstance(valeur, bool) or not isinstance(valeur, int | float):
        return montrer(valeur)[:200]
    exact = Decimal(repr(valeur))
    if not exact.is_finite() or abs(exact) >= Decimal(10) ** 20:
        return str(valeur)
    return ecrire_nombre(exact.quantize(FIN))


def lettres(place: int) -> str:
    """Le nom d’une colonne : 0 donne A, 27 donne AB."""
    nom = ""
    place += 1
    while place:
        place, reste = divmod(place - 1, 26)
        nom = chr(65 + reste) + nom
    return nom
