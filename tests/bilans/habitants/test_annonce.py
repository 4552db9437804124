"""Un bilan paraît : qui l’apprend, ce qu’en sait la coordination, ce qui s’en oublie."""

from datetime import timedelta
from typing import Any

import pytest
from django.core import mail
from django.db import IntegrityError, transaction
from django.utils import timezone

from acteurs.models import Utilisateur
from bilans import tasks
from bilans.etats import StatutBilan
from bilans.models import (
    AnnonceParution,
    Bilan,
    EnvoiParution,
)
from bilans.parution import avancement, compter
from bilans.services import abonnements, annonce_bilan, constat_annonce
from bilans.services.publication import publier, retirer
from cls_platform.socle.erreurs import DroitRefuse, ErreurMetier
from cls_platform.socle.models import Travail
from contrats.models import Contrat
from tests.appuis.serveur_smtp import Boite
from tests.bilans.habitants.appuis_parution import (
    abonnes,
    annoncer,
    battement,
    est_finie,
    nombres,
    ouvrir,
)
from tests.factories import BilanFactory, UtilisateurFactory
from tests.factories.habitants import AbonnementFactory

# Qui reçoit


def test_chaque_abonne_confirme_apprend_le_bilan_une_fois(contrat: Contrat, paru: Bilan) -> None:
    abonnes(contrat, 3)
    AbonnementFactory(contrat=contrat, confirme_le=None)
    AbonnementFactory()
    annonce = annoncer(paru, fois=10)
    assert len(mail.outbox) == 3
    assert {len(m.to) for m in mail.outbox} == {1}
    assert "le bilan 2025 est paru" in mail.outbox[0].subject
    assert est_finie(annonce)
    assert annonce_bilan.demander_annonce(bilan=paru, par=UtilisateurFactory()) is None


def test_le_courriel_se_reprend_sous_le_meme_nom_et_permet_de_se_desabonner(
    contrat: Contrat, paru: Bilan
) -> None:
    abonnement = AbonnementFactory(contrat=contrat)
    annonce = annoncer(paru)
    entetes = mail.outbox[0].extra_headers
    assert entetes["Message-ID"] == f"<{annonce.envois.get().pk}@cls.exemple.fr>"
    assert entetes["Auto-Submitted"] == "auto-generated"
    arreter = abonnements.lien("abonnement_arreter", abonnement)
    assert entetes["List-Unsubscribe"] == f"<{arreter}>"
    assert arreter in mail.outbox[0].body


def test_une_correction_ne_s_annonce_pas_deux_fois(contrat: Contrat, paru: Bilan) -> None:
    abonnes(contrat, 1)
    annoncer(paru)
    Bilan.objects.filter(pk=paru.pk).update(statut=StatutBilan.ARCHIVE)
    corrige = BilanFactory(contrat=contrat, publie=True, annee=2025, edition=2)
    assert annonce_bilan.demander_annonce(bilan=corrige, par=UtilisateurFactory()) is None


def test_la_base_n_admet_qu_un_envoi_par_edition_et_par_abonne(
    contrat: Contrat, paru: Bilan
) -> None:
    abonnes(contrat, 1)
    ouvrir(paru)
    envoi = EnvoiParution.objects.get()
    with pytest.raises(IntegrityError), transaction.atomic():
        EnvoiParution.objects.create(annonce=envoi.annonce, abonnement_id=envoi.abonnement_id)


def test_qui_se_desabonne_avant_l_envoi_ne_recoit_rien(contrat: Contrat, paru: Bilan) -> None:
    part = AbonnementFactory(contrat=contrat)
    reste = AbonnementFactory(contrat=contrat)
    travail = ouvrir(paru)
    abonnements.desabonner(secret=abonnements.secret_de(part))
    annonce_bilan.annoncer_bilan(travail_id=travail.pk)
    assert [m.to for m in mail.outbox] == [[reste.courriel]]
    assert compter(AnnonceParution.objects.get()).ecartes == 1


def test_un_bilan_retire_n_est_plus_annonce(
    contrat: Contrat, paru: Bilan, coordinatrice: Utilisateur
) -> None:
    abonnes(contrat, 2)
    travail = ouvrir(paru)
    retirer(bilan=paru, motif="Un chiffre est faux.", par=coordinatrice)
    annonce_bilan.annoncer_bilan(travail_id=travail.pk)
    assert not mail.outbox
    assert est_finie(AnnonceParution.objects.get())
    assert battement(timedelta(days=1)) == 0


def test_une_correction_prend_la_suite_de_l_annonce_qu_elle_arrete(
    contrat: Contrat, paru: Bilan, action: Any, coordinatrice: Utilisateur, boite: Boite
) -> None:
    """Qui a reçu la première édition ne reçoit rien de la seconde ; les autres, la seconde."""
    adresses = abonnes(contrat, 3)
    boite.au_destinataire = lambda a: "451 4.7.1 plus tard" if a == adresses[2] else "250 oui"
    annoncer(paru)
    boite.retablir()
    corrige = BilanFactory(contrat=contrat, avec_pdf=True, annee=2025, edition=2)
    publier(
        bilan=corrige,
        sha256=corrige.sha256,
        confirme=True,
        note="Un nombre était faux.",
        par=coordinatrice,
    )
    for travail in Travail.objects.filter(genre=annonce_bilan.GENRE, fini_le=None):
        annonce_bilan.annoncer_bilan(travail_id=travail.pk)
    assert battement(timedelta(days=1)) == 0
    assert boite.adresses() == dict.fromkeys(adresses, 1)
    assert est_finie(paru.annonce_parution)


def test_l_annonce_attend_que_la_page_publique_ouvre(contrat: Contrat, paru: Bilan) -> None:
    """Un lien vers une page fermée ne servirait à personne ; l’attente ne tourne pas à vide."""
    abonnes(contrat, 1)
    Contrat.objects.filter(pk=contrat.pk).update(est_public=False)
    annonce = annoncer(paru)
    assert (len(mail.outbox), est_finie(annonce), battement()) == (0, False, 0)
    assert Travail.objects.filter(genre=annonce_bilan.GENRE).count() == 1
    Contrat.objects.filter(pk=contrat.pk).update(est_public=True)
    assert battement() == 1
    assert len(mail.outbox) == 1


# La coordination


def test_la_coordination_apprend_une_fois_ce_qui_n_est_pas_parti(
    contrat: Contrat, paru: Bilan, coordinatrice: Utilisateur, boite: Boite
) -> None:
    adresses = abonnes(contrat, 3)
    boite.au_destinataire = lambda a: "550 5.1.1 inconnue" if a == adresses[0] else "250 oui"
    annoncer(paru)
    travail = Travail.objects.get(genre=constat_annonce.GENRE)
    boite.retablir()
    for _ in range(10):
        tasks.dire_les_refus(str(travail.pk))
    (recu,) = [m for m in boite.recus if coordinatrice.email in m["To"]]
    assert "1\u00a0courriel refusé à l’annonce du bilan 2025" in recu["Subject"]
    texte = recu.get_content()
    assert "2\u00a0courriels partis sur 3" in texte
    assert adresses[0] not in texte


def test_sans_refus_la_coordination_n_est_pas_derangee(contrat: Contrat, paru: Bilan) -> None:
    abonnes(contrat, 1)
    annoncer(paru)
    assert not Travail.objects.filter(genre=constat_annonce.GENRE).exists()


def test_la_coordination_renvoie_ce_qui_a_ete_refuse(
    contrat: Contrat, paru: Bilan, coordinatrice: Utilisateur, voisine: Utilisateur, boite: Boite
) -> None:
    adresses = abonnes(contrat, 2)
    boite.au_destinataire = lambda a: "550 5.7.1 refusé" if a == adresses[0] else "250 oui"
    annonce = annoncer(paru)
    boite.retablir()
    with pytest.raises(DroitRefuse):
        annonce_bilan.reessayer_les_refus(bilan=paru, par=voisine)
    assert annonce_bilan.reessayer_les_refus(bilan=paru, par=coordinatrice) == 1
    with pytest.raises(ErreurMetier, match="plus de courriel à renvoyer"):
        annonce_bilan.reessayer_les_refus(bilan=paru, par=coordinatrice)
    for travail in Travail.objects.filter(genre=annonce_bilan.GENRE, fini_le=None):
        annonce_bilan.annoncer_bilan(travail_id=travail.pk)
    assert boite.adresses() == dict.fromkeys(adresses, 1)
    assert est_finie(annonce)


# L’oubli


def test_sept_jours_apres_il_ne_reste_que_des_nombres(contrat: Contrat, paru: Bilan) -> None:
    abonnes(contrat, 3)
    annonce = annoncer(paru)
    le = timezone.now()
    assert annonce_bilan.oublier_les_envois(le=le + timedelta(days=6)) == 0
    assert annonce_bilan.oublier_les_envois(le=le + timedelta(days=8)) == 1
    assert not EnvoiParution.objects.exists()
    assert nombres(annonce) == (3, 0, 0, 3)
    assert annonce_bilan.oublier_les_envois(le=le + timedelta(days=9)) == 0
    assert battement(timedelta(days=10)) == 0
    assert len(mail.outbox) == 3


def test_une_annonce_qui_court_ne_s_oublie_pas(contrat: Contrat, paru: Bilan) -> None:
    abonnes(contrat, 1)
    ouvrir(paru)
    assert annonce_bilan.oublier_les_envois(le=timezone.now() + timedelta(days=90)) == 0
    assert EnvoiParution.objects.exists()


def test_l_avancement_ne_dit_jamais_une_adresse(contrat: Contrat, paru: Bilan) -> None:
    (adresse,) = abonnes(contrat, 1)
    annoncer(paru)
    lu = avancement(paru, timezone.now())
    assert lu
    assert lu.est_entiere
    assert adresse not in repr((lu, EnvoiParution.objects.values()))
