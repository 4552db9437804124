"""Les territoires d’une carte de couverture : leur état, leurs habitants, leurs contrats.

Mêmes contrats et mêmes états que `couverture_detail` : le même SQL, regroupé par maille
(`acteurs.mailles`) ou par commune. Une requête par carte.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db import connection
from django.db.models import TextChoices

from acteurs.mailles import METROPOLE_DU_GRAND_PARIS
from contrats import couverture_sql as sql
from contrats.couverture import Variante
from contrats.couverture_detail import ETATS
from contrats.couverture_etats import EtatCouverture, dans_douze_mois


class Grain(TextChoices):
    MAILLE = "maille", "intercommunalité"
    COMMUNE = "commune", "commune"


@dataclass(frozen=True, slots=True)
class TerritoireDeCarte:
    """`etat` : celui où vivent le plus d’habitants. `nature` : « epci », « ept » ou « commune ».

    Une commune qu’un contrat signé et un contrat en projet couvrent compte dans `signees`, et une
    seule fois dans `engagees`. `contrats` : leur nom, et s’ils sont signés ; les signés d’abord.
    `communes_doubles` : celles que couvrent deux contrats signés ou plus.
    """

    code: str
    nom: str
    nature: str
    etat: str
    population: int
    population_signee: int
    population_engagee: int
    codes: tuple[str, ...]
    communes_signees: int
    fin: date | None
    contrats: tuple[tuple[str, bool], ...]
    communes_doubles: int = 0

    @property
    def communes(self) -> int:
        return len(self.codes)

    @property
    def est_partiel(self) -> bool:
        """Une partie seulement de ses communes est signée."""
        return 0 < self.communes_signees < self.communes

    @property
    def est_double_en_partie(self) -> bool:
        """Deux contrats signés couvrent une partie de ses communes, et son état ne le dit pas."""
        return self.communes_doubles > 0 and self.etat != EtatCouverture.PLUSIEURS

    def population_couverte(self, variante: str) -> int:
        signee = Variante(variante) == Variante.SIGNE
        return self.population_signee if signee else self.population_engagee

    def contrats_comptes(self, variante: str) -> tuple[str, ...]:
        """Les noms de ceux que la variante compte."""
        tous = Variante(variante) == Variante.SIGNE_OU_PROJET
        return tuple(nom for nom, est_signe in self.contrats if tous or est_signe)


# La même règle que `acteurs.mailles.maille_de` ; un test les compare
GROUPES = {
    Grain.MAILLE: "coalesce(c.ept_id, nullif(c.epci_id, %(grand_paris)s), c.code)",
    Grain.COMMUNE: "c.code",
}
# Le nom d’une commune vaut pour qui n’est ni intercommunalité, ni établissement public territorial
SQL_TERRITOIRES = """
membres AS (
    SELECT {groupe} AS maille, e.* FROM etats e JOIN acteurs_commune c ON c.code = e.code
), dominants AS (
    SELECT DISTINCT ON (maille) maille, etat FROM membres GROUP BY maille, etat
    ORDER BY maille, coalesce(sum(population), 0) DESC, count(*) DESC, etat
), nommes AS (
    SELECT m.maille, json_agg(DISTINCT jsonb_build_array(
               NOT p.est_signe, k.cle_tri, k.nom, k.id)) AS noms
    FROM membres m JOIN presences p ON p.commune_id = m.code
    JOIN contrats_contrat k ON k.id = p.contrat_id GROUP BY m.maille
), sommes AS (
    SELECT maille, min(nom) AS nom, min(cle_tri COLLATE "C") AS cle_tri,
           coalesce(sum(population), 0)::bigint AS population,
           coalesce(sum(population) FILTER (WHERE signes > 0), 0)::bigint AS signee,
           coalesce(sum(population) FILTER (WHERE signes + projets > 0), 0)::bigint AS engagee,
           array_agg(code) AS codes, count(*) FILTER (WHERE signes > 0) AS signees, min(fin) AS fin,
           count(*) FILTER (WHERE signes > 1) AS doubles
    FROM membres GROUP BY maille
)
SELECT s.maille, coalesce(i.nom, t.nom, s.nom),
       CASE WHEN i.siren IS NOT NULL THEN 'epci' WHEN t.siren IS NOT NULL THEN 'ept'
            ELSE 'commune' END,
       d.etat, s.population, s.signee, s.engagee, s.codes, s.signees, s.fin, n.noms,
       s.doubles
FROM sommes s JOIN dominants d USING (maille) LEFT JOIN nommes n USING (maille)
LEFT JOIN acteurs_epci i ON i.siren = s.maille LEFT JOIN acteurs_ept t ON t.siren = s.maille
ORDER BY coalesce(i.cle_tri, t.cle_tri, s.cle_tri), s.maille
"""
DES_COMMUNES = " AND c.code = ANY(%(communes)s)"


def territoires_de_carte(
    le: date, grain: str, *, communes: Sequence[str] | None = None, **lieu: str | None
) -> list[TerritoireDeCarte]:
    """Par ordre alphabétique. Le lieu se dit par son code (`region`, `departement`, `epci`), ou par
    les codes de ses communes."""
    condition, codes = sql.filtre_de_lieu(lieu)
    choisies = "" if communes is None else DES_COMMUNES
    etats = ETATS.format(existe=sql.EXISTE, lieu=condition, contrat=choisies)
    requete = SQL_TERRITOIRES.format(groupe=GROUPES[Grain(grain)])
    valeurs: dict[str, Any] = sql.parametres(le, avec_projets=True) | codes
    valeurs |= {
        "bientot": dans_douze_mois(le),
        "communes": list(communes or ()),
        "grand_paris": METROPOLE_DU_GRAND_PARIS,
    }
    with connection.cursor() as curseur:
        curseur.execute(f"WITH {sql.ENGAGES}, {sql.PRESENCES}, {etats}, {requete}", valeurs)
        return [_territoire(*ligne) for ligne in curseur.fetchall()]


def _territoire(*ligne: Any) -> TerritoireDeCarte:
    code, nom, nature, etat, population, signee, engagee, codes, signees, fin, noms, doubles = ligne
    return TerritoireDeCarte(
        code=code,
        nom=nom,
        nature=nature,
        etat=etat,
        population=population,
        population_signee=signee,
        population_engagee=engagee,
        codes=tuple(codes),
        communes_signees=signees,
        communes_doubles=doubles,
        fin=fin,
        contrats=tuple((nom_lu, not en_projet) for en_projet, _, nom_lu, _ in noms or ()),
    )
