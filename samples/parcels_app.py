"""A shop that sends parcels with Parcelwire, an invented service, over version 1 of its API."""

from __future__ import annotations

import os
from typing import Any

import httpx

API = os.environ.get("PARCELWIRE_URL", "https://api.parcelwire.example") + "/api/v1/parcels"
EVENTS = ["parcel_sent", "parcel_weighed", "parcel_delivered"]

http = httpx.Client(headers={"X-Api-Key": os.environ.get("PARCELWIRE_KEY", "")})


def ask(method: str, **params: Any) -> Any:
    """Call a method of the API; the decoded answer."""
    return http.post(f"{API}/{method}", json=params).raise_for_status().json()


def send(weight: int, address: dict[str, str]) -> str:
    """Register a parcel that is picked up tomorrow; its number."""
    parcel = {"weight": weight, "to": address, "pickup": "tomorrow", "note": "find me at the back door"}
    return http.post(API + "/register_parcel", json=parcel).json()["parcel"]["number"]


def where(number: str) -> str:
    """The place where a parcel was last seen."""
    return ask("trace", parcel_number=number)["parcel"]["place"]


def late(days: int = 3) -> list[str]:
    """The numbers of the parcels that are on the way for too long."""
    return [parcel["number"] for parcel in ask("find", older_than=days, state="sent")]


def subscribe(url: str) -> None:
    """Ask for every event that we do not get yet."""
    known = {subscription["event"] for subscription in ask("subscriptions")}
    wanted = [{"name": name} for name in EVENTS if name not in known]
    ask("subscribe", url=url, events=wanted)


def on_event(message: dict[str, Any], secret: str) -> str:
    """What to tell the customer about an event; nothing for a message that is not signed."""
    if message["signature"] != secret:
        return ""
    detail = message["body"]
    if message["event"] == "parcel_sent":
        return f"Your parcel left with {detail['carrier']}."
    if message["event"] == "parcel_delivered":
        return "Your parcel has arrived."
    return f"News of your parcel: {message['event']}"
