"""Les adresses des comptes (allauth) et celles qu’ouvre un secret personnel."""

# route → (réponse à l’anonyme, réponse à une personne connectée), en lecture
COMPTES = {
    "account_login": (200, 302),
    "account_logout": (302, 200),
    "account_inactive": (200, 200),
    "account_signup": (200, 302),
    "account_reauthenticate": (302, 200),
    "account_email": (302, 200),
    "account_email_verification_sent": (200, 200),
    "account_change_password": (302, 200),
    "account_set_password": (302, 302),
    "account_reset_password": (200, 200),
    "account_reset_password_done": (200, 200),
    "account_reset_password_from_key_done": (200, 200),
    "account_confirm_login_code": (302, 302),
    "mfa_index": (302, 200),
    "mfa_authenticate": (302, 302),
    "mfa_reauthenticate": (302, 302),
    "mfa_activate_totp": (302, 302),
    "mfa_deactivate_totp": (302, 404),
    "mfa_view_recovery_codes": (302, 404),
    "mfa_generate_recovery_codes": (302, 302),
    "mfa_download_recovery_codes": (302, 404),
}
# Ouvertes à qui tient le lien ; éprouvées une à une
AVEC_UN_SECRET = {
    "account_confirm_email",
    "account_reset_password_from_key",
    "acteurs:invitation",
    "acteurs:revoquer_jeton",
}
ROUTES_DES_COMPTES = set(COMPTES) | AVEC_UN_SECRET
