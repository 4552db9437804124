"""La recherche dans les fiches : français, accents ignorés, noms compris, mots surlignés."""

from datetime import date

import pytest
from bs4 import BeautifulSoup
from django.db import connection
from django.test import Client
from django.urls import reverse

from contrats.classement import comprendre, meilleures
from contrats.models import Action, RechercheAction
from contrats.models.recherche_sql import NOMS_PAR_FICHE, TOUTES_LES_LIGNES
from contrats.presentation.extraits import debuts_de_mots, extrait, surligne
from tests.appuis.api import ids, outil
from tests.contrats.tableur.classeurs import classeur_simple, importer
from tests.factories import (
    ActeurFactory,
    ActionActeurFactory,
    ActionFactory,
    UtilisateurFactory,
)


def trouvees(texte):
    return list(Action.objects.rechercher_partout(texte).values_list("titre", flat=True))


@pytest.mark.parametrize(
    ("cherche", "trouve"),
    [
        ("dépistage", True),
        ("DEPISTAGES", True),
        ("dépist", True),
        ("dépistages cancer", True),
        ("la campagne de dépistages", True),
        ("dépistage vélo", False),
        ("1.2.3", True),
        ("1.2", True),
        ("1.3", False),
    ],
)
def test_un_mot_se_trouve_par_sa_racine_ou_par_son_debut(contrat, cherche, trouve):
    ActionFactory(
        contrat=contrat, numero="1.2.3", titre="Campagne", contexte="Peu de dépistages des cancers."
    )
    assert trouvees(cherche) == (["Campagne"] if trouve else [])


def test_la_recherche_suit_la_fiche_quand_elle_change(action):
    Action.objects.filter(pk=action.pk).update(freins="Les ambulances manquent")
    assert trouvees("ambulance") == [action.titre]
    Action.objects.filter(pk=action.pk).update(freins="")
    assert not trouvees("ambulance")


def test_le_nom_d_un_pilote_ou_d_un_partenaire_fait_trouver_la_fiche(contrat):
    action = ActionFactory(contrat=contrat, pilote=ActeurFactory(nom="Maison Alizarine"))
    lien = ActionActeurFactory(action=action, acteur=ActeurFactory(nom="Relais Bergamote"))
    assert trouvees("alizarine") == trouvees("bergamote") == [action.titre]
    lien.acteur.nom = "Relais Cardamome"
    lien.acteur.save()
    assert trouvees("cardamome") == [action.titre]
    lien.delete()
    assert not trouvees("cardamome")


def test_une_fiche_effacee_ne_laisse_pas_de_mots(action):
    ActionActeurFactory(action=action)
    action.delete()
    assert not RechercheAction.objects.exists()


def test_un_tres_long_texte_s_enregistre(action):
    action.contexte = " ".join(f"mot{n}" for n in range(20_000))
    action.save()
    assert trouvees("mot12") == [action.titre]


def test_un_titre_passe_avant_un_texte(contrat):
    ActionFactory(contrat=contrat, titre="Ailleurs", contexte="On y parle de nutrition.")
    ActionFactory(contrat=contrat, titre="Atelier de nutrition")
    classees = meilleures(comprendre("nutrition"), le=date(2026, 3, 12))
    assert [fiche["titre"] for fiche in classees] == ["Atelier de nutrition", "Ailleurs"]


def test_hors_de_l_equipe_les_textes_de_travail_ne_se_cherchent_pas(action, lectrice, voisine):
    Action.objects.filter(pk=action.pk).update(contexte="zibeline", resume_public="marmotte")
    assert ids(outil(lectrice), "actions/", recherche="zibeline") == {str(action.pk)}
    assert ids(outil(voisine), "actions/", recherche="zibeline") == set()
    assert ids(Client(), "actions/", recherche="zibeline") == set()
    assert ids(Client(), "actions/", recherche="marmotte") == {str(action.pk)}


def test_les_reponses_montrent_les_mots_trouves(client_de, lectrice, contrat, action):
    Action.objects.filter(pk=action.pk).update(
        titre="Une marche", contexte="Trop de <b>Dépistages</b> tardifs."
    )
    page = client_de(lectrice).get(
        reverse("contrats:plan", args=[contrat.pk]), {"vue": "extraits", "recherche": "depistage"}
    )
    lue = BeautifulSoup(page.content, "html.parser").select_one(".reponses li")
    assert [mot.text for mot in lue.select("mark")] == ["Dépistages"]
    assert "<b>Dépistages</b>" in lue.text


def test_un_extrait_echappe_le_texte_et_se_coupe_aux_mots():
    texte = "a" * 30 + " " + "début de phrase " * 10 + "l’équipe <script> mobile " + "fin " * 100
    rendu = extrait(texte, debuts_de_mots("équipe", ["equip"]))
    assert "<mark>équipe</mark> &lt;script&gt;" in rendu
    assert rendu.startswith("… ")
    assert rendu.endswith(" …")
    assert extrait("rien ici", ("equip",)) is None
    assert surligne("Santé & santé", ("sant",)) == "<mark>Santé</mark> &amp; <mark>santé</mark>"


def test_toutes_les_fiches_d_un_coup_donnent_l_index_des_declencheurs(contrat):
    pilotee = ActionFactory(
        contrat=contrat,
        pilote=ActeurFactory(nom="Maison Alizarine"),
        pilote_personne=UtilisateurFactory(prenom="Ana", nom="Bergamote"),
        contexte="Trop de dépistages tardifs.",
    )
    ActionActeurFactory(action=pilotee, acteur=pilotee.pilote)
    ActionActeurFactory.create_batch(2, action=pilotee)
    ActionFactory(contrat=contrat)
    with connection.cursor() as curseur:
        curseur.execute(f"CREATE TEMPORARY TABLE noms_par_fiche AS {NOMS_PAR_FICHE}")
    calcules = mots_et_poids(
        f"SELECT action_id, publics, publics || reste FROM ({TOUTES_LES_LIGNES}) t"
    )
    assert calcules == mots_et_poids(INDEX)
    assert len({fiche for fiche, *_ in calcules}) == 2


def test_apres_un_import_l_index_est_celui_des_declencheurs(contrat, coordinatrice):
    """Il se range une fois, à la fin ; ensuite, il suit de nouveau chaque écriture."""
    connue = ActionFactory(contrat=contrat, titre="Courir")
    entetes = ["Identifiant", "Titre", "Partenaires", "Constat du diagnostic", "Pilote"]
    contenu = classeur_simple(
        entetes,
        [None, "Marcher", "Relais Bergamote ; Maison Alizarine", "Trop de dépistages.", None],
        [str(connue.pk), "Courir", "Relais Bergamote", "Plus de navettes.", "Maison Alizarine"],
    )
    importer(contrat, contenu, coordinatrice, creer_organisations=True)
    importes = mots_et_poids(INDEX)
    assert trouvees("bergamote navettes") == ["Courir"]
    assert sorted(trouvees("bergamote alizarine")) == ["Courir", "Marcher"]

    Action.objects.update(freins="autre")
    assert mots_et_poids(INDEX) != importes
    Action.objects.update(freins="")
    assert mots_et_poids(INDEX) == importes


INDEX = "SELECT action_id, publics, internes FROM contrats_rechercheaction"


def mots_et_poids(lignes):
    """Chaque mot de chaque vecteur et ses poids ; la place d’un nom parmi les autres ne compte pas."""
    with connection.cursor() as curseur:
        curseur.execute(
            "SELECT t.id, v.nom, m.lexeme, ARRAY(SELECT DISTINCT unnest(m.weights) ORDER BY 1)"
            f" FROM ({lignes}) t(id, publics, internes)"
            " CROSS JOIN LATERAL (VALUES ('p', t.publics), ('i', t.internes)) v(nom, mots)"
            " CROSS JOIN LATERAL unnest(v.mots) m"
        )
        return sorted(curseur.fetchall())
