"""Les commandes : le rapport en JSON aux clés stables, rien d’écrit sans le vouloir."""

import json
from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from contrats.models import Contrat
from tests.contrats.cls.listes import SIGNE, csv

pytestmark = pytest.mark.django_db


@pytest.fixture
def fichier(tmp_path):
    def ecrire(contenu: bytes, nom: str = "liste.csv"):
        chemin = tmp_path / nom
        chemin.write_bytes(contenu)
        return str(chemin)

    return ecrire


def importer_cls(*arguments: str) -> tuple[dict, int]:
    """(rapport, code de sortie)."""
    sortie = StringIO()
    try:
        call_command("importer_cls", *arguments, "--json", stdout=sortie)
    except SystemExit as fin:
        return json.loads(sortie.getvalue()), int(str(fin.code))
    return json.loads(sortie.getvalue()), 0


def test_le_rapport_a_toujours_les_memes_cles(fichier, administratrice):
    rapport, code = importer_cls(fichier(csv(SIGNE)))
    assert set(rapport) == {
        "feuille", "ecrit", "lignes", "contrats_crees", "contrats_modifies", "contrats_inchanges",
        "erreurs", "avertissements", "colonnes_inconnues", "porteurs_crees", "creations",
        "modifications",
    }  # fmt: skip
    assert (rapport["contrats_crees"], rapport["ecrit"], code) == (1, True, 0)
    assert Contrat.objects.filter(numero="BRE-01").exists()


def test_une_simulation_n_ecrit_rien(fichier, administratrice):
    rapport, code = importer_cls(fichier(csv(SIGNE)), "--simulation")
    assert (rapport["contrats_crees"], rapport["ecrit"], code) == (1, False, 0)
    assert not Contrat.objects.exists()


def test_une_erreur_dit_sa_ligne_sa_colonne_et_sa_valeur_et_finit_mal(fichier, administratrice):
    rapport, code = importer_cls(fichier(csv(SIGNE.replace("29020", "29999"))))
    assert code == 1
    assert rapport["erreurs"] == [
        {
            "ligne": 2,
            "colonne": "codes_insee",
            "valeur": "29999",
            "message": "Aucune commune n’a, ou n’a eu, ce code Insee.",
        }
    ]


def test_les_lignes_justes_s_importent_a_la_demande(fichier, administratrice):
    faux = SIGNE.replace("29020", "29999").replace("BRE-01", "FAUX")
    rapport, code = importer_cls(fichier(csv(SIGNE, faux)), "--lignes-justes")
    assert (rapport["contrats_crees"], len(rapport["erreurs"]), rapport["ecrit"], code) == (
        1,
        1,
        True,
        0,
    )


def test_un_fichier_illisible_rend_le_meme_rapport(fichier, administratrice):
    rapport, code = importer_cls(fichier(b"PK\x03\x04abime", "liste.xlsx"))
    assert code == 1
    assert rapport["erreurs"][0]["ligne"] == 0
    assert "abîmé" in rapport["erreurs"][0]["message"]


def test_un_fichier_absent_rend_le_meme_rapport(administratrice):
    rapport, code = importer_cls("absent.csv")
    assert code == 1
    assert "Fichier illisible" in rapport["erreurs"][0]["message"]


def test_l_agent_n_importe_que_dans_sa_region(fichier, agent_ars):
    ailleurs = SIGNE.replace(";53;", ";76;")
    rapport, code = importer_cls(fichier(csv(ailleurs)), "--par", agent_ars.email)
    assert (code, rapport["erreurs"][0]["colonne"]) == (1, "region")


def test_sans_json_le_rapport_se_lit(fichier, administratrice):
    sortie = StringIO()
    call_command("importer_cls", fichier(csv(SIGNE)), stdout=sortie)
    attendu = "1 contrat créé, 0 modifié, 0 inchangé, 0 ligne refusée."
    assert attendu in sortie.getvalue().replace("\u00a0", " ")


def test_exporter_puis_importer_ne_change_rien(fichier, administratrice, tmp_path):
    importer_cls(fichier(csv(SIGNE)))
    emporte = tmp_path / "emporte.csv"
    sortie = StringIO()
    call_command("exporter_cls", str(emporte), stdout=sortie)
    assert "1\u00a0contrat dans emporte.csv" in sortie.getvalue()
    rapport, _ = importer_cls(str(emporte))
    assert (rapport["contrats_inchanges"], rapport["ecrit"]) == (1, False)


@pytest.mark.parametrize("extension", ["csv", "xlsx", "ods"])
def test_chaque_format_emporte_se_redonne_sans_rien_changer(
    fichier, administratrice, tmp_path, extension
):
    importer_cls(fichier(csv(SIGNE)))
    emporte = tmp_path / f"emporte.{extension}"
    call_command("exporter_cls", str(emporte), stdout=StringIO())
    rapport, code = importer_cls(str(emporte))
    assert (rapport["contrats_inchanges"], rapport["ecrit"], code) == (1, False, 0)


def test_l_export_se_limite_a_une_region(fichier, administratrice, tmp_path):
    autre = SIGNE.replace("BRE-01", "OCC-01").replace(";53;", ";76;")
    importer_cls(fichier(csv(SIGNE, autre)))
    emporte = tmp_path / "occitanie.csv"
    call_command("exporter_cls", str(emporte), "--region", "76", stdout=StringIO())
    assert b"OCC-01" in emporte.read_bytes()
    assert b"BRE-01" not in emporte.read_bytes()


def test_un_export_d_un_autre_format_est_refuse(tmp_path):
    with pytest.raises(CommandError, match=".csv"):
        call_command("exporter_cls", str(tmp_path / "liste.pdf"))
