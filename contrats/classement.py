"""Les fiches les plus proches d’une question, classées : du SQL écrit une fois, trois lectures.

1. La question devient ce que cherche l’index : préparée, elle ne lit aucune table.
2. Les mots trouvés sont classés, ex æquo compris. Cette lecture-là se planifie chaque fois : un mot
   rare passe par l’index, un mot que presque toute fiche porte s’arrête aux premières lignes.
3. Les vingt premières fiches se lisent ; ce qui est à la corbeille n’en est pas.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache
from typing import Any
from uuid import UUID

from django.db import connection
from django.db.models import F, FloatField, Func

from cls_platform.socle.requetes import Parametre, RequeteFigee, figer
from cls_platform.socle.tableaux import CLE_PARMI
from contrats.models import Action
from contrats.models.selections_mots import NUMERO

MEILLEURES = 20
# Au-delà, on ne classe que les premières trouvées : un mot très courant resterait lent
PLAFOND_DU_CLASSEMENT = 1_000
COLONNES = (
    "id", "numero", "titre", "statut_affiche", "pilote__nom", "resume_public", "contexte",
    "description", "resultats_attendus", "objectif_general", "objectifs_operationnels",
    "modalites_evaluation", "moyens", "freins", "leviers",
)  # fmt: skip
# Comme `mots_francais` : chaque mot par sa racine, ou comme début de mot
MOTS = (
    "plainto_tsquery('french'::regconfig, cle_tri(%({0})s))"
    " || coalesce(requete_prefixes(%({0})s), ''::tsquery)"
)
# Un mot que l’on ne range pas (« de », « la ») ne trie rien : vide, il s’efface devant les autres
UN_MOT = (
    "(CASE WHEN numnode(plainto_tsquery('french'::regconfig, cle_tri(%({0})s))) = 0"
    f" THEN ''::tsquery ELSE {MOTS} END)"
)
CLASSEES = """
SELECT action_id, proximite FROM (
    SELECT action_id, ts_rank(internes, %(classement)s::tsquery) AS proximite
    FROM contrats_rechercheaction {conditions} LIMIT {plafond}
) trouvees ORDER BY proximite DESC FETCH FIRST {nombre} ROWS WITH TIES
"""
TRIE = "internes @@ %(filtre)s::tsquery"
PARMI = "action_id = ANY(%(parmi)s)"
NUMEROTEE = (
    "action_id IN (SELECT id FROM contrats_action"
    " WHERE numero = %({0})s::text OR starts_with(numero, %({0})s::text || '.'))"
)


class _Proximite(Func):
    """Celle que `rangs` donne à la fiche, à la place qu’elle a dans `pks`."""

    arity = 3
    output_field = FloatField()

    def as_sql(self, compiler: Any, connection: Any, **extra: Any) -> Any:  # type: ignore[override]  # gabarit fixe
        lus = [compiler.compile(expression) for expression in self.source_expressions]
        rangs, pks, pk = (sql for sql, _ in lus)
        valeurs = [valeur for _, valeurs in lus for valeur in valeurs]
        return f"({rangs}::float8[])[array_position({pks}::uuid[], {pk})]", valeurs


@dataclass(frozen=True, slots=True)
class Question:
    """`filtre` : ce que toute réponse porte ; vide, tout répond. `racines` : à mettre en valeur."""

    filtre: str
    classement: str
    racines: Sequence[str]
    numeros: Sequence[str]


def comprendre(texte: str) -> Question:
    """Une requête, qui ne lit aucune table."""
    ecrits = texte.split()
    mots = {f"mot_{r}": m for r, m in enumerate(m for m in ecrits if not NUMERO.match(m))}
    ((filtre, classement, racines),) = _question(len(mots)).lire(texte=texte, **mots)
    return Question(filtre, classement, racines, [mot for mot in ecrits if NUMERO.match(mot)])


def meilleures(
    question: Question,
    *,
    le: date,
    parmi: Sequence[UUID] | None = None,
    colonnes: tuple[str, ...] = COLONNES,
) -> list[dict[str, Any]]:
    """Les vingt plus proches d’abord ; le titre pèse plus que le résumé, le résumé que le reste.

    Cherche dans tous les textes des fiches du plan, ou seulement `parmi` celles-ci : à l’appelant
    de ne donner que des fiches que la personne peut lire.
    """
    nombre = MEILLEURES
    while True:
        proches = _proches(question, parmi, nombre)
        lignes = _lignes(colonnes).lire(
            pks=[pk for pk, _ in proches], rangs=[rang for _, rang in proches], le=le
        )
        if len(lignes) == MEILLEURES or len(proches) < nombre:
            return [dict(zip(colonnes, ligne, strict=False)) for ligne in lignes]
        # Trop de ces fiches sont à la corbeille
        nombre *= 10


@cache
def _question(mots: int) -> RequeteFigee:
    filtre = " && ".join(UN_MOT.format(f"mot_{rang}") for rang in range(mots)) or "''::tsquery"
    racines = "tsvector_to_array(to_tsvector('french'::regconfig, cle_tri(%(texte)s)))"
    sql = f"SELECT ({filtre})::text, ({MOTS.format('texte')})::text, {racines}"
    return RequeteFigee(sql, {}, {})


def _proches(
    question: Question, parmi: Sequence[UUID] | None, nombre: int
) -> list[tuple[UUID, float]]:
    valeurs: dict[str, Any] = {"filtre": question.filtre, "classement": question.classement}
    valeurs |= {} if parmi is None else {"parmi": list(parmi)}
    valeurs |= {f"numero_{rang}": numero for rang, numero in enumerate(question.numeros)}
    conditions = [TRIE] if question.filtre else []
    conditions += [PARMI] if parmi is not None else []
    conditions += [NUMEROTEE.format(f"numero_{rang}") for rang in range(len(question.numeros))]
    sql = CLASSEES.format(
        conditions=f"WHERE {' AND '.join(conditions)}" if conditions else "",
        plafond=PLAFOND_DU_CLASSEMENT,
        nombre=nombre,
    )
    with connection.cursor() as curseur, connection.wrap_database_errors:
        curseur.cursor.execute(sql, valeurs, prepare=False)
        return list(curseur.fetchall())


@cache
def _lignes(colonnes: tuple[str, ...]) -> RequeteFigee:
    """Les premières de `pks`, dont `rangs` dit la proximité ; départagées comme dans le plan."""
    rang = _Proximite(Parametre("rangs"), Parametre("pks"), F("pk"))
    choisies: Any = Action.objects.filter(**{CLE_PARMI: Parametre("pks")})
    datees = choisies.avec_statut_affiche(Parametre("le")).annotate(rang=rang)
    rangees = datees.order_by("-rang", "ordre", "numero", "pk")
    return figer(rangees.values_list(*colonnes)[:MEILLEURES])
