"""Relancer : qui doit une valeur reçoit un courriel, un par jour au plus."""

from collections.abc import Callable, Iterator
from datetime import date, timedelta
from typing import Any

import pytest
from django.core import mail
from django.urls import reverse
from django.utils import timezone

from acteurs.models import Acteur, Utilisateur
from cls_platform.socle.erreurs import DonneesRefusees, DroitRefuse, ErreurMetier
from cls_platform.socle.models import EtatTravail, Travail
from contrats.models import Action, Contrat
from indicateurs.echeancier import echeancier, nombre_en_retard, par_personne
from indicateurs.models import Indicateur
from indicateurs.relances import GENRE, derniere_relance, relances_de
from indicateurs.services.relances import (
    TACHE,
    envoyer_les_relances,
    relancer,
    relancer_chaque_mois,
)
from indicateurs.tasks import TACHE_PAR_GENRE
from tests.appuis import horloge
from tests.factories import ActeurFactory, ActionFactory, IndicateurFactory, MesureFactory

EN_RETARD = date(2026, 4, 2)


@pytest.fixture
def avril(_horloge_fixe: None) -> Iterator[None]:
    """Le délai des valeurs de 2025 est passé de deux jours."""
    with horloge.a(EN_RETARD):
        yield


@pytest.fixture
def du_pilote(contrat: Contrat, action: Action, pilote: Utilisateur, avril: None) -> Indicateur:
    """La valeur de 2024 est là ; celle de 2025 manque, et c’est au pilote de la donner."""
    suivi = IndicateurFactory(contrat=contrat, actions=[action], libelle="Consultations & <soins>")
    MesureFactory(indicateur=suivi, annee=2024)
    return suivi


@pytest.fixture
def partir(contrat: Contrat, coordinatrice: Utilisateur) -> Callable[..., Travail]:
    def faire(*personnes: Utilisateur, message: str = "") -> Travail:
        travail = relancer(
            contrat=contrat,
            personnes=[p.pk for p in personnes],
            message=message,
            par=coordinatrice,
        )
        envoyer_les_relances(travail_id=travail.pk)
        travail.refresh_from_db()
        return travail

    return faire


def test_on_demande_au_responsable_sinon_au_pilote_sinon_a_la_coordination(
    contrat: Contrat, du_pilote: Indicateur, pilote: Utilisateur, coordinatrice: Utilisateur
) -> None:
    IndicateurFactory(contrat=contrat, libelle="Sans action")
    IndicateurFactory(contrat=contrat, libelle="Suivi", responsable=coordinatrice)
    dues = par_personne(echeancier(contrat, EN_RETARD))
    lues = {cle: sorted(li.indicateur.libelle for li in lignes) for cle, lignes in dues.items()}
    assert lues == {
        coordinatrice.pk: ["Sans action", "Suivi"],
        pilote.pk: ["Consultations & <soins>"],
    }


def test_un_responsable_qui_ne_peut_pas_saisir_n_est_pas_celui_a_qui_l_on_demande(
    contrat: Contrat, du_pilote: Indicateur, lectrice: Utilisateur, pilote: Utilisateur
) -> None:
    Indicateur.objects.filter(pk=du_pilote.pk).update(responsable=lectrice)
    assert list(par_personne(echeancier(contrat, EN_RETARD))) == [pilote.pk]


def test_une_organisation_pilote_sans_compte_est_nommee_et_la_coordination_repond(
    contrat: Contrat, coordinatrice: Utilisateur, avril: None
) -> None:
    seule: Acteur = ActeurFactory(nom="Association d’essai")
    action = ActionFactory(contrat=contrat, pilote=seule)
    IndicateurFactory(contrat=contrat, actions=[action])
    (ligne,) = [li for li in echeancier(contrat, EN_RETARD) if li.echeance.retard]
    assert ligne.organisations == ((seule.pk, "Association d’essai"),)
    assert ligne.personnes == (coordinatrice,)


def test_ni_un_indicateur_calcule_ni_celui_d_actions_abandonnees_n_est_attendu(
    contrat: Contrat, avril: None
) -> None:
    abandonnee = ActionFactory(contrat=contrat, statut="ABANDONNEE")
    IndicateurFactory(contrat=contrat, actions=[abandonnee])
    IndicateurFactory(contrat=contrat, calcul="PILOTAGE", pilotage="REUNIONS_TENUES")
    assert echeancier(contrat, EN_RETARD) == []


def test_non_disponible_est_une_reponse(contrat: Contrat, du_pilote: Indicateur) -> None:
    assert nombre_en_retard(contrat, EN_RETARD) == 1
    MesureFactory(indicateur=du_pilote, annee=2025, valeur=None, qualite="NON_DISPONIBLE")
    assert nombre_en_retard(contrat, EN_RETARD) == 0


def test_le_courriel_mene_a_la_page_de_chaque_valeur(
    du_pilote: Indicateur, pilote: Utilisateur, partir: Callable[..., Travail], contrat: Contrat
) -> None:
    travail = partir(pilote, message="Le bilan part <lundi>.")
    assert travail.etat == EtatTravail.FAIT
    (courriel,) = mail.outbox
    assert courriel.to == [pilote.email]
    assert courriel.reply_to == [contrat.courriel_contact]
    assert courriel.subject == f"{contrat.nom}\u00a0: 1\u00a0valeur à saisir"
    for attendu in (
        "Consultations & <soins>, 2025",
        "2\u00a0jours de retard",
        "31 mars 2026",
        "Le bilan part <lundi>.",
        f"https://cls.exemple.fr{reverse('indicateurs:valeur', args=[du_pilote.pk, 2025])}",
        f"{reverse('indicateurs:echeances', args=[contrat.pk])}?qui=moi",
    ):
        assert attendu in courriel.body


def test_pas_deux_fois_le_meme_jour_mais_le_lendemain(
    du_pilote: Indicateur, pilote: Utilisateur, partir: Callable[..., Travail], contrat: Contrat
) -> None:
    partir(pilote)
    with pytest.raises(ErreurMetier, match="déjà reçu une relance aujourd’hui"):
        partir(pilote)
    assert len(mail.outbox) == 1
    with horloge.a(EN_RETARD + timedelta(days=1)):
        partir(pilote)
    assert len(mail.outbox) == 2
    assert [r.nombre for r in relances_de(contrat)] == [1, 1]


def test_un_envoi_echoue_ne_compte_pas_comme_une_relance(
    du_pilote: Indicateur, pilote: Utilisateur, partir: Callable[..., Travail]
) -> None:
    travail = partir(pilote)
    Travail.objects.filter(pk=travail.pk).update(etat=EtatTravail.ECHEC)
    assert partir(pilote).etat == EtatTravail.FAIT


def test_une_demande_en_attente_empeche_la_suivante(
    du_pilote: Indicateur, pilote: Utilisateur, coordinatrice: Utilisateur, contrat: Contrat
) -> None:
    IndicateurFactory(contrat=contrat)
    relancer(contrat=contrat, personnes=[pilote.pk], message="", par=coordinatrice)
    with pytest.raises(ErreurMetier, match="attendent déjà leur départ"):
        relancer(contrat=contrat, personnes=[coordinatrice.pk], message="", par=coordinatrice)


def test_ce_qui_est_saisi_avant_le_depart_n_est_plus_demande(
    du_pilote: Indicateur, pilote: Utilisateur, coordinatrice: Utilisateur, contrat: Contrat
) -> None:
    travail = relancer(contrat=contrat, personnes=[pilote.pk], message="", par=coordinatrice)
    MesureFactory(indicateur=du_pilote, annee=2025)
    envoyer_les_relances(travail_id=travail.pk)
    assert mail.outbox == []


def test_rejouer_la_tache_n_ecrit_pas_deux_fois(
    du_pilote: Indicateur, pilote: Utilisateur, partir: Callable[..., Travail]
) -> None:
    travail = partir(pilote)
    envoyer_les_relances(travail_id=travail.pk)
    assert len(mail.outbox) == 1


@pytest.mark.parametrize("personnage", ["voisine", "pilote", "elue", "agent_ars"])
def test_seule_la_coordination_relance(
    personnage: str, contrat: Contrat, du_pilote: Indicateur, request: pytest.FixtureRequest
) -> None:
    par = request.getfixturevalue(personnage)
    with pytest.raises(DroitRefuse):
        relancer(contrat=contrat, personnes=[par.pk], message="", par=par)
    assert not Travail.objects.filter(genre=GENRE).exists()


def test_on_ne_relance_ni_personne_ni_quelqu_un_d_un_autre_contrat(
    contrat: Contrat, du_pilote: Indicateur, voisine: Utilisateur, coordinatrice: Utilisateur
) -> None:
    commun: dict[str, Any] = {"contrat": contrat, "message": "", "par": coordinatrice}
    with pytest.raises(DonneesRefusees):
        relancer(personnes=[], **commun)
    with pytest.raises(ErreurMetier, match="plus rien à saisir"):
        relancer(personnes=[voisine.pk], **commun)
    with pytest.raises(DonneesRefusees, match="caractères au plus"):
        relancer(personnes=[coordinatrice.pk], **commun | {"message": "x" * 1001})


def test_chaque_mois_la_plateforme_relance_d_elle_meme_une_fois(
    contrat: Contrat, du_pilote: Indicateur, pilote: Utilisateur
) -> None:
    Contrat.objects.update(est_demonstration=False)
    (travail,) = relancer_chaque_mois(le=timezone.localdate())
    envoyer_les_relances(travail_id=travail.pk)
    assert [m.to for m in mail.outbox] == [[pilote.email]]
    relance = derniere_relance(contrat)
    assert relance is not None
    assert (relance.est_automatique, relance.par) == (True, "")
    with horloge.a(EN_RETARD + timedelta(days=4)):
        assert relancer_chaque_mois(le=timezone.localdate()) == []
    with horloge.a(date(2026, 5, 5)):
        assert len(relancer_chaque_mois(le=timezone.localdate())) == 1


def test_d_office_rien_ne_part_pour_ce_qui_n_est_pas_encore_en_retard(
    contrat: Contrat, indicateur: Indicateur
) -> None:
    Contrat.objects.update(est_demonstration=False)
    MesureFactory(indicateur=indicateur, annee=2024)
    assert relancer_chaque_mois(le=timezone.localdate()) == []


def test_ni_demonstration_ni_reglage_coupe(
    contrat: Contrat, du_pilote: Indicateur, settings: Any
) -> None:
    assert relancer_chaque_mois(le=EN_RETARD) == []
    Contrat.objects.update(est_demonstration=False)
    settings.CLS_RELANCE_MENSUELLE = False
    assert relancer_chaque_mois(le=EN_RETARD) == []


def test_le_balayage_sait_remettre_une_relance_en_file() -> None:
    assert TACHE_PAR_GENRE == {GENRE: TACHE}
