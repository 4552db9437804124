"""La liste de travail calculée autrement : des conditions écrites une à une, sans SQL.

Rien ici n’importe la règle du produit. Un contrat est décrit par ses valeurs.
"""

from dataclasses import dataclass, field
from datetime import date

PREPARATION = {"INTENTION", "PREFIGURATION", "DIAGNOSTIC", "ELABORATION"}
SIGNEES = {"SIGNATURE", "MISE_EN_OEUVRE", "EVALUATION", "PROROGE"}


@dataclass(frozen=True)
class Territoire:
    """Un contrat décrit par ses valeurs. `ecrit_le` : son dernier jour d’activité."""

    phase: str
    signature: date | None
    debut: date | None
    fin: date | None
    communes: frozenset[str]
    coordonne: bool
    bilan: bool
    referent: bool
    ecrit_le: date
    # (a délibéré, a signé)
    signataires: tuple[tuple[bool, bool], ...] = field(default=())

    @property
    def est_ouvert(self) -> bool:
        return self.phase in PREPARATION | SIGNEES

    def est_compte(self, le: date) -> bool:
        """La couverture le compte, signé ou en projet."""
        if self.fin is not None and self.fin < le:
            return False
        if self.signature is not None and self.signature <= le:
            return (self.debut or self.signature) <= le or self.phase in PREPARATION
        return self.phase in PREPARATION


def un_an_apres(jour: date) -> date:
    return date(jour.year + 1, jour.month, jour.day)


def six_mois_avant(jour: date) -> date:
    mois = jour.month - 6
    return date(jour.year - (mois < 1), mois + 12 * (mois < 1), jour.day)


def motifs(t: Territoire, le: date) -> set[str]:
    trouves = motifs_de_duree(t, le)
    if t.phase != "INTENTION" and not t.coordonne:
        trouves.add("SANS_COORDINATEUR")
    if not t.bilan and attend_un_bilan(t, le.year - 1):
        trouves.add("SANS_BILAN")
    if t.ecrit_le < six_mois_avant(le):
        trouves.add("SANS_NOUVELLES")
    if not t.referent:
        trouves.add("SANS_REFERENT")
    return trouves


def motifs_de_duree(t: Territoire, le: date) -> set[str]:
    a_signer = t.phase == "SIGNATURE" and t.signature is None
    il_en_manque = t.phase == "SIGNATURE" and any(not signe for _, signe in t.signataires)
    trouves = {"SIGNATURE_ATTENDUE"} if a_signer or il_en_manque else set()
    if t.phase in PREPARATION or a_signer:
        return trouves | {"EN_PROJET"}
    if t.fin is not None and t.fin < le:
        return trouves | {"ECHU"}
    if t.fin is not None and t.fin <= un_an_apres(le):
        return trouves | {"FINIT_BIENTOT"}
    return trouves


def attend_un_bilan(t: Territoire, annee: int) -> bool:
    if t.phase not in SIGNEES or t.signature is None:
        return False
    debut = max(jour for jour in (t.signature, t.debut) if jour)
    return debut <= date(annee, 7, 1) and (t.fin is None or t.fin >= date(annee, 12, 31))


def etape(t: Territoire, le: date) -> str | None:
    """Le code de la première règle vraie."""
    trouves = motifs(t, le)
    ordre = (
        ("ECHU", "clore"),
        ("FINIT_BIENTOT", "choisir"),
        ("SIGNATURE_ATTENDUE", "relancer"),
        ("SANS_COORDINATEUR", "inviter"),
        ("EN_PROJET", "avancer"),
        ("SANS_BILAN", "bilan"),
        ("SANS_NOUVELLES", "nouvelles"),
        ("SANS_REFERENT", "affecter"),
    )
    return next((code for motif, code in ordre if motif in trouves), None)


def blancs(
    contrats: list[Territoire], epcis: dict[str, dict[str, int]], le: date
) -> dict[str, int]:
    """Les intercommunalités sans contrat et leur population ; `epcis` : SIREN → code → habitants."""
    comptes = [t for t in contrats if t.est_compte(le)]
    couvertes = set().union(*(t.communes for t in comptes))
    attendues = set().union(
        *(t.communes for t in contrats if t.est_ouvert and not t.est_compte(le))
    )
    return {
        siren: sum(membres.values())
        for siren, membres in epcis.items()
        if not attendues & membres.keys() and _domine_par_le_blanc(contrats, membres, couvertes, le)
    }


def _domine_par_le_blanc(
    contrats: list[Territoire], membres: dict[str, int], couvertes: set[str], le: date
) -> bool:
    """Aucun autre état ne réunit plus d’habitants que « aucun contrat »."""
    habitants: dict[str, int] = {}
    for code, population in membres.items():
        etat = _etat(contrats, code, couvertes, le)
        habitants[etat] = habitants.get(etat, 0) + population
    return max(habitants, key=lambda etat: habitants[etat]) == "AUCUN"


def _etat(contrats: list[Territoire], code: str, couvertes: set[str], le: date) -> str:
    if code not in couvertes:
        return "AUCUN"
    signes = [
        t
        for t in contrats
        if code in t.communes
        and t.est_compte(le)
        and t.signature is not None
        and t.signature <= le
        and (t.debut or t.signature) <= le
    ]
    if len(signes) > 1:
        return "PLUSIEURS"
    if not signes:
        return "EN_PROJET"
    fin = signes[0].fin
    return "FINIT_BIENTOT" if fin is not None and fin <= un_an_apres(le) else "SIGNE"
