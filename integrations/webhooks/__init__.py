"""Webhooks: `net` sends safely, `signing` signs, `outbox` notes and sends, `oa` lets the other side decide (docs/api.md)."""
