"""Les serializers de l’API : ils décrivent, ils vérifient, ils n’écrivent jamais."""

from datetime import UTC
from typing import Any

from django.db import models
from rest_framework import serializers


class MomentUtc(serializers.DateTimeField):
    """« 2026-03-12T08:30:00Z » : le même écrit que celui des listes."""

    def __init__(self, **options: Any) -> None:
        super().__init__(**{"default_timezone": UTC, **options})


class CleRelie(serializers.PrimaryKeyRelatedField):
    """Une clé étrangère reçue ; PostgreSQL refuse le caractère nul avant même de chercher."""

    def to_internal_value(self, data: Any) -> Any:
        if isinstance(data, str) and "\x00" in data:
            self.fail("does_not_exist", pk_value=data)
        return super().to_internal_value(data)


class Serialiseur(serializers.ModelSerializer):
    """Une ressource en lecture."""

    serializer_field_mapping = {
        **serializers.ModelSerializer.serializer_field_mapping,
        models.DateTimeField: MomentUtc,
    }


class SerialiseurStrict(serializers.Serializer):
    """Un corps reçu : une clé inconnue, ou en lecture seule, est refusée au lieu d’être ignorée."""

    def to_internal_value(self, data: Any) -> Any:
        if isinstance(data, dict) and (inconnus := data.keys() - self._noms):
            message = f"Champ inconnu ou en lecture seule. Champs possibles\u00a0: {self._liste}."
            raise serializers.ValidationError(
                {
                    nom: [serializers.ErrorDetail(message, code="champ_inconnu")]
                    for nom in sorted(inconnus)
                }
            )
        return super().to_internal_value(data)

    @property
    def _noms(self) -> set[str]:
        return {str(champ.field_name) for champ in self._writable_fields}

    @property
    def _liste(self) -> str:
        return ", ".join(sorted(self._noms))
