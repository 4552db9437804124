"""Les réponses classées : les mêmes, dans le même ordre, que celles que Django classerait."""

from datetime import date

import pytest
from django.db.models import F, FloatField, Func
from django.utils import timezone

from contrats import classement
from contrats.classement import comprendre, meilleures
from contrats.models import Action
from contrats.models.selections_mots import mots_francais
from tests.factories import ActionFactory

LE = date(2026, 3, 12)


@pytest.fixture
def fiches(contrat):
    """Des titres et des textes qui se disputent les mêmes mots ; plusieurs ex æquo."""
    textes = (
        ("1.1", "Dépister les cancers", "", ""),
        ("1.2", "Ateliers de nutrition", "Le dépistage en quartier.", ""),
        ("1.3", "Ateliers de nutrition", "", "Des dépistages."),
        ("1.2.4", "Ateliers de nutrition", "", "Des dépistages."),
        ("2.1", "Un bus", "", "La nutrition et le dépistage des cancers."),
        ("3.1", "Rien de cela", "", ""),
    )
    return [
        ActionFactory(contrat=contrat, numero=n, titre=t, resume_public=r, description=d, ordre=1)
        for n, t, r, d in textes
    ]


def attendues(texte):
    rang = Func(
        F("mots__internes"), mots_francais(texte), function="ts_rank", output_field=FloatField()
    )
    trouvees = Action.objects.rechercher_partout(texte).annotate(rang=rang)
    return list(trouvees.order_by("-rang", "ordre", "numero", "pk").values_list("pk", flat=True))


@pytest.mark.parametrize(
    "texte",
    ["dépistage", "DEPISTAGES", "dépist", "dépistage cancer", "le dépistage de la nutrition",
     "de la", "1.2", "1.2 nutrition", "9.9", "introuvable", "d’un « bus » & | ! :*", "atelier 1.2"],
)  # fmt: skip
def test_le_classement_est_celui_de_django(fiches, texte):
    assert [f["id"] for f in meilleures(comprendre(texte), le=LE)] == attendues(texte)


def test_il_se_limite_aux_fiches_que_l_on_donne(fiches):
    parmi = [fiches[1].pk, fiches[5].pk]
    assert [f["id"] for f in meilleures(comprendre("dépistage"), le=LE, parmi=parmi)] == parmi[:1]
    assert not meilleures(comprendre("dépistage"), le=LE, parmi=[])


def test_ce_qui_est_a_la_corbeille_laisse_sa_place(fiches, monkeypatch):
    monkeypatch.setattr(classement, "MEILLEURES", 2)
    classement._lignes.cache_clear()
    premieres = attendues("dépistage")
    Action.objects.filter(pk__in=premieres[:2]).update(corbeille_le=timezone.now())
    trouvees = [f["id"] for f in meilleures(comprendre("dépistage"), le=LE)]
    classement._lignes.cache_clear()
    assert trouvees == premieres[2:4]


def test_une_reponse_porte_son_statut_du_jour(contrat):
    ActionFactory(contrat=contrat, titre="Bus", en_retard=True)
    (reponse,) = meilleures(comprendre("bus"), le=LE)
    assert reponse["statut_affiche"] == "EN_RETARD"


def test_les_racines_sont_celles_des_mots_cherches(db):
    assert sorted(comprendre("dépistages du cancer").racines) == ["canc", "depistag"]
