"""Le SQL d’une liste de fiches à emporter : une ligne par fiche, ses listes dans une cellule.

Une seule requête, que PostgreSQL écrit lui-même dans un COPY : rien ne passe par des objets. Ce qui
est une règle (statut affiché, avancement, coût, droit de lire) vient des QuerySets ; il n’y a ici
que de la mise en colonnes.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import Enum
from typing import Any

from contrats.etats import StatutAction
from contrats.models import Priorite

SEPARATEUR = " ; "
# OWASP, « CSV injection » : un tableur lit comme une formule une cellule qui commence ainsi
FORMULE = r"'^''*[-=+@\t\r]'"
PREMIERS = r"'=', '+', '-', '@', E'\t', E'\r', ''''"
# Excel coupe une cellule à 32 767 caractères : la suite va dans une autre colonne
CARACTERES_PAR_CELLULE = 32_000


class Nature(Enum):
    TEXTE = "texte"
    LONG = "texte long"
    NOMBRE = "nombre"
    MONTANT = "montant"
    DATE = "date"


@dataclass(frozen=True, slots=True)
class Colonne:
    """`part` : le rang d’un long texte qui occupe plusieurs cellules."""

    entete: str
    sql: str
    nature: Nature = Nature.TEXTE
    largeur: int = 20
    part: int = 1

    @property
    def titre(self) -> str:
        return f"{self.entete} (suite {self.part})" if self.part > 1 else self.entete


def _mots(colonne: str, choix: Sequence[tuple[str, Any]]) -> str:
    cas = " ".join(f"WHEN {_texte(code)} THEN {_texte(str(mot))}" for code, mot in choix)
    return f"CASE {colonne} {cas} END"


def _texte(valeur: str) -> str:
    return "'" + valeur.replace("'", "''") + "'"


def _interne(sql: str) -> str:
    """Vide hors de l’équipe du contrat et de son ARS."""
    return f"CASE WHEN c.est_suivi THEN {sql} END"


PERSONNE = "coalesce(nullif(btrim(concat(u.prenom, ' ', u.nom)), ''), a.pilote_nom)"
PUBLIQUES = (
    Colonne("Identifiant", "a.id::text", largeur=12),
    Colonne("Contrat", "ct.nom", largeur=30),
    Colonne("Région", "rg.nom"),
    Colonne("Axe", "concat_ws('. ', x.numero, x.titre)", largeur=30),
    Colonne("Objectif", "concat_ws(' ', o.numero, o.titre)", largeur=30),
    Colonne("Numéro", "a.numero", largeur=9),
    Colonne("Titre", "a.titre", largeur=44),
    Colonne("Statut", _mots("c.statut_affiche", StatutAction.choices), largeur=18),
    Colonne("Priorité", _mots("a.priorite", Priorite.choices), largeur=10),
    Colonne("Début", "a.date_debut", Nature.DATE, 12),
    Colonne("Échéance", "a.date_fin", Nature.DATE, 12),
    Colonne("Avancement (%)", "round(c.avancement * 100)::int", Nature.NOMBRE, 12),
    Colonne("Pilote", "p.nom", largeur=30),
    Colonne("Partenaires", "partenaires.noms", largeur=30),
    Colonne("Thèmes", "themes.noms"),
    Colonne("Publics", "publics.noms"),
    Colonne("En mots simples, pour les habitants", "a.resume_public", Nature.LONG, 40),
    Colonne("Modifiée le", "(a.modifie_le AT TIME ZONE 'Europe/Paris')::date", Nature.DATE, 12),
)
INTERNES = (
    Colonne("Personne pilote", _interne(PERSONNE)),
    Colonne("Constat du diagnostic", _interne("a.contexte"), Nature.LONG, 40),
    Colonne("Description", _interne("a.description"), Nature.LONG, 50),
    Colonne("Résultats attendus", _interne("a.resultats_attendus"), Nature.LONG, 40),
)
ARGENT = (
    Colonne("Coût (€)", "CASE WHEN c.budget_lisible THEN couts.somme END", Nature.MONTANT, 14),
    Colonne(
        "Ressources (€)", "CASE WHEN c.budget_lisible THEN ressources.somme END", Nature.MONTANT, 14
    ),
)
# Nom de la sous-requête : (table du lien, colonne, table des noms, clé, nom, ordre)
LISTES = {
    "themes": ("contrats_action_themes", "theme_id", "contrats_theme", "code", "libelle", "ordre"),
    "publics": (
        "contrats_action_populations", "population_id", "contrats_population", "code", "libelle",
        "ordre",
    ),
    "partenaires": (
        "contrats_actionacteur", "acteur_id", "acteurs_acteur", "id", "nom", "cle_tri",
    ),
}  # fmt: skip


def _liste(nom: str) -> str:
    lien, colonne, table, cle, libelle, ordre = LISTES[nom]
    noms = f"string_agg(n.{libelle}, '{SEPARATEUR}' ORDER BY n.{ordre}, n.{cle})"
    return f"""LEFT JOIN (
    SELECT l.action_id, left({noms}, {CARACTERES_PAR_CELLULE}) AS noms
    FROM choisies c JOIN {lien} l ON l.action_id = c.id JOIN {table} n ON n.{cle} = l.{colonne}
    GROUP BY l.action_id
) {nom} ON {nom}.action_id = a.id"""  # noqa: S608  # que des constantes d’ici


def _somme(nom: str, sql: str) -> str:
    return f"""LEFT JOIN (
    SELECT s.action_id, sum(s.somme) AS somme FROM ({sql}) s GROUP BY s.action_id
) {nom} ON {nom}.action_id = a.id"""  # noqa: S608  # du SQL compilé par Django


def lignes(choisies: str, colonnes: Sequence[str], sommes: dict[str, str]) -> str:
    """`choisies` : (id, statut_affiche, avancement, est_suivi, budget_lisible) ; `sommes` : les
    requêtes (action_id, somme) de « couts » et « ressources »."""
    liens = [_liste(nom) for nom in LISTES] + [_somme(nom, sql) for nom, sql in sommes.items()]
    return f"""
WITH choisies AS MATERIALIZED ({choisies})
SELECT {", ".join(colonnes)}
FROM choisies c JOIN contrats_action a ON a.id = c.id
JOIN contrats_contrat ct ON ct.id = a.contrat_id JOIN acteurs_region rg ON rg.code = a.region_id
LEFT JOIN contrats_axe x ON x.id = a.axe_id LEFT JOIN contrats_objectif o ON o.id = a.objectif_id
LEFT JOIN acteurs_acteur p ON p.id = a.pilote_id
LEFT JOIN acteurs_utilisateur u ON u.id = a.pilote_personne_id
{chr(10).join(liens)}
ORDER BY a.contrat_id, a.ordre, a.numero, a.id
"""  # noqa: S608  # que des constantes d’ici et du SQL compilé par Django


def pour_csv(colonne: Colonne) -> str:
    """Dates et montants comme un tableur français les lit ; une formule reste un texte."""
    if colonne.nature is Nature.DATE:
        return f"to_char({colonne.sql}, 'DD/MM/YYYY')"
    if colonne.nature is Nature.MONTANT:
        return f"replace(({colonne.sql})::text, '.', ',')"
    if colonne.nature is Nature.NOMBRE:
        return colonne.sql
    return (
        f"CASE WHEN left({colonne.sql}, 1) IN ({PREMIERS}) AND ({colonne.sql}) ~ {FORMULE} "
        f"THEN '''' || ({colonne.sql}) ELSE {colonne.sql} END"
    )


def pour_xlsx(colonne: Colonne) -> str:
    """Une date est son numéro de jour (le 1 est le 1er janvier 1900, 1900 compté bissextile)."""
    if colonne.nature is Nature.DATE:
        return f"{colonne.sql} - DATE '1899-12-30'"
    if colonne.nature is Nature.LONG:
        debut = CARACTERES_PAR_CELLULE * (colonne.part - 1) + 1
        return f"substr({colonne.sql}, {debut}, {CARACTERES_PAR_CELLULE})"
    return colonne.sql


def pour_ods(colonne: Colonne) -> str:
    if colonne.nature is Nature.DATE:
        return f"to_char({colonne.sql}, 'YYYY-MM-DD')"
    return pour_xlsx(colonne)


def plus_longs(choisies: str, colonnes: Sequence[Colonne]) -> str:
    """Les octets du plus long texte de chaque colonne, lus sans le déplier."""
    tailles = ", ".join(f"coalesce(max(octet_length({c.sql})), 0)" for c in colonnes)
    return (
        f"WITH choisies AS MATERIALIZED ({choisies}) SELECT {tailles} "  # noqa: S608  # idem
        "FROM choisies c JOIN contrats_action a ON a.id = c.id"
    )
