"""Du tableau aux fiches : passer consignes, groupes et vides, réunir ce qui est fusionné."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from cls_platform.socle.tableur.cles import cle
from cls_platform.socle.tableur.feuille import Feuille, Valeur
from contrats.tableur.colonnes import NIVEAUX, PAR_CLE, Genre, est_un_montant
from contrats.tableur.dates import PasUneDate, etendue
from contrats.tableur.niveaux import Chaine, est_un_titre_de_groupe, lire_cellule
from contrats.tableur.reconnaissance import Entete, Reconnues
from contrats.tableur.statuts import mots_de

CLES_DE_NIVEAU = tuple(colonne.cle for colonne in NIVEAUX)
CONSIGNES_REGARDEES = 4
_CONSIGNE = re.compile(
    r"^\W*(?:ex\b|exemple|par exemple|a remplir|a completer|indiquer|saisir|preciser|renseigner|"
    r"intitule de|nom de l|choisir|liste deroulante|format|jj mm|texte libre|numero de|en clair|"
    r"decrire|selectionner|obligatoire|facultatif|menu deroulant|au choix|lister)"
)
_TOTAL = re.compile(r"^(?:sous )?tota(?:l|ux)\b")
_TITRE_DE_TOTAL = re.compile(
    r"^(?:sous )?tota(?:l|ux)(?: general| du plan| budget| (?:de l )?axe\b.*| 20\d\d)?$"
)


@dataclass(slots=True)
class LigneLue:
    """Une fiche du tableur ; `numero` : sa première ligne, comme le tableur la compte.

    `repetes` : les montants fusionnés avec la ligne du dessus, comptés là-haut seulement.
    """

    numero: int
    cellules: dict[str, Valeur] = field(default_factory=dict)
    repetes: list[str] = field(default_factory=list)

    @property
    def titre(self) -> str:
        return _texte(self.cellules.get("titre"))

    @property
    def identifiant(self) -> str:
        return _texte(self.cellules.get("identifiant"))

    def ecarter(self, repetes: Iterable[str]) -> None:
        for champ in repetes:
            if self.cellules.pop(champ, None) not in (None, ""):
                self.repetes.append(champ)


@dataclass(slots=True)
class LignesLues:
    fiches: list[LigneLue] = field(default_factory=list)
    sans_titre: list[LigneLue] = field(default_factory=list)
    consignes: list[int] = field(default_factory=list)


def _texte(valeur: Valeur) -> str:
    return "" if valeur is None else str(valeur).strip()


def lire_lignes(feuille: Feuille, reconnues: Reconnues) -> LignesLues:
    lues = LignesLues()
    if reconnues.ligne < 0:
        return lues
    contexte: dict[str, Valeur] = {}
    fusions = _titres_fusionnes(feuille, reconnues)
    repetes = _montants_repetes(feuille, reconnues)
    entetes = sorted((e for e in reconnues.entetes if e.champ), key=lambda e: e.suite)
    for rang in range(reconnues.ligne + 1, len(feuille.lignes)):
        ligne = feuille.lignes[rang]
        if not any(valeur not in (None, "") for valeur in ligne):
            continue
        if groupe := _titre_de_groupe(ligne):
            _entrer(contexte, _cellules_du_groupe(groupe))
            continue
        lue = LigneLue(rang + 1, _cellules(ligne, entetes))
        lue.ecarter(repetes.get(rang, ()))
        if rang in fusions and lues.fiches:
            _reunir(lues.fiches[-1], lue)
        elif _est_consigne(lue, rang - reconnues.ligne) and not lues.fiches:
            lues.consignes.append(lue.numero)
        else:
            _ranger(lues, lue, contexte)
    return lues


def _ranger(lues: LignesLues, lue: LigneLue, contexte: dict[str, Valeur]) -> None:
    """Une ligne exportée dit tout de sa place ; une autre hérite de celle du dessus."""
    if not lue.identifiant:
        if _est_un_total(lue):
            return
        _entrer(contexte, {c: lue.cellules.get(c) for c in CLES_DE_NIVEAU})
        lue.cellules |= contexte
    if lue.titre or lue.identifiant:
        lues.fiches.append(lue)
    elif _compte_les_valeurs(lue) >= 2:
        lues.sans_titre.append(lue)


def _entrer(contexte: dict[str, Valeur], cellules: dict[str, Valeur]) -> None:
    """Une cellule vide garde la valeur du dessus ; un niveau qui change vide ceux d’en dessous."""
    change = False
    for nom in CLES_DE_NIVEAU:
        valeur = cellules.get(nom)
        if valeur not in (None, ""):
            change = change or contexte.get(nom) != valeur
            contexte[nom] = valeur
        elif change:
            contexte.pop(nom, None)


def _cellules(ligne: list[Valeur], entetes: list[Entete]) -> dict[str, Valeur]:
    """La valeur de chaque champ ; colonnes multiples et textes en plusieurs parts réunis."""
    cellules: dict[str, Valeur] = {}
    for entete in entetes:
        valeur = ligne[entete.rang] if entete.rang < len(ligne) else None
        avant = cellules.get(entete.champ)
        if avant in (None, ""):
            cellules[entete.champ] = valeur
        elif valeur not in (None, ""):
            liaison = "" if entete.suite else "\n"
            cellules[entete.champ] = f"{avant}{liaison}{valeur}"
    return cellules


def _titre_de_groupe(ligne: list[Valeur]) -> str:
    """Une ligne d’une seule cellule remplie qui annonce un axe ou un objectif."""
    texte = ""
    for valeur in ligne:
        if valeur in (None, ""):
            continue
        if texte and texte != str(valeur):
            return ""
        texte = str(valeur)
    return texte if est_un_titre_de_groupe(texte) else ""


def _cellules_du_groupe(texte: str) -> dict[str, Valeur]:
    chaine: Chaine = lire_cellule(texte, "STRATEGIQUE")
    niveau = chaine[0].niveau if chaine else ""
    for colonne in NIVEAUX:
        if (colonne.reference or "") == niveau:
            return {colonne.cle: texte}
    return {"axe": texte}


def _titres_fusionnes(feuille: Feuille, reconnues: Reconnues) -> set[int]:
    """Les rangs des lignes qui continuent la fiche du dessus : leurs titres sont fusionnés."""
    titre = next((e.rang for e in reconnues.entetes if e.champ == "titre"), None)
    return {
        rang
        for ligne, colonne, hauteur in feuille.fusions
        if colonne == titre and ligne > reconnues.ligne
        for rang in range(ligne + 1, ligne + hauteur)
    }


def _montants_repetes(feuille: Feuille, reconnues: Reconnues) -> dict[int, list[str]]:
    """Pour chaque rang, les montants descendus d’une fusion : ils ne se comptent qu’une fois."""
    champs = {e.rang: e.champ for e in reconnues.entetes if est_un_montant(e.champ)}
    repetes: dict[int, list[str]] = {}
    for ligne, colonne, hauteur in feuille.fusions:
        for rang in range(ligne + 1, ligne + hauteur if colonne in champs else 0):
            repetes.setdefault(rang, []).append(champs[colonne])
    return repetes


def _reunir(fiche: LigneLue, suite: LigneLue) -> None:
    for nom, valeur in suite.cellules.items():
        avant = fiche.cellules.get(nom)
        if valeur in (None, "") or (valeur == avant and not est_un_montant(nom)):
            continue
        if avant in (None, ""):
            fiche.cellules[nom] = valeur
        elif est_un_montant(nom):
            fiche.cellules[nom] = f"{_en_texte(avant)}\n{_en_texte(valeur)}"
        elif _s_ajoute(nom, avant, valeur):
            fiche.cellules[nom] = f"{avant}\n{valeur}"


def _en_texte(montant: Valeur) -> str:
    """Un nombre calculé par le tableur s’arrête aux centimes."""
    return f"{montant:.2f}" if isinstance(montant, int | float) else str(montant)


def _s_ajoute(nom: str, avant: Valeur, valeur: Valeur) -> bool:
    if nom in CLES_DE_NIVEAU or not isinstance(avant, str):
        return False
    return str(valeur) not in avant.split("\n")


def _est_consigne(lue: LigneLue, distance: int) -> bool:
    """Sous l’en-tête : une explication, un exemple, un format ; pas encore une fiche."""
    if distance > CONSIGNES_REGARDEES or lue.identifiant:
        return False
    textes = [_texte(v) for v in lue.cellules.values() if _texte(v)]
    if any(_CONSIGNE.match(cle(texte)) for texte in [lue.titre, *textes[:1]] if texte):
        return True
    if lue.titre.startswith("(") and lue.titre.endswith(")"):
        return True
    lisibles = list(_types(lue))
    return len(lisibles) >= 2 and not any(lisibles)


def _types(lue: LigneLue) -> Iterator[bool]:
    """Pour chaque date ou choix rempli : se lit-il comme tel ?"""
    for nom, valeur in lue.cellules.items():
        genre = PAR_CLE[nom].genre
        if valeur in (None, ""):
            continue
        if genre is Genre.CHOIX:
            yield cle(str(valeur)) in mots_de(PAR_CLE[nom].reference)
        elif genre in {Genre.DEBUT, Genre.FIN}:
            yield _est_datee(valeur)


def _est_datee(valeur: Valeur) -> bool:
    try:
        etendue(valeur)
    except PasUneDate:
        return bool(re.search(r"\d", str(valeur)))
    return True


def _compte_les_valeurs(lue: LigneLue) -> int:
    return sum(v not in (None, "") for nom, v in lue.cellules.items() if nom not in CLES_DE_NIVEAU)


def _est_un_total(lue: LigneLue) -> bool:
    """Une ligne de somme n’est pas une fiche, et ne change pas l’axe des suivantes."""
    if lue.titre:
        return bool(_TITRE_DE_TOTAL.match(cle(lue.titre)))
    return any(
        _TOTAL.match(cle(_texte(valeur)))
        for nom, valeur in lue.cellules.items()
        if PAR_CLE[nom].genre not in {Genre.TEXTE, Genre.ETAPES}
    )
