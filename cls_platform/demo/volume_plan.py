"""Les plans du volume : axes, objectifs, fiches remplies, étapes, journal, argent, recherche."""

from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from typing import TYPE_CHECKING, Any
from uuid import UUID

from django.db import connection

from cls_platform.demo.volume_textes import Textes, phrase
from contrats.etats import StatutAction
from contrats.models import NiveauPrevention, OrigineAction, Priorite
from contrats.models.recherche_sql import NOMS_PAR_FICHE, TOUTES_LES_LIGNES

if TYPE_CHECKING:
    from cls_platform.demo.volume import Volume

MAINTENANT = "2026-11-01T08:00:00+00:00"
SIGNATURE = (1, MAINTENANT, MAINTENANT, "volume")
SUIVI = "id, version, cree_le, modifie_le, modifie_via"
# Sur dix contrats, un petit plan et un grand
ECARTS = {0: -20, 5: 20}
ETAPES_MAXIMUM = 6
LISTES = (
    ("contrats_action_themes", "theme_id", "contrats_theme", 2),
    ("contrats_action_populations", "population_id", "contrats_population", 2),
    ("contrats_action_sous_themes", "soustheme_id", "contrats_soustheme", 1),
    ("contrats_action_determinants", "determinant_id", "contrats_determinant", 1),
    ("contrats_action_dispositifs", "dispositif_id", "contrats_dispositif", 1),
)


class Plans:
    """Remplit les plans de ces contrats ; chaque méthode charge une table."""

    TABLES = (
        "contrats_axe",
        "contrats_objectif",
        "contrats_action",
        *(table for table, *_ in LISTES),
        "contrats_actionacteur",
        "contrats_jalon",
        "contrats_notesuivi",
        "contrats_lignebudget",
        "contrats_financement",
        "contrats_rechercheaction",
    )

    def __init__(self, volume: "Volume", contrats: Sequence[UUID]) -> None:
        self.volume, self.contrats = volume, contrats
        self.alea = volume.alea
        self.textes = Textes(volume.alea)
        self.debuts: dict[UUID, date] = {}

    def charger(self) -> None:
        self._charpente()
        self.volume.copier("contrats_action", COLONNES_D_ACTION, self._actions())
        for table, colonne, liste, nombre in LISTES:
            codes = self.volume.codes(liste)
            liens = (
                (pk, code)
                for pk in self.debuts
                for code in self.alea.sample(codes, min(nombre, len(codes)))
            )
            self.volume.copier(table, f"action_id, {colonne}", liens)
        self.volume.copier("contrats_actionacteur", "action_id, acteur_id, role", self._roles())
        self._suivi()
        self._argent()
        self._recherche()

    def _recherche(self) -> None:
        """Les mots se calculent à part, sur deux processeurs, puis s’écrivent d’un coup."""
        with connection.cursor() as curseur:
            curseur.execute(f"CREATE UNLOGGED TABLE noms_par_fiche AS {NOMS_PAR_FICHE}")
            curseur.execute("ANALYZE noms_par_fiche, contrats_action")
            curseur.execute(f"CREATE TEMPORARY TABLE mots_par_fiche AS {TOUTES_LES_LIGNES}")
            curseur.execute(
                "INSERT INTO contrats_rechercheaction (action_id, publics, internes)"
                " SELECT action_id, publics, publics || reste FROM mots_par_fiche"
            )
            curseur.execute("DROP TABLE noms_par_fiche, mots_par_fiche")

    def _charpente(self) -> None:
        """Des axes, et sous chacun deux objectifs stratégiques."""
        axes, objectifs = [], []
        self.places: dict[UUID, list[tuple[UUID, list[UUID]]]] = {}
        for contrat in self.contrats:
            self.places[contrat] = []
            for n in range(1, self.volume.echelle.axes_par_contrat + 1):
                axe = self.volume.identifiant()
                siens = [self.volume.identifiant() for _ in range(2)]
                axes.append((axe, *SIGNATURE, contrat, str(n), phrase(self.alea, 5), "", "", n))
                objectifs += [
                    (pk, *SIGNATURE, contrat, axe, "STRATEGIQUE", f"{n}.{m}",
                     phrase(self.alea, 7), 2 * n + m)
                    for m, pk in enumerate(siens, start=1)
                ]  # fmt: skip
                self.places[contrat].append((axe, siens))
        self.volume.copier(
            "contrats_axe",
            f"{SUIVI}, contrat_id, numero, titre, titre_public, promesse, ordre",
            axes,
        )
        self.volume.copier(
            "contrats_objectif",
            f"{SUIVI}, contrat_id, axe_id, niveau, numero, titre, ordre",
            objectifs,
        )

    def _actions(self) -> Iterator[Sequence[Any]]:
        """Une fiche sur cinq tient directement à son axe."""
        for numero, contrat in enumerate(self.contrats):
            places = self.places[contrat]
            nombre = self.volume.echelle.actions_par_contrat + ECARTS.get(numero % 10, 0)
            for rang in range(nombre):
                axe, objectifs = places[rang % len(places)]
                ordre = rang // len(places)
                objectif = None if ordre % 5 == 0 else objectifs[ordre % 2]
                yield self._action(
                    contrat, (axe, objectif), f"{rang % len(places) + 1}.{ordre + 1}", rang
                )

    def _action(
        self, contrat: UUID, place: tuple[UUID, UUID | None], numero: str, rang: int
    ) -> Sequence[Any]:
        alea, textes, pk = self.alea, self.textes, self.volume.identifiant()
        debut = date(2023, 1, 1) + timedelta(days=alea.randrange(900))
        fin = debut + timedelta(days=alea.randrange(90, 1200))
        self.debuts[pk] = debut
        return (
            pk, *SIGNATURE, contrat, self.volume.region_du_contrat[contrat], *place, numero,
            textes.titre(), textes.court(), textes.long(), textes.long(), textes.court(),
            textes.court(), textes.long(), textes.court(), textes.court(), textes.court(),
            textes.court(), alea.choice(STATUTS), debut, fin, alea.choice(self.volume.acteurs),
            alea.choice(Priorite.values), alea.choice(OrigineAction.values),
            alea.choice(NiveauPrevention.values), True, rang,
        )  # fmt: skip

    def _roles(self) -> Iterator[Sequence[Any]]:
        for pk in self.debuts:
            for acteur in self.alea.sample(self.volume.acteurs, 4):
                yield pk, acteur, "PARTENAIRE"

    def _suivi(self) -> None:
        """Trois étapes et une note par fiche, en moyenne."""
        self.volume.copier(
            "contrats_jalon",
            f"{SUIVI}, action_id, libelle, echeance, fait_le, ordre",
            self._jalons(),
        )
        self.volume.copier(
            "contrats_notesuivi",
            f"{SUIVI}, action_id, date_note, fait, participants, freins, leviers, suites",
            self._notes(),
        )

    def _jalons(self) -> Iterator[Sequence[Any]]:
        for pk, debut in self.debuts.items():
            for rang in range(self.alea.randrange(ETAPES_MAXIMUM + 1)):
                echeance = debut + timedelta(days=120 * (rang + 1))
                fait = echeance if self.alea.random() < 0.5 else None
                yield (self.volume.identifiant(), *SIGNATURE, pk, self.textes.court(), echeance,
                       fait, rang)  # fmt: skip

    def _notes(self) -> Iterator[Sequence[Any]]:
        for pk, debut in self.debuts.items():
            for rang in range(self.alea.randrange(3)):
                jour = debut + timedelta(days=200 * rang)
                yield (self.volume.identifiant(), *SIGNATURE, pk, jour, self.textes.long(),
                       self.alea.randrange(5, 60), self.textes.court(), "",
                       self.textes.court())  # fmt: skip

    def _argent(self) -> None:
        """Deux dépenses pour deux fiches sur trois, un ou deux financements pour une sur deux."""
        self.volume.copier(
            "contrats_lignebudget",
            f"{SUIVI}, action_id, annee, nature_id, unite, prevu, realise",
            self._depenses(self.volume.codes("contrats_naturedepense")),
        )
        self.volume.copier(
            "contrats_financement",
            f"{SUIVI}, action_id, annee, type_financeur_id, statut, montant_demande, "
            "montant_accorde",
            self._financements(self.volume.codes("contrats_typefinanceur")),
        )

    def _depenses(self, natures: Sequence[str]) -> Iterator[Sequence[Any]]:
        for pk, debut in self.debuts.items():
            if self.alea.random() < 1 / 3:
                continue
            for annee in (debut.year, debut.year + 1):
                prevu = 500 * self.alea.randrange(1, 60)
                yield (self.volume.identifiant(), *SIGNATURE, pk, annee, self.alea.choice(natures),
                       "EUROS", prevu, prevu - 100)  # fmt: skip

    def _financements(self, financeurs: Sequence[str]) -> Iterator[Sequence[Any]]:
        for pk, debut in self.debuts.items():
            for _ in range(self.alea.randrange(3)):
                demande = 500 * self.alea.randrange(1, 40)
                yield (self.volume.identifiant(), *SIGNATURE, pk, debut.year,
                       self.alea.choice(financeurs), "ACCORDE", demande, demande)  # fmt: skip


STATUTS = [s for s in StatutAction if s != StatutAction.EN_RETARD]
COLONNES_D_ACTION = (
    f"{SUIVI}, contrat_id, region_id, axe_id, objectif_id, numero, titre, resume_public, contexte, "
    "description, resultats_attendus, objectif_general, objectifs_operationnels, "
    "modalites_evaluation, moyens, freins, leviers, statut, date_debut, date_fin, pilote_id, "
    "priorite, origine, niveau_prevention, est_publique, ordre"
)
