"""HTTP: the webhook, health, readiness and metrics."""
