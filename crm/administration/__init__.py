"""The screens of the organisation, below /settings/: users, roles, business units, regions, teams, deputies, passwords."""
