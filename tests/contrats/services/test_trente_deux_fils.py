"""32 personnes enregistrent 20 fois chacune sur la même fiche : aucune écriture ne se perd."""

import random
import threading
from functools import partial

import pytest
from django.db import connection

from acteurs.models import Acteur
from contrats.models import Action, ChangementLien
from contrats.services.fusion import ConflitDeChamps, ecrire_en_fusionnant
from contrats.services.plan import modifier_action
from tests.factories import ActeurFactory

FILS, TOURS = 32, 20
CHAMPS = (
    "contexte", "description", "resultats_attendus", "objectif_general", "objectifs_operationnels",
    "modalites_evaluation", "moyens", "freins", "leviers", "echeancier", "participation_detail",
    "resume_public",
)  # fmt: skip


class Personne:
    """Ajoute sa marque à un champ que d’autres écrivent aussi ; devant un conflit, relit et refait."""

    def __init__(self, rang: int, action: Action, par, partenaires: list[Acteur]) -> None:
        self.rang, self.action, self.par, self.partenaires = rang, action, par, partenaires
        self.ecritures = self.conflits = 0

    def travailler(self) -> None:
        alea = random.Random(self.rang)  # noqa: S311  (un ordre rejouable, pas un secret)
        for tour in range(TOURS):
            self.ecrire(alea.choice(CHAMPS), f"[{self.rang}-{tour}]")

    def ecrire(self, champ: str, marque: str) -> None:
        while True:
            lue = Action.objects.get(pk=self.action.pk)
            valeurs = {champ: f"{getattr(lue, champ)} {marque}".strip()}
            try:
                apres = self.enregistrer(lue, valeurs)
            except ConflitDeChamps:
                self.conflits += 1
                continue
            assert apres.version > lue.version
            self.ecritures += 1
            return

    def enregistrer(self, lue: Action, valeurs: dict) -> Action:
        """La lecture et l’écriture sont deux gestes : les autres passent entre les deux."""
        return ecrire_en_fusionnant(
            objet=lue,
            ecrire=partial(modifier_action, action=lue),
            valeurs=valeurs,
            version=lue.version,
            par=self.par,
        )

    def partager(self) -> None:
        """Le même départ pour tous : chacun ajoute son partenaire à la liste lue vide."""
        apres = ecrire_en_fusionnant(
            objet=self.action,
            ecrire=partial(modifier_action, action=self.action),
            valeurs={"partenaires": [self.partenaires[self.rang]]},
            version=1,
            par=self.par,
        )
        self.ecritures += apres is not None


def courir(gestes: list) -> list[BaseException]:
    depart, fautes = threading.Barrier(len(gestes)), []

    def un(geste) -> None:
        try:
            depart.wait(timeout=20)
            geste()
        except BaseException as faute:  # noqa: BLE001  (rapportée par le test)
            fautes.append(faute)
        finally:
            connection.close()

    fils = [threading.Thread(target=un, args=[geste]) for geste in gestes]
    for f in fils:
        f.start()
    for f in fils:
        f.join(timeout=120)
    return fautes


@pytest.mark.django_db(transaction=True)
def test_aucune_ecriture_ne_se_perd(action, coordinatrice):
    Action.objects.filter(pk=action.pk).update(description="", resume_public="")
    partenaires = ActeurFactory.create_batch(FILS)
    gens = [Personne(rang, action, coordinatrice, partenaires) for rang in range(FILS)]

    assert courir([personne.partager for personne in gens]) == []
    assert courir([personne.travailler for personne in gens]) == []

    finale = Action.objects.get(pk=action.pk)
    assert sum(p.ecritures for p in gens) == FILS * (TOURS + 1)
    assert finale.version == 1 + FILS * (TOURS + 1)
    marques = " ".join(getattr(finale, champ) for champ in CHAMPS).split()
    assert len(marques) == FILS * TOURS
    assert set(marques) == {f"[{r}-{t}]" for r in range(FILS) for t in range(TOURS)}
    assert action.liens_acteurs.count() == FILS
    # Chaque version a sa copie dans l’histoire, et chaque partenaire la sienne
    copies = Action.pgh_event_model.objects.filter(pgh_obj_id=action.pk)
    assert set(copies.values_list("version", flat=True)) == set(range(1, finale.version + 1))
    ajouts = ChangementLien.objects.de_la_fiche(action.pk, "partenaires")
    assert ajouts.values("version").distinct().count() == FILS
