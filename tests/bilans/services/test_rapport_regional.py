"""Un rapport se demande, se fait une seule fois en arrière-plan, ne change plus, et s’annonce."""

from datetime import date, timedelta
from hashlib import sha256
from pathlib import Path

import pytest
from django.core import mail
from django.db import DatabaseError, transaction
from django.utils import timezone

from acteurs.models import AffectationArs
from bilans.models import RapportRegional
from bilans.pdf import ResultatPdf
from bilans.rapport_regional.instantane import relire
from bilans.services import rapport_regional as service
from bilans.tasks import TACHE_PAR_GENRE, annoncer_rapport, faire_rapport
from cls_platform.socle.erreurs import DroitRefuse
from cls_platform.socle.models import EtatTravail, Travail
from tests.factories import (
    ActionFactory,
    AffectationArsFactory,
    ContratFactory,
    FinancementFactory,
    UtilisateurFactory,
)

LE = date(2026, 3, 1)


@pytest.fixture(autouse=True)
def _dossier(settings, tmp_path, monkeypatch):
    settings.MEDIA_ROOT = tmp_path
    monkeypatch.setattr(service, "envoyer", lambda tache, travail: True)


@pytest.fixture(autouse=True)
def _rendu(request, monkeypatch):
    """Un faux PDF, les données mêmes : le vrai n’est rendu que si le test le demande."""
    if "vrai_pdf" not in request.fixturenames:
        monkeypatch.setattr(service, "rendre_rapport", rendre_sans_imprimer)


@pytest.fixture
def vrai_pdf():
    """À demander pour éprouver le rendu lui-même."""


def rendre_sans_imprimer(instantane, avancer):
    avancer(100)
    octets = instantane.en_donnees()
    return ResultatPdf(octets=octets, sha256=sha256(octets).hexdigest(), pages=1)


def demander(par, region="53", **choix):
    demande = {"le": LE, "avec_montants": True, "previent": True} | choix
    return service.demander_rapport(region=region, par=par, **demande)


def faire(rapport):
    faire_rapport(str(rapport.travail_id))
    rapport.refresh_from_db()
    rapport.travail.refresh_from_db()
    return rapport


def test_demander_ouvre_un_travail_que_le_balayage_sait_renvoyer(agent_ars):
    rapport = demander(agent_ars)
    assert (rapport.travail.etat, rapport.travail.cible_id) == (EtatTravail.EN_FILE, rapport.pk)
    assert TACHE_PAR_GENRE[rapport.travail.genre] == "bilans.faire_rapport"
    assert TACHE_PAR_GENRE[service.GENRE_ANNONCE] == service.TACHE_ANNONCE


def test_la_tache_fait_le_pdf_et_garde_ses_donnees(agent_ars, contrat, action, settings, vrai_pdf):
    FinancementFactory(action=action)
    rapport = faire(demander(agent_ars))
    assert (rapport.travail.etat, rapport.travail.progression) == (EtatTravail.FAIT, 100)
    octets = (Path(settings.MEDIA_ROOT) / rapport.chemin).read_bytes()
    assert (sha256(octets).hexdigest(), len(octets)) == (rapport.sha256, rapport.taille)
    figees = relire(rapport.instantane)
    assert (figees.lieu.nom, figees.le, figees.arrete_le) == ("Bretagne", LE, date(2026, 3, 12))
    assert figees.pilotage.argent.contrats == 1
    assert rapport.pages > 8


def test_rejouer_la_tache_ne_fait_qu_un_rapport(agent_ars, contrat, settings):
    rapport = faire(demander(agent_ars))
    avant = (rapport.chemin, rapport.sha256)
    assert (faire(rapport).chemin, rapport.sha256) == avant
    assert len(list((Path(settings.MEDIA_ROOT) / "rapports").iterdir())) == 1
    assert Travail.objects.filter(genre=service.GENRE_ANNONCE).count() == 1


def test_un_travail_dont_le_processus_est_mort_est_repris_une_seule_fois(agent_ars, contrat):
    rapport = demander(agent_ars)
    assert Travail.objects.prendre(rapport.travail_id)
    assert not faire(rapport).chemin
    Travail.objects.update(bail_jusqua=timezone.now() - timedelta(seconds=1))
    assert faire(rapport).chemin
    assert rapport.travail.tentatives == 2


def test_deux_fois_les_memes_donnees_font_la_meme_empreinte(agent_ars, contrat, action, vrai_pdf):
    un, deux = faire(demander(agent_ars)), faire(demander(agent_ars))
    assert un.pk != deux.pk
    assert un.sha256 == deux.sha256


def test_une_demande_pareille_en_attente_est_la_meme(agent_ars):
    assert demander(agent_ars).pk == demander(agent_ars).pk
    assert demander(agent_ars, avec_montants=False).pk != demander(agent_ars).pk


def test_un_rapport_fait_ne_change_plus(agent_ars, contrat):
    rapport = faire(demander(agent_ars))
    for champ, valeur in (("sha256", "0" * 64), ("chemin", "ailleurs.pdf"), ("instantane", {})):
        with pytest.raises(DatabaseError, match="Cannot update"), transaction.atomic():
            RapportRegional.objects.filter(pk=rapport.pk).update(**{champ: valeur})


def test_sans_montants_le_rapport_n_en_garde_aucun(agent_ars, contrat, action):
    FinancementFactory(action=action)
    figees = relire(faire(demander(agent_ars, avec_montants=False)).instantane)
    assert figees.pilotage.argent is None


def test_la_region_d_une_autre_agence_est_refusee(agent_ars, voisine, autre_contrat):
    with pytest.raises(DroitRefuse):
        demander(agent_ars, region="76")
    for region in ("53", ""):
        with pytest.raises(DroitRefuse):
            demander(voisine, region=region)
    assert not RapportRegional.objects.exists()


def test_la_delegation_n_y_met_que_ses_contrats(agent_dd, agent_ars, contrat):
    ailleurs = ContratFactory(signe=True, epci="243500659", nom="Contrat d’à côté")
    ActionFactory(contrat=ailleurs)
    rapport = faire(demander(agent_dd))
    assert rapport.delegations == ["29"]
    figees = relire(rapport.instantane)
    assert [c.nom for c in figees.pilotage.contrats] == [contrat.nom]
    assert figees.lieu.delegations == ("Finistère",)
    entier = relire(faire(demander(agent_ars)).instantane)
    assert len(entier.pilotage.contrats) == 2
    assert entier.couverture == figees.couverture


def test_chacun_lit_les_rapports_de_son_ressort(agent_dd, agent_ars, administratrice, contrat):
    entier, limite, france = demander(agent_ars), demander(agent_dd), demander(agent_ars, region="")
    ailleurs = UtilisateurFactory()
    AffectationArsFactory(utilisateur=ailleurs, region="76")
    lus = {
        personne.email: {
            r.pk for r in RapportRegional.objects.lisibles_dans(service.ressort_de(personne))
        }
        for personne in (agent_dd, agent_ars, administratrice, ailleurs)
    }
    assert lus[agent_dd.email] == {limite.pk, france.pk}
    assert lus[agent_ars.email] == {entier.pk, limite.pk, france.pk}
    assert lus[administratrice.email] == {entier.pk, limite.pk, france.pk}
    assert lus[ailleurs.email] == {france.pk}


def test_un_droit_perdu_avant_le_rendu_arrete_le_travail(agent_ars, contrat):
    rapport = demander(agent_ars)
    AffectationArs.objects.filter(utilisateur=agent_ars).delete()
    assert faire(rapport).travail.etat == EtatTravail.ECHEC
    assert not rapport.chemin


def test_un_siege_devenu_delegation_ne_fait_plus_le_rapport_entier(agent_ars, contrat):
    rapport = demander(agent_ars)
    AffectationArs.objects.filter(utilisateur=agent_ars).update(departement_id="29")
    assert faire(rapport).travail.etat == EtatTravail.ECHEC
    assert "ne pilotez plus" in rapport.travail.message


def test_un_compte_efface_dit_de_redemander(agent_ars, contrat):
    rapport = demander(agent_ars)
    RapportRegional.objects.update(demande_par=None)
    assert "Demandez-le à nouveau" in faire(rapport).travail.message


def test_un_travail_echoue_se_refait_un_rapport_fait_non(agent_ars, contrat):
    rapport = demander(agent_ars)
    premier = rapport.travail_id
    assert service.refaire_rapport(rapport=rapport, par=agent_ars).travail_id == premier
    Travail.objects.update(etat=EtatTravail.ECHEC)
    refait = service.refaire_rapport(rapport=rapport, par=agent_ars)
    assert refait.travail_id != premier
    dernier = faire(refait).travail_id
    assert service.refaire_rapport(rapport=refait, par=agent_ars).travail_id == dernier


def test_le_courriel_part_une_fois_avec_l_adresse_du_rapport(agent_ars, contrat, settings):
    settings.ADRESSE_PUBLIQUE = "https://cls.exemple.fr"
    rapport = faire(demander(agent_ars))
    annonce = Travail.objects.get(genre=service.GENRE_ANNONCE)
    annoncer_rapport(str(annonce.pk))
    annoncer_rapport(str(annonce.pk))
    (courriel,) = mail.outbox
    assert courriel.to == [agent_ars.email]
    assert courriel.subject == "Rapport régional, Bretagne : votre rapport est prêt"
    assert f"https://cls.exemple.fr/espace/rapports/{rapport.pk}/" in courriel.body


def test_sans_le_demander_aucun_courriel_ne_se_prepare(agent_ars, contrat):
    faire(demander(agent_ars, previent=False))
    assert not Travail.objects.filter(genre=service.GENRE_ANNONCE).exists()


def test_le_rapport_national_se_fait_sans_nommer_de_projet(agent_ars, contrat):
    ContratFactory(en_projet=True, nom="Projet secret d’essai", epci="243500659")
    rapport = faire(demander(agent_ars, region=""))
    assert rapport.est_fait
    assert "Projet secret" not in str(rapport.instantane)


def test_une_region_sans_contrat_a_son_rapport(agent_ars, contrat):
    contrat.delete()
    figees = relire(faire(demander(agent_ars)).instantane)
    assert (figees.couverture.population_signee, figees.contrats) == (0, ())
