"""Les services embarqués, sur un dossier à part : ceux des autres tests ne sont jamais touchés."""

import os
import signal
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path

import dj_database_url
import psycopg
import pytest
import redis

from cls_platform.celery import app
from cls_platform.socle import services_locaux
from cls_platform.socle.services_locaux import ServicesDemarres, ServicesLocaux
from cls_platform.socle.services_locaux.emplacements import (
    PROJET,
    Compte,
    Emplacement,
    emplacement,
    emplacement_du_projet,
)

TOUT = ServicesDemarres(postgresql=True, valkey=True)
RIEN = ServicesDemarres(postgresql=False, valkey=False)
LONGUEUR_MAX_SOCKET = 107


@pytest.fixture(scope="module")
def lieu() -> Iterator[Emplacement]:
    """Sous le dossier temporaire du système : celui de pytest est fermé au compte de PostgreSQL."""
    lieu = emplacement(Path(tempfile.mkdtemp(prefix="cls-essai-")))
    yield lieu
    ServicesLocaux(lieu).effacer()


@pytest.fixture
def services(lieu: Emplacement) -> Iterator[ServicesLocaux]:
    services = ServicesLocaux(lieu, jetable=True)
    yield services
    services.arreter()


def valeur(services: ServicesLocaux, *requetes: str) -> object:
    with psycopg.connect(services.emplacement.adresse_postgresql) as connexion:
        for requete in requetes:
            curseur = connexion.execute(requete)
        return curseur.fetchone()[0]


def pids(services: ServicesLocaux) -> tuple[int, int]:
    compte = Compte()
    return services._postgresql(compte).processus.pid, services._valkey(compte).processus.pid


def test_demarrer_deux_fois_ne_demarre_qu_une_fois(services: ServicesLocaux) -> None:
    assert services.demarrer() == TOUT
    avant = pids(services)
    assert services.demarrer() == RIEN
    assert pids(services) == avant
    assert services.en_service()
    assert valeur(services, "select 1") == 1
    services.arreter()
    assert not services.en_service()


def test_les_adresses_conviennent_a_chacun(services: ServicesLocaux) -> None:
    services.demarrer()
    lieu = services.emplacement
    lu = dj_database_url.parse(lieu.adresse_postgresql)
    assert (lu["HOST"], lu["NAME"], lu["USER"]) == (str(lieu.sockets), "cls", "cls")
    assert redis.Redis.from_url(lieu.adresse_valkey).ping()
    courtier = services_locaux.adresse_courtier(lieu.adresse_valkey)
    with app.connection(courtier, connect_timeout=1) as connexion:
        connexion.ensure_connection(max_retries=1)


@pytest.mark.parametrize(
    ("requete", "attendu"),
    [
        ("show server_encoding", "UTF8"),
        ("show timezone", "UTC"),
        ("show listen_addresses", ""),
        ("show fsync", "off"),
        ("select datcollate from pg_database where datname = 'cls'", "C"),
    ],
)
def test_reglages_de_la_base(services: ServicesLocaux, requete: str, attendu: str) -> None:
    services.demarrer()
    assert valeur(services, requete) == attendu


def test_apres_kill_9_tout_repart_avec_ses_donnees(services: ServicesLocaux) -> None:
    services.demarrer()
    valeur(
        services,
        "set synchronous_commit = on",
        "create table temoin as select 42 as valeur",
        "select 1",
    )
    for pid in pids(services):
        os.kill(pid, signal.SIGKILL)
    assert services.demarrer() == TOUT
    assert valeur(services, "select valeur from temoin") == 42


def test_un_pid_reattribue_n_empeche_pas_de_demarrer(services: ServicesLocaux) -> None:
    """Après une coupure, postmaster.pid peut désigner un programme vivant qui n'a rien à voir."""
    services.demarrer()
    services.arreter()
    donnees = services._postgresql(Compte()).donnees
    lignes = [str(os.getppid()), str(donnees), "0", "5432", str(services.emplacement.sockets)]
    (donnees / "postmaster.pid").write_text("\n".join([*lignes, "", "0 0", "ready", ""]))
    assert not services.en_service()
    assert services.demarrer() == TOUT
    assert valeur(services, "select 1") == 1


def test_le_dernier_parti_eteint(services: ServicesLocaux) -> None:
    with ExitStack() as premier, ExitStack() as second:
        assert premier.enter_context(services.bail()) == TOUT
        assert second.enter_context(services.bail()) == RIEN
        premier.close()
        assert services.en_service()
        second.close()
        assert not services.en_service()


def test_des_services_a_demeure_survivent_au_dernier_bail(services: ServicesLocaux) -> None:
    services.demarrer()
    with services.bail() as demarres:
        assert demarres == RIEN
    assert services.en_service()


def test_un_seul_service_quand_l_autre_adresse_est_donnee(services: ServicesLocaux) -> None:
    with services.bail(frozenset({"valkey"})) as demarres:
        assert demarres == ServicesDemarres(postgresql=False, valkey=True)


def test_plusieurs_processus_a_la_fois(services: ServicesLocaux) -> None:
    """Un seul démarre ; aucun n'éteint sous les pieds des autres ; le dernier éteint."""
    code = (
        "import sys, time; from pathlib import Path\n"
        "from cls_platform.socle.services_locaux import ServicesLocaux\n"
        "from cls_platform.socle.services_locaux.emplacements import emplacement\n"
        "services = ServicesLocaux(emplacement(Path(sys.argv[1])), jetable=True)\n"
        "with services.bail() as demarres:\n"
        "    assert services.en_service(); time.sleep(float(sys.argv[2]))\n"
        "    assert services.en_service(); print(demarres.postgresql)\n"
    )
    commande = [sys.executable, "-c", code, str(services.emplacement.dossier)]
    lances = [
        subprocess.Popen(
            [*commande, attente], cwd=PROJET, stdout=subprocess.PIPE, stderr=subprocess.PIPE
        )
        for attente in ("0.1", "0.4", "0.8")
    ]
    sorties = [lance.communicate(timeout=60) for lance in lances]
    assert [lance.returncode for lance in lances] == [0, 0, 0], sorties
    assert sorted(sortie for sortie, _ in sorties) == [b"False\n", b"False\n", b"True\n"]
    assert not services.en_service()


def test_un_chemin_trop_long_pour_un_socket_passe_par_le_dossier_temporaire() -> None:
    profond = Path("/", *["dossier-au-nom-interminable"] * 5, ".services")
    lieu = emplacement(profond)
    assert lieu.dossier == profond
    assert len(str(lieu.sockets / ".s.PGSQL.5432.lock")) <= LONGUEUR_MAX_SOCKET
    assert lieu.sockets != emplacement(profond / "autre").sockets


def test_l_adresse_ne_depend_que_du_dossier_du_projet() -> None:
    ici = emplacement_du_projet(Path("/srv/un"))
    assert ici == emplacement_du_projet(Path("/srv/un"))
    assert ici != emplacement_du_projet(Path("/srv/deux"))


@pytest.mark.parametrize(
    ("mots", "attendu"),
    [
        (["manage.py", "migrate"], True),
        (["manage.py", "shell"], True),
        (["manage.py"], False),
        (["manage.py", "--version"], False),
        (["manage.py", "migrate", "--help"], False),
        (["manage.py", "collectstatic"], False),
    ],
)
def test_une_commande_ne_demarre_que_ce_qu_elle_emploie(
    monkeypatch: pytest.MonkeyPatch,
    services: ServicesLocaux,
    mots: list[str],
    attendu: bool,
) -> None:
    monkeypatch.delenv("DATABASE_URL", raising=False)
    monkeypatch.delenv("REDIS_URL", raising=False)
    monkeypatch.setattr(services_locaux, "du_projet", lambda **_: services)
    with services_locaux.en_marche_pour(mots):
        assert services.en_service() is attendu
    assert not services.en_service()


def test_rien_ne_demarre_quand_les_adresses_sont_donnees(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DATABASE_URL", "postgresql://ailleurs/cls")
    monkeypatch.setenv("REDIS_URL", "redis://ailleurs:6379/0")
    assert services_locaux.services_necessaires() == frozenset()
    with services_locaux.bail() as demarres:
        assert demarres == RIEN


@pytest.mark.parametrize(
    ("adresse", "attendue"),
    [
        ("redis://hote:6379/2", "redis://hote:6379/2"),
        ("unix:///tmp/s/valkey?db=3", "redis+socket:///tmp/s/valkey?virtual_host=3"),
        ("unix:///tmp/s/valkey", "redis+socket:///tmp/s/valkey?virtual_host=0"),
    ],
)
def test_adresse_du_courtier(adresse: str, attendue: str) -> None:
    assert services_locaux.adresse_courtier(adresse) == attendue
