"""Les rappels d’une campagne : au bon moment, à la bonne personne, jamais deux fois."""

from collections.abc import Callable
from datetime import date
from smtplib import SMTPException
from typing import Any

import pytest
from django.core import mail
from django.core.mail import EmailMessage

from acteurs.models import Utilisateur
from bilans import tasks
from bilans.models import Campagne, RappelCampagne
from bilans.services import rappels as service
from bilans.services.campagne import prolonger_campagne
from cls_platform.socle.models import EtatTravail, Travail
from contrats.models import Contrat
from tests.appuis import horloge
from tests.factories import (
    AvisBilanFactory,
    BilanFactory,
    CampagneFactory,
    ContratFactory,
    ParticipationFactory,
    SectionBilanFactory,
    UtilisateurFactory,
)

DIX_JOURS_AVANT = date(2026, 3, 21)
Passer = Callable[..., list[Travail]]


@pytest.fixture
def campagne(contrat: Contrat, agent_ars: Utilisateur) -> Campagne:
    """Remise le 31 mars 2026, rappels 30, 10 et 2 jours avant ; un contrat réel, coordonné."""
    Contrat.objects.filter(pk=contrat.pk).update(est_demonstration=False)
    return CampagneFactory(modifie_par=agent_ars, message="Dites & <montrez>.")


@pytest.fixture
def passer(db: None) -> Passer:
    """Ce que fait la tâche d’un matin, puis chaque envoi."""

    def faire(le: date = DIX_JOURS_AVANT) -> list[Travail]:
        with horloge.a(le):
            ouverts = service.rappeler_les_campagnes(le=le)
            for travail in ouverts:
                service.envoyer_les_rappels(travail_id=travail.pk)
                travail.refresh_from_db()
        return ouverts

    return faire


def du_contrat() -> list[EmailMessage]:
    return [courriel for courriel in mail.outbox if "est à publier" in courriel.subject]


@pytest.mark.parametrize(
    ("le", "palier"),
    [
        (date(2026, 2, 28), None),
        (date(2026, 3, 1), 30),
        (date(2026, 3, 4), 30),
        (date(2026, 3, 5), None),
        (date(2026, 3, 20), None),
        (DIX_JOURS_AVANT, 10),
        (date(2026, 3, 29), 2),
        (date(2026, 3, 31), 2),
        (date(2026, 4, 1), None),
    ],
)
def test_un_rappel_part_son_jour_ou_dans_les_trois_jours(le: date, palier: int | None) -> None:
    campagne = Campagne(
        annee=2025, ouvre_le=date(2026, 2, 1), remise_le=date(2026, 3, 31), rappels=[30, 10, 2]
    )
    assert service.palier_du(campagne, le) == palier


def test_deux_rappels_en_attente_le_plus_proche_de_la_remise_part_seul() -> None:
    campagne = Campagne(ouvre_le=date(2026, 1, 1), remise_le=date(2026, 3, 31), rappels=[3, 2, 0])
    assert service.palier_du(campagne, date(2026, 3, 30)) == 2


def test_le_rappel_dit_ou_en_est_le_bilan_ce_qui_reste_et_par_qui(
    campagne: Campagne, contrat: Contrat, coordinatrice: Utilisateur, elue: Utilisateur,
    passer: Passer,
) -> None:  # fmt: skip
    bilan = BilanFactory(contrat=contrat, annee=2025, statut="RELECTURE")
    SectionBilanFactory(bilan=bilan, code="EDITO", texte="")
    SectionBilanFactory(bilan=bilan, code="ZOOM", texte="Écrit.")
    SectionBilanFactory(bilan=bilan, code="PERSPECTIVES", texte="", est_presente=False)
    avis = AvisBilanFactory(
        bilan=bilan, acteur__nom="Clinique & <Cie>", attendu_le=date(2026, 3, 20)
    )
    passer()
    (courriel,) = du_contrat()
    assert courriel.to == [coordinatrice.email]
    assert courriel.subject == (
        f"{contrat.nom}\u00a0: le bilan 2025 est à publier dans 10\u00a0jours"
    )
    for attendu in (
        "31\u00a0mars 2026",
        "Aujourd’hui\u00a0: en relecture.",
        "Dites & <montrez>.",
        "- Écrire «\u00a0Le mot de l’élu ou de l’élue\u00a0»\u00a0: l’élu ou l’élue",
        f"- Donner son avis, attendu depuis le 20\u00a0mars 2026\u00a0: {avis.acteur.nom}",
        "- Valider le bilan en comité de pilotage\u00a0: la coordination",
        "- Donner son visa\u00a0: l’agence régionale de santé",
        f"https://cls.exemple.fr/espace/bilans/{bilan.pk}/",
    ):
        assert attendu in courriel.body
    for absent in ("Zoom", "année prochaine"):
        assert absent not in courriel.body


def test_un_bilan_pas_commence_mene_a_la_page_ou_le_commencer(
    campagne: Campagne, contrat: Contrat, coordinatrice: Utilisateur, passer: Passer
) -> None:
    passer()
    (courriel,) = du_contrat()
    assert "- Commencer le bilan\u00a0: la coordination" in courriel.body
    assert f"https://cls.exemple.fr/espace/contrats/{contrat.pk}/bilans/" in courriel.body


def test_le_recapitulatif_dit_a_qui_mene_la_campagne_qui_reste(
    campagne: Campagne, coordinatrice: Utilisateur, agent_ars: Utilisateur, passer: Passer
) -> None:
    seul = ContratFactory(signe=True, est_demonstration=False, nom="Contrat sans personne")
    passer()
    (courriel,) = [c for c in mail.outbox if c.to == [agent_ars.email]]
    assert (
        courriel.subject
        == "Bilans 2025\u00a0: 2\u00a0bilans à publier au plus tard le 31\u00a0mars 2026"
    )
    assert "pas commencé\u202f; Coline Coordonne" in courriel.body
    assert (
        f"- {seul.nom}\u00a0: pas commencé\u202f; personne ne coordonne ce contrat" in courriel.body
    )
    assert f"https://cls.exemple.fr/espace/campagnes/{campagne.pk}/" in courriel.body


def test_rien_ne_part_deux_fois(
    campagne: Campagne, coordinatrice: Utilisateur, passer: Passer
) -> None:
    (travail,) = passer()
    assert travail.etat == EtatTravail.FAIT
    partis = len(mail.outbox)
    for _ in range(50):
        service.envoyer_les_rappels(travail_id=travail.pk)
    assert passer() == []
    assert passer(date(2026, 3, 22)) == []
    assert len(mail.outbox) == partis == 2


def test_un_envoi_repris_apres_la_mort_du_processus_ne_recrit_a_personne(
    campagne: Campagne, contrat: Contrat, coordinatrice: Utilisateur, passer: Passer
) -> None:
    """Noté, le processus meurt avant l’envoi : mieux vaut un rappel perdu que deux reçus."""
    RappelCampagne.objects.create(
        campagne=campagne, contrat=contrat, remise_le=campagne.remise_le, jours_avant=10
    )
    passer()
    assert du_contrat() == []


def test_deux_matins_en_meme_temps_n_ouvrent_qu_un_envoi(
    campagne: Campagne, coordinatrice: Utilisateur
) -> None:
    assert len(service.rappeler_les_campagnes(le=DIX_JOURS_AVANT)) == 1
    assert service.rappeler_les_campagnes(le=DIX_JOURS_AVANT) == []


def test_un_courriel_refuse_repart_le_lendemain_sans_recrire_aux_autres(
    campagne: Campagne, coordinatrice: Utilisateur, passer: Passer, monkeypatch: Any
) -> None:
    autre = ContratFactory(signe=True, est_demonstration=False)
    ParticipationFactory(contrat=autre, role="COORDINATEUR")
    envoyer = EmailMessage.send

    def refuser(courriel: EmailMessage, **options: Any) -> int:
        if coordinatrice.email in courriel.to:
            raise SMTPException
        return envoyer(courriel, **options)

    monkeypatch.setattr(EmailMessage, "send", refuser)
    (travail,) = passer()
    assert travail.etat == EtatTravail.ECHEC
    assert len(mail.outbox) == 2
    monkeypatch.setattr(EmailMessage, "send", envoyer)
    passer(date(2026, 3, 22))
    assert [c.to for c in mail.outbox[2:]] == [[coordinatrice.email]]


def test_une_campagne_prolongee_rappelle_sa_nouvelle_date(
    campagne: Campagne, coordinatrice: Utilisateur, agent_ars: Utilisateur, passer: Passer
) -> None:
    passer()
    prolonger_campagne(campagne=campagne, remise_le=date(2026, 4, 30), version=None, par=agent_ars)
    assert passer(date(2026, 3, 22)) == []
    passer(date(2026, 4, 20))
    assert len(du_contrat()) == 2


def test_ni_publie_ni_demonstration_ni_a_ses_dates_ni_hors_annee(
    campagne: Campagne, contrat: Contrat, coordinatrice: Utilisateur, passer: Passer
) -> None:
    BilanFactory(contrat=contrat, annee=2025, publie=True, instantane={"essai": True})
    for champs in (
        {"signe": True},
        {"signe": True, "est_demonstration": False, "date_debut": date(2026, 1, 1)},
        {"en_projet": True, "est_demonstration": False},
    ):
        ParticipationFactory(contrat=ContratFactory(**champs), role="COORDINATEUR")
    siennes = ContratFactory(signe=True, est_demonstration=False)
    CampagneFactory(du_contrat=True, contrat=siennes, remise_le=date(2026, 6, 30))
    ParticipationFactory(contrat=siennes, role="COORDINATEUR")
    assert passer() == []
    assert mail.outbox == []


def test_un_contrat_a_ses_dates_suit_ses_propres_rappels(
    campagne: Campagne, contrat: Contrat, coordinatrice: Utilisateur, passer: Passer
) -> None:
    CampagneFactory(
        du_contrat=True, contrat=contrat, remise_le=date(2026, 4, 5), modifie_par=coordinatrice
    )
    assert passer() == []
    passer(date(2026, 3, 26))
    assert [c.to for c in mail.outbox] == [[coordinatrice.email]]


def test_sans_rappel_prevu_rien_ne_part(
    campagne: Campagne, coordinatrice: Utilisateur, passer: Passer
) -> None:
    Campagne.objects.filter(pk=campagne.pk).update(rappels=[])
    assert passer() == []


def test_le_recapitulatif_ne_part_plus_a_qui_a_quitte_l_agence(
    campagne: Campagne, coordinatrice: Utilisateur, agent_ars: Utilisateur, passer: Passer
) -> None:
    agent_ars.affectations.all().delete()
    passer()
    assert [c.to for c in mail.outbox] == [[coordinatrice.email]]


def test_la_tache_du_matin_confie_chaque_envoi(
    campagne: Campagne, coordinatrice: Utilisateur, monkeypatch: Any
) -> None:
    confies: list[tuple[str, Any]] = []
    monkeypatch.setattr(tasks, "envoyer", lambda tache, pk: confies.append((tache, pk)))
    with horloge.a(DIX_JOURS_AVANT):
        tasks.rappeler_campagnes()
        ((tache, pk),) = confies
        assert tasks.TACHE_PAR_GENRE[service.GENRE] == tache
        tasks.envoyer_rappels(str(pk))
    assert len(mail.outbox) == 2


def test_un_compte_ferme_ne_recoit_rien(
    campagne: Campagne, contrat: Contrat, coordinatrice: Utilisateur, passer: Passer
) -> None:
    partie = UtilisateurFactory(is_active=False)
    ParticipationFactory(contrat=contrat, utilisateur=partie, role="COORDINATEUR")
    passer()
    assert all(partie.email not in courriel.to for courriel in mail.outbox)
