"""Ce que promet le déploiement : durci, surveillé, et accordé avec les réglages."""

import re
import tomllib
from pathlib import Path

import pytest
import yaml

from cls_platform.socle import vendor
from cls_platform.socle.services_locaux.binaires import VERSION_POSTGRESQL
from cls_platform.socle.verrous import verrous_perimes

PROJET = Path(__file__).parents[2]
COMPOSE = yaml.safe_load((PROJET / "docker-compose.yml").read_text())
SERVICES = COMPOSE["services"]
APPLICATIFS = ("migrations", "web", "worker", "beat")
PONCTUELS = ("migrations", "certificats")
DURABLES = sorted(set(SERVICES) - set(PONCTUELS))


def test_les_services_attendus_sont_la() -> None:
    assert set(SERVICES) == {*APPLICATIFS, "postgresql", "valkey", "caddy", "certificats"}


@pytest.mark.parametrize("nom", DURABLES)
def test_un_service_durable_est_sans_privilege_et_surveille(nom: str) -> None:
    service = SERVICES[nom]
    assert service["read_only"] is True
    assert service["cap_drop"] == ["ALL"]
    assert service["security_opt"] == ["no-new-privileges:true"]
    assert int(service["user"].split(":")[0]) > 0
    assert service["healthcheck"]["test"]
    assert service["restart"] == "unless-stopped"


def test_seul_caddy_est_expose() -> None:
    assert [nom for nom, service in SERVICES.items() if "ports" in service] == ["caddy"]
    assert COMPOSE["networks"]["donnees"]["internal"] is True
    assert SERVICES["postgresql"]["networks"] == SERVICES["valkey"]["networks"] == ["donnees"]


def test_les_volumes_et_reseaux_nommes_sont_declares() -> None:
    montes = {volume.split(":")[0] for s in SERVICES.values() for volume in s.get("volumes", [])}
    assert montes == set(COMPOSE["volumes"])
    assert {r for s in SERVICES.values() for r in s.get("networks", [])} == set(COMPOSE["networks"])


@pytest.mark.parametrize("nom", sorted(SERVICES))
def test_une_dependance_attend_ce_qu_elle_doit(nom: str) -> None:
    """Un service durable est attendu en bonne santé, un service ponctuel jusqu'à sa réussite."""
    for cible, attente in SERVICES[nom].get("depends_on", {}).items():
        ponctuel = cible in PONCTUELS
        attendu = "service_completed_successfully" if ponctuel else "service_healthy"
        assert attente["condition"] == attendu


def test_les_memes_reglages_pour_toute_l_application() -> None:
    environnements = [SERVICES[nom]["environment"] for nom in APPLICATIFS]
    assert all(environnement == environnements[0] for environnement in environnements)
    assert environnements[0]["DJANGO_SETTINGS_MODULE"] == "cls_platform.settings.prod"


def test_aucun_secret_n_a_de_valeur_par_defaut() -> None:
    texte = (PROJET / "docker-compose.yml").read_text()
    for variable in ("SECRET_KEY", "POSTGRES_PASSWORD", "DOMAINE"):
        assert f"${{{variable}:?" in texte
        assert f"${{{variable}:-" not in texte


def test_chaque_variable_de_compose_est_expliquee() -> None:
    variables = set(re.findall(r"(?<!\$)\$\{(\w+)", (PROJET / "docker-compose.yml").read_text()))
    expliquees = set(
        re.findall(r"^#? ?([A-Z_]+)=", (PROJET / ".env.example").read_text(), re.MULTILINE)
    )
    assert variables == expliquees


def test_chaque_variable_transmise_est_lue_par_les_reglages() -> None:
    reglages = "".join(c.read_text() for c in (PROJET / "cls_platform/settings").glob("*.py"))
    reglages += (PROJET / "cls_platform/gunicorn.py").read_text()
    lues_ailleurs = {"DJANGO_SETTINGS_MODULE", "FORWARDED_ALLOW_IPS"}
    transmises = set(SERVICES["web"]["environment"]) - lues_ailleurs
    assert [nom for nom in sorted(transmises) if f'"{nom}"' not in reglages] == []


def test_la_version_de_postgresql_est_celle_qui_est_annoncee() -> None:
    """La base embarquée devance d'une version majeure ; le fichier le dit."""
    majeure = int(re.search(r"postgres:(\d+)", SERVICES["postgresql"]["image"])[1])
    assert majeure == 17
    texte = (PROJET / "docker-compose.yml").read_text()
    assert f"embarque PostgreSQL {VERSION_POSTGRESQL}" in texte


def test_l_image_n_est_pas_root_et_suit_le_python_du_projet() -> None:
    dockerfile = (PROJET / "Dockerfile").read_text()
    etapes = dockerfile.split("\nFROM ")
    assert len(etapes) == 3
    assert re.search(r"^USER cls$", etapes[-1], re.MULTILINE)
    assert "--uid 10001" in etapes[-1]
    assert "--require-hashes" in etapes[1]
    projet = tomllib.loads((PROJET / "pyproject.toml").read_text())["project"]
    minimum = projet["requires-python"].removeprefix(">=")
    assert dockerfile.count(f"FROM python:{minimum}-slim-bookworm") == 2


def test_les_verrous_ne_nomment_aucun_registre_et_sont_a_jour() -> None:
    assert verrous_perimes(PROJET) == []
    for nom in ("requirements.lock", "requirements-dev.lock", "package-lock.json"):
        texte = (PROJET / nom).read_text()
        assert "resolved" not in texte
        assert not re.search(r"https?://(?!github\.com/sponsors|opencollective\.com)", texte)


def test_les_fichiers_du_navigateur_sont_entiers() -> None:
    chantier = vendor.Chantier(PROJET)
    assert vendor.est_a_jour(chantier, vendor.signature_des_sources(PROJET))
