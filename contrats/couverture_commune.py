"""Pourquoi une commune est couverte, en projet ou blanche : chaque contrat qui l’a comptée, et ce
qui fait qu’il compte ou non ce jour-là."""

from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from django.db import connection
from django.db.models import TextChoices

from acteurs.models import Commune
from contrats import couverture_sql as sql


class Raison(TextChoices):
    """Ce qui fait qu’un contrat compte, ou la première chose qui l’en empêche."""

    COUVRE = "COUVRE", "la couvre"
    PROJET = "PROJET", "est en projet"
    PAS_ENTREE = "PAS_ENTREE", "pas encore dans son périmètre"
    SORTIE = "SORTIE", "sortie de son périmètre"
    ARRETE = "ARRETE", "arrêté"
    FINI = "FINI", "fini"
    PAS_SIGNE = "PAS_SIGNE", "pas encore signé"
    PAS_COMMENCE = "PAS_COMMENCE", "signé, pas encore commencé"


@dataclass(frozen=True, slots=True)
class Presence:
    """Une commune dans un contrat. `fin` : dernier jour connu du contrat ce jour-là.

    `phase`, `phase_depuis` : la dernière phase datée ; vides avant la première.
    """

    contrat: UUID
    nom: str
    date_signature: date | None
    debut: date | None
    fin: date | None
    arret: date | None
    phase: str | None
    phase_depuis: date | None
    entree: date
    sortie: date | None
    avenant_entree: int | None
    avenant_sortie: int | None
    est_signe: bool | None

    def raison(self, le: date) -> Raison:
        causes = (
            (self.est_signe is True, Raison.COUVRE),
            (self.est_signe is False, Raison.PROJET),
            (self.entree > le, Raison.PAS_ENTREE),
            (self.sortie is not None and self.sortie <= le, Raison.SORTIE),
            (self.arret is not None and self.arret <= le, Raison.ARRETE),
            (self.fin is not None and self.fin < le, Raison.FINI),
            (self.date_signature is None or self.date_signature > le, Raison.PAS_SIGNE),
        )
        return next((raison for vrai, raison in causes if vrai), Raison.PAS_COMMENCE)


SQL = """
WITH {engages}
SELECT k.id, k.nom, k.date_signature, coalesce(k.date_debut, k.date_signature),
       least(k.date_fin, r.fin), x.le, d.vers, d.date_effet, p.date_entree, p.date_sortie,
       ae.numero, s.numero, e.est_signe
FROM contrats_perimetre p JOIN contrats_contrat k ON k.id = p.contrat_id
LEFT JOIN reportees r ON r.contrat_id = k.id
LEFT JOIN engages e ON e.id = k.id AND p.date_entree <= %(le)s
    AND (p.date_sortie IS NULL OR p.date_sortie > %(le)s)
LEFT JOIN contrats_avenant ae ON ae.id = p.avenant_entree_id
LEFT JOIN contrats_avenant s ON s.id = p.avenant_sortie_id
LEFT JOIN LATERAL (SELECT min(date_effet) AS le FROM contrats_passagephase
                   WHERE contrat_id = k.id AND vers = %(abandon)s) x ON true
LEFT JOIN LATERAL (SELECT vers, date_effet FROM contrats_passagephase
                   WHERE contrat_id = k.id AND date_effet <= %(le)s
                   ORDER BY date_effet DESC, id DESC LIMIT 1) d ON true
WHERE p.commune_id = %(commune)s
ORDER BY e.est_signe DESC NULLS LAST, p.date_entree DESC, k.cle_tri, k.id
"""


def presences_de(commune: Commune, le: date) -> list[Presence]:
    """Les contrats qui comptent ce jour-là d’abord, puis les autres, passés et à venir."""
    parametres: dict[str, Any] = sql.parametres(le, avec_projets=True)
    with connection.cursor() as curseur:
        curseur.execute(SQL.format(engages=sql.ENGAGES), parametres | {"commune": commune.pk})
        return [Presence(*ligne) for ligne in curseur.fetchall()]


@dataclass(frozen=True, slots=True)
class Heritage:
    """Un contrat qui compte une commune réunie à celle-ci, sans compter celle-ci."""

    contrat: UUID
    nom: str
    est_signe: bool
    ancienne: str


SQL_HERITAGES = """
WITH {engages}
SELECT k.id, k.nom, e.est_signe, string_agg(DISTINCT a.nom, ', ' ORDER BY a.nom)
FROM acteurs_commune a JOIN contrats_perimetre p ON p.commune_id = a.code
JOIN engages e ON e.id = p.contrat_id JOIN contrats_contrat k ON k.id = e.id
WHERE a.successeur_id = %(commune)s AND a.date_fin <= %(le)s
  AND p.date_entree <= %(le)s AND (p.date_sortie IS NULL OR p.date_sortie > %(le)s)
  AND NOT EXISTS (SELECT 1 FROM contrats_perimetre q WHERE q.contrat_id = k.id
                  AND q.commune_id = %(commune)s AND q.date_entree <= %(le)s
                  AND (q.date_sortie IS NULL OR q.date_sortie > %(le)s))
GROUP BY k.id, e.est_signe ORDER BY k.cle_tri, k.id
"""


def heritages_de(commune: Commune, le: date) -> list[Heritage]:
    """Les contrats qui comptent encore une commune réunie à celle-ci : elle devrait y entrer."""
    parametres: dict[str, Any] = sql.parametres(le, avec_projets=True)
    with connection.cursor() as curseur:
        curseur.execute(
            SQL_HERITAGES.format(engages=sql.ENGAGES), parametres | {"commune": commune.pk}
        )
        return [Heritage(*ligne) for ligne in curseur.fetchall()]
