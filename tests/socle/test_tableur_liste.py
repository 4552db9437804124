"""Une liste emportée : les mêmes lignes en trois formats, et rien qui s’exécute."""

import io
from datetime import date

import pytest

from cls_platform.socle.tableur.lecture import ouvrir
from cls_platform.socle.tableur.liste import TYPES, ecrire

ENTETES = ("nom", "population", "taux", "le", "vide")
LIGNES = [["Île-de-Sein", 263, 0.25, date(2026, 3, 12), None], ["=1+1", 1, 1.0, None, "x"]]


@pytest.mark.parametrize("extension", TYPES)
def test_ce_qui_est_ecrit_se_relit(extension):
    octets = ecrire(extension, "Communes", ENTETES, LIGNES)
    classeur = ouvrir(io.BytesIO(octets), f"liste.{extension}")
    feuille = classeur.lire(classeur.noms[0])
    texte = "\n".join(str(cellule) for ligne in feuille.lignes for cellule in ligne)
    assert "Île-de-Sein" in texte
    assert "263" in texte


def test_le_csv_met_une_virgule_aux_nombres_et_garde_les_formules_inertes():
    texte = ecrire("csv", "Communes", ENTETES, LIGNES).decode("utf-8-sig")
    assert texte.splitlines()[1:] == ["Île-de-Sein;263;0,25;12/03/2026;", "'=1+1;1;1,0;;x"]


def test_un_autre_format_n_existe_pas():
    with pytest.raises(KeyError):
        ecrire("pdf", "Communes", ENTETES, LIGNES)
