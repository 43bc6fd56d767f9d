"""IAM: projects, and tokens for a user's name and password."""

from . import times
from .auth import DOMAIN_ID, USER
from .call import Reply, performs
from .errors import ApiError
from .state import compact


@performs("iam.KeystoneListProjects")
def list_projects(call):
    rows = projects_of(call)
    for name in ("name", "domain_id", "parent_id"):
        if call.query.get(name):
            rows = [row for row in rows if row[name] == call.query[name]]
    if call.query.get("enabled") == "false":
        rows = []
    size = int(call.query.get("per_page") or len(rows))
    first = (int(call.query.get("page") or 1) - 1) * size
    return listing(call, "projects", rows[max(0, first):max(0, first) + size])


def projects_of(call):
    return [{"domain_id": DOMAIN_ID, "is_domain": False, "parent_id": DOMAIN_ID,
             "name": project.name, "description": "", "id": project.id, "enabled": True,
             "links": {"next": None, "previous": None,
                       "self": f"{call.host}/v3/projects/{project.id}"}}
            for project in call.world.projects.values()
            if call.caller.project_id in (None, project.id)]


def listing(call, items, rows):
    return {items: rows, "links": {"next": None, "previous": None,
                                   "self": call.host + call.operation.template}}


@performs("iam.KeystoneListAuthProjects")
def list_own_projects(call):
    """Whoever asks may have these, also who may not list all."""
    return listing(call, "projects", projects_of(call))


@performs("iam.KeystoneListAuthDomains")
def list_own_domains(call):
    return listing(call, "domains", [
        {"id": DOMAIN_ID, "name": USER["domain"], "description": "", "enabled": True,
         "links": {"self": f"{call.host}/v3/domains/{DOMAIN_ID}"}}])


@performs("iam.KeystoneListRegions")
def list_regions(call):
    return listing(call, "regions", [
        {"id": project.name, "type": "public", "description": "", "parent_region_id": None,
         "locales": {"zh-cn": project.name, "en-us": project.name},
         "links": {"self": f"{call.host}/v3/regions/{project.name}"}}
        for project in call.world.projects.values()])


@performs("iam.KeystoneCreateUserTokenByPassword")
def create_token(call):
    auth = call.body["auth"]
    user = auth["identity"]["password"]["user"]
    domain = (user.get("domain") or {}).get("name")
    if (user["name"], user["password"], domain) != (USER["name"], USER["password"],
                                                    USER["domain"]):
        raise ApiError(401, "IAM.0101", "The username or password is wrong.")
    project = scoped_project(call, (auth.get("scope") or {}).get("project"))
    token, issued, expires = call.world.gate.issue(project.id if project else None)
    shown = {"expires_at": times.micro_zulu(expires), "issued_at": times.micro_zulu(issued),
             "methods": ["password"], "catalog": [] if call.query.get("nocatalog") else catalog(),
             "roles": [{"id": "0", "name": "te_admin"}],
             "user": {"id": USER["id"], "name": USER["name"], "password_expires_at": "",
                      "domain": {"id": DOMAIN_ID, "name": USER["domain"]}}}
    if project:
        shown["project"] = {"id": project.id, "name": project.name,
                            "domain": {"id": DOMAIN_ID, "name": USER["domain"]}}
    else:
        shown["domain"] = {"id": DOMAIN_ID, "name": USER["domain"]}
    return Reply(201, compact({"token": shown}), {"X-Subject-Token": token})


def scoped_project(call, scope):
    if not scope:
        return None
    domain = scope.get("domain") or {}
    known = (domain.get("id", DOMAIN_ID), domain.get("name", USER["domain"])) == (DOMAIN_ID, USER["domain"])
    for project in call.world.projects.values():
        if scope.get("id") == project.id or ("id" not in scope and known
                                             and scope.get("name") == project.name):
            return project
    raise ApiError(401, "IAM.0101", "The project of the scope does not exist.")


def catalog():
    return [{"id": "100303185b2146", "name": "iam", "type": "identity", "endpoints": []}]
