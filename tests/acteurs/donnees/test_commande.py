"""La commande de chargement : les mêmes règles que la page, un rapport en JSON."""

import json
from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from acteurs.models import EditionDonnees, EditionZonage
from tests.acteurs.donnees.fichiers import csv

pytestmark = pytest.mark.django_db

ZONAGE = (
    "--type", "zonage", "--zonage", "QPV", "--millesime", "2024", "--date-effet", "2024-01-01",
    "--source", "Essai",
)  # fmt: skip
CONTEXTE = (
    "--type",
    "contexte",
    "--indicateur",
    "C04",
    "--niveau",
    "commune",
    "--annee",
    "2021",
    "--source",
    "Essai",
)


@pytest.fixture
def fichier(tmp_path):
    def ecrire(contenu: bytes, nom: str = "donnees.csv"):
        chemin = tmp_path / nom
        chemin.write_bytes(contenu)
        return str(chemin)

    return ecrire


def importer(*arguments: str) -> tuple[dict, int]:
    sortie = StringIO()
    try:
        call_command("importer_donnees", *arguments, "--json", stdout=sortie)
    except SystemExit as fin:
        return json.loads(sortie.getvalue()), int(str(fin.code))
    return json.loads(sortie.getvalue()), 0


def test_un_zonage_se_charge(fichier, administratrice):
    rapport, code = importer(fichier(csv("code_qp;lib_qp;insee_com", "QX1;Essai;29232")), *ZONAGE)
    assert (rapport["ecrit"], rapport["lignes_acceptees"], code) == (True, 1, 0)
    assert rapport["editions"][0]["etat"] == "nouvelle"
    assert EditionZonage.objects.get().type_id == "QPV"


def test_des_donnees_se_chargent(fichier, administratrice):
    rapport, code = importer(fichier(csv("code;valeur", "29232;12,5")), *CONTEXTE)
    assert (rapport["ecrit"], code) == (True, 0)
    assert EditionDonnees.objects.get().indicateur_id == "C04"


def test_une_simulation_n_ecrit_rien(fichier, administratrice):
    rapport, code = importer(fichier(csv("code;valeur", "29232;12,5")), *CONTEXTE, "--simulation")
    assert (rapport["ecrit"], rapport["lignes_acceptees"], code) == (False, 1, 0)
    assert not EditionDonnees.objects.exists()


def test_une_erreur_dit_sa_ligne_sa_colonne_et_sa_valeur_et_finit_mal(fichier, administratrice):
    rapport, code = importer(fichier(csv("code;valeur", "29232;120")), *CONTEXTE)
    assert code == 1
    assert rapport["erreurs"] == [
        {"ligne": 2, "colonne": "valeur", "valeur": "120", "message": "Cette part dépasse 100 %."}
    ]


def test_remplacer_se_demande(fichier, administratrice):
    importer(fichier(csv("code;valeur", "29232;12")), *CONTEXTE)
    autre = fichier(csv("code;valeur", "29232;13"))
    refus, code = importer(autre, *CONTEXTE)
    assert (code, refus["ecrit"]) == (1, False)
    assert "déjà chargé" in refus["erreurs"][0]["message"]
    rapport, code = importer(autre, *CONTEXTE, "--remplacer")
    assert (code, rapport["editions"][0]["changements"]) == (0, 1)


def test_un_fichier_illisible_rend_le_meme_rapport(fichier, administratrice):
    rapport, code = importer(fichier(b"%PDF", "donnees.pdf"), *CONTEXTE)
    assert code == 1
    assert "Ce format n’est pas lu" in rapport["erreurs"][0]["message"]


@pytest.mark.parametrize("manque", ["--zonage", "--millesime", "--date-effet", "--source"])
def test_un_zonage_sans_de_quoi_le_nommer_est_refuse(fichier, administratrice, manque):
    rang = ZONAGE.index(manque)
    arguments = ZONAGE[:rang] + ZONAGE[rang + 2 :]
    with pytest.raises(CommandError, match=manque):
        importer(fichier(csv("code_zone;code_commune", "A;29232")), *arguments)


def test_un_zonage_ou_une_region_inconnus_sont_refuses(fichier, administratrice):
    contenu = fichier(csv("code_zone;code_commune", "A;29232"))
    with pytest.raises(CommandError, match="QPV"):
        importer(contenu, *ZONAGE, "--zonage", "RIEN")
    with pytest.raises(CommandError, match="région"):
        importer(contenu, *ZONAGE, "--region", "99")


def test_sans_json_le_rapport_se_lit(fichier, administratrice):
    sortie = StringIO()
    call_command(
        "importer_donnees", fichier(csv("code;valeur", "29232;12")), *CONTEXTE, stdout=sortie
    )
    attendu = "1 ligne reprise, 0 refusée. C’est écrit."
    assert attendu in sortie.getvalue().replace("\u00a0", " ")
