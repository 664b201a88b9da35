"""A stand-in for Telegram: a strict Bot API server on this machine, with phones to talk to the bot."""

from bot.demo.telegram.chat import Chat
from bot.demo.telegram.exchange import Call, Sent
from bot.demo.telegram.fault import Faults
from bot.demo.telegram.hand import PhoneError
from bot.demo.telegram.keyboard import Button
from bot.demo.telegram.message import ChatMessage
from bot.demo.telegram.phone import Phone, Popup
from bot.demo.telegram.profile import Command
from bot.demo.telegram.standin import StandIn

__all__ = [
    "Button",
    "Call",
    "Chat",
    "ChatMessage",
    "Command",
    "Faults",
    "Phone",
    "PhoneError",
    "Popup",
    "Sent",
    "StandIn",
]
