"""Des listes de contrats d’essai, en CSV, et leur import."""

from datetime import date
from typing import Any

from contrats.import_cls.rapport import RapportCls
from contrats.models import Contrat
from contrats.services.import_cls import importer_liste, lire_liste

LE = date(2026, 11, 22)
ENTETE = "code_cls;nom;region;porteur_siren;codes_insee;date_signature;debut;fin;generation;phase"
QUIMPER_BO = "200068120"
CHATEAUGIRON = "243500659"
# Le contrat signé des tests : commencé avant d’être signé
SIGNE = f"BRE-01;Cornouaille d’essai;53;{QUIMPER_BO};29232,29020;22/01/2024;01/01/2024;31/12/2028;1;Mise en œuvre"


def csv(*lignes: str, entete: str = ENTETE) -> bytes:
    return "\n".join((entete, *lignes)).encode()


def importer(contenu: bytes, par: Any, **options: Any) -> RapportCls:
    nom, le = options.pop("nom", "liste.csv"), options.pop("le", LE)
    return importer_liste(table=lire_liste(contenu, nom), le=le, par=par, **options)


def contrat(code: str = "BRE-01") -> Contrat:
    return Contrat.objects.get(numero=code)


def messages(rapport: RapportCls) -> list[tuple[int, str, str, str]]:
    """(ligne, colonne, valeur, phrase) de chaque refus."""
    return [(e.ligne, e.colonne, e.valeur, e.message) for e in rapport.erreurs]


def ecarts(rapport: RapportCls) -> dict[str, tuple[str, str]]:
    """Ceux du seul contrat modifié : champ → (avant, après)."""
    (ligne,) = rapport.modifications
    return {e.champ: (e.avant, e.apres) for e in ligne.ecarts}


def passages(code: str = "BRE-01") -> list[tuple[str, str]]:
    """(phase, jour) dans l’ordre."""
    lus = contrat(code).passages.order_by("date_effet", "pk")
    return [(p.vers, f"{p.date_effet:%d/%m/%Y}") for p in lus]


def communes(code: str = "BRE-01", le: date = LE) -> set[str]:
    return set(contrat(code).perimetres.codes_au(le))
