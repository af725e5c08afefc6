"""Our certificates and the document sets made of them (BP-SM-05). docs/certificates.md explains it."""
