"""L’avis d’un signataire : demandé, envoyé, relancé."""

import re
from datetime import date, timedelta

import pytest
from django.core import mail

from acteurs.models.jeton import empreinte
from bilans.models import Bilan
from bilans.services import avis as services
from bilans.services import envoi_avis
from bilans.services.avis import Destinataire
from cls_platform.socle.erreurs import DonneesRefusees, DroitRefuse, ErreurMetier
from cls_platform.socle.models import EtatTravail, Travail
from contrats.models import RolePartie
from tests.factories import (
    ActeurFactory,
    AvisBilanFactory,
    BilanFactory,
    PartieFactory,
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
