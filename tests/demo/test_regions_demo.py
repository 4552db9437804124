"""Ce que tient l’agence de la démonstration : inventé, nommé comme tel, sur de vrais territoires."""

import pytest

from acteurs.fichiers_territoires import DOSSIER as TERRITOIRES
from acteurs.fichiers_territoires import lignes_csv
from cls_platform.demo.chargement.lecture import DOSSIER, lire_contrats, lire_regions
from cls_platform.demo.chargement.regions import charger_regions
from contrats.models import Contrat, Doctrine, NoteTerritoire, Perimetre, SuiviTerritoire
from tests.factories import AffectationArsFactory, UtilisateurFactory

REGIONS = lire_regions()


def connus(nom: str, cle: str) -> set[str]:
    return {ligne[cle] for ligne in lignes_csv(TERRITOIRES, nom)}


def test_chaque_contrat_s_annonce_comme_une_demonstration():
    deja = {contrat["slug"] for contrat in lire_contrats()}
    numeros = {contrat["numero"] for contrat in lire_contrats()}
    for contrat in REGIONS["contrats"]:
        assert contrat["slug"].startswith("demo-")
        assert contrat["numero"].startswith("DEMO-")
        assert contrat["slug"] not in deja
        assert contrat["numero"] not in numeros
        assert contrat["passages"][-1]["vers"] == contrat["phase"]
        for structure in contrat["structures"].values():
            assert "nom" not in structure or structure["nom"].endswith(" (démo)")


def test_chaque_texte_dit_que_c_est_une_demonstration():
    notes = [note["texte"] for suivi in REGIONS["suivis"] for note in suivi["notes"]]
    doctrines = [doctrine["texte"] for doctrine in REGIONS["doctrines"]]
    assert all(texte.startswith("Démonstration. ") for texte in [*notes, *doctrines])


def test_chaque_territoire_existe():
    perimetres = [contrat["perimetre"] for contrat in REGIONS["contrats"]]
    epcis = {siren for perimetre in perimetres for siren in perimetre.get("epci", ())}
    epcis |= {suivi["epci"] for suivi in REGIONS["suivis"] if "epci" in suivi}
    communes = {code for perimetre in perimetres for code in perimetre.get("communes", ())}
    assert epcis <= connus("epci", "siren")
    assert communes <= connus("communes", "code")


@pytest.fixture
def agence(db):
    for courriel in ("ars@demo.example", "ars-departement@demo.example"):
        AffectationArsFactory(utilisateur=UtilisateurFactory(email=courriel), region="53")


def test_relancer_ne_change_rien(agence, administratrice, mailoutbox):
    """L’extrait des tests n’a qu’une de ces intercommunalités : les autres sont passées."""
    tables = (Contrat, Perimetre, Doctrine, SuiviTerritoire, NoteTerritoire)
    comptes = []
    for _ in range(2):
        charger_regions(DOSSIER, par=administratrice)
        comptes.append([table.objects.count() for table in tables])
    assert comptes[0] == comptes[1] == [1, 14, 2, 1, 0]
    contrat = Contrat.objects.get()
    assert (contrat.slug, contrat.est_public) == ("demo-estuaire-et-vallees", False)
    assert contrat.est_demonstration
    assert not mailoutbox


def test_sans_fichier_il_n_y_a_rien(tmp_path, administratrice):
    charger_regions(tmp_path, par=administratrice)
    assert not Doctrine.objects.exists()
