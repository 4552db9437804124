"""La démonstration ne laisse rien derrière elle, et dit clairement ce qui manque."""

import os
import signal
import socket
import subprocess
import sys
import time
from contextlib import ExitStack
from pathlib import Path

import pytest

from cls_platform.demo import lanceur, systeme
from cls_platform.demo.affichage import ErreurDemo, duree

# Lance un enfant, écrit son pid, et ignore la demande d'arrêt : le pire des programmes.
TETU = (
    "import pathlib, signal, subprocess, sys, time\n"
    "signal.signal(signal.SIGTERM, signal.SIG_IGN)\n"
    "enfant = subprocess.Popen([sys.executable, '-c', 'import time; time.sleep(60)'])\n"
    "pathlib.Path(sys.argv[1]).write_text(str(enfant.pid))\n"
    "time.sleep(60)\n"
)


def vit(pid: int) -> bool:
    try:
        etat = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0]
    except FileNotFoundError:
        return False
    return etat != "Z"


def attendre_fichier(chemin: Path) -> str:
    limite = time.monotonic() + 10
    while time.monotonic() < limite:
        if chemin.exists() and chemin.read_text():
            return chemin.read_text()
        time.sleep(0.02)
    raise AssertionError(f"{chemin} n’est pas venu")


@pytest.mark.skipif(not Path("/proc/self").exists(), reason="lit /proc")
def test_arreter_tue_aussi_les_enfants_d_un_programme_tetu(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(lanceur, "DELAI_ARRET_SECONDES", 0.3)
    temoin = tmp_path / "pid"
    programme = lanceur.lancer("têtu", ["-c", TETU, str(temoin)], tmp_path / "tetu.log")
    petit_enfant = int(attendre_fichier(temoin))
    assert vit(petit_enfant)
    avant = signal.getsignal(signal.SIGINT)
    lanceur.arreter([programme])
    assert programme.processus.poll() == -signal.SIGKILL
    limite = time.monotonic() + 5
    while vit(petit_enfant) and time.monotonic() < limite:
        time.sleep(0.02)
    assert not vit(petit_enfant)
    assert signal.getsignal(signal.SIGINT) is avant


def test_un_programme_lance_ne_recoit_pas_le_ctrl_c_du_terminal(tmp_path: Path) -> None:
    programme = lanceur.lancer("calme", ["-c", "import time; time.sleep(60)"], tmp_path / "x.log")
    try:
        assert os.getsid(programme.processus.pid) != os.getsid(0)
    finally:
        lanceur.arreter([programme])


def test_un_programme_mort_est_signale_avec_son_journal(tmp_path: Path) -> None:
    journal = tmp_path / "mort.log"
    programme = lanceur.lancer("Le serveur", ["-c", "import sys; sys.exit('panne 42')"], journal)
    programme.processus.wait()
    with pytest.raises(ErreurDemo, match="Le serveur s’est arrêté") as saisie:
        lanceur.surveiller([programme], jusqua=lambda: False)
    assert "panne 42" in str(saisie.value)
    assert str(journal) in str(saisie.value)


def test_rien_ne_survit_a_la_demonstration(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    dormir = ["-c", "import time; time.sleep(60)"]
    monkeypatch.setattr(lanceur, "commandes", lambda *_: {"a": dormir, "b": dormir})
    with ExitStack() as demonstration:
        programmes = demonstration.enter_context(lanceur.en_marche(8000, tmp_path))
        assert [programme.processus.poll() for programme in programmes] == [None, None]
    assert [programme.processus.poll() for programme in programmes] == [-signal.SIGTERM] * 2


def test_un_port_pris_donne_une_phrase_et_un_remede() -> None:
    with socket.socket() as occupant:
        occupant.bind((systeme.ADRESSE_LOCALE, 0))
        occupant.listen()
        port = occupant.getsockname()[1]
        with pytest.raises(ErreurDemo, match=rf"port {port} est déjà pris.*PORT={port + 1}"):
            systeme.exiger_port(port)
    systeme.exiger_port(port)


@pytest.mark.parametrize("port", [0, 70_000])
def test_un_port_impossible_est_refuse(port: int) -> None:
    with pytest.raises(ErreurDemo, match="entre 1 et 65535"):
        systeme.exiger_port(port)


def test_un_logiciel_absent_sans_droit_de_l_installer(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(systeme.os, "geteuid", lambda: 1000)
    monkeypatch.setattr(systeme.shutil, "which", lambda _: None)
    with pytest.raises(ErreurDemo, match="sudo apt-get install chromium"):
        systeme.exiger_navigateur()


def test_l_amorce_ne_charge_que_la_bibliotheque_standard() -> None:
    """Elle tourne avec le Python de la machine, avant que l'environnement n'existe."""
    code = "import cls_platform.demo.amorcer, cls_platform.socle.verrous"
    commande = [sys.executable, "-I", "-S", "-c", f"import sys; sys.path.insert(0, '.'); {code}"]
    resultat = subprocess.run(
        commande, cwd=Path(__file__).parents[2], capture_output=True, text=True, check=False
    )
    assert resultat.returncode == 0, resultat.stderr


def test_une_duree_se_lit_en_francais() -> None:
    assert duree(1.25) == "1,2\u00a0s"
