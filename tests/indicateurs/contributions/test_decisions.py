"""Ce que décide la coordination : champ par champ, par les services, sans rien écraser."""

from datetime import date
from decimal import Decimal

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from cls_platform.socle.erreurs import DonneesRefusees, DroitRefuse, ErreurMetier
from cls_platform.socle.historique import historique
from contrats.etats import STATUTS_A_JUSTIFIER, StatutAction
from contrats.models import Decision, EtatContribution
from contrats.provenance import avec_provenance
from indicateurs.contribution import etat
from indicateurs.models import Qualite
from indicateurs.services.contributions import Choix, ElementChange, accepter, refuser
from tests.factories import ContributionFactory, ElementProposeFactory, MesureFactory


def choix_de(contribution, element, valeurs=None):
    lu = etat.lire(contribution)
    present = lu.valeur(element.genre, element.champ, element.objet)
    return Choix(element.pk, valeurs or element.propose, present)


def tout_accepter(contribution, par):
    choix = [choix_de(contribution, element) for element in contribution.elements.all()]
    accepter(contribution=contribution, choix=choix, par=par)
    contribution.refresh_from_db()


def test_tout_accepter_ecrit_exactement_ce_qui_etait_propose(
    recue, action, jalon, indicateur, coordinatrice
):
    tout_accepter(recue, coordinatrice)
    for objet in (action, jalon):
        objet.refresh_from_db()
    note, mesure = action.notes.get(), indicateur.mesures.get()
    assert (action.statut, action.statut_raison) == ("EN_PAUSE", "Le local ferme tout l’été")
    assert (note.fait, note.participants, note.freins) == (
        "Deux permanences au marché",
        42,
        "Le transport",
    )
    assert note.version == 1, "une seule écriture pour toute la note"
    assert jalon.fait_le == date(2026, 2, 12)
    assert (mesure.annee, mesure.valeur) == (2026, Decimal("1234.5"))
    assert recue.etat == EtatContribution.TRAITEE
    assert set(recue.elements.values_list("decision", flat=True)) == {Decision.ACCEPTE}


def test_l_historique_dit_de_qui_vient_l_ecriture(recue, action, coordinatrice):
    tout_accepter(recue, coordinatrice)
    (geste, *_) = avec_provenance(historique(action))
    attendu = "contribution de Camille Exemple, Chargée de projet, CPTS des Essais"
    assert (geste.qui, geste.provenance) == ("Coline Coordonne", attendu)
    type(recue).objects.filter(pk=recue.pk).update(nom="", fonction="")
    (geste, *_) = avec_provenance(historique(action))
    assert geste.provenance == "contribution de CPTS des Essais", "le nom effacé ne revient pas"


def test_le_passage_de_statut_garde_la_raison_du_partenaire(recue, action, coordinatrice):
    tout_accepter(recue, coordinatrice)
    assert action.passages.latest("le").raison == "Le local ferme tout l’été"


def test_un_champ_s_accepte_seul_et_le_reste_attend(recue, action, coordinatrice):
    freins = recue.elements.get(champ="freins")
    accepter(contribution=recue, choix=[choix_de(recue, freins)], par=coordinatrice)
    recue.refresh_from_db()
    assert recue.etat == EtatContribution.EN_PARTIE
    fait = recue.elements.get(champ="fait")
    accepter(contribution=recue, choix=[choix_de(recue, fait)], par=coordinatrice)
    note = action.notes.get()
    assert (note.freins, note.fait, note.participants) == (
        "Le transport",
        "Deux permanences au marché",
        None,
    )


def test_une_valeur_corrigee_est_ecrite_et_dite_modifiee(recue, indicateur, coordinatrice):
    element = recue.elements.get(genre="MESURE")
    corrige = choix_de(recue, element, {"valeur": "1200"})
    accepter(contribution=recue, choix=[corrige], par=coordinatrice)
    element.refresh_from_db()
    assert (element.decision, element.ecrit) == (Decision.MODIFIE, {"valeur": "1200"})
    assert indicateur.mesures.get().valeur == 1200


def test_un_refus_n_ecrit_rien_et_dit_pourquoi(recue, action, coordinatrice):
    element = recue.elements.get(genre="STATUT")
    with pytest.raises(DonneesRefusees, match="Dites pourquoi"):
        refuser(contribution=recue, element=element.pk, raison=" ", par=coordinatrice)
    refuser(contribution=recue, element=element.pk, raison="Elle continue", par=coordinatrice)
    element.refresh_from_db()
    action.refresh_from_db()
    assert (element.decision, element.raison) == (Decision.REFUSE, "Elle continue")
    assert action.statut == "EN_COURS"
    with pytest.raises(ErreurMetier, match="déjà décidé"):
        accepter(contribution=recue, choix=[choix_de(recue, element)], par=coordinatrice)


def test_si_la_fiche_a_change_depuis_la_lecture_rien_n_est_ecrit(
    recue, action, jalon, coordinatrice
):
    choix = [choix_de(recue, element) for element in recue.elements.all()]
    type(action).objects.filter(pk=action.pk).update(statut="BLOQUEE")
    with pytest.raises(ElementChange, match="Statut"):
        accepter(contribution=recue, choix=choix, par=coordinatrice)
    jalon.refresh_from_db()
    assert jalon.fait_le is None
    assert not action.notes.exists()
    assert recue.elements.filter(decision=Decision.EN_ATTENTE).count() == 6


def test_un_autre_champ_change_dans_la_fiche_n_empeche_rien(recue, action, coordinatrice):
    choix = [choix_de(recue, element) for element in recue.elements.all()]
    type(action).objects.filter(pk=action.pk).update(titre="Autre titre", version=9)
    accepter(contribution=recue, choix=choix, par=coordinatrice)
    action.refresh_from_db()
    assert (action.titre, action.statut) == ("Autre titre", "EN_PAUSE")


def test_une_etape_disparue_ne_peut_qu_etre_refusee(recue, jalon, coordinatrice):
    element = recue.elements.get(genre="ETAPE")
    avant = choix_de(recue, element)
    jalon.delete()
    with pytest.raises(ErreurMetier, match="n’existe plus"):
        accepter(contribution=recue, choix=[avant], par=coordinatrice)
    refuser(contribution=recue, element=element.pk, raison="Étape retirée", par=coordinatrice)


def test_une_valeur_dite_indisponible_devient_definitive(recue, indicateur, coordinatrice):
    MesureFactory(indicateur=indicateur, annee=2026, valeur=None, qualite=Qualite.NON_DISPONIBLE)
    element = recue.elements.get(genre="MESURE")
    accepter(contribution=recue, choix=[choix_de(recue, element)], par=coordinatrice)
    mesure = indicateur.mesures.get()
    assert (mesure.valeur, mesure.qualite) == (Decimal("1234.5"), Qualite.DEFINITIVE)


def test_la_note_d_une_annee_passee_est_datee_de_son_dernier_jour(recue, action, coordinatrice):
    type(recue.lien).objects.filter(pk=recue.lien_id).update(annee=2025)
    recue.lien.refresh_from_db()
    element = recue.elements.get(champ="fait")
    accepter(contribution=recue, choix=[choix_de(recue, element)], par=coordinatrice)
    assert action.notes.get().date_note == date(2025, 12, 31)


@pytest.mark.parametrize("qui", ["pilote", "elue", "voisine", "lectrice"])
def test_seule_la_coordination_decide(recue, qui, request):
    personne = request.getfixturevalue(qui)
    element = recue.elements.first()
    with pytest.raises(DroitRefuse):
        accepter(contribution=recue, choix=[choix_de(recue, element)], par=personne)
    with pytest.raises(DroitRefuse):
        refuser(contribution=recue, element=element.pk, raison="Non", par=personne)


textes = st.text(st.characters(exclude_categories=["Cs", "Cc"]), min_size=1, max_size=60).filter(
    lambda t: t.strip() == t
)
valeurs = st.decimals(min_value=-(10**9), max_value=10**9, places=4).map(lambda d: d.normalize())


@settings(max_examples=25, deadline=None, suppress_health_check=list(HealthCheck))
@given(
    statut=st.sampled_from(StatutAction.values),
    raison=textes,
    fait=textes,
    participants=st.integers(0, 10**7),
    valeur=valeurs,
)
def test_propriete_accepter_tout_donne_les_valeurs_proposees(
    action, indicateur, coordinatrice, statut, raison, fait, participants, valeur
):
    recue = ContributionFactory(action=action, recue=True, elements=[])
    a_justifier = raison if statut in STATUTS_A_JUSTIFIER else ""
    proposes = [
        ("STATUT", "statut", None, {"statut": statut, "raison": a_justifier or raison}),
        ("NOTE", "fait", None, {"fait": fait}),
        ("NOTE", "participants", None, {"participants": str(participants)}),
        ("MESURE", "valeur", indicateur.pk, {"valeur": f"{valeur:f}"}),
    ]
    for genre, champ, objet, propose in proposes:
        ElementProposeFactory(
            contribution=recue, genre=genre, champ=champ, objet=objet, propose=propose
        )
    tout_accepter(recue, coordinatrice)
    action.refresh_from_db()
    note = recue.note
    assert (action.statut, action.statut_raison) == (statut, raison)
    assert (note.fait, note.participants) == (fait, participants)
    assert indicateur.mesures.get(annee=2026).valeur == valeur
