"""Donner un lien, le relancer, le renouveler, le révoquer : les règles."""

from datetime import timedelta

import pytest
from django.core import mail
from django.utils import timezone

from acteurs.models.jeton import empreinte
from cls_platform.socle.erreurs import DonneesRefusees, DroitRefuse, ErreurMetier
from cls_platform.socle.models import EtatTravail
from contrats.models import CleContribution, Demande, RoleActeur, fiches_par_partenaire
from contrats.services.envoi_contribution import effacer_les_noms, envoyer_lien
from contrats.services.liens_contribution import (
    Destinataire,
    Question,
    ajouter_cle,
    creer_liens,
    lien_ouvert,
    relancer,
    renouveler,
    revoquer,
)
from tests.factories import (
    ActeurFactory,
    ActionActeurFactory,
    ActionFactory,
    ContributionFactory,
    LienContributionFactory,
)

QUESTION = Question(annee=2026, demandes=Demande.values, jours=30, message=" Avant le comité. ")


@pytest.fixture
def donne(contrat, action, cpts, coordinatrice):
    vers = Destinataire(acteur=cpts, actions=[action], courriel="cpts@exemple.fr")
    (lien_donne,) = creer_liens(
        contrat=contrat, destinataires=[vers], question=QUESTION, par=coordinatrice
    )
    return lien_donne


def test_seule_l_empreinte_du_secret_est_gardee(donne):
    (cle,) = donne.lien.cles.all()
    assert cle.empreinte == empreinte(donne.secret)
    assert len(donne.secret) >= 43
    colonnes = [str(v) for ligne in CleContribution.objects.values_list() for v in ligne]
    colonnes += [str(v) for v in type(donne.lien).objects.values_list().get()]
    assert donne.secret not in " ".join(colonnes)


def test_le_secret_ouvre_le_lien_jusqu_a_son_echeance(donne, a_la_date):
    assert lien_ouvert(donne.secret) == donne.lien
    with a_la_date(timezone.localdate() + timedelta(days=30)):
        assert lien_ouvert(donne.secret) == donne.lien
    with a_la_date(timezone.localdate() + timedelta(days=31)):
        assert lien_ouvert(donne.secret) is None
    assert lien_ouvert(donne.secret[:-1]) is None


@pytest.mark.parametrize("jours", [0, 181])
def test_un_lien_dure_de_1_a_180_jours(contrat, action, cpts, coordinatrice, jours):
    question = Question(annee=2026, demandes=["NOTE"], jours=jours)
    with pytest.raises(DonneesRefusees, match="de 1 à 180 jours") as refus:
        creer_liens(
            contrat=contrat,
            destinataires=[Destinataire(cpts, [action])],
            question=question,
            par=coordinatrice,
        )
    assert "jours" in refus.value.champs


def test_on_ne_confie_que_les_fiches_que_l_organisation_tient(contrat, cpts, coordinatrice):
    etrangere = ActionFactory(contrat=contrat)
    with pytest.raises(DonneesRefusees, match="ne tient pas toutes ces fiches"):
        creer_liens(
            contrat=contrat,
            destinataires=[Destinataire(cpts, [etrangere])],
            question=QUESTION,
            par=coordinatrice,
        )


def test_pilotes_copilotes_et_partenaires_tiennent_leurs_fiches(contrat, action, cpts):
    copilote, financeur = ActeurFactory(nom="Copilote fictif"), ActeurFactory()
    ActionActeurFactory(action=action, acteur=copilote, role=RoleActeur.COPILOTE)
    ActionActeurFactory(action=action, acteur=financeur, role=RoleActeur.FINANCEUR)
    restreinte = ActionFactory(contrat=contrat, pilote=cpts, est_restreinte=True)
    trouves = dict(fiches_par_partenaire(contrat))
    assert trouves == {cpts: [action], copilote: [action]}
    assert restreinte not in trouves[cpts]


def test_la_voisine_ne_donne_aucun_lien(contrat, action, cpts, voisine, donne):
    for geste in (
        lambda: creer_liens(
            contrat=contrat,
            destinataires=[Destinataire(cpts, [action])],
            question=QUESTION,
            par=voisine,
        ),
        lambda: relancer(lien=donne.lien, par=voisine),
        lambda: revoquer(lien=donne.lien, par=voisine),
        lambda: renouveler(lien=donne.lien, jours=30, par=voisine),
        lambda: ajouter_cle(lien=donne.lien, par=voisine),
    ):
        with pytest.raises(DroitRefuse):
            geste()


def test_le_courriel_porte_un_secret_fait_au_moment_de_l_envoi(donne):
    travail = donne.lien.travail
    assert donne.secret not in str(travail.parametres)
    envoyer_lien(travail_id=travail.pk)
    envoyer_lien(travail_id=travail.pk)
    (message,) = mail.outbox
    travail.refresh_from_db()
    assert travail.etat == EtatTravail.FAIT
    assert message.to == ["cpts@exemple.fr"]
    assert message.reply_to == ["contrat@exemple.fr"]
    assert "Avant le comité." in message.body
    secret = message.body.split("/contribution/essai-cornouaille/")[1].split("/")[0]
    assert lien_ouvert(secret) == donne.lien
    assert secret != donne.secret


def test_le_nom_manquant_de_qui_demande_n_est_pas_remplace_par_son_adresse(donne, coordinatrice):
    type(coordinatrice).objects.filter(pk=coordinatrice.pk).update(prenom="", nom="")
    envoyer_lien(travail_id=donne.lien.travail.pk)
    assert coordinatrice.email not in mail.outbox[0].body


def test_une_relance_par_jour_et_les_anciens_liens_valent_encore(donne, coordinatrice):
    with pytest.raises(ErreurMetier, match="attend déjà son départ"):
        relancer(lien=donne.lien, par=coordinatrice)
    envoyer_lien(travail_id=donne.lien.travail.pk)
    envoyer_lien(travail_id=relancer(lien=donne.lien, par=coordinatrice).pk)
    assert mail.outbox[1].subject.startswith("Rappel.")
    assert lien_ouvert(donne.secret) == donne.lien
    with pytest.raises(ErreurMetier, match="déjà partie aujourd’hui"):
        relancer(lien=donne.lien, par=coordinatrice)


def test_on_ne_relance_pas_qui_a_deja_tout_envoye(donne, coordinatrice):
    donne.lien.contributions.update(etat="RECUE", envoyee_le=timezone.now())
    with pytest.raises(ErreurMetier, match="déjà revenues"):
        relancer(lien=donne.lien, par=coordinatrice)


def test_renouveler_donne_un_autre_secret_et_ferme_le_premier(donne, coordinatrice):
    neuf = renouveler(lien=donne.lien, jours=60, par=coordinatrice)
    assert lien_ouvert(donne.secret) is None
    assert lien_ouvert(neuf) == donne.lien


def test_un_lien_revoque_ne_vaut_plus_et_ne_se_renouvelle_pas(donne, coordinatrice):
    revoquer(lien=donne.lien, par=coordinatrice)
    assert lien_ouvert(donne.secret) is None
    with pytest.raises(ErreurMetier, match="révoqué"):
        renouveler(lien=donne.lien, jours=30, par=coordinatrice)
    with pytest.raises(ErreurMetier, match="ne vaut plus"):
        ajouter_cle(lien=donne.lien, par=coordinatrice)


def test_les_noms_s_effacent_un_an_apres_la_fin_du_lien(action, a_la_date):
    ancienne = ContributionFactory(action=action, recue=True, brouillon={"fait": "x"})
    en_cours = LienContributionFactory(contrat=action.contrat, courriel="garde@exemple.fr")
    type(ancienne.lien).objects.filter(pk=ancienne.lien_id).update(courriel="camille@exemple.fr")
    assert effacer_les_noms() == 0
    fin = ancienne.lien.expire_le
    type(en_cours).objects.filter(pk=en_cours.pk).update(expire_le=fin + timedelta(days=30))
    with a_la_date((fin + timedelta(days=366)).date()):
        assert effacer_les_noms() == 1
    ancienne.refresh_from_db()
    ancienne.lien.refresh_from_db()
    en_cours.refresh_from_db()
    assert (ancienne.nom, ancienne.fonction, ancienne.brouillon) == ("", "", {})
    assert ancienne.lien.courriel == ""
    assert ancienne.elements.exists(), "ce qui a été proposé reste, au nom de l’organisation"
    assert en_cours.courriel == "garde@exemple.fr"
