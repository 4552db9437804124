"""Des contrats tirés au hasard, et leur écriture en base."""

from datetime import UTC, date, datetime, time, timedelta

from hypothesis import strategies as st

from acteurs.models import Acteur, Commune, Utilisateur
from bilans.models import Bilan
from contrats.models import (
    Contrat,
    Participation,
    Partie,
    PassagePhase,
    Perimetre,
    SuiviTerritoire,
)
from tests.contrats.a_faire.calcul import PREPARATION, SIGNEES, Territoire

PHASES = sorted(PREPARATION | SIGNEES)
ENTREE = date(2016, 1, 1)
EPCIS = ("200068120", "243500659")


def populations() -> dict[str, dict[str, int]]:
    """Les deux intercommunalités bretonnes de la base de test."""
    lues: dict[str, dict[str, int]] = {}
    for siren, code, habitants in Commune.objects.filter(epci__in=EPCIS).values_list(
        "epci", "code", "population"
    ):
        lues.setdefault(siren, {})[code] = habitants or 0
    return lues


def jours(le: date) -> st.SearchStrategy[date]:
    """Autour des bornes : aujourd’hui, dans un an, l’an dernier."""
    ecarts = st.sampled_from([-900, -500, -366, -1, 0, 1, 200, 364, 365, 366, 800])
    return ecarts.map(lambda n: le + timedelta(days=n))


@st.composite
def territoires(draw: st.DrawFn, communes: list[str], le: date) -> Territoire:
    debut, fin = draw(st.none() | jours(le)), draw(st.none() | jours(le))
    if debut and fin and fin <= debut:
        debut, fin = fin, debut + timedelta(days=30)
    return Territoire(
        phase=draw(st.sampled_from(PHASES)),
        signature=draw(st.none() | jours(le)),
        debut=debut,
        fin=fin,
        communes=draw(st.frozensets(st.sampled_from(communes), max_size=12)),
        coordonne=draw(st.booleans()),
        bilan=draw(st.booleans()),
        referent=draw(st.booleans()),
        ecrit_le=le - timedelta(days=draw(st.sampled_from([0, 30, 180, 181, 182, 400]))),
        signataires=tuple(draw(st.lists(st.tuples(st.booleans(), st.booleans()), max_size=3))),
    )


def ecrire(monde: list[Territoire], agent: Utilisateur, le: date) -> list[Contrat]:
    ars = Acteur.objects.get(type="ars", region="53")
    organisations = [
        Acteur(nom=f"Organisation {rang}", type_id="epci", est_demonstration=True)
        for rang in range(3)
    ]
    Acteur.objects.bulk_create(organisations)
    contrats = []
    for rang, t in enumerate(monde):
        moment = datetime.combine(t.ecrit_le, time(12), UTC)
        contrats.append(
            Contrat(
                nom=f"Contrat au hasard {rang}", slug=f"hasard-{rang}", region_id="53", ars=ars,
                phase=t.phase, date_signature=t.signature, date_debut=t.debut, date_fin=t.fin,
                cree_le=moment, modifie_le=moment,
            )
        )  # fmt: skip
    Contrat.objects.bulk_create(contrats)
    couples = list(zip(contrats, monde, strict=True))
    PassagePhase.objects.bulk_create(
        PassagePhase(contrat=c, vers=t.phase, date_effet=le - timedelta(days=10))
        for c, t in couples
    )
    PassagePhase.objects.update(fait_le=datetime.combine(ENTREE, time(12), UTC))
    Perimetre.objects.bulk_create(
        Perimetre(contrat=c, commune_id=code, date_entree=ENTREE)
        for c, t in couples
        for code in t.communes
    )
    Participation.objects.bulk_create(
        Participation(contrat=c, utilisateur=agent, role="COORDINATEUR")
        for c, t in couples
        if t.coordonne
    )
    SuiviTerritoire.objects.bulk_create(
        SuiviTerritoire(contrat=c, region_id="53", referent=agent) for c, t in couples if t.referent
    )
    Partie.objects.bulk_create(
        Partie(
            contrat=c, acteur=organisations[rang], role="SIGNATAIRE",
            date_deliberation=ENTREE if delibere else None,
            date_signature=ENTREE if signe else None,
            modifie_le=datetime.combine(ENTREE, time(12), UTC),
        )
        for c, t in couples
        for rang, (delibere, signe) in enumerate(t.signataires)
    )  # fmt: skip
    Bilan.objects.bulk_create(
        Bilan(
            contrat=c, annee=le.year - 1, statut="PUBLIE", instantane={}, sha256="a" * 64,
            chemin="x.pdf", publie_le=datetime.combine(le, time(8), UTC),
        )
        for c, t in couples
        if t.bilan
    )  # fmt: skip
    return contrats
