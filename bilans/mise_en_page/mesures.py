"""Unités de la page imprimée, en px CSS (96 par pouce)."""

POINT = 96 / 72
MM = 96 / 25.4
