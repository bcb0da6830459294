"""Roles of the desk (MOF's, the customer's coordinator, the administrator); tokens' scopes."""

from enum import StrEnum


class Role(StrEnum):
    REQUESTER = "requester"
    ORGANIZATION_COORDINATOR = "organization_coordinator"
    CUSTOMER_SERVICE_REPRESENTATIVE = "customer_service_representative"
    INCIDENT_RESOLVER = "incident_resolver"
    INCIDENT_COORDINATOR = "incident_coordinator"
    PROBLEM_ANALYST = "problem_analyst"
    PROBLEM_MANAGER = "problem_manager"
    CUSTOMER_SERVICE_MANAGER = "customer_service_manager"
    ADMINISTRATOR = "administrator"


CUSTOMER_ROLES = frozenset({Role.REQUESTER, Role.ORGANIZATION_COORDINATOR})
AGENT_ROLES = frozenset(Role) - CUSTOMER_ROLES
MANAGER_ROLES = frozenset({Role.PROBLEM_MANAGER, Role.CUSTOMER_SERVICE_MANAGER, Role.ADMINISTRATOR})


class Scope(StrEnum):
    """What an API token opens of what its person may do: an area to read and to work in. `READ`
    opens every area to read, and none to work in."""

    READ = "read"
    TICKETS = "tickets"
    KNOWLEDGE = "knowledge"
    SURVEYS = "surveys"
    ADMINISTRATION = "administration"


ALL_SCOPES = frozenset(Scope)
