"""New-product co-development (BP-SM-08): the request, the answer of research, the project, and the release into the catalogue."""
