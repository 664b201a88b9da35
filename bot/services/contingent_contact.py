"""`[[contacts]]` of a contingent file: whom one may call beside the officers."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Annotated, Any

from pydantic import Field, PlainValidator, ValidationInfo, field_validator, model_validator

from bot.domain.contact import READERS, Category, Contact, Hours, Pace, Phone, PhoneKind
from bot.domain.contact_hours import EXPECTED
from bot.domain.officer import Role
from bot.domain.post import Post
from bot.services import contact_phone, contact_value
from bot.services import contingent_value as value
from bot.services.contingent_key import DayKey, Table, TextKey, ZoneKey, known, small

# Until the post is known, or that there is none.
_ANY_ZONE = "UTC"
_PHONE = 'a number such as "+223 70 00 01 01", or a short one such as "17"; of a radio the call sign'


def _extension(given: Any) -> str:
    if not isinstance(given, str) or not contact_value.EXTENSION.fullmatch(given):
        raise value.refuse(given, "an extension", '1 to 8 digits in quotes, such as "44"')
    return given


class PhoneTable(Table):
    """One of `phones` of a contact."""

    kind: Annotated[PhoneKind, PlainValidator(value.kind_of(PhoneKind, "a kind of phone"))] = PhoneKind.MOBILE
    number: str = Field(description=_PHONE)
    extension: Annotated[str, PlainValidator(_extension)] | None = None

    @field_validator("number", mode="plain")
    @classmethod
    def _by_kind(cls, given: Any, info: ValidationInfo) -> str:
        if "kind" not in info.data:
            return ""  # a kind that was refused says enough by its own fault
        if info.data["kind"] is PhoneKind.RADIO and isinstance(given, str):
            return contact_value.call_sign(given)
        short_in = (info.context or {}).get("country", ()) if info.data["kind"] in contact_phone.SHORT_KINDS else ()
        if isinstance(given, str) and contact_phone.is_short(given, short_in):
            return given
        return value.phone(given)

    @field_validator("extension")
    @classmethod
    def _of_a_telephone(cls, given: str | None, info: ValidationInfo) -> str | None:
        if given is not None and info.data.get("kind") is PhoneKind.RADIO:
            raise ValueError("is given for a radio; expected none")
        if given is not None and not info.data.get("number", "+").startswith("+"):
            raise ValueError("is given for a short number; expected none")
        return given

    def make(self) -> Phone:
        """Return what the domain calls a phone."""
        return Phone(self.kind, self.number, self.extension)


class ContactTable(Table):
    """`[[contacts]]`; `post` must be of this file."""

    code: Annotated[str, PlainValidator(small("duty-bko"))] = Field(description='a code such as "duty-bko"')
    category: Annotated[Category, PlainValidator(value.kind_of(Category, "a category"))] = Field(
        description=f"one of {', '.join(Category)}"
    )
    name: TextKey | None = None
    rank: TextKey | None = None
    function: TextKey | None = None
    organisation: TextKey | None = None
    post: str | None = None
    place: TextKey | None = None
    phones: tuple[PhoneTable, ...] = ()
    email: Annotated[str, PlainValidator(value.mail)] | None = None
    languages: Annotated[tuple[str, ...], PlainValidator(value.languages)] = ()
    timezone: ZoneKey | None = None
    hours: Hours | None = None
    pace: Annotated[Pace, PlainValidator(value.kind_of(Pace, "a place in the plan"))] | None = None
    roles: Annotated[tuple[Role, ...], PlainValidator(value.roles)] = READERS
    valid_until: DayKey | None = None
    verified_on: DayKey | None = None

    @field_validator("post", mode="plain")
    @classmethod
    def _of_this_file(cls, given: Any, info: ValidationInfo) -> str:
        return known("post", given, info)

    @field_validator("phones", mode="before")
    @classmethod
    def _listed(cls, given: Any) -> Any:
        if not isinstance(given, list):
            raise value.refuse(given, "a list of phones", 'a list such as [{ number = "+223 70 00 01 01" }]')
        return given

    @field_validator("hours", mode="plain")
    @classmethod
    def _hours(cls, given: Any, info: ValidationInfo) -> Hours:
        if not isinstance(given, str):
            raise value.refuse(given, "a time when somebody answers", EXPECTED)
        return contact_value.hours(given, info.data.get("timezone") or _ANY_ZONE)

    @model_validator(mode="after")
    def _whole(self) -> "ContactTable":
        if why := contact_value.lacking(self.make({}, _ANY_ZONE)):
            raise ValueError(why)
        return self

    def make(self, posts: Mapping[str, Post], home: str) -> Contact:
        """Return what the domain calls a contact; `home`: the zone of hours where neither zone nor post is given."""
        post = posts.get(self.post or "")
        zone = self.timezone or (post.timezone if post is not None else home)
        return Contact(
            code=self.code,
            category=self.category,
            name=self.name,
            rank=self.rank,
            function=self.function,
            organisation=self.organisation,
            post=self.post,
            place=self.place,
            phones=tuple(dict.fromkeys(one.make() for one in self.phones)),
            email=self.email,
            languages=self.languages,
            hours=replace(self.hours, zone=zone) if self.hours is not None else None,
            pace=self.pace,
            roles=self.roles,
            valid_until=self.valid_until,
            verified_on=self.verified_on,
        )
