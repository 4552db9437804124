"""Chargement des territoires officiels : COPY dans des tables temporaires, contrôle, puis un seul
INSERT … ON CONFLICT par table, qui n'écrit que ce qui diffère. Recharger ne change rien."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

from django.db import DataError, IntegrityError, connection, transaction
from django.db.backends.utils import CursorWrapper
from psycopg.sql import SQL, Composed, Identifier

from acteurs.fichiers_territoires import COLONNES, DOSSIER, Edition, lire_edition, texte_csv
from acteurs.models import Commune, EditionTerritoires
from acteurs.services.ars import RapportArs, charger_ars
from cls_platform.socle.erreurs import ErreurMetier

PART_FERMABLE = 0.05

POPULATION = "nullif(a.population, '')::int"
GROUPEMENT = {"siren": "a.siren", "nom": "a.nom", "nom_court": "a.nom_court"}


@dataclass(frozen=True, slots=True)
class Table:
    """Valeur SQL de chaque colonne, lue dans la table d'arrivée `a`."""

    libelle: str
    nom_sql: str
    valeurs: Mapping[str, str]
    jointure: str = ""

    @property
    def cle(self) -> str:
        return next(iter(self.valeurs))


TABLES = {
    "regions": Table(
        "régions",
        "acteurs_region",
        {"code": "a.code", "nom": "a.nom", "population": POPULATION},
    ),
    "departements": Table(
        "départements",
        "acteurs_departement",
        {"code": "a.code", "nom": "a.nom", "region_id": "a.region", "population": POPULATION},
    ),
    "epci": Table(
        "intercommunalités",
        "acteurs_epci",
        GROUPEMENT | {"nature": "a.nature", "population": POPULATION},
    ),
    "ept": Table(
        "établissements publics territoriaux",
        "acteurs_ept",
        GROUPEMENT | {"population": POPULATION},
    ),
    "communes": Table(
        "communes",
        "acteurs_commune",
        {
            "code": "a.code",
            "nom": "a.nom",
            "departement_id": "a.departement",
            "region_id": "d.region_id",
            "epci_id": "nullif(a.epci, '')",
            "ept_id": "nullif(a.ept, '')",
            "siren": "a.siren",
            "population": POPULATION,
            "codes_postaux": "string_to_array(a.codes_postaux, ' ')::varchar[]",
            "autres_codes": "string_to_array(a.autres_codes, ' ')::varchar[]",
            "autres_noms": "string_to_array(a.autres_noms, '|')::varchar[]",
            "successeur_id": "null",
        },
        jointure="JOIN acteurs_departement d ON d.code = a.departement",
    ),
}

# Ce que chaque colonne d'un fichier désigne dans un autre fichier.
REFERENCES = (
    ("departements", "region", "regions", "code"),
    ("communes", "departement", "departements", "code"),
    ("communes", "epci", "epci", "siren"),
    ("communes", "ept", "ept", "siren"),
)


@dataclass(frozen=True, slots=True)
class LigneRapport:
    libelle: str
    ajoutees: int
    modifiees: int
    closes: int
    inchangees: int
    actuelles: int


@dataclass(frozen=True, slots=True)
class RapportTerritoires:
    edition: Edition
    tables: dict[str, LigneRapport]
    communes_sans_epci: int
    communes_sans_habitant: int
    population: int
    ars: RapportArs

    @property
    def lignes_changees(self) -> int:
        tables = sum(t.ajoutees + t.modifiees + t.closes for t in self.tables.values())
        return tables + self.ars.lignes_changees


@transaction.atomic
def charger_territoires(
    *, dossier: Path = DOSSIER, accepter_fermetures: bool = False
) -> RapportTerritoires:
    """Lève ErreurMetier si un fichier manque, se contredit, ou fermerait plus d'un territoire
    sur vingt d'un même niveau (fichier tronqué ?) sans `accepter_fermetures`."""
    edition = lire_edition(dossier)
    with connection.cursor() as curseur:
        curseur.execute("SET LOCAL statement_timeout = '5min'")
        for niveau in TABLES:
            _recevoir(curseur, niveau, texte_csv(dossier, niveau))
        _controler(curseur)
        try:
            tables = {
                niveau: _fusionner(
                    curseur, niveau, edition, accepter_fermetures=accepter_fermetures
                )
                for niveau in TABLES
            }
        except (DataError, IntegrityError) as erreur:
            raise ErreurMetier(f"Une ligne du fichier est refusée : {erreur}") from erreur
        for niveau in TABLES:
            curseur.execute(SQL("DROP TABLE {}").format(_arrivee(niveau)))
        if any(t.ajoutees for t in tables.values()):
            curseur.execute("ANALYZE acteurs_commune, acteurs_epci, acteurs_departement")
    _noter_edition(edition)
    return _rapport(edition, tables, charger_ars())


def _arrivee(niveau: str) -> Identifier:
    return Identifier(f"arrivee_{niveau}")


def _recevoir(curseur: CursorWrapper, niveau: str, texte: str) -> None:
    colonnes = SQL(", ").join(SQL("{} text").format(Identifier(c)) for c in COLONNES[niveau])
    curseur.execute(SQL("CREATE TEMP TABLE {} ({})").format(_arrivee(niveau), colonnes))
    requete = SQL("COPY {} FROM STDIN WITH (FORMAT csv, HEADER, FORCE_NOT_NULL *)")
    with curseur.copy(requete.format(_arrivee(niveau))) as copie:
        copie.write(texte)


def _controler(curseur: CursorWrapper) -> None:
    for niveau, table in TABLES.items():
        doubles = SQL("SELECT {c} FROM {t} GROUP BY {c} HAVING count(*) > 1 ORDER BY {c} LIMIT 5")
        requete = doubles.format(c=Identifier(table.cle), t=_arrivee(niveau))
        _refuser_si_lignes(curseur, requete, f"{niveau}.csv.gz : code présent deux fois")
    for niveau, colonne, cible, cle in REFERENCES:
        inconnus = SQL(
            "SELECT DISTINCT a.{c} FROM {t} a WHERE a.{c} <> '' "
            "AND NOT EXISTS (SELECT FROM {cible} b WHERE b.{cle} = a.{c}) ORDER BY 1 LIMIT 5"
        ).format(
            c=Identifier(colonne), t=_arrivee(niveau), cible=_arrivee(cible), cle=Identifier(cle)
        )
        _refuser_si_lignes(curseur, inconnus, f"{niveau}.csv.gz : {colonne} absent de {cible}")


def _refuser_si_lignes(curseur: CursorWrapper, requete: Composed, defaut: str) -> None:
    curseur.execute(requete)
    if codes := ", ".join(code for (code,) in curseur.fetchall()):
        raise ErreurMetier(f"{defaut} ({codes}). Rien n’a été chargé.")


def _fusionner(
    curseur: CursorWrapper, niveau: str, edition: Edition, *, accepter_fermetures: bool
) -> LigneRapport:
    table = TABLES[niveau]
    closes = _clore(curseur, niveau, edition)
    ajoutees, modifiees = _inserer(curseur, niveau)
    if niveau == "communes":
        _designer_successeurs(curseur)
    curseur.execute(
        SQL("SELECT count(*) FILTER (WHERE date_fin IS NULL) FROM {}").format(
            Identifier(table.nom_sql)
        )
    )
    (actuelles,) = curseur.fetchone()
    if closes > PART_FERMABLE * (actuelles + closes) and not accepter_fermetures:
        raise ErreurMetier(
            f"Ce fichier fermerait {closes} {table.libelle} : est-il complet ? "
            "Sinon, relancez avec --accepter-fermetures. Rien n’a été chargé."
        )
    inchangees = actuelles - ajoutees - modifiees
    return LigneRapport(table.libelle, ajoutees, modifiees, closes, inchangees, actuelles)


def _inserer(curseur: CursorWrapper, niveau: str) -> tuple[int, int]:
    """`xmax` vaut 0 pour une ligne insérée. `date_fin` revient à NULL : un territoire fermé qui
    reparaît dans une édition est rouvert."""
    table = TABLES[niveau]
    colonnes = [Identifier(c) for c in (*table.valeurs, "date_fin")]
    requete = SQL(
        "WITH arrivees ({colonnes}) AS"
        " (SELECT {valeurs}, NULL::date FROM {arrivee} a {jointure}),"
        " ecrites AS ("
        " INSERT INTO {table} AS t ({colonnes})"
        " SELECT {nouvelles} FROM arrivees n LEFT JOIN {table} t USING ({cle})"
        " WHERE t.{cle} IS NULL OR ({anciennes}) IS DISTINCT FROM ({nouvelles})"
        " ON CONFLICT ({cle}) DO UPDATE SET ({colonnes}) = ROW ({ecrites})"
        " RETURNING (t.xmax = 0) AS ajoutee)"
        " SELECT count(*) FILTER (WHERE ajoutee), count(*) FILTER (WHERE NOT ajoutee) FROM ecrites"
    ).format(
        table=Identifier(table.nom_sql),
        arrivee=_arrivee(niveau),
        cle=Identifier(table.cle),
        colonnes=SQL(", ").join(colonnes),
        valeurs=SQL(", ").join(map(SQL, table.valeurs.values())),
        jointure=SQL(table.jointure),
        anciennes=_prefixees("t", colonnes),
        nouvelles=_prefixees("n", colonnes),
        ecrites=_prefixees("excluded", colonnes),
    )
    curseur.execute(requete)
    return curseur.fetchone()


def _prefixees(table: str, colonnes: Iterable[Identifier]) -> Composed:
    return SQL(", ").join(SQL("{}.{}").format(Identifier(table), c) for c in colonnes)


def _clore(curseur: CursorWrapper, niveau: str, edition: Edition) -> int:
    table = TABLES[niveau]
    curseur.execute(
        SQL(
            "UPDATE {table} t SET date_fin = %s WHERE date_fin IS NULL"
            " AND NOT EXISTS (SELECT FROM {arrivee} a WHERE a.{cle} = t.{cle})"
        ).format(
            table=Identifier(table.nom_sql), arrivee=_arrivee(niveau), cle=Identifier(table.cle)
        ),
        [edition.date_effet],
    )
    return curseur.rowcount


def _designer_successeurs(curseur: CursorWrapper) -> None:
    """Succède à une commune close celle qui compte son code parmi ses autres codes."""
    curseur.execute(
        "UPDATE acteurs_commune t SET successeur_id = s.code"
        " FROM arrivee_communes s"
        " WHERE t.date_fin IS NOT NULL AND t.successeur_id IS NULL"
        " AND t.code = ANY (string_to_array(s.autres_codes, ' '))"
    )


def _noter_edition(edition: Edition) -> None:
    EditionTerritoires.objects.get_or_create(
        sha256=edition.sha256,
        defaults={
            "annee_cog": edition.annee_cog,
            "date_effet": edition.date_effet,
            "millesime_population": edition.millesime_population,
            "sources": edition.sources,
        },
    )


def _rapport(
    edition: Edition, tables: dict[str, LigneRapport], ars: RapportArs
) -> RapportTerritoires:
    return RapportTerritoires(
        edition=edition, tables=tables, ars=ars, **Commune.objects.actuelles().reperes()
    )
