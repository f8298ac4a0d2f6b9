"""Money: the world's currencies, and what a unit of each is worth in the issuer's own."""

import csv
import math
from collections.abc import Iterator
from collections.abc import Set as AbstractSet
from pathlib import Path

from ibis.expr.types import Column, FloatingColumn

from cardletter.errors import SourceError
from cardletter.settings import Sources

WHOLE = (
    *("BIF", "CLP", "DJF", "GNF", "ISK", "JPY", "KMF", "KRW", "PYG"),
    *("RWF", "UGX", "UYI", "VND", "VUV", "XAF", "XOF", "XPF"),
)
"""ISO 4217: without decimals."""

_OTHERS = (
    "AED AFN ALL AMD ANG AOA ARS AUD AWG AZN BAM BBD BDT BGN BHD BMD BND BOB BOV BRL BSD BTN BWP "
    "BYN BZD CAD CDF CHE CHF CHW CLF CNY COP COU CRC CUC CUP CVE CZK DKK DOP DZD EGP ERN ETB EUR "
    "FJD FKP GBP GEL GHS GIP GMD GTQ GYD HKD HNL HRK HTG HUF IDR ILS INR IQD IRR JMD JOD KES KGS "
    "KHR KPW KWD KYD KZT LAK LBP LKR LRD LSL LYD MAD MDL MGA MKD MMK MNT MOP MRU MUR MVR MWK MXN "
    "MXV MYR MZN NAD NGN NIO NOK NPR NZD OMR PAB PEN PGK PHP PKR PLN QAR RON RSD RUB SAR SBD SCR "
    "SDG SEK SGD SHP SLE SLL SOS SRD SSP STN SVC SYP SZL THB TJS TMT TND TOP TRY TTD TWD TZS UAH "
    "USD USN UYU UYW UZS VED VES WST XCD XCG YER ZAR ZMW ZWG ZWL"
)
CURRENCIES = frozenset((*WHOLE, *_OTHERS.split()))
"""ISO 4217: the currencies one pays in, lately or now; XXX, XTS, metals and funds are none."""

HOW = (
    'Name the issuer\'s own and a table of rates, [tool.cardletter] sources.currency = "EUR" and '
    'sources.rates = "data/rates.csv" (columns currency,rate: what one unit is worth in your own).'
)


def converted(amount: FloatingColumn, currency: Column, rates: dict[str, float]) -> FloatingColumn:
    """Give amounts in the issuer's own currency."""
    if not rates:
        return amount
    return amount * currency.cases(*rates.items(), else_=None)


def read_rates(project: Path, sources: Sources) -> dict[str, float]:
    """Read the table of rates: currency -> worth in the issuer's own; {} where there is none.

    Raises:
        SourceError: it cannot be read, says a currency twice, or has a rate that is none.
    """
    own = sources.currency
    if own and own not in CURRENCIES:
        raise SourceError('sources.currency is no currency of ISO 4217: write it as "EUR".')
    if not sources.rates:
        return {}
    if not own:
        raise SourceError(f"There are rates, but not to which currency. {HOW}")
    file = project / sources.rates
    if not file.is_file():
        raise SourceError(f"There is no file {sources.rates}, which sources.rates names.")
    rates = {own: 1.0}
    for line, currency, rate in _told(file):
        if rates.get(currency, rate) != rate:
            raise SourceError(f"{file.name}:{line}: {currency} has two rates: keep one of them.")
        rates[currency] = rate
    return rates


def _told(file: Path) -> Iterator[tuple[int, str, float]]:
    with file.open(encoding="utf-8-sig", newline="") as lines:
        rows = csv.DictReader(lines)
        if not {"currency", "rate"} <= set(rows.fieldnames or ()):
            raise SourceError(f"{file.name}:1: needs the columns currency,rate.")
        for row in rows:
            where = f"{file.name}:{rows.line_num}"
            currency = (row["currency"] or "").strip().upper()
            if currency not in CURRENCIES:
                raise SourceError(f"{where}: no currency of ISO 4217: write it as EUR.")
            yield rows.line_num, currency, _rate(row["rate"] or "", where)


def _rate(text: str, where: str) -> float:
    try:
        rate = float(text)
    except ValueError:
        rate = math.nan
    if not (rate > 0 and math.isfinite(rate)):
        raise SourceError(f"{where}: no rate: write what one unit is worth, as 0.92.")
    return rate


def refuse_mixed(there: AbstractSet[str], sources: Sources, rates: dict[str, float]) -> None:
    """See that amounts in all the currencies there are can be added up.

    Raises:
        SourceError: there are several currencies and no rates, or one that has no rate.
    """
    if rates:
        if missing := sorted(there - set(rates)):
            raise SourceError(
                f"transactions has amounts in {', '.join(missing)}, which {sources.rates} has no "
                "rate for: add a line for each."
            )
    elif there and len(there | {sources.currency} - {""}) > 1:
        raise SourceError(
            f"transactions has amounts in {', '.join(sorted(there))}, which cannot be added up. "
            + HOW
        )
