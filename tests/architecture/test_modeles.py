"""Ce que tout modèle tient : des liens vers le bas, des règles dites en français, des lignes droites."""

import re
from io import StringIO
from pathlib import Path

import pytest
from django.apps import apps
from django.core.management import call_command
from django.db.models import PROTECT, SET_NULL, CheckConstraint, UniqueConstraint
from django.db.models.constraints import BaseConstraint

from acteurs.models.suivi import Suivi
from acteurs.models.territoire_base import Territoire
from cls_platform.socle.models import Nomenclature
from tests.architecture.sources import ETAGES, liste, nom, python, texte

MODELES = [m for m in apps.get_models() if m._meta.app_label in ETAGES]
NOTRES = [m for m in MODELES if not hasattr(m, "pgh_tracked_model")]
MESSAGE_PAR_DEFAUT = BaseConstraint.default_violation_error_message


def liens(modele):
    """Les clés étrangères écrites par nous, y compris celles des plusieurs-à-plusieurs."""
    champs = [*modele._meta.local_fields, *modele._meta.local_many_to_many]
    return [c for c in champs if c.is_relation and c.related_model]


def test_aucun_lien_ne_monte():
    fautes = [
        f"{modele._meta.label}.{champ.name} → {cible}"
        for modele in MODELES
        for champ in liens(modele)
        if (cible := champ.related_model._meta.app_label) in ETAGES
        and ETAGES.index(cible) > ETAGES.index(modele._meta.app_label)
    ]
    assert not fautes, liste(fautes)


def test_aucune_cle_etrangere_ecrite_en_texte_vers_une_autre_application():
    motif = re.compile(
        r"(ForeignKey|OneToOneField|ManyToManyField)\(\s*[\"'](?!self[\"'])(\w+)\.", re.DOTALL
    )
    fautes = [nom(f) for f in python() if "/models/" in nom(f) and motif.search(texte(f))]
    assert not fautes, liste(fautes)


def test_effacer_une_donnee_de_reference_n_efface_rien_d_autre():
    """Territoires et nomenclatures sont protégés, jamais la tête d’une cascade."""
    fautes = [
        f"{modele._meta.label}.{champ.name}"
        for modele in NOTRES
        for champ in modele._meta.local_fields
        if champ.is_relation
        and not modele._meta.auto_created
        and issubclass(champ.related_model, Territoire | Nomenclature)
        and champ.remote_field.on_delete not in (PROTECT, SET_NULL)
    ]
    assert not fautes, liste(fautes)


@pytest.mark.parametrize("modele", NOTRES, ids=lambda m: m._meta.label)
def test_chaque_contrainte_a_un_nom_et_un_message_en_francais(modele):
    for contrainte in modele._meta.constraints:
        assert isinstance(contrainte, BaseConstraint)
        if isinstance(contrainte, CheckConstraint | UniqueConstraint):
            message = str(contrainte.violation_error_message)
            assert message != str(MESSAGE_PAR_DEFAUT), contrainte.name
            assert message.endswith("."), f"{contrainte.name} : une phrase finit par un point"


@pytest.mark.parametrize("modele", NOTRES, ids=lambda m: m._meta.label)
def test_chaque_modele_et_chaque_champ_a_un_nom_en_minuscules(modele):
    if modele._meta.auto_created:
        return
    for libelle in (modele._meta.verbose_name, *(c.verbose_name for c in nos_champs(modele))):
        debut = str(libelle)[0]
        sigle = str(libelle).split()[0].isupper()
        assert debut.islower() or sigle, f"{modele._meta.label} : « {libelle} »"


def nos_champs(modele):
    return [c for c in modele._meta.local_fields if c.name != "id" and c.name not in {"last_login"}]


def test_aucun_modele_n_impose_d_ordre_cache():
    """L’ordre d’une liste est choisi par la liste."""
    fautes = [m._meta.label for m in NOTRES if m._meta.ordering]
    assert not fautes, liste(fautes)


@pytest.mark.parametrize(
    "modele", [m for m in NOTRES if issubclass(m, Suivi)], ids=lambda m: m._meta.label
)
def test_chaque_objet_suivi_a_son_historique_par_declencheur(modele):
    programmes = {t.name for t in modele._meta.triggers}
    assert {"insert_insert", "update_update", "delete_delete"} <= programmes, programmes


def test_les_migrations_sont_a_jour(db):
    sortie = StringIO()
    try:
        call_command("makemigrations", "--check", "--dry-run", stdout=sortie, stderr=sortie)
    except SystemExit:
        pytest.fail(sortie.getvalue())


@pytest.mark.parametrize("etage", ETAGES)
def test_les_migrations_sont_en_ligne_droite(etage):
    """`max_migration.txt` nomme la dernière : deux branches se voient à la fusion."""
    dossier = Path(apps.get_app_config(etage).path) / "migrations"
    migrations = sorted(f.stem for f in dossier.glob("[0-9]*.py"))
    if migrations:
        assert (dossier / "max_migration.txt").read_text().strip() == migrations[-1]
        numeros = [int(m.split("_")[0]) for m in migrations]
        assert numeros == list(range(1, len(numeros) + 1))
