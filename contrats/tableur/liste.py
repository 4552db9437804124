"""Emporter une liste de fiches, de tout contrat, en CSV, XLSX ou ODS : ces lignes, ces droits.

PostgreSQL écrit les lignes (COPY), Python les passe par morceaux : la mémoire ne dépend pas du
nombre de fiches. Le fichier est terminé avant de partir : un téléchargement n’est jamais coupé en
route par une erreur de la base, et un réseau lent ne tient pas une connexion.
"""

import tempfile
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import replace
from datetime import date
from typing import IO, Any

from django.db import connection, transaction
from django.db.models import Exists, OuterRef, Value

from cls_platform.socle.tableur import ecriture_ods
from contrats.models import Financement, LigneBudget
from contrats.models.selections_argent import budgets_lisibles_par
from contrats.tableur import liste_ods, liste_sql, liste_xlsx
from contrats.tableur.liste_sql import CARACTERES_PAR_CELLULE, Colonne, Nature

TYPES = {
    "csv": "text/csv; charset=utf-8",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "ods": ecriture_ods.TYPE,
}
# Comment la base écrit une valeur, et qui en fait une feuille
CLASSEURS = {
    "xlsx": (liste_sql.pour_xlsx, liste_xlsx.ecrire),
    "ods": (liste_sql.pour_ods, liste_ods.ecrire),
}
# Toute la France prend quelques secondes ; un serveur chargé, davantage qu’une page
DELAI = "55s"
MARQUE = "\ufeff".encode()
# Fins de ligne unifiées, caractères de commande retirés
COMMANDES = bytes(rang for rang in range(32) if rang not in b"\t\n") + b"\x7f"


class Liste:
    """`actions` : la liste filtrée, déjà restreinte à ce que `utilisateur` peut voir."""

    def __init__(self, actions: Any, *, utilisateur: Any, le: date) -> None:
        self.utilisateur, self.le = utilisateur, le
        self.choisies = self._choisies(actions)
        self.colonnes: tuple[Colonne, ...] = liste_sql.PUBLIQUES
        if utilisateur.is_authenticated:
            self.colonnes += liste_sql.INTERNES + liste_sql.ARGENT

    def _choisies(self, actions: Any) -> tuple[str, Sequence[Any]]:
        requete = actions.order_by().pour_api(self.utilisateur, self.le)
        requete = requete.annotate(budget_lisible=self._lit_le_budget())
        colonnes = ("pk", "statut_affiche", "avancement", "est_suivi", "budget_lisible")
        sql, valeurs = requete.values_list(*colonnes).query.sql_with_params()
        noms = "id, statut_affiche, avancement, est_suivi, budget_lisible"
        return f"SELECT * FROM ({sql}) choix ({noms})", valeurs  # noqa: S608  # SQL compilé par Django

    def _lit_le_budget(self) -> Any:
        if not self.utilisateur.is_authenticated or self.utilisateur.est_administrateur:
            return Value(self.utilisateur.is_authenticated)
        return Exists(budgets_lisibles_par(self.utilisateur).filter(pk=OuterRef("contrat_id")))

    def nom(self, extension: str) -> str:
        return f"fiches-{self.le:%Y-%m-%d}.{extension}"

    def en(self, extension: str) -> IO[bytes]:
        """Un fichier temporaire, à fermer ; `extension` : une clé de TYPES."""
        fichier = tempfile.TemporaryFile(prefix="cls-export-")  # noqa: SIM115  # la réponse le ferme
        try:
            if extension == "csv":
                self._en_csv(fichier)
            else:
                self._en_classeur(fichier, *CLASSEURS[extension])
        except BaseException:
            fichier.close()
            raise
        fichier.seek(0)
        return fichier

    def _en_csv(self, fichier: IO[bytes]) -> None:
        fichier.write(MARQUE + ";".join(c.entete for c in self.colonnes).encode() + b"\r\n")
        for morceau in self._copier(self.colonnes, liste_sql.pour_csv, "csv, DELIMITER ';'"):
            fichier.write(morceau.translate(None, COMMANDES))

    def _en_classeur(
        self,
        fichier: IO[bytes],
        valeur: Callable[[Colonne], str],
        ecrire: Callable[[IO[bytes], Sequence[Colonne], Iterable[bytes]], None],
    ) -> None:
        """Lève ErreurMetier au-delà de ce qu’une feuille contient."""
        colonnes = self._en_parts()
        lignes = self._copier(colonnes, valeur, "text, NULL ''")
        ecrire(fichier, colonnes, (m.translate(None, COMMANDES) for m in lignes))

    def _copier(
        self, colonnes: Sequence[Colonne], ecrire: Callable[[Colonne], str], options: str
    ) -> Iterator[bytes]:
        choisies, valeurs = self.choisies
        sommes = {"couts": _couts(), "ressources": _ressources()} if self._avec_argent else {}
        parametres = [*valeurs]
        for _, valeurs_de_la_somme in sommes.values():
            parametres += valeurs_de_la_somme
        sql = liste_sql.lignes(
            choisies, [ecrire(c) for c in colonnes], {nom: s for nom, (s, _) in sommes.items()}
        )
        requete = f"COPY ({sql}) TO STDOUT (FORMAT {options})"
        with transaction.atomic(), connection.cursor() as curseur:
            curseur.execute(f"SET LOCAL statement_timeout = '{DELAI}'")
            with curseur.cursor.copy(requete, parametres) as copie:
                yield from par_morceaux(copie)

    @property
    def _avec_argent(self) -> bool:
        return bool(self.utilisateur.is_authenticated)

    def _en_parts(self) -> list[Colonne]:
        """Un texte trop long pour une cellule continue dans la suivante."""
        longues = [c for c in self.colonnes if c.nature is Nature.LONG]
        choisies, valeurs = self.choisies
        with connection.cursor() as curseur:
            curseur.execute(liste_sql.plus_longs(choisies, longues), valeurs)
            octets = dict(zip(longues, curseur.fetchone(), strict=True))
        return [
            replace(colonne, part=part)
            for colonne in self.colonnes
            for part in range(1, octets.get(colonne, 0) // CARACTERES_PAR_CELLULE + 2)
        ]


def par_morceaux(copie: Any) -> Iterator[bytes]:
    """Des morceaux d’un mégaoctet, coupés entre deux lignes : COPY en donne une à la fois."""
    morceau, taille = [], 0
    for ligne in copie:
        morceau.append(ligne)
        taille += len(ligne)
        if taille > 1 << 20:
            yield b"".join(morceau)
            morceau, taille = [], 0
    yield b"".join(morceau)


def _couts() -> tuple[str, Sequence[Any]]:
    return LigneBudget.objects.couts().values_list("action_id", "somme").query.sql_with_params()


def _ressources() -> tuple[str, Sequence[Any]]:
    sommes = Financement.objects.ressources().values_list("action_id", "somme")
    return sommes.query.sql_with_params()
