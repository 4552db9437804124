"""Un état passé d’un champ, écrit comme on le lit, ce qui a changé souligné."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.utils.safestring import SafeString

from contrats.comparaison import souligner
from contrats.forms.valeurs_action import en_mots
from contrats.genres_libres import en_mots as libre_en_mots
from contrats.histoire.champ import Etat, modele_cite
from contrats.histoire.etats import Valeurs
from contrats.models import Action, ChampLibre
from contrats.models.vocabulaire_liens import LIENS, LIES_D_AILLEURS, PREFIXE_LIBRE

SUPPRIME = "élément supprimé"
NOMMER = {
    "statut_est_impose": "Tenu malgré l’échéance",
    "statut_raison": "Raison",
    "pilote_personne": "Personne",
    "pilote_nom": "Personne sans compte",
    "date_debut": "Début",
    "date_fin": "Échéance",
    "numero": "Numéro",
    "objectif": "Objectif",
    "action_precedente": "Prolonge",
    "participation_detail": "Précisions",
    "autres_plans": "Précisions",
}


@dataclass(frozen=True, slots=True)
class EtatMontre:
    """Un état écrit, ce qui diffère de l’état d’avant souligné."""

    etat: Etat
    texte: SafeString
    moyen: str
    est_actuel: bool


def moyen(via: str) -> str:
    """Par quoi l’écriture est passée ; vide pour une page, le cas ordinaire."""
    if via.startswith("api:"):
        return f"par l’outil «\u00a0{via.removeprefix('api:')}\u00a0»"
    return {"import": "par un import", "historique": "valeur rétablie"}.get(via, "")


def montrer(
    etats: list[Etat], noms: "Noms", *, debut: int = 0, nombre: int = 20
) -> list[EtatMontre]:
    """Une page d’états ; celui qui suit la page sert de comparaison."""
    montres = []
    for rang in range(debut, min(debut + nombre, len(etats))):
        etat = etats[rang]
        texte = noms.ecrire(etat.valeurs)
        ancien = noms.ecrire(etats[rang + 1].valeurs) if rang + 1 < len(etats) else texte
        souligne, _ = souligner(texte, ancien)
        montres.append(EtatMontre(etat, souligne, moyen(etat.via), est_actuel=rang == 0))
    return montres


class Noms:
    """Le nom de chaque élément cité par des états, lu d’un coup."""

    def __init__(self, action: Action, etats: Iterable[Etat]) -> None:
        self.action = action
        self.libres: dict[str, ChampLibre] = {}
        self.noms: dict[tuple[str, str], str] = {}
        etats = list(etats)
        champs = {nom for etat in etats for nom in etat.valeurs}
        for nom in champs:
            self._lire(nom, {cle for e in etats for cle in _cles(e.valeurs[nom])})

    def _lire(self, nom: str, cles: set[str]) -> None:
        if nom.startswith(PREFIXE_LIBRE):
            if champ := ChampLibre.objects.filter(pk=nom.removeprefix(PREFIXE_LIBRE)).first():
                self.libres[nom] = champ
        elif cles and (modele := modele_cite(nom)) is not None:
            for element in modele.filter(pk__in=cles):
                self.noms[nom, str(element.pk)] = str(element)

    def ecrire(self, valeurs: Valeurs) -> str:
        """Une ligne par champ ; seul le premier se passe de nom."""
        textes = ((nom, self.mot(nom, valeur)) for nom, valeur in valeurs.items())
        return "\n".join(
            f"{NOMMER[nom]}\u00a0: {texte}" if nom in NOMMER and len(valeurs) > 1 else texte
            for nom, texte in textes
            if texte and not (texte == "non" and nom == "statut_est_impose")
        )

    def mot(self, nom: str, valeur: Any) -> str:
        if nom in LIENS or nom in LIES_D_AILLEURS:
            return ", ".join(sorted(self.noms.get((nom, cle), SUPPRIME) for cle in valeur))
        if nom in self.libres:
            return str(libre_en_mots(self.libres[nom].genre, valeur)) if valeur else ""
        if not nom.startswith(PREFIXE_LIBRE) and Action._meta.get_field(nom).is_relation:
            return self.noms.get((nom, str(valeur)), SUPPRIME) if valeur else ""
        return en_mots(nom, valeur)


def _cles(valeur: Any) -> set[str]:
    if isinstance(valeur, frozenset):
        return set(valeur)
    return {str(valeur)} if valeur else set()
