"""IAM: projects, and tokens for a user's name and password."""

from . import times
from .auth import DOMAIN_ID, USER
from .call import Reply, performs
from .errors import ApiError
from .state import compact


@performs("iam.KeystoneListProjects")
def list_projects(call):
    base = f"{call.host}/v3/projects"
    wanted = call.query.get("name")
    rows = [{"domain_id": DOMAIN_ID, "is_domain": False, "parent_id": DOMAIN_ID,
             "name": project.name, "description": "", "id": project.id, "enabled": True,
             "links": {"next": None, "previous": None, "self": f"{base}/{project.id}"}}
            for project in call.world.projects.values()
            if (not wanted or project.name == wanted)
            and call.caller.project_id in (None, project.id)]
    return {"projects": rows, "links": {"next": None, "previous": None, "self": base}}


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
