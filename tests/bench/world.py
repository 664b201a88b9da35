"""A contingent of any strength at 33 posts in as many countries, as a contingent file."""

# Code, name, zone, latitude and longitude of a place of duty.
POSTS = (
    ("BKO", "Bamako", "Africa/Bamako", 12.6392, -8.0029), ("MPT", "Mopti", "Africa/Bamako", 14.4843, -4.1830),
    ("BGF", "Bangui", "Africa/Bangui", 4.3947, 18.5582), ("JUB", "Juba", "Africa/Juba", 4.8594, 31.5713),
    ("GOM", "Goma", "Africa/Lubumbashi", -1.6585, 29.2205), ("FIH", "Kinshasa", "Africa/Kinshasa", -4.3217, 15.3125),
    ("KRT", "Khartoum", "Africa/Khartoum", 15.5007, 32.5599), ("ABY", "Abyei", "Africa/Juba", 9.5950, 28.4360),
    ("MGQ", "Mogadiscio", "Africa/Mogadishu", 2.0469, 45.3182), ("NBO", "Nairobi", "Africa/Nairobi", -1.2864, 36.8172),
    ("NIM", "Niamey", "Africa/Niamey", 13.5116, 2.1254), ("NDJ", "N'Djamena", "Africa/Ndjamena", 12.1348, 15.0557),
    ("DKR", "Dakar", "Africa/Dakar", 14.7167, -17.4677), ("ABJ", "Abidjan", "Africa/Abidjan", 5.3600, -4.0083),
    ("MLW", "Monrovia", "Africa/Monrovia", 6.3005, -10.7969), ("TUN", "Tunis", "Africa/Tunis", 36.8065, 10.1815),
    ("TIP", "Tripoli", "Africa/Tripoli", 32.8872, 13.1913), ("EUN", "Laâyoune", "Africa/El_Aaiun", 27.1253, -13.1625),
    ("PAP", "Port-au-Prince", "America/Port-au-Prince", 18.5944, -72.3074),
    ("BOG", "Bogotá", "America/Bogota", 4.7110, -74.0721), ("GUA", "Guatemala", "America/Guatemala", 14.6349, -90.5069),
    ("PRN", "Pristina", "Europe/Belgrade", 42.6629, 21.1655), ("NIC", "Nicosia", "Asia/Nicosia", 35.1856, 33.3823),
    ("KBP", "Kyiv", "Europe/Kyiv", 50.4501, 30.5234), ("TBS", "Tbilisi", "Asia/Tbilisi", 41.7151, 44.8271),
    ("RAM", "Ramallah", "Asia/Hebron", 31.9038, 35.2034), ("BEY", "Beyrouth", "Asia/Beirut", 33.8938, 35.5018),
    ("BGW", "Bagdad", "Asia/Baghdad", 33.3152, 44.3661), ("KBL", "Kaboul", "Asia/Kabul", 34.5553, 69.2075),
    ("CBX", "Cox's Bazar", "Asia/Dhaka", 21.4272, 92.0058), ("DIL", "Dili", "Asia/Dili", -8.5569, 125.5603),
    ("HIR", "Honiara", "Pacific/Guadalcanal", -9.4456, 159.9729),
    ("NYC", "New York", "America/New_York", 40.7489, -73.9680),
)  # fmt: skip

_HEAD = """[contingent]
code = "WLD"
name = { en = "Police contingents abroad", fr = "Contingents policiers à l'étranger" }
home_timezone = "America/Toronto"
report_language = "en"
digest_at = "18:00"

[ladder]
steps = [
  { notify = ["lead"], wait = "10m" },
  { notify = ["commander", "deputy"], wait = "10m" },
]
repeat_every = "15m"
resolve_within = "30m"

[[watches]]
code = "daily"
posts = [%s]
times = ["08:00", "20:00"]
days = "daily"
opens_before = "2h"
remind_before = "15m"
grace = "30m"

[[missions]]
code = "UNPOL"
name = { en = "United Nations Police", fr = "Police des Nations Unies" }

[[missions]]
code = "EUCAP"
name = "EUCAP"
"""
_POST = '[[posts]]\ncode = "{}"\nname = "{}"\ntimezone = "{}"\nlocation = [{}, {}]\n'
_OFFICER = (
    '[[officers]]\ncode = "o{number}"\nrank = "{rank}"\nname = "{name}"\nservice = "{service}"\n'
    'mission = "{mission}"\npost = "{post}"\nrole = "{role}"\nlanguage = "{language}"\ngender = "{gender}"\n'
)
_RANKS = ("Cst", "Cpl", "Sgt", "Insp.")
_FIRST = ("Amélie", "John", "Fatoumata", "Pierre-Luc", "Mary", "Étienne", "Noor", "Kim", "Stéphanie", "Owen", "Zoé")
_LAST = ("Tremblay", "O'Neil", "Gagnon", "Singh", "Côté", "MacDonald", "Nguyễn", "Bélanger", "Smith", "Traoré")
COMMAND = 3  # a commander and two deputies come first, then a lead for each post


def _role(number: int) -> str:
    if number < COMMAND:
        return "deputy" if number else "commander"
    return "lead" if number < COMMAND + len(POSTS) else "officer"


def roster(strength: int) -> str:
    """Return the contingent file with as many officers, at least one for each post and the command."""
    if strength < COMMAND + len(POSTS):
        raise ValueError(f"{strength} officers do not fill {len(POSTS)} posts; expected {COMMAND + len(POSTS)} or more")
    posts = [_POST.format(*one) for one in POSTS]
    people = [
        _OFFICER.format(
            number=number,
            rank=_RANKS[number % len(_RANKS)],
            name=f"{_FIRST[number % len(_FIRST)]} {_LAST[number % len(_LAST)]} {number}",
            service=("RCMP", "SQ", "SPVM")[number % 3],
            mission=("UNPOL", "UNPOL", "EUCAP")[number % 3],
            post=POSTS[(number - COMMAND) % len(POSTS)][0],
            role=_role(number),
            language=("en", "fr")[number % 2],
            gender="f" if number % 10 < 3 else "m",
        )
        for number in range(strength)
    ]
    return "\n".join([_HEAD % ", ".join(f'"{one[0]}"' for one in POSTS), *posts, *people])
