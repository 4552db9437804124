"""Lire des données de contexte : une ligne par indicateur, année et territoire."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal

from acteurs.import_donnees.lignes_contexte import Defauts, LigneLue, lire_ligne
from acteurs.import_donnees.rapport import LigneReprise, RapportDonnees, Refus
from acteurs.models import (
    AgregationContexte,
    GenreFichier,
    IndicateurContexte,
    QualiteContexte,
)
from acteurs.resolution import Trouve, resoudre
from cls_platform.socle.tableur.remarques import remarque
from cls_platform.socle.tableur.table import Ligne, Table
from cls_platform.socle.typographie import nombre as ecrire_nombre

# Un indicateur, une année, un niveau
CleEdition = tuple[str, int, str]
SANS_QUOTIENT = (
    "Sans numérateur ni dénominateur, ces valeurs ne serviront pas à un territoire plus grand."
)
DES_PARTS = (
    "Toutes ces valeurs sont entre 0 et 1, et l’unité attendue est « % » : un tableur écrit "
    "parfois 0,123 pour 12,3 %. Vérifiez."
)


@dataclass(frozen=True, slots=True)
class ChoixContexte:
    """Ce que la personne dit du fichier, quand une colonne manque. `region` None : la France."""

    defauts: Defauts
    region: str | None = None
    publiee_le: date | None = None


@dataclass(slots=True)
class DonneeLue:
    """`lignes` : celles du fichier qui l’ont dite ; plusieurs quand des communes ont fusionné."""

    valeur: Decimal | None
    numerateur: Decimal | None
    denominateur: Decimal | None
    qualite: str
    lignes: list[int] = field(default_factory=list)

    @property
    def contenu(self) -> tuple[Decimal | None, Decimal | None, Decimal | None, str]:
        return self.valeur, self.numerateur, self.denominateur, self.qualite


@dataclass(slots=True)
class EditionLue:
    source: str
    donnees: dict[str, DonneeLue] = field(default_factory=dict)


class AnalyseContexte:
    def __init__(self, table: Table, choix: ChoixContexte, le: date) -> None:
        self.table, self.choix, self.le = table, choix, le
        self.indicateurs = IndicateurContexte.objects.in_bulk()
        self.rapport = RapportDonnees(
            genre=GenreFichier.CONTEXTE.lower(),
            feuille=table.feuille,
            lignes=len(table.lignes),
            colonnes_inconnues=list(table.inconnues),
        )
        self.editions: dict[CleEdition, EditionLue] = {}

    def faire(self) -> RapportDonnees:
        lues = [lue for ligne in self.table.lignes if (lue := self._lire(ligne))]
        territoires = _territoires(lues)
        # Une commune d’aujourd’hui d’abord : ce qu’une ancienne dit s’y ajoute
        for lue in sorted(lues, key=lambda lue: bool(territoires[lue.niveau][lue.code].ancien)):
            try:
                self._ranger(lue, territoires[lue.niveau][lue.code])
            except Refus as refus:
                self.rapport.refuser(self.table, lue.ligne, refus.colonne, str(refus))
        self.rapport.erreurs.sort(key=lambda erreur: erreur.ligne)
        self.rapport.reprises.sort(key=lambda reprise: reprise.numero)
        self._prevenir()
        self.rapport.contenu = self.editions
        return self.rapport

    def _lire(self, ligne: Ligne) -> LigneLue | None:
        try:
            return lire_ligne(ligne, self.choix.defauts, self.indicateurs, self.le)
        except Refus as refus:
            self.rapport.refuser(self.table, ligne, refus.colonne, str(refus))
            return None

    def _ranger(self, lue: LigneLue, territoire: Trouve) -> None:
        if territoire.refus:
            raise Refus("code", territoire.refus)
        self._exiger_la_region(lue, territoire)
        edition = self.editions.get(lue.cle) or EditionLue(lue.source)
        if edition.source != lue.source:
            raise Refus(
                "source",
                f"Ce millésime a une autre source plus haut : « {edition.source} ». "
                "Un millésime n’en a qu’une.",
            )
        connue = edition.donnees.get(territoire.code)
        if connue:
            self._reunir(connue, lue, territoire)
        else:
            edition.donnees[territoire.code] = DonneeLue(
                lue.valeur, lue.numerateur, lue.denominateur, lue.qualite, [lue.ligne.numero]
            )
        self.editions[lue.cle] = edition
        if territoire.succession:
            self.rapport.avertir(self.table, lue.ligne, "code", territoire.succession)
        self.rapport.reprises.append(LigneReprise(lue.ligne.numero, territoire.nom, _contenu(lue)))

    def _exiger_la_region(self, lue: LigneLue, territoire: Trouve) -> None:
        region = self.choix.region
        if region and region not in territoire.regions:
            raise Refus("code", f"{territoire.nom} n’est pas dans la région de ce chargement.")

    def _reunir(self, connue: DonneeLue, lue: LigneLue, territoire: Trouve) -> None:
        """Deux anciennes communes d’une même : leurs nombres s’ajoutent, si cela a un sens."""
        if not territoire.ancien:
            raise Refus("code", f"{territoire.nom} a déjà sa valeur à la ligne {connue.lignes[0]}.")
        if not _s_ajoutent(connue, lue):
            raise Refus(
                "code",
                f"{territoire.succession} Cet indicateur ne s’additionne pas, et {territoire.nom} "
                f"a déjà sa valeur à la ligne {connue.lignes[0]}.",
            )
        connue.valeur = None if connue.valeur is None else connue.valeur + (lue.valeur or 0)
        if connue.numerateur is not None and connue.denominateur is not None:
            connue.numerateur += lue.numerateur or 0
            connue.denominateur += lue.denominateur or 0
            connue.valeur = None
        connue.lignes.append(lue.ligne.numero)

    def _prevenir(self) -> None:
        """Ce qui se lit, mais qu’il vaut mieux relire."""
        for (code, annee, _), edition in self.editions.items():
            indicateur = self.indicateurs[code]
            connues = [d for d in edition.donnees.values() if d.valeur is not None]
            ou = f"{code}, {annee}"
            if indicateur.agregation == AgregationContexte.RATIO and any(
                donnee.denominateur is None for donnee in connues
            ):
                self.rapport.avis.append(remarque(0, "", ou, SANS_QUOTIENT))
            des_parts = [d.valeur for d in connues if d.valeur is not None and 0 <= d.valeur <= 1]
            if indicateur.unite == "%" and len(des_parts) == len(connues) > 1:
                self.rapport.avis.append(remarque(0, "", ou, DES_PARTS))


def _territoires(lues: Iterable[LigneLue]) -> Mapping[str, Mapping[str, Trouve]]:
    codes: dict[str, set[str]] = defaultdict(set)
    for lue in lues:
        codes[lue.niveau].add(lue.code)
    return {niveau: resoudre(niveau, demandes) for niveau, demandes in codes.items()}


def _s_ajoutent(connue: DonneeLue, lue: LigneLue) -> bool:
    """Deux effectifs, ou deux quotients entiers ; jamais avec une valeur secrète."""
    if connue.qualite != QualiteContexte.DEFINITIVE or lue.qualite != QualiteContexte.DEFINITIVE:
        return False
    if lue.indicateur.agregation == AgregationContexte.SOMME:
        return True
    return (
        lue.indicateur.agregation == AgregationContexte.RATIO
        and connue.denominateur is not None
        and lue.denominateur is not None
    )


def _contenu(lue: LigneLue) -> str:
    unite = "" if lue.indicateur.unite == "nombre" else f"\u00a0{lue.indicateur.unite}"
    if lue.valeur is not None:
        ecrit = f"{ecrire_nombre(lue.valeur.normalize())}{unite}"
    elif lue.numerateur is not None and lue.denominateur is not None:
        ecrit = f"{ecrire_nombre(lue.numerateur)} / {ecrire_nombre(lue.denominateur)}"
    else:
        ecrit = QualiteContexte(lue.qualite).label.lower()
    return f"{lue.indicateur.libelle}, {lue.annee} : {ecrit}"


def analyser_contexte(table: Table, choix: ChoixContexte, le: date) -> RapportDonnees:
    """Ce que le fichier dit, ligne par ligne ; n’écrit rien."""
    return AnalyseContexte(table, choix, le).faire()
