"""Les pages de données : ce qui est chargé et ce qui manque ; du fichier à l’accord, sans JavaScript."""

import pytest
from bs4 import BeautifulSoup
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from acteurs.models import DonneeContexte, EditionDonnees, EditionZonage, FichierRecu
from tests.acteurs.donnees.fichiers import csv
from tests.factories import EditionDonneesFactory, EditionZonageFactory, FichierRecuFactory

pytestmark = pytest.mark.django_db

DONNEES = reverse("acteurs:donnees")
ZONAGE = {
    "type": "PRIORITAIRE",
    "millesime": "2024",
    "date_effet": "2024-01-01",
    "source": "Essai, zones inventées",
    "region": "53",
}
CONTEXTE = {
    "indicateur": "C04",
    "niveau": "commune",
    "annee": "2021",
    "source": "Essai",
    "region": "53",
}
JUSTE = csv("code_zone;nom_zone;code_commune", "Z1;Secteur d’essai;29232")
MELANGE = csv("code_zone;nom_zone;code_commune", "Z1;Secteur d’essai;29232", "Z2;Faux;29999")


@pytest.fixture
def client(client_de, agent_ars):
    return client_de(agent_ars)


@pytest.fixture
def donner(client):
    def envoyer(contenu: bytes, genre: str = "zonage", nom: str = "donnees.csv", **champs: str):
        champs = (ZONAGE if genre == "zonage" else CONTEXTE) | champs
        adresse = reverse("acteurs:importer_donnees", args=[genre])
        return client.post(adresse, champs | {"fichier": SimpleUploadedFile(nom, contenu)})

    return envoyer


def page(client, adresse: str, statut: int = 200) -> BeautifulSoup:
    reponse = client.get(adresse)
    assert reponse.status_code == statut
    return BeautifulSoup(reponse.content, "html.parser")


def mots(soupe: BeautifulSoup) -> str:
    return " ".join(soupe.find("main").get_text(" ").split())


# La liste


def test_une_plateforme_sans_donnee_dit_tout_ce_qui_manque(client):
    texte = mots(page(client, DONNEES))
    assert "Aucun zonage n’est chargé." in texte
    assert "Aucune donnée de contexte n’est chargée." in texte
    assert "25 indicateurs" in texte
    assert "C03, Taux de pauvreté" in texte


def test_la_liste_dit_millesime_date_source_territoires_et_manques(client):
    EditionZonageFactory(communes=["29232", "29020"], millesime="2024", region_id="53")
    EditionDonneesFactory(valeurs={"29232": 12}, annee=2021, region_id="53")
    texte = mots(page(client, DONNEES))
    assert "Essai, zones inventées" in texte
    assert "1 sur 21 il en manque 20" in texte
    assert "24 indicateurs" in texte


def test_chacun_lit_la_liste_mais_seul_le_siege_y_charge(client_de, lectrice, agent_dd, client):
    EditionZonageFactory(communes=["29232"], region_id="53")
    for personne in (lectrice, agent_dd):
        soupe = page(client_de(personne), DONNEES)
        assert not soupe.find("main").find_all("a", class_="bouton")
    gestes = [a["href"] for a in page(client, DONNEES).select(".gestes a")]
    assert gestes == [
        reverse("contrats:importer_cls"),
        reverse("acteurs:importer_donnees", args=["zonage"]),
        reverse("acteurs:importer_donnees", args=["contexte"]),
    ]


def test_le_siege_ne_retire_que_les_millesimes_de_sa_region(client):
    siens, autres = EditionZonageFactory(region_id="53"), EditionZonageFactory(region_id="76")
    liens = {
        a["href"]
        for a in page(client, DONNEES).find_all("a", string=lambda t: t and "Retirer" in t)
    }
    liens |= {a["href"] for a in page(client, DONNEES).select("a.court.nu")}
    assert reverse("acteurs:retirer_zonage", args=[siens.pk]) in liens
    assert reverse("acteurs:retirer_zonage", args=[autres.pk]) not in liens


def test_la_liste_se_lit_en_un_nombre_fixe_de_requetes(client, exiger_requetes_plates):
    def peupler(nombre: int) -> None:
        for _ in range(nombre):
            EditionZonageFactory(communes=["29232"], region_id="53")
            EditionDonneesFactory(valeurs={"29232": 12})

    exiger_requetes_plates(peupler=peupler, lire=lambda: client.get(DONNEES))


def test_un_millesime_nomme_les_territoires_qui_manquent(client, client_de, lectrice):
    edition = EditionDonneesFactory(valeurs={"29232": 12}, region_id="53")
    DonneeContexte.objects.create(
        edition=edition, code_territoire="29020", qualite="SECRET_STATISTIQUE"
    )
    adresse = reverse("acteurs:millesime", args=[edition.pk])
    assert adresse in client.get(DONNEES).content.decode()
    texte = mots(page(client_de(lectrice), adresse))
    assert "20 territoires" in texte
    assert "Briec" in texte
    assert "Quimper" not in texte


# Charger


def test_du_fichier_aux_donnees_en_trois_pages(client, donner):
    reponse = donner(JUSTE)
    recu = FichierRecu.objects.get()
    adresse = reverse("acteurs:import_donnees", args=[recu.pk])
    assert (reponse.status_code, reponse.url) == (302, adresse)
    texte = mots(page(client, adresse))
    assert "Nouveau millésime" in texte
    assert "Quimper" in texte
    assert not EditionZonage.objects.exists()
    assert client.post(adresse).status_code == 302
    assert EditionZonage.objects.get().region_id == "53"
    assert "Données chargées" in mots(page(client, adresse))


def test_une_ligne_fausse_bloque_tout_sans_choix(client, donner):
    donner(MELANGE)
    adresse = reverse("acteurs:import_donnees", args=[FichierRecu.objects.get().pk])
    soupe = page(client, adresse)
    assert "Aucune commune n’a, ou n’a eu, ce code Insee." in mots(soupe)
    assert "1 ligne refusée" in mots(soupe)
    assert "1 ligne reprise" in mots(soupe)
    assert client.post(adresse).status_code == 422
    assert not EditionZonage.objects.exists()
    assert client.post(adresse, {"lignes_justes": "1"}).status_code == 302
    assert EditionZonage.objects.get().zones.count() == 1


def test_le_meme_fichier_dit_qu_il_n_y_a_rien_a_ecrire(client, donner):
    for _ in range(2):
        donner(JUSTE)
        recu = FichierRecu.objects.latest("cree_le")
        client.post(reverse("acteurs:import_donnees", args=[recu.pk]))
    donner(JUSTE)
    recu = FichierRecu.objects.latest("cree_le")
    texte = mots(page(client, reverse("acteurs:import_donnees", args=[recu.pk])))
    assert "il n’y a rien à écrire" in texte


def test_remplacer_un_millesime_se_coche(client, donner):
    donner(JUSTE)
    client.post(reverse("acteurs:import_donnees", args=[FichierRecu.objects.get().pk]))
    donner(csv("code_zone;nom_zone;code_commune", "Z1;Secteur d’essai;29020"))
    adresse = reverse("acteurs:import_donnees", args=[FichierRecu.objects.latest("cree_le").pk])
    assert page(client, adresse).find("input", {"name": "remplacer"})
    assert client.post(adresse).status_code == 422
    assert client.post(adresse, {"remplacer": "on"}).status_code == 302
    assert EditionZonage.objects.count() == 1


def test_le_meme_accord_envoye_deux_fois_n_ecrit_qu_une_fois(client, donner):
    donner(JUSTE)
    adresse = reverse("acteurs:import_donnees", args=[FichierRecu.objects.get().pk])
    client.post(adresse)
    assert client.post(adresse).status_code == 200
    assert EditionZonage.objects.count() == 1


def test_des_donnees_de_contexte_se_chargent_de_meme(client, donner):
    donner(csv("code;valeur", "29232;12,5"), "contexte")
    adresse = reverse("acteurs:import_donnees", args=[FichierRecu.objects.get().pk])
    assert "C04" in mots(page(client, adresse))
    client.post(adresse)
    assert EditionDonnees.objects.get().annee == 2021


def test_un_fichier_illisible_le_dit_sur_son_rapport(client, donner):
    donner(b"rien;du tout\n1;2\n")
    adresse = reverse("acteurs:import_donnees", args=[FichierRecu.objects.get().pk])
    soupe = page(client, adresse, statut=422)
    assert "Il faut au moins ces colonnes : code_commune" in mots(soupe)


@pytest.mark.parametrize(
    ("champs", "attendu"),
    [
        ({"type": ""}, "obligatoire"),
        ({"date_effet": "hier"}, "date"),
        ({"region": "76"}, "choix"),
        ({"millesime": ""}, "obligatoire"),
    ],
)
def test_un_choix_manquant_se_dit_a_cote_du_champ(donner, champs, attendu):
    reponse = donner(JUSTE, **champs)
    assert reponse.status_code == 422
    assert attendu in reponse.content.decode().lower()
    assert not FichierRecu.objects.exists()


def test_un_ancien_excel_est_refuse_a_cote_du_champ(donner):
    reponse = donner(b"\xd0\xcf\x11\xe0", nom="zonage.xls")
    assert reponse.status_code == 422
    assert ".xlsx" in reponse.content.decode()


def test_un_genre_inconnu_n_existe_pas(client):
    assert client.get(reverse("acteurs:importer_donnees", args=["autre"])).status_code == 404
    for inconnu in (["autre", "csv"], ["zonage", "pdf"]):
        assert client.get(reverse("acteurs:modele_donnees", args=inconnu)).status_code == 404


def test_le_fichier_d_une_autre_n_existe_pas(client, client_de, administratrice):
    recu = FichierRecuFactory(cree_par=administratrice)
    adresse = reverse("acteurs:import_donnees", args=[recu.pk])
    assert client.get(adresse).status_code == 404
    assert client_de(administratrice).get(adresse).status_code == 200


def test_l_administration_charge_toute_la_france(client_de, administratrice):
    soupe = page(client_de(administratrice), reverse("acteurs:importer_donnees", args=["zonage"]))
    assert soupe.select_one("select[name=region] option").text == "Toute la France"


def test_le_siege_ne_se_voit_proposer_que_sa_region(client):
    soupe = page(client, reverse("acteurs:importer_donnees", args=["zonage"]))
    assert [o.text for o in soupe.select("select[name=region] option")] == ["Bretagne"]


def test_les_fichiers_de_la_veille_sont_oublies(client, donner, agent_ars, a_la_date):
    ancien = FichierRecuFactory(cree_par=agent_ars, cree_le="2024-01-01T00:00Z")
    donner(JUSTE)
    assert not FichierRecu.objects.filter(pk=ancien.pk).exists()


# Retirer


@pytest.mark.parametrize(
    ("fabrique", "route", "modele"),
    [
        (EditionZonageFactory, "acteurs:retirer_zonage", EditionZonage),
        (EditionDonneesFactory, "acteurs:retirer_donnees", EditionDonnees),
    ],
)
def test_retirer_un_millesime_demande_confirmation(
    client, client_de, agent_dd, fabrique, route, modele
):
    edition = fabrique(region_id="53")
    adresse = reverse(route, args=[edition.pk])
    assert client_de(agent_dd).post(adresse).status_code == 403
    assert "Retirer ce millésime" in mots(page(client, adresse))
    assert modele.objects.exists()
    assert client.post(adresse).status_code == 302
    assert not modele.objects.exists()


def test_un_siege_ne_retire_pas_le_millesime_national(client):
    edition = EditionZonageFactory()
    assert client.post(reverse("acteurs:retirer_zonage", args=[edition.pk])).status_code == 403


def test_le_modele_porte_les_entetes_attendus(client):
    modele = reverse("acteurs:modele_donnees", args=["zonage", "csv"])
    assert (
        client.get(modele).content.decode("utf-8-sig").strip()
        == "code_zone;nom_zone;classe;population;code_commune"
    )


def test_le_rapport_s_emporte_ligne_par_ligne(client, client_de, agent_dd, donner):
    donner(MELANGE)
    pk = FichierRecu.objects.get().pk
    adresse = reverse("acteurs:import_donnees_rapport", args=[pk, "csv"])
    assert client.get(adresse).content.decode("utf-8-sig").splitlines() == [
        "ligne;issue;colonne;valeur;explication",
        "2;reprise;;Quimper;Secteur d’essai (Z1)",
        "3;refusée;code_commune;29999;Aucune commune n’a, ou n’a eu, ce code Insee.",
    ]
    assert client_de(agent_dd).get(adresse).status_code == 404
    assert client.get(adresse.replace(".csv", ".pdf")).status_code == 404
