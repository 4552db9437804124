"""Annuler un lot : l’état d’avant, exactement, sauf là où quelqu’un a écrit depuis."""

from datetime import date, timedelta

import pytest
import time_machine
from django.db import connection
from django.utils import timezone
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from cls_platform.socle.erreurs import ErreurMetier, TransitionRefusee
from contrats.etats import StatutAction
from contrats.lots import Decalage, Demande, Retouche
from contrats.models import Priorite, SousTheme, Theme
from contrats.services import masse
from contrats.services.plan import modifier_action
from tests.contrats.lots.gestes import annuler, ecrire, etats, motifs, photo
from tests.factories import ActeurFactory, ActionFactory


@pytest.fixture
def fiches(contrat, axe):
    return [ActionFactory(contrat=contrat, axe=axe, themes=["acces_soins"]) for _ in range(3)]


def test_annuler_rend_chaque_champ_et_le_note_dans_l_histoire(fiches, coordinatrice):
    avant = photo(fiches)
    demande = Demande(
        valeurs={"statut": "REPORTEE", "statut_raison": "Élections", "priorite": "ELEVE"},
        decalages={"date_fin": Decalage(6, "mois")},
        listes={"themes": Retouche(frozenset({"jeunes"}), frozenset({"acces_soins"}))},
    )
    lot = annuler(ecrire(fiches, demande, coordinatrice), coordinatrice)
    assert etats(lot) == ["RENDUE"] * 3
    assert photo(fiches) == avant
    fiches[0].refresh_from_db()
    assert fiches[0].version == 3
    passages = fiches[0].passages.order_by("le").values_list("de", "vers")
    assert list(passages) == [("EN_COURS", "REPORTEE"), ("REPORTEE", "EN_COURS")]


def test_un_champ_change_depuis_garde_la_fiche_et_dit_qui(fiches, coordinatrice, administratrice):
    lot = ecrire(fiches, Demande(valeurs={"priorite": "ELEVE"}), coordinatrice)
    modifier_action(action=fiches[1], valeurs={"priorite": "BAS"}, version=2, par=administratrice)
    lot = annuler(lot, coordinatrice)
    assert etats(lot) == ["RENDUE", "GARDEE", "RENDUE"]
    assert motifs(lot)[1] == (
        "Ada Administre a modifié cette fiche depuis (priorité). Elle est laissée telle quelle."
    )
    fiches[1].refresh_from_db()
    assert fiches[1].priorite == "BAS"


def test_un_autre_champ_change_depuis_n_empeche_rien_et_demeure(fiches, coordinatrice):
    lot = ecrire(fiches, Demande(valeurs={"priorite": "ELEVE"}), coordinatrice)
    modifier_action(action=fiches[1], valeurs={"titre": "Neuf"}, version=2, par=coordinatrice)
    assert etats(annuler(lot, coordinatrice)) == ["RENDUE"] * 3
    fiches[1].refresh_from_db()
    assert (fiches[1].titre, fiches[1].priorite) == ("Neuf", "")


def test_une_liste_changee_depuis_garde_la_fiche(fiches, coordinatrice):
    demande = Demande(listes={"themes": Retouche(frozenset({"jeunes"}))})
    lot = ecrire(fiches, demande, coordinatrice)
    themes = Theme.objects.filter(pk__in=["jeunes", "seniors"])
    modifier_action(action=fiches[0], valeurs={"themes": themes}, version=2, par=coordinatrice)
    assert etats(annuler(lot, coordinatrice)) == ["GARDEE", "RENDUE", "RENDUE"]


def test_trente_minutes_apres_il_est_trop_tard(fiches, coordinatrice):
    lot = ecrire(fiches, Demande(valeurs={"priorite": "ELEVE"}), coordinatrice)
    with time_machine.travel(timezone.now() + timedelta(minutes=29), tick=False):
        assert lot.annulable_jusqua > timezone.now()
    with (
        time_machine.travel(timezone.now() + timedelta(minutes=31), tick=False),
        pytest.raises(TransitionRefusee, match="30 minutes"),
    ):
        masse.annuler(lot=lot, par=coordinatrice)
    fiches[0].refresh_from_db()
    assert fiches[0].priorite == "ELEVE"


def test_annuler_deux_fois_est_sans_effet(fiches, coordinatrice):
    lot = annuler(
        ecrire(fiches, Demande(valeurs={"priorite": "BAS"}), coordinatrice), coordinatrice
    )
    annuler(lot, coordinatrice)
    fiches[0].refresh_from_db()
    assert fiches[0].version == 3


def test_un_statut_sans_sa_raison_d_autrefois_se_retablit(fiches, coordinatrice):
    """Repris d’avant la règle : l’état d’avant se rend tel qu’il était."""
    fiches[0].statut = StatutAction.ABANDONNEE
    fiches[0].save()
    lot = ecrire(fiches, Demande(valeurs={"statut": "EN_COURS"}), coordinatrice)
    assert etats(annuler(lot, coordinatrice))[0] == "RENDUE"
    fiches[0].refresh_from_db()
    assert fiches[0].statut == "ABANDONNEE"


def test_un_partenaire_efface_depuis_garde_la_fiche(fiches, coordinatrice):
    partenaire = ActeurFactory()
    fiches[0].liens_acteurs.create(acteur=partenaire, role="PARTENAIRE")
    demande = Demande(listes={"partenaires": Retouche(retirer=frozenset({str(partenaire.pk)}))})
    lot = ecrire(fiches, demande, coordinatrice)
    partenaire.delete()
    lot = annuler(lot, coordinatrice)
    assert etats(lot) == ["GARDEE", "INCHANGEE", "INCHANGEE"]
    assert "n’existe plus" in motifs(lot)[0]


# Au hasard --------------------------------------------------------------------------------------

THEMES = ("acces_soins", "sante_mentale", "jeunes", "addictions")
JOURS = st.dates(date(2020, 1, 1), date(2035, 12, 31))


@st.composite
def retouches(tirer, codes):
    sens = tirer(st.dictionaries(st.sampled_from(codes), st.booleans(), min_size=1, max_size=4))
    return Retouche(
        frozenset(c for c, ajoute in sens.items() if ajoute),
        frozenset(c for c, ajoute in sens.items() if not ajoute),
    )


def ou_rien(strategie):
    return st.one_of(st.just({}), strategie)


def statuts():
    return st.fixed_dictionaries(
        {
            "statut": st.sampled_from(StatutAction.values),
            "statut_raison": st.sampled_from(["Le bail", "Le budget"]),
        }
    )


def colonne(nom, *codes):
    return ou_rien(st.fixed_dictionaries({nom: st.sampled_from(codes)}))


def decalages():
    entiers, unites = st.integers(-120, 120), st.sampled_from(["jours", "mois"])
    return st.builds(Decalage, entiers, unites)


@st.composite
def dates(tirer):
    """Pour chaque date : rien, fixer, effacer ou décaler."""
    valeurs, decales = {}, {}
    for champ in ("date_debut", "date_fin"):
        geste = tirer(st.one_of(st.just(""), st.none(), JOURS.map(date.isoformat), decalages()))
        if isinstance(geste, Decalage):
            decales[champ] = geste
        elif geste != "":
            valeurs[champ] = geste
    return valeurs, decales


@st.composite
def demandes(tirer, organisations, sous_themes):
    valeurs, decales = tirer(dates())
    valeurs |= tirer(ou_rien(statuts())) | tirer(colonne("priorite", "", *Priorite.values))
    valeurs |= tirer(colonne("pilote", None, *organisations))
    codes = {
        "themes": THEMES,
        "sous_themes": sous_themes,
        "partenaires": organisations,
        "financeurs": organisations,
    }
    choisies = tirer(st.lists(st.sampled_from(sorted(codes)), unique=True))
    return Demande(valeurs, decales, {nom: tirer(retouches(codes[nom])) for nom in choisies})


def test_des_lots_au_hasard_puis_leurs_annulations_rendent_le_plan_exact(
    contrat, axe, coordinatrice
):
    organisations = [str(ActeurFactory().pk) for _ in range(3)]
    sous_themes = list(
        SousTheme.objects.filter(theme__in=THEMES[:2]).values_list("pk", flat=True)[:5]
    )
    fiches = [ActionFactory(contrat=contrat, axe=axe, themes=THEMES[:n]) for n in range(5)]
    fiches[0].sous_themes.add(sous_themes[0])
    fiches[0].themes.add(SousTheme.objects.get(pk=sous_themes[0]).theme_id)

    @settings(
        max_examples=25, deadline=None, derandomize=True, suppress_health_check=list(HealthCheck)
    )
    @given(suite=st.lists(demandes(organisations, sous_themes), min_size=1, max_size=3))
    def essai(suite):
        avant, lots = photo(fiches), []
        for demande in suite:
            try:
                lots.append(ecrire(fiches, demande, coordinatrice))
            except ErreurMetier:
                continue
            tenir_les_promesses(lots[-1], fiches)
        for lot in reversed(lots):
            assert "GARDEE" not in etats(annuler(lot, coordinatrice))
        assert photo(fiches) == avant

    essai()
    assert connection.in_atomic_block


def tenir_les_promesses(lot, fiches):
    """Chaque fiche vaut ce que l’aperçu a montré, et les règles d’une fiche tiennent."""
    photos = photo(fiches)
    for ligne in lot.lignes.all():
        fiche = photos[ligne.action_id]
        assert {nom: fiche[nom] for nom in ligne.apres} == ligne.apres
        if ligne.etat == "FAITE":
            assert (
                not (fiche["date_debut"] and fiche["date_fin"])
                or fiche["date_debut"] <= fiche["date_fin"]
            )
            themes = SousTheme.objects.filter(pk__in=fiche["sous_themes"]).values_list(
                "theme_id", flat=True
            )
            assert set(themes) <= set(fiche["themes"])
