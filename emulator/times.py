"""The forms in which the APIs write points in time, and one form to compare them in."""

import calendar
import re
import time

EAST = 8 * 3600


def spaced_utc(t):
    """2021-01-15 01:46:40 UTC"""
    return time.strftime("%Y-%m-%d %H:%M:%S UTC", time.gmtime(t))


def plain(t):
    """2022-03-23 07:20:11, UTC without saying so"""
    return time.strftime("%Y-%m-%d %H:%M:%S", time.gmtime(t))


def east(t):
    """2022-05-09T16:01:10+0800"""
    return time.strftime("%Y-%m-%dT%H:%M:%S+0800", time.gmtime(t + EAST))


def east_millis(t):
    """2022-08-09T09:26:44.000+08:00"""
    return time.strftime("%Y-%m-%dT%H:%M:%S.000+08:00", time.gmtime(t + EAST))


def zulu(t):
    """2019-12-06T06:49:04Z"""
    return time.strftime("%Y-%m-%dT%H:%M:%SZ", time.gmtime(t))


def micro_zulu(t):
    """2019-02-13T06:52:13.855000Z, as IAM"""
    return time.strftime("%Y-%m-%dT%H:%M:%S.000000Z", time.gmtime(t))


FORM = re.compile(r"(\d{4})-(\d\d)-(\d\d)[T ](\d\d):(\d\d):(\d\d)(?:\.\d+)?"
                  r" ?(Z|UTC|[+-]\d\d:?\d\d)?\Z")


def parse(text):
    """Epoch seconds of any of the forms above; None for anything else."""
    found = FORM.match(text)
    if found is None:
        return None
    year, month, day, hour, minute, second = (int(part) for part in found.groups()[:6])
    try:
        time.strptime("-".join(found.groups()[:3]), "%Y-%m-%d")
    except ValueError:
        return None
    if hour > 23 or minute > 59 or second > 59:
        return None
    zone = found.group(7)
    offset = 0
    if zone and zone not in ("Z", "UTC"):
        digits = zone[1:].replace(":", "")
        offset = (int(digits[:2]) * 60 + int(digits[2:])) * 60
        if zone[0] == "-":
            offset = -offset
    return calendar.timegm((year, month, day, hour, minute, second)) - offset
