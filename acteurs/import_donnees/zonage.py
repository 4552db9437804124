"""Lire un zonage : une ligne par zone et par commune, ou plusieurs communes dans une cellule."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date

from acteurs.import_donnees.nombres import lire_effectif
from acteurs.import_donnees.rapport import LigneReprise, RapportDonnees, Refus
from acteurs.models import GenreFichier, NiveauTerritoire, TypeZonage
from acteurs.resolution import Trouve, couper, normaliser, resoudre
from cls_platform.socle.tableur.cles import cle
from cls_platform.socle.tableur.remarques import ValeurRefusee
from cls_platform.socle.tableur.table import Ligne, Table, est_une_erreur_de_formule

COMMUNE = NiveauTerritoire.COMMUNE
CODE_MAX, NOM_MAX, CLASSE_MAX = 40, 200, 40
LIEU_ABSENT = "Il manque le code de la commune."


@dataclass(frozen=True, slots=True)
class ChoixZonage:
    """Ce que la personne dit du fichier. `region` None : toute la France."""

    type: TypeZonage
    millesime: str
    date_effet: date
    source: str
    region: str | None = None
    est_demonstration: bool = False


@dataclass(slots=True)
class ZoneLue:
    """Une zone du fichier ; `communes` : code → ligne qui l’a dite la première."""

    code: str
    nom: str
    classe: str
    population: int | None
    ligne: int
    communes: dict[str, int] = field(default_factory=dict)

    @property
    def valeurs(self) -> tuple[str, str, int | None]:
        return self.nom, self.classe, self.population


class AnalyseZonage:
    def __init__(self, table: Table, choix: ChoixZonage) -> None:
        self.table, self.choix = table, choix
        self.rapport = RapportDonnees(
            genre=GenreFichier.ZONAGE.lower(),
            feuille=table.feuille,
            lignes=len(table.lignes),
            colonnes_inconnues=list(table.inconnues),
        )
        self.zones: dict[str, ZoneLue] = {}
        self.classement: dict[str, tuple[str, int]] = {}
        self.classes: Mapping[str, str] = {
            mot: code
            for code, libelle in choix.type.classes.items()
            for mot in (cle(libelle), cle(code))
        }
        self.communes: dict[str, Trouve] = {}

    def faire(self) -> RapportDonnees:
        self.communes = resoudre(
            COMMUNE, (code for ligne in self.table.lignes for code in self._codes(ligne))
        )
        for ligne in self.table.lignes:
            try:
                self._etudier(ligne)
            except Refus as refus:
                self.rapport.refuser(self.table, ligne, refus.colonne, str(refus))
        self.rapport.contenu = self.zones
        return self.rapport

    @staticmethod
    def _codes(ligne: Ligne) -> list[str]:
        return [normaliser(COMMUNE, code) for code in couper(ligne.texte("code_commune"))]

    def _etudier(self, ligne: Ligne) -> None:
        """Une ligne entière est reprise, ou rien d’elle. Lève Refus."""
        codes = self._codes(ligne)
        if not codes:
            raise Refus("code_commune", LIEU_ABSENT)
        trouvees = [self._commune(code) for code in codes]
        lue = self._zone(ligne)
        connue = self.zones.get(lue.code, lue)
        if connue.valeurs != lue.valeurs:
            raise Refus(
                "code_zone",
                f"Cette zone est décrite autrement à la ligne {connue.ligne}.",
            )
        nouvelles = [t for t in trouvees if self._est_nouvelle(connue, t, ligne)]
        self.zones[lue.code] = connue
        for trouvee in nouvelles:
            connue.communes[trouvee.code] = ligne.numero
            self.classement.setdefault(trouvee.code, (lue.code, ligne.numero))
        for trouvee in trouvees:
            if trouvee.succession:
                self.rapport.avertir(self.table, ligne, "code_commune", trouvee.succession)
        noms = ", ".join(trouvee.nom for trouvee in trouvees)
        contenu = f"{lue.nom} ({lue.code})" if lue.nom != lue.code else lue.nom
        self.rapport.reprises.append(LigneReprise(ligne.numero, noms, contenu))

    def _commune(self, code: str) -> Trouve:
        trouvee = self.communes[code]
        if trouvee.refus:
            raise Refus("code_commune", trouvee.refus)
        if self.choix.region and self.choix.region not in trouvee.regions:
            raise Refus("code_commune", f"{trouvee.nom} n’est pas dans la région de ce chargement.")
        return trouvee

    def _est_nouvelle(self, zone: ZoneLue, commune: Trouve, ligne: Ligne) -> bool:
        """Fausse quand une ancienne commune redit sa commune actuelle. Lève Refus si doublon."""
        autre, premiere = self.classement.get(commune.code, (zone.code, 0))
        if self.choix.type.une_zone_par_commune and autre != zone.code:
            raise Refus(
                "code_commune",
                f"{commune.nom} est déjà dans la zone {autre} à la ligne {premiere} : "
                "une commune n’en a qu’une.",
            )
        deja = zone.communes.get(commune.code)
        if deja and not commune.ancien:
            raise Refus("code_commune", f"{commune.nom} est déjà dans cette zone, ligne {deja}.")
        return not deja

    def _zone(self, ligne: Ligne) -> ZoneLue:
        """Sans code de zone, toutes les communes d’une classe font une zone. Lève Refus."""
        classe = self._classe(ligne)
        code = _court(ligne, "code_zone", CODE_MAX) or classe
        nom = _court(ligne, "nom_zone", NOM_MAX)
        if not code and not nom:
            colonne = "classe" if "classe" in self.table.entetes else "code_zone"
            raise Refus(colonne, "Il manque le code de la zone, son nom ou sa classe.")
        try:
            population = lire_effectif(ligne.valeurs.get("population"))
        except ValeurRefusee as refus:
            raise Refus("population", str(refus)) from refus
        libelle = self.choix.type.classes.get(classe, classe)
        return ZoneLue(
            code=code or nom[:CODE_MAX],
            nom=nom or (libelle if code == classe else code),
            classe=classe,
            population=population,
            ligne=ligne.numero,
        )

    def _classe(self, ligne: Ligne) -> str:
        ecrite = _court(ligne, "classe", CLASSE_MAX)
        if not self.classes:
            return ecrite
        classe = self.classes.get(cle(ecrite))
        if classe is None:
            permises = ", ".join(self.choix.type.classes)
            manque = "Il manque la classe." if not ecrite else "Cette classe n’existe pas."
            raise Refus("classe", f"{manque} Écrivez l’une de : {permises}.")
        return classe


def _court(ligne: Ligne, colonne: str, longueur: int) -> str:
    texte = " ".join(ligne.texte(colonne).split())
    if est_une_erreur_de_formule(texte):
        raise Refus(colonne, "C’est une erreur de formule. Écrivez la valeur elle-même.")
    if len(texte) > longueur:
        raise Refus(colonne, f"Ce texte est trop long : {longueur} caractères au plus.")
    return texte


def analyser_zonage(table: Table, choix: ChoixZonage) -> RapportDonnees:
    """Ce que le fichier dit, ligne par ligne ; n’écrit rien."""
    return AnalyseZonage(table, choix).faire()


def presences(zones: Mapping[str, ZoneLue]) -> Iterator[tuple[str, str]]:
    """(code de la zone, code de la commune)."""
    for code, zone in zones.items():
        for commune in zone.communes:
            yield code, commune
