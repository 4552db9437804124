"""Derrière un chiffre : ses communes, leurs contrats, et pourquoi une commune est blanche."""

from datetime import date

import pytest
from django.core.cache import cache
from django.urls import reverse

from acteurs.models import Commune
from contrats.models import Perimetre
from tests.appuis.pages import lire
from tests.factories import (
    AvenantFactory,
    ContratFactory,
    EpciFactory,
    PassagePhaseFactory,
    PerimetreFactory,
)

LISTE = reverse("contrats:couverture_communes")
QUIMPER, OUESSANT = "29232", "29155"


@pytest.fixture
def client(client_de, agent_ars):
    return client_de(agent_ars)


def noms(page) -> list[str]:
    return [th.a.text for th in page.select("tbody th")]


def contrats_de(page, nom: str) -> str:
    ligne = next(tr for tr in page.select("tbody tr") if tr.th.a.text == nom)
    return ligne.select_one("[data-titre=Contrats]").get_text(" ", strip=True)


def pourquoi(client, code: str, **parametres) -> str:
    page = lire(client, reverse("contrats:couverture_commune", args=[code]), **parametres)
    return page.main.get_text(" ", strip=True).replace("\xa0", " ")


def test_une_liste_par_etat(client, contrat):
    page = lire(client, LISTE, niveau="departement", territoire="29", etat="AUCUN")
    assert noms(page) == ["Île-de-Sein", "Ouessant"]


def test_une_commune_couverte_deux_fois_dit_par_qui(client, contrat):
    PerimetreFactory(contrat=ContratFactory(nom="Ville d’essai", signe=True), commune_id=QUIMPER)
    page = lire(client, LISTE, etat="PLUSIEURS")
    assert noms(page) == ["Quimper"]
    dits = contrats_de(page, "Quimper")
    assert "Contrat d’essai de Cornouaille" in dits
    assert "Ville d’essai" in dits
    assert set(noms(lire(client, LISTE, etat="PLUSIEURS", liste="contrats"))) == {
        "Contrat d’essai de Cornouaille",
        "Ville d’essai",
    }


def test_les_contrats_comptes_ont_leur_onglet_et_s_emportent(client, contrat):
    page = lire(client, LISTE, liste="contrats", date="2025-06-01")
    assert noms(page) == ["Contrat d’essai de Cornouaille"]
    corps = client.get(page.select_one('main a[href*="/exporter/json/"]')["href"]).json()
    (ligne,) = corps["results"]
    assert (ligne["nom"], ligne["compte_comme"], ligne["communes"]) == (contrat.nom, "Signé", 14)


def test_une_liste_de_contrats_vide_le_dit(client, db):
    page = lire(client, LISTE, liste="contrats", niveau="region", territoire="76")
    assert page.h1.text == "Contrats comptés"
    assert "Aucun contrat ne compte à cette date" in page.main.text


@pytest.mark.parametrize(("cherche", "trouvees"), [("ouess", ["Ouessant"]), ("zzz", [])])
def test_la_liste_se_cherche_par_nom(client, contrat, cherche, trouvees):
    assert noms(lire(client, LISTE, recherche=cherche, etat="AUCUN")) == trouvees


def test_une_intercommunalite_a_cheval_se_limite_a_un_lieu(client, contrat):
    """La liste derrière la ligne d’une région n’a que les communes de la région."""
    ailleurs = Commune.objects.get(pk="31117")
    ailleurs.epci_id = "200068120"
    ailleurs.save()
    tout = lire(client, LISTE, niveau="epci", territoire="200068120")
    dedans = lire(client, LISTE, niveau="epci", territoire="200068120", region="53")
    assert set(noms(tout)) - set(noms(dedans)) == {"Castelmaurou"}


def test_un_projet_que_l_on_ne_suit_pas_compte_sans_etre_nomme(client_de, coordinatrice):
    projet = ContratFactory(nom="Projet secret d’essai", en_projet=True)
    PassagePhaseFactory(contrat=projet, vers="DIAGNOSTIC")
    PerimetreFactory(contrat=projet, commune_id=OUESSANT)
    page = lire(client_de(coordinatrice), LISTE, etat="EN_PROJET")
    assert "Un projet que vous ne suivez pas" in contrats_de(page, "Ouessant")
    assert "Projet secret" not in page.text


def test_la_region_n_est_une_colonne_que_s_il_y_en_a_plusieurs(client, contrat):
    def colonnes(**parametres):
        return [th.text for th in lire(client, LISTE, **parametres).select("thead th")]

    assert "Région" in colonnes()
    assert "Région" not in colonnes(niveau="region", territoire="53")


@pytest.mark.parametrize("extension", ["csv", "xlsx", "ods"])
def test_la_liste_filtree_s_emporte(client, contrat, extension):
    page = lire(client, LISTE, niveau="departement", territoire="29", etat="AUCUN")
    lien = page.select_one(f'a[href*="/exporter/{extension}/"]')["href"]
    reponse = client.get(lien)
    assert reponse.status_code == 200
    if extension == "csv":
        lignes = reponse.content.decode("utf-8-sig").strip().split("\r\n")[1:]
        assert [ligne.split(";")[1] for ligne in lignes] == ["Île-de-Sein", "Ouessant"]


@pytest.mark.parametrize(
    ("parametres", "dit"),
    [
        ({"niveau": "departement", "territoire": "2C"}, "Aucun territoire ne porte le code"),
        ({"territoire": "29"}, "Dites de quel niveau"),
        ({"etat": "ROUGE"}, "Choisissez parmi"),
        ({"zonage": "a b"}, "Un zonage s’écrit comme"),
    ],
)
def test_une_liste_mal_demandee_est_refusee_en_clair(client, parametres, dit):
    reponse = client.get(LISTE, parametres)
    assert reponse.status_code == 400
    assert dit in reponse.content.decode()


def test_le_nombre_de_requetes_ne_depend_pas_du_nombre_de_contrats(client, exiger_requetes_plates):
    exiger_requetes_plates(
        peupler=lambda n: ContratFactory.create_batch(n, signe=True, epci="200068120"),
        lire=lambda: (cache.clear(), client.get(LISTE)),
    )


# Pourquoi cette commune est-elle blanche ?


def test_une_commune_que_rien_n_a_comptee(client, contrat):
    assert "Aucun contrat n’a jamais compté cette commune" in pourquoi(client, OUESSANT)


def test_une_commune_couverte_dit_depuis_et_jusqu_a_quand(client, contrat):
    texte = pourquoi(client, QUIMPER)
    assert "Couverte par un contrat signé" in texte
    assert "La couvre depuis le 22 janvier 2024, jusqu’au 31 décembre 2028" in texte
    assert "13 des 13 autres communes sont couvertes" in texte


def raison(client, contrat, **champs) -> str:
    for nom, valeur in champs.items():
        setattr(contrat, nom, valeur)
    contrat.save()
    return pourquoi(client, QUIMPER)


def test_un_contrat_fini(client, contrat):
    assert "Il a pris fin le 31 décembre 2025" in raison(client, contrat, date_fin="2025-12-31")


def test_un_contrat_pas_encore_signe(client, contrat):
    assert "Il n’est pas encore signé" in raison(client, contrat, date_signature=None)


def test_un_contrat_signe_qui_n_a_pas_commence(client, contrat):
    dit = "Il est signé, mais ne commence que le 1er septembre 2026"
    assert dit in raison(client, contrat, date_debut="2026-09-01").replace("ᵉʳ", "er")


def test_un_contrat_en_projet_dit_sa_phase(client, contrat):
    PassagePhaseFactory(contrat=contrat, vers="DIAGNOSTIC", date_effet=date(2025, 2, 3))
    texte = raison(client, contrat, date_signature=None)
    assert "En projet : diagnostic partagé depuis le 3 février 2025" in texte


def test_une_demarche_arretee(client, contrat):
    PassagePhaseFactory(contrat=contrat, vers="ABANDONNE", date_effet=date(2025, 2, 3))
    assert "La démarche a été arrêtée le 3 février 2025" in pourquoi(client, QUIMPER)


def test_une_commune_sortie_nomme_l_avenant(client, contrat):
    avenant = AvenantFactory(contrat=contrat, signe=True)
    Perimetre.objects.filter(commune_id=QUIMPER).update(
        date_sortie=date(2025, 6, 2), avenant_sortie=avenant
    )
    assert "Elle en est sortie le 2 juin 2025, par l’avenant n° 1" in pourquoi(client, QUIMPER)


def test_une_commune_qui_entrera(client, contrat):
    PerimetreFactory(contrat=contrat, commune_id=OUESSANT, date_entree=date(2027, 1, 4))
    assert "Elle y entre le 4 janvier 2027" in pourquoi(client, OUESSANT)


def test_une_commune_reunie_a_une_autre_mene_a_son_successeur(client, contrat):
    Commune.objects.filter(pk=OUESSANT).update(date_fin=date(2025, 1, 1), successeur_id=QUIMPER)
    adresse = reverse("contrats:couverture_commune", args=[OUESSANT])
    page = lire(client, adresse)
    assert "Ouessant a été réunie à Quimper" in page.main.text
    suite = reverse("contrats:couverture_commune", args=[QUIMPER])
    assert page.select_one(f'main a[href="{suite}"]')
    assert "Communes réunies ici" in pourquoi(client, QUIMPER)


def test_un_contrat_qui_compte_encore_la_commune_d_avant_le_dit(client, contrat):
    """Quimper, du contrat, est réunie à Ouessant, qui n’en est pas : Ouessant est blanche."""
    Commune.objects.filter(pk=QUIMPER).update(date_fin=date(2025, 1, 1), successeur_id=OUESSANT)
    dit = "compte encore Quimper, réunie à Ouessant"
    texte = pourquoi(client, OUESSANT)
    assert dit in texte
    assert "faites-la entrer dans son périmètre" in texte
    PerimetreFactory(contrat=contrat, commune_id=OUESSANT)
    assert dit not in pourquoi(client, OUESSANT)


def test_avant_sa_fin_une_commune_close_compte_encore(client, contrat):
    Commune.objects.filter(pk=QUIMPER).update(date_fin=date(2025, 1, 1), successeur_id=OUESSANT)
    assert "Elle n’existe plus à cette date" in pourquoi(client, QUIMPER)
    assert "Couverte par un contrat signé" in pourquoi(client, QUIMPER, date="2024-06-01")


def test_le_code_d_une_ancienne_commune_mene_a_celle_d_aujourd_hui(client, contrat):
    Commune.objects.filter(pk=QUIMPER).update(autres_codes=["29991"])
    reponse = client.get(reverse("contrats:couverture_commune", args=["29991"]), follow=True)
    assert reponse.redirect_chain[0][0].startswith(
        reverse("contrats:couverture_commune", args=[QUIMPER])
    )
    assert "Le code 29991 est celui d’une commune réunie à Quimper" in reponse.content.decode()


def test_une_commune_inconnue_est_introuvable(client, db):
    adresse = reverse("contrats:couverture_commune", args=["00000"])
    assert client.get(adresse).status_code == 404


def test_une_intercommunalite_vide_a_quand_meme_sa_page(client, db):
    vide = EpciFactory()
    assert client.get(reverse("contrats:couverture_epci", args=[vide.pk])).status_code == 200
