"""Cancel orders at Dükkango, Fungies, Akinon Omnitron, iletiMerkezi and Zaikio Procurement.

    from cancelorder import perform

    result = perform(
        "dukkango", "cancel", "https://www.xn--dkkango-n2a.com/api/integrations",
        {"access_token": token}, {"order_id": payment_key, "reason_id": 3}, seconds=10.0,
    )
    if result.outcome == "canceled":
        ...

`perform` never raises for what a provider, a network or an argument does: everything that can
happen is an outcome of the `Result`. It needs nothing but the standard library.
"""

import time

from .session import PROVIDERS, Session, module_of
from .transport import Abort

VERSION = "0.1.0"

__all__ = ["PROVIDERS", "VERSION", "Abort", "Session", "module_of", "perform"]


def perform(provider, operation, base_url, credentials, arguments, *, seconds=10.0, **options):
    """Runs one operation within `seconds` and returns its Result (options: see Session)."""
    session = Session(
        base_url, credentials, deadline_at=time.monotonic() + seconds, provider=provider, **options
    )
    return session.perform(module_of(provider).OPERATIONS[operation], arguments)
