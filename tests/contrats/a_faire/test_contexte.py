"""Les territoires sans contrat, rangés par pauvreté ou par zone sous-dense quand c’est chargé."""

from datetime import date
from decimal import Decimal

import pytest
from django.db.models import Sum
from django.urls import reverse

from acteurs.models import (
    Commune,
    DonneeContexte,
    EditionDonnees,
    EditionZonage,
    IndicateurContexte,
    Zone,
    ZoneCommune,
)
from contrats.a_faire.liste import liste_a_faire
from contrats.models import SuiviTerritoire
from tests.appuis.horloge import AUJOURDHUI
from tests.appuis.pages import lire
from tests.factories import AffectationArsFactory

LISTE = reverse("contrats:a_faire")
QBO, CHATEAUGIRON = "200068120", "243500659"
SOUS_DENSES = ["29020", "29232", "35069"]

pytestmark = pytest.mark.django_db


@pytest.fixture
def client(client_de, administratrice):
    return client_de(administratrice)


@pytest.fixture
def pauvrete():
    edition = EditionDonnees.objects.create(
        indicateur=IndicateurContexte.objects.get(pk="C03"), annee=2022, niveau="epci",
        source="Données d’essai", fichier="essai.csv", sha256="b" * 64,
    )  # fmt: skip
    for siren, taux in ((QBO, "12.5"), (CHATEAUGIRON, "6.1")):
        DonneeContexte.objects.create(edition=edition, code_territoire=siren, valeur=Decimal(taux))


@pytest.fixture
def medecins():
    edition = EditionZonage.objects.create(
        type_id="ZONAGE_MEDECINS", millesime="2025", date_effet=date(2025, 1, 1),
        source="Zonage d’essai", fichier="essai.csv", sha256="c" * 64, est_demonstration=True,
    )  # fmt: skip
    zone = Zone.objects.create(edition=edition, code="Z", nom="Z", classe="ZIP")
    ZoneCommune.objects.bulk_create(ZoneCommune(zone=zone, commune_id=c) for c in SOUS_DENSES)


def noms(page):
    return [a.text for a in page.select("tbody th a")]


def test_sans_donnee_chargee_la_colonne_n_existe_pas(client):
    entetes = lire(client, LISTE, motif="SANS_CONTRAT").select_one("thead").text
    assert "Pauvreté" not in entetes
    assert "sous-dense" not in entetes


def test_les_territoires_se_rangent_par_pauvrete_les_muets_a_la_fin(client, pauvrete):
    page = lire(client, LISTE, motif="SANS_CONTRAT", tri="-pauvrete")
    assert noms(page)[:2] == ["Quimper Bretagne Occidentale", "Pays de Châteaugiron Communauté"]
    assert "12,5" in page.select_one(".a-faire tbody tr").text
    assert "—" in page.select(".a-faire tbody tr")[-1].text


def test_la_part_sous_dense_est_celle_des_habitants(administratrice, medecins):
    lues = {
        ligne.code: ligne.sous_dense
        for ligne in liste_a_faire(administratrice, AUJOURDHUI, avec_contexte=True)
    }
    for siren in (QBO, CHATEAUGIRON):
        habitants = dict(Commune.objects.filter(epci=siren).values_list("pk", "population"))
        dedans = sum(habitants[code] for code in SOUS_DENSES if code in habitants)
        assert lues[siren] == dedans / sum(habitants.values())


def test_le_zonage_d_une_autre_region_ne_dit_rien_de_celle_ci(administratrice, medecins):
    EditionZonage.objects.update(region="76")
    lignes = liste_a_faire(administratrice, AUJOURDHUI, avec_contexte=True)
    assert {li.sous_dense for li in lignes if li.region == "53"} == {None}


def test_le_tri_par_zone_sous_dense(client, medecins):
    page = lire(client, LISTE, motif="SANS_CONTRAT", tri="-sous_dense")
    assert noms(page)[0] == "Quimper Bretagne Occidentale"


def puces(page):
    return {p.contents[0].strip(): p for p in page.select(".puce")}


def test_une_puce_garde_les_territoires_les_plus_peuples(client):
    puce = puces(lire(client, LISTE, motif="SANS_CONTRAT"))["20\u202f000 habitants et plus"]
    peuples = Commune.objects.actuelles().values_list("epci").annotate(Sum("population"))
    attendus = sum(habitants >= 20_000 for siren, habitants in peuples if siren)
    assert int(puce.b.text) == attendus == len(noms(lire(client, puce["href"])))


def test_une_puce_garde_les_territoires_pauvres_et_les_sous_denses(client, pauvrete, medecins):
    page = lire(client, LISTE, motif="SANS_CONTRAT")
    assert not [nom for nom in puces(page) if nom.startswith("Pauvreté")]
    assert noms(lire(client, LISTE, motif="SANS_CONTRAT", pauvrete_min="12.5")) == [
        "Quimper Bretagne Occidentale"
    ]
    assert noms(lire(client, LISTE, sous_dense_min="50")) == ["Quimper Bretagne Occidentale"]


def test_un_seuil_vaut_aussi_pour_toutes_les_lignes_de_la_liste(client, administratrice, pauvrete):
    AffectationArsFactory(utilisateur=administratrice, region="53")
    envoi = {
        "tous": "1", "parametres": "motif=SANS_CONTRAT&pauvrete_min=12",
        "referent": administratrice.pk,
    }  # fmt: skip
    assert client.post(reverse("contrats:a_faire_affecter"), envoi).status_code == 303
    assert list(SuiviTerritoire.objects.values_list("epci", flat=True)) == [QBO]


def test_la_page_dit_quelles_donnees_manquent(client, pauvrete):
    texte = lire(client, LISTE, motif="SANS_CONTRAT").text
    assert "Pas encore de zonage des médecins" in texte
    assert "Pas encore de" not in lire(client, LISTE).text


def test_les_donnees_de_contexte_ne_multiplient_pas_les_requetes(
    client, pauvrete, medecins, nombre_requetes
):
    adresse = f"{LISTE}?motif=SANS_CONTRAT"
    client.get(adresse)
    sans = nombre_requetes(lambda: client.get(LISTE))
    assert nombre_requetes(lambda: client.get(adresse)) <= sans + 7
