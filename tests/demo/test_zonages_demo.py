"""Le zonage de la démonstration : inventé, nommé comme tel, sans chiffre sur un vrai territoire."""

import csv
import io

import pytest

from acteurs.fichiers_territoires import DOSSIER as TERRITOIRES
from acteurs.fichiers_territoires import lignes_csv
from acteurs.models import EditionZonage, Zone
from cls_platform.demo.chargement.lecture import DOSSIER, lire_zonages
from cls_platform.demo.chargement.zonages import charger_zonages
from cls_platform.socle.erreurs import ErreurMetier

ZONAGES = lire_zonages()


def lignes(zonage: dict) -> list[dict[str, str]]:
    texte = (DOSSIER / "zonages" / zonage["fichier"]).read_text(encoding="utf-8")
    return list(csv.DictReader(io.StringIO(texte), delimiter=";"))


@pytest.mark.parametrize("zonage", ZONAGES, ids=lambda z: z["fichier"])
def test_chaque_zone_s_annonce_comme_une_demonstration_sans_chiffre(zonage):
    assert zonage["source"].startswith("Démonstration")
    for ligne in lignes(zonage):
        assert set(ligne) == {"code_zone", "nom_zone", "code_commune"}
        assert ligne["code_zone"].startswith("DEMO-")
        assert ligne["nom_zone"].startswith("Démonstration : ")


@pytest.mark.parametrize("zonage", ZONAGES, ids=lambda z: z["fichier"])
def test_chaque_zone_est_posee_sur_de_vraies_communes(zonage):
    connues = {ligne["code"] for ligne in lignes_csv(TERRITOIRES, "communes")}
    assert {ligne["code_commune"] for ligne in lignes(zonage)} <= connues


@pytest.fixture
def dossier(tmp_path):
    """Le même zonage, sur les communes de l’extrait des tests."""

    def ecrire(communes: list[str]):
        (tmp_path / "zonages").mkdir(exist_ok=True)
        for nom in ("zonages.yaml",):
            (tmp_path / nom).write_text(
                (DOSSIER / nom).read_text(encoding="utf-8"), encoding="utf-8"
            )
        contenu = "\n".join(f"DEMO-A;Démonstration : secteur A;{c}" for c in communes)
        fichier = tmp_path / "zonages" / ZONAGES[0]["fichier"]
        fichier.write_text(f"code_zone;nom_zone;code_commune\n{contenu}\n", encoding="utf-8")
        return tmp_path

    return ecrire


def test_le_zonage_se_charge_une_seule_fois(dossier, administratrice):
    for _ in range(2):
        charger_zonages(dossier(["29232", "29020"]), par=administratrice)
    edition = EditionZonage.objects.get()
    assert edition.est_demonstration
    assert Zone.objects.get().communes.count() == 2


def test_une_commune_inconnue_arrete_le_chargement(dossier, administratrice):
    with pytest.raises(ErreurMetier, match="29999"):
        charger_zonages(dossier(["29999"]), par=administratrice)


def test_sans_fichier_il_n_y_a_pas_de_zonage(tmp_path, db, administratrice):
    charger_zonages(tmp_path, par=administratrice)
    assert not EditionZonage.objects.exists()
