"""Un dossier se demande, se fait une fois en arrière-plan, se garde sept jours, puis s’efface."""

from datetime import timedelta
from hashlib import sha256
from pathlib import Path

import pytest
from django.utils import timezone

from bilans.dossier.construction import DossierVide
from bilans.dossier.sections import SectionFiche, reglages
from bilans.models import DossierFiches
from bilans.services import dossier as service
from bilans.tasks import TACHE_PAR_GENRE, effacer_dossiers, rendre_dossier
from cls_platform.socle.erreurs import DroitRefuse, ErreurMetier
from cls_platform.socle.models import EtatTravail, Travail
from contrats.models import Participation
from tests.bilans.dossier.appuis import texte_du_word, word
from tests.factories import ActionFactory, DossierFichesFactory, LigneBudgetFactory

SANS_MONTANT = reglages([SectionFiche.DESCRIPTION, SectionFiche.ETAPES])
AVEC_BUDGET = reglages([SectionFiche.BUDGET])


@pytest.fixture(autouse=True)
def _dossier(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path


@pytest.fixture
def fiches(contrat, action):
    return [action, *(ActionFactory(contrat=contrat) for _ in range(5))]


def demander(contrat, fiches, par, **options):
    demande = {"format_": "DOCX", "reglages": SANS_MONTANT} | options
    cles = [fiche.pk for fiche in fiches]
    return service.demander_dossier(contrat=contrat, fiches=cles, par=par, **demande)


def faire(dossier):
    rendre_dossier(str(dossier.travail_id))
    dossier.refresh_from_db()
    dossier.travail.refresh_from_db()
    return dossier


def test_demander_ouvre_un_travail_que_le_balayage_sait_renvoyer(contrat, fiches, lectrice):
    dossier = demander(contrat, fiches, lectrice)
    assert (dossier.travail.etat, dossier.travail.cible_id) == (EtatTravail.EN_FILE, dossier.pk)
    assert TACHE_PAR_GENRE[dossier.travail.genre] == "bilans.rendre_dossier"


def test_la_tache_fait_le_fichier_et_le_garde(contrat, fiches, lectrice, settings):
    dossier = faire(demander(contrat, fiches, lectrice))
    assert (dossier.travail.etat, dossier.travail.progression) == (EtatTravail.FAIT, 100)
    octets = (Path(settings.MEDIA_ROOT) / dossier.chemin).read_bytes()
    assert (sha256(octets).hexdigest(), len(octets)) == (dossier.sha256, dossier.taille)
    assert len([p for p in word(octets).paragraphs if p.style.name == "Heading 2"]) >= 6


def test_rejouer_la_tache_est_sans_effet(contrat, fiches, lectrice):
    dossier = faire(demander(contrat, fiches, lectrice))
    avant = (dossier.chemin, dossier.sha256)
    assert (faire(dossier).chemin, dossier.sha256) == avant


def test_un_travail_dont_le_processus_est_mort_est_repris(contrat, fiches, lectrice, a_la_date):
    """Pris par un autre, puis son bail échu : le suivant le refait, une seule fois."""
    dossier = demander(contrat, fiches, lectrice)
    assert Travail.objects.prendre(dossier.travail_id)
    assert not faire(dossier).chemin
    Travail.objects.update(bail_jusqua=timezone.now() - timedelta(seconds=1))
    assert faire(dossier).chemin
    assert dossier.travail.tentatives == 2


def test_sans_le_droit_de_voir_le_budget_la_section_est_refusee(contrat, fiches, lectrice):
    with pytest.raises(DroitRefuse, match="voir le budget"):
        demander(contrat, fiches, lectrice, reglages=AVEC_BUDGET)
    with pytest.raises(DroitRefuse):
        service.produire_pour(
            contrat=contrat, fiches=[fiches[0].pk], format_="DOCX", reglages=AVEC_BUDGET,
            par=lectrice,
        )  # fmt: skip
    assert not DossierFiches.objects.exists()


def test_un_droit_perdu_avant_le_rendu_arrete_le_travail(contrat, fiches, elue):
    LigneBudgetFactory(action=fiches[0])
    dossier = demander(contrat, fiches, elue, reglages=AVEC_BUDGET)
    Participation.objects.filter(utilisateur=elue).update(role="LECTEUR")
    assert faire(dossier).travail.etat == EtatTravail.ECHEC
    assert not dossier.chemin


def test_une_fiche_restreinte_n_entre_pas_au_dossier_de_qui_ne_la_lit_pas(
    contrat, fiches, lectrice, coordinatrice
):
    fiches[0].est_restreinte = True
    fiches[0].titre = "Fiche très réservée"
    fiches[0].save()
    for personne, nombre in ((lectrice, 5), (coordinatrice, 6)):
        dossier = faire(demander(contrat, fiches, personne))
        assert len(dossier.fiches) == nombre
        with service.ouvrir(dossier) as fichier:
            assert ("réservée" in texte_du_word(fichier.read())) is (nombre == 6)


def test_la_fiche_d_un_autre_contrat_n_entre_pas(contrat, autre_action, lectrice):
    with pytest.raises(DossierVide):
        service.produire_pour(
            contrat=contrat, fiches=[autre_action.pk], format_="PDF", reglages=SANS_MONTANT,
            par=lectrice,
        )  # fmt: skip


def test_un_dossier_se_lit_si_l_on_lit_chacune_de_ses_fiches(contrat, fiches, lectrice, voisine):
    dossier = DossierFichesFactory(
        contrat=contrat, demande_par=lectrice, fiches=[fiche.pk for fiche in fiches]
    )
    assert dossier.est_lisible_par(lectrice)
    fiches[0].corbeille_le = timezone.now()
    fiches[0].save()
    assert dossier.est_lisible_par(lectrice), "à la corbeille, elle reste dans le fichier"
    fiches[0].est_restreinte = True
    fiches[0].save()
    assert not dossier.est_lisible_par(lectrice), "devenue réservée, elle ferme le fichier"
    assert not DossierFiches.objects.suivis_par(voisine).exists()


def test_aucune_fiche_ou_trop_de_fiches_sont_refusees(contrat, lectrice, fiches, monkeypatch):
    with pytest.raises(DossierVide, match="Choisissez"):
        demander(contrat, [], lectrice)
    monkeypatch.setattr(service, "FICHES_MAXIMUM", 3)
    with pytest.raises(ErreurMetier, match="Choisissez-en moins"):
        demander(contrat, fiches, lectrice)


def test_un_travail_echoue_se_refait_un_travail_en_cours_non(contrat, fiches, lectrice):
    dossier = demander(contrat, fiches, lectrice)
    premier = dossier.travail_id
    assert service.refaire_dossier(dossier=dossier, par=lectrice).travail_id == premier
    Travail.objects.update(etat=EtatTravail.ECHEC)
    refait = service.refaire_dossier(dossier=dossier, par=lectrice)
    assert refait.travail_id != premier
    assert service.refaire_dossier(dossier=faire(refait), par=lectrice).chemin


def test_sept_jours_apres_la_ligne_et_le_fichier_partent(
    contrat, fiches, lectrice, settings, django_capture_on_commit_callbacks
):
    dossier = faire(demander(contrat, fiches, lectrice))
    chemin = Path(settings.MEDIA_ROOT) / dossier.chemin
    effacer_dossiers()
    assert chemin.exists()
    DossierFiches.objects.update(expire_le=timezone.now() - timedelta(seconds=1))
    assert not DossierFiches.objects.en_garde().exists()
    with django_capture_on_commit_callbacks(execute=True):
        effacer_dossiers()
    assert not chemin.exists()
    assert not DossierFiches.objects.exists()
