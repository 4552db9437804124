"""La page d’une campagne : qui en est où, l’emporter, l’ouvrir, la changer, la prolonger."""

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from acteurs.models import Utilisateur
from bilans.models import Campagne
from contrats.models import Contrat
from tests.appuis.pages import lire
from tests.factories import (
    AffectationArsFactory,
    BilanFactory,
    CampagneFactory,
    ContratFactory,
    ParticipationFactory,
    UtilisateurFactory,
)
from tests.factories.campagnes import AvisDemandeFactory

DE_LA_REGION = reverse("bilans:campagnes", args=["53"])
OUVRIR = reverse("bilans:campagne_ouvrir", args=["53"])


@pytest.fixture
def agent(client_de: Callable[..., Client], agent_ars: Utilisateur) -> Client:
    return client_de(agent_ars)


def adresse(campagne: Campagne, quoi: str = "", *suite: str) -> str:
    nom = f"bilans:campagne_{quoi}" if quoi else "bilans:campagne"
    return reverse(nom, args=[campagne.pk, *suite])


def page(client: Client, chemin: str, **filtres: Any) -> str:
    return client.get(chemin, filtres).content.decode()


def saisie(**autres: str) -> dict[str, str]:
    return {
        "annee": "2025",
        "ouvre_le": "12/03/2026",
        "remise_le": "30/06/2026",
        "correction_debut": "",
        "correction_fin": "",
        "rappels": "30, 10 et 2",
        "message": "Bon courage.",
    } | autres


def test_sans_campagne_la_page_dit_a_quoi_elle_sert_et_propose_d_en_ouvrir_une(
    agent: Client, client_de: Callable[..., Client], agent_dd: Utilisateur
) -> None:
    lue = page(agent, DE_LA_REGION)
    assert "Aucune campagne de bilans" in lue
    assert f'href="{OUVRIR}"' in lue
    delegation = page(client_de(agent_dd), DE_LA_REGION)
    assert "Le siège de l’agence ouvre la campagne" in delegation
    assert f'href="{OUVRIR}"' not in delegation


def test_du_pilotage_on_ouvre_une_campagne_en_trois_clics(agent: Client, contrat: Contrat) -> None:
    """Le rail, « Ouvrir une campagne », « Ouvrir la campagne » : tout est déjà rempli."""
    assert f'href="{DE_LA_REGION}"' in page(agent, reverse("contrats:pilotage", args=["53"]))
    form = agent.get(OUVRIR).context["form"]
    proposees = {nom: form[nom].value() for nom in form.fields}
    assert proposees == {
        "annee": 2025,
        "ouvre_le": date(2026, 3, 12),
        "remise_le": date(2026, 6, 10),
        "correction_debut": None,
        "correction_fin": None,
        "rappels": "30, 10, 2",
        "message": None,
    }
    donnees = saisie(remise_le="10/06/2026")
    reponse = agent.post(OUVRIR, donnees, follow=True)
    assert "La campagne des bilans 2025 est ouverte." in reponse.content.decode()
    assert Campagne.objects.get().rappels == [30, 10, 2]


def test_une_seconde_campagne_la_meme_annee_est_refusee_a_cote_de_l_annee(agent: Client) -> None:
    CampagneFactory()
    reponse = agent.post(OUVRIR, saisie())
    assert reponse.status_code == 422
    assert reponse.context["form"].errors["annee"] == [
        "La campagne de cette année existe déjà pour la région."
    ]
    assert agent.get(OUVRIR).context["form"]["annee"].value() == 2026


@pytest.mark.parametrize(
    ("autres", "champ", "phrase"),
    [
        ({"remise_le": "01/03/2026"}, "remise_le", "suit l’ouverture"),
        ({"remise_le": "31/02/2026"}, "remise_le", "31 février n’existe pas"),
        (
            {"correction_debut": "01/06/2026", "correction_fin": "01/07/2026"},
            "correction_debut",
            "après la date de remise",
        ),
        ({"rappels": "dix"}, "rappels", "Écrivez des nombres de jours"),
        ({"rappels": "-3"}, "rappels", "Écrivez des nombres de jours"),
        ({"rappels": "٣"}, "rappels", "Écrivez des nombres de jours"),
        ({"rappels": "400"}, "rappels", "365 jours avant au plus"),
        ({"rappels": "200"}, "rappels", "avant l’ouverture"),
        ({"annee": "2012"}, "annee", ""),
        ({"message": "x" * 2001}, "message", "2000"),
    ],
)
def test_ce_qui_est_tape_revient_avec_la_phrase_a_cote_du_champ(
    agent: Client, autres: dict[str, str], champ: str, phrase: str
) -> None:
    reponse = agent.post(OUVRIR, saisie(**autres))
    assert reponse.status_code == 422
    erreurs = reponse.context["form"].errors
    assert list(erreurs) == [champ]
    assert phrase in erreurs[champ][0]
    assert "Bon courage." in reponse.content.decode() or champ == "message"
    assert not Campagne.objects.exists()


def test_sans_rappel_la_campagne_s_ouvre_aussi(agent: Client) -> None:
    agent.post(OUVRIR, saisie(rappels=""))
    assert Campagne.objects.get().rappels == []


def test_chaque_contrat_a_sa_ligne_son_etape_son_lien(agent: Client, contrat: Contrat) -> None:
    CampagneFactory(avec_corrections=True, message="Appelez-nous & <vite>.")
    relu = ContratFactory(signe=True, nom="Contrat relu")
    bilan = BilanFactory(contrat=relu, annee=2025, statut="RELECTURE")
    AvisDemandeFactory(bilan=bilan, attendu_le=date(2026, 3, 1))
    ContratFactory(en_projet=True)
    lue = page(agent, DE_LA_REGION)
    for attendu in (
        "Bilans 2025 de la Bretagne",
        "Écriture ouverte",
        "du 1<sup>er</sup>\u00a0février 2026 au 31\u00a0mars 2026",
        "dans 19\u00a0jours",
        "du 15\u00a0avril 2026 au 15\u00a0mai 2026",
        "30\u00a0jours, 10\u00a0jours, 2\u00a0jours",
        "Appelez-nous &amp; &lt;vite&gt;.",
        "<b>2\u00a0contrats</b>",
        "<b>1</b> pas commencé",
        "<b>1</b> en relecture",
        f'href="{reverse("bilans:bilan", args=[bilan.pk])}"',
        f'href="{reverse("bilans:bilans", args=[contrat.pk])}"',
        "1\u00a0attendu sur 1, dont 1 en retard",
        "Sans coordination",
        "1\u00a0autre contrat de la région",
    ):
        assert attendu in lue, attendu


def test_les_filtres_restent_dans_l_adresse_et_se_retirent(agent: Client, contrat: Contrat) -> None:
    campagne = CampagneFactory()
    BilanFactory(contrat=ContratFactory(signe=True, nom="Contrat écrit"), annee=2025)
    lue = page(agent, adresse(campagne), etape="BROUILLON", tri="nom")
    assert "Contrat écrit" in lue
    assert contrat.nom not in lue
    assert f'href="{adresse(campagne)}?tri=nom"' in lue
    assert f"{adresse(campagne, 'exporter', 'csv')}?etape=BROUILLON&amp;tri=nom" in lue
    vide = page(agent, adresse(campagne), etape="VALIDE")
    assert "Aucun contrat ne répond à ces filtres" in vide
    assert agent.get(adresse(campagne), {"etape": "x"}).status_code == 400


def test_l_export_dit_les_memes_lignes_dans_le_meme_ordre(agent: Client, contrat: Contrat) -> None:
    campagne = CampagneFactory()
    piege = ContratFactory(signe=True, nom="=1+1")
    bilan = BilanFactory(contrat=piege, annee=2025)
    csv = agent.get(adresse(campagne, "exporter", "csv"), {"etape": "BROUILLON"})
    assert csv["Content-Type"] == "text/csv; charset=utf-8"
    assert "bilans-2025-53-2026-03-12.csv" in csv["Content-Disposition"]
    lignes = csv.content.decode("utf-8-sig").splitlines()
    assert len(lignes) == 2
    assert "Brouillon" in lignes[1]
    assert not lignes[1].startswith("=")
    assert f"https://cls.exemple.fr/espace/bilans/{bilan.pk}/" in lignes[1]
    xlsx = agent.get(adresse(campagne, "exporter", "xlsx"))
    assert xlsx.content.startswith(b"PK")
    assert agent.get(adresse(campagne, "exporter", "pdf")).status_code == 404


def test_la_delegation_lit_ses_contrats_sans_les_gestes_du_siege(
    client_de: Callable[..., Client], agent_dd: Utilisateur, contrat: Contrat
) -> None:
    campagne = CampagneFactory()
    ContratFactory(signe=True, nom="Contrat d’un autre département", epci="243500659")
    client = client_de(agent_dd)
    lue = page(client, adresse(campagne))
    assert contrat.nom in lue
    assert "autre département" not in lue
    assert "Prolonger" not in lue
    for geste in ("modifier", "prolonger", "retirer"):
        assert client.get(adresse(campagne, geste)).status_code == 403


def test_une_autre_agence_une_coordination_une_voisine(
    client_de: Callable[..., Client], contrat: Contrat, coordinatrice: Utilisateur,
    voisine: Utilisateur, elue: Utilisateur,
) -> None:  # fmt: skip
    """La coordination connaît la campagne de sa région, pas le tableau des autres contrats."""
    campagne = CampagneFactory()
    ailleurs = UtilisateurFactory()
    AffectationArsFactory(utilisateur=ailleurs, region="76")
    chemins = [
        adresse(campagne),
        adresse(campagne, "exporter", "csv"),
        *(adresse(campagne, geste) for geste in ("modifier", "prolonger", "retirer")),
    ]
    for personne, code in ((ailleurs, 404), (voisine, 404), (coordinatrice, 403), (elue, 403)):
        client = client_de(personne)
        assert {client.get(chemin).status_code for chemin in chemins} == {code}, personne
        assert client.get(DE_LA_REGION).status_code == 403


def test_prolonger_repousse_la_remise_et_le_dit(agent: Client) -> None:
    campagne = CampagneFactory()
    donnees = {"remise_le": "30/04/2026", "version": "1"}
    lue = agent.post(adresse(campagne, "prolonger"), donnees, follow=True).content.decode()
    assert "Remise repoussée au 30\u00a0avril 2026." in lue
    assert "Qui a changé ces dates" in lue
    refus = agent.post(adresse(campagne, "prolonger"), {"remise_le": "01/03/2026", "version": "2"})
    assert refus.status_code == 422
    assert "Choisissez une date après le 30\u00a0avril 2026" in refus.content.decode()


def test_deux_personnes_sur_la_meme_date_voient_les_deux_versions(
    agent: Client, administratrice: Utilisateur, client_de: Callable[..., Client]
) -> None:
    campagne = CampagneFactory(contrat=None)
    agent.post(adresse(campagne, "prolonger"), {"remise_le": "30/04/2026", "version": "1"})
    autre = client_de(administratrice)
    reponse = autre.post(
        adresse(campagne, "prolonger"), {"remise_le": "15/05/2026", "version": "1"}
    )
    assert reponse.status_code == 409
    lue = reponse.content.decode()
    assert "15/05" in lue.replace("</ins>", "").replace("<ins>", "")
    campagne.refresh_from_db()
    assert campagne.remise_le == date(2026, 4, 30)


def test_modifier_reunit_ce_que_deux_personnes_ont_change_chacune(
    agent: Client, administratrice: Utilisateur, client_de: Callable[..., Client]
) -> None:
    campagne = CampagneFactory()
    depart = saisie(ouvre_le="01/02/2026", remise_le="31/03/2026", rappels="30, 10, 2", message="")
    agent.post(adresse(campagne, "modifier"), depart | {"version": "1", "rappels": "10"})
    client_de(administratrice).post(
        adresse(campagne, "modifier"), depart | {"version": "1", "message": "Bonjour."}
    )
    campagne.refresh_from_db()
    assert (campagne.rappels, campagne.message) == ([10], "Bonjour.")
    refus = client_de(administratrice).post(
        adresse(campagne, "modifier"), depart | {"version": "1", "message": "Autre."}
    )
    assert refus.status_code == 409


def test_retirer_demande_confirmation_puis_ramene_a_la_region(agent: Client) -> None:
    campagne = CampagneFactory()
    assert "Les bilans restent tels quels." in page(agent, adresse(campagne, "retirer"))
    reponse = agent.post(adresse(campagne, "retirer"))
    assert (reponse.status_code, reponse["Location"]) == (303, DE_LA_REGION)
    assert not Campagne.objects.exists()


def test_les_annees_precedentes_restent_a_un_menu(agent: Client) -> None:
    ancienne, derniere = CampagneFactory(annee=2024), CampagneFactory()
    lue = page(agent, DE_LA_REGION)
    assert f'href="{adresse(ancienne)}"' in lue
    assert "Bilans 2025 de la Bretagne" in lue
    assert "Bilans 2024 de la Bretagne" in page(agent, adresse(ancienne))
    assert f'href="{adresse(derniere)}"' in page(agent, adresse(ancienne))


def test_une_seule_action_principale_et_aucune_tant_que_l_on_ecrit(
    agent: Client, contrat: Contrat
) -> None:
    campagne = CampagneFactory()
    assert lire(agent, DE_LA_REGION).select("main .bouton.principal") == []
    Campagne.objects.filter(pk=campagne.pk).update(remise_le=date(2026, 3, 1))
    (bouton,) = lire(agent, DE_LA_REGION).select("main .bouton.principal")
    assert bouton.get_text(strip=True) == "Nouvelle campagne"


def test_une_region_inconnue_n_existe_pas(agent: Client) -> None:
    assert agent.get(reverse("bilans:campagnes", args=["99"])).status_code == 404


def test_le_nombre_de_requetes_ne_depend_pas_du_nombre_de_contrats(
    agent: Client, exiger_requetes_plates: Callable[..., int]
) -> None:
    campagne = CampagneFactory()

    def peupler(nombre: int) -> None:
        for rang in range(nombre):
            contrat = ContratFactory(signe=True)
            ParticipationFactory(contrat=contrat, role="COORDINATEUR")
            bilan = BilanFactory(contrat=contrat, annee=2025)
            AvisDemandeFactory(bilan=bilan)
            if rang % 3 == 0:
                CampagneFactory(du_contrat=True, contrat=contrat)

    assert exiger_requetes_plates(peupler=peupler, lire=lambda: agent.get(adresse(campagne))) <= 34
    exiger_requetes_plates(
        peupler=peupler, lire=lambda: agent.get(adresse(campagne, "exporter", "csv"))
    )
