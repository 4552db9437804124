"""Chargement des territoires : idempotent, il ferme sans supprimer, et refuse sans rien écrire."""

import json
from collections.abc import Callable, Iterable
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from django.db import IntegrityError, transaction

from acteurs.construction.ecriture import ecrire_csv
from acteurs.fichiers_territoires import COLONNES
from acteurs.models import (
    Acteur,
    Commune,
    CompetenceArs,
    Departement,
    EditionTerritoires,
    Epci,
    Region,
)
from acteurs.services.territoires import RapportTerritoires, charger_territoires
from cls_platform.socle.erreurs import ErreurMetier

pytestmark = pytest.mark.django_db

Ligne = dict[str, str]
Ecrire = Callable[..., Path]

EPCI = {"siren": "200000001", "nom": "CC d’Essai", "nom_court": "Essai", "nature": "CC"}


def commune(code: str, nom: str, **valeurs: str) -> Ligne:
    return {"code": code, "nom": nom, "departement": "29", "population": "100"} | valeurs


@pytest.fixture
def ecrire(tmp_path: Path) -> Ecrire:
    """Un dossier de territoires minuscule : la Bretagne, le Finistère, un EPCI, deux communes."""

    def _ecrire(communes: Iterable[Ligne], *, annee: int = 2026, **tables: list[Ligne]) -> Path:
        dossier = tmp_path / str(annee)
        completes = {
            "regions": [{"code": "53", "nom": "Bretagne"}],
            "departements": [{"code": "29", "nom": "Finistère", "region": "53"}],
            "epci": [EPCI],
            "ept": [],
            "communes": communes,
        } | tables
        for niveau, colonnes in COLONNES.items():
            lignes = ({c: ligne.get(c, "") for c in colonnes} for ligne in completes[niveau])
            ecrire_csv(dossier / f"{niveau}.csv.gz", colonnes, lignes)
        edition = {
            "annee_cog": annee,
            "date_effet": f"{annee}-01-01",
            "millesime_population": "2023",
            "sources": [],
        }
        (dossier / "edition.json").write_text(json.dumps(edition))
        return dossier

    return _ecrire


@pytest.fixture
def base_vide(db: None) -> None:
    """Les territoires de référence gêneraient les comptes ; la transaction du test les rend."""
    for modele in (CompetenceArs, Acteur, Commune, Epci, Departement, Region):
        modele.objects.all().delete()


def charger(dossier: Path) -> RapportTerritoires:
    return charger_territoires(dossier=dossier, accepter_fermetures=True)


def test_la_france_entiere_se_charge_et_se_recharge_sans_rien_changer(base_vide: None) -> None:
    premier = charger_territoires()
    assert premier.tables["communes"].actuelles == 34_969
    assert premier.tables["epci"].actuelles == 1_255
    assert premier.tables["ept"].actuelles == 11
    assert premier.communes_sans_epci == 98
    assert premier.communes_sans_habitant == 12
    assert premier.ars.ajoutees == 18
    assert Commune.objects.get(pk="42218").nom == "Saint-Étienne"
    assert CompetenceArs.objects.get(departement="978").ars.region_id == "01"
    assert not CompetenceArs.objects.filter(departement__in=["975", "987", "988"]).exists()

    second = charger_territoires()
    assert second.lignes_changees == 0
    assert second.tables["communes"].inchangees == 34_969
    assert EditionTerritoires.objects.count() == 1


def test_une_valeur_changee_est_la_seule_ligne_ecrite(base_vide: None, ecrire: Ecrire) -> None:
    deux = [commune("29001", "Argol"), commune("29002", "Arzano")]
    charger(ecrire(deux))
    rapport = charger(ecrire([deux[0], deux[1] | {"population": "101"}], annee=2027))
    assert rapport.lignes_changees == rapport.tables["communes"].modifiees == 1
    assert Commune.objects.get(pk="29002").population == 101


def test_une_commune_absorbee_est_close_avec_son_successeur(
    base_vide: None, ecrire: Ecrire
) -> None:
    charger(ecrire([commune("29001", "Argol"), commune("29002", "Arzano")]))
    rapport = charger(ecrire([commune("29002", "Arzano", autres_codes="29001")], annee=2027))
    assert rapport.tables["communes"].closes == 1
    argol = Commune.objects.get(pk="29001")
    assert (argol.date_fin, argol.successeur_id) == (date(2027, 1, 1), "29002")
    assert [c.pk for c in Commune.objects.actuelles()] == ["29002"]


def test_une_commune_retablie_est_rouverte(base_vide: None, ecrire: Ecrire) -> None:
    deux = [commune("29001", "Argol"), commune("29002", "Arzano")]
    charger(ecrire(deux))
    charger(ecrire([commune("29002", "Arzano", autres_codes="29001")], annee=2027))
    charger(ecrire(deux, annee=2028))
    argol = Commune.objects.get(pk="29001")
    assert argol.date_fin is None
    assert argol.successeur_id is None


def test_la_region_d_une_commune_est_celle_de_son_departement(
    base_vide: None, ecrire: Ecrire
) -> None:
    charger(ecrire([commune("29001", "Argol", epci=EPCI["siren"])]))
    argol = Commune.objects.get()
    assert (argol.region_id, argol.epci_id) == ("53", EPCI["siren"])


def test_un_fichier_tronque_est_refuse_et_rien_n_est_ferme(base_vide: None, ecrire: Ecrire) -> None:
    charger(ecrire([commune(f"29{n:03}", f"Commune {n}") for n in range(1, 41)]))
    tronque = ecrire([commune("29001", "Commune 1")], annee=2027)
    with pytest.raises(ErreurMetier, match="fermerait 39 communes"), transaction.atomic():
        charger_territoires(dossier=tronque)
    assert Commune.objects.actuelles().count() == 40


@pytest.mark.parametrize(
    ("communes", "message"),
    [
        ([commune("29001", "Argol"), commune("29001", "Argol")], "présent deux fois"),
        ([commune("29001", "Argol", departement="30")], "departement absent de departements"),
        ([commune("29001", "Argol", epci="200000009")], "epci absent de epci"),
    ],
)
def test_un_fichier_qui_se_contredit_est_refuse(
    base_vide: None, ecrire: Ecrire, communes: list[Ligne], message: str
) -> None:
    with pytest.raises(ErreurMetier, match=message), transaction.atomic():
        charger(ecrire(communes))
    assert not Commune.objects.exists()


@pytest.mark.parametrize("code", ["2901", "ABCDE", "2C001"])
def test_un_code_de_commune_mal_forme_est_refuse(
    base_vide: None, ecrire: Ecrire, code: str
) -> None:
    with pytest.raises(ErreurMetier, match="refusée"), transaction.atomic():
        charger(ecrire([commune(code, "Argol")]))


def test_un_dossier_sans_fichier_dit_le_remede(tmp_path: Path) -> None:
    with pytest.raises(CommandError, match="construire_territoires"):
        call_command("charger_territoires", dossier=tmp_path)


def test_le_nom_d_une_agence_corrige_par_l_operateur_est_garde(
    base_vide: None, ecrire: Ecrire
) -> None:
    dossier = ecrire([commune("29001", "Argol")])
    assert charger(dossier).ars.ajoutees == 1
    Acteur.objects.ars().update(nom="Agence de Bretagne")
    assert charger(dossier).lignes_changees == 0
    assert Acteur.objects.ars().get(region="53").nom == "Agence de Bretagne"


def test_le_rapport_se_lit_et_s_analyse(
    base_vide: None, ecrire: Ecrire, capsys: pytest.CaptureFixture[str]
) -> None:
    dossier = ecrire([commune("29001", "Argol")])
    call_command("charger_territoires", dossier=dossier, accepter_fermetures=True)
    assert "1 communes : 1 ajoutées, 0 modifiées, 0 closes" in capsys.readouterr().out
    call_command("charger_territoires", dossier=dossier, json=True)
    assert json.loads(capsys.readouterr().out)["lignes_changees"] == 0


@pytest.mark.parametrize(
    "valeurs",
    [
        {"population": -1},
        {"successeur_id": "29232"},
        {"date_fin": date(2027, 1, 1), "successeur_id": "29020"},
        {"siren": "12"},
    ],
)
def test_la_base_refuse_une_commune_incoherente(valeurs: dict[str, Any]) -> None:
    """Population négative, successeur d'une commune ouverte ou d'elle-même, SIREN trop court."""
    with pytest.raises(IntegrityError), transaction.atomic():
        Commune.objects.filter(pk="29020").update(**valeurs)
