"""Deux personnes sur une fiche : des champs différents se réunissent, le même champ se départage."""

from datetime import date
from functools import partial

import pytest
from django.db import models
from django.utils import timezone

from cls_platform.socle.erreurs import ConflitVersion, DroitRefuse, ObjetSupprime
from contrats.champs_fiche import cle_libre
from contrats.models import Action, LigneBudget, Objectif, SousTheme, Theme
from contrats.models.vocabulaire_liens import LISTES
from contrats.services.financement import modifier_argent
from contrats.services.fusion import ConflitDeChamps, Departage, ecrire_en_fusionnant
from contrats.services.jalons import modifier_jalon
from contrats.services.liens_action import ROLE_DU_LIEN
from contrats.services.plan import CHAMPS_MODIFIABLES, modifier_action
from tests.factories import (
    ActeurFactory,
    ActionFactory,
    AxeFactory,
    ChampLibreFactory,
    JalonFactory,
    LigneBudgetFactory,
    ObjectifFactory,
)

# Ne s’écrivent qu’avec une raison : dits par le test du statut
AVEC_UNE_RAISON = {"statut_est_impose", "statut_raison"}
COLONNES = sorted(CHAMPS_MODIFIABLES - AVEC_UNE_RAISON)


@pytest.fixture
def ecrire(action):
    """Écrit depuis une version, comme une page : `ecrire(par, version=1, titre="…")`."""

    def ecrire(par, version=1, departage=None, **valeurs):
        return ecrire_en_fusionnant(
            objet=Action.objects.get(pk=action.pk),
            ecrire=partial(modifier_action, action=action),
            valeurs=valeurs,
            version=version,
            par=par,
            departage=departage,
        )

    return ecrire


def deux_valeurs(champ: str, contrat, personnes) -> list:
    """Deux valeurs différentes, différentes aussi de celle d’une fiche neuve."""
    liens = {
        "axe": lambda: AxeFactory.create_batch(2, contrat=contrat),
        "objectif": lambda: ObjectifFactory.create_batch(2, axe=contrat.axes.first()),
        "pilote": lambda: ActeurFactory.create_batch(2),
        "pilote_personne": lambda: personnes,
        "action_precedente": lambda: ActionFactory.create_batch(2, contrat=contrat),
    }
    if champ in liens:
        return liens[champ]()
    colonne = Action._meta.get_field(champ)
    if champ == "statut":
        return ["EN_PAUSE", "REALISEE"]
    if colonne.choices:
        return [code for code, _ in colonne.choices if code][:2]
    if isinstance(colonne, models.BooleanField):
        return [not colonne.default] * 2
    if isinstance(colonne, models.DateField):
        return [date(2026, 3, 1), date(2026, 4, 1)]
    return ["Un mot", "Autre mot"]


@pytest.mark.parametrize("champ", COLONNES)
def test_un_champ_que_l_autre_n_a_pas_touche_s_ecrit(
    champ, ecrire, action, contrat, coordinatrice, administratrice
):
    autre = "quartiers" if champ != "quartiers" else "instance"
    ecrire(administratrice, **{autre: "Le sien"})
    valeur, _ = deux_valeurs(champ, contrat, [coordinatrice, administratrice])
    apres = ecrire(coordinatrice, **{champ: valeur})
    apres.refresh_from_db()
    assert (getattr(apres, champ), getattr(apres, autre)) == (valeur, "Le sien")
    assert (apres.version, apres.modifie_par) == (3, coordinatrice)


@pytest.mark.parametrize("champ", COLONNES)
def test_le_meme_champ_ecrit_differemment_se_departage(
    champ, ecrire, action, contrat, coordinatrice, administratrice
):
    sienne, mienne = deux_valeurs(champ, contrat, [coordinatrice, administratrice])
    ecrire(administratrice, **{champ: sienne})
    if sienne == mienne:
        # Une case n’a que deux valeurs : changer toutes deux, c’est être d’accord
        assert ecrire(coordinatrice, **{champ: mienne}).version == 2
        return
    with pytest.raises(ConflitDeChamps) as conflit:
        ecrire(coordinatrice, **{champ: mienne})
    assert champ in conflit.value.en_conflit
    action.refresh_from_db()
    assert (getattr(action, champ), action.version) == (sienne, 2)


def test_le_statut_et_sa_raison_ne_font_qu_un_champ(ecrire, coordinatrice, administratrice):
    ecrire(administratrice, statut="BLOQUEE", statut_raison="Plus de local")
    with pytest.raises(ConflitDeChamps) as conflit:
        ecrire(coordinatrice, statut_raison="Plus de médecin")
    assert conflit.value.en_conflit == {"statut_raison"}


def test_l_organisation_pilote_et_la_personne_ne_se_melangent_pas(
    ecrire, coordinatrice, administratrice
):
    ecrire(administratrice, pilote=ActeurFactory())
    with pytest.raises(ConflitDeChamps):
        ecrire(coordinatrice, pilote_personne=coordinatrice)


@pytest.mark.parametrize("liste", sorted(ROLE_DU_LIEN))
def test_deux_organisations_ajoutees_en_meme_temps_restent_toutes_deux(
    liste, ecrire, action, coordinatrice, administratrice
):
    ancien, retire, un, deux = ActeurFactory.create_batch(4)
    ecrire(coordinatrice, **{liste: [ancien, retire]})
    ecrire(administratrice, version=2, **{liste: [ancien, retire, un]})
    ecrire(coordinatrice, version=2, **{liste: [ancien, deux]})
    role = ROLE_DU_LIEN[liste]
    liens = action.liens_acteurs.filter(role=role).values_list("acteur_id", flat=True)
    assert set(liens) == {ancien.pk, un.pk, deux.pk}


@pytest.mark.parametrize("liste", sorted(LISTES - {"communes", "objectifs_regionaux"}))
def test_deux_elements_coches_en_meme_temps_restent_tous_deux(
    liste, ecrire, action, coordinatrice, administratrice
):
    modele = Action._meta.get_field(liste).related_model
    if liste == "sous_themes":
        elements = list(SousTheme.objects.filter(theme="addictions")[:3])
    else:
        elements = list(modele.objects.order_by("pk")[:3])
    ecrire(coordinatrice, **{liste: elements[:1]})
    ecrire(administratrice, version=2, **{liste: elements[:2]})
    ecrire(coordinatrice, version=2, **{liste: [elements[2]]})
    assert set(getattr(action, liste).all()) == set(elements[1:])


def test_cocher_un_sous_theme_pendant_que_l_autre_change_les_themes(
    ecrire, action, coordinatrice, administratrice
):
    ecrire(administratrice, themes=[Theme.objects.get(pk="prevention")])
    ecrire(coordinatrice, sous_themes=[SousTheme.objects.get(pk="addictions_tabac")])
    assert set(action.themes.values_list("pk", flat=True)) == {"prevention", "addictions"}


def test_les_champs_du_contrat_se_reunissent_et_se_departagent(
    ecrire, action, contrat, coordinatrice, administratrice
):
    un, deux = (cle_libre(c) for c in ChampLibreFactory.create_batch(2, contrat=contrat))
    ecrire(administratrice, **{un: "Le sien"})
    ecrire(coordinatrice, **{deux: "Le mien"})
    assert action.valeurs_libres.count() == 2
    with pytest.raises(ConflitDeChamps) as conflit:
        ecrire(coordinatrice, **{un: "Le mien aussi"})
    assert conflit.value.en_conflit == {un}


def test_une_saisie_entiere_ne_remet_pas_les_valeurs_perimees(
    ecrire, action, coordinatrice, administratrice
):
    """Le formulaire entier renvoie tous les champs, y compris ceux que l’on n’a pas touchés."""
    vieux = {"titre": action.titre, "moyens": action.moyens, "contexte": action.contexte}
    ecrire(administratrice, titre="Nouveau titre", moyens="Un minibus")
    apres = ecrire(coordinatrice, **{**vieux, "contexte": "Le constat"})
    assert (apres.titre, apres.moyens, apres.contexte) == (
        "Nouveau titre",
        "Un minibus",
        "Le constat",
    )


def test_les_fins_de_ligne_du_navigateur_ne_sont_pas_un_changement(
    ecrire, action, coordinatrice, administratrice
):
    ecrire(coordinatrice, contexte="Une ligne\nune autre")
    ecrire(administratrice, version=2, contexte="Réécrit")
    apres = ecrire(coordinatrice, version=2, contexte="Une ligne\r\nune autre", titre="Neuf")
    assert (apres.contexte, apres.titre) == ("Réécrit", "Neuf")


@pytest.mark.parametrize(("mienne", "reste"), [(True, "Le mien"), (False, "Le sien")])
def test_le_choix_fait_devant_les_deux_versions_vaut_sans_perdre_le_reste(
    ecrire, coordinatrice, administratrice, mienne, reste
):
    ecrire(administratrice, titre="Le sien")
    choix = Departage(vu=2, garde_la_mienne=mienne)
    apres = ecrire(coordinatrice, departage=choix, titre="Le mien", moyens="Un minibus")
    assert (apres.titre, apres.moyens) == (reste, "Un minibus")


def test_un_choix_ne_vaut_plus_si_l_autre_a_encore_ecrit(ecrire, coordinatrice, administratrice):
    ecrire(administratrice, titre="Le sien")
    ecrire(administratrice, version=2, titre="Encore le sien")
    with pytest.raises(ConflitDeChamps):
        ecrire(coordinatrice, departage=Departage(vu=2), titre="Le mien")
    assert ecrire(coordinatrice, departage=Departage(vu=3), titre="Le mien").titre == "Le mien"


def test_une_version_que_l_histoire_ne_connait_pas_est_un_conflit(ecrire, action, coordinatrice):
    with pytest.raises(ConflitDeChamps):
        ecrire(coordinatrice, version=99, titre="Le mien")
    assert ecrire(coordinatrice, version=99, titre=action.titre).version == 1


def test_fusionner_ne_donne_aucun_droit(ecrire, voisine, lectrice, administratrice):
    ecrire(administratrice, moyens="Un minibus")
    for personne in (voisine, lectrice):
        with pytest.raises(DroitRefuse):
            ecrire(personne, titre="À moi")


def test_l_api_refuse_toujours_une_version_perimee(action, coordinatrice, administratrice):
    modifier_action(action=action, valeurs={"moyens": "X"}, version=1, par=administratrice)
    with pytest.raises(ConflitVersion):
        modifier_action(action=action, valeurs={"titre": "Neuf"}, version=1, par=coordinatrice)


def test_ecrire_sur_une_fiche_jetee_entre_temps_se_dit(action, coordinatrice):
    Action.objects.filter(pk=action.pk).update(corbeille_le=timezone.now())
    with pytest.raises(ObjetSupprime, match="rien n’est écrit"):
        modifier_action(action=action, valeurs={"titre": "Neuf"}, version=1, par=coordinatrice)


def fusionner(service, nom, objet, par, **valeurs):
    return ecrire_en_fusionnant(
        objet=objet,
        ecrire=partial(service, **{nom: objet}),
        valeurs=valeurs,
        version=1,
        par=par,
    )


def test_deux_champs_d_une_etape_se_reunissent(action, coordinatrice, administratrice):
    etape = JalonFactory(action=action)
    fusionner(modifier_jalon, "jalon", etape, administratrice, libelle="Le sien")
    apres = fusionner(modifier_jalon, "jalon", etape, coordinatrice, echeance=date(2027, 1, 1))
    assert (apres.libelle, apres.echeance) == ("Le sien", date(2027, 1, 1))
    with pytest.raises(ConflitDeChamps):
        fusionner(modifier_jalon, "jalon", etape, coordinatrice, libelle="Le mien")


def test_deux_champs_d_une_depense_se_reunissent(action, coordinatrice, administratrice):
    ligne = LigneBudgetFactory(action=action)
    fusionner(modifier_argent, "objet", ligne, administratrice, prevu=7000)
    fusionner(modifier_argent, "objet", ligne, coordinatrice, realise=6500)
    a_jour = LigneBudget.objects.get(pk=ligne.pk)
    assert (a_jour.prevu, a_jour.realise) == (7000, 6500)
    with pytest.raises(ConflitDeChamps) as conflit:
        fusionner(modifier_argent, "objet", ligne, coordinatrice, prevu=8000)
    assert conflit.value.en_conflit == {"prevu"}


def test_un_objectif_et_un_axe_ne_font_qu_une_place(
    ecrire, contrat, axe, coordinatrice, administratrice
):
    objectif: Objectif = ObjectifFactory(axe=axe)
    ecrire(administratrice, axe=AxeFactory(contrat=contrat))
    with pytest.raises(ConflitDeChamps):
        ecrire(coordinatrice, objectif=objectif)
