"""Un vrai serveur de courriel, à qui l’on dit quoi refuser. Il garde ce qu’il a pris.

Il parle assez de SMTP (RFC 5321) pour un client ordinaire, une connexion par fil.
"""

import socketserver
import threading
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from email import message_from_bytes, policy
from email.message import EmailMessage
from typing import Any

from django.test import override_settings

PRIS = "250 2.0.0 pris"
Reponse = Callable[[str], str]


class Boite(socketserver.ThreadingTCPServer):
    """`recus` : les courriels acceptés. `au_destinataire`, `au_texte` : ce que l’on répond à qui.

    Une réponse vide coupe la ligne. `avant_de_prendre` est appelé, le texte reçu, avant de répondre.
    """

    daemon_threads = True
    allow_reuse_address = True

    def __init__(self) -> None:
        self.recus: list[EmailMessage] = []
        self.tentes: list[str] = []
        self.connexions = 0
        self.au_destinataire: Reponse = lambda _adresse: "250 oui"
        self.au_texte: Reponse = lambda _adresse: PRIS
        self.avant_de_prendre: Callable[[str], None] = lambda _adresse: None
        super().__init__(("127.0.0.1", 0), Conversation)

    @property
    def port(self) -> int:
        return int(self.server_address[1])

    def adresses(self) -> Counter[str]:
        """Combien de courriels chacun a reçus."""
        return Counter(recu["To"] for recu in self.recus)

    def retablir(self) -> None:
        self.au_destinataire = lambda _adresse: "250 oui"
        self.au_texte = lambda _adresse: PRIS


class Conversation(socketserver.StreamRequestHandler):
    server: Boite

    def handle(self) -> None:
        self.server.connexions += 1
        self.adresse = ""
        self.dire("220 essai.invalid")
        while ligne := self.rfile.readline():
            verbe, _, reste = ligne.decode().strip().partition(" ")
            suite = getattr(self, f"_{verbe.lower()}", self._autre)
            if not suite(reste):
                return

    def dire(self, reponse: str) -> bool:
        """Faux quand la ligne se coupe."""
        if reponse:
            self.wfile.write(f"{reponse}\r\n".encode())
        return bool(reponse) and not reponse.startswith("421")

    def _rcpt(self, reste: str) -> bool:
        self.adresse = reste.partition("<")[2].partition(">")[0]
        self.server.tentes.append(self.adresse)
        return self.dire(self.server.au_destinataire(self.adresse))

    def _data(self, _reste: str) -> bool:
        self.dire("354 allez-y")
        lignes: list[bytes] = []
        while (ligne := self.rfile.readline()) != b".\r\n":
            if not ligne:
                return False
            lignes.append(ligne.removeprefix(b"."))
        self.server.avant_de_prendre(self.adresse)
        reponse = self.server.au_texte(self.adresse)
        if reponse.startswith("250"):
            recu: Any = message_from_bytes(b"".join(lignes), policy=policy.default)
            self.server.recus.append(recu)
        return self.dire(reponse)

    def _quit(self, _reste: str) -> bool:
        self.dire("221 au revoir")
        return False

    def _autre(self, _reste: str) -> bool:
        return self.dire("250 oui")


@contextmanager
def ouverte() -> Iterator[Boite]:
    """Le serveur en marche ; les courriels de la plateforme y vont."""
    with Boite() as boite:
        fil = threading.Thread(target=boite.serve_forever, args=(0.02,), daemon=True)
        fil.start()
        try:
            with vers(boite.port):
                yield boite
        finally:
            boite.shutdown()
            fil.join()


def vers(port: int) -> override_settings:
    return override_settings(
        EMAIL_BACKEND="django.core.mail.backends.smtp.EmailBackend",
        EMAIL_HOST="127.0.0.1",
        EMAIL_PORT=port,
        EMAIL_USE_TLS=False,
        EMAIL_HOST_USER="",
    )
