"""The tables of a contingent file, as pydantic models: what each key holds, and which keys go together."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date, time, timedelta
from typing import Annotated, Any

from pydantic import BeforeValidator, Field, PlainValidator, ValidationInfo, field_validator

from bot.domain import duration
from bot.domain.bilingual import Text
from bot.domain.ladder import Ladder, Step
from bot.domain.officer import Gender, Officer, Role
from bot.domain.post import Contingent, Mission, Post, SitrepPlan
from bot.domain.watch import RETURN, Watch
from bot.services import contingent_value as value
from bot.services.contingent_key import (
    CodeKey,
    DayKey,
    LanguageKey,
    NameKey,
    PhoneKey,
    RoleKey,
    Table,
    TextKey,
    WaitKey,
    ZoneKey,
    known,
    small,
)

EVERY_LEAST = timedelta(seconds=30)
GRACE_LEAST = timedelta(seconds=10)

# Vigie itself signs the audit with this name.
_RESERVED_OFFICER = ("vigie",)


class ContingentTable(Table):
    """`[contingent]`."""

    code: CodeKey = Field(description='a code such as "MLI"')
    name: TextKey = Field(description='a name, or { en = "…", fr = "…" }')
    home_timezone: ZoneKey = Field(description='an IANA name such as "America/Toronto"')
    report_language: LanguageKey = Field(description='"en" or "fr"')
    digest_at: Annotated[time, PlainValidator(value.clock)] = Field(description='a time such as "18:00"')
    duty_phone: PhoneKey | None = Field(None, description="a phone number")

    def make(self, ladder: Ladder, sitrep: SitrepPlan) -> Contingent:
        """Return what the domain calls a contingent."""
        return Contingent(
            self.code,
            self.name,
            self.home_timezone,
            self.report_language,
            self.digest_at,
            ladder,
            self.duty_phone,
            sitrep,
        )


class SitrepTable(Table):
    """`[sitrep]`, which may be missing: then none is prepared by itself."""

    sender: TextKey | None = Field(None, alias="from")
    to: Annotated[tuple[Text, ...], PlainValidator(value.texts)] = ()
    cc: Annotated[tuple[Text, ...], PlainValidator(value.texts)] = ()
    marking: TextKey | None = None
    day_from: Annotated[time, PlainValidator(value.clock)] = time(0)
    prepare_at: Annotated[time, PlainValidator(value.clock)] | None = None
    weekly: Annotated[int, PlainValidator(value.weekday)] | None = Field(None, validate_default=True)
    authorised: Annotated[int, PlainValidator(value.count)] | None = None
    email: Annotated[tuple[str, ...], PlainValidator(value.mails)] = ()

    @field_validator("weekly")
    @classmethod
    def _with_an_hour(cls, given: int | None, info: ValidationInfo) -> int | None:
        # An hour that was given and refused is missing from the data: its own fault says enough.
        if given is not None and "prepare_at" in info.data and info.data["prepare_at"] is None:
            raise ValueError('is given without prepare_at; expected both, such as prepare_at = "06:00"')
        return given

    def make(self) -> SitrepPlan:
        """Return what the domain calls the plan of situation reports."""
        plan = SitrepPlan(
            sender=self.sender,
            to=self.to,
            cc=self.cc,
            day_from=self.day_from,
            at=self.prepare_at,
            weekly=self.weekly,
            authorised=self.authorised,
            mail=self.email,
        )
        return plan if self.marking is None else replace(plan, marking=self.marking)


class MissionTable(Table):
    """`[[missions]]`."""

    code: CodeKey = Field(description='a code such as "MINUSMA"')
    name: TextKey = Field(description='a name, or { en = "…", fr = "…" }')

    def make(self) -> Mission:
        """Return what the domain calls a mission."""
        return Mission(self.code, self.name)


class PostTable(Table):
    """`[[posts]]`."""

    code: CodeKey = Field(description='a code such as "MPT"')
    name: TextKey = Field(description='a name, or { en = "…", fr = "…" }')
    timezone: ZoneKey = Field(description='an IANA name such as "Africa/Bamako"')
    location: Annotated[tuple[float, float], PlainValidator(value.location)] | None = Field(
        None, description="[latitude, longitude]"
    )
    channels: Annotated[tuple[tuple[str, int], ...], PlainValidator(value.channels)] = ()

    def make(self) -> Post:
        """Return what the domain calls a post."""
        return Post(self.code, self.name, self.timezone, self.location, self.channels)


class WatchTable(Table):
    """`[[watches]]`."""

    code: Annotated[str, PlainValidator(small("daily", RETURN))] = Field(description='a code such as "daily"')
    posts: list[str] = Field(description='a list of posts such as ["MPT"]')
    times: Annotated[tuple[time, ...], PlainValidator(value.clocks)] = Field((), description="times")
    every: Annotated[timedelta, PlainValidator(value.span(EVERY_LEAST))] | None = Field(None, validate_default=True)
    days: Annotated[tuple[int, ...], PlainValidator(value.days)] = Field(tuple(range(7)), description="days")
    opens_before: Annotated[timedelta, PlainValidator(value.span(timedelta()))] = Field(
        description='a duration such as "2h"'
    )
    remind_before: Annotated[timedelta, PlainValidator(value.span(timedelta()))] = Field(
        description='a duration such as "15m"; "0s" for none'
    )
    grace: Annotated[timedelta, PlainValidator(value.span(GRACE_LEAST))] = Field(description='a duration such as "30m"')

    @field_validator("posts", mode="plain")
    @classmethod
    def _posts(cls, given: Any, info: ValidationInfo) -> list[str]:
        if not isinstance(given, list) or not given:
            raise value.refuse(given, "a list of posts", 'at least one code, such as ["MPT"]')
        return list(dict.fromkeys(known("post", code, info) for code in given))

    @field_validator("every")
    @classmethod
    def _times_or_every(cls, given: timedelta | None, info: ValidationInfo) -> timedelta | None:
        # Times that were given and refused are missing from the data: their own fault says enough.
        times: tuple[time, ...] | None = info.data.get("times")
        if given is None and times == ():
            raise ValueError('is missing, and so is times; expected one of them, such as times = ["08:00", "20:00"]')
        if given is not None and times != ():
            raise ValueError("is given together with times; expected only one of them")
        return given

    @field_validator("days")
    @classmethod
    def _days_of_times(cls, given: tuple[int, ...], info: ValidationInfo) -> tuple[int, ...]:
        if info.data.get("every") is not None and len(given) < len(value.WEEKDAYS):
            raise ValueError('has no meaning together with every; expected "daily" or nothing')
        return given

    @field_validator("remind_before")
    @classmethod
    def _after_opening(cls, given: timedelta, info: ValidationInfo) -> timedelta:
        opens: timedelta | None = info.data.get("opens_before")
        if opens is not None and given > opens:
            told = duration.spell(opens)
            raise ValueError(
                f'"{duration.spell(given)}" is before the check-in opens; expected at most opens_before, "{told}"'
            )
        return given

    def make(self) -> Watch:
        """Return what the domain calls a watch."""
        return Watch(
            self.code,
            tuple(sorted(self.posts)),
            self.times,
            self.days,
            self.every,
            self.opens_before,
            self.remind_before,
            self.grace,
        )


class StepTable(Table):
    """One of `steps` of `[ladder]`."""

    notify: Annotated[tuple[Role, ...], PlainValidator(value.responders)] = Field(
        description='a list of roles such as ["lead"]'
    )
    wait: WaitKey = Field(description='a duration such as "10m"')


class LadderTable(Table):
    """`[ladder]`."""

    steps: Annotated[list[StepTable], BeforeValidator(value.rungs)] = Field(
        description='at least one { notify = ["lead"], wait = "10m" }'
    )
    repeat_every: WaitKey = Field(description='a duration such as "15m"')
    resolve_within: WaitKey = Field(description='a duration such as "30m"')

    def make(self) -> Ladder:
        """Return what the domain calls a ladder."""
        steps = tuple(Step(one.notify, one.wait) for one in self.steps)
        return Ladder(steps, self.repeat_every, self.resolve_within)


class OfficerTable(Table):
    """`[[officers]]`; `mission` and `post` must be of this file."""

    code: Annotated[str, PlainValidator(small("willis", *_RESERVED_OFFICER))] = Field(
        description='a code such as "willis"'
    )
    rank: TextKey = Field(description='a rank such as "Cpl", or { en = "Cpl", fr = "cap." }')
    name: NameKey = Field(description='a name such as "Kelly Willis"')
    service: TextKey = Field(description='the home service, such as "SPVM", or { en = "RCMP", fr = "GRC" }')
    mission: str = Field(description="the code of a mission of this file")
    post: str = Field(description="the code of a post of this file")
    role: RoleKey = Field(description=f"one of {', '.join(Role)}")
    language: LanguageKey = Field(description='"en" or "fr"')
    gender: Annotated[Gender, PlainValidator(value.one_of("a grammatical gender", ("f", "m")))] | None = None
    phone: PhoneKey | None = None
    tour_from: DayKey | None = Field(None, alias="from")
    tour_until: DayKey | None = Field(None, alias="until")
    unit: TextKey | None = None
    call_sign: Annotated[str, PlainValidator(value.call_sign)] | None = None

    @field_validator("mission", "post", mode="plain")
    @classmethod
    def _of_this_file(cls, given: Any, info: ValidationInfo) -> str:
        return known(str(info.field_name), given, info)

    @field_validator("tour_until")
    @classmethod
    def _after_from(cls, given: date | None, info: ValidationInfo) -> date | None:
        start: date | None = info.data.get("tour_from")
        if given is not None and start is not None and given < start:
            raise ValueError(f"{given} is before from; expected {start} or later")
        return given

    def make(self, posts: Mapping[str, Post]) -> Officer:
        """Return what the domain calls an officer."""
        post = posts[self.post]
        return Officer(
            code=self.code,
            rank=self.rank,
            name=self.name,
            service=self.service,
            mission=self.mission,
            post=self.post,
            post_name=post.name,
            timezone=post.timezone,
            role=self.role,
            language=self.language,
            gender=self.gender,
            phone=self.phone,
            tour_from=self.tour_from,
            tour_until=self.tour_until,
            unit=self.unit,
            call_sign=self.call_sign,
        )
