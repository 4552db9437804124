"""D’une cellule à une valeur : chaque genre de colonne a sa lecture, et une phrase pour refuser."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date
from typing import Any
from uuid import UUID, uuid4

from cls_platform.socle.tableur.cles import cle
from cls_platform.socle.tableur.feuille import Valeur
from contrats.montants import MontantRefuse
from contrats.tableur import etapes, montants_lus
from contrats.tableur.annuaire import Annuaire
from contrats.tableur.colonnes import Colonne, Genre
from contrats.tableur.dates import PasUneDate, etendue
from contrats.tableur.separer import SEPARATEUR, separer
from contrats.tableur.statuts import COCHES, NON, OUI, mots_de

REPETES = frozenset(
    {Genre.CHOIX, Genre.DEBUT, Genre.FIN, Genre.OUI_NON, Genre.PILOTE, Genre.ROLE, Genre.PERSONNE,
     Genre.LISTE, Genre.COMMUNES}
)  # fmt: skip


class ValeurRefusee(ValueError):
    """Le message dit ce qui ne va pas, sans répéter la valeur."""


@dataclass(frozen=True, slots=True)
class Lu:
    """`texte` : comme la cellule s’écrirait ; `avis` : ce qui n’a pas été repris."""

    valeur: Any
    texte: Valeur = None
    avis: tuple[str, ...] = ()


def montrer(valeur: Valeur) -> str:
    if isinstance(valeur, bool):
        return "oui" if valeur else "non"
    if isinstance(valeur, date):
        return f"{valeur:%d/%m/%Y}"
    return "" if valeur is None else str(valeur)


@dataclass(slots=True)
class Convertisseur:
    annuaire: Annuaire
    le: date
    creer_organisations: bool = False
    nouvelles: dict[str, tuple[UUID, str]] = field(default_factory=dict)
    _mots: dict[str, dict[str, str]] = field(default_factory=dict)
    _lus: dict[tuple[str, type, Valeur], Lu] = field(default_factory=dict)

    def convertir(self, colonne: Colonne, valeur: Valeur) -> Lu:
        """Lève ValeurRefusee. Une cellule vide est lue comme une valeur vide, jamais refusée.

        Une colonne répète ses mots de ligne en ligne : chacun s’y lit une fois.
        """
        if colonne.genre not in REPETES:
            return LECTURES[colonne.genre](self, colonne, valeur)
        # Le genre de la valeur compte : 1, 1.0 et « vrai » sont la même clé
        cle_de_cellule = (colonne.cle, type(valeur), valeur)
        lu = self._lus.get(cle_de_cellule)
        if lu is None:
            lu = self._lus[cle_de_cellule] = LECTURES[colonne.genre](self, colonne, valeur)
        return lu

    def ligne(self, colonne: Colonne, valeur: Valeur) -> Lu:
        texte = montrer(valeur)
        if colonne.genre is not Genre.TEXTE:
            texte = " ".join(texte.split())
        if colonne.longueur and len(texte) > colonne.longueur:
            raise ValeurRefusee(
                f"est trop long : {len(texte)} caractères, {colonne.longueur} au plus"
            )
        return Lu(texte, texte or None)

    def numero(self, colonne: Colonne, valeur: Valeur) -> Lu:
        """« 1.2 » devient le 1er février dans certains tableurs : il redevient un numéro."""
        if isinstance(valeur, date):
            valeur = f"{valeur.day}.{valeur.month}"
        return self.ligne(colonne, valeur)

    def choix(self, colonne: Colonne, valeur: Valeur) -> Lu:
        enumeration = colonne.reference
        mots = self._mots.setdefault(colonne.cle, mots_de(enumeration))
        texte = montrer(valeur)
        mot = cle(texte)
        if not mot:
            code = None
            if texte and set(texte) & COCHES:
                code = mots.get("ok")
            return Lu(code or "", str(enumeration(code).label) if code else None)
        if mot not in mots:
            permis = ", ".join(str(libelle) for libelle in enumeration.labels)
            raise ValeurRefusee(f"n’est pas dans la liste. Écrivez l’un de : {permis}")
        code = mots[mot]
        return Lu(code, str(enumeration(code).label))

    def date(self, colonne: Colonne, valeur: Valeur) -> Lu:
        bornes = _bornes(valeur)
        if bornes is None:
            return Lu(None)
        lue = bornes[0] if colonne.genre is Genre.DEBUT else bornes[1]
        return Lu(lue, lue)

    def periode(self, colonne: Colonne, valeur: Valeur) -> Lu:
        """Un calendrier qui n’est pas fait de dates reste un texte : il va dans l’échéancier."""
        try:
            bornes = etendue(valeur)
        except PasUneDate:
            return Lu(montrer(valeur), montrer(valeur))
        return Lu(bornes, montrer(valeur) or None)

    def oui_non(self, colonne: Colonne, valeur: Valeur) -> Lu:
        texte = montrer(valeur)
        mot = cle(texte)
        if mot in OUI or set(texte) & COCHES:
            return Lu(valeur=True, texte="oui")
        if not mot or mot in NON:
            return Lu(valeur=False, texte="non")
        raise ValeurRefusee("ne se lit ni oui ni non. Écrivez « oui » ou « non »")

    def montant(self, colonne: Colonne, valeur: Valeur) -> Lu:
        try:
            lu = montants_lus.lire(valeur, colonne.reference.unite)
        except MontantRefuse as refus:
            raise ValeurRefusee(str(refus)) from refus
        return Lu(lu, montants_lus.en_nombre(lu))

    def _organisations(self, valeur: Valeur) -> tuple[list[UUID], list[str], tuple[str, ...]]:
        annuaire = self.annuaire
        noms = separer(montrer(valeur), lambda nom: annuaire.organisation(nom) is not None)
        cles: list[UUID] = []
        ecrits: list[str] = []
        avis: list[str] = []
        for nom in noms:
            pk = annuaire.organisation(nom) or self._nouvelle(nom)
            if pk is None:
                avis.append(f"« {nom} » n’est pas une organisation connue ; elle n’est pas reprise")
            elif pk not in cles:
                cles.append(pk)
                ecrits.append(annuaire.noms.get(pk, nom))
        return cles, ecrits, tuple(avis)

    def _nouvelle(self, nom: str) -> UUID | None:
        if len(nom) > 200:
            raise ValeurRefusee("est trop long pour le nom d’une organisation : 200 caractères")
        connue = self.nouvelles.setdefault(cle(nom) or nom, (uuid4(), nom))
        return connue[0] if self.creer_organisations else None

    def pilote(self, colonne: Colonne, valeur: Valeur) -> Lu:
        """Le premier nom est le pilote ; les suivants copilotent."""
        cles, noms, avis = self._organisations(valeur)
        return Lu(cles, noms[0] if noms else None, avis)

    def role(self, colonne: Colonne, valeur: Valeur) -> Lu:
        cles, noms, avis = self._organisations(valeur)
        return Lu(cles, SEPARATEUR.join(sorted(noms)) or None, avis)

    def personne(self, colonne: Colonne, valeur: Valeur) -> Lu:
        texte = self.ligne(colonne, valeur).valeur
        return Lu((self.annuaire.personnes.get(cle(texte)), texte), texte or None)

    def liste(self, colonne: Colonne, valeur: Valeur) -> Lu:
        table, libelles = (
            self.annuaire.listes[colonne.cle], self.annuaire.libelles[colonne.cle]
        )  # fmt: skip
        codes, avis = _reconnaitre(table, montrer(valeur), colonne.entete)
        codes.sort(key=list(libelles).index)
        return Lu(codes, SEPARATEUR.join(libelles[c] for c in codes) or None, avis)

    def communes(self, colonne: Colonne, valeur: Valeur) -> Lu:
        codes, avis = _reconnaitre(self.annuaire.communes, montrer(valeur), "communes du contrat")
        return Lu(codes, montrer(valeur) or None, avis)

    def etapes(self, colonne: Colonne, valeur: Valeur) -> Lu:
        try:
            lues = etapes.lire(montrer(valeur), self.le)
        except PasUneDate as erreur:
            raise ValeurRefusee("contient une date qui n’existe pas") from erreur
        if any(len(etape.libelle) > colonne.longueur for etape in lues):
            raise ValeurRefusee(f"a une étape de plus de {colonne.longueur} caractères")
        return Lu(lues, montrer(valeur) or None)


def _bornes(valeur: Valeur) -> tuple[date, date] | None:
    try:
        return etendue(valeur)
    except PasUneDate as erreur:
        raise ValeurRefusee(
            "n’est pas une date. Écrivez une date comme 28/02/2026, un mois ou une année"
        ) from erreur


def _reconnaitre(
    table: dict[str, str | None], texte: str, ou: str
) -> tuple[list[str], tuple[str, ...]]:
    codes: list[str] = []
    avis = []
    for nom in separer(texte, lambda n: bool(table.get(cle(n)))):
        mot = cle(nom)
        code = table.get(mot)
        if code is None and len(mot) >= 5:
            debuts = {v for m, v in table.items() if v and m.startswith(mot)}
            code = debuts.pop() if len(debuts) == 1 else None
        if code is None:
            avis.append(f"« {nom} » n’est pas dans la liste ({ou}) ; il n’est pas repris")
        elif code not in codes:
            codes.append(code)
    return codes, tuple(avis)


Lecture = Callable[[Convertisseur, Colonne, Valeur], Lu]
C = Convertisseur
LECTURES: dict[Genre, Lecture] = {
    Genre.NUMERO: C.numero,
    Genre.LIGNE: C.ligne,
    Genre.TEXTE: C.ligne,
    Genre.CHOIX: C.choix,
    Genre.DEBUT: C.date,
    Genre.FIN: C.date,
    Genre.PERIODE: C.periode,
    Genre.OUI_NON: C.oui_non,
    Genre.PILOTE: C.pilote,
    Genre.ROLE: C.role,
    Genre.PERSONNE: C.personne,
    Genre.LISTE: C.liste,
    Genre.COMMUNES: C.communes,
    Genre.ETAPES: C.etapes,
    Genre.MONTANT: C.montant,
}
