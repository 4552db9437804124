"""Un habitant réagit sans compte ; rien ne paraît sans être lu, aucune adresse ne reste."""

from datetime import timedelta
from typing import Any

import pytest
from django.conf import settings
from django.core import mail
from django.db import connection
from django.utils import timezone

from bilans.models import EtatReaction, Reaction
from bilans.services import reactions
from cls_platform.socle.erreurs import ConflitVersion, DonneesRefusees, DroitRefuse
from cls_platform.socle.models import EtatTravail, Travail
from contrats.models import Contrat
from tests.appuis import serveur_smtp
from tests.factories.habitants import ReactionFactory


def test_une_reaction_attend_d_etre_lue(contrat: Contrat) -> None:
    reaction = reactions.recevoir_reaction(contrat=contrat, texte="  Merci pour le bus.  ")
    assert reaction.etat == EtatReaction.ATTENTE
    assert reaction.texte == "Merci pour le bus."
    assert not Reaction.objects.publiees().exists()


@pytest.mark.parametrize(("texte", "courriel"), [("", ""), ("x" * 1001, ""), ("Oui", "pas-une")])
def test_ce_qui_est_mal_ecrit_est_refuse(contrat: Contrat, texte: str, courriel: str) -> None:
    with pytest.raises(DonneesRefusees):
        reactions.recevoir_reaction(contrat=contrat, texte=texte, courriel=courriel)
    assert not Reaction.objects.exists()


def test_la_coordination_publie_et_la_voisine_ne_peut_pas(
    contrat: Contrat, coordinatrice: Any, voisine: Any
) -> None:
    reaction = ReactionFactory(contrat=contrat)
    with pytest.raises(DroitRefuse):
        reactions.moderer(reaction=reaction, etat="PUBLIEE", version=1, par=voisine)
    reactions.moderer(reaction=reaction, etat="PUBLIEE", version=1, par=coordinatrice)
    assert list(Reaction.objects.publiees()) == [reaction]


def test_qui_relit_apres_un_autre_l_apprend(contrat: Contrat, coordinatrice: Any) -> None:
    reaction = ReactionFactory(contrat=contrat)
    reactions.moderer(reaction=reaction, etat="PUBLIEE", version=1, par=coordinatrice)
    with pytest.raises(ConflitVersion):
        reactions.moderer(reaction=reaction, etat="REJETEE", version=1, par=coordinatrice)


def test_ecarter_efface_l_adresse(contrat: Contrat, coordinatrice: Any) -> None:
    reaction = ReactionFactory(contrat=contrat, courriel="habitante@exemple.fr")
    ecartee = reactions.moderer(reaction=reaction, etat="REJETEE", version=1, par=coordinatrice)
    assert ecartee.courriel == ""


def test_sans_adresse_la_reponse_est_faite_aussitot(contrat: Contrat, coordinatrice: Any) -> None:
    reaction = ReactionFactory(contrat=contrat)
    repondue = reactions.repondre(
        reaction=reaction, reponse="Elle rouvre.", version=1, par=coordinatrice
    )
    assert repondue.repondu_le is not None
    assert not Travail.objects.exists()


def test_une_adresse_recoit_la_reponse_une_fois_puis_s_efface(
    contrat: Contrat, coordinatrice: Any
) -> None:
    reaction = ReactionFactory(contrat=contrat, courriel="habitante@exemple.fr")
    reactions.repondre(reaction=reaction, reponse="Elle rouvre.", version=1, par=coordinatrice)
    travail = Travail.objects.get(genre=reactions.GENRE)
    for _ in range(5):
        reactions.envoyer_reponse(travail_id=travail.pk)
    reaction.refresh_from_db()
    assert reaction.courriel == ""
    assert reaction.repondu_le is not None
    assert [m.to for m in mail.outbox] == [["habitante@exemple.fr"]]
    assert "Elle rouvre." in mail.outbox[0].body
    travail.refresh_from_db()
    assert travail.etat == EtatTravail.FAIT


def test_un_envoi_qui_echoue_garde_l_adresse(contrat: Contrat, coordinatrice: Any) -> None:
    """Et repart seul : la réponse n’est faite que lorsqu’elle est partie."""
    reaction = ReactionFactory(contrat=contrat, courriel="habitante@exemple.fr")
    reactions.repondre(reaction=reaction, reponse="Elle rouvre.", version=1, par=coordinatrice)
    travail = Travail.objects.get(genre=reactions.GENRE)
    with serveur_smtp.ouverte() as boite:
        boite.au_texte = lambda _adresse: "421 4.3.2 arrêt"
        reactions.envoyer_reponse(travail_id=travail.pk)
        reaction.refresh_from_db()
        travail.refresh_from_db()
        assert (reaction.courriel, reaction.repondu_le) == ("habitante@exemple.fr", None)
        assert travail.etat == EtatTravail.EN_FILE
        boite.retablir()
        reactions.envoyer_reponse(travail_id=travail.pk)
        assert boite.adresses() == {"habitante@exemple.fr": 1}
    reaction.refresh_from_db()
    assert reaction.courriel == ""


def test_sans_reponse_l_adresse_s_oublie_au_bout_de_trois_mois(contrat: Contrat) -> None:
    maintenant = timezone.now()
    delai = timedelta(days=settings.CLS_REACTIONS_COURRIEL_JOURS)
    ancienne = ReactionFactory(
        contrat=contrat, courriel="a@exemple.fr", recue_le=maintenant - delai - timedelta(hours=1)
    )
    recente = ReactionFactory(contrat=contrat, courriel="b@exemple.fr", recue_le=maintenant)
    assert reactions.effacer_les_courriels() == 1
    ancienne.refresh_from_db()
    recente.refresh_from_db()
    assert (ancienne.courriel, recente.courriel) == ("", "b@exemple.fr")


def test_l_adresse_n_est_jamais_dans_l_historique(contrat: Contrat, coordinatrice: Any) -> None:
    reaction = ReactionFactory(contrat=contrat, courriel="habitante@exemple.fr")
    reactions.moderer(reaction=reaction, etat="GARDEE", version=1, par=coordinatrice)
    with connection.cursor() as curseur:
        curseur.execute("SELECT e::text FROM bilans_reactionevent e")
        copies = [ligne[0] for ligne in curseur.fetchall()]
    assert len(copies) == 2
    assert not [c for c in copies if "habitante@exemple.fr" in c]
