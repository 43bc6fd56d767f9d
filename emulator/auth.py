"""Who asks: IAM tokens, and signatures made with an access key (SDK-HMAC-SHA256).

Both are checked as the gateway of the cloud does it.  The outcome is a Caller, or an
ApiError with a gateway's code.
"""

import calendar
import collections
import hashlib
import hmac
import re
import secrets
import time
import urllib.parse

from .errors import gateway

ALGORITHM = "SDK-HMAC-SHA256"
MAX_SKEW = 15 * 60
DATE_FORM = "%Y%m%dT%H%M%SZ"
AUTHORIZATION = re.compile(
    ALGORITHM + r" Access=([^,\s]+), ?SignedHeaders=([^,\s]+), ?Signature=([0-9a-f]{64})\Z")

Caller = collections.namedtuple("Caller", "name read_only project_id kind")
AccessKey = collections.namedtuple("AccessKey", "secret security_token read_only")
Token = collections.namedtuple("Token", "project_id expires read_only")

STATIC_TOKEN = "emulator-static-token"
USER = {"name": "emulator-user", "password": "Emulator-Pass-1", "domain": "emulator-domain",
        "id": "7116d09f88fa41908676fdd4b039e95b"}
DOMAIN_ID = "65382450e8f64ac0870cd180d14e684b"

ACCESS_KEYS = {
    "EMULATORACCESSKEY01": AccessKey("emulator-secret-key-0001", None, False),
    "EMULATORTEMPKEY0001": AccessKey("emulator-temp-secret-01", "emulator-security-token", False),
    "EMULATORREADONLY001": AccessKey("emulator-readonly-sec-01", None, True),
}


def encode(text):
    """Percent-encode all but RFC 3986's unreserved characters."""
    return urllib.parse.quote(text, safe="-_.~")


def canonical_paths(raw_path):
    """
    The forms of a path that the SDKs sign.  Those for Python, Go and Java sign the
    decoded path, encoded once; the one for JavaScript encodes what is in the URL once
    more.  They differ only where a path holds reserved characters.
    """
    once = "/".join(encode(urllib.parse.unquote(part)) for part in raw_path.split("/"))
    again = "/".join(encode(part) for part in raw_path.split("/"))
    return [path if path.endswith("/") else path + "/" for path in dict.fromkeys((once, again))]


def canonical_query(pairs):
    """Sorted by name, then by value, both encoded."""
    return "&".join(f"{encode(name)}={encode(value)}" for name, value in sorted(pairs))


def canonical_request(method, path, query, headers, signed, body_hash):
    """headers: mapping of lower-case names to values."""
    lines = "".join(f"{name}:{headers[name].strip()}\n" for name in signed)
    return "\n".join((method, path, query, lines, ";".join(signed), body_hash))


def signature(secret, date, request_text):
    digest = hashlib.sha256(request_text.encode()).hexdigest()
    text = f"{ALGORITHM}\n{date}\n{digest}"
    return hmac.new(secret.encode(), text.encode(), hashlib.sha256).hexdigest()


def sign(method, raw_path, pairs, headers, body, access_key, secret, date=None):
    """
    The headers that a client adds to sign a request: what tests and tools need.  "headers"
    has the lower-case names and values to be signed, host among them.
    """
    headers = dict(headers)
    headers["x-sdk-date"] = date or time.strftime(DATE_FORM, time.gmtime())
    signed = sorted(headers)
    text = canonical_request(method, canonical_paths(raw_path)[0], canonical_query(pairs),
                             headers, signed, hashlib.sha256(body or b"").hexdigest())
    made = signature(secret, headers["x-sdk-date"], text)
    headers["authorization"] = (f"{ALGORITHM} Access={access_key}, "
                                f"SignedHeaders={';'.join(signed)}, Signature={made}")
    return headers


class Gate:
    """Knows the credentials and the tokens that it gave out."""

    def __init__(self, clock, token_seconds):
        self.clock = clock
        self.token_seconds = token_seconds
        self.tokens = {}

    def reset(self):
        self.tokens.clear()

    def issue(self, project_id):
        """A new token, its times of issue and expiry (epoch seconds)."""
        issued = self.clock.now()
        token = "emulator-token-" + secrets.token_hex(24)
        self.tokens[token] = Token(project_id, issued + self.token_seconds, False)
        return token, issued, issued + self.token_seconds

    def revoke(self):
        """All tokens that were given out are refused from now on."""
        number = len(self.tokens)
        self.tokens.clear()
        return number

    def caller(self, request):
        """
        The Caller of a request, an object with method, raw_path, pairs, headers (a
        case-insensitive mapping), raw_body and request_id.  ApiError(401) where the
        credentials are missing or wrong.
        """
        headers = request.headers
        if headers.get("Authorization", "").startswith(ALGORITHM):
            return self.signed(request)
        if "X-Auth-Token" in headers:
            return self.with_token(headers["X-Auth-Token"], request.request_id)
        raise self.refusal("APIGW.0301", "Incorrect IAM authentication information: "
                           "neither token nor signature found", request.request_id)

    @staticmethod
    def refusal(code, message, request_id):
        return gateway(401, code, message, request_id)

    def with_token(self, text, request_id):
        if hmac.compare_digest(text.encode(), STATIC_TOKEN.encode()):
            return Caller("static-token", False, None, "token")
        token = self.tokens.get(text)
        if token is None:
            raise self.refusal("APIGW.0301", "Incorrect IAM authentication information: "
                               "decrypt token fail", request_id)
        if token.expires <= self.clock.now():
            raise self.refusal("APIGW.0307", "The token must be updated: token expires, "
                               "expires_at: " + time.strftime("%Y-%m-%dT%H:%M:%SZ",
                                                              time.gmtime(token.expires)),
                               request_id)
        return Caller(USER["name"], token.read_only, token.project_id, "token")

    def signed(self, request):
        headers = request.headers
        found = AUTHORIZATION.match(headers["Authorization"])
        if found is None:
            raise self.wrong("Authorization format is incorrect", request)
        access, names, given = found.groups()
        key = ACCESS_KEYS.get(access)
        if key is None:
            raise self.wrong(f"get secretKey failed, ak: {access}, err: ak not exist", request)
        signed = names.split(";")
        if signed != sorted(signed) or "x-sdk-date" not in signed or "host" not in signed:
            raise self.wrong("verify signature failed, SignedHeaders must be sorted and name "
                             "host and x-sdk-date", request)
        lower = {name.lower(): value for name, value in headers.items()}
        missing = [name for name in signed if name not in lower]
        if missing:
            raise self.wrong(f"verify signature failed, signed header {missing[0]} is not "
                             "in the request", request)
        self.check_date(lower["x-sdk-date"], request)
        if key.security_token is not None:
            self.check_security_token(key, lower, signed, request)
        body_hash = lower.get("x-sdk-content-sha256")
        if body_hash is None or body_hash != "UNSIGNED-PAYLOAD":
            body_hash = hashlib.sha256(request.raw_body or b"").hexdigest()
        query = canonical_query(request.pairs)
        for path in canonical_paths(request.raw_path):
            text = canonical_request(request.method, path, query, lower, signed, body_hash)
            if hmac.compare_digest(signature(key.secret, lower["x-sdk-date"], text), given):
                return Caller(access, key.read_only, None, "signature")
        raise self.wrong("verify signature failed", request)

    def wrong(self, why, request):
        return self.refusal("APIGW.0301", f"Incorrect IAM authentication information: {why}",
                            request.request_id)

    def check_date(self, text, request):
        try:
            then = calendar.timegm(time.strptime(text, DATE_FORM))
        except ValueError:
            raise self.wrong(f"x-sdk-date {text} is not of the form YYYYMMDDTHHMMSSZ",
                             request) from None
        if abs(self.clock.now() - then) > MAX_SKEW:
            now = time.strftime(DATE_FORM, time.gmtime(self.clock.now()))
            raise self.wrong(f"signature expired, signature time: {text}, server time: {now}",
                             request)

    def check_security_token(self, key, lower, signed, request):
        token = lower.get("x-security-token")
        if token is None or not hmac.compare_digest(token.encode(), key.security_token.encode()):
            raise self.wrong("the security token is missing or wrong for a temporary access key",
                             request)
        if "x-security-token" not in signed:
            raise self.wrong("verify signature failed, x-security-token must be signed", request)
