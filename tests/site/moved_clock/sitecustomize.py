"""Moves this interpreter's clock by `MOVED_CLOCK_SECONDS`; on PYTHONPATH it starts before all else.

The C `datetime` reads the system clock itself, so its twin in Python is used, which asks `time`.
"""

import os
import sys
import time
from _datetime import datetime_CAPI  # type: ignore[attr-defined]

_SHIFT = float(os.environ["MOVED_CLOCK_SECONDS"])
_REAL = {
    name: getattr(time, name) for name in ("time", "time_ns", "gmtime", "localtime", "strftime")
}


def _time():
    return _REAL["time"]() + _SHIFT


def _gmtime(seconds=None):
    return _REAL["gmtime"](_time() if seconds is None else seconds)


def _localtime(seconds=None):
    return _REAL["localtime"](_time() if seconds is None else seconds)


time.time = _time
time.time_ns = lambda: _REAL["time_ns"]() + int(_SHIFT * 1e9)
time.gmtime = _gmtime
time.localtime = _localtime
time.strftime = lambda form, moment=None: _REAL["strftime"](form, moment or _localtime())
time.asctime = lambda moment=None: _REAL["strftime"]("%a %b %e %H:%M:%S %Y", moment or _localtime())
time.ctime = lambda seconds=None: time.asctime(_localtime(seconds))
for _accelerator in ("_datetime", "_zoneinfo"):
    sys.modules[_accelerator] = None  # type: ignore[assignment]
sys.modules.pop("datetime", None)

import datetime  # noqa: E402

# What numpy asks for when it starts.
datetime.datetime_CAPI = datetime_CAPI  # type: ignore[attr-defined]
