"""What the values of an annotation mean: TIMEX3 ranges, bounds of a figure."""
import calendar
import datetime
import re

from passages import Wrong

SEASONS = {"SP": (3, 5), "SU": (6, 8), "FA": (9, 11), "WI": (12, 2),
           "Q1": (1, 3), "Q2": (4, 6), "Q3": (7, 9), "Q4": (10, 12),
           "H1": (1, 6), "H2": (7, 12)}


def months(year, first, last):
    end = year + 1 if last < first else year
    return (f"{year}-{first:02}-01",
            f"{end}-{last:02}-{calendar.monthrange(end, last)[1]:02}")


def time_range(value):
    """The first and last moment that a TIMEX3 value allows, or nothing."""
    if re.fullmatch(r"\d{3}", value):
        return f"{value}0-01-01", f"{value}9-12-31"
    if re.fullmatch(r"\d{4}", value):
        return f"{value}-01-01", f"{value}-12-31"
    if part := re.fullmatch(r"(\d{4})-([A-Z][A-Z0-9])", value):
        return months(int(part[1]), *SEASONS[part[2]])
    if month := re.fullmatch(r"(\d{4})-(\d\d)", value):
        return months(int(month[1]), int(month[2]), int(month[2]))
    if week := re.fullmatch(r"(\d{4})-W(\d\d)(-WE)?", value):
        monday = datetime.date.fromisocalendar(int(week[1]), int(week[2]), 1)
        first = monday + datetime.timedelta(5 if week[3] else 0)
        return str(first), str(monday + datetime.timedelta(6))
    if day := re.fullmatch(r"(\d{4}-\d\d-\d\d)T[A-Z]{2}", value):
        return day[1], day[1]
    if re.fullmatch(r"\d{4}-\d\d-\d\d(T\d\d:\d\d)?", value):
        datetime.datetime.fromisoformat(value)
        return value, value
    return None, None


def time_type(value, passage):
    if value.startswith("P") and not value.endswith("_REF"):
        return "DURATION"
    return "TIME" if "T" in value and "REF" not in value else "DATE"


def check_time(value):
    good = (r"\d{3,4}|\d{4}-[A-Z][A-Z0-9]|\d{4}-\d\d|\d{4}-W\d\d(-WE)?"
            r"|\d{4}-\d\d-\d\dT([A-Z]{2}|\d\d:\d\d)|\d{4}-\d\d-\d\d"
            r"|(PAST|PRESENT|FUTURE)_REF|P(T?[\dX.]+[YMWDHS])+"
            r"|XXXX-.*|T[A-Z]{2}|T\d\d:\d\d|P[\dX]+(Y|M|W|D|DE|CE)")
    if not re.fullmatch(good, value):
        raise Wrong(f"no TIMEX3 value: {value!r}")


def figure_bounds(given):
    """'2', '4..', '..30', '50..60', each after '~' where it is about."""
    about = given.startswith("~")
    low, dots, high = given.lstrip("~").partition("..")
    if not re.fullmatch(r"\d*", low + high) or not (low or high):
        raise Wrong(f"no bounds: {given!r}")
    least = int(low) if low else None
    most = (int(high) if high else None) if dots else least
    if least is not None and most is not None and most < least:
        raise Wrong(f"bounds the wrong way round: {given!r}")
    return least, most, about
