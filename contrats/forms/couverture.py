"""Les questions que l’on pose à la couverture : la page, l’API et la commande posent les mêmes."""

from datetime import date
from typing import Any

from django import forms
from django.utils import timezone

from acteurs.models import Commune, Departement, Epci, Region
from cls_platform.socle import typographie
from cls_platform.socle.erreurs import DonneesRefusees
from contrats.couverture import Niveau, Variante
from contrats.couverture_etats import EtatCouverture, Selection
from contrats.couverture_place import (
    FRANCE,
    Place,
    phrase_de_territoire_clos,
    place,
    refus_de_la_commune,
)
from contrats.forms.base import ChampDate, Formulaire

# La loi du 21 juillet 2009 (HPST) crée ces contrats ; au-delà, rien n’est encore signé
PREMIER_JOUR = date(2009, 7, 21)
ANNEES_A_VENIR = 15
NIVEAUX_DU_TABLEAU = [(n.value, n.label) for n in (Niveau.REGION, Niveau.DEPARTEMENT, Niveau.EPCI)]
NIVEAUX_D_UN_TERRITOIRE = [
    (n.value, n.label) for n in (Niveau.FRANCE, Niveau.REGION, Niveau.DEPARTEMENT, Niveau.EPCI)
]
CONTRATS = "contrats"
# Ce qui limite une question à un territoire
LIEUX = ("region", "departement", "epci", "commune")
SELECTIONS = [*Selection.choices, *EtatCouverture.choices]
INCONNU = "Aucun territoire ne porte ce code. Écrivez-le comme {exemple}."


def dernier_jour() -> date:
    return date(timezone.localdate().year + ANNEES_A_VENIR, 12, 31)


class ChampJour(ChampDate):
    """Une date où la question a un sens : depuis la loi, jusqu’à la fin des contrats connus."""

    def clean(self, value: Any) -> date | None:
        jour = super().clean(value)
        if jour and not PREMIER_JOUR <= jour <= dernier_jour():
            raise forms.ValidationError(
                f"Choisissez une date du {typographie.date_longue(PREMIER_JOUR)}, où la loi a créé "
                f"ces contrats, au {typographie.date_longue(dernier_jour())}.",
                code="hors_bornes",
            )
        return jour


class ChampChoix(forms.ChoiceField):
    """Une valeur hors de la liste est refusée en nommant celles qui conviennent."""

    def validate(self, value: Any) -> None:
        choix: Any = self.choices
        possibles = [str(code) for code, _ in choix if code]
        if value and value not in possibles:
            raise forms.ValidationError(
                f"« {str(value)[:30]} » n’existe pas. Choisissez parmi : {', '.join(possibles)}.",
                code="invalid_choice",
            )
        super().validate(value)


class ChampCode(forms.CharField):
    """Le code d’un territoire. `modele` : où il se cherche ; `exemple` : comment il s’écrit."""

    def __init__(self, *, modele: Any, exemple: str, **options: Any) -> None:
        self.modele, self.exemple = modele, exemple
        super().__init__(required=False, **options)

    def clean(self, value: Any) -> str:
        code = str(super().clean(value))
        if not code:
            return code
        territoire = self.modele.objects.filter(pk=code[:9]).first()
        if territoire is None:
            raise forms.ValidationError(INCONNU.format(exemple=self.exemple), code="inconnu")
        if clos := phrase_de_territoire_clos(territoire):
            raise forms.ValidationError(clos, code="clos")
        return code


class ChampCommune(ChampCode):
    """Le code d’une commune, close ou non : c’est la date de la question qui décide."""

    def clean(self, value: Any) -> str:
        return str(forms.CharField.clean(self, value)).upper()


class QuestionDatee(Formulaire):
    """Le jour et les contrats comptés ; sans réponse, aujourd’hui et les contrats signés."""

    date = ChampJour(label="Au", required=False)
    variante = ChampChoix(label="Contrats comptés", choices=Variante.choices, required=False)

    def exiger(self) -> dict[str, Any]:
        """Les réponses. Lève DonneesRefusees (400) en nommant ce qui n’a pas été compris."""
        if not self.is_valid():
            champs = {n: [str(p) for p in phrases] for n, phrases in self.errors.items()}
            raise DonneesRefusees(" ".join(p for v in champs.values() for p in v), champs=champs)
        return self.reponses()

    def reponses(self) -> dict[str, Any]:
        return {
            "le": self.cleaned_data["date"] or timezone.localdate(),
            "variante": self.cleaned_data["variante"] or Variante.SIGNE.value,
        }


class QuestionDePage(QuestionDatee):
    """Ce que lit la page d’un territoire : le niveau du tableau, en plus."""

    tableau = ChampChoix(label="Par", choices=NIVEAUX_DU_TABLEAU, required=False)

    def reponses(self) -> dict[str, Any]:
        return super().reponses() | {"tableau": self.cleaned_data["tableau"]}


class QuestionCouverture(QuestionDatee):
    """Ce que lisent l’API, la commande et l’export : un niveau, et le lieu où le compter."""

    niveau = ChampChoix(label="Niveau", choices=Niveau.choices, required=False)
    region = ChampCode(modele=Region, exemple="53 pour la Bretagne")
    departement = ChampCode(modele=Departement, exemple="29 pour le Finistère")
    epci = ChampCode(modele=Epci, exemple="200068120, un SIREN")
    commune = ChampCommune(modele=Commune, exemple="29232 pour Quimper", max_length=5)

    def clean(self) -> dict[str, Any]:
        donnees = super().clean() or self.cleaned_data
        code, le = donnees.get("commune"), donnees.get("date") or timezone.localdate()
        if code and "date" not in self.errors and (refus := refus_de_la_commune(code, le)):
            self.add_error("commune", refus)
        return donnees

    def reponses(self) -> dict[str, Any]:
        return super().reponses() | {
            "niveau": self.cleaned_data["niveau"] or Niveau.DEPARTEMENT.value,
            "lieu": {nom: self.cleaned_data[nom] for nom in LIEUX if self.cleaned_data[nom]},
        }


class QuestionSurUnTerritoire(QuestionDatee):
    """Le territoire d’une liste ou d’une évolution, par son niveau et son code."""

    niveau = ChampChoix(label="Niveau", choices=NIVEAUX_D_UN_TERRITOIRE, required=False)
    territoire = forms.CharField(label="Code du territoire", max_length=9, required=False)

    def clean(self) -> dict[str, Any]:
        donnees = super().clean() or self.cleaned_data
        niveau, code = donnees.get("niveau"), donnees.get("territoire")
        if code and not niveau and "niveau" not in self.errors:
            self.add_error("niveau", "Dites de quel niveau est ce territoire.")
        if "niveau" not in self.errors and "territoire" not in self.errors:
            try:
                donnees["place"] = place(niveau, code or "") if niveau else FRANCE
            except DonneesRefusees as erreur:
                self.reporter(erreur)
        return donnees

    def reponses(self) -> dict[str, Any]:
        trouvee: Place = self.cleaned_data["place"]
        return super().reponses() | {"place": trouvee}


class QuestionDesCommunes(QuestionSurUnTerritoire):
    """`region`, `departement` : d’une intercommunalité à cheval, ses seules communes de ce lieu."""

    etat = ChampChoix(label="Communes", choices=SELECTIONS, required=False)
    liste = ChampChoix(label="Liste", choices=[(CONTRATS, "Contrats")], required=False)
    zonage = forms.RegexField(
        r"^[A-Za-z0-9_]{1,60}(:[A-Za-z0-9_]{1,40})?$",
        label="Zonage",
        required=False,
        error_messages={"invalid": "Un zonage s’écrit comme QPV ou ZONAGE_MEDECINS:ZIP."},
    )
    recherche = forms.CharField(label="Nom ou code postal", max_length=80, required=False)
    region = ChampCode(modele=Region, exemple="53 pour la Bretagne")
    departement = ChampCode(modele=Departement, exemple="29 pour le Finistère")

    def reponses(self) -> dict[str, Any]:
        commun = super().reponses()
        lieu = {nom: self.cleaned_data[nom] for nom in ("region", "departement")}
        return commun | {
            "selection": self.cleaned_data["etat"],
            "lieu": {nom: code for nom, code in lieu.items() if code} | commun["place"].lieu,
            "liste": self.cleaned_data["liste"],
            "zonage": self.cleaned_data["zonage"],
            "recherche": self.cleaned_data["recherche"],
        }


class QuestionDEvolution(QuestionSurUnTerritoire):
    """Deux dates ; sans réponse, les douze derniers mois."""

    du = ChampJour(label="Du", required=False)
    au = ChampJour(label="Au", required=False)

    def clean(self) -> dict[str, Any]:
        donnees = super().clean() or self.cleaned_data
        au = donnees.get("au") or timezone.localdate()
        du = donnees.get("du") or un_an_avant(au)
        if "du" not in self.errors and "au" not in self.errors and du > au:
            self.add_error("au", "La seconde date vient après la première.")
        return {**donnees, "du": du, "au": au}

    def reponses(self) -> dict[str, Any]:
        return super().reponses() | {"du": self.cleaned_data["du"], "au": self.cleaned_data["au"]}


def un_an_avant(jour: date) -> date:
    return date(jour.year - 1, jour.month, 28 if (jour.month, jour.day) == (2, 29) else jour.day)
