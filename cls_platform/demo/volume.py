"""Un volume national pour mesurer : contrats, actions et mesures tirés au sort, graine fixe.

Les territoires sont réels, tout le reste est engendré et marqué « Démonstration ». Chaque table
reçoit un COPY, sans déclencheur ni index ; les clés étrangères sont vérifiées à la fin.
"""

import random
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any
from uuid import UUID

from django.apps import apps
from django.db import connection, models, transaction

from cls_platform.demo.tables_nues import tables_nues
from cls_platform.demo.volume_avenants import COLONNES, avenants, compter_les_revisions
from cls_platform.demo.volume_plan import Plans
from cls_platform.demo.volume_textes import phrase
from cls_platform.socle.erreurs import ErreurMetier
from contrats.etats import Phase

GRAINE = 2026
TABLES = (
    "acteurs_utilisateur",
    "acteurs_acteur",
    "contrats_contrat",
    "contrats_avenant",
    "contrats_perimetre",
    "contrats_passagephase",
    *Plans.TABLES,
    "indicateurs_indicateur",
    "indicateurs_mesure",
    "bilans_bilan",
)
MAINTENANT = "2026-11-01T08:00:00+00:00"
# Du catalogue : ils s’additionnent, et se réunissent d’un contrat à l’autre
MODELES_SUIVIS = ("A01", "A02", "A03", "A07", "A08", "A09")
TRIMESTRES = [(date(2022 + r // 4, 1 + 3 * (r % 4), 1)) for r in range(17)]


@dataclass(frozen=True)
class Echelle:
    """Le volume de la France entière ; `nationale` suit docs et mesures de référence."""

    contrats: int = 1000
    actions_par_contrat: int = 60
    axes_par_contrat: int = 5
    indicateurs_par_contrat: int = 30
    acteurs: int = 12_000
    utilisateurs: int = 5_000
    bilans_par_contrat: int = 5


class Volume:
    """Engendre et charge ; `charger()` rend le nombre de lignes par table."""

    def __init__(self, echelle: Echelle, graine: int = GRAINE) -> None:
        self.echelle = echelle
        self.alea = random.Random(graine)  # noqa: S311  (un jeu d’essai, pas un secret)
        self.lignes: dict[str, int] = {}
        self.region_du_contrat: dict[UUID, str] = {}

    def identifiant(self) -> UUID:
        return UUID(int=self.alea.getrandbits(128), version=4)

    @transaction.atomic
    def charger(self) -> dict[str, int]:
        """Lève ErreurMetier si les territoires manquent ou si un volume est déjà chargé."""
        communes = self._communes()
        with connection.cursor() as curseur, tables_nues(curseur, TABLES):
            self._acteurs()
            contrats = self._contrats(communes)
            Plans(self, contrats).charger()
            self._indicateurs(contrats)
            self._bilans(contrats)
        compter_les_revisions()
        return self.lignes

    def copier(self, table: str, colonnes: str, lignes: Iterable[Sequence[Any]]) -> None:
        """Une colonne obligatoire que l’on ne nomme pas reçoit la valeur d’un objet neuf."""
        defauts = _defauts(table, colonnes)
        requete = f"COPY {table} ({', '.join([colonnes, *defauts])}) FROM STDIN"
        reste = tuple(defauts.values())
        self.lignes[table] = 0
        with connection.cursor() as curseur, curseur.copy(requete) as copie:
            for ligne in lignes:
                copie.write_row((*ligne, *reste))
                self.lignes[table] += 1

    def _communes(self) -> dict[str, list[tuple[str, str]]]:
        """EPCI → [(commune, région)]."""
        with connection.cursor() as curseur:
            curseur.execute("SELECT count(*) FROM contrats_contrat WHERE slug LIKE 'volume-%'")
            if curseur.fetchone()[0]:
                raise ErreurMetier("Un volume est déjà chargé dans cette base.")
            curseur.execute(
                "SELECT epci_id, code, region_id FROM acteurs_commune "
                "WHERE epci_id IS NOT NULL AND date_fin IS NULL ORDER BY epci_id, code"
            )
            groupes: dict[str, list[tuple[str, str]]] = {}
            for epci, commune, region in curseur.fetchall():
                groupes.setdefault(epci, []).append((commune, region))
            curseur.execute("SELECT region_id, id FROM acteurs_acteur WHERE type_id = 'ars'")
            self.ars = dict(curseur.fetchall())
        self.themes = self.codes("contrats_theme")
        if not groupes or not self.ars or not self.themes:
            raise ErreurMetier(
                "Chargez d’abord les nomenclatures et les territoires : "
                "manage.py charger_nomenclatures, puis manage.py charger_territoires."
            )
        return groupes

    def codes(self, table: str) -> list[str]:
        with connection.cursor() as curseur:
            curseur.execute(f"SELECT code FROM {table} ORDER BY code")  # noqa: S608  (table d’ici)
            return [code for (code,) in curseur.fetchall()]

    def _acteurs(self) -> None:
        types = ("association_prevention", "cpts", "cpam", "etablissement_sante", "ccas", "msp")
        self.acteurs = [self.identifiant() for _ in range(self.echelle.acteurs)]
        self.copier(
            "acteurs_acteur",
            "id, nom, nom_court, type_id, siren, finess, site_web, est_demonstration",
            (
                (
                    pk,
                    f"{phrase(self.alea, 3)} {rang}",
                    "",
                    self.alea.choice(types),
                    "",
                    "",
                    "",
                    True,
                )
                for rang, pk in enumerate(self.acteurs)
            ),
        )
        self.copier(
            "acteurs_utilisateur",
            "id, password, is_superuser, email, prenom, nom, fonction, est_administrateur, "
            "is_active, cree_le",
            (
                (self.identifiant(), "!", False, f"volume{n}@demo.example", "Personne",
                 f"Fictive {n}", "", False, True, MAINTENANT)
                for n in range(self.echelle.utilisateurs)
            ),
        )  # fmt: skip

    def _contrats(self, communes: dict[str, list[tuple[str, str]]]) -> list[UUID]:
        epcis = list(communes)
        phases = [Phase.MISE_EN_OEUVRE] * 7 + [Phase.EVALUATION, Phase.DIAGNOSTIC, Phase.CLOS]
        contrats, perimetres, passages = [], [], []
        for rang in range(self.echelle.contrats):
            pk = self.identifiant()
            choisis = self.alea.sample(epcis, self.alea.choice((1, 1, 1, 2)))
            region = self.region_du_contrat[pk] = communes[choisis[0]][0][1]
            debut = date(2019, 1, 1) + timedelta(days=self.alea.randrange(365 * 7))
            phase = self.alea.choice(phases)
            signature = None if phase == Phase.DIAGNOSTIC else debut
            fin = (
                date(2025, 6, 30)
                if phase == Phase.CLOS
                else debut.replace(year=debut.year + 5, day=min(debut.day, 28))
            )
            if fin <= debut:
                fin = debut + timedelta(days=365)
            contrats.append(
                (pk, 1, MAINTENANT, MAINTENANT, "volume", f"Démonstration {rang}",
                 f"volume-{rang}", "", 1, phase, "CONJOINTE", "", phrase(self.alea, 20),
                 debut, fin, signature, region, self.ars[region], "", True, True)
            )  # fmt: skip
            passages.append((pk, "", phase, debut, "", MAINTENANT))
            perimetres += [
                (pk, commune, debut, None, epci)
                for epci in choisis
                for commune, sa_region in communes[epci]
                if sa_region == region
            ]
        self.copier(
            "contrats_contrat",
            "id, version, cree_le, modifie_le, modifie_via, nom, slug, numero, generation, phase, "
            "initiative, base_legale, presentation, date_debut, date_fin, date_signature, "
            "region_id, ars_id, courriel_contact, est_public, est_demonstration",
            contrats,
        )
        self.copier("contrats_avenant", COLONNES, self._avenants(contrats))
        self.copier(
            "contrats_perimetre",
            "contrat_id, commune_id, date_entree, date_sortie, epci_origine_id",
            perimetres,
        )
        self.copier(
            "contrats_passagephase", "contrat_id, de, vers, date_effet, raison, fait_le", passages
        )
        return [ligne[0] for ligne in contrats]

    def _avenants(self, contrats: Sequence[Sequence[Any]]) -> Iterator[Sequence[Any]]:
        """Identifiant, signature et fin de chaque contrat écrit."""
        alea = random.Random(GRAINE)  # noqa: S311  (un jeu d’essai, pas un secret)
        return avenants(((c[0], c[15], c[14]) for c in contrats), alea, MAINTENANT)

    def _indicateurs(self, contrats: list[UUID]) -> None:
        siens = [
            (self.identifiant(), contrat, rang)
            for contrat in contrats
            for rang in range(self.echelle.indicateurs_par_contrat)
        ]
        self.copier(
            "indicateurs_indicateur",
            "id, version, cree_le, modifie_le, modifie_via, contrat_id, libelle, libelle_public, "
            "definition, type, unite, sens, agregation, periodicite, source, numerateur, "
            "denominateur, decimales, est_public, ordre, modele_id",
            (
                (pk, 1, MAINTENANT, MAINTENANT, "volume", contrat, phrase(self.alea, 5), "", "",
                 "REALISATION", "personnes", "HAUSSE", "SOMME", "TRIMESTRIELLE",
                 "Données engendrées", "", "", 0, True, rang,
                 MODELES_SUIVIS[rang % len(MODELES_SUIVIS)])
                for pk, contrat, rang in siens
            ),
        )  # fmt: skip
        self.copier(
            "indicateurs_mesure",
            "id, version, cree_le, modifie_le, modifie_via, indicateur_id, periode_debut, "
            "periode_fin, valeur, qualite, source, commentaire",
            self._mesures([pk for pk, _, _ in siens]),
        )

    def _mesures(self, indicateurs: list[UUID]) -> Iterator[Sequence[Any]]:
        for indicateur in indicateurs:
            niveau = self.alea.randrange(5, 500)
            for debut in TRIMESTRES:
                niveau = max(niveau + self.alea.randrange(-20, 30), 0)
                fin = debut + timedelta(days=89)
                yield (self.identifiant(), 1, MAINTENANT, MAINTENANT, "volume", indicateur, debut,
                       fin, niveau, "DEFINITIVE", "", "")  # fmt: skip

    def _bilans(self, contrats: list[UUID]) -> None:
        self.copier(
            "bilans_bilan",
            "id, version, cree_le, modifie_le, modifie_via, contrat_id, annee, edition, statut, "
            "chemin, sha256, taille, pages",
            (
                (self.identifiant(), 1, MAINTENANT, MAINTENANT, "volume", contrat, 2025 - n, 1,
                 "BROUILLON", "", "", 0, 0)
                for contrat in contrats
                for n in range(self.echelle.bilans_par_contrat)
            ),
        )  # fmt: skip


def _defauts(table: str, colonnes: str) -> dict[str, Any]:
    nommees = {nom.strip() for nom in colonnes.split(",")}
    modele: Any = next(
        m
        for m in apps.get_models(include_auto_created=True)
        if m._meta.db_table == table and not m._meta.proxy
    )
    return {
        champ.column: champ.get_default()
        for champ in modele._meta.concrete_fields
        if champ.column not in nommees
        and not (champ.null or champ.generated)
        and not isinstance(champ, models.AutoField)
        # Tenu par la base : la région d’une action, les mots de la recherche
        and champ.has_default() | champ.empty_strings_allowed
    }
