"""Signs in for schemathesis, again when a test has signed the session out, and puts known things where names are made up."""

import http.cookies
import json
import os
import threading
import uuid
import urllib.error
import urllib.request

import schemathesis

BASE = os.environ["TINGSU_API"]
LOGIN = os.environ["TINGSU_LOGIN"]
PASSWORD = os.environ["TINGSU_PASSWORD"]


class Session:
    """A cookie and its token against forged requests."""

    def __init__(self, login):
        self.login = login
        self.cookie = self.csrf = None
        self.lock = threading.Lock()

    def signed(self):
        with self.lock:
            if self.cookie is None:
                self.begin()
            return self.cookie, self.csrf

    def begin(self):
        body = json.dumps({"login": self.login, "password": PASSWORD}).encode()
        request = urllib.request.Request(
            BASE + "/login", data=body, headers={"Content-Type": "application/json"}
        )
        try:
            answer = urllib.request.urlopen(request, timeout=30)
        except urllib.error.HTTPError:
            # Guesses have locked the account that is there for them, or ended it: its requests go out with no session.
            if self.login != GUESSED:
                raise
            self.cookie, self.csrf = "tingsu_session=ended", "ended"
            return
        with answer:
            cookies = http.cookies.SimpleCookie(answer.headers["Set-Cookie"])
            name, morsel = next(iter(cookies.items()))
            self.csrf = json.load(answer)["csrf"]
            self.cookie = f"{name}={morsel.value}"

    def forget(self, sent):
        with self.lock:
            if self.cookie is not None and self.cookie in (sent or ""):
                self.cookie = None


# An account is locked after some wrong passwords in a row, so those who ask for one are asked by another account.
GUESSED = "supervisor"
GUESSING = ("/api/v1/me/password", "/api/v1/me/second-factor", "/api/v1/me/second-factor/remove")
SESSIONS = [Session(LOGIN), Session(GUESSED)]


@schemathesis.auth(refresh_interval=None)
class Auth:
    """Every request is signed by a session that lives."""

    def get(self, case, context):
        return SESSIONS[case.operation.path in GUESSING].signed()

    def set(self, case, data, context):
        cookie, csrf = data
        case.headers = case.headers or {}
        case.headers["Cookie"] = cookie
        case.headers["X-CSRF-Token"] = csrf


@schemathesis.hook
def after_call(context, case, response):
    """A session that was ended by a test is not used again."""
    if response.status_code == 401 or case.path.endswith("/logout"):
        for session in SESSIONS:
            session.forget(response.request.headers.get("Cookie"))


def leave_out(*names):
    """Made-up names of things: a request is as valid without them, and with one it is a wrong field (422)."""

    def change(body):
        for name in names:
            body.pop(name, None)

    return change


def put(**values):
    def change(body):
        body.update({name: value for name, value in values.items() if name in body})

    return change


def forget_customer(body):
    if isinstance(body.get("customer"), dict):
        body["customer"].pop("id", None)
        need_one_of("name", "陈女士", ["phone", "email"])(body["customer"])


def need_one_of(name, value, others):
    """A rule over several fields, which JSON Schema can only say with `anyOf`."""

    def change(body):
        if not any((body.get(other) or "").strip() for other in (name, *others)):
            body[name] = value

    return change


def all_of(*changes):
    def change(body):
        for one in changes:
            one(body)

    return change


def not_in_future(name):
    """Nothing is received before it is sent."""

    def change(body):
        if name in body:
            body[name] = "2026-09-01T09:00:00+08:00"

    return change


def in_order(query):
    """The first day of a period is not later than its last, which is today when left out."""
    if "from" in query:
        query["from"] = min(query["from"], query.get("to", "2026-01-01"))


# What schemathesis cannot know of valid requests; wrong names are tried by crates/server/tests/it.
KNOWN = {
    # The account that tests may be the one that is changed, and has to sign in again.
    "POST /api/v1/accounts/{id}": put(password=PASSWORD),
    "POST /api/v1/accounts": put(password="unlike any login 7"),
    "POST /api/v1/cases": all_of(forget_customer, not_in_future("received_at")),
    "POST /api/v1/cases/{id}/prevention": put(message="我们换了供应商，以后不会再这样。"),
    "POST /api/v1/conversations": leave_out("case"),
    "POST /api/v1/packs/in-force": put(packs=[]),
    "POST /api/v1/packs/preview": put(packs=[]),
    "POST /api/v1/webhooks": put(url="https://example.org/tingsu"),
    "POST /api/v1/webhooks/{id}": put(url="https://example.org/tingsu"),
    "POST /api/v1/insight/root-causes": leave_out("parent", "owner", "status"),
    "POST /api/v1/insight/root-causes/{id}": leave_out("parent", "owner", "status"),
    "POST /api/v1/presets": put(filters={"state": "open"}),
    "POST /api/v1/presets/{id}": put(filters={"state": "open"}),
    "POST /api/v1/customers/{id}/correct": need_one_of("email", "lin@example.org", ["name", "phone"]),
}


def without_empty_words(case):
    """`state=` is the empty list and the list of one empty word: the first is allowed, so the second gets one more."""
    lists = {
        one.name
        for one in case.operation.query
        if one.definition.get("schema", {}).get("type") == "array"
    }
    for name in lists & set(case.query):
        if case.query[name] in ("", [""]):
            case.query[name] = ","


@schemathesis.hook
def before_call(context, case, **kwargs):
    """Only in requests that are meant to be valid, but for what cannot be told apart."""
    if case.meta is None:
        return
    if not case.meta.generation.mode.is_positive:
        if isinstance(case.query, dict):
            without_empty_words(case)
        return
    # Each valid request is a new one.
    if case.headers and "Idempotency-Key" in case.headers:
        case.headers["Idempotency-Key"] = str(uuid.uuid4())
    # Only the server makes cursors.
    if isinstance(case.query, dict):
        case.query.pop("cursor", None)
        in_order(case.query)
    change = KNOWN.get(f"{case.method.upper()} {case.operation.path}")
    if change is not None and isinstance(case.body, dict):
        change(case.body)
