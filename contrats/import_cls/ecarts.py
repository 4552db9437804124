"""Ce qu’une ligne changerait à un contrat connu, champ par champ."""

from collections.abc import Iterator, Set
from datetime import date

from cls_platform.socle.tableur.feuille import epurer
from cls_platform.socle.typographie import pluriel
from contrats.etats import Phase
from contrats.import_cls.actes import communes_tenues
from contrats.import_cls.rapport import ContratLu, Ecart
from contrats.import_cls.references import ContratConnu, References
from contrats.import_cls.valeurs import en_mots, normal

NOMS_MONTRES = 6
# Champ de la ligne → champ du contrat
SIMPLES = {
    "date_signature": "date_signature",
    "debut": "date_debut",
    "fin": "date_fin",
    "generation": "generation",
}


def ecarts_de(lu: ContratLu, connu: ContratConnu, references: References, le: date) -> list[Ecart]:
    return [
        *_du_nom(lu, connu),
        *_simples(lu, connu),
        *_de_la_phase(lu, connu),
        *_du_porteur(lu, connu, references),
        *_des_communes(lu, connu, references, le),
    ]


def _du_nom(lu: ContratLu, connu: ContratConnu) -> Iterator[Ecart]:
    avant = normal(epurer(connu.contrat.nom))
    if lu.nom is not None and lu.nom != avant:
        yield Ecart("nom", avant, lu.nom)


def _simples(lu: ContratLu, connu: ContratConnu) -> Iterator[Ecart]:
    for champ, colonne in SIMPLES.items():
        avant, apres = getattr(connu.contrat, colonne), getattr(lu, champ)
        if apres is not None and apres != avant:
            yield Ecart(champ, en_mots(avant), en_mots(apres))


def _de_la_phase(lu: ContratLu, connu: ContratConnu) -> Iterator[Ecart]:
    if lu.phase is not None and lu.phase != connu.contrat.phase:
        yield Ecart("phase", str(Phase(connu.contrat.phase).label), str(Phase(lu.phase).label))


def _du_porteur(lu: ContratLu, connu: ContratConnu, references: References) -> Iterator[Ecart]:
    siren = lu.porteur_siren
    if siren is None or any(partie.acteur.siren == siren for partie in connu.porteurs):
        return
    organisation = references.organisations.get(siren)
    nom = organisation.nom if organisation else lu.porteur_nom or f"Organisation {siren}"
    avant = ", ".join(partie.acteur.nom for partie in connu.porteurs)
    yield Ecart("porteur_siren", avant, f"{nom} ({siren})")


def _des_communes(
    lu: ContratLu, connu: ContratConnu, references: References, le: date
) -> Iterator[Ecart]:
    if lu.communes is None:
        return
    avant = communes_ouvertes(connu, references)
    tenues = communes_tenues(connu, lu.date_perimetre or le)
    entrent, sortent = set(lu.communes) - avant - tenues, avant - set(lu.communes) - tenues
    if not entrent and not sortent:
        return
    apres = [pluriel(len(avant) + len(entrent) - len(sortent), "commune")]
    apres += [f"entrent : {_noms(entrent, references)}"] if entrent else []
    apres += [f"sortent : {_noms(sortent, references)}"] if sortent else []
    yield Ecart("codes_insee", pluriel(len(avant), "commune"), "\u202f; ".join(apres))


def communes_ouvertes(connu: ContratConnu, references: References) -> set[str]:
    """Les communes du périmètre ; une commune fusionnée y est par celle qui lui succède."""
    return {
        commune_actuelle(perimetre.commune_id, references)
        for perimetre in connu.perimetres
        if perimetre.date_sortie is None
    }


def commune_actuelle(code: str, references: References) -> str:
    trouvee = references.communes.get(code)
    return trouvee.code if trouvee and trouvee.code else code


def _noms(codes: Set[str], references: References) -> str:
    ranges = sorted(codes)
    noms = [
        trouvee.nom if (trouvee := references.communes.get(code)) and trouvee.nom else code
        for code in ranges[:NOMS_MONTRES]
    ]
    reste = len(ranges) - len(noms)
    return ", ".join(noms) + (
        f" et {reste} autres" if reste > 1 else " et une autre" if reste else ""
    )
