"""Une ligne d’une liste de contrats : ce qu’elle dit, et tout ce qui s’y refuse."""

from collections.abc import Callable
from typing import Any, TypeVar

from cls_platform.socle.tableur.remarques import Remarque, ValeurRefusee, remarque
from cls_platform.socle.tableur.table import Colonne, Ligne, Table
from contrats.import_cls.colonnes import (
    CODE,
    COMMUNES,
    DEBUT,
    DEPUIS,
    FIN,
    GENERATION,
    NOM,
    PHASE,
    PORTEUR,
    PORTEUR_NOM,
    REGION,
    SIGNATURE,
)
from contrats.import_cls.rapport import ContratLu
from contrats.import_cls.references import SIREN, References, codes_de
from contrats.import_cls.valeurs import (
    CODE_MAX,
    NOM_MAX,
    PORTEUR_MAX,
    lire_date,
    lire_generation,
    lire_phase,
    lire_siren,
    lire_texte,
    refuser_les_erreurs_de_formule,
)

T = TypeVar("T")


class LectureLigne:
    """Lit toute la ligne avant de la refuser : chaque cellule fautive a sa remarque."""

    def __init__(self, table: Table, ligne: Ligne, references: References) -> None:
        self.table, self.ligne, self.references = table, ligne, references
        self.erreurs: list[Remarque] = []
        self.avis: list[Remarque] = []

    def lire(self) -> ContratLu:
        return ContratLu(
            ligne=self.ligne.numero,
            code=self._cellule(CODE, lambda v: lire_texte(v, CODE_MAX)) or "",
            nom=self._cellule(NOM, lambda v: lire_texte(v, NOM_MAX)),
            region=self._cellule(REGION, self._region),
            porteur_siren=self._cellule(PORTEUR, lire_siren),
            porteur_nom=self._cellule(PORTEUR_NOM, lambda v: lire_texte(v, PORTEUR_MAX)),
            communes=self._cellule(COMMUNES, self._communes),
            date_signature=self._cellule(SIGNATURE, lire_date),
            debut=self._cellule(DEBUT, lire_date),
            fin=self._cellule(FIN, lire_date),
            generation=self._cellule(GENERATION, lire_generation),
            phase=self._cellule(PHASE, lire_phase),
            date_perimetre=self._cellule(DEPUIS, lire_date),
        )

    def _cellule(self, colonne: Colonne, lire: Callable[[Any], T | None]) -> T | None:
        valeur = self.ligne.valeurs.get(colonne.cle)
        try:
            refuser_les_erreurs_de_formule(valeur)
            return lire(valeur)
        except ValeurRefusee as refus:
            self.refuser(colonne, str(refus))
            return None

    def refuser(self, colonne: Colonne, message: str, valeur: str | None = None) -> None:
        self.erreurs.append(self._remarque(colonne, message, valeur))

    def avertir(self, colonne: Colonne, message: str, valeur: str | None = None) -> None:
        self.avis.append(self._remarque(colonne, message, valeur))

    def _remarque(self, colonne: Colonne, message: str, valeur: str | None) -> Remarque:
        montree = self.ligne.texte(colonne.cle) if valeur is None else valeur
        return remarque(self.ligne.numero, self.table.entete(colonne.cle), montree, message)

    def _region(self, valeur: Any) -> str | None:
        """Par son code ou par son nom ; le zéro qu’ôte un tableur est remis."""
        texte = lire_texte(valeur, 100)
        if texte is None:
            return None
        code = texte.zfill(2) if texte.isascii() and texte.isdigit() else ""
        trouvee = code if code in self.references.regions else self.references.region(texte)
        if not trouvee:
            raise ValeurRefusee(
                "Cette région n’existe pas. Écrivez son code, comme 53, ou son nom."
            )
        return trouvee

    def _communes(self, valeur: Any) -> dict[str, str | None] | None:
        """Codes Insee et SIREN d’intercommunalités ; chaque code fautif a sa remarque."""
        communes: dict[str, str | None] = {}
        fautes = len(self.erreurs)
        for code in codes_de(self.ligne):
            if len(code) == SIREN:
                self._deplier(code, communes)
                continue
            trouvee = self.references.communes[code]
            if trouvee.refus:
                self.refuser(COMMUNES, trouvee.refus, code)
                continue
            if trouvee.succession:
                self.avertir(COMMUNES, trouvee.succession, code)
            communes.setdefault(trouvee.code, None)
        return communes if communes and len(self.erreurs) == fautes else None

    def _deplier(self, siren: str, communes: dict[str, str | None]) -> None:
        if siren not in self.references.groupes:
            self.refuser(
                COMMUNES,
                "Aucune intercommunalité n’a ce SIREN, ou elle n’a plus de commune.",
                siren,
            )
            return
        codes, epci = self.references.groupes[siren]
        for code in codes:
            communes[code] = communes.get(code) or epci
