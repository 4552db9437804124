"""Statut affiché, risque, avancement : le SQL dit la même chose qu’un calcul fait à la main."""

from datetime import date, datetime, time, timedelta

import pytest
from django.utils import timezone
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase

from contrats.arborescence import arbre, moyenne
from contrats.etats import StatutAction
from contrats.filters import ActionFilterSet
from contrats.models import Action, Jalon
from contrats.models.etat_action import seuil_des_nouvelles
from tests.appuis.horloge import AUJOURDHUI
from tests.appuis.proprietes import sans_chrono
from tests.factories import (
    ActionFactory,
    AxeFactory,
    JalonFactory,
    NoteSuiviFactory,
    ObjectifFactory,
)

JOUR = timedelta(days=1)
JOURS = st.one_of(st.none(), st.integers(-400, 400).map(lambda n: AUJOURDHUI + n * JOUR))
ETAPES = st.lists(st.tuples(JOURS, st.sampled_from(["ouverte", "faite", "abandonnee"])), max_size=5)


def part_faite(statut: str, etapes: list[str]) -> float:
    """La règle relue à la main : ni requête, ni code du projet."""
    prevues = [etape for etape in etapes if etape != "abandonnee"]
    if statut == "REALISEE":
        return 1.0
    if prevues:
        return prevues.count("faite") / len(prevues)
    return 0.5 if statut == "REALISEE_PARTIELLEMENT" else 0.0


class TestCalculIndependant(TestCase):
    @sans_chrono
    @given(
        statut=st.sampled_from(StatutAction.values), fin=JOURS, tenu=st.booleans(), etapes=ETAPES
    )
    def test_une_action(self, statut, fin, tenu, etapes):
        action = ActionFactory(statut=statut, date_debut=None, date_fin=fin, statut_est_impose=tenu)
        for echeance, devenue in etapes:
            JalonFactory(
                action=action,
                echeance=echeance,
                fait_le=AUJOURDHUI if devenue == "faite" else None,
                est_abandonne=devenue == "abandonnee",
            )
        lue = (
            Action.objects.avec_statut_affiche(AUJOURDHUI)
            .avec_avancement()
            .avec_risques(AUJOURDHUI)
            .get(pk=action.pk)
        )
        en_retard = (
            fin is not None and fin < AUJOURDHUI and statut in {"A_VENIR", "EN_COURS"} and not tenu
        )
        assert lue.statut_affiche == ("EN_RETARD" if en_retard else statut)
        assert lue.avancement == pytest.approx(part_faite(statut, [e for _, e in etapes]))
        ouverte = statut in {"A_VENIR", "EN_COURS", "EN_RETARD", "EN_PAUSE", "BLOQUEE"}
        depassee = any(e == "ouverte" and d and d < AUJOURDHUI for d, e in etapes)
        assert lue.est_a_risque == (ouverte and depassee)

    @sans_chrono
    @given(
        fiches=st.lists(
            st.tuples(
                st.integers(0, 3),
                st.sampled_from(StatutAction.values),
                st.integers(0, 3),
                st.integers(0, 3),
            ),
            max_size=6,
        )
    )
    def test_un_objectif_un_axe_le_plan(self, fiches):
        """Rang 0 : sous l’axe ; 1 : l’objectif ; 2 : son enfant ; 3 : sans axe."""
        axe = AxeFactory()
        haut = ObjectifFactory(axe=axe)
        bas = ObjectifFactory(axe=axe, parent=haut)
        for rang, statut, faites, total in fiches:
            action = ActionFactory(
                contrat=axe.contrat,
                axe=None if rang == 3 else axe,
                objectif={1: haut, 2: bas}.get(rang),
                statut=statut,
            )
            JalonFactory.create_batch(min(faites, total), action=action, fait=True)
            JalonFactory.create_batch(total - min(faites, total), action=action)

        def attendu(*rangs: int) -> float:
            parts = [
                part_faite(s, ["faite"] * min(f, t) + ["ouverte"] * (t - min(f, t)))
                for r, s, f, t in fiches
                if r in rangs and s != "ABANDONNEE"
            ]
            return sum(parts) / len(parts) if parts else 0.0

        lignes = list(axe.contrat.actions.pour_plan(AUJOURDHUI))
        objectifs = list(
            axe.contrat.objectifs.dans_l_ordre().values(
                "id", "axe_id", "parent_id", "numero", "titre"
            )
        )
        groupes = arbre([{"id": axe.pk, "numero": "1"}], objectifs, lignes, entier=True)
        assert moyenne(lignes) == pytest.approx(attendu(0, 1, 2, 3))
        assert groupes[0].avancement == pytest.approx(attendu(0, 1, 2))
        par_objectif = {b.objectif["id"]: b for b in groupes[0].branches if b.objectif}
        assert par_objectif[haut.pk].avancement == pytest.approx(attendu(1, 2))
        assert par_objectif[bas.pk].avancement == pytest.approx(attendu(2))


def vieillir(objet, jour: date) -> None:
    moment = timezone.make_aware(datetime.combine(jour, time(9)))
    type(objet).objects.filter(pk=objet.pk).update(modifie_le=moment)


SEUIL = date(2025, 9, 12)


@pytest.mark.parametrize(
    ("jour", "sans_nouvelles"), [(SEUIL - JOUR, True), (SEUIL, False), (AUJOURDHUI, False)]
)
@pytest.mark.parametrize("quoi", ["fiche", "etape", "note"])
def test_une_fiche_une_etape_ou_une_note_ecrite_donne_des_nouvelles(
    action, quoi, jour, sans_nouvelles
):
    ecrits = {
        "fiche": action,
        "etape": JalonFactory(action=action, echeance=None),
        "note": NoteSuiviFactory(action=action),
    }
    for nom, objet in ecrits.items():
        vieillir(objet, jour if nom == quoi else date(2024, 1, 1))
    assert Action.objects.sans_nouvelles(AUJOURDHUI).exists() is sans_nouvelles
    assert Action.objects.a_risque(AUJOURDHUI).exists() is sans_nouvelles


@pytest.mark.parametrize("statut", StatutAction)
def test_on_n_attend_de_nouvelles_que_de_ce_qui_est_commence(action, statut):
    Action.objects.filter(pk=action.pk).update(statut=statut)
    vieillir(action, date(2024, 1, 1))
    attendue = statut in {"EN_COURS", "EN_RETARD", "EN_PAUSE", "BLOQUEE"}
    assert Action.objects.sans_nouvelles(AUJOURDHUI).exists() is attendue


@pytest.mark.parametrize(
    ("le", "mois", "seuil"),
    [
        (date(2026, 3, 12), 6, date(2025, 9, 12)),
        (date(2026, 8, 31), 6, date(2026, 2, 28)),
        (date(2026, 1, 1), 1, date(2025, 12, 1)),
        (date(2026, 3, 12), 120, date(2016, 3, 12)),
    ],
)
def test_les_mois_se_comptent_sur_le_calendrier(le, mois, seuil):
    assert seuil_des_nouvelles(le, mois) == seuil


@pytest.mark.parametrize(
    ("filtres", "combien"),
    [
        ({"a_risque": "true"}, 2),
        ({"a_risque": "false"}, 1),
        ({"sans_nouvelles": "6"}, 1),
        ({"sans_nouvelles": "48"}, 0),
    ],
)
def test_les_filtres_du_risque_sont_ceux_de_la_page_et_de_l_api(contrat, filtres, combien):
    ActionFactory(contrat=contrat)
    JalonFactory(action=ActionFactory(contrat=contrat), echeance=date(2026, 3, 11))
    vieillir(ActionFactory(contrat=contrat), date(2024, 1, 1))
    filtre = ActionFilterSet(filtres, queryset=contrat.actions.all(), le=AUJOURDHUI)
    assert filtre.is_valid()
    assert filtre.qs.count() == combien


@pytest.mark.parametrize("valeur", ["0", "-1", "121", "six"])
def test_un_nombre_de_mois_mal_ecrit_est_refuse(db, valeur):
    filtre = ActionFilterSet({"sans_nouvelles": valeur}, queryset=Action.objects.all())
    assert not filtre.is_valid()


def test_la_base_refuse_une_etape_faite_et_abandonnee(action):
    etape = JalonFactory(action=action, fait=True)
    with pytest.raises(Exception, match="jalon_fait_ou_abandonne"):
        Jalon.objects.filter(pk=etape.pk).update(est_abandonne=True)
