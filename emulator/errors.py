"""Errors as the services answer them.

Every refusal is an ApiError.  A service's codes for the ordinary refusals stand in
ORDINARY; codes of single operations stand where the operation is performed.
"""

import http
import json


class ApiError(Exception):
    """A request is refused with this status, code and message."""

    def __init__(self, status, code, message, headers=None, extra=None):
        super().__init__(f"{status} {code}: {message}")
        self.status = status
        self.code = code
        self.message = message
        self.headers = headers or {}
        self.extra = extra or {}


# What each service answers to the refusals that all of them have.  "invalid" is a
# parameter that breaks the contract.  {what} is filled in where a message names the culprit.
ORDINARY = {
    "gaussdb": {
        "invalid": (400, "DBS.280001", "Parameter error."),
        "missing": (404, "DBS.280022", "The DB instance does not exist."),
        "forbidden": (403, "DBS.200010", "The DB instance ID or user ID may be null, "
                      "or the operation is not authorized."),
        "project": (403, "DBS.280015", "Resource not found or permission denied."),
    },
    "iam": {
        "invalid": (400, "IAM.0011", "Invalid request: {what}"),
        "missing": (404, "IAM.0004", "Could not find {what}."),
        "forbidden": (403, "IAM.0003", "You are not authorized to perform the requested action."),
        "project": (403, "IAM.0003", "You are not authorized to perform the requested action."),
    },
    "dws": {
        "invalid": (400, "DWS.5149", "The request parameters are invalid: {what}."),
        "missing": (404, "DWS.0007", "The requested resource does not exist."),
        "forbidden": (403, "DWS.0003", "You do not have permission to perform this operation."),
        "project": (403, "DWS.0003", "You do not have permission to perform this operation."),
    },
    "drs": {
        "invalid": (400, "DRS.M00202", "The value of {what} is invalid."),
        "missing": (400, "DRS.10000010", "Job does not exist, please check job id."),
        "forbidden": (403, "DRS.10000003", "No permission to perform this operation."),
        "project": (403, "DRS.10000003", "No permission to perform this operation."),
    },
    "roma": {
        "invalid": (400, "ROMA.00013000", "Invalid parameter value,parameterName:{what}. "
                    "Please refer to the support documentation"),
        "missing": (404, "ROMA.00110006", "The resource does not exist. Check whether the "
                    "resource ID {what} is correct."),
        "forbidden": (403, "ROMA.00012000", "No permissions to request this method"),
        "project": (403, "ROMA.00012000", "No permissions to request this method"),
    },
    "apig": {
        "invalid": (400, "APIG.2012", "Invalid parameter value,parameterName:{what}. "
                    "Please refer to the support documentation"),
        "missing": (404, "APIG.3030", "The instance does not exist;id:{what}"),
        "forbidden": (403, "APIG.1005", "No permissions to request this method"),
        "project": (403, "APIG.1005", "No permissions to request this method"),
    },
    "bcs": {
        "invalid": (400, "BCS.4000001", "Invalid parameter: {what}"),
        "missing": (404, "BCS.4000404", "Resource {what} does not exist"),
        "forbidden": (403, "BCS.4030403", "Forbidden"),
        "project": (403, "BCS.4030403", "Forbidden"),
    },
}


# Of a service that is known by its contract alone; {service} is its name in capitals.
UNKNOWN_SERVICE = {
    "invalid": (400, "{service}.0001", "The value of {what} is invalid."),
    "missing": (404, "{service}.0004", "The resource {what} does not exist."),
    "forbidden": (403, "{service}.0003", "The operation is not authorized."),
    "project": (403, "{service}.0003", "The operation is not authorized."),
}


def ordinary(service, kind, what=""):
    status, code, message = ORDINARY.get(service, UNKNOWN_SERVICE)[kind]
    code = code.replace("{service}", service.upper())
    return ApiError(status, code, message.replace("{what}", what or "request"))


def gateway(status, code, message, request_id):
    """A refusal by the gateway in front of the services."""
    return ApiError(status, code, message, extra={"request_id": request_id})


def error_body(service, error):
    """The body of a refusal, in the form of the service."""
    if service == "iam" and not error.code.startswith("APIGW."):
        body = {"error": {"code": error.status, "message": error.message,
                          "title": http.HTTPStatus(error.status).phrase},
                "error_code": error.code, "error_msg": error.message}
    else:
        body = {"error_code": error.code, "error_msg": error.message}
    body.update(error.extra)
    return json.dumps(body, ensure_ascii=False).encode()
