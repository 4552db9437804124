"""La bibliothèque par l’API : l’idée seule, pour qui modifie un plan, avec les filtres de la page."""

import pytest
from django.test import Client

from contrats.models import Action
from contrats.services.bibliotheque import TEXTES
from tests.appuis.api import RACINE, ids, lire, outil, probleme, resultats
from tests.factories import (
    ActionActeurFactory,
    ActionFactory,
    FicheOfferteFactory,
    JalonFactory,
    LigneBudgetFactory,
)

SECRETS = ("Untel", "Untelle", "hésite", "Deux postes", "Partenaire Secrète", "98765", "2027")


@pytest.fixture
def offerte(contrat):
    fiche = ActionFactory(
        contrat=contrat, interne=True, titre="Un dépistage au marché", contexte="Peu de médecins",
        description="Une camionnette deux matins par mois", objectif_general="Repérer tôt",
        objectifs_operationnels="Former les relais", resultats_attendus="Cent personnes vues",
        modalites_evaluation="Un questionnaire", pilote_nom="Monsieur Untel",
        elu_referent="Madame Untelle", freins="Le maire hésite", moyens="Deux postes",
        resume_public="Venez au marché", themes=["acces_soins"],
    )  # fmt: skip
    fiche.populations.set(["seniors"])
    JalonFactory(action=fiche, libelle="Trouver un lieu", ordre=2)
    JalonFactory(action=fiche, libelle="Former les bénévoles", ordre=1)
    JalonFactory(action=fiche, libelle="Étape abandonnée", est_abandonne=True)
    ActionActeurFactory(action=fiche, acteur__nom="Association Partenaire Secrète")
    LigneBudgetFactory(action=fiche, prevu=98765)
    return FicheOfferteFactory(action=fiche).action


def test_une_fiche_dit_l_idee_et_rien_d_autre(voisine, offerte):
    lue = lire(outil(voisine), f"bibliotheque/{offerte.pk}/")
    assert set(lue) == {
        "id", *TEXTES, "region", "contrat_nom", "offerte_le", "themes", "populations", "etapes"
    }  # fmt: skip
    assert (lue["titre"], lue["contexte"]) == ("Un dépistage au marché", "Peu de médecins")
    assert (lue["themes"], lue["populations"]) == (["acces_soins"], ["seniors"])
    assert lue["etapes"] == ["Former les bénévoles", "Trouver un lieu"]
    assert (lue["region"], lue["contrat_nom"]) == ("53", offerte.contrat.nom)
    assert [secret for secret in SECRETS if secret in str(lue)] == []
    assert str(offerte.contrat_id) not in str(lue)


def test_la_liste_et_le_detail_disent_pareil(voisine, offerte):
    (ligne,) = resultats(outil(voisine), "bibliotheque/")
    assert ligne == lire(outil(voisine), f"bibliotheque/{offerte.pk}/")


@pytest.mark.parametrize("personnage", ["pilote", "lectrice", "elue", "agent_ars", "partenaire"])
def test_elle_est_vide_pour_qui_ne_modifie_aucun_plan(request, offerte, personnage):
    client = outil(request.getfixturevalue(personnage))
    assert ids(client, "bibliotheque/") == set()
    probleme(client.get(f"{RACINE}bibliotheque/{offerte.pk}/"), 404)


def test_elle_est_vide_sans_compte(db, offerte):
    assert ids(Client(), "bibliotheque/") == set()
    probleme(Client().get(f"{RACINE}bibliotheque/{offerte.pk}/"), 404)


def test_coordination_et_administration_la_lisent(coordinatrice, voisine, administratrice, offerte):
    for personne in (coordinatrice, voisine, administratrice):
        assert ids(outil(personne), "bibliotheque/") == {str(offerte.pk)}


@pytest.mark.parametrize(
    "champs", [{"est_restreinte": True}, {"corbeille_le": "2026-01-01T00:00Z"}]
)
def test_une_fiche_reservee_ou_jetee_la_quitte(voisine, offerte, champs):
    Action.objects.filter(pk=offerte.pk).update(**champs)
    assert ids(outil(voisine), "bibliotheque/") == set()
    probleme(outil(voisine).get(f"{RACINE}bibliotheque/{offerte.pk}/"), 404)


@pytest.mark.parametrize(
    "mots",
    [
        "dépistages", "medecin", "camionnettes", "reper tot", "relais", "personnes vues",
        "questionnaire", "marche camionnette", "le dépistage",
    ],
)  # fmt: skip
def test_les_mots_se_cherchent_dans_tous_les_textes_offerts(voisine, offerte, mots):
    assert ids(outil(voisine), "bibliotheque/", recherche=mots) == {str(offerte.pk)}


@pytest.mark.parametrize(
    "mots", ["Untel", "Secrète", "maire", "postes", "Venez", "piscine", "dépistage piscine"]
)
def test_un_mot_que_la_bibliotheque_ne_montre_pas_ne_fait_rien_trouver(voisine, offerte, mots):
    assert ids(outil(voisine), "bibliotheque/", recherche=mots) == set()


@pytest.mark.parametrize(
    ("filtre", "trouvee"),
    [
        ({"theme": "acces_soins"}, True),
        ({"theme": "prevention"}, False),
        ({"population": "seniors"}, True),
        ({"region": "53"}, True),
        ({"region": "76"}, False),
    ],
)
def test_ses_filtres_sont_ceux_de_la_page(voisine, offerte, filtre, trouvee):
    assert bool(ids(outil(voisine), "bibliotheque/", **filtre)) is trouvee


def test_un_filtre_inconnu_est_refuse(voisine, offerte):
    probleme(outil(voisine).get(f"{RACINE}bibliotheque/?statut=EN_COURS"), 400)


@pytest.mark.parametrize("methode", ["post", "put", "patch", "delete"])
def test_elle_ne_s_ecrit_pas(voisine, offerte, methode):
    client = outil(voisine)
    for adresse in ("bibliotheque/", f"bibliotheque/{offerte.pk}/"):
        probleme(getattr(client, methode)(RACINE + adresse), 405)
