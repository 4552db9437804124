"""Les champs de saisie d’une contribution, et les règles qu’une réponse tient."""

from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone

from contrats.etats import StatutAction
from contrats.forms.base import ChampDate
from contrats.models import GenreElement
from contrats.models.contribution import RIEN_DE_NOUVEAU
from indicateurs.contribution.etat import Valeurs, en_texte
from indicateurs.forms import ChampNombre
from indicateurs.models import Indicateur

DECIMALES = 4
PARTICIPANTS_MAX = 10_000_000
NOTE: dict[str, tuple[str, str, int]] = {
    "fait": ("Ce qui a été fait", "", 4),
    "freins": ("Freins", "Ce qui a gêné.", 2),
    "leviers": ("Leviers", "Ce qui a aidé.", 2),
    "suites": ("Suites à donner", "Ce qu’il faut faire maintenant.", 2),
    RIEN_DE_NOUVEAU: ("Ce qui s’écrira au journal", "", 2),
}
A_VENIR = "Cette date n’est pas encore venue : une étape terminée l’est déjà."
TROP_DE_DECIMALES = "Quatre décimales au plus."


def pas_a_venir(jour: date) -> None:
    if jour > timezone.localdate():
        raise ValidationError(A_VENIR)


def quatre_decimales(nombre: Decimal) -> None:
    if -int(nombre.normalize().as_tuple().exponent) > DECIMALES:
        raise ValidationError(TROP_DE_DECIMALES)


def champs_de(
    genre: str, champ: str, indicateur: Indicateur | None = None
) -> dict[str, forms.Field]:
    """Un champ de formulaire par valeur ; tous facultatifs : une case vide ne propose rien."""
    if genre == GenreElement.STATUT:
        return {
            "statut": forms.ChoiceField(
                label="Statut", choices=StatutAction.choices, required=False
            ),
            "raison": forms.CharField(
                label="Pourquoi",
                help_text="À dire si elle est bloquée, abandonnée, reportée ou faite en partie.",
                max_length=300,
                required=False,
            ),
        }
    if genre == GenreElement.ETAPE:
        return {"fait_le": ChampDate(label="Terminée le", required=False, validators=[pas_a_venir])}
    if genre == GenreElement.MESURE:
        return _nombres(indicateur)
    return {champ: _de_la_note(champ)}


def _de_la_note(champ: str) -> forms.Field:
    if champ == "participants":
        return forms.IntegerField(
            label="Participants", required=False, min_value=0, max_value=PARTICIPANTS_MAX
        )
    libelle, aide, lignes = NOTE[champ]
    zone = forms.Textarea(attrs={"rows": lignes})
    return forms.CharField(label=libelle, help_text=aide, required=False, widget=zone)


def _nombres(indicateur: Indicateur | None) -> dict[str, forms.Field]:
    if indicateur is None:
        return {}
    if not indicateur.est_ratio:
        return {"valeur": _nombre(indicateur.libelle, f"En {indicateur.unite}.")}
    haut = indicateur.numerateur or "Nombre concerné"
    bas = indicateur.denominateur or "Sur combien en tout"
    return {
        "numerateur": _nombre(haut, f"{indicateur.libelle}."),
        "denominateur": _nombre(bas, ""),
    }


def _nombre(libelle: str, aide: str) -> ChampNombre:
    return ChampNombre(label=libelle, help_text=aide, required=False, validators=[quatre_decimales])


def en_valeurs(donnees: Mapping[str, Any]) -> Valeurs:
    """Chaque réponse en texte, comme une contribution la garde."""
    return {nom: _texte(valeur) for nom, valeur in donnees.items()}


def _texte(valeur: Any) -> str:
    if isinstance(valeur, date):
        return valeur.isoformat()
    if isinstance(valeur, Decimal):
        return en_texte(valeur)
    return "" if valeur is None else str(valeur).replace("\r\n", "\n").strip()


def initiales(genre: str, valeurs: Valeurs) -> dict[str, Any]:
    """Les mêmes textes, prêts pour les champs."""
    if genre == GenreElement.ETAPE:
        jour = valeurs["fait_le"]
        return {"fait_le": date.fromisoformat(jour) if jour else None}
    if genre == GenreElement.MESURE:
        return {nom: Decimal(texte) if texte else None for nom, texte in valeurs.items()}
    return dict(valeurs)
