"""La lecture rapide trouve exactement ce que trouve une lecture naïve, lettre à lettre."""

from hypothesis import example, given, settings
from hypothesis import strategies as st

from bilans.langage import (
    Reglement,
    Terme,
    employes,
    mesurer,
    mots,
    relever,
    relire,
    reperer,
    segments,
)
from bilans.langage.conjugaison import formes
from bilans.mots import _termes
from tests.appuis.proprietes import sans_chrono
from tests.bilans.langage import naif, naif_regles, naif_termes
from tests.bilans.langage.livres import LEXIQUE, MOTS, REGLEMENT

TERMES = [
    terme.terme.replace("{nombre}", nombre).replace("{duree}", "mois")
    for terme in REGLEMENT.termes
    for nombre in ("deux", "quelques", "18")
]
CONJUGUES = [
    forme
    for verbe in ("être", "effectuer", "procéder", "prendre", "mutualiser", "mettre", "faire")
    for forme in formes(verbe).values()
]
DES_REGLES = sorted(
    mot for regle in REGLEMENT.regles.values() for mot in regle.mots | regle.exceptions
)
COURANTS = [
    "de",
    "la",
    "le",
    "les",
    "l",
    "à",
    "au",
    "aux",
    "une",
    "un",
    "des",
    "du",
    "d",
    "n",
    "ne",
    "pas",
    "sans",
    "non",
    "depuis",
    "il",
    "y",
    "a",
    "dans",
    "deux",
    "3",
    "quelques",
    "an",
    "ans",
    "mois",
    "dernier",
    "prochaine",
    "année",
    "cette",
    "l’an",
    "dès",
    "décision",
    "décisions",
    "évaluation",
    "réalisation",
    "rapidement",
    "donnée",
    "ouvert",
    "été",
    "né",
    "vue",
    "habitants",
    "M",
    "Mme",
    "Dr",
    "cf",
    "etc",
    "p",
]
CAPITALES = [
    *sorted(LEXIQUE.sens), *sorted(LEXIQUE.admis), "ZYX", "QQQs", "LES ACTIONS DE LA VILLE",
    "RESPONSABILITÉ", "C.L.S.", "A.R.S", "É", "C2S", "B12",
]  # fmt: skip
ADRESSES = [
    "a@b.fr", "https://ARS.fr/x.", "[lien](https://a.fr/été)", "www.ORS.fr", "CPTS.fr,", "Mailto:x",
    "exemple.org", "x.y", "12.5", "3,14", "1 200", "2\u00a0000", "1.", "2)",
]  # fmt: skip
TOURNURES = [
    "a été ouvert", "se sont donnés", "sont très souvent prises", "est pas plus jamais ouvert",
    "procédons à la réalisation", "effectuer une des évaluations", "assurer à la les formation",
    "il n’est pas simple de ne rien dire sans aide", "l’établissement scolaire", "Afin d’",
    "dès l’an prochain", "de la zone sous-dense", "se", "sont", "rapidement évidemment", "ne", "ni",
]  # fmt: skip
# Un terme en commence un autre, un troisième les chevauche ; le plus court est écrit le premier
EN_PLUS = (
    Terme("court", "mise en", "pose de", "jargon", "FIXE"),
    Terme("long", "mise en route", "départ", "jargon", "NOM", "m"),
    Terme("autre", "route de", "rue", "jargon", "FIXE"),
    Terme("nombre", "mise {nombre} {duree}", "en {annee-nombre}", "date_relative", "FIXE"),
)
EXTRAITS = ["mise", "en", "route", "de", "mise en", "mise en route", "mise deux ans", "mise 3"]
LIENS = [
    " ", " ", " ", " ", " ", ". ", ".", "! ", "?", "…", "\n", "\r\n", ", ", "\u00a0: ", "’", "'", "-",
    "\u2011", "\u202f", "  ", " (", ") ", "«\u00a0", "\u00a0»", "**", "_", "`", "\n- ", "\n12) ",
    "\n## ", "\t", "/", ".\u00a0» ", "\u0301",
]  # fmt: skip


@st.composite
def textes(tirer: st.DrawFn) -> str:
    """Des mots qui font réagir les règles, serrés, liés de toutes les façons."""
    listes = (COURANTS, TERMES, CONJUGUES, DES_REGLES, CAPITALES, ADRESSES, TOURNURES, EXTRAITS)
    mot = st.one_of(*map(st.sampled_from, listes))
    ecriture = st.sampled_from([str, str, str, str.capitalize, str.upper, lambda m: f"{m}s"])
    morceaux = tirer(
        st.lists(st.tuples(mot, ecriture, st.sampled_from(LIENS)), min_size=6, max_size=30)
    )
    return "".join(f"{ecrire(mot)}{lien}" for mot, ecrire, lien in morceaux)


@settings(sans_chrono, max_examples=300)
@given(textes(), st.sampled_from([2025, None]), st.booleans())
@example(texte="prendre *une* décision", annee=2025, tait=False)
@example(texte="Il se. Sont données. Assurer à la des formations.", annee=2025, tait=False)
@example(texte="Le. Établissement scolaire, afin d’aider, afin d'ouvrir.", annee=2025, tait=False)
@example(texte=f"{'mot ' * 31}rapidement.", annee=2025, tait=False)
@example(texte="La mise en route de la mise en place, mise 2 ans.", annee=2025, tait=False)
def test_les_alertes_et_le_surlignage_sont_ceux_d_une_lecture_naive(
    texte: str, annee: int | None, tait: bool
) -> None:
    """`tait` : l’opérateur a retiré une règle sur deux."""
    regles = dict(list(REGLEMENT.regles.items())[:: 2 if tait else 1])
    reglement = Reglement(regles, REGLEMENT.bandes, (*REGLEMENT.termes, *EN_PLUS))
    sigles = relever([texte], LEXIQUE)
    lu = relire(texte, reglement, LEXIQUE, sigles, annee)
    a_trancher = {s.sigle: str(s.etat) for s in sigles.a_trancher}
    attendues = naif_regles.relire(texte, reglement, LEXIQUE, a_trancher, annee)
    assert [
        naif_regles.Vue(
            a.regle, a.libelle, a.gravite, a.debut, a.fin, a.extrait, a.conseil,
            a.proposition and (a.proposition.debut, a.proposition.fin, a.proposition.texte),
        )
        for a in lu.alertes
    ] == attendues  # fmt: skip
    assert [tuple(s) for s in segments(lu.texte, lu.alertes)] == (
        naif_regles.surligner(lu.texte, attendues) or [("", "", "")][: len(lu.texte)]
    )


@settings(sans_chrono, max_examples=300)
@given(textes())
def test_les_mots_les_phrases_les_syllabes_et_les_sigles_sont_ceux_d_une_lecture_naive(
    texte: str,
) -> None:
    nu = naif.masque(texte)
    ecrits, mesure = naif.mots(nu), mesurer(texte)
    assert mots(nu) == ecrits
    assert (mesure is not None) == bool(ecrits)
    if mesure:
        attendu = len(ecrits), len(naif.phrases(nu)), sum(map(naif.syllabes, ecrits))
        assert (mesure.mots, mesure.phrases, mesure.syllabes) == attendu
    assert [tuple(trouve) for trouve in reperer(texte, LEXIQUE)] == naif.sigles(texte, LEXIQUE)


@sans_chrono
@given(st.lists(st.sampled_from([f for m in MOTS for f in m.formes] + LIENS), max_size=20))
def test_les_mots_a_connaitre_employes_sont_ceux_d_une_lecture_naive(morceaux: list[str]) -> None:
    texte, termes = " ".join(morceaux), _termes(MOTS)
    trouves = naif_termes.trouver(texte, naif.jetons(naif.masque(texte)), termes, None)
    assert employes(texte, termes) == list(dict.fromkeys(trouve[0].code for trouve in trouves))
