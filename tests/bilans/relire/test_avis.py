"""L’avis d’un signataire : demandé, relancé, rendu d’une des quatre manières, gardé."""

import re
from datetime import date, timedelta

import pytest
from django.core import mail
from django.db import DatabaseError, transaction

from acteurs.models.jeton import empreinte
from bilans.models import AvisBilan, Bilan, MoyenAvis, SensAvis
from bilans.services import avis as services
from bilans.services import envoi_avis
from bilans.services.avis import Destinataire, Reponse
from cls_platform.socle.erreurs import ConflitVersion, DonneesRefusees, DroitRefuse, ErreurMetier
from cls_platform.socle.models import EtatTravail, Travail
from contrats.models import RolePartie
from tests.factories import (
    ActeurFactory,
    AvisBilanFactory,
    BilanFactory,
    PartieFactory,
    UtilisateurFactory,
)

AU = date(2026, 3, 31)
SANS_REDIGER = ["agent_ars", "elue", "pilote", "partenaire", "lectrice", "voisine"]
LIEN = re.compile(r"https://cls\.exemple\.fr/avis/[\w-]+/([\w-]+)/")


@pytest.fixture
def bilan(contrat) -> Bilan:
    return BilanFactory(contrat=contrat, avec_pdf=True, statut="RELECTURE")


@pytest.fixture
def signataire(contrat, partenaire):
    """L’organisation de la partenaire a signé le contrat."""
    PartieFactory(contrat=contrat, acteur=partenaire.acteur, role=RolePartie.SIGNATAIRE)
    return partenaire.acteur


def demander(bilan, par, *destinataires, attendu_le=AU, message="Merci d’avance."):
    return services.demander_les_avis(
        bilan=bilan, destinataires=destinataires, attendu_le=attendu_le, message=message, par=par
    )


def envoyer() -> str:
    """Fait partir le courriel qui attend ; rend le secret de son lien."""
    travail = Travail.objects.get(genre=envoi_avis.GENRE, etat=EtatTravail.EN_FILE)
    envoi_avis.envoyer_la_demande(travail_id=travail.pk)
    travail.refresh_from_db()
    assert travail.etat == EtatTravail.FAIT, travail.message
    return LIEN.search(mail.outbox[-1].body)[1]


# Demander


def test_une_demande_par_organisation_et_un_courriel_a_qui_a_une_adresse(
    bilan, signataire, coordinatrice, contrat
):
    avec = Destinataire(signataire, "direction@exemple.fr")
    demandes = demander(bilan, coordinatrice, avec, Destinataire(contrat.ars))
    assert {(d.acteur, d.attendu_le) for d in demandes} == {(signataire, AU), (contrat.ars, AU)}
    envoyer()
    (courriel,) = mail.outbox
    assert courriel.to == ["direction@exemple.fr"]
    assert "Merci d’avance." in courriel.body
    assert "31 mars 2026" in courriel.body
    assert "30 avril 2026" in courriel.body


@pytest.mark.parametrize("personnage", SANS_REDIGER)
def test_seule_la_coordination_demande(request, bilan, signataire, personnage):
    with pytest.raises(DroitRefuse):
        demander(bilan, request.getfixturevalue(personnage), Destinataire(signataire))


def test_on_ne_demande_qu_aux_signataires_une_fois_pour_un_jour_a_venir(
    bilan, signataire, coordinatrice
):
    with pytest.raises(DonneesRefusees, match="pas signataire"):
        demander(bilan, coordinatrice, Destinataire(ActeurFactory()))
    with pytest.raises(DonneesRefusees, match="est passée"):
        demander(bilan, coordinatrice, Destinataire(signataire), attendu_le=date(2026, 3, 11))
    with pytest.raises(DonneesRefusees, match="au moins une"):
        demander(bilan, coordinatrice)
    demander(bilan, coordinatrice, Destinataire(signataire))
    with pytest.raises(DonneesRefusees, match="déjà demandé"):
        demander(bilan, coordinatrice, Destinataire(signataire))


def test_sans_pdf_rien_a_lire_donc_rien_a_demander(contrat, signataire, coordinatrice):
    with pytest.raises(ErreurMetier, match="Demandez d’abord le PDF"):
        demander(BilanFactory(contrat=contrat), coordinatrice, Destinataire(signataire))


# Le lien


def test_le_secret_du_lien_n_est_garde_nulle_part(bilan, signataire, coordinatrice):
    (avis,) = demander(bilan, coordinatrice, Destinataire(signataire, "a@exemple.fr"))
    secret = envoyer()
    avis.refresh_from_db()
    assert avis.empreinte == empreinte(secret) != secret
    assert secret not in str(list(Travail.objects.values()))
    assert services.avis_ouvert(secret) == avis


def test_le_lien_vaut_jusqu_a_trente_jours_apres_la_date(
    bilan, signataire, coordinatrice, a_la_date
):
    demander(bilan, coordinatrice, Destinataire(signataire, "a@exemple.fr"))
    secret = envoyer()
    with a_la_date(AU + timedelta(days=30)):
        assert services.avis_ouvert(secret)
    with a_la_date(AU + timedelta(days=31)):
        assert services.avis_ouvert(secret) is None


def test_relancer_envoie_un_nouveau_lien_un_jour_apres_le_precedent_ne_vaut_plus(
    bilan, signataire, coordinatrice, a_la_date
):
    (avis,) = demander(bilan, coordinatrice, Destinataire(signataire, "a@exemple.fr"))
    premier = envoyer()
    with pytest.raises(ErreurMetier, match="aujourd’hui"):
        services.relancer(avis=avis, par=coordinatrice)
    with a_la_date(date(2026, 3, 14)):
        services.relancer(avis=avis, par=coordinatrice)
        second = envoyer()
        assert mail.outbox[-1].subject.startswith("Rappel.")
        assert services.avis_ouvert(premier) is None
        assert services.avis_ouvert(second) == avis


def test_on_ne_relance_ni_sans_adresse_ni_apres_l_avis(bilan, coordinatrice):
    with pytest.raises(ErreurMetier, match="pas d’adresse"):
        services.relancer(avis=AvisBilanFactory(bilan=bilan), par=coordinatrice)
    rendu = AvisBilanFactory(bilan=bilan, rendu=True, courriel="a@exemple.fr")
    with pytest.raises(ErreurMetier, match="déjà rendu"):
        services.relancer(avis=rendu, par=coordinatrice)


def test_un_rappel_part_seul_trois_jours_avant_une_seule_fois(bilan, coordinatrice, a_la_date):
    bilan.contrat.est_demonstration = False
    bilan.contrat.save()
    AvisBilanFactory(bilan=bilan, courriel="a@exemple.fr")
    AvisBilanFactory(bilan=bilan)
    AvisBilanFactory(bilan=bilan, rendu=True, courriel="b@exemple.fr")
    assert envoi_avis.ouvrir_les_rappels(le=date(2026, 3, 27)) == []
    with a_la_date(date(2026, 3, 28)):
        assert len(envoi_avis.ouvrir_les_rappels(le=date(2026, 3, 28))) == 1
        envoyer()
    with a_la_date(date(2026, 3, 30)):
        assert envoi_avis.ouvrir_les_rappels(le=date(2026, 3, 30)) == []
    assert [c.to for c in mail.outbox] == [["a@exemple.fr"]]


def test_une_demande_retiree_avant_l_envoi_ne_part_pas(bilan, signataire, coordinatrice):
    (avis,) = demander(bilan, coordinatrice, Destinataire(signataire, "a@exemple.fr"))
    services.retirer_la_demande(avis=avis, version=None, par=coordinatrice)
    travail = Travail.objects.get(genre=envoi_avis.GENRE)
    envoi_avis.envoyer_la_demande(travail_id=travail.pk)
    travail.refresh_from_db()
    assert (travail.etat, mail.outbox) == (EtatTravail.ECHEC, [])


# Rendre


def test_une_personne_de_l_organisation_rend_l_avis_avec_son_compte(bilan, signataire, partenaire):
    avis = AvisBilanFactory(bilan=bilan, acteur=signataire)
    rendu = services.rendre_avis(
        avis=avis, sens=SensAvis.FAVORABLE, texte="", version=1, par=partenaire
    )
    assert (rendu.moyen, rendu.rendu_par, rendu.sha256) == (
        MoyenAvis.COMPTE,
        partenaire,
        bilan.sha256,
    )
    assert rendu.rendu_nom.startswith("Paula Partenaire")


@pytest.mark.parametrize("personnage", ["coordinatrice", "elue", "pilote", "agent_ars", "voisine"])
def test_on_ne_rend_pas_l_avis_d_une_autre_organisation(request, bilan, signataire, personnage):
    avis = AvisBilanFactory(bilan=bilan, acteur=signataire)
    with pytest.raises(DroitRefuse, match="personne de cette organisation"):
        services.rendre_avis(
            avis=avis,
            sens="FAVORABLE",
            texte="",
            version=1,
            par=request.getfixturevalue(personnage),
        )


def test_une_voisine_de_la_meme_organisation_ne_se_prononce_pas_sur_ce_contrat(
    bilan, signataire, voisine
):
    voisine.acteur = signataire
    voisine.save()
    with pytest.raises(DroitRefuse):
        services.rendre_avis(
            avis=AvisBilanFactory(bilan=bilan, acteur=signataire),
            sens="FAVORABLE",
            texte="",
            version=1,
            par=voisine,
        )


@pytest.mark.parametrize("personnage", ["agent_ars", "agent_dd"])
def test_l_agent_se_prononce_pour_l_ars_du_contrat(request, bilan, contrat, personnage):
    avis = AvisBilanFactory(bilan=bilan, acteur=contrat.ars)
    par = request.getfixturevalue(personnage)
    rendu = services.rendre_avis(
        avis=avis, sens="RESERVES", texte="Chiffrer l’axe 2.", version=1, par=par
    )
    assert rendu.get_sens_display() == "Favorable avec réserves"


def test_un_avis_reserve_ou_defavorable_dit_pourquoi(bilan, signataire, partenaire):
    avis = AvisBilanFactory(bilan=bilan, acteur=signataire)
    for sens in (SensAvis.RESERVES, SensAvis.DEFAVORABLE):
        with pytest.raises(DonneesRefusees, match="réserves"):
            services.rendre_avis(avis=avis, sens=sens, texte=" ", version=1, par=partenaire)


def test_par_le_lien_sans_compte_puis_le_lien_ne_sert_plus(bilan, signataire, coordinatrice):
    demander(bilan, coordinatrice, Destinataire(signataire, "a@exemple.fr"))
    secret = envoyer()
    ouvert = services.avis_ouvert(secret)
    rendu = services.rendre_par_le_lien(
        reponse=Reponse("FAVORABLE", "Bravo.", "Dominique Essai, directrice"), par=ouvert
    )
    assert (rendu.moyen, rendu.rendu_par, rendu.empreinte) == (MoyenAvis.LIEN, None, "")
    assert services.avis_ouvert(secret) is None


def test_recu_par_courrier_on_sait_qui_l_a_recopie(bilan, coordinatrice, partenaire):
    avis = AvisBilanFactory(bilan=bilan)
    reponse = Reponse("FAVORABLE", "Par lettre du 3 mars.", "Dominique Essai, maire fictive")
    with pytest.raises(DroitRefuse):
        services.saisir_un_avis_recu(avis=avis, reponse=reponse, version=1, par=partenaire)
    rendu = services.saisir_un_avis_recu(avis=avis, reponse=reponse, version=1, par=coordinatrice)
    assert (rendu.moyen, rendu.rendu_par) == (MoyenAvis.COURRIER, coordinatrice)
    assert rendu.rendu_nom == "Dominique Essai, maire fictive"


def test_une_demande_changee_entre_temps_ne_se_rend_pas_sans_la_relire(
    bilan, signataire, partenaire, coordinatrice
):
    avis = AvisBilanFactory(bilan=bilan, acteur=signataire)
    services.modifier_la_demande(
        avis=avis, valeurs={"attendu_le": date(2026, 4, 15)}, version=1, par=coordinatrice
    )
    with pytest.raises(ConflitVersion):
        services.rendre_avis(avis=avis, sens="FAVORABLE", texte="", version=1, par=partenaire)


# L’avis rendu reste


def test_un_avis_rendu_ne_se_change_ni_ne_se_retire(bilan, coordinatrice):
    rendu = AvisBilanFactory(bilan=bilan, rendu=True)
    for geste in (
        lambda: services.retirer_la_demande(avis=rendu, version=None, par=coordinatrice),
        lambda: services.modifier_la_demande(
            avis=rendu, valeurs={"message": "X"}, version=1, par=coordinatrice
        ),
        lambda: services.saisir_un_avis_recu(
            avis=rendu,
            reponse=Reponse("DEFAVORABLE", "X", "X"),
            version=1,
            par=coordinatrice,
        ),
    ):
        with pytest.raises(ErreurMetier, match="déjà rendu"):
            geste()


def test_la_base_refuse_de_reecrire_un_avis_rendu(bilan):
    ligne = AvisBilan.objects.filter(pk=AvisBilanFactory(bilan=bilan, rendu=True).pk)
    for valeurs in ({"texte": "Autre"}, {"rendu_nom": "Autre"}, {"sens": "DEFAVORABLE"}):
        with pytest.raises(DatabaseError, match="[Cc]annot update"), transaction.atomic():
            ligne.update(**valeurs)


def test_un_avis_rendu_reste_apres_la_publication_on_n_en_rend_plus(contrat, coordinatrice):
    publie = BilanFactory(contrat=contrat, publie=True)
    rendu = AvisBilanFactory(bilan=publie, rendu=True)
    attendu = AvisBilanFactory(bilan=publie)
    assert list(publie.avis.attendus()) == [attendu]
    assert rendu in publie.avis.all()
    with pytest.raises(ErreurMetier, match="publié"):
        services.saisir_un_avis_recu(
            avis=attendu, reponse=Reponse("FAVORABLE", "", "X"), version=1, par=coordinatrice
        )


def test_le_retard_se_dit(bilan):
    AvisBilanFactory(bilan=bilan)
    tardif = AvisBilanFactory(bilan=bilan, en_retard=True)
    AvisBilanFactory(bilan=bilan, rendu=True, attendu_le=date(2026, 3, 1))
    assert list(bilan.avis.en_retard(date(2026, 3, 12))) == [tardif]


def test_effacer_le_compte_qui_a_recopie_garde_l_avis(bilan):
    compte = UtilisateurFactory()
    rendu = AvisBilanFactory(bilan=bilan, rendu=True, rendu_par=compte)
    compte.delete()
    rendu.refresh_from_db()
    assert (rendu.rendu_par, rendu.sens) == (None, "FAVORABLE")
