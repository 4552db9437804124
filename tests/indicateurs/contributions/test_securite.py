"""Ce que le lien laisse voir, ce qu’il tait, à qui il répond."""

import re
from datetime import timedelta

import pytest
from django.core.cache import cache
from django.test import Client, override_settings
from django.urls import reverse
from django.utils import timezone

from tests.factories import (
    ActionActeurFactory,
    ActionFactory,
    ChampLibreFactory,
    FinancementFactory,
    LienContributionFactory,
    LigneBudgetFactory,
    NoteSuiviFactory,
)
from tests.indicateurs.contributions.conftest import adresse

JETON_DE_FORMULAIRE = re.compile(r'name="csrfmiddlewaretoken" value="[^"]+"')


def sans_jeton(reponse):
    return JETON_DE_FORMULAIRE.sub("", reponse.content.decode())


def test_inconnu_expire_ou_revoque_la_reponse_est_la_meme(contrat, cpts, action, coordinatrice):
    commun = {"contrat": contrat, "acteur": cpts, "actions": [action]}
    liens = [
        LienContributionFactory(**commun, expire=True),
        LienContributionFactory(**commun, revoque=True),
    ]
    adresses = [adresse(lien) for lien in liens]
    adresses.append(reverse("indicateurs:partenaire", args=[contrat.slug, "inconnu"]))
    reponses = [Client().get(a) for a in adresses]
    assert {r.status_code for r in reponses} == {404}
    assert len({sans_jeton(r) for r in reponses}) == 1
    assert contrat.courriel_contact in reponses[0].content.decode()


def test_le_contact_d_un_contrat_sans_page_publique_n_est_pas_donne(autre_contrat):
    ferme = reverse("indicateurs:partenaire", args=[autre_contrat.slug, "inconnu"])
    rien = reverse("indicateurs:partenaire", args=["nulle-part", "inconnu"])
    assert sans_jeton(Client().get(ferme)) == sans_jeton(Client().get(rien))


def test_l_adresse_ne_sort_ni_par_le_referent_ni_par_un_moteur(page, fiche):
    for chemin in (page, fiche, page.replace("secret", "autre")):
        reponse = Client().get(chemin)
        assert reponse["Referrer-Policy"] == "strict-origin"
        assert "noindex" in reponse["X-Robots-Tag"]
        assert "no-store" in reponse["Cache-Control"]


def test_la_fiche_d_un_autre_lien_n_existe_pas(lien, contrat, cpts, action):
    autre = LienContributionFactory(contrat=contrat, acteur=cpts, actions=[action])
    reponse = Client().get(adresse(lien, autre.contributions.get()))
    assert reponse.status_code == 404
    assert reponse["Referrer-Policy"] == "strict-origin"


@pytest.mark.parametrize("quoi", ["restreinte", "corbeille", "plus_la_sienne"])
def test_une_fiche_reprise_disparait_aussitot(lien, page, fiche, action, quoi, repondre):
    champs = {
        "restreinte": {"est_restreinte": True},
        "corbeille": {"corbeille_le": timezone.now()},
        "plus_la_sienne": {"pilote": None},
    }[quoi]
    type(action).objects.filter(pk=action.pk).update(**champs)
    assert Client().get(fiche).status_code == 404
    assert Client().post(fiche, {"geste": "envoyer", "fait": "x"}).status_code == 404
    texte = Client().get(page).content.decode()
    assert action.titre not in texte
    assert "Plus aucune fiche ici" in texte


def test_un_partenaire_garde_la_fiche_qu_il_accompagne(lien, fiche, action):
    type(action).objects.filter(pk=action.pk).update(pilote=None)
    ActionActeurFactory(action=action, acteur=lien.acteur)
    assert Client().get(fiche).status_code == 200


def test_rien_d_interne_n_est_montre(lien, page, fiche, action, coordinatrice, pilote):
    interdits = {
        "note": NoteSuiviFactory(action=action, fait="NOTE-INTERNE").fait,
        "freins": "FREIN-INTERNE",
        "raison": "RAISON-INTERNE",
        "personne": "PERSONNE-INTERNE",
        "depense": LigneBudgetFactory(action=action, libelle="DEPENSE-INTERNE").libelle,
        "courriel": coordinatrice.email,
        "autre": ActionFactory(contrat=action.contrat, titre="AUTRE-FICHE").titre,
        "champ": ChampLibreFactory(contrat=action.contrat, libelle="CHAMP-INTERNE").libelle,
    }
    montant = FinancementFactory(action=action, montant_demande=987654)
    type(action).objects.filter(pk=action.pk).update(
        freins=interdits["freins"],
        statut_raison=interdits["raison"],
        pilote_nom=interdits["personne"],
        pilote_personne=pilote,
    )
    for chemin in (page, fiche):
        texte = Client().get(chemin).content.decode()
        assert [nom for nom, mot in interdits.items() if mot in texte] == []
        assert str(montant.montant_demande)[:3] not in re.sub(r"[0-9a-f-]{36}|\d{10,}", "", texte)
        assert pilote.email not in texte


def test_un_envoi_sans_jeton_csrf_est_refuse(fiche, contribution):
    reponse = Client(enforce_csrf_checks=True).post(fiche, {"geste": "envoyer", "fait": "x"})
    assert reponse.status_code == 403
    contribution.refresh_from_db()
    assert contribution.brouillon == {}


def test_aucun_temoin_hors_celui_du_csrf(page, fiche):
    client = Client()
    client.get(page)
    client.get(fiche)
    client.post(fiche, {"geste": "brouillon", "fait": "x", "version": 1})
    assert set(client.cookies) <= {"csrftoken"}


@override_settings(DEBIT_CONTRIBUTIONS="3/min")
def test_trop_de_demandes_attendent_valables_ou_non(page, horloge_arretee):
    cache.clear()
    statuts = [Client().get(page).status_code for _ in range(2)]
    inconnu = page.replace("secret", "autre")
    statuts += [Client().get(inconnu).status_code, Client().get(inconnu).status_code]
    assert statuts == [200, 200, 404, 429]
    refus = Client().get(page)
    assert refus.status_code == 429
    assert 1 <= int(refus["Retry-After"]) <= 60


def test_l_adresse_annoncee_par_un_inconnu_ne_change_pas_le_compte(page, horloge_arretee):
    with override_settings(DEBIT_CONTRIBUTIONS="2/min"):
        cache.clear()
        statuts = [
            Client().get(page, headers={"X-Forwarded-For": f"203.0.113.{n}"}).status_code
            for n in range(3)
        ]
    assert statuts == [200, 200, 429]


def test_le_lien_expire_pendant_la_saisie_refuse_l_envoi_sans_rien_ecrire(
    lien, fiche, contribution, a_la_date
):
    with a_la_date(timezone.localdate() + timedelta(days=45)):
        assert Client().post(fiche, {"geste": "envoyer", "fait": "x"}).status_code == 404
    contribution.refresh_from_db()
    assert contribution.brouillon == {}


def test_le_texte_hostile_reste_du_texte(repondre, fiche, contribution):
    hostile = "<script>alert(1)</script> =cmd() 👩‍⚕️ \u202eabc"
    repondre(fait=hostile)
    texte = Client().get(fiche).content.decode()
    assert "<script>alert(1)" not in texte
    assert "&lt;script&gt;alert(1)" in texte
    assert contribution.elements.get().propose["fait"] == hostile
