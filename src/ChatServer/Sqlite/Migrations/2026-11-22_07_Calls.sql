-- How the call stands that a provider makes for the agent who serves a call-back: the fence of the taking that it belongs to, its state, and what came of it.

ALTER TABLE routing_contact ADD COLUMN call_state TEXT;
